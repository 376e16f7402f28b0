// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title A token that shuts accounts out, for tests
/// @notice Six decimals, no permit. Anyone mints and anyone shuts an account out or lets it in again; tokens neither
/// leave nor reach an account that is shut out.
contract BlacklistToken is ERC20 {
    /// @notice Whether an account is shut out.
    mapping(address account => bool) public isBlacklisted;

    /// @notice The account can neither send nor receive.
    error AccountBlacklisted(address account);

    constructor() ERC20("Blacklist", "BL") {}

    /// @notice Create `amount` units for `account`.
    function mint(address account, uint256 amount) external {
        _mint(account, amount);
    }

    /// @notice Shut `account` out, or let it in again.
    function setBlacklisted(address account, bool isShutOut) external {
        isBlacklisted[account] = isShutOut;
    }

    /// @inheritdoc ERC20
    function decimals() public pure override returns (uint8) {
        return 6;
    }

    /// @inheritdoc ERC20
    function _update(address from, address to, uint256 value) internal override {
        if (isBlacklisted[from]) revert AccountBlacklisted(from);
        if (isBlacklisted[to]) revert AccountBlacklisted(to);
        super._update(from, to, value);
    }
}
