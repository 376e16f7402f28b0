// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {ICouncilStaking, LockTier, Position} from "../../../contracts/council/interfaces/ICouncilStaking.sol";
import {IRewardsDistributor} from "../../../contracts/council/interfaces/IRewardsDistributor.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";
import {vm} from "../utils/Vm.sol";
import {CouncilFixtures} from "./CouncilFixtures.sol";
import {CouncilRefusals} from "./CouncilRefusals.sol";

/// @title Everyone who stakes in a council, and time that passes
/// @dev Each call does what the store computed, or is refused with the error and facts that the store computed.
abstract contract CouncilHandler is CouncilRefusals {
    using Bounded for uint256;

    enum Action {
        Stake,
        Poke,
        ExtendLock,
        Unstake,
        UnstakeEarly,
        Delegate,
        Fund,
        DonateToRewards,
        DonateToStaking,
        StartPeriod,
        Claim,
        Compound,
        Record,
        PokeAccount,
        Mint,
        Burn,
        Warp
    }

    enum Outcome {
        TierByTime,
        TierByLock,
        PenaltyPaid,
        BoosterGained,
        BoosterLapsed,
        StreamedToNobody,
        MintedAllOfAYear,
        CompoundedInPeriod,
        LessThanMinClaimedWithoutPower,
        RecordOfNobody
    }

    /// @dev What an account is after a claim and a stake, or after a compound.
    struct Standing {
        uint256 staked;
        uint256 power;
        uint256 votes;
        uint256 balance;
        uint256 owed;
        uint256 totalWeight;
        uint256 claimable;
        uint256 claimableByAll;
        Position position;
    }

    error Tried(Standing standing);

    uint256 private constant WEALTH = CouncilFixtures.MAX_STAKE;
    uint256 private constant YEAR = 365 days;

    /// @dev The year, the supply at its start, and what was minted in it.
    uint256 public year;
    uint256 public supplyAtStart;
    uint256 public minted;

    constructor(LockTier[5] memory tiers) CouncilRefusals(tiers) {
        supplyAtStart = token.totalSupply();
        for (uint256 i = 0; i < USERS; ++i) {
            token.transfer(_users[i], WEALTH);
            vm.startPrank(_users[i]);
            token.approve(address(staking), type(uint256).max);
            token.approve(address(distributor), type(uint256).max);
            vm.stopPrank();
        }
        token.approve(address(distributor), type(uint256).max);
    }

    function lengthOf(Kind kind) external pure override returns (uint256) {
        if (kind == Kind.Action) return uint256(type(Action).max) + 1;
        return uint256(kind == Kind.Attempt ? uint256(type(Attempt).max) : uint256(type(Outcome).max)) + 1;
    }

    /* STAKE */

    function stake(uint256 userSeed, uint256 seed) external counted {
        _walk();
        address user = _user(userSeed);
        (uint256 staked, , , ) = accountOf(user);
        uint256 room = CouncilFixtures.MAX_STAKE - staked;
        uint256 balance = token.balanceOf(user);
        if (room > balance) room = balance;
        if (room < CouncilFixtures.MIN_STAKE) return;
        uint256 amount = (seed >> 8).ofAnySize(CouncilFixtures.MIN_STAKE, room);
        uint256 tier = _tier(seed >> 4);
        if (seed % 16 == 0) _refuseTooLittleStake(user, daysOf(tier));
        if (seed % 16 == 2) _refuseTooMuchStake(user, staked, daysOf(tier));
        if (seed % 16 == 1) _refuseStakeWithUnknownLock(user, amount, seed);
        bytes memory call = abi.encodeCall(ICouncilStaking.stake, (amount, daysOf(tier)));
        (, bytes memory answer) = _perform(user, address(staking), call, "");
        _record(user, abi.decode(answer, (uint256)), amount, tier);
        _note(Kind.Action, uint256(Action.Stake));
    }

    function poke(uint256 seed) external counted {
        if (_positions.length == 0) return;
        PositionRecord storage p = _openPosition(seed);
        if (!p.isOpen) return;
        _walk();
        staking.poke(p.id);
        if (_reachTier(p, tierOfTime(vm.getBlockTimestamp() - p.stakedAt))) {
            _note(Kind.Outcome, uint256(Outcome.TierByTime));
        }
        _note(Kind.Action, uint256(Action.Poke));
    }

    function extendLock(uint256 seed) external counted {
        if (_positions.length == 0) return;
        PositionRecord storage p = _openPosition(seed);
        if (!p.isOpen) return;
        _walk();
        uint256 tier = _tier(seed >> 8);
        if (seed % 8 == 0) _refuseExtendingToUnknownLock(p, seed);
        if (tier == 0) return _refuseExtendingToNoLock(p);
        uint256 time = vm.getBlockTimestamp();
        uint256 unlocksAt = time + daysOf(tier) * 1 days;
        if (unlocksAt <= p.unlocksAt) return _refuseShorterLock(p, daysOf(tier), unlocksAt);
        _perform(p.owner, address(staking), abi.encodeCall(ICouncilStaking.extendLock, (p.id, daysOf(tier))), "");
        p.unlocksAt = unlocksAt;
        uint256 earned = tierOfTime(time - p.stakedAt);
        if (_reachTier(p, tier > earned ? tier : earned) && tier > earned) {
            _note(Kind.Outcome, uint256(Outcome.TierByLock));
        }
        _note(Kind.Action, uint256(Action.ExtendLock));
    }

    /// @dev One position, or in one call of 16 all of them.
    function unstake(uint256 seed) external counted {
        if (_positions.length == 0) return;
        _walk();
        if (seed % 16 > 0) return _unstake(_positions[(seed >> 8) % _positions.length], seed);
        for (uint256 i = 0; i < _positions.length; ++i) if (_positions[i].isOpen) _unstake(_positions[i], seed);
    }

    function delegate(uint256 userSeed, uint256 toSeed) external counted {
        (address user, address to) = (_user(userSeed), _user(toSeed));
        bool isNobody = toSeed % 8 == 0;
        vm.prank(user);
        staking.delegate(isNobody ? address(0) : to);
        _delegateOf[user] = isNobody ? user : to;
        _note(Kind.Action, uint256(Action.Delegate));
    }

    /* REWARDS */

    function fund(uint256 userSeed, uint256 seed) external counted {
        address user = _user(userSeed);
        uint256 amount = seed.ofAnySize(1, token.balanceOf(user) / 8 + 1);
        if (amount > token.balanceOf(user)) return;
        vm.prank(user);
        distributor.fund(amount);
        paidIn += amount;
        _note(Kind.Action, uint256(Action.Fund));
    }

    /// @dev Tokens sent outside of any call: to the distributor, which streams them, or to staking, where they stay.
    function donate(uint256 seed) external counted {
        bool isForRewards = seed % 2 == 0;
        uint256 amount = (seed >> 8).ofAnySize(1, 1_000_000);
        token.transfer(isForRewards ? address(distributor) : address(staking), amount);
        if (isForRewards) paidIn += amount;
        else donated += amount;
        _note(Kind.Action, uint256(isForRewards ? Action.DonateToRewards : Action.DonateToStaking));
    }

    function startPeriod() external counted {
        _walk();
        uint256 time = vm.getBlockTimestamp();
        if (time < period.endsAt) return _refuseEarlyPeriod(_user(time));
        // All that was not shared: it was paid in, and neither paid out nor owed to those who shared.
        uint256 free = paidIn - shared;
        Check.equal(distributor.nextPeriodAmount(), free, "what a period streams");
        if (free == 0) return _refusePeriodOfNothing(_user(time));
        Check.equal(distributor.startPeriod(), free, "what the period was said to stream");
        period = Period(free, time, time + 7 days);
        _note(Kind.Action, uint256(Action.StartPeriod));
    }

    function claim(uint256 userSeed) external counted {
        _walk();
        address user = _user(userSeed);
        uint256 reward = distributor.claimable(user);
        bytes memory call = abi.encodeCall(IRewardsDistributor.claim, ());
        if (_refuseIfTooLittle(user, reward, call, Attempt.ClaimTooLittle)) return;
        uint256 balance = token.balanceOf(user);
        (, bytes memory answer) = _perform(user, address(distributor), call, "");
        Check.equal(abi.decode(answer, (uint256)), reward, "claimed");
        Check.equal(token.balanceOf(user) - balance, reward, "paid by claiming");
        _recordPaid(user, reward);
        if (reward < CouncilFixtures.MIN_CLAIM) _note(Kind.Outcome, uint256(Outcome.LessThanMinClaimedWithoutPower));
        _note(Kind.Action, uint256(Action.Claim));
    }

    /// @dev N5: first by a claim and a stake, then, as if that had not been, at once.
    function compound(uint256 userSeed, uint256 seed) external counted {
        _walk();
        address user = _user(userSeed);
        uint256 reward = distributor.claimable(user);
        uint256 tier = _tier(seed);
        bytes memory call = abi.encodeCall(IRewardsDistributor.compound, (daysOf(tier)));
        if (_refuseIfTooLittle(user, reward, call, Attempt.CompoundTooLittle)) return;
        (uint256 staked, , , ) = accountOf(user);
        if (reward < CouncilFixtures.MIN_STAKE || staked + reward > CouncilFixtures.MAX_STAKE) return;

        (, bytes memory apart) = address(this).call(abi.encodeCall(this.claimAndStake, (user, daysOf(tier))));

        (, bytes memory answer) = _perform(user, address(distributor), call, "");
        (uint256 amount, uint256 positionId) = abi.decode(answer, (uint256, uint256));
        bytes memory together = abi.encodeWithSelector(Tried.selector, _standingOf(user, positionId));
        Check.equal(together, apart, "compounding = claiming and staking");
        Check.equal(amount, reward, "compounded");
        _recordPaid(user, amount);
        _record(user, positionId, amount, tier);
        if (vm.getBlockTimestamp() < period.endsAt) _note(Kind.Outcome, uint256(Outcome.CompoundedInPeriod));
        _note(Kind.Action, uint256(Action.Compound));
    }

    /// @dev Always reverts, with what it led to: so it changes nothing.
    function claimAndStake(address user, uint256 lockDays) external {
        vm.startPrank(user);
        uint256 positionId = staking.stake(distributor.claim(), lockDays);
        vm.stopPrank();
        revert Tried(_standingOf(user, positionId));
    }

    /// @dev A vote, or a participation, which does nothing for who has no power, whoever calls.
    function record(uint256 userSeed, uint256 seed) external counted {
        address user = _user(userSeed);
        bool isVote = seed % 2 == 0;
        bytes memory call =
            isVote
                ? abi.encodeCall(IRewardsDistributor.recordVote, (user))
                : abi.encodeCall(distributor.recordParticipation, (user));
        (, uint256 power, , ) = accountOf(user);
        if (!isVote && power == 0) {
            _perform(seed % 4 == 1 ? _stranger : address(this), address(distributor), call, "");
            return _note(Kind.Outcome, uint256(Outcome.RecordOfNobody));
        }
        if (seed % 8 < 2) return _refuseRecordByStranger(call);
        _perform(address(this), address(distributor), call, "");
        if (isVote) _activityOf[user].votedAt = vm.getBlockTimestamp();
        else _activityOf[user].participatedAt = vm.getBlockTimestamp();
        _note(Kind.Action, uint256(Action.Record));
    }

    function pokeAccount(uint256 userSeed) external counted {
        _walk();
        address user = _user(userSeed);
        uint256 before = _activityOf[user].boosterBps;
        distributor.poke(user);
        _touch(user);
        uint256 current = _activityOf[user].boosterBps;
        if (current > before) _note(Kind.Outcome, uint256(Outcome.BoosterGained));
        if (current < before) _note(Kind.Outcome, uint256(Outcome.BoosterLapsed));
        _note(Kind.Action, uint256(Action.PokeAccount));
    }

    /* SUPPLY */

    /// @dev In one call of four all that the year has left, in another a unit more.
    function mint(uint256 seed) external counted {
        _turnYear();
        uint256 left = mintable() - minted;
        uint256 amount = seed % 4 == 0 ? left : (seed >> 8).ofAnySize(0, left);
        if (seed % 4 == 1) _refuseMint(left);
        token.mintInflation(address(this), amount);
        minted += amount;
        if (minted == mintable()) _note(Kind.Outcome, uint256(Outcome.MintedAllOfAYear));
        _note(Kind.Action, uint256(Action.Mint));
    }

    function burn(uint256 seed) external counted {
        _turnYear();
        token.burn(seed.ofAnySize(0, token.balanceOf(address(this)) / 100));
        _note(Kind.Action, uint256(Action.Burn));
    }

    /* TIME */

    /// @dev Mostly right up to when something ends.
    function warp(uint256 kindSeed, uint256 seed) external counted {
        _walk();
        _recordPast();
        uint256 time = vm.getBlockTimestamp();
        uint256 end = _endOf(kindSeed, seed) + ((seed >> 128) % 3);
        uint256 target = end > time + 1 ? end - 1 : time + 1;
        if (!isShared() && time < period.endsAt) _note(Kind.Outcome, uint256(Outcome.StreamedToNobody));
        vm.warp(target);
        _walk();
        _turnYear();
        _note(Kind.Action, uint256(Action.Warp));
    }

    /* LEAVE */

    /// @dev All locks are over; everybody leaves, with all that is theirs.
    function everybodyLeaves() external {
        _walk();
        _recordPast();
        vm.warp(vm.getBlockTimestamp() + daysOf(TIERS - 1) * 1 days);
        _walk();
        for (uint256 i = 0; i < _positions.length; ++i) {
            PositionRecord storage p = _positions[i];
            if (!p.isOpen) continue;
            vm.prank(p.owner);
            Check.equal(staking.unstake(p.id), p.amount, "paid in the end");
            _close(p);
        }
        for (uint256 i = 0; i < USERS; ++i) {
            uint256 reward = distributor.claimable(_users[i]);
            if (reward == 0) continue;
            vm.prank(_users[i]);
            Check.equal(distributor.claim(), reward, "claimed in the end");
            _recordPaid(_users[i], reward);
        }
    }

    /// @dev What the year may mint.
    function mintable() public view returns (uint256) {
        return (supplyAtStart * CouncilFixtures.INFLATION_BPS) / BPS;
    }

    /* INTERNAL */

    /// @dev By whichever way is open; the other one is refused, as is anybody else, and a second time.
    function _unstake(PositionRecord storage p, uint256 seed) private {
        bytes memory patient = abi.encodeCall(ICouncilStaking.unstake, (p.id));
        bytes memory early = abi.encodeCall(ICouncilStaking.unstakeEarly, (p.id));
        if (!p.isOpen) return _refuseClosed(p, seed % 2 == 0 ? patient : early);

        _refuseStranger(p, seed % 2 == 0 ? patient : early);
        bool isLocked = vm.getBlockTimestamp() < p.unlocksAt;
        _refuseWayOut(p, isLocked ? patient : early, isLocked);

        uint256 penalty = isLocked ? Math.ceilDiv(p.amount * CouncilFixtures.PENALTY_BPS, BPS) : 0;
        uint256 balance = token.balanceOf(p.owner);
        _perform(p.owner, address(staking), isLocked ? early : patient, "");
        Check.equal(token.balanceOf(p.owner) - balance, p.amount - penalty, "paid by unstaking");
        paidIn += penalty;
        _close(p);
        if (isLocked) _note(Kind.Outcome, uint256(Outcome.PenaltyPaid));
        _note(Kind.Action, uint256(isLocked ? Action.UnstakeEarly : Action.Unstake));
    }

    function _close(PositionRecord storage p) private {
        p.isOpen = false;
        _touch(p.owner);
    }

    function _record(address user, uint256 id, uint256 amount, uint256 tier) private {
        (, , uint256 opened, ) = accountOf(user);
        Check.equal(id, (uint256(uint160(user)) << 96) | opened, "id of a position");
        uint256 time = vm.getBlockTimestamp();
        _positions.push(PositionRecord(id, user, amount, time, time + daysOf(tier) * 1 days, tier, true));
        _touch(user);
    }

    function _recordPaid(address user, uint256 reward) private {
        paidOut += reward;
        _receivedBy[user] += reward;
        _touch(user);
    }

    /// @dev Tiers never fall; rewards are touched where one rises.
    function _reachTier(PositionRecord storage p, uint256 tier) private returns (bool isHigher) {
        isHigher = tier > p.tier;
        if (!isHigher) return false;
        p.tier = tier;
        _touch(p.owner);
    }

    /// @dev When a period, a lock or an activity window ends; or any time up to ten days, or half a year.
    function _endOf(uint256 kindSeed, uint256 seed) private view returns (uint256) {
        if (kindSeed % 4 == 1 && period.endsAt > 0) return period.endsAt;
        if (kindSeed % 4 == 2 && _positions.length > 0) return _positions[seed % _positions.length].unlocksAt;
        if (kindSeed % 8 == 3) {
            Activity storage activity = _activityOf[_user(seed)];
            uint256 since = kindSeed % 16 < 8 ? activity.votedAt : activity.participatedAt;
            return since + CouncilFixtures.rewardRules().activityWindow;
        }
        return vm.getBlockTimestamp() + seed.ofAnySize(1, kindSeed % 16 == 0 ? 200 days : 10 days);
    }

    /// @dev The supply when the year begins is that before anything changes it.
    function _turnYear() private {
        uint256 current = (vm.getBlockTimestamp() - CouncilFixtures.FIRST_SECOND) / YEAR;
        if (current != year) (year, supplyAtStart, minted) = (current, token.totalSupply(), 0);
    }

    function _standingOf(address user, uint256 positionId) private view returns (Standing memory s) {
        (s.staked, s.power, , ) = staking.account(user);
        (s.votes, s.balance) = (staking.getVotes(user), token.balanceOf(user));
        (s.owed, s.totalWeight) = (distributor.owed(), distributor.totalWeight());
        s.claimable = distributor.claimable(user);
        for (uint256 i = 0; i < USERS; ++i) s.claimableByAll += distributor.claimable(_users[i]);
        s.position = staking.position(positionId);
    }

    /// @dev The first open position from any one on; that one where all are closed.
    function _openPosition(uint256 seed) private view returns (PositionRecord storage p) {
        uint256 count = _positions.length;
        p = _positions[seed % count];
        for (uint256 i = 1; i < count && !p.isOpen; ++i) p = _positions[((seed % count) + i) % count];
    }

    function _user(uint256 seed) private view returns (address) {
        return _users[seed % USERS];
    }

    function _tier(uint256 seed) private pure returns (uint256) {
        return seed % TIERS;
    }
}
