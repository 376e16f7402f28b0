// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IBeliefMarket} from "../../../contracts/market/interfaces/IBeliefMarket.sol";
import {Side} from "../../../contracts/shared/Side.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";
import {PlainToken} from "../utils/PlainToken.sol";
import {vm} from "../utils/Vm.sol";
import {MarketActors} from "./MarketActors.sol";
import {MarketAttempts} from "./MarketAttempts.sol";

/// @title Everyone who uses a market
/// @dev Each action takes any numbers and turns them into a valid call, or into none where none is possible. After each
/// call it compares what the caller got with the store.
abstract contract MarketHandler is MarketAttempts {
    using Bounded for uint256;

    enum Action {
        Commit,
        Claim,
        Withdraw,
        ExitEarly,
        Distribute,
        ReleaseExcess,
        Donate,
        Warp
    }

    enum WarpKind {
        Nothing,
        OneSecond,
        UpToAnHour,
        UpToALockPeriod,
        UpToYears,
        ToUnlock,
        ToLastLockedSecond,
        ToClaimable
    }

    /// @dev What a run of actions can bring about, so that a test can see that it did.
    enum Outcome {
        FeeCharged,
        FeeCutByCap,
        RewardPaid,
        ExcessReturned,
        ExcessReleased,
        PenaltyCharged,
        RewardsForfeited,
        DistributionShared,
        NothingToDistribute,
        LastYearsReached,
        MarketEmptied,
        MarketRefilled
    }

    uint256 private constant MASS_WITHDRAWAL_INTERVAL = 16;
    uint256 private constant MAX_WARP = 4 * 365 days;
    uint256 private constant LEAP_INTERVAL = 16;
    // Deposits are counted in 32 bits of seconds from the creation of the market: 136 years.
    uint256 private constant MAX_ELAPSED = type(uint32).max;

    uint256 public callCount;
    mapping(Action => uint256) public actionCount;
    mapping(Outcome => uint256) public outcomeCount;

    /// @dev Counts a call, done or skipped.
    modifier counted() {
        ++callCount;
        _;
    }

    /// @param authorCommitment What the author committed when the market was created, 0 for nothing.
    constructor(IBeliefMarket market_, PlainToken token_, uint256 authorCommitment) MarketActors(market_, token_) {
        if (authorCommitment > 0) {
            uint256 fee = authorCommitment - market_.position(1).principal;
            _checkFee(authorCommitment, fee, _params.authorPremiumBps, 0, 0);
            _recordCommit(1, market_.author(), Side.Support, authorCommitment, fee, _createdAt);
        }
    }

    /* ACTIONS */

    function commitSupport(uint256 actorSeed, uint256 amountSeed) external {
        _commit(Side.Support, actorSeed, amountSeed);
    }

    function commitOppose(uint256 actorSeed, uint256 amountSeed) external {
        _commit(Side.Oppose, actorSeed, amountSeed);
    }

    function claimRewards(uint256 seed) external counted {
        uint256 id = _findOpen(seed, _params.minRewardDuration, type(uint256).max);
        if (id == 0) return;
        address owner = _records[id].owner;
        uint256 before = token.balanceOf(owner);
        vm.prank(owner);
        uint256 reward = market.claimRewards(id);

        (uint256 expected, uint256 excess) = _recordTake(id);
        Check.equal(reward, expected, "claimed reward");
        Check.equal(token.balanceOf(owner) - before, reward, "claim paid");
        _noteTake(reward, excess);
        ++actionCount[Action.Claim];
    }

    /// @dev One position leaves; now and then everybody waits and leaves, so that markets end and begin again.
    function withdraw(uint256 seed) external counted {
        if (seed % MASS_WITHDRAWAL_INTERVAL == 0) {
            while (_openIds.length > 0) {
                uint256 id = _openIds[seed % _openIds.length];
                uint256 unlocksAt = _records[id].depositedAt + _params.lockPeriod;
                if (unlocksAt - _createdAt > MAX_ELAPSED) return;
                if (unlocksAt > _now()) vm.warp(unlocksAt);
                _withdraw(id);
            }
        } else {
            uint256 id = _findOpen(seed, _params.lockPeriod, type(uint256).max);
            if (id > 0) _withdraw(id);
        }
    }

    function exitEarly(uint256 seed) external counted {
        if (_params.earlyExitPenaltyBps == 0) return;
        uint256 id = _findOpen(seed, 0, _params.lockPeriod);
        if (id == 0) return;
        Record memory r = _records[id];
        uint256 srpBefore = _expectedSrp();
        uint256 before = token.balanceOf(r.owner);
        vm.prank(r.owner);
        (uint256 returned, uint256 penalty) = market.exitEarly(id);

        Check.equal(returned + penalty, r.principal, "exit splits the principal");
        Check.equal(token.balanceOf(r.owner) - before, returned, "exit paid");
        _recordEarlyExit(id, penalty, _now());
        _checkPenalty(r.principal, penalty, srpBefore);
        if (penalty > 0) ++outcomeCount[Outcome.PenaltyCharged];
        if (r.earnedRay >= RAY) ++outcomeCount[Outcome.RewardsForfeited];
        _noteClose();
        ++actionCount[Action.ExitEarly];
    }

    function distribute(uint256 actorSeed) external counted {
        vm.prank(_actor(actorSeed));
        uint256 amount = market.distribute();

        uint256 expected = _isShareable() ? _recordShare(0, _now()) : 0;
        Check.equal(amount, expected, "distributed amount");
        ++outcomeCount[amount > 0 ? Outcome.DistributionShared : Outcome.NothingToDistribute];
        ++actionCount[Action.Distribute];
    }

    /// @dev Prefers a position that has something to release.
    function releaseExcess(uint256 actorSeed, uint256 seed) external counted {
        if (_openIds.length == 0) return;
        uint256 id = _findExcess(seed);
        uint256 pending = market.pendingRewards(id);
        vm.prank(_actor(actorSeed));
        uint256 amount = market.releaseExcess(id);

        Check.equal(amount, _recordRelease(id), "released amount");
        Check.equal(market.pendingRewards(id), pending, "a release took rewards from its position");
        if (amount > 0) ++outcomeCount[Outcome.ExcessReleased];
        ++actionCount[Action.ReleaseExcess];
    }

    function donate(uint256 amountSeed) external counted {
        uint256 amount = amountSeed.ofAnySize(1, type(uint96).max);
        token.mint(address(market), amount);
        _recordDonation(amount);
        ++actionCount[Action.Donate];
    }

    /// @dev Any span from nothing to years, now and then to the last ones in which a market takes deposits, and the
    /// seconds just before and at the instants where rules change.
    function warp(uint256 kindSeed, uint256 spanSeed) external counted {
        WarpKind kind = WarpKind(kindSeed.within(0, uint256(type(WarpKind).max)));
        uint256 time = _now();
        uint256 span;
        if (kind == WarpKind.OneSecond) span = 1;
        else if (kind == WarpKind.UpToAnHour) span = spanSeed.within(1, 1 hours);
        else if (kind == WarpKind.UpToALockPeriod) span = spanSeed.within(1, _params.lockPeriod);
        else if (kind == WarpKind.UpToYears) span = _years(spanSeed, time);
        else if (kind != WarpKind.Nothing) span = _spanToBoundary(spanSeed, kind);
        if (time + span - _createdAt > MAX_ELAPSED) return;
        vm.warp(time + span);
        if (time + span - _createdAt + MAX_WARP >= MAX_ELAPSED) ++outcomeCount[Outcome.LastYearsReached];
        ++actionCount[Action.Warp];
    }

    /// @dev A call that must revert, with the error and the facts that the interface names, and change nothing.
    function attemptInvalid(uint256 kindSeed, uint256 seed) external counted {
        Attempt kind = Attempt(kindSeed.within(0, uint256(type(Attempt).max)));
        bytes32 before = keccak256(abi.encode(market.state(), token.balanceOf(address(market))));
        if (_attempt(kind, seed)) ++attemptCount[kind];
        bytes32 afterwards = keccak256(abi.encode(market.state(), token.balanceOf(address(market))));
        Check.equal(afterwards, before, "a refused call changed the market");
    }

    /* INTERNAL: COMMIT AND WITHDRAW */

    function _withdraw(uint256 id) private {
        Record memory r = _records[id];
        uint256 before = token.balanceOf(r.owner);
        vm.prank(r.owner);
        (uint256 principal, uint256 reward) = market.withdraw(id);

        (uint256 expected, uint256 excess) = _recordWithdrawal(id);
        Check.equal(principal, r.principal, "withdrawn principal");
        Check.equal(reward, expected, "withdrawn reward");
        Check.equal(token.balanceOf(r.owner) - before, principal + reward, "withdrawal paid");
        _noteTake(reward, excess);
        _noteClose();
        ++actionCount[Action.Withdraw];
    }

    function _commit(Side side, uint256 actorSeed, uint256 amountSeed) private counted {
        uint256 total = _expectedTotal();
        if (total + _params.maxStake > MAX_TOTAL_PRINCIPAL) return;
        address actor = _actor(actorSeed);
        uint256 amount = amountSeed.ofAnySize(_params.minStake, _params.maxStake);
        uint256 feeBps = _expectedFeeBps(total);
        uint256 srp = _expectedSrp();
        uint256 before = token.balanceOf(actor);
        token.mint(actor, amount);

        vm.prank(actor);
        uint256 id = market.commit(side, amount, feeBps);

        Check.equal(id, _positionCount + 1, "position id");
        Check.equal(token.balanceOf(actor), before, "commitment pulled");
        uint256 fee = amount - market.position(id).principal;
        _checkFee(amount, fee, feeBps, total, srp);
        _recordCommit(id, actor, side, amount, fee, _now());
        _noteCommit(amount, fee, feeBps, total);
    }

    function _noteCommit(uint256 amount, uint256 fee, uint256 feeBps, uint256 totalBefore) private {
        if (fee > 0) ++outcomeCount[Outcome.FeeCharged];
        if (fee < (amount * feeBps) / BPS) ++outcomeCount[Outcome.FeeCutByCap];
        if (totalBefore == 0 && _positionCount > 1) ++outcomeCount[Outcome.MarketRefilled];
        ++actionCount[Action.Commit];
    }

    /// @dev The fee is the whole share, or the largest that keeps the pool within its cap of the principal afterwards.
    function _checkFee(uint256 amount, uint256 fee, uint256 feeBps, uint256 total, uint256 srp) private view {
        uint256 whole = (amount * feeBps) / BPS;
        Check.atMost(fee, whole, "fee above its rate");
        if (fee > 0) Check.isTrue(_isWithinCap(srp + fee, total + amount - fee), "fee passes the cap of the pool");
        if (fee < whole) Check.isTrue(!_isWithinCap(srp + fee + 1, total + amount - fee - 1), "fee cut too far");
    }

    /// @dev The penalty is the whole share, or the largest that keeps the pool within its cap of the principal that
    /// stays; nothing where nobody stays.
    function _checkPenalty(uint256 principal, uint256 penalty, uint256 srp) private view {
        uint256 remaining = _expectedTotal();
        uint256 whole = remaining == 0 ? 0 : (principal * _params.earlyExitPenaltyBps) / BPS;
        Check.atMost(penalty, whole, "penalty above its rate");
        if (penalty > 0) Check.isTrue(_isWithinCap(srp + penalty, remaining), "penalty passes the cap of the pool");
        if (penalty < whole) Check.isTrue(!_isWithinCap(srp + penalty + 1, remaining), "penalty cut too far");
    }

    function _isWithinCap(uint256 srp, uint256 principal) private view returns (bool) {
        return srp * BPS <= principal * _params.maxSrpBps;
    }

    /* INTERNAL: STATE OF THE WORLD */

    /// @dev The first open position, from a place that `seed` names, that has earned above its cap; any where none has.
    function _findExcess(uint256 seed) private view returns (uint256 id) {
        uint256 count = _openIds.length;
        for (uint256 i = 0; i < count; ++i) {
            id = _openIds[addmod(seed, i, count)];
            Record storage r = _records[id];
            if (r.earnedRay / RAY > r.lifetimeCap - r.rewardsPaid) return id;
        }
    }

    /// @dev What is undistributed can be shared: Oppose has weight, or the first lock period is over and a side has.
    function _isShareable() private view returns (bool) {
        uint256 time = _now();
        (uint256 support, uint256 oppose) = expectedWeights(time);
        return oppose > 0 || (support > 0 && time - _createdAt >= _params.lockPeriod);
    }

    /// @dev Seconds until a position unlocks, until just before, or until it may claim; 0 where that is past.
    function _years(uint256 seed, uint256 time) private view returns (uint256 span) {
        span = seed.ofAnySize(1, MAX_WARP);
        uint256 left = _createdAt + MAX_ELAPSED - time;
        if ((seed >> 8) % LEAP_INTERVAL == 0 && left > span) span = left - span;
    }

    function _spanToBoundary(uint256 seed, WarpKind kind) private view returns (uint256) {
        if (_openIds.length == 0) return 0;
        uint256 boundary = _records[_openIds[seed % _openIds.length]].depositedAt;
        if (kind == WarpKind.ToUnlock) boundary += _params.lockPeriod;
        else if (kind == WarpKind.ToLastLockedSecond) boundary += _params.lockPeriod - 1;
        else boundary += _params.minRewardDuration;
        return boundary > _now() ? boundary - _now() : 0;
    }

    function _noteTake(uint256 reward, uint256 excess) private {
        if (reward > 0) ++outcomeCount[Outcome.RewardPaid];
        if (excess > 0) ++outcomeCount[Outcome.ExcessReturned];
    }

    function _noteClose() private {
        if (_openIds.length == 0) ++outcomeCount[Outcome.MarketEmptied];
    }
}
