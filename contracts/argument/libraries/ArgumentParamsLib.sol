// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {ParameterBounds} from "../../shared/ParameterBounds.sol";
import {ArgumentParams, IArgumentStaking} from "../interfaces/IArgumentStaking.sol";

/// @title Bounds of the rules of argument staking
library ArgumentParamsLib {
    /// @dev 2^80 - 1 units: about 1.2 million tokens of 18 decimals.
    uint256 internal constant MAX_STAKE = type(uint80).max;
    uint256 internal constant MIN_SPAN = 1 hours;
    uint256 internal constant MAX_SPAN = 365 days;
    uint256 internal constant MAX_UNJAIL_UPVOTES = 1_000;
    uint256 internal constant MAX_ARGUMENTS_PER_CLAIM = 100;
    uint256 internal constant MAX_SUMMARY_LENGTH = 1_000;
    uint256 internal constant MAX_BODY_LENGTH = 20_000;
    /// @dev The mark that decides pays as many credits.
    uint256 internal constant MAX_UNHELPFUL_THRESHOLD = 25;
    uint256 private constant BPS = 10_000;

    /// @dev Reverts with `ParameterOutOfBounds` for the first rule outside its bounds, in the order of the struct.
    function validate(ArgumentParams memory p) internal pure {
        ParameterBounds.check("upvoteStake", p.upvoteStake, 1, MAX_STAKE);
        ParameterBounds.check("period", p.period, MIN_SPAN, MAX_SPAN);
        ParameterBounds.check("interestRateBps", p.interestRateBps, 0, BPS);
        ParameterBounds.check("creatorShareBps", p.creatorShareBps, 0, BPS);
        ParameterBounds.check("stakeLimitWindow", p.stakeLimitWindow, MIN_SPAN, MAX_SPAN);
        ParameterBounds.check("stakeLimitBps", p.stakeLimitBps, 1, BPS);
        ParameterBounds.check("unjailUpvotes", p.unjailUpvotes, 1, MAX_UNJAIL_UPVOTES);
        ParameterBounds.check("creationStake", p.creationStake, 1, MAX_STAKE);
        ParameterBounds.check("maxArgumentsPerClaim", p.maxArgumentsPerClaim, 1, MAX_ARGUMENTS_PER_CLAIM);
        ParameterBounds.check("minSummaryLength", p.minSummaryLength, 1, p.maxSummaryLength);
        ParameterBounds.check("maxSummaryLength", p.maxSummaryLength, 1, MAX_SUMMARY_LENGTH);
        ParameterBounds.check("minBodyLength", p.minBodyLength, 1, p.maxBodyLength);
        ParameterBounds.check("maxBodyLength", p.maxBodyLength, 1, MAX_BODY_LENGTH);
        ParameterBounds.check("curatorShareBps", p.curatorShareBps, 0, BPS);
        ParameterBounds.check("minCuratorStake", p.minCuratorStake, 1, MAX_STAKE);
        ParameterBounds.check("jailPeriod", p.jailPeriod, MIN_SPAN, MAX_SPAN);
        ParameterBounds.check("unhelpfulThreshold", p.unhelpfulThreshold, 1, MAX_UNHELPFUL_THRESHOLD);
    }

    /// @dev Reverts unless a text of those lengths, in bytes, is within the rules.
    function checkText(ArgumentParams storage self, uint256 summaryLength, uint256 bodyLength) internal view {
        (uint256 min, uint256 max) = (self.minSummaryLength, self.maxSummaryLength);
        if (summaryLength < min || summaryLength > max) {
            revert IArgumentStaking.SummaryLengthOutOfRange(summaryLength, min, max);
        }
        (min, max) = (self.minBodyLength, self.maxBodyLength);
        if (bodyLength < min || bodyLength > max) revert IArgumentStaking.BodyLengthOutOfRange(bodyLength, min, max);
    }
}
