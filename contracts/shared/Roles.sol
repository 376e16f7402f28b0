// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

/// @title Roles of the protocol's `AccessManager` that contracts ask for by their ids
library Roles {
    /// @dev May find arguments unhelpful without a stake.
    uint64 internal constant CURATOR = 4;

    /// @dev Finds an argument unhelpful with a single mark.
    uint64 internal constant SLASHER = 5;
}
