// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {QueryStakes} from "../../../contracts/query/libraries/QueryStakes.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";

/// @title Stakes against their formulas as fractions
contract QueryStakesTest {
    using Bounded for uint256;

    uint256 private constant MAX_RANK = 42;
    uint256 private constant MIN_ANSWERS = 7;
    uint256 private constant MAX_ANSWERS = 32;

    /// @dev `5 * 1.1^42 * 32` tokens of 18 decimals: 8,762.19 of them.
    function test_submitStakeDown_ofTheHighestRankAndMostAnswers() public pure {
        Check.equal(QueryStakes.submitStakeDown(MAX_RANK, MAX_ANSWERS, 1e18), 8_762_191_877_998_864_269_620, "stake");
    }

    function test_stakes_ofRankZeroAreTheTable() public pure {
        Check.equal(QueryStakes.submitStakeDown(0, 7, 1e6), 35e6, "asker's stake");
        Check.equal(QueryStakes.answerStakeDown(0, 1e6), 3.5e6, "answerer's stake");
        Check.equal(QueryStakes.judgeStakeDown(0, 7, 1e6), 2.1e6, "judge's stake");
    }

    /// @dev Each is the largest whole number that is not above the fraction.
    function testFuzz_stakes_areTheFloorOfTheFormula(uint256 rank, uint256 minAnswers, uint256 decimals) public pure {
        uint256 unit;
        (rank, minAnswers, unit) = _bounded(rank, minAnswers, decimals);
        (uint256 ten, uint256 eleven) = (1, 1);
        for (uint256 i = 0; i < rank; ++i) (ten, eleven) = (ten * 10, eleven * 11);
        uint256 tokens = eleven * unit; // of `ten`-ths
        _assertFloor(QueryStakes.submitStakeDown(rank, minAnswers, unit), 5 * tokens * minAnswers, ten, "asker's");
        _assertFloor(QueryStakes.answerStakeDown(rank, unit), 7 * tokens, 2 * ten, "answerer's");
        _assertFloor(QueryStakes.judgeStakeDown(rank, minAnswers, unit), 3 * tokens * minAnswers, 10 * ten, "judge's");
    }

    function testFuzz_stakes_growWithTheRank(uint256 rank, uint256 minAnswers, uint256 decimals) public pure {
        uint256 unit;
        (rank, minAnswers, unit) = _bounded(rank % MAX_RANK, minAnswers, decimals);
        (uint256 below, uint256 above) = (
            QueryStakes.submitStakeDown(rank, minAnswers, unit),
            QueryStakes.submitStakeDown(rank + 1, minAnswers, unit)
        );
        Check.atLeast(above, below + below / 10, "asker's stake");
        below = QueryStakes.answerStakeDown(rank, unit);
        Check.atLeast(QueryStakes.answerStakeDown(rank + 1, unit), below + below / 10, "answerer's stake");
        below = QueryStakes.judgeStakeDown(rank, minAnswers, unit);
        above = QueryStakes.judgeStakeDown(rank + 1, minAnswers, unit);
        Check.atLeast(above, below + below / 10, "judge's stake");
    }

    function testFuzz_stakes_growWithTheAnswers(uint256 rank, uint256 minAnswers, uint256 decimals) public pure {
        uint256 unit;
        (rank, minAnswers, unit) = _bounded(rank, minAnswers, decimals);
        if (minAnswers == MAX_ANSWERS) --minAnswers;
        uint256 more = minAnswers + 1;
        uint256 step = QueryStakes.submitStakeDown(rank, 1, unit);
        uint256 stake = QueryStakes.submitStakeDown(rank, minAnswers, unit);
        Check.atLeast(QueryStakes.submitStakeDown(rank, more, unit), stake + step, "asker's stake");
        step = QueryStakes.judgeStakeDown(rank, 1, unit);
        stake = QueryStakes.judgeStakeDown(rank, minAnswers, unit);
        Check.atLeast(QueryStakes.judgeStakeDown(rank, more, unit), stake + step, "judge's stake");
    }

    function _bounded(
        uint256 rank,
        uint256 minAnswers,
        uint256 decimals
    ) private pure returns (uint256, uint256, uint256) {
        return (rank.within(0, MAX_RANK), minAnswers.within(MIN_ANSWERS, MAX_ANSWERS), 10 ** decimals.within(0, 18));
    }

    function _assertFloor(uint256 stake, uint256 numerator, uint256 denominator, string memory whose) private pure {
        Check.atMost(stake * denominator, numerator, whose);
        Check.isTrue((stake + 1) * denominator > numerator, whose);
    }
}
