// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {BeliefSlot, BeliefSumSlot, MetaSumSlot, ProgressSlot, ResultSlot, VoiceSlot} from "./EpochSlots.sol";

/// @dev One epoch of a claim. `EpochSlots` says what lies where. A commit opens two slots, in `voices` and `beliefs`,
/// and changes `progress`; an opening changes its belief and both sums.
struct Epoch {
    ProgressSlot progress;
    BeliefSumSlot beliefSum;
    MetaSumSlot metaSum;
    ResultSlot result;
    mapping(uint256 ordinal => VoiceSlot) voices;
    mapping(address user => BeliefSlot) beliefs;
}

/// @title The epochs of a claim, and a user's voices in them
/// @dev A voice is pending from its commit until its part is distributed. What a user has at risk on a claim is the
/// largest pending weight. No list of a user's pending voices is kept: a commit requires that they lie within
/// `REACH` epochs, so that all others are found near any one of them.
library EpochBook {
    /// @dev How many epochs back a voice may be pending when its user commits again.
    uint256 internal constant REACH = 2;

    /// @dev Whether all pending voices of a user who has not committed in `epochId` yet, and has at least one pending,
    /// lie in the `REACH` epochs before it. They lie within `REACH` epochs before the user's latest commit, because
    /// that commit required it.
    function isWithinReach(
        mapping(uint256 epochId => Epoch) storage self,
        uint256 epochId,
        address user
    ) internal view returns (bool) {
        for (uint256 back = 1; back <= Math.min(REACH, epochId); ++back) {
            if (!self[epochId - back].beliefs[user].isParticipant()) continue;
            for (uint256 older = REACH + 1; older <= Math.min(REACH + back, epochId); ++older) {
                if (pendingWeight(self[epochId - older], user) > 0) return false;
            }
            return true;
        }
        return false;
    }

    /// @dev The epochs within `REACH` of `epochId`, without that one, where somebody's part is not distributed: bit i
    /// stands for epoch `epochId - REACH + i`. Asked once for a batch, it spares a look at each participant.
    function livelyNear(
        mapping(uint256 epochId => Epoch) storage self,
        uint256 epochId
    ) internal view returns (uint256 lively) {
        for (uint256 i = 0; i <= 2 * REACH; ++i) {
            if (i == REACH || epochId + i < REACH) continue;
            if (!self[epochId + i - REACH].progress.isDistributed()) lively |= 1 << i;
        }
    }

    /// @dev Largest pending weight of a user within `REACH` epochs of `epochId`, without that one.
    /// @param lively What `livelyNear` says of `epochId`.
    function largestPending(
        mapping(uint256 epochId => Epoch) storage self,
        uint256 epochId,
        uint256 lively,
        address user
    ) internal view returns (uint256 largest) {
        for (uint256 i = 0; lively >> i != 0; ++i) {
            if ((lively >> i) & 1 == 0) continue;
            largest = Math.max(largest, pendingWeight(self[epochId + i - REACH], user));
        }
    }

    /// @dev Weight of a user's voice in an epoch while it is pending, else 0.
    function pendingWeight(Epoch storage self, address user) internal view returns (uint256) {
        ProgressSlot progress = self.progress;
        if (progress.isDistributed()) return 0; // as is an epoch that nobody joined
        BeliefSlot belief = self.beliefs[user];
        if (!belief.isParticipant()) return 0;
        VoiceSlot voice = self.voices[belief.ordinal()];
        return isPending(progress, belief.ordinal(), voice) ? voice.weight() : 0;
    }

    /// @dev Whether a participant's part is not distributed.
    function isPending(ProgressSlot progress, uint256 ordinal, VoiceSlot voice) internal pure returns (bool) {
        return ordinal >= progress.next() && !voice.isClaimed();
    }
}
