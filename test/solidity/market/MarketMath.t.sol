// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {MarketMath} from "../../../contracts/market/libraries/MarketMath.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";

/// @title Rounding of the belief market's arithmetic
/// @dev The library is unchecked: each function is compared with full-width multiplication, which cannot overflow,
/// over all it may be called with. The rest of a test is checked arithmetic.
contract MarketMathTest {
    using Bounded for uint256;

    /// @dev Someone who stakes and claims, as the model of `testFuzz_sharing_` sees them.
    struct Staker {
        uint256 principal;
        uint256 depositedAt;
        uint256 checkpointGrowth;
    }

    uint256 private constant BPS = 10_000;
    uint256 private constant RAY = 1e27;
    uint256 private constant MAX_STAKE = type(uint96).max;
    uint256 private constant MAX_TOTAL = type(uint104).max;
    uint256 private constant MAX_SECONDS = type(uint32).max;
    uint256 private constant MAX_WEIGHT = MAX_TOTAL * MAX_SECONDS;
    uint256 private constant MAX_MULTIPLE_BPS = type(uint32).max;

    uint256 private constant STAKERS = 8;
    uint256 private constant SHARES = 6;

    /* FEES */

    function testFuzz_shareDown_isTheFloorOfTheExactShare(uint256 amount, uint256 bps) public pure {
        amount = amount.ofAnySize(0, MAX_TOTAL);
        bps = bps.ofAnySize(0, MAX_MULTIPLE_BPS);
        uint256 share = MarketMath.shareDown(amount, bps);
        Check.equal(share, Math.mulDiv(amount, bps, BPS), "full width");
        Check.atMost(share * BPS, amount * bps, "more than the share");
        Check.isTrue((share + 1) * BPS > amount * bps, "a unit less than the share");
    }

    function testFuzz_shareDown_isAtMostTheAmount(uint256 amount, uint256 bps) public pure {
        amount = amount.ofAnySize(0, MAX_TOTAL);
        Check.atMost(MarketMath.shareDown(amount, bps.within(0, BPS)), amount, "share of up to 100 %");
    }

    function test_shareDown_holdsTheLargestOperands() public pure {
        uint256 expected = Math.mulDiv(MAX_TOTAL, MAX_MULTIPLE_BPS, BPS);
        Check.equal(MarketMath.shareDown(MAX_TOTAL, MAX_MULTIPLE_BPS), expected, "largest share");
    }

    function testFuzz_entryFeeBps_isZeroForTheFirstStaker(uint256 base, uint256 max, uint256 scale) public pure {
        max = max.within(0, BPS);
        base = base.within(0, max);
        Check.equal(MarketMath.entryFeeBps(0, base, max, scale.ofAnySize(0, MAX_STAKE)), 0, "first staker");
    }

    function testFuzz_entryFeeBps_growsFromBaseToMax(
        uint256 total,
        uint256 base,
        uint256 max,
        uint256 scale
    ) public pure {
        total = total.ofAnySize(1, MAX_TOTAL);
        max = max.within(0, BPS);
        base = base.within(0, max);
        scale = scale.ofAnySize(1, MAX_STAKE);
        uint256 fee = MarketMath.entryFeeBps(total, base, max, scale);
        Check.atLeast(fee, base, "below base");
        Check.atMost(fee, max, "above max");
        // Short of max, the growth is the floor of total / scale.
        Check.atMost((fee - base) * scale, total, "grown too far");
        if (fee < max) Check.isTrue((fee - base + 1) * scale > total, "not grown enough");
    }

    function testFuzz_entryFeeBps_neverFallsAsPrincipalGrows(
        uint256 total,
        uint256 more,
        uint256 base,
        uint256 max,
        uint256 scale
    ) public pure {
        total = total.ofAnySize(0, MAX_TOTAL);
        more = more.ofAnySize(total, MAX_TOTAL);
        max = max.within(0, BPS);
        base = base.within(0, max);
        scale = scale.ofAnySize(0, MAX_STAKE);
        uint256 fee = MarketMath.entryFeeBps(total, base, max, scale);
        Check.atLeast(MarketMath.entryFeeBps(more, base, max, scale), fee, "fee fell");
    }

    function testFuzz_entryFeeBps_staysAtBaseWithoutScale(uint256 total, uint256 base, uint256 max) public pure {
        max = max.within(0, BPS);
        base = base.within(0, max);
        Check.equal(MarketMath.entryFeeBps(total.ofAnySize(1, MAX_TOTAL), base, max, 0), base, "grew");
    }

    /* CAP OF THE POOL */

    function testFuzz_largestFeeDown_isTheLargestThatKeepsTheCap(
        uint256 srp,
        uint256 total,
        uint256 amount,
        uint256 maxSrpBps
    ) public pure {
        amount = amount.ofAnySize(1, MAX_STAKE);
        total = total.ofAnySize(0, MAX_TOTAL - amount);
        maxSrpBps = maxSrpBps.ofAnySize(1, BPS);
        srp = _poolAround(srp, total, maxSrpBps);
        uint256 fee = MarketMath.largestFeeDown(srp, total, amount, maxSrpBps);
        // A pool that is beyond its cap already, because principal left, takes nothing at all.
        if (fee > 0) Check.isTrue(_isFeeWithinCap(fee, srp, total, amount, maxSrpBps), "passes the cap");
        Check.isTrue(!_isFeeWithinCap(fee + 1, srp, total, amount, maxSrpBps), "one more would keep the cap");
    }

    function test_largestFeeDown_holdsTheLargestOperands() public pure {
        uint256 total = MAX_TOTAL - MAX_STAKE;
        uint256 fee = MarketMath.largestFeeDown(0, total, MAX_STAKE, BPS);
        Check.equal(fee, MAX_TOTAL / 2, "half of everything");
        Check.equal(MarketMath.largestFeeDown(MAX_TOTAL, total, MAX_STAKE, BPS), 0, "full pool");
    }

    function testFuzz_largestPenaltyDown_isTheLargestThatKeepsTheCap(
        uint256 srp,
        uint256 remaining,
        uint256 maxSrpBps
    ) public pure {
        remaining = remaining.ofAnySize(0, MAX_TOTAL);
        maxSrpBps = maxSrpBps.ofAnySize(1, BPS);
        srp = _poolAround(srp, remaining, maxSrpBps);
        uint256 penalty = MarketMath.largestPenaltyDown(srp, remaining, maxSrpBps);
        if (penalty > 0) Check.atMost((srp + penalty) * BPS, maxSrpBps * remaining, "passes the cap");
        Check.isTrue((srp + penalty + 1) * BPS > maxSrpBps * remaining, "one more would keep the cap");
    }

    /* SHARING */

    function testFuzz_perWeightDown_isTheFloorOfTheExactQuotient(uint256 amount, uint256 weight) public pure {
        amount = amount.ofAnySize(0, MAX_TOTAL);
        weight = weight.ofAnySize(1, MAX_WEIGHT);
        uint256 perWeight = MarketMath.perWeightDown(amount, weight);
        Check.equal(perWeight, Math.mulDiv(amount, RAY, weight), "full width");
        Check.atMost(perWeight * weight, amount * RAY, "more than the amount");
        Check.isTrue((perWeight + 1) * weight > amount * RAY, "not the largest");
    }

    function testFuzz_allocatedUp_coversWhatAllEarnAndNoUnitMore(uint256 amount, uint256 weight) public pure {
        amount = amount.ofAnySize(0, MAX_TOTAL);
        weight = weight.ofAnySize(1, MAX_WEIGHT);
        uint256 perWeight = MarketMath.perWeightDown(amount, weight);
        uint256 allocated = MarketMath.allocatedUp(perWeight, weight);
        Check.equal(allocated, Math.mulDiv(perWeight, weight, RAY, Math.Rounding.Ceil), "full width");
        Check.atMost(allocated, amount, "more than there is");
        Check.atLeast(allocated * RAY, perWeight * weight, "less than all earn");
        // What stays behind is the rounding of perWeight alone: less than one ray-th for each unit of weight.
        Check.isTrue((amount - allocated) * RAY < weight, "keeps too much back");
    }

    function test_allocatedUp_holdsTheLargestOperands() public pure {
        Check.equal(MarketMath.perWeightDown(MAX_TOTAL, 1), MAX_TOTAL * RAY, "all to one unit of weight");
        Check.equal(MarketMath.allocatedUp(MAX_TOTAL * RAY, 1), MAX_TOTAL, "all of it");
        uint256 perWeight = MarketMath.perWeightDown(MAX_TOTAL, MAX_WEIGHT);
        uint256 expected = Math.mulDiv(perWeight, MAX_WEIGHT, RAY, Math.Rounding.Ceil);
        Check.equal(MarketMath.allocatedUp(perWeight, MAX_WEIGHT), expected, "to the largest weight");
    }

    function testFuzz_earnedDown_isTheFloorOfTheExactProduct(
        uint256 amount,
        uint256 principal,
        uint256 age,
        uint256 others
    ) public pure {
        principal = principal.ofAnySize(1, MAX_STAKE);
        age = age.ofAnySize(1, MAX_SECONDS);
        uint256 weight = principal * age;
        weight += others.ofAnySize(0, MAX_WEIGHT - weight);
        uint256 growth = MarketMath.perWeightDown(amount.ofAnySize(0, MAX_TOTAL), weight) * age;
        uint256 earned = MarketMath.earnedDown(principal, growth);
        Check.equal(earned, Math.mulDiv(principal, growth, RAY), "full width");
    }

    /// @dev Stakers of any size come at any time; rewards of any size are shared, and some claim in between. At the
    /// end what was paid and what can be claimed is within what was set aside.
    function testFuzz_sharing_paysAtMostWhatWasSetAside(uint256 seed) public pure {
        Staker[] memory stakers = _drawStakers(seed);
        uint256 elapsed = 0;
        uint256 setAside = 0;
        uint256 paid = 0;
        for (uint256 i = 0; i < SHARES; ++i) {
            elapsed += _draw(seed, "time", i).ofAnySize(1, MAX_SECONDS / SHARES);
            setAside += _share(stakers, elapsed, _draw(seed, "amount", i).ofAnySize(0, MAX_TOTAL / SHARES));
            paid += _claim(stakers[_draw(seed, "claimer", i) % STAKERS]);
            Check.atMost(paid, setAside, "paid before all have claimed");
        }
        for (uint256 i = 0; i < STAKERS; ++i) paid += _claim(stakers[i]);
        Check.atMost(paid, setAside, "paid");
    }

    /* CLAIMING */

    function testFuzz_checkpointAdvanceUp_staysWithinTheGrowth(
        uint256 principal,
        uint256 growth,
        uint256 used
    ) public pure {
        (principal, growth) = _earning(principal, growth);
        used = used.ofAnySize(0, MarketMath.earnedDown(principal, growth));
        uint256 advance = MarketMath.checkpointAdvanceUp(used, principal);
        Check.equal(advance, Math.mulDiv(used, RAY, principal, Math.Rounding.Ceil), "full width");
        Check.atMost(advance, growth, "past the present");
    }

    function testFuzz_checkpointAdvanceUp_costsLessThanARayPerUnit(uint256 principal, uint256 used) public pure {
        principal = principal.ofAnySize(1, MAX_STAKE);
        used = used.ofAnySize(0, MAX_TOTAL);
        uint256 advance = MarketMath.checkpointAdvanceUp(used, principal);
        Check.atLeast(advance * principal, used * RAY, "less than what was used");
        Check.isTrue(advance * principal - used * RAY < principal, "loses a ray per unit");
    }

    function test_checkpointAdvanceUp_holdsTheLargestOperands() public pure {
        Check.equal(MarketMath.checkpointAdvanceUp(MAX_TOTAL, 1), MAX_TOTAL * RAY, "one unit earns everything");
        uint256 expected = Math.mulDiv(MAX_TOTAL, RAY, MAX_STAKE, Math.Rounding.Ceil);
        Check.equal(MarketMath.checkpointAdvanceUp(MAX_TOTAL, MAX_STAKE), expected, "largest stake earns everything");
    }

    function testFuzz_claimingTwice_paysWhatClaimingOncePays(
        uint256 principal,
        uint256 growth,
        uint256 later
    ) public pure {
        (principal, growth) = _earning(principal, growth);
        later = later.ofAnySize(0, growth);
        uint256 once = MarketMath.earnedDown(principal, growth + later);
        uint256 first = MarketMath.earnedDown(principal, growth);
        uint256 rest = growth - MarketMath.checkpointAdvanceUp(first, principal) + later;
        uint256 twice = first + MarketMath.earnedDown(principal, rest);
        Check.atMost(twice, once, "more by claiming often");
        Check.atMost(once - twice, MarketMath.advanceErrorUp(principal), "less by more than the bound");
    }

    function testFuzz_advanceErrorUp_letsReleasedExcessCostNothing(
        uint256 principal,
        uint256 growth,
        uint256 allowance
    ) public pure {
        (principal, growth) = _earning(principal, growth);
        uint256 earned = MarketMath.earnedDown(principal, growth);
        allowance = allowance.ofAnySize(0, earned);
        uint256 margin = MarketMath.advanceErrorUp(principal);
        uint256 released = Math.saturatingSub(earned - allowance, margin);
        if (released == 0) return;
        uint256 left = growth - MarketMath.checkpointAdvanceUp(released, principal);
        Check.atLeast(MarketMath.earnedDown(principal, left), allowance, "the position pays for it");
        Check.atMost(MarketMath.earnedDown(principal, left), allowance + margin, "leaves more than the margin");
    }

    function testFuzz_lifetimeCapDown_isTheShareOrTheWidestAllowance(uint256 basis, uint256 multipleBps) public pure {
        basis = basis.ofAnySize(0, MAX_STAKE);
        multipleBps = multipleBps.ofAnySize(1, MAX_MULTIPLE_BPS);
        uint256 exact = Math.mulDiv(basis, multipleBps, BPS);
        uint256 cap = MarketMath.lifetimeCapDown(basis, multipleBps);
        Check.equal(cap, exact > MAX_STAKE ? MAX_STAKE : exact, "cap");
    }

    function test_lifetimeCapDown_saturatesOneUnitAboveTheWidest() public pure {
        Check.equal(MarketMath.lifetimeCapDown(MAX_STAKE, BPS), MAX_STAKE, "as wide as it gets");
        Check.equal(MarketMath.lifetimeCapDown(MAX_STAKE / 2 + 1, 2 * BPS), MAX_STAKE, "2^96");
        Check.equal(MarketMath.lifetimeCapDown(MAX_STAKE / 2, 2 * BPS), MAX_STAKE - 1, "2^96 - 2");
    }

    /* INTERNAL */

    /// @dev `(srp + fee) / (total + amount - fee) <= maxSrpBps / 10,000`, without a division.
    function _isFeeWithinCap(
        uint256 fee,
        uint256 srp,
        uint256 total,
        uint256 amount,
        uint256 maxSrpBps
    ) private pure returns (bool) {
        return (srp + fee) * BPS <= maxSrpBps * (total + amount - fee);
    }

    /// @dev A pool for `total`: half of them within the cap or a little above it, half of any size.
    function _poolAround(uint256 seed, uint256 total, uint256 maxSrpBps) private pure returns (uint256) {
        uint256 cap = Math.mulDiv(total, maxSrpBps, BPS);
        if (seed % 2 == 0) return uint256(keccak256(abi.encode(seed))).ofAnySize(0, MAX_TOTAL);
        return uint256(keccak256(abi.encode(seed))).within(0, Math.min(cap + 2, MAX_TOTAL));
    }

    /// @dev A position and a growth of its checkpoint that pays it up to 2^104 - 1. Half of the positions are about
    /// as large as a ray, where rounding a checkpoint up begins to cost whole units.
    function _earning(uint256 principalSeed, uint256 growthSeed) private pure returns (uint256, uint256) {
        uint256 seed = uint256(keccak256(abi.encode(principalSeed)));
        bool isAnySize = principalSeed % 2 == 0;
        uint256 principal = isAnySize ? seed.ofAnySize(1, MAX_STAKE) : seed.within(RAY / 4, RAY * 4);
        return (principal, growthSeed.ofAnySize(0, (MAX_TOTAL * RAY) / principal));
    }

    /// @dev Stakers who deposit at any time up to the last share.
    function _drawStakers(uint256 seed) private pure returns (Staker[] memory stakers) {
        stakers = new Staker[](STAKERS);
        for (uint256 i = 0; i < STAKERS; ++i) {
            stakers[i].principal = _draw(seed, "principal", i).ofAnySize(1, MAX_STAKE);
            // The first is there from the beginning: somebody always has weight.
            if (i > 0) stakers[i].depositedAt = _draw(seed, "deposit", i).ofAnySize(0, MAX_SECONDS);
        }
    }

    /// @dev Shares `amount` at `elapsed` among those who are there, and returns what was set aside for them.
    function _share(Staker[] memory stakers, uint256 elapsed, uint256 amount) private pure returns (uint256) {
        uint256 weight = 0;
        for (uint256 i = 0; i < STAKERS; ++i) {
            weight += stakers[i].principal * Math.saturatingSub(elapsed, stakers[i].depositedAt);
        }
        uint256 perWeight = MarketMath.perWeightDown(amount, weight);
        for (uint256 i = 0; i < STAKERS; ++i) {
            stakers[i].checkpointGrowth += perWeight * Math.saturatingSub(elapsed, stakers[i].depositedAt);
        }
        return MarketMath.allocatedUp(perWeight, weight);
    }

    function _claim(Staker memory staker) private pure returns (uint256 earned) {
        earned = MarketMath.earnedDown(staker.principal, staker.checkpointGrowth);
        staker.checkpointGrowth -= MarketMath.checkpointAdvanceUp(earned, staker.principal);
    }

    function _draw(uint256 seed, string memory purpose, uint256 index) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, purpose, index)));
    }
}
