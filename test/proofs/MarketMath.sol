// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {MarketMath} from "../../contracts/market/libraries/MarketMath.sol";

/// @dev The bounds of `MarketMath`'s title: amounts below 2^104, seconds and basis points below 2^32. What the library
/// computes without checks is computed here with them, which is the proof that it does not overflow.

contract ShareIsExact {
    function prove(uint104 amount, uint32 bps) external pure {
        assert(MarketMath.shareDown(amount, bps) == (uint256(amount) * bps) / 10_000);
    }
}

contract ShareIsPart {
    function prove(uint104 amount, uint32 bps) external pure {
        require(bps <= 10_000);
        assert(MarketMath.shareDown(amount, bps) <= amount);
    }
}

contract EntryFeeIsBounded {
    function prove(uint104 totalPrincipal, uint16 base, uint16 max, uint96 scale) external pure {
        uint256 bps = MarketMath.entryFeeBps(totalPrincipal, base, max, scale);
        assert(bps <= max);
        assert(totalPrincipal > 0 || bps == 0);
    }
}

contract EntryFeeRises {
    function prove(uint104 less, uint104 more, uint16 base, uint16 max, uint96 scale) external pure {
        require(less <= more);
        assert(MarketMath.entryFeeBps(less, base, max, scale) <= MarketMath.entryFeeBps(more, base, max, scale));
    }
}

contract LargestFeeIsExact {
    function prove(uint104 srp, uint104 totalPrincipal, uint104 amount, uint16 maxSrpBps) external pure {
        uint256 room = uint256(maxSrpBps) * (uint256(totalPrincipal) + amount);
        uint256 taken = uint256(srp) * 10_000;
        uint256 exact = room > taken ? (room - taken) / (uint256(10_000) + maxSrpBps) : 0;
        assert(MarketMath.largestFeeDown(srp, totalPrincipal, amount, maxSrpBps) == exact);
    }
}

contract LargestFeeKeepsCap {
    function prove(uint104 srp, uint104 totalPrincipal, uint104 amount, uint16 maxSrpBps) external pure {
        uint256 fee = MarketMath.largestFeeDown(srp, totalPrincipal, amount, maxSrpBps);
        require(fee > 0 && fee <= amount);
        uint256 principal = uint256(totalPrincipal) + amount - fee;
        assert((srp + fee) * 10_000 <= maxSrpBps * principal);
    }
}

contract LargestFeeLeavesNoMore {
    function prove(uint104 srp, uint104 totalPrincipal, uint104 amount, uint16 maxSrpBps) external pure {
        uint256 fee = MarketMath.largestFeeDown(srp, totalPrincipal, amount, maxSrpBps) + 1;
        require(fee <= amount);
        uint256 principal = uint256(totalPrincipal) + amount - fee;
        assert((srp + fee) * 10_000 > maxSrpBps * principal);
    }
}

contract LargestPenaltyKeepsCap {
    function prove(uint104 srp, uint104 remaining, uint16 maxSrpBps) external pure {
        uint256 penalty = MarketMath.largestPenaltyDown(srp, remaining, maxSrpBps);
        require(penalty > 0);
        assert((srp + penalty) * 10_000 <= uint256(maxSrpBps) * remaining);
    }
}

contract PerWeightIsExact {
    function prove(uint104 amount, uint136 weight) external pure {
        require(weight > 0);
        assert(MarketMath.perWeightDown(amount, weight) == (uint256(amount) * 1e27) / weight);
    }
}

contract AllocationCoversShares {
    function prove(uint256 perWeight, uint136 weight) external pure {
        require(weight > 0 && perWeight <= (uint256(type(uint104).max) * 1e27) / weight);
        uint256 allocated = MarketMath.allocatedUp(perWeight, weight);
        assert(allocated * 1e27 >= perWeight * weight);
        assert(allocated * 1e27 < perWeight * weight + 1e27);
    }
}

contract AllocationIsWithinAmount {
    function prove(uint104 amount, uint136 weight) external pure {
        require(weight > 0);
        assert(MarketMath.allocatedUp(MarketMath.perWeightDown(amount, weight), weight) <= amount);
    }
}

contract EarningIsExact {
    function prove(uint104 principal, uint152 growth) external pure {
        assert(MarketMath.earnedDown(principal, growth) == (uint256(principal) * growth) / 1e27);
    }
}

contract AdvanceCoversEarning {
    function prove(uint104 earned, uint104 principal) external pure {
        require(principal > 0);
        uint256 advance = MarketMath.checkpointAdvanceUp(earned, principal);
        assert(advance * principal >= uint256(earned) * 1e27);
        assert(advance * principal < uint256(earned) * 1e27 + principal);
    }
}

contract AdvanceErrorIsBounded {
    function prove(uint104 principal) external pure {
        assert(MarketMath.advanceErrorUp(principal) * 1e27 > principal);
    }
}

contract LifetimeCapFits {
    function prove(uint104 basis, uint32 maxUserRewardBps) external pure {
        uint256 cap = MarketMath.lifetimeCapDown(basis, maxUserRewardBps);
        assert(cap <= type(uint96).max);
        assert(cap * 10_000 <= uint256(basis) * maxUserRewardBps);
    }
}
