// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

/// @title Strengths from wins alone
/// @dev As all pairs weigh the same, the likelihood equations ask of the votes no more than how much each answer wins.
/// Each in turn takes a step of Newton's method on the logarithm of its strength, a bit longer with many answers, until
/// all equations hold to 1e-13 of an answer's comparisons.
library StrengthSolver {
    uint256 private constant ONE = 1 << 80;
    uint256 private constant SCALE = 1 << 128; // of strengths: they are within 2^40 of it
    uint256 private constant PRECISION_DIVISOR = 1e13;
    uint256 private constant MAX_ROUNDS = 500;
    uint256 private constant ANSWERS_TO_DOUBLE_STEP = 80;

    error NotSolved(uint256 answers);

    /// @param won Of each answer against all others, the virtual judge's half wins included, in wad; positive.
    /// @param pairWeight All judges and the virtual one, in wad.
    function solve(uint256[] memory won, uint256 pairWeight) internal pure returns (uint256[] memory strengths) {
        uint256 n = won.length;
        strengths = new uint256[](n);
        for (uint256 i = 0; i < n; ++i) strengths[i] = (SCALE * won[i]) / (pairWeight * (n - 1) - won[i]);
        for (uint256 round = 0; round < MAX_ROUNDS; ++round) {
            bool isSolved = true;
            for (uint256 i = 0; i < n; ++i) if (!_improve(strengths, i, won[i], pairWeight)) isSolved = false;
            if (isSolved) return strengths;
        }
        revert NotSolved(n);
    }

    /// @dev Says whether the equation held before.
    function _improve(
        uint256[] memory strengths,
        uint256 i,
        uint256 won,
        uint256 pairWeight
    ) private pure returns (bool isSolved) {
        (uint256 foretold, uint256 slope) = _foretold(strengths, i);
        (foretold, slope) = (foretold * pairWeight, slope * pairWeight);
        won *= ONE;
        uint256 residual = won > foretold ? won - foretold : foretold - won;
        uint256 n = strengths.length;
        uint256 step = ONE + (((residual * ONE) / slope) * (ANSWERS_TO_DOUBLE_STEP + n)) / ANSWERS_TO_DOUBLE_STEP;
        strengths[i] = won > foretold ? (strengths[i] * step) / ONE : (strengths[i] * ONE) / step;
        return residual * PRECISION_DIVISOR <= pairWeight * (n - 1) * ONE;
    }

    /// @dev How many of its comparisons the strengths let an answer win, and how that grows with the logarithm of its
    /// strength.
    function _foretold(uint256[] memory strengths, uint256 i) private pure returns (uint256 chances, uint256 slope) {
        uint256 n = strengths.length;
        uint256 own = strengths[i];
        // Chances are at most 2^80, strengths below 2^168.
        unchecked {
            for (uint256 k = 0; k < n; ++k) {
                if (k == i) continue;
                uint256 chance = (own * ONE) / (own + strengths[k]);
                chances += chance;
                slope += (chance * (ONE - chance)) / ONE;
            }
        }
    }
}
