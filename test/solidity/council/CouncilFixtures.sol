// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

import {LockTier, StakingParams} from "../../../contracts/council/interfaces/ICouncilStaking.sol";
import {Allocation, TokenParams} from "../../../contracts/council/interfaces/ICouncilToken.sol";
import {IRewardsDistributor, RewardParams} from "../../../contracts/council/interfaces/IRewardsDistributor.sol";
import {Deployer} from "../utils/Deployer.sol";
import {vm} from "../utils/Vm.sol";
import {CouncilStaking, CouncilToken} from "./CouncilParts.sol";

/// @dev The council that the tests attack. Whoever deploys it is the admin, and holds the first supply.
library CouncilFixtures {
    /// @dev Later than any activity window, so that nobody who never took part looks as if they had.
    uint256 internal constant FIRST_SECOND = 1_800_000_000;

    // The most that the token takes.
    uint256 internal constant SUPPLY = type(uint64).max;

    // Stakes so small that every rounding shows, and as large as the supply allows.
    uint256 internal constant MIN_STAKE = 3;
    uint256 internal constant MAX_STAKE = 2 ** 61;

    uint256 internal constant MIN_CLAIM = 1_000;
    uint256 internal constant PENALTY_BPS = 1_000;
    uint256 internal constant INFLATION_BPS = 500;

    function stakingRules(LockTier[5] memory tiers) internal pure returns (StakingParams memory) {
        return
            StakingParams({
                minStake: uint96(MIN_STAKE),
                maxStake: uint96(MAX_STAKE),
                earlyExitPenaltyBps: uint16(PENALTY_BPS),
                tiers: tiers
            });
    }

    function rewardRules() internal pure returns (RewardParams memory) {
        return
            RewardParams({
                period: 7 days,
                activityWindow: 30 days,
                participationBps: 1_000,
                longTermBps: 2_000,
                governanceBps: 1_500,
                minClaim: uint96(MIN_CLAIM)
            });
    }

    function deploy(
        LockTier[5] memory tiers
    )
        internal
        returns (CouncilToken token, CouncilStaking staking, IRewardsDistributor distributor, IAccessManager authority)
    {
        vm.warp(FIRST_SECOND);
        address self = address(this);
        authority = IAccessManager(Deployer.deploy("AccessManager", abi.encode(self)));
        token = CouncilToken(
            Deployer.deploy(
                "CouncilToken",
                abi.encode(
                    Allocation(self, self, self, self, self),
                    TokenParams(uint96(SUPPLY), 4_000, 2_000, 2_000, 1_000, 1_000, uint16(INFLATION_BPS)),
                    authority
                )
            )
        );
        distributor = IRewardsDistributor(
            Deployer.deploy("RewardsDistributor", abi.encode(token, rewardRules(), authority))
        );
        staking = CouncilStaking(
            Deployer.deploy("CouncilStaking", abi.encode(token, distributor, stakingRules(tiers), authority))
        );
        distributor.bind(address(staking));
    }
}
