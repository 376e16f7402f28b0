// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {TruthScore} from "../stake/libraries/TruthScore.sol";

/// @title Scores of many inputs at once
/// @dev The library is internal: this is where a test can reach it.
contract TruthScoreHarness {
    /// @param points Belief, meta-prediction, and the others' means of both, each up to 1e18.
    /// @return scores One for each point, in wad.
    function scoresOf(uint64[4][] calldata points) external pure returns (int256[] memory scores) {
        scores = new int256[](points.length);
        for (uint256 i = 0; i < points.length; ++i) {
            scores[i] = TruthScore.scoreOf(points[i][0], points[i][1], points[i][2], points[i][3]);
        }
    }
}
