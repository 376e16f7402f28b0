// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {ArgumentParams} from "../../../contracts/argument/interfaces/IArgumentStaking.sol";
import {Bounded} from "../utils/Bounded.sol";

/// @dev Any rules that argument staking may have, both ends of each bound among them.
library RandomArgumentRules {
    using Bounded for uint256;

    uint256 private constant HOUR = 3_600;
    uint256 private constant YEAR = 31_536_000;
    uint256 private constant LARGEST_STAKE = 2 ** 80 - 1;

    function draw(uint256 seed) internal pure returns (ArgumentParams memory p) {
        p.upvoteStake = uint96(_next(seed, "upvoteStake").ofAnySize(1, LARGEST_STAKE));
        p.period = uint32(_next(seed, "period").ofAnySize(HOUR, YEAR));
        p.interestRateBps = uint16(_next(seed, "interestRateBps").ofAnySize(0, 10_000));
        p.creatorShareBps = uint16(_next(seed, "creatorShareBps").ofAnySize(0, 10_000));
        p.stakeLimitWindow = uint32(_next(seed, "stakeLimitWindow").ofAnySize(HOUR, YEAR));
        p.stakeLimitBps = uint16(_next(seed, "stakeLimitBps").ofAnySize(1, 10_000));
        p.unjailUpvotes = uint16(_next(seed, "unjailUpvotes").ofAnySize(1, 1_000));
        p.creationStake = uint96(_next(seed, "creationStake").ofAnySize(1, LARGEST_STAKE));
        p.maxArgumentsPerClaim = uint16(_next(seed, "maxArgumentsPerClaim").ofAnySize(1, 100));
        p.maxSummaryLength = uint16(_next(seed, "maxSummaryLength").ofAnySize(1, 1_000));
        p.minSummaryLength = uint16(_next(seed, "minSummaryLength").ofAnySize(1, p.maxSummaryLength));
        p.maxBodyLength = uint16(_next(seed, "maxBodyLength").ofAnySize(1, 20_000));
        p.minBodyLength = uint16(_next(seed, "minBodyLength").ofAnySize(1, p.maxBodyLength));
        p.minCuratorStake = uint96(_next(seed, "minCuratorStake").ofAnySize(1, LARGEST_STAKE));
        p.jailPeriod = uint32(_next(seed, "jailPeriod").ofAnySize(HOUR, YEAR));
        p.curatorShareBps = uint16(_next(seed, "curatorShareBps").ofAnySize(0, 10_000));
        p.unhelpfulThreshold = uint16(_next(seed, "unhelpfulThreshold").ofAnySize(1, 25));
    }

    /// @dev Rules among which a few users get somewhere: stakes mostly of one size, limits that leave room for more
    /// than one of them, short texts, thresholds within reach. Every other one keeps `period`.
    function drawPlayable(uint256 seed, uint32 period) internal pure returns (ArgumentParams memory p) {
        p = draw(seed);
        uint256 scale = _next(seed, "scale");
        uint256 largest = scale % 4 == 0 ? LARGEST_STAKE : 50_000;
        p.upvoteStake = uint96((scale >> 8).ofAnySize(1, largest));
        p.creationStake = uint96((scale >> 16).ofAnySize(1, largest));
        p.minCuratorStake = uint96((scale >> 24).ofAnySize(1, 1 + largest / 2));
        if (scale % 8 < 4) p.period = period;
        else if (scale % 8 < 7) p.period = uint32((scale >> 32).within(1 days, 30 days));
        if (scale % 3 != 0) p.stakeLimitBps = uint16((scale >> 40).within(2_000, 10_000));
        if (scale % 5 != 0) p.interestRateBps = uint16((scale >> 48).within(1_000, 10_000));
        p.unjailUpvotes = uint16((scale >> 56).within(1, 3));
        p.unhelpfulThreshold = uint16((scale >> 64).within(1, 4));
        p.maxSummaryLength = uint16((scale >> 72).within(2, 40));
        p.minSummaryLength = uint16((scale >> 80).within(1, p.maxSummaryLength));
        p.maxBodyLength = uint16((scale >> 88).within(2, 100));
        p.minBodyLength = uint16((scale >> 96).within(1, p.maxBodyLength));
    }

    function _next(uint256 seed, string memory field) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, field)));
    }
}
