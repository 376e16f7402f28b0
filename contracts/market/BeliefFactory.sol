// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {BeliefMarket} from "./BeliefMarket.sol";
import {IBeliefFactory} from "./interfaces/IBeliefFactory.sol";
import {IBeliefMarket, MarketParams} from "./interfaces/IBeliefMarket.sol";
import {MarketArgs, PackedParams} from "./libraries/MarketArgs.sol";
import {MarketParamsLib} from "./libraries/MarketParamsLib.sol";

/// @title Creates belief markets, one for each claim
/// @dev Holds no tokens: an initial commitment goes from the author to the new market in one transfer. The
/// `AccessManager` decides who sets the default rules and who pauses creation; neither reaches a market that exists.
contract BeliefFactory is IBeliefFactory, AccessManaged, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;
    using SafeCast for uint256;

    /// @dev All that a creation reads and writes here, in two slots: the default rules, packed as a clone's arguments
    /// hold them, with the flag and the count in the bytes they leave free.
    struct FactorySlots {
        // slot 1
        bytes30 terms;
        bool isCreationPaused;
        // slot 2: 4 billion markets are three years of blocks of 60 million gas with nothing else in them
        bytes28 bounds;
        uint32 marketCount;
    }

    /// @inheritdoc IBeliefFactory
    IERC20 public immutable asset;

    /// @inheritdoc IBeliefFactory
    address public immutable implementation;

    FactorySlots private _slots;

    /// @inheritdoc IBeliefFactory
    mapping(bytes32 claimId => address) public marketOf;

    /// @param asset_ The ERC-20 to stake: plain, up to 18 decimals, no fee on transfer, no rebasing.
    /// @param defaults Rules of markets created with `createMarket`.
    /// @param authority The protocol's `AccessManager`.
    constructor(IERC20 asset_, MarketParams memory defaults, address authority) AccessManaged(authority) {
        if (address(asset_).code.length == 0) revert AssetNotContract(address(asset_));
        asset = asset_;
        implementation = address(new BeliefMarket(asset_));
        _setDefaultParams(defaults);
    }

    /* CREATE */

    /// @inheritdoc IBeliefFactory
    function createMarket(bytes32 claimId, uint256 initialCommitment) external nonReentrant returns (address market) {
        FactorySlots memory slots = _slots;
        _checkCreation(slots, claimId);
        market = _deploy(slots, claimId, _packedParams(slots));
        emit MarketCreated(claimId, market, msg.sender);
        _commit(market, initialCommitment);
    }

    /// @inheritdoc IBeliefFactory
    function createMarketWithParams(
        bytes32 claimId,
        uint256 initialCommitment,
        MarketParams calldata params
    ) external nonReentrant returns (address market) {
        FactorySlots memory slots = _slots;
        _checkCreation(slots, claimId);
        MarketParamsLib.validate(params);
        market = _deploy(slots, claimId, MarketArgs.packParams(params));
        emit CustomParamsSet(market, params);
        emit MarketCreated(claimId, market, msg.sender);
        _commit(market, initialCommitment);
    }

    /* GOVERN */

    /// @inheritdoc IBeliefFactory
    function setDefaultParams(MarketParams calldata params) external restricted {
        _setDefaultParams(params);
    }

    /// @inheritdoc IBeliefFactory
    function pauseCreation() external restricted {
        if (_slots.isCreationPaused) revert CreationIsPaused();
        _slots.isCreationPaused = true;
        emit CreationPaused(msg.sender);
    }

    /// @inheritdoc IBeliefFactory
    function unpauseCreation() external restricted {
        if (!_slots.isCreationPaused) revert CreationIsNotPaused();
        _slots.isCreationPaused = false;
        emit CreationUnpaused(msg.sender);
    }

    /* READ */

    /// @inheritdoc IBeliefFactory
    function marketCount() external view returns (uint256) {
        return _slots.marketCount;
    }

    /// @inheritdoc IBeliefFactory
    function isCreationPaused() external view returns (bool) {
        return _slots.isCreationPaused;
    }

    /// @inheritdoc IBeliefFactory
    function defaultParams() external view returns (MarketParams memory) {
        return MarketArgs.unpackParams(_packedParams(_slots));
    }

    /* INTERNAL */

    function _checkCreation(FactorySlots memory slots, bytes32 claimId) private view {
        if (slots.isCreationPaused) revert CreationIsPaused();
        if (claimId == 0) revert ClaimIdZero();
        address existing = marketOf[claimId];
        if (existing != address(0)) revert MarketAlreadyExists(claimId, existing);
    }

    /// @dev Clones the implementation with its arguments in code and records it. The address follows from the
    /// arguments: after a reorganisation it is this market or none.
    function _deploy(
        FactorySlots memory slots,
        bytes32 claimId,
        PackedParams memory params
    ) private returns (address market) {
        market = Clones.cloneDeterministicWithImmutableArgs(
            implementation,
            MarketArgs.pack(claimId, msg.sender, block.timestamp.toUint40(), params),
            claimId
        );
        marketOf[claimId] = market;
        _slots.marketCount = slots.marketCount + 1;
    }

    /// @dev The market records the commitment, then the author's tokens go straight to it.
    function _commit(address market, uint256 amount) private {
        if (amount == 0) return;
        IBeliefMarket(market).commitAuthor(amount);
        asset.safeTransferFrom(msg.sender, market, amount);
    }

    function _setDefaultParams(MarketParams memory params) private {
        MarketParamsLib.validate(params);
        PackedParams memory packed = MarketArgs.packParams(params);
        (_slots.terms, _slots.bounds) = (packed.terms, packed.bounds);
        emit DefaultParamsSet(params);
    }

    function _packedParams(FactorySlots memory slots) private pure returns (PackedParams memory) {
        return PackedParams({terms: slots.terms, bounds: slots.bounds});
    }
}
