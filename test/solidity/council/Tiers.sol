// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {LockTier} from "../../../contracts/council/interfaces/ICouncilStaking.sol";
import {Bounded} from "../utils/Bounded.sol";

/// @title Tiers to test with
library Tiers {
    using Bounded for uint256;

    /// @dev Those of a deployment.
    function byDefault() internal pure returns (LockTier[5] memory tiers) {
        (tiers[0], tiers[1], tiers[2]) = (LockTier(0, 10_000), LockTier(7, 12_000), LockTier(30, 15_000));
        (tiers[3], tiers[4]) = (LockTier(90, 20_000), LockTier(180, 30_000));
    }

    /// @dev Any that staking takes, bounds and equal multipliers included.
    function random(uint256 seed) internal pure returns (LockTier[5] memory tiers) {
        uint256 lockDays = 0;
        uint256 multiplier = 10_000;
        for (uint256 i = 0; i < 5; ++i) {
            uint256 left = 5 - i;
            seed = uint256(keccak256(abi.encode(seed)));
            if (i > 0) lockDays += seed.ofAnySize(1, (3_650 - lockDays) / left);
            multiplier += (seed >> 128).ofAnySize(0, (40_000 - multiplier) / left);
            tiers[i] = LockTier(uint16(lockDays), uint16(multiplier));
        }
    }
}
