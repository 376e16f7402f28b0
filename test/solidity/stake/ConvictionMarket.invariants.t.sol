// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IConvictionMarket} from "../../../contracts/stake/interfaces/IConvictionMarket.sol";
import {IStakeVault} from "../../../contracts/stake/interfaces/IStakeVault.sol";
import {Campaign} from "../utils/Campaign.sol";
import {StakeFixtures} from "./StakeFixtures.sol";
import {Tally} from "../utils/Tally.sol";
import {VaultAuditor} from "./VaultAuditor.sol";
import {VenueAuditor} from "./VenueAuditor.sol";
import {VenueHandler} from "./VenueHandler.sol";

/// @dev The handler, as a contract of this file: the runner finds a target by the artifacts of the files it was given.
contract VenueUsers is VenueHandler {
    constructor(IConvictionMarket venue_, address serum_) VenueHandler(venue_, serum_) {}
}

/// @title What holds in a venue after any sequence of trades, whatever a serum does to the stakes
/// @dev The runner discards what an invariant changes.
contract ConvictionMarketInvariantsTest is Campaign {
    // Selling everything costs more than all other checks together.
    uint256 private constant SELLING_INTERVAL = 16;

    VenueUsers private _users;
    VenueAuditor private _auditor;
    VaultAuditor private _vaultAuditor;

    function setUp() public {
        (IStakeVault vault, ) = StakeFixtures.deployVault();
        IConvictionMarket venue = StakeFixtures.deployVenue(vault);
        address serum = address(uint160(uint256(keccak256("serum"))));
        StakeFixtures.bind(vault, address(venue), serum);
        _users = new VenueUsers(venue, serum);
        StakeFixtures.authorityOf(vault).grantRole(0, address(_users), 0);
        _auditor = new VenueAuditor(_users, venue);
        _vaultAuditor = new VaultAuditor(_users, vault);
    }

    function invariant_C1C2S3_reservesCoverSuppliesAndLocksArePositions() public view atPace {
        _auditor.assertBalanceIsReserves();
        _vaultAuditor.assertBalanceIsStakesAndPots();
        if (_users.callCount() % 2 == 0) _auditor.assertReservesCoverSupplies();
        else _auditor.assertLocksAreThoseOfOpenPositions();
    }

    function invariant_S5_everythingSellsInAnyOrder() public atPace {
        uint256 count = _users.callCount();
        if (count % SELLING_INTERVAL == 0) _auditor.assertEverythingSells(count);
    }

    /// @dev However a run ends, all of it holds.
    function afterInvariant() public {
        _vaultAuditor.assertStakesAndPotsAddUp();
        _vaultAuditor.assertLocksAndRisksAddUp();
        _vaultAuditor.assertStakeLeftToItsOwnersAlone();
        _auditor.assertReservesCoverSupplies();
        _auditor.assertEverythingSells(_users.callCount());
    }

    function _handler() internal view override returns (Tally) {
        return _users;
    }

    function _actions() internal pure override returns (bytes4[] memory selectors) {
        selectors = new bytes4[](12);
        selectors[0] = VenueHandler.createPool.selector;
        selectors[1] = VenueHandler.buy.selector;
        selectors[2] = VenueHandler.buy.selector;
        selectors[3] = VenueHandler.sell.selector;
        selectors[4] = VenueHandler.sellWhole.selector;
        selectors[5] = VenueHandler.deposit.selector;
        selectors[6] = VenueHandler.withdraw.selector;
        selectors[7] = VenueHandler.lose.selector;
        selectors[8] = VenueHandler.win.selector;
        selectors[9] = VenueHandler.raiseVoice.selector;
        selectors[10] = VenueHandler.donate.selector;
        selectors[11] = VenueHandler.attemptInvalid.selector;
    }
}
