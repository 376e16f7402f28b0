// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {StakeSlotsLib} from "../../contracts/argument/libraries/StakeSlots.sol";

/// @dev A rate of at most 100 % a year, and at most a year, as argument staking's rules have them.

contract InterestIsExact {
    function prove(uint96 amount, uint16 rateBps, uint32 duration) external pure {
        require(rateBps <= 10_000 && duration <= 365 days);
        uint256 exact = (uint256(amount) * rateBps * duration) / (10_000 * 365 days);
        assert(StakeSlotsLib.interestDown(amount, rateBps, duration) == exact);
    }
}
