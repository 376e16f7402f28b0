// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Side} from "../../../contracts/shared/Side.sol";
import {CurveSlot, CurveSlotLib} from "../../../contracts/stake/libraries/CurveSlot.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";

/// @title Storage word of a pool
contract CurveSlotTest {
    using Bounded for uint256;

    uint256 private constant MAX = 2 ** 85 - 1;

    function test_maxReserve_isTheLargestOf85Bits() public pure {
        Check.equal(CurveSlotLib.MAX_RESERVE, MAX, "largest reserve");
    }

    function test_empty_existsAndHoldsNothing() public pure {
        Check.isTrue(!CurveSlot.wrap(0).exists(), "a pool that nobody created exists");
        CurveSlot curve = CurveSlotLib.empty();
        Check.isTrue(curve.exists(), "an empty pool does not exist");
        _assertCurve(curve, 0, 0, 0);
    }

    function testFuzz_afterTrade_givesBackEachField(uint256 long, uint256 short, uint256 reserve) public pure {
        long = long.ofAnySize(0, MAX);
        short = short.ofAnySize(0, MAX);
        reserve = reserve.ofAnySize(0, MAX);
        _assertCurve(_curve(long, short, reserve), long, short, reserve);
    }

    function testFuzz_afterTrade_leavesTheOtherSide(
        uint256 long,
        uint256 short,
        uint256 reserve,
        uint256 own,
        uint256 newReserve,
        bool isOppose
    ) public pure {
        long = long.ofAnySize(0, MAX);
        short = short.ofAnySize(0, MAX);
        own = own.ofAnySize(0, MAX);
        newReserve = newReserve.ofAnySize(0, MAX);
        CurveSlot curve = _curve(long, short, reserve.ofAnySize(0, MAX));
        Side side = isOppose ? Side.Oppose : Side.Support;
        CurveSlot next = curve.afterTrade(side, own, newReserve);
        _assertCurve(next, isOppose ? long : own, isOppose ? own : short, newReserve);
    }

    function testFuzz_supplies_namesTheSideThatTradesFirst(uint256 long, uint256 short, bool isOppose) public pure {
        long = long.ofAnySize(0, MAX);
        short = short.ofAnySize(0, MAX);
        (uint256 own, uint256 other) = _curve(long, short, 0).supplies(isOppose ? Side.Oppose : Side.Support);
        Check.equal(own, isOppose ? short : long, "own");
        Check.equal(other, isOppose ? long : short, "other");
    }

    function _curve(uint256 long, uint256 short, uint256 reserve) private pure returns (CurveSlot) {
        return CurveSlotLib.empty().afterTrade(Side.Support, long, MAX).afterTrade(Side.Oppose, short, reserve);
    }

    function _assertCurve(CurveSlot curve, uint256 long, uint256 short, uint256 reserve) private pure {
        Check.isTrue(curve.exists(), "exists");
        Check.equal(curve.longSupply(), long, "LONG supply");
        Check.equal(curve.shortSupply(), short, "SHORT supply");
        Check.equal(curve.reserve(), reserve, "reserve");
    }
}
