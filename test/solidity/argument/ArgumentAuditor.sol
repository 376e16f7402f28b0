// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Argument, IArgumentStaking, Stake} from "../../../contracts/argument/interfaces/IArgumentStaking.sol";
import {Check} from "../utils/Check.sol";
import {PlainToken} from "../utils/PlainToken.sol";
import {ArgumentFixtures} from "./ArgumentFixtures.sol";
import {ArgumentStore} from "./ArgumentStore.sol";

/// @title Compares argument staking with the store of a handler
/// @dev The properties of docs/properties.md.
contract ArgumentAuditor {
    ArgumentStore private immutable _store;
    IArgumentStaking private immutable _staking;
    PlainToken private immutable _token;

    constructor(ArgumentStore store, IArgumentStaking staking) {
        (_store, _staking, _token) = (store, staking, PlainToken(address(staking.token())));
    }

    /// @dev A1, A3, A5.
    function assertTotals() external view {
        ArgumentStore.Totals memory expected = _store.totals();
        (uint256 free, uint256 reserved) = _staking.rewardReserve();
        Check.equal(free, expected.free, "free");
        Check.equal(reserved, expected.promised, "set aside = sum of what running stakes are promised");
        uint256 owed = expected.principal + expected.credited + expected.free + expected.promised;
        Check.equal(_staking.owed(), owed, "owed = principal + credits + free + set aside");
        Check.equal(_token.balanceOf(address(_staking)), owed + _store.donated(), "balance = owed + donations");
        (uint256 count, uint256 nextEndTime) = _staking.activeStakes();
        Check.equal(count, expected.activeCount, "stakes that have not ended");
        Check.equal(nextEndTime, expected.nextEndsAt, "end of the next stake");
    }

    /// @dev A2 in what was credited, and what users hold outside.
    function assertAccounts() external view {
        address[] memory users = _store.users();
        for (uint256 i = 0; i < users.length; ++i) {
            ArgumentStore.UserRecord memory u = _store.userRecord(users[i]);
            (uint256 credited, uint256 slashCount, uint256 jailedUntil, uint256 upvotes) = _staking.account(users[i]);
            Check.equal(credited, u.credited, "credited");
            Check.equal(slashCount, u.slashCount, "slash count");
            Check.equal(jailedUntil, u.jailedUntil, "jailed until");
            Check.equal(upvotes, u.upvotesSinceJailed, "upvotes since jailed");
            Check.equal(_token.balanceOf(users[i]), u.balance, "tokens outside");
        }
    }

    /// @dev A6.
    function assertLimits() external view {
        address[] memory users = _store.users();
        for (uint256 i = 0; i < users.length; ++i) {
            (uint256 staked, uint256 total) = _staking.stakeLimit(users[i]);
            (uint256 expectedStaked, uint256 expectedTotal) = _store.expectedLimit(users[i]);
            Check.equal(staked, expectedStaked, "staked within the window");
            Check.equal(total, expectedTotal, "total that the limit compares with");
            uint256 running = _store.expectedRunning(users[i], type(uint256).max);
            Check.equal(_staking.runningStake(users[i]), running, "running stake");
        }
    }

    /// @dev A2 in what has ended, A3 in what is promised: every stake from the `first` one, by `step`.
    function assertStakes(uint256 first, uint256 step) external view {
        uint256 count = _store.stakeCount();
        for (uint256 id = first + 1; id <= count; id += step) {
            ArgumentStore.StakeRecord memory expected = _store.stakeRecord(id);
            Stake memory s = _staking.stake(id);
            Check.equal(s.staker, expected.staker, "staker");
            Check.equal(s.argumentId, expected.argumentId, "argument of a stake");
            Check.equal(uint256(s.kind), uint256(expected.kind), "kind of a stake");
            Check.equal(s.hasEnded, expected.state != ArgumentStore.StakeState.Running, "has ended");
            Check.equal(s.amount, expected.amount, "amount");
            Check.equal(s.interest, expected.interest, "interest");
            Check.equal(s.shareBps, expected.shareBps, "share of others");
            Check.equal(s.createdAt, expected.createdAt, "instant of a stake");
            Check.equal(s.endsAt, expected.endsAt, "end of a stake");
        }
    }

    /// @dev A4, A7: every argument from the `first` one, by `step`.
    function assertArguments(uint256 first, uint256 step) external view {
        uint256 count = _store.argumentCount();
        for (uint256 id = first + 1; id <= count; id += step) {
            ArgumentStore.ArgumentRecord memory expected = _store.argumentRecord(id);
            Argument memory a = _staking.argument(id);
            Check.equal(a.creator, expected.creator, "creator");
            Check.equal(a.claimId, expected.claimId, "claim");
            Check.equal(uint256(a.side), uint256(expected.side), "side");
            Check.equal(uint256(a.status), uint256(expected.status), "status");
            Check.equal(a.createdAt, expected.createdAt, "instant of an argument");
            Check.equal(a.contentHash, expected.contentHash, "hash of the text");
            _assertCounters(a, expected);
        }
    }

    /// @dev A8: lists of users and claims, whole and from a place that `seed` names.
    function assertLists(uint256 seed) external view {
        address[] memory users = _store.users();
        for (uint256 i = 0; i < users.length; ++i) {
            ArgumentStore.UserRecord memory u = _store.userRecord(users[i]);
            (uint256 offset, uint256 limit) = _page(seed, i, u.argumentIds.length);
            uint256[] memory page = _staking.userArguments(users[i], offset, limit);
            _assertPage(page, u.argumentIds, offset, limit, "arguments of a user");
            (offset, limit) = _page(seed, i, u.stakeIds.length);
            page = _staking.userStakes(users[i], offset, limit);
            _assertPage(page, u.stakeIds, offset, limit, "stakes of a user");
        }
        for (uint256 i = 0; i < ArgumentFixtures.CLAIMS; ++i) {
            bytes32 claimId = ArgumentFixtures.claim(i);
            uint256[] memory ids = _store.argumentsAbout(claimId);
            (uint256 offset, uint256 limit) = _page(seed, i, ids.length);
            _assertPage(_staking.claimArguments(claimId, offset, limit), ids, offset, limit, "arguments about a claim");
            address user = users[seed % users.length];
            Check.equal(_staking.argumentsBy(claimId, user), _store.expectedPlaces(claimId, user), "arguments by");
        }
    }

    /// @dev A8: the stakes on an argument that `seed` names, and who did what to it.
    function assertArgumentLists(uint256 seed) external view {
        uint256 count = _store.argumentCount();
        if (count == 0) return;
        uint256 id = 1 + (seed % count);
        ArgumentStore.ArgumentRecord memory a = _store.argumentRecord(id);
        (uint256 offset, uint256 limit) = _page(seed, id, a.stakeIds.length);
        _assertPage(_staking.argumentStakes(id, offset, limit), a.stakeIds, offset, limit, "stakes on an argument");
        address[] memory users = _store.users();
        for (uint256 i = 0; i < users.length; ++i) {
            (bool isUpvoter, bool isMarker) = _store.hasDone(id, users[i]);
            Check.equal(_staking.hasUpvoted(id, users[i]), isUpvoter, "has upvoted");
            Check.equal(_staking.hasMarked(id, users[i]), isMarker, "has marked");
        }
    }

    /// @dev A9, after everybody left: nothing is left but the free reserve and donations.
    function assertOnlyReserveIsLeft() external view {
        (uint256 free, uint256 reserved) = _staking.rewardReserve();
        Check.equal(reserved, 0, "set aside at the end");
        Check.equal(_staking.owed(), free, "owed at the end");
        Check.equal(_token.balanceOf(address(_staking)), free + _store.donated(), "balance at the end");
        (uint256 count, uint256 nextEndTime) = _staking.activeStakes();
        Check.equal(count, 0, "stakes at the end");
        Check.equal(nextEndTime, 0, "next end at the end");
    }

    /// @dev Counters add up over the stakes as the contract tells them, not only over those of the store.
    function _assertCounters(Argument memory a, ArgumentStore.ArgumentRecord memory expected) private view {
        uint256 upvoted = 0;
        for (uint256 i = 1; i < expected.stakeIds.length; ++i) upvoted += _staking.stake(expected.stakeIds[i]).amount;
        Check.equal(a.creationStakeId, expected.stakeIds[0], "stake of the creator");
        Check.equal(a.upvotes, expected.stakeIds.length - 1, "upvotes");
        Check.equal(a.upvotedStake, upvoted, "upvoted stake");
        Check.equal(a.totalStake, upvoted + _staking.stake(expected.stakeIds[0]).amount, "total stake");
        Check.equal(a.unhelpfulMarks, expected.markers.length, "marks");
    }

    /// @dev The whole list in every other case, some page of it, or one beyond its end.
    function _page(uint256 seed, uint256 salt, uint256 length) private pure returns (uint256 offset, uint256 limit) {
        if ((seed + salt) % 2 == 0) return (0, type(uint256).max);
        uint256 draw = uint256(keccak256(abi.encode(seed, salt)));
        return (draw % (length + 2), (draw >> 128) % (length + 2));
    }

    function _assertPage(
        uint256[] memory page,
        uint256[] memory ids,
        uint256 offset,
        uint256 limit,
        string memory name
    ) private pure {
        uint256 rest = offset < ids.length ? ids.length - offset : 0;
        Check.equal(page.length, limit < rest ? limit : rest, name);
        for (uint256 i = 0; i < page.length; ++i) Check.equal(page[i], ids[offset + i], name);
    }
}
