// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IQueryEscrow} from "../../../contracts/query/interfaces/IQueryEscrow.sol";

/// @title Whether votes bear strengths out, plainly
/// @dev `|won_i - N sum_k p_i / (p_i + p_k)| <= 1e-9 (n-1) N` for each answer, one after the other, each sum anew.
library PlainLikelihood {
    uint256 private constant MAX_STRENGTH = 2 ** 200;
    uint256 private constant ONE = 2 ** 55;

    /// @dev With what error the strengths are refused: nothing where they are accepted.
    /// @param won Of each answer, the virtual judge's half wins included, in wad.
    /// @param pairWeight All judges and the virtual one, in wad.
    function refusalOf(
        uint256[] memory strengths,
        uint256[] memory won,
        uint256 pairWeight
    ) internal pure returns (bytes memory) {
        uint256 n = won.length;
        if (strengths.length != n) {
            return abi.encodeWithSelector(IQueryEscrow.StrengthsLengthMismatch.selector, strengths.length, n);
        }
        for (uint256 i = 0; i < n; ++i) {
            bytes4 outOfRange = IQueryEscrow.StrengthOutOfRange.selector;
            if (strengths[i] < 1) return abi.encodeWithSelector(outOfRange, i, 0, 1, MAX_STRENGTH);
            if (strengths[i] > MAX_STRENGTH) {
                return abi.encodeWithSelector(outOfRange, i, strengths[i], 1, MAX_STRENGTH);
            }
        }
        uint256 tolerance = (pairWeight * (n - 1) * ONE) / 1e9; // down: whole numbers are compared
        for (uint256 i = 0; i < n; ++i) {
            uint256 residual = _residual(strengths, i, won[i], pairWeight);
            if (residual <= tolerance) continue;
            return abi.encodeWithSelector(IQueryEscrow.StrengthsRejected.selector, i, residual, tolerance);
        }
        return "";
    }

    /// @dev Of each pair the later answer's chance is rounded down, and the other has what is left.
    function _residual(
        uint256[] memory strengths,
        uint256 i,
        uint256 won,
        uint256 pairWeight
    ) private pure returns (uint256) {
        uint256 chances = 0;
        for (uint256 k = 0; k < strengths.length; ++k) {
            if (k < i) chances += (strengths[i] * ONE) / (strengths[i] + strengths[k]);
            else if (k > i) chances += ONE - (strengths[k] * ONE) / (strengths[i] + strengths[k]);
        }
        (won, chances) = (won * ONE, chances * pairWeight);
        return won > chances ? won - chances : chances - won;
    }
}
