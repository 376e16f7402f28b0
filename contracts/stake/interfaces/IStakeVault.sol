// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {Side} from "../../shared/Side.sol";

/// @title The ledger of stake
/// @notice Holds what people stake, remembers what of it is locked behind positions and at risk behind voices, and
/// lets go of the rest. It alone decides whether stake may leave, and pays it to its owner alone.
/// @dev Amounts are in units of `asset`. Two contracts move the books: the venue sets locks, the serum sets what is at
/// risk, debits losers and credits winners. Who they are is fixed once by `bind`; from then on no role, vote or
/// upgrade reaches a stake. All stakes and pots together, and everything encumbered together, stay below 2^85 units.
/// The asset must be a plain ERC-20 of up to 18 decimals: a token that takes a fee on transfer or changes balances by
/// itself breaks the accounting.
interface IStakeVault {
    /* EVENTS */

    /// @notice The venue and the serum were fixed for good.
    /// @param venue Who sets locks from now on.
    /// @param serum Who sets what is at risk, debits and credits from now on.
    event Bound(address indexed venue, address indexed serum);

    /// @notice A user paid stake in.
    /// @param user Whose stake grew.
    /// @param amount By how much.
    event Deposited(address indexed user, uint256 amount);

    /// @notice A user took stake out.
    /// @param user Who was paid.
    /// @param amount How much.
    event Withdrawn(address indexed user, uint256 amount);

    /// @notice The lock behind one side of a claim was replaced.
    /// @param user Whose lock.
    /// @param claimId The claim.
    /// @param side The side.
    /// @param lock The lock from now on.
    /// @param skim What was paid in with it and added to the user's stake.
    event LockSet(address indexed user, bytes32 indexed claimId, Side side, uint256 lock, uint256 skim);

    /// @notice What a user has at risk on a claim changed.
    /// @param user Whose stake.
    /// @param claimId The claim.
    /// @param amount The largest amount at risk there in any epoch that is not settled for the user.
    event AtRiskSet(address indexed user, bytes32 indexed claimId, uint256 amount);

    /// @notice A loss went from a user's stake to the pots.
    /// @param user Who lost.
    /// @param amount What was taken.
    event Debited(address indexed user, uint256 amount);

    /// @notice A gain, or a loss given back, went from the pots to a user's stake.
    /// @param user Who received.
    /// @param amount How much.
    event Credited(address indexed user, uint256 amount);

    /* ERRORS */

    /// @notice An amount of zero moves nothing.
    error AmountZero();

    /// @notice The asset must be a contract.
    error AssetNotContract(address asset);

    /// @notice The venue and the serum are not fixed yet, so nobody can stake.
    error NotBound();

    /// @notice The venue and the serum are fixed already.
    error AlreadyBound(address venue, address serum);

    /// @notice The `AccessManager` does not let this account call that function here, or it is the zero address.
    error RoleMissing(address account, bytes4 selector);

    /// @notice Only the venue sets locks.
    error NotVenue(address caller, address venue);

    /// @notice Only the serum moves stake between users and says what is at risk.
    error NotSerum(address caller, address serum);

    /// @notice Stake that is encumbered stays.
    error WithdrawableExceeded(uint256 amount, uint256 withdrawable);

    /// @notice The vault would hold more than its books can count.
    error StakeTooLarge(uint256 total, uint256 max);

    /// @notice More would be encumbered than the books can count.
    error EncumbranceTooLarge(uint256 total, uint256 max);

    /// @notice Only what was debited can be credited.
    error PotsExceeded(uint256 amount, uint256 pots);

    /* STAKE */

    /// @notice Add to your stake.
    /// @dev Anyone, at any time after `bind`. The caller must have allowed the vault to move the amount. Emits
    /// `Deposited`. Reverts with `AmountZero`, `NotBound`, `StakeTooLarge`, or the asset's own error.
    /// @param amount What to stake, in asset units.
    function deposit(uint256 amount) external;

    /// @notice `deposit` with an EIP-2612 permit in place of an allowance.
    /// @dev As `deposit`. A permit that somebody else has already sent is no obstacle where the allowance suffices;
    /// otherwise reverts with `PermitRejected`.
    /// @param amount What to stake, and to permit, in asset units.
    /// @param deadline Last second of the permit.
    /// @param v Signature.
    /// @param r Signature.
    /// @param s Signature.
    function depositWithPermit(uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external;

    /// @notice Take out stake that is not encumbered.
    /// @dev The owner of the stake; nobody can pause it. Emits `Withdrawn`. Reverts with `AmountZero`,
    /// `WithdrawableExceeded`, or the asset's own error.
    /// @param amount What to take, in asset units, at most `withdrawable(msg.sender)`.
    function withdraw(uint256 amount) external;

    /* WIRE UP */

    /// @notice Fix, once and for good, who sets locks and who settles.
    /// @dev Restricted by the `AccessManager` (its admin), which must also let `venue` call `setLock` and let `serum`
    /// call `setAtRisk`, `debit` and `credit`: roles decide who they are, and later changes of roles change nothing
    /// here, so that governance can neither block an exit nor move a stake. Emits `Bound`. Reverts with
    /// `AlreadyBound`, `RoleMissing` or `AccessManagedUnauthorized`.
    /// @param venue The `ConvictionMarket`.
    /// @param serum The `TruthSerum`.
    function bind(address venue, address serum) external;

    /* VENUE */

    /// @notice Replace the lock behind one side of a claim.
    /// @dev The venue only. A lock above zero is a purchase: where what is encumbered after it, which is at least all
    /// locks of the user, exceeds their stake, the difference is pulled from the venue, which must have allowed it, and
    /// added to the stake. A lock of zero closes the side and pulls nothing. Emits `LockSet`. Reverts with `NotVenue`,
    /// `EncumbranceTooLarge`, `StakeTooLarge`, or the asset's own error.
    /// @param user Whose lock.
    /// @param claimId The claim.
    /// @param side The side.
    /// @param newLock The lock from now on, in asset units.
    /// @return skim What was pulled: `max(0, encumbered after - totalStake before)` for a purchase, else 0.
    function setLock(address user, bytes32 claimId, Side side, uint256 newLock) external returns (uint256 skim);

    /* SERUM */

    /// @notice Say what a user has at risk on a claim: the largest amount over the epochs not settled for them.
    /// @dev The serum only. Emits `AtRiskSet` where it changes. Reverts with `NotSerum` or `EncumbranceTooLarge`.
    /// @param user Whose stake.
    /// @param claimId The claim.
    /// @param amount The amount, in asset units.
    function setAtRisk(address user, bytes32 claimId, uint256 amount) external;

    /// @notice Move a loss from a user's stake to the pots, as far as the stake goes.
    /// @dev The serum only. Emits `Debited` where something was taken. Reverts with `NotSerum`.
    /// @param user Who lost.
    /// @param amount The loss, in asset units.
    /// @return taken `min(amount, totalStake(user))`.
    function debit(address user, uint256 amount) external returns (uint256 taken);

    /// @notice Move an amount from the pots to a user's stake.
    /// @dev The serum only. Emits `Credited` where something was moved. Reverts with `NotSerum` or `PotsExceeded`.
    /// @param user Who receives.
    /// @param amount How much, in asset units.
    function credit(address user, uint256 amount) external;

    /* READ */

    /// @notice A user's stake: deposits, skims and gains less losses and withdrawals.
    function totalStake(address user) external view returns (uint256);

    /// @notice Sum of a user's locks over all claims and sides. May exceed the stake after a loss.
    function totalLocked(address user) external view returns (uint256);

    /// @notice Sum over claims of `max(gross lock, at risk)`.
    function encumbered(address user) external view returns (uint256);

    /// @notice What a user can withdraw now: `max(0, totalStake - encumbered)`.
    function withdrawable(address user) external view returns (uint256);

    /// @notice The lock behind one side of a claim.
    function lockOf(address user, bytes32 claimId, Side side) external view returns (uint256);

    /// @notice Both locks of a claim together, and the largest amount at risk there.
    /// @param user Whose.
    /// @param claimId The claim.
    /// @return grossLock LONG and SHORT lock added.
    /// @return atRisk The largest amount at risk in an epoch that is not settled for the user.
    function exposureOf(address user, bytes32 claimId) external view returns (uint256 grossLock, uint256 atRisk);

    /// @notice What `setLock` would pull.
    /// @dev Reverts with `EncumbranceTooLarge` or `StakeTooLarge`, as `setLock` does.
    /// @param user Whose lock.
    /// @param claimId The claim.
    /// @param side The side.
    /// @param newLock The lock to be set, in asset units.
    function previewSkim(address user, bytes32 claimId, Side side, uint256 newLock) external view returns (uint256);

    /// @notice Sum of all stakes. With `pots`, what the vault holds of the asset, donations aside.
    function stakes() external view returns (uint256);

    /// @notice What was debited and not credited yet: pots being distributed, and what rounding carries over.
    function pots() external view returns (uint256);

    /// @notice Sum of `encumbered` over all users.
    function totalEncumbered() external view returns (uint256);

    /// @notice The ERC-20 that is staked.
    function asset() external view returns (IERC20);

    /// @notice Who sets locks; the zero address before `bind`.
    function venue() external view returns (address);

    /// @notice Who settles; the zero address before `bind`.
    function serum() external view returns (address);
}
