// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @title Test dollars for local chains
/// @notice Anyone mints any amount. Never deployed where tokens are worth something.
contract TestUSDC is ERC20Permit {
    constructor() ERC20("Test USDC", "USDC") ERC20Permit("Test USDC") {}

    /// @notice Create `amount` units for `account`.
    function mint(address account, uint256 amount) external {
        _mint(account, amount);
    }

    /// @inheritdoc ERC20
    function decimals() public pure override returns (uint8) {
        return 6;
    }
}
