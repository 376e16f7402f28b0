// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

/// @dev How often a run is examined: after every call for as long as a run of `npm test` lasts, then after every fifth.
/// A deep run else spends most of its time on what it has seen already. What goes wrong mostly stays wrong until the
/// next examination, what each call brings about is compared by the handler, and the end of a run is always examined.
library Pace {
    // In calls.
    uint256 private constant CLOSELY = 128;

    // In calls. It shares no factor with the intervals of the auditors, so that whatever takes turns has its turn.
    uint256 private constant STEP = 5;

    /// @dev Whether to look after that many calls of a run.
    function isDue(uint256 callCount) internal pure returns (bool) {
        return callCount <= CLOSELY || callCount % STEP == 0;
    }
}
