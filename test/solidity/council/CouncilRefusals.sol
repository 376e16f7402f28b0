// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {ICouncilStaking, LockTier} from "../../../contracts/council/interfaces/ICouncilStaking.sol";
import {ICouncilToken} from "../../../contracts/council/interfaces/ICouncilToken.sol";
import {IRewardsDistributor} from "../../../contracts/council/interfaces/IRewardsDistributor.sol";
import {Bounded} from "../utils/Bounded.sol";
import {CouncilFixtures} from "./CouncilFixtures.sol";
import {CouncilStaking, CouncilToken} from "./CouncilParts.sol";
import {CouncilStore} from "./CouncilStore.sol";

/// @title What a council must refuse
/// @dev Each with the error and the facts that the interface names.
abstract contract CouncilRefusals is CouncilStore {
    using Bounded for uint256;

    enum Attempt {
        StakeTooLittle,
        StakeTooMuch,
        StakeWithUnknownLock,
        ExtendToUnknownLock,
        ExtendToNoLock,
        LockShorter,
        UnstakeLocked,
        UnstakeEarlyUnlocked,
        UnstakeByStranger,
        UnstakeClosed,
        StartPeriodEarly,
        StartPeriodOfNothing,
        ClaimTooLittle,
        CompoundTooLittle,
        RecordByStranger,
        MintTooMuch
    }

    address internal immutable _stranger = address(uint160(uint256(keccak256("stranger"))));

    CouncilToken public immutable token;
    CouncilStaking public immutable staking;
    IRewardsDistributor public immutable distributor;

    constructor(LockTier[5] memory tiers) CouncilStore(tiers) {
        (token, staking, distributor, ) = CouncilFixtures.deploy(tiers);
    }

    function _refuseTooLittleStake(address user, uint256 lockDays) internal {
        (uint256 amount, uint256 min) = (CouncilFixtures.MIN_STAKE - 1, CouncilFixtures.MIN_STAKE);
        bytes memory call = abi.encodeCall(ICouncilStaking.stake, (amount, lockDays));
        bytes4 selector = ICouncilStaking.StakeTooSmall.selector;
        _refused(user, address(staking), call, abi.encodeWithSelector(selector, amount, min));
        _note(Kind.Attempt, uint256(Attempt.StakeTooLittle));
    }

    function _refuseTooMuchStake(address user, uint256 staked, uint256 lockDays) internal {
        uint256 amount = CouncilFixtures.MAX_STAKE - staked + 1;
        bytes memory call = abi.encodeCall(ICouncilStaking.stake, (amount, lockDays));
        bytes4 selector = ICouncilStaking.StakeTooLarge.selector;
        bytes memory refusal = abi.encodeWithSelector(selector, user, staked, amount, CouncilFixtures.MAX_STAKE);
        _refused(user, address(staking), call, refusal);
        _note(Kind.Attempt, uint256(Attempt.StakeTooMuch));
    }

    function _refuseStakeWithUnknownLock(address user, uint256 amount, uint256 seed) internal {
        uint256 lockDays = _unknownLock(seed);
        _refuseUnknownLock(user, abi.encodeCall(ICouncilStaking.stake, (amount, lockDays)), lockDays);
        _note(Kind.Attempt, uint256(Attempt.StakeWithUnknownLock));
    }

    function _refuseExtendingToUnknownLock(PositionRecord storage p, uint256 seed) internal {
        uint256 lockDays = _unknownLock(seed);
        _refuseUnknownLock(p.owner, abi.encodeCall(ICouncilStaking.extendLock, (p.id, lockDays)), lockDays);
        _note(Kind.Attempt, uint256(Attempt.ExtendToUnknownLock));
    }

    function _refuseExtendingToNoLock(PositionRecord storage p) internal {
        _refuseUnknownLock(p.owner, abi.encodeCall(ICouncilStaking.extendLock, (p.id, 0)), 0);
        _note(Kind.Attempt, uint256(Attempt.ExtendToNoLock));
    }

    function _refuseShorterLock(PositionRecord storage p, uint256 lockDays, uint256 unlocksAt) internal {
        bytes memory call = abi.encodeCall(ICouncilStaking.extendLock, (p.id, lockDays));
        bytes4 selector = ICouncilStaking.LockNotLonger.selector;
        _refused(p.owner, address(staking), call, abi.encodeWithSelector(selector, p.id, p.unlocksAt, unlocksAt));
        _note(Kind.Attempt, uint256(Attempt.LockShorter));
    }

    /// @dev A way out that is not open now.
    function _refuseWayOut(PositionRecord storage p, bytes memory call, bool isLocked) internal {
        bytes4 selector =
            isLocked ? ICouncilStaking.PositionLocked.selector : ICouncilStaking.PositionNotLocked.selector;
        _refused(p.owner, address(staking), call, abi.encodeWithSelector(selector, p.id, p.unlocksAt));
        _note(Kind.Attempt, uint256(isLocked ? Attempt.UnstakeLocked : Attempt.UnstakeEarlyUnlocked));
    }

    function _refuseClosed(PositionRecord storage p, bytes memory call) internal {
        bytes memory refusal = abi.encodeWithSelector(ICouncilStaking.PositionUnknown.selector, p.id);
        _refused(p.owner, address(staking), call, refusal);
        _note(Kind.Attempt, uint256(Attempt.UnstakeClosed));
    }

    function _refuseStranger(PositionRecord storage p, bytes memory call) internal {
        bytes4 selector = ICouncilStaking.NotPositionOwner.selector;
        _refused(_stranger, address(staking), call, abi.encodeWithSelector(selector, p.id, _stranger, p.owner));
        _note(Kind.Attempt, uint256(Attempt.UnstakeByStranger));
    }

    function _refuseEarlyPeriod(address user) internal {
        bytes memory refusal = abi.encodeWithSelector(IRewardsDistributor.PeriodNotOver.selector, period.endsAt);
        _refused(user, address(distributor), abi.encodeCall(IRewardsDistributor.startPeriod, ()), refusal);
        _note(Kind.Attempt, uint256(Attempt.StartPeriodEarly));
    }

    function _refusePeriodOfNothing(address user) internal {
        bytes memory refusal = abi.encodeWithSelector(IRewardsDistributor.NothingToStream.selector);
        _refused(user, address(distributor), abi.encodeCall(IRewardsDistributor.startPeriod, ()), refusal);
        _note(Kind.Attempt, uint256(Attempt.StartPeriodOfNothing));
    }

    /// @dev Whoever still has power waits for enough, and nothing is never paid.
    function _refuseIfTooLittle(
        address user,
        uint256 reward,
        bytes memory call,
        Attempt attempt
    ) internal returns (bool isTooLittle) {
        (, uint256 power, , ) = accountOf(user);
        isTooLittle = reward < (power > 0 ? CouncilFixtures.MIN_CLAIM : 1);
        if (!isTooLittle) return false;
        bytes4 selector = IRewardsDistributor.RewardTooSmall.selector;
        bytes memory refusal = abi.encodeWithSelector(selector, user, reward, CouncilFixtures.MIN_CLAIM);
        _refused(user, address(distributor), call, refusal);
        _note(Kind.Attempt, uint256(attempt));
    }

    function _refuseRecordByStranger(bytes memory call) internal {
        bytes4 selector = IAccessManaged.AccessManagedUnauthorized.selector;
        _refused(_stranger, address(distributor), call, abi.encodeWithSelector(selector, _stranger));
        _note(Kind.Attempt, uint256(Attempt.RecordByStranger));
    }

    function _refuseMint(uint256 left) internal {
        bytes memory call = abi.encodeCall(ICouncilToken.mintInflation, (address(this), left + 1));
        bytes memory refusal = abi.encodeWithSelector(ICouncilToken.InflationExceeded.selector, left + 1, left);
        _refused(address(this), address(token), call, refusal);
        _note(Kind.Attempt, uint256(Attempt.MintTooMuch));
    }

    function _refuseUnknownLock(address user, bytes memory call, uint256 lockDays) private {
        bytes memory refusal = abi.encodeWithSelector(ICouncilStaking.LockUnknown.selector, lockDays);
        _refused(user, address(staking), call, refusal);
    }

    /// @dev Days that no tier has, few or as many as there are.
    function _unknownLock(uint256 seed) private view returns (uint256 lockDays) {
        lockDays = seed.ofAnySize(1, type(uint256).max - TIERS);
        for (uint256 i = 0; i < TIERS; ++i) if (lockDays == daysOf(i)) ++lockDays;
    }
}
