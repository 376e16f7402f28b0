// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {FixedPointMathLib} from "solady/src/utils/FixedPointMathLib.sol";

import {Outcome} from "../../../contracts/query/interfaces/IQueryEscrow.sol";

/// @dev A vote that was opened. Bit i of the good answers is answer i.
struct Ballot {
    uint256 rank;
    uint8[] ranking;
    uint256 goodAnswers;
}

/// @dev What a query came to. Stakes in asset units, each paid by so many who joined.
struct Facts {
    uint256 submitStake;
    uint256 answerStake;
    uint256 judgeStake;
    uint256 answerers;
    uint256 judges;
    uint256 answers;
    Ballot[] ballots;
}

/// @dev What everybody is due: answers by index, ballots in their order.
struct Dues {
    Outcome outcome;
    uint256 goodAnswers;
    uint256 goodJudges;
    uint256 asker;
    uint256[] answerers;
    uint256[] judges;
}

/// @title Who gets what, plainly
/// @dev Every pair is looked at for every ballot, every sum is taken anew, nothing is packed.
library PlainSettlement {
    uint256 private constant WAD = 1e18;
    uint256 private constant EQUAL_WITHIN = 1e9;

    /* VOTES */

    /// @dev Of each ballot, in wad: 1 for the highest rank, `1 / (1 + 1.1^d)` for one d below.
    function weightsOf(Ballot[] memory ballots) internal pure returns (uint256[] memory weights, uint256 total) {
        uint256 highest = 0;
        for (uint256 i = 0; i < ballots.length; ++i) if (ballots[i].rank > highest) highest = ballots[i].rank;
        weights = new uint256[](ballots.length);
        for (uint256 i = 0; i < ballots.length; ++i) {
            (uint256 ten, uint256 eleven) = (1, 1);
            for (uint256 rank = ballots[i].rank; rank < highest; ++rank) (ten, eleven) = (ten * 10, eleven * 11);
            weights[i] = ballots[i].rank == highest ? WAD : (WAD * ten) / (ten + eleven);
            total += weights[i];
        }
    }

    /// @dev Wins of each answer against each other, with half a win for each from the virtual judge.
    function winMatrix(Ballot[] memory ballots, uint256 n) internal pure returns (uint256[][] memory wins) {
        (uint256[] memory weights, ) = weightsOf(ballots);
        wins = new uint256[][](n);
        for (uint256 i = 0; i < n; ++i) {
            wins[i] = new uint256[](n);
            for (uint256 k = 0; k < n; ++k) if (k != i) wins[i][k] = WAD / 2;
        }
        for (uint256 j = 0; j < ballots.length; ++j) {
            uint256[] memory places = placesOf(ballots[j].ranking);
            for (uint256 i = 0; i < n; ++i) {
                for (uint256 k = 0; k < n; ++k) if (places[i] < places[k]) wins[i][k] += weights[j];
            }
        }
    }

    /// @dev What each answer wins in all.
    function winsOf(Ballot[] memory ballots, uint256 n) internal pure returns (uint256[] memory won) {
        uint256[][] memory wins = winMatrix(ballots, n);
        won = new uint256[](n);
        for (uint256 i = 0; i < n; ++i) for (uint256 k = 0; k < n; ++k) won[i] += wins[i][k];
    }

    /// @dev Where each answer stands in a ranking, from 0 for the best.
    function placesOf(uint8[] memory ranking) internal pure returns (uint256[] memory places) {
        places = new uint256[](ranking.length);
        for (uint256 place = 0; place < ranking.length; ++place) places[ranking[place]] = place;
    }

    /// @dev Whether two sums of weights are the same but for the rounding of weights.
    function isEqual(uint256 a, uint256 b) internal pure returns (bool) {
        return a > b ? a - b <= EQUAL_WITHIN : b - a <= EQUAL_WITHIN;
    }

    /// @dev To each answer the strength of the first that wins as much.
    function levelled(uint256[] memory strengths, uint256[] memory won) internal pure returns (uint256[] memory level) {
        level = new uint256[](won.length);
        for (uint256 i = 0; i < won.length; ++i) {
            uint256 first = 0;
            while (!isEqual(won[first], won[i])) ++first;
            level[i] = strengths[first];
        }
    }

    /// @dev Of a ranking, in halves of pairs: two for a pair as in the order of wins, one for a pair that wins as much.
    function closenessOf(uint8[] memory ranking, uint256[] memory won) internal pure returns (uint256 halves) {
        uint256[] memory places = placesOf(ranking);
        for (uint256 i = 0; i < won.length; ++i) {
            for (uint256 k = 0; k < i; ++k) {
                if (isEqual(won[i], won[k])) ++halves;
                else if ((won[i] > won[k]) == (places[i] < places[k])) halves += 2;
            }
        }
    }

    function isIn(uint256 set, uint256 i) internal pure returns (bool) {
        return set & (1 << i) != 0;
    }

    /// @dev Those of the indices below `n` that are in the set.
    function countIn(uint256 set, uint256 n) internal pure returns (uint256 count) {
        for (uint256 i = 0; i < n; ++i) if (isIn(set, i)) ++count;
    }

    /* MONEY */

    function paidIn(Facts memory f) internal pure returns (uint256) {
        return f.submitStake + f.answerers * f.answerStake + f.judges * f.judgeStake;
    }

    /// @dev With strengths that the votes bear out, where votes decide.
    function settle(Facts memory f, uint256[] memory strengths) internal pure returns (Dues memory d) {
        uint256 n = f.answers;
        d.answerers = new uint256[](n);
        d.judges = new uint256[](f.ballots.length);
        uint256 seventy = (f.submitStake * 7) / 10;
        uint256 thirty = f.submitStake - seventy;
        if (n > 1 && f.ballots.length > 0) {
            _settleByVotes(f, d, strengths, seventy, thirty);
            return d;
        }
        uint256 forfeited = (f.answerers - n) * f.answerStake + f.judges * f.judgeStake;
        if (n == 0) {
            (d.outcome, d.asker) = (Outcome.Cancelled, f.submitStake + forfeited);
            return d;
        }
        (d.outcome, d.asker) = (n == 1 ? Outcome.SingleAnswer : Outcome.NoVotes, thirty);
        d.goodAnswers = (1 << n) - 1;
        _pay(d.answerers, seventy + forfeited, f.answerStake, new uint256[](n), d.goodAnswers);
    }

    function _settleByVotes(
        Facts memory f,
        Dues memory d,
        uint256[] memory strengths,
        uint256 seventy,
        uint256 thirty
    ) private pure {
        uint256[] memory closeness = _judge(f, d);
        uint256 answerBonus = (f.answerers - countIn(d.goodAnswers, f.answers)) * f.answerStake;
        uint256 judgePool = thirty + (f.judges - countIn(d.goodJudges, f.ballots.length)) * f.judgeStake;
        if (d.goodAnswers == 0) {
            (d.outcome, d.asker) = (Outcome.AllBad, seventy);
            judgePool += answerBonus;
        } else {
            d.outcome = Outcome.Normal;
            strengths = levelled(strengths, winsOf(f.ballots, f.answers));
            _pay(d.answerers, seventy + answerBonus, f.answerStake, strengths, d.goodAnswers);
        }
        // x^1.5 to 64 binary digits
        for (uint256 j = 0; j < closeness.length; ++j) {
            uint256 x = closeness[j];
            closeness[j] = FixedPointMathLib.sqrt(x * x * x * 2 ** 128);
        }
        _pay(d.judges, judgePool, f.judgeStake, closeness, d.goodJudges);
    }

    /// @dev Which answers and judges are good, and how close each judge is.
    function _judge(Facts memory f, Dues memory d) private pure returns (uint256[] memory closeness) {
        (uint256[] memory weights, uint256 total) = weightsOf(f.ballots);
        for (uint256 i = 0; i < f.answers; ++i) {
            uint256 good = 0;
            for (uint256 j = 0; j < weights.length; ++j) {
                if (isIn(f.ballots[j].goodAnswers, i)) good += weights[j];
            }
            if (good * 2 >= total || isEqual(good * 2, total)) d.goodAnswers |= 1 << i;
        }
        uint256[] memory won = winsOf(f.ballots, f.answers);
        closeness = new uint256[](weights.length);
        for (uint256 j = 0; j < weights.length; ++j) closeness[j] = closenessOf(f.ballots[j].ranking, won);
        // Good is whom at most half of all surpass.
        for (uint256 j = 0; j < weights.length; ++j) {
            uint256 closer = 0;
            for (uint256 i = 0; i < weights.length; ++i) if (closeness[i] > closeness[j]) ++closer;
            if (closer <= weights.length / 2) d.goodJudges |= 1 << j;
        }
    }

    /// @dev Stakes and shares of the pool, floored; what is left to the first of those who get the most.
    function _pay(
        uint256[] memory dues,
        uint256 pool,
        uint256 stake,
        uint256[] memory weights,
        uint256 receivers
    ) private pure {
        uint256 sum = 0;
        for (uint256 i = 0; i < dues.length; ++i) if (isIn(receivers, i)) sum += weights[i];
        uint256 left = pool;
        uint256 most = 0;
        uint256 first = 0;
        for (uint256 i = dues.length; i > 0; --i) {
            if (!isIn(receivers, i - 1)) continue;
            uint256 share =
                sum == 0
                    ? pool / countIn(receivers, dues.length)
                    : FixedPointMathLib.fullMulDiv(pool, weights[i - 1], sum);
            dues[i - 1] = stake + share;
            left -= share;
            if (share >= most) (most, first) = (share, i - 1);
        }
        dues[first] += left;
    }
}
