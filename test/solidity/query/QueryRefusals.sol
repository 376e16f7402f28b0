// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";

import {IQueryEscrow, Outcome, Phase, Timing} from "../../../contracts/query/interfaces/IQueryEscrow.sol";
import {IRankRegistry} from "../../../contracts/query/interfaces/IRankRegistry.sol";
import {PlainLikelihood} from "./PlainLikelihood.sol";
import {Facts, PlainSettlement} from "./PlainSettlement.sol";
import {QueryStore} from "./QueryStore.sol";

/// @title What the query escrow must refuse
/// @dev Each with the error and the facts that the interface names, in its order; nothing where the call must succeed.
abstract contract QueryRefusals is QueryStore {
    enum Attempt {
        None,
        AskPaused,
        AskForTooHighRank,
        AskForTooFewAnswers,
        AskForTooManyAnswers,
        AskWithWindowOutOfRange,
        AskWithoutTokens,
        UnknownQuery,
        JoinAnswerAtWrongTime,
        SubmitAnswerAtWrongTime,
        OpenAnswerAtWrongTime,
        JoinJudgeAtWrongTime,
        SubmitVoteAtWrongTime,
        OpenVoteAtWrongTime,
        JoinWithTooLowRank,
        JoinFullAnswerers,
        JoinFullJudges,
        JoinOwnQuery,
        JoinTwice,
        JoinWithoutTokens,
        AnswerByStranger,
        VoteByStranger,
        SealNothing,
        SealTwice,
        OpenTwice,
        OpenNothing,
        OpenOtherThanSealed,
        VoteWithoutPermutation,
        VoteForUnknownAnswers,
        SettleEarly,
        SettleTwice,
        StrengthsTooFewOrMany,
        StrengthOutOfRange,
        StrengthsRejected,
        WithdrawNothing,
        RanksByStranger,
        RanksOfAnotherLength,
        RankOutOfRange,
        PauseByStranger,
        PauseTwice,
        UnpauseTwice
    }

    uint256 internal constant MAX_PARTICIPANTS = 32;
    uint256 internal constant MAX_RANK = 42;
    uint256 private constant MIN_ANSWERS = 7;
    uint256 private constant MIN_WINDOW = 1 minutes;
    uint256 private constant MAX_WINDOW = 30 days;

    /* ASK */

    /// @param windows Complete.
    function _askRefusal(
        address user,
        uint256 minRank,
        uint256 minAnswers,
        uint256 maxAnswers,
        Timing memory windows
    ) internal view returns (Attempt, bytes memory) {
        if (_isPaused) return (Attempt.AskPaused, abi.encodeWithSelector(Pausable.EnforcedPause.selector));
        if (minRank > MAX_RANK) {
            bytes4 tooHigh = IQueryEscrow.RankOutOfRange.selector;
            return (Attempt.AskForTooHighRank, abi.encodeWithSelector(tooHigh, minRank, MAX_RANK));
        }
        bytes4 selector = IQueryEscrow.AnswersOutOfRange.selector;
        bytes memory refusal = abi.encodeWithSelector(selector, minAnswers, MIN_ANSWERS, MAX_PARTICIPANTS);
        if (minAnswers < MIN_ANSWERS) return (Attempt.AskForTooFewAnswers, refusal);
        if (minAnswers > MAX_PARTICIPANTS) return (Attempt.AskForTooManyAnswers, refusal);
        refusal = abi.encodeWithSelector(selector, maxAnswers, minAnswers, MAX_PARTICIPANTS);
        if (maxAnswers < minAnswers) return (Attempt.AskForTooFewAnswers, refusal);
        if (maxAnswers > MAX_PARTICIPANTS) return (Attempt.AskForTooManyAnswers, refusal);
        refusal = _windowsRefusal(windows);
        if (refusal.length > 0) return (Attempt.AskWithWindowOutOfRange, refusal);
        (uint256 stake, , ) = expectedStakes(minRank, minAnswers);
        return _paymentRefusal(user, stake, Attempt.AskWithoutTokens);
    }

    /* JOIN */

    function _joinAnswerRefusal(uint256 queryId, address user) internal view returns (Attempt, bytes memory) {
        (Attempt attempt, bytes memory refusal) = _phaseRefusal(
            queryId,
            Phase.Answering,
            Attempt.JoinAnswerAtWrongTime
        );
        if (attempt != Attempt.None) return (attempt, refusal);
        QueryRecord storage q = _query(queryId);
        if (rankOf[user] < q.minRank) {
            bytes4 tooLow = IQueryEscrow.RankTooLow.selector;
            return (Attempt.JoinWithTooLowRank, abi.encodeWithSelector(tooLow, user, rankOf[user], q.minRank));
        }
        if (q.answerers.length >= q.maxAnswers) {
            bytes4 full = IQueryEscrow.AnswerersFull.selector;
            return (Attempt.JoinFullAnswerers, abi.encodeWithSelector(full, queryId, q.maxAnswers));
        }
        (, uint256 stake, ) = expectedStakes(q.minRank, q.minAnswers);
        return _entryRefusal(queryId, user, stake);
    }

    function _joinJudgeRefusal(uint256 queryId, address user) internal view returns (Attempt, bytes memory) {
        (Attempt attempt, bytes memory refusal) = _phaseRefusal(queryId, Phase.Judging, Attempt.JoinJudgeAtWrongTime);
        if (attempt != Attempt.None) return (attempt, refusal);
        QueryRecord storage q = _query(queryId);
        if (q.judges.length >= MAX_PARTICIPANTS) {
            bytes4 full = IQueryEscrow.JudgesFull.selector;
            return (Attempt.JoinFullJudges, abi.encodeWithSelector(full, queryId, MAX_PARTICIPANTS));
        }
        (, , uint256 stake) = expectedStakes(q.minRank, q.minAnswers);
        return _entryRefusal(queryId, user, stake);
    }

    /* SEAL AND OPEN */

    function _sealRefusal(
        uint256 queryId,
        address user,
        Part part,
        bytes32 seal
    ) internal view returns (Attempt attempt, bytes memory refusal) {
        (attempt, refusal) = part == Part.Answerer
            ? _phaseRefusal(queryId, Phase.Answering, Attempt.SubmitAnswerAtWrongTime)
            : _phaseRefusal(queryId, Phase.Judging, Attempt.SubmitVoteAtWrongTime);
        if (attempt != Attempt.None) return (attempt, refusal);
        (attempt, refusal) = _partRefusal(queryId, user, part);
        if (attempt != Attempt.None) return (attempt, refusal);
        if (uint256(seal) >> 32 == 0) {
            return (Attempt.SealNothing, abi.encodeWithSelector(IQueryEscrow.SealZero.selector));
        }
        if (!_part(queryId, user).isSealed) return (Attempt.None, "");
        bytes4 twice = IQueryEscrow.AlreadySubmitted.selector;
        return (Attempt.SealTwice, abi.encodeWithSelector(twice, queryId, user));
    }

    /// @param seal What is opened, sealed again.
    /// @param isSame Whether it was sealed.
    function _openAnswerRefusal(
        uint256 queryId,
        address user,
        bytes32 seal,
        bool isSame
    ) internal view returns (Attempt attempt, bytes memory refusal) {
        (attempt, refusal) = _phaseRefusal(queryId, Phase.Opening, Attempt.OpenAnswerAtWrongTime);
        if (attempt != Attempt.None) return (attempt, refusal);
        (attempt, refusal) = _partRefusal(queryId, user, Part.Answerer);
        if (attempt != Attempt.None) return (attempt, refusal);
        if (_part(queryId, user).isOpened) return _openedTwice(queryId, user);
        return _openingRefusal(queryId, user, seal, isSame);
    }

    function _openVoteRefusal(
        uint256 queryId,
        address user,
        uint8[] memory ranking,
        uint32 goodAnswers,
        bytes32 seal,
        bool isSame
    ) internal view returns (Attempt attempt, bytes memory refusal) {
        (attempt, refusal) = _phaseRefusal(queryId, Phase.Revealing, Attempt.OpenVoteAtWrongTime);
        if (attempt != Attempt.None) return (attempt, refusal);
        (attempt, refusal) = _partRefusal(queryId, user, Part.Judge);
        if (attempt != Attempt.None) return (attempt, refusal);
        if (_part(queryId, user).isOpened) return _openedTwice(queryId, user);
        uint256 n = _query(queryId).opened.length;
        if (!_isPermutation(ranking, n)) {
            bytes4 none = IQueryEscrow.NotPermutation.selector;
            return (Attempt.VoteWithoutPermutation, abi.encodeWithSelector(none, n));
        }
        if (goodAnswers >= 2 ** n) {
            bytes4 unknown = IQueryEscrow.GoodAnswersUnknown.selector;
            return (Attempt.VoteForUnknownAnswers, abi.encodeWithSelector(unknown, goodAnswers, n));
        }
        return _openingRefusal(queryId, user, seal, isSame);
    }

    /* SETTLE */

    function _settlementRefusal(
        uint256 queryId,
        uint256[] memory strengths
    ) internal view returns (Attempt, bytes memory refusal) {
        if (!_exists(queryId)) return (Attempt.UnknownQuery, _unknownRefusal(queryId));
        if (_query(queryId).outcome != Outcome.Pending) {
            bytes4 twice = IQueryEscrow.AlreadySettled.selector;
            return (Attempt.SettleTwice, abi.encodeWithSelector(twice, queryId));
        }
        if (expectedPhase(queryId) != Phase.Settleable) {
            bytes4 early = IQueryEscrow.NotSettleable.selector;
            return (Attempt.SettleEarly, abi.encodeWithSelector(early, queryId, _query(queryId).endsAt[3]));
        }
        Facts memory f = factsOf(queryId);
        if (f.answers < 2 || f.ballots.length == 0) {
            if (strengths.length == 0) return (Attempt.None, "");
            bytes4 length = IQueryEscrow.StrengthsLengthMismatch.selector;
            return (Attempt.StrengthsTooFewOrMany, abi.encodeWithSelector(length, strengths.length, 0));
        }
        (, uint256 weight) = PlainSettlement.weightsOf(f.ballots);
        uint256[] memory won = PlainSettlement.winsOf(f.ballots, f.answers);
        refusal = PlainLikelihood.refusalOf(strengths, won, weight + 1e18);
        if (refusal.length == 0) return (Attempt.None, "");
        if (strengths.length != f.answers) return (Attempt.StrengthsTooFewOrMany, refusal);
        bool isRejected = bytes4(refusal) == IQueryEscrow.StrengthsRejected.selector;
        return (isRejected ? Attempt.StrengthsRejected : Attempt.StrengthOutOfRange, refusal);
    }

    function _withdrawalRefusal(address user) internal view returns (Attempt, bytes memory) {
        if (creditOf[user] > 0) return (Attempt.None, "");
        return (Attempt.WithdrawNothing, abi.encodeWithSelector(IQueryEscrow.CreditZero.selector, user));
    }

    /* GOVERN */

    function _ranksRefusal(
        bool isRegistrar,
        address caller,
        uint256 accounts,
        uint8[] memory ranks
    ) internal pure returns (Attempt, bytes memory) {
        if (!isRegistrar) return (Attempt.RanksByStranger, _strangerRefusal(caller));
        if (accounts != ranks.length) {
            bytes4 mismatch = IRankRegistry.LengthMismatch.selector;
            return (Attempt.RanksOfAnotherLength, abi.encodeWithSelector(mismatch, accounts, ranks.length));
        }
        for (uint256 i = 0; i < ranks.length; ++i) {
            if (ranks[i] <= MAX_RANK) continue;
            bytes4 outOfRange = IRankRegistry.RankOutOfRange.selector;
            return (Attempt.RankOutOfRange, abi.encodeWithSelector(outOfRange, ranks[i], MAX_RANK));
        }
        return (Attempt.None, "");
    }

    function _pauseRefusal(
        bool isGuardian,
        address caller,
        bool isUnpause
    ) internal view returns (Attempt, bytes memory) {
        if (!isGuardian) return (Attempt.PauseByStranger, _strangerRefusal(caller));
        if (_isPaused == isUnpause) return (Attempt.None, "");
        if (isUnpause) return (Attempt.UnpauseTwice, abi.encodeWithSelector(Pausable.ExpectedPause.selector));
        return (Attempt.PauseTwice, abi.encodeWithSelector(Pausable.EnforcedPause.selector));
    }

    function _unknownRefusal(uint256 queryId) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IQueryEscrow.QueryUnknown.selector, queryId);
    }

    /* INTERNAL */

    function _phaseRefusal(
        uint256 queryId,
        Phase needed,
        Attempt attempt
    ) private view returns (Attempt, bytes memory) {
        if (!_exists(queryId)) return (Attempt.UnknownQuery, _unknownRefusal(queryId));
        Phase current = expectedPhase(queryId);
        if (current == needed) return (Attempt.None, "");
        return (attempt, abi.encodeWithSelector(IQueryEscrow.WrongPhase.selector, queryId, current, needed));
    }

    function _entryRefusal(uint256 queryId, address user, uint256 stake) private view returns (Attempt, bytes memory) {
        Part part = _part(queryId, user).part;
        if (part == Part.None) return _paymentRefusal(user, stake, Attempt.JoinWithoutTokens);
        bytes memory refusal = abi.encodeWithSelector(IQueryEscrow.AlreadyInQuery.selector, queryId, user);
        return (part == Part.Asker ? Attempt.JoinOwnQuery : Attempt.JoinTwice, refusal);
    }

    function _paymentRefusal(
        address user,
        uint256 amount,
        Attempt attempt
    ) private view returns (Attempt, bytes memory) {
        if (balanceOf[user] >= amount) return (Attempt.None, "");
        bytes4 poor = IERC20Errors.ERC20InsufficientBalance.selector;
        return (attempt, abi.encodeWithSelector(poor, user, balanceOf[user], amount));
    }

    function _partRefusal(uint256 queryId, address user, Part part) private view returns (Attempt, bytes memory) {
        if (_part(queryId, user).part == part) return (Attempt.None, "");
        if (part == Part.Answerer) {
            bytes4 notAnswerer = IQueryEscrow.NotAnswerer.selector;
            return (Attempt.AnswerByStranger, abi.encodeWithSelector(notAnswerer, queryId, user));
        }
        return (Attempt.VoteByStranger, abi.encodeWithSelector(IQueryEscrow.NotJudge.selector, queryId, user));
    }

    function _openingRefusal(
        uint256 queryId,
        address user,
        bytes32 seal,
        bool isSame
    ) private view returns (Attempt, bytes memory) {
        if (!_part(queryId, user).isSealed) {
            bytes4 nothing = IQueryEscrow.NotSubmitted.selector;
            return (Attempt.OpenNothing, abi.encodeWithSelector(nothing, queryId, user));
        }
        if (isSame) return (Attempt.None, "");
        bytes4 mismatch = IQueryEscrow.SealMismatch.selector;
        return (Attempt.OpenOtherThanSealed, abi.encodeWithSelector(mismatch, queryId, user, seal));
    }

    function _openedTwice(uint256 queryId, address user) private pure returns (Attempt, bytes memory) {
        return (Attempt.OpenTwice, abi.encodeWithSelector(IQueryEscrow.AlreadyOpened.selector, queryId, user));
    }

    function _strangerRefusal(address caller) private pure returns (bytes memory) {
        return abi.encodeWithSignature("AccessManagedUnauthorized(address)", caller);
    }

    function _windowsRefusal(Timing memory windows) private pure returns (bytes memory refusal) {
        refusal = _windowRefusal("answering", windows.answering);
        if (refusal.length == 0) refusal = _windowRefusal("opening", windows.opening);
        if (refusal.length == 0) refusal = _windowRefusal("judging", windows.judging);
        if (refusal.length == 0) refusal = _windowRefusal("revealing", windows.revealing);
    }

    function _windowRefusal(string memory window, uint256 duration) private pure returns (bytes memory) {
        if (duration >= MIN_WINDOW && duration <= MAX_WINDOW) return "";
        bytes4 outOfRange = IQueryEscrow.WindowOutOfRange.selector;
        return abi.encodeWithSelector(outOfRange, window, duration, MIN_WINDOW, MAX_WINDOW);
    }

    function _isPermutation(uint8[] memory ranking, uint256 n) private pure returns (bool) {
        if (ranking.length != n) return false;
        for (uint256 i = 0; i < n; ++i) {
            if (ranking[i] >= n) return false;
            for (uint256 k = 0; k < i; ++k) if (ranking[k] == ranking[i]) return false;
        }
        return true;
    }
}
