// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Campaign} from "../utils/Campaign.sol";
import {Tally} from "../utils/Tally.sol";
import {ArgumentAuditor} from "./ArgumentAuditor.sol";
import {ArgumentHandler} from "./ArgumentHandler.sol";

/// @dev The handler, as a contract of this file: the runner finds a target by the artifacts of the files it was given.
contract ArgumentUsers is ArgumentHandler {}

/// @title What holds in argument staking after any sequence of calls and time
/// @dev What a call brings about is compared by the handler, what stays by the auditor.
contract ArgumentStakingInvariantsTest is Campaign {
    // In calls. What went wrong mostly stays wrong until the next audit, and each call compares what it brings about.
    uint256 private constant TOTALS_INTERVAL = 4;
    uint256 private constant AUDIT_INTERVAL = 16;

    ArgumentUsers private _users;
    ArgumentAuditor private _auditor;

    function setUp() public {
        _users = new ArgumentUsers();
        _auditor = new ArgumentAuditor(_users, _users.staking());
    }

    function invariant_A1toA8_allHoldAtOnce() public view atPace {
        uint256 count = _users.callCount();
        if (count % AUDIT_INTERVAL == 0) _assertAll();
        else if (count % TOTALS_INTERVAL == 0) _auditor.assertTotals();
    }

    /// @dev However a run ends, all of it holds, and everybody leaves.
    function afterInvariant() public {
        _assertAll();
        _users.everybodyLeaves(_users.callCount());
        _assertAll();
        _auditor.assertOnlyReserveIsLeft();
    }

    function _assertAll() private view {
        _auditor.assertTotals();
        _auditor.assertAccounts();
        _auditor.assertLimits();
        _auditor.assertStakes(0, 1);
        _auditor.assertArguments(0, 1);
        _auditor.assertLists(_users.callCount());
        _auditor.assertArgumentLists(_users.callCount());
    }

    function _handler() internal view override returns (Tally) {
        return _users;
    }

    function _actions() internal pure override returns (bytes4[] memory selectors) {
        selectors = new bytes4[](22);
        for (uint256 i = 0; i < 4; ++i) {
            selectors[i] = ArgumentHandler.create.selector;
            selectors[4 + i] = ArgumentHandler.upvote.selector;
        }
        selectors[8] = ArgumentHandler.deleteArgument.selector;
        selectors[9] = ArgumentHandler.mark.selector;
        selectors[10] = ArgumentHandler.mark.selector;
        selectors[11] = ArgumentHandler.process.selector;
        selectors[12] = ArgumentHandler.process.selector;
        selectors[13] = ArgumentHandler.withdraw.selector;
        selectors[14] = ArgumentHandler.fund.selector;
        selectors[15] = ArgumentHandler.donate.selector;
        selectors[16] = ArgumentHandler.setRules.selector;
        selectors[17] = ArgumentHandler.changePeriods.selector;
        selectors[18] = ArgumentHandler.pause.selector;
        selectors[19] = ArgumentHandler.prosper.selector;
        selectors[20] = ArgumentHandler.warp.selector;
        selectors[21] = ArgumentHandler.readUnknown.selector;
    }
}
