// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

import {IQueryEscrow, Timing} from "../../../contracts/query/interfaces/IQueryEscrow.sol";
import {IRankRegistry} from "../../../contracts/query/interfaces/IRankRegistry.sol";
import {Deployer} from "../utils/Deployer.sol";
import {PlainToken} from "../utils/PlainToken.sol";
import {vm} from "../utils/Vm.sol";

/// @dev The query escrow that the tests attack.
library QueryFixtures {
    uint64 internal constant GUARDIAN_ROLE = 1;
    uint64 internal constant REGISTRAR_ROLE = 6;
    uint256 internal constant FIRST_SECOND = 2_000_000_000;
    uint256 internal constant UNIT = 1e6;

    function usual() internal pure returns (Timing memory) {
        return Timing({answering: 3 days, opening: 1 days, judging: 2 days, revealing: 12 hours});
    }

    /// @dev The roles as the deployment gives them, and a registrar.
    function deploy(
        address guardian,
        address registrar
    ) internal returns (IQueryEscrow escrow, IRankRegistry ranks, PlainToken token) {
        vm.warp(FIRST_SECOND);
        token = new PlainToken(6);
        IAccessManager authority = IAccessManager(Deployer.deploy("AccessManager", abi.encode(address(this))));
        ranks = IRankRegistry(Deployer.deploy("RankRegistry", abi.encode(authority)));
        escrow = IQueryEscrow(Deployer.deploy("QueryEscrow", abi.encode(token, ranks, usual(), authority)));
        bytes4[] memory selectors = new bytes4[](2);
        selectors[0] = IQueryEscrow.pauseEntries.selector;
        selectors[1] = IQueryEscrow.unpauseEntries.selector;
        authority.setTargetFunctionRole(address(escrow), selectors, GUARDIAN_ROLE);
        authority.grantRole(GUARDIAN_ROLE, guardian, 0);
        selectors = new bytes4[](1);
        selectors[0] = IRankRegistry.setRanks.selector;
        authority.setTargetFunctionRole(address(ranks), selectors, REGISTRAR_ROLE);
        authority.grantRole(REGISTRAR_ROLE, registrar, 0);
    }
}
