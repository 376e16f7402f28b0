// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {StakeKind} from "../interfaces/IArgumentStaking.sol";

/// @dev A stake in two slots. Amounts and sums of them are below 2^96, because all that the contract owes is.
struct StakeSlots {
    // slot 0: whom to pay, and what
    address staker;
    uint96 amount;
    // slot 1: when and how. Ids are below 2^32; a duration is at most 365 days.
    uint32 argumentId;
    uint40 createdAt;
    uint32 duration;
    uint16 interestRateBps;
    uint16 shareBps; // see `Stake`
    StakeKind kind;
    bool hasEnded;
    /// The sum of a block of its staker's stakes that ends with this one, modulo 2^96: see `StakeTally`.
    uint96 tally;
}

/// @title What a stake promises
library StakeSlotsLib {
    uint256 private constant BPS = 10_000;

    /// @dev The instant from which on it can be processed.
    function endsAt(StakeSlots storage self) internal view returns (uint256) {
        return uint256(self.createdAt) + self.duration;
    }

    /// @dev Interest for the whole duration: see `interestDown`. Always the same, so it is not stored.
    function interest(StakeSlots storage self) internal view returns (uint96) {
        return interestDown(self.amount, self.interestRateBps, self.duration);
    }

    /// @dev The argument creator's part of the interest of an upvote, rounded down: in favour of the upvoter, who has
    /// the rest.
    function creatorInterestDown(StakeSlots storage self, uint96 interest_) internal view returns (uint96) {
        return uint96((uint256(interest_) * self.shareBps) / BPS); // at most all of it
    }

    /// @dev `amount * rate * duration / 365 days`, rounded down: in favour of the reserve. At most `amount`, as the
    /// rate and the duration in years are at most one.
    function interestDown(uint96 amount, uint256 rateBps, uint256 duration) internal pure returns (uint96) {
        return uint96((amount * rateBps * duration) / (BPS * 365 days));
    }
}
