// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {ParameterBounds} from "../../../contracts/shared/ParameterBounds.sol";
import {Check} from "./Check.sol";

/// @dev A rule that governance may set, with its bounds.
struct Rule {
    string name;
    uint256 value;
    uint256 min;
    uint256 max;
}

/// @title What a validator answered to rules one of which is out of bounds
library Rejection {
    /// @dev Fails unless the answer names the rule with its bounds.
    function assertNames(Rule memory broken, bool isValid, bytes memory answer) internal pure {
        Check.isTrue(!isValid, broken.name);
        bytes memory expected = abi.encodeWithSelector(
            ParameterBounds.ParameterOutOfBounds.selector,
            broken.name,
            broken.value,
            broken.min,
            broken.max
        );
        Check.equal(answer, expected, broken.name);
    }
}
