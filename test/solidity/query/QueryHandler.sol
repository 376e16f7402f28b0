// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IQueryEscrow, Outcome, Phase, Timing} from "../../../contracts/query/interfaces/IQueryEscrow.sol";
import {IRankRegistry} from "../../../contracts/query/interfaces/IRankRegistry.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";
import {vm} from "../utils/Vm.sol";
import {Dues, Facts} from "./PlainSettlement.sol";
import {QueryActors} from "./QueryActors.sol";
import {RandomBallots} from "./RandomBallots.sol";
import {StrengthSolver} from "./StrengthSolver.sol";

/// @title People who ask, answer and judge, and time that passes
/// @dev Every call either does what the store computed or is refused with the error and facts that the store computed.
/// Mostly there is something that the call can succeed on; one call is a few steps of a query's participants.
abstract contract QueryHandler is QueryActors {
    using Bounded for uint256;

    uint256 private constant MAX_PENDING = 4;
    uint256 private constant CROWD = 40;
    uint256 private constant MAX_STRENGTH = 2 ** 200;

    /* ASK */

    /// @dev Of mostly low ranks, so that there is who can answer. To one of 16 comes a crowd.
    function ask(uint256 userSeed, uint256 seed) external counted {
        if (_pending.length >= MAX_PENDING) return;
        uint8 minRank = uint8((seed >> 8).within(0, seed % 4 == 0 ? MAX_RANK : 3));
        if (seed % 32 == 1) minRank = uint8((seed >> 8).within(MAX_RANK + 1, type(uint8).max));
        uint8 minAnswers = (seed >> 16) % 4 > 0 ? 7 : uint8((seed >> 24).within(7, MAX_PARTICIPANTS));
        uint8 maxAnswers = (seed >> 32) % 4 > 0 ? minAnswers : uint8((seed >> 40).within(minAnswers, MAX_PARTICIPANTS));
        if (seed % 32 == 2) minAnswers = uint8((seed >> 48).within(0, 6));
        else if (seed % 32 == 3) minAnswers = uint8((seed >> 48).within(33, type(uint8).max));
        else if (seed % 32 == 4) maxAnswers = minAnswers - 1;
        else if (seed % 32 == 5) maxAnswers = uint8((seed >> 48).within(33, type(uint8).max));
        bool isCrowded = seed % 16 == 6;
        if (isCrowded) maxAnswers = 32;
        _ask(_user(userSeed), minRank, minAnswers, maxAnswers, isCrowded, seed >> 56);
    }

    /* ANSWER */

    /// @dev Some of the few, or a crowd, join and seal; in every other call whoever joins seals.
    function answer(uint256 userSeed, uint256 seed) external counted {
        uint256 queryId = _queryIn(Phase.Answering, seed);
        bool isCrowded = _isCrowded(queryId, Part.Answerer);
        uint256 steps = _steps(isCrowded, seed >> 8);
        for (uint256 i = 0; i < steps; ++i) {
            uint256 draw = _drawFor(isCrowded, seed, i);
            address user = isCrowded ? _users[i] : _user(addmod(userSeed, i, FEW));
            bool isNew = !_exists(queryId) || _part(queryId, user).part != Part.Answerer;
            if (isNew || draw % 16 == 0) _joinAnswer(queryId, user, draw >> 8);
            if (!isNew || (seed >> 20) % 2 == 0 || draw % 8 > 1) _sealAnswer(queryId, user, draw >> 8);
        }
    }

    /// @dev Most of what was sealed is opened, by anyone; in one call of four the first alone.
    function openAnswers(uint256 userSeed, uint256 seed) external counted {
        uint256 queryId = _queryIn(Phase.Opening, seed);
        if (!_exists(queryId) || seed % 8 == 1)
            return _openAnswer(queryId, _user(userSeed), _user(seed >> 8), seed >> 16);
        address[] memory answerers = _query(queryId).answerers;
        for (uint256 i = 0; i < answerers.length; ++i) {
            uint256 draw = _drawFor(answerers.length > FEW, seed, i);
            if ((seed >> 20) % 2 == 0 && draw % 8 == 0) continue;
            _openAnswer(queryId, _user(addmod(userSeed, i, FEW)), answerers[i], draw >> 8);
            if (seed % 4 == 2 && answerers.length <= FEW) return;
        }
    }

    /* JUDGE */

    function judge(uint256 userSeed, uint256 seed) external counted {
        uint256 queryId = _queryIn(Phase.Judging, seed);
        bool isCrowded = _isCrowded(queryId, Part.Judge);
        uint256 steps = _steps(isCrowded, seed >> 8);
        for (uint256 i = 0; i < steps; ++i) {
            uint256 draw = _drawFor(isCrowded, seed, i);
            address user = isCrowded ? _users[CROWD + i] : _user(addmod(userSeed, i, FEW));
            bool isNew = !_exists(queryId) || _part(queryId, user).part != Part.Judge;
            if (isNew || draw % 16 == 0) _joinJudge(queryId, user, draw >> 8);
            if (!isNew || draw % 8 > 0) _sealVote(queryId, user, draw >> 8);
        }
    }

    function openVotes(uint256 userSeed, uint256 seed) external counted {
        uint256 queryId = _queryIn(Phase.Revealing, seed);
        if (!_exists(queryId) || seed % 8 == 1)
            return _openVote(queryId, _user(userSeed), _user(seed >> 8), seed >> 16);
        address[] memory judges = _query(queryId).judges;
        for (uint256 i = 0; i < judges.length; ++i) {
            uint256 draw = _drawFor(judges.length > FEW, seed, i);
            if (draw % 8 > 0) _openVote(queryId, _user(addmod(userSeed, i, FEW)), judges[i], draw >> 8);
        }
    }

    /* SETTLE */

    /// @dev In every other call with strengths that are none, and in most calls then with the right ones; in one of
    /// four a second time.
    function settle(uint256 userSeed, uint256 seed) external counted {
        uint256 queryId = _queryIn(Phase.Settleable, seed);
        bool isSettleable = _exists(queryId) && expectedPhase(queryId) == Phase.Settleable;
        uint256[] memory strengths = isSettleable ? _solve(queryId) : new uint256[](0);
        if ((seed >> 8) % 2 == 0) _settle(queryId, _user(userSeed), _broken(strengths, seed >> 16));
        if ((seed >> 10) % 8 > 0) _settle(queryId, _user(userSeed), _scaled(strengths, seed >> 16));
        if ((seed >> 13) % 4 == 0) _settle(queryId, _user(userSeed), strengths);
    }

    function withdraw(uint256 userSeed) external counted {
        _withdraw(userSeed % 4 == 0 ? _users[(userSeed >> 2) % USERS] : _user(userSeed >> 2));
    }

    /* GOVERN */

    function setRanks(uint256 userSeed, uint256 seed) external counted {
        uint256 count = (seed >> 8).within(0, 4);
        address[] memory accounts = new address[](count);
        uint8[] memory ranks = new uint8[](seed % 16 == 0 ? count + 1 : count);
        for (uint256 i = 0; i < ranks.length; ++i) {
            uint256 draw = _next(seed, i);
            uint256 highest = draw % 32 == 0 ? type(uint8).max : (draw % 4 == 1 ? MAX_RANK : 3);
            ranks[i] = uint8((draw >> 8).within(0, highest));
            if (i < count) accounts[i] = _user(addmod(userSeed, i, FEW));
        }
        address caller = seed % 16 == 1 ? _user(seed >> 16) : _registrar;
        (Attempt attempt, bytes memory refusal) = _ranksRefusal(caller == _registrar, caller, count, ranks);
        bytes memory call = abi.encodeCall(IRankRegistry.setRanks, (accounts, ranks));
        (bool isDone, ) = _perform(caller, address(registry), call, refusal);
        _note(Kind.Attempt, uint256(attempt));
        if (!isDone) return;
        for (uint256 i = 0; i < count; ++i) rankOf[accounts[i]] = ranks[i];
        _noteAction(Action.SetRanks);
    }

    function pause(uint256 seed) external counted {
        address caller = seed % 8 == 0 ? _user(seed >> 8) : _guardian;
        bool isUnpause = _isPaused ? (seed >> 3) % 4 > 0 : (seed >> 3) % 4 == 0;
        (Attempt attempt, bytes memory refusal) = _pauseRefusal(caller == _guardian, caller, isUnpause);
        bytes memory call =
            isUnpause ? abi.encodeCall(IQueryEscrow.unpauseEntries, ()) : abi.encodeCall(IQueryEscrow.pauseEntries, ());
        (bool isDone, ) = _perform(caller, address(escrow), call, refusal);
        _note(Kind.Attempt, uint256(attempt));
        if (!isDone) return;
        _isPaused = !isUnpause;
        _noteAction(isUnpause ? Action.Unpause : Action.Pause);
    }

    /* THE WORLD */

    function donate(uint256 seed) external counted {
        uint256 amount = seed.ofAnySize(1, 2 ** 96);
        token.mint(address(escrow), amount);
        donated += amount;
        _noteAction(Action.Donate);
    }

    /// @dev Mostly to the next second at which a phase ends, or to the second before.
    function warp(uint256 seed) external counted {
        uint256 target = _nextEdge();
        if (target == 0 || seed % 4 == 0) target = vm.getBlockTimestamp() + (seed >> 8).ofAnySize(0, 2 days);
        else if (seed % 4 == 1) --target;
        _passTo(target);
        _noteAction(Action.Warp);
    }

    function readUnknown(uint256 seed) external counted {
        uint256 queryId = seed % 4 == 0 ? 0 : (seed >> 2).ofAnySize(queryCount() + 1, type(uint256).max);
        bytes[6] memory calls = [
            abi.encodeCall(IQueryEscrow.query, (queryId)),
            abi.encodeCall(IQueryEscrow.answers, (queryId)),
            abi.encodeCall(IQueryEscrow.judges, (queryId)),
            abi.encodeCall(IQueryEscrow.winMatrix, (queryId)),
            abi.encodeCall(IQueryEscrow.phase, (queryId)),
            abi.encodeCall(IQueryEscrow.outcome, (queryId))
        ];
        for (uint256 i = 0; i < 6; ++i) _refused(address(this), address(escrow), calls[i], _unknownRefusal(queryId));
    }

    /// @dev Q5: all windows end, anyone settles what is open, and everybody takes what is theirs.
    function everybodyLeaves(uint256 seed) external {
        for (uint256 i = 0; i < _pending.length; ++i) _passTo(_query(_pending[i]).endsAt[3]);
        while (_pending.length > 0) {
            uint256 queryId = _pending[seed % _pending.length];
            _settle(queryId, _user(seed), _solve(queryId));
            Check.isTrue(_query(queryId).outcome != Outcome.Pending, "a query cannot be settled");
        }
        for (uint256 i = 0; i < USERS; ++i) _withdraw(_users[addmod(seed, i, USERS)]);
    }

    /* INTERNAL: ENTER */

    function _ask(
        address user,
        uint8 minRank,
        uint8 minAnswers,
        uint8 maxAnswers,
        bool isCrowded,
        uint256 seed
    ) private {
        (Timing memory asked, Timing memory windows) = _drawTiming(seed);
        if (minRank <= MAX_RANK) {
            (uint256 stake, , ) = expectedStakes(minRank, minAnswers);
            _provide(user, stake, seed >> 8);
        }
        (Attempt attempt, bytes memory refusal) = _askRefusal(user, minRank, minAnswers, maxAnswers, windows);
        bytes32 contentHash = bytes32(seed);
        bytes memory call = abi.encodeCall(
            IQueryEscrow.ask,
            (contentHash, _uri(contentHash), minRank, minAnswers, maxAnswers, asked)
        );
        (bool isDone, bytes memory answered) = _try(user, call, attempt, refusal);
        if (!isDone) return;
        uint256 queryId = _recordQuery(user, minRank, minAnswers, maxAnswers, windows);
        (_query(queryId).contentHash, _query(queryId).isCrowded) = (contentHash, isCrowded);
        Check.equal(abi.decode(answered, (uint256)), queryId, "id of the query");
        _noteAction(Action.Ask);
    }

    function _joinAnswer(uint256 queryId, address user, uint256 seed) private {
        if (_exists(queryId)) {
            QueryRecord storage q = _query(queryId);
            if (rankOf[user] < q.minRank && seed % 16 > 0) _setRank(user, q.minRank);
            (, uint256 stake, ) = expectedStakes(q.minRank, q.minAnswers);
            _provide(user, stake, seed >> 16);
        }
        (Attempt attempt, bytes memory refusal) = _joinAnswerRefusal(queryId, user);
        (bool isDone, ) = _try(user, abi.encodeCall(IQueryEscrow.joinAnswer, (queryId)), attempt, refusal);
        if (!isDone) return;
        _recordJoin(queryId, user, Part.Answerer);
        _noteAction(Action.JoinAnswer);
    }

    function _joinJudge(uint256 queryId, address user, uint256 seed) private {
        if (_exists(queryId)) {
            (, , uint256 stake) = expectedStakes(_query(queryId).minRank, _query(queryId).minAnswers);
            _provide(user, stake, seed >> 16);
        }
        (Attempt attempt, bytes memory refusal) = _joinJudgeRefusal(queryId, user);
        (bool isDone, ) = _try(user, abi.encodeCall(IQueryEscrow.joinJudge, (queryId)), attempt, refusal);
        if (!isDone) return;
        _recordJoin(queryId, user, Part.Judge);
        _noteAction(Action.JoinJudge);
    }

    /* INTERNAL: SEAL AND OPEN */

    function _sealAnswer(uint256 queryId, address user, uint256 seed) private {
        bytes32 secret = keccak256(abi.encode(seed));
        bytes32 seal = seed % 32 == 0 ? bytes32((seed >> 8) % 2 ** 32) : _sealOfAnswer(queryId, user, secret);
        (Attempt attempt, bytes memory refusal) = _sealRefusal(queryId, user, Part.Answerer, seal);
        (bool isDone, ) = _try(user, abi.encodeCall(IQueryEscrow.submitAnswer, (queryId, seal)), attempt, refusal);
        if (!isDone) return;
        if (_recordSeal(queryId, user, secret)) _noteOccurrence(Occurrence.AnsweringEndedEarly);
        _noteAction(Action.SealAnswer);
    }

    function _openAnswer(uint256 queryId, address caller, address user, uint256 seed) private {
        bytes32 sealed_ = _exists(queryId) ? _part(queryId, user).secret : bytes32(0);
        bytes32 secret = seed % 16 == 0 ? keccak256(abi.encode(seed)) : sealed_;
        bytes32 seal = _sealOfAnswer(queryId, user, secret);
        (Attempt attempt, bytes memory refusal) = _openAnswerRefusal(queryId, user, seal, secret == sealed_);
        bytes memory call = abi.encodeCall(
            IQueryEscrow.openAnswer,
            (queryId, user, secret, _uri(secret), keccak256(abi.encode(secret)))
        );
        (bool isDone, ) = _try(caller, call, attempt, refusal);
        if (!isDone) return;
        if (caller != user) _noteOccurrence(Occurrence.OpenedByAnother);
        _recordOpening(queryId, user);
        _noteAction(Action.OpenAnswer);
    }

    /// @dev In one vote of 16 what is sealed is no permutation, or names answers that are none, and cannot be opened.
    function _sealVote(uint256 queryId, address user, uint256 seed) private {
        uint256 n = _exists(queryId) ? _query(queryId).opened.length : 2;
        uint256 taste = (seed >> 8) % 2 == 0 ? seed : _next(queryId, 0);
        uint8[] memory ranking = RandomBallots.drawRanking(taste >> 10, n);
        uint256 good = queryId % 8 == 0 ? 0 : RandomBallots.drawGood(seed >> 32, n);
        if (seed % 32 == 0 && n > 1) ranking[0] = ranking[1];
        else if (seed % 32 == 1) good |= (1 << n) % 2 ** 32;
        bytes32 secret = keccak256(abi.encode(seed));
        bytes32 seal = _sealOfVote(queryId, user, ranking, uint32(good), secret);
        if (seed % 32 == 2) seal = bytes32((seed >> 8) % 2 ** 32);
        (Attempt attempt, bytes memory refusal) = _sealRefusal(queryId, user, Part.Judge, seal);
        (bool isDone, ) = _try(user, abi.encodeCall(IQueryEscrow.submitVote, (queryId, seal)), attempt, refusal);
        if (!isDone) return;
        _recordSeal(queryId, user, secret);
        _recordVote(queryId, user, ranking, uint32(good));
        _noteAction(Action.SealVote);
    }

    function _openVote(uint256 queryId, address caller, address user, uint256 seed) private {
        PartRecord memory p;
        if (_exists(queryId)) p = _part(queryId, user);
        bytes32 sealed_ = _sealOfVote(queryId, user, p.ranking, p.goodAnswers, p.secret);
        if (seed % 16 == 0 && p.ranking.length > 1) (p.ranking[0], p.ranking[1]) = (p.ranking[1], p.ranking[0]);
        else if (seed % 16 == 1) p.goodAnswers ^= 1;
        else if (seed % 16 == 2) p.secret = ~p.secret;
        bytes32 seal = _sealOfVote(queryId, user, p.ranking, p.goodAnswers, p.secret);
        (Attempt attempt, bytes memory refusal) = _openVoteRefusal(
            queryId,
            user,
            p.ranking,
            p.goodAnswers,
            seal,
            seal == sealed_
        );
        bytes memory call = abi.encodeCall(IQueryEscrow.openVote, (queryId, user, p.ranking, p.goodAnswers, p.secret));
        (bool isDone, ) = _try(caller, call, attempt, refusal);
        if (!isDone) return;
        _recordOpening(queryId, user);
        _noteAction(Action.OpenVote);
    }

    /* INTERNAL: SETTLE */

    /// @dev From what the escrow shows everybody. Nothing where votes do not decide.
    function _solve(uint256 queryId) private view returns (uint256[] memory) {
        (, , uint256 votes) = counts(queryId, Part.Judge);
        if (_query(queryId).opened.length < 2 || votes == 0) return new uint256[](0);
        uint256[][] memory matrix = escrow.winMatrix(queryId);
        uint256[] memory won = new uint256[](matrix.length);
        for (uint256 i = 0; i < won.length; ++i) for (uint256 k = 0; k < won.length; ++k) won[i] += matrix[i][k];
        return StrengthSolver.solve(won, matrix[0][1] + matrix[1][0]);
    }

    function _settle(uint256 queryId, address caller, uint256[] memory strengths) private {
        (Attempt attempt, bytes memory refusal) = _settlementRefusal(queryId, strengths);
        (bool isDone, ) = _try(caller, abi.encodeCall(IQueryEscrow.settle, (queryId, strengths)), attempt, refusal);
        if (!isDone) return;
        Facts memory f = factsOf(queryId);
        Dues memory d = _recordSettlement(queryId, strengths);
        _noteSettlement(queryId, f, d);
        QueryRecord storage q = _query(queryId);
        _assertCredited(q.asker);
        for (uint256 i = 0; i < q.answerers.length; ++i) _assertCredited(q.answerers[i]);
        for (uint256 i = 0; i < q.judges.length; ++i) _assertCredited(q.judges[i]);
        _noteAction(Action.Settle);
    }

    function _withdraw(address user) private {
        (Attempt attempt, bytes memory refusal) = _withdrawalRefusal(user);
        (bool isDone, bytes memory answered) = _try(user, abi.encodeCall(IQueryEscrow.withdraw, ()), attempt, refusal);
        if (!isDone) return;
        Check.equal(abi.decode(answered, (uint256)), _recordWithdrawal(user), "withdrawn");
        _noteAction(Action.Withdraw);
    }

    function _assertCredited(address user) private view {
        Check.equal(escrow.credited(user), creditOf[user], "credited by the settlement");
    }

    /// @dev One too many or too few, one out of range, or one that the votes do not bear out.
    function _broken(uint256[] memory strengths, uint256 seed) private pure returns (uint256[] memory broken) {
        uint256 n = strengths.length;
        if (seed % 4 == 0 || n == 0) {
            broken = new uint256[](n > 0 && seed % 8 == 0 ? n - 1 : n + 1);
            for (uint256 i = 0; i < broken.length && i < n; ++i) broken[i] = strengths[i];
            return broken;
        }
        broken = new uint256[](n);
        for (uint256 i = 0; i < n; ++i) broken[i] = strengths[i];
        uint256 index = (seed >> 8) % n;
        if (seed % 8 == 1) broken[index] = 0;
        else if (seed % 8 == 2) broken[index] = (seed >> 16).ofAnySize(MAX_STRENGTH + 1, type(uint256).max);
        else broken[index] += 1 + broken[index] / 2 ** (seed >> 16).within(0, 40);
    }

    /// @dev In any scale that fits.
    function _scaled(uint256[] memory strengths, uint256 seed) private pure returns (uint256[] memory) {
        uint256 largest = 1;
        for (uint256 i = 0; i < strengths.length; ++i) if (strengths[i] > largest) largest = strengths[i];
        uint256 factor = seed.ofAnySize(1, MAX_STRENGTH / largest);
        for (uint256 i = 0; i < strengths.length; ++i) strengths[i] *= factor;
        return strengths;
    }

    /* INTERNAL: DRAWS */

    /// @dev The crowd comes once.
    function _isCrowded(uint256 queryId, Part part) private view returns (bool) {
        if (!_exists(queryId) || !_query(queryId).isCrowded) return false;
        (uint256 joined, , ) = counts(queryId, part);
        return joined <= FEW;
    }

    /// @dev What somebody does in a step; nobody in a crowd does anything that is refused on purpose.
    function _drawFor(bool isCrowded, uint256 seed, uint256 step) private pure returns (uint256) {
        return _next(seed, step) | (isCrowded ? type(uint32).max : 0);
    }

    function _steps(bool isCrowded, uint256 seed) private pure returns (uint256) {
        if (isCrowded) return CROWD;
        return seed % 8 == 0 ? 12 : 1 + ((seed >> 3) % 4);
    }
}
