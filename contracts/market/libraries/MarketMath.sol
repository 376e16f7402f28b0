// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Arithmetic of the belief market
/// @notice Fees, caps and the shares of the signal reward pool, in integers.
/// @dev Bounds that keep every product below 2^256: principal and rewards < 2^104, bps < 2^32, seconds < 2^32, so a
/// weight is < 2^136 and `reward * RAY` < 2^194. Formulas: docs/market.md.
library MarketMath {
    /// @dev One hundred per cent in basis points.
    uint256 internal constant BPS = 10_000;

    /// @dev Scale of the accumulators, 1e27.
    uint256 internal constant RAY = 1e27;

    /// @dev `floor(amount * bps / 10,000)`. Rounds in favour of whoever owes the share.
    function shareDown(uint256 amount, uint256 bps) internal pure returns (uint256) {
        unchecked {
            return (amount * bps) / BPS;
        }
    }

    /// @dev Entry fee in bps: `min(base + floor(totalPrincipal / scale), max)`, zero for the first staker. Rounds in
    /// favour of the one who enters.
    function entryFeeBps(
        uint256 totalPrincipal,
        uint256 base,
        uint256 max,
        uint256 scale
    ) internal pure returns (uint256) {
        unchecked {
            if (totalPrincipal == 0) return 0;
            uint256 growth = scale == 0 ? 0 : totalPrincipal / scale;
            return Math.min(base + growth, max);
        }
    }

    /// @dev Largest fee f with `srp + f <= maxSrpBps / 10,000 * (totalPrincipal + amount - f)`: what is charged
    /// leaves the principal that the cap is measured by. Solved for f: `(cap * (T + amount) - srp) / (1 + cap)`,
    /// rounded down, so the pool never passes its cap.
    function largestFeeDown(
        uint256 srp,
        uint256 totalPrincipal,
        uint256 amount,
        uint256 maxSrpBps
    ) internal pure returns (uint256) {
        unchecked {
            return Math.saturatingSub(maxSrpBps * (totalPrincipal + amount), srp * BPS) / (BPS + maxSrpBps);
        }
    }

    /// @dev Largest penalty p with `srp + p <= maxSrpBps / 10,000 * remainingPrincipal`, rounded down.
    function largestPenaltyDown(
        uint256 srp,
        uint256 remainingPrincipal,
        uint256 maxSrpBps
    ) internal pure returns (uint256) {
        unchecked {
            return Math.saturatingSub(shareDown(remainingPrincipal, maxSrpBps), srp);
        }
    }

    /// @dev Reward in ray for one unit of weight. Rounds down: the pool keeps the rest.
    function perWeightDown(uint256 amount, uint256 weight) internal pure returns (uint256) {
        unchecked {
            return (amount * RAY) / weight;
        }
    }

    /// @dev Whole units that cover what all `weight` together earns at `perWeight`. Rounds up, so that what is set
    /// aside is never less than what positions can take; with `perWeight` from `perWeightDown` it is at most
    /// `amount`.
    function allocatedUp(uint256 perWeight, uint256 weight) internal pure returns (uint256) {
        unchecked {
            return (perWeight * weight + RAY - 1) / RAY;
        }
    }

    /// @dev Whole units a position has earned over a growth of its checkpoint. Rounds down. The product is bounded by
    /// the rewards ever shared, in ray, because a position's weight is at most the weight they were divided by.
    function earnedDown(uint256 principal, uint256 checkpointGrowth) internal pure returns (uint256) {
        unchecked {
            return (principal * checkpointGrowth) / RAY;
        }
    }

    /// @dev Growth of the checkpoint that `earned` whole units use up. Rounds up, in favour of the pool, by less than
    /// one ray-th per unit of principal: the fraction of a unit stays with the position.
    function checkpointAdvanceUp(uint256 earned, uint256 principal) internal pure returns (uint256) {
        unchecked {
            return (earned * RAY + principal - 1) / principal;
        }
    }

    /// @dev Bound, in whole units, on what `checkpointAdvanceUp` takes beyond `earned`: principal - 1 ray and less.
    function advanceErrorUp(uint256 principal) internal pure returns (uint256) {
        return principal / RAY + 1;
    }

    /// @dev What a position may take in its life: `floor(basis * maxUserRewardBps / 10,000)`, at most 2^96 - 1, the
    /// width it is stored in.
    function lifetimeCapDown(uint256 basis, uint256 maxUserRewardBps) internal pure returns (uint256) {
        return Math.min(shareDown(basis, maxUserRewardBps), type(uint96).max);
    }
}
