// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Outcome} from "../../../contracts/query/interfaces/IQueryEscrow.sol";
import {Ranking} from "../../../contracts/query/libraries/RankingLib.sol";
import {Tally, Vote} from "../../../contracts/query/libraries/QuerySettlement.sol";
import {QueryStakes} from "../../../contracts/query/libraries/QueryStakes.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Ballot, Facts} from "./PlainSettlement.sol";

/// @dev Votes of all kinds: judges who agree, nearly agree, oppose one another or toss coins, of one rank or of many.
library RandomBallots {
    using Bounded for uint256;

    uint256 private constant MOST = 32;
    uint256 private constant FEW = 6;
    uint256 private constant MAX_RANK = 42;

    /// @dev So many answers or judges as `min` to 32, mostly few.
    function drawCount(uint256 seed, uint256 min) internal pure returns (uint256) {
        return (seed >> 8).within(min, seed % 32 == 0 ? MOST : FEW);
    }

    /// @dev Each answer once.
    function drawRanking(uint256 seed, uint256 n) internal pure returns (uint8[] memory ranking) {
        ranking = _inOrder(n);
        uint256 swaps = seed % 4 == 0 ? 0 : (seed % 4 == 1 ? 1 + ((seed >> 8) % 3) : n);
        bool isReversed = (seed >> 4) % 8 == 0;
        for (uint256 i = 0; i < swaps && n > 0; ++i) {
            uint256 draw = _next(seed, i);
            uint256 a = swaps == n ? i : draw % n;
            uint256 b = (draw >> 128) % n;
            (ranking[a], ranking[b]) = (ranking[b], ranking[a]);
        }
        for (uint256 i = 0; isReversed && i < n / 2; ++i) {
            (ranking[i], ranking[n - 1 - i]) = (ranking[n - 1 - i], ranking[i]);
        }
    }

    /// @dev A set of answers below `n`: none, all, or any.
    function drawGood(uint256 seed, uint256 n) internal pure returns (uint256) {
        if (seed % 4 == 0) return 0;
        if (seed % 4 == 1) return (1 << n) - 1;
        return (seed >> 8) % (1 << n);
    }

    /// @dev In every other call all rank alike but one of four, and in every other one all are of one rank.
    function drawBallots(uint256 seed, uint256 count, uint256 n) internal pure returns (Ballot[] memory ballots) {
        ballots = new Ballot[](count);
        uint256 manners = _next(seed, MOST);
        for (uint256 j = 0; j < count; ++j) {
            uint256 draw = _next(seed, j);
            uint256 taste = manners % 2 == 0 && draw % 4 != 0 ? manners : draw;
            uint256 rank = (manners >> 8) % 2 == 0 ? manners >> 16 : draw >> 32;
            ballots[j] = Ballot({
                rank: rank.within(0, MAX_RANK),
                ranking: drawRanking(taste >> 8, n),
                goodAnswers: drawGood(draw >> 64, n)
            });
        }
    }

    /// @dev A query that ends so; `Pending` for one in which votes decide how.
    function drawFacts(uint256 seed, Outcome outcome) internal pure returns (Facts memory f) {
        bool isVoted = outcome == Outcome.Pending || outcome == Outcome.AllBad || outcome == Outcome.Normal;
        if (outcome != Outcome.Cancelled) {
            f.answers = outcome == Outcome.SingleAnswer ? 1 : drawCount(_next(seed, 0), 2);
        }
        f.answerers = _next(seed, 1).within(f.answers, MOST);
        f.ballots = drawBallots(_next(seed, 2), isVoted ? drawCount(_next(seed, 3), 1) : 0, f.answers);
        if (f.answers > 1) f.judges = _next(seed, 4).within(f.ballots.length, MOST);
        uint256 best = 1 << _next(seed, 5).within(0, f.answers == 0 ? 0 : f.answers - 1);
        for (uint256 j = 0; j < f.ballots.length; ++j) {
            if (outcome == Outcome.AllBad) f.ballots[j].goodAnswers = 0;
            if (outcome == Outcome.Normal) f.ballots[j].goodAnswers |= best;
        }
        _drawStakes(_next(seed, 6), f);
    }

    /// @dev The same query, as the library sees it.
    function tallyOf(Facts memory f) internal pure returns (Tally memory tally) {
        (tally.submitStake, tally.answerStake, tally.judgeStake) = (f.submitStake, f.answerStake, f.judgeStake);
        tally.answers = f.answers;
        tally.absentAnswerers = f.answerers - f.answers;
        tally.absentJudges = f.judges - f.ballots.length;
        tally.votes = new Vote[](f.ballots.length);
        for (uint256 j = 0; j < f.ballots.length; ++j) {
            Ballot memory b = f.ballots[j];
            tally.votes[j] = Vote({rank: b.rank, ranking: pack(b.ranking), goodAnswers: b.goodAnswers});
        }
    }

    /// @dev Five bits for each place.
    function pack(uint8[] memory ranking) internal pure returns (Ranking) {
        uint256 packed = 0;
        for (uint256 place = ranking.length; place > 0; --place) packed = (packed << 5) + ranking[place - 1];
        return Ranking.wrap(uint160(packed)); // 32 places of five bits
    }

    /// @dev Mostly stakes that the rules give, at times any, so that rounding shows.
    function _drawStakes(uint256 seed, Facts memory f) private pure {
        if (seed % 4 == 0) {
            f.submitStake = (seed >> 8).ofAnySize(0, 2 ** 90);
            f.answerStake = (seed >> 16).ofAnySize(0, 2 ** 90);
            f.judgeStake = (seed >> 24).ofAnySize(0, 2 ** 90);
            return;
        }
        uint256 rank = (seed >> 8).within(0, MAX_RANK);
        uint256 minAnswers = (seed >> 16).within(7, MOST);
        uint256 unit = 10 ** (seed >> 24).within(0, 18);
        f.submitStake = QueryStakes.submitStakeDown(rank, minAnswers, unit);
        f.answerStake = QueryStakes.answerStakeDown(rank, unit);
        f.judgeStake = QueryStakes.judgeStakeDown(rank, minAnswers, unit);
    }

    function _inOrder(uint256 n) private pure returns (uint8[] memory ranking) {
        ranking = new uint8[](n);
        for (uint256 i = 0; i < n; ++i) ranking[i] = uint8(i); // at most 32
    }

    function _next(uint256 seed, uint256 index) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, index)));
    }
}
