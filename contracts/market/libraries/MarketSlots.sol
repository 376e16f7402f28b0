// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Side} from "../../shared/Side.sol";

/// @dev One side of a market: principal P (bits 0..103) | time-weighted principal S (bits 104..239).
/// S = sum of principal * depositedAt. P of both sides together stays below 2^104 and depositedAt below 2^32, so S
/// stays below 2^136.
type PoolSlot is uint256;

/// @dev The signal reward pool: shared (bits 0..103) | undistributed (bits 104..207) | position count (bits
/// 208..255). shared is what positions have earned and not yet taken, undistributed what nobody has earned yet.
/// Together they only grow by fees and penalties within the cap, a share of principal, and so stay below 2^104.
/// Opening 2^48 positions takes more blocks than there will be.
type RewardSlot is uint256;

/// @dev The terms of a position: principal (bits 0..95) | reward allowance (bits 96..191) | depositedAt, in seconds
/// since the market's creation (bits 192..223) | side (bit 224) | wide flag (bit 225) | checkpoint, high part,
/// signed (bits 226..255). Zero when there is no open position: an open one has principal.
type TermsSlot is uint256;

/// @dev Who holds a position: owner (bits 0..159) | checkpoint, low part (bits 160..255). Owner zero means the
/// author, whose address is in the clone's code; so the slot of the author's first commitment is zero, and costs
/// nothing, until it first claims.
type HolderSlot is uint256;

using MarketSlots for PoolSlot global;
using MarketSlots for RewardSlot global;
using MarketSlots for TermsSlot global;
using MarketSlots for HolderSlot global;

/// @title Storage words of a belief market
/// @notice One word for each slot, taken apart and put together here and nowhere else. A commitment that works on
/// whole words costs 2,900 gas less than one that works on structs field by field.
/// @dev Packing takes each field within the width named above: the caller holds the bound, and says from what.
library MarketSlots {
    uint256 private constant AMOUNT_BITS = 104;
    uint256 private constant STAKE_BITS = 96;
    uint256 private constant SIDE_BIT = 224;
    uint256 private constant WIDE_BIT = 225;
    uint256 private constant CHECKPOINT_HIGH_BIT = 226;

    /* ONE SIDE */

    function principal(PoolSlot self) internal pure returns (uint256) {
        return uint104(PoolSlot.unwrap(self));
    }

    function timeWeightedPrincipal(PoolSlot self) internal pure returns (uint256) {
        return PoolSlot.unwrap(self) >> AMOUNT_BITS;
    }

    /// @dev Time-weighted signal W = t * P - S, exact and never negative: every depositedAt is at most t.
    function weightAt(PoolSlot self, uint256 elapsed) internal pure returns (uint256) {
        return elapsed * self.principal() - self.timeWeightedPrincipal();
    }

    /// @dev The side with one more deposit, made at `since`. P + amount < 2^104 by the limit on total principal.
    function plus(PoolSlot self, uint256 amount, uint256 since) internal pure returns (PoolSlot) {
        unchecked {
            return PoolSlot.wrap(PoolSlot.unwrap(self) + amount + ((amount * since) << AMOUNT_BITS));
        }
    }

    /// @dev The side without one of its deposits, made at `since`, which P and S contain.
    function minus(PoolSlot self, uint256 amount, uint256 since) internal pure returns (PoolSlot) {
        return PoolSlot.wrap(PoolSlot.unwrap(self) - amount - ((amount * since) << AMOUNT_BITS));
    }

    /* THE REWARD POOL */

    function shared(RewardSlot self) internal pure returns (uint256) {
        return uint104(RewardSlot.unwrap(self));
    }

    function undistributed(RewardSlot self) internal pure returns (uint256) {
        return uint104(RewardSlot.unwrap(self) >> AMOUNT_BITS);
    }

    function positionCount(RewardSlot self) internal pure returns (uint256) {
        return RewardSlot.unwrap(self) >> (2 * AMOUNT_BITS);
    }

    /// @dev Every reward the market holds.
    function srp(RewardSlot self) internal pure returns (uint256) {
        unchecked {
            return self.shared() + self.undistributed(); // two numbers below 2^104
        }
    }

    /// @dev The pool with one more position counted.
    function plusPosition(RewardSlot self) internal pure returns (RewardSlot) {
        unchecked {
            return RewardSlot.wrap(RewardSlot.unwrap(self) + (1 << (2 * AMOUNT_BITS))); // 2^48 are out of reach
        }
    }

    /// @dev The pool after `incoming` was added to it and `allocated` of what it held unshared was shared.
    function allocate(RewardSlot self, uint256 allocated, uint256 incoming) internal pure returns (RewardSlot) {
        return _pack(self.shared() + allocated, self.undistributed() + incoming - allocated, self.positionCount());
    }

    /// @dev The pool after `earned` ceased to be shared and `kept` of it became undistributed; the rest leaves.
    function release(RewardSlot self, uint256 earned, uint256 kept) internal pure returns (RewardSlot) {
        return _pack(self.shared() - earned, self.undistributed() + kept, self.positionCount());
    }

    /// @dev The pool when nobody is left to claim: the fractions that rounding kept back wait for the next
    /// distribution.
    function sweep(RewardSlot self) internal pure returns (RewardSlot) {
        return self.release(self.shared(), self.shared());
    }

    /* A POSITION */

    function principal(TermsSlot self) internal pure returns (uint256) {
        return uint96(TermsSlot.unwrap(self));
    }

    function rewardAllowance(TermsSlot self) internal pure returns (uint256) {
        return uint96(TermsSlot.unwrap(self) >> STAKE_BITS);
    }

    function depositedAt(TermsSlot self) internal pure returns (uint256) {
        return uint32(TermsSlot.unwrap(self) >> 192);
    }

    function side(TermsSlot self) internal pure returns (Side) {
        return Side((TermsSlot.unwrap(self) >> SIDE_BIT) & 1);
    }

    function isCheckpointWide(TermsSlot self) internal pure returns (bool) {
        return (TermsSlot.unwrap(self) >> WIDE_BIT) & 1 != 0;
    }

    /// @dev principal <= maxStake and rewardAllowance < 2^96, depositedAt < 2^32; checkpointHigh such that
    /// `isCheckpointNarrow`.
    function packTerms(
        uint256 principal_,
        uint256 rewardAllowance_,
        uint256 depositedAt_,
        Side side_,
        bool isCheckpointWide_,
        int256 checkpointHigh
    ) internal pure returns (TermsSlot) {
        uint256 flags = (uint256(side_) << SIDE_BIT) | (isCheckpointWide_ ? 1 << WIDE_BIT : 0);
        return
            TermsSlot.wrap(
                principal_ |
                    (rewardAllowance_ << STAKE_BITS) |
                    (depositedAt_ << 192) |
                    flags |
                    (uint256(checkpointHigh) << CHECKPOINT_HIGH_BIT)
            );
    }

    /// @dev The owner, with zero for the author.
    function storedOwner(HolderSlot self) internal pure returns (address) {
        return address(uint160(HolderSlot.unwrap(self)));
    }

    /// @dev checkpointLow < 2^96.
    function packHolder(address storedOwner_, uint256 checkpointLow) internal pure returns (HolderSlot) {
        return HolderSlot.wrap(uint256(uint160(storedOwner_)) | (checkpointLow << 160));
    }

    /// @dev The part of a checkpoint X that lies in `HolderSlot`, X modulo 2^96, and the part that lies in
    /// `TermsSlot`, floor(X / 2^96).
    function splitCheckpoint(int256 checkpoint) internal pure returns (int256 high, uint256 low) {
        return (checkpoint >> STAKE_BITS, uint96(uint256(checkpoint)));
    }

    /// @dev Whether the high part of a checkpoint fits the 30 signed bits that `TermsSlot` has for it.
    function isCheckpointNarrow(int256 checkpointHigh) internal pure returns (bool) {
        return (checkpointHigh << CHECKPOINT_HIGH_BIT) >> CHECKPOINT_HIGH_BIT == checkpointHigh;
    }

    /// @dev The checkpoint of two slots that are not wide.
    function joinCheckpoint(TermsSlot terms, HolderSlot holder) internal pure returns (int256) {
        int256 high = int256(TermsSlot.unwrap(terms)) >> CHECKPOINT_HIGH_BIT; // the sign comes down with it
        return (high << STAKE_BITS) | int256(HolderSlot.unwrap(holder) >> 160);
    }

    /// @dev Both amounts below 2^104: their sum is at most a share of principal.
    function _pack(uint256 shared_, uint256 undistributed_, uint256 positionCount_) private pure returns (RewardSlot) {
        return RewardSlot.wrap(shared_ | (undistributed_ << AMOUNT_BITS) | (positionCount_ << (2 * AMOUNT_BITS)));
    }
}
