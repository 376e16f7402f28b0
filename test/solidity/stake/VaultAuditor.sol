// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IStakeVault} from "../../../contracts/stake/interfaces/IStakeVault.sol";
import {Side} from "../../../contracts/shared/Side.sol";
import {Check} from "../utils/Check.sol";
import {PlainToken} from "../utils/PlainToken.sol";
import {StakeFixtures} from "./StakeFixtures.sol";
import {VaultStore} from "./VaultStore.sol";

/// @title Compares a vault with the store of a handler
/// @dev The properties of docs/properties.md, one function each.
contract VaultAuditor {
    uint256 private constant MAX_AMOUNT = 2 ** 85 - 1;

    IStakeVault private immutable _vault;
    PlainToken private immutable _token;
    VaultStore private immutable _store;

    constructor(VaultStore store, IStakeVault vault) {
        (_store, _vault) = (store, vault);
        _token = PlainToken(address(vault.asset()));
    }

    /// @dev S1 in what the vault holds, V1.
    function assertBalanceIsStakesAndPots() external view {
        uint256 expected = _vault.stakes() + _vault.pots() + _store.flow().donated;
        Check.equal(_token.balanceOf(address(_vault)), expected, "balance = stakes + pots + donations");
    }

    /// @dev V2.
    function assertStakesAndPotsAddUp() external view {
        uint256 sum = 0;
        address[] memory users = _store.users();
        for (uint256 i = 0; i < users.length; ++i) {
            uint256 stake = _vault.totalStake(users[i]);
            Check.equal(stake, _store.stakeOf(users[i]), "stake of a user");
            sum += stake;
        }
        Check.equal(_vault.stakes(), sum, "stakes = sum of all");
        VaultStore.Flow memory f = _store.flow();
        Check.equal(_vault.pots(), f.debited - f.credited, "pots = debited - credited");
    }

    /// @dev V3, and S3 where locks are those of positions.
    function assertLocksAndRisksAddUp() external view {
        uint256 sum = 0;
        address[] memory users = _store.users();
        for (uint256 i = 0; i < users.length; ++i) {
            sum += _assertExposures(users[i]);
        }
        Check.equal(_vault.totalEncumbered(), sum, "encumbered = sum of all");
    }

    /// @dev V4: what a user holds outside is what the store saw leave, so nobody else received it.
    function assertStakeLeftToItsOwnersAlone() external view {
        address[] memory users = _store.users();
        for (uint256 i = 0; i < users.length; ++i) {
            Check.equal(_token.balanceOf(users[i]), _store.receivedBy(users[i]), "received");
            Check.equal(_vault.withdrawable(users[i]), _store.expectedWithdrawable(users[i]), "withdrawable");
        }
    }

    /// @dev V5.
    function assertTotalsStayWithinTheirLimits() external view {
        Check.atMost(_vault.stakes() + _vault.pots(), MAX_AMOUNT, "stakes + pots");
        Check.atMost(_vault.totalEncumbered(), MAX_AMOUNT, "encumbered");
    }

    function _assertExposures(address user) private view returns (uint256 encumbered) {
        uint256 locked = 0;
        for (uint256 i = 0; i < StakeFixtures.CLAIMS; ++i) {
            bytes32 claimId = StakeFixtures.claim(i);
            VaultStore.Exposure memory expected = _store.exposureOf(user, claimId);
            Check.equal(_vault.lockOf(user, claimId, Side.Support), expected.long, "LONG lock");
            Check.equal(_vault.lockOf(user, claimId, Side.Oppose), expected.short, "SHORT lock");
            (uint256 gross, uint256 atRisk) = _vault.exposureOf(user, claimId);
            Check.equal(gross, expected.long + expected.short, "gross lock");
            Check.equal(atRisk, expected.atRisk, "at risk");
            locked += gross;
            encumbered += gross > atRisk ? gross : atRisk;
        }
        Check.equal(_vault.totalLocked(user), locked, "locked = sum of locks");
        Check.equal(_vault.encumbered(user), encumbered, "encumbered = sum of the larger ones");
    }
}
