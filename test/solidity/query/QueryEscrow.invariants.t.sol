// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Campaign} from "../utils/Campaign.sol";
import {Tally} from "../utils/Tally.sol";
import {QueryAuditor} from "./QueryAuditor.sol";
import {QueryHandler} from "./QueryHandler.sol";

/// @dev The handler, as a contract of this file: the runner finds a target by the artifacts of the files it was given.
contract QueryUsers is QueryHandler {}

/// @title What holds in the query escrow after any sequence of calls and time
/// @dev What a call brings about is compared by the handler, what stays by the auditor.
contract QueryEscrowInvariantsTest is Campaign {
    // In calls. What went wrong mostly stays wrong until the next audit, and each call compares what it brings about.
    uint256 private constant TOTALS_INTERVAL = 4;
    uint256 private constant AUDIT_INTERVAL = 16;

    QueryUsers private _users;
    QueryAuditor private _auditor;

    function setUp() public {
        _users = new QueryUsers();
        _auditor = new QueryAuditor(_users, _users.escrow());
    }

    function invariant_Q1toQ7_allHoldAtOnce() public view atPace {
        uint256 count = _users.callCount();
        if (count % AUDIT_INTERVAL == 0) _assertAll();
        else if (count % TOTALS_INTERVAL == 0) _auditor.assertTotals();
    }

    /// @dev However a run ends, all of it holds, and everybody leaves.
    function afterInvariant() public {
        _assertAll();
        _users.everybodyLeaves(_users.callCount());
        _assertAll();
        _auditor.assertOnlyDonationsAreLeft();
    }

    function _assertAll() private view {
        _auditor.assertTotals();
        _auditor.assertAccounts();
        _auditor.assertQueries();
        _auditor.assertWinMatrix(_users.callCount());
        _auditor.assertSettleable(_users.callCount());
    }

    function _handler() internal view override returns (Tally) {
        return _users;
    }

    function _actions() internal pure override returns (bytes4[] memory selectors) {
        selectors = new bytes4[](24);
        for (uint256 i = 0; i < 3; ++i) {
            selectors[i] = QueryHandler.answer.selector;
            selectors[3 + i] = QueryHandler.openAnswers.selector;
            selectors[6 + i] = QueryHandler.judge.selector;
            selectors[9 + i] = QueryHandler.openVotes.selector;
            selectors[12 + i] = QueryHandler.settle.selector;
        }
        selectors[15] = QueryHandler.ask.selector;
        selectors[16] = QueryHandler.ask.selector;
        selectors[17] = QueryHandler.warp.selector;
        selectors[18] = QueryHandler.warp.selector;
        selectors[19] = QueryHandler.withdraw.selector;
        selectors[20] = QueryHandler.setRanks.selector;
        selectors[21] = QueryHandler.pause.selector;
        selectors[22] = QueryHandler.donate.selector;
        selectors[23] = QueryHandler.readUnknown.selector;
    }
}
