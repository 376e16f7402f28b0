// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IBeliefMarket} from "../../../contracts/market/interfaces/IBeliefMarket.sol";
import {Side} from "../../../contracts/shared/Side.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";
import {vm} from "../utils/Vm.sol";
import {MarketActors} from "./MarketActors.sol";

/// @title Calls that a market must refuse
/// @dev Each with the error and the facts that the interface names.
abstract contract MarketAttempts is MarketActors {
    using Bounded for uint256;

    /// @dev Calls that must revert.
    enum Attempt {
        StakeTooSmall,
        StakeTooLarge,
        FeeAboveLimit,
        NoAllowance,
        WithdrawLocked,
        ExitUnlocked,
        ExitDisabled,
        ClaimTooSoon,
        ForeignPosition,
        ClosedPosition,
        UnknownPosition,
        AuthorCommitByStranger
    }

    mapping(Attempt => uint256) public attemptCount;

    /// @return wasMade Whether the market is in a state in which this attempt can be made.
    function _attempt(Attempt kind, uint256 seed) internal returns (bool wasMade) {
        if (kind <= Attempt.NoAllowance) return _attemptCommit(kind, seed);
        if (kind <= Attempt.ClaimTooSoon) return _attemptTooSoonOrLate(kind, seed);
        if (kind <= Attempt.UnknownPosition) return _attemptPosition(kind, seed);
        address stranger = _actor(seed);
        bytes memory call = abi.encodeCall(IBeliefMarket.commitAuthor, (_params.minStake));
        _refused(stranger, call, abi.encodeWithSelector(IBeliefMarket.NotFactory.selector, stranger));
        return true;
    }

    function _attemptCommit(Attempt kind, uint256 seed) private returns (bool) {
        Side side = Side(seed % 2);
        (uint256 min, uint256 max) = (_params.minStake, _params.maxStake);
        if (kind == Attempt.StakeTooSmall || kind == Attempt.StakeTooLarge) {
            uint256 amount =
                kind == Attempt.StakeTooSmall ? seed.within(0, min - 1) : seed.within(max + 1, type(uint256).max);
            bytes memory outOfRange = abi.encodeWithSelector(IBeliefMarket.StakeOutOfRange.selector, amount, min, max);
            _refused(_actor(seed), abi.encodeCall(IBeliefMarket.commit, (side, amount, BPS)), outOfRange);
            return true;
        }

        uint256 feeBps = _expectedFeeBps(_expectedTotal());
        if (kind == Attempt.FeeAboveLimit) {
            if (feeBps == 0) return false;
            uint256 limit = seed.within(0, feeBps - 1);
            bytes memory aboveLimit = abi.encodeWithSelector(IBeliefMarket.EntryFeeAboveLimit.selector, feeBps, limit);
            _refused(_actor(seed), abi.encodeCall(IBeliefMarket.commit, (side, max, limit)), aboveLimit);
            return true;
        }

        if (_expectedTotal() + min > MAX_TOTAL_PRINCIPAL) return false;
        bytes memory noAllowance = abi.encodeWithSelector(
            IERC20Errors.ERC20InsufficientAllowance.selector,
            market,
            0,
            min
        );
        _refused(_stranger(), abi.encodeCall(IBeliefMarket.commit, (side, min, feeBps)), noAllowance);
        return true;
    }

    function _attemptTooSoonOrLate(Attempt kind, uint256 seed) private returns (bool) {
        uint256 duration = kind == Attempt.ClaimTooSoon ? _params.minRewardDuration : _params.lockPeriod;
        bool isTooLate = kind == Attempt.ExitUnlocked;
        uint256 id = isTooLate ? _findOpen(seed, duration, type(uint256).max) : _findOpen(seed, 0, duration);
        bool hasEarlyExit = _params.earlyExitPenaltyBps > 0;
        if (id == 0 || (isTooLate && !hasEarlyExit) || (kind == Attempt.ExitDisabled && hasEarlyExit)) return false;

        uint256 boundary = _records[id].depositedAt + duration;
        bytes memory call;
        bytes memory reason;
        if (kind == Attempt.WithdrawLocked) {
            call = abi.encodeCall(IBeliefMarket.withdraw, (id));
            reason = abi.encodeWithSelector(IBeliefMarket.PrincipalLocked.selector, id, boundary);
        } else if (kind == Attempt.ClaimTooSoon) {
            call = abi.encodeCall(IBeliefMarket.claimRewards, (id));
            reason = abi.encodeWithSelector(IBeliefMarket.RewardsNotClaimableYet.selector, id, boundary);
        } else {
            call = abi.encodeCall(IBeliefMarket.exitEarly, (id));
            reason =
                isTooLate
                    ? abi.encodeWithSelector(IBeliefMarket.LockEnded.selector, id, boundary)
                    : abi.encodeWithSelector(IBeliefMarket.EarlyExitDisabled.selector);
        }
        _refused(_records[id].owner, call, reason);
        return true;
    }

    function _attemptPosition(Attempt kind, uint256 seed) private returns (bool) {
        address caller = _actor(seed);
        uint256 id;
        bytes memory reason;
        if (kind == Attempt.ForeignPosition) {
            id = _findOpen(seed, 0, type(uint256).max);
            if (id == 0) return false;
            caller = _stranger();
            address owner = _records[id].owner;
            reason = abi.encodeWithSelector(IBeliefMarket.NotPositionOwner.selector, id, caller, owner);
        } else if (kind == Attempt.ClosedPosition) {
            if (_closedIds.length == 0) return false;
            id = _closedIds[seed % _closedIds.length];
            caller = _records[id].owner;
            reason = abi.encodeWithSelector(IBeliefMarket.PositionClosed.selector, id);
        } else {
            id = seed % 2 == 0 ? 0 : seed.within(_positionCount + 1, type(uint256).max);
            reason = abi.encodeWithSelector(IBeliefMarket.PositionUnknown.selector, id, _positionCount);
        }

        _refused(caller, abi.encodeCall(IBeliefMarket.claimRewards, (id)), reason);
        _refused(caller, abi.encodeCall(IBeliefMarket.withdraw, (id)), reason);
        _refused(caller, abi.encodeCall(IBeliefMarket.exitEarly, (id)), reason);
        if (kind != Attempt.ForeignPosition) {
            _refused(caller, abi.encodeCall(IBeliefMarket.releaseExcess, (id)), reason);
            _refused(caller, abi.encodeCall(IBeliefMarket.position, (id)), reason);
            _refused(caller, abi.encodeCall(IBeliefMarket.pendingRewards, (id)), reason);
        }
        return true;
    }

    /// @dev The call reverts with exactly `reason`.
    function _refused(address caller, bytes memory call, bytes memory reason) private {
        vm.prank(caller);
        (bool isAccepted, bytes memory answer) = address(market).call(call);
        Check.isTrue(!isAccepted, "an invalid call was accepted");
        Check.equal(answer, reason, "an invalid call was refused for another reason");
    }
}
