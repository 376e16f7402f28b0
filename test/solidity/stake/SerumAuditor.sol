// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {ITruthSerum} from "../../../contracts/stake/interfaces/ITruthSerum.sol";
import {IStakeVault} from "../../../contracts/stake/interfaces/IStakeVault.sol";
import {Check} from "../utils/Check.sol";
import {PlainToken} from "../utils/PlainToken.sol";
import {vm} from "../utils/Vm.sol";
import {EpochStore} from "./EpochStore.sol";
import {StakeFixtures} from "./StakeFixtures.sol";
import {VenueAuditor} from "./VenueAuditor.sol";

/// @title Compares a serum with the store of a handler
/// @dev The properties of docs/properties.md, one function each. At the end everybody leaves: call that where what it
/// changes is discarded.
contract SerumAuditor {
    uint256 private constant WAD = 1e18;
    uint256 private constant REACH = 2;

    ITruthSerum private immutable _serum;
    IStakeVault private immutable _vault;
    PlainToken private immutable _token;
    EpochStore private immutable _store;
    VenueAuditor private immutable _venueAuditor;

    constructor(EpochStore store, ITruthSerum serum, VenueAuditor venueAuditor) {
        (_store, _serum, _vault, _venueAuditor) = (store, serum, serum.vault(), venueAuditor);
        _token = PlainToken(address(serum.vault().asset()));
    }

    /// @dev S1: the pots hold what was taken and is not distributed, and what rounding left over, to the unit.
    function assertPotsAreOutstandingAndCarried() public view {
        uint256 sum = _store.expectedOutstanding();
        for (uint256 i = 0; i < StakeFixtures.CLAIMS; ++i) {
            bytes32 claimId = StakeFixtures.claim(i);
            uint256 carried = _serum.carriedOf(claimId);
            Check.equal(carried, _store.carriedOf(claimId), "carried over");
            sum += carried;
        }
        Check.equal(_vault.pots(), sum, "pots = outstanding + carried over");
    }

    /// @dev B1 and B6.
    function assertRiskIsTheLargestPendingVoice() external view {
        address[] memory users = _store.users();
        for (uint256 i = 0; i < users.length; ++i) {
            for (uint256 j = 0; j < StakeFixtures.CLAIMS; ++j) _assertPending(users[i], StakeFixtures.claim(j));
        }
    }

    /// @dev S2, B2 and B3 in an epoch and all its voices.
    function assertEpochs(uint256 from, uint256 count) public view {
        uint256 total = _store.epochCount();
        for (uint256 i = 0; total > 0 && i < count; ++i) _assertEpoch(_store.epochBooks((from + i) % total));
    }

    /// @dev B7: however a run ends, all epochs can be settled, all tokens sold and all stake taken out.
    function assertEverybodyLeaves(uint256 seed) external {
        assertEpochs(0, _store.epochCount());
        assertPotsAreOutstandingAndCarried();
        vm.warp(vm.getBlockTimestamp() + 2 * uint256(_serum.epochLength()));
        uint256 count = _store.epochCount();
        for (uint256 i = 0; i < count; ++i) _settle(_store.epochBooks((seed + i) % count), seed);
        for (uint256 i = 0; i < count; ++i) _distribute(_store.epochBooks(i));
        Check.equal(_vault.totalEncumbered(), _totalLocked(), "a voice risks something when all are settled");
        _venueAuditor.assertEverythingSells(seed);
        Check.equal(_vault.totalEncumbered(), 0, "encumbered when all are gone");

        address[] memory users = _store.users();
        for (uint256 i = 0; i < users.length; ++i) _withdraw(users[i]);
        uint256 carried = 0;
        for (uint256 i = 0; i < StakeFixtures.CLAIMS; ++i) carried += _serum.carriedOf(StakeFixtures.claim(i));
        Check.equal(_vault.stakes(), 0, "stake of nobody");
        Check.equal(_vault.pots(), carried, "pots of nobody");
        Check.equal(_token.balanceOf(address(_vault)), carried + _store.flow().donated, "left in the vault");
    }

    /* INTERNAL: WHAT HOLDS */

    function _assertPending(address user, bytes32 claimId) private view {
        (, uint256 atRisk) = _vault.exposureOf(user, claimId);
        Check.equal(atRisk, _store.largestPending(user, claimId), "at risk = largest pending voice");
        uint256[] memory ids = _store.pendingOf(user, claimId);
        (uint256 first, uint256 last) = (type(uint256).max, 0);
        for (uint256 i = 0; i < ids.length; ++i) {
            uint256 epoch = _store.voice(ids[i]).epoch;
            if (epoch < first) first = epoch;
            if (epoch > last) last = epoch;
        }
        if (ids.length > 0) Check.atMost(last - first, REACH, "a pending voice is out of reach");
    }

    function _assertEpoch(EpochStore.EpochBooks memory e) private view {
        ITruthSerum.EpochState memory s = _serum.epochState(e.claimId, e.epoch);
        Check.equal(s.joined, e.voiceIds.length, "joined");
        Check.equal(s.opened, e.opened, "opened");
        Check.equal(s.scored, e.scored, "scored");
        Check.equal(s.distributed, e.distributed, "distributed");
        Check.equal(s.isSettled, e.isSettled, "settled");
        Check.equal(s.isVoid, e.isVoid, "void");
        Check.equal(s.pot, e.pot, "pot");
        Check.equal(s.gains, e.gains, "gains");
        Check.equal(s.paid, e.paid, "paid");
        Check.atMost(s.paid, s.pot, "paid more than the pot");
        address[] memory users = _serum.participants(e.claimId, e.epoch, 0, type(uint256).max);
        Check.equal(users.length, e.voiceIds.length, "participants");
        for (uint256 i = 0; i < users.length; ++i) {
            EpochStore.Voice memory v = _store.voice(e.voiceIds[i]);
            Check.equal(users[i], v.user, "order of participants");
            _assertVoice(e, v, i);
        }
        _assertSignals(e, s);
    }

    function _assertVoice(EpochStore.EpochBooks memory e, EpochStore.Voice memory v, uint256 ordinal) private view {
        ITruthSerum.Participant memory p = _serum.participant(e.claimId, e.epoch, v.user);
        Check.equal(p.weight, v.weight, "weight");
        Check.equal(p.isOpened, v.isOpened, "opened");
        Check.equal(p.belief, v.isOpened ? v.belief : 0, "belief");
        Check.equal(p.meta, v.isOpened ? v.meta : 0, "meta");
        Check.equal(p.isScored, ordinal < e.scored, "scored");
        Check.equal(p.isDistributed, v.isDistributed, "distributed");
        Check.isTrue(p.score == v.score, "score");
        Check.equal(p.taken, v.taken, "taken");
        Check.equal(p.payout, v.payout, "payout");
        Check.atMost(p.taken, p.weight, "lost more than it weighs");
    }

    /// @dev Means and shares, from the voices one by one.
    function _assertSignals(EpochStore.EpochBooks memory e, ITruthSerum.EpochState memory s) private view {
        (uint256 weights, uint256 beliefs, uint256 metas, uint256 supporting) = (0, 0, 0, 0);
        for (uint256 i = 0; i < e.voiceIds.length; ++i) {
            EpochStore.Voice memory v = _store.voice(e.voiceIds[i]);
            if (!v.isOpened) continue;
            weights += v.weight;
            beliefs += v.weight * v.belief;
            metas += v.weight * v.meta;
            if (v.belief > WAD / 2) supporting += v.weight;
        }
        Check.equal(s.openedWeight, weights, "opened weight");
        Check.equal(s.isSurprisinglyPopular, supporting * WAD > metas, "surprisingly popular");
        if (weights == 0) weights = 1;
        Check.equal(s.consensus, beliefs / weights, "consensus");
        Check.equal(s.meanMeta, metas / weights, "mean meta");
        Check.equal(s.supportShare, (supporting * WAD) / weights, "support share");
        if (s.isSettled && s.opened > 0) {
            Check.equal(_serum.consensus(e.claimId, e.epoch), s.consensus, "consensus of its own");
        }
    }

    /* INTERNAL: EVERYBODY LEAVES */

    function _settle(EpochStore.EpochBooks memory e, uint256 seed) private {
        bool done = false;
        for (uint256 i = 0; !done; ++i) {
            (, done) = _serum.settle(e.claimId, e.epoch, 1 + (uint256(keccak256(abi.encode(seed, i))) % 4));
        }
    }

    function _distribute(EpochStore.EpochBooks memory e) private {
        (, bool done) = _serum.distribute(e.claimId, e.epoch, type(uint256).max);
        Check.isTrue(done, "not distributed at once");
        ITruthSerum.EpochState memory s = _serum.epochState(e.claimId, e.epoch);
        if (s.isVoid) Check.equal(s.paid, s.pot, "a void epoch kept something");
        else Check.isTrue(s.pot - s.paid < s.joined, "rounding kept a unit or more for each participant");
    }

    function _totalLocked() private view returns (uint256 sum) {
        address[] memory users = _store.users();
        for (uint256 i = 0; i < users.length; ++i) sum += _vault.totalLocked(users[i]);
    }

    function _withdraw(address user) private {
        uint256 stake = _vault.totalStake(user);
        if (stake == 0) return;
        uint256 before = _token.balanceOf(user);
        vm.prank(user);
        _vault.withdraw(stake);
        Check.equal(_token.balanceOf(user) - before, stake, "stake paid out whole");
    }
}
