// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {LibBit} from "solady/src/utils/LibBit.sol";

/// @title Splits of a pool to the unit
library Shares {
    /// @dev What each receiver gets of a pool: `floor(pool * weight / sum)`, equal shares where the weights of all
    /// receivers are zero; what flooring leaves goes to the first of the largest. Others get nothing.
    /// @param weights Of each account; the sum is below 2^256.
    /// @param receivers Who takes part, bit i for account i: one at least.
    function split(
        uint256 pool,
        uint256[] memory weights,
        uint256 receivers
    ) internal pure returns (uint256[] memory amounts) {
        uint256 n = weights.length;
        uint256 sum = 0;
        for (uint256 i = 0; i < n; ++i) if (isIn(receivers, i)) sum += weights[i];

        amounts = new uint256[](n);
        uint256 left = pool;
        uint256 largest = LibBit.ffs(receivers);
        for (uint256 i = largest; i < n; ++i) {
            if (!isIn(receivers, i)) continue;
            amounts[i] = sum == 0 ? pool / LibBit.popCount(receivers) : Math.mulDiv(pool, weights[i], sum);
            left -= amounts[i];
            if (amounts[i] > amounts[largest]) largest = i;
        }
        amounts[largest] += left;
    }

    /// @dev Whether bit i of a set is set.
    function isIn(uint256 set, uint256 i) internal pure returns (bool) {
        return (set >> i) & 1 == 1;
    }
}
