// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {ITruthSerum} from "../../../contracts/stake/interfaces/ITruthSerum.sol";
import {IBeliefFactory} from "../../../contracts/market/interfaces/IBeliefFactory.sol";
import {IConvictionMarket} from "../../../contracts/stake/interfaces/IConvictionMarket.sol";
import {IStakeVault} from "../../../contracts/stake/interfaces/IStakeVault.sol";
import {MarketFixtures} from "../market/MarketFixtures.sol";
import {Deployer} from "../utils/Deployer.sol";
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
        vault = IStakeVault(
            Deployer.deploy(
                "StakeVault",
                abi.encode(token, Deployer.deploy("AccessManager", abi.encode(address(this))))
            )
        );
    }

    /// @dev A venue on `vault`, with a belief market for each claim.
    function deployVenue(IStakeVault vault) internal returns (IConvictionMarket) {
        IERC20 token = vault.asset();
        IBeliefFactory factory = MarketFixtures.deployFactory(
            token,
            MarketFixtures.usual(MarketFixtures.SIX_DECIMALS_UNIT)
        );
        for (uint256 i = 0; i < CLAIMS; ++i) factory.createMarket(claim(i), 0);
        return
            IConvictionMarket(
                Deployer.deploy("ConvictionMarket", abi.encode(token, factory, vault, authorityOf(vault)))
            );
    }

    function deploySerum(
        IConvictionMarket venue,
        uint32 epochLength,
        uint32 revealWindow
    ) internal returns (ITruthSerum) {
        IStakeVault vault = venue.vault();
        return
            ITruthSerum(
                Deployer.deploy("TruthSerum", abi.encode(venue, vault, epochLength, revealWindow, authorityOf(vault)))
            );
    }

    /// @dev Roles as the deployment gives them, and the vault bound for good.
    function bind(IStakeVault vault, address venue, address serum) internal {
        IAccessManager authority = authorityOf(vault);
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

    function authorityOf(IStakeVault vault) internal view returns (IAccessManager) {
        return IAccessManager(IAccessManaged(address(vault)).authority());
    }
}
