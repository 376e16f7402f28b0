// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {BeliefFactory} from "../../../contracts/market/BeliefFactory.sol";
import {ConvictionMarket} from "../../../contracts/stake/ConvictionMarket.sol";
import {StakeVault} from "../../../contracts/stake/StakeVault.sol";
import {TruthSerum} from "../../../contracts/stake/TruthSerum.sol";
import {IConvictionMarket} from "../../../contracts/stake/interfaces/IConvictionMarket.sol";
import {IStakeVault} from "../../../contracts/stake/interfaces/IStakeVault.sol";
import {MarketFixtures} from "../market/MarketFixtures.sol";
import {PlainToken} from "../utils/PlainToken.sol";
import {vm} from "../utils/Vm.sol";

/// @dev The stake system that the tests attack. Whoever deploys it is the admin.
library StakeFixtures {
    uint64 internal constant VENUE_ROLE = 2;
    uint64 internal constant SERUM_ROLE = 3;
    uint256 internal constant CLAIMS = 3;

    function claim(uint256 index) internal pure returns (bytes32) {
        return bytes32(index + 1); // cheap: stores walk through all of them
    }

    function deployVault() internal returns (IStakeVault vault, PlainToken token) {
        vm.warp(MarketFixtures.FIRST_SECOND);
        token = new PlainToken(6);
        vault = new StakeVault(token, address(new AccessManager(address(this))));
    }

    /// @dev A venue on `vault`, with a belief market for each claim.
    function deployVenue(IStakeVault vault) internal returns (IConvictionMarket) {
        IERC20 token = vault.asset();
        BeliefFactory factory = MarketFixtures.deployFactory(
            token,
            MarketFixtures.usual(MarketFixtures.SIX_DECIMALS_UNIT)
        );
        for (uint256 i = 0; i < CLAIMS; ++i) factory.createMarket(claim(i), 0);
        return new ConvictionMarket(token, factory, vault, address(authorityOf(vault)));
    }

    function deploySerum(
        IConvictionMarket venue,
        uint32 epochLength,
        uint32 revealWindow
    ) internal returns (TruthSerum) {
        IStakeVault vault = venue.vault();
        return new TruthSerum(venue, vault, epochLength, revealWindow, address(authorityOf(vault)));
    }

    /// @dev Roles as the deployment gives them, and the vault bound for good.
    function bind(IStakeVault vault, address venue, address serum) internal {
        AccessManager authority = authorityOf(vault);
        bytes4[] memory venueSelectors = new bytes4[](1);
        venueSelectors[0] = IStakeVault.setLock.selector;
        bytes4[] memory serumSelectors = new bytes4[](3);
        serumSelectors[0] = IStakeVault.setAtRisk.selector;
        serumSelectors[1] = IStakeVault.debit.selector;
        serumSelectors[2] = IStakeVault.credit.selector;
        authority.setTargetFunctionRole(address(vault), venueSelectors, VENUE_ROLE);
        authority.setTargetFunctionRole(address(vault), serumSelectors, SERUM_ROLE);
        authority.grantRole(VENUE_ROLE, venue, 0);
        authority.grantRole(SERUM_ROLE, serum, 0);
        vault.bind(venue, serum);
    }

    function authorityOf(IStakeVault vault) internal view returns (AccessManager) {
        return AccessManager(StakeVault(address(vault)).authority());
    }
}
