// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";

import {ITruthSerum} from "../../../contracts/stake/interfaces/ITruthSerum.sol";
import {Bounded} from "../utils/Bounded.sol";
import {SerumActors} from "./SerumActors.sol";

/// @title Calls that a serum must refuse
/// @dev Each with the error and the facts that the interface names.
abstract contract SerumAttempts is SerumActors {
    using Bounded for uint256;

    enum Attempt {
        CommitWithoutLock,
        CommitPaused,
        CommitInAnotherEpoch,
        CommitWithVoiceBeyondReach,
        RevealBeforeTheEnd,
        RevealAfterTheWindow,
        RevealTwice,
        RevealOtherValues,
        RevealOfNobody,
        RevealBeliefOutOfRange,
        RevealMetaOutOfRange,
        SettleTooSoon,
        SettleUnjoined,
        DistributeUnsettled,
        DistributeUnjoined,
        ClaimUnsettled,
        ClaimOfNobody,
        ClaimTwice,
        ConsensusUnsettled,
        ConsensusOfNothing,
        EpochOfThePast
    }

    /// @return wasMade Whether the serum is in a state in which this attempt can be made.
    function _attempt(Attempt kind, uint256 seed) internal returns (bool wasMade) {
        if (kind <= Attempt.CommitWithVoiceBeyondReach) return _attemptCommit(kind, seed);
        if (kind <= Attempt.RevealMetaOutOfRange) return _attemptReveal(kind, seed);
        if (kind <= Attempt.DistributeUnjoined) return _attemptUpkeep(kind, seed);
        if (kind <= Attempt.ClaimTwice) return _attemptClaim(kind, seed);
        return _attemptView(kind, seed);
    }

    /// @dev Commits in vain; a voice beyond reach is refused by the commits of the handler.
    function _attemptCommit(Attempt kind, uint256 seed) private returns (bool) {
        (address user, bytes32 claimId) = (_user(seed), _claimId(seed >> 16));
        bytes memory call = abi.encodeCall(ITruthSerum.commitBelief, (claimId, bytes32(seed)));
        if (kind == Attempt.CommitPaused) {
            ITruthSerum(address(serum)).pauseCommits();
            _refused(user, address(serum), call, abi.encodeWithSelector(Pausable.EnforcedPause.selector));
            ITruthSerum(address(serum)).unpauseCommits();
            return true;
        }
        if (kind == Attempt.CommitInAnotherEpoch) {
            uint256 current = _currentEpoch();
            uint256 other = current > 0 && seed % 2 == 0 ? current - 1 : seed.ofAnySize(current + 1, type(uint256).max);
            call = abi.encodeCall(ITruthSerum.commitBeliefIn, (claimId, other, bytes32(seed)));
            bytes4 selector = ITruthSerum.EpochNotCurrent.selector;
            _refused(user, address(serum), call, abi.encodeWithSelector(selector, other, current));
            return true;
        }
        if (kind != Attempt.CommitWithoutLock) return false;
        if (_grossLock(user, claimId) > 0) user = address(this); // who never buys
        _refused(user, address(serum), call, abi.encodeWithSelector(ITruthSerum.LockMissing.selector, claimId, user));
        return true;
    }

    function _attemptReveal(Attempt kind, uint256 seed) private returns (bool) {
        if (kind == Attempt.RevealBeliefOutOfRange || kind == Attempt.RevealMetaOutOfRange) {
            return _attemptRevealOutOfRange(kind, seed);
        }
        if (kind == Attempt.RevealOfNobody) return _attemptRevealOfNobody(seed);
        (bool isFound, uint256 id) = _voiceToReveal(kind, seed);
        if (!isFound) return false;

        Voice memory v = _voices[id];
        bytes memory call = _revealCall(id);
        bytes memory refusal;
        if (kind == Attempt.RevealBeforeTheEnd) {
            refusal = abi.encodeWithSelector(ITruthSerum.RevealNotOpen.selector, v.epoch, _endsAt(v.epoch));
        } else if (kind == Attempt.RevealAfterTheWindow) {
            refusal = abi.encodeWithSelector(ITruthSerum.RevealClosed.selector, v.epoch, _settleableAt(v.epoch));
        } else if (kind == Attempt.RevealTwice) {
            refusal = abi.encodeWithSelector(ITruthSerum.AlreadyRevealed.selector, v.claimId, v.epoch, v.user);
        } else {
            (v.belief, v.meta, v.salt) = _otherOpening(v, seed);
            (uint64 belief, uint64 meta) = (uint64(v.belief), uint64(v.meta));
            call = abi.encodeCall(ITruthSerum.revealBelief, (v.user, v.claimId, v.epoch, belief, meta, v.salt));
            bytes32 seal = _seal(v.user, v.claimId, v.epoch, v.belief, v.meta, v.salt);
            refusal = abi.encodeWithSelector(ITruthSerum.SealMismatch.selector, v.claimId, v.epoch, v.user, seal);
        }
        _refused(_user(seed), address(serum), call, refusal);
        return true;
    }

    /// @dev A voice that the serum must refuse to open for the reason of the attempt alone.
    function _voiceToReveal(Attempt kind, uint256 seed) private view returns (bool, uint256) {
        if (kind == Attempt.RevealOtherValues) return _findSealed(seed, false);
        if (kind == Attempt.RevealAfterTheWindow) return _findSealed(seed, true);
        for (uint256 i = 0; i < _voices.length; ++i) {
            uint256 id = addmod(seed, i, _voices.length);
            Voice storage v = _voices[id];
            bool isFit =
                kind == Attempt.RevealTwice ? v.isOpened && _isOpenToReveals(v.epoch) : v.epoch == _currentEpoch();
            if (isFit) return (true, id);
        }
        return (false, 0);
    }

    /// @dev One of the three things that were sealed is another.
    function _otherOpening(
        Voice memory v,
        uint256 seed
    ) private pure returns (uint256 belief, uint256 meta, bytes32 salt) {
        (belief, meta, salt) = (v.belief, v.meta, v.salt);
        uint256 choice = (seed >> 8) % 3;
        if (choice == 0) belief = belief == 0 ? 1 : belief - 1;
        else if (choice == 1) meta = meta == 0 ? 1 : meta - 1;
        else salt = ~salt;
    }

    function _attemptRevealOutOfRange(Attempt kind, uint256 seed) private returns (bool) {
        uint64 tooMuch = uint64(seed.within(WAD + 1, type(uint64).max));
        bool isBelief = kind == Attempt.RevealBeliefOutOfRange;
        (uint64 belief, uint64 meta) = isBelief ? (tooMuch, uint64(seed)) : (uint64(WAD), tooMuch);
        bytes memory call = abi.encodeCall(
            ITruthSerum.revealBelief,
            (_user(seed), _claimId(seed), _currentEpoch(), belief, meta, bytes32(seed))
        );
        bytes4 selector = ITruthSerum.BeliefOutOfRange.selector;
        _refused(_user(seed), address(serum), call, abi.encodeWithSelector(selector, tooMuch, WAD));
        return true;
    }

    function _attemptRevealOfNobody(uint256 seed) private returns (bool) {
        (address user, bytes32 claimId, uint256 epoch) = (_user(seed), _claimId(seed >> 8), _currentEpoch());
        if (epoch == 0 || !_isOpenToReveals(epoch - 1)) return false;
        --epoch;
        (bool exists, ) = _voiceOf(user, claimId, epoch);
        if (exists) return false;
        bytes memory call = abi.encodeCall(ITruthSerum.revealBelief, (user, claimId, epoch, 1, 1, bytes32(seed)));
        bytes memory refusal = abi.encodeWithSelector(ITruthSerum.NotParticipant.selector, claimId, epoch, user);
        _refused(_user(seed), address(serum), call, refusal);
        return true;
    }

    function _attemptUpkeep(Attempt kind, uint256 seed) private returns (bool) {
        bytes memory call;
        bytes memory refusal;
        if (kind == Attempt.SettleUnjoined || kind == Attempt.DistributeUnjoined) {
            uint256 unjoined = seed.ofAnySize(_currentEpoch() + 1, type(uint256).max);
            (bytes32 claimId, bool isSettle) = (_claimId(seed), kind == Attempt.SettleUnjoined);
            call =
                isSettle
                    ? abi.encodeCall(ITruthSerum.settle, (claimId, unjoined, 1))
                    : abi.encodeCall(ITruthSerum.distribute, (claimId, unjoined, 1));
            bytes4 selector = isSettle ? ITruthSerum.EpochNotJoined.selector : ITruthSerum.EpochNotSettled.selector;
            refusal = abi.encodeWithSelector(selector, claimId, unjoined);
        } else {
            (bool isFound, uint256 index) = _findUnsettled(seed, kind == Attempt.SettleTooSoon);
            if (!isFound) return false;
            EpochBooks storage e = _epochs[index];
            if (kind == Attempt.SettleTooSoon) {
                call = abi.encodeCall(ITruthSerum.settle, (e.claimId, e.epoch, seed));
                bytes4 selector = ITruthSerum.EpochNotSettleable.selector;
                refusal = abi.encodeWithSelector(selector, e.epoch, _settleableAt(e.epoch));
            } else {
                call = abi.encodeCall(ITruthSerum.distribute, (e.claimId, e.epoch, seed));
                refusal = abi.encodeWithSelector(ITruthSerum.EpochNotSettled.selector, e.claimId, e.epoch);
            }
        }
        _refused(_user(seed), address(serum), call, refusal);
        return true;
    }

    function _attemptClaim(Attempt kind, uint256 seed) private returns (bool) {
        bool isUnsettled = kind == Attempt.ClaimUnsettled;
        (bool isFound, uint256 index) = isUnsettled ? _findUnsettled(seed, false) : _findSettled(seed);
        if (!isFound) return false;
        EpochBooks storage e = _epochs[index];
        address user = _user(seed >> 16);
        (bool exists, uint256 id) = _voiceOf(user, e.claimId, e.epoch);
        bytes4 selector = ITruthSerum.EpochNotSettled.selector;
        bytes memory refusal = abi.encodeWithSelector(selector, e.claimId, e.epoch);
        if (!isUnsettled) {
            bool isOfNobody = kind == Attempt.ClaimOfNobody;
            if (isOfNobody == exists || (exists && !_voices[id].isDistributed)) return false;
            selector = isOfNobody ? ITruthSerum.NotParticipant.selector : ITruthSerum.AlreadyDistributed.selector;
            refusal = abi.encodeWithSelector(selector, e.claimId, e.epoch, user);
        }
        bytes memory call = abi.encodeCall(ITruthSerum.claim, (user, e.claimId, e.epoch));
        _refused(_user(seed), address(serum), call, refusal);
        return true;
    }

    function _attemptView(Attempt kind, uint256 seed) private returns (bool) {
        if (kind == Attempt.EpochOfThePast) {
            uint256 time = seed.ofAnySize(0, _startedAt - 1);
            bytes4 tooEarly = ITruthSerum.BeforeFirstEpoch.selector;
            bytes memory ofPast = abi.encodeCall(ITruthSerum.epochOf, (time));
            _refused(_user(seed), address(serum), ofPast, abi.encodeWithSelector(tooEarly, time, _startedAt));
            return true;
        }
        bool isUnsettled = kind == Attempt.ConsensusUnsettled;
        (bool isFound, uint256 index) = isUnsettled ? _findUnsettled(seed, false) : _findSettled(seed);
        if (!isFound || (!isUnsettled && _epochs[index].opened > 0)) return false;
        EpochBooks storage e = _epochs[index];
        bytes4 selector = isUnsettled ? ITruthSerum.EpochNotSettled.selector : ITruthSerum.ConsensusMissing.selector;
        bytes memory call = abi.encodeCall(ITruthSerum.consensus, (e.claimId, e.epoch));
        _refused(_user(seed), address(serum), call, abi.encodeWithSelector(selector, e.claimId, e.epoch));
        return true;
    }

    /// @dev The first unsettled epoch from a place that `seed` names; only one that cannot be settled yet.
    function _findUnsettled(uint256 seed, bool isTooSoon) private view returns (bool, uint256) {
        for (uint256 i = 0; i < _epochs.length; ++i) {
            uint256 index = addmod(seed, i, _epochs.length);
            EpochBooks storage e = _epochs[index];
            if (!e.isSettled && !(isTooSoon && _isSettleable(e.epoch))) return (true, index);
        }
        return (false, 0);
    }

    function _findSettled(uint256 seed) private view returns (bool, uint256) {
        for (uint256 i = 0; i < _epochs.length; ++i) {
            uint256 index = addmod(seed, i, _epochs.length);
            if (_epochs[index].isSettled) return (true, index);
        }
        return (false, 0);
    }
}
