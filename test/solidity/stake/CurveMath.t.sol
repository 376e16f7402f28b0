// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {CurveMath} from "../../../contracts/stake/libraries/CurveMath.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";

/// @title Rounding of the curve
/// @dev Each root is compared with its definition: its square is within a unit of it, on the side that favours the
/// reserve. All operands up to the largest reserve.
contract CurveMathTest {
    using Bounded for uint256;

    uint256 private constant WAD = 1e18;
    uint256 private constant MAX = 2 ** 85 - 1;

    /* LOCK */

    function testFuzz_lockDown_isTheFloorOfTwoPercent(uint256 amount) public pure {
        uint256 lock = CurveMath.lockDown(amount);
        Check.atMost(lock, amount / 50, "more than 2 %");
        Check.isTrue(amount - lock * 50 < 50, "a unit less than 2 %");
    }

    /* SUPPLY AND RESERVE */

    function testFuzz_supplyDown_isTheLargestThatTheReserveCovers(uint256 reserve, uint256 other) public pure {
        reserve = reserve.ofAnySize(0, MAX);
        _assertSupply(reserve, other.ofAnySize(0, reserve));
    }

    /// @dev A reserve that is nearly all the other side's: the root of a difference of neighbouring squares.
    function testFuzz_supplyDown_isTheLargestBesideASideAsLarge(uint256 reserve, uint256 gap) public pure {
        reserve = reserve.ofAnySize(0, MAX);
        _assertSupply(reserve, reserve - gap.within(0, reserve < 3 ? reserve : 3));
    }

    function test_supplyDown_holdsTheLargestOperands() public pure {
        Check.equal(CurveMath.supplyDown(MAX, 0), MAX, "the whole reserve");
        Check.equal(CurveMath.supplyDown(MAX, MAX), 0, "nothing beside the whole reserve");
        _assertSupply(MAX, MAX - 1);
        _assertSupply(MAX, 1);
    }

    function testFuzz_reserveUp_isTheSmallestThatCoversBoth(uint256 own, uint256 other) public pure {
        _assertReserve(own.ofAnySize(0, MAX), other.ofAnySize(0, MAX));
    }

    function test_reserveUp_holdsTheLargestOperands() public pure {
        _assertReserve(MAX, MAX);
        _assertReserve(MAX, 1);
        Check.equal(CurveMath.reserveUp(MAX, 0), MAX, "one side alone costs a unit each");
        Check.equal(CurveMath.reserveUp(0, 0), 0, "nothing costs nothing");
    }

    function testFuzz_reserveUp_isTheSameFromEitherSide(uint256 own, uint256 other) public pure {
        own = own.ofAnySize(0, MAX);
        other = other.ofAnySize(0, MAX);
        Check.equal(CurveMath.reserveUp(own, other), CurveMath.reserveUp(other, own), "sides");
    }

    /* TRADES */

    /// @dev Neither gains: the reserve keeps what rounding takes, at most a unit of it.
    function testFuzz_trade_backAndForthGivesNoMoreThanWasPaid(uint256 own, uint256 other, uint256 paid) public pure {
        own = own.ofAnySize(0, MAX / 4);
        other = other.ofAnySize(0, MAX / 4);
        uint256 reserve = CurveMath.reserveUp(own, other);
        paid = paid.ofAnySize(1, MAX - reserve);
        uint256 supply = CurveMath.supplyDown(reserve + paid, other);
        Check.atLeast(supply, own + paid, "a token costs more than a unit");
        Check.atMost(CurveMath.reserveUp(supply, other), reserve + paid, "the reserve does not cover the supply");
        Check.atLeast(CurveMath.reserveUp(own, other), reserve, "selling back pays more than was paid");
    }

    /// @dev Selling in two steps pays what selling in one step pays.
    function testFuzz_trade_pieceByPiecePaysTheSame(
        uint256 own,
        uint256 other,
        uint256 first,
        uint256 second
    ) public pure {
        own = own.ofAnySize(0, MAX);
        other = other.ofAnySize(0, MAX);
        first = first.ofAnySize(0, own);
        second = second.ofAnySize(0, own - first);
        uint256 before = CurveMath.reserveUp(own, other);
        uint256 between = CurveMath.reserveUp(own - first, other);
        uint256 afterwards = CurveMath.reserveUp(own - first - second, other);
        Check.atLeast(before, between, "a sale that costs");
        Check.atLeast(between, afterwards, "a second sale that costs");
        Check.atMost(before - between, first, "a token paid more than a unit");
        Check.atMost(between - afterwards, second, "a token of the second piece paid more than a unit");
    }

    /* PRICE AND BELIEF */

    function testFuzz_priceDown_isTheFloorOfTheSlope(uint256 own, uint256 other) public pure {
        // Such that the comparison stays below 2^256.
        own = own.ofAnySize(0, 2 ** 67 - 1);
        other = other.ofAnySize(0, 2 ** 67 - 1);
        uint256 price = CurveMath.priceDown(own, other);
        uint256 squares = own * own + other * other;
        if (squares == 0) return Check.equal(price, WAD, "the first token costs a unit");
        Check.atMost(price * price * squares, own * own * WAD * WAD, "above the slope");
        ++price;
        Check.isTrue(price * price * squares > own * own * WAD * WAD, "a wei below the slope");
    }

    function testFuzz_priceDown_neverExceedsOneUnit(uint256 own, uint256 other) public pure {
        own = own.ofAnySize(0, MAX);
        other = other.ofAnySize(0, MAX);
        Check.atMost(CurveMath.priceDown(own, other), WAD, "price");
        if (own > 0) Check.equal(CurveMath.priceDown(own, 0), WAD, "price without the other side");
    }

    /// @dev As squares, prices of both sides add up to 1, but for what rounding takes from each.
    function testFuzz_priceDown_squaresOfBothSidesAddUpToOne(uint256 own, uint256 other) public pure {
        own = own.ofAnySize(1, MAX);
        other = other.ofAnySize(1, MAX);
        (uint256 p, uint256 q) = (CurveMath.priceDown(own, other), CurveMath.priceDown(other, own));
        Check.atMost(p * p + q * q, WAD * WAD, "more than 1");
        ++p;
        ++q;
        Check.isTrue(p * p + q * q > WAD * WAD, "a wei each less than 1");
    }

    function testFuzz_beliefDown_isTheFloorOfTheShareOfLong(uint256 long, uint256 short) public pure {
        long = long.ofAnySize(0, MAX);
        short = short.ofAnySize(0, MAX);
        uint256 belief = CurveMath.beliefDown(long, short);
        uint256 squares = long * long + short * short;
        if (squares == 0) return Check.equal(belief, WAD / 2, "belief of an empty pool");
        Check.atMost(belief * squares, long * long * WAD, "above the share");
        Check.isTrue((belief + 1) * squares > long * long * WAD, "a wei below the share");
    }

    /* INTERNAL */

    function _assertSupply(uint256 reserve, uint256 other) private pure {
        uint256 supply = CurveMath.supplyDown(reserve, other);
        Check.atMost(supply * supply + other * other, reserve * reserve, "more than the reserve covers");
        ++supply;
        Check.isTrue(supply * supply + other * other > reserve * reserve, "a token less than the reserve covers");
    }

    function _assertReserve(uint256 own, uint256 other) private pure {
        uint256 reserve = CurveMath.reserveUp(own, other);
        uint256 squares = own * own + other * other;
        Check.atLeast(reserve * reserve, squares, "does not cover both");
        if (reserve > 0) Check.isTrue((reserve - 1) * (reserve - 1) < squares, "a unit more than it takes");
    }
}
