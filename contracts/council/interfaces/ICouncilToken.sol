// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

/// @notice Who gets the first supply.
struct Allocation {
    /// For community rewards.
    address community;
    /// For the team.
    address team;
    /// For the treasury.
    address treasury;
    /// For liquidity.
    address liquidity;
    /// For partners.
    address partners;
}

/// @notice How many tokens there are.
struct TokenParams {
    /// What is minted once, in units, 1 to 2^64 - 1: 1,000,000,000 tokens by default.
    uint96 supply;
    /// Shares of it, 10,000 together: by default 40 % for community rewards,
    uint16 communityBps;
    /// 20 % for the team,
    uint16 teamBps;
    /// 20 % for the treasury,
    uint16 treasuryBps;
    /// 10 % for liquidity,
    uint16 liquidityBps;
    /// and 10 % for partners, who also get what rounding leaves of the others'.
    uint16 partnersBps;
    /// What a year may add, of the supply at its start: 0 to 500, which is the default.
    uint16 maxInflationBps;
}

/// @title The council's token
/// @notice "AI Council Token", ACT, 9 decimals: a first supply, and inflation of at most 5 % a year.
interface ICouncilToken {
    /// @notice Tokens came into being.
    /// @param to Whose they are.
    /// @param amount How many, in units.
    /// @param year The year since deployment, from 0.
    event InflationMinted(address indexed to, uint256 amount, uint256 year);

    /// @notice Shares of the first supply are 10,000 together.
    error SharesNotWhole(uint256 sum);

    /// @notice More than is left of the year's inflation.
    error InflationExceeded(uint256 amount, uint256 remaining);

    /// @notice Mint within the year's inflation.
    /// @dev Restricted by the `AccessManager`. Years are 365 days and begin at deployment; what a year does not use is
    /// lost. Emits `InflationMinted` and `Transfer`. Reverts with `InflationExceeded`.
    /// @param to Whom for.
    /// @param amount How many, in units.
    function mintInflation(address to, uint256 amount) external;

    /// @notice What can still be minted this year: `maxInflationBps` of the supply at its start, rounded down, less
    /// what was minted.
    /// @return year The year since deployment, from 0.
    /// @return remaining In units.
    function inflationLeft() external view returns (uint256 year, uint256 remaining);

    /// @notice When years are counted from, in unix seconds.
    function deployedAt() external view returns (uint256);

    /// @notice What a year may add, of the supply at its start.
    function maxInflationBps() external view returns (uint256);
}
