// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {LibMap} from "solady/src/utils/LibMap.sol";

/// @title Lists of ids in the order in which they were added, eight to a slot
/// @dev Ids and lengths are below 2^32. The length is at position 0 and a label that the owner of the list may give it
/// at position 1, so that the first six ids share their slot with both.
library IdList {
    using LibMap for LibMap.Uint32Map;

    uint256 private constant LENGTH = 0;
    uint256 private constant LABEL = 1;

    /// @dev How many ids a list has.
    function length(LibMap.Uint32Map storage self) internal view returns (uint256) {
        return self.get(LENGTH);
    }

    /// @dev What the list was labelled with; 0 where nothing was.
    function label(LibMap.Uint32Map storage self) internal view returns (uint32) {
        return self.get(LABEL);
    }

    /// @dev Labels a list.
    function setLabel(LibMap.Uint32Map storage self, uint32 label_) internal {
        self.set(LABEL, label_);
    }

    /// @dev The id at an ordinal, from 1 to the length.
    function idAt(LibMap.Uint32Map storage self, uint256 ordinal) internal view returns (uint256) {
        return self.get(LABEL + ordinal);
    }

    /// @dev Appends an id and says how many there are now.
    function add(LibMap.Uint32Map storage self, uint32 id) internal returns (uint256 ordinal) {
        uint32 last = self.get(LENGTH) + 1;
        self.set(LENGTH, last);
        self.set(LABEL + last, id);
        return last;
    }

    /// @dev Up to `limit` ids after the first `offset`.
    function page(
        LibMap.Uint32Map storage self,
        uint256 offset,
        uint256 limit
    ) internal view returns (uint256[] memory ids) {
        ids = new uint256[](Math.min(limit, Math.saturatingSub(length(self), offset)));
        for (uint256 i = 0; i < ids.length; ++i) ids[i] = idAt(self, offset + 1 + i);
    }
}
