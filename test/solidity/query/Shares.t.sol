// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Shares} from "../../../contracts/query/libraries/Shares.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";
import {PlainSettlement} from "./PlainSettlement.sol";

/// @title Splits of a pool, for receivers and weights of every kind
contract SharesTest {
    using Bounded for uint256;
    using PlainSettlement for uint256;

    uint256 private constant MOST = 32;

    function testFuzz_split_givesAwayThePoolToReceiversAlone(
        uint256 seed,
        uint256 pool,
        uint256 count,
        uint256 receivers
    ) public pure {
        uint256[] memory weights;
        (weights, receivers) = _draw(seed, count, receivers);
        uint256[] memory amounts = Shares.split(pool, weights, receivers);
        uint256 left = pool;
        for (uint256 i = 0; i < weights.length; ++i) {
            if (!receivers.isIn(i)) Check.equal(amounts[i], 0, "share of one who takes no part");
            left -= amounts[i];
        }
        Check.equal(left, 0, "left of the pool");
    }

    /// @dev Below 2^100 fractions need no more than 256 bits.
    function testFuzz_split_isTheFloorAndTheRestToTheFirstOfTheLargest(
        uint256 seed,
        uint256 pool,
        uint256 count,
        uint256 receivers
    ) public pure {
        pool = pool.ofAnySize(0, 2 ** 100);
        uint256[] memory weights;
        (weights, receivers) = _draw(seed, count, receivers);
        for (uint256 i = 0; i < weights.length; ++i) weights[i] >>= 110; // 95 bits are left
        uint256 sum = _sum(weights, receivers);
        if (sum == 0) (weights, sum) = (_alike(weights.length), receivers.countIn(weights.length));
        uint256[] memory amounts = Shares.split(pool, weights, receivers);

        (uint256 first, uint256 rest) = (MOST, pool);
        for (uint256 i = 0; i < weights.length; ++i) {
            if (!receivers.isIn(i)) continue;
            uint256 share = (pool * weights[i]) / sum;
            rest -= share;
            if (first == MOST || share > (pool * weights[first]) / sum) first = i;
        }
        for (uint256 i = 0; i < weights.length; ++i) {
            if (!receivers.isIn(i)) continue;
            uint256 expected = (pool * weights[i]) / sum + (i == first ? rest : 0);
            Check.equal(amounts[i], expected, "share");
        }
        Check.isTrue(rest < receivers.countIn(weights.length), "rounding leaves a unit or more for each");
    }

    function testFuzz_split_isEqualWhereAllWeightsOfReceiversAreZero(
        uint256 seed,
        uint256 pool,
        uint256 count,
        uint256 receivers
    ) public pure {
        uint256[] memory weights;
        (weights, receivers) = _draw(seed, count, receivers);
        for (uint256 i = 0; i < weights.length; ++i) if (receivers.isIn(i)) weights[i] = 0;
        uint256[] memory amounts = Shares.split(pool, weights, receivers);
        uint256 takers = receivers.countIn(weights.length);
        uint256 rest = pool % takers; // to the first
        for (uint256 i = 0; i < weights.length; ++i) {
            if (!receivers.isIn(i)) continue;
            Check.equal(amounts[i], pool / takers + rest, "equal share");
            rest = 0;
        }
    }

    /// @dev But for the units that flooring leaves.
    function testFuzz_split_givesNoLessToWhoWeighsMore(uint256 seed, uint256 pool, uint256 count) public pure {
        (uint256[] memory weights, ) = _draw(seed, count, 1);
        uint256[] memory amounts = Shares.split(pool, weights, type(uint256).max);
        uint256 a = seed % weights.length;
        uint256 b = (seed >> 128) % weights.length;
        if (weights[a] >= weights[b]) (a, b) = (b, a);
        if (weights[a] < weights[b]) Check.isTrue(amounts[a] < amounts[b] + weights.length, "a lighter one got more");
    }

    function testFuzz_isIn_readsABit(uint256 set, uint256 i) public pure {
        i = i.within(0, 255);
        Check.equal(Shares.isIn(set, i), (set / 2 ** i) % 2 == 1, "bit");
    }

    /// @dev Weights that sum up to less than 2^210, many of them alike or nothing; one receiver at least.
    function _draw(
        uint256 seed,
        uint256 count,
        uint256 receivers
    ) private pure returns (uint256[] memory weights, uint256) {
        count = count.within(1, MOST);
        weights = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) {
            uint256 draw = uint256(keccak256(abi.encode(seed, i)));
            if (draw % 4 == 0 && i > 0) weights[i] = weights[i - 1];
            else weights[i] = (draw >> 8).ofAnySize(0, 2 ** 205);
        }
        receivers %= 1 << count;
        return (weights, receivers == 0 ? 1 << (seed % count) : receivers);
    }

    function _alike(uint256 count) private pure returns (uint256[] memory weights) {
        weights = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) weights[i] = 1;
    }

    function _sum(uint256[] memory weights, uint256 receivers) private pure returns (uint256 sum) {
        for (uint256 i = 0; i < weights.length; ++i) if (receivers.isIn(i)) sum += weights[i];
    }
}
