// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IArgumentStaking} from "../interfaces/IArgumentStaking.sol";

/// @dev A user in one slot. A credit is owed, and so below 2^96.
struct AccountSlot {
    // slot 0: what credits and jails change
    uint96 credited;
    uint40 jailedUntil;
    uint16 slashCount;
    uint16 upvotesSinceJailed;
    uint40 markedAt; // when they last marked an argument on the strength of their stake
    bool isKnown; // keeps the slot of who withdrew from going back to zero: the next credit costs 17,100 gas less
}

/// @title Slashes, jails and the ways out of them
library AccountSlotLib {
    /// @dev A user whose argument was found unhelpful: jailed for `jailPeriod` times their slashes so far. A shorter
    /// period than at the last slash does not shorten the jail.
    function jail(AccountSlot storage self, address user, uint256 jailPeriod) internal {
        uint256 slashCount = Math.min(uint256(self.slashCount) + 1, type(uint16).max);
        uint256 until = Math.max(self.jailedUntil, block.timestamp + slashCount * jailPeriod);
        until = Math.min(until, type(uint40).max);
        (self.slashCount, self.jailedUntil, self.upvotesSinceJailed) = (uint16(slashCount), uint40(until), 0);
        emit IArgumentStaking.Jailed(user, slashCount, until);
    }

    /// @dev An argument of the user's was upvoted: counts if they are jailed, and ends the jail at `needed`, at most
    /// 1,000.
    function countUpvote(AccountSlot storage self, address user, uint256 needed) internal {
        if (block.timestamp >= self.jailedUntil) return;
        uint256 counted = uint256(self.upvotesSinceJailed) + 1;
        if (counted < needed) {
            self.upvotesSinceJailed = uint16(counted);
        } else {
            (self.slashCount, self.jailedUntil, self.upvotesSinceJailed) = (0, 0, 0);
            emit IArgumentStaking.Unjailed(user);
        }
    }
}
