// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title A token that calls back, for tests
/// @notice An 18-decimals ERC-20 with permit. Each place where control is inside the token is a hook; an armed hook
/// makes its calls, notes how each of them ended, and lets the token go on.
/// @dev A hook fires once: it is disarmed before its first call, so calls that move tokens do not recurse. The token
/// itself is the caller; give it tokens, an allowance and positions with `mint`, `approveFor` and `execute`.
contract ReentrantToken is ERC20Permit {
    /// @notice Where the token calls back from.
    enum Hook {
        Transfer, // on entering `transfer`
        TransferFrom, // on entering `transferFrom`
        BeforeMove, // in any move of balances, before them
        AfterMove, // in any move of balances, after them
        Permit // on entering `permit`
    }

    /// @notice One call of a hook.
    struct Call {
        address target;
        bytes data;
    }

    /// @notice How one call ended.
    /// @param hook The hook that made it.
    /// @param isSuccess Whether it returned.
    /// @param data What it returned, or what it reverted with.
    struct Outcome {
        Hook hook;
        bool isSuccess;
        bytes data;
    }

    mapping(Hook hook => Call[]) private _armed;
    Outcome[] private _outcomes;

    constructor() ERC20("Reentrant", "RE") ERC20Permit("Reentrant") {}

    /* ARM AND READ */

    /// @notice Make `hook` do these calls, in order, the next time it is reached.
    function arm(Hook hook, Call[] calldata calls) external {
        delete _armed[hook];
        for (uint256 i = 0; i < calls.length; ++i) _armed[hook].push(calls[i]);
    }

    /// @notice How the calls of all hooks have ended since the token was deployed, oldest first: at most `limit` of
    /// them, from the one at `offset` on.
    function outcomes(uint256 offset, uint256 limit) external view returns (Outcome[] memory page) {
        uint256 left = Math.saturatingSub(_outcomes.length, offset);
        page = new Outcome[](Math.min(limit, left));
        for (uint256 i = 0; i < page.length; ++i) page[i] = _outcomes[offset + i];
    }

    /* ACT AS THE ATTACKER */

    /// @notice Create `amount` units for `account`. Fires the hooks of a move.
    function mint(address account, uint256 amount) external {
        _mint(account, amount);
    }

    /// @notice Set an allowance without the owner.
    function approveFor(address owner, address spender, uint256 amount) external {
        _approve(owner, spender, amount);
    }

    /// @notice Call `target` with the token as caller; reverts with what the call reverts with.
    function execute(address target, bytes calldata data) external returns (bytes memory returned) {
        bool isSuccess;
        (isSuccess, returned) = target.call(data);
        if (!isSuccess) {
            assembly ("memory-safe") {
                revert(add(returned, 32), mload(returned))
            }
        }
    }

    /* HOOKS */

    /// @inheritdoc ERC20
    function transfer(address to, uint256 value) public override returns (bool) {
        _fire(Hook.Transfer);
        return super.transfer(to, value);
    }

    /// @inheritdoc ERC20
    function transferFrom(address from, address to, uint256 value) public override returns (bool) {
        _fire(Hook.TransferFrom);
        return super.transferFrom(from, to, value);
    }

    /// @inheritdoc ERC20Permit
    function permit(
        address owner,
        address spender,
        uint256 value,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) public override {
        _fire(Hook.Permit);
        super.permit(owner, spender, value, deadline, v, r, s);
    }

    /// @inheritdoc ERC20
    function _update(address from, address to, uint256 value) internal override {
        _fire(Hook.BeforeMove);
        super._update(from, to, value);
        _fire(Hook.AfterMove);
    }

    function _fire(Hook hook) private {
        Call[] memory calls = _armed[hook];
        if (calls.length == 0) return;
        delete _armed[hook];
        for (uint256 i = 0; i < calls.length; ++i) {
            (bool isSuccess, bytes memory data) = calls[i].target.call(calls[i].data);
            _outcomes.push(Outcome({hook: hook, isSuccess: isSuccess, data: data}));
        }
    }
}
