// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {FixedPointMathLib} from "solady/src/utils/FixedPointMathLib.sol";

/// @title Scores of the Bayesian truth serum
/// @notice `s = KL(p || m_) - KL(p || p_) - KL(p_ || m)`, clamped to [-1, +1], where p and m are a participant's belief
/// and meta-prediction, p_ and m_ the weighted means of the others', and KL is the divergence of two Bernoulli
/// probabilities with the natural logarithm.
/// @dev After Prelec, "A Bayesian Truth Serum for Subjective Data", Science 306 (2004), in the leave-one-out form for
/// probabilities that docs/stake.md derives. All numbers are in wad. The first two divergences share `p ln p`, which
/// cancels, so four logarithms are left. Off the exact value by less than 1e-15, before clamping.
library TruthScore {
    int256 private constant WAD = 1e18;
    int256 private constant LOWEST = 0.01e18;
    int256 private constant HIGHEST = 0.99e18;

    /// @dev Score of a voice whose belief was not opened.
    int256 internal constant UNOPENED = -WAD;

    /// @dev Score in [-1e18, 1e18]. Takes probabilities up to 1e18 and clamps each to [0.01, 0.99]. Rounds towards
    /// zero.
    function scoreOf(
        uint256 belief,
        uint256 meta,
        uint256 othersBelief,
        uint256 othersMeta
    ) internal pure returns (int256) {
        int256 p = _clamp(belief);
        int256 m = _clamp(meta);
        int256 pOthers = _clamp(othersBelief);
        int256 mOthers = _clamp(othersMeta);
        unchecked {
            // Probabilities within [0.01, 0.99]: ratios within 1/99 and 99, logarithms within 4.6, products within
            // 2^123.
            int256 sum =
                p * _lnOfRatio(pOthers, mOthers) +
                    (WAD - p) * _lnOfRatio(WAD - pOthers, WAD - mOthers) -
                    pOthers * _lnOfRatio(pOthers, m) -
                    (WAD - pOthers) * _lnOfRatio(WAD - pOthers, WAD - m);
            return FixedPointMathLib.clamp(sum / WAD, -WAD, WAD);
        }
    }

    function _lnOfRatio(int256 a, int256 b) private pure returns (int256) {
        unchecked {
            return FixedPointMathLib.lnWad((a * WAD) / b);
        }
    }

    function _clamp(uint256 probability) private pure returns (int256) {
        return FixedPointMathLib.clamp(int256(probability), LOWEST, HIGHEST); // at most 1e18
    }
}
