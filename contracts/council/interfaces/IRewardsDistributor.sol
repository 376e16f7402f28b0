// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IActivityRecorder} from "../../shared/ActivityRecorder.sol";

/// @notice Boosters and times of the rewards.
struct RewardParams {
    /// How long a period streams, in seconds: a day to 365 days.
    uint32 period;
    /// How long activity counts, in seconds: an hour to 365 days.
    uint32 activityWindow;
    /// More weight for taking part, for a position at the highest tier, for voting on proposals: 0 to 10,000 each.
    uint16 participationBps;
    uint16 longTermBps;
    uint16 governanceBps;
    /// Least reward that is paid, in token units.
    uint96 minClaim;
}

/// @title Rewards of those who stake in the council
/// @notice Rewards stream evenly over a period to all who stake, by voting power x (1 + boosters).
/// @dev Amounts in token units. Whatever the contract holds beyond what it owes joins the next period: what was funded,
/// penalties, what streamed while nobody staked, what was sent unasked. An account's weight is what it was when the
/// account was last touched: by a change of its stake, a claim, or `poke`. Activity is noted when it is recorded, and
/// counts from the next touch on.
interface IRewardsDistributor is IActivityRecorder {
    /* EVENTS */

    /// @notice Somebody paid for rewards.
    /// @param funder Who.
    /// @param amount What.
    event Funded(address indexed funder, uint256 amount);

    /// @notice A period began.
    /// @param period Its number, from 1.
    /// @param amount What it streams.
    /// @param endsAt When it will have, in unix seconds.
    event PeriodStarted(uint256 indexed period, uint256 amount, uint256 endsAt);

    /// @notice Somebody took part, in a debate, with an argument, an answer or a judgement.
    /// @param account Who.
    /// @param recorder The contract where they did.
    event ParticipationRecorded(address indexed account, address indexed recorder);

    /// @notice An account shares in rewards by another weight.
    /// @param account Whose.
    /// @param weight The weight: power x (1 + boosters), rounded down.
    /// @param boosterBps The boosters that it counts.
    event WeightChanged(address indexed account, uint256 weight, uint256 boosterBps);

    /// @notice Somebody took their reward.
    /// @param account Who.
    /// @param amount What.
    event Claimed(address indexed account, uint256 amount);

    /// @notice Somebody staked their reward.
    /// @param account Who.
    /// @param amount What.
    /// @param positionId The new position.
    event Compounded(address indexed account, uint256 amount, uint256 indexed positionId);

    /* ERRORS */

    /// @notice There is no code at the token's address.
    error TokenNotContract(address token);

    /// @notice Only council staking tells changes of stake.
    error NotStaking(address caller);

    /// @notice Council staking is bound for good.
    error AlreadyBound(address staking);

    /// @notice Nothing was to be paid.
    error AmountZero();

    /// @notice The period is not over.
    error PeriodNotOver(uint256 endsAt);

    /// @notice There is nothing that a period could stream.
    error NothingToStream();

    /// @notice A reward is paid from `min` on, and whatever it is to whom has no stake any more.
    error RewardTooSmall(address account, uint256 reward, uint256 min);

    /// @notice More weight than the books can count.
    error WeightTooLarge(uint256 total, uint256 max);

    /* REWARDS */

    /// @notice Pay for rewards. They stream with the next period.
    /// @dev Anyone who has allowed the contract to move the amount. Emits `Funded`. Reverts with `AmountZero`, or the
    /// token's own error.
    /// @param amount What to pay, in token units.
    function fund(uint256 amount) external;

    /// @notice Begin a period with all that is not owed.
    /// @dev Anyone, once the last period is over. Emits `PeriodStarted`. Reverts with `PeriodNotOver` or
    /// `NothingToStream`.
    /// @return amount What it streams, in token units.
    function startPeriod() external returns (uint256 amount);

    /// @notice Take one's reward.
    /// @dev Anyone; nobody can pause it. Rounded down; what that leaves is shared again. Emits `Claimed`. Reverts with
    /// `RewardTooSmall`, or the token's own error.
    /// @return amount What was paid, in token units.
    function claim() external returns (uint256 amount);

    /// @notice Stake one's reward: the same as claiming and staking it.
    /// @dev Anyone. Emits `Compounded`. Reverts with `RewardTooSmall`, and as `ICouncilStaking.stake` does.
    /// @param lockDays How long it stays: the days of a tier.
    /// @return amount What was staked, in token units.
    /// @return positionId The new position.
    function compound(uint256 lockDays) external returns (uint256 amount, uint256 positionId);

    /// @notice Bring an account's boosters up to date.
    /// @dev Anyone. Emits `WeightChanged` where the weight changes.
    /// @param account Whose.
    function poke(address account) external;

    /* HOOKS */

    /// @notice Fix where stakes are told from, once.
    /// @dev Restricted by the `AccessManager`. Lets it take tokens, for `compound`. Reverts with `AlreadyBound`.
    /// @param staking_ Council staking.
    function bind(address staking_) external;

    /// @notice An account's stake has changed.
    /// @dev Council staking alone. Emits `WeightChanged` where the weight changes. Reverts with `NotStaking` or
    /// `WeightTooLarge`, the latter never where the power falls.
    /// @param account Whose.
    /// @param power Its voting power now.
    /// @param isLongTerm Whether it has a position at the highest tier.
    function onStakeChanged(address account, uint256 power, bool isLongTerm) external;

    /// @notice Somebody voted on a proposal: a booster for the activity window, from the next touch on.
    /// @dev Restricted by the `AccessManager` to contracts where that happens. It emits nothing: the governor's
    /// `VoteCast` tells it.
    /// @param account Who.
    function recordVote(address account) external;

    /* READ */

    /// @notice The token that is paid.
    function token() external view returns (IERC20);

    /// @notice Where stakes are told from; 0 before it is bound.
    function staking() external view returns (address);

    /// @notice Boosters and times.
    function params() external view returns (RewardParams memory);

    /// @notice What somebody could take now, in token units, if boosters that have lapsed still count until then.
    /// @param account Whose.
    function claimable(address account) external view returns (uint256);

    /// @notice What is known of an account.
    /// @param owner Whose.
    /// @return power Its voting power.
    /// @return weight What it shares by.
    /// @return boosterBps The boosters in it.
    /// @return currentBoosterBps The boosters that the next touch will count.
    /// @return participatedAt When it last took part, in unix seconds; 0 where it never did.
    /// @return votedAt When it last voted, in unix seconds; 0 where it never did.
    function account(
        address owner
    )
        external
        view
        returns (
            uint256 power,
            uint256 weight,
            uint256 boosterBps,
            uint256 currentBoosterBps,
            uint256 participatedAt,
            uint256 votedAt
        );

    /// @notice The period that streams, or streamed last.
    /// @return period Its number; 0 before the first.
    /// @return amount What it streams, in token units.
    /// @return startedAt When it began, in unix seconds.
    /// @return endsAt When it ends, in unix seconds.
    /// @return streamed What it has streamed, in token units.
    function stream()
        external
        view
        returns (uint256 period, uint256 amount, uint256 startedAt, uint256 endsAt, uint256 streamed);

    /// @notice All weights.
    function totalWeight() external view returns (uint256);

    /// @notice What has streamed and was not claimed, and what the period is still to stream, in token units.
    function owed() external view returns (uint256);

    /// @notice What a period would stream that began now, in token units.
    function nextPeriodAmount() external view returns (uint256);
}
