// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IConvictionMarket} from "./interfaces/IConvictionMarket.sol";
import {IStakeVault} from "./interfaces/IStakeVault.sol";
import {ITruthSerum} from "./interfaces/ITruthSerum.sol";
import {Epoch, EpochBook} from "./libraries/EpochBook.sol";
import {
    BeliefSlot,
    BeliefSumSlot,
    EpochSlots,
    MetaSumSlot,
    ProgressSlot,
    ResultSlot,
    VoiceSlot
} from "./libraries/EpochSlots.sol";
import {Settlement} from "./libraries/Settlement.sol";

/// @title Epochs in which stake moves from noise to information
/// @dev Holds no tokens: it tells the vault what is at risk, whom to debit and whom to credit. A claim's epoch is
/// open to commits -> open to reveals -> being scored -> settled -> distributed; the clock drives the first two steps,
/// anyone the others. Invariants S1, S2, S4 and B1 to B6: docs/properties.md. Trusts: the vault, which is bound to
/// this serum.
contract TruthSerum is ITruthSerum, AccessManaged, Pausable {
    using SafeCast for uint256;
    using EpochBook for mapping(uint256 epochId => Epoch);
    using EpochBook for Epoch;
    using Settlement for Epoch;

    uint256 private constant WAD = 1e18;

    /// @inheritdoc ITruthSerum
    IConvictionMarket public immutable market;

    /// @inheritdoc ITruthSerum
    IStakeVault public immutable vault;

    /// @inheritdoc ITruthSerum
    uint32 public immutable epochLength;

    /// @inheritdoc ITruthSerum
    uint32 public immutable revealWindow;

    uint40 private immutable _startedAt = block.timestamp.toUint40();

    mapping(bytes32 claimId => mapping(uint256 epochId => Epoch)) private _epochs;

    /// @inheritdoc ITruthSerum
    mapping(bytes32 claimId => uint256) public carriedOf;

    /// @param market_ The venue whose locks are voices.
    /// @param vault_ Where stake is kept: the venue's vault.
    /// @param epochLength_ Length of an epoch in seconds, at least 1.
    /// @param revealWindow_ Seconds for opening after an epoch, 1 to `epochLength_`.
    /// @param authority The protocol's `AccessManager`.
    constructor(
        IConvictionMarket market_,
        IStakeVault vault_,
        uint32 epochLength_,
        uint32 revealWindow_,
        address authority
    ) AccessManaged(authority) {
        address marketVault = address(market_.vault());
        if (address(vault_) != marketVault) revert VaultMismatch(address(vault_), marketVault);
        if (epochLength_ == 0) revert EpochLengthZero();
        if (revealWindow_ == 0 || revealWindow_ > epochLength_) {
            revert RevealWindowOutOfBounds(revealWindow_, 1, epochLength_);
        }
        (market, vault, epochLength, revealWindow) = (market_, vault_, epochLength_, revealWindow_);
    }

    /* SPEAK */

    /// @inheritdoc ITruthSerum
    function commitBelief(bytes32 claimId, bytes32 sealedBelief) external whenNotPaused {
        _commit(claimId, currentEpoch(), sealedBelief);
    }

    /// @inheritdoc ITruthSerum
    function commitBeliefIn(bytes32 claimId, uint256 epoch, bytes32 sealedBelief) external whenNotPaused {
        uint256 current = currentEpoch();
        if (epoch != current) revert EpochNotCurrent(epoch, current);
        _commit(claimId, epoch, sealedBelief);
    }

    /// @inheritdoc ITruthSerum
    function revealBelief(
        address user,
        bytes32 claimId,
        uint256 epoch,
        uint64 belief,
        uint64 meta,
        bytes32 salt
    ) external {
        if (belief > WAD) revert BeliefOutOfRange(belief, WAD);
        if (meta > WAD) revert BeliefOutOfRange(meta, WAD);
        (, uint256 endsAt, uint256 settleableAt) = scheduleOf(epoch);
        if (block.timestamp < endsAt) revert RevealNotOpen(epoch, endsAt);
        if (block.timestamp >= settleableAt) revert RevealClosed(epoch, settleableAt);
        Epoch storage book = _epochs[claimId][epoch];
        BeliefSlot committed = book.beliefs[user];
        if (!committed.isParticipant()) revert NotParticipant(claimId, epoch, user);
        if (committed.isOpened()) revert AlreadyRevealed(claimId, epoch, user);
        bytes32 seal = keccak256(abi.encode(block.chainid, address(this), claimId, epoch, user, belief, meta, salt));
        if (!committed.isSealedWith(seal)) revert SealMismatch(claimId, epoch, user, seal);

        uint256 weight = book.voices[committed.ordinal()].weight();
        book.beliefs[user] = committed.open(belief, meta);
        book.beliefSum = book.beliefSum.plus(weight, belief);
        book.metaSum = book.metaSum.plus(weight, belief, meta);
        emit BeliefRevealed(claimId, epoch, user, belief, meta);
    }

    /* SETTLE */

    /// @inheritdoc ITruthSerum
    function settle(bytes32 claimId, uint256 epoch, uint256 maxCount) external returns (uint256 processed, bool done) {
        Epoch storage book = _epochs[claimId][epoch];
        ProgressSlot progress = book.progress;
        if (progress.joined() == 0) revert EpochNotJoined(claimId, epoch);
        (, , uint256 settleableAt) = scheduleOf(epoch);
        if (block.timestamp < settleableAt) revert EpochNotSettleable(epoch, settleableAt);
        if (progress.isSettled()) return (0, true);

        uint256 left = progress.joined() - progress.scored();
        ResultSlot result = book.result;
        if (book.isScorable()) {
            processed = Math.min(maxCount, left);
            result = _score(book, claimId, epoch, progress.scored(), processed, result);
        } else {
            processed = left; // there is nothing to go through
        }
        progress = progress.plusScored(processed);
        done = processed == left;
        if (done) (progress, result) = _finishSettling(book, claimId, epoch, progress, result);
        (book.progress, book.result) = (progress, result);
    }

    /// @inheritdoc ITruthSerum
    function distribute(
        bytes32 claimId,
        uint256 epoch,
        uint256 maxCount
    ) external returns (uint256 processed, bool done) {
        Epoch storage book = _epochs[claimId][epoch];
        ProgressSlot progress = book.progress;
        if (!progress.isSettled()) revert EpochNotSettled(claimId, epoch);
        done = progress.isDistributed();
        if (done || maxCount == 0) return (0, done);

        uint256 from = progress.next();
        processed = Math.min(maxCount, progress.joined() - from);
        (uint256 count, uint256 paid) = _giveParts(book, claimId, epoch, progress, from + processed);
        emit PartsDistributed(claimId, epoch, from, from + processed);
        done = _recordParts(book, claimId, epoch, progress.plusDistributed(processed, count, paid));
    }

    /// @inheritdoc ITruthSerum
    function claim(address user, bytes32 claimId, uint256 epoch) external {
        Epoch storage book = _epochs[claimId][epoch];
        ProgressSlot progress = book.progress;
        if (!progress.isSettled()) revert EpochNotSettled(claimId, epoch);
        (uint256 ordinal, VoiceSlot voice) = _voiceOf(book, claimId, epoch, user);
        if (!EpochBook.isPending(progress, ordinal, voice)) revert AlreadyDistributed(claimId, epoch, user);

        book.voices[ordinal] = voice.claimed();
        uint256 paid = book.payoutOf(progress, book.result, voice);
        _givePart(claimId, epoch, _epochs[claimId].livelyNear(epoch), user, paid);
        emit PartsDistributed(claimId, epoch, ordinal, ordinal + 1);
        _recordParts(book, claimId, epoch, progress.plusDistributed(0, 1, paid));
    }

    /* GOVERN */

    /// @inheritdoc ITruthSerum
    function pauseCommits() external restricted {
        _pause();
    }

    /// @inheritdoc ITruthSerum
    function unpauseCommits() external restricted {
        _unpause();
    }

    /* READ */

    /// @inheritdoc ITruthSerum
    function currentEpoch() public view returns (uint256) {
        return (block.timestamp - _startedAt) / epochLength;
    }

    /// @inheritdoc ITruthSerum
    function epochOf(uint256 timestamp) external view returns (uint256) {
        if (timestamp < _startedAt) revert BeforeFirstEpoch(timestamp, _startedAt);
        return (timestamp - _startedAt) / epochLength;
    }

    /// @inheritdoc ITruthSerum
    function scheduleOf(uint256 epoch) public view returns (uint256 startsAt, uint256 endsAt, uint256 settleableAt) {
        startsAt = Math.saturatingAdd(_startedAt, Math.saturatingMul(epoch, epochLength));
        endsAt = Math.saturatingAdd(startsAt, epochLength);
        settleableAt = Math.saturatingAdd(endsAt, revealWindow);
    }

    /// @inheritdoc ITruthSerum
    function epochState(bytes32 claimId, uint256 epoch) external view returns (EpochState memory state) {
        Epoch storage book = _epochs[claimId][epoch];
        (ProgressSlot progress, ResultSlot result) = (book.progress, book.result);
        state.joined = progress.joined();
        state.opened = book.beliefSum.opened();
        state.scored = progress.scored();
        state.distributed = progress.distributed();
        state.openedWeight = book.beliefSum.weight();
        (state.consensus, state.meanMeta, state.supportShare, state.isSurprisinglyPopular) = book.signals();
        (state.isSettled, state.isVoid) = (progress.isSettled(), progress.isVoid());
        (state.pot, state.gains, state.paid) = (result.pot(), result.gains(), progress.paid());
    }

    /// @inheritdoc ITruthSerum
    function participant(
        bytes32 claimId,
        uint256 epoch,
        address user
    ) external view returns (Participant memory voice) {
        Epoch storage book = _epochs[claimId][epoch];
        ProgressSlot progress = book.progress;
        BeliefSlot belief = book.beliefs[user];
        (uint256 ordinal, VoiceSlot slot) = _voiceOf(book, claimId, epoch, user);

        voice.weight = slot.weight();
        (voice.isOpened, voice.belief, voice.meta) = (belief.isOpened(), belief.belief(), belief.meta());
        voice.isScored = ordinal < progress.scored();
        voice.isDistributed = !EpochBook.isPending(progress, ordinal, slot);
        if (voice.isScored && book.isScorable())
            voice.score = Settlement.scoreOf(book.beliefSum, book.metaSum, slot, belief);
        voice.taken = book.takenFrom(slot);
        if (progress.isSettled()) voice.payout = book.payoutOf(progress, book.result, slot);
    }

    /// @inheritdoc ITruthSerum
    function participants(
        bytes32 claimId,
        uint256 epoch,
        uint256 offset,
        uint256 limit
    ) external view returns (address[] memory users) {
        Epoch storage book = _epochs[claimId][epoch];
        users = new address[](Math.min(limit, Math.saturatingSub(book.progress.joined(), offset)));
        for (uint256 i = 0; i < users.length; ++i) users[i] = book.voices[offset + i].user();
    }

    /// @inheritdoc ITruthSerum
    function consensus(bytes32 claimId, uint256 epoch) external view returns (uint256 mean) {
        Epoch storage book = _epochs[claimId][epoch];
        if (!book.progress.isSettled()) revert EpochNotSettled(claimId, epoch);
        if (book.beliefSum.opened() == 0) revert ConsensusMissing(claimId, epoch);
        (mean, , , ) = book.signals();
    }

    /// @inheritdoc ITruthSerum
    function startedAt() external view returns (uint256) {
        return _startedAt;
    }

    /* INTERNAL: VOICES */

    /// @dev The caller commits in `epoch`, the current one.
    function _commit(bytes32 claimId, uint256 epoch, bytes32 sealedBelief) private {
        (uint256 weight, uint256 atRisk) = vault.exposureOf(msg.sender, claimId);
        if (weight == 0) revert LockMissing(claimId, msg.sender);

        Epoch storage book = _epochs[claimId][epoch];
        BeliefSlot belief = book.beliefs[msg.sender];
        (uint256 ordinal, uint256 newAtRisk) = belief.isParticipant()
            ? _replaceVoice(claimId, epoch, belief.ordinal(), weight, atRisk)
            : _addVoice(claimId, epoch, weight, atRisk);
        book.beliefs[msg.sender] = EpochSlots.packSealed(ordinal, sealedBelief);
        emit BeliefCommitted(claimId, epoch, msg.sender, sealedBelief, weight);

        if (newAtRisk != atRisk) vault.setAtRisk(msg.sender, claimId, newAtRisk);
    }

    function _voiceOf(
        Epoch storage book,
        bytes32 claimId,
        uint256 epoch,
        address user
    ) private view returns (uint256 ordinal, VoiceSlot voice) {
        BeliefSlot belief = book.beliefs[user];
        if (!belief.isParticipant()) revert NotParticipant(claimId, epoch, user);
        ordinal = belief.ordinal();
        voice = book.voices[ordinal];
    }

    /// @dev The caller's first voice in an epoch, and the largest weight the caller then has pending on the claim.
    function _addVoice(
        bytes32 claimId,
        uint256 epoch,
        uint256 weight,
        uint256 atRisk
    ) private returns (uint256 ordinal, uint256 newAtRisk) {
        if (atRisk > 0 && !_epochs[claimId].isWithinReach(epoch, msg.sender)) {
            revert EarlierVoiceUnsettled(claimId, msg.sender, Math.saturatingSub(epoch, EpochBook.REACH));
        }
        Epoch storage book = _epochs[claimId][epoch];
        ProgressSlot progress = book.progress;
        ordinal = progress.joined();
        if (ordinal == EpochSlots.MAX_PARTICIPANTS) revert EpochFull(claimId, epoch, EpochSlots.MAX_PARTICIPANTS);

        book.progress = progress.plusJoined();
        book.voices[ordinal] = EpochSlots.packVoice(msg.sender, weight);
        newAtRisk = Math.max(weight, atRisk);
    }

    /// @dev The caller's voice with a new weight, and the largest weight the caller then has pending on the claim.
    function _replaceVoice(
        bytes32 claimId,
        uint256 epoch,
        uint256 ordinal,
        uint256 weight,
        uint256 atRisk
    ) private returns (uint256, uint256) {
        Epoch storage book = _epochs[claimId][epoch];
        uint256 previous = book.voices[ordinal].weight();
        if (weight == previous) return (ordinal, atRisk);

        book.voices[ordinal] = EpochSlots.packVoice(msg.sender, weight);
        // Unless it was the largest, whatever is stays.
        if (previous < atRisk) return (ordinal, Math.max(weight, atRisk));
        mapping(uint256 epochId => Epoch) storage epochs = _epochs[claimId];
        uint256 others = epochs.largestPending(epoch, epochs.livelyNear(epoch), msg.sender);
        return (ordinal, Math.max(weight, others));
    }

    /* INTERNAL: SETTLING */

    /// @dev Scores `count` participants from ordinal `from` on and takes their losses.
    function _score(
        Epoch storage book,
        bytes32 claimId,
        uint256 epoch,
        uint256 from,
        uint256 count,
        ResultSlot result
    ) private returns (ResultSlot) {
        (BeliefSumSlot beliefSum, MetaSumSlot metaSum) = (book.beliefSum, book.metaSum);
        for (uint256 ordinal = from; ordinal < from + count; ++ordinal) {
            VoiceSlot voice = book.voices[ordinal];
            address user = voice.user();
            BeliefSlot belief = book.beliefs[user];
            int256 score = Settlement.scoreOf(beliefSum, metaSum, voice, belief);
            uint256 taken;
            if (score > 0) {
                book.beliefs[user] = belief.withResult(uint256(score));
                result = result.plus(voice.weight() * uint256(score), 0);
            } else if (score < 0) {
                uint256 loss = Settlement.lossUp(voice, score);
                taken = vault.debit(user, loss);
                book.voices[ordinal] = voice.withLoss(taken < loss);
                if (taken < loss) book.beliefs[user] = belief.withResult(taken);
                result = result.plus(0, taken);
            }
            emit BeliefScored(claimId, epoch, user, score, taken);
        }
        return result;
    }

    /// @dev Settles an epoch whose participants are all scored: what earlier rounding left over joins the pot, unless
    /// nobody is there to share it.
    function _finishSettling(
        Epoch storage book,
        bytes32 claimId,
        uint256 epoch,
        ProgressSlot progress,
        ResultSlot result
    ) private returns (ProgressSlot, ResultSlot) {
        bool isVoid = result.gains() == 0;
        if (!isVoid) {
            result = result.plus(0, carriedOf[claimId]);
            delete carriedOf[claimId];
        }
        (uint256 mean, uint256 meanMeta, uint256 supportShare, bool isSurprising) = book.signals();
        emit EpochSettled(
            claimId,
            epoch,
            mean,
            meanMeta,
            supportShare,
            isSurprising,
            isVoid,
            result.pot(),
            result.gains()
        );
        return (progress.settled(isVoid), result);
    }

    /* INTERNAL: DISTRIBUTING */

    /// @dev Gives the participants from the next ordinal up to `to` their parts, but for those who have claimed.
    function _giveParts(
        Epoch storage book,
        bytes32 claimId,
        uint256 epoch,
        ProgressSlot progress,
        uint256 to
    ) private returns (uint256 count, uint256 paid) {
        ResultSlot result = book.result;
        uint256 lively = _epochs[claimId].livelyNear(epoch);
        for (uint256 ordinal = progress.next(); ordinal < to; ++ordinal) {
            VoiceSlot voice = book.voices[ordinal];
            if (voice.isClaimed()) continue;
            uint256 payout = book.payoutOf(progress, result, voice);
            _givePart(claimId, epoch, lively, voice.user(), payout);
            paid += payout;
            ++count;
        }
    }

    /// @dev Pays a part and ends the risk behind it.
    function _givePart(bytes32 claimId, uint256 epoch, uint256 lively, address user, uint256 payout) private {
        if (payout > 0) {
            emit PartPaid(claimId, epoch, user, payout);
            vault.credit(user, payout);
        }
        vault.setAtRisk(user, claimId, _epochs[claimId].largestPending(epoch, lively, user));
    }

    /// @dev Keeps what was distributed; with the last part, what rounding left over goes to the claim.
    function _recordParts(
        Epoch storage book,
        bytes32 claimId,
        uint256 epoch,
        ProgressSlot progress
    ) private returns (bool done) {
        book.progress = progress;
        done = progress.isDistributed();
        if (!done) return false;
        uint256 carried = book.result.pot() - progress.paid();
        if (carried > 0) carriedOf[claimId] += carried;
        emit EpochDistributed(claimId, epoch, carried);
    }
}
