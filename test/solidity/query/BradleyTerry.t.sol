// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IQueryEscrow} from "../../../contracts/query/interfaces/IQueryEscrow.sol";
import {BradleyTerry} from "../../../contracts/query/libraries/BradleyTerry.sol";
import {Ranking} from "../../../contracts/query/libraries/RankingLib.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";
import {PlainLikelihood} from "./PlainLikelihood.sol";
import {Ballot, PlainSettlement} from "./PlainSettlement.sol";
import {RandomBallots} from "./RandomBallots.sol";
import {StrengthSolver} from "./StrengthSolver.sol";

/// @title Strengths, order and closeness against looking at each pair of each ballot
contract BradleyTerryTest {
    using Bounded for uint256;

    uint256 private constant WAD = 1e18;
    uint256 private constant MAX_STRENGTH = 2 ** 200;
    uint256 private constant TOLERANCE_DIVISOR = 1e9;
    // What strengths are moved by is counted in parts of this.
    uint256 private constant ONE = 2 ** 90;

    /// @dev Ballots, and what they come to.
    struct Case {
        Ballot[] ballots;
        uint256 n;
        uint256[] won; // the virtual judge's half wins included
        uint256 weight; // of all ballots
    }

    /// @dev The library takes strengths from calldata.
    function check(uint256[] calldata strengths, uint256[] calldata wins, uint256 weight) external pure {
        BradleyTerry.check(strengths, wins, weight);
    }

    /// @dev As `check`.
    function levelled(uint256[] calldata strengths, uint256[] calldata tied) external pure returns (uint256[] memory) {
        return BradleyTerry.levelled(strengths, tied);
    }

    /* WEIGHTS */

    /// @dev `1 / (1 + 1.1^d)` as a fraction of whole numbers.
    function testFuzz_weightDown_isTheFloorOfTheChance(uint256 d) public pure {
        d = d.within(1, 42);
        (uint256 ten, uint256 eleven) = (1, 1);
        for (uint256 i = 0; i < d; ++i) (ten, eleven) = (ten * 10, eleven * 11);
        uint256 weight = BradleyTerry.weightDown(d);
        Check.atMost(weight * (ten + eleven), WAD * ten, "weight");
        Check.isTrue((weight + 1) * (ten + eleven) > WAD * ten, "weight");
    }

    function test_weightDown_fallsFromOneAndNeverToTheFloor() public pure {
        Check.equal(BradleyTerry.weightDown(0), WAD, "weight of the highest rank");
        Check.isTrue(BradleyTerry.weightDown(1) < WAD / 2, "weight of a rank below");
        for (uint256 d = 1; d < 42; ++d) {
            Check.isTrue(BradleyTerry.weightDown(d + 1) < BradleyTerry.weightDown(d), "weights do not fall");
        }
        Check.isTrue(BradleyTerry.weightDown(42) > WAD / 1e5, "weight of the lowest rank");
    }

    /* WINS */

    function testFuzz_winMatrix_isThatOfEachPairOfEachBallot(uint256 seed) public pure {
        Case memory c = _draw(seed);
        uint256[][] memory wins = _winMatrix(c);
        uint256[][] memory expected = PlainSettlement.winMatrix(c.ballots, c.n);
        for (uint256 i = 0; i < c.n; ++i) {
            for (uint256 k = 0; k < c.n; ++k) {
                Check.equal(wins[i][k], expected[i][k], "wins");
                if (k != i) Check.equal(wins[i][k] + wins[k][i], c.weight + WAD, "weight of a pair");
            }
        }
    }

    function testFuzz_addWins_addsUpToTheRowsOfTheMatrix(uint256 seed) public pure {
        Case memory c = _draw(seed);
        uint256[] memory wins = _wins(c);
        uint256[][] memory matrix = _winMatrix(c);
        for (uint256 i = 0; i < c.n; ++i) {
            uint256 row = 0;
            for (uint256 k = 0; k < c.n; ++k) row += matrix[i][k];
            Check.equal(wins[i] + ((c.n - 1) * WAD) / 2, row, "wins of an answer");
        }
    }

    /* ORDER */

    function testFuzz_order_isThatOfTheWins(uint256 seed) public pure {
        Case memory c = _draw(seed);
        (uint256[] memory stronger, uint256[] memory tied) = BradleyTerry.order(_wins(c));
        for (uint256 i = 0; i < c.n; ++i) {
            for (uint256 k = 0; k < c.n; ++k) {
                bool isTied = PlainSettlement.isEqual(c.won[k], c.won[i]);
                Check.equal(PlainSettlement.isIn(stronger[i], k), c.won[k] > c.won[i] && !isTied, "stronger");
                Check.equal(PlainSettlement.isIn(tied[i], k), k != i && isTied, "tied");
            }
            Check.equal((stronger[i] | tied[i]) >> c.n, 0, "answers that are none");
        }
    }

    /// @dev Whoever solves the likelihood equations, to 1e-13, finds the same order: it needs no strengths.
    function testFuzz_order_isThatOfTheStrengths(uint256 seed) public pure {
        Case memory c = _draw(seed);
        uint256[] memory strengths = _solution(c);
        for (uint256 i = 0; i < c.n; ++i) {
            for (uint256 k = 0; k < c.n; ++k) {
                if (c.won[i] > c.won[k] + c.weight / 1e6) {
                    Check.isTrue(strengths[i] > strengths[k], "who wins more is not stronger");
                } else if (PlainSettlement.isEqual(c.won[i], c.won[k])) {
                    Check.atMost(strengths[i], strengths[k] + strengths[k] / 1e9, "who wins as much is stronger");
                }
            }
        }
    }

    function testFuzz_levelled_givesTiedAnswersTheStrengthOfTheFirst(uint256 seed, uint256 sizeSeed) public view {
        Case memory c = _draw(seed);
        uint256[] memory strengths = _movedAtRandom(_solution(c), seed, sizeSeed);
        (, uint256[] memory tied) = BradleyTerry.order(_wins(c));
        uint256[] memory level = this.levelled(strengths, tied);
        Check.equal(abi.encode(level), abi.encode(PlainSettlement.levelled(strengths, c.won)), "strengths");
    }

    function testFuzz_concordance_countsEachPair(uint256 seed, uint256 rankingSeed) public pure {
        Case memory c = _draw(seed);
        uint8[] memory ranking = RandomBallots.drawRanking(rankingSeed, c.n);
        uint256 halves = _concordance(ranking, c);
        Check.equal(halves, PlainSettlement.closenessOf(ranking, c.won), "halves of pairs");
        Check.atMost(halves, c.n * (c.n - 1), "more than all pairs");
    }

    /// @dev A ranking and its reverse share all pairs between them.
    function testFuzz_concordance_ofARankingAndItsReverseIsAllPairs(uint256 seed, uint256 rankingSeed) public pure {
        Case memory c = _draw(seed);
        uint8[] memory ranking = RandomBallots.drawRanking(rankingSeed, c.n);
        uint8[] memory reversed = new uint8[](c.n);
        for (uint256 i = 0; i < c.n; ++i) reversed[i] = ranking[c.n - 1 - i];
        Check.equal(_concordance(ranking, c) + _concordance(reversed, c), c.n * (c.n - 1), "halves of pairs");
    }

    /* CHECK */

    function testFuzz_check_acceptsTheSolution(uint256 seed) public view {
        Case memory c = _draw(seed);
        this.check(_solution(c), _wins(c), c.weight);
    }

    /// @dev Near the solution and far from it, what the equations say, to the last digit.
    function testFuzz_check_isTheLikelihoodEquations(uint256 seed, uint256 sizeSeed) public view {
        Case memory c = _draw(seed);
        uint256[] memory strengths = _movedAtRandom(_solution(c), seed, sizeSeed);
        _assertChecked(strengths, c, PlainLikelihood.refusalOf(strengths, c.won, c.weight + WAD));
    }

    /// @dev Moving one strength changes what is foretold of its answer most: by the sum of all `q (1 - q)`.
    function testFuzz_check_allowsNoMoreThanTheTolerance(uint256 seed, uint256 index) public view {
        Case memory c = _draw(seed);
        index = index.within(0, c.n - 1);
        uint256[] memory strengths = _solution(c);
        uint256 solved = strengths[index];
        uint256 allowed = (solved * (c.n - 1) * (WAD / TOLERANCE_DIVISOR)) / _slope(strengths, index);
        strengths[index] = solved + (allowed * 9) / 10;
        this.check(strengths, _wins(c), c.weight);
        strengths[index] = solved + (allowed * 11) / 10;
        bytes memory refusal = PlainLikelihood.refusalOf(strengths, c.won, c.weight + WAD);
        Check.isTrue(refusal.length > 0, "more is allowed");
        _assertChecked(strengths, c, refusal);
    }

    function testFuzz_check_isTheSameInAnyScale(uint256 seed, uint256 sizeSeed, uint256 factor) public view {
        Case memory c = _draw(seed);
        uint256[] memory strengths = _movedAtRandom(_solution(c), seed, sizeSeed);
        uint256 largest = 0;
        for (uint256 i = 0; i < c.n; ++i) if (strengths[i] > largest) largest = strengths[i];
        factor = factor.ofAnySize(1, MAX_STRENGTH / largest);
        bytes memory refusal = PlainLikelihood.refusalOf(strengths, c.won, c.weight + WAD);
        for (uint256 i = 0; i < c.n; ++i) strengths[i] *= factor;
        _assertChecked(strengths, c, refusal);
    }

    function testFuzz_check_refusesAStrengthOutOfRange(uint256 seed, uint256 index, uint256 strength) public view {
        Case memory c = _draw(seed);
        index = index.within(0, c.n - 1);
        uint256[] memory strengths = _solution(c);
        strength = strength % 4 == 0 ? 0 : strength.ofAnySize(MAX_STRENGTH + 1, type(uint256).max);
        strengths[index] = strength;
        bytes4 selector = IQueryEscrow.StrengthOutOfRange.selector;
        _assertChecked(strengths, c, abi.encodeWithSelector(selector, index, strength, 1, MAX_STRENGTH));
    }

    function testFuzz_check_refusesAnotherLength(uint256 seed, uint256 length) public view {
        Case memory c = _draw(seed);
        length = length.within(0, 40);
        if (length == c.n) ++length;
        bytes4 selector = IQueryEscrow.StrengthsLengthMismatch.selector;
        _assertChecked(new uint256[](length), c, abi.encodeWithSelector(selector, length, c.n));
    }

    /* INTERNAL */

    /// @dev Two answers and one ballot at least.
    function _draw(uint256 seed) private pure returns (Case memory c) {
        c.n = RandomBallots.drawCount(seed, 2);
        c.ballots = RandomBallots.drawBallots(seed, RandomBallots.drawCount(seed >> 16, 1), c.n);
        c.won = PlainSettlement.winsOf(c.ballots, c.n);
        (, c.weight) = PlainSettlement.weightsOf(c.ballots);
    }

    function _solution(Case memory c) private pure returns (uint256[] memory) {
        return StrengthSolver.solve(c.won, c.weight + WAD);
    }

    /// @dev Each strength by any part of it: from nothing to the whole.
    function _movedAtRandom(
        uint256[] memory strengths,
        uint256 seed,
        uint256 sizeSeed
    ) private pure returns (uint256[] memory) {
        uint256 size = sizeSeed.ofAnySize(0, ONE);
        for (uint256 i = 0; i < strengths.length; ++i) {
            uint256 part = uint256(keccak256(abi.encode(seed, i))).within(0, size);
            strengths[i] += (strengths[i] * part) / ONE;
        }
        return strengths;
    }

    /// @dev The sum over all others of `q (1 - q)`, q the chance of winning; in wad.
    function _slope(uint256[] memory strengths, uint256 i) private pure returns (uint256 sum) {
        for (uint256 k = 0; k < strengths.length; ++k) {
            if (k == i) continue;
            uint256 chance = (strengths[i] * WAD) / (strengths[i] + strengths[k]);
            sum += (chance * (WAD - chance)) / WAD;
        }
    }

    function _assertChecked(uint256[] memory strengths, Case memory c, bytes memory refusal) private view {
        try this.check(strengths, _wins(c), c.weight) {
            Check.equal(refusal.length, 0, "strengths were accepted");
        } catch (bytes memory reason) {
            Check.equal(reason, refusal, "strengths were refused otherwise");
        }
    }

    /// @dev As the library adds them up.
    function _wins(Case memory c) private pure returns (uint256[] memory wins) {
        (uint256[] memory weights, ) = PlainSettlement.weightsOf(c.ballots);
        wins = new uint256[](c.n);
        for (uint256 j = 0; j < weights.length; ++j) {
            BradleyTerry.addWins(wins, RandomBallots.pack(c.ballots[j].ranking), weights[j]);
        }
    }

    function _winMatrix(Case memory c) private pure returns (uint256[][] memory) {
        (uint256[] memory weights, ) = PlainSettlement.weightsOf(c.ballots);
        Ranking[] memory rankings = new Ranking[](weights.length);
        for (uint256 j = 0; j < weights.length; ++j) rankings[j] = RandomBallots.pack(c.ballots[j].ranking);
        return BradleyTerry.winMatrix(rankings, weights, c.n);
    }

    function _concordance(uint8[] memory ranking, Case memory c) private pure returns (uint256) {
        (uint256[] memory stronger, uint256[] memory tied) = BradleyTerry.order(_wins(c));
        return BradleyTerry.concordance(RandomBallots.pack(ranking), stronger, tied);
    }
}
