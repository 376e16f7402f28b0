// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IRankRegistry} from "./interfaces/IRankRegistry.sol";

/// @title Ranks of those who answer and judge
/// @dev Holds nothing. The `AccessManager` decides who sets ranks.
contract RankRegistry is IRankRegistry, AccessManaged {
    uint256 private constant MAX_RANK = 42;

    /// @inheritdoc IRankRegistry
    mapping(address account => uint8) public rankOf;

    /// @param authority The protocol's `AccessManager`.
    constructor(address authority) AccessManaged(authority) {}

    /// @inheritdoc IRankRegistry
    function setRanks(address[] calldata accounts, uint8[] calldata ranks) external restricted {
        if (accounts.length != ranks.length) revert LengthMismatch(accounts.length, ranks.length);
        for (uint256 i = 0; i < accounts.length; ++i) {
            if (ranks[i] > MAX_RANK) revert RankOutOfRange(ranks[i], MAX_RANK);
            rankOf[accounts[i]] = ranks[i];
            emit RankSet(accounts[i], ranks[i]);
        }
    }
}
