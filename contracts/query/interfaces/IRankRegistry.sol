// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

/// @title Ranks of those who answer and judge
/// @notice A rank is 0 to 42; whoever has none has rank 0. Governance sets ranks.
interface IRankRegistry {
    /// @notice A rank was set.
    /// @param account Whose.
    /// @param rank What it is now, 0 to 42.
    event RankSet(address indexed account, uint8 rank);

    /// @notice Ranks are 0 to 42.
    error RankOutOfRange(uint256 rank, uint256 max);

    /// @notice There must be a rank for each account.
    error LengthMismatch(uint256 accounts, uint256 ranks);

    /// @notice Set ranks.
    /// @dev Restricted by the `AccessManager`. Emits `RankSet` each. Reverts with `LengthMismatch` or `RankOutOfRange`.
    /// @param accounts Whose.
    /// @param ranks Of each, 0 to 42.
    function setRanks(address[] calldata accounts, uint8[] calldata ranks) external;

    /// @notice The rank of an account, 0 to 42.
    /// @param account Whose.
    function rankOf(address account) external view returns (uint8);
}
