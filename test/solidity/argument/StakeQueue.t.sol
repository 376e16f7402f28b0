// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {LibMap} from "solady/src/utils/LibMap.sol";

import {IArgumentStaking, StakeKind} from "../../../contracts/argument/interfaces/IArgumentStaking.sol";
import {IdList} from "../../../contracts/argument/libraries/IdList.sol";
import {Cursor, Queue, StakeQueue} from "../../../contracts/argument/libraries/StakeQueue.sol";
import {StakeSlots} from "../../../contracts/argument/libraries/StakeSlots.sol";
import {StakeBook, StakeTally} from "../../../contracts/argument/libraries/StakeTally.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";
import {vm} from "../utils/Vm.sol";

/// @dev A queue behind calls: it reads the time, and refuses a period too many.
contract QueueKeeper {
    using IdList for LibMap.Uint32Map;
    using StakeQueue for Cursor;
    using StakeQueue for Queue;
    using StakeTally for StakeBook;

    Queue private _queue;
    StakeBook private _book;

    function setPeriod(uint32 period) external {
        _queue.setPeriod(period);
    }

    function stake(address user, uint96 amount, uint96 interest, uint32 period) external returns (uint32 stakeId) {
        (, uint256 first) = _queue.runningStake(_book, user, type(uint256).max);
        stakeId = _queue.add(interest);
        uint96 tally = _book.add(stakeId, user, amount);
        uint40 time = uint40(block.timestamp);
        _book.stakes[stakeId] = StakeSlots(user, amount, 1, time, period, 0, 0, StakeKind.Upvote, false, tally);
        _book.idsOf[user].setLabel(uint32(first));
    }

    function endEarly(uint256 stakeId, uint96 interest) external {
        StakeSlots storage slots = _book.stakes[stakeId];
        slots.hasEnded = true;
        _book.remove(stakeId, slots.staker, slots.amount);
        _queue.remove(1, interest);
    }

    /// @dev Takes up to `maxCount`, and takes the queue up again: it must be as it was left.
    function take(uint256 maxCount) external returns (uint256[] memory stakeIds) {
        Cursor memory cursor = _queue.open(_book);
        stakeIds = new uint256[](maxCount);
        uint256 count = 0;
        for (; count < maxCount; ++count) {
            stakeIds[count] = _queue.take(cursor, _book);
            if (stakeIds[count] == 0) break;
            StakeSlots storage slots = _book.stakes[stakeIds[count]];
            if (!slots.hasEnded) _queue.remove(1, 0);
            slots.hasEnded = true;
        }
        _queue.close(cursor);
        _assertReopened(cursor);
    }

    function setLabel(address user, uint32 label) external {
        _book.idsOf[user].setLabel(label);
    }

    function firstEndsAt() external view returns (uint256) {
        return _queue.firstEndsAt(_book);
    }

    function runningStake(address user, uint256 window) external view returns (uint256 staked) {
        (staked, ) = _queue.runningStake(_book, user, window);
    }

    function head() external view returns (uint256 setAside, uint256 stakeCount, uint256 runningCount, uint256 eras) {
        return (_queue.head.setAside, _queue.head.stakeCount, _queue.head.runningCount, _queue.head.eraCount);
    }

    /// @dev The eras with stakes left, and the current one, are there again in their order.
    function _assertReopened(Cursor memory left) private view {
        Cursor memory reopened = _queue.open(_book);
        uint256 kept = 0;
        for (uint256 i = 0; i < left.eras.length; ++i) {
            if (left.endsAt[i] == type(uint256).max && i + 1 < left.eras.length) continue;
            Check.equal(abi.encode(reopened.eras[kept]), abi.encode(left.eras[i]), "era");
            Check.equal(reopened.endsAt[kept], left.endsAt[i], "end of the first in an era");
            ++kept;
        }
        Check.equal(reopened.eras.length, kept, "eras");
    }
}

/// @title The queue of running stakes, against a search through all of them
contract StakeQueueTest {
    using Bounded for uint256;

    struct Entry {
        address user;
        uint96 amount;
        uint96 interest;
        uint256 createdAt;
        uint256 endsAt;
        uint256 change; // how often the period had changed
        bool hasEnded;
        bool hasLeft;
    }

    uint256 private constant STEPS = 60;
    uint256 private constant USERS = 3;
    uint256 private constant MAX_ERAS = 16;
    uint256 private constant FIRST_SECOND = 1_800_000_000;
    uint32 private constant FIRST_PERIOD = 7 days;

    QueueKeeper private _keeper;
    Entry[] private _entries;
    uint32 private _period;
    uint256 private _change;
    uint256 private _setAside;

    function setUp() public {
        vm.warp(FIRST_SECOND);
        _keeper = new QueueKeeper();
        _keeper.setPeriod(FIRST_PERIOD);
        _period = FIRST_PERIOD;
    }

    /* ANY HISTORY */

    function testFuzz_queue_yieldsWhatASearchThroughAllFinds(uint256 seed) public {
        for (uint256 i = 0; i < STEPS; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            _step(seed);
            _assertHead();
            _assertSums(seed);
        }
    }

    /// @dev Whatever was guessed, the sums are the same.
    function testFuzz_runningStake_doesNotDependOnTheGuess(uint256 seed, uint32 guess) public {
        for (uint256 i = 0; i < STEPS / 2; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            _step(seed);
        }
        for (uint256 i = 0; i < USERS; ++i) _keeper.setLabel(_user(i), i == 0 ? guess : guess % 16);
        _assertSums(seed);
    }

    function testFuzz_queue_endsEmptyAndInOneEra(uint256 seed) public {
        for (uint256 i = 0; i < STEPS; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            _step(seed);
        }
        vm.warp(vm.getBlockTimestamp() + 365 days);
        _take(_entries.length + 1);
        (, , uint256 runningCount, uint256 eras) = _keeper.head();
        Check.equal(runningCount, 0, "running");
        Check.equal(eras, 1, "eras");
    }

    /* ERAS */

    function test_setPeriod_revertsAtTheSeventeenthPeriodWithStakes() public {
        _fillEras();
        bytes memory call = abi.encodeCall(QueueKeeper.setPeriod, (1));
        (bool isDone, bytes memory answer) = address(_keeper).call(call);
        Check.isTrue(!isDone, "a period too many was accepted");
        bytes memory expected = abi.encodeWithSelector(IArgumentStaking.TooManyPeriods.selector, MAX_ERAS);
        Check.equal(answer, expected, "reason");
    }

    function test_setPeriod_acceptsThePresentPeriodWhereTheQueueIsFull() public {
        _fillEras();
        _keeper.setPeriod(_period);
        (, , , uint256 eras) = _keeper.head();
        Check.equal(eras, MAX_ERAS, "eras");
    }

    function test_setPeriod_acceptsAnotherOnceAnEraIsEmpty() public {
        _fillEras();
        vm.warp(vm.getBlockTimestamp() + 30 days);
        _take(1); // the last to begin has the shortest period
        _keeper.setPeriod(1 hours);
        (, , , uint256 eras) = _keeper.head();
        Check.equal(eras, MAX_ERAS, "eras");
    }

    function test_setPeriod_changesAnEraWithoutStakes() public {
        for (uint256 i = 0; i < 3 * MAX_ERAS; ++i) _setPeriod(uint32(1 hours + i));
        (, , , uint256 eras) = _keeper.head();
        Check.equal(eras, 1, "eras");
    }

    function test_setPeriod_replacesAnEraWhoseStakesAllLeft() public {
        _stake(0, 1, 0);
        vm.warp(vm.getBlockTimestamp() + _period);
        _take(1);
        _setPeriod(1 hours);
        (, , , uint256 eras) = _keeper.head();
        Check.equal(eras, 1, "eras");
    }

    /// @dev Among stakes that end in the same second, the era that began first.
    function test_take_prefersTheEarlierEraOfTwoThatEndTogether() public {
        _stake(0, 1, 0);
        vm.warp(vm.getBlockTimestamp() + 1);
        _setPeriod(FIRST_PERIOD - 1);
        _stake(1, 1, 0);
        vm.warp(vm.getBlockTimestamp() + FIRST_PERIOD - 1);
        uint256[] memory ids = _keeper.take(2);
        Check.equal(ids[0], 1, "first");
        Check.equal(ids[1], 2, "second");
    }

    /* INTERNAL: STEPS */

    function _step(uint256 seed) private {
        uint256 choice = seed % 10;
        uint256 draw = seed >> 8;
        if (choice < 4) _stake(draw, (draw >> 8).ofAnySize(0, type(uint88).max), (draw >> 16) % 1_000);
        else if (choice < 6) _setPeriod(uint32(draw % 4 == 0 ? FIRST_PERIOD : draw.within(1 hours, 20 days)));
        else if (choice == 6) _endEarly(draw);
        else if (choice == 7) _take(draw % 8);
        else vm.warp(vm.getBlockTimestamp() + draw.ofAnySize(0, 10 days));
    }

    function _setPeriod(uint32 period) private {
        (, , , uint256 eras) = _keeper.head();
        if (eras == MAX_ERAS) return;
        _keeper.setPeriod(period);
        if (period != _period) ++_change;
        _period = period;
    }

    function _stake(uint256 userSeed, uint256 amount, uint256 interest) private {
        Entry storage e = _entries.push();
        (e.user, e.amount, e.interest, e.change) = (_user(userSeed), uint96(amount), uint96(interest), _change);
        (e.createdAt, e.endsAt) = (vm.getBlockTimestamp(), vm.getBlockTimestamp() + _period);
        _setAside += interest;
        Check.equal(_keeper.stake(e.user, e.amount, e.interest, _period), _entries.length, "id");
    }

    /// @dev One that still runs, if there is any from the place that `seed` names.
    function _endEarly(uint256 seed) private {
        for (uint256 i = 0; i < _entries.length; ++i) {
            uint256 index = addmod(seed, i, _entries.length);
            Entry storage e = _entries[index];
            if (e.hasEnded || e.endsAt <= vm.getBlockTimestamp()) continue;
            e.hasEnded = true;
            _setAside -= e.interest;
            _keeper.endEarly(index + 1, e.interest);
            return;
        }
    }

    function _take(uint256 maxCount) private {
        uint256[] memory ids = _keeper.take(maxCount);
        for (uint256 i = 0; i < maxCount; ++i) {
            Check.equal(ids[i], _next(), "next in the queue");
            if (ids[i] == 0) return;
            (_entries[ids[i] - 1].hasEnded, _entries[ids[i] - 1].hasLeft) = (true, true);
        }
    }

    /// @dev Sixteen periods, each shorter than the one before and with a stake.
    function _fillEras() private {
        for (uint256 i = 0; i < MAX_ERAS; ++i) {
            if (i > 0) _setPeriod(uint32(_period - 1 hours));
            _stake(i, 1, 0);
        }
    }

    /* INTERNAL: THE SLOW WAY */

    /// @dev The stake that leaves the queue next, if it has ended: the first ones of each period that have not left
    /// compete, and those that ended before their time win. 0 where there is none.
    function _next() private view returns (uint256 stakeId) {
        uint256 endsAt = type(uint256).max;
        uint256 seen = type(uint256).max;
        for (uint256 i = 0; i < _entries.length; ++i) {
            Entry storage e = _entries[i];
            if (e.hasLeft || e.change == seen) continue;
            seen = e.change;
            uint256 leavesAt = e.hasEnded ? 0 : e.endsAt;
            if (leavesAt < endsAt) (stakeId, endsAt) = (i + 1, leavesAt);
        }
        if (endsAt > vm.getBlockTimestamp()) return 0;
    }

    function _assertHead() private view {
        uint256 running = 0;
        uint256 firstEndsAt = type(uint256).max;
        for (uint256 i = 0; i < _entries.length; ++i) {
            Entry storage e = _entries[i];
            if (e.hasEnded) continue;
            ++running;
            if (e.endsAt < firstEndsAt) firstEndsAt = e.endsAt;
        }
        (uint256 setAside, uint256 stakeCount, uint256 runningCount, uint256 eras) = _keeper.head();
        Check.equal(setAside, _setAside, "set aside");
        Check.equal(stakeCount, _entries.length, "stakes");
        Check.equal(runningCount, running, "running");
        Check.atMost(eras, MAX_ERAS, "eras");
        Check.equal(_keeper.firstEndsAt(), firstEndsAt, "end of the first");
    }

    function _assertSums(uint256 seed) private view {
        uint256 window = seed % 2 == 0 ? type(uint256).max : (seed >> 1).ofAnySize(1, 30 days);
        uint256 time = vm.getBlockTimestamp();
        for (uint256 i = 0; i < USERS; ++i) {
            uint256 sum = 0;
            for (uint256 j = 0; j < _entries.length; ++j) {
                Entry storage e = _entries[j];
                bool isRunning = e.user == _user(i) && !e.hasEnded && time < e.endsAt;
                if (isRunning && time - e.createdAt < window) sum += e.amount;
            }
            Check.equal(_keeper.runningStake(_user(i), window), sum, "running stake");
        }
    }

    function _user(uint256 seed) private pure returns (address) {
        return address(uint160(1 + (seed % USERS)));
    }
}
