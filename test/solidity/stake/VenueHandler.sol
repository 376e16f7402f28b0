// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";

import {Side} from "../../../contracts/shared/Side.sol";
import {IConvictionMarket} from "../../../contracts/stake/interfaces/IConvictionMarket.sol";
import {IStakeVault} from "../../../contracts/stake/interfaces/IStakeVault.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";
import {vm} from "../utils/Vm.sol";
import {StakeFixtures} from "./StakeFixtures.sol";
import {Traders} from "./Traders.sol";
import {VaultStore} from "./VaultStore.sol";

/// @title Traders of a venue, beside a serum that takes and gives stake as it likes
abstract contract VenueHandler is Traders {
    using Bounded for uint256;

    enum Action {
        CreatePool,
        Buy,
        Sell,
        SellWhole,
        Deposit,
        Withdraw,
        Lose,
        Win,
        RaiseVoice,
        Donate
    }

    enum Attempt {
        BuyUnitsTooFew,
        BuyWithoutPool,
        BuyWithSkimTooLarge,
        BuyBeyondReserve,
        BuyBeyondEncumbrance,
        BuySlipping,
        BuyPaused,
        BuyWithoutAllowance,
        SellNothing,
        SellWithoutPool,
        SellMoreThanHeld,
        SellSlipping,
        QuoteNothing,
        QuoteMoreThanSupply,
        CreatePoolAgain,
        CreatePoolOfNoClaim,
        CreatePoolPaused
    }

    enum Outcome {
        PositionGrown,
        LockShrunk,
        SkimPaid,
        ReserveAtItsLimit,
        SaleForNothing,
        SideClosed,
        PoolEmptied,
        PoolRefilled,
        BothSidesHeld,
        LocksAboveStake,
        LocksHealed
    }

    uint256 private constant USERS = 4;
    uint256 private constant MODERATE = 2 ** 60;

    address private immutable _serum;
    mapping(bytes32 claimId => bool) private _isEmptied; // by its last sale

    /// @param serum_ To whom the vault is bound as serum.
    constructor(IConvictionMarket venue_, address serum_) VaultStore(USERS) Traders(venue_) {
        _serum = serum_;
        _createPool(StakeFixtures.claim(0));
    }

    function lengthOf(Kind kind) external pure override returns (uint256) {
        if (kind == Kind.Action) return uint256(type(Action).max) + 1;
        if (kind == Kind.Attempt) return uint256(type(Attempt).max) + 1;
        return uint256(type(Outcome).max) + 1;
    }

    /* TRADE */

    function createPool(uint256 claimSeed) external counted {
        bytes32 claimId = StakeFixtures.claim(claimSeed % StakeFixtures.CLAIMS);
        if (!_pools[claimId].exists) _createPool(claimId);
    }

    /// @dev Mostly moderate amounts, at times what the pool just holds, or a unit more, or what no pool holds.
    function buy(uint256 placeSeed, uint256 amountSeed) external counted {
        (address user, bytes32 claimId, Side side) = _place(placeSeed);
        uint256 amount = amountSeed.ofAnySize(AMOUNT_PER_LOCK, MODERATE);
        uint256 choice = (placeSeed >> 128) % 32;
        if (choice == 0) amount = (amountSeed >> 8).ofAnySize(0, type(uint256).max);
        else if (choice == 1) amount = (amountSeed >> 8).ofAnySize(0, 2 * MAX_AMOUNT);
        else if (choice == 2) amount = _amountThatFills(user, claimId, side) + (amountSeed % 2);
        uint256 held = _holdingOf[user][claimId][side];
        uint256 lockBefore = vault.lockOf(user, claimId, side);
        uint256 skimmedBefore = _flow.skimmed;
        bool wasShort = _stakeOf[user] < expectedLocked(user);
        bool wasEmptied = _isEmptied[claimId];

        bytes memory refusal = _buy(user, claimId, side, amount);
        if (refusal.length > 0) return _noteRefusedPurchase(refusal);
        if (held > 0) _noteOutcome(Outcome.PositionGrown);
        if (amount / AMOUNT_PER_LOCK < lockBefore) _noteOutcome(Outcome.LockShrunk);
        if (_flow.skimmed > skimmedBefore) _noteOutcome(Outcome.SkimPaid);
        if (_pools[claimId].reserve == MAX_AMOUNT) _noteOutcome(Outcome.ReserveAtItsLimit);
        if (wasShort) _noteOutcome(Outcome.LocksHealed);
        if (wasEmptied) _noteOutcome(Outcome.PoolRefilled);
        _isEmptied[claimId] = false;
        if (_holdingOf[user][claimId][Side(1 - uint256(side))] > 0) _noteOutcome(Outcome.BothSidesHeld);
        _noteAction(Action.Buy);
    }

    function sell(uint256 placeSeed, uint256 tokensSeed) external counted {
        (address user, bytes32 claimId, Side side, uint256 held) = _findHolding(placeSeed);
        if (held > 0) _sellSome(user, claimId, side, tokensSeed.ofAnySize(1, held));
    }

    function sellWhole(uint256 placeSeed) external counted {
        (address user, bytes32 claimId, Side side, uint256 held) = _findHolding(placeSeed);
        if (held == 0) return;
        _sellSome(user, claimId, side, held);
        _noteAction(Action.SellWhole);
    }

    /* STAKE */

    function deposit(uint256 userSeed, uint256 amountSeed) external counted {
        if (_deposit(_user(userSeed), amountSeed.ofAnySize(1, MODERATE))) _noteAction(Action.Deposit);
    }

    function withdraw(uint256 userSeed, uint256 amountSeed) external counted {
        address user = _user(userSeed);
        uint256 withdrawable = expectedWithdrawable(user);
        if (withdrawable == 0) return;
        _withdraw(user, amountSeed.ofAnySize(1, withdrawable));
        _noteAction(Action.Withdraw);
    }

    function lose(uint256 userSeed, uint256 amountSeed) external counted {
        (address user, uint256 amount) = (_user(userSeed), amountSeed.ofAnySize(1, MODERATE));
        vm.prank(_serum);
        uint256 taken = vault.debit(user, amount);
        Check.equal(taken, _recordDebit(user, amount), "taken");
        if (_stakeOf[user] < expectedLocked(user)) _noteOutcome(Outcome.LocksAboveStake);
        _noteAction(Action.Lose);
    }

    function win(uint256 userSeed, uint256 amountSeed) external counted {
        (address user, uint256 amount) = (_user(userSeed), amountSeed.ofAnySize(0, expectedPots()));
        vm.prank(_serum);
        vault.credit(user, amount);
        _recordCredit(user, amount);
        _noteAction(Action.Win);
    }

    /// @dev At times so much that no lock fits beside it.
    function raiseVoice(uint256 placeSeed, uint256 amountSeed) external counted {
        (address user, bytes32 claimId, ) = _place(placeSeed);
        uint256 amount = amountSeed.ofAnySize(0, (placeSeed >> 128) % 16 == 0 ? MAX_AMOUNT : MODERATE);
        if (_riskRefusal(user, claimId, amount).length > 0) return;
        vm.prank(_serum);
        vault.setAtRisk(user, claimId, amount);
        _recordRisk(user, claimId, amount);
        _noteAction(Action.RaiseVoice);
    }

    function donate(uint256 amountSeed) external counted {
        uint256 amount = amountSeed.ofAnySize(1, MAX_AMOUNT);
        token.mint(address(venue), amount);
        _donatedToVenue += amount;
        _noteAction(Action.Donate);
    }

    /* ATTEMPTS */

    function attemptInvalid(uint256 kindSeed, uint256 seed) external counted {
        Attempt kind = Attempt(kindSeed.within(uint256(Attempt.BuySlipping), uint256(type(Attempt).max)));
        bool wasMade =
            kind <= Attempt.BuyWithoutAllowance
                ? _attemptPurchase(kind, seed)
                : kind <= Attempt.QuoteMoreThanSupply
                    ? _attemptSale(kind, seed)
                    : _attemptPool(kind, seed);
        if (wasMade) _noteAttempt(kind);
    }

    function _attemptPurchase(Attempt kind, uint256 seed) private returns (bool) {
        (address user, bytes32 claimId, Side side) = _place(seed);
        uint256 amount = seed.ofAnySize(AMOUNT_PER_LOCK, MODERATE);
        bytes memory call = abi.encodeCall(IConvictionMarket.buy, (claimId, side, amount, 0));
        if (kind == Attempt.BuyPaused) {
            _refusedWhilePaused(user, call);
            return true;
        }
        if (_purchaseRefusal(user, claimId, side, amount).length > 0) return false;
        if (kind == Attempt.BuyWithoutAllowance) {
            vm.prank(user);
            token.approve(address(venue), amount - 1);
            bytes4 selector = IERC20Errors.ERC20InsufficientAllowance.selector;
            _refused(user, address(venue), call, abi.encodeWithSelector(selector, venue, amount - 1, amount));
            vm.prank(user);
            token.approve(address(venue), type(uint256).max);
            return true;
        }
        (uint256 tokens, ) = venue.quoteBuy(user, claimId, side, amount);
        call = abi.encodeCall(IConvictionMarket.buy, (claimId, side, amount, tokens + 1));
        bytes4 slipped = IConvictionMarket.SlippageExceeded.selector;
        _refused(user, address(venue), call, abi.encodeWithSelector(slipped, tokens, tokens + 1));
        return true;
    }

    function _attemptSale(Attempt kind, uint256 seed) private returns (bool) {
        (address user, bytes32 claimId, Side side, uint256 held) = _findHolding(seed);
        if (kind == Attempt.SellNothing || kind == Attempt.QuoteNothing) {
            bytes memory nothing = abi.encodeWithSelector(IConvictionMarket.TokensZero.selector);
            _refused(user, address(venue), _saleCall(kind == Attempt.SellNothing, claimId, side, 0, 0), nothing);
            return true;
        }
        if (kind == Attempt.SellWithoutPool) {
            bytes32 noClaim = keccak256(abi.encode(seed));
            bytes memory unknown = abi.encodeWithSelector(IConvictionMarket.PoolUnknown.selector, noClaim);
            _refused(user, address(venue), _saleCall(true, noClaim, side, 1, 0), unknown);
            return true;
        }
        if (held == 0) return false;
        if (kind == Attempt.SellSlipping) {
            uint256 amount = venue.quoteSell(claimId, side, held);
            bytes4 slipped = IConvictionMarket.SlippageExceeded.selector;
            bytes memory refusal = abi.encodeWithSelector(slipped, amount, amount + 1);
            _refused(user, address(venue), _saleCall(true, claimId, side, held, amount + 1), refusal);
            return true;
        }
        bool isSale = kind == Attempt.SellMoreThanHeld;
        (uint256 most, ) = isSale ? (held, 0) : _supplies(claimId, side);
        uint256 tokens = seed.ofAnySize(most + 1, type(uint256).max);
        bytes memory tooMany = abi.encodeWithSelector(IConvictionMarket.HoldingExceeded.selector, tokens, most);
        _refused(user, address(venue), _saleCall(isSale, claimId, side, tokens, 0), tooMany);
        return true;
    }

    function _attemptPool(Attempt kind, uint256 seed) private returns (bool) {
        bytes32 claimId = StakeFixtures.claim(0);
        bytes memory refusal = abi.encodeWithSelector(IConvictionMarket.PoolAlreadyExists.selector, claimId);
        if (kind == Attempt.CreatePoolOfNoClaim) {
            claimId = keccak256(abi.encode(seed));
            refusal = abi.encodeWithSelector(IConvictionMarket.ClaimUnknown.selector, claimId);
        }
        bytes memory call = abi.encodeCall(IConvictionMarket.createPool, (claimId));
        if (kind == Attempt.CreatePoolPaused) _refusedWhilePaused(_user(seed), call);
        else _refused(_user(seed), address(venue), call, refusal);
        return true;
    }

    function _refusedWhilePaused(address user, bytes memory call) private {
        IConvictionMarket(address(venue)).pauseEntries();
        _refused(user, address(venue), call, abi.encodeWithSelector(Pausable.EnforcedPause.selector));
        IConvictionMarket(address(venue)).unpauseEntries();
    }

    /* INTERNAL */

    function _createPool(bytes32 claimId) private {
        venue.createPool(claimId);
        _recordPool(claimId);
        _noteAction(Action.CreatePool);
    }

    function _sellSome(address user, bytes32 claimId, Side side, uint256 tokens) private {
        if (_sell(user, claimId, side, tokens) == 0) _noteOutcome(Outcome.SaleForNothing);
        if (_holdingOf[user][claimId][side] == 0) _noteOutcome(Outcome.SideClosed);
        if (_pools[claimId].long + _pools[claimId].short == 0) {
            Check.equal(_pools[claimId].reserve, 0, "the last token leaves a reserve");
            _isEmptied[claimId] = true;
            _noteOutcome(Outcome.PoolEmptied);
        }
        _noteAction(Action.Sell);
    }

    function _noteRefusedPurchase(bytes memory refusal) private {
        bytes4 selector = bytes4(refusal);
        if (selector == IConvictionMarket.AmountTooSmall.selector) _noteAttempt(Attempt.BuyUnitsTooFew);
        else if (selector == IConvictionMarket.PoolUnknown.selector) _noteAttempt(Attempt.BuyWithoutPool);
        else if (selector == IConvictionMarket.SkimTooLarge.selector) _noteAttempt(Attempt.BuyWithSkimTooLarge);
        else if (selector == IConvictionMarket.ReserveTooLarge.selector) _noteAttempt(Attempt.BuyBeyondReserve);
        else if (selector == IStakeVault.EncumbranceTooLarge.selector) _noteAttempt(Attempt.BuyBeyondEncumbrance);
    }

    /// @dev What fills the pool to the last unit where nothing is skimmed.
    function _amountThatFills(address user, bytes32 claimId, Side side) private returns (uint256 amount) {
        amount = MAX_AMOUNT - _pools[claimId].reserve;
        if (amount < AMOUNT_PER_LOCK) return amount;
        uint256 skim = _expectedSkim(user, claimId, side, amount / AMOUNT_PER_LOCK);
        if (skim > 0) _deposit(user, skim);
    }

    function _saleCall(
        bool isSale,
        bytes32 claimId,
        Side side,
        uint256 tokens,
        uint256 minAmount
    ) private pure returns (bytes memory) {
        return
            isSale
                ? abi.encodeCall(IConvictionMarket.sell, (claimId, side, tokens, minAmount))
                : abi.encodeCall(IConvictionMarket.quoteSell, (claimId, side, tokens));
    }

    function _user(uint256 seed) private view returns (address) {
        return _users[seed % USERS];
    }

    function _place(uint256 seed) private view returns (address user, bytes32 claimId, Side side) {
        user = _user(seed >> 32);
        claimId = StakeFixtures.claim((seed >> 64) % StakeFixtures.CLAIMS);
        side = Side((seed >> 96) % 2);
    }

    function _noteAction(Action action) private {
        _note(Kind.Action, uint256(action));
    }

    function _noteAttempt(Attempt attempt) private {
        _note(Kind.Attempt, uint256(attempt));
    }

    function _noteOutcome(Outcome outcome) private {
        _note(Kind.Outcome, uint256(outcome));
    }
}
