// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IBeliefMarket, MarketParams} from "../../../contracts/market/interfaces/IBeliefMarket.sol";
import {Side} from "../../../contracts/shared/Side.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";
import {PlainToken} from "../utils/PlainToken.sol";
import {vm} from "../utils/Vm.sol";
import {MarketFixtures} from "./MarketFixtures.sol";
import {RandomParams} from "./MarketParamsLib.t.sol";

/// @dev One market from its creation to its last withdrawal. The books are looked at after each step.
contract MarketLife {
    using Bounded for uint256;

    /// @dev What a life can bring about, so that a test can see that lives do.
    enum Outcome {
        FeeCharged,
        PenaltyCharged,
        RewardClaimed,
        RewardWithdrawn,
        ExcessReleased,
        Distributed
    }

    struct Stake {
        address owner;
        uint256 principal;
        uint256 unlocksAt;
        bool isOpen;
    }

    uint256 private constant COMMITS = 4;
    uint256 private constant BPS = 10_000;

    IBeliefMarket private _market;
    PlainToken private _token;
    MarketParams private _rules;
    Stake[] private _stakes; // the position of id i + 1
    mapping(Outcome outcome => bool) private _isReached;
    uint256 private _paidIn;
    uint256 private _paidOut;
    uint256 private _seed;
    uint256 private _drawn;

    /* A LIFE */

    /// @dev All that happens follows from `seed`. To be called once.
    function live(uint256 seed, uint8 decimals) external {
        _seed = seed;
        _create(decimals);
        for (uint256 i = 0; i < COMMITS; ++i) {
            _wait();
            _commit(decimals);
            _wait();
            _meddle();
        }
        _leaveAll();

        IBeliefMarket.MarketState memory s = _market.state();
        Check.equal(s.supportPrincipal + s.opposePrincipal, 0, "principal of nobody");
        Check.equal(s.supportWeight + s.opposeWeight, 0, "weight of nobody");
        Check.equal(_paidIn, _paidOut + s.srp, "paid in = paid out + SRP");
        Check.equal(s.positionCount, _stakes.length, "positions");
    }

    function isReached(Outcome outcome) external view returns (bool) {
        return _isReached[outcome];
    }

    /// @dev The author commits in three lives of four.
    function _create(uint8 decimals) private {
        _rules = RandomParams.draw(_next());
        uint256 amount = _next() % 4 == 0 ? 0 : _amount(decimals);
        (_market, _token) = MarketFixtures.deploy(decimals, _rules, amount);
        if (amount > 0) _record(MarketFixtures.AUTHOR, amount, _rules.authorPremiumBps);
        _checkBooks();
    }

    function _commit(uint8 decimals) private {
        uint256 amount = _amount(decimals);
        address owner = address(uint160(_next()) | 1);
        uint256 feeBps = _market.entryFeeBps();
        _token.mint(owner, amount);
        vm.prank(owner);
        _token.approve(address(_market), amount);
        vm.prank(owner);
        uint256 id = _market.commit(_next() % 2 == 0 ? Side.Support : Side.Oppose, amount, BPS);
        _record(owner, amount, feeBps);
        Check.equal(id, _stakes.length, "id");
        _checkBooks();
    }

    /// @dev What may happen between two commitments, each with an even chance.
    function _meddle() private {
        uint256 choices = _next();
        if (choices & 1 != 0) _exitEarly(_next() % _stakes.length);
        if (choices & 2 != 0) _claim(_next() % _stakes.length);
        if (choices & 4 != 0) _releaseExcess(_next() % _stakes.length);
        if (choices & 8 != 0) _distribute();
        if (choices & 16 != 0) _claim(_next() % _stakes.length);
        if (choices & 32 != 0) _withdraw(_next() % _stakes.length);
    }

    /* STEPS, WHERE THEY ARE POSSIBLE */

    function _exitEarly(uint256 index) private {
        Stake storage stake = _stakes[index];
        if (!stake.isOpen || _rules.earlyExitPenaltyBps == 0 || _now() >= stake.unlocksAt) return;
        vm.prank(stake.owner);
        (uint256 returned, uint256 penalty) = _market.exitEarly(index + 1);
        Check.equal(returned + penalty, stake.principal, "returned + penalty = principal");
        Check.atMost(penalty * BPS, stake.principal * _rules.earlyExitPenaltyBps, "penalty");
        if (penalty > 0) _isReached[Outcome.PenaltyCharged] = true;
        stake.isOpen = false;
        _receive(stake, returned);
    }

    function _claim(uint256 index) private {
        Stake storage stake = _stakes[index];
        if (!stake.isOpen || _now() < stake.unlocksAt - _rules.lockPeriod + _rules.minRewardDuration) return;
        uint256 pending = _market.pendingRewards(index + 1);
        vm.prank(stake.owner);
        uint256 reward = _market.claimRewards(index + 1);
        Check.equal(reward, pending, "reward = pending rewards");
        if (reward > 0) _isReached[Outcome.RewardClaimed] = true;
        _receive(stake, reward);
    }

    function _releaseExcess(uint256 index) private {
        if (!_stakes[index].isOpen) return;
        uint256 pending = _market.pendingRewards(index + 1);
        uint256 allowance = _market.position(index + 1).rewardAllowance;
        uint256 undistributed = _market.state().undistributed;
        uint256 released = _market.releaseExcess(index + 1);
        if (released > 0) _isReached[Outcome.ExcessReleased] = true;
        Check.equal(_market.state().undistributed, undistributed + released, "undistributed after a release");
        Check.equal(_market.pendingRewards(index + 1), pending, "pending rewards after a release");
        Check.equal(_market.position(index + 1).rewardAllowance, allowance, "allowance after a release");
        _checkBooks();
    }

    function _distribute() private {
        uint256 undistributed = _market.state().undistributed;
        uint256 shared = _market.distribute();
        if (shared > 0) _isReached[Outcome.Distributed] = true;
        Check.equal(_market.state().undistributed + shared, undistributed, "undistributed after a distribution");
        _checkBooks();
    }

    function _withdraw(uint256 index) private {
        Stake storage stake = _stakes[index];
        if (!stake.isOpen || _now() < stake.unlocksAt) return;
        uint256 pending = _market.pendingRewards(index + 1);
        vm.prank(stake.owner);
        (uint256 principal, uint256 reward) = _market.withdraw(index + 1);
        Check.equal(principal, stake.principal, "principal does not come back whole");
        Check.equal(reward, pending, "reward = pending rewards");
        if (reward > 0) _isReached[Outcome.RewardWithdrawn] = true;
        stake.isOpen = false;
        _receive(stake, principal + reward);
    }

    /// @dev Everybody leaves; in one life of four, those who are still locked do so early.
    function _leaveAll() private {
        uint256 first = _next() % _stakes.length;
        bool isRush = _next() % 4 == 0;
        for (uint256 i = 0; i < _stakes.length; ++i) {
            uint256 index = (first + i) % _stakes.length;
            if (isRush) _exitEarly(index);
            if (!_stakes[index].isOpen) continue;
            if (_now() < _stakes[index].unlocksAt) vm.warp(_stakes[index].unlocksAt);
            _withdraw(index);
            Check.isTrue(!_stakes[index].isOpen, "still open");
        }
    }

    /* BOOKS */

    /// @dev A new position: what was paid is principal and a fee of at most `feeBps`.
    function _record(address owner, uint256 amount, uint256 feeBps) private {
        _paidIn += amount;
        IBeliefMarket.Position memory p = _market.position(_stakes.length + 1);
        Check.equal(p.owner, owner, "owner");
        uint256 fee = amount - p.principal;
        Check.atMost(fee * BPS, amount * feeBps, "fee");
        if (fee > 0) _isReached[Outcome.FeeCharged] = true;
        uint256 unlocksAt = _now() + _rules.lockPeriod;
        _stakes.push(Stake({owner: owner, principal: p.principal, unlocksAt: unlocksAt, isOpen: true}));
    }

    /// @dev Owners send on what they receive, so that their balance is what this step paid.
    function _receive(Stake storage stake, uint256 amount) private {
        Check.equal(_token.balanceOf(stake.owner), amount, "received");
        _paidOut += amount;
        vm.prank(stake.owner);
        _token.transfer(address(this), amount);
        _checkBooks();
    }

    function _checkBooks() private view {
        IBeliefMarket.MarketState memory s = _market.state();
        uint256 balance = _token.balanceOf(address(_market));
        Check.equal(balance, s.supportPrincipal + s.opposePrincipal + s.srp, "balance = principal + SRP");
        Check.equal(_paidIn, _paidOut + balance, "paid in = paid out + balance");

        uint256 principal = 0;
        uint256 claimable = 0;
        for (uint256 i = 0; i < _stakes.length; ++i) {
            if (!_stakes[i].isOpen) continue;
            principal += _stakes[i].principal;
            claimable += _market.pendingRewards(i + 1);
        }
        Check.equal(s.supportPrincipal + s.opposePrincipal, principal, "principal of open positions");
        Check.atLeast(s.srp, claimable + s.undistributed, "SRP covers what can be claimed");
        if (principal == 0) Check.equal(s.srp, s.undistributed, "shared among nobody");
    }

    /* DRAWS */

    /// @dev Any amount that the rules allow; in half of the draws a few thousand tokens, or as near as they allow.
    function _amount(uint8 decimals) private returns (uint256 amount) {
        (uint256 min, uint256 max) = (_rules.minStake, _rules.maxStake);
        if (_next() % 2 == 0) return _next().ofAnySize(min, max);
        amount = _next().within(1, 5_000 * 10 ** decimals);
        if (amount < min) return min;
        if (amount > max) return max;
    }

    /// @dev Lets no time pass, or up to a lock period and a little more.
    function _wait() private {
        vm.warp(_now() + _next().ofAnySize(0, uint256(_rules.lockPeriod) + 1 days));
    }

    function _next() private returns (uint256) {
        return uint256(keccak256(abi.encode(_seed, _drawn++)));
    }

    /// @dev See `Vm.getBlockTimestamp`.
    function _now() private view returns (uint256) {
        return vm.getBlockTimestamp();
    }
}

/// @title Lives of a market
/// @dev Any rules within bounds, any amounts and any times: the author commits or not, others commit, claim and
/// leave, everybody withdraws.
contract MarketHistoryTest {
    uint256 private constant REHEARSAL_LIVES = 32;

    MarketLife private _life;

    function setUp() public {
        _life = new MarketLife();
    }

    function testFuzz_history_endsWithEverybodyPaidIn6Decimals(uint256 seed) public {
        _life.live(seed, 6);
    }

    function testFuzz_history_endsWithEverybodyPaidIn18Decimals(uint256 seed) public {
        _life.live(seed, 18);
    }

    /// @dev Lives in which nothing happens end well too: these are looked at for what happened.
    function test_history_reachesEachOutcome() public {
        MarketLife[] memory lives = new MarketLife[](REHEARSAL_LIVES);
        for (uint256 i = 0; i < REHEARSAL_LIVES; ++i) {
            lives[i] = new MarketLife();
            lives[i].live(i, 6);
        }
        for (uint256 outcome = 0; outcome <= uint256(type(MarketLife.Outcome).max); ++outcome) {
            uint256 reached = 0;
            for (uint256 i = 0; i < REHEARSAL_LIVES; ++i) {
                if (lives[i].isReached(MarketLife.Outcome(outcome))) ++reached;
            }
            // One life in sixteen is enough for many in a campaign.
            vm.assertGe(reached, REHEARSAL_LIVES / 16, "lives that reach an outcome");
        }
    }
}

/// @title M4: gas does not depend on how many positions or fee events there are
/// @dev Two markets of the same history but for its length; each commitment after the first pays a fee. They are made
/// in `setUp`, a transaction of its own: each slot is as cold for the call that is measured in one as in the other.
contract MarketGasTest {
    uint256 private constant FEW = 5;
    uint256 private constant MANY = 300;

    // The same instructions run; only their operands differ.
    uint256 private constant TOLERANCE = 10;

    uint256 private constant UNIT = MarketFixtures.SIX_DECIMALS_UNIT;
    uint256 private constant STAKE = 100 * UNIT;
    uint256 private constant NO_FEE_LIMIT = 10_000;

    // The id of the position that is moved.
    uint256 private constant ID = 3;

    IBeliefMarket private _few;
    IBeliefMarket private _many;

    function setUp() public {
        _few = _marketWith(FEW);
        _many = _marketWith(MANY);
        vm.warp(MarketFixtures.FIRST_SECOND + 20 days);
    }

    function test_M4_gasOfCommit() public {
        _assertSame(_gasOfCommit(_few, FEW), _gasOfCommit(_many, MANY), "commit");
    }

    function test_M4_gasOfClaimRewards() public {
        bytes memory call = abi.encodeCall(IBeliefMarket.claimRewards, (ID));
        _assertSame(_gasOf(_few, _user(ID), call), _gasOf(_many, _user(ID), call), "claimRewards");
    }

    function test_M4_gasOfExitEarly() public {
        bytes memory call = abi.encodeCall(IBeliefMarket.exitEarly, (ID));
        _assertSame(_gasOf(_few, _user(ID), call), _gasOf(_many, _user(ID), call), "exitEarly");
    }

    function test_M4_gasOfWithdraw() public {
        vm.warp(MarketFixtures.FIRST_SECOND + 60 days);
        bytes memory call = abi.encodeCall(IBeliefMarket.withdraw, (ID));
        _assertSame(_gasOf(_few, _user(ID), call), _gasOf(_many, _user(ID), call), "withdraw");
    }

    /// @dev A market of the usual rules where `count` users, one each minute, commit to one side and the other.
    function _marketWith(uint256 count) private returns (IBeliefMarket market) {
        PlainToken token;
        (market, token) = MarketFixtures.deploy(6, MarketFixtures.usual(UNIT), STAKE);
        for (uint256 id = 2; id <= count + 1; ++id) {
            vm.warp(MarketFixtures.FIRST_SECOND + id * 1 minutes);
            address user = _user(id);
            token.mint(user, 2 * STAKE);
            vm.startPrank(user);
            token.approve(address(market), STAKE);
            market.commit(id % 2 == 0 ? Side.Support : Side.Oppose, STAKE, NO_FEE_LIMIT);
            vm.stopPrank();
        }
        address next = _user(count + 2);
        token.mint(next, 2 * STAKE);
        vm.prank(next);
        token.approve(address(market), STAKE);
    }

    function _gasOfCommit(IBeliefMarket market, uint256 count) private returns (uint256) {
        bytes memory call = abi.encodeCall(IBeliefMarket.commit, (Side.Support, STAKE, NO_FEE_LIMIT));
        return _gasOf(market, _user(count + 2), call);
    }

    function _gasOf(IBeliefMarket market, address user, bytes memory call) private returns (uint256) {
        market.params(); // touches code alone; what coverage adds to the contracts is warm from here on
        vm.prank(user);
        uint256 before = gasleft();
        (bool isDone, bytes memory reason) = address(market).call(call);
        uint256 used = before - gasleft();
        Check.isTrue(isDone, string(reason));
        return used;
    }

    function _assertSame(uint256 few, uint256 many, string memory what) private pure {
        vm.assertApproxEqAbs(few, many, TOLERANCE, what);
    }

    function _user(uint256 id) private pure returns (address) {
        return address(uint160(uint256(keccak256(abi.encode("user", id)))));
    }
}
