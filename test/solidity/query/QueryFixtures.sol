// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {IQueryEscrow, Timing} from "../../../contracts/query/interfaces/IQueryEscrow.sol";
import {IRankRegistry} from "../../../contracts/query/interfaces/IRankRegistry.sol";
import {QueryEscrow} from "../../../contracts/query/QueryEscrow.sol";
import {RankRegistry} from "../../../contracts/query/RankRegistry.sol";
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
    ) internal returns (QueryEscrow escrow, RankRegistry ranks, PlainToken token) {
        vm.warp(FIRST_SECOND);
        token = new PlainToken(6);
        AccessManager authority = new AccessManager(address(this));
        ranks = new RankRegistry(address(authority));
        escrow = new QueryEscrow(token, ranks, usual(), address(authority));
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
