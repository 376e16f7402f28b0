// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {TruthScore} from "../../../contracts/stake/libraries/TruthScore.sol";
import {Check} from "../utils/Check.sol";
import {PoolStore} from "./PoolStore.sol";

/// @title What a serum should remember, kept the slow way
/// @dev Each score is computed from a walk through all other voices, what a user has at risk from all pending ones: no
/// sums are kept, and no order of settling, distributing or claiming is assumed.
abstract contract EpochStore is PoolStore {
    struct Voice {
        address user;
        bytes32 claimId;
        uint256 epoch;
        uint256 weight;
        uint256 belief;
        uint256 meta;
        bytes32 salt;
        bool isOpened;
        bool isDistributed;
        int256 score;
        uint256 taken;
        uint256 payout;
    }

    /// @dev One epoch of a claim.
    struct EpochBooks {
        bytes32 claimId;
        uint256 epoch;
        uint256[] voiceIds; // in the order of first commits
        uint256 opened;
        uint256 scored;
        uint256 next; // ordinal up to which `distribute` has gone
        uint256 distributed;
        uint256 winners;
        bool isSettled;
        bool isVoid;
        uint256 pot;
        uint256 gains;
        uint256 paid;
    }

    uint256 internal constant WAD = 1e18;

    // How many epochs back a voice may be pending when its user commits again.
    uint256 internal constant REACH = 2;

    Voice[] internal _voices;
    EpochBooks[] internal _epochs;
    mapping(bytes32 claimId => uint256) internal _carriedOf;
    mapping(address user => mapping(bytes32 claimId => uint256[] voiceIds)) internal _pendingOf;
    // Both plus one; 0 for none.
    mapping(bytes32 claimId => mapping(uint256 epoch => uint256)) private _epochPlace;
    mapping(bytes32 claimId => mapping(uint256 epoch => mapping(address user => uint256))) private _voicePlace;

    /* READ */

    function epochCount() external view returns (uint256) {
        return _epochs.length;
    }

    function epochBooks(uint256 index) external view returns (EpochBooks memory) {
        return _epochs[index];
    }

    function voice(uint256 voiceId) external view returns (Voice memory) {
        return _voices[voiceId];
    }

    function pendingOf(address user, bytes32 claimId) external view returns (uint256[] memory) {
        return _pendingOf[user][claimId];
    }

    function carriedOf(bytes32 claimId) external view returns (uint256) {
        return _carriedOf[claimId];
    }

    /// @dev The largest weight of a voice that has not got its part.
    function largestPending(address user, bytes32 claimId) public view returns (uint256 largest) {
        uint256[] storage ids = _pendingOf[user][claimId];
        for (uint256 i = 0; i < ids.length; ++i) largest = Math.max(largest, _voices[ids[i]].weight);
    }

    /// @dev What the pots hold for each epoch, and what rounding left over on each claim.
    function expectedOutstanding() external view returns (uint256 sum) {
        for (uint256 i = 0; i < _epochs.length; ++i) {
            EpochBooks storage e = _epochs[i];
            if (e.distributed < e.voiceIds.length) sum += e.pot - e.paid;
        }
    }

    function _voiceOf(
        address user,
        bytes32 claimId,
        uint256 epoch
    ) internal view returns (bool exists, uint256 voiceId) {
        uint256 place = _voicePlace[claimId][epoch][user];
        return place > 0 ? (true, place - 1) : (false, 0);
    }

    /// @dev An epoch of a claim that somebody joined.
    function _booksOf(bytes32 claimId, uint256 epoch) internal view returns (EpochBooks storage) {
        return _epochs[_epochPlace[claimId][epoch] - 1];
    }

    /// @dev Whether a pending voice of the user is of an epoch that a commit in `epoch` cannot reach back to.
    function _hasVoiceBeyondReach(address user, bytes32 claimId, uint256 epoch) internal view returns (bool) {
        uint256[] storage ids = _pendingOf[user][claimId];
        for (uint256 i = 0; i < ids.length; ++i) {
            if (_voices[ids[i]].epoch + REACH < epoch) return true;
        }
        return false;
    }

    /* SPEAK */

    /// @dev A first commit, or one that replaces the belief and its weight but not its place.
    function _recordCommit(
        address user,
        bytes32 claimId,
        uint256 epoch,
        uint256 belief,
        uint256 meta,
        bytes32 salt
    ) internal returns (bool isFirst) {
        (bool exists, uint256 voiceId) = _voiceOf(user, claimId, epoch);
        isFirst = !exists;
        if (isFirst) voiceId = _addVoice(user, claimId, epoch);
        Voice storage v = _voices[voiceId];
        (v.weight, v.belief, v.meta, v.salt) = (_grossLock(user, claimId), belief, meta, salt);
        _recordRisk(user, claimId, largestPending(user, claimId));
    }

    function _recordReveal(uint256 voiceId) internal {
        Voice storage v = _voices[voiceId];
        v.isOpened = true;
        ++_booksOf(v.claimId, v.epoch).opened;
    }

    /* SETTLE */

    function _recordSettlement(uint256 index, uint256 maxCount) internal returns (uint256 processed, bool done) {
        EpochBooks storage e = _epochs[index];
        if (e.isSettled) return (0, true);
        uint256 left = e.voiceIds.length - e.scored;
        bool isScorable = e.opened > 1;
        processed = isScorable ? Math.min(maxCount, left) : left;
        for (uint256 i = 0; isScorable && i < processed; ++i) _recordScore(e, e.voiceIds[e.scored + i]);
        e.scored += processed;
        done = processed == left;
        if (done) _recordResult(e);
    }

    function _recordDistribution(uint256 index, uint256 maxCount) internal returns (uint256 processed, bool done) {
        EpochBooks storage e = _epochs[index];
        if (e.distributed == e.voiceIds.length) return (0, true);
        processed = Math.min(maxCount, e.voiceIds.length - e.next);
        for (uint256 i = 0; i < processed; ++i) {
            uint256 voiceId = e.voiceIds[e.next + i];
            if (!_voices[voiceId].isDistributed) _recordPart(e, voiceId);
        }
        e.next += processed;
        done = e.distributed == e.voiceIds.length;
    }

    function _recordClaim(uint256 voiceId) internal {
        Voice storage v = _voices[voiceId];
        _recordPart(_booksOf(v.claimId, v.epoch), voiceId);
    }

    function _recordScore(EpochBooks storage e, uint256 voiceId) private {
        Voice storage v = _voices[voiceId];
        v.score = v.isOpened ? _scoreOf(e, voiceId) : -int256(WAD);
        if (v.score < 0) {
            v.taken = _recordDebit(v.user, Math.ceilDiv(v.weight * uint256(-v.score), WAD));
            e.pot += v.taken;
            // S2
            Check.atMost(v.taken, v.weight, "a voice lost more than it weighs");
        } else if (v.score > 0) {
            e.gains += v.weight * uint256(v.score);
            ++e.winners;
        }
    }

    function _recordResult(EpochBooks storage e) private {
        e.isSettled = true;
        e.isVoid = e.gains == 0;
        if (!e.isVoid) {
            e.pot += _carriedOf[e.claimId];
            _carriedOf[e.claimId] = 0;
        }
        for (uint256 i = 0; i < e.voiceIds.length; ++i) {
            Voice storage v = _voices[e.voiceIds[i]];
            if (e.isVoid) v.payout = v.taken;
            else if (v.score > 0) v.payout = Math.mulDiv(v.weight * uint256(v.score), e.pot, e.gains);
        }
    }

    function _recordPart(EpochBooks storage e, uint256 voiceId) private {
        Voice storage v = _voices[voiceId];
        v.isDistributed = true;
        ++e.distributed;
        e.paid += v.payout;
        _recordCredit(v.user, v.payout);
        _removePending(v.user, v.claimId, voiceId);
        _recordRisk(v.user, v.claimId, largestPending(v.user, v.claimId));
        if (e.distributed == e.voiceIds.length) {
            uint256 left = e.pot - e.paid;
            // B2 and B3
            if (e.isVoid) Check.equal(left, 0, "a void epoch kept something");
            else Check.isTrue(left < e.winners, "rounding kept a unit or more for each winner");
            _carriedOf[e.claimId] += left;
        }
    }

    /// @dev Against the weighted means of the others, one by one.
    function _scoreOf(EpochBooks storage e, uint256 voiceId) private view returns (int256) {
        (uint256 weights, uint256 beliefs, uint256 metas) = (0, 0, 0);
        for (uint256 i = 0; i < e.voiceIds.length; ++i) {
            Voice storage other = _voices[e.voiceIds[i]];
            if (!other.isOpened || e.voiceIds[i] == voiceId) continue;
            weights += other.weight;
            beliefs += other.weight * other.belief;
            metas += other.weight * other.meta;
        }
        Voice storage v = _voices[voiceId];
        return TruthScore.scoreOf(v.belief, v.meta, beliefs / weights, metas / weights);
    }

    /* INTERNAL */

    function _addVoice(address user, bytes32 claimId, uint256 epoch) private returns (uint256 voiceId) {
        if (_epochPlace[claimId][epoch] == 0) {
            EpochBooks storage e = _epochs.push();
            (e.claimId, e.epoch) = (claimId, epoch);
            _epochPlace[claimId][epoch] = _epochs.length;
        }
        voiceId = _voices.length;
        Voice storage v = _voices.push();
        (v.user, v.claimId, v.epoch) = (user, claimId, epoch);
        _booksOf(claimId, epoch).voiceIds.push(voiceId);
        _voicePlace[claimId][epoch][user] = voiceId + 1;
        _pendingOf[user][claimId].push(voiceId);
    }

    function _removePending(address user, bytes32 claimId, uint256 voiceId) private {
        uint256[] storage ids = _pendingOf[user][claimId];
        for (uint256 i = 0; i < ids.length; ++i) {
            if (ids[i] != voiceId) continue;
            ids[i] = ids[ids.length - 1];
            ids.pop();
            return;
        }
        Check.isTrue(false, "a voice got its part twice");
    }
}
