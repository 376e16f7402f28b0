// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Check} from "./Check.sol";
import {vm} from "./Vm.sol";

/// @title What a handler did
/// @dev Counted, so that a rehearsal can see that each thing came about.
abstract contract Tally {
    enum Kind {
        Action,
        Attempt,
        Outcome
    }

    uint256 public callCount;
    mapping(Kind kind => mapping(uint256 index => uint256)) public tally;

    /// @dev Counts a call, done or skipped.
    modifier counted() {
        ++callCount;
        _;
    }

    /// @dev How many kinds of actions, attempts and outcomes there are; each must come about.
    function lengthOf(Kind kind) external pure virtual returns (uint256);

    function _note(Kind kind, uint256 index) internal {
        ++tally[kind][index];
    }

    /// @dev The call succeeds where `refusal` is empty, and reverts with exactly `refusal` elsewhere.
    function _perform(
        address caller,
        address target,
        bytes memory call,
        bytes memory refusal
    ) internal returns (bool isDone, bytes memory answer) {
        vm.prank(caller);
        (isDone, answer) = target.call(call);
        if (refusal.length == 0) {
            if (isDone) return (isDone, answer);
            // The reason as it is: the runner knows how to read it.
            assembly ("memory-safe") {
                revert(add(answer, 32), mload(answer))
            }
        }
        Check.isTrue(!isDone, "an invalid call was accepted");
        Check.equal(answer, refusal, "an invalid call was refused for another reason");
    }

    function _refused(address caller, address target, bytes memory call, bytes memory refusal) internal {
        Check.isTrue(refusal.length > 0, "a refusal without a reason");
        _perform(caller, target, call, refusal);
    }
}
