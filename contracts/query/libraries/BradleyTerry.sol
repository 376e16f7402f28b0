// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {LibBit} from "solady/src/utils/LibBit.sol";

import {IQueryEscrow} from "../interfaces/IQueryEscrow.sol";
import {Ranking} from "./RankingLib.sol";

/// @title Strengths of answers: checked, not computed
/// @dev The model: answer i is preferred to k with probability `p_i / (p_i + p_k)` (R. A. Bradley, M. E. Terry, "Rank
/// analysis of incomplete block designs", Biometrika 39, 1952). Every judge compares all pairs, so all pairs weigh the
/// same: N, all judges and the virtual one who sees each pair as a tie. Weights in wad, strengths in any scale.
library BradleyTerry {
    uint256 internal constant WAD = 1e18;
    uint256 internal constant MAX_STRENGTH = 1 << 200;

    /// @dev Probabilities are rounded to 2^-55, 3e-17: far below the tolerance. A strength shifted by as much fits.
    uint256 private constant FRACTION_BITS = 55;
    uint256 private constant TOLERANCE_DIVISOR = 1e9;

    /// @dev Sums of weights that are equal but for the rounding of the weights, which is below 32 * 31 units, count as
    /// equal: one rank below weighs 10/21, so that 21 such wins are exactly 10 of the highest rank. Strengths of
    /// answers whose wins differ by this differ by less than a part in 10^7.
    uint256 internal constant EQUAL_WITHIN = 1e9;

    /// @dev The virtual judge weighs 1 and sees every pair as a tie: half a win for each.
    uint256 private constant VIRTUAL_WIN = WAD / 2;

    /// @dev Adds to each answer's wins those of one more judge: the weight for each answer it is ranked above.
    function addWins(uint256[] memory wins, Ranking ranking, uint256 weight) internal pure {
        uint256 below = wins.length;
        for (uint256 place = 0; place < wins.length; ++place) wins[ranking.answerAt(place)] += weight * --below;
    }

    /// @dev The wins of each answer against each other, with those of the virtual judge. See `IQueryEscrow.winMatrix`.
    /// @param n How many answers there are.
    function winMatrix(
        Ranking[] memory rankings,
        uint256[] memory weights,
        uint256 n
    ) internal pure returns (uint256[][] memory wins) {
        wins = new uint256[][](n);
        for (uint256 i = 0; i < n; ++i) {
            wins[i] = new uint256[](n);
            for (uint256 k = 0; k < n; ++k) if (k != i) wins[i][k] = VIRTUAL_WIN;
        }
        for (uint256 j = 0; j < rankings.length; ++j) {
            for (uint256 better = 0; better < n; ++better) {
                uint256 i = rankings[j].answerAt(better);
                for (uint256 worse = better + 1; worse < n; ++worse) wins[i][rankings[j].answerAt(worse)] += weights[j];
            }
        }
    }

    /// @dev Reverts unless every answer wins as much as the strengths say, within 1e-9 of what its comparisons weigh:
    /// `|wins_i + (n-1)/2 - N sum_k p_i / (p_i + p_k)| <= 1e-9 (n-1) N`: with `StrengthsLengthMismatch`,
    /// `StrengthOutOfRange` or `StrengthsRejected`.
    /// @param wins Of each answer against all others, without the virtual judge, in wad.
    /// @param weight All judges together, in wad.
    function check(uint256[] calldata strengths, uint256[] memory wins, uint256 weight) internal pure {
        uint256 n = wins.length;
        if (strengths.length != n) revert IQueryEscrow.StrengthsLengthMismatch(strengths.length, n);
        uint256[] memory expected = new uint256[](n);
        for (uint256 i = 0; i < n; ++i) {
            uint256 own = strengths[i];
            if (own == 0 || own > MAX_STRENGTH) {
                revert IQueryEscrow.StrengthOutOfRange(i, own, 1, MAX_STRENGTH);
            }
            uint256 sum = 0;
            for (uint256 k = 0; k < i; ++k) {
                uint256 chance = (own << FRACTION_BITS) / (own + strengths[k]);
                sum += chance;
                expected[k] += (1 << FRACTION_BITS) - chance;
            }
            expected[i] += sum;
        }
        uint256 pairWeight = weight + WAD;
        uint256 comparisons = (pairWeight * (n - 1)) << FRACTION_BITS;
        for (uint256 i = 0; i < n; ++i) {
            uint256 won = (wins[i] + VIRTUAL_WIN * (n - 1)) << FRACTION_BITS;
            uint256 foretold = pairWeight * expected[i];
            uint256 residual = won > foretold ? won - foretold : foretold - won;
            if (residual * TOLERANCE_DIVISOR > comparisons) {
                revert IQueryEscrow.StrengthsRejected(i, residual, comparisons / TOLERANCE_DIVISOR);
            }
        }
    }

    /// @dev Which answers are stronger than each, and which as strong: bit k for answer k. As all pairs weigh the same,
    /// an answer that wins more is stronger, and one that wins as much, within `EQUAL_WITHIN`, is as strong: the order
    /// needs no strengths, so that whoever brings them cannot choose on which side of a near tie a pair falls.
    /// @param wins Of each answer against all others, in wad.
    function order(uint256[] memory wins) internal pure returns (uint256[] memory stronger, uint256[] memory tied) {
        uint256 n = wins.length;
        (stronger, tied) = (new uint256[](n), new uint256[](n));
        for (uint256 i = 0; i < n; ++i) {
            for (uint256 k = 0; k < i; ++k) {
                if (wins[i] <= wins[k] + EQUAL_WITHIN && wins[k] <= wins[i] + EQUAL_WITHIN) {
                    tied[i] |= 1 << k;
                    tied[k] |= 1 << i;
                } else if (wins[i] > wins[k]) {
                    stronger[k] |= 1 << i;
                } else {
                    stronger[i] |= 1 << k;
                }
            }
        }
    }

    /// @dev Strengths of which answers that are tied have the same: that of the first of them. Otherwise whoever brings
    /// them could prefer one of equals by a unit, and with it all that flooring leaves.
    function levelled(
        uint256[] calldata strengths,
        uint256[] memory tied
    ) internal pure returns (uint256[] memory level) {
        level = new uint256[](strengths.length);
        for (uint256 i = 0; i < level.length; ++i) level[i] = strengths[LibBit.ffs(tied[i] | (1 << i))];
    }

    /// @dev How many pairs a ranking orders as the strengths do, a tied pair counting half; in halves, so that it is
    /// whole: `n (n-1)` at the most.
    function concordance(
        Ranking ranking,
        uint256[] memory stronger,
        uint256[] memory tied
    ) internal pure returns (uint256 halves) {
        uint256 above = 0;
        for (uint256 place = 0; place < stronger.length; ++place) {
            uint256 index = ranking.answerAt(place);
            halves += 2 * LibBit.popCount(above & stronger[index]) + LibBit.popCount(above & tied[index]);
            above |= 1 << index;
        }
    }

    /// @dev Weight of a judge `d` ranks below the highest: the chance of beating the highest, `1 / (1 + 1.1^d)`, at
    /// least 1e-5, which no difference up to 42 comes to; 1 for the highest. In wad, rounded down.
    function weightDown(uint256 d) internal pure returns (uint256) {
        if (d == 0) return WAD;
        return (WAD * 10 ** d) / (10 ** d + 11 ** d);
    }
}
