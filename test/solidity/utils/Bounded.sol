// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @dev Turns any fuzz input into a valid one.
library Bounded {
    // One draw in so many is the smallest, one the largest.
    uint256 private constant ENDS_INTERVAL = 16;

    /// @dev A number from `min` to `max`, both included, each as likely.
    function within(uint256 seed, uint256 min, uint256 max) internal pure returns (uint256) {
        uint256 size = max - min + 1;
        return size == 0 ? seed : min + (seed % size);
    }

    /// @dev A number from `min` to `max` whose length in bits is as likely to be short as long: the sizes at which
    /// rounding shows come up as often as the large ones. Both ends are drawn on purpose as well.
    function ofAnySize(uint256 seed, uint256 min, uint256 max) internal pure returns (uint256) {
        uint256 choice = seed % ENDS_INTERVAL;
        if (choice == 0) return min;
        if (choice == 1) return max;
        uint256 rest = uint256(keccak256(abi.encode(seed)));
        uint256 size = max - min;
        uint256 length = rest % (Math.log2(size) + 2); // in bits, from none to all that `size` has
        uint256 drawn = rest >> 8;
        if (length < 256) drawn &= (1 << length) - 1;
        return drawn > size ? max : min + drawn;
    }
}
