// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {Check} from "./Check.sol";
import {Pace} from "./Pace.sol";
import {Tally} from "./Tally.sol";

/// @title A handler under the runner, and its rehearsal
/// @dev Ids and sentences of the properties: docs/properties.md.
abstract contract Campaign {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    // The rehearsal is driven by a fixed seed, long enough for each action and attempt to come up many times.
    uint256 private constant REHEARSAL_CALLS = 3_000;
    uint256 private constant REHEARSAL_SEED = 20_261_121;

    /// @dev For invariants.
    modifier atPace() {
        if (Pace.isDue(_handler().callCount())) _;
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler());
    }

    function targetSelectors() public view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector({addr: address(_handler()), selectors: _actions()});
    }

    /// @dev An invariant over a handler that does nothing holds as well: this drives it and looks at what it did.
    function test_rehearsalReachesEveryActionAttemptAndOutcome() public {
        (Tally handler, bytes4[] memory selectors) = (_handler(), _actions());
        for (uint256 i = 0; i < REHEARSAL_CALLS; ++i) {
            uint256 seed = uint256(keccak256(abi.encode(REHEARSAL_SEED, i)));
            bytes memory arguments = abi.encode(seed >> 8, uint256(keccak256(abi.encode(seed))));
            (bool isDone, bytes memory reason) = address(handler).call(
                abi.encodePacked(selectors[seed % selectors.length], arguments)
            );
            if (isDone) continue;
            // The reason as it is: the runner knows how to read it.
            assembly ("memory-safe") {
                revert(add(reason, 32), mload(reason))
            }
        }
        string memory missing = string.concat(
            _missing(Tally.Kind.Action, " action "),
            _missing(Tally.Kind.Attempt, " attempt "),
            _missing(Tally.Kind.Outcome, " outcome ")
        );
        Check.isTrue(bytes(missing).length == 0, string.concat("never came about:", missing));
    }

    function _handler() internal view virtual returns (Tally);

    /// @dev Actions of the handler, each of two numbers at most.
    function _actions() internal pure virtual returns (bytes4[] memory);

    /// @dev The numbers of what never came about.
    function _missing(Tally.Kind kind, string memory name) private view returns (string memory list) {
        Tally handler = _handler();
        uint256 length = handler.lengthOf(kind);
        for (uint256 i = 0; i < length; ++i) {
            if (handler.tally(kind, i) == 0) list = string.concat(list, name, Strings.toString(i));
        }
    }
}
