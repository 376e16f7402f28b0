// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {PermitLib} from "../shared/PermitLib.sol";
import {Side} from "../shared/Side.sol";
import {IStakeVault} from "./interfaces/IStakeVault.sol";
import {AccountSlot, ExposureSlot, TotalsSlot, VaultSlots} from "./libraries/VaultSlots.sol";

/// @title The ledger of stake
/// @dev Holds every stake and the pots between a loss and its distribution: `balance >= stakes + pots`, and equal but
/// for donations. Stake leaves to its owner alone, above what is encumbered. Unbound -> bound, for good: venue and
/// serum are then fixed, and all they can do is encumber, pull a skim from the venue's own tokens, and move stake
/// from one user to another through the pots. Invariants S1 to S3 and V1 to V5: docs/properties.md. Trusts: the asset
/// is a plain ERC-20; venue and serum keep to their rules, though no conduct of theirs breaks the books.
contract StakeVault is IStakeVault, AccessManaged, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;
    using PermitLib for IERC20;

    uint256 private constant MAX_AMOUNT = VaultSlots.MAX_AMOUNT;

    /// @inheritdoc IStakeVault
    IERC20 public immutable asset;

    /// @inheritdoc IStakeVault
    address public venue;

    /// @inheritdoc IStakeVault
    address public serum;

    TotalsSlot private _totals;
    mapping(address user => AccountSlot) private _accounts;
    mapping(address user => mapping(bytes32 claimId => ExposureSlot)) private _exposures;

    /// @param asset_ The ERC-20 to stake: plain, up to 18 decimals, no fee on transfer, no rebasing.
    /// @param authority The protocol's `AccessManager`, which says who may `bind`.
    constructor(IERC20 asset_, address authority) AccessManaged(authority) {
        if (address(asset_).code.length == 0) revert AssetNotContract(address(asset_));
        asset = asset_;
    }

    /* STAKE */

    /// @inheritdoc IStakeVault
    function deposit(uint256 amount) external nonReentrant {
        _deposit(amount);
    }

    /// @inheritdoc IStakeVault
    function depositWithPermit(uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external nonReentrant {
        asset.permitFromCaller(amount, deadline, v, r, s);
        _deposit(amount);
    }

    /// @inheritdoc IStakeVault
    function withdraw(uint256 amount) external nonReentrant {
        if (amount == 0) revert AmountZero();
        AccountSlot account = _accounts[msg.sender];
        uint256 available = account.withdrawable();
        if (amount > available) revert WithdrawableExceeded(amount, available);

        _accounts[msg.sender] = account.minusStake(amount);
        _totals = _totals.minusStakes(amount);
        emit Withdrawn(msg.sender, amount);

        asset.safeTransfer(msg.sender, amount);
    }

    /* WIRE UP */

    /// @inheritdoc IStakeVault
    function bind(address venue_, address serum_) external restricted {
        if (venue != address(0)) revert AlreadyBound(venue, serum);
        _requireRole(venue_, this.setLock.selector);
        _requireRole(serum_, this.setAtRisk.selector);
        _requireRole(serum_, this.debit.selector);
        _requireRole(serum_, this.credit.selector);
        (venue, serum) = (venue_, serum_);
        emit Bound(venue_, serum_);
    }

    /* VENUE */

    /// @inheritdoc IStakeVault
    function setLock(
        address user,
        bytes32 claimId,
        Side side,
        uint256 newLock
    ) external nonReentrant returns (uint256 skim) {
        if (msg.sender != venue) revert NotVenue(msg.sender, venue);
        ExposureSlot exposure;
        AccountSlot account;
        TotalsSlot totals;
        (exposure, account, totals, skim) = _afterLock(user, claimId, side, newLock);

        _exposures[user][claimId] = exposure;
        _accounts[user] = account;
        _totals = totals;
        emit LockSet(user, claimId, side, newLock, skim);

        if (skim > 0) asset.safeTransferFrom(msg.sender, address(this), skim);
    }

    /* SERUM */

    /// @inheritdoc IStakeVault
    function setAtRisk(address user, bytes32 claimId, uint256 amount) external {
        _checkSerum();
        ExposureSlot exposure = _exposures[user][claimId];
        if (amount == exposure.atRisk()) return;
        _checkEncumbrance(amount);

        ExposureSlot next = exposure.withAtRisk(amount);
        _exposures[user][claimId] = next;
        emit AtRiskSet(user, claimId, amount);
        // A voice within its locks, which is the usual case, encumbers nothing more than they do.
        if (exposure.encumbrance() == next.encumbrance()) return;

        AccountSlot account = _accounts[user];
        TotalsSlot totals = _totals;
        (uint256 encumbered_, uint256 totalEncumbered_) = _encumber(account, totals, exposure, next);
        _accounts[user] = VaultSlots.packAccount(account.stake(), account.locked(), encumbered_);
        _totals = VaultSlots.packTotals(totals.stakes(), totals.pots(), totalEncumbered_);
    }

    /// @inheritdoc IStakeVault
    function debit(address user, uint256 amount) external returns (uint256 taken) {
        _checkSerum();
        AccountSlot account = _accounts[user];
        taken = Math.min(amount, account.stake());
        if (taken == 0) return 0;

        _accounts[user] = account.minusStake(taken);
        _totals = _totals.toPots(taken);
        emit Debited(user, taken);
    }

    /// @inheritdoc IStakeVault
    function credit(address user, uint256 amount) external {
        _checkSerum();
        TotalsSlot totals = _totals;
        if (amount > totals.pots()) revert PotsExceeded(amount, totals.pots());
        if (amount == 0) return;

        _accounts[user] = _accounts[user].plusStake(amount);
        _totals = totals.toStakes(amount);
        emit Credited(user, amount);
    }

    /* READ */

    /// @inheritdoc IStakeVault
    function totalStake(address user) external view returns (uint256) {
        return _accounts[user].stake();
    }

    /// @inheritdoc IStakeVault
    function totalLocked(address user) external view returns (uint256) {
        return _accounts[user].locked();
    }

    /// @inheritdoc IStakeVault
    function encumbered(address user) external view returns (uint256) {
        return _accounts[user].encumbered();
    }

    /// @inheritdoc IStakeVault
    function withdrawable(address user) external view returns (uint256) {
        return _accounts[user].withdrawable();
    }

    /// @inheritdoc IStakeVault
    function lockOf(address user, bytes32 claimId, Side side) external view returns (uint256) {
        return _exposures[user][claimId].lockOf(side);
    }

    /// @inheritdoc IStakeVault
    function exposureOf(address user, bytes32 claimId) external view returns (uint256 grossLock, uint256 atRisk) {
        ExposureSlot exposure = _exposures[user][claimId];
        return (exposure.grossLock(), exposure.atRisk());
    }

    /// @inheritdoc IStakeVault
    function previewSkim(
        address user,
        bytes32 claimId,
        Side side,
        uint256 newLock
    ) external view returns (uint256 skim) {
        (, , , skim) = _afterLock(user, claimId, side, newLock);
    }

    /// @inheritdoc IStakeVault
    function stakes() external view returns (uint256) {
        return _totals.stakes();
    }

    /// @inheritdoc IStakeVault
    function pots() external view returns (uint256) {
        return _totals.pots();
    }

    /// @inheritdoc IStakeVault
    function totalEncumbered() external view returns (uint256) {
        return _totals.encumbered();
    }

    /* INTERNAL */

    function _deposit(uint256 amount) private {
        if (amount == 0) revert AmountZero();
        if (venue == address(0)) revert NotBound();
        TotalsSlot totals = _totals;
        uint256 stakes_ = _plusStakes(totals, amount);

        _accounts[msg.sender] = _accounts[msg.sender].plusStake(amount);
        _totals = VaultSlots.packTotals(stakes_, totals.pots(), totals.encumbered());
        emit Deposited(msg.sender, amount);

        asset.safeTransferFrom(msg.sender, address(this), amount);
    }

    function _checkSerum() private view {
        if (msg.sender != serum) revert NotSerum(msg.sender, serum);
    }

    function _checkEncumbrance(uint256 amount) private pure {
        if (amount > MAX_AMOUNT) revert EncumbranceTooLarge(amount, MAX_AMOUNT);
    }

    /// @dev Without delay: the venue and the serum call at once or not at all.
    function _requireRole(address account, bytes4 selector) private view {
        (bool isAllowed, ) = IAccessManager(authority()).canCall(account, address(this), selector);
        if (!isAllowed || account == address(0)) revert RoleMissing(account, selector);
    }

    /// @dev Stakes with `amount` more of them, which the vault can count.
    function _plusStakes(TotalsSlot totals, uint256 amount) private pure returns (uint256) {
        uint256 room = MAX_AMOUNT - totals.stakes() - totals.pots();
        if (amount > room) revert StakeTooLarge(Math.saturatingAdd(amount, MAX_AMOUNT - room), MAX_AMOUNT);
        return totals.stakes() + amount;
    }

    /// @dev The books with one lock replaced and the skim that takes: how far what is encumbered, which is at least all
    /// locks, then exceeds the stake. Counting locks alone would let a stake whose position was sold stand behind
    /// another one while its voice is still at risk. Closing a side skims nothing.
    function _afterLock(
        address user,
        bytes32 claimId,
        Side side,
        uint256 newLock
    ) private view returns (ExposureSlot exposure, AccountSlot account, TotalsSlot totals, uint256 skim) {
        _checkEncumbrance(newLock);
        ExposureSlot previous = _exposures[user][claimId];
        (account, totals) = (_accounts[user], _totals);
        exposure = previous.withLock(side, newLock);

        uint256 locked = account.locked() - previous.lockOf(side) + newLock;
        (uint256 encumbered_, uint256 totalEncumbered_) = _encumber(account, totals, previous, exposure);
        skim = newLock == 0 ? 0 : Math.saturatingSub(encumbered_, account.stake());
        uint256 stakes_ = _plusStakes(totals, skim);
        account = VaultSlots.packAccount(account.stake() + skim, locked, encumbered_);
        totals = VaultSlots.packTotals(stakes_, totals.pots(), totalEncumbered_);
    }

    /// @dev What is encumbered of the user and of all when the user's exposure to a claim changes.
    function _encumber(
        AccountSlot account,
        TotalsSlot totals,
        ExposureSlot previous,
        ExposureSlot next
    ) private pure returns (uint256 encumbered_, uint256 totalEncumbered_) {
        (uint256 freed, uint256 added) = (previous.encumbrance(), next.encumbrance());
        totalEncumbered_ = totals.encumbered() - freed + added;
        _checkEncumbrance(totalEncumbered_);
        encumbered_ = account.encumbered() - freed + added;
    }
}
