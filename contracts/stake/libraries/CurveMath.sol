// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Arithmetic of the LONG/SHORT curve
/// @notice Cost of L LONG and S SHORT: `C(L, S) = sqrt(L^2 + S^2)`, in integers.
/// @dev Reserves and supplies are below 2^85, so squares and their sums are below 2^172. Formulas: docs/stake.md.
library CurveMath {
    uint256 private constant WAD = 1e18;

    /// @dev Units of purchase for each unit of lock: 2 %.
    uint256 internal constant AMOUNT_PER_LOCK = 50;

    /// @dev Lock behind a purchase: `floor(amount / 50)`. Rounds in favour of the buyer.
    function lockDown(uint256 amount) internal pure returns (uint256) {
        return amount / AMOUNT_PER_LOCK;
    }

    /// @dev Supply of a side that a reserve pays for beside `other`: `floor(sqrt(reserve^2 - other^2))`. Rounds down,
    /// in favour of the reserve. reserve >= other.
    function supplyDown(uint256 reserve, uint256 other) internal pure returns (uint256) {
        return Math.sqrt(reserve * reserve - other * other);
    }

    /// @dev Reserve that two supplies need: `ceil(sqrt(own^2 + other^2))`. Rounds up, in favour of the reserve.
    function reserveUp(uint256 own, uint256 other) internal pure returns (uint256) {
        return Math.sqrt(own * own + other * other, Math.Rounding.Ceil);
    }

    /// @dev Price of the next token of `own` in wad: `own / C`. Rounds down; 1e18 where there are no tokens, since the
    /// first one costs a unit.
    function priceDown(uint256 own, uint256 other) internal pure returns (uint256) {
        uint256 squares = own * own + other * other;
        return squares == 0 ? WAD : Math.sqrt(Math.mulDiv(own * own, WAD * WAD, squares));
    }

    /// @dev Share of LONG in `L^2 + S^2`, in wad. Rounds down; one half where there are no tokens.
    function beliefDown(uint256 long, uint256 short) internal pure returns (uint256) {
        uint256 squares = long * long + short * short;
        return squares == 0 ? WAD / 2 : (long * long * WAD) / squares; // below 2^230
    }
}
