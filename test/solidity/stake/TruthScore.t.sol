// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {TruthScore} from "../../../contracts/stake/libraries/TruthScore.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";

/// @title What the score says, whatever it is given
/// @dev Exact values, against double precision: `test/stake/TruthScore.grid.test.ts`.
contract TruthScoreTest {
    using Bounded for uint256;

    uint256 private constant WAD = 1e18;
    uint256 private constant LOWEST = 0.01e18;
    uint256 private constant HIGHEST = 0.99e18;

    // What rounding makes of equal scores, in wad.
    int256 private constant TOLERANCE = 1_000;

    function test_unopened_isTheLowestScore() public pure {
        Check.isTrue(TruthScore.UNOPENED == -int256(WAD), "score of a belief that was not opened");
    }

    function testFuzz_score_staysWithinOne(uint256 p, uint256 m, uint256 q, uint256 n) public pure {
        int256 score = _score(p, m, q, n);
        Check.isTrue(score <= int256(WAD), "above 1");
        Check.isTrue(score >= -int256(WAD), "below -1");
    }

    /// @dev Where a participant says what the others say, in both numbers, nothing is won or lost, to the wei.
    function testFuzz_score_isZeroWhereAllAgree(uint256 p, uint256 m) public pure {
        Check.isTrue(_score(p, m, p, m) == 0, "score");
    }

    /// @dev The claim and its opposite are the same question.
    function testFuzz_score_isThatOfTheOppositeClaim(uint256 p, uint256 m, uint256 q, uint256 n) public pure {
        (p, m, q, n) = (_probability(p), _probability(m), _probability(q), _probability(n));
        int256 score = TruthScore.scoreOf(p, m, q, n);
        _assertNear(TruthScore.scoreOf(WAD - p, WAD - m, WAD - q, WAD - n), score);
    }

    /// @dev What more of the others believe than they predict is worth believing.
    function testFuzz_score_risesWithABeliefThatIsMorePopularThanPredicted(
        uint256 p,
        uint256 more,
        uint256 m,
        uint256 q,
        uint256 n
    ) public pure {
        (m, q) = (_probability(m), _probability(q));
        p = _probability(p);
        more = more.within(p, WAD);
        n = n.within(0, q);
        _assertAtLeast(TruthScore.scoreOf(more, m, q, n), TruthScore.scoreOf(p, m, q, n));
    }

    function testFuzz_score_fallsWithABeliefThatIsLessPopularThanPredicted(
        uint256 p,
        uint256 more,
        uint256 m,
        uint256 q,
        uint256 n
    ) public pure {
        (m, q) = (_probability(m), _probability(q));
        p = _probability(p);
        more = more.within(p, WAD);
        n = n.within(q, WAD);
        _assertAtLeast(TruthScore.scoreOf(p, m, q, n), TruthScore.scoreOf(more, m, q, n));
    }

    /// @dev Where the others are as popular as predicted, a belief moves nothing: a prediction can only cost.
    function testFuzz_score_isAtMostZeroWithoutSurprise(uint256 p, uint256 m, uint256 q) public pure {
        _assertAtLeast(0, _score(p, m, q, q));
    }

    function testFuzz_score_isHighestForTheRightPrediction(uint256 p, uint256 m, uint256 q, uint256 n) public pure {
        _assertAtLeast(_score(p, q, q, n), _score(p, m, q, n));
    }

    function testFuzz_score_fallsWithTheDistanceOfThePrediction(
        uint256 p,
        uint256 q,
        uint256 n,
        uint256 near,
        uint256 far,
        bool isAbove
    ) public pure {
        (p, q, n) = (_probability(p), _probability(q), _probability(n));
        if (isAbove) {
            near = near.within(q, WAD);
            far = far.within(near, WAD);
        } else {
            near = near.within(0, q);
            far = far.within(0, near);
        }
        _assertAtLeast(TruthScore.scoreOf(p, near, q, n), TruthScore.scoreOf(p, far, q, n));
    }

    function testFuzz_score_takesWhatIsOutsideForTheEdge(uint256 p, uint256 m, uint256 q, uint256 n) public pure {
        (p, m, q, n) = (_probability(p), _probability(m), _probability(q), _probability(n));
        int256 clamped = TruthScore.scoreOf(_clamp(p), _clamp(m), _clamp(q), _clamp(n));
        Check.isTrue(TruthScore.scoreOf(p, m, q, n) == clamped, "score");
    }

    /* INTERNAL */

    function _score(uint256 p, uint256 m, uint256 q, uint256 n) private pure returns (int256) {
        return TruthScore.scoreOf(_probability(p), _probability(m), _probability(q), _probability(n));
    }

    /// @dev From 0 to 1e18: mostly anything, else within two wei of where clamping begins, of one half or of the ends.
    function _probability(uint256 seed) private pure returns (uint256) {
        uint256 choice = seed % 8;
        if (choice > 3) return (seed >> 8).within(0, WAD);
        if (choice == 3) return (seed >> 8) % 2 == 0 ? 0 : WAD;
        uint256[3] memory places = [LOWEST, WAD / 2, HIGHEST];
        return places[choice] - 2 + ((seed >> 8) % 5);
    }

    function _clamp(uint256 probability) private pure returns (uint256) {
        if (probability < LOWEST) return LOWEST;
        return probability > HIGHEST ? HIGHEST : probability;
    }

    function _assertAtLeast(int256 left, int256 right) private pure {
        Check.isTrue(left + TOLERANCE >= right, "lower");
    }

    function _assertNear(int256 left, int256 right) private pure {
        Check.isTrue(left - right <= TOLERANCE && right - left <= TOLERANCE, "apart");
    }
}
