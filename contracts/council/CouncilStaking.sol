// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Votes} from "@openzeppelin/contracts/governance/utils/Votes.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";

import {ParameterBounds} from "../shared/ParameterBounds.sol";
import {PermitLib} from "../shared/PermitLib.sol";
import {ICouncilStaking, Position, StakingParams} from "./interfaces/ICouncilStaking.sol";
import {IRewardsDistributor} from "./interfaces/IRewardsDistributor.sol";
import {LockTiers, PackedTiers} from "./libraries/LockTiers.sol";

/// @title Council staking: votes and rewards for who stakes
/// @dev Holds what is staked, and nothing else. A position is open -> closed, by its owner alone. Penalties go to the
/// distributor, which is told of every change of power. Votes are OpenZeppelin's. Invariants: docs/properties.md.
/// Trusts: the token is a plain ERC-20; the distributor never refuses a change of power.
contract CouncilStaking is ICouncilStaking, Votes, AccessManaged, Pausable, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;
    using PermitLib for IERC20;

    uint256 private constant BPS = 10_000;
    uint256 private constant MAX_PENALTY_BPS = 5_000;

    /// @dev Four times this, in power, fits 96 bits.
    uint256 private constant MAX_STAKE = 2 ** 94 - 1;

    /// @dev A position in one slot; times are good until the year 36,812.
    struct PositionSlot {
        uint96 amount;
        uint40 stakedAt;
        uint40 unlocksAt;
        uint8 tier;
    }

    /// @dev All that is known of an account, in one slot.
    struct AccountSlot {
        uint96 staked;
        uint96 power;
        uint32 opened;
        uint32 longTerm;
    }

    /// @inheritdoc ICouncilStaking
    IERC20 public immutable token;

    /// @inheritdoc ICouncilStaking
    IRewardsDistributor public immutable distributor;

    uint96 private immutable _minStake;
    uint96 private immutable _maxStake;
    uint16 private immutable _earlyExitPenaltyBps;
    PackedTiers private immutable _tiers;

    /// @inheritdoc ICouncilStaking
    uint256 public totalStaked;

    mapping(uint256 positionId => PositionSlot) private _positions;
    mapping(address account => AccountSlot) private _accounts;

    /// @param token_ The council's token.
    /// @param distributor_ What rewards come from, and penalties go to.
    /// @param params_ Bounds, penalty and tiers.
    /// @param authority The protocol's `AccessManager`.
    constructor(
        IERC20 token_,
        IRewardsDistributor distributor_,
        StakingParams memory params_,
        address authority
    ) AccessManaged(authority) EIP712("AI Council Staking", "1") {
        if (address(token_).code.length == 0) revert TokenNotContract(address(token_));
        if (address(distributor_).code.length == 0) revert DistributorNotContract(address(distributor_));
        address paid = address(distributor_.token());
        if (paid != address(token_)) revert TokenMismatch(address(token_), paid);
        ParameterBounds.check("minStake", params_.minStake, 1, params_.maxStake);
        ParameterBounds.check("maxStake", params_.maxStake, params_.minStake, MAX_STAKE);
        ParameterBounds.check("earlyExitPenaltyBps", params_.earlyExitPenaltyBps, 0, MAX_PENALTY_BPS);
        (token, distributor) = (token_, distributor_);
        (_minStake, _maxStake) = (params_.minStake, params_.maxStake);
        (_earlyExitPenaltyBps, _tiers) = (params_.earlyExitPenaltyBps, LockTiers.pack(params_.tiers));
    }

    /* STAKE */

    /// @inheritdoc ICouncilStaking
    function stake(uint256 amount, uint256 lockDays) external nonReentrant whenNotPaused returns (uint256 positionId) {
        return _open(msg.sender, amount, lockDays);
    }

    /// @inheritdoc ICouncilStaking
    function stakeWithPermit(
        uint256 amount,
        uint256 lockDays,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external nonReentrant whenNotPaused returns (uint256 positionId) {
        token.permitFromCaller(amount, deadline, v, r, s);
        return _open(msg.sender, amount, lockDays);
    }

    /// @inheritdoc ICouncilStaking
    function stakeFor(
        address owner,
        uint256 amount,
        uint256 lockDays
    ) external nonReentrant whenNotPaused returns (uint256 positionId) {
        if (msg.sender != address(distributor)) revert NotDistributor(msg.sender);
        return _open(owner, amount, lockDays);
    }

    /// @inheritdoc ICouncilStaking
    function extendLock(uint256 positionId, uint256 lockDays) external nonReentrant {
        PositionSlot memory slot = _ownPosition(positionId);
        if (lockDays == 0) revert LockUnknown(0);
        uint256 tier = Math.max(_tiers.ofLock(lockDays), _tierNow(slot));
        uint256 unlocksAt = block.timestamp + lockDays * 1 days;
        if (unlocksAt <= slot.unlocksAt) revert LockNotLonger(positionId, slot.unlocksAt, unlocksAt);
        slot.unlocksAt = uint40(unlocksAt);
        emit LockExtended(positionId, lockDays, unlocksAt);
        _setTier(msg.sender, positionId, slot, tier);
    }

    /// @inheritdoc ICouncilStaking
    function poke(uint256 positionId) external nonReentrant {
        PositionSlot memory slot = _existingPosition(positionId);
        _setTier(_ownerOf(positionId), positionId, slot, _tierNow(slot));
    }

    /// @inheritdoc ICouncilStaking
    function unstake(uint256 positionId) external nonReentrant returns (uint256 amount) {
        PositionSlot memory slot = _ownPosition(positionId);
        if (block.timestamp < slot.unlocksAt) revert PositionLocked(positionId, slot.unlocksAt);
        _close(positionId, slot, 0);
        return slot.amount;
    }

    /// @inheritdoc ICouncilStaking
    function unstakeEarly(uint256 positionId) external nonReentrant returns (uint256 amount) {
        PositionSlot memory slot = _ownPosition(positionId);
        if (block.timestamp >= slot.unlocksAt) revert PositionNotLocked(positionId, slot.unlocksAt);
        uint256 penalty = Math.ceilDiv(uint256(slot.amount) * _earlyExitPenaltyBps, BPS);
        _close(positionId, slot, penalty);
        return slot.amount - penalty;
    }

    /* GOVERN */

    /// @inheritdoc ICouncilStaking
    function pauseEntries() external restricted {
        _pause();
    }

    /// @inheritdoc ICouncilStaking
    function unpauseEntries() external restricted {
        _unpause();
    }

    /* READ */

    /// @inheritdoc ICouncilStaking
    function params() external view returns (StakingParams memory) {
        return StakingParams(_minStake, _maxStake, _earlyExitPenaltyBps, _tiers.unpack());
    }

    /// @inheritdoc ICouncilStaking
    function position(uint256 positionId) external view returns (Position memory) {
        PositionSlot memory slot = _existingPosition(positionId);
        return
            Position({
                owner: _ownerOf(positionId),
                amount: slot.amount,
                stakedAt: slot.stakedAt,
                unlocksAt: slot.unlocksAt,
                tierDays: _tiers.daysOf(slot.tier),
                power: _tiers.powerDown(slot.amount, slot.tier)
            });
    }

    /// @inheritdoc ICouncilStaking
    function positionIdOf(address owner, uint256 index) public pure returns (uint256) {
        return (uint256(uint160(owner)) << 96) | index;
    }

    /// @inheritdoc ICouncilStaking
    function account(
        address owner
    ) external view returns (uint256 staked, uint256 power, uint256 openedPositions, uint256 longTermPositions) {
        AccountSlot memory slot = _accounts[owner];
        return (slot.staked, slot.power, slot.opened, slot.longTerm);
    }

    /// @dev By timestamp, as ERC-6372 has it.
    function clock() public view override returns (uint48) {
        return Time.timestamp();
    }

    /// @dev By timestamp, as ERC-6372 has it.
    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() public pure override returns (string memory) {
        return "mode=timestamp";
    }

    /// @dev Whoever has not delegated, or has delegated to nobody, votes themselves.
    function delegates(address owner) public view override returns (address) {
        if (owner == address(0)) return owner; // nobody, whom every stake and exit asks for: not worth a read
        address delegatee = super.delegates(owner);
        return delegatee == address(0) ? owner : delegatee;
    }

    /* INTERNAL */

    function _open(address owner, uint256 amount, uint256 lockDays) private returns (uint256 positionId) {
        uint256 tier = _tiers.ofLock(lockDays);
        if (amount < _minStake) revert StakeTooSmall(amount, _minStake);
        AccountSlot memory slot = _accounts[owner];
        if (amount > _maxStake - slot.staked) revert StakeTooLarge(owner, slot.staked, amount, _maxStake);
        uint256 power = _tiers.powerDown(amount, tier);
        uint256 unlocksAt = block.timestamp + lockDays * 1 days;

        positionId = positionIdOf(owner, slot.opened++);
        _positions[positionId] = PositionSlot({
            amount: uint96(amount), // within the bounds
            stakedAt: uint40(block.timestamp),
            unlocksAt: uint40(unlocksAt),
            tier: uint8(tier)
        });
        slot.staked += uint96(amount);
        if (tier == LockTiers.LONG_TERM) ++slot.longTerm;
        totalStaked += amount;
        emit Staked(owner, positionId, amount, lockDays, unlocksAt, power);
        _setPower(owner, slot, slot.power + power);

        token.safeTransferFrom(msg.sender, address(this), amount);
    }

    function _close(uint256 positionId, PositionSlot memory slot, uint256 penalty) private {
        AccountSlot memory owner = _accounts[msg.sender];
        delete _positions[positionId];
        owner.staked -= slot.amount;
        if (slot.tier == LockTiers.LONG_TERM) --owner.longTerm;
        totalStaked -= slot.amount;
        emit Unstaked(msg.sender, positionId, slot.amount, penalty);
        _setPower(msg.sender, owner, owner.power - _tiers.powerDown(slot.amount, slot.tier));

        if (penalty > 0) token.safeTransfer(address(distributor), penalty);
        token.safeTransfer(msg.sender, slot.amount - penalty);
    }

    /// @dev Stores a position with the tier it has reached.
    function _setTier(address owner, uint256 positionId, PositionSlot memory slot, uint256 tier) private {
        uint256 before = _tiers.powerDown(slot.amount, slot.tier);
        bool isNew = tier > slot.tier;
        slot.tier = uint8(tier);
        _positions[positionId] = slot;
        if (!isNew) return;
        uint256 power = _tiers.powerDown(slot.amount, tier);
        emit TierReached(positionId, _tiers.daysOf(tier), power);
        AccountSlot memory known = _accounts[owner];
        if (tier == LockTiers.LONG_TERM) ++known.longTerm;
        _setPower(owner, known, known.power + power - before);
    }

    /// @dev Stores an account with its new power, and tells votes and rewards.
    function _setPower(address owner, AccountSlot memory slot, uint256 power) private {
        uint256 before = slot.power;
        slot.power = uint96(power); // at most four times the largest stake
        _accounts[owner] = slot;
        if (power > before) _transferVotingUnits(address(0), owner, power - before);
        else _transferVotingUnits(owner, address(0), before - power);
        distributor.onStakeChanged(owner, power, slot.longTerm > 0);
    }

    /// @dev What a position's time and lock give it: never less than it has.
    function _tierNow(PositionSlot memory slot) private view returns (uint256) {
        return Math.max(slot.tier, _tiers.ofTime(block.timestamp - slot.stakedAt));
    }

    function _ownPosition(uint256 positionId) private view returns (PositionSlot memory slot) {
        slot = _existingPosition(positionId);
        address owner = _ownerOf(positionId);
        if (owner != msg.sender) revert NotPositionOwner(positionId, msg.sender, owner);
    }

    function _existingPosition(uint256 positionId) private view returns (PositionSlot memory slot) {
        slot = _positions[positionId];
        if (slot.amount == 0) revert PositionUnknown(positionId);
    }

    function _ownerOf(uint256 positionId) private pure returns (address) {
        return address(uint160(positionId >> 96));
    }

    /// @dev Delegating to nobody is delegating to oneself.
    function _delegate(address owner, address delegatee) internal override {
        super._delegate(owner, delegatee == address(0) ? owner : delegatee);
    }

    function _getVotingUnits(address owner) internal view override returns (uint256) {
        return _accounts[owner].power;
    }
}
