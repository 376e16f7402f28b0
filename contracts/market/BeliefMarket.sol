// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {PermitLib} from "../shared/PermitLib.sol";
import {Side} from "../shared/Side.sol";
import {IBeliefMarket, MarketParams} from "./interfaces/IBeliefMarket.sol";
import {MarketArgs} from "./libraries/MarketArgs.sol";
import {MarketMath} from "./libraries/MarketMath.sol";
import {HolderSlot, PoolSlot, RewardSlot, TermsSlot} from "./libraries/MarketSlots.sol";
import {PositionBook, Positions} from "./libraries/PositionBook.sol";
import {PackedAccumulators, RewardAccumulators} from "./libraries/RewardAccumulators.sol";

/// @title A market of belief on one claim
/// @dev Holds the principal of its positions and the signal reward pool (SRP). Each position is moved by its owner
/// alone; nobody pauses, upgrades or governs a market. A position is open -> withdrawn after its lock, or exited
/// early. `balance >= principal + SRP`, `SRP = shared + undistributed`; rounding stays in the pool.
/// Invariants M1 to M5: docs/properties.md. Trusts: the asset is a plain ERC-20; `block.timestamp` never falls.
/// Warning: weight counts from the second of a deposit, so a huge stake of a few seconds has a share of the next fee.
/// Its entry fee and reward cap bound what that brings; the lock does so only while others hold much of the
/// principal.
contract BeliefMarket is IBeliefMarket, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;
    using PermitLib for IERC20;
    using SafeCast for uint256;
    using SafeCast for int256;
    using RewardAccumulators for PackedAccumulators;
    using PositionBook for Positions;
    using MarketArgs for bytes;

    uint256 private constant MAX_TOTAL_PRINCIPAL = type(uint104).max;
    uint256 private constant WAD = 1e18;

    /// @inheritdoc IBeliefMarket
    IERC20 public immutable asset;

    /// @inheritdoc IBeliefMarket
    address public immutable factory;

    address private immutable _implementation = address(this);

    PoolSlot private _support; // slot 0: P and S of a side, which change together
    PoolSlot private _oppose; // slot 1
    RewardSlot private _rewards; // slot 2: a fee, an exit and a new position change all of it
    PackedAccumulators private _accumulators; // slot 3; slots 4 and 5 once they outgrow it
    Positions private _positions; // two slots a position

    /// @dev Deployed once, by the factory, as the code behind all clones.
    constructor(IERC20 asset_) {
        asset = asset_;
        factory = msg.sender;
    }

    /* COMMIT */

    /// @inheritdoc IBeliefMarket
    function commit(Side side, uint256 amount, uint256 maxFeeBps) external nonReentrant returns (uint256 positionId) {
        return _commit(side, amount, maxFeeBps);
    }

    /// @inheritdoc IBeliefMarket
    function commitWithPermit(
        Side side,
        uint256 amount,
        uint256 maxFeeBps,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external nonReentrant returns (uint256 positionId) {
        asset.permitFromCaller(amount, deadline, v, r, s);
        return _commit(side, amount, maxFeeBps);
    }

    /* EARN AND LEAVE */

    /// @inheritdoc IBeliefMarket
    function claimRewards(uint256 positionId) external nonReentrant returns (uint256 reward) {
        bytes memory args = _args();
        (TermsSlot terms, HolderSlot holder) = _ownedPosition(positionId, args);
        uint256 claimableAt = args.createdAt() + terms.depositedAt() + args.minRewardDuration();
        if (block.timestamp < claimableAt) revert RewardsNotClaimableYet(positionId, claimableAt);

        int256 checkpoint = _positions.checkpointOf(positionId, terms, holder);
        uint256 earned = _earned(terms, checkpoint);
        uint256 excess;
        if (earned > 0) {
            RewardSlot rewards;
            (rewards, reward, excess) = _take(_rewards, terms, earned);
            _rewards = rewards;
            _advance(positionId, terms, holder, checkpoint, earned, terms.rewardAllowance() - reward);
        }
        emit RewardsClaimed(positionId, msg.sender, reward, excess);

        if (reward > 0) asset.safeTransfer(msg.sender, reward);
    }

    /// @inheritdoc IBeliefMarket
    function withdraw(uint256 positionId) external nonReentrant returns (uint256 principal, uint256 reward) {
        bytes memory args = _args();
        (TermsSlot terms, HolderSlot holder) = _ownedPosition(positionId, args);
        uint256 unlocksAt = args.createdAt() + terms.depositedAt() + args.lockPeriod();
        if (block.timestamp < unlocksAt) revert PrincipalLocked(positionId, unlocksAt);

        principal = terms.principal();
        RewardSlot rewards = _rewards;
        uint256 excess;
        (rewards, reward, excess) = _take(
            rewards,
            terms,
            _earned(terms, _positions.checkpointOf(positionId, terms, holder))
        );

        PoolSlot own = _leave(positionId, terms);
        // The other side is read only where its principal can decide.
        if (own.principal() == 0 && _totalPrincipal() == 0) rewards = rewards.sweep();
        _rewards = rewards;
        emit Withdrawn(positionId, msg.sender, principal, reward, excess);

        asset.safeTransfer(msg.sender, principal + reward);
    }

    /// @inheritdoc IBeliefMarket
    function exitEarly(uint256 positionId) external nonReentrant returns (uint256 returned, uint256 penalty) {
        bytes memory args = _args();
        (TermsSlot terms, HolderSlot holder) = _ownedPosition(positionId, args);
        if (args.earlyExitPenaltyBps() == 0) revert EarlyExitDisabled();
        uint256 unlockedAt = args.createdAt() + terms.depositedAt() + args.lockPeriod();
        if (block.timestamp >= unlockedAt) revert LockEnded(positionId, unlockedAt);

        uint256 forfeited = _earned(terms, _positions.checkpointOf(positionId, terms, holder));
        RewardSlot rewards = _rewards.release(forfeited, forfeited);

        _leave(positionId, terms);
        (PoolSlot support, PoolSlot oppose) = (_support, _oppose);
        uint256 remaining = support.principal() + oppose.principal();
        returned = terms.principal();
        if (remaining == 0) {
            rewards = rewards.sweep();
        } else {
            penalty = Math.min(
                MarketMath.shareDown(returned, args.earlyExitPenaltyBps()),
                MarketMath.largestPenaltyDown(rewards.srp(), remaining, args.maxSrpBps())
            );
            returned -= penalty;
        }
        emit ExitedEarly(positionId, msg.sender, returned, penalty, forfeited);
        if (penalty > 0) (rewards, ) = _share(rewards, support, oppose, penalty, args);
        _rewards = rewards;

        asset.safeTransfer(msg.sender, returned);
    }

    /* UPKEEP */

    /// @inheritdoc IBeliefMarket
    function distribute() external nonReentrant returns (uint256 amount) {
        RewardSlot rewards;
        (rewards, amount) = _share(_rewards, _support, _oppose, 0, _args());
        if (amount > 0) _rewards = rewards;
    }

    /// @inheritdoc IBeliefMarket
    function releaseExcess(uint256 positionId) external nonReentrant returns (uint256 amount) {
        (TermsSlot terms, HolderSlot holder) = _openPosition(positionId);
        int256 checkpoint = _positions.checkpointOf(positionId, terms, holder);
        uint256 excess = Math.saturatingSub(_earned(terms, checkpoint), terms.rewardAllowance());
        // The checkpoint advances by a rounded-up amount, which costs the position less than this: it must not feel
        // it.
        amount = Math.saturatingSub(excess, MarketMath.advanceErrorUp(terms.principal()));
        if (amount == 0) return 0;

        _rewards = _rewards.release(amount, amount);
        _advance(positionId, terms, holder, checkpoint, amount, terms.rewardAllowance());
        emit ExcessReleased(positionId, amount);
    }

    /// @inheritdoc IBeliefMarket
    function commitAuthor(uint256 amount) external returns (uint256 positionId) {
        if (msg.sender != factory) revert NotFactory(msg.sender);
        bytes memory args = _args();
        _checkStake(amount, args);
        // First of all calls to this clone: both sides and the pool are empty.
        PoolSlot empty = PoolSlot.wrap(0);
        return _open(Side.Support, amount, args.authorPremiumBps(), address(0), empty, empty, args);
    }

    /* READ */

    /// @inheritdoc IBeliefMarket
    function belief() external view returns (uint256 wad) {
        uint256 elapsed = _elapsed(_args());
        uint256 supportWeight = _support.weightAt(elapsed);
        uint256 totalWeight = supportWeight + _oppose.weightAt(elapsed);
        return totalWeight == 0 ? WAD / 2 : (supportWeight * WAD) / totalWeight;
    }

    /// @inheritdoc IBeliefMarket
    function weight(Side side) external view returns (uint256) {
        return (side == Side.Support ? _support : _oppose).weightAt(_elapsed(_args()));
    }

    /// @inheritdoc IBeliefMarket
    function entryFeeBps() external view returns (uint256) {
        return _entryFeeBps(_args(), _totalPrincipal());
    }

    /// @inheritdoc IBeliefMarket
    function pendingRewards(uint256 positionId) external view returns (uint256) {
        (TermsSlot terms, HolderSlot holder) = _openPosition(positionId);
        return Math.min(_earned(terms, _positions.checkpointOf(positionId, terms, holder)), terms.rewardAllowance());
    }

    /// @inheritdoc IBeliefMarket
    function position(uint256 positionId) external view returns (Position memory) {
        (TermsSlot terms, HolderSlot holder) = _openPosition(positionId);
        bytes memory args = _args();
        return
            Position({
                owner: _ownerOf(holder, args),
                side: terms.side(),
                principal: uint96(terms.principal()), // stored in 96 bits
                depositedAt: (args.createdAt() + terms.depositedAt()).toUint40(),
                rewardAllowance: uint96(terms.rewardAllowance()) // stored in 96 bits
            });
    }

    /// @inheritdoc IBeliefMarket
    function params() external view returns (MarketParams memory) {
        return _args().params();
    }

    /// @inheritdoc IBeliefMarket
    function state() external view returns (MarketState memory) {
        uint256 elapsed = _elapsed(_args());
        RewardSlot rewards = _rewards;
        (uint256 timeReward, uint256 reward) = _accumulators.load();
        return
            MarketState({
                supportPrincipal: _support.principal(),
                opposePrincipal: _oppose.principal(),
                supportWeight: _support.weightAt(elapsed),
                opposeWeight: _oppose.weightAt(elapsed),
                srp: rewards.srp(),
                undistributed: rewards.undistributed(),
                positionCount: rewards.positionCount(),
                timeRewardPerWeight: timeReward,
                rewardPerWeight: reward
            });
    }

    /// @inheritdoc IBeliefMarket
    function claimId() external view returns (bytes32) {
        return _args().claimId();
    }

    /// @inheritdoc IBeliefMarket
    function author() external view returns (address) {
        return _args().author();
    }

    /// @inheritdoc IBeliefMarket
    function createdAt() external view returns (uint256) {
        return _args().createdAt();
    }

    /* INTERNAL: POSITIONS */

    /// @dev `commit` without guard: checks, effects and event in `_open`, then the transfer.
    function _commit(Side side, uint256 amount, uint256 maxFeeBps) private returns (uint256 positionId) {
        bytes memory args = _args();
        _checkStake(amount, args);
        (PoolSlot support, PoolSlot oppose) = (_support, _oppose);
        uint256 feeBps = _entryFeeBps(args, support.principal() + oppose.principal());
        if (feeBps > maxFeeBps) revert EntryFeeAboveLimit(feeBps, maxFeeBps);

        positionId = _open(side, amount, feeBps, msg.sender, support, oppose, args);

        asset.safeTransferFrom(msg.sender, address(this), amount);
    }

    /// @dev Records a position of `amount` that pays `feeBps`, or less where the cap of the pool asks for less.
    /// Conserves: principal + fee = amount. `storedOwner` is zero for the author's first commitment.
    function _open(
        Side side,
        uint256 amount,
        uint256 feeBps,
        address storedOwner,
        PoolSlot support,
        PoolSlot oppose,
        bytes memory args
    ) private returns (uint256 positionId) {
        RewardSlot rewards = _rewards;
        uint256 totalPrincipal = support.principal() + oppose.principal();
        uint256 fee = Math.min(
            MarketMath.shareDown(amount, feeBps),
            MarketMath.largestFeeDown(rewards.srp(), totalPrincipal, amount, args.maxSrpBps())
        );
        uint256 principal = amount - fee;
        totalPrincipal += principal;
        if (totalPrincipal > MAX_TOTAL_PRINCIPAL) revert TotalPrincipalTooLarge(totalPrincipal, MAX_TOTAL_PRINCIPAL);

        if (fee > 0) (rewards, ) = _share(rewards, support, oppose, fee, args);
        rewards = rewards.plusPosition();
        positionId = rewards.positionCount();
        _rewards = rewards;

        uint256 depositedAt = _elapsed(args).toUint32();
        if (side == Side.Support) _support = support.plus(principal, depositedAt);
        else _oppose = oppose.plus(principal, depositedAt);

        // Nothing is shared in the second of creation, when nothing has weight: X is zero and need not be read.
        int256 checkpoint = depositedAt == 0 ? int256(0) : _checkpointNow(depositedAt);
        uint256 cap = MarketMath.lifetimeCapDown(fee > 0 ? fee : principal, args.maxUserRewardBps());
        _positions.write(positionId, principal, cap, depositedAt, side, checkpoint, storedOwner);

        emit Committed(positionId, storedOwner == address(0) ? args.author() : storedOwner, side, principal, fee);
    }

    /// @dev Moves a position's checkpoint past `earned` units and sets what it may still take.
    function _advance(
        uint256 positionId,
        TermsSlot terms,
        HolderSlot holder,
        int256 checkpoint,
        uint256 earned,
        uint256 rewardAllowance
    ) private {
        uint256 principal = terms.principal();
        checkpoint += int256(MarketMath.checkpointAdvanceUp(earned, principal)); // at most what it grew by
        _positions.write(
            positionId,
            principal,
            rewardAllowance,
            terms.depositedAt(),
            terms.side(),
            checkpoint,
            holder.storedOwner()
        );
    }

    /// @dev Closes a position: its principal leaves P and its deposit leaves S, exactly.
    function _leave(uint256 positionId, TermsSlot terms) private returns (PoolSlot own) {
        if (terms.side() == Side.Support) {
            own = _support.minus(terms.principal(), terms.depositedAt());
            _support = own;
        } else {
            own = _oppose.minus(terms.principal(), terms.depositedAt());
            _oppose = own;
        }
        _positions.remove(positionId, terms);
    }

    /// @dev An open position, or why there is none.
    function _openPosition(uint256 positionId) private view returns (TermsSlot terms, HolderSlot holder) {
        (terms, holder) = _positions.read(positionId);
        if (terms.principal() == 0) {
            uint256 positionCount = _rewards.positionCount();
            if (positionId == 0 || positionId > positionCount) revert PositionUnknown(positionId, positionCount);
            revert PositionClosed(positionId);
        }
    }

    /// @dev An open position of the caller.
    function _ownedPosition(
        uint256 positionId,
        bytes memory args
    ) private view returns (TermsSlot terms, HolderSlot holder) {
        (terms, holder) = _openPosition(positionId);
        address owner = _ownerOf(holder, args);
        if (msg.sender != owner) revert NotPositionOwner(positionId, msg.sender, owner);
    }

    function _ownerOf(HolderSlot holder, bytes memory args) private pure returns (address) {
        address owner = holder.storedOwner();
        return owner == address(0) ? args.author() : owner;
    }

    /* INTERNAL: REWARDS */

    /// @dev Shares `incoming`, and the undistributed rewards where they may be shared, by the weights of this
    /// instant; without weight, `incoming` becomes undistributed. Writes the accumulators and returns the pool to be
    /// written. Conserves: shared + undistributed grow by `incoming` together. What flooring leaves stays
    /// undistributed.
    function _share(
        RewardSlot rewards,
        PoolSlot support,
        PoolSlot oppose,
        uint256 incoming,
        bytes memory args
    ) private returns (RewardSlot, uint256 allocated) {
        uint256 elapsed = _elapsed(args);
        uint256 opposeWeight = oppose.weightAt(elapsed);
        uint256 totalWeight = opposeWeight + support.weightAt(elapsed);

        if (totalWeight > 0) {
            // What waited goes out once the side it was meant to attract is there, or a lock period has passed.
            bool isShareable = opposeWeight > 0 || elapsed >= args.lockPeriod();
            uint256 amount = isShareable ? rewards.undistributed() + incoming : incoming;
            uint256 perWeight = MarketMath.perWeightDown(amount, totalWeight);
            if (perWeight > 0) {
                allocated = MarketMath.allocatedUp(perWeight, totalWeight);
                _accumulators.add(perWeight, elapsed);
                emit RewardsDistributed(allocated);
            }
        }
        return (rewards.allocate(allocated, incoming), allocated);
    }

    /// @dev Takes what a position earned out of the shared rewards: up to its allowance as reward, the rest back to
    /// the undistributed ones.
    function _take(
        RewardSlot rewards,
        TermsSlot terms,
        uint256 earned
    ) private pure returns (RewardSlot, uint256 reward, uint256 excess) {
        reward = Math.min(earned, terms.rewardAllowance());
        excess = earned - reward;
        return (rewards.release(earned, excess), reward, excess);
    }

    /// @dev Whole units earned since `checkpoint`, before the cap, rounded down.
    function _earned(TermsSlot terms, int256 checkpoint) private view returns (uint256) {
        uint256 growth = (_checkpointNow(terms.depositedAt()) - checkpoint).toUint256();
        return MarketMath.earnedDown(terms.principal(), growth);
    }

    /// @dev X = A - depositedAt * B, what one unit of principal deposited then would have earned, up to a constant.
    /// Below 2^247, as `RewardAccumulators` says.
    function _checkpointNow(uint256 depositedAt) private view returns (int256) {
        (uint256 timeReward, uint256 reward) = _accumulators.load();
        return int256(timeReward) - int256(depositedAt * reward);
    }

    /* INTERNAL: READ */

    /// @dev The clone's arguments; the bare implementation has none.
    function _args() private view returns (bytes memory) {
        if (address(this) == _implementation) revert NotClone();
        return MarketArgs.read();
    }

    function _elapsed(bytes memory args) private view returns (uint256) {
        return block.timestamp - args.createdAt();
    }

    function _checkStake(uint256 amount, bytes memory args) private pure {
        (uint256 min, uint256 max) = (args.minStake(), args.maxStake());
        if (amount < min || amount > max) revert StakeOutOfRange(amount, min, max);
    }

    function _entryFeeBps(bytes memory args, uint256 totalPrincipal) private pure returns (uint256) {
        return
            MarketMath.entryFeeBps(
                totalPrincipal,
                args.lateEntryFeeBaseBps(),
                args.lateEntryFeeMaxBps(),
                args.lateEntryFeeScale()
            );
    }

    function _totalPrincipal() private view returns (uint256) {
        return _support.principal() + _oppose.principal();
    }
}
