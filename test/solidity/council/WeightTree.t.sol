// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Weights, WeightTree} from "../../../contracts/council/libraries/WeightTree.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";

/// @title The tree of sums against a plain list of weights
contract WeightTreeTest {
    using Bounded for uint256;
    using WeightTree for Weights;

    uint256 private constant MOST = 70;
    uint256 private constant CHANGES = 40;
    uint256 private constant POINTS = 12;

    Weights private _tree;
    uint96[] private _plain; // the weight of index i + 1

    function testFuzz_append_countsAndSums(uint256 seed) public {
        uint256 length = seed.within(0, MOST);
        for (uint256 i = 0; i < length; ++i) _append(_next(seed, i));
        _assertSame(seed);
    }

    function testFuzz_set_changesOneWeight(uint256 seed) public {
        uint256 length = seed.within(1, MOST);
        for (uint256 i = 0; i < length; ++i) _append(_next(seed, i));
        for (uint256 i = 0; i < CHANGES; ++i) {
            uint256 draw = _next(seed, MOST + i);
            if (draw % 8 == 0) _append(draw >> 8);
            else if (draw % 8 == 1) _set((draw >> 8) % _plain.length, _plain[(draw >> 8) % _plain.length]);
            else _change((draw >> 8) % _plain.length, draw >> 16);
            if (i % 8 == 0) _assertSame(draw);
        }
        _assertSame(seed);
    }

    /// @dev Ends of weights on purpose, and any point below the total.
    function _assertSame(uint256 seed) private view {
        uint256 total = 0;
        for (uint256 i = 0; i < _plain.length; ++i) total += _plain[i];
        Check.equal(_tree.count, _plain.length, "count");
        Check.equal(_tree.total, total, "total");
        if (total == 0) return;
        for (uint256 i = 0; i < POINTS; ++i) _assertFound(_next(seed, i).within(0, total - 1));
        uint256 start = 0;
        for (uint256 i = 0; i < _plain.length; ++i) {
            if (_plain[i] > 0) _assertFound(start);
            start += _plain[i];
            if (_plain[i] > 0) _assertFound(start - 1);
        }
    }

    function _assertFound(uint256 point) private view {
        (uint256 index, uint256 start) = _tree.find(point);
        uint256 expected = 0;
        uint256 sum = 0;
        while (sum + _plain[expected] <= point) sum += _plain[expected++];
        Check.equal(index, expected + 1, "index of a point");
        Check.equal(start, sum, "where its weight begins");
    }

    function _append(uint256 seed) private {
        uint96 weight = uint96(seed.ofAnySize(0, _room()));
        _plain.push(weight);
        _tree.changedIn = 0;
        Check.equal(_tree.append(weight), _plain.length, "new index");
        Check.equal(_tree.changedIn, block.number, "block of an append");
    }

    function _change(uint256 position, uint256 seed) private {
        _set(position, uint96(seed.ofAnySize(0, _room() + _plain[position])));
    }

    function _set(uint256 position, uint96 weight) private {
        _tree.changedIn = 0;
        _tree.set(position + 1, _plain[position], weight);
        Check.equal(_tree.changedIn, weight == _plain[position] ? 0 : block.number, "block of a change");
        _plain[position] = weight;
    }

    /// @dev What the total may still grow by.
    function _room() private view returns (uint256) {
        return type(uint96).max - _tree.total;
    }

    function _next(uint256 seed, uint256 i) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, i)));
    }
}
