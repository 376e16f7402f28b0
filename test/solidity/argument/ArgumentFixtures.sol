// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

import {IBeliefFactory} from "../../../contracts/market/interfaces/IBeliefFactory.sol";
import {ArgumentParams, IArgumentStaking} from "../../../contracts/argument/interfaces/IArgumentStaking.sol";
import {Roles} from "../../../contracts/shared/Roles.sol";
import {MarketFixtures} from "../market/MarketFixtures.sol";
import {Deployer} from "../utils/Deployer.sol";
import {PlainToken} from "../utils/PlainToken.sol";
import {vm} from "../utils/Vm.sol";

/// @dev The argument staking that the tests attack. Whoever deploys it is the admin.
library ArgumentFixtures {
    uint64 internal constant GUARDIAN_ROLE = 1;
    uint256 internal constant CLAIMS = 3;

    function claim(uint256 index) internal pure returns (bytes32) {
        return bytes32(index + 1);
    }

    /// @dev The rules of a local deployment.
    function usual() internal pure returns (ArgumentParams memory) {
        return
            ArgumentParams({
                upvoteStake: 10 ether,
                period: 7 days,
                interestRateBps: 2_500,
                creatorShareBps: 5_000,
                stakeLimitWindow: 7 days,
                stakeLimitBps: 6_670,
                unjailUpvotes: 1,
                creationStake: 50 ether,
                maxArgumentsPerClaim: 5,
                minSummaryLength: 25,
                maxSummaryLength: 140,
                minBodyLength: 25,
                maxBodyLength: 1_250,
                minCuratorStake: 50 ether,
                jailPeriod: 7 days,
                curatorShareBps: 2_500,
                unhelpfulThreshold: 5
            });
    }

    /// @dev A belief market for each claim, and the roles as the deployment gives them.
    function deploy(
        address guardian,
        address curator,
        address slasher
    ) internal returns (IArgumentStaking staking, PlainToken token) {
        vm.warp(MarketFixtures.FIRST_SECOND);
        token = new PlainToken(18);
        IBeliefFactory factory = MarketFixtures.deployFactory(
            token,
            MarketFixtures.usual(MarketFixtures.EIGHTEEN_DECIMALS_UNIT)
        );
        for (uint256 i = 0; i < CLAIMS; ++i) factory.createMarket(claim(i), 0);
        IAccessManager authority = IAccessManager(Deployer.deploy("AccessManager", abi.encode(address(this))));
        staking = IArgumentStaking(Deployer.deploy("ArgumentStaking", abi.encode(token, factory, usual(), authority)));
        bytes4[] memory selectors = new bytes4[](2);
        selectors[0] = IArgumentStaking.pauseEntries.selector;
        selectors[1] = IArgumentStaking.unpauseEntries.selector;
        authority.setTargetFunctionRole(address(staking), selectors, GUARDIAN_ROLE);
        authority.grantRole(GUARDIAN_ROLE, guardian, 0);
        authority.grantRole(Roles.CURATOR, curator, 0);
        authority.grantRole(Roles.SLASHER, slasher, 0);
    }
}
