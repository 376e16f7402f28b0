// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {ArgumentParams, ArgumentStatus, StakeKind} from "../../../contracts/argument/interfaces/IArgumentStaking.sol";
import {Side} from "../../../contracts/shared/Side.sol";
import {Check} from "../utils/Check.sol";
import {vm} from "../utils/Vm.sol";
import {ArgumentFixtures} from "./ArgumentFixtures.sol";

/// @title What argument staking should remember, kept the slow way
/// @dev One record for each stake, argument and user; every sum walks through all stakes that may count, and so does
/// the search for the stake that is next.
abstract contract ArgumentStore {
    enum StakeState {
        Running,
        Paid,
        Deleted,
        Slashed
    }

    struct StakeRecord {
        // slot 0
        address staker;
        uint96 amount;
        // slot 1
        uint96 interest;
        uint24 argumentId;
        uint40 createdAt;
        uint40 endsAt;
        uint16 shareBps; // of the interest of an upvote, of an argument's own stake
        uint16 era; // how often the period had changed
        StakeKind kind;
        StakeState state;
        bool hasLeft; // the queue
    }

    struct ArgumentRecord {
        address creator;
        uint40 createdAt;
        Side side;
        ArgumentStatus status;
        bytes32 claimId;
        bytes32 contentHash;
        uint256[] stakeIds;
        address[] markers;
    }

    struct UserRecord {
        uint256 balance; // of the token, outside
        uint256 credited;
        uint256 slashCount;
        uint256 jailedUntil;
        uint256 upvotesSinceJailed;
        uint256 markedAt; // without a role, the last time
        uint256[] argumentIds;
        uint256[] stakeIds;
    }

    struct Totals {
        uint256 principal;
        uint256 promised;
        uint256 credited;
        uint256 free;
        uint256 activeCount;
        uint256 nextEndsAt;
    }

    struct Expiries {
        uint256 paid;
        uint256 takenOut; // that had ended before their time
        uint256 lastEndsAt;
        bool hasOvertaken; // an earlier stake that still runs
        bool hasOddUnit; // in an interest that was split
        bool isWithoutInterest; // on an unhelpful argument
    }

    uint256 internal constant MAX_OWED = type(uint96).max;
    uint256 internal constant BPS = 10_000;
    uint256 private constant BPS_YEAR = 10_000 * 365 days;

    address[] internal _users;
    mapping(address user => UserRecord) internal _userOf;
    StakeRecord[] internal _stakes;
    ArgumentRecord[] internal _arguments;
    mapping(bytes32 claimId => uint256[]) internal _argumentsAbout;
    mapping(uint256 argumentId => mapping(address user => bool)) internal _hasUpvoted;
    mapping(uint256 argumentId => mapping(address user => bool)) internal _hasMarked;
    ArgumentParams internal _rules;
    uint256 internal _era;
    uint256 internal _free;
    uint256 public donated;
    bool internal _isPaused;
    uint256 private _leftBefore; // so many stakes from the first on have left the queue: nothing is due to them

    constructor(uint256 userCount) {
        _rules = ArgumentFixtures.usual();
        for (uint256 i = 0; i < userCount; ++i) {
            _users.push(address(uint160(uint256(keccak256(abi.encode("user", i))))));
        }
    }

    /* READ */

    function users() external view returns (address[] memory) {
        return _users;
    }

    function userRecord(address user) external view returns (UserRecord memory) {
        return _userOf[user];
    }

    function stakeCount() external view returns (uint256) {
        return _stakes.length;
    }

    function stakeRecord(uint256 stakeId) external view returns (StakeRecord memory) {
        return _stakes[stakeId - 1];
    }

    function argumentCount() external view returns (uint256) {
        return _arguments.length;
    }

    function argumentRecord(uint256 argumentId) external view returns (ArgumentRecord memory) {
        return _arguments[argumentId - 1];
    }

    function argumentsAbout(bytes32 claimId) external view returns (uint256[] memory) {
        return _argumentsAbout[claimId];
    }

    function hasDone(uint256 argumentId, address user) external view returns (bool isUpvoter, bool isMarker) {
        return (_hasUpvoted[argumentId][user], _hasMarked[argumentId][user]);
    }

    function expectedLimit(address user) external view returns (uint256 staked, uint256 total) {
        return _limitOf(user);
    }

    /// @dev Arguments of a user on a claim that are not deleted.
    function expectedPlaces(bytes32 claimId, address user) public view returns (uint256 taken) {
        uint256[] storage ids = _userOf[user].argumentIds;
        for (uint256 i = 0; i < ids.length; ++i) {
            ArgumentRecord storage a = _arguments[ids[i] - 1];
            if (a.claimId == claimId && a.status != ArgumentStatus.Deleted) ++taken;
        }
    }

    /// @dev Of all stakes of a user, those that run at the moment and are younger than `window`.
    function expectedRunning(address user, uint256 window) public view returns (uint256 sum) {
        uint256[] storage ids = _userOf[user].stakeIds;
        uint256 time = vm.getBlockTimestamp();
        for (uint256 i = 0; i < ids.length; ++i) {
            StakeRecord storage s = _stakes[ids[i] - 1];
            if (s.state == StakeState.Running && time < s.endsAt && time - s.createdAt < window) sum += s.amount;
        }
    }

    function totals() public view returns (Totals memory t) {
        t.free = _free;
        for (uint256 i = 0; i < _users.length; ++i) t.credited += _userOf[_users[i]].credited;
        for (uint256 i = _leftBefore; i < _stakes.length; ++i) {
            StakeRecord storage s = _stakes[i];
            if (s.state != StakeState.Running) continue;
            ++t.activeCount;
            t.principal += s.amount;
            if (_arguments[s.argumentId - 1].status == ArgumentStatus.Live) t.promised += s.interest;
            if (t.nextEndsAt == 0 || s.endsAt < t.nextEndsAt) t.nextEndsAt = s.endsAt;
        }
    }

    function _owed() internal view returns (uint256) {
        Totals memory t = totals();
        return t.principal + t.promised + t.credited + t.free;
    }

    function _limitOf(address user) internal view returns (uint256 staked, uint256 total) {
        staked = expectedRunning(user, _rules.stakeLimitWindow);
        total = _userOf[user].balance + _userOf[user].credited + staked;
    }

    function _interest(uint256 amount) internal view returns (uint256) {
        return Math.mulDiv(amount * _rules.interestRateBps, _rules.period, BPS_YEAR);
    }

    function _ownStakeOf(ArgumentRecord storage a) internal view returns (StakeRecord storage) {
        return _stakes[a.stakeIds[0] - 1];
    }

    /// @dev Periods before the present one that have stakes in the queue, and whether the present one has.
    function _erasInQueue() internal view returns (uint256 past, bool isCurrentIn) {
        uint256 seen = type(uint256).max;
        for (uint256 i = _leftBefore; i < _stakes.length; ++i) {
            StakeRecord storage s = _stakes[i];
            if (s.hasLeft || s.era == seen) continue;
            seen = s.era;
            if (seen == _era) isCurrentIn = true;
            else ++past;
        }
    }

    /// @dev How many stakes can be taken from the queue now.
    function _dueInQueue() internal view returns (uint256 due) {
        uint256 waitsIn = type(uint256).max;
        for (uint256 i = _leftBefore; i < _stakes.length; ++i) {
            StakeRecord storage s = _stakes[i];
            if (s.hasLeft || s.era == waitsIn) continue;
            if (s.state == StakeState.Running && vm.getBlockTimestamp() < s.endsAt) waitsIn = s.era;
            else ++due;
        }
    }

    /* WRITE */

    function _recordArgument(address user, bytes32 claimId, Side side, bytes32 contentHash) internal returns (uint256) {
        ArgumentRecord storage a = _arguments.push();
        uint256 id = _arguments.length;
        (a.creator, a.claimId, a.side, a.contentHash) = (user, claimId, side, contentHash);
        a.createdAt = uint40(vm.getBlockTimestamp());
        _argumentsAbout[claimId].push(id);
        _userOf[user].argumentIds.push(id);
        _recordStake(user, id, side == Side.Support ? StakeKind.Backing : StakeKind.Challenge, _rules.creationStake);
        return id;
    }

    /// @dev Says as well whether it was the upvote that the creator needed to get out of jail.
    function _recordUpvote(address user, uint256 argumentId) internal returns (uint256 stakeId, bool hasUnjailed) {
        stakeId = _recordStake(user, argumentId, StakeKind.Upvote, _rules.upvoteStake);
        _hasUpvoted[argumentId][user] = true;
        UserRecord storage creator = _userOf[_arguments[argumentId - 1].creator];
        if (vm.getBlockTimestamp() >= creator.jailedUntil) return (stakeId, false);
        hasUnjailed = ++creator.upvotesSinceJailed >= _rules.unjailUpvotes;
        if (hasUnjailed) (creator.slashCount, creator.jailedUntil, creator.upvotesSinceJailed) = (0, 0, 0);
    }

    function _recordDeletion(uint256 argumentId) internal {
        ArgumentRecord storage a = _arguments[argumentId - 1];
        StakeRecord storage s = _ownStakeOf(a);
        _end(a.stakeIds[0], StakeState.Deleted);
        _finish(a, ArgumentStatus.Deleted);
        _free += s.interest;
        _userOf[a.creator].credited += s.amount;
    }

    function _recordMark(address user, uint256 argumentId, bool isByStake) internal returns (uint256 marks) {
        _hasMarked[argumentId][user] = true;
        if (isByStake) _userOf[user].markedAt = vm.getBlockTimestamp();
        address[] storage markers = _arguments[argumentId - 1].markers;
        markers.push(user);
        return markers.length;
    }

    /// @dev After `_recordExpiries`.
    function _recordUnhelpful(uint256 argumentId) internal returns (uint256 slashed, uint256 reward) {
        ArgumentRecord storage a = _arguments[argumentId - 1];
        for (uint256 i = 0; i < a.stakeIds.length; ++i) {
            StakeRecord storage s = _stakes[a.stakeIds[i] - 1];
            if (s.state == StakeState.Running) _free += s.interest;
        }
        StakeRecord storage own = _ownStakeOf(a);
        if (own.state == StakeState.Running) {
            slashed = own.amount;
            _end(a.stakeIds[0], StakeState.Slashed);
            reward = ((slashed * own.shareBps) / BPS) / a.markers.length;
            _free += slashed;
        }
        for (uint256 i = 0; i < a.markers.length; ++i) {
            _userOf[a.markers[i]].credited += reward;
            _free -= reward;
        }
        _finish(a, ArgumentStatus.Unhelpful);
        UserRecord storage u = _userOf[a.creator];
        u.upvotesSinceJailed = 0;
        uint256 until = vm.getBlockTimestamp() + ++u.slashCount * _rules.jailPeriod;
        if (until > u.jailedUntil) u.jailedUntil = until;
    }

    /// @dev Up to `maxCount` stakes leave the queue: of each period's first ones the one that ends first, or has ended.
    function _recordExpiries(uint256 maxCount) internal returns (uint256 processed, Expiries memory e) {
        for (; processed < maxCount; ++processed) {
            (uint256 stakeId, uint256 endsAt) = _nextInQueue();
            if (stakeId == 0 || endsAt > vm.getBlockTimestamp()) break;
            StakeRecord storage s = _stakes[stakeId - 1];
            s.hasLeft = true;
            if (s.state == StakeState.Running) {
                ++e.paid;
                e.lastEndsAt = endsAt;
                if (_hasRunningBefore(stakeId)) e.hasOvertaken = true;
                _recordExpiry(stakeId, s, e);
            } else {
                ++e.takenOut;
            }
            while (_leftBefore < _stakes.length && _stakes[_leftBefore].hasLeft) ++_leftBefore;
        }
    }

    function _recordWithdrawal(address user) internal returns (uint256 amount) {
        UserRecord storage u = _userOf[user];
        amount = u.credited;
        (u.credited, u.balance) = (0, u.balance + amount);
    }

    function _recordRules(ArgumentParams memory rules) internal {
        if (rules.period != _rules.period) ++_era;
        _rules = rules;
    }

    /* INTERNAL */

    function _recordStake(
        address user,
        uint256 argumentId,
        StakeKind kind,
        uint256 amount
    ) private returns (uint256 stakeId) {
        uint256 interest = _interest(amount);
        _free -= interest;
        _userOf[user].balance -= amount;
        // All within the bounds of the rules; eras and arguments of a run are few.
        StakeRecord storage s = _stakes.push();
        (s.staker, s.amount, s.interest, s.kind) = (user, uint96(amount), uint96(interest), kind);
        (s.argumentId, s.era) = (uint24(argumentId), uint16(_era));
        s.shareBps = kind == StakeKind.Upvote ? _rules.creatorShareBps : _rules.curatorShareBps;
        s.createdAt = uint40(vm.getBlockTimestamp());
        s.endsAt = s.createdAt + _rules.period;
        stakeId = _stakes.length;
        _userOf[user].stakeIds.push(stakeId);
        _arguments[argumentId - 1].stakeIds.push(stakeId);
    }

    function _recordExpiry(uint256 stakeId, StakeRecord storage s, Expiries memory e) private {
        _end(stakeId, StakeState.Paid);
        ArgumentRecord storage a = _arguments[s.argumentId - 1];
        if (a.status == ArgumentStatus.Unhelpful) {
            e.isWithoutInterest = true;
            _userOf[s.staker].credited += s.amount;
            return;
        }
        uint256 forCreator = 0;
        if (s.kind == StakeKind.Upvote) {
            forCreator = (uint256(s.interest) * s.shareBps) / BPS;
            if (forCreator * BPS < uint256(s.interest) * s.shareBps) e.hasOddUnit = true;
        }
        _userOf[a.creator].credited += forCreator;
        _userOf[s.staker].credited += s.amount + (s.interest - forCreator);
    }

    /// @dev A2: a stake ends once.
    function _end(uint256 stakeId, StakeState state) private {
        StakeRecord storage s = _stakes[stakeId - 1];
        Check.isTrue(s.state == StakeState.Running, "a stake ends twice");
        s.state = state;
    }

    /// @dev A7: nothing becomes of an argument twice.
    function _finish(ArgumentRecord storage a, ArgumentStatus status) private {
        Check.isTrue(a.status == ArgumentStatus.Live, "an argument is finished twice");
        a.status = status;
    }

    /// @dev The first stake of each period waits for its end, unless it ended before; the earliest is next.
    function _nextInQueue() private view returns (uint256 stakeId, uint256 endsAt) {
        uint256 seen = type(uint256).max;
        endsAt = type(uint256).max;
        for (uint256 i = _leftBefore; i < _stakes.length; ++i) {
            StakeRecord storage s = _stakes[i];
            if (s.hasLeft || s.era == seen) continue;
            seen = s.era;
            uint256 leavesAt = s.state == StakeState.Running ? s.endsAt : 0;
            if (leavesAt < endsAt) (stakeId, endsAt) = (i + 1, leavesAt);
        }
    }

    function _hasRunningBefore(uint256 stakeId) private view returns (bool) {
        for (uint256 i = _leftBefore; i + 1 < stakeId; ++i) {
            if (_stakes[i].state == StakeState.Running) return true;
        }
        return false;
    }
}
