// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IBeliefFactory} from "../market/interfaces/IBeliefFactory.sol";
import {PermitLib} from "../shared/PermitLib.sol";
import {Side} from "../shared/Side.sol";
import {IConvictionMarket} from "./interfaces/IConvictionMarket.sol";
import {IStakeVault} from "./interfaces/IStakeVault.sol";
import {CurveMath} from "./libraries/CurveMath.sol";
import {CurveSlot, CurveSlotLib} from "./libraries/CurveSlot.sol";

/// @title The venue: a LONG/SHORT pool for every claim
/// @dev Holds the reserves of all pools: `balance >= sum of reserves`, and equal but for donations. A reserve moves by
/// purchases and sales alone; a pool exists from `createPool` on, for good. Collateral is the vault's, which pulls it
/// from a purchase while that is being paid. Invariants S3, S5 and C1 to C3: docs/properties.md. Trusts: the asset is a
/// plain ERC-20; the vault is bound to this venue.
contract ConvictionMarket is IConvictionMarket, AccessManaged, Pausable, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;
    using PermitLib for IERC20;

    uint256 private constant MAX_RESERVE = CurveSlotLib.MAX_RESERVE;

    /// @dev What a user holds of a claim, in one slot: a supply, and so a holding, is below 2^85.
    struct Holdings {
        // slot 0
        uint128 long;
        uint128 short;
    }

    /// @inheritdoc IConvictionMarket
    IERC20 public immutable asset;

    /// @inheritdoc IConvictionMarket
    IBeliefFactory public immutable factory;

    /// @inheritdoc IConvictionMarket
    IStakeVault public immutable vault;

    mapping(bytes32 claimId => CurveSlot) private _pools;
    mapping(address user => mapping(bytes32 claimId => Holdings)) private _holdings;

    /// @param asset_ The ERC-20 to trade in: the vault's.
    /// @param factory_ Where claims come into being.
    /// @param vault_ Where collateral is kept; it may take skims from this venue.
    /// @param authority The protocol's `AccessManager`.
    constructor(
        IERC20 asset_,
        IBeliefFactory factory_,
        IStakeVault vault_,
        address authority
    ) AccessManaged(authority) {
        address vaultAsset = address(vault_.asset());
        if (address(asset_) != vaultAsset) revert AssetMismatch(address(asset_), vaultAsset);
        (asset, factory, vault) = (asset_, factory_, vault_);
        asset_.forceApprove(address(vault_), type(uint256).max);
    }

    /* TRADE */

    /// @inheritdoc IConvictionMarket
    function createPool(bytes32 claimId) external whenNotPaused {
        if (factory.marketOf(claimId) == address(0)) revert ClaimUnknown(claimId);
        if (_pools[claimId].exists()) revert PoolAlreadyExists(claimId);
        _pools[claimId] = CurveSlotLib.empty();
        emit PoolCreated(claimId, msg.sender);
    }

    /// @inheritdoc IConvictionMarket
    function buy(
        bytes32 claimId,
        Side side,
        uint256 amount,
        uint256 minTokens
    ) external nonReentrant whenNotPaused returns (uint256 tokens, uint256 skim) {
        return _buy(claimId, side, amount, minTokens);
    }

    /// @inheritdoc IConvictionMarket
    function buyWithPermit(
        bytes32 claimId,
        Side side,
        uint256 amount,
        uint256 minTokens,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external nonReentrant whenNotPaused returns (uint256 tokens, uint256 skim) {
        asset.permitFromCaller(amount, deadline, v, r, s);
        return _buy(claimId, side, amount, minTokens);
    }

    /// @inheritdoc IConvictionMarket
    function sell(
        bytes32 claimId,
        Side side,
        uint256 tokens,
        uint256 minAmount
    ) external nonReentrant returns (uint256 amount) {
        if (tokens == 0) revert TokensZero();
        CurveSlot curve = _existingPool(claimId);
        uint256 held = balanceOf(msg.sender, claimId, side);
        if (tokens > held) revert HoldingExceeded(tokens, held);
        CurveSlot next;
        (next, amount) = _afterSale(curve, side, tokens);
        if (amount < minAmount) revert SlippageExceeded(amount, minAmount);

        _pools[claimId] = next;
        _setHolding(claimId, side, held - tokens);
        emit Sold(claimId, msg.sender, side, tokens, amount);

        if (tokens == held) vault.setLock(msg.sender, claimId, side, 0);
        if (amount > 0) asset.safeTransfer(msg.sender, amount);
    }

    /* GOVERN */

    /// @inheritdoc IConvictionMarket
    function pauseEntries() external restricted {
        _pause();
    }

    /// @inheritdoc IConvictionMarket
    function unpauseEntries() external restricted {
        _unpause();
    }

    /* READ */

    /// @inheritdoc IConvictionMarket
    function quoteBuy(
        address user,
        bytes32 claimId,
        Side side,
        uint256 amount
    ) external view returns (uint256 tokens, uint256 skim) {
        (, tokens, skim) = _afterPurchase(user, claimId, side, amount);
    }

    /// @inheritdoc IConvictionMarket
    function quoteSell(bytes32 claimId, Side side, uint256 tokens) external view returns (uint256 amount) {
        if (tokens == 0) revert TokensZero();
        CurveSlot curve = _existingPool(claimId);
        (uint256 supply, ) = curve.supplies(side);
        if (tokens > supply) revert HoldingExceeded(tokens, supply);
        (, amount) = _afterSale(curve, side, tokens);
    }

    /// @inheritdoc IConvictionMarket
    function pool(bytes32 claimId) external view returns (uint256 longSupply, uint256 shortSupply, uint256 reserve) {
        CurveSlot curve = _existingPool(claimId);
        return (curve.longSupply(), curve.shortSupply(), curve.reserve());
    }

    /// @inheritdoc IConvictionMarket
    function price(bytes32 claimId, Side side) external view returns (uint256) {
        (uint256 own, uint256 other) = _existingPool(claimId).supplies(side);
        return CurveMath.priceDown(own, other);
    }

    /// @inheritdoc IConvictionMarket
    function marketBelief(bytes32 claimId) external view returns (uint256) {
        CurveSlot curve = _existingPool(claimId);
        return CurveMath.beliefDown(curve.longSupply(), curve.shortSupply());
    }

    /// @inheritdoc IConvictionMarket
    function balanceOf(address user, bytes32 claimId, Side side) public view returns (uint256) {
        Holdings storage holdings = _holdings[user][claimId];
        return side == Side.Support ? holdings.long : holdings.short;
    }

    /// @inheritdoc IConvictionMarket
    function grossLock(address user, bytes32 claimId) external view returns (uint256 lock) {
        (lock, ) = vault.exposureOf(user, claimId);
    }

    /* INTERNAL */

    function _buy(
        bytes32 claimId,
        Side side,
        uint256 amount,
        uint256 minTokens
    ) private returns (uint256 tokens, uint256 skim) {
        CurveSlot next;
        (next, tokens, skim) = _afterPurchase(msg.sender, claimId, side, amount);
        if (tokens < minTokens) revert SlippageExceeded(tokens, minTokens);

        _pools[claimId] = next;
        _setHolding(claimId, side, balanceOf(msg.sender, claimId, side) + tokens);
        emit Bought(claimId, msg.sender, side, amount, skim, tokens);

        asset.safeTransferFrom(msg.sender, address(this), amount);
        uint256 taken = vault.setLock(msg.sender, claimId, side, CurveMath.lockDown(amount));
        // A token that calls back could let the buyer move stake meanwhile; the pool was credited with the rest of the
        // amount before.
        if (taken != skim) revert SkimChanged(skim, taken);
    }

    /// @dev A holding is part of a supply, which is below 2^85.
    function _setHolding(bytes32 claimId, Side side, uint256 tokens) private {
        Holdings storage holdings = _holdings[msg.sender][claimId];
        if (side == Side.Support) holdings.long = uint128(tokens);
        else holdings.short = uint128(tokens);
    }

    function _existingPool(bytes32 claimId) private view returns (CurveSlot curve) {
        curve = _pools[claimId];
        if (!curve.exists()) revert PoolUnknown(claimId);
    }

    /// @dev The pool after a purchase, what it gives and what goes to the user's stake.
    function _afterPurchase(
        address user,
        bytes32 claimId,
        Side side,
        uint256 amount
    ) private view returns (CurveSlot next, uint256 tokens, uint256 skim) {
        if (amount < CurveMath.AMOUNT_PER_LOCK) revert AmountTooSmall(amount, CurveMath.AMOUNT_PER_LOCK);
        CurveSlot curve = _existingPool(claimId);
        skim = vault.previewSkim(user, claimId, side, CurveMath.lockDown(amount));
        if (skim > amount / 2) revert SkimTooLarge(skim, amount);

        uint256 reserve = Math.saturatingAdd(curve.reserve(), amount - skim);
        if (reserve > MAX_RESERVE) revert ReserveTooLarge(reserve, MAX_RESERVE);
        (uint256 own, uint256 other) = curve.supplies(side);
        uint256 supply = CurveMath.supplyDown(reserve, other);
        return (curve.afterTrade(side, supply, reserve), supply - own, skim);
    }

    /// @dev The pool after a sale and what it pays. The last token of the pool leaves a reserve of nothing.
    function _afterSale(
        CurveSlot curve,
        Side side,
        uint256 tokens
    ) private pure returns (CurveSlot next, uint256 amount) {
        (uint256 own, uint256 other) = curve.supplies(side);
        uint256 reserve = CurveMath.reserveUp(own - tokens, other);
        return (curve.afterTrade(side, own - tokens, reserve), curve.reserve() - reserve);
    }
}
