// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {Side} from "../../../contracts/shared/Side.sol";
import {IStakeVault} from "../../../contracts/stake/interfaces/IStakeVault.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";
import {PlainToken} from "../utils/PlainToken.sol";
import {vm} from "../utils/Vm.sol";
import {StakeFixtures} from "./StakeFixtures.sol";
import {Tally} from "../utils/Tally.sol";
import {VaultStore} from "./VaultStore.sol";

/// @title Users of a vault, and a venue and a serum that keep to no rule
/// @dev Every call is made with amounts of any size, and either does what the store computed or is refused with the
/// error and facts that the store computed.
abstract contract VaultHandler is VaultStore, Tally {
    using Bounded for uint256;

    enum Action {
        Deposit,
        Withdraw,
        SetLock,
        SetAtRisk,
        Debit,
        Credit,
        Donate,
        Govern
    }

    enum Attempt {
        DepositZero,
        DepositTooLarge,
        WithdrawZero,
        WithdrawEncumbered,
        LockTooLarge,
        SkimTooLarge,
        RiskTooLarge,
        CreditTooLarge,
        VenueWithoutAllowance,
        VenueWithoutTokens,
        LockByStranger,
        RiskByStranger,
        DebitByStranger,
        CreditByStranger,
        BindAgain,
        BindByStranger
    }

    enum Outcome {
        StakeAtItsLimit,
        EncumbranceAtItsLimit,
        SkimPulled,
        SideClosed,
        LocksAboveStake,
        RiskAboveLocks,
        RiskUnchanged,
        LossCutByStake,
        LossOfNothing,
        PotsEmptied,
        StakeTakenWhole
    }

    /// @dev What governance may do to the vault after it was bound.
    enum Rule {
        RevokeVenue,
        RevokeSerum,
        GrantToStranger,
        CloseVault,
        OpenVault,
        MoveSelectors
    }

    uint256 internal constant VENUE_TOKENS = 2 ** 200;
    uint256 private constant USERS = 4;
    uint256 private constant MODERATE = 2 ** 64;

    IStakeVault public immutable vault;
    PlainToken public immutable token;

    address private immutable _venue = _named("venue");
    address private immutable _serum = _named("serum");
    address private immutable _stranger = _named("stranger");
    IAccessManager private immutable _authority;

    constructor() VaultStore(USERS) {
        (vault, token) = StakeFixtures.deployVault();
        _authority = StakeFixtures.authorityOf(vault);
        StakeFixtures.bind(vault, _venue, _serum);
        token.mint(_venue, VENUE_TOKENS);
        vm.prank(_venue);
        token.approve(address(vault), type(uint256).max);
        for (uint256 i = 0; i < USERS; ++i) {
            vm.prank(_users[i]);
            token.approve(address(vault), type(uint256).max);
        }
    }

    function lengthOf(Kind kind) external pure override returns (uint256) {
        if (kind == Kind.Action) return uint256(type(Action).max) + 1;
        if (kind == Kind.Attempt) return uint256(type(Attempt).max) + 1;
        return uint256(type(Outcome).max) + 1;
    }

    /* USERS */

    function deposit(uint256 userSeed, uint256 amountSeed) external counted {
        (address user, uint256 amount) = (_user(userSeed), _anyAmount(amountSeed));
        if (amountSeed % 8 == 7) amount = MAX_AMOUNT - expectedStakes() - expectedPots() + ((amountSeed >> 8) % 2);
        bytes memory refusal = _depositRefusal(amount);
        if (refusal.length == 0) token.mint(user, amount);
        (bool isDone, ) = _perform(user, address(vault), abi.encodeCall(IStakeVault.deposit, (amount)), refusal);
        if (!isDone) return _noteAttempt(amount == 0 ? Attempt.DepositZero : Attempt.DepositTooLarge);

        _recordDeposit(user, amount);
        if (expectedStakes() + expectedPots() == MAX_AMOUNT) _noteOutcome(Outcome.StakeAtItsLimit);
        _noteAction(Action.Deposit);
    }

    /// @dev In two calls of four everything that may leave, or a unit more.
    function withdraw(uint256 userSeed, uint256 amountSeed) external counted {
        (address user, uint256 amount) = (_user(userSeed), _anyAmount(amountSeed));
        if (amountSeed % 4 < 2) amount = expectedWithdrawable(user) + (amountSeed % 2);
        bytes memory refusal = _withdrawalRefusal(user, amount);
        (bool isDone, ) = _perform(user, address(vault), abi.encodeCall(IStakeVault.withdraw, (amount)), refusal);
        if (!isDone) return _noteAttempt(amount == 0 ? Attempt.WithdrawZero : Attempt.WithdrawEncumbered);

        _recordWithdrawal(user, amount);
        if (_stakeOf[user] == 0) _noteOutcome(Outcome.StakeTakenWhole);
        _noteAction(Action.Withdraw);
    }

    function donate(uint256 amountSeed) external counted {
        uint256 amount = amountSeed.ofAnySize(1, MAX_AMOUNT);
        token.mint(address(vault), amount);
        _recordDonation(amount);
        _noteAction(Action.Donate);
    }

    /* VENUE */

    /// @dev One call of four closes the side.
    function setLock(uint256 placeSeed, uint256 lockSeed) external counted {
        (address user, bytes32 claimId, Side side) = _place(placeSeed);
        uint256 lock = (placeSeed >> 128) % 4 == 0 ? 0 : _anyAmount(lockSeed);
        bytes memory refusal = _lockRefusal(user, claimId, side, lock);
        uint256 before = token.balanceOf(_venue);
        _assertPreview(user, claimId, side, lock, refusal);
        bytes memory call = abi.encodeCall(IStakeVault.setLock, (user, claimId, side, lock));
        (bool isDone, bytes memory answer) = _perform(_venue, address(vault), call, refusal);
        if (!isDone) return _noteAttempt(lock > MAX_AMOUNT ? Attempt.LockTooLarge : _lockAttempt(refusal));

        uint256 skim = _expectedSkim(user, claimId, side, lock);
        Check.equal(abi.decode(answer, (uint256)), skim, "skim");
        Check.equal(before - token.balanceOf(_venue), skim, "skim is pulled from the venue");
        if (lock == 0 && _lockOf(user, claimId, side) > 0) _noteOutcome(Outcome.SideClosed);
        _recordLock(user, claimId, side, lock);
        if (skim > 0) _noteOutcome(Outcome.SkimPulled);
        if (lock > 0) Check.atLeast(vault.totalStake(user), vault.encumbered(user), "stake covers what is encumbered");
        if (expectedTotalEncumbered() == MAX_AMOUNT) _noteOutcome(Outcome.EncumbranceAtItsLimit);
        _noteAction(Action.SetLock);
    }

    /* SERUM */

    function setAtRisk(uint256 placeSeed, uint256 amountSeed) external counted {
        (address user, bytes32 claimId, ) = _place(placeSeed);
        Exposure memory e = _exposureOf[user][claimId];
        uint256 amount = _anyAmount(amountSeed);
        if (amountSeed % 8 == 7) amount = e.atRisk;
        if (amountSeed % 8 == 6) amount = _largestRisk(user, claimId) + ((amountSeed >> 8) % 2);
        bytes memory refusal = _riskRefusal(user, claimId, amount);
        bytes memory call = abi.encodeCall(IStakeVault.setAtRisk, (user, claimId, amount));
        (bool isDone, ) = _perform(_serum, address(vault), call, refusal);
        if (!isDone) return _noteAttempt(Attempt.RiskTooLarge);

        if (amount == e.atRisk) _noteOutcome(Outcome.RiskUnchanged);
        if (amount > e.long + e.short) _noteOutcome(Outcome.RiskAboveLocks);
        _recordRisk(user, claimId, amount);
        if (expectedTotalEncumbered() == MAX_AMOUNT) _noteOutcome(Outcome.EncumbranceAtItsLimit);
        _noteAction(Action.SetAtRisk);
    }

    function debit(uint256 userSeed, uint256 amountSeed) external counted {
        (address user, uint256 amount) = (_user(userSeed), _anyAmount(amountSeed));
        vm.prank(_serum);
        uint256 taken = vault.debit(user, amount);
        Check.equal(taken, _recordDebit(user, amount), "taken");
        if (taken < amount) _noteOutcome(Outcome.LossCutByStake);
        if (taken == 0) _noteOutcome(Outcome.LossOfNothing);
        if (_stakeOf[user] < expectedLocked(user)) _noteOutcome(Outcome.LocksAboveStake);
        _noteAction(Action.Debit);
    }

    /// @dev In two calls of four everything in the pots, or a unit more.
    function credit(uint256 userSeed, uint256 amountSeed) external counted {
        (address user, uint256 amount) = (_user(userSeed), _anyAmount(amountSeed));
        if (amountSeed % 4 < 2) amount = expectedPots() + (amountSeed % 2);
        bytes memory call = abi.encodeCall(IStakeVault.credit, (user, amount));
        (bool isDone, ) = _perform(_serum, address(vault), call, _creditRefusal(amount));
        if (!isDone) return _noteAttempt(Attempt.CreditTooLarge);

        _recordCredit(user, amount);
        if (amount > 0 && expectedPots() == 0) _noteOutcome(Outcome.PotsEmptied);
        _noteAction(Action.Credit);
    }

    /* GOVERNANCE AND STRANGERS */

    /// @dev Whatever the admin does with roles, the calls above go on as before.
    function govern(uint256 ruleSeed) external counted {
        Rule rule = Rule(ruleSeed.within(0, uint256(type(Rule).max)));
        if (rule == Rule.RevokeVenue) _authority.revokeRole(StakeFixtures.VENUE_ROLE, _venue);
        else if (rule == Rule.RevokeSerum) _authority.revokeRole(StakeFixtures.SERUM_ROLE, _serum);
        else if (rule == Rule.GrantToStranger) {
            _authority.grantRole(StakeFixtures.VENUE_ROLE, _stranger, 0);
            _authority.grantRole(StakeFixtures.SERUM_ROLE, _stranger, 0);
        } else if (rule == Rule.MoveSelectors) {
            bytes4[] memory selectors = new bytes4[](2);
            (selectors[0], selectors[1]) = (IStakeVault.withdraw.selector, IStakeVault.setLock.selector);
            _authority.setTargetFunctionRole(address(vault), selectors, uint64(ruleSeed >> 64));
        } else _authority.setTargetClosed(address(vault), rule == Rule.CloseVault);
        _noteAction(Action.Govern);
    }

    /// @dev A call that nobody but another may make, or that the venue cannot pay for.
    function attemptInvalid(uint256 kindSeed, uint256 seed) external counted {
        uint256 first = uint256(Attempt.VenueWithoutAllowance);
        Attempt kind = Attempt(kindSeed.within(first, uint256(type(Attempt).max)));
        if (kind <= Attempt.VenueWithoutTokens) {
            if (_attemptUnpaidSkim(kind, seed)) _noteAttempt(kind);
            return;
        }
        (address caller, bytes memory call, bytes memory refusal) = _intrusion(kind, seed);
        _refused(caller, address(vault), call, refusal);
        _noteAttempt(kind);
    }

    /* INTERNAL: ATTEMPTS */

    /// @dev Setting locks is the venue's alone, all else the serum's: neither may do what the other does.
    function _intrusion(
        Attempt kind,
        uint256 seed
    ) private view returns (address caller, bytes memory call, bytes memory refusal) {
        (address user, bytes32 claimId, Side side) = _place(seed);
        uint256 amount = _anyAmount(seed >> 16);
        if (kind == Attempt.BindAgain || kind == Attempt.BindByStranger) return _bindAgain(kind);

        bool isLock = kind == Attempt.LockByStranger;
        address[4] memory callers = [_stranger, user, address(this), isLock ? _serum : _venue];
        caller = callers[(seed >> 8) % 4];
        refusal =
            isLock
                ? abi.encodeWithSelector(IStakeVault.NotVenue.selector, caller, _venue)
                : abi.encodeWithSelector(IStakeVault.NotSerum.selector, caller, _serum);
        if (isLock) call = abi.encodeCall(IStakeVault.setLock, (user, claimId, side, amount));
        else if (kind == Attempt.RiskByStranger) call = abi.encodeCall(IStakeVault.setAtRisk, (user, claimId, amount));
        else if (kind == Attempt.DebitByStranger) call = abi.encodeCall(IStakeVault.debit, (user, amount));
        else call = abi.encodeCall(IStakeVault.credit, (user, amount));
    }

    function _bindAgain(Attempt kind) private view returns (address caller, bytes memory call, bytes memory refusal) {
        call = abi.encodeCall(IStakeVault.bind, (_stranger, _stranger));
        bool isClosed = _authority.isTargetClosed(address(vault));
        caller = kind == Attempt.BindAgain && !isClosed ? address(this) : _stranger;
        refusal =
            caller == _stranger
                ? abi.encodeWithSignature("AccessManagedUnauthorized(address)", _stranger)
                : abi.encodeWithSelector(IStakeVault.AlreadyBound.selector, _venue, _serum);
    }

    /// @dev A venue that has not allowed the skim, or has not got it, brings the whole change down.
    function _attemptUnpaidSkim(Attempt kind, uint256 seed) private returns (bool) {
        (address user, bytes32 claimId, Side side) = _place(seed);
        uint256 lock = seed.ofAnySize(1, MODERATE);
        uint256 skim = _expectedSkim(user, claimId, side, lock);
        if (skim == 0 || _lockRefusal(user, claimId, side, lock).length > 0) return false;

        bytes memory call = abi.encodeCall(IStakeVault.setLock, (user, claimId, side, lock));
        uint256 balance = token.balanceOf(_venue);
        if (kind == Attempt.VenueWithoutAllowance) {
            vm.prank(_venue);
            token.approve(address(vault), skim - 1);
            bytes4 selector = IERC20Errors.ERC20InsufficientAllowance.selector;
            _refused(_venue, address(vault), call, abi.encodeWithSelector(selector, vault, skim - 1, skim));
            vm.prank(_venue);
            token.approve(address(vault), type(uint256).max);
        } else {
            vm.prank(_venue);
            token.transfer(address(this), balance - skim + 1);
            bytes4 selector = IERC20Errors.ERC20InsufficientBalance.selector;
            _refused(_venue, address(vault), call, abi.encodeWithSelector(selector, _venue, skim - 1, skim));
            token.transfer(_venue, balance - skim + 1);
        }
        return true;
    }

    function _assertPreview(address user, bytes32 claimId, Side side, uint256 lock, bytes memory refusal) private view {
        bytes memory call = abi.encodeCall(IStakeVault.previewSkim, (user, claimId, side, lock));
        (bool isDone, bytes memory answer) = address(vault).staticcall(call);
        Check.equal(isDone, refusal.length == 0, "preview is refused as the change is");
        bytes memory expected = isDone ? abi.encode(_expectedSkim(user, claimId, side, lock)) : refusal;
        Check.equal(answer, expected, "preview");
    }

    /* INTERNAL: DRAWS */

    function _user(uint256 seed) private view returns (address) {
        return _users[seed % USERS];
    }

    function _place(uint256 seed) private view returns (address user, bytes32 claimId, Side side) {
        user = _user(seed >> 32);
        claimId = StakeFixtures.claim((seed >> 64) % StakeFixtures.CLAIMS);
        side = Side((seed >> 96) % 2);
    }

    /// @dev Mostly such that many fit in the vault, at times one that fills it, at times one that no vault holds.
    function _anyAmount(uint256 seed) private pure returns (uint256) {
        uint256 choice = (seed >> 3) % 8;
        uint256 max =
            choice == 0
                ? type(uint256).max
                : choice == 1
                    ? MAX_AMOUNT
                    : MODERATE;
        return (seed >> 6).ofAnySize(0, max);
    }

    /// @dev The most that may be at risk there, or no more than the locks already encumber.
    function _largestRisk(address user, bytes32 claimId) private view returns (uint256) {
        Exposure memory e = _exposureOf[user][claimId];
        uint256 gross = e.long + e.short;
        uint256 current = gross > e.atRisk ? gross : e.atRisk;
        return MAX_AMOUNT - (expectedTotalEncumbered() - current);
    }

    function _lockOf(address user, bytes32 claimId, Side side) private view returns (uint256) {
        Exposure storage e = _exposureOf[user][claimId];
        return side == Side.Support ? e.long : e.short;
    }

    /// @dev Which limit a lock within bounds ran into.
    function _lockAttempt(bytes memory refusal) private pure returns (Attempt) {
        return bytes4(refusal) == IStakeVault.StakeTooLarge.selector ? Attempt.SkimTooLarge : Attempt.LockTooLarge;
    }

    function _named(string memory name) private pure returns (address) {
        return address(uint160(uint256(keccak256(bytes(name)))));
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
