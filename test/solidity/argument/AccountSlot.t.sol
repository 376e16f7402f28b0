// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {AccountSlot, AccountSlotLib} from "../../../contracts/argument/libraries/AccountSlot.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";
import {vm} from "../utils/Vm.sol";

/// @title Slashes, jails and the ways out of them
contract AccountSlotTest {
    using Bounded for uint256;
    using AccountSlotLib for AccountSlot;

    uint256 private constant LAST_INSTANT = 2 ** 40 - 1;
    uint256 private constant MOST_SLASHES = 65_535;
    uint256 private constant HOUR = 3_600;
    uint256 private constant YEAR = 31_536_000;

    AccountSlot private _slot;

    /* JAIL */

    /// @dev `now` up to the last instant that a slot holds: from the year 1970 to 36,812.
    function testFuzz_jail_isOnePeriodForEachSlash(
        uint256 slashes,
        uint256 jailedUntil,
        uint256 time,
        uint256 period
    ) public {
        slashes = slashes.ofAnySize(0, MOST_SLASHES);
        jailedUntil = jailedUntil.ofAnySize(0, LAST_INSTANT);
        time = time.ofAnySize(1, LAST_INSTANT);
        period = period.ofAnySize(HOUR, YEAR);
        _slot = AccountSlot(
            type(uint96).max,
            uint40(jailedUntil),
            uint16(slashes),
            type(uint16).max,
            type(uint40).max,
            true
        );
        vm.warp(time);
        _slot.jail(msg.sender, period);

        uint256 count = slashes == MOST_SLASHES ? MOST_SLASHES : slashes + 1;
        uint256 until = time + count * period;
        if (until < jailedUntil) until = jailedUntil;
        if (until > LAST_INSTANT) until = LAST_INSTANT;
        _assertSlot(count, until, 0);
    }

    function test_jail_countsNoSlashesBeyondTheWidth() public {
        _slot = AccountSlot(type(uint96).max, 0, uint16(MOST_SLASHES), 7, type(uint40).max, true);
        vm.warp(1_800_000_000);
        _slot.jail(msg.sender, HOUR);
        _assertSlot(MOST_SLASHES, 1_800_000_000 + MOST_SLASHES * HOUR, 0);
    }

    function test_jail_endsAtTheLastInstantAtMost() public {
        _slot = AccountSlot(type(uint96).max, 0, uint16(MOST_SLASHES - 1), 7, type(uint40).max, true);
        vm.warp(LAST_INSTANT - 1);
        _slot.jail(msg.sender, YEAR);
        _assertSlot(MOST_SLASHES, LAST_INSTANT, 0);
    }

    /// @dev A shorter period than before does not shorten a jail.
    function test_jail_isNeverShortened() public {
        _slot = AccountSlot(type(uint96).max, 1_800_000_000 + uint40(YEAR), 1, 7, type(uint40).max, true);
        vm.warp(1_800_000_000);
        _slot.jail(msg.sender, HOUR);
        _assertSlot(2, 1_800_000_000 + YEAR, 0);
    }

    /* UPVOTES */

    /// @dev The instant at which the jail ends is drawn on purpose: an upvote then counts no longer.
    function testFuzz_countUpvote_endsTheJailAtTheLastOneNeeded(
        uint256 counted,
        uint256 needed,
        uint256 jailedUntil,
        uint256 time
    ) public {
        needed = needed.ofAnySize(1, 1_000);
        counted = counted.ofAnySize(0, counted % 3 == 0 ? 1_000 : needed);
        jailedUntil = jailedUntil.ofAnySize(2, LAST_INSTANT);
        time = time % 3 == 0 ? jailedUntil - 1 + ((time >> 8) % 2) : time.ofAnySize(1, LAST_INSTANT);
        _slot = AccountSlot(
            type(uint96).max,
            uint40(jailedUntil),
            uint16(MOST_SLASHES),
            uint16(counted),
            type(uint40).max,
            true
        );
        vm.warp(time);
        _slot.countUpvote(msg.sender, needed);

        if (time >= jailedUntil) _assertSlot(MOST_SLASHES, jailedUntil, counted);
        else if (counted + 1 >= needed) _assertSlot(0, 0, 0);
        else _assertSlot(MOST_SLASHES, jailedUntil, counted + 1);
    }

    /// @dev Whoever was never jailed stays as they are.
    function test_countUpvote_leavesTheFreeAlone() public {
        _slot.credited = type(uint96).max;
        _slot.countUpvote(msg.sender, 1);
        _assertSlot(0, 0, 0);
    }

    /// @dev The credit beside them stays.
    function _assertSlot(uint256 slashCount, uint256 jailedUntil, uint256 upvotes) private view {
        Check.equal(_slot.credited, type(uint96).max, "credited");
        Check.equal(_slot.slashCount, slashCount, "slash count");
        Check.equal(_slot.jailedUntil, jailedUntil, "jailed until");
        Check.equal(_slot.upvotesSinceJailed, upvotes, "upvotes since jailed");
    }
}
