// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Side} from "../../../contracts/shared/Side.sol";
import {IConvictionMarket} from "../../../contracts/stake/interfaces/IConvictionMarket.sol";
import {IStakeVault} from "../../../contracts/stake/interfaces/IStakeVault.sol";
import {Check} from "../utils/Check.sol";
import {PlainToken} from "../utils/PlainToken.sol";
import {vm} from "../utils/Vm.sol";
import {PoolStore} from "./PoolStore.sol";
import {StakeFixtures} from "./StakeFixtures.sol";
import {Tally} from "../utils/Tally.sol";

/// @title People who stake and trade
/// @dev Each function makes one call, compares what it gave with the store, or sees it refused with the error and facts
/// that the store computed. They pay with tokens that are minted for it.
abstract contract Traders is PoolStore, Tally {
    IStakeVault public immutable vault;
    IConvictionMarket public immutable venue;
    PlainToken public immutable token;

    constructor(IConvictionMarket venue_) {
        (venue, vault, token) = (venue_, venue_.vault(), PlainToken(address(venue_.asset())));
        for (uint256 i = 0; i < _users.length; ++i) {
            vm.startPrank(_users[i]);
            token.approve(address(vault), type(uint256).max);
            token.approve(address(venue), type(uint256).max);
            vm.stopPrank();
        }
    }

    /* STAKE */

    function _deposit(address user, uint256 amount) internal returns (bool isDone) {
        bytes memory refusal = _depositRefusal(amount);
        if (refusal.length == 0) token.mint(user, amount);
        (isDone, ) = _perform(user, address(vault), abi.encodeCall(IStakeVault.deposit, (amount)), refusal);
        if (isDone) _recordDeposit(user, amount);
    }

    function _withdraw(address user, uint256 amount) internal returns (bool isDone) {
        bytes memory refusal = _withdrawalRefusal(user, amount);
        (isDone, ) = _perform(user, address(vault), abi.encodeCall(IStakeVault.withdraw, (amount)), refusal);
        if (isDone) _recordWithdrawal(user, amount);
    }

    function _donateToVault(uint256 amount) internal {
        token.mint(address(vault), amount);
        _recordDonation(amount);
    }

    /* TRADE */

    /// @dev Buys with the tokens that a quote promised as the least to accept.
    function _buy(address user, bytes32 claimId, Side side, uint256 amount) internal returns (bytes memory refusal) {
        refusal = _purchaseRefusal(user, claimId, side, amount);
        uint256 promised = _quotePurchase(user, claimId, side, amount, refusal);
        if (refusal.length == 0) token.mint(user, amount);
        bytes memory call = abi.encodeCall(IConvictionMarket.buy, (claimId, side, amount, promised));
        (bool isDone, bytes memory answer) = _perform(user, address(venue), call, refusal);
        if (!isDone) return refusal;

        uint256 lock = amount / AMOUNT_PER_LOCK;
        (uint256 tokens, uint256 skim) = abi.decode(answer, (uint256, uint256));
        Check.equal(tokens, promised, "tokens are those of the quote");
        Check.equal(skim, _expectedSkim(user, claimId, side, lock), "skim");
        Check.atLeast(tokens, amount - skim, "a token costs more than a unit");
        _recordLock(user, claimId, side, lock);
        _recordPurchase(user, claimId, side, amount - skim, tokens);
        Check.atLeast(vault.totalStake(user), vault.encumbered(user), "stake covers what is encumbered");
    }

    /// @dev Sells for the amount that a quote promised as the least to accept.
    function _sell(address user, bytes32 claimId, Side side, uint256 tokens) internal returns (uint256 amount) {
        uint256 promised = venue.quoteSell(claimId, side, tokens);
        uint256 before = token.balanceOf(user);
        vm.prank(user);
        amount = venue.sell(claimId, side, tokens, promised);
        Check.equal(amount, promised, "amount is that of the quote");
        Check.equal(token.balanceOf(user) - before, amount, "sale paid");
        _recordSale(user, claimId, side, tokens, amount);
    }

    /// @dev The first position with tokens, from a place that `seed` names.
    function _findHolding(uint256 seed) internal view returns (address user, bytes32 claimId, Side side, uint256 held) {
        uint256 places = _users.length * StakeFixtures.CLAIMS * 2;
        for (uint256 i = 0; i < places; ++i) {
            uint256 place = addmod(seed, i, places);
            side = Side(place % 2);
            claimId = StakeFixtures.claim((place / 2) % StakeFixtures.CLAIMS);
            user = _users[place / 2 / StakeFixtures.CLAIMS];
            held = _holdingOf[user][claimId][side];
            if (held > 0) return (user, claimId, side, held);
        }
    }

    /// @dev Tokens that `quoteBuy` promises, with the skim that the store computed; refused as the purchase is.
    function _quotePurchase(
        address user,
        bytes32 claimId,
        Side side,
        uint256 amount,
        bytes memory refusal
    ) private view returns (uint256 tokens) {
        bytes memory call = abi.encodeCall(IConvictionMarket.quoteBuy, (user, claimId, side, amount));
        (bool isDone, bytes memory answer) = address(venue).staticcall(call);
        Check.equal(isDone, refusal.length == 0, "a quote is refused as the purchase is");
        if (!isDone) {
            Check.equal(answer, refusal, "a quote is refused for another reason");
            return 0;
        }
        uint256 skim;
        (tokens, skim) = abi.decode(answer, (uint256, uint256));
        Check.equal(skim, _expectedSkim(user, claimId, side, amount / AMOUNT_PER_LOCK), "quoted skim");
    }
}
