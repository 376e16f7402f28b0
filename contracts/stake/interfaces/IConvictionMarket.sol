// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IBeliefFactory} from "../../market/interfaces/IBeliefFactory.sol";
import {Side} from "../../shared/Side.sol";
import {IStakeVault} from "./IStakeVault.sol";

/// @title The venue: a LONG/SHORT pool for every claim
/// @notice Buy LONG (`Side.Support`) or SHORT (`Side.Oppose`) of a claim from a curve, and sell back to it. Two per
/// cent of a purchase becomes collateral in the vault: the voice of the position, and what it can lose.
/// @dev Amounts are in units of `asset`. Cost of L LONG and S SHORT: `C = sqrt(L^2 + S^2)` units, so a token costs
/// between nothing and one unit. Holdings cannot be transferred. Each reserve covers the sale of everything back, in
/// any order, and stays below 2^85 units.
interface IConvictionMarket {
    /* EVENTS */

    /// @notice A claim got its pool.
    /// @param claimId The claim.
    /// @param creator Who created it.
    event PoolCreated(bytes32 indexed claimId, address indexed creator);

    /// @notice Tokens were bought. The reserve grew by `amount - skim`, the side's supply by `tokens`.
    /// @param claimId The claim.
    /// @param user Who bought.
    /// @param side What.
    /// @param amount What was paid, skim included.
    /// @param skim The part that went to the buyer's stake.
    /// @param tokens What was bought.
    event Bought(
        bytes32 indexed claimId,
        address indexed user,
        Side side,
        uint256 amount,
        uint256 skim,
        uint256 tokens
    );

    /// @notice Tokens were sold back. The reserve fell by `amount`, the side's supply by `tokens`.
    /// @param claimId The claim.
    /// @param user Who sold.
    /// @param side What.
    /// @param tokens How many.
    /// @param amount What was paid out.
    event Sold(bytes32 indexed claimId, address indexed user, Side side, uint256 tokens, uint256 amount);

    /* ERRORS */

    /// @notice The vault holds another asset than the venue trades in.
    error AssetMismatch(address asset, address vaultAsset);

    /// @notice The claim has no belief market, so it does not exist.
    error ClaimUnknown(bytes32 claimId);

    /// @notice A claim has one pool.
    error PoolAlreadyExists(bytes32 claimId);

    /// @notice The claim has no pool.
    error PoolUnknown(bytes32 claimId);

    /// @notice A purchase must be large enough that its lock is at least one unit.
    error AmountTooSmall(uint256 amount, uint256 min);

    /// @notice A sale of no tokens moves nothing.
    error TokensZero();

    /// @notice More than half of the purchase would go to the stake: deposit stake first.
    error SkimTooLarge(uint256 skim, uint256 amount);

    /// @notice The curve gives less than the caller accepts.
    error SlippageExceeded(uint256 received, uint256 minimum);

    /// @notice Nobody sells more than they hold.
    error HoldingExceeded(uint256 tokens, uint256 held);

    /// @notice The pool would hold more than its books can count.
    error ReserveTooLarge(uint256 reserve, uint256 max);

    /// @notice The stake moved while the purchase was being paid.
    error SkimChanged(uint256 quoted, uint256 taken);

    /* TRADE */

    /// @notice Create the pool of a claim.
    /// @dev Anyone, while entries are not paused. Emits `PoolCreated`. Reverts with `ClaimUnknown`,
    /// `PoolAlreadyExists` or `EnforcedPause`.
    /// @param claimId The claim, which must have a belief market.
    function createPool(bytes32 claimId) external;

    /// @notice Buy one side of a claim.
    /// @dev Anyone, while entries are not paused; the caller must have allowed the venue to move the amount. The lock
    /// of (claim, side) becomes `floor(amount / 50)`, whatever it was. `amount - skim` buys tokens:
    /// `tokens = floor(sqrt((R + amount - skim)^2 - S^2)) - L`, rounded in favour of the reserve and never fewer than
    /// `amount - skim`. Emits `Bought`, and the vault's `LockSet`. Reverts with `AmountTooSmall`, `PoolUnknown`,
    /// `SkimTooLarge`, `SlippageExceeded`, `ReserveTooLarge`, `SkimChanged`, `EnforcedPause`, the vault's
    /// `EncumbranceTooLarge` or `StakeTooLarge`, or the asset's own error.
    /// @param claimId The claim.
    /// @param side Support for LONG, Oppose for SHORT.
    /// @param amount What to pay, in asset units, at least 50.
    /// @param minTokens The fewest tokens to accept.
    /// @return tokens What was bought.
    /// @return skim What of the amount went to the caller's stake.
    function buy(
        bytes32 claimId,
        Side side,
        uint256 amount,
        uint256 minTokens
    ) external returns (uint256 tokens, uint256 skim);

    /// @notice `buy` with an EIP-2612 permit in place of an allowance.
    /// @dev As `buy`. A permit that somebody else has already sent is no obstacle where the allowance suffices;
    /// otherwise reverts with `PermitRejected`.
    /// @param claimId The claim.
    /// @param side Support for LONG, Oppose for SHORT.
    /// @param amount What to pay, and to permit, in asset units, at least 50.
    /// @param minTokens The fewest tokens to accept.
    /// @param deadline Last second of the permit.
    /// @param v Signature.
    /// @param r Signature.
    /// @param s Signature.
    /// @return tokens What was bought.
    /// @return skim What of the amount went to the caller's stake.
    function buyWithPermit(
        bytes32 claimId,
        Side side,
        uint256 amount,
        uint256 minTokens,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external returns (uint256 tokens, uint256 skim);

    /// @notice Sell tokens of one side back to the pool.
    /// @dev The holder; nobody can pause it. Pays `R - ceil(sqrt(L'^2 + S^2))`, rounded in favour of the reserve; the
    /// last token out takes what is left. The lock stays; with the last token of the side it is freed. Emits `Sold`,
    /// and the vault's `LockSet` where the side closes. Reverts with `TokensZero`, `PoolUnknown`, `HoldingExceeded`,
    /// `SlippageExceeded`, or the asset's own error.
    /// @param claimId The claim.
    /// @param side Support for LONG, Oppose for SHORT.
    /// @param tokens How many, at most the caller's holding.
    /// @param minAmount The least to accept, in asset units.
    /// @return amount What was paid out.
    function sell(bytes32 claimId, Side side, uint256 tokens, uint256 minAmount) external returns (uint256 amount);

    /* GOVERN */

    /// @notice Stop the creation of pools and buying. Selling goes on.
    /// @dev Guardian, through the `AccessManager`. Emits `Paused`. Reverts with `EnforcedPause`.
    function pauseEntries() external;

    /// @notice Allow the creation of pools and buying again.
    /// @dev Guardian, through the `AccessManager`. Emits `Unpaused`. Reverts with `ExpectedPause`.
    function unpauseEntries() external;

    /* READ */

    /// @notice What `buy` would do now, but for the caller's balance and allowance and for a pause.
    /// @dev Reverts as `buy` does, with `AmountTooSmall`, `PoolUnknown`, `SkimTooLarge`, `ReserveTooLarge`, or the
    /// vault's `EncumbranceTooLarge` or `StakeTooLarge`.
    /// @param user Who would buy.
    /// @param claimId The claim.
    /// @param side Support for LONG, Oppose for SHORT.
    /// @param amount What to pay, in asset units.
    /// @return tokens What it would buy.
    /// @return skim What of it would go to the user's stake.
    function quoteBuy(
        address user,
        bytes32 claimId,
        Side side,
        uint256 amount
    ) external view returns (uint256 tokens, uint256 skim);

    /// @notice What selling would pay now, whoever holds the tokens.
    /// @dev Reverts with `TokensZero`, `PoolUnknown`, or `HoldingExceeded` above the side's supply.
    /// @param claimId The claim.
    /// @param side Support for LONG, Oppose for SHORT.
    /// @param tokens How many.
    /// @return amount What would be paid out, in asset units.
    function quoteSell(bytes32 claimId, Side side, uint256 tokens) external view returns (uint256 amount);

    /// @notice The pool of a claim.
    /// @dev Reverts with `PoolUnknown`, as all views of a pool do.
    /// @param claimId The claim.
    /// @return longSupply LONG tokens held by all.
    /// @return shortSupply SHORT tokens held by all.
    /// @return reserve What backs them, in asset units: at least `sqrt(longSupply^2 + shortSupply^2)`.
    function pool(bytes32 claimId) external view returns (uint256 longSupply, uint256 shortSupply, uint256 reserve);

    /// @notice Price of the next token in wad: `L / C` for LONG, `S / C` for SHORT, rounded down. In an empty pool
    /// the next token of either side costs one unit: 1e18.
    function price(bytes32 claimId, Side side) external view returns (uint256);

    /// @notice `L^2 / (L^2 + S^2)` in wad, rounded down; 0.5e18 for an empty pool.
    function marketBelief(bytes32 claimId) external view returns (uint256);

    /// @notice Tokens a user holds.
    function balanceOf(address user, bytes32 claimId, Side side) external view returns (uint256);

    /// @notice Both locks of a user on a claim together, in asset units: the weight of their voice.
    function grossLock(address user, bytes32 claimId) external view returns (uint256);

    /// @notice The ERC-20 that is traded.
    function asset() external view returns (IERC20);

    /// @notice Where claims come into being.
    function factory() external view returns (IBeliefFactory);

    /// @notice Where collateral is kept.
    function vault() external view returns (IStakeVault);
}
