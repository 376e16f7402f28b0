// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IConvictionMarket} from "../../../contracts/stake/interfaces/IConvictionMarket.sol";
import {IStakeVault} from "../../../contracts/stake/interfaces/IStakeVault.sol";
import {ITruthSerum} from "../../../contracts/stake/interfaces/ITruthSerum.sol";
import {Campaign} from "../utils/Campaign.sol";
import {SerumAuditor} from "./SerumAuditor.sol";
import {SerumHandler} from "./SerumHandler.sol";
import {StakeFixtures} from "./StakeFixtures.sol";
import {Tally} from "../utils/Tally.sol";
import {VaultAuditor} from "./VaultAuditor.sol";
import {VenueAuditor} from "./VenueAuditor.sol";

/// @dev The handler, as a contract of this file: the runner finds a target by the artifacts of the files it was given.
contract SerumUsers is SerumHandler {
    constructor(ITruthSerum serum_, uint256 largestAmount) SerumHandler(serum_, largestAmount) {}
}

/// @title What holds in the stake system after any sequence of calls and time
/// @dev What a call brings about is compared by the handler, what stays by the auditors.
abstract contract StakeSystemUnderAttack is Campaign {
    SerumUsers internal _users;
    SerumAuditor internal _auditor;
    VenueAuditor internal _venueAuditor;
    VaultAuditor internal _vaultAuditor;

    function setUp() public {
        (IStakeVault vault, ) = StakeFixtures.deployVault();
        IConvictionMarket venue = StakeFixtures.deployVenue(vault);
        (uint32 epochLength, uint32 revealWindow, uint256 largestAmount) = _setting();
        ITruthSerum serum = StakeFixtures.deploySerum(venue, epochLength, revealWindow);
        StakeFixtures.bind(vault, address(venue), address(serum));
        _users = new SerumUsers(serum, largestAmount);
        StakeFixtures.authorityOf(vault).grantRole(0, address(_users), 0);
        _venueAuditor = new VenueAuditor(_users, venue);
        _vaultAuditor = new VaultAuditor(_users, vault);
        _auditor = new SerumAuditor(_users, serum, _venueAuditor);
    }

    function invariant_S1toS4B1toB6_allHoldAtOnce() public view atPace {
        _vaultAuditor.assertBalanceIsStakesAndPots();
        _auditor.assertPotsAreOutstandingAndCarried();
        uint256 count = _users.callCount();
        if (count % 3 == 0) _auditor.assertRiskIsTheLargestPendingVoice();
        else if (count % 3 == 1) _auditor.assertEpochs(count / 3, 1);
        else _vaultAuditor.assertStakesAndPotsAddUp();
    }

    /// @dev However a run ends, everybody gets out.
    function afterInvariant() public {
        _vaultAuditor.assertBalanceIsStakesAndPots();
        _vaultAuditor.assertStakesAndPotsAddUp();
        _vaultAuditor.assertLocksAndRisksAddUp();
        _vaultAuditor.assertStakeLeftToItsOwnersAlone();
        _venueAuditor.assertReservesCoverSupplies();
        _venueAuditor.assertLocksAreThoseOfOpenPositions();
        _auditor.assertEverybodyLeaves(_users.callCount());
    }

    /// @dev Length of an epoch and of the time for opening, in seconds, and the most that one purchase pays.
    function _setting() internal pure virtual returns (uint32, uint32, uint256);

    function _handler() internal view override returns (Tally) {
        return _users;
    }

    function _actions() internal pure override returns (bytes4[] memory selectors) {
        selectors = new bytes4[](19);
        selectors[0] = SerumHandler.buy.selector;
        selectors[1] = SerumHandler.sell.selector;
        selectors[2] = SerumHandler.deposit.selector;
        selectors[3] = SerumHandler.withdraw.selector;
        selectors[4] = SerumHandler.donate.selector;
        selectors[5] = SerumHandler.commit.selector;
        selectors[6] = SerumHandler.commit.selector;
        selectors[7] = SerumHandler.commit.selector;
        selectors[8] = SerumHandler.reveal.selector;
        selectors[9] = SerumHandler.reveal.selector;
        selectors[10] = SerumHandler.settle.selector;
        selectors[11] = SerumHandler.settle.selector;
        selectors[12] = SerumHandler.distribute.selector;
        selectors[13] = SerumHandler.distribute.selector;
        selectors[14] = SerumHandler.claim.selector;
        selectors[15] = SerumHandler.warp.selector;
        selectors[16] = SerumHandler.warp.selector;
        selectors[17] = SerumHandler.attemptInvalid.selector;
        selectors[18] = SerumHandler.attemptInvalid.selector;
    }
}

/// @dev Epochs of a week, opened for two days, as the deployment has them.
contract UsualEpochsInvariantsTest is StakeSystemUnderAttack {
    function _setting() internal pure override returns (uint32, uint32, uint256) {
        return (7 days, 2 days, 2 ** 60);
    }
}

/// @dev An epoch is opened during the whole of the next one, so that three of them overlap. One purchase may fill a
/// pool to the last unit that its slot holds.
contract OverlappingEpochsInvariantsTest is StakeSystemUnderAttack {
    function _setting() internal pure override returns (uint32, uint32, uint256) {
        return (100, 100, 2 ** 85 - 1);
    }
}
