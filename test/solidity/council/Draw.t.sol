// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Draw} from "../../../contracts/council/libraries/Draw.sol";
import {Weights, WeightTree} from "../../../contracts/council/libraries/WeightTree.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";

/// @title A draw without repetition against a line of single points
contract DrawTest {
    using Bounded for uint256;
    using Draw for Draw.Lot;
    using WeightTree for Weights;

    uint256 private constant MOST = 24;
    uint256 private constant LONGEST = 6;

    Weights private _tree;
    uint256[] private _starts;
    uint256[] private _lengths;
    mapping(uint256 index => bool) private _isDrawn;

    /// @dev The points that are left are numbered from the left, and the hash of seed and count, modulo how many they
    /// are, is the number of the one drawn: so each is as probable as any other.
    function testFuzz_next_isThePointWhoseNumberTheHashNames(uint256 seed) public {
        uint256 length = _lay(seed);
        Draw.Lot memory lot = Draw.begin(length, _starts.length);
        bool[] memory isOut = new bool[](length);
        for (uint256 count = 0; lot.left > 0; ++count) {
            uint256 point = lot.next(seed);
            uint256 number = uint256(keccak256(abi.encode(seed, count))) % lot.left;
            Check.equal(point, _pointOf(isOut, number), "point drawn");
            uint256 left = lot.left;
            uint256 stretch = _stretchAt(point);
            for (uint256 i = 0; i < _lengths[stretch]; ++i) isOut[_starts[stretch] + i] = true;
            lot.exclude(_starts[stretch], _lengths[stretch]);
            Check.equal(lot.left, left - _lengths[stretch], "points left");
        }
        for (uint256 i = 0; i < length; ++i) Check.isTrue(isOut[i], "a point that nobody drew");
    }

    /// @dev As the chamber draws: everyone who weighs something exactly once, in some order, and nobody else.
    function testFuzz_draw_takesEveryoneWithWeightOnce(uint256 seed, uint256 countSeed) public {
        uint256 count = countSeed.within(1, MOST);
        uint256[] memory weights = new uint256[](count);
        uint256 weighty = 0;
        for (uint256 i = 0; i < count; ++i) {
            weights[i] = uint256(keccak256(abi.encode(countSeed, i))).ofAnySize(0, type(uint64).max);
            _tree.append(uint96(weights[i]));
            if (weights[i] > 0) ++weighty;
        }
        Draw.Lot memory lot = Draw.begin(_tree.total, count);
        for (uint256 i = 0; i < weighty; ++i) {
            (uint256 index, uint256 start) = _tree.find(lot.next(seed));
            Check.isTrue(!_isDrawn[index], "drawn twice");
            Check.isTrue(weights[index - 1] > 0, "drawn without weight");
            _isDrawn[index] = true;
            lot.exclude(start, weights[index - 1]);
        }
        Check.equal(lot.left, 0, "left");
    }

    function testFuzz_firstOf_isThatManyFromTheLeft(uint256 seed, uint256 count) public pure {
        uint256[] memory list = new uint256[](seed.within(0, MOST));
        for (uint256 i = 0; i < list.length; ++i) list[i] = uint256(keccak256(abi.encode(seed, i)));
        uint256[] memory first = Draw.firstOf(list, count = count.within(0, list.length));
        Check.equal(first.length, count, "length");
        for (uint256 i = 0; i < count; ++i) Check.equal(first[i], uint256(keccak256(abi.encode(seed, i))), "entry");
    }

    /// @dev Stretches side by side; returns where the last one ends.
    function _lay(uint256 seed) private returns (uint256 length) {
        uint256 count = seed.within(1, MOST);
        for (uint256 i = 0; i < count; ++i) {
            _starts.push(length);
            _lengths.push(uint256(keccak256(abi.encode("length", seed, i))).within(1, LONGEST));
            length += _lengths[i];
        }
    }

    function _stretchAt(uint256 point) private view returns (uint256 stretch) {
        while (_starts[stretch] + _lengths[stretch] <= point) ++stretch;
    }

    function _pointOf(bool[] memory isOut, uint256 number) private pure returns (uint256 point) {
        for (; ; ++point) {
            if (isOut[point]) continue;
            if (number == 0) return point;
            --number;
        }
    }
}
