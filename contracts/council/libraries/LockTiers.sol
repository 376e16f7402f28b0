// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {ParameterBounds} from "../../shared/ParameterBounds.sol";
import {ICouncilStaking, LockTier} from "../interfaces/ICouncilStaking.sol";

/// @dev Five tiers in one word: from the lowest on, 16 bits of days and 16 bits of basis points each.
type PackedTiers is uint256;

using LockTiers for PackedTiers global;

/// @title Tiers of locks, and what they multiply
library LockTiers {
    uint256 internal constant COUNT = 5;

    /// @dev The highest tier: 180 days by default.
    uint256 internal constant LONG_TERM = COUNT - 1;

    /// @dev Of a lock.
    uint256 internal constant MAX_DAYS = 3_650;

    /// @dev Of a multiplier, in basis points.
    uint256 internal constant MAX_MULTIPLIER_BPS = 40_000;

    uint256 private constant BPS = 10_000;
    uint256 private constant WIDTH = 32;
    uint256 private constant HALF = 16;

    /// @dev Reverts with `ParameterOutOfBounds` unless the first tier is 0 days and counts at least the amount, days
    /// rise from tier to tier, and multipliers never fall.
    function pack(LockTier[5] memory tiers) internal pure returns (PackedTiers) {
        uint256 packed = 0;
        (uint256 minDays, uint256 maxDays, uint256 minMultiplier) = (0, 0, BPS);
        for (uint256 i = 0; i < COUNT; ++i) {
            LockTier memory tier = tiers[i];
            ParameterBounds.check("lockDays", tier.lockDays, minDays, maxDays);
            ParameterBounds.check("multiplierBps", tier.multiplierBps, minMultiplier, MAX_MULTIPLIER_BPS);
            packed |= (tier.lockDays | (uint256(tier.multiplierBps) << HALF)) << (WIDTH * i);
            (minDays, maxDays, minMultiplier) = (uint256(tier.lockDays) + 1, MAX_DAYS, tier.multiplierBps);
        }
        return PackedTiers.wrap(packed);
    }

    /// @dev As they were given.
    function unpack(PackedTiers self) internal pure returns (LockTier[5] memory tiers) {
        for (uint256 i = 0; i < COUNT; ++i) tiers[i] = LockTier(uint16(self.daysOf(i)), uint16(_multiplierOf(self, i)));
    }

    /// @dev The tier of a lock. Reverts with `LockUnknown`.
    function ofLock(PackedTiers self, uint256 lockDays) internal pure returns (uint256) {
        for (uint256 tier = 0; tier < COUNT; ++tier) if (self.daysOf(tier) == lockDays) return tier;
        revert ICouncilStaking.LockUnknown(lockDays);
    }

    /// @dev The tier of having been there for so many seconds.
    function ofTime(PackedTiers self, uint256 served) internal pure returns (uint256 tier) {
        while (tier < LONG_TERM && served >= self.daysOf(tier + 1) * 1 days) ++tier;
    }

    /// @dev What a tier is called, in days.
    function daysOf(PackedTiers self, uint256 tier) internal pure returns (uint256) {
        return uint16(PackedTiers.unwrap(self) >> (WIDTH * tier));
    }

    /// @dev Voting power of an amount, rounded down.
    function powerDown(PackedTiers self, uint256 amount, uint256 tier) internal pure returns (uint256) {
        return (amount * _multiplierOf(self, tier)) / BPS;
    }

    function _multiplierOf(PackedTiers self, uint256 tier) private pure returns (uint256) {
        return uint16(PackedTiers.unwrap(self) >> (WIDTH * tier + HALF));
    }
}
