// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Side} from "../../shared/Side.sol";
import {HolderSlot, MarketSlots, TermsSlot} from "./MarketSlots.sol";

/// @dev A position in two slots; `MarketSlots` says what lies where.
struct PositionSlots {
    TermsSlot terms;
    HolderSlot holder;
}

/// @dev The open positions of a market. A position's checkpoint X = A - depositedAt * B stands in for a snapshot of
/// both accumulators: what it earned is principal * (X now - X then). |X| is the sum of reward / weight times the
/// seconds between each reward and the deposit; it fits the 126 bits it has in `slots` up to 4e10 units of reward
/// for each unit of principal. Beyond, which takes a huge fee on a tiny stake a moment old, it is wide and lies
/// apart.
struct Positions {
    mapping(uint256 positionId => PositionSlots) slots;
    mapping(uint256 positionId => int256) wideCheckpoints; // counts only with the wide flag; an entry may outlive it
}

/// @title Where a market keeps its positions
library PositionBook {
    /// @dev The two slots of a position; terms of zero mean that it is not open.
    function read(
        Positions storage self,
        uint256 positionId
    ) internal view returns (TermsSlot terms, HolderSlot holder) {
        PositionSlots storage slots = self.slots[positionId];
        return (slots.terms, slots.holder);
    }

    /// @dev X of a position that was read.
    function checkpointOf(
        Positions storage self,
        uint256 positionId,
        TermsSlot terms,
        HolderSlot holder
    ) internal view returns (int256) {
        if (terms.isCheckpointWide()) return self.wideCheckpoints[positionId];
        return MarketSlots.joinCheckpoint(terms, holder);
    }

    /// @dev Writes an open position. principal and rewardAllowance < 2^96, depositedAt < 2^32.
    function write(
        Positions storage self,
        uint256 positionId,
        uint256 principal,
        uint256 rewardAllowance,
        uint256 depositedAt,
        Side side,
        int256 checkpoint,
        address storedOwner
    ) internal {
        (int256 high, uint256 low) = MarketSlots.splitCheckpoint(checkpoint);
        bool isWide = !MarketSlots.isCheckpointNarrow(high);
        if (isWide) {
            self.wideCheckpoints[positionId] = checkpoint;
            (high, low) = (0, 0);
        }
        PositionSlots storage slots = self.slots[positionId];
        slots.terms = MarketSlots.packTerms(principal, rewardAllowance, depositedAt, side, isWide, high);
        // The author's X starts at zero and never falls: while it is zero this slot was not written, and need not be.
        if (storedOwner != address(0) || checkpoint != 0) slots.holder = MarketSlots.packHolder(storedOwner, low);
    }

    /// @dev Closes a position.
    function remove(Positions storage self, uint256 positionId, TermsSlot terms) internal {
        if (terms.isCheckpointWide()) delete self.wideCheckpoints[positionId];
        delete self.slots[positionId];
    }
}
