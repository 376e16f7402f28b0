// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {StakeKind} from "../../../contracts/argument/interfaces/IArgumentStaking.sol";
import {StakeSlots, StakeSlotsLib} from "../../../contracts/argument/libraries/StakeSlots.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";

/// @title What a stake promises, from 1 unit to 2^96 - 1
contract StakeSlotsTest {
    using Bounded for uint256;
    using StakeSlotsLib for StakeSlots;

    uint256 private constant BPS = 10_000;
    uint256 private constant YEAR = 31_536_000;

    StakeSlots private _slots;

    /* INTEREST */

    /// @dev 50 tokens for a week at a quarter a year: 50e18 * 2,500 * 604,800 / (10,000 * 31,536,000).
    function test_interestDown_ofTheExample() public pure {
        Check.equal(StakeSlotsLib.interestDown(50 ether, 2_500, 7 days), 239_726_027_397_260_273, "interest");
    }

    function test_interestDown_isTheWholeStakeAtMost() public pure {
        Check.equal(StakeSlotsLib.interestDown(type(uint96).max, BPS, YEAR), type(uint96).max, "interest");
    }

    /// @dev The largest whole number whose `BPS * YEAR`-fold is at most the product, and 512 bits agree.
    function testFuzz_interestDown_isTheExactFloor(uint256 amount, uint256 rateBps, uint256 duration) public pure {
        amount = amount.ofAnySize(0, type(uint96).max);
        rateBps = rateBps.ofAnySize(0, BPS);
        duration = duration.ofAnySize(3_600, YEAR);
        uint256 interest = StakeSlotsLib.interestDown(uint96(amount), rateBps, duration);
        uint256 product = amount * rateBps * duration;
        Check.atMost(interest * BPS * YEAR, product, "too much");
        Check.isTrue((interest + 1) * BPS * YEAR > product, "too little");
        Check.equal(interest, Math.mulDiv(amount * rateBps, duration, BPS * YEAR), "floor");
        Check.atMost(interest, amount, "more than the stake");
    }

    function testFuzz_interest_isThatOfTheTermsKept(uint256 amount, uint256 rateBps, uint256 duration) public {
        amount = amount.ofAnySize(0, type(uint96).max);
        rateBps = rateBps.ofAnySize(0, BPS);
        duration = duration.ofAnySize(3_600, YEAR);
        _keep(amount, rateBps, duration, 0, 0);
        Check.equal(_slots.interest(), Math.mulDiv(amount * rateBps, duration, BPS * YEAR), "interest");
    }

    /* SPLIT */

    function test_creatorInterestDown_leavesTheOddUnitToTheUpvoter() public {
        _keep(1, 0, 3_600, 5_000, 0);
        Check.equal(_slots.creatorInterestDown(5), 2, "creator's part");
    }

    function testFuzz_creatorInterestDown_isTheExactFloor(uint256 interest, uint256 shareBps) public {
        interest = interest.ofAnySize(0, type(uint96).max);
        shareBps = shareBps.ofAnySize(0, BPS);
        _keep(1, 0, 3_600, shareBps, 0);
        uint256 part = _slots.creatorInterestDown(uint96(interest));
        Check.atMost(part * BPS, interest * shareBps, "too much");
        Check.isTrue((part + 1) * BPS > interest * shareBps, "too little");
        Check.atMost(part, interest, "more than the interest");
    }

    /* TIME */

    function testFuzz_endsAt_isTheInstantAndTheDuration(uint256 createdAt, uint256 duration) public {
        createdAt = createdAt.ofAnySize(0, type(uint40).max);
        duration = duration.ofAnySize(3_600, YEAR);
        _keep(1, 0, duration, 0, createdAt);
        Check.equal(_slots.endsAt(), createdAt + duration, "ends at");
    }

    /// @dev Everything else in the slots is full, so that a value that spills over would show.
    function _keep(uint256 amount, uint256 rateBps, uint256 duration, uint256 shareBps, uint256 createdAt) private {
        _slots = StakeSlots({
            staker: address(type(uint160).max),
            amount: uint96(amount),
            argumentId: type(uint32).max,
            createdAt: uint40(createdAt),
            duration: uint32(duration),
            interestRateBps: uint16(rateBps),
            shareBps: uint16(shareBps),
            kind: StakeKind.Upvote,
            hasEnded: true,
            tally: type(uint96).max
        });
    }
}
