// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IStakeVault} from "../../../contracts/stake/interfaces/IStakeVault.sol";
import {Side} from "../../../contracts/shared/Side.sol";
import {StakeFixtures} from "./StakeFixtures.sol";

/// @title What a vault should remember, kept the slow way
/// @dev One number for each stake, lock and risk, and nothing added up: every sum walks through all users and claims.
abstract contract VaultStore {
    /// @dev A user on a claim.
    struct Exposure {
        uint256 long;
        uint256 short;
        uint256 atRisk;
    }

    struct Flow {
        uint256 debited;
        uint256 credited;
        uint256 skimmed;
        uint256 donated; // sent to the vault outside of any call
    }

    uint256 internal constant MAX_AMOUNT = 2 ** 85 - 1;

    address[] internal _users;
    mapping(address user => uint256) internal _stakeOf;
    mapping(address user => mapping(bytes32 claimId => Exposure)) internal _exposureOf;
    // What they took out of the vault or the venue: they pay with tokens that are minted for it.
    mapping(address user => uint256) internal _receivedBy;
    Flow internal _flow;

    constructor(uint256 userCount) {
        for (uint256 i = 0; i < userCount; ++i) {
            _users.push(address(uint160(uint256(keccak256(abi.encode("user", i))))));
        }
    }

    /* READ */

    function users() external view returns (address[] memory) {
        return _users;
    }

    function flow() external view returns (Flow memory) {
        return _flow;
    }

    function stakeOf(address user) external view returns (uint256) {
        return _stakeOf[user];
    }

    function exposureOf(address user, bytes32 claimId) external view returns (Exposure memory) {
        return _exposureOf[user][claimId];
    }

    function receivedBy(address user) external view returns (uint256) {
        return _receivedBy[user];
    }

    function expectedStakes() public view returns (uint256 sum) {
        for (uint256 i = 0; i < _users.length; ++i) sum += _stakeOf[_users[i]];
    }

    function expectedPots() public view returns (uint256) {
        return _flow.debited - _flow.credited;
    }

    function expectedLocked(address user) public view returns (uint256 sum) {
        for (uint256 i = 0; i < StakeFixtures.CLAIMS; ++i) sum += _grossLock(user, StakeFixtures.claim(i));
    }

    function expectedEncumbered(address user) public view returns (uint256 sum) {
        for (uint256 i = 0; i < StakeFixtures.CLAIMS; ++i) {
            bytes32 claimId = StakeFixtures.claim(i);
            sum += Math.max(_grossLock(user, claimId), _exposureOf[user][claimId].atRisk);
        }
    }

    function expectedTotalEncumbered() public view returns (uint256 sum) {
        for (uint256 i = 0; i < _users.length; ++i) sum += expectedEncumbered(_users[i]);
    }

    function expectedWithdrawable(address user) public view returns (uint256) {
        (uint256 stake, uint256 encumbered) = (_stakeOf[user], expectedEncumbered(user));
        return stake > encumbered ? stake - encumbered : 0;
    }

    /* WHAT THE VAULT MUST REFUSE */

    function _depositRefusal(uint256 amount) internal view returns (bytes memory) {
        return amount == 0 ? abi.encodeWithSelector(IStakeVault.AmountZero.selector) : _stakeRefusal(amount);
    }

    function _withdrawalRefusal(address user, uint256 amount) internal view returns (bytes memory) {
        if (amount == 0) return abi.encodeWithSelector(IStakeVault.AmountZero.selector);
        uint256 withdrawable = expectedWithdrawable(user);
        if (amount <= withdrawable) return "";
        return abi.encodeWithSelector(IStakeVault.WithdrawableExceeded.selector, amount, withdrawable);
    }

    function _lockRefusal(
        address user,
        bytes32 claimId,
        Side side,
        uint256 lock
    ) internal view returns (bytes memory refusal) {
        if (lock > MAX_AMOUNT) return _encumbranceRefusal(lock);
        Exposure memory e = _exposureOf[user][claimId];
        uint256 gross = lock + (side == Side.Support ? e.short : e.long);
        refusal = _exposureRefusal(e, Math.max(gross, e.atRisk));
        return refusal.length > 0 ? refusal : _stakeRefusal(_expectedSkim(user, claimId, side, lock));
    }

    function _riskRefusal(address user, bytes32 claimId, uint256 amount) internal view returns (bytes memory) {
        if (amount > MAX_AMOUNT) return _encumbranceRefusal(amount);
        Exposure memory e = _exposureOf[user][claimId];
        return _exposureRefusal(e, Math.max(e.long + e.short, amount));
    }

    function _creditRefusal(uint256 amount) internal view returns (bytes memory) {
        if (amount <= expectedPots()) return "";
        return abi.encodeWithSelector(IStakeVault.PotsExceeded.selector, amount, expectedPots());
    }

    /// @dev How far what is encumbered would exceed the stake; a side that closes takes nothing.
    function _expectedSkim(address user, bytes32 claimId, Side side, uint256 lock) internal view returns (uint256) {
        if (lock == 0) return 0;
        Exposure memory e = _exposureOf[user][claimId];
        uint256 gross = lock + (side == Side.Support ? e.short : e.long);
        uint256 others = expectedEncumbered(user) - Math.max(e.long + e.short, e.atRisk);
        return Math.saturatingSub(others + Math.max(gross, e.atRisk), _stakeOf[user]);
    }

    function _grossLock(address user, bytes32 claimId) internal view returns (uint256) {
        Exposure storage e = _exposureOf[user][claimId];
        return e.long + e.short;
    }

    /* WRITE */

    function _recordDeposit(address user, uint256 amount) internal {
        _stakeOf[user] += amount;
    }

    function _recordWithdrawal(address user, uint256 amount) internal {
        _stakeOf[user] -= amount;
        _receivedBy[user] += amount;
    }

    function _recordLock(address user, bytes32 claimId, Side side, uint256 lock) internal {
        uint256 skim = _expectedSkim(user, claimId, side, lock);
        _stakeOf[user] += skim;
        _flow.skimmed += skim;
        if (side == Side.Support) _exposureOf[user][claimId].long = lock;
        else _exposureOf[user][claimId].short = lock;
    }

    function _recordRisk(address user, bytes32 claimId, uint256 amount) internal {
        _exposureOf[user][claimId].atRisk = amount;
    }

    function _recordDebit(address user, uint256 amount) internal returns (uint256 taken) {
        taken = amount < _stakeOf[user] ? amount : _stakeOf[user];
        _stakeOf[user] -= taken;
        _flow.debited += taken;
    }

    function _recordCredit(address user, uint256 amount) internal {
        _stakeOf[user] += amount;
        _flow.credited += amount;
    }

    function _recordDonation(uint256 amount) internal {
        _flow.donated += amount;
    }

    /* INTERNAL */

    function _stakeRefusal(uint256 amount) private view returns (bytes memory) {
        uint256 total = Math.saturatingAdd(expectedStakes() + expectedPots(), amount);
        if (total <= MAX_AMOUNT) return "";
        return abi.encodeWithSelector(IStakeVault.StakeTooLarge.selector, total, MAX_AMOUNT);
    }

    function _exposureRefusal(Exposure memory e, uint256 next) private view returns (bytes memory) {
        uint256 total = expectedTotalEncumbered() - Math.max(e.long + e.short, e.atRisk) + next;
        return total <= MAX_AMOUNT ? bytes("") : _encumbranceRefusal(total);
    }

    function _encumbranceRefusal(uint256 total) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IStakeVault.EncumbranceTooLarge.selector, total, MAX_AMOUNT);
    }
}
