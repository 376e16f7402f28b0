// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Outcome, Phase} from "../interfaces/IQueryEscrow.sol";
import {Ranking} from "./RankingLib.sol";

/// @dev A query in three slots. Answers and judges are at most 32 each.
struct QuerySlots {
    // slot 0: what every step asks, and counts
    address asker;
    uint8 minRank;
    uint8 minAnswers;
    uint8 maxAnswers;
    uint8 answerers;
    uint8 sealedAnswers;
    uint8 openedAnswers;
    uint8 judges;
    uint8 sealedVotes;
    uint8 openedVotes;
    Outcome outcome;
    // slot 1: its clock, with windows of at most 30 days, and what came out
    uint40 answeringEndsAt;
    uint32 opening;
    uint32 judging;
    uint32 revealing;
    uint32 goodAnswers;
    uint32 goodJudges;
    // slot 2
    bytes32 contentHash;
}

/// @dev What somebody is in a query, next to who asked.
enum Role {
    None,
    Answerer,
    Judge
}

/// @dev Somebody's part in a query, in one slot: what, the how-manyeth to join, and of their seal the first 224 bits,
/// of which nobody finds two with the same.
struct Participant {
    Role role;
    uint8 place;
    bytes28 seal;
}

/// @dev An answerer, by the order of joining.
struct AnswerSlots {
    // slot 0
    address answerer;
    uint8 index;
    bool isOpened;
    // slot 1
    bytes32 contentHash;
}

/// @dev A judge, by the order of joining. No ranking of two or more answers is 0: it is there once the vote is opened.
struct JudgeSlots {
    // slot 0
    address judge;
    uint8 rank;
    // slot 1
    Ranking ranking;
    uint32 goodAnswers;
}

using QuerySlotsLib for QuerySlots global;

/// @title The clock of a query
library QuerySlotsLib {
    /// @dev When opening, judging and revealing end, in unix seconds: up to 90 days after answering does.
    function windowsEnd(
        QuerySlots storage self
    ) internal view returns (uint40 openingEndsAt, uint40 judgingEndsAt, uint40 revealingEndsAt) {
        openingEndsAt = self.answeringEndsAt + self.opening;
        judgingEndsAt = openingEndsAt + self.judging;
        revealingEndsAt = judgingEndsAt + self.revealing;
    }

    /// @dev Where a query is: with fewer than two answers there is nothing to judge, and without judges nothing to
    /// reveal.
    function phaseOf(QuerySlots storage self) internal view returns (Phase) {
        if (self.outcome != Outcome.Pending) return Phase.Settled;
        (uint40 openingEndsAt, uint40 judgingEndsAt, uint40 revealingEndsAt) = self.windowsEnd();
        if (block.timestamp < self.answeringEndsAt) return Phase.Answering;
        if (block.timestamp < openingEndsAt) return Phase.Opening;
        if (self.openedAnswers < 2) return Phase.Settleable;
        if (block.timestamp < judgingEndsAt) return Phase.Judging;
        if (self.judges == 0) return Phase.Settleable;
        return block.timestamp < revealingEndsAt ? Phase.Revealing : Phase.Settleable;
    }
}
