// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

/// @title Bounds of rules that governance may set
library ParameterBounds {
    /// @notice A rule is outside its bounds.
    error ParameterOutOfBounds(string parameter, uint256 value, uint256 min, uint256 max);

    /// @dev Reverts unless `min <= value <= max`.
    function check(string memory parameter, uint256 value, uint256 min, uint256 max) internal pure {
        if (value < min || value > max) revert ParameterOutOfBounds(parameter, value, min, max);
    }
}
