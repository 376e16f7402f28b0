// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

/// @title OpenZeppelin's Math as the proofs take it: by its definitions
/// @dev The originals are written without branches, in assembly, which the model checker does not read.
library Math {
    enum Rounding {
        Floor,
        Ceil,
        Trunc,
        Expand
    }

    function min(uint256 a, uint256 b) internal pure returns (uint256) {
        return a < b ? a : b;
    }

    function max(uint256 a, uint256 b) internal pure returns (uint256) {
        return a > b ? a : b;
    }

    function saturatingSub(uint256 a, uint256 b) internal pure returns (uint256) {
        return a > b ? a - b : 0;
    }

    function ceilDiv(uint256 a, uint256 b) internal pure returns (uint256) {
        return a == 0 ? 0 : (a - 1) / b + 1;
    }

    /// @dev Some number, the same for the same argument, of which its definition is all that is known.
    function sqrt(uint256 a) internal pure returns (uint256 root) {
        root = uint256(keccak256(abi.encode("sqrt", a)));
        unchecked {
            require(root < 2 ** 128 && root * root <= a && a - root * root <= 2 * root);
        }
    }

    function sqrt(uint256 a, Rounding rounding) internal pure returns (uint256) {
        uint256 root = sqrt(a);
        return rounding == Rounding.Ceil && root * root < a ? root + 1 : root;
    }

    /// @dev Of products below 2^256.
    function mulDiv(uint256 a, uint256 b, uint256 c) internal pure returns (uint256) {
        return (a * b) / c;
    }
}
