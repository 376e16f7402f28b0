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
import {TruthScore} from "./libraries/TruthScore.sol";

/// @title Epochs in which stake moves from noise to information
/// @dev Holds no tokens: it tells the vault what is at risk, whom to debit and whom to credit. A claim's epoch is
/// open to commits -> open to reveals -> being scored -> settled -> distributed; the clock drives the first two steps,
/// anyone the others. Invariants S1, S2, S4 and B1 to B6: docs/properties.md. Trusts: the vault, which is bound to
/// this serum.
contract TruthSerum is ITruthSerum, AccessManaged, Pausable {
    using SafeCast for uint256;
    using EpochBook for mapping(uint256 epochId => Epoch);
    using EpochBook for Epoch;

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
        uint256 epoch = currentEpoch();
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
        if (_isScorable(book)) {
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
        if (progress.isDistributed()) return (0, true);

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
        BeliefSlot belief = book.beliefs[user];
        if (!belief.isParticipant()) revert NotParticipant(claimId, epoch, user);
        if (!EpochBook.isPending(progress, belief)) revert AlreadyDistributed(claimId, epoch, user);

        book.beliefs[user] = belief.claimed();
        uint256 ordinal = belief.ordinal();
        uint256 paid = _payoutOf(progress, book.result, book.voices[ordinal], belief);
        _givePart(claimId, epoch, user, paid);
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
        (state.consensus, state.meanMeta, state.supportShare, state.isSurprisinglyPopular) = _signals(book);
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
        if (!belief.isParticipant()) revert NotParticipant(claimId, epoch, user);

        VoiceSlot slot = book.voices[belief.ordinal()];
        voice.weight = slot.weight();
        (voice.isOpened, voice.belief, voice.meta) = (belief.isOpened(), belief.belief(), belief.meta());
        voice.isScored = belief.ordinal() < progress.scored();
        voice.isDistributed = !EpochBook.isPending(progress, belief);
        if (voice.isScored && _isScorable(book)) voice.score = _scoreOf(book.beliefSum, book.metaSum, slot, belief);
        if (belief.isLoss()) voice.taken = belief.result();
        if (progress.isSettled()) voice.payout = _payoutOf(progress, book.result, slot, belief);
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
        (mean, , , ) = _signals(book);
    }

    /// @inheritdoc ITruthSerum
    function startedAt() external view returns (uint256) {
        return _startedAt;
    }

    /* INTERNAL: VOICES */

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
        uint256 others = previous == atRisk ? _epochs[claimId].largestPending(epoch, msg.sender) : atRisk;
        return (ordinal, Math.max(weight, others));
    }

    /* INTERNAL: SETTLING */

    /// @dev Leave-one-out means need somebody else.
    function _isScorable(Epoch storage book) private view returns (bool) {
        return book.beliefSum.opened() > 1;
    }

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
            int256 score = _scoreOf(beliefSum, metaSum, voice, belief);
            uint256 taken;
            if (score > 0) {
                book.beliefs[user] = belief.withResult(uint256(score), false);
                result = result.plus(voice.weight() * uint256(score), 0);
            } else if (score < 0) {
                taken = vault.debit(user, Math.ceilDiv(voice.weight() * uint256(-score), WAD));
                book.beliefs[user] = belief.withResult(taken, true);
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
        (uint256 mean, uint256 meanMeta, uint256 supportShare, bool isSurprising) = _signals(book);
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

    function _scoreOf(
        BeliefSumSlot beliefSum,
        MetaSumSlot metaSum,
        VoiceSlot voice,
        BeliefSlot belief
    ) private pure returns (int256) {
        if (!belief.isOpened()) return TruthScore.UNOPENED;
        uint256 weight = voice.weight();
        uint256 others = beliefSum.weight() - weight; // above zero: somebody else opened, and every weight is
        return
            TruthScore.scoreOf(
                belief.belief(),
                belief.meta(),
                (beliefSum.weighted() - weight * belief.belief()) / others,
                (metaSum.weighted() - weight * belief.meta()) / others
            );
    }

    /// @dev Means and shares of what was opened, in wad, rounded down; 0 where nothing was. Surprisingly popular is
    /// compared without rounding.
    function _signals(
        Epoch storage book
    ) private view returns (uint256 mean, uint256 meanMeta, uint256 supportShare, bool isSurprisinglyPopular) {
        (BeliefSumSlot beliefSum, MetaSumSlot metaSum) = (book.beliefSum, book.metaSum);
        uint256 weight = beliefSum.weight();
        if (weight == 0) return (0, 0, 0, false);
        uint256 supporting = metaSum.supporting() * WAD;
        return (
            beliefSum.weighted() / weight,
            metaSum.weighted() / weight,
            supporting / weight,
            supporting > metaSum.weighted()
        );
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
        for (uint256 ordinal = progress.next(); ordinal < to; ++ordinal) {
            VoiceSlot voice = book.voices[ordinal];
            BeliefSlot belief = book.beliefs[voice.user()];
            if (belief.isClaimed()) continue;
            uint256 payout = _payoutOf(progress, result, voice, belief);
            _givePart(claimId, epoch, voice.user(), payout);
            paid += payout;
            ++count;
        }
    }

    /// @dev Pays a part and ends the risk behind it.
    function _givePart(bytes32 claimId, uint256 epoch, address user, uint256 payout) private {
        if (payout > 0) {
            emit PartPaid(claimId, epoch, user, payout);
            vault.credit(user, payout);
        }
        vault.setAtRisk(user, claimId, _epochs[claimId].largestPending(epoch, user));
    }

    /// @dev A winner's share of the pot, rounded down: the pot keeps the rest. In a void epoch, what was taken.
    function _payoutOf(
        ProgressSlot progress,
        ResultSlot result,
        VoiceSlot voice,
        BeliefSlot belief
    ) private pure returns (uint256) {
        if (progress.isVoid() || belief.isLoss()) return progress.isVoid() ? belief.result() : 0;
        return (voice.weight() * belief.result() * result.pot()) / result.gains();
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
