// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {LibMap} from "solady/src/utils/LibMap.sol";

import {IdList} from "../../../contracts/argument/libraries/IdList.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";

/// @title Packed lists of ids
contract IdListTest {
    using Bounded for uint256;
    using IdList for LibMap.Uint32Map;

    uint256 private constant MAX_LENGTH = 200;

    LibMap.Uint32Map private _list;

    function test_list_isEmptyAndUnlabelledAtFirst() public view {
        Check.equal(_list.length(), 0, "length");
        Check.equal(_list.label(), 0, "label");
        Check.equal(_list.page(0, type(uint256).max).length, 0, "page");
    }

    function testFuzz_add_keepsEveryIdInOrder(uint256 seed, uint256 length) public {
        length = length.within(0, MAX_LENGTH);
        _fill(seed, length);
        Check.equal(_list.length(), length, "length");
        for (uint256 i = 1; i <= length; ++i) Check.equal(_list.idAt(i), _id(seed, i), "id");
    }

    function testFuzz_page_isTheRunOfIdsAfterTheOffset(
        uint256 seed,
        uint256 length,
        uint256 offset,
        uint256 limit
    ) public {
        length = length.within(0, MAX_LENGTH);
        offset = offset.ofAnySize(0, seed % 2 == 0 ? length : type(uint256).max);
        limit = limit.ofAnySize(0, seed % 3 == 0 ? length : type(uint256).max);
        _fill(seed, length);
        uint256 rest = offset < length ? length - offset : 0;
        uint256[] memory page = _list.page(offset, limit);
        Check.equal(page.length, limit < rest ? limit : rest, "length of the page");
        for (uint256 i = 0; i < page.length; ++i) Check.equal(page[i], _id(seed, offset + 1 + i), "id on the page");
    }

    function testFuzz_setLabel_leavesLengthAndIds(uint256 seed, uint256 length, uint32 label, uint32 next) public {
        length = length.within(0, MAX_LENGTH);
        _list.setLabel(label);
        _fill(seed, length);
        Check.equal(_list.label(), label, "label");
        _list.setLabel(next);
        Check.equal(_list.label(), next, "next label");
        Check.equal(_list.length(), length, "length");
        for (uint256 i = 1; i <= length; ++i) Check.equal(_list.idAt(i), _id(seed, i), "id");
    }

    function _fill(uint256 seed, uint256 length) private {
        for (uint256 i = 1; i <= length; ++i) Check.equal(_list.add(uint32(_id(seed, i))), i, "ordinal");
    }

    function _id(uint256 seed, uint256 ordinal) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, ordinal))).ofAnySize(0, type(uint32).max);
    }
}
