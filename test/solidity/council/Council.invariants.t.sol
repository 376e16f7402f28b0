// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {LockTier} from "../../../contracts/council/interfaces/ICouncilStaking.sol";
import {Campaign} from "../utils/Campaign.sol";
import {Tally} from "../utils/Tally.sol";
import {Check} from "../utils/Check.sol";
import {CouncilAuditor} from "./CouncilAuditor.sol";
import {CouncilHandler} from "./CouncilHandler.sol";
import {Tiers} from "./Tiers.sol";

/// @dev The handler, as a contract of this file: the runner finds a target by the artifacts of the files it was given.
contract CouncilUsers is CouncilHandler {
    constructor(LockTier[5] memory tiers) CouncilHandler(tiers) {}
}

/// @title What holds in a council after any sequence of calls and time
/// @dev What a call brings about is compared by the handler, what stays by the auditor.
abstract contract CouncilUnderAttack is Campaign {
    // In calls. What went wrong mostly stays wrong until the next audit, and each call compares what it brings about.
    uint256 private constant TOTALS_INTERVAL = 4;
    uint256 private constant AUDIT_INTERVAL = 32;
    uint256 private constant PASTS = 8;

    CouncilUsers private _users;
    CouncilAuditor private _auditor;

    function setUp() public {
        _users = new CouncilUsers(_tiers());
        _auditor = new CouncilAuditor(_users);
    }

    function invariant_N1toN6_allHoldAtOnce() public view atPace {
        uint256 count = _users.callCount();
        if (count % AUDIT_INTERVAL == 0) {
            _auditor.assertPositions(0, 1);
            _auditor.assertPast(count % PASTS, PASTS);
        }
        if (count % TOTALS_INTERVAL == 0) _assertTotals();
    }

    /// @dev However a run ends, all of it holds, everybody leaves, and all of the past is what it was.
    function afterInvariant() public {
        _assertTotals();
        _auditor.assertPositions(0, 1);
        _users.everybodyLeaves();
        _auditor.assertStakes();
        _auditor.assertRewards();
        _auditor.assertShares();
        _auditor.assertPast(0, 1);
        Check.equal(_users.staking().totalStaked(), 0, "staked in the end");
    }

    function _assertTotals() private view {
        _auditor.assertStakes();
        _auditor.assertRewards();
        _auditor.assertShares();
        _auditor.assertSupply();
    }

    /// @dev Locks, and what they multiply.
    function _tiers() internal pure virtual returns (LockTier[5] memory);

    function _handler() internal view override returns (Tally) {
        return _users;
    }

    function _actions() internal pure override returns (bytes4[] memory selectors) {
        selectors = new bytes4[](20);
        for (uint256 i = 0; i < 3; ++i) {
            selectors[i] = CouncilHandler.stake.selector;
            selectors[3 + i] = CouncilHandler.warp.selector;
        }
        selectors[6] = CouncilHandler.poke.selector;
        selectors[7] = CouncilHandler.extendLock.selector;
        selectors[8] = CouncilHandler.unstake.selector;
        selectors[9] = CouncilHandler.unstake.selector;
        selectors[10] = CouncilHandler.delegate.selector;
        selectors[11] = CouncilHandler.fund.selector;
        selectors[12] = CouncilHandler.donate.selector;
        selectors[13] = CouncilHandler.startPeriod.selector;
        selectors[14] = CouncilHandler.claim.selector;
        selectors[15] = CouncilHandler.compound.selector;
        selectors[16] = CouncilHandler.record.selector;
        selectors[17] = CouncilHandler.pokeAccount.selector;
        selectors[18] = CouncilHandler.mint.selector;
        selectors[19] = CouncilHandler.burn.selector;
    }
}

/// @dev Tiers as the deployment has them.
contract UsualTiersInvariantsTest is CouncilUnderAttack {
    function _tiers() internal pure override returns (LockTier[5] memory) {
        return Tiers.byDefault();
    }
}

/// @dev Locks of 0, 2, 9, 268 and 325 days; multipliers at which rounding shows, the last two alike.
contract OtherTiersInvariantsTest is CouncilUnderAttack {
    uint256 private constant SEED = 1;

    function _tiers() internal pure override returns (LockTier[5] memory) {
        return Tiers.random(SEED);
    }
}
