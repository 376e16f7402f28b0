// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {LibMap} from "solady/src/utils/LibMap.sol";

import {IdList} from "../../../contracts/argument/libraries/IdList.sol";
import {StakeBook, StakeTally} from "../../../contracts/argument/libraries/StakeTally.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";

/// @title Sums over any run of a staker's stakes, against adding up one by one
/// @dev Two stakers take turns, so that the ids of neither follow one another.
contract StakeTallyTest {
    using Bounded for uint256;
    using IdList for LibMap.Uint32Map;
    using StakeTally for StakeBook;

    uint256 private constant MAX_LENGTH = 200;
    uint256 private constant MODULUS = 2 ** 96;
    address private constant STAKER = address(1);
    address private constant OTHER = address(2);

    StakeBook private _book;
    // The stakes of `STAKER` by ordinal from 1, what was removed being 0.
    uint256[] private _ids;
    uint256[] private _amounts;
    uint256[] private _instants;

    /* SUMS */

    function testFuzz_sum_isThatOfTheAmountsOneByOne(uint256 seed, uint256 length, uint256 from, uint256 to) public {
        _stake(seed, length, type(uint96).max);
        _assertSum(from.within(0, _ids.length), to);
    }

    /// @dev Sums of what runs are below 2^96, though the sums of all that was ever staked wrap around.
    function testFuzz_sum_isExactThoughEndedStakesWrapAround(uint256 seed, uint256 ended, uint256 length) public {
        ended = ended.within(1, MAX_LENGTH / 2);
        _stake(seed, ended, type(uint96).max);
        _stake(~seed, length.within(0, MAX_LENGTH / 2), type(uint88).max);
        uint256 expected = 0;
        for (uint256 i = ended; i < _ids.length; ++i) expected += _amounts[i];
        Check.equal(_book.sum(STAKER, ended, _ids.length), expected, "sum of those that run");
    }

    function testFuzz_remove_takesAStakeOutOfEverySum(uint256 seed, uint256 length, uint256 from, uint256 to) public {
        _stake(seed, length.within(1, MAX_LENGTH), type(uint96).max);
        uint256 removals = seed.within(1, 12);
        for (uint256 i = 0; i < removals; ++i) _remove(_draw(seed, "removed", i));
        _assertSum(from.within(0, _ids.length), to);
    }

    /// @dev What is staked after a removal adds up with what was left.
    function testFuzz_add_goesOnAfterRemovals(uint256 seed, uint256 length, uint256 from, uint256 to) public {
        for (uint256 i = 0; i < 4; ++i) {
            _stake(_draw(seed, "round", i), length.within(1, MAX_LENGTH / 4), type(uint96).max);
            for (uint256 j = 0; j < 3; ++j) _remove(_draw(seed, "removed", 3 * i + j));
        }
        _assertSum(from.within(0, _ids.length), to);
    }

    function testFuzz_remove_ofAllLeavesNothing(uint256 seed, uint256 length) public {
        _stake(seed, length.within(1, MAX_LENGTH / 4), type(uint96).max);
        uint256 count = _ids.length;
        uint256 first = seed % count;
        for (uint256 i = 0; i < count; ++i) _remove(addmod(first, i, count));
        for (uint256 to = 0; to <= count; ++to) Check.equal(_book.sum(STAKER, 0, to), 0, "sum of nothing");
    }

    /* SEARCHES */

    /// @dev Whatever the guess: right, off by one, 0, beyond the end or of any size.
    function testFuzz_firstFrom_isWhatALinearSearchFinds(
        uint256 seed,
        uint256 length,
        uint256 to,
        uint256 minId,
        uint256 madeAfter,
        uint256 guess
    ) public {
        _stake(seed, length, type(uint96).max);
        to = to.within(0, _ids.length);
        minId = _anyId(minId);
        madeAfter = _anyInstant(madeAfter);
        uint256 expected = _firstFrom(to, minId, madeAfter);
        uint256 choice = guess % 4;
        if (choice == 0) guess = expected;
        else if (choice == 1) guess = expected - 1 + ((guess >> 2) % 3);
        else if (choice == 2) guess = (guess >> 2).within(0, _ids.length + 1);
        Check.equal(_book.firstFrom(STAKER, to, minId, madeAfter, guess), expected, "first ordinal");
    }

    /// @dev Every search over a short list: all bounds, all guesses.
    function testFuzz_firstFrom_isRightForEveryGuess(
        uint256 seed,
        uint256 length,
        uint256 minId,
        uint256 after_
    ) public {
        _stake(seed, length.within(0, 20), type(uint96).max);
        minId = _anyId(minId);
        after_ = _anyInstant(after_);
        for (uint256 to = 0; to <= _ids.length; ++to) {
            uint256 expected = _firstFrom(to, minId, after_);
            for (uint256 guess = 0; guess <= _ids.length + 1; ++guess) {
                Check.equal(_book.firstFrom(STAKER, to, minId, after_, guess), expected, "first ordinal");
            }
        }
    }

    /* INTERNAL */

    function _stake(uint256 seed, uint256 length, uint256 maxAmount) private {
        length = length.within(0, MAX_LENGTH);
        uint256 id = _ids.length == 0 ? 0 : _ids[_ids.length - 1];
        uint256 instant = _ids.length == 0 ? 1 : _instants[_instants.length - 1];
        for (uint256 i = 0; i < length; ++i) {
            uint256 draw = _draw(seed, "stake", i);
            instant += draw % 3; // several in one block at times
            if (draw % 5 == 0) _add(++id, OTHER, (draw >> 16).ofAnySize(0, maxAmount), instant);
            uint256 amount = (draw >> 8).ofAnySize(0, maxAmount);
            _add(++id, STAKER, amount, instant);
            _ids.push(id);
            _amounts.push(amount);
            _instants.push(instant);
        }
    }

    function _add(uint256 id, address staker, uint256 amount, uint256 instant) private {
        _book.stakes[id].createdAt = uint40(instant);
        _book.stakes[id].tally = _book.add(uint32(id), staker, uint96(amount));
    }

    /// @dev A second time for the same stake takes nothing.
    function _remove(uint256 seed) private {
        uint256 index = seed % _ids.length;
        _book.remove(_ids[index], STAKER, uint96(_amounts[index]));
        _amounts[index] = 0;
    }

    /// @dev Over an empty run as well, `from` being `to`.
    function _assertSum(uint256 from, uint256 to) private view {
        to = to.within(from, _ids.length);
        uint256 expected = 0;
        for (uint256 i = from; i < to; ++i) expected = addmod(expected, _amounts[i], MODULUS);
        Check.equal(_book.sum(STAKER, from, to), expected, "sum");
    }

    function _firstFrom(uint256 to, uint256 minId, uint256 madeAfter) private view returns (uint256 ordinal) {
        for (ordinal = 1; ordinal <= to; ++ordinal) {
            if (_ids[ordinal - 1] >= minId && _instants[ordinal - 1] > madeAfter) return ordinal;
        }
    }

    /// @dev Mostly about one that exists, at times any.
    function _anyId(uint256 seed) private view returns (uint256) {
        if (_ids.length == 0 || seed % 8 == 0) return seed >> 3;
        return _ids[(seed >> 3) % _ids.length] - 1 + ((seed >> 128) % 3);
    }

    function _anyInstant(uint256 seed) private view returns (uint256) {
        if (_ids.length == 0 || seed % 8 == 0) return seed >> 3;
        return _instants[(seed >> 3) % _ids.length] - 1 + ((seed >> 128) % 3);
    }

    function _draw(uint256 seed, string memory what, uint256 index) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, what, index)));
    }
}
