// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

/// @title A token that returns nothing, for tests
/// @notice Six decimals, no permit, and `transfer`, `transferFrom` and `approve` without the return value of the
/// standard, as the oldest dollar tokens have them. Anyone mints.
contract NoReturnToken {
    string public constant name = "No Return";
    string public constant symbol = "NR";
    uint8 public constant decimals = 6;

    uint256 public totalSupply;
    mapping(address account => uint256) public balanceOf;
    mapping(address owner => mapping(address spender => uint256)) public allowance;

    event Transfer(address indexed from, address indexed to, uint256 value);
    event Approval(address indexed owner, address indexed spender, uint256 value);

    error BalanceTooSmall(address account, uint256 balance, uint256 needed);
    error AllowanceTooSmall(address spender, uint256 allowance, uint256 needed);

    /// @notice Create `amount` units for `account`.
    function mint(address account, uint256 amount) external {
        totalSupply += amount;
        balanceOf[account] += amount;
        emit Transfer(address(0), account, amount);
    }

    /// @notice ERC-20 `approve` that returns nothing.
    function approve(address spender, uint256 amount) external {
        allowance[msg.sender][spender] = amount;
        emit Approval(msg.sender, spender, amount);
    }

    /// @notice ERC-20 `transfer` that returns nothing.
    function transfer(address to, uint256 amount) external {
        _move(msg.sender, to, amount);
    }

    /// @notice ERC-20 `transferFrom` that returns nothing.
    function transferFrom(address from, address to, uint256 amount) external {
        uint256 allowed = allowance[from][msg.sender];
        if (allowed < amount) revert AllowanceTooSmall(msg.sender, allowed, amount);
        allowance[from][msg.sender] = allowed - amount;
        _move(from, to, amount);
    }

    function _move(address from, address to, uint256 amount) private {
        uint256 balance = balanceOf[from];
        if (balance < amount) revert BalanceTooSmall(from, balance, amount);
        balanceOf[from] = balance - amount;
        balanceOf[to] += amount;
        emit Transfer(from, to, amount);
    }
}
