// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";

import {ArgumentStatus, IArgumentStaking} from "../../../contracts/argument/interfaces/IArgumentStaking.sol";
import {vm} from "../utils/Vm.sol";
import {ArgumentFixtures} from "./ArgumentFixtures.sol";
import {ArgumentStore} from "./ArgumentStore.sol";

/// @title What argument staking must refuse
/// @dev Each with the error and the facts that the interface names, in the order of the interface; nothing where the
/// call must succeed.
abstract contract ArgumentRefusals is ArgumentStore {
    enum Attempt {
        None,
        EnterPaused,
        ClaimWithoutMarket,
        CreateWhileJailed,
        SummaryTooShort,
        SummaryTooLong,
        BodyTooShort,
        BodyTooLong,
        OneArgumentTooMany,
        StakeAtOrAboveLimit,
        InterestAboveReserve,
        HoldMoreThanBooksCount,
        StakeWithoutTokens,
        UpvoteUnknown,
        UpvoteDeleted,
        UpvoteUnhelpful,
        UpvoteOwn,
        UpvoteTwice,
        DeleteUnknown,
        DeleteByStranger,
        DeleteTwice,
        DeleteUpvoted,
        DeleteMarked,
        DeleteUnhelpful,
        DeleteAfterEnd,
        DeleteBackingMark,
        MarkUnknown,
        MarkDeleted,
        MarkUnhelpful,
        MarkOwn,
        MarkTwice,
        MarkWithoutStanding,
        WithdrawNothing,
        FundNothing,
        FundTooMuch,
        RulesOutOfBounds,
        RulesByStranger,
        SeventeenthPeriod,
        PauseByStranger,
        PauseTwice,
        UnpauseTwice,
        ReadUnknown
    }

    address internal immutable _curator;
    address internal immutable _slasher;

    constructor(uint256 userCount) ArgumentStore(userCount) {
        (_curator, _slasher) = (_users[userCount - 2], _users[userCount - 1]);
    }

    function _creationRefusal(
        address user,
        bytes32 claimId,
        uint256 summaryLength,
        uint256 bodyLength
    ) internal view returns (Attempt, bytes memory) {
        if (_isPaused) return (Attempt.EnterPaused, abi.encodeWithSelector(Pausable.EnforcedPause.selector));
        if (uint256(claimId) > ArgumentFixtures.CLAIMS) {
            bytes4 unknown = IArgumentStaking.ClaimUnknown.selector;
            return (Attempt.ClaimWithoutMarket, abi.encodeWithSelector(unknown, claimId));
        }
        uint256 jailedUntil = _userOf[user].jailedUntil;
        if (vm.getBlockTimestamp() < jailedUntil) {
            bytes4 jailed = IArgumentStaking.CreatorJailed.selector;
            return (Attempt.CreateWhileJailed, abi.encodeWithSelector(jailed, user, jailedUntil));
        }
        (Attempt attempt, bytes memory refusal) = _textRefusal(summaryLength, bodyLength);
        if (attempt != Attempt.None) return (attempt, refusal);
        if (expectedPlaces(claimId, user) >= _rules.maxArgumentsPerClaim) {
            bytes4 tooMany = IArgumentStaking.TooManyArguments.selector;
            refusal = abi.encodeWithSelector(tooMany, claimId, user, _rules.maxArgumentsPerClaim);
            return (Attempt.OneArgumentTooMany, refusal);
        }
        return _stakeRefusal(user, _rules.creationStake);
    }

    function _upvoteRefusal(address user, uint256 argumentId) internal view returns (Attempt, bytes memory) {
        if (_isPaused) return (Attempt.EnterPaused, abi.encodeWithSelector(Pausable.EnforcedPause.selector));
        (Attempt attempt, bytes memory refusal) = _standingRefusal(argumentId, Attempt.UpvoteUnknown);
        if (attempt != Attempt.None) return (attempt, refusal);
        if (_arguments[argumentId - 1].creator == user) return (Attempt.UpvoteOwn, _ownRefusal(argumentId, user));
        if (_hasUpvoted[argumentId][user]) {
            bytes4 selector = IArgumentStaking.AlreadyUpvoted.selector;
            return (Attempt.UpvoteTwice, abi.encodeWithSelector(selector, argumentId, user));
        }
        return _stakeRefusal(user, _rules.upvoteStake);
    }

    function _deletionRefusal(address user, uint256 argumentId) internal view returns (Attempt, bytes memory) {
        if (!_exists(argumentId)) return (Attempt.DeleteUnknown, _unknownRefusal(argumentId));
        ArgumentRecord storage a = _arguments[argumentId - 1];
        if (a.creator != user) {
            bytes4 selector = IArgumentStaking.NotCreator.selector;
            return (Attempt.DeleteByStranger, abi.encodeWithSelector(selector, argumentId, user, a.creator));
        }
        if (a.status == ArgumentStatus.Deleted) {
            bytes4 selector = IArgumentStaking.ArgumentIsDeleted.selector;
            return (Attempt.DeleteTwice, abi.encodeWithSelector(selector, argumentId));
        }
        (uint256 upvotes, uint256 marks) = (a.stakeIds.length - 1, a.markers.length);
        if (upvotes > 0 || marks > 0) {
            bytes4 selector = IArgumentStaking.ArgumentNotUntouched.selector;
            bytes memory refusal = abi.encodeWithSelector(selector, argumentId, upvotes, marks);
            if (a.status == ArgumentStatus.Unhelpful) return (Attempt.DeleteUnhelpful, refusal);
            return (upvotes > 0 ? Attempt.DeleteUpvoted : Attempt.DeleteMarked, refusal);
        }
        StakeRecord storage own = _ownStakeOf(a);
        if (vm.getBlockTimestamp() >= own.endsAt) {
            bytes4 ended = IArgumentStaking.StakeHasEnded.selector;
            return (Attempt.DeleteAfterEnd, abi.encodeWithSelector(ended, a.stakeIds[0], own.endsAt));
        }
        uint256 markedAt = _userOf[user].markedAt;
        if (own.createdAt > markedAt) return (Attempt.None, "");
        bytes4 backs = IArgumentStaking.StakeBacksMark.selector;
        return (Attempt.DeleteBackingMark, abi.encodeWithSelector(backs, a.stakeIds[0], markedAt));
    }

    function _markRefusal(address user, uint256 argumentId) internal view returns (Attempt, bytes memory) {
        (Attempt attempt, bytes memory refusal) = _standingRefusal(argumentId, Attempt.MarkUnknown);
        if (attempt != Attempt.None) return (attempt, refusal);
        if (_arguments[argumentId - 1].creator == user) return (Attempt.MarkOwn, _ownRefusal(argumentId, user));
        if (_hasMarked[argumentId][user]) {
            bytes4 selector = IArgumentStaking.AlreadyMarked.selector;
            return (Attempt.MarkTwice, abi.encodeWithSelector(selector, argumentId, user));
        }
        if (_hasRole(user)) return (Attempt.None, "");
        (uint256 staked, uint256 min) = (expectedRunning(user, type(uint256).max), _rules.minCuratorStake);
        if (staked >= min) return (Attempt.None, "");
        bytes4 notCurator = IArgumentStaking.NotCurator.selector;
        return (Attempt.MarkWithoutStanding, abi.encodeWithSelector(notCurator, user, staked, min));
    }

    function _withdrawalRefusal(address user) internal view returns (Attempt, bytes memory) {
        if (_userOf[user].credited > 0) return (Attempt.None, "");
        return (Attempt.WithdrawNothing, abi.encodeWithSelector(IArgumentStaking.CreditZero.selector, user));
    }

    function _fundingRefusal(uint256 amount) internal view returns (Attempt, bytes memory) {
        if (amount == 0) return (Attempt.FundNothing, abi.encodeWithSelector(IArgumentStaking.AmountZero.selector));
        uint256 owed = _owed();
        if (amount <= MAX_OWED - owed) return (Attempt.None, "");
        uint256 total = amount > type(uint256).max - owed ? type(uint256).max : owed + amount;
        return (Attempt.FundTooMuch, _holdingsRefusal(total));
    }

    function _periodRefusal(uint256 period) internal view returns (Attempt, bytes memory) {
        (uint256 past, bool isCurrentIn) = _erasInQueue();
        if (period == _rules.period || !isCurrentIn || past < 15) return (Attempt.None, "");
        return (Attempt.SeventeenthPeriod, abi.encodeWithSelector(IArgumentStaking.TooManyPeriods.selector, 16));
    }

    function _unknownRefusal(uint256 argumentId) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IArgumentStaking.ArgumentUnknown.selector, argumentId);
    }

    function _hasRole(address user) internal view returns (bool) {
        return user == _curator || user == _slasher;
    }

    function _exists(uint256 argumentId) internal view returns (bool) {
        return argumentId > 0 && argumentId <= _arguments.length;
    }

    /// @dev What a new stake of any kind is refused for.
    function _stakeRefusal(address user, uint256 amount) private view returns (Attempt, bytes memory) {
        (uint256 staked, uint256 total) = _limitOf(user);
        if (total > 0 && staked * BPS >= total * _rules.stakeLimitBps) {
            bytes4 reached = IArgumentStaking.StakeLimitReached.selector;
            bytes memory refusal = abi.encodeWithSelector(reached, staked, total, _rules.stakeLimitBps);
            return (Attempt.StakeAtOrAboveLimit, refusal);
        }
        uint256 interest = _interest(amount);
        if (interest > _free) {
            bytes4 tooLow = IArgumentStaking.RewardReserveTooLow.selector;
            return (Attempt.InterestAboveReserve, abi.encodeWithSelector(tooLow, _free, interest));
        }
        total = _owed() + amount;
        if (total > MAX_OWED) return (Attempt.HoldMoreThanBooksCount, _holdingsRefusal(total));
        uint256 balance = _userOf[user].balance;
        if (balance >= amount) return (Attempt.None, "");
        bytes4 poor = IERC20Errors.ERC20InsufficientBalance.selector;
        return (Attempt.StakeWithoutTokens, abi.encodeWithSelector(poor, user, balance, amount));
    }

    function _textRefusal(uint256 summaryLength, uint256 bodyLength) private view returns (Attempt, bytes memory) {
        (uint256 min, uint256 max) = (_rules.minSummaryLength, _rules.maxSummaryLength);
        if (summaryLength < min || summaryLength > max) {
            bytes4 selector = IArgumentStaking.SummaryLengthOutOfRange.selector;
            Attempt attempt = summaryLength < min ? Attempt.SummaryTooShort : Attempt.SummaryTooLong;
            return (attempt, abi.encodeWithSelector(selector, summaryLength, min, max));
        }
        (min, max) = (_rules.minBodyLength, _rules.maxBodyLength);
        if (bodyLength >= min && bodyLength <= max) return (Attempt.None, "");
        bytes4 outOfRange = IArgumentStaking.BodyLengthOutOfRange.selector;
        Attempt made = bodyLength < min ? Attempt.BodyTooShort : Attempt.BodyTooLong;
        return (made, abi.encodeWithSelector(outOfRange, bodyLength, min, max));
    }

    /// @param unknown The attempt at an argument that does not exist; those at deleted and unhelpful ones follow it.
    function _standingRefusal(uint256 argumentId, Attempt unknown) private view returns (Attempt, bytes memory) {
        if (!_exists(argumentId)) return (unknown, _unknownRefusal(argumentId));
        ArgumentStatus status = _arguments[argumentId - 1].status;
        if (status == ArgumentStatus.Live) return (Attempt.None, "");
        if (status == ArgumentStatus.Deleted) {
            bytes4 deleted = IArgumentStaking.ArgumentIsDeleted.selector;
            return (Attempt(uint256(unknown) + 1), abi.encodeWithSelector(deleted, argumentId));
        }
        bytes4 unhelpful = IArgumentStaking.ArgumentIsUnhelpful.selector;
        return (Attempt(uint256(unknown) + 2), abi.encodeWithSelector(unhelpful, argumentId));
    }

    function _ownRefusal(uint256 argumentId, address creator) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IArgumentStaking.OwnArgument.selector, argumentId, creator);
    }

    function _holdingsRefusal(uint256 total) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IArgumentStaking.HoldingsTooLarge.selector, total, MAX_OWED);
    }
}
