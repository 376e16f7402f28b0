// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Campaign} from "../utils/Campaign.sol";
import {Tally} from "../utils/Tally.sol";
import {VaultAuditor} from "./VaultAuditor.sol";
import {VaultHandler} from "./VaultHandler.sol";

/// @dev The handler, as a contract of this file: the runner finds a target by the artifacts of the files it was given.
contract VaultUsers is VaultHandler {}

/// @title What holds in a vault after any sequence of calls, whatever its venue and its serum do
/// @dev The runner draws other calls for each campaign.
contract StakeVaultInvariantsTest is Campaign {
    VaultUsers private _users;
    VaultAuditor private _auditor;

    function setUp() public {
        _users = new VaultUsers();
        _auditor = new VaultAuditor(_users, _users.vault());
    }

    function invariant_V1V2V5_stakesAndPotsAreTheBalanceWithinTheirLimits() public view atPace {
        _auditor.assertBalanceIsStakesAndPots();
        _auditor.assertStakesAndPotsAddUp();
        _auditor.assertTotalsStayWithinTheirLimits();
    }

    function invariant_V3V4_locksAddUpAndStakeLeavesToItsOwnerAlone() public view atPace {
        _auditor.assertLocksAndRisksAddUp();
        _auditor.assertStakeLeftToItsOwnersAlone();
    }

    /// @dev However a run ends, all of it holds.
    function afterInvariant() public view {
        _auditor.assertBalanceIsStakesAndPots();
        _auditor.assertStakesAndPotsAddUp();
        _auditor.assertLocksAndRisksAddUp();
        _auditor.assertStakeLeftToItsOwnersAlone();
        _auditor.assertTotalsStayWithinTheirLimits();
    }

    function _handler() internal view override returns (Tally) {
        return _users;
    }

    function _actions() internal pure override returns (bytes4[] memory selectors) {
        selectors = new bytes4[](9);
        selectors[0] = VaultHandler.deposit.selector;
        selectors[1] = VaultHandler.withdraw.selector;
        selectors[2] = VaultHandler.setLock.selector;
        selectors[3] = VaultHandler.setAtRisk.selector;
        selectors[4] = VaultHandler.debit.selector;
        selectors[5] = VaultHandler.credit.selector;
        selectors[6] = VaultHandler.donate.selector;
        selectors[7] = VaultHandler.govern.selector;
        selectors[8] = VaultHandler.attemptInvalid.selector;
    }
}
