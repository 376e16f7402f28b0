// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

/// @title The stakes of a query
/// @dev With `1.1^rank = 11^rank / 10^rank`, in integers up to one division, which rounds down: in favour of the one
/// who pays. 5 * 11^42 * 32 * 10^18 is below 2^214.
library QueryStakes {
    /// @dev What asking costs: `5 * 1.1^rank * minAnswers` tokens of `unit` units.
    function submitStakeDown(uint256 rank, uint256 minAnswers, uint256 unit) internal pure returns (uint256) {
        return (5 * 11 ** rank * minAnswers * unit) / 10 ** rank;
    }

    /// @dev What answering costs: `0.7 * submitStake / minAnswers`, which is `3.5 * 1.1^rank` tokens.
    function answerStakeDown(uint256 rank, uint256 unit) internal pure returns (uint256) {
        return (35 * 11 ** rank * unit) / 10 ** (rank + 1);
    }

    /// @dev What judging costs: `0.06 * submitStake`, which is `0.3 * 1.1^rank * minAnswers` tokens.
    function judgeStakeDown(uint256 rank, uint256 minAnswers, uint256 unit) internal pure returns (uint256) {
        return (3 * 11 ** rank * minAnswers * unit) / 10 ** (rank + 1);
    }
}
