// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {ArgumentStatus, IArgumentStaking} from "../../../contracts/argument/interfaces/IArgumentStaking.sol";
import {Tally} from "../utils/Tally.sol";
import {Bounded} from "../utils/Bounded.sol";
import {PlainToken} from "../utils/PlainToken.sol";
import {vm} from "../utils/Vm.sol";
import {ArgumentFixtures} from "./ArgumentFixtures.sol";
import {ArgumentRefusals} from "./ArgumentRefusals.sol";

/// @title Who argues, what they find to act on, and what came of it
abstract contract ArgumentActors is ArgumentRefusals, Tally {
    using Bounded for uint256;

    enum Action {
        Create,
        Upvote,
        Delete,
        Mark,
        Process,
        Withdraw,
        Fund,
        Donate,
        SetRules,
        Pause,
        Unpause,
        Prosper,
        Warp
    }

    enum Outcome {
        SupportArgued,
        OppositionArgued,
        InterestOfNothing,
        ReserveRanDry,
        BooksFull,
        LimitMissedByAUnit,
        LimitForgotStakes,
        PlaceFreed,
        DeletedYoungerThanMark,
        Unjailed,
        JailPassed,
        UpvotedAfterCreatorsEnd,
        DecidedByThreshold,
        DecidedBySlasher,
        ExpiredBeforeDecision,
        SlashedStake,
        SlashedNothing,
        RewardOfNothing,
        JailedAgain,
        ProcessedNothing,
        ProcessedPart,
        EarlyEndTakenOut,
        OvertakenByShorterPeriod,
        OddUnitToUpvoter,
        PaidWithoutInterest,
        SixteenPeriods
    }

    uint256 internal constant USERS = 8;
    uint256 private constant CANDIDATES = 12;

    IArgumentStaking public immutable staking;
    PlainToken public immutable token;

    address internal immutable _guardian = address(uint160(uint256(keccak256("guardian"))));

    constructor() ArgumentRefusals(USERS) {
        (staking, token) = ArgumentFixtures.deploy(_guardian, _curator, _slasher);
        token.approve(address(staking), type(uint256).max);
        for (uint256 i = 0; i < USERS; ++i) {
            vm.prank(_users[i]);
            token.approve(address(staking), type(uint256).max);
        }
    }

    function lengthOf(Kind kind) external pure override returns (uint256) {
        if (kind == Kind.Action) return uint256(type(Action).max) + 1;
        if (kind == Kind.Attempt) return uint256(type(Attempt).max) + 1;
        return uint256(type(Outcome).max) + 1;
    }

    /* CALLS */

    function _try(
        address caller,
        bytes memory call,
        Attempt attempt,
        bytes memory refusal
    ) internal returns (bool isDone) {
        (isDone, ) = _perform(caller, address(staking), call, refusal);
        _noteAttempt(attempt);
    }

    function _setBalance(address user, uint256 balance) internal {
        uint256 current = _userOf[user].balance;
        if (balance > current) {
            token.mint(user, balance - current);
        } else {
            vm.prank(user);
            token.transfer(address(this), current - balance);
        }
        _userOf[user].balance = balance;
    }

    /// @dev What a user has in all becomes so much that the stake limit refuses them, or with a unit beyond lets them;
    /// as far as their balance goes.
    function _setBalanceToLimit(address user, uint256 beyond) internal {
        (uint256 staked, ) = _limitOf(user);
        uint256 total = (staked * BPS) / _rules.stakeLimitBps + beyond;
        uint256 others = staked + _userOf[user].credited;
        if (total > others) _setBalance(user, total - others);
    }

    /* DRAWS */

    function _user(uint256 seed) internal view returns (address) {
        return _users[seed % USERS];
    }

    /// @dev Any argument, or at times one that does not exist.
    function _anyArgument(uint256 seed) internal view returns (uint256) {
        if (seed % 8 == 0) return seed.ofAnySize(_arguments.length + 1, type(uint256).max);
        return (seed >> 3) % (_arguments.length + 1);
    }

    /// @dev One of the last arguments, from a place that `seed` names, that the user can mark or upvote; 0 where there
    /// is none.
    function _argumentFor(address user, uint256 seed, bool isToMark) internal view returns (uint256) {
        for (uint256 i = 0; i < CANDIDATES; ++i) {
            uint256 id = _candidate(seed, i);
            if (id == 0) return 0;
            ArgumentRecord storage a = _arguments[id - 1];
            if (a.status != ArgumentStatus.Live || a.creator == user) continue;
            if (isToMark ? !_hasMarked[id][user] : !_hasUpvoted[id][user]) return id;
        }
        return 0;
    }

    /// @dev One of the last arguments that nobody upvoted or marked: that can be deleted, unless its stake has ended or
    /// backs a mark.
    function _untouchedArgument(uint256 seed) internal view returns (uint256) {
        for (uint256 i = 0; i < CANDIDATES; ++i) {
            uint256 id = _candidate(seed, i);
            if (id == 0) return 0;
            ArgumentRecord storage a = _arguments[id - 1];
            if (a.status == ArgumentStatus.Live && a.stakeIds.length == 1 && a.markers.length == 0) return id;
        }
        return 0;
    }

    /// @dev A text whose length is mostly within bounds, at times just outside.
    function _text(uint256 seed, uint256 min, uint256 max) internal pure returns (bytes memory text) {
        uint256 length = (seed >> 4).ofAnySize(min, max);
        if (seed % 16 == 0) length = min - 1;
        else if (seed % 16 == 1) length = max + 1;
        text = new bytes(length);
        for (uint256 i = 0; i < length && i < 4; ++i) text[length - 1 - i] = bytes1(uint8(seed >> (8 * i)));
    }

    function _candidate(uint256 seed, uint256 index) private view returns (uint256) {
        uint256 count = _arguments.length;
        return index < count ? count - addmod(seed, index, count < CANDIDATES ? count : CANDIDATES) : 0;
    }

    /* NOTES */

    /// @dev Before a stake is made.
    function _noteLimit(address user, Attempt attempt) internal {
        if (attempt != Attempt.None) return;
        (uint256 staked, uint256 total) = _limitOf(user);
        if (staked > 0 && staked * BPS >= (total - 1) * _rules.stakeLimitBps) _noteOutcome(Outcome.LimitMissedByAUnit);
        if (staked < expectedRunning(user, type(uint256).max)) _noteOutcome(Outcome.LimitForgotStakes);
    }

    function _noteStake(uint256 interest) internal {
        if (interest == 0) _noteOutcome(Outcome.InterestOfNothing);
        else if (_free == 0) _noteOutcome(Outcome.ReserveRanDry);
    }

    function _noteExpiries(Expiries memory e) internal {
        if (e.takenOut > 0) _noteOutcome(Outcome.EarlyEndTakenOut);
        if (e.hasOvertaken) _noteOutcome(Outcome.OvertakenByShorterPeriod);
        if (e.hasOddUnit) _noteOutcome(Outcome.OddUnitToUpvoter);
        if (e.isWithoutInterest) _noteOutcome(Outcome.PaidWithoutInterest);
    }

    function _noteAction(Action action) internal {
        _note(Kind.Action, uint256(action));
    }

    function _noteAttempt(Attempt attempt) internal {
        _note(Kind.Attempt, uint256(attempt));
    }

    function _noteOutcome(Outcome outcome) internal {
        _note(Kind.Outcome, uint256(outcome));
    }
}
