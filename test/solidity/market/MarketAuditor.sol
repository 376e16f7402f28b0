// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IBeliefMarket} from "../../../contracts/market/interfaces/IBeliefMarket.sol";
import {Side} from "../../../contracts/shared/Side.sol";
import {Check} from "../utils/Check.sol";
import {PlainToken} from "../utils/PlainToken.sol";
import {vm} from "../utils/Vm.sol";
import {MarketAttempts} from "./MarketAttempts.sol";
import {MarketHandler} from "./MarketHandler.sol";
import {MarketStore} from "./MarketStore.sol";

/// @title Compares a market with the store of its handler
/// @dev The properties of docs/properties.md, one function each. M3 and M5 close positions: call them where what they
/// change is discarded.
contract MarketAuditor {
    uint256 private constant WAD = 1e18;

    // Closing everything costs more than all other checks together: done after each 16th call and at the end of a run.
    uint256 private constant CLOSING_INTERVAL = 16;

    // The rehearsal is driven by a fixed seed, long enough for each action and attempt to come up many times.
    uint256 private constant REHEARSAL_CALLS = 2_000;
    uint256 private constant REHEARSAL_SEED = 20_261_121;

    IBeliefMarket public immutable market;
    PlainToken public immutable token;
    MarketHandler public immutable handler;

    constructor(MarketHandler handler_) {
        handler = handler_;
        market = handler_.market();
        token = handler_.token();
    }

    /* MUST HOLD */

    /// @dev M1.
    function assertAssetsCoverPrincipalAndRewards() external view {
        IBeliefMarket.MarketState memory s = market.state();
        uint256 balance = token.balanceOf(address(market));
        uint256 principal = s.supportPrincipal + s.opposePrincipal;
        Check.atLeast(balance, principal + s.srp, "balance below principal + SRP");

        uint256 claimable = 0;
        uint256[] memory ids = handler.openIds();
        for (uint256 i = 0; i < ids.length; ++i) claimable += market.pendingRewards(ids[i]);
        Check.atLeast(s.srp, claimable + s.undistributed, "SRP below claimable + undistributed");
    }

    /// @dev M2.
    function assertWeightIsSumOfPrincipalTimesAge() external view {
        (uint256 support, uint256 oppose) = handler.expectedWeights(vm.getBlockTimestamp());
        Check.equal(market.weight(Side.Support), support, "weight of Support");
        Check.equal(market.weight(Side.Oppose), oppose, "weight of Oppose");

        uint256 total = support + oppose;
        Check.equal(market.belief(), total == 0 ? WAD / 2 : (support * WAD) / total, "belief");

        IBeliefMarket.MarketState memory s = market.state();
        Check.equal(s.supportWeight, support, "weight of Support in state()");
        Check.equal(s.opposeWeight, oppose, "weight of Oppose in state()");
        (support, oppose) = handler.expectedPrincipals();
        Check.equal(support + oppose, handler.books().principal, "principal of the store");
        Check.equal(s.supportPrincipal, support, "principal of Support");
        Check.equal(s.opposePrincipal, oppose, "principal of Oppose");
    }

    /// @dev M3.
    function assertLastWithdrawalNeverFails() external {
        if (handler.callCount() % CLOSING_INTERVAL == 0) _withdrawAll(handler.callCount());
    }

    /// @dev M5.
    function assertPrincipalComesBackWholeAfterItsLock() external {
        uint256[] memory ids = handler.openIds();
        if (ids.length == 0) return;
        uint256 id = ids[handler.callCount() % ids.length];
        uint256 unlocksAt = handler.record(id).depositedAt + market.params().lockPeriod;
        if (unlocksAt > vm.getBlockTimestamp()) vm.warp(unlocksAt);
        _withdraw(id);
    }

    /// @dev M6.
    function assertEveryUnitIsAccountedFor() external view {
        IBeliefMarket.MarketState memory s = market.state();
        MarketStore.Books memory b = handler.books();
        uint256 held = s.supportPrincipal + s.opposePrincipal + s.srp;
        Check.equal(b.paidIn, b.paidOut + held, "paid in = paid out + principal + SRP");
        Check.equal(token.balanceOf(address(market)), held + b.donated, "balance = principal + SRP + donations");

        Check.equal(s.undistributed, b.undistributed, "undistributed");
        Check.equal(s.srp, b.shared + b.undistributed, "SRP");
        Check.equal(s.timeRewardPerWeight, b.timeRewardPerWeight, "accumulator A");
        Check.equal(s.rewardPerWeight, b.rewardPerWeight, "accumulator B");
    }

    /// @dev M7.
    function assertPositionsKeepTheirTermsAndStayWithinTheirCap() external view {
        uint256 count = handler.positionCount();
        Check.equal(market.state().positionCount, count, "position count");
        if (count > 0) _assertPosition(1 + (handler.callCount() % count)); // over a run each has its turn
    }

    /// @dev However a run ends, every position is as it should be, and everybody gets out.
    function assertEverybodyGetsOut() external {
        uint256 count = handler.positionCount();
        for (uint256 id = 1; id <= count; ++id) _assertPosition(id);
        _withdrawAll(handler.callCount());
    }

    /* THE HANDLER IS ALIVE */

    /// @dev An invariant over a handler that does nothing holds as well: this drives it and looks at what it did.
    function rehearse(bytes4[] calldata selectors) external {
        for (uint256 i = 0; i < REHEARSAL_CALLS; ++i) {
            uint256 seed = uint256(keccak256(abi.encode(REHEARSAL_SEED, i)));
            bytes memory arguments = abi.encode(seed >> 8, uint256(keccak256(abi.encode(seed))));
            (bool isDone, bytes memory reason) = address(handler).call(
                abi.encodePacked(selectors[seed % selectors.length], arguments)
            );
            if (!isDone) {
                // The reason as it is: the runner knows how to read it.
                assembly ("memory-safe") {
                    revert(add(reason, 32), mload(reason))
                }
            }
        }

        for (uint256 i = 0; i <= uint256(type(MarketHandler.Action).max); ++i) {
            MarketHandler.Action action = MarketHandler.Action(i);
            bool isPossible = action != MarketHandler.Action.ExitEarly || market.params().earlyExitPenaltyBps > 0;
            Check.equal(handler.actionCount(action) > 0, isPossible, string.concat("action ", _digits(i)));
        }
        for (uint256 i = 0; i <= uint256(type(MarketAttempts.Attempt).max); ++i) {
            MarketAttempts.Attempt attempt = MarketAttempts.Attempt(i);
            bool isPossible = _isPossible(attempt);
            Check.equal(handler.attemptCount(attempt) > 0, isPossible, string.concat("attempt ", _digits(i)));
        }
        for (uint256 i = 0; i <= uint256(type(MarketHandler.Outcome).max); ++i) {
            MarketHandler.Outcome outcome = MarketHandler.Outcome(i);
            bool isPossible = _isPossible(outcome);
            Check.equal(handler.outcomeCount(outcome) > 0, isPossible, string.concat("outcome ", _digits(i)));
        }
    }

    /* INTERNAL */

    /// @dev Waits until every lock is over and closes every position, in an order that `seed` shuffles.
    function _withdrawAll(uint256 seed) private {
        uint256 last = handler.lastUnlockAt();
        if (last > vm.getBlockTimestamp()) vm.warp(last);
        uint256[] memory ids = handler.openIds();
        for (uint256 left = ids.length; left > 0; --left) {
            uint256 chosen = uint256(keccak256(abi.encode(seed, left))) % left;
            uint256 id = ids[chosen];
            ids[chosen] = ids[left - 1];
            _withdraw(id);
        }

        IBeliefMarket.MarketState memory s = market.state();
        Check.equal(s.supportPrincipal + s.opposePrincipal, 0, "principal left in an empty market");
        Check.equal(s.supportWeight + s.opposeWeight, 0, "weight left in an empty market");
        Check.equal(s.srp, s.undistributed, "rewards owed to nobody in an empty market");
        uint256 donated = handler.books().donated;
        Check.equal(token.balanceOf(address(market)), s.srp + donated, "balance of an empty market");
    }

    /// @dev The owner closes a position and receives its whole principal and what was pending.
    function _withdraw(uint256 id) private {
        MarketStore.Record memory r = handler.record(id);
        uint256 pending = market.pendingRewards(id);
        uint256 before = token.balanceOf(r.owner);
        vm.prank(r.owner);
        (uint256 principal, uint256 reward) = market.withdraw(id);
        Check.equal(principal, r.principal, "principal does not come back whole");
        Check.equal(reward, pending, "reward is not what was pending");
        Check.equal(token.balanceOf(r.owner) - before, principal + reward, "paid out");
    }

    /// @dev A closed position is closed for good. An open one is what its owner committed to, was paid no more than
    /// its lifetime cap, and has earned what sharing each reward one by one would have given it.
    function _assertPosition(uint256 id) private view {
        MarketStore.Record memory r = handler.record(id);
        Check.atMost(r.rewardsPaid, r.lifetimeCap, "rewards paid above the cap");
        (bool isOpen, bytes memory answer) = address(market).staticcall(abi.encodeCall(IBeliefMarket.position, (id)));
        if (!r.isOpen) {
            Check.isTrue(!isOpen, "a closed position is open again");
            Check.equal(answer, abi.encodeWithSelector(IBeliefMarket.PositionClosed.selector, id), "closed");
            return;
        }
        IBeliefMarket.Position memory p = abi.decode(answer, (IBeliefMarket.Position));
        Check.equal(p.owner, r.owner, "owner");
        Check.equal(uint256(p.side), uint256(r.side), "side");
        Check.equal(p.principal, r.principal, "principal");
        Check.equal(p.depositedAt, r.depositedAt, "deposit time");
        Check.equal(r.rewardsPaid + p.rewardAllowance, r.lifetimeCap, "paid + allowance is the cap");
        Check.equal(market.pendingRewards(id), handler.expectedReward(id), "pending rewards");
    }

    function _isPossible(MarketAttempts.Attempt attempt) private view returns (bool) {
        bool hasEarlyExit = market.params().earlyExitPenaltyBps > 0;
        if (attempt == MarketAttempts.Attempt.ExitDisabled) return !hasEarlyExit;
        if (attempt == MarketAttempts.Attempt.ExitUnlocked) return hasEarlyExit;
        if (attempt == MarketAttempts.Attempt.ClaimTooSoon) return market.params().minRewardDuration > 0;
        return true;
    }

    function _isPossible(MarketHandler.Outcome outcome) private view returns (bool) {
        bool isOfEarlyExit =
            outcome == MarketHandler.Outcome.PenaltyCharged || outcome == MarketHandler.Outcome.RewardsForfeited;
        return !isOfEarlyExit || market.params().earlyExitPenaltyBps > 0;
    }

    function _digits(uint256 number) private pure returns (string memory) {
        return
            number < 10
                ? string(abi.encodePacked(bytes1(uint8(48 + number))))
                : string.concat(_digits(number / 10), _digits(number % 10));
    }
}
