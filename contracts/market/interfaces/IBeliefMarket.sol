// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {Side} from "../../shared/Side.sol";

/// @notice The rules of one market, fixed when it is created. One basis point (bps) is 1/10,000.
/// @param lockPeriod Seconds for which a position's principal is locked: 1 hour to 4 years.
/// @param minRewardDuration Seconds after its deposit before a position can claim rewards, at most `lockPeriod`.
/// @param lateEntryFeeBaseBps Entry fee of the second staker on, before growth, at most `lateEntryFeeMaxBps`.
/// @param lateEntryFeeMaxBps Ceiling of the entry fee, at most 1,000.
/// @param lateEntryFeeScale Total principal (asset units) that adds 1 bps to the entry fee; 0 means no growth.
/// @param authorPremiumBps Share of the author's first commitment that goes to the reward pool, at most 2,000.
/// @param earlyExitPenaltyBps Share of principal that an early exit costs, at most 5,000; 0 means no early exit.
/// @param maxSrpBps Ceiling of the signal reward pool as a share of total principal, 1 to 10,000.
/// @param maxUserRewardBps Ceiling of a position's lifetime reward as a multiple of what it paid in (10,000 = once
/// the fee), at least 1 and not bounded by 10,000. A position that paid nothing counts its principal.
/// @param minStake Smallest amount of one commitment, in asset units, at least 1.
/// @param maxStake Largest amount of one commitment, in asset units, at least `minStake`.
struct MarketParams {
    uint32 lockPeriod;
    uint32 minRewardDuration;
    uint16 lateEntryFeeBaseBps;
    uint16 lateEntryFeeMaxBps;
    uint96 lateEntryFeeScale;
    uint16 authorPremiumBps;
    uint16 earlyExitPenaltyBps;
    uint16 maxSrpBps;
    uint32 maxUserRewardBps;
    uint96 minStake;
    uint96 maxStake;
}

/// @title A market of belief on one claim
/// @notice People lock capital on Support or Oppose of a claim. Nothing is ever resolved true or false: the signal is
/// where capital sits weighted by how long it has been there, and patience earns what haste pays in fees.
/// @dev Amounts are in units of `asset`. Instants are unix seconds. A position's weight at time t is
/// `principal * (t - depositedAt)`. The asset must be a plain ERC-20 of up to 18 decimals: a token that takes a fee
/// on transfer or changes balances by itself breaks the accounting.
interface IBeliefMarket {
    /// @notice One commitment on one side.
    /// @param owner Who may withdraw, exit and claim.
    /// @param side The side it stands on.
    /// @param principal What comes back whole after the lock, in asset units.
    /// @param depositedAt When it was made.
    /// @param rewardAllowance What it may still take before its lifetime cap, in asset units, earned already or not.
    struct Position {
        address owner;
        Side side;
        uint96 principal;
        uint40 depositedAt;
        uint96 rewardAllowance;
    }

    /// @notice The whole market at this instant.
    /// @param supportPrincipal Sum of principal on Support, in asset units.
    /// @param opposePrincipal Sum of principal on Oppose, in asset units.
    /// @param supportWeight Time-weighted signal of Support, in asset units x seconds.
    /// @param opposeWeight Time-weighted signal of Oppose, in asset units x seconds.
    /// @param srp Signal reward pool: every reward the market still holds, shared or not, in asset units.
    /// @param undistributed The part of `srp` that no position has earned yet, in asset units.
    /// @param positionCount Positions ever opened; ids run from 1 to this number.
    /// @param timeRewardPerWeight Accumulator A, sum of `reward * (time - createdAt) / weight`, in ray (1e27).
    /// @param rewardPerWeight Accumulator B, sum of `reward / weight`, in ray (1e27).
    struct MarketState {
        uint256 supportPrincipal;
        uint256 opposePrincipal;
        uint256 supportWeight;
        uint256 opposeWeight;
        uint256 srp;
        uint256 undistributed;
        uint256 positionCount;
        uint256 timeRewardPerWeight;
        uint256 rewardPerWeight;
    }

    /* EVENTS */

    /// @notice A position was opened.
    /// @param positionId Its id, from 1.
    /// @param owner Who committed.
    /// @param side The side committed to.
    /// @param principal What the position holds: the amount paid less `fee`.
    /// @param fee Entry fee, or the author's premium, that went to the reward pool.
    event Committed(uint256 indexed positionId, address indexed owner, Side side, uint256 principal, uint256 fee);

    /// @notice Rewards were shared among all positions, by their weight at this instant.
    /// @param amount What was set aside for them, in asset units, rounded up over what they earned; the rest of what
    /// was to be shared stays undistributed.
    event RewardsDistributed(uint256 amount);

    /// @notice Rewards that a position earned above its cap were handed back to the undistributed rewards.
    /// @param positionId The position, which keeps all it may take.
    /// @param amount What was handed back.
    event ExcessReleased(uint256 indexed positionId, uint256 amount);

    /// @notice A position took rewards and stays open.
    /// @param positionId The position.
    /// @param owner Who was paid.
    /// @param reward What was paid.
    /// @param excess Rewards above the position's cap, handed back to the undistributed rewards.
    event RewardsClaimed(uint256 indexed positionId, address indexed owner, uint256 reward, uint256 excess);

    /// @notice A position left after its lock.
    /// @param positionId The position, closed from here on.
    /// @param owner Who was paid.
    /// @param principal Principal paid back, whole.
    /// @param reward Rewards paid with it.
    /// @param excess Rewards above the position's cap, handed back to the undistributed rewards.
    event Withdrawn(
        uint256 indexed positionId,
        address indexed owner,
        uint256 principal,
        uint256 reward,
        uint256 excess
    );

    /// @notice A position left before its lock was over.
    /// @param positionId The position, closed from here on.
    /// @param owner Who was paid.
    /// @param returned Principal less penalty, paid back.
    /// @param penalty What stayed behind for the others.
    /// @param forfeited Rewards the position had earned and gave up.
    event ExitedEarly(
        uint256 indexed positionId,
        address indexed owner,
        uint256 returned,
        uint256 penalty,
        uint256 forfeited
    );

    /* ERRORS */

    /// @notice A commitment must be between the market's bounds.
    error StakeOutOfRange(uint256 amount, uint256 min, uint256 max);

    /// @notice The entry fee has grown above the limit the caller set.
    error EntryFeeAboveLimit(uint256 feeBps, uint256 maxFeeBps);

    /// @notice A market holds less than 2^104 asset units of principal.
    error TotalPrincipalTooLarge(uint256 totalPrincipal, uint256 max);

    /// @notice No position has this id; ids run from 1 to `positionCount`.
    error PositionUnknown(uint256 positionId, uint256 positionCount);

    /// @notice The position was withdrawn or exited before.
    error PositionClosed(uint256 positionId);

    /// @notice Only the owner moves a position.
    error NotPositionOwner(uint256 positionId, address caller, address owner);

    /// @notice Principal is locked until `unlocksAt`.
    error PrincipalLocked(uint256 positionId, uint256 unlocksAt);

    /// @notice The lock ended at `unlockedAt`: withdraw instead, it costs nothing.
    error LockEnded(uint256 positionId, uint256 unlockedAt);

    /// @notice This market was created without early exit.
    error EarlyExitDisabled();

    /// @notice Rewards of this position can be claimed from `claimableAt`.
    error RewardsNotClaimableYet(uint256 positionId, uint256 claimableAt);

    /// @notice Only the factory records the author's commitment, while it creates the market.
    error NotFactory(address caller);

    /// @notice The shared implementation is no market: call a clone made by the factory.
    error NotClone();

    /* COMMIT */

    /// @notice Lock `amount` on a side of the claim.
    /// @dev Pulls `amount` from the caller, who must have allowed it. The entry fee is
    /// `floor(amount * entryFeeBps() / 10,000)`, less where the reward pool's cap asks for less; the rest is
    /// principal. The fee is shared at once among the weight already present. Emits `Committed`, and
    /// `RewardsDistributed` where something was shared. Reverts with `StakeOutOfRange`, `EntryFeeAboveLimit`,
    /// `TotalPrincipalTooLarge`, or the asset's own error; with `SafeCastOverflowedUintDowncast` once a market is
    /// 2^32 seconds (136 years) old. Warning: whether the fee can be shared, which costs up to 40,000 gas, depends
    /// on the second of inclusion: leave a margin on an estimate.
    /// @param side The side to stand on.
    /// @param amount What to pay, in asset units, between `minStake` and `maxStake`.
    /// @param maxFeeBps The highest entry fee the caller accepts, in bps: others may commit first and raise it.
    /// @return positionId Id of the new position, from 1.
    function commit(Side side, uint256 amount, uint256 maxFeeBps) external returns (uint256 positionId);

    /// @notice `commit` with an EIP-2612 permit in place of an allowance.
    /// @dev A permit that was already used (anybody may send it ahead) is no failure while the allowance is there.
    /// Reverts with `PermitRejected` where it is not, and as `commit` does.
    /// @param side The side to stand on.
    /// @param amount What to pay and the value of the permit, in asset units.
    /// @param maxFeeBps The highest entry fee the caller accepts, in bps.
    /// @param deadline Last second at which the permit holds.
    /// @param v Recovery byte of the permit's signature.
    /// @param r First half of the permit's signature.
    /// @param s Second half of the permit's signature.
    /// @return positionId Id of the new position, from 1.
    function commitWithPermit(
        Side side,
        uint256 amount,
        uint256 maxFeeBps,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external returns (uint256 positionId);

    /* EARN AND LEAVE */

    /// @notice Take what a position has earned; its weight and deposit time stay as they are.
    /// @dev Owner only, from `minRewardDuration` after the deposit. Rounds down; the fraction of a unit stays with
    /// the position for a later claim (up to a loss of principal / 1e27 units a claim). Pays nothing and moves
    /// nothing where nothing is due. Emits `RewardsClaimed`. Reverts with `RewardsNotClaimableYet`,
    /// `NotPositionOwner`, `PositionClosed`, `PositionUnknown`.
    /// @param positionId The position.
    /// @return reward What was paid, in asset units.
    function claimRewards(uint256 positionId) external returns (uint256 reward);

    /// @notice Close a position after its lock: whole principal and what it has earned, in one transfer.
    /// @dev Owner only. Emits `Withdrawn`. Reverts with `PrincipalLocked`, `NotPositionOwner`, `PositionClosed`,
    /// `PositionUnknown`.
    /// @param positionId The position.
    /// @return principal Principal paid back, in asset units.
    /// @return reward Rewards paid with it, in asset units, rounded down.
    function withdraw(uint256 positionId) external returns (uint256 principal, uint256 reward);

    /// @notice Close a position before its lock is over: principal less a penalty, and no rewards.
    /// @dev Owner only. The penalty is `floor(principal * earlyExitPenaltyBps / 10,000)`, less where the reward
    /// pool's cap asks for less, and nothing where nobody else is staked. Forfeited rewards become undistributed and
    /// the penalty is shared among those who stay. Emits `ExitedEarly`, and `RewardsDistributed` where something was
    /// shared. Reverts with `EarlyExitDisabled`, `LockEnded`, `NotPositionOwner`, `PositionClosed`,
    /// `PositionUnknown`.
    /// @param positionId The position.
    /// @return returned What was paid back, in asset units.
    /// @return penalty What stayed behind, in asset units, rounded down.
    function exitEarly(uint256 positionId) external returns (uint256 returned, uint256 penalty);

    /* UPKEEP */

    /// @notice Share the undistributed rewards, if they can be shared now.
    /// @dev Anyone. Possible while Oppose has weight or, once `lockPeriod` has passed since creation, while any side
    /// has. Otherwise, and when nothing is undistributed, returns 0 and changes nothing. Emits `RewardsDistributed`.
    /// @return amount What was shared, in asset units.
    function distribute() external returns (uint256 amount);

    /// @notice Hand what a position earned above its cap back to the undistributed rewards, for others to earn.
    /// @dev Anyone. Takes nothing from the position: `pendingRewards` and `rewardAllowance` stay as they are. Leaves
    /// up to 1 + principal / 1e27 units of the excess, which rounding may claim. Without more than that returns 0
    /// and changes nothing. Emits `ExcessReleased`. Reverts with `PositionClosed`, `PositionUnknown`.
    /// @param positionId An open position.
    /// @return amount What was handed back, in asset units.
    function releaseExcess(uint256 positionId) external returns (uint256 amount);

    /// @notice Records the author's commitment on Support; the factory moves the tokens in the same call.
    /// @dev Factory only, within `createMarket`. The author pays the premium in place of the entry fee.
    /// @param amount What the author pays, in asset units.
    /// @return positionId Id of the author's position.
    function commitAuthor(uint256 amount) external returns (uint256 positionId);

    /* READ */

    /// @notice Share of the time-weighted capital that stands on Support.
    /// @return wad `W_support / (W_support + W_oppose)` in wad (1e18 = 100 %), rounded down; 0.5e18 while both are
    /// zero.
    function belief() external view returns (uint256 wad);

    /// @notice Time-weighted signal of a side at this instant, `t * P - S`.
    /// @param side The side.
    /// @return Sum over its open positions of principal x age, in asset units x seconds, exact.
    function weight(Side side) external view returns (uint256);

    /// @notice Entry fee of a commitment made now: `min(base + floor(totalPrincipal / scale), max)`.
    /// @return In bps; zero while nobody is staked.
    function entryFeeBps() external view returns (uint256);

    /// @notice What `claimRewards` or `withdraw` would pay as reward if it were allowed at this instant.
    /// @param positionId An open position.
    /// @return In asset units, rounded down and within the position's cap.
    function pendingRewards(uint256 positionId) external view returns (uint256);

    /// @notice An open position.
    /// @dev Reverts with `PositionUnknown` or `PositionClosed`.
    /// @param positionId The position.
    /// @return The position.
    function position(uint256 positionId) external view returns (Position memory);

    /// @notice The rules this market was created with.
    function params() external view returns (MarketParams memory);

    /// @notice The whole market at this instant.
    function state() external view returns (MarketState memory);

    /// @notice The claim this market is about.
    function claimId() external view returns (bytes32);

    /// @notice The ERC-20 that is staked.
    function asset() external view returns (IERC20);

    /// @notice The factory that the code of this market belongs to.
    /// @dev Warning: anybody can clone the implementation with arguments of their own. A market is genuine only if
    /// `factory.marketOf(claimId())` is its address, asked of a factory you know.
    function factory() external view returns (address);

    /// @notice Who created this market.
    function author() external view returns (address);

    /// @notice When this market was created.
    function createdAt() external view returns (uint256);
}
