// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {ArgumentParams, IArgumentStaking} from "../../../contracts/argument/interfaces/IArgumentStaking.sol";
import {ArgumentParamsLib} from "../../../contracts/argument/libraries/ArgumentParamsLib.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";
import {Rejection, Rule} from "../utils/Rejection.sol";
import {RandomArgumentRules} from "./RandomArgumentRules.sol";

/// @dev The library behind calls, so that a test sees what it reverts with.
contract RulesValidator {
    using ArgumentParamsLib for ArgumentParams;

    ArgumentParams private _rules;

    function keep(ArgumentParams calldata rules) external {
        _rules = rules;
    }

    function checkText(uint256 summaryLength, uint256 bodyLength) external view {
        _rules.checkText(summaryLength, bodyLength);
    }

    function validate(ArgumentParams calldata rules) external pure {
        ArgumentParamsLib.validate(rules);
    }
}

/// @title Bounds of the rules of argument staking
contract ArgumentParamsLibTest {
    using Bounded for uint256;

    uint256 private constant RULES = 17;
    uint256 private constant MAX_STAKE = 2 ** 80 - 1;
    uint256 private constant YEAR = 31_536_000;

    RulesValidator private _validator;

    function setUp() public {
        _validator = new RulesValidator();
    }

    /* RULES */

    function testFuzz_validate_acceptsAnyRulesWithinBounds(uint256 seed) public view {
        (bool isValid, bytes memory answer) = _validate(RandomArgumentRules.draw(seed));
        Check.isTrue(isValid, string(answer));
    }

    function testFuzz_validate_revertsWhenARuleIsTooLarge(uint256 seed, uint256 rule, uint256 excess) public view {
        ArgumentParams memory p = RandomArgumentRules.draw(seed);
        rule = rule.within(0, RULES - 1);
        Rule memory broken = _rules(p)[rule];
        broken.value = excess.ofAnySize(broken.max + 1, _widest(rule));
        _set(p, rule, broken.value);
        if (rule == 10) p.minSummaryLength = 1; // either stays below the one that is broken
        if (rule == 12) p.minBodyLength = 1;
        _assertRejected(p, broken);
    }

    function testFuzz_validate_revertsWhenARuleIsTooSmall(uint256 seed, uint256 rule, uint256 value) public view {
        ArgumentParams memory p = RandomArgumentRules.draw(seed);
        Rule[] memory rules = _rules(p);
        rule = rule.within(0, RULES - 1);
        // What the shortest text is compared with comes after it: 0 there is too small for both.
        while (rules[rule].min == 0 || rule == 10 || rule == 12) rule = (rule + 1) % RULES;
        Rule memory broken = rules[rule];
        broken.value = broken.min - 1 - value.ofAnySize(0, broken.min - 1);
        _set(p, rule, broken.value);
        _assertRejected(p, broken);
    }

    /// @dev No summary is short enough for a longest one of 0, and no body.
    function testFuzz_validate_revertsWhenNoTextIsShortEnough(uint256 seed, bool isBody) public view {
        ArgumentParams memory p = RandomArgumentRules.draw(seed);
        (uint256 longest, uint256 shortest) = isBody ? (12, 11) : (10, 9);
        _set(p, longest, 0);
        _assertRejected(p, _rules(p)[shortest]);
    }

    function testFuzz_validate_revertsWithTheFirstOfSeveral(uint256 seed, uint256 one, uint256 other) public view {
        ArgumentParams memory p = RandomArgumentRules.draw(seed);
        one = one.within(0, RULES - 1);
        other = other.within(0, RULES - 1);
        _set(p, one, _widest(one));
        _set(p, other, _widest(other));
        Rule[] memory rules = _rules(p);
        uint256 first = 0;
        while (rules[first].value >= rules[first].min && rules[first].value <= rules[first].max) ++first;
        Check.atMost(first, one < other ? other : one, "the test breaks no rule");
        _assertRejected(p, rules[first]);
    }

    /* TEXTS */

    function testFuzz_checkText_acceptsExactlyWhatIsWithinBounds(uint256 seed, uint256 summary, uint256 body) public {
        ArgumentParams memory p = RandomArgumentRules.draw(seed);
        _validator.keep(p);
        summary = _length(summary, p.minSummaryLength, p.maxSummaryLength);
        body = _length(body, p.minBodyLength, p.maxBodyLength);
        bytes memory expected;
        if (summary < p.minSummaryLength || summary > p.maxSummaryLength) {
            bytes4 selector = IArgumentStaking.SummaryLengthOutOfRange.selector;
            expected = abi.encodeWithSelector(selector, summary, p.minSummaryLength, p.maxSummaryLength);
        } else if (body < p.minBodyLength || body > p.maxBodyLength) {
            bytes4 selector = IArgumentStaking.BodyLengthOutOfRange.selector;
            expected = abi.encodeWithSelector(selector, body, p.minBodyLength, p.maxBodyLength);
        }
        bytes memory call = abi.encodeCall(RulesValidator.checkText, (summary, body));
        (bool isValid, bytes memory answer) = address(_validator).staticcall(call);
        Check.equal(isValid, expected.length == 0, "accepted");
        Check.equal(answer, expected, "reason");
    }

    /* INTERNAL */

    /// @dev Mostly within bounds or one beside them, at times any.
    function _length(uint256 seed, uint256 min, uint256 max) private pure returns (uint256) {
        if (seed % 8 == 0) return (seed >> 3).ofAnySize(0, type(uint256).max);
        return (seed >> 3).ofAnySize(min - 1, max + 1);
    }

    function _rules(ArgumentParams memory p) private pure returns (Rule[] memory rules) {
        rules = new Rule[](RULES);
        rules[0] = Rule("upvoteStake", p.upvoteStake, 1, MAX_STAKE);
        rules[1] = Rule("period", p.period, 3_600, YEAR);
        rules[2] = Rule("interestRateBps", p.interestRateBps, 0, 10_000);
        rules[3] = Rule("creatorShareBps", p.creatorShareBps, 0, 10_000);
        rules[4] = Rule("stakeLimitWindow", p.stakeLimitWindow, 3_600, YEAR);
        rules[5] = Rule("stakeLimitBps", p.stakeLimitBps, 1, 10_000);
        rules[6] = Rule("unjailUpvotes", p.unjailUpvotes, 1, 1_000);
        rules[7] = Rule("creationStake", p.creationStake, 1, MAX_STAKE);
        rules[8] = Rule("maxArgumentsPerClaim", p.maxArgumentsPerClaim, 1, 100);
        rules[9] = Rule("minSummaryLength", p.minSummaryLength, 1, p.maxSummaryLength);
        rules[10] = Rule("maxSummaryLength", p.maxSummaryLength, 1, 1_000);
        rules[11] = Rule("minBodyLength", p.minBodyLength, 1, p.maxBodyLength);
        rules[12] = Rule("maxBodyLength", p.maxBodyLength, 1, 20_000);
        rules[13] = Rule("curatorShareBps", p.curatorShareBps, 0, 10_000);
        rules[14] = Rule("minCuratorStake", p.minCuratorStake, 1, MAX_STAKE);
        rules[15] = Rule("jailPeriod", p.jailPeriod, 3_600, YEAR);
        rules[16] = Rule("unhelpfulThreshold", p.unhelpfulThreshold, 1, 25);
    }

    function _set(ArgumentParams memory p, uint256 rule, uint256 value) private pure {
        if (rule < 7) return _setOfUpvote(p, rule, value);
        if (rule > 12) return _setOfCuration(p, rule, value);
        if (rule == 7) p.creationStake = uint96(value);
        else if (rule == 8) p.maxArgumentsPerClaim = uint16(value);
        else if (rule == 9) p.minSummaryLength = uint16(value);
        else if (rule == 10) p.maxSummaryLength = uint16(value);
        else if (rule == 11) p.minBodyLength = uint16(value);
        else p.maxBodyLength = uint16(value);
    }

    function _setOfUpvote(ArgumentParams memory p, uint256 rule, uint256 value) private pure {
        if (rule == 0) p.upvoteStake = uint96(value);
        else if (rule == 1) p.period = uint32(value);
        else if (rule == 2) p.interestRateBps = uint16(value);
        else if (rule == 3) p.creatorShareBps = uint16(value);
        else if (rule == 4) p.stakeLimitWindow = uint32(value);
        else if (rule == 5) p.stakeLimitBps = uint16(value);
        else p.unjailUpvotes = uint16(value);
    }

    function _setOfCuration(ArgumentParams memory p, uint256 rule, uint256 value) private pure {
        if (rule == 13) p.curatorShareBps = uint16(value);
        else if (rule == 14) p.minCuratorStake = uint96(value);
        else if (rule == 15) p.jailPeriod = uint32(value);
        else p.unhelpfulThreshold = uint16(value);
    }

    /// @dev The largest value of a rule's type.
    function _widest(uint256 rule) private pure returns (uint256) {
        if (rule == 0 || rule == 7 || rule == 14) return type(uint96).max;
        return rule == 1 || rule == 4 || rule == 15 ? type(uint32).max : type(uint16).max;
    }

    function _assertRejected(ArgumentParams memory p, Rule memory broken) private view {
        (bool isValid, bytes memory answer) = _validate(p);
        Rejection.assertNames(broken, isValid, answer);
    }

    function _validate(ArgumentParams memory p) private view returns (bool isValid, bytes memory answer) {
        return address(_validator).staticcall(abi.encodeCall(RulesValidator.validate, (p)));
    }
}
