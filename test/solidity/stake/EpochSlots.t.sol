// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {
    BeliefSlot,
    BeliefSumSlot,
    EpochSlots,
    MetaSumSlot,
    ProgressSlot,
    ResultSlot,
    VoiceSlot
} from "../../../contracts/stake/libraries/EpochSlots.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";

/// @title Storage words of an epoch
/// @dev Each field comes back as it was put in, with any neighbours, and a change of one leaves the others.
contract EpochSlotsTest {
    using Bounded for uint256;

    /// @dev What a `ProgressSlot` counts.
    struct Progress {
        uint256 joined;
        uint256 scored;
        uint256 next;
        uint256 distributed;
        uint256 paid;
        bool isSettled;
        bool isVoid;
    }

    uint256 private constant WAD = 1e18;
    uint256 private constant MAX_AMOUNT = 2 ** 85 - 1;
    uint256 private constant MAX_COUNT = 2 ** 26 - 1;
    uint256 private constant SEAL_BITS = 223;
    uint256 private constant JOINS = 20;
    uint256 private constant BELIEFS = 12;

    function test_maxParticipants_is26Bits() public pure {
        Check.equal(EpochSlots.MAX_PARTICIPANTS, MAX_COUNT, "most participants");
    }

    /* PROGRESS */

    function testFuzz_progress_countsEachField(uint256 seed) public pure {
        Progress memory p;
        ProgressSlot slot;
        p.joined = (seed >> 8) % JOINS;
        for (uint256 i = 0; i < p.joined; ++i) slot = slot.plusJoined();
        _assertProgress(slot, p);
        p.scored = _draw(seed, "scored").ofAnySize(0, MAX_COUNT);
        slot = slot.plusScored(p.scored);
        _assertProgress(slot, p);
        p.next = _draw(seed, "next").ofAnySize(0, MAX_COUNT);
        p.distributed = _draw(seed, "distributed").ofAnySize(0, MAX_COUNT);
        p.paid = _draw(seed, "paid").ofAnySize(0, MAX_AMOUNT);
        slot = slot.plusDistributed(p.next, p.distributed, p.paid);
        _assertProgress(slot, p);
        (p.isSettled, p.isVoid) = (true, seed % 2 == 0);
        _assertProgress(slot.settled(p.isVoid), p);
    }

    function testFuzz_progress_distributesInSteps(uint256 seed) public pure {
        Progress memory p;
        (p.isSettled, p.isVoid) = (true, seed % 2 == 0);
        ProgressSlot slot = ProgressSlot.wrap(0).settled(p.isVoid);
        for (uint256 i = 0; i < 4; ++i) {
            uint256 visited = _draw(seed, i).ofAnySize(0, MAX_COUNT - p.next);
            uint256 count = _draw(seed, i + 4).ofAnySize(0, MAX_COUNT - p.distributed);
            uint256 amount = _draw(seed, i + 8).ofAnySize(0, MAX_AMOUNT - p.paid);
            slot = slot.plusDistributed(visited, count, amount);
            (p.next, p.distributed, p.paid) = (p.next + visited, p.distributed + count, p.paid + amount);
            _assertProgress(slot, p);
        }
    }

    function testFuzz_progress_isDistributedWithTheLastPart(uint256 joined) public pure {
        joined = 1 + (joined % JOINS);
        ProgressSlot slot;
        Check.isTrue(slot.isDistributed(), "nobody waits where nobody joined");
        for (uint256 i = 0; i < joined; ++i) slot = slot.plusJoined();
        for (uint256 i = 0; i < joined; ++i) {
            Check.isTrue(!slot.isDistributed(), "somebody waits");
            slot = slot.plusDistributed(0, 1, 0);
        }
        Check.isTrue(slot.isDistributed(), "nobody waits");
    }

    /* SUMS */

    function testFuzz_sums_addUpWhatIsOpened(uint256 seed) public pure {
        BeliefSumSlot beliefs;
        MetaSumSlot metas;
        (uint256 weights, uint256 weightedBelief, uint256 weightedMeta, uint256 supporting) = (0, 0, 0, 0);
        for (uint256 i = 0; i < BELIEFS; ++i) {
            uint256 weight = _draw(seed, i).ofAnySize(0, MAX_AMOUNT - weights);
            uint256 belief = _probability(_draw(seed, i + BELIEFS));
            uint256 meta = _probability(_draw(seed, i + 2 * BELIEFS));
            beliefs = beliefs.plus(weight, belief);
            metas = metas.plus(weight, belief, meta);
            weights += weight;
            weightedBelief += weight * belief;
            weightedMeta += weight * meta;
            if (belief > WAD / 2) supporting += weight;
            Check.equal(beliefs.opened(), i + 1, "opened");
        }
        Check.equal(beliefs.weight(), weights, "weights");
        Check.equal(beliefs.weighted(), weightedBelief, "weighted beliefs");
        Check.equal(metas.weighted(), weightedMeta, "weighted metas");
        Check.equal(metas.supporting(), supporting, "supporting weight");
    }

    function test_sums_holdTheLargestWeightOfCertainty() public pure {
        BeliefSumSlot beliefs = BeliefSumSlot.wrap(0).plus(MAX_AMOUNT, WAD);
        MetaSumSlot metas = MetaSumSlot.wrap(0).plus(MAX_AMOUNT, WAD, WAD);
        Check.equal(beliefs.weighted(), MAX_AMOUNT * WAD, "weighted belief");
        Check.equal(beliefs.weight(), MAX_AMOUNT, "weight");
        Check.equal(beliefs.opened(), 1, "opened");
        Check.equal(metas.weighted(), MAX_AMOUNT * WAD, "weighted meta");
        Check.equal(metas.supporting(), MAX_AMOUNT, "supporting weight");
    }

    function testFuzz_result_addsUpGainsAndPot(uint256 seed) public pure {
        ResultSlot slot;
        (uint256 gains, uint256 pot) = (0, 0);
        for (uint256 i = 0; i < BELIEFS; ++i) {
            uint256 gain = _draw(seed, i).ofAnySize(0, MAX_AMOUNT * WAD - gains);
            uint256 taken = _draw(seed, i + BELIEFS).ofAnySize(0, MAX_AMOUNT - pot);
            slot = slot.plus(gain, taken);
            (gains, pot) = (gains + gain, pot + taken);
            Check.equal(slot.gains(), gains, "gains");
            Check.equal(slot.pot(), pot, "pot");
        }
    }

    /* A PARTICIPANT BY ORDINAL */

    function testFuzz_voice_givesBackEachField(address user, uint256 weight) public pure {
        weight = weight.ofAnySize(0, MAX_AMOUNT);
        _assertVoice(EpochSlots.packVoice(user, weight), user, weight, 0);
    }

    /// @dev Loss, short loss and claim are marked each on its own, in any order.
    function testFuzz_voice_marksLeaveUserAndWeight(address user, uint256 weight, bool isShort) public pure {
        weight = weight.ofAnySize(0, MAX_AMOUNT);
        VoiceSlot voice = EpochSlots.packVoice(user, weight);
        uint256 loss = isShort ? 3 : 1;
        _assertVoice(voice.withLoss(isShort), user, weight, loss);
        _assertVoice(voice.claimed(), user, weight, 4);
        _assertVoice(voice.claimed().withLoss(isShort), user, weight, loss + 4);
        _assertVoice(voice.withLoss(isShort).claimed(), user, weight, loss + 4);
    }

    /* A PARTICIPANT BY USER */

    function testFuzz_belief_keepsItsOrdinalAndSeal(uint256 ordinal, bytes32 seal) public pure {
        ordinal = ordinal.ofAnySize(0, MAX_COUNT - 1);
        BeliefSlot slot = EpochSlots.packSealed(ordinal, seal);
        Check.isTrue(slot.isParticipant(), "a participant");
        Check.isTrue(slot.isSealedWith(seal), "sealed");
        _assertBelief(slot, ordinal, false, 0, 0, 0);
    }

    /// @dev All bits of a seal count but the last 33.
    function testFuzz_belief_isSealedWithOneSealAlone(uint256 ordinal, bytes32 seal, uint256 bit) public pure {
        BeliefSlot slot = EpochSlots.packSealed(ordinal.ofAnySize(0, MAX_COUNT - 1), seal);
        uint256 lowest = 256 - SEAL_BITS;
        bytes32 other = seal ^ bytes32(1 << bit.within(lowest, 255));
        Check.isTrue(!slot.isSealedWith(other), "another seal fits");
        Check.isTrue(slot.isSealedWith(seal ^ bytes32(bit % (1 << lowest))), "the last bits count");
    }

    function testFuzz_belief_openGivesBackEachField(
        uint256 ordinal,
        bytes32 seal,
        uint256 belief,
        uint256 meta,
        uint256 result
    ) public pure {
        ordinal = ordinal.ofAnySize(0, MAX_COUNT - 1);
        (belief, meta) = (_probability(belief), _probability(meta));
        result = result.ofAnySize(0, MAX_AMOUNT);
        BeliefSlot slot = EpochSlots.packSealed(ordinal, seal).open(belief, meta);
        _assertBelief(slot, ordinal, true, belief, meta, 0);
        Check.isTrue(!slot.isSealedWith(seal), "still sealed");
        _assertBelief(slot.withResult(result), ordinal, true, belief, meta, result);
    }

    /// @dev Whatever the seal was, nothing of it is read as a belief or a result.
    function testFuzz_belief_withResultOfWhatWasNotOpened(uint256 ordinal, bytes32 seal, uint256 result) public pure {
        ordinal = ordinal.ofAnySize(0, MAX_COUNT - 1);
        result = result.ofAnySize(0, MAX_AMOUNT);
        BeliefSlot slot = EpochSlots.packSealed(ordinal, seal).withResult(result);
        _assertBelief(slot, ordinal, false, 0, 0, result);
    }

    function test_belief_ofNobodyIsNoParticipant() public pure {
        Check.isTrue(!BeliefSlot.wrap(0).isParticipant(), "nobody");
        Check.isTrue(EpochSlots.packSealed(0, bytes32(0)).isParticipant(), "the first, with a seal of nothing");
    }

    /* INTERNAL */

    function _draw(uint256 seed, uint256 index) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, index)));
    }

    function _draw(uint256 seed, string memory name) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, name)));
    }

    /// @dev From 0 to 1e18, half of the draws within two wei of one half.
    function _probability(uint256 seed) private pure returns (uint256) {
        return seed % 2 == 0 ? (seed >> 8).ofAnySize(0, WAD) : WAD / 2 - 2 + ((seed >> 8) % 5);
    }

    function _assertProgress(ProgressSlot slot, Progress memory p) private pure {
        Check.equal(slot.joined(), p.joined, "joined");
        Check.equal(slot.scored(), p.scored, "scored");
        Check.equal(slot.next(), p.next, "next");
        Check.equal(slot.distributed(), p.distributed, "distributed");
        Check.equal(slot.paid(), p.paid, "paid");
        Check.equal(slot.isSettled(), p.isSettled, "settled");
        Check.equal(slot.isVoid(), p.isVoid, "void");
        Check.equal(slot.isDistributed(), p.joined == p.distributed, "is distributed");
    }

    /// @dev Marks: 1 loss, 2 short, 4 claimed.
    function _assertVoice(VoiceSlot voice, address user, uint256 weight, uint256 marks) private pure {
        Check.equal(voice.user(), user, "user");
        Check.equal(voice.weight(), weight, "weight");
        Check.equal(voice.isLoss(), marks & 1 != 0, "loss");
        Check.equal(voice.isShort(), marks & 2 != 0, "short");
        Check.equal(voice.isClaimed(), marks & 4 != 0, "claimed");
    }

    function _assertBelief(
        BeliefSlot slot,
        uint256 ordinal,
        bool isOpened,
        uint256 belief,
        uint256 meta,
        uint256 result
    ) private pure {
        Check.equal(slot.ordinal(), ordinal, "ordinal");
        Check.equal(slot.isOpened(), isOpened, "opened");
        Check.equal(slot.belief(), belief, "belief");
        Check.equal(slot.meta(), meta, "meta");
        Check.equal(slot.result(), result, "result");
    }
}
