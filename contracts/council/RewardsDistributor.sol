// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IActivityRecorder} from "../shared/ActivityRecorder.sol";
import {ParameterBounds} from "../shared/ParameterBounds.sol";
import {ICouncilStaking} from "./interfaces/ICouncilStaking.sol";
import {IRewardsDistributor, RewardParams} from "./interfaces/IRewardsDistributor.sol";

/// @title Rewards of those who stake in the council
/// @dev Holds what it owes - what has streamed and is not claimed, and the rest of the period - and what the next
/// period will stream, which is everything else. An account's weight is its power times its boosters as they were when
/// it was last touched. Reward for each unit of weight is one sum; what dividing leaves of it is carried, so that
/// nothing is lost. Invariants: docs/properties.md. Trusts: the token is a plain ERC-20; staking tells every change.
contract RewardsDistributor is IRewardsDistributor, AccessManaged, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    uint256 private constant BPS = 10_000;

    /// @dev Binary digits after the point of a reward for a unit of weight.
    uint256 private constant SCALE = 80;

    /// @dev Of a period, in token units: a million times all tokens of 9 decimals.
    uint256 private constant MAX_AMOUNT = type(uint80).max;

    /// @dev Nobody stakes more beyond it. Boosters make at most four times that of it, which 80 bits hold.
    uint256 private constant MAX_TOTAL_WEIGHT = 2 ** 78 - 1;

    /// @dev What every touch changes, in one slot.
    struct Pot {
        uint160 perWeight; // units x 2^80 for each unit of weight, since ever
        uint96 carry; // units x 2^80 that no weight has had yet: less than the total weight and 2^80
    }

    /// @dev The period and who shares it, in one slot. A count of 2^16 periods lasts 179 years of days.
    struct Stream {
        uint80 totalWeight;
        uint80 amount;
        uint40 startedAt;
        uint40 updatedAt;
        uint16 period;
    }

    /// @dev An account in two slots.
    struct AccountSlots {
        // slot 0: what a touch adds to
        uint160 perWeight;
        uint96 accrued;
        // slot 1: what its weight is made of
        uint96 power;
        uint40 participatedAt;
        uint40 votedAt;
        uint16 boosterBps; // as counted in the weight
        bool isLongTerm;
    }

    /// @inheritdoc IRewardsDistributor
    IERC20 public immutable token;

    uint32 private immutable _period;
    uint32 private immutable _activityWindow;
    uint16 private immutable _participationBps;
    uint16 private immutable _longTermBps;
    uint16 private immutable _governanceBps;
    uint96 private immutable _minClaim;

    Pot private _pot;
    Stream private _stream;
    uint256 private _owed;

    /// @inheritdoc IRewardsDistributor
    address public staking;

    mapping(address account => AccountSlots) private _accounts;

    modifier onlyStaking() {
        if (msg.sender != staking) revert NotStaking(msg.sender);
        _;
    }

    /// @param token_ The council's token.
    /// @param params_ Boosters and times.
    /// @param authority The protocol's `AccessManager`.
    constructor(IERC20 token_, RewardParams memory params_, address authority) AccessManaged(authority) {
        ParameterBounds.check("period", params_.period, 1 days, 365 days);
        ParameterBounds.check("activityWindow", params_.activityWindow, 1 hours, 365 days);
        ParameterBounds.check("participationBps", params_.participationBps, 0, BPS);
        ParameterBounds.check("longTermBps", params_.longTermBps, 0, BPS);
        ParameterBounds.check("governanceBps", params_.governanceBps, 0, BPS);
        if (address(token_).code.length == 0) revert TokenNotContract(address(token_));
        _pot.perWeight = 1; // so that no account's first slot is empty once it has staked
        token = token_;
        (_period, _activityWindow, _minClaim) = (params_.period, params_.activityWindow, params_.minClaim);
        (_participationBps, _longTermBps, _governanceBps) = (
            params_.participationBps,
            params_.longTermBps,
            params_.governanceBps
        );
    }

    /* REWARDS */

    /// @inheritdoc IRewardsDistributor
    function fund(uint256 amount) external nonReentrant {
        if (amount == 0) revert AmountZero();
        emit Funded(msg.sender, amount);

        token.safeTransferFrom(msg.sender, address(this), amount);
    }

    /// @inheritdoc IRewardsDistributor
    function startPeriod() external nonReentrant returns (uint256 amount) {
        _advance();
        Stream memory current = _stream;
        uint256 endsAt = uint256(current.startedAt) + _period;
        if (current.period > 0 && block.timestamp < endsAt) revert PeriodNotOver(endsAt);
        amount = nextPeriodAmount();
        if (amount == 0) revert NothingToStream();

        (current.startedAt, current.updatedAt) = (uint40(block.timestamp), uint40(block.timestamp)); // year 36,812
        (current.amount, current.period) = (uint80(amount), current.period + 1); // at most MAX_AMOUNT
        _stream = current;
        _owed += amount;
        emit PeriodStarted(current.period, amount, block.timestamp + _period);
    }

    /// @inheritdoc IRewardsDistributor
    function claim() external nonReentrant returns (uint256 amount) {
        amount = _take(msg.sender);
        emit Claimed(msg.sender, amount);

        token.safeTransfer(msg.sender, amount);
    }

    /// @inheritdoc IRewardsDistributor
    function compound(uint256 lockDays) external nonReentrant returns (uint256 amount, uint256 positionId) {
        amount = _take(msg.sender);
        positionId = ICouncilStaking(staking).stakeFor(msg.sender, amount, lockDays);
        emit Compounded(msg.sender, amount, positionId);
    }

    /// @inheritdoc IRewardsDistributor
    function poke(address owner) external nonReentrant {
        _touch(owner);
    }

    /* HOOKS */

    /// @inheritdoc IRewardsDistributor
    function bind(address staking_) external restricted {
        if (staking != address(0)) revert AlreadyBound(staking);
        staking = staking_;
        token.forceApprove(staking_, type(uint256).max);
    }

    /// @inheritdoc IRewardsDistributor
    function onStakeChanged(address owner, uint256 power, bool isLongTerm) external onlyStaking {
        _advance();
        _setWeight(owner, power, isLongTerm);
    }

    /// @inheritdoc IActivityRecorder
    function recordParticipation(address owner) external {
        if (_accounts[owner].power == 0) return; // nothing to boost, and nothing for the role to guard
        _checkCanCall(msg.sender, msg.data);
        _accounts[owner].participatedAt = uint40(block.timestamp); // until the year 36,812
        emit ParticipationRecorded(owner, msg.sender);
    }

    /// @inheritdoc IRewardsDistributor
    function recordVote(address owner) external restricted {
        _accounts[owner].votedAt = uint40(block.timestamp); // until the year 36,812
    }

    /* READ */

    /// @inheritdoc IRewardsDistributor
    function params() external view returns (RewardParams memory) {
        return
            RewardParams({
                period: _period,
                activityWindow: _activityWindow,
                participationBps: _participationBps,
                longTermBps: _longTermBps,
                governanceBps: _governanceBps,
                minClaim: _minClaim
            });
    }

    /// @inheritdoc IRewardsDistributor
    function claimable(address owner) external view returns (uint256) {
        AccountSlots storage slots = _accounts[owner];
        (Pot memory pot, , ) = _advanced(_stream);
        return slots.accrued + ((_weightOf(slots) * (pot.perWeight - slots.perWeight)) >> SCALE);
    }

    /// @inheritdoc IRewardsDistributor
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
        )
    {
        AccountSlots storage slots = _accounts[owner];
        (power, weight, boosterBps) = (slots.power, _weightOf(slots), slots.boosterBps);
        currentBoosterBps = _boosterBps(slots, slots.isLongTerm);
        (participatedAt, votedAt) = (slots.participatedAt, slots.votedAt);
    }

    /// @inheritdoc IRewardsDistributor
    function stream()
        external
        view
        returns (uint256 period, uint256 amount, uint256 startedAt, uint256 endsAt, uint256 streamed)
    {
        Stream memory current = _stream;
        (period, amount, startedAt) = (current.period, current.amount, current.startedAt);
        endsAt = period == 0 ? 0 : startedAt + _period;
        streamed = _streamedUntil(current, Math.min(block.timestamp, endsAt));
    }

    /// @inheritdoc IRewardsDistributor
    function totalWeight() external view returns (uint256) {
        return _stream.totalWeight;
    }

    /// @inheritdoc IRewardsDistributor
    function owed() external view returns (uint256) {
        (, , uint256 released) = _advanced(_stream);
        return _owed - released;
    }

    /// @inheritdoc IRewardsDistributor
    function nextPeriodAmount() public view returns (uint256) {
        (, , uint256 released) = _advanced(_stream);
        return Math.min(token.balanceOf(address(this)) - (_owed - released), MAX_AMOUNT);
    }

    /* INTERNAL */

    /// @dev Brings an account's reward and weight up to date.
    function _touch(address owner) private {
        _advance();
        _setWeight(owner, _accounts[owner].power, _accounts[owner].isLongTerm);
    }

    /// @dev An account's reward, of which nothing is left.
    function _take(address owner) private returns (uint256 amount) {
        _touch(owner);
        AccountSlots storage slots = _accounts[owner];
        amount = slots.accrued;
        bool isEnough = amount >= _minClaim || slots.power == 0; // whoever has left takes what is left
        if (!isEnough || amount == 0) revert RewardTooSmall(owner, amount, _minClaim);
        slots.accrued = 0;
        _owed -= amount;
    }

    /// @dev Shares what has streamed since the last time.
    function _advance() private {
        Stream memory current = _stream;
        (Pot memory pot, uint256 until, uint256 released) = _advanced(current);
        _pot = pot;
        if (until > current.updatedAt) _stream.updatedAt = uint40(until); // until the year 36,812
        if (released > 0) _owed -= released;
    }

    /// @dev The pot as it is now; until when it has streamed; and what streamed to nobody, which is not owed any more.
    function _advanced(Stream memory current) private view returns (Pot memory pot, uint256 until, uint256 released) {
        pot = _pot;
        until = Math.min(block.timestamp, uint256(current.startedAt) + _period);
        if (until <= current.updatedAt && pot.carry < current.totalWeight) return (pot, until, 0);
        uint256 streamed =
            until <= current.updatedAt
                ? 0
                : _streamedUntil(current, until) - _streamedUntil(current, current.updatedAt);
        if (current.totalWeight == 0) return (pot, until, streamed);
        uint256 shared = (streamed << SCALE) + pot.carry;
        pot.perWeight += uint160(shared / current.totalWeight);
        pot.carry = uint96(shared % current.totalWeight); // below the total weight
    }

    /// @dev Of the period's amount, what has streamed until an instant; rounded down, and whole at the end.
    function _streamedUntil(Stream memory current, uint256 until) private view returns (uint256) {
        return (uint256(current.amount) * (until - current.startedAt)) / _period;
    }

    /// @dev Adds to an account what its weight earned; a fraction of a unit goes back to the carry.
    function _accrued(AccountSlots storage slots) private returns (uint256 weight) {
        weight = _weightOf(slots);
        uint256 perWeight = _pot.perWeight;
        uint256 earned = weight * (perWeight - slots.perWeight);
        slots.perWeight = uint160(perWeight);
        slots.accrued += uint96(earned >> SCALE); // part of what is owed, which fits
        _pot.carry += uint96(earned & ((1 << SCALE) - 1));
    }

    function _setWeight(address owner, uint256 power, bool isLongTerm) private {
        AccountSlots storage slots = _accounts[owner];
        uint256 before = _accrued(slots);
        uint256 boosterBps = _boosterBps(slots, isLongTerm);
        bool isMore = power > slots.power;
        slots.power = uint96(power); // as staking counts it
        slots.isLongTerm = isLongTerm;
        slots.boosterBps = uint16(boosterBps); // at most 30,000
        uint256 weight = (power * (BPS + boosterBps)) / BPS;
        if (weight == before) return;
        uint256 total = _stream.totalWeight + weight - before;
        if (isMore && total > MAX_TOTAL_WEIGHT) revert WeightTooLarge(total, MAX_TOTAL_WEIGHT);
        _stream.totalWeight = uint80(total);
        emit WeightChanged(owner, weight, boosterBps);
    }

    function _boosterBps(AccountSlots storage slots, bool isLongTerm) private view returns (uint256 bps) {
        if (block.timestamp < uint256(slots.participatedAt) + _activityWindow) bps += _participationBps;
        if (block.timestamp < uint256(slots.votedAt) + _activityWindow) bps += _governanceBps;
        if (isLongTerm) bps += _longTermBps;
    }

    /// @dev Power times boosters, rounded down.
    function _weightOf(AccountSlots storage slots) private view returns (uint256) {
        return (uint256(slots.power) * (BPS + slots.boosterBps)) / BPS;
    }
}
