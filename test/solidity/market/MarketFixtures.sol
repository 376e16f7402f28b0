// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IBeliefFactory} from "../../../contracts/market/interfaces/IBeliefFactory.sol";
import {IBeliefMarket, MarketParams} from "../../../contracts/market/interfaces/IBeliefMarket.sol";
import {Deployer} from "../utils/Deployer.sol";
import {PlainToken} from "../utils/PlainToken.sol";
import {vm} from "../utils/Vm.sol";

/// @dev The markets that the tests attack, made by the real factory.
library MarketFixtures {
    bytes32 internal constant CLAIM = keccak256("Lisbon is the capital of Portugal");
    address internal constant AUTHOR = address(uint160(uint256(keccak256("author"))));
    uint256 internal constant FIRST_SECOND = 1_800_000_000;

    uint256 internal constant SIX_DECIMALS_UNIT = 1e6;
    uint256 internal constant EIGHTEEN_DECIMALS_UNIT = 1e18;

    /// @dev The rules of a local deployment, for a token whose whole is `unit`.
    function usual(uint256 unit) internal pure returns (MarketParams memory) {
        return
            MarketParams({
                lockPeriod: 30 days,
                minRewardDuration: 7 days,
                lateEntryFeeBaseBps: 50,
                lateEntryFeeMaxBps: 500,
                lateEntryFeeScale: uint96(1_000 * unit),
                authorPremiumBps: 500,
                earlyExitPenaltyBps: 1_000,
                maxSrpBps: 2_000,
                maxUserRewardBps: 50_000,
                minStake: uint96(5 * unit),
                maxStake: uint96(100_000 * unit)
            });
    }

    /// @dev Everything a market allows at once: stakes from one unit to 2^96 - 1, the highest fees and penalties, a
    /// reward pool as large as the principal, no cap on rewards that anyone would reach.
    function boundless() internal pure returns (MarketParams memory) {
        return
            MarketParams({
                lockPeriod: 1 hours,
                minRewardDuration: 0,
                lateEntryFeeBaseBps: 0,
                lateEntryFeeMaxBps: 1_000,
                lateEntryFeeScale: 1,
                authorPremiumBps: 2_000,
                earlyExitPenaltyBps: 5_000,
                maxSrpBps: 10_000,
                maxUserRewardBps: type(uint32).max,
                minStake: 1,
                maxStake: type(uint96).max
            });
    }

    /// @dev Both caps as tight as they get, so that nearly every fee is cut and nearly every reward is excess; no early
    /// exit, the longest lock, rewards only at its end.
    function tight() internal pure returns (MarketParams memory) {
        return
            MarketParams({
                lockPeriod: 4 * 365 days,
                minRewardDuration: 4 * 365 days,
                lateEntryFeeBaseBps: 1_000,
                lateEntryFeeMaxBps: 1_000,
                lateEntryFeeScale: 0,
                authorPremiumBps: 2_000,
                earlyExitPenaltyBps: 0,
                maxSrpBps: 1,
                maxUserRewardBps: 1,
                minStake: 1,
                maxStake: type(uint96).max
            });
    }

    function deployFactory(IERC20 asset, MarketParams memory params) internal returns (IBeliefFactory) {
        // Nothing here is restricted: any address can stand in for the AccessManager.
        return IBeliefFactory(Deployer.deploy("BeliefFactory", abi.encode(asset, params, address(this))));
    }

    /// @dev A token, a factory and a market on `CLAIM` by `AUTHOR`, who commits `commitment` (0 for nothing).
    function deploy(
        uint8 decimals,
        MarketParams memory params,
        uint256 commitment
    ) internal returns (IBeliefMarket market, PlainToken token) {
        vm.warp(FIRST_SECOND);
        token = new PlainToken(decimals);
        IBeliefFactory factory = deployFactory(token, params);
        token.mint(AUTHOR, commitment);
        vm.startPrank(AUTHOR);
        token.approve(address(factory), commitment);
        market = IBeliefMarket(factory.createMarket(CLAIM, commitment));
        vm.stopPrank();
    }
}
