// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IRankRegistry} from "../../../contracts/query/interfaces/IRankRegistry.sol";
import {IQueryEscrow, Outcome, Phase, Timing} from "../../../contracts/query/interfaces/IQueryEscrow.sol";
import {Tally} from "../utils/Tally.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";
import {PlainToken} from "../utils/PlainToken.sol";
import {vm} from "../utils/Vm.sol";
import {Dues, Facts, PlainSettlement} from "./PlainSettlement.sol";
import {QueryFixtures} from "./QueryFixtures.sol";
import {QueryRefusals} from "./QueryRefusals.sol";
import {QueryStore} from "./QueryStore.sol";

/// @title Who asks, answers and judges, what they find to act on, and what came of it
abstract contract QueryActors is QueryRefusals, Tally {
    using Bounded for uint256;

    enum Action {
        Ask,
        JoinAnswer,
        SealAnswer,
        OpenAnswer,
        JoinJudge,
        SealVote,
        OpenVote,
        Settle,
        Withdraw,
        SetRanks,
        Pause,
        Unpause,
        Donate,
        Warp
    }

    /// @dev The outcomes of queries first, in their order.
    enum Occurrence {
        Cancelled,
        SingleAnswer,
        NoVotes,
        AllBad,
        Normal,
        AnsweringEndedEarly,
        ActedWhilePaused,
        OpenedByAnother,
        RankChangedAfterJoining,
        AbsentAnswerer,
        AbsentJudge,
        BadAnswer,
        BadJudge,
        TiedAnswers,
        RanksDiffer,
        SettledWithoutJudges,
        SettledThirtyTwo
    }

    // Of whom the first few have most of the queries, and the rest come where there is a crowd.
    uint256 internal constant USERS = 80;
    uint256 internal constant FEW = 14;

    IQueryEscrow public immutable escrow;
    IRankRegistry public immutable registry;
    PlainToken public immutable token;

    address internal immutable _guardian = address(uint160(uint256(keccak256("guardian"))));
    address internal immutable _registrar = address(uint160(uint256(keccak256("registrar"))));

    constructor() QueryStore(USERS) {
        (escrow, registry, token) = QueryFixtures.deploy(_guardian, _registrar);
        for (uint256 i = 0; i < USERS; ++i) {
            vm.prank(_users[i]);
            token.approve(address(escrow), type(uint256).max);
        }
    }

    function lengthOf(Kind kind) external pure override returns (uint256) {
        if (kind == Kind.Action) return uint256(type(Action).max) + 1;
        if (kind == Kind.Attempt) return uint256(type(Attempt).max) + 1;
        return uint256(type(Occurrence).max) + 1;
    }

    /* CALLS */

    function _try(
        address caller,
        bytes memory call,
        Attempt attempt,
        bytes memory refusal
    ) internal returns (bool isDone, bytes memory answer) {
        (isDone, answer) = _perform(caller, address(escrow), call, refusal);
        _note(Kind.Attempt, uint256(attempt));
        if (isDone && _isPaused) _noteOccurrence(Occurrence.ActedWhilePaused);
    }

    /// @dev A user has so many tokens at least, or in one call of 32 a unit less.
    function _provide(address user, uint256 amount, uint256 seed) internal {
        uint256 balance = balanceOf[user];
        if (seed % 32 == 0 && amount > 0) {
            if (balance >= amount) {
                vm.prank(user);
                token.transfer(address(this), balance - amount + 1);
            } else if (balance + 1 < amount) {
                token.mint(user, amount - 1 - balance);
            }
            balanceOf[user] = amount - 1;
        } else if (balance < amount) {
            token.mint(user, amount - balance);
            balanceOf[user] = amount;
        }
    }

    function _setRank(address user, uint8 rank) internal {
        (address[] memory accounts, uint8[] memory ranks) = (new address[](1), new uint8[](1));
        (accounts[0], ranks[0]) = (user, rank);
        vm.prank(_registrar);
        registry.setRanks(accounts, ranks);
        rankOf[user] = rank;
    }

    /// @dev Q6: whatever time passes, no query goes back.
    function _passTo(uint256 instant) internal {
        if (instant > vm.getBlockTimestamp()) vm.warp(instant);
        for (uint256 i = 0; i < _pending.length; ++i) {
            QueryRecord storage q = _query(_pending[i]);
            Phase phase = escrow.phase(_pending[i]);
            Check.atLeast(uint256(phase), uint256(q.seen), "a phase came back");
            q.seen = phase;
        }
    }

    /* SEALS */

    function _sealOfAnswer(uint256 queryId, address user, bytes32 secret) internal view returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    block.chainid,
                    address(escrow),
                    queryId,
                    user,
                    secret,
                    _uri(secret),
                    keccak256(abi.encode(secret))
                )
            );
    }

    function _sealOfVote(
        uint256 queryId,
        address user,
        uint8[] memory ranking,
        uint32 goodAnswers,
        bytes32 secret
    ) internal view returns (bytes32) {
        return keccak256(abi.encode(block.chainid, address(escrow), queryId, user, ranking, goodAnswers, secret));
    }

    /// @dev None to 31 bytes long.
    function _uri(bytes32 secret) internal pure returns (string memory) {
        bytes memory uri = new bytes(uint256(secret) % 32);
        for (uint256 i = 0; i < uri.length; ++i) uri[i] = "u";
        return string(uri);
    }

    /* DRAWS */

    function _user(uint256 seed) internal view returns (address) {
        return _users[seed % FEW];
    }

    /// @dev Any query, or at times one that does not exist.
    function _anyQuery(uint256 seed) internal view returns (uint256) {
        if (seed % 4 == 0) return (seed >> 2).ofAnySize(queryCount() + 1, type(uint256).max);
        return (seed >> 2) % (queryCount() + 1);
    }

    /// @dev Mostly an open query in a phase; where there is none, in one call of three, one in the phase before, whose
    /// time then comes.
    function _queryIn(Phase needed, uint256 seed) internal returns (uint256) {
        uint256 count = _pending.length;
        if (seed % 16 == 0 || count == 0) return _anyQuery(seed >> 4);
        for (uint256 i = 0; i < count; ++i) {
            uint256 queryId = _pending[addmod(seed >> 4, i, count)];
            if (expectedPhase(queryId) == needed) return queryId;
        }
        for (uint256 i = 0; i < count && needed != Phase.Answering && seed % 3 == 0; ++i) {
            uint256 queryId = _pending[addmod(seed >> 4, i, count)];
            uint256 before = uint256(needed) - 1;
            if (uint256(expectedPhase(queryId)) != before) continue;
            _passTo(_query(queryId).endsAt[before]);
            return queryId;
        }
        return _pending[(seed >> 4) % count];
    }

    /// @dev The next instant at which a window of an open query ends; 0 where there is none.
    function _nextEdge() internal view returns (uint256 next) {
        uint256 time = vm.getBlockTimestamp();
        for (uint256 i = 0; i < _pending.length; ++i) {
            uint256[4] storage endsAt = _query(_pending[i]).endsAt;
            for (uint256 k = 0; k < 4; ++k) {
                if (endsAt[k] > time && (next == 0 || endsAt[k] < next)) next = endsAt[k];
            }
        }
    }

    /// @dev Any windows, those that are 0 being the default ones; in one draw of 16 one is out of bounds.
    function _drawTiming(uint256 seed) internal pure returns (Timing memory asked, Timing memory complete) {
        asked = Timing({
            answering: _drawWindow(_next(seed, 0)),
            opening: _drawWindow(_next(seed, 1)),
            judging: _drawWindow(_next(seed, 2)),
            revealing: _drawWindow(_next(seed, 3))
        });
        if (seed % 64 == 0) asked.answering = 59;
        else if (seed % 64 == 1) asked.opening = 30 days + 1;
        else if (seed % 64 == 2) asked.judging = 1;
        else if (seed % 64 == 3) asked.revealing = type(uint32).max;
        Timing memory usual = QueryFixtures.usual();
        complete = Timing({
            answering: asked.answering == 0 ? usual.answering : asked.answering,
            opening: asked.opening == 0 ? usual.opening : asked.opening,
            judging: asked.judging == 0 ? usual.judging : asked.judging,
            revealing: asked.revealing == 0 ? usual.revealing : asked.revealing
        });
    }

    function _next(uint256 seed, uint256 index) internal pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, index)));
    }

    /* NOTES */

    function _noteAction(Action action) internal {
        _note(Kind.Action, uint256(action));
    }

    function _noteOccurrence(Occurrence occurrence) internal {
        _note(Kind.Outcome, uint256(occurrence));
    }

    function _noteSettlement(uint256 queryId, Facts memory f, Dues memory d) internal {
        _note(Kind.Outcome, uint256(d.outcome) - 1); // never pending
        if (f.answerers > f.answers) _noteOccurrence(Occurrence.AbsentAnswerer);
        if (f.judges > f.ballots.length) _noteOccurrence(Occurrence.AbsentJudge);
        if (d.outcome == Outcome.NoVotes && f.judges == 0) _noteOccurrence(Occurrence.SettledWithoutJudges);
        if (d.outcome != Outcome.Normal) return;
        if (d.goodAnswers != 2 ** f.answers - 1) _noteOccurrence(Occurrence.BadAnswer);
        if (d.goodJudges != 2 ** f.ballots.length - 1) _noteOccurrence(Occurrence.BadJudge);
        uint256[] memory won = PlainSettlement.winsOf(f.ballots, f.answers);
        for (uint256 i = 0; i < f.answers; ++i) {
            for (uint256 k = 0; k < i; ++k) if (won[i] == won[k]) _noteOccurrence(Occurrence.TiedAnswers);
        }
        for (uint256 i = 1; i < f.ballots.length; ++i) {
            if (f.ballots[i].rank != f.ballots[0].rank) _noteOccurrence(Occurrence.RanksDiffer);
        }
        if (f.answers == MAX_PARTICIPANTS) _noteOccurrence(Occurrence.SettledThirtyTwo);
        _noteRanks(queryId);
    }

    function _noteRanks(uint256 queryId) private {
        address[] storage judges = _query(queryId).judges;
        for (uint256 i = 0; i < judges.length; ++i) {
            if (_part(queryId, judges[i]).rank == rankOf[judges[i]]) continue;
            return _noteOccurrence(Occurrence.RankChangedAfterJoining);
        }
    }

    function _drawWindow(uint256 seed) private pure returns (uint32) {
        return seed % 2 == 0 ? 0 : uint32((seed >> 8).ofAnySize(1 minutes, 30 days));
    }
}
