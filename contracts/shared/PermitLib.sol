// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";

/// @title EIP-2612 permits that others may have sent first
library PermitLib {
    /// @notice The permit was not accepted, and the allowance does not suffice without it.
    error PermitRejected(address owner, uint256 allowance, uint256 amount);

    /// @dev Lets this contract move `amount` of the caller's tokens. Whoever sees the permit may send it first: what
    /// counts is that the allowance is there.
    function permitFromCaller(IERC20 asset, uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) internal {
        try IERC20Permit(address(asset)).permit(msg.sender, address(this), amount, deadline, v, r, s) {} catch {
            uint256 allowance = asset.allowance(msg.sender, address(this));
            if (allowance < amount) revert PermitRejected(msg.sender, allowance, amount);
        }
    }
}
