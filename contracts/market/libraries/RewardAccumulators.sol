// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

/// @dev The two sums, in ray (1e27), that make a position's reward computable without iteration:
/// A = sum of reward * elapsed / weight (`timeReward`) and B = sum of reward / weight (`reward`).
/// Both fit one slot while B is below 20,000, the sum of all rewards by the weight each was shared by; a market that
/// passes that (a huge fee on a tiny stake a second old) goes on in two full ones.
struct PackedAccumulators {
    // slot 1: A < B * 2^32 seconds, so 40 bits more than B hold it
    uint144 timeReward;
    uint104 reward;
    bool isWide;
    // slots 2 and 3: in use once isWide
    uint256 wideTimeReward;
    uint256 wideReward;
}

/// @title Packing of the reward accumulators
/// @notice One slot in place of two saves 5,000 gas for each commitment and 22,100 for the first.
/// @dev 256 bits do not overflow: one share adds less than 2^194 to B and 2^226 to A (rewards < 2^104, ray < 2^90,
/// elapsed < 2^32, weight >= 1), so that 2^21 shares of the largest amount at the smallest weight leave A below
/// 2^247. More would take years of blocks full of shares, each with a market's weight at its smallest.
library RewardAccumulators {
    /// @dev The accumulators A and B, wherever they lie.
    function load(PackedAccumulators storage self) internal view returns (uint256 timeReward, uint256 reward) {
        if (self.isWide) return (self.wideTimeReward, self.wideReward);
        return (self.timeReward, self.reward);
    }

    /// @dev Adds one share of `perWeight` (ray) at `elapsed` seconds and widens the storage where it must.
    function add(PackedAccumulators storage self, uint256 perWeight, uint256 elapsed) internal {
        (uint256 timeReward, uint256 reward) = load(self);
        timeReward += perWeight * elapsed;
        reward += perWeight;

        if (timeReward <= type(uint144).max && reward <= type(uint104).max) {
            // Sums only grow: once wide they never come back here.
            (self.timeReward, self.reward) = (uint144(timeReward), uint104(reward));
        } else {
            self.isWide = true;
            (self.wideTimeReward, self.wideReward) = (timeReward, reward);
        }
    }
}
