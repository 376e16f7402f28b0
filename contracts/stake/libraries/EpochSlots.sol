// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

/// @dev How far an epoch is: joined (bits 0..31) | scored (32..63) | next to distribute (64..95) | distributed
/// (96..127) | paid (128..212) | settled (bit 213) | void (bit 214). Participants are fewer than
/// 2^26; paid is at most the pot.
type ProgressSlot is uint256;

/// @dev Opened beliefs: sum of weight * belief (bits 0..144) | sum of weights (145..229) | how many (230..255). All
/// weights of an epoch are encumbered at once, so together they are below 2^85, and a belief is below 2^60.
type BeliefSumSlot is uint256;

/// @dev Opened meta-predictions: sum of weight * meta (bits 0..144) | sum of weights whose belief is above one half
/// (145..229).
type MetaSumSlot is uint256;

/// @dev What settling adds up: the winners' sum of weight * score (bits 0..144) | pot (145..229).
type ResultSlot is uint256;

/// @dev A participant by ordinal: user (bits 0..159) | weight (160..244) | loss (bit 245) | short, a loss that the
/// stake did not cover (246) | claimed (247). Settling and distributing go through these; a loser needs no other.
type VoiceSlot is uint256;

/// @dev A participant by user: place, which is the ordinal plus one (bits 0..31), and then either the upper 223 bits
/// of a seal (32..254), as committed, or, with bit 255 set: belief (32..91) | meta (92..151) | result (152..236) |
/// opened (bit 237). The result is a winner's score in wad, or what was taken from a loser whose stake fell short.
type BeliefSlot is uint256;

using EpochSlots for ProgressSlot global;
using EpochSlots for BeliefSumSlot global;
using EpochSlots for MetaSumSlot global;
using EpochSlots for ResultSlot global;
using EpochSlots for VoiceSlot global;
using EpochSlots for BeliefSlot global;

/// @title Storage words of an epoch
/// @notice One word for each slot, taken apart and put together here and nowhere else.
/// @dev Packing takes each field within the width named above: the caller holds the bound, and says from what.
library EpochSlots {
    /// @dev Most participants of an epoch: 2^26 - 1.
    uint256 internal constant MAX_PARTICIPANTS = (1 << 26) - 1;

    uint256 private constant AMOUNT_MASK = (1 << 85) - 1;
    uint256 private constant PRODUCT_MASK = (1 << PRODUCT_BITS) - 1;
    uint256 private constant PROBABILITY_MASK = (1 << 60) - 1;
    uint256 private constant PRODUCT_BITS = 145;
    uint256 private constant COUNT_BIT = 230;
    uint256 private constant SETTLED = 1 << 213;
    uint256 private constant VOID = 1 << 214;
    uint256 private constant LOSS = 1 << 245;
    uint256 private constant SHORT = 1 << 246;
    uint256 private constant CLAIMED = 1 << 247;
    uint256 private constant OPENED = 1 << 237;
    uint256 private constant UNSEALED = 1 << 255;
    uint256 private constant HALF = 0.5e18;

    /* PROGRESS */

    function joined(ProgressSlot self) internal pure returns (uint256) {
        return uint32(ProgressSlot.unwrap(self));
    }

    function scored(ProgressSlot self) internal pure returns (uint256) {
        return uint32(ProgressSlot.unwrap(self) >> 32);
    }

    /// @dev Ordinal of the first participant that `distribute` has not gone through.
    function next(ProgressSlot self) internal pure returns (uint256) {
        return uint32(ProgressSlot.unwrap(self) >> 64);
    }

    /// @dev How many have their part, by `distribute` or by a claim of their own.
    function distributed(ProgressSlot self) internal pure returns (uint256) {
        return uint32(ProgressSlot.unwrap(self) >> 96);
    }

    function paid(ProgressSlot self) internal pure returns (uint256) {
        return (ProgressSlot.unwrap(self) >> 128) & AMOUNT_MASK;
    }

    function isSettled(ProgressSlot self) internal pure returns (bool) {
        return ProgressSlot.unwrap(self) & SETTLED != 0;
    }

    function isVoid(ProgressSlot self) internal pure returns (bool) {
        return ProgressSlot.unwrap(self) & VOID != 0;
    }

    function isDistributed(ProgressSlot self) internal pure returns (bool) {
        return self.distributed() == self.joined();
    }

    function plusJoined(ProgressSlot self) internal pure returns (ProgressSlot) {
        unchecked {
            return ProgressSlot.wrap(ProgressSlot.unwrap(self) + 1);
        }
    }

    function plusScored(ProgressSlot self, uint256 count) internal pure returns (ProgressSlot) {
        unchecked {
            return ProgressSlot.wrap(ProgressSlot.unwrap(self) + (count << 32));
        }
    }

    function settled(ProgressSlot self, bool isVoid_) internal pure returns (ProgressSlot) {
        return ProgressSlot.wrap(ProgressSlot.unwrap(self) | SETTLED | (isVoid_ ? VOID : 0));
    }

    /// @dev After `distribute` went through `visited` participants and paid `count` of them `amount` together.
    function plusDistributed(
        ProgressSlot self,
        uint256 visited,
        uint256 count,
        uint256 amount
    ) internal pure returns (ProgressSlot) {
        unchecked {
            return ProgressSlot.wrap(ProgressSlot.unwrap(self) + (visited << 64) + (count << 96) + (amount << 128));
        }
    }

    /* OPENED BELIEFS */

    function weighted(BeliefSumSlot self) internal pure returns (uint256) {
        return BeliefSumSlot.unwrap(self) & PRODUCT_MASK;
    }

    function weight(BeliefSumSlot self) internal pure returns (uint256) {
        return (BeliefSumSlot.unwrap(self) >> PRODUCT_BITS) & AMOUNT_MASK;
    }

    function opened(BeliefSumSlot self) internal pure returns (uint256) {
        return BeliefSumSlot.unwrap(self) >> COUNT_BIT;
    }

    function plus(BeliefSumSlot self, uint256 weight_, uint256 belief_) internal pure returns (BeliefSumSlot) {
        unchecked {
            return
                BeliefSumSlot.wrap(
                    BeliefSumSlot.unwrap(self) + weight_ * belief_ + (weight_ << PRODUCT_BITS) + (1 << COUNT_BIT)
                );
        }
    }

    function weighted(MetaSumSlot self) internal pure returns (uint256) {
        return MetaSumSlot.unwrap(self) & PRODUCT_MASK;
    }

    /// @dev Weight of those whose belief is above one half.
    function supporting(MetaSumSlot self) internal pure returns (uint256) {
        return MetaSumSlot.unwrap(self) >> PRODUCT_BITS;
    }

    function plus(
        MetaSumSlot self,
        uint256 weight_,
        uint256 belief_,
        uint256 meta_
    ) internal pure returns (MetaSumSlot) {
        uint256 support = belief_ > HALF ? weight_ : 0;
        unchecked {
            return MetaSumSlot.wrap(MetaSumSlot.unwrap(self) + weight_ * meta_ + (support << PRODUCT_BITS));
        }
    }

    /* RESULT */

    function gains(ResultSlot self) internal pure returns (uint256) {
        return ResultSlot.unwrap(self) & PRODUCT_MASK;
    }

    function pot(ResultSlot self) internal pure returns (uint256) {
        return ResultSlot.unwrap(self) >> PRODUCT_BITS;
    }

    function plus(ResultSlot self, uint256 gains_, uint256 pot_) internal pure returns (ResultSlot) {
        unchecked {
            return ResultSlot.wrap(ResultSlot.unwrap(self) + gains_ + (pot_ << PRODUCT_BITS));
        }
    }

    /* A PARTICIPANT */

    function user(VoiceSlot self) internal pure returns (address) {
        return address(uint160(VoiceSlot.unwrap(self)));
    }

    function weight(VoiceSlot self) internal pure returns (uint256) {
        return (VoiceSlot.unwrap(self) >> 160) & AMOUNT_MASK;
    }

    function isLoss(VoiceSlot self) internal pure returns (bool) {
        return VoiceSlot.unwrap(self) & LOSS != 0;
    }

    function isShort(VoiceSlot self) internal pure returns (bool) {
        return VoiceSlot.unwrap(self) & SHORT != 0;
    }

    function isClaimed(VoiceSlot self) internal pure returns (bool) {
        return VoiceSlot.unwrap(self) & CLAIMED != 0;
    }

    /// @dev With a loss that was taken, or as much of it as the stake covered.
    function withLoss(VoiceSlot self, bool isShort_) internal pure returns (VoiceSlot) {
        return VoiceSlot.wrap(VoiceSlot.unwrap(self) | LOSS | (isShort_ ? SHORT : 0));
    }

    function claimed(VoiceSlot self) internal pure returns (VoiceSlot) {
        return VoiceSlot.wrap(VoiceSlot.unwrap(self) | CLAIMED);
    }

    function packVoice(address user_, uint256 weight_) internal pure returns (VoiceSlot) {
        return VoiceSlot.wrap(uint256(uint160(user_)) | (weight_ << 160));
    }

    function isParticipant(BeliefSlot self) internal pure returns (bool) {
        return BeliefSlot.unwrap(self) != 0;
    }

    /// @dev Of a participant.
    function ordinal(BeliefSlot self) internal pure returns (uint256) {
        unchecked {
            return uint32(BeliefSlot.unwrap(self)) - 1;
        }
    }

    function isOpened(BeliefSlot self) internal pure returns (bool) {
        return BeliefSlot.unwrap(self) & (UNSEALED | OPENED) == UNSEALED | OPENED;
    }

    function belief(BeliefSlot self) internal pure returns (uint256) {
        return _unsealed(self, 32) & PROBABILITY_MASK;
    }

    function meta(BeliefSlot self) internal pure returns (uint256) {
        return _unsealed(self, 92) & PROBABILITY_MASK;
    }

    /// @dev A winner's score, or what was taken from a loser whose stake fell short; 0 otherwise.
    function result(BeliefSlot self) internal pure returns (uint256) {
        return _unsealed(self, 152) & AMOUNT_MASK;
    }

    /// @dev Whether a commitment that is not opened was made to this seal. 223 of its bits are kept: enough that
    /// finding two openings of one seal is out of reach.
    function isSealedWith(BeliefSlot self, bytes32 seal) internal pure returns (bool) {
        return BeliefSlot.unwrap(self) >> 32 == uint256(seal) >> 33;
    }

    function packSealed(uint256 ordinal_, bytes32 seal) internal pure returns (BeliefSlot) {
        unchecked {
            return BeliefSlot.wrap((ordinal_ + 1) | ((uint256(seal) >> 33) << 32));
        }
    }

    function open(BeliefSlot self, uint256 belief_, uint256 meta_) internal pure returns (BeliefSlot) {
        return BeliefSlot.wrap(_plain(self) | OPENED | (belief_ << 32) | (meta_ << 92));
    }

    /// @dev With the result of settling: a score above zero, or what was taken where the stake fell short.
    function withResult(BeliefSlot self, uint256 result_) internal pure returns (BeliefSlot) {
        return BeliefSlot.wrap(_plain(self) | (result_ << 152));
    }

    /* INTERNAL */

    /// @dev The word without its seal, if it still has one.
    function _plain(BeliefSlot self) private pure returns (uint256) {
        uint256 word = BeliefSlot.unwrap(self);
        return word & UNSEALED != 0 ? word : uint32(word) | UNSEALED;
    }

    function _unsealed(BeliefSlot self, uint256 shift) private pure returns (uint256) {
        uint256 word = BeliefSlot.unwrap(self);
        return word & UNSEALED != 0 ? word >> shift : 0;
    }
}
