// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {MarketParams} from "./IBeliefMarket.sol";

/// @title Creates belief markets, one for each claim
/// @notice A claim exists in the protocol once it has a market here.
interface IBeliefFactory {
    /* EVENTS */

    /// @notice A market was created. Its rules are the default rules then in force, unless a `CustomParamsSet` for
    /// the same market comes just before.
    /// @param claimId The claim.
    /// @param market The clone that serves it.
    /// @param author Who created it.
    event MarketCreated(bytes32 indexed claimId, address indexed market, address indexed author);

    /// @notice A market was given rules of its own.
    /// @param market The market.
    /// @param params Its rules.
    event CustomParamsSet(address indexed market, MarketParams params);

    /// @notice The rules of markets created from now on changed.
    /// @param params The new default rules.
    event DefaultParamsSet(MarketParams params);

    /// @notice No market can be created until `CreationUnpaused`. Existing markets are not touched.
    /// @param account Who paused; the `AccessManager` where it executes for somebody.
    event CreationPaused(address indexed account);

    /// @notice Markets can be created again.
    /// @param account Who unpaused; the `AccessManager` where it executes for somebody.
    event CreationUnpaused(address indexed account);

    /* ERRORS */

    /// @notice Zero names no claim.
    error ClaimIdZero();

    /// @notice A claim has one market for good.
    error MarketAlreadyExists(bytes32 claimId, address market);

    /// @notice The asset must be a contract.
    error AssetNotContract(address asset);

    /// @notice The guardian has paused creation.
    error CreationIsPaused();

    /// @notice Creation is not paused.
    error CreationIsNotPaused();

    /* CREATE */

    /// @notice Create the market of a claim with the default rules.
    /// @dev Anyone, while creation is not paused. With a commitment the caller must have allowed this factory to move
    /// it; it stands on Support and pays the author's premium. Emits `MarketCreated`. Reverts with `ClaimIdZero`,
    /// `MarketAlreadyExists`, `CreationIsPaused`, the market's `StakeOutOfRange`, or the asset's own error.
    /// Warning: a pending creation can be overtaken by another author for the same claim, under rules of their
    /// choice; it then reverts, and the claim has that market for good.
    /// @param claimId The claim, not zero.
    /// @param initialCommitment What the author commits on Support, in asset units; 0 for nothing.
    /// @return market The new market.
    function createMarket(bytes32 claimId, uint256 initialCommitment) external returns (address market);

    /// @notice `createMarket` with rules of its own.
    /// @dev As `createMarket`; emits `CustomParamsSet` before `MarketCreated`; reverts with `ParameterOutOfBounds`.
    /// @param claimId The claim, not zero.
    /// @param initialCommitment What the author commits on Support, in asset units; 0 for nothing.
    /// @param params The rules.
    /// @return market The new market.
    function createMarketWithParams(
        bytes32 claimId,
        uint256 initialCommitment,
        MarketParams calldata params
    ) external returns (address market);

    /* GOVERN */

    /// @notice Set the rules of markets created from now on.
    /// @dev Restricted by the `AccessManager`. Emits `DefaultParamsSet`. Reverts with `ParameterOutOfBounds`.
    /// @param params The rules.
    function setDefaultParams(MarketParams calldata params) external;

    /// @notice Stop the creation of markets.
    /// @dev Guardian, through the `AccessManager`. Emits `CreationPaused`. Reverts with `CreationIsPaused`.
    function pauseCreation() external;

    /// @notice Allow the creation of markets again.
    /// @dev Guardian, through the `AccessManager`. Emits `CreationUnpaused`. Reverts with `CreationIsNotPaused`.
    function unpauseCreation() external;

    /* READ */

    /// @notice The market of a claim.
    /// @param claimId The claim.
    /// @return The market, or the zero address where the claim has none.
    function marketOf(bytes32 claimId) external view returns (address);

    /// @notice How many markets were created.
    function marketCount() external view returns (uint256);

    /// @notice Whether the guardian has paused creation.
    function isCreationPaused() external view returns (bool);

    /// @notice The rules of markets created now.
    function defaultParams() external view returns (MarketParams memory);

    /// @notice The ERC-20 that every market of this factory is staked in.
    function asset() external view returns (IERC20);

    /// @notice The code that every market is a clone of.
    function implementation() external view returns (address);
}
