// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

/// @notice The two stances on a claim. One enum serves the whole protocol: LONG is Support, SHORT is Oppose.
enum Side {
    Support,
    Oppose
}
