// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Side} from "../../../contracts/shared/Side.sol";
import {AccountSlot, ExposureSlot, TotalsSlot, VaultSlots} from "../../../contracts/stake/libraries/VaultSlots.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";

/// @title Storage words of the vault
/// @dev Each field comes back as it was put in, with any neighbours, and a change of one leaves the others.
contract VaultSlotsTest {
    using Bounded for uint256;

    uint256 private constant MAX = 2 ** 85 - 1;

    function test_maxAmount_isTheLargestOf85Bits() public pure {
        Check.equal(VaultSlots.MAX_AMOUNT, MAX, "largest amount");
    }

    /* A USER */

    function testFuzz_account_givesBackEachField(uint256 stake, uint256 locked, uint256 encumbered) public pure {
        (stake, locked, encumbered) = _amounts(stake, locked, encumbered);
        _assertAccount(VaultSlots.packAccount(stake, locked, encumbered), stake, locked, encumbered);
    }

    function testFuzz_account_plusAndMinusStakeChangeTheStakeAlone(
        uint256 stake,
        uint256 locked,
        uint256 encumbered,
        uint256 amount
    ) public pure {
        (stake, locked, encumbered) = _amounts(stake, locked, encumbered);
        amount = amount.ofAnySize(0, MAX - stake);
        AccountSlot account = VaultSlots.packAccount(stake, locked, encumbered);
        AccountSlot grown = account.plusStake(amount);
        _assertAccount(grown, stake + amount, locked, encumbered);
        _assertAccount(grown.minusStake(stake + amount), 0, locked, encumbered);
        Check.equal(AccountSlot.unwrap(grown.minusStake(amount)), AccountSlot.unwrap(account), "minus undoes plus");
    }

    function testFuzz_account_lendsNothingThatIsEncumbered(uint256 stake, uint256 encumbered) public pure {
        (stake, , encumbered) = _amounts(stake, 0, encumbered);
        uint256 withdrawable = VaultSlots.packAccount(stake, 0, encumbered).withdrawable();
        Check.equal(withdrawable, stake > encumbered ? stake - encumbered : 0, "withdrawable");
    }

    /* A USER ON A CLAIM */

    function testFuzz_exposure_givesBackEachField(uint256 long, uint256 short, uint256 atRisk) public pure {
        (long, short, atRisk) = _amounts(long, short, atRisk);
        _assertExposure(_exposure(long, short, atRisk), long, short, atRisk);
    }

    function testFuzz_exposure_withLockReplacesOneSide(
        uint256 long,
        uint256 short,
        uint256 atRisk,
        uint256 lock,
        bool isOppose
    ) public pure {
        (long, short, atRisk) = _amounts(long, short, atRisk);
        lock = lock.ofAnySize(0, MAX);
        ExposureSlot next = _exposure(long, short, atRisk).withLock(isOppose ? Side.Oppose : Side.Support, lock);
        _assertExposure(next, isOppose ? long : lock, isOppose ? lock : short, atRisk);
    }

    function testFuzz_exposure_withAtRiskLeavesTheLocks(
        uint256 long,
        uint256 short,
        uint256 atRisk,
        uint256 next
    ) public pure {
        (long, short, atRisk) = _amounts(long, short, atRisk);
        next = next.ofAnySize(0, MAX);
        _assertExposure(_exposure(long, short, atRisk).withAtRisk(next), long, short, next);
    }

    /* THE VAULT */

    function testFuzz_totals_giveBackEachField(uint256 stakes, uint256 pots, uint256 encumbered) public pure {
        (stakes, pots, encumbered) = _amounts(stakes, pots, encumbered);
        _assertTotals(VaultSlots.packTotals(stakes, pots, encumbered), stakes, pots, encumbered);
    }

    /// @dev Stakes and pots are together below 2^85, as the vault keeps them.
    function testFuzz_totals_moveBetweenStakesAndPots(
        uint256 stakes,
        uint256 pots,
        uint256 encumbered,
        uint256 amount
    ) public pure {
        stakes = stakes.ofAnySize(0, MAX);
        pots = pots.ofAnySize(0, MAX - stakes);
        encumbered = encumbered.ofAnySize(0, MAX);
        amount = amount.ofAnySize(0, stakes);
        TotalsSlot totals = VaultSlots.packTotals(stakes, pots, encumbered);
        TotalsSlot lost = totals.toPots(amount);
        _assertTotals(lost, stakes - amount, pots + amount, encumbered);
        _assertTotals(lost.toStakes(pots + amount), stakes + pots, 0, encumbered);
        _assertTotals(totals.minusStakes(amount), stakes - amount, pots, encumbered);
    }

    /* INTERNAL */

    function _amounts(uint256 a, uint256 b, uint256 c) private pure returns (uint256, uint256, uint256) {
        return (a.ofAnySize(0, MAX), b.ofAnySize(0, MAX), c.ofAnySize(0, MAX));
    }

    function _exposure(uint256 long, uint256 short, uint256 atRisk) private pure returns (ExposureSlot) {
        return ExposureSlot.wrap(0).withLock(Side.Oppose, short).withAtRisk(atRisk).withLock(Side.Support, long);
    }

    function _assertAccount(AccountSlot a, uint256 stake, uint256 locked, uint256 encumbered) private pure {
        Check.equal(a.stake(), stake, "stake");
        Check.equal(a.locked(), locked, "locked");
        Check.equal(a.encumbered(), encumbered, "encumbered");
    }

    function _assertExposure(ExposureSlot e, uint256 long, uint256 short, uint256 atRisk) private pure {
        Check.equal(e.lockOf(Side.Support), long, "LONG lock");
        Check.equal(e.lockOf(Side.Oppose), short, "SHORT lock");
        Check.equal(e.grossLock(), long + short, "gross lock");
        Check.equal(e.atRisk(), atRisk, "at risk");
        Check.equal(e.encumbrance(), long + short > atRisk ? long + short : atRisk, "encumbrance");
    }

    function _assertTotals(TotalsSlot t, uint256 stakes, uint256 pots, uint256 encumbered) private pure {
        Check.equal(t.stakes(), stakes, "stakes");
        Check.equal(t.pots(), pots, "pots");
        Check.equal(t.encumbered(), encumbered, "encumbered");
    }
}
