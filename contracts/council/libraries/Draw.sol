// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {DynamicArrayLib} from "solady/src/utils/DynamicArrayLib.sol";

/// @title A weighted draw without repetition, without touching the weights
/// @dev The weights lie side by side on a line. What was drawn is excluded: a point on the line without it is moved
/// past every excluded stretch that begins at or before it.
library Draw {
    using Draw for Lot;

    struct Lot {
        /// Length of the line without what is excluded.
        uint256 left;
        /// Drawn so far.
        uint256 count;
        /// Excluded stretches, by where they begin.
        uint256[] starts;
        uint256[] lengths;
    }

    /// @dev A line of that length, of which at most so many stretches will be excluded.
    function begin(uint256 length, uint256 most) internal pure returns (Lot memory lot) {
        lot.left = length;
        (lot.starts, lot.lengths) = (new uint256[](most), new uint256[](most));
    }

    /// @dev The next point on the whole line, outside of what is excluded; each as probable as any other, but for a
    /// bias of less than 2^-150.
    function next(Lot memory self, uint256 seed) internal pure returns (uint256 point) {
        point = uint256(keccak256(abi.encode(seed, self.count))) % self.left;
        for (uint256 i = 0; i < self.count && point >= self.starts[i]; ++i) point += self.lengths[i];
    }

    /// @dev Excludes a stretch.
    function exclude(Lot memory self, uint256 start, uint256 length) internal pure {
        uint256 i = self.count++;
        for (; i > 0 && self.starts[i - 1] > start; --i) {
            (self.starts[i], self.lengths[i]) = (self.starts[i - 1], self.lengths[i - 1]);
        }
        (self.starts[i], self.lengths[i]) = (start, length);
        self.left -= length;
    }

    /// @dev The first of a list.
    function firstOf(uint256[] memory list, uint256 count) internal pure returns (uint256[] memory) {
        return DynamicArrayLib.truncate(list, count);
    }
}
