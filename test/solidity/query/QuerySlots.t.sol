// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Outcome, Phase} from "../../../contracts/query/interfaces/IQueryEscrow.sol";
import {QuerySlots} from "../../../contracts/query/libraries/QuerySlots.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";
import {vm} from "../utils/Vm.sol";

/// @title The clock of a query, second by second
contract QuerySlotsTest {
    using Bounded for uint256;

    uint256 private constant MINUTE = 60;
    uint256 private constant MONTH = 30 days;
    uint256 private constant FIRST_SECOND = 1_000_000_000;
    uint256 private constant LATEST_END = 2 ** 40 - 3 * MONTH - 1;

    QuerySlots private _slots;
    // When each phase ends, by its number; what is settleable never ends by itself.
    uint256[4] private _endsAt;

    function testFuzz_windowsEnd_addUp(uint256 seed) public {
        _draw(seed);
        (uint256 openingEndsAt, uint256 judgingEndsAt, uint256 revealingEndsAt) = _slots.windowsEnd();
        Check.equal(openingEndsAt, _endsAt[1], "end of opening");
        Check.equal(judgingEndsAt, _endsAt[2], "end of judging");
        Check.equal(revealingEndsAt, _endsAt[3], "end of revealing");
    }

    /// @dev At any instant, and in one of two at one of the edges, or a second before.
    function testFuzz_phaseOf_isTheWindowOfTheInstant(uint256 seed, uint256 instant) public {
        _draw(seed);
        uint256 edge = _endsAt[(instant >> 8) % 4];
        uint256 time =
            instant % 4 == 0
                ? edge
                : instant % 4 == 1
                    ? edge - 1
                    : 0;
        if (time == 0) time = (instant >> 16).within(_endsAt[0] - MINUTE, _endsAt[3] + MONTH);
        vm.warp(time);
        Check.equal(uint256(_slots.phaseOf()), uint256(_expectedPhase(time)), "phase");
    }

    /// @dev Nothing is opened and nobody joins meanwhile; whatever is settleable stays so.
    function testFuzz_phaseOf_neverGoesBack(uint256 seed, uint256 first, uint256 later) public {
        _draw(seed);
        first = first.within(_endsAt[0] - MINUTE, _endsAt[3] + MINUTE);
        later = later.within(first, _endsAt[3] + MONTH);
        vm.warp(first);
        Phase before = _slots.phaseOf();
        vm.warp(later);
        Check.atLeast(uint256(_slots.phaseOf()), uint256(before), "a phase came back");
    }

    function testFuzz_phaseOf_isSettledForEver(uint256 seed, uint256 outcome, uint256 instant) public {
        _draw(seed);
        _slots.outcome = Outcome(outcome.within(1, uint256(type(Outcome).max)));
        vm.warp(instant.within(_endsAt[0] - MINUTE, _endsAt[3] + MONTH));
        Check.equal(uint256(_slots.phaseOf()), uint256(Phase.Settled), "phase");
    }

    /// @dev What the interface says, from the last phase on backwards.
    function _expectedPhase(uint256 time) private view returns (Phase) {
        if (time >= _expectedSettleableAt(time)) return Phase.Settleable;
        if (time < _endsAt[0]) return Phase.Answering;
        if (time < _endsAt[1]) return Phase.Opening;
        return time < _endsAt[2] ? Phase.Judging : Phase.Revealing;
    }

    function _expectedSettleableAt(uint256 time) private view returns (uint256) {
        bool isNothingToJudge = time >= _endsAt[1] && _slots.openedAnswers <= 1;
        if (isNothingToJudge) return _endsAt[1];
        bool isNothingToReveal = time >= _endsAt[2] && _slots.judges == 0;
        return isNothingToReveal ? _endsAt[2] : _endsAt[3];
    }

    /// @dev Any windows, also ones that end in the last years that the slots can count; every other field is full or
    /// what the clock looks at.
    function _draw(uint256 seed) private {
        _endsAt[0] = _next(seed, 0).ofAnySize(FIRST_SECOND, LATEST_END);
        for (uint256 i = 1; i < 4; ++i) _endsAt[i] = _endsAt[i - 1] + _next(seed, i).ofAnySize(MINUTE, MONTH);
        _slots = QuerySlots({
            asker: address(type(uint160).max),
            minRank: type(uint8).max,
            minAnswers: type(uint8).max,
            maxAnswers: type(uint8).max,
            answerers: type(uint8).max,
            sealedAnswers: type(uint8).max,
            openedAnswers: uint8(_next(seed, 4).within(0, 3)),
            judges: uint8(_next(seed, 5).within(0, 1)),
            sealedVotes: type(uint8).max,
            openedVotes: type(uint8).max,
            outcome: Outcome.Pending,
            answeringEndsAt: uint40(_endsAt[0]),
            opening: uint32(_endsAt[1] - _endsAt[0]),
            judging: uint32(_endsAt[2] - _endsAt[1]),
            revealing: uint32(_endsAt[3] - _endsAt[2]),
            goodAnswers: type(uint32).max,
            goodJudges: type(uint32).max,
            contentHash: bytes32(type(uint256).max)
        });
    }

    function _next(uint256 seed, uint256 index) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, index)));
    }
}
