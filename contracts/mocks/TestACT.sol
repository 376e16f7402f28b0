// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @title Test tokens of 18 decimals for local chains
/// @notice Anyone mints any amount. Never deployed where tokens are worth something.
contract TestACT is ERC20Permit {
    constructor() ERC20("Test ACT", "ACT") ERC20Permit("Test ACT") {}

    /// @notice Create `amount` units for `account`.
    function mint(address account, uint256 amount) external {
        _mint(account, amount);
    }
}
