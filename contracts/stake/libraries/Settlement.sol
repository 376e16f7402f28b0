// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Epoch} from "./EpochBook.sol";
import {BeliefSlot, BeliefSumSlot, MetaSumSlot, ProgressSlot, ResultSlot, VoiceSlot} from "./EpochSlots.sol";
import {TruthScore} from "./TruthScore.sol";

/// @title What an epoch's books come to
/// @notice Scores, losses, shares of the pot and the signals of an epoch, from what it has stored.
library Settlement {
    uint256 private constant WAD = 1e18;

    /// @dev Leave-one-out means need somebody else.
    function isScorable(Epoch storage self) internal view returns (bool) {
        return self.beliefSum.opened() > 1;
    }

    function scoreOf(
        BeliefSumSlot beliefSum,
        MetaSumSlot metaSum,
        VoiceSlot voice,
        BeliefSlot belief
    ) internal pure returns (int256) {
        if (!belief.isOpened()) return TruthScore.UNOPENED;
        uint256 weight = voice.weight();
        unchecked {
            // Both sums contain this voice; and somebody else opened, so the others weigh something.
            uint256 others = beliefSum.weight() - weight;
            return
                TruthScore.scoreOf(
                    belief.belief(),
                    belief.meta(),
                    (beliefSum.weighted() - weight * belief.belief()) / others,
                    (metaSum.weighted() - weight * belief.meta()) / others
                );
        }
    }

    /// @dev Loss of a voice with a score below zero: `ceil(weight * -score / 1e18)`, at most the weight. Rounds up, in
    /// favour of the pot.
    function lossUp(VoiceSlot voice, int256 score) internal pure returns (uint256) {
        return Math.ceilDiv(voice.weight() * uint256(-score), WAD);
    }

    /// @dev What was taken from a voice: nothing before it was scored.
    function takenFrom(Epoch storage self, VoiceSlot voice) internal view returns (uint256) {
        if (!voice.isLoss()) return 0;
        BeliefSlot belief = self.beliefs[voice.user()];
        if (voice.isShort()) return belief.result();
        return lossUp(voice, scoreOf(self.beliefSum, self.metaSum, voice, belief));
    }

    /// @dev Means and shares of what was opened, in wad, rounded down; 0 where nothing was. Surprisingly popular is
    /// compared without rounding.
    function signals(
        Epoch storage self
    ) internal view returns (uint256 mean, uint256 meanMeta, uint256 supportShare, bool isSurprisinglyPopular) {
        (BeliefSumSlot beliefSum, MetaSumSlot metaSum) = (self.beliefSum, self.metaSum);
        uint256 weight = beliefSum.weight();
        if (weight == 0) return (0, 0, 0, false);
        uint256 supporting = metaSum.supporting() * WAD;
        return (
            beliefSum.weighted() / weight,
            metaSum.weighted() / weight,
            supporting / weight,
            supporting > metaSum.weighted()
        );
    }

    /// @dev A winner's share of the pot, rounded down: the pot keeps the rest. In a void epoch, what was taken.
    function payoutOf(
        Epoch storage self,
        ProgressSlot progress,
        ResultSlot result,
        VoiceSlot voice
    ) internal view returns (uint256) {
        if (progress.isVoid()) return takenFrom(self, voice);
        if (voice.isLoss()) return 0;
        return (voice.weight() * self.beliefs[voice.user()].result() * result.pot()) / result.gains();
    }
}
