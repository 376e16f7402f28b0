// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IRewardsDistributor} from "./IRewardsDistributor.sol";

/// @notice A tier of locks.
struct LockTier {
    /// From so many days on, at most 3,650: 0 for the first tier, and more for each after it.
    uint16 lockDays;
    /// A position counts so much of its amount, 10,000 to 40,000: never less than in the tier before.
    uint16 multiplierBps;
}

/// @notice Bounds, penalty and tiers of staking.
struct StakingParams {
    /// Least stake of a position, in token units: 1 or more.
    uint96 minStake;
    /// Most stake of an account, all positions together, in token units.
    uint96 maxStake;
    /// What leaving early costs, 0 to 5,000.
    uint16 earlyExitPenaltyBps;
    /// The tiers, from the lowest on: 0, 7, 30, 90 and 180 days for 1.0, 1.2, 1.5, 2.0 and 3.0 by default.
    LockTier[5] tiers;
}

/// @notice A position.
struct Position {
    /// Whose it is.
    address owner;
    /// What is staked, in token units.
    uint256 amount;
    /// When it was opened, in unix seconds.
    uint40 stakedAt;
    /// From when on it leaves without a penalty, in unix seconds.
    uint40 unlocksAt;
    /// The tier it counts as, in days.
    uint256 tierDays;
    /// What it gives of voting power.
    uint256 power;
}

/// @title Council staking: stake for votes and rewards
/// @notice A position counts as much as its amount times a multiplier, by the longer of the lock chosen and the time it
/// has been there: by default 1.0 below 7 days, 1.2 from 7, 1.5 from 30, 2.0 from 90, 3.0 from 180 days.
/// @dev Votes are OpenZeppelin's, by timestamp; one's own power counts without delegating first. Amounts are in token
/// units. A position's id is its owner and how many they opened before: `uint160(owner) << 96 | index`.
interface ICouncilStaking {
    /* EVENTS */

    /// @notice A position was opened.
    /// @param owner Whose it is.
    /// @param positionId Its id.
    /// @param amount What was staked.
    /// @param lockDays The lock chosen.
    /// @param unlocksAt From when on it leaves without a penalty, in unix seconds.
    /// @param power What it gives of voting power.
    event Staked(
        address indexed owner,
        uint256 indexed positionId,
        uint256 amount,
        uint256 lockDays,
        uint256 unlocksAt,
        uint256 power
    );

    /// @notice A position was closed.
    /// @param owner Whose it was.
    /// @param positionId Its id.
    /// @param amount What was staked.
    /// @param penalty What of it went to the rewards; the owner got the rest.
    event Unstaked(address indexed owner, uint256 indexed positionId, uint256 amount, uint256 penalty);

    /// @notice A position stays longer.
    /// @param positionId The position.
    /// @param lockDays The new lock, from now on.
    /// @param unlocksAt From when on it leaves without a penalty, in unix seconds.
    event LockExtended(uint256 indexed positionId, uint256 lockDays, uint256 unlocksAt);

    /// @notice A position reached a tier, by its lock or by its time.
    /// @param positionId The position.
    /// @param tierDays The tier, in days.
    /// @param power What it gives of voting power now.
    event TierReached(uint256 indexed positionId, uint256 tierDays, uint256 power);

    /* ERRORS */

    /// @notice There is no code at the token's address.
    error TokenNotContract(address token);

    /// @notice There is no code at the distributor's address.
    error DistributorNotContract(address distributor);

    /// @notice The distributor pays in another token.
    error TokenMismatch(address token, address distributorToken);

    /// @notice A lock has the days of a tier: 0, 7, 30, 90 or 180 by default.
    error LockUnknown(uint256 lockDays);

    /// @notice A position is at least `min`.
    error StakeTooSmall(uint256 amount, uint256 min);

    /// @notice An account stakes at most `max`, all positions together.
    error StakeTooLarge(address account, uint256 staked, uint256 amount, uint256 max);

    /// @notice The position is closed, or never was.
    error PositionUnknown(uint256 positionId);

    /// @notice Only its owner closes or extends a position.
    error NotPositionOwner(uint256 positionId, address caller, address owner);

    /// @notice The lock is not over: `unstakeEarly` costs a penalty.
    error PositionLocked(uint256 positionId, uint256 unlocksAt);

    /// @notice The lock is over: `unstake` costs nothing.
    error PositionNotLocked(uint256 positionId, uint256 unlocksAt);

    /// @notice A lock only becomes longer.
    error LockNotLonger(uint256 positionId, uint256 unlocksAt, uint256 proposed);

    /// @notice Only the distributor stakes for others.
    error NotDistributor(address caller);

    /* STAKE */

    /// @notice Stake for votes and rewards.
    /// @dev Anyone, while entries are not paused; the caller must have allowed the contract to move the amount. Emits
    /// `Staked`. Reverts with `LockUnknown`, `StakeTooSmall`, `StakeTooLarge`, `EnforcedPause`, or the token's own
    /// error.
    /// @param amount What to stake, in token units.
    /// @param lockDays How long it stays: the days of a tier.
    /// @return positionId The new position.
    function stake(uint256 amount, uint256 lockDays) external returns (uint256 positionId);

    /// @notice Stake with an EIP-2612 permit over exactly the amount, which others may have sent first.
    /// @dev As `stake`; reverts also with `PermitRejected`.
    /// @param amount What to stake, in token units.
    /// @param lockDays How long it stays: the days of a tier.
    /// @param deadline When the permit ends, in unix seconds.
    /// @param v Of the permit's signature.
    /// @param r Of the permit's signature.
    /// @param s Of the permit's signature.
    /// @return positionId The new position.
    function stakeWithPermit(
        uint256 amount,
        uint256 lockDays,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external returns (uint256 positionId);

    /// @notice Stake a reward for whom it belongs to, out of the distributor's tokens.
    /// @dev The distributor alone, while entries are not paused. As `stake`; reverts also with `NotDistributor`.
    /// @param owner Whose the position is.
    /// @param amount What to stake, in token units.
    /// @param lockDays How long it stays: the days of a tier.
    /// @return positionId The new position.
    function stakeFor(address owner, uint256 amount, uint256 lockDays) external returns (uint256 positionId);

    /// @notice Lock a position for longer, from now on. Its tier becomes that of the new lock where that is higher.
    /// @dev Its owner. Emits `LockExtended`, and `TierReached` where it is. Reverts with `PositionUnknown`,
    /// `NotPositionOwner`, `LockUnknown` or `LockNotLonger`.
    /// @param positionId The position.
    /// @param lockDays The new lock: the days of a tier, not 0.
    function extendLock(uint256 positionId, uint256 lockDays) external;

    /// @notice Bring a position up to the tier that its time has earned. Does nothing where it has none to gain.
    /// @dev Anyone. Emits `TierReached` where it does. Reverts with `PositionUnknown`.
    /// @param positionId The position.
    function poke(uint256 positionId) external;

    /// @notice Close a position whose lock is over.
    /// @dev Its owner; nobody can pause it. Emits `Unstaked`. Reverts with `PositionUnknown`, `NotPositionOwner`,
    /// `PositionLocked`, or the token's own error.
    /// @param positionId The position.
    /// @return amount What was paid, in token units.
    function unstake(uint256 positionId) external returns (uint256 amount);

    /// @notice Close a position before its lock is over, for a penalty, rounded up, that goes to the rewards.
    /// @dev Its owner; nobody can pause it. Emits `Unstaked`. Reverts with `PositionUnknown`, `NotPositionOwner`,
    /// `PositionNotLocked`, or the token's own error.
    /// @param positionId The position.
    /// @return amount What was paid, in token units.
    function unstakeEarly(uint256 positionId) external returns (uint256 amount);

    /* GOVERN */

    /// @notice Stop new positions. Everything else goes on.
    /// @dev Restricted by the `AccessManager` to the guardian. Emits `Paused`. Reverts with `EnforcedPause`.
    function pauseEntries() external;

    /// @notice Let new positions in again.
    /// @dev Restricted by the `AccessManager` to the guardian. Emits `Unpaused`. Reverts with `ExpectedPause`.
    function unpauseEntries() external;

    /* READ */

    /// @notice The token that is staked.
    function token() external view returns (IERC20);

    /// @notice What pays rewards, and gets penalties.
    function distributor() external view returns (IRewardsDistributor);

    /// @notice Bounds, penalty and tiers.
    function params() external view returns (StakingParams memory);

    /// @notice A position.
    /// @dev Reverts with `PositionUnknown`.
    /// @param positionId Its id.
    function position(uint256 positionId) external view returns (Position memory);

    /// @notice The id of a position, open, closed or to come.
    /// @param owner Whose.
    /// @param index How many they opened before it.
    function positionIdOf(address owner, uint256 index) external pure returns (uint256);

    /// @notice What is known of an account.
    /// @param owner Whose.
    /// @return staked All its positions, in token units.
    /// @return power Its own voting power, whoever it is delegated to.
    /// @return openedPositions How many it ever opened.
    /// @return longTermPositions How many of the open ones are at the highest tier.
    function account(
        address owner
    ) external view returns (uint256 staked, uint256 power, uint256 openedPositions, uint256 longTermPositions);

    /// @notice All positions, in token units.
    function totalStaked() external view returns (uint256);
}
