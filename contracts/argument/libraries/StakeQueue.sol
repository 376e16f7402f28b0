// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {LibMap} from "solady/src/utils/LibMap.sol";

import {IArgumentStaking} from "../interfaces/IArgumentStaking.sol";
import {IdList} from "./IdList.sol";
import {StakeSlots, StakeSlotsLib} from "./StakeSlots.sol";
import {StakeBook, StakeTally} from "./StakeTally.sol";

/// @dev Stakes made in a row for one period: their ids follow one another, and so do their ends. One slot.
struct Era {
    /// The first stake of the era.
    uint32 firstId;
    /// The first stake that has not left the queue.
    uint32 headId;
    /// The first stake after the era; 0 in the current era, which goes on.
    uint32 endId;
    /// How long its stakes run, in seconds.
    uint32 period;
}

/// @dev All that a new stake changes of the queue. What is set aside is owed to stakers, and so below 2^96.
struct QueueHead {
    // slot 0
    /// Interest promised to running stakes.
    uint96 setAside;
    /// Stakes ever made; the id of the last. 4 billion are more than 5 * 10^14 gas.
    uint32 stakeCount;
    /// Stakes that have not ended.
    uint32 runningCount;
    /// Eras in the queue: those with stakes left, and the current one, which is the last.
    uint8 eraCount;
}

/// @dev The queue of running stakes. It stores nothing for a stake of its own: a new one joins the last era by its id.
struct Queue {
    // slot 0
    QueueHead head;
    // slot 1
    mapping(uint256 index => Era) eras;
}

/// @dev The queue while stakes are taken from it: the heads of its eras, in memory.
struct Cursor {
    Era[] eras;
    /// When each era's head leaves the queue: 0 for one that ended before its time, `NEVER` for an empty era.
    uint256[] endsAt;
}

/// @title Yields running stakes in order of their ends
/// @dev The next stake is the earliest of at most 16 heads, so a shorter period does not wait behind a longer one.
library StakeQueue {
    using StakeSlotsLib for StakeSlots;
    using StakeTally for StakeBook;
    using IdList for LibMap.Uint32Map;

    /// @dev The most eras at a time.
    uint256 internal constant MAX_ERAS = 16;
    uint256 private constant NEVER = type(uint256).max;

    /// @dev Stakes made from now on run for `period`. An era that nobody staked in just changes its period.
    function setPeriod(Queue storage self, uint32 period) internal {
        uint256 count = self.head.eraCount;
        uint32 nextId = self.head.stakeCount + 1;
        if (count > 0) {
            Era storage current = self.eras[count - 1];
            if (current.period == period) return;
            if (current.firstId == nextId) {
                current.period = period;
                return;
            }
            if (current.headId == nextId) {
                --count; // all its stakes have left
            } else {
                if (count == MAX_ERAS) revert IArgumentStaking.TooManyPeriods(MAX_ERAS);
                current.endId = nextId;
            }
        }
        self.eras[count] = Era({firstId: nextId, headId: nextId, endId: 0, period: period});
        self.head.eraCount = uint8(count + 1); // at most 16
    }

    /// @dev A new stake joins the queue, with what is set aside for it.
    function add(Queue storage self, uint96 interest) internal returns (uint32 stakeId) {
        QueueHead memory head = self.head;
        stakeId = ++head.stakeCount;
        ++head.runningCount;
        head.setAside += interest;
        self.head = head;
    }

    /// @dev `count` stakes have ended, and `interest` is no longer set aside.
    function remove(Queue storage self, uint32 count, uint96 interest) internal {
        QueueHead memory head = self.head;
        head.runningCount -= count;
        head.setAside -= interest;
        self.head = head;
    }

    /// @dev Takes up the queue.
    function open(Queue storage self, StakeBook storage book) internal view returns (Cursor memory cursor) {
        uint256 count = self.head.eraCount;
        cursor.eras = new Era[](count);
        cursor.endsAt = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) {
            cursor.eras[i] = self.eras[i];
            cursor.endsAt[i] = _headEndsAt(cursor.eras[i], self.head.stakeCount, book);
        }
    }

    /// @dev Index of the era whose head is next.
    function next(Cursor memory cursor) internal pure returns (uint256 index) {
        for (uint256 i = 1; i < cursor.endsAt.length; ++i) {
            if (cursor.endsAt[i] < cursor.endsAt[index]) index = i;
        }
    }

    /// @dev Takes the next stake, if it has ended one way or another; 0 where none has.
    function take(
        Queue storage self,
        Cursor memory cursor,
        StakeBook storage book
    ) internal view returns (uint32 stakeId) {
        uint256 index = next(cursor);
        if (cursor.endsAt[index] > block.timestamp) return 0;
        Era memory era = cursor.eras[index];
        stakeId = era.headId++;
        cursor.endsAt[index] = _headEndsAt(era, self.head.stakeCount, book);
    }

    /// @dev Writes back what was taken; eras with no stakes left leave, but for the current one.
    function close(Queue storage self, Cursor memory cursor) internal {
        uint256 kept = 0;
        for (uint256 i = 0; i < cursor.eras.length; ++i) {
            Era memory era = cursor.eras[i];
            if (era.headId == era.endId) continue;
            if (kept != i || self.eras[i].headId != era.headId) self.eras[kept] = era;
            ++kept;
        }
        if (kept != cursor.eras.length) self.head.eraCount = uint8(kept); // at most 16
    }

    /// @dev The end of the first stake that has not ended; `NEVER` where there is none.
    function firstEndsAt(Queue storage self, StakeBook storage book) internal view returns (uint256) {
        Cursor memory cursor = open(self, book);
        while (cursor.endsAt[next(cursor)] == 0) take(self, cursor, book);
        return cursor.endsAt[next(cursor)];
    }

    /// @dev The stakes of a user that have not ended and were made less than `window` seconds ago: of each era the
    /// last ones, as its stakes end in the order in which they were made. Also says which of the user's stakes is the
    /// first of them in the current era, as a guess for the next time.
    function runningStake(
        Queue storage self,
        StakeBook storage book,
        address user,
        uint256 window
    ) internal view returns (uint256 staked, uint256 first) {
        LibMap.Uint32Map storage ids = book.idsOf[user];
        uint256 count = ids.length();
        if (count == 0) return (0, 1);
        uint256 eras = self.head.eraCount;
        // From the current era back: before the first stake that runs in an era are its older ones, those of eras that
        // have left the queue, and those of the era before. What is before an era's head has ended.
        uint256 below = count;
        for (uint256 i = eras; i > 0 && (below > 0 || i == eras); --i) {
            Era memory era = self.eras[i - 1];
            uint256 last = era.endId == 0 ? below : book.firstFrom(user, below, era.endId, 0, below) - 1;
            uint256 madeAfter = Math.saturatingSub(block.timestamp, Math.min(window, era.period));
            uint256 guess = i == eras ? ids.label() : last;
            uint256 from = book.firstFrom(user, last, era.headId, madeAfter, guess);
            if (i == eras) first = from;
            below = from - 1;
            staked += book.sum(user, below, last);
        }
    }

    function _headEndsAt(Era memory era, uint256 stakeCount, StakeBook storage book) private view returns (uint256) {
        if (era.headId == era.endId || era.headId > stakeCount) return NEVER;
        StakeSlots storage head = book.stakes[era.headId];
        return head.hasEnded ? 0 : head.endsAt();
    }
}
