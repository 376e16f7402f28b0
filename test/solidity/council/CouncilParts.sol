// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {ICouncilGovernor} from "../../../contracts/council/interfaces/ICouncilGovernor.sol";
import {ICouncilStaking} from "../../../contracts/council/interfaces/ICouncilStaking.sol";
import {ICouncilToken} from "../../../contracts/council/interfaces/ICouncilToken.sol";

/// @dev What the token can do, with what it has from its library.
interface CouncilToken is ICouncilToken, IERC20 {
    function burn(uint256 value) external;
}

/// @dev What staking can do, with what it has from its library.
interface CouncilStaking is ICouncilStaking, IVotes {}

/// @dev What the governor can do, with what it has from its library.
interface CouncilGovernor is ICouncilGovernor, IGovernor {
    function proposalVotes(
        uint256 proposalId
    ) external view returns (uint256 againstVotes, uint256 forVotes, uint256 abstainVotes);
}
