// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {ParameterBounds} from "../../shared/ParameterBounds.sol";
import {MarketParams} from "../interfaces/IBeliefMarket.sol";

/// @title Bounds of the rules of a market
library MarketParamsLib {
    uint256 internal constant MIN_LOCK_PERIOD = 1 hours;
    uint256 internal constant MAX_LOCK_PERIOD = 4 * 365 days;
    uint256 internal constant MAX_LATE_ENTRY_FEE_BPS = 1_000;
    uint256 internal constant MAX_AUTHOR_PREMIUM_BPS = 2_000;
    uint256 internal constant MAX_EARLY_EXIT_PENALTY_BPS = 5_000;
    uint256 internal constant MAX_SRP_BPS = 10_000;

    /// @dev Reverts with `ParameterOutOfBounds` for the first rule outside its bounds, in the order of the struct.
    function validate(MarketParams memory p) internal pure {
        ParameterBounds.check("lockPeriod", p.lockPeriod, MIN_LOCK_PERIOD, MAX_LOCK_PERIOD);
        ParameterBounds.check("minRewardDuration", p.minRewardDuration, 0, p.lockPeriod);
        ParameterBounds.check("lateEntryFeeBaseBps", p.lateEntryFeeBaseBps, 0, p.lateEntryFeeMaxBps);
        ParameterBounds.check("lateEntryFeeMaxBps", p.lateEntryFeeMaxBps, 0, MAX_LATE_ENTRY_FEE_BPS);
        ParameterBounds.check("authorPremiumBps", p.authorPremiumBps, 0, MAX_AUTHOR_PREMIUM_BPS);
        ParameterBounds.check("earlyExitPenaltyBps", p.earlyExitPenaltyBps, 0, MAX_EARLY_EXIT_PENALTY_BPS);
        ParameterBounds.check("maxSrpBps", p.maxSrpBps, 1, MAX_SRP_BPS);
        ParameterBounds.check("maxUserRewardBps", p.maxUserRewardBps, 1, type(uint32).max);
        ParameterBounds.check("minStake", p.minStake, 1, p.maxStake);
    }
}
