// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Side} from "../../../contracts/shared/Side.sol";
import {ITruthSerum} from "../../../contracts/stake/interfaces/ITruthSerum.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";
import {vm} from "../utils/Vm.sol";
import {SerumActors} from "./SerumActors.sol";
import {SerumAttempts} from "./SerumAttempts.sol";

/// @title Everyone who uses the stake system
/// @dev Each action takes any numbers and turns them into a valid call, or into none where none is possible. After each
/// call it compares what the call did with the store.
abstract contract SerumHandler is SerumAttempts {
    using Bounded for uint256;

    enum Action {
        Buy,
        Sell,
        Deposit,
        Withdraw,
        Commit,
        Reveal,
        Settle,
        Distribute,
        Claim,
        Donate,
        Warp
    }

    enum WarpKind {
        Nothing,
        OneSecond,
        UpToAnEpoch,
        UpToManyEpochs,
        ToEndOfEpoch,
        ToLastSecondOfEpoch,
        ToEndOfWindow,
        ToLastSecondOfWindow
    }

    /// @dev What a run of actions can bring about, so that a test can see that it did.
    enum Outcome {
        Recommitted,
        WeightReplaced,
        CommitOnSideOfPending,
        VoicesInThreeEpochs,
        RiskAboveLocks,
        RiskFellToAnEarlierVoice,
        RiskEnded,
        VoiceNotOpened,
        SettledInParts,
        SettledAtOnce,
        SettledAgain,
        SettledWithNothingToDo,
        VoidByFewOpened,
        VoidByNoGain,
        VoidGaveBack,
        PotShared,
        LocksAboveStake,
        DistributedInParts,
        DistributedAgain,
        DistributedPastClaims,
        ClaimedLast,
        CarriedOver,
        CarriedIntoAPot,
        ZeroScore
    }

    uint256 private constant MISSED_EPOCHS = 6;

    constructor(ITruthSerum serum_, uint256 largestAmount) SerumActors(serum_, largestAmount) {}

    function lengthOf(Kind kind) external pure override returns (uint256) {
        if (kind == Kind.Action) return uint256(type(Action).max) + 1;
        if (kind == Kind.Attempt) return uint256(type(Attempt).max) + 1;
        return uint256(type(Outcome).max) + 1;
    }

    /* STAKE AND TRADE */

    function buy(uint256 userSeed, uint256 amountSeed) external counted {
        Side side = Side((userSeed >> 128) % 2);
        uint256 amount = amountSeed.ofAnySize(AMOUNT_PER_LOCK, _largestAmount);
        bytes memory refusal = _buy(_user(userSeed), _claimId(userSeed >> 64), side, amount);
        if (refusal.length == 0) _noteAction(Action.Buy);
    }

    /// @dev Half of the sales close a side.
    function sell(uint256 placeSeed, uint256 tokensSeed) external counted {
        (address user, bytes32 claimId, Side side, uint256 held) = _findHolding(placeSeed);
        if (held == 0) return;
        _sell(user, claimId, side, tokensSeed % 2 == 0 ? held : tokensSeed.ofAnySize(1, held));
        if (_exposureOf[user][claimId].atRisk > _grossLock(user, claimId)) _noteOutcome(Outcome.RiskAboveLocks);
        _noteAction(Action.Sell);
    }

    /// @dev No more than a large lock, so that losses on several claims at once outgrow the stake.
    function deposit(uint256 userSeed, uint256 amountSeed) external counted {
        uint256 amount = amountSeed.ofAnySize(1, _largestAmount / AMOUNT_PER_LOCK);
        if (_deposit(_user(userSeed), amount)) _noteAction(Action.Deposit);
    }

    /// @dev In two calls of four everything that may leave, or a unit more.
    function withdraw(uint256 userSeed, uint256 amountSeed) external counted {
        address user = _user(userSeed);
        uint256 amount = expectedWithdrawable(user);
        if (amountSeed % 4 < 2) amount += amountSeed % 2;
        else amount = amountSeed.ofAnySize(0, amount);
        if (_withdraw(user, amount)) _noteAction(Action.Withdraw);
    }

    function donate(uint256 amountSeed) external counted {
        _donateToVault(amountSeed.ofAnySize(1, _largestAmount));
        _noteAction(Action.Donate);
    }

    /* SPEAK */

    /// @dev One call of four is everybody's; in one of those four all are of one opinion.
    function commit(uint256 userSeed, uint256 seed) external counted {
        bytes32 claimId = _claimId(userSeed >> 64);
        if (userSeed % 4 > 0) return _commit(_user(userSeed >> 128), claimId, seed);
        bool isOneOpinion = (userSeed >> 2) % 4 == 0;
        for (uint256 i = 0; i < USERS; ++i) {
            uint256 draw = uint256(keccak256(abi.encode(seed, i)));
            _commit(_users[i], claimId, isOneOpinion ? draw & ~uint256(3) : draw);
        }
    }

    /// @dev Half of the calls open nearly all beliefs of an epoch, by whoever comes along.
    function reveal(uint256 voiceSeed, uint256 seed) external counted {
        (bool isFound, uint256 id) = _findSealed(voiceSeed, false);
        if (!isFound) return;
        if (seed % 2 == 0) return _reveal(id, seed);
        uint256[] storage ids = _epochOf(id).voiceIds;
        for (uint256 i = 0; i < ids.length; ++i) {
            if ((seed >> (8 + 4 * i)) % 16 > 0 && !_voices[ids[i]].isOpened) _reveal(ids[i], seed);
        }
    }

    /* SETTLE */

    function settle(uint256 epochSeed, uint256 countSeed) external counted {
        (bool isFound, uint256 index) = _findEpoch(epochSeed, epochSeed % 16 == 0);
        if (!isFound) return;
        EpochBooks memory before = _epochs[index];
        (bytes32 untouched, uint256 total) = (_othersOf(index), vault.stakes() + vault.pots());
        uint256 carried = _carriedOf[before.claimId];
        vm.prank(_user(countSeed));
        uint256 count = _count(countSeed);
        (uint256 processed, bool done) = serum.settle(before.claimId, before.epoch, count);

        (uint256 expected, bool isDone) = _recordSettlement(index, count);
        Check.equal(processed, expected, "settled voices");
        Check.equal(done, isDone, "settled");
        // S1 and S4
        Check.equal(vault.stakes() + vault.pots(), total, "settling created or lost stake");
        Check.equal(_othersOf(index), untouched, "settling touched a user without a voice");
        _noteSettlement(index, before, processed, carried);
        _noteAction(Action.Settle);
    }

    function distribute(uint256 epochSeed, uint256 countSeed) external counted {
        (bool isFound, uint256 index) = _findEpoch(epochSeed, true);
        if (epochSeed % 16 == 0 && _epochs.length > 0) index = (epochSeed >> 8) % _epochs.length;
        else if (!isFound) return;
        if (!_epochs[index].isSettled) return;
        EpochBooks memory before = _epochs[index];
        (bytes32 untouched, uint256 total) = (_othersOf(index), vault.stakes() + vault.pots());
        vm.prank(_user(countSeed));
        uint256 count = _count(countSeed);
        (uint256 processed, bool done) = serum.distribute(before.claimId, before.epoch, count);

        (uint256 expected, bool isDone) = _recordDistribution(index, count);
        Check.equal(processed, expected, "distributed voices");
        Check.equal(done, isDone, "distributed");
        Check.equal(vault.stakes() + vault.pots(), total, "distributing created or lost stake");
        Check.equal(_othersOf(index), untouched, "distributing touched a user without a voice");
        _noteDistribution(index, before, processed);
        _noteAction(Action.Distribute);
    }

    function claim(uint256 voiceSeed, uint256 callerSeed) external counted {
        (bool isFound, uint256 id) = _findUnpaid(voiceSeed);
        if (!isFound) return;
        Voice memory v = _voices[id];
        uint256 before = vault.totalStake(v.user);
        vm.prank(_user(callerSeed));
        serum.claim(v.user, v.claimId, v.epoch);

        _recordClaim(id);
        Check.equal(vault.totalStake(v.user), before + v.payout, "claim paid");
        _noteParts(_epochOf(id), v.user);
        if (_epochOf(id).distributed == _epochOf(id).voiceIds.length) _noteOutcome(Outcome.ClaimedLast);
        _noteAction(Action.Claim);
    }

    /* TIME AND ATTEMPTS */

    /// @dev Any span from nothing to several missed epochs, and the seconds just before and at which rules change.
    function warp(uint256 kindSeed, uint256 spanSeed) external counted {
        WarpKind kind = WarpKind(kindSeed.within(0, uint256(type(WarpKind).max)));
        uint256 time = _now();
        if (kind == WarpKind.OneSecond) time += 1;
        else if (kind == WarpKind.UpToAnEpoch) time += spanSeed.within(1, _epochLength);
        else if (kind == WarpKind.UpToManyEpochs) time += spanSeed.within(1, MISSED_EPOCHS * _epochLength);
        else if (kind != WarpKind.Nothing) time = _boundary(kind);
        vm.warp(time);
        _noteAction(Action.Warp);
    }

    function attemptInvalid(uint256 kindSeed, uint256 seed) external counted {
        Attempt kind = Attempt(kindSeed.within(0, uint256(type(Attempt).max)));
        if (_attempt(kind, seed)) _noteAttempt(kind);
    }

    /* INTERNAL: SPEAK */

    /// @dev B6: refused exactly where a voice is pending that the commit cannot reach back to.
    function _commit(address user, bytes32 claimId, uint256 seed) private {
        if (!_ensureLock(user, claimId, seed >> 16)) return;
        uint256 epoch = _currentEpoch();
        (uint256 belief, uint256 meta) = _opinion(seed);
        bytes32 salt = keccak256(abi.encode(seed));
        (bool isAgain, uint256 id) = _voiceOf(user, claimId, epoch);
        uint256 previous = isAgain ? _voices[id].weight : 0;
        bytes memory refusal;
        if (!isAgain && _hasVoiceBeyondReach(user, claimId, epoch)) {
            bytes4 selector = ITruthSerum.EarlierVoiceUnsettled.selector;
            refusal = abi.encodeWithSelector(selector, claimId, user, epoch - REACH);
        }
        bytes32 seal = _seal(user, claimId, epoch, belief, meta, salt);
        bytes memory call =
            (seed >> 2) % 2 == 0
                ? abi.encodeCall(ITruthSerum.commitBelief, (claimId, seal))
                : abi.encodeCall(ITruthSerum.commitBeliefIn, (claimId, epoch, seal));
        (bool isDone, ) = _perform(user, address(serum), call, refusal);
        if (!isDone) return _noteAttempt(Attempt.CommitWithVoiceBeyondReach);

        bool isFirst = _recordCommit(user, claimId, epoch, belief, meta, salt);
        uint256 pending = _pendingOf[user][claimId].length;
        if (!isFirst) _noteOutcome(Outcome.Recommitted);
        if (!isFirst && _grossLock(user, claimId) != previous) _noteOutcome(Outcome.WeightReplaced);
        if (pending > 1) _noteOutcome(Outcome.CommitOnSideOfPending);
        if (pending > REACH) _noteOutcome(Outcome.VoicesInThreeEpochs);
        _assertRisk(user, claimId);
        _noteAction(Action.Commit);
    }

    function _reveal(uint256 id, uint256 seed) private {
        vm.prank(_user(seed));
        (bool isDone, bytes memory reason) = address(serum).call(_revealCall(id));
        Check.isTrue(isDone, string(reason));
        _recordReveal(id);
        _noteAction(Action.Reveal);
    }

    /// @dev B1.
    function _assertRisk(address user, bytes32 claimId) private view {
        (, uint256 atRisk) = vault.exposureOf(user, claimId);
        Check.equal(atRisk, largestPending(user, claimId), "at risk = largest pending voice");
    }

    /* INTERNAL: WHAT CAME ABOUT */

    function _noteSettlement(uint256 index, EpochBooks memory before, uint256 processed, uint256 carried) private {
        EpochBooks storage e = _epochs[index];
        if (before.isSettled) return _noteOutcome(Outcome.SettledAgain);
        if (processed == 0 && !e.isSettled) _noteOutcome(Outcome.SettledWithNothingToDo);
        if (e.isSettled) _noteOutcome(before.scored > 0 ? Outcome.SettledInParts : Outcome.SettledAtOnce);
        if (!e.isSettled) return;
        if (e.isVoid) _noteOutcome(e.opened > 1 ? Outcome.VoidByNoGain : Outcome.VoidByFewOpened);
        if (!e.isVoid && carried > 0) _noteOutcome(Outcome.CarriedIntoAPot);
        if (!e.isVoid && e.pot > 0) _noteOutcome(Outcome.PotShared);
        for (uint256 i = 0; i < e.voiceIds.length; ++i) {
            Voice storage v = _voices[e.voiceIds[i]];
            if (!v.isOpened) _noteOutcome(Outcome.VoiceNotOpened);
            if (v.isOpened && e.opened > 1 && v.score == 0) _noteOutcome(Outcome.ZeroScore);
            if (_stakeOf[v.user] < expectedLocked(v.user)) _noteOutcome(Outcome.LocksAboveStake);
        }
    }

    function _noteDistribution(uint256 index, EpochBooks memory before, uint256 processed) private {
        EpochBooks storage e = _epochs[index];
        if (before.distributed == before.voiceIds.length) return _noteOutcome(Outcome.DistributedAgain);
        if (processed > e.distributed - before.distributed) _noteOutcome(Outcome.DistributedPastClaims);
        if (before.next > 0 && e.distributed == e.voiceIds.length) _noteOutcome(Outcome.DistributedInParts);
        for (uint256 ordinal = before.next; ordinal < e.next; ++ordinal) {
            _noteParts(e, _voices[e.voiceIds[ordinal]].user);
        }
    }

    function _noteParts(EpochBooks storage e, address user) private {
        _assertRisk(user, e.claimId);
        if (e.isVoid && e.paid > 0) _noteOutcome(Outcome.VoidGaveBack);
        if (e.distributed == e.voiceIds.length && e.pot > e.paid) _noteOutcome(Outcome.CarriedOver);
        uint256 pending = _pendingOf[user][e.claimId].length;
        _noteOutcome(pending > 0 ? Outcome.RiskFellToAnEarlierVoice : Outcome.RiskEnded);
    }

    /* INTERNAL: STATE OF THE WORLD */

    /// @dev Stakes and what is encumbered of those who have no voice in an epoch.
    function _othersOf(uint256 index) private view returns (bytes32 fingerprint) {
        (bytes32 claimId, uint256 epoch) = (_epochs[index].claimId, _epochs[index].epoch);
        for (uint256 i = 0; i < USERS; ++i) {
            (bool isParticipant, ) = _voiceOf(_users[i], claimId, epoch);
            if (isParticipant) continue;
            (uint256 stake, uint256 encumbered) = (vault.totalStake(_users[i]), vault.encumbered(_users[i]));
            fingerprint = keccak256(abi.encode(fingerprint, stake, encumbered, vault.totalLocked(_users[i])));
        }
    }

    /// @dev How many to go through: few, so that it takes several calls, or all.
    function _count(uint256 seed) private pure returns (uint256) {
        uint256 choice = (seed >> 8) % 8;
        return choice < 5 ? choice : type(uint256).max - (seed >> 16);
    }

    /// @dev The end of the epoch, or of the window that closes next, or the second before.
    function _boundary(WarpKind kind) private view returns (uint256 time) {
        uint256 epoch = _currentEpoch();
        bool isEnd = kind == WarpKind.ToEndOfEpoch || kind == WarpKind.ToLastSecondOfEpoch;
        time = _endsAt(epoch);
        if (!isEnd) {
            bool isOpen = epoch > 0 && _isOpenToReveals(epoch - 1);
            time = isOpen ? _settleableAt(epoch - 1) : _settleableAt(epoch);
        }
        bool isBefore = kind == WarpKind.ToLastSecondOfEpoch || kind == WarpKind.ToLastSecondOfWindow;
        if (isBefore && time > _now()) --time;
    }

    function _epochOf(uint256 voiceId) private view returns (EpochBooks storage) {
        return _booksOf(_voices[voiceId].claimId, _voices[voiceId].epoch);
    }

    function _noteAction(Action action) private {
        _note(Kind.Action, uint256(action));
    }

    function _noteAttempt(Attempt attempt) private {
        _note(Kind.Attempt, uint256(attempt));
    }

    function _noteOutcome(Outcome outcome) private {
        _note(Kind.Outcome, uint256(outcome));
    }
}
