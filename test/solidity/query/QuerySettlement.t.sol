// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IQueryEscrow, Outcome} from "../../../contracts/query/interfaces/IQueryEscrow.sol";
import {Payouts, QuerySettlement, Tally} from "../../../contracts/query/libraries/QuerySettlement.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";
import {PlainLikelihood} from "./PlainLikelihood.sol";
import {Ballot, Dues, Facts, PlainSettlement} from "./PlainSettlement.sol";
import {RandomBallots} from "./RandomBallots.sol";
import {StrengthSolver} from "./StrengthSolver.sol";

/// @title Who gets what, for queries of every kind and outcome
contract QuerySettlementTest {
    using Bounded for uint256;

    uint256 private constant WAD = 1e18;
    uint256 private constant MOST = 32;
    // Strengths are moved by parts of 2^60, up to 3e-5 of them, and to 1 in 2^16 of what is accepted.
    uint256 private constant ONE = 2 ** 60;
    uint256 private constant LARGEST_BIT = 44;
    uint256 private constant SMALLEST_BIT = 12;

    /// @dev The library takes strengths from calldata.
    function settle(Tally calldata tally, uint256[] calldata strengths) external pure returns (Payouts memory) {
        return QuerySettlement.settle(tally, strengths);
    }

    /* OUTCOMES */

    function testFuzz_settle_cancelledPaysOutWhatWasPaidIn(uint256 seed) public view {
        _assertConserved(RandomBallots.drawFacts(seed, Outcome.Cancelled), Outcome.Cancelled);
    }

    function testFuzz_settle_singleAnswerPaysOutWhatWasPaidIn(uint256 seed) public view {
        _assertConserved(RandomBallots.drawFacts(seed, Outcome.SingleAnswer), Outcome.SingleAnswer);
    }

    function testFuzz_settle_noVotesPaysOutWhatWasPaidIn(uint256 seed) public view {
        _assertConserved(RandomBallots.drawFacts(seed, Outcome.NoVotes), Outcome.NoVotes);
    }

    function testFuzz_settle_allBadPaysOutWhatWasPaidIn(uint256 seed) public view {
        _assertConserved(RandomBallots.drawFacts(seed, Outcome.AllBad), Outcome.AllBad);
    }

    function testFuzz_settle_normalPaysOutWhatWasPaidIn(uint256 seed) public view {
        _assertConserved(RandomBallots.drawFacts(seed, Outcome.Normal), Outcome.Normal);
    }

    /// @dev Whatever votes say, with strengths that are just accepted, so that those of tied answers differ.
    function testFuzz_settle_isThePlainOne(uint256 seed, uint256 manner) public view {
        Facts memory f = RandomBallots.drawFacts(seed, Outcome.Pending);
        uint256[] memory strengths = _furthest(f, _solution(f), manner);
        Payouts memory paid = this.settle(RandomBallots.tallyOf(f), strengths);
        Dues memory dues = PlainSettlement.settle(f, strengths);
        Check.equal(uint256(paid.outcome), uint256(dues.outcome), "outcome");
        Check.equal(paid.goodAnswers, dues.goodAnswers, "good answers");
        Check.equal(paid.goodJudges, dues.goodJudges, "good judges");
        Check.equal(paid.asker, dues.asker, "asker");
        Check.equal(abi.encode(paid.answerers), abi.encode(dues.answerers), "answerers");
        Check.equal(abi.encode(paid.judges), abi.encode(dues.judges), "judges");
    }

    /// @dev More than half of those who voted are good, and all who are good get their stake.
    function testFuzz_settle_paysGoodJudgesAtLeastTheirStake(uint256 seed) public view {
        Facts memory f = RandomBallots.drawFacts(seed, Outcome.Pending);
        Payouts memory paid = this.settle(RandomBallots.tallyOf(f), _solution(f));
        uint256 count = f.ballots.length;
        Check.isTrue(2 * PlainSettlement.countIn(paid.goodJudges, count) > count, "half of the judges are bad");
        for (uint256 j = 0; j < count; ++j) {
            if (PlainSettlement.isIn(paid.goodJudges, j)) Check.atLeast(paid.judges[j], f.judgeStake, "good judge");
            else Check.equal(paid.judges[j], 0, "bad judge");
        }
        for (uint256 i = 0; i < f.answers; ++i) {
            if (PlainSettlement.isIn(paid.goodAnswers, i)) Check.atLeast(paid.answerers[i], f.answerStake, "good");
            else Check.equal(paid.answerers[i], 0, "bad answer");
        }
    }

    function testFuzz_settle_refusesStrengthsWhereVotesDoNotDecide(uint256 seed, uint256 length) public view {
        Facts memory f = RandomBallots.drawFacts(seed, Outcome(seed.within(1, 3)));
        length = length.within(1, MOST);
        try this.settle(RandomBallots.tallyOf(f), new uint256[](length)) {
            Check.isTrue(false, "strengths were taken");
        } catch (bytes memory reason) {
            bytes4 selector = IQueryEscrow.StrengthsLengthMismatch.selector;
            Check.equal(reason, abi.encodeWithSelector(selector, length, 0), "refused for another reason");
        }
    }

    /* STRENGTHS WITHIN THE TOLERANCE */

    /// @dev Q4: the strengths go as far as they are accepted to one side and to the other.
    function testFuzz_settle_paysTheSameWhateverStrengthsAreAccepted(uint256 seed, uint256 manner) public view {
        Facts memory f = RandomBallots.drawFacts(seed, Outcome.Normal);
        _assertToleranceDoesNotMatter(f, manner);
    }

    /// @dev Q4 where it is closest: 32 judges rank 32 answers alike, three neighbours are good, and answers move in two
    /// blocks, or apart.
    function test_settle_paysTheSameForThirtyTwoAlikeWhateverStrengthsAreAccepted() public view {
        Facts memory f = Facts({
            submitStake: 160e18,
            answerStake: 3.5e18,
            judgeStake: 9.6e18,
            answerers: MOST,
            judges: MOST,
            answers: MOST,
            ballots: new Ballot[](MOST)
        });
        for (uint256 j = 0; j < MOST; ++j) f.ballots[j] = Ballot(0, RandomBallots.drawRanking(4, MOST), 2 ** MOST - 1);
        for (uint256 first = 0; first < MOST - 2; first += 3) {
            for (uint256 j = 0; j < MOST; ++j) f.ballots[j].goodAnswers = 7 << first;
            _assertToleranceDoesNotMatter(f, first << 8);
            _assertToleranceDoesNotMatter(f, (first << 8) + 1);
        }
    }

    function _assertToleranceDoesNotMatter(Facts memory f, uint256 manner) private view {
        uint256[] memory solution = _solution(f);
        uint256[] memory low = _furthest(f, solution, manner);
        uint256[] memory high = _furthest(f, solution, manner ^ 4);
        Tally memory tally = RandomBallots.tallyOf(f);
        Payouts memory a = this.settle(tally, low);
        Payouts memory b = this.settle(tally, high);
        Check.equal(a.goodAnswers, b.goodAnswers, "good answers");
        Check.equal(a.goodJudges, b.goodJudges, "good judges");
        Check.equal(a.asker, b.asker, "asker");
        for (uint256 i = 0; i < f.answers; ++i) _assertClose(a.answerers[i], b.answerers[i], f.answers);
        Check.equal(abi.encode(a.judges), abi.encode(b.judges), "judges");
    }

    /// @dev To 1e-6 of it, and the units that flooring leaves.
    function _assertClose(uint256 a, uint256 b, uint256 units) private pure {
        (uint256 less, uint256 more) = a < b ? (a, b) : (b, a);
        Check.atMost(more, less + less / 1e6 + units, "another payout");
    }

    /// @dev The solution, moved as far as it is accepted.
    function _furthest(
        Facts memory f,
        uint256[] memory solution,
        uint256 manner
    ) private pure returns (uint256[] memory strengths) {
        uint256[] memory won = PlainSettlement.winsOf(f.ballots, f.answers);
        (, uint256 weight) = PlainSettlement.weightsOf(f.ballots);
        uint256 distance = 0;
        for (uint256 bit = LARGEST_BIT; bit > SMALLEST_BIT; --bit) {
            strengths = _moved(solution, won, distance | (1 << bit), manner);
            if (PlainLikelihood.refusalOf(strengths, won, weight + WAD).length == 0) distance |= 1 << bit;
        }
        return _moved(solution, won, distance, manner);
    }

    /// @dev In one of four manners: those who win at least as much as one of them; all apart, the further the more they
    /// win; one alone; each to a side of its own.
    function _moved(
        uint256[] memory solution,
        uint256[] memory won,
        uint256 distance,
        uint256 manner
    ) private pure returns (uint256[] memory moved) {
        uint256 n = solution.length;
        moved = new uint256[](n);
        for (uint256 i = 0; i < n; ++i) {
            uint256 part = (solution[i] * _distanceOf(i, won, distance, manner)) / ONE;
            bool isUp = manner & 4 != 0;
            if (manner % 4 == 3 && PlainSettlement.isIn(manner >> 16, i)) isUp = !isUp;
            moved[i] = isUp ? solution[i] + part : solution[i] - part;
        }
    }

    function _distanceOf(
        uint256 i,
        uint256[] memory won,
        uint256 distance,
        uint256 manner
    ) private pure returns (uint256) {
        uint256 chosen = (manner >> 8) % won.length;
        if (manner % 4 == 0) return won[i] >= won[chosen] ? distance : 0;
        if (manner % 4 == 2) return i == chosen ? distance : 0;
        if (manner % 4 == 3) return distance;
        uint256 below = 0;
        for (uint256 k = 0; k < won.length; ++k) if (won[k] < won[i]) ++below;
        return (distance * below) / won.length;
    }

    /* INTERNAL */

    function _assertConserved(Facts memory f, Outcome outcome) private view {
        uint256[] memory strengths = f.ballots.length == 0 ? new uint256[](0) : _solution(f);
        Payouts memory paid = this.settle(RandomBallots.tallyOf(f), strengths);
        Check.equal(uint256(paid.outcome), uint256(outcome), "outcome");
        uint256 sum = paid.asker;
        for (uint256 i = 0; i < paid.answerers.length; ++i) sum += paid.answerers[i];
        for (uint256 j = 0; j < paid.judges.length; ++j) sum += paid.judges[j];
        Check.equal(sum, PlainSettlement.paidIn(f), "paid out = paid in");
    }

    function _solution(Facts memory f) private pure returns (uint256[] memory) {
        (, uint256 weight) = PlainSettlement.weightsOf(f.ballots);
        return StrengthSolver.solve(PlainSettlement.winsOf(f.ballots, f.answers), weight + WAD);
    }
}
