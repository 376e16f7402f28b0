// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {PackedAccumulators, RewardAccumulators} from "../../../contracts/market/libraries/RewardAccumulators.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";

/// @title Packed reward accumulators against two plain numbers
contract RewardAccumulatorsTest {
    using Bounded for uint256;
    using RewardAccumulators for PackedAccumulators;

    uint256 private constant SHARES = 24;
    uint256 private constant MAX_NARROW_TIME_REWARD = type(uint144).max;
    uint256 private constant MAX_NARROW_REWARD = type(uint104).max;
    uint256 private constant WIDE_FLAG = 1 << 248;

    // What one share adds at most: 2^104 rewards to one unit of weight, 2^32 seconds after creation.
    uint256 private constant MAX_PER_WEIGHT = 2 ** 194;
    uint256 private constant MAX_ELAPSED = type(uint32).max;

    // slot 0 of this contract, and slots 1 and 2 once wide
    PackedAccumulators private _accumulators;

    // The plain version.
    uint256 private _timeReward;
    uint256 private _reward;

    function testFuzz_add_equalsPlainSumsOfAnyShares(uint256 seed) public {
        for (uint256 i = 0; i < SHARES; ++i) {
            uint256 elapsed = _draw(seed, "elapsed", i).ofAnySize(0, MAX_ELAPSED);
            _addBoth(_draw(seed, "perWeight", i).ofAnySize(0, MAX_PER_WEIGHT), elapsed);
        }
    }

    /// @dev Shares that bring B across its width after a few steps, while A is far from its own.
    function testFuzz_add_crossesTheWidthOfReward(uint256 seed) public {
        for (uint256 i = 0; i < SHARES; ++i) {
            uint256 perWeight = _draw(seed, "perWeight", i).within(0, (4 * MAX_NARROW_REWARD) / SHARES);
            _addBoth(perWeight, _draw(seed, "elapsed", i).ofAnySize(0, MAX_ELAPSED));
        }
        Check.equal(_isWide(), _reward > MAX_NARROW_REWARD, "wide by B alone");
    }

    /// @dev Shares that bring A across its width while B is far from its own: that takes tens of thousands of years.
    function testFuzz_add_crossesTheWidthOfTimeReward(uint256 seed) public {
        uint256 maxPerWeight = MAX_NARROW_REWARD / SHARES;
        uint256 maxElapsed = (4 * MAX_NARROW_TIME_REWARD) / MAX_NARROW_REWARD;
        for (uint256 i = 0; i < SHARES; ++i) {
            uint256 perWeight = _draw(seed, "perWeight", i).within(0, maxPerWeight);
            _addBoth(perWeight, _draw(seed, "elapsed", i).within(0, maxElapsed));
        }
        Check.equal(_isWide(), _timeReward > MAX_NARROW_TIME_REWARD, "wide by A alone");
    }

    function testFuzz_add_staysNarrowUpToTheLargestReward(uint256 first) public {
        first = first.ofAnySize(0, MAX_NARROW_REWARD);
        _addBoth(first, 0);
        _addBoth(MAX_NARROW_REWARD - first, 0);
        Check.isTrue(!_isWide(), "wide at the largest reward");
        _addBoth(1, 0);
        Check.isTrue(_isWide(), "narrow beyond it");
    }

    function testFuzz_add_staysNarrowUpToTheLargestTimeReward(uint256 first) public {
        first = first.ofAnySize(0, MAX_NARROW_TIME_REWARD);
        _addBoth(1, first);
        _addBoth(1, MAX_NARROW_TIME_REWARD - first);
        Check.isTrue(!_isWide(), "wide at the largest time reward");
        _addBoth(1, 1);
        Check.isTrue(_isWide(), "narrow beyond it");
    }

    function testFuzz_add_ofNothingChangesNoSlot(uint256 perWeight, uint256 elapsed) public {
        _addBoth(perWeight.ofAnySize(0, MAX_PER_WEIGHT), elapsed.ofAnySize(0, MAX_ELAPSED));
        bytes32 before = keccak256(abi.encode(_slot(0), _slot(1), _slot(2)));
        _addBoth(0, elapsed.ofAnySize(0, MAX_ELAPSED));
        Check.equal(keccak256(abi.encode(_slot(0), _slot(1), _slot(2))), before, "slots");
    }

    /* INTERNAL */

    /// @dev Adds to both versions, compares them, and looks at the slots themselves.
    function _addBoth(uint256 perWeight, uint256 elapsed) private {
        bool wasWide = _isWide();
        _accumulators.add(perWeight, elapsed);
        _timeReward += perWeight * elapsed;
        _reward += perWeight;

        (uint256 timeReward, uint256 reward) = _accumulators.load();
        Check.equal(timeReward, _timeReward, "A");
        Check.equal(reward, _reward, "B");

        bool fits = _timeReward <= MAX_NARROW_TIME_REWARD && _reward <= MAX_NARROW_REWARD;
        Check.equal(_isWide(), !fits, "wide exactly when it must be");
        if (fits) {
            Check.isTrue(!wasWide, "narrow again");
            Check.equal(_slot(0), _timeReward | (_reward << 144), "the one slot");
            Check.equal(_slot(1) | _slot(2), 0, "slots in use while narrow");
        } else {
            Check.equal(_slot(1), _timeReward, "slot of A");
            Check.equal(_slot(2), _reward, "slot of B");
        }
    }

    function _isWide() private view returns (bool) {
        return _slot(0) & WIDE_FLAG != 0;
    }

    function _slot(uint256 index) private view returns (uint256 word) {
        assembly ("memory-safe") {
            word := sload(index)
        }
    }

    function _draw(uint256 seed, string memory purpose, uint256 index) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, purpose, index)));
    }
}
