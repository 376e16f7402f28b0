// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {ICouncilStaking, LockTier} from "../../../contracts/council/interfaces/ICouncilStaking.sol";
import {LockTiers, PackedTiers} from "../../../contracts/council/libraries/LockTiers.sol";
import {ParameterBounds} from "../../../contracts/shared/ParameterBounds.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";
import {Tiers} from "./Tiers.sol";

/// @title Tiers by lock and by time, and what they multiply
contract LockTiersTest {
    using Bounded for uint256;

    uint256 private constant TIERS = 5;

    /// @dev So that a refusal can be looked at.
    function tierOfLock(LockTier[5] calldata tiers, uint256 lockDays) external pure returns (uint256) {
        return LockTiers.pack(tiers).ofLock(lockDays);
    }

    /// @dev So that a refusal can be looked at.
    function packed(LockTier[5] calldata tiers) external pure returns (LockTier[5] memory) {
        return LockTiers.pack(tiers).unpack();
    }

    function testFuzz_pack_keepsWhatItTakes(uint256 seed) public view {
        LockTier[5] memory tiers = Tiers.random(seed);
        Check.equal(abi.encode(this.packed(tiers)), abi.encode(tiers), "tiers as given");
    }

    function testFuzz_pack_refusesDaysThatDoNotRise(uint256 seed) public {
        LockTier[5] memory tiers = Tiers.random(seed);
        uint256 tier = seed.within(1, TIERS - 1);
        uint256 before = tiers[tier - 1].lockDays;
        tiers[tier].lockDays = uint16((seed >> 8) % (before + 1));
        _refused(tiers, "lockDays", tiers[tier].lockDays, before + 1, 3_650);
    }

    function testFuzz_pack_refusesMultipliersThatFall(uint256 seed) public {
        LockTier[5] memory tiers = Tiers.random(seed);
        uint256 tier = seed.within(0, TIERS - 1);
        uint256 before = tier == 0 ? 10_000 : tiers[tier - 1].multiplierBps;
        tiers[tier].multiplierBps = uint16((seed >> 8) % before);
        _refused(tiers, "multiplierBps", tiers[tier].multiplierBps, before, 40_000);
    }

    function test_pack_refusesALockBelowTheFirstTier() public {
        LockTier[5] memory tiers = Tiers.byDefault();
        tiers[0].lockDays = 1;
        _refused(tiers, "lockDays", 1, 0, 0);
    }

    function test_pack_refusesALockOfMoreThan3650Days() public {
        LockTier[5] memory tiers = Tiers.byDefault();
        tiers[4].lockDays = 3_650;
        this.packed(tiers);
        tiers[4].lockDays = 3_651;
        _refused(tiers, "lockDays", 3_651, 91, 3_650);
    }

    function test_pack_refusesAMultiplierAboveFour() public {
        LockTier[5] memory tiers = Tiers.byDefault();
        tiers[4].multiplierBps = 40_000;
        this.packed(tiers);
        tiers[4].multiplierBps = 40_001;
        _refused(tiers, "multiplierBps", 40_001, 20_000, 40_000);
    }

    function testFuzz_ofLock_takesTheFiveLocksAndRefusesAllOthers(uint256 seed) public view {
        LockTier[5] memory tiers = seed % 4 == 0 ? Tiers.byDefault() : Tiers.random(seed);
        uint256 lockDays = seed.ofAnySize(0, seed % 2 == 0 ? 4_000 : type(uint256).max);
        if (seed % 8 < 3) lockDays = tiers[(seed >> 8) % TIERS].lockDays;
        uint256 expected = TIERS;
        for (uint256 i = 0; i < TIERS; ++i) if (tiers[i].lockDays == lockDays) expected = i;
        (bool isKnown, bytes memory answer) = address(this).staticcall(
            abi.encodeCall(this.tierOfLock, (tiers, lockDays))
        );
        Check.equal(isKnown, expected < TIERS, "whether the lock is known");
        bytes memory refusal = abi.encodeWithSelector(ICouncilStaking.LockUnknown.selector, lockDays);
        Check.equal(answer, isKnown ? abi.encode(expected) : refusal, "tier of a lock");
    }

    function testFuzz_ofLock_isTheTierOfItsDays(uint256 seed) public pure {
        LockTier[5] memory tiers = Tiers.random(seed);
        PackedTiers all = LockTiers.pack(tiers);
        for (uint256 i = 0; i < TIERS; ++i) {
            Check.equal(all.ofLock(tiers[i].lockDays), i, "tier of a lock");
            Check.equal(all.daysOf(i), tiers[i].lockDays, "days of a tier");
        }
    }

    function testFuzz_ofTime_isTheLastTierWhoseDaysWereServed(uint256 seed) public pure {
        LockTier[5] memory tiers = seed % 4 == 0 ? Tiers.byDefault() : Tiers.random(seed);
        uint256 served = seed.ofAnySize(0, seed % 4 == 0 ? type(uint256).max : 4_000 days);
        if (seed % 8 == 1) served = _secondsOf(tiers[(seed >> 8) % TIERS]);
        if (seed % 8 == 3) served = _secondsOf(tiers[(seed >> 8).within(1, TIERS - 1)]) - 1;
        uint256 expected = 0;
        for (uint256 i = 0; i < TIERS; ++i) if (served >= _secondsOf(tiers[i])) expected = i;
        Check.equal(LockTiers.pack(tiers).ofTime(served), expected, "tier of a time");
    }

    function testFuzz_powerDown_isTheMultipleRoundedDown(uint256 seed, uint256 tier) public pure {
        LockTier[5] memory tiers = Tiers.random(seed);
        uint256 amount = seed.ofAnySize(0, type(uint96).max);
        tier = tier.within(0, TIERS - 1);
        uint256 power = LockTiers.pack(tiers).powerDown(amount, tier);
        uint256 multiple = amount * tiers[tier].multiplierBps;
        Check.atMost(power * 10_000, multiple, "power above the multiple");
        Check.atLeast(power * 10_000 + 9_999, multiple, "power a whole unit below the multiple");
    }

    function _secondsOf(LockTier memory tier) private pure returns (uint256) {
        return uint256(tier.lockDays) * 1 days;
    }

    function _refused(LockTier[5] memory tiers, string memory name, uint256 value, uint256 min, uint256 max) private {
        (bool isTaken, bytes memory answer) = address(this).call(abi.encodeCall(this.packed, (tiers)));
        Check.equal(isTaken, false, "tiers are taken");
        bytes memory refusal = abi.encodeWithSelector(
            ParameterBounds.ParameterOutOfBounds.selector,
            name,
            value,
            min,
            max
        );
        Check.equal(answer, refusal, "refusal");
    }
}
