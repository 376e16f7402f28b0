// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {BitMaps} from "@openzeppelin/contracts/utils/structs/BitMaps.sol";
import {LibMap} from "solady/src/utils/LibMap.sol";

import {IBeliefFactory} from "../market/interfaces/IBeliefFactory.sol";
import {ActivityRecorder, IActivityRecorder} from "../shared/ActivityRecorder.sol";
import {Roles} from "../shared/Roles.sol";
import {Side} from "../shared/Side.sol";
import {
    Argument,
    ArgumentParams,
    ArgumentStatus,
    IArgumentStaking,
    Stake,
    StakeKind,
    UnhelpfulReason
} from "./interfaces/IArgumentStaking.sol";
import {AccountSlot, AccountSlotLib} from "./libraries/AccountSlot.sol";
import {ArgumentParamsLib} from "./libraries/ArgumentParamsLib.sol";
import {IdList} from "./libraries/IdList.sol";
import {Cursor, Queue, StakeQueue} from "./libraries/StakeQueue.sol";
import {StakeSlots, StakeSlotsLib} from "./libraries/StakeSlots.sol";
import {StakeBook, StakeTally} from "./libraries/StakeTally.sol";

/// @title Back or challenge a claim in words, with stake behind them
/// @dev Holds what it owes: running stakes, credits, and the reserve, which is free or set aside for running stakes.
/// A stake runs -> expired (anyone processes it), deleted (its creator) or slashed (curators); an argument is live ->
/// deleted or unhelpful. Stake moves to credits and the reserve, and out by `withdraw` alone. Invariants A1 to A4:
/// docs/properties.md. Trusts: the token is a plain ERC-20; the `AccessManager` names curators and slashers.
contract ArgumentStaking is IArgumentStaking, AccessManaged, Pausable, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;
    using ActivityRecorder for IActivityRecorder;
    using BitMaps for BitMaps.BitMap;
    using LibMap for LibMap.Uint32Map;
    using LibMap for LibMap.Uint8Map;
    using IdList for LibMap.Uint32Map;
    using AccountSlotLib for AccountSlot;
    using ArgumentParamsLib for ArgumentParams;
    using StakeSlotsLib for StakeSlots;
    using StakeTally for StakeBook;
    using StakeQueue for Queue;
    using StakeQueue for Cursor;

    uint256 private constant BPS = 10_000;
    uint256 private constant MAX_OWED = type(uint96).max;

    /// @dev Expired stakes that the deciding mark processes itself: at most 7 million gas.
    uint256 private constant MAX_EXPIRED_AT_MARK = 100;

    /// @dev What every entry changes, in one slot. What is free is owed; 4 billion arguments are 8 * 10^14 gas.
    struct Ledger {
        // slot 0
        uint96 owed; // running stakes, credits, what is free and what is set aside
        uint96 free;
        uint32 argumentCount;
        uint32 claimCount;
    }

    /// @dev An argument in three slots; its creator's stake knows its side and its age.
    struct ArgumentSlots {
        // slot 0: what a mark or an upvote asks about first. Marks are at most 25: the last one decides.
        address creator;
        uint32 creationStakeId;
        uint32 claimIndex;
        uint8 marks;
        ArgumentStatus status;
        // slot 1
        bytes32 contentHash;
        // slot 2
        Upvotes upvotes;
    }

    /// @dev What upvotes change of an argument, in one slot; empty before the first.
    struct Upvotes {
        // slot 0
        uint96 staked;
        uint96 interest; // set aside for those that run
        uint32 count;
        uint32 firstStakeId; // the others are in `_laterUpvotes`
    }

    /// @inheritdoc IArgumentStaking
    IERC20 public immutable token;

    /// @inheritdoc IArgumentStaking
    IBeliefFactory public immutable factory;

    Ledger private _ledger;
    Queue private _queue;
    StakeBook private _book;
    ArgumentParams private _params;

    /// @inheritdoc IArgumentStaking
    IActivityRecorder public recorder;

    mapping(uint256 argumentId => ArgumentSlots) private _arguments;
    mapping(uint256 argumentId => LibMap.Uint32Map) private _laterUpvotes;
    mapping(uint256 argumentId => mapping(uint256 index => address)) private _markers;

    /// @dev Each list is labelled with the index of its claim, from 1.
    mapping(bytes32 claimId => LibMap.Uint32Map) private _claimArguments;
    mapping(uint256 claimIndex => bytes32) private _claims;

    mapping(address user => AccountSlot) private _accounts;
    mapping(address user => LibMap.Uint32Map) private _userArguments;
    mapping(address user => LibMap.Uint8Map) private _argumentsOn; // live and unhelpful ones, by index of the claim
    mapping(address user => BitMaps.BitMap) private _upvoted;
    mapping(address user => BitMaps.BitMap) private _marked;

    /// @param token_ The ERC-20 to stake: plain, no fee on transfer, no rebasing.
    /// @param factory_ Where claims come into being.
    /// @param params_ The first rules.
    /// @param authority The protocol's `AccessManager`.
    constructor(
        IERC20 token_,
        IBeliefFactory factory_,
        ArgumentParams memory params_,
        address authority
    ) AccessManaged(authority) {
        if (address(token_).code.length == 0) revert TokenNotContract(address(token_));
        if (address(factory_).code.length == 0) revert FactoryNotContract(address(factory_));
        (token, factory) = (token_, factory_);
        _setParams(params_);
    }

    /* ARGUE */

    /// @inheritdoc IArgumentStaking
    function createArgument(
        bytes32 claimId,
        Side side,
        string calldata summary,
        string calldata body
    ) external nonReentrant whenNotPaused returns (uint256 argumentId) {
        if (factory.marketOf(claimId) == address(0)) revert ClaimUnknown(claimId);
        uint256 jailedUntil = _accounts[msg.sender].jailedUntil;
        if (block.timestamp < jailedUntil) revert CreatorJailed(msg.sender, jailedUntil);
        ArgumentParams storage rules = _params;
        rules.checkText(bytes(summary).length, bytes(body).length);

        Ledger memory ledger = _ledger;
        uint32 claimIndex = _takePlace(ledger, claimId, rules.maxArgumentsPerClaim);
        uint32 id = ++ledger.argumentCount;
        argumentId = id;
        StakeKind kind = side == Side.Support ? StakeKind.Backing : StakeKind.Challenge;
        uint96 amount = rules.creationStake;
        (uint32 stakeId, uint96 interest, uint32 period) = _makeStake(
            ledger,
            rules,
            id,
            kind,
            amount,
            rules.curatorShareBps
        );
        ArgumentSlots storage slots = _arguments[argumentId];
        (slots.creator, slots.creationStakeId, slots.claimIndex) = (msg.sender, stakeId, claimIndex);
        slots.contentHash = keccak256(abi.encode(summary, body));
        _claimArguments[claimId].add(id);
        _userArguments[msg.sender].add(id);
        emit ArgumentCreated(
            argumentId,
            claimId,
            msg.sender,
            side,
            stakeId,
            amount,
            interest,
            block.timestamp + period,
            summary,
            body
        );

        token.safeTransferFrom(msg.sender, address(this), amount);
        recorder.record(msg.sender);
    }

    /// @inheritdoc IArgumentStaking
    function upvote(uint256 argumentId) external nonReentrant whenNotPaused returns (uint256 stakeId) {
        ArgumentSlots storage slots = _standingArgument(argumentId);
        address creator = slots.creator;
        if (msg.sender == creator) revert OwnArgument(argumentId, creator);
        if (_upvoted[msg.sender].get(argumentId)) revert AlreadyUpvoted(argumentId, msg.sender);
        _upvoted[msg.sender].set(argumentId);

        ArgumentParams storage rules = _params;
        (uint96 amount, uint16 shareBps) = (rules.upvoteStake, rules.creatorShareBps);
        (uint32 id, uint96 interest, uint32 period) = _makeStake(
            _ledger,
            rules,
            uint32(argumentId), // exists, and so below 2^32
            StakeKind.Upvote,
            amount,
            shareBps
        );
        stakeId = id;
        Upvotes memory upvotes = slots.upvotes;
        if (upvotes.count == 0) upvotes.firstStakeId = id;
        else _laterUpvotes[argumentId].set(upvotes.count - 1, id);
        ++upvotes.count;
        upvotes.staked += amount;
        upvotes.interest += interest;
        slots.upvotes = upvotes;
        uint256 endsAt = block.timestamp + period;
        emit ArgumentUpvoted(argumentId, msg.sender, stakeId, amount, interest, shareBps, endsAt);
        _accounts[creator].countUpvote(creator, rules.unjailUpvotes);

        token.safeTransferFrom(msg.sender, address(this), amount);
    }

    /// @inheritdoc IArgumentStaking
    function deleteArgument(uint256 argumentId) external nonReentrant {
        ArgumentSlots storage slots = _existingArgument(argumentId);
        address creator = slots.creator;
        if (msg.sender != creator) revert NotCreator(argumentId, msg.sender, creator);
        if (slots.status == ArgumentStatus.Deleted) revert ArgumentIsDeleted(argumentId);
        (uint256 upvotes, uint256 marks) = (slots.upvotes.count, slots.marks);
        if (upvotes > 0 || marks > 0) revert ArgumentNotUntouched(argumentId, upvotes, marks);
        uint256 stakeId = slots.creationStakeId;
        StakeSlots storage own = _book.stakes[stakeId];
        uint256 endsAt = own.endsAt();
        if (block.timestamp >= endsAt) revert StakeHasEnded(stakeId, endsAt);
        uint256 markedAt = _accounts[creator].markedAt;
        if (own.createdAt <= markedAt) revert StakeBacksMark(stakeId, markedAt);

        slots.status = ArgumentStatus.Deleted;
        LibMap.Uint8Map storage written = _argumentsOn[creator];
        written.set(slots.claimIndex, written.get(slots.claimIndex) - 1);
        uint96 amount = own.amount;
        uint96 interest = _endEarly(stakeId, own);
        _queue.remove(1, interest);
        _ledger.free += interest;
        _accounts[creator].credited += amount;
        emit ArgumentDeleted(argumentId, stakeId, amount, interest);
    }

    /// @inheritdoc IArgumentStaking
    function withdraw() external nonReentrant returns (uint256 amount) {
        AccountSlot storage slot = _accounts[msg.sender];
        amount = slot.credited;
        if (amount == 0) revert CreditZero(msg.sender);

        (slot.credited, slot.isKnown) = (0, true);
        _ledger.owed -= uint96(amount); // read from a uint96
        emit Withdrawn(msg.sender, amount);

        token.safeTransfer(msg.sender, amount);
    }

    /* CURATE */

    /// @inheritdoc IArgumentStaking
    function markUnhelpful(uint256 argumentId, UnhelpfulReason reason) external nonReentrant {
        ArgumentSlots storage slots = _standingArgument(argumentId);
        if (msg.sender == slots.creator) revert OwnArgument(argumentId, msg.sender);
        if (_marked[msg.sender].get(argumentId)) revert AlreadyMarked(argumentId, msg.sender);
        bool isSlasher = _hasRole(Roles.SLASHER);
        if (!isSlasher && !_hasRole(Roles.CURATOR)) {
            (uint256 staked, uint256 min) = (runningStake(msg.sender), _params.minCuratorStake);
            if (staked < min) revert NotCurator(msg.sender, staked, min);
            _accounts[msg.sender].markedAt = uint40(block.timestamp); // until the year 36,812
        }

        _marked[msg.sender].set(argumentId);
        uint256 marks = slots.marks;
        _markers[argumentId][marks++] = msg.sender;
        slots.marks = uint8(marks); // fewer than a threshold before this one: at most 25
        emit ArgumentMarked(argumentId, msg.sender, reason, marks);
        if (isSlasher || marks >= _params.unhelpfulThreshold) _findUnhelpful(argumentId, slots, marks);
    }

    /* UPKEEP */

    /// @inheritdoc IArgumentStaking
    function processExpired(uint256 maxCount) external nonReentrant returns (uint256 processed) {
        (processed, ) = _processExpired(maxCount);
    }

    /// @inheritdoc IArgumentStaking
    function fundRewards(uint256 amount) external nonReentrant {
        if (amount == 0) revert AmountZero();
        _ledger.owed = _owedWith(_ledger.owed, amount);
        _ledger.free += uint96(amount); // owed, and so below 2^96
        emit RewardsFunded(msg.sender, amount);

        token.safeTransferFrom(msg.sender, address(this), amount);
    }

    /* GOVERN */

    /// @inheritdoc IArgumentStaking
    function setRecorder(IActivityRecorder recorder_) external restricted {
        recorder_.check();
        recorder = recorder_;
        emit RecorderSet(recorder_);
    }

    /// @inheritdoc IArgumentStaking
    function setParams(ArgumentParams calldata params_) external restricted {
        _setParams(params_);
    }

    /// @inheritdoc IArgumentStaking
    function pauseEntries() external restricted {
        _pause();
    }

    /// @inheritdoc IArgumentStaking
    function unpauseEntries() external restricted {
        _unpause();
    }

    /* READ */

    /// @inheritdoc IArgumentStaking
    function params() external view returns (ArgumentParams memory) {
        return _params;
    }

    /// @inheritdoc IArgumentStaking
    function argument(uint256 argumentId) external view returns (Argument memory) {
        ArgumentSlots storage slots = _existingArgument(argumentId);
        StakeSlots storage own = _book.stakes[slots.creationStakeId];
        return
            Argument({
                creator: slots.creator,
                claimId: _claims[slots.claimIndex],
                side: own.kind == StakeKind.Backing ? Side.Support : Side.Oppose,
                status: slots.status,
                createdAt: own.createdAt,
                creationStakeId: slots.creationStakeId,
                contentHash: slots.contentHash,
                upvotes: slots.upvotes.count,
                upvotedStake: slots.upvotes.staked,
                totalStake: uint256(slots.upvotes.staked) + own.amount,
                unhelpfulMarks: slots.marks
            });
    }

    /// @inheritdoc IArgumentStaking
    function stake(uint256 stakeId) external view returns (Stake memory) {
        StakeSlots storage slots = _book.stakes[stakeId];
        if (slots.staker == address(0)) revert StakeUnknown(stakeId);
        return
            Stake({
                staker: slots.staker,
                argumentId: slots.argumentId,
                kind: slots.kind,
                hasEnded: slots.hasEnded,
                amount: slots.amount,
                interest: slots.interest(),
                shareBps: slots.shareBps,
                createdAt: slots.createdAt,
                endsAt: uint40(slots.endsAt()) // an instant plus at most 365 days
            });
    }

    /// @inheritdoc IArgumentStaking
    function account(
        address user
    ) external view returns (uint256 credited, uint256 slashCount, uint256 jailedUntil, uint256 upvotesSinceJailed) {
        AccountSlot storage slot = _accounts[user];
        return (slot.credited, slot.slashCount, slot.jailedUntil, slot.upvotesSinceJailed);
    }

    /// @inheritdoc IArgumentStaking
    function stakeLimit(address user) external view returns (uint256 staked, uint256 total) {
        (staked, ) = _queue.runningStake(_book, user, _params.stakeLimitWindow);
        total = _totalOf(user, staked);
    }

    /// @inheritdoc IArgumentStaking
    function runningStake(address user) public view returns (uint256 staked) {
        (staked, ) = _queue.runningStake(_book, user, type(uint256).max);
    }

    /// @inheritdoc IArgumentStaking
    function argumentsBy(bytes32 claimId, address user) external view returns (uint256) {
        return _argumentsOn[user].get(_claimArguments[claimId].label());
    }

    /// @inheritdoc IArgumentStaking
    function hasUpvoted(uint256 argumentId, address user) external view returns (bool) {
        return _upvoted[user].get(argumentId);
    }

    /// @inheritdoc IArgumentStaking
    function hasMarked(uint256 argumentId, address user) external view returns (bool) {
        return _marked[user].get(argumentId);
    }

    /// @inheritdoc IArgumentStaking
    function claimArguments(bytes32 claimId, uint256 offset, uint256 limit) external view returns (uint256[] memory) {
        return _claimArguments[claimId].page(offset, limit);
    }

    /// @inheritdoc IArgumentStaking
    function argumentStakes(
        uint256 argumentId,
        uint256 offset,
        uint256 limit
    ) external view returns (uint256[] memory stakeIds) {
        ArgumentSlots storage slots = _existingArgument(argumentId);
        uint256 count = uint256(slots.upvotes.count) + 1;
        stakeIds = new uint256[](Math.min(limit, Math.saturatingSub(count, offset)));
        for (uint256 i = 0; i < stakeIds.length; ++i) {
            uint256 place = offset + i;
            if (place == 0) stakeIds[i] = slots.creationStakeId;
            else if (place == 1) stakeIds[i] = slots.upvotes.firstStakeId;
            else stakeIds[i] = _laterUpvotes[argumentId].get(place - 2);
        }
    }

    /// @inheritdoc IArgumentStaking
    function userArguments(address user, uint256 offset, uint256 limit) external view returns (uint256[] memory) {
        return _userArguments[user].page(offset, limit);
    }

    /// @inheritdoc IArgumentStaking
    function userStakes(address user, uint256 offset, uint256 limit) external view returns (uint256[] memory) {
        return _book.idsOf[user].page(offset, limit);
    }

    /// @inheritdoc IArgumentStaking
    function activeStakes() external view returns (uint256 count, uint256 nextEndTime) {
        count = _queue.head.runningCount;
        if (count > 0) nextEndTime = _queue.firstEndsAt(_book);
    }

    /// @inheritdoc IArgumentStaking
    function rewardReserve() external view returns (uint256 free, uint256 reserved) {
        return (_ledger.free, _queue.head.setAside);
    }

    /// @inheritdoc IArgumentStaking
    function owed() external view returns (uint256) {
        return _ledger.owed;
    }

    /* INTERNAL: STAKES */

    /// @dev Records a stake of the caller's and sets its interest aside. Writes the ledger.
    function _makeStake(
        Ledger memory ledger,
        ArgumentParams storage rules,
        uint32 argumentId,
        StakeKind kind,
        uint96 amount,
        uint16 shareBps
    ) private returns (uint32 stakeId, uint96 interest, uint32 period) {
        (uint256 staked, uint256 first) = _queue.runningStake(_book, msg.sender, rules.stakeLimitWindow);
        uint256 total = _totalOf(msg.sender, staked);
        // Who has nothing at all meets the token's own error.
        uint256 limitBps = rules.stakeLimitBps;
        if (total > 0 && staked * BPS >= Math.saturatingMul(total, limitBps)) {
            revert StakeLimitReached(staked, total, limitBps);
        }
        uint16 rateBps;
        (period, rateBps) = (rules.period, rules.interestRateBps);
        interest = StakeSlotsLib.interestDown(amount, rateBps, period);
        if (interest > ledger.free) revert RewardReserveTooLow(ledger.free, interest);
        ledger.owed = _owedWith(ledger.owed, amount);
        ledger.free -= interest;
        _ledger = ledger;

        stakeId = _queue.add(interest);
        _book.stakes[stakeId] = StakeSlots({
            staker: msg.sender,
            amount: amount,
            argumentId: argumentId,
            createdAt: uint40(block.timestamp), // until the year 36,812
            duration: period,
            interestRateBps: rateBps,
            shareBps: shareBps,
            kind: kind,
            hasEnded: false,
            tally: _book.add(stakeId, msg.sender, amount)
        });
        _book.idsOf[msg.sender].setLabel(uint32(first)); // an ordinal
    }

    /// @dev Pays expired stakes, and says when the next one ends.
    function _processExpired(uint256 maxCount) private returns (uint256 processed, uint256 nextEndsAt) {
        Cursor memory cursor = _queue.open(_book);
        uint96 paid = 0;
        uint32 ended = 0;
        for (; processed < maxCount; ++processed) {
            uint32 stakeId = _queue.take(cursor, _book);
            if (stakeId == 0) break;
            StakeSlots storage slots = _book.stakes[stakeId];
            if (slots.hasEnded) continue;
            paid += _expire(stakeId, slots);
            ++ended;
        }
        _queue.close(cursor);
        _queue.remove(ended, paid);
        nextEndsAt = cursor.endsAt[cursor.next()];
    }

    /// @dev Credits an expired stake, and says what of the interest set aside it took.
    function _expire(uint256 stakeId, StakeSlots storage slots) private returns (uint96 interest) {
        uint256 argumentId = slots.argumentId;
        ArgumentSlots storage argument_ = _arguments[argumentId];
        uint96 creatorInterest = 0;
        if (argument_.status == ArgumentStatus.Live) {
            interest = slots.interest();
            if (slots.kind == StakeKind.Upvote) {
                argument_.upvotes.interest -= interest;
                creatorInterest = slots.creatorInterestDown(interest);
                _accounts[argument_.creator].credited += creatorInterest;
            }
        }
        slots.hasEnded = true;
        (address staker, uint96 amount) = (slots.staker, slots.amount);
        _accounts[staker].credited += amount + interest - creatorInterest;
        emit StakeExpired(stakeId, argumentId, staker, amount, interest - creatorInterest, creatorInterest);
    }

    /// @dev Marks a stake as ended before its time, and says what was set aside for it. The rest is the caller's.
    function _endEarly(uint256 stakeId, StakeSlots storage slots) private returns (uint96 interest) {
        slots.hasEnded = true;
        _book.remove(stakeId, slots.staker, slots.amount);
        return slots.interest();
    }

    /// @dev What is owed with `amount` more.
    function _owedWith(uint96 owed_, uint256 amount) private pure returns (uint96) {
        uint256 total = Math.saturatingAdd(owed_, amount);
        if (total > MAX_OWED) revert HoldingsTooLarge(total, MAX_OWED);
        return uint96(total);
    }

    /// @dev What a user has, staked or not, as far as the stake limit goes.
    function _totalOf(address user, uint256 staked) private view returns (uint256) {
        return Math.saturatingAdd(token.balanceOf(user), _accounts[user].credited + staked);
    }

    /* INTERNAL: ARGUMENTS */

    function _existingArgument(uint256 argumentId) private view returns (ArgumentSlots storage slots) {
        slots = _arguments[argumentId];
        if (slots.creator == address(0)) revert ArgumentUnknown(argumentId);
    }

    function _standingArgument(uint256 argumentId) private view returns (ArgumentSlots storage slots) {
        slots = _existingArgument(argumentId);
        ArgumentStatus status = slots.status;
        if (status == ArgumentStatus.Deleted) revert ArgumentIsDeleted(argumentId);
        if (status == ArgumentStatus.Unhelpful) revert ArgumentIsUnhelpful(argumentId);
    }

    /// @dev One argument more of the caller's on a claim, whose index it says: the ledger's next for a claim without.
    function _takePlace(Ledger memory ledger, bytes32 claimId, uint256 max) private returns (uint32 claimIndex) {
        claimIndex = _claimArguments[claimId].label();
        if (claimIndex == 0) {
            claimIndex = ++ledger.claimCount;
            _claims[claimIndex] = claimId;
            _claimArguments[claimId].setLabel(claimIndex);
        }
        uint8 written = _argumentsOn[msg.sender].get(claimIndex);
        if (written >= max) revert TooManyArguments(claimId, msg.sender, max);
        _argumentsOn[msg.sender].set(claimIndex, written + 1);
    }

    /// @dev Ends the earning of an argument: what was set aside for its running stakes is free again, its creator's
    /// stake goes to those who marked it and to the reserve.
    function _findUnhelpful(uint256 argumentId, ArgumentSlots storage slots, uint256 marks) private {
        (, uint256 nextEndsAt) = _processExpired(MAX_EXPIRED_AT_MARK);
        if (nextEndsAt <= block.timestamp) revert ExpiredStakesLeft(nextEndsAt);

        uint256 stakeId = slots.creationStakeId;
        StakeSlots storage own = _book.stakes[stakeId];
        uint96 freed = slots.upvotes.interest;
        uint96 slashed = 0;
        uint96 reward = 0;
        if (own.hasEnded) {
            _queue.remove(0, freed);
        } else {
            slashed = own.amount;
            freed += _endEarly(stakeId, own);
            _queue.remove(1, freed);
            // Rounded down twice, in favour of the reserve; at most the stake.
            reward = uint96((uint256(slashed) * own.shareBps) / BPS / marks);
        }
        (slots.status, slots.upvotes.interest) = (ArgumentStatus.Unhelpful, 0);
        _ledger.free += freed + slashed - reward * uint96(marks);
        for (uint256 i = 0; reward > 0 && i < marks; ++i) _accounts[_markers[argumentId][i]].credited += reward;
        emit ArgumentFoundUnhelpful(argumentId, stakeId, slashed, reward, freed);
        _accounts[slots.creator].jail(slots.creator, _params.jailPeriod);
    }

    /// @dev Whether the caller has a role and may use it at once: a mark cannot be scheduled.
    function _hasRole(uint64 role) private view returns (bool isMember) {
        uint32 executionDelay;
        (isMember, executionDelay) = IAccessManager(authority()).hasRole(role, msg.sender);
        if (executionDelay > 0) isMember = false;
    }

    function _setParams(ArgumentParams memory params_) private {
        ArgumentParamsLib.validate(params_);
        _queue.setPeriod(params_.period);
        _params = params_;
        emit ParamsSet(params_);
    }
}
