// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {MarketParams} from "../../../contracts/market/interfaces/IBeliefMarket.sol";
import {MarketParamsLib} from "../../../contracts/market/libraries/MarketParamsLib.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";
import {Rejection, Rule} from "../utils/Rejection.sol";

/// @dev Any rules a market may have, both ends of each bound among them.
library RandomParams {
    using Bounded for uint256;

    function draw(uint256 seed) internal pure returns (MarketParams memory p) {
        p.lockPeriod = uint32(_next(seed, "lockPeriod").ofAnySize(3_600, 126_144_000));
        p.minRewardDuration = uint32(_next(seed, "minRewardDuration").ofAnySize(0, p.lockPeriod));
        p.lateEntryFeeMaxBps = uint16(_next(seed, "lateEntryFeeMaxBps").ofAnySize(0, 1_000));
        p.lateEntryFeeBaseBps = uint16(_next(seed, "lateEntryFeeBaseBps").ofAnySize(0, p.lateEntryFeeMaxBps));
        p.lateEntryFeeScale = uint96(_next(seed, "lateEntryFeeScale").ofAnySize(0, type(uint96).max));
        p.authorPremiumBps = uint16(_next(seed, "authorPremiumBps").ofAnySize(0, 2_000));
        p.earlyExitPenaltyBps = uint16(_next(seed, "earlyExitPenaltyBps").ofAnySize(0, 5_000));
        p.maxSrpBps = uint16(_next(seed, "maxSrpBps").ofAnySize(1, 10_000));
        p.maxUserRewardBps = uint32(_next(seed, "maxUserRewardBps").ofAnySize(1, type(uint32).max));
        p.maxStake = uint96(_next(seed, "maxStake").ofAnySize(1, type(uint96).max));
        p.minStake = uint96(_next(seed, "minStake").ofAnySize(1, p.maxStake));
    }

    function _next(uint256 seed, string memory field) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, field)));
    }
}

/// @dev The library behind a call, so that a test sees what it reverts with.
contract ParamsValidator {
    function validate(MarketParams calldata params) external pure {
        MarketParamsLib.validate(params);
    }
}

/// @title Bounds of the rules of a market
contract MarketParamsLibTest {
    using Bounded for uint256;

    uint256 private constant RULES = 9;
    uint256 private constant MAX_USER_REWARD = 7; // the rule that no value of its type is too large for

    ParamsValidator private _validator;

    function setUp() public {
        _validator = new ParamsValidator();
    }

    function testFuzz_validate_acceptsAnyRulesWithinBounds(uint256 seed) public view {
        (bool isValid, bytes memory answer) = _validate(RandomParams.draw(seed));
        Check.isTrue(isValid, string(answer));
    }

    function testFuzz_validate_revertsWhenARuleIsOneAboveItsBound(uint256 seed, uint256 rule) public view {
        rule = rule.within(0, RULES - 2);
        if (rule == MAX_USER_REWARD) rule = RULES - 1;
        MarketParams memory p = _withRoomAbove(RandomParams.draw(seed));
        Rule memory broken = _rules(p)[rule];
        broken.value = broken.max + 1;
        _set(p, rule, broken.value);
        _assertRejected(p, broken);
    }

    function testFuzz_validate_revertsWhenARuleIsFarAboveItsBound(
        uint256 seed,
        uint256 rule,
        uint256 excess
    ) public view {
        rule = rule.within(0, RULES - 2);
        if (rule == MAX_USER_REWARD) rule = RULES - 1;
        MarketParams memory p = _withRoomAbove(RandomParams.draw(seed));
        Rule memory broken = _rules(p)[rule];
        broken.value = excess.ofAnySize(broken.max + 1, _widest(rule));
        _set(p, rule, broken.value);
        _assertRejected(p, broken);
    }

    function testFuzz_validate_revertsWhenARuleIsTooSmall(uint256 seed, uint256 rule, uint256 value) public view {
        MarketParams memory p = RandomParams.draw(seed);
        Rule[] memory rules = _rules(p);
        rule = rule.within(0, RULES - 1);
        while (rules[rule].min == 0) rule = (rule + 1) % RULES;
        Rule memory broken = rules[rule];
        broken.value = broken.min - 1 - value.ofAnySize(0, broken.min - 1);
        _set(p, rule, broken.value);
        _assertRejected(p, broken);
    }

    function testFuzz_validate_revertsWithTheFirstOfSeveral(uint256 seed, uint256 one, uint256 other) public view {
        MarketParams memory p = _withRoomAbove(RandomParams.draw(seed));
        one = one.within(0, RULES - 2);
        other = other.within(one + 1, RULES - 1);
        _breakRule(p, other);
        _breakRule(p, one); // last, so that the other does not widen its bound again
        Rule[] memory rules = _rules(p);
        uint256 first = 0;
        while (rules[first].value >= rules[first].min && rules[first].value <= rules[first].max) ++first;
        Check.atMost(first, one, "the test breaks no rule");
        _assertRejected(p, rules[first]);
    }

    function test_validate_revertsWhenNoStakeIsPossible() public view {
        MarketParams memory p = RandomParams.draw(0);
        (p.minStake, p.maxStake) = (0, 0);
        _assertRejected(p, Rule({name: "minStake", value: 0, min: 1, max: 0}));
    }

    /* INTERNAL */

    /// @dev Every bounded rule in the order of the struct, as docs/market.md has them.
    function _rules(MarketParams memory p) private pure returns (Rule[] memory rules) {
        rules = new Rule[](RULES);
        rules[0] = Rule("lockPeriod", p.lockPeriod, 3_600, 126_144_000);
        rules[1] = Rule("minRewardDuration", p.minRewardDuration, 0, p.lockPeriod);
        rules[2] = Rule("lateEntryFeeBaseBps", p.lateEntryFeeBaseBps, 0, p.lateEntryFeeMaxBps);
        rules[3] = Rule("lateEntryFeeMaxBps", p.lateEntryFeeMaxBps, 0, 1_000);
        rules[4] = Rule("authorPremiumBps", p.authorPremiumBps, 0, 2_000);
        rules[5] = Rule("earlyExitPenaltyBps", p.earlyExitPenaltyBps, 0, 5_000);
        rules[6] = Rule("maxSrpBps", p.maxSrpBps, 1, 10_000);
        rules[7] = Rule("maxUserRewardBps", p.maxUserRewardBps, 1, type(uint32).max);
        rules[8] = Rule("minStake", p.minStake, 1, p.maxStake);
    }

    function _set(MarketParams memory p, uint256 rule, uint256 value) private pure {
        if (rule == 0) p.lockPeriod = uint32(value);
        else if (rule == 1) p.minRewardDuration = uint32(value);
        else if (rule == 2) p.lateEntryFeeBaseBps = uint16(value);
        else if (rule == 3) p.lateEntryFeeMaxBps = uint16(value);
        else if (rule == 4) p.authorPremiumBps = uint16(value);
        else if (rule == 5) p.earlyExitPenaltyBps = uint16(value);
        else if (rule == 6) p.maxSrpBps = uint16(value);
        else if (rule == 7) p.maxUserRewardBps = uint32(value);
        else p.minStake = uint96(value);
    }

    function _widest(uint256 rule) private pure returns (uint256) {
        if (rule < 2) return type(uint32).max;
        return rule < 7 ? type(uint16).max : type(uint96).max;
    }

    function _breakRule(MarketParams memory p, uint256 rule) private pure {
        _set(p, rule, rule == MAX_USER_REWARD ? 0 : _rules(p)[rule].max + 1);
    }

    /// @dev The same rules with a largest stake that a smallest one can exceed.
    function _withRoomAbove(MarketParams memory p) private pure returns (MarketParams memory) {
        if (p.maxStake == type(uint96).max) --p.maxStake;
        if (p.minStake > p.maxStake) p.minStake = p.maxStake;
        return p;
    }

    function _assertRejected(MarketParams memory p, Rule memory broken) private view {
        (bool isValid, bytes memory answer) = _validate(p);
        Rejection.assertNames(broken, isValid, answer);
    }

    function _validate(MarketParams memory p) private view returns (bool isValid, bytes memory answer) {
        return address(_validator).staticcall(abi.encodeCall(ParamsValidator.validate, (p)));
    }
}
