// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {
    ArgumentParams,
    IArgumentStaking,
    UnhelpfulReason
} from "../../../contracts/argument/interfaces/IArgumentStaking.sol";
import {Side} from "../../../contracts/shared/Side.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";
import {vm} from "../utils/Vm.sol";
import {ArgumentActors} from "./ArgumentActors.sol";
import {ArgumentFixtures} from "./ArgumentFixtures.sol";
import {RandomArgumentRules} from "./RandomArgumentRules.sol";

/// @title Users who argue, and time that passes
/// @dev Every call either does what the store computed or is refused with the error and facts that the store computed.
/// Mostly there is something that the call can succeed on.
abstract contract ArgumentHandler is ArgumentActors {
    using Bounded for uint256;

    uint256 private constant EXPIRED_AT_MARK = 100;

    /* ARGUE */

    function create(uint256 userSeed, uint256 seed) external counted {
        _create(_user(userSeed), seed);
    }

    function upvote(uint256 userSeed, uint256 seed) external counted {
        address user = _user(userSeed);
        _upvote(user, seed % 4 == 0 ? _anyArgument(seed >> 8) : _argumentFor(user, seed >> 8, false), seed);
    }

    /// @dev In three calls of four by its creator, in every other call one that nobody touched, if there is any. In one
    /// of eight somebody marks it before, in another the creator marks another one, in a third its stake just ends.
    function deleteArgument(uint256 userSeed, uint256 seed) external counted {
        uint256 argumentId = seed % 2 == 0 ? _untouchedArgument(seed >> 8) : _anyArgument(seed >> 8);
        address user = _user(userSeed);
        if (seed % 4 != 3 && _exists(argumentId)) user = _arguments[argumentId - 1].creator;
        if (seed % 8 == 6 && argumentId > 0) _warpToEndOf(argumentId, (seed >> 4) % 2);
        if (seed % 8 == 2) _mark(_user(userSeed), argumentId, seed >> 16);
        if (seed % 8 == 4) _mark(user, _argumentFor(user, seed >> 16, true), seed >> 16);
        (Attempt attempt, bytes memory refusal) = _deletionRefusal(user, argumentId);
        bytes memory call = abi.encodeCall(IArgumentStaking.deleteArgument, (argumentId));
        if (!_try(user, call, attempt, refusal)) return;

        if (_userOf[user].markedAt > 0) _noteOutcome(Outcome.DeletedYoungerThanMark);
        bytes32 claimId = _arguments[argumentId - 1].claimId;
        if (expectedPlaces(claimId, user) == _rules.maxArgumentsPerClaim) _noteOutcome(Outcome.PlaceFreed);
        _recordDeletion(argumentId);
        _noteAction(Action.Delete);
    }

    function withdraw(uint256 userSeed) external counted {
        _withdraw(_user(userSeed));
    }

    /* CURATE */

    /// @dev One call of four by a slasher, one by a curator.
    function mark(uint256 userSeed, uint256 seed) external counted {
        address user = _user(userSeed);
        if (seed % 4 == 0) user = _slasher;
        else if (seed % 4 == 1) user = _curator;
        uint256 argumentId = seed % 16 < 4 ? _anyArgument(seed >> 8) : _argumentFor(user, seed >> 8, true);
        _mark(user, argumentId, seed >> 4);
    }

    /* UPKEEP */

    /// @dev Often one at a time, sometimes all.
    function process(uint256 countSeed) external counted {
        _process(countSeed % 2 == 0 ? 1 : countSeed.ofAnySize(0, type(uint256).max));
    }

    /// @dev By the admin, in one call of 32 as much as the books can count, or a unit more.
    function fund(uint256 amountSeed) external counted {
        uint256 amount = (amountSeed >> 8).ofAnySize(0, amountSeed % 8 == 0 ? type(uint256).max : 1_000_000);
        if (amountSeed % 32 == 1) amount = MAX_OWED - _owed() + ((amountSeed >> 8) % 2);
        _fund(amount);
    }

    function donate(uint256 amountSeed) external counted {
        uint256 amount = amountSeed.ofAnySize(1, MAX_OWED);
        token.mint(address(staking), amount);
        donated += amount;
        _noteAction(Action.Donate);
    }

    /* GOVERN */

    function setRules(uint256 seed) external counted {
        ArgumentParams memory rules = RandomArgumentRules.drawPlayable(seed, _rules.period);
        if (seed % 2 == 0) rules.maxArgumentsPerClaim = uint16((seed >> 8).within(1, 3));
        (Attempt attempt, bytes memory refusal) = _periodRefusal(rules.period);
        address caller = address(this);
        if (seed % 16 == 0) {
            (caller, attempt) = (_users[(seed >> 8) % USERS], Attempt.RulesByStranger);
            refusal = abi.encodeWithSignature("AccessManagedUnauthorized(address)", caller);
        } else if (seed % 16 == 1) {
            (rules.unhelpfulThreshold, attempt) = (26, Attempt.RulesOutOfBounds);
            bytes4 selector = bytes4(keccak256("ParameterOutOfBounds(string,uint256,uint256,uint256)"));
            refusal = abi.encodeWithSelector(selector, "unhelpfulThreshold", 26, 1, 25);
        }
        _setRules(caller, rules, attempt, refusal);
    }

    /// @dev The period changes again and again, with a stake or two for each.
    function changePeriods(uint256 userSeed, uint256 seed) external counted {
        uint256 changes = seed % 16 == 0 ? 17 : seed % 3;
        ArgumentParams memory rules = _rules;
        for (uint256 i = 0; i < changes; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            rules.period = uint32(seed.ofAnySize(1 hours, 60 days));
            (Attempt attempt, bytes memory refusal) = _periodRefusal(rules.period);
            _setRules(address(this), rules, attempt, refusal);
            address user = _users[addmod(userSeed, i, USERS)];
            _create(user, seed | 15);
            _upvote(user, _argumentFor(user, seed >> 8, false), seed | 15);
        }
    }

    function pause(uint256 callerSeed) external counted {
        address caller = callerSeed % 8 == 0 ? _user(callerSeed >> 3) : _guardian;
        if (callerSeed % 8 == 1) caller = address(this);
        bool isUnpause = _isPaused ? callerSeed % 16 != 2 : callerSeed % 4 != 0;
        Attempt attempt = Attempt.None;
        bytes memory refusal;
        if (caller != _guardian) {
            attempt = Attempt.PauseByStranger;
            refusal = abi.encodeWithSignature("AccessManagedUnauthorized(address)", caller);
        } else if (_isPaused != isUnpause) {
            attempt = isUnpause ? Attempt.UnpauseTwice : Attempt.PauseTwice;
            refusal = abi.encodeWithSignature(isUnpause ? "ExpectedPause()" : "EnforcedPause()");
        }
        bytes memory call =
            isUnpause
                ? abi.encodeCall(IArgumentStaking.unpauseEntries, ())
                : abi.encodeCall(IArgumentStaking.pauseEntries, ());
        if (!_try(caller, call, attempt, refusal)) return;
        _isPaused = !isUnpause;
        _noteAction(isUnpause ? Action.Unpause : Action.Pause);
    }

    /* THE WORLD */

    /// @dev Users get richer or poorer, in one call of two to where the stake limit just refuses or lets them.
    function prosper(uint256 userSeed, uint256 seed) external counted {
        address user = _user(userSeed);
        if (seed % 4 < 2) _setBalanceToLimit(user, seed % 4);
        else _setBalance(user, (seed >> 8).ofAnySize(0, 20 * uint256(_rules.creationStake)));
        _noteAction(Action.Prosper);
    }

    /// @dev Often to the second at which something changes: the end of a stake or a jail, the edge of a window.
    function warp(uint256 seed) external counted {
        uint256 time = vm.getBlockTimestamp();
        uint256 target = time + (seed >> 8).ofAnySize(0, seed % 8 == 0 ? 60 days : 2 days);
        if (seed % 4 == 1) target = totals().nextEndsAt;
        else if (seed % 16 == 2) target = _userOf[_user(seed >> 8)].jailedUntil;
        else if (seed % 8 == 3 && _stakes.length > 0) {
            target = _stakes[_stakes.length - 1 - ((seed >> 8) % _stakes.length) / 2].createdAt;
            target += _rules.stakeLimitWindow;
        }
        target += ((seed >> 64) % 3);
        if (target > time) vm.warp(target - 1);
        _noteAction(Action.Warp);
    }

    function readUnknown(uint256 seed) external counted {
        uint256 id = seed.ofAnySize(_arguments.length + 1, type(uint256).max);
        _refused(address(this), address(staking), abi.encodeCall(IArgumentStaking.argument, (id)), _unknownRefusal(id));
        bytes memory call = abi.encodeCall(IArgumentStaking.argumentStakes, (id, 0, 1));
        _refused(address(this), address(staking), call, _unknownRefusal(id));
        id = seed % 2 == 0 ? 0 : seed.ofAnySize(_stakes.length + 1, type(uint256).max);
        bytes memory refusal = abi.encodeWithSelector(IArgumentStaking.StakeUnknown.selector, id);
        _refused(address(this), address(staking), abi.encodeCall(IArgumentStaking.stake, (id)), refusal);
        _noteAttempt(Attempt.ReadUnknown);
    }

    /// @dev All stakes run out and are paid, in steps of any size, and everybody takes what is theirs.
    function everybodyLeaves(uint256 seed) external {
        for (uint256 i = 0; i < _stakes.length; ++i) {
            if (_stakes[i].endsAt > vm.getBlockTimestamp()) vm.warp(_stakes[i].endsAt);
        }
        while (_process(1 + (seed % 40)) > 0) seed >>= 3;
        for (uint256 i = 0; i < USERS; ++i) _withdraw(_users[addmod(seed, i, USERS)]);
    }

    /* INTERNAL: CALLS */

    /// @dev Time passes until the stake of an argument's creator ends, or until just before.
    function _warpToEndOf(uint256 argumentId, uint256 secondsBefore) private {
        uint256 target = _ownStakeOf(_arguments[argumentId - 1]).endsAt - secondsBefore;
        if (target > vm.getBlockTimestamp()) vm.warp(target);
    }

    function _create(address user, uint256 seed) private {
        bytes32 claimId = ArgumentFixtures.claim((seed >> 8) % (ArgumentFixtures.CLAIMS + (seed % 16 == 0 ? 1 : 0)));
        bytes memory summary = _text(seed >> 16, _rules.minSummaryLength, _rules.maxSummaryLength);
        bytes memory body = _text(seed >> 32, _rules.minBodyLength, _rules.maxBodyLength);
        Side side = Side((seed >> 48) % 2);
        _provide(user, _rules.creationStake, seed);
        (Attempt attempt, bytes memory refusal) = _creationRefusal(user, claimId, summary.length, body.length);
        bytes memory call = abi.encodeCall(
            IArgumentStaking.createArgument,
            (claimId, side, string(summary), string(body))
        );
        _noteLimit(user, attempt);
        (bool isDone, bytes memory answer) = _perform(user, address(staking), call, refusal);
        _noteAttempt(attempt);
        if (!isDone) return;

        if (_userOf[user].jailedUntil > 0) _noteOutcome(Outcome.JailPassed);
        uint256 id = _recordArgument(user, claimId, side, keccak256(abi.encode(string(summary), string(body))));
        Check.equal(abi.decode(answer, (uint256)), id, "id of the argument");
        _noteStake(_stakes[_stakes.length - 1].interest);
        _noteOutcome(side == Side.Support ? Outcome.SupportArgued : Outcome.OppositionArgued);
        _noteAction(Action.Create);
    }

    function _upvote(address user, uint256 argumentId, uint256 seed) private {
        _provide(user, _rules.upvoteStake, seed);
        (Attempt attempt, bytes memory refusal) = _upvoteRefusal(user, argumentId);
        bytes memory call = abi.encodeCall(IArgumentStaking.upvote, (argumentId));
        _noteLimit(user, attempt);
        (bool isDone, bytes memory answer) = _perform(user, address(staking), call, refusal);
        _noteAttempt(attempt);
        if (!isDone) return;

        StakeRecord storage own = _ownStakeOf(_arguments[argumentId - 1]);
        if (vm.getBlockTimestamp() >= own.endsAt) _noteOutcome(Outcome.UpvotedAfterCreatorsEnd);
        (uint256 stakeId, bool hasUnjailed) = _recordUpvote(user, argumentId);
        Check.equal(abi.decode(answer, (uint256)), stakeId, "id of the stake");
        if (hasUnjailed) _noteOutcome(Outcome.Unjailed);
        _noteStake(_stakes[_stakes.length - 1].interest);
        _noteAction(Action.Upvote);
    }

    function _mark(address user, uint256 argumentId, uint256 seed) private {
        if (_dueInQueue() > EXPIRED_AT_MARK) return; // the mark that decides is refused
        (Attempt attempt, bytes memory refusal) = _markRefusal(user, argumentId);
        UnhelpfulReason reason = UnhelpfulReason(seed % 7);
        bytes memory call = abi.encodeCall(IArgumentStaking.markUnhelpful, (argumentId, reason));
        if (!_try(user, call, attempt, refusal)) return;

        uint256 marks = _recordMark(user, argumentId, !_hasRole(user));
        if (marks >= _rules.unhelpfulThreshold) _noteOutcome(Outcome.DecidedByThreshold);
        else if (user == _slasher) _noteOutcome(Outcome.DecidedBySlasher);
        if (marks >= _rules.unhelpfulThreshold || user == _slasher) _decide(argumentId);
        _noteAction(Action.Mark);
    }

    function _decide(uint256 argumentId) private {
        (uint256 processed, Expiries memory e) = _recordExpiries(EXPIRED_AT_MARK);
        _noteExpiries(e);
        if (processed > 0) _noteOutcome(Outcome.ExpiredBeforeDecision);
        (uint256 slashed, uint256 reward) = _recordUnhelpful(argumentId);
        _noteOutcome(slashed > 0 ? Outcome.SlashedStake : Outcome.SlashedNothing);
        if (slashed > 0 && reward == 0) _noteOutcome(Outcome.RewardOfNothing);
        if (_userOf[_arguments[argumentId - 1].creator].slashCount > 1) _noteOutcome(Outcome.JailedAgain);
    }

    /// @dev A5: no stake that has ended is left behind one that ended later.
    function _process(uint256 maxCount) private returns (uint256 processed) {
        processed = staking.processExpired(maxCount);
        (uint256 expected, Expiries memory e) = _recordExpiries(maxCount);
        Check.equal(processed, expected, "processed");
        uint256 nextEndsAt = totals().nextEndsAt;
        if (e.paid > 0 && nextEndsAt > 0) Check.atLeast(nextEndsAt, e.lastEndsAt, "a stake was overtaken in the queue");
        _noteExpiries(e);
        if (processed == 0) _noteOutcome(Outcome.ProcessedNothing);
        else if (_dueInQueue() > 0) _noteOutcome(Outcome.ProcessedPart);
        _noteAction(Action.Process);
    }

    function _withdraw(address user) private {
        (Attempt attempt, bytes memory refusal) = _withdrawalRefusal(user);
        bytes memory call = abi.encodeCall(IArgumentStaking.withdraw, ());
        (bool isDone, bytes memory answer) = _perform(user, address(staking), call, refusal);
        _noteAttempt(attempt);
        if (!isDone) return;
        Check.equal(abi.decode(answer, (uint256)), _recordWithdrawal(user), "withdrawn");
        _noteAction(Action.Withdraw);
    }

    function _fund(uint256 amount) private {
        (Attempt attempt, bytes memory refusal) = _fundingRefusal(amount);
        if (attempt == Attempt.None) token.mint(address(this), amount);
        bytes memory call = abi.encodeCall(IArgumentStaking.fundRewards, (amount));
        if (!_try(address(this), call, attempt, refusal)) return;
        _free += amount;
        if (_owed() == MAX_OWED) _noteOutcome(Outcome.BooksFull);
        _noteAction(Action.Fund);
    }

    function _setRules(address caller, ArgumentParams memory rules, Attempt attempt, bytes memory refusal) private {
        if (!_try(caller, abi.encodeCall(IArgumentStaking.setParams, (rules)), attempt, refusal)) return;
        _recordRules(rules);
        (uint256 past, ) = _erasInQueue();
        if (past == 15) _noteOutcome(Outcome.SixteenPeriods);
        _noteAction(Action.SetRules);
    }

    /// @dev In most calls what a stake needs, from outside: tokens, in one call of eight just at the limit or just
    /// beyond, and a reserve.
    function _provide(address user, uint256 amount, uint256 seed) private {
        if (seed % 8 == 0) return;
        (uint256 staked, ) = _limitOf(user);
        uint256 needed = amount + (staked * BPS) / _rules.stakeLimitBps + 1;
        if (seed % 8 == 1) _setBalanceToLimit(user, (seed >> 3) % 2);
        else if (_userOf[user].balance < needed) _setBalance(user, needed);
        uint256 interest = _interest(amount);
        if (seed % 8 == 2 || seed % 8 == 3 || interest <= _free) return;
        uint256 room = MAX_OWED - _owed();
        if (room >= interest - _free) _fund(interest - _free);
    }
}
