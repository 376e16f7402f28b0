// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IBeliefMarket, MarketParams} from "../../../contracts/market/interfaces/IBeliefMarket.sol";
import {Pace} from "../utils/Pace.sol";
import {PlainToken} from "../utils/PlainToken.sol";
import {vm} from "../utils/Vm.sol";
import {MarketAuditor} from "./MarketAuditor.sol";
import {MarketFixtures} from "./MarketFixtures.sol";
import {MarketHandler} from "./MarketHandler.sol";

/// @dev The handler, as a contract of this file: the runner finds a target by the artifacts of the files it was given.
contract MarketUsers is MarketHandler {
    constructor(
        IBeliefMarket market_,
        PlainToken token_,
        uint256 authorCommitment
    ) MarketHandler(market_, token_, authorCommitment) {}
}

/// @title A market that a handler acts on and an auditor examines
/// @dev What the markets below share is compiled once, in `MarketAuditor`.
abstract contract MarketUnderAttack {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    MarketHandler internal handler;
    MarketAuditor internal auditor;

    /// @dev For invariants.
    modifier atPace() {
        if (Pace.isDue(handler.callCount())) _;
    }

    /* SET-UP */

    function setUp() public {
        (uint8 decimals, MarketParams memory params, uint256 authorCommitment) = _setting();
        (IBeliefMarket market, PlainToken token) = MarketFixtures.deploy(decimals, params, authorCommitment);
        handler = new MarketUsers(market, token, authorCommitment);
        auditor = new MarketAuditor(handler);
    }

    /// @dev Decimals of the asset, rules of the market, and what its author commits.
    function _setting() internal pure virtual returns (uint8, MarketParams memory, uint256);

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() public view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector({addr: address(handler), selectors: _actions()});
    }

    function _actions() internal pure returns (bytes4[] memory selectors) {
        selectors = new bytes4[](10);
        selectors[0] = MarketHandler.commitSupport.selector;
        selectors[1] = MarketHandler.commitOppose.selector;
        selectors[2] = MarketHandler.claimRewards.selector;
        selectors[3] = MarketHandler.withdraw.selector;
        selectors[4] = MarketHandler.exitEarly.selector;
        selectors[5] = MarketHandler.distribute.selector;
        selectors[6] = MarketHandler.donate.selector;
        selectors[7] = MarketHandler.warp.selector;
        selectors[8] = MarketHandler.attemptInvalid.selector;
        selectors[9] = MarketHandler.releaseExcess.selector;
    }

    function afterInvariant() public {
        auditor.assertEverybodyGetsOut();
    }

    /// @dev An invariant over a handler that does nothing holds as well: this drives it and looks at what it did.
    function test_rehearsalReachesEveryActionAttemptAndOutcome() public {
        auditor.rehearse(_actions());
    }
}

/// @title What holds in a market after any sequence of calls and time
/// @dev Ids and sentences: docs/properties.md. The runner discards what an invariant changes. Each property has a
/// campaign of its own.
abstract contract MarketInvariants is MarketUnderAttack {
    function invariant_M1_assetsCoverPrincipalAndRewards() public view atPace {
        auditor.assertAssetsCoverPrincipalAndRewards();
    }

    function invariant_M2_weightIsSumOfPrincipalTimesAge() public view atPace {
        auditor.assertWeightIsSumOfPrincipalTimesAge();
    }

    function invariant_M3_lastWithdrawalNeverFails() public atPace {
        auditor.assertLastWithdrawalNeverFails();
    }

    function invariant_M5_principalComesBackWholeAfterItsLock() public atPace {
        auditor.assertPrincipalComesBackWholeAfterItsLock();
    }

    function invariant_M6_everyUnitIsAccountedFor() public view atPace {
        auditor.assertEveryUnitIsAccountedFor();
    }

    function invariant_M7_positionsKeepTheirTermsAndStayWithinTheirCap() public view atPace {
        auditor.assertPositionsKeepTheirTermsAndStayWithinTheirCap();
    }
}

/// @title The same properties in one campaign, for markets under rules at the edges
abstract contract MarketInvariantsAtOnce is MarketUnderAttack {
    function invariant_M1toM7_allHoldAtOnce() public atPace {
        auditor.assertAssetsCoverPrincipalAndRewards();
        auditor.assertWeightIsSumOfPrincipalTimesAge();
        auditor.assertEveryUnitIsAccountedFor();
        auditor.assertPositionsKeepTheirTermsAndStayWithinTheirCap();
        // Both close positions, so that only one of them can look at the market as it is.
        if (handler.callCount() % 2 == 0) auditor.assertLastWithdrawalNeverFails();
        else auditor.assertPrincipalComesBackWholeAfterItsLock();
    }
}

/// @dev The rules of a local deployment on a 6-decimals asset; the author commits 1,000.
contract UsualMarketInvariantsTest is MarketInvariants {
    function _setting() internal pure override returns (uint8, MarketParams memory, uint256) {
        uint256 unit = MarketFixtures.SIX_DECIMALS_UNIT;
        return (6, MarketFixtures.usual(unit), 1_000 * unit);
    }
}

/// @dev Stakes of 1 unit beside stakes of 2^96 - 1, the highest fees, a pool as large as the principal: rewards per
/// weight outgrow every packed slot. The author commits 5 units and pays a premium of 1.
contract BoundlessMarketInvariantsTest is MarketInvariantsAtOnce {
    // 126 bits with a sign.
    uint256 private constant MAX_PACKED_CHECKPOINT = 2 ** 125 - 1;

    function _setting() internal pure override returns (uint8, MarketParams memory, uint256) {
        return (0, MarketFixtures.boundless(), 5);
    }

    /// @dev Accumulators and checkpoints are exercised beyond their packed slots, not only within them.
    function test_rehearsalOutgrowsThePackedSlots() public {
        auditor.rehearse(_actions());
        IBeliefMarket.MarketState memory s = auditor.market().state();
        vm.assertGt(s.rewardPerWeight, type(uint104).max, "accumulator B fits its packed slot");
        vm.assertGt(s.timeRewardPerWeight, MAX_PACKED_CHECKPOINT, "the first checkpoint fits its packed slots");
    }
}

/// @dev An 18-decimals asset under caps of one basis point: fees are cut, rewards are excess, undistributed rewards go
/// round and round. No early exit, four years of lock.
contract TightMarketInvariantsTest is MarketInvariantsAtOnce {
    function _setting() internal pure override returns (uint8, MarketParams memory, uint256) {
        return (18, MarketFixtures.tight(), 1_000 * MarketFixtures.EIGHTEEN_DECIMALS_UNIT);
    }
}
