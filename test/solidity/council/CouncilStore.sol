// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {LockTier} from "../../../contracts/council/interfaces/ICouncilStaking.sol";
import {RewardParams} from "../../../contracts/council/interfaces/IRewardsDistributor.sol";
import {Tally} from "../utils/Tally.sol";
import {vm} from "../utils/Vm.sol";
import {CouncilFixtures} from "./CouncilFixtures.sol";

/// @title What happened in a council, as plain lists
/// @dev Every sum is taken over all positions, one by one.
abstract contract CouncilStore is Tally {
    struct PositionRecord {
        uint256 id;
        address owner;
        uint256 amount;
        uint256 stakedAt;
        uint256 unlocksAt;
        uint256 tier;
        bool isOpen;
    }

    /// @dev When somebody took part and voted, and the boosters that count since their rewards were last touched.
    struct Activity {
        uint256 participatedAt;
        uint256 votedAt;
        uint256 boosterBps;
    }

    /// @dev Votes at the end of a second that is over.
    struct Past {
        uint256 timepoint;
        uint256 total;
        uint256[] votes; // of each user
    }

    struct Period {
        uint256 amount;
        uint256 startedAt;
        uint256 endsAt;
    }

    uint256 internal constant USERS = 6;
    uint256 internal constant TIERS = 5;
    uint256 internal constant BPS = 10_000;

    /// @dev Binary digits of a share after the point.
    uint256 private constant SCALE = 80;

    /// @dev What the distributor got, whatever for, and what it paid or staked.
    uint256 public paidIn;
    uint256 public paidOut;

    /// @dev What was sent to staking outside of any call.
    uint256 public donated;

    /// @dev What streamed while somebody shared.
    uint256 public shared;

    /// @dev How often an account's rewards were brought up to date: each time a fraction of a unit may change hands.
    uint256 public touches;

    Period public period;
    LockTier[] internal _tiers;
    address[] internal _users;
    mapping(address user => Activity) internal _activityOf;
    mapping(address user => uint256) internal _receivedBy;
    mapping(address user => uint256) private _fairShareOf;
    mapping(address user => address) internal _delegateOf;
    PositionRecord[] internal _positions;
    Past[] internal _pasts;
    uint256 private _walkedTo;

    constructor(LockTier[5] memory tiers) {
        for (uint256 i = 0; i < TIERS; ++i) _tiers.push(tiers[i]);
        for (uint256 i = 0; i < USERS; ++i) {
            _users.push(address(uint160(uint256(keccak256(abi.encode("council user", i))))));
            _delegateOf[_users[i]] = _users[i];
        }
    }

    /* READ */

    function users() external view returns (address[] memory) {
        return _users;
    }

    function positionCount() external view returns (uint256) {
        return _positions.length;
    }

    function positionRecord(uint256 index) external view returns (PositionRecord memory) {
        return _positions[index];
    }

    function pastCount() external view returns (uint256) {
        return _pasts.length;
    }

    function past(uint256 index) external view returns (Past memory) {
        return _pasts[index];
    }

    /// @dev All that somebody has staked, what it counts, how many positions they opened, and long-term ones.
    function accountOf(
        address user
    ) public view returns (uint256 staked, uint256 power, uint256 opened, uint256 longTerm) {
        for (uint256 i = 0; i < _positions.length; ++i) {
            PositionRecord storage p = _positions[i];
            if (p.owner != user) continue;
            ++opened;
            if (!p.isOpen) continue;
            staked += p.amount;
            power += powerOf(p);
            if (p.tier == TIERS - 1) ++longTerm;
        }
    }

    /// @dev The power of all who delegate to somebody, themselves included.
    function votesOf(address user) public view returns (uint256 votes) {
        for (uint256 i = 0; i < USERS; ++i) {
            if (_delegateOf[_users[i]] != user) continue;
            (, uint256 power, , ) = accountOf(_users[i]);
            votes += power;
        }
    }

    function powerOf(PositionRecord memory p) public view returns (uint256) {
        return (p.amount * _tiers[p.tier].multiplierBps) / BPS;
    }

    function daysOf(uint256 tier) public view returns (uint256) {
        return _tiers[tier].lockDays;
    }

    function tierOfTime(uint256 served) public view returns (uint256 tier) {
        for (uint256 i = 0; i < TIERS; ++i) if (served / 1 days >= daysOf(i)) tier = i;
    }

    /// @dev What somebody shares rewards by: their power, and what their boosters added to it when it last changed.
    function weightOf(address user) public view returns (uint256) {
        (, uint256 power, , ) = accountOf(user);
        return (power * (BPS + _activityOf[user].boosterBps)) / BPS;
    }

    /// @dev What somebody's boosters would be if they were counted now.
    function currentBoosterOf(address user) public view returns (uint256 bps) {
        RewardParams memory rules = CouncilFixtures.rewardRules();
        uint256 time = vm.getBlockTimestamp();
        if (time < _activityOf[user].participatedAt + rules.activityWindow) bps += rules.participationBps;
        if (time < _activityOf[user].votedAt + rules.activityWindow) bps += rules.governanceBps;
        (, , , uint256 longTerm) = accountOf(user);
        if (longTerm > 0) bps += rules.longTermBps;
    }

    function activityOf(address user) external view returns (Activity memory) {
        return _activityOf[user];
    }

    /// @dev What somebody got, and what by their weight they should have, rounded down.
    function receiptsOf(address user) external view returns (uint256 received, uint256 fairShare) {
        return (_receivedBy[user], _fairShareOf[user] >> SCALE);
    }

    /// @dev What the period has streamed.
    function streamed(uint256 time) public view returns (uint256) {
        if (time >= period.endsAt) return period.amount;
        return (period.amount * (time - period.startedAt)) / (period.endsAt - period.startedAt);
    }

    function isShared() public view returns (bool) {
        for (uint256 i = 0; i < _positions.length; ++i) if (_positions[i].isOpen) return true;
        return false;
    }

    /* RECORD */

    /// @dev Before anything changes, what streamed until now is shared by weight, if somebody shares.
    function _walk() internal {
        uint256 time = vm.getBlockTimestamp();
        if (period.amount > 0 && isShared()) _share(streamed(time) - streamed(_walkedTo));
        _walkedTo = time;
    }

    /// @dev Somebody's stake changed, or they claimed, or their rewards were poked.
    function _touch(address user) internal {
        _activityOf[user].boosterBps = currentBoosterOf(user);
        ++touches;
    }

    /// @dev Time is about to pass: votes of this second stay what they are.
    function _recordPast() internal {
        uint256[] memory votes = new uint256[](USERS);
        uint256 total = 0;
        for (uint256 i = 0; i < USERS; ++i) {
            votes[i] = votesOf(_users[i]);
            total += votes[i];
        }
        _pasts.push(Past(vm.getBlockTimestamp(), total, votes));
    }
    function _share(uint256 amount) private {
        if (amount == 0) return;
        shared += amount;
        uint256[] memory weights = new uint256[](USERS);
        uint256 total = 0;
        for (uint256 i = 0; i < USERS; ++i) total += weights[i] = weightOf(_users[i]);
        for (uint256 i = 0; i < USERS; ++i) _fairShareOf[_users[i]] += ((amount << SCALE) * weights[i]) / total;
    }
}
