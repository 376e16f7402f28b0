// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Side} from "../../shared/Side.sol";

/// @dev A claim's pool: LONG supply (bits 0..84) | SHORT supply (bits 85..169) | reserve (bits 170..254) | whether the
/// pool exists (bit 255). A trade changes them together. The venue keeps the reserve below 2^85, and neither supply
/// exceeds the reserve: L^2 + S^2 <= R^2.
type CurveSlot is uint256;

using CurveSlotLib for CurveSlot global;

/// @title Storage word of a LONG/SHORT pool
/// @notice Taken apart and put together here and nowhere else.
library CurveSlotLib {
    /// @dev Largest reserve: 2^85 - 1 units, 38 million tokens of 18 decimals.
    uint256 internal constant MAX_RESERVE = (1 << BITS) - 1;

    uint256 private constant BITS = 85;

    /// @dev The pool of a claim before anybody traded.
    function empty() internal pure returns (CurveSlot) {
        return CurveSlot.wrap(1 << 255);
    }

    function exists(CurveSlot self) internal pure returns (bool) {
        return CurveSlot.unwrap(self) != 0;
    }

    function longSupply(CurveSlot self) internal pure returns (uint256) {
        return CurveSlot.unwrap(self) & MAX_RESERVE;
    }

    function shortSupply(CurveSlot self) internal pure returns (uint256) {
        return (CurveSlot.unwrap(self) >> BITS) & MAX_RESERVE;
    }

    function reserve(CurveSlot self) internal pure returns (uint256) {
        return (CurveSlot.unwrap(self) >> (2 * BITS)) & MAX_RESERVE;
    }

    /// @dev The supply that a trade in `side` changes, and the other one.
    function supplies(CurveSlot self, Side side) internal pure returns (uint256 own, uint256 other) {
        (own, other) = (self.longSupply(), self.shortSupply());
        if (side == Side.Oppose) (own, other) = (other, own);
    }

    /// @dev The pool after a trade in `side`. own <= reserve_ <= MAX_RESERVE.
    function afterTrade(CurveSlot self, Side side, uint256 own, uint256 reserve_) internal pure returns (CurveSlot) {
        (uint256 long, uint256 short) = side == Side.Support ? (own, self.shortSupply()) : (self.longSupply(), own);
        return CurveSlot.wrap((1 << 255) | (reserve_ << (2 * BITS)) | (short << BITS) | long);
    }
}
