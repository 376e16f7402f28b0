// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {LibBit} from "solady/src/utils/LibBit.sol";
import {LibSort} from "solady/src/utils/LibSort.sol";

import {IQueryEscrow, Outcome} from "../interfaces/IQueryEscrow.sol";
import {BradleyTerry} from "./BradleyTerry.sol";
import {Ranking} from "./RankingLib.sol";
import {Shares} from "./Shares.sol";

/// @dev A query as its settlement sees it. Stakes in asset units.
struct Tally {
    uint256 submitStake;
    uint256 answerStake;
    uint256 judgeStake;
    /// How many joined and have nothing opened: their stakes are forfeited.
    uint256 absentAnswerers;
    uint256 absentJudges;
    /// Answers that were opened.
    uint256 answers;
    /// Votes that were opened.
    Vote[] votes;
}

/// @dev A vote that was opened.
struct Vote {
    uint256 rank;
    Ranking ranking;
    /// Bit i for answer i.
    uint256 goodAnswers;
}

/// @dev What a settlement pays, stakes included, in asset units: all of what was paid in.
struct Payouts {
    Outcome outcome;
    /// Bit i for answer i, and for vote i.
    uint256 goodAnswers;
    uint256 goodJudges;
    uint256 asker;
    /// By index of the answers, and in the order of the votes.
    uint256[] answerers;
    uint256[] judges;
}

/// @title Who gets what
/// @dev Conserves `submitStake + answerStake * (answers + absentAnswerers) + judgeStake * (votes + absentJudges)`.
/// Seven tenths of the asker's stake are rounded down, and the rest is what is left; within each of the two pools the
/// receiver of the most gains what flooring leaves.
library QuerySettlement {
    using Shares for uint256;

    /// @dev Reverts with `StrengthsLengthMismatch`, `StrengthOutOfRange` or `StrengthsRejected`.
    function settle(Tally memory tally, uint256[] calldata strengths) internal pure returns (Payouts memory) {
        if (tally.answers > 1 && tally.votes.length > 0) return _byVotes(tally, strengths);
        if (strengths.length > 0) revert IQueryEscrow.StrengthsLengthMismatch(strengths.length, 0);
        return _withoutVotes(tally);
    }

    /// @dev The weight of each vote and of all, in wad: the highest rank of those who voted weighs 1.
    function weightsOf(Vote[] memory votes) internal pure returns (uint256[] memory weights, uint256 total) {
        uint256 highest = 0;
        for (uint256 i = 0; i < votes.length; ++i) highest = Math.max(highest, votes[i].rank);
        weights = new uint256[](votes.length);
        for (uint256 i = 0; i < votes.length; ++i) {
            weights[i] = BradleyTerry.weightDown(highest - votes[i].rank);
            total += weights[i];
        }
    }

    /// @dev Fewer than two answers, or nobody voted: every answer there is is good.
    function _withoutVotes(Tally memory tally) private pure returns (Payouts memory paid) {
        uint256 n = tally.answers;
        paid.answerers = new uint256[](n);
        uint256 forfeited = tally.absentAnswerers * tally.answerStake + tally.absentJudges * tally.judgeStake;
        if (n == 0) {
            (paid.outcome, paid.asker) = (Outcome.Cancelled, tally.submitStake + forfeited);
            return paid;
        }
        (uint256 seventy, uint256 thirty) = _divided(tally.submitStake);
        paid.outcome = n == 1 ? Outcome.SingleAnswer : Outcome.NoVotes;
        paid.goodAnswers = (1 << n) - 1;
        paid.asker = thirty;
        paid.answerers = _payouts(seventy + forfeited, tally.answerStake, new uint256[](n), paid.goodAnswers);
    }

    function _byVotes(Tally memory tally, uint256[] calldata strengths) private pure returns (Payouts memory paid) {
        (uint256[] memory weights, uint256 total) = weightsOf(tally.votes);
        uint256[] memory wins = new uint256[](tally.answers);
        for (uint256 i = 0; i < weights.length; ++i) BradleyTerry.addWins(wins, tally.votes[i].ranking, weights[i]);
        BradleyTerry.check(strengths, wins, total);
        (uint256[] memory stronger, uint256[] memory tied) = BradleyTerry.order(wins);
        uint256[] memory closeness = _closeness(tally.votes, stronger, tied);
        paid.goodAnswers = _goodAnswers(tally, weights, total);
        paid.goodJudges = _goodJudges(closeness);

        (uint256 seventy, uint256 thirty) = _divided(tally.submitStake);
        uint256 badAnswers = tally.answers - LibBit.popCount(paid.goodAnswers);
        uint256 badJudges = tally.votes.length - LibBit.popCount(paid.goodJudges);
        uint256 answerPool = (tally.absentAnswerers + badAnswers) * tally.answerStake;
        uint256 judgePool = thirty + (tally.absentJudges + badJudges) * tally.judgeStake;
        if (paid.goodAnswers == 0) {
            (paid.outcome, paid.asker) = (Outcome.AllBad, seventy);
            paid.answerers = new uint256[](tally.answers);
            judgePool += answerPool;
        } else {
            paid.outcome = Outcome.Normal;
            paid.answerers = _payouts(
                seventy + answerPool,
                tally.answerStake,
                BradleyTerry.levelled(strengths, tied),
                paid.goodAnswers
            );
        }
        // x^1.5 with 64 binary digits after the point: closeness is at most 992
        for (uint256 i = 0; i < closeness.length; ++i) closeness[i] = Math.sqrt((closeness[i] ** 3) << 128);
        paid.judges = _payouts(judgePool, tally.judgeStake, closeness, paid.goodJudges);
    }

    /// @dev How near each ranking is to the order of the answers, in halves of pairs.
    function _closeness(
        Vote[] memory votes,
        uint256[] memory stronger,
        uint256[] memory tied
    ) private pure returns (uint256[] memory closeness) {
        closeness = new uint256[](votes.length);
        for (uint256 i = 0; i < votes.length; ++i) {
            closeness[i] = BradleyTerry.concordance(votes[i].ranking, stronger, tied);
        }
    }

    /// @dev The answers that at least half of the weight called good, but for the rounding of weights.
    function _goodAnswers(
        Tally memory tally,
        uint256[] memory weights,
        uint256 total
    ) private pure returns (uint256 good) {
        for (uint256 i = 0; i < tally.answers; ++i) {
            uint256 weight = 0;
            for (uint256 k = 0; k < weights.length; ++k) {
                if (tally.votes[k].goodAnswers.isIn(i)) weight += weights[k];
            }
            if (2 * weight + BradleyTerry.EQUAL_WITHIN >= total) good |= 1 << i;
        }
    }

    /// @dev The top `floor(n/2) + 1` by closeness, and whoever is as close as the last of them.
    function _goodJudges(uint256[] memory closeness) private pure returns (uint256 good) {
        uint256 n = closeness.length;
        uint256[] memory sorted = LibSort.copy(closeness);
        LibSort.insertionSort(sorted);
        uint256 cut = sorted[n - (n / 2 + 1)];
        for (uint256 i = 0; i < n; ++i) if (closeness[i] >= cut) good |= 1 << i;
    }

    /// @dev Seven tenths of the asker's stake, rounded down, and the rest.
    function _divided(uint256 submitStake) private pure returns (uint256 seventy, uint256 thirty) {
        seventy = (submitStake * 7) / 10;
        thirty = submitStake - seventy;
    }

    /// @dev To each receiver the stake and a share of the pool.
    function _payouts(
        uint256 pool,
        uint256 stake,
        uint256[] memory weights,
        uint256 receivers
    ) private pure returns (uint256[] memory amounts) {
        amounts = pool.split(weights, receivers);
        for (uint256 i = 0; i < amounts.length; ++i) if (receivers.isIn(i)) amounts[i] += stake;
    }
}
