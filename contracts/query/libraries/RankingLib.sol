// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IQueryEscrow} from "../interfaces/IQueryEscrow.sol";

/// @dev A ranking of up to 32 answers, five bits for each place from the best on.
type Ranking is uint160;

using RankingLib for Ranking global;

/// @title Rankings packed into a word
library RankingLib {
    uint256 private constant BITS = 5;
    uint256 private constant MASK = 31;

    /// @dev Packs a full ranking of `count` answers. Reverts with `NotPermutation`.
    function pack(uint8[] calldata order, uint256 count) internal pure returns (Ranking) {
        if (order.length != count) revert IQueryEscrow.NotPermutation(count);
        uint256 packed = 0;
        uint256 seen = 0;
        for (uint256 place = 0; place < count; ++place) {
            uint256 index = order[place];
            if (index >= count || (seen >> index) & 1 == 1) revert IQueryEscrow.NotPermutation(count);
            seen |= 1 << index;
            packed |= index << (place * BITS);
        }
        return Ranking.wrap(uint160(packed)); // 32 places of five bits
    }

    /// @dev Whether there is a ranking: one of two answers or more is never 0.
    function isThere(Ranking self) internal pure returns (bool) {
        return Ranking.unwrap(self) != 0;
    }

    /// @dev The answer at a place, from 0 for the best.
    function answerAt(Ranking self, uint256 place) internal pure returns (uint256) {
        return (uint256(Ranking.unwrap(self)) >> (place * BITS)) & MASK;
    }
}
