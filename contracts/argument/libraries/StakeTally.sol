// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {LibMap} from "solady/src/utils/LibMap.sol";

import {IdList} from "./IdList.sol";
import {StakeSlots} from "./StakeSlots.sol";

/// @dev All stakes, and the ids of each staker's in order of creation.
struct StakeBook {
    mapping(uint256 stakeId => StakeSlots) stakes;
    mapping(address staker => LibMap.Uint32Map) idsOf;
}

/// @title Sums over any run of one staker's stakes, in O(log n)
/// @dev A Fenwick tree (P. Fenwick, "A new data structure for cumulative frequency tables", 1994) over the ordinals
/// of a staker's stakes, from 1: the node of ordinal `i` is the sum over the `lowestBit(i)` ordinals that end with `i`,
/// and is kept in the stake itself. Nodes also count stakes that have ended long ago and wrap around at 2^96; a sum of
/// stakes that run is below 2^96, so it is exact.
library StakeTally {
    using IdList for LibMap.Uint32Map;

    /// @dev Appends a stake to its staker's list and says what its node is. Reads one node on average, log2 of the
    /// ordinal at the most.
    function add(
        StakeBook storage self,
        uint32 stakeId,
        address staker,
        uint96 amount
    ) internal returns (uint96 tally) {
        LibMap.Uint32Map storage ids = self.idsOf[staker];
        uint256 ordinal = ids.add(stakeId);
        uint256 block_ = _lowestBit(ordinal);
        tally = amount;
        unchecked {
            for (uint256 step = 1; step < block_; step <<= 1) tally += self.stakes[ids.idAt(ordinal - step)].tally;
        }
    }

    /// @dev Takes a stake that ends before its time out of the sums.
    function remove(StakeBook storage self, uint256 stakeId, address staker, uint96 amount) internal {
        LibMap.Uint32Map storage ids = self.idsOf[staker];
        uint256 length = ids.length();
        uint256 ordinal = firstFrom(self, staker, length, stakeId, 0, length);
        unchecked {
            for (; ordinal <= length; ordinal += _lowestBit(ordinal)) {
                self.stakes[ids.idAt(ordinal)].tally -= amount;
            }
        }
    }

    /// @dev The sum over the ordinals above `from` up to `to`, all of whose stakes run or were removed.
    function sum(StakeBook storage self, address staker, uint256 from, uint256 to) internal view returns (uint256) {
        LibMap.Uint32Map storage ids = self.idsOf[staker];
        uint96 total = 0;
        unchecked {
            for (; to > from; to -= _lowestBit(to)) total += self.stakes[ids.idAt(to)].tally;
            for (; from > to; from -= _lowestBit(from)) total -= self.stakes[ids.idAt(from)].tally;
        }
        return total;
    }

    /// @dev The first ordinal up to `to` whose stake has at least that id and was made after that instant; `to + 1`
    /// where there is none. Both grow with the ordinal. Looks at the last one, then away from a guess in steps that
    /// double, then between the last two: O(log of how far the guess is off).
    function firstFrom(
        StakeBook storage self,
        address staker,
        uint256 to,
        uint256 minId,
        uint256 madeAfter,
        uint256 guess
    ) internal view returns (uint256 high) {
        LibMap.Uint32Map storage ids = self.idsOf[staker];
        if (to == 0 || !_isFrom(self, ids.idAt(to), minId, madeAfter)) return to + 1;
        uint256 low = 0; // too early, as is everything below
        high = to; // late enough, as is everything above
        uint256 ordinal = guess == 0 ? to - 1 : Math.min(guess, to - 1);
        for (uint256 step = 1; low < ordinal && ordinal < high; step <<= 1) {
            if (_isFrom(self, ids.idAt(ordinal), minId, madeAfter)) {
                high = ordinal;
                ordinal = Math.saturatingSub(ordinal, step);
            } else {
                low = ordinal;
                ordinal += step;
            }
        }
        while (high - low > 1) {
            uint256 middle = (low + high) / 2;
            if (_isFrom(self, ids.idAt(middle), minId, madeAfter)) high = middle;
            else low = middle;
        }
    }

    function _isFrom(
        StakeBook storage self,
        uint256 stakeId,
        uint256 minId,
        uint256 madeAfter
    ) private view returns (bool) {
        return stakeId >= minId && (madeAfter == 0 || self.stakes[stakeId].createdAt > madeAfter);
    }

    function _lowestBit(uint256 x) private pure returns (uint256) {
        unchecked {
            return x & (0 - x);
        }
    }
}
