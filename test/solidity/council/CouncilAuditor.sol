// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Position} from "../../../contracts/council/interfaces/ICouncilStaking.sol";
import {IRewardsDistributor} from "../../../contracts/council/interfaces/IRewardsDistributor.sol";
import {Check} from "../utils/Check.sol";
import {CouncilHandler} from "./CouncilHandler.sol";
import {CouncilStaking, CouncilToken} from "./CouncilParts.sol";
import {CouncilStore} from "./CouncilStore.sol";

/// @title Compares a council with the store of a handler
/// @dev The properties of docs/properties.md.
contract CouncilAuditor {
    CouncilHandler private immutable _store;
    CouncilToken private immutable _token;
    CouncilStaking private immutable _staking;
    IRewardsDistributor private immutable _distributor;

    constructor(CouncilHandler store) {
        (_store, _token, _staking, _distributor) = (store, store.token(), store.staking(), store.distributor());
    }

    /// @dev N1, N2.
    function assertStakes() external view {
        address[] memory users = _store.users();
        (uint256 allStaked, uint256 allPower, uint256 allVotes) = (0, 0, 0);
        for (uint256 i = 0; i < users.length; ++i) {
            (uint256 staked, uint256 power, uint256 opened, uint256 longTerm) = _store.accountOf(users[i]);
            bytes memory expected = abi.encode(staked, power, opened, longTerm);
            (staked, power, opened, longTerm) = _staking.account(users[i]);
            Check.equal(abi.encode(staked, power, opened, longTerm), expected, "account = sum of its positions");
            uint256 votes = _staking.getVotes(users[i]);
            Check.equal(votes, _store.votesOf(users[i]), "votes = power of all who delegate");
            (allStaked, allPower, allVotes) = (allStaked + staked, allPower + power, allVotes + votes);
        }
        Check.equal(_staking.totalStaked(), allStaked, "total staked = sum of positions");
        uint256 balance = _token.balanceOf(address(_staking));
        Check.equal(balance, allStaked + _store.donated(), "balance of staking = positions + donations");
        Check.equal(allVotes, allPower, "votes of all = power of all");
    }

    /// @dev N1: every position from the `first` one, by `step`.
    function assertPositions(uint256 first, uint256 step) external view {
        uint256 count = _store.positionCount();
        for (uint256 i = first; i < count; i += step) {
            CouncilStore.PositionRecord memory p = _store.positionRecord(i);
            if (!p.isOpen) continue;
            Position memory actual = _staking.position(p.id);
            Position memory expected = Position(
                p.owner,
                p.amount,
                uint40(p.stakedAt),
                uint40(p.unlocksAt),
                _store.daysOf(p.tier),
                _store.powerOf(p)
            );
            Check.equal(abi.encode(actual), abi.encode(expected), "position");
        }
    }

    /// @dev N3: every second that ended, from the `first` one, by `step`.
    function assertPast(uint256 first, uint256 step) external view {
        address[] memory users = _store.users();
        uint256 count = _store.pastCount();
        for (uint256 i = first; i < count; i += step) {
            CouncilStore.Past memory past = _store.past(i);
            for (uint256 k = 0; k < users.length; ++k) {
                Check.equal(_staking.getPastVotes(users[k], past.timepoint), past.votes[k], "past votes");
            }
            Check.equal(_staking.getPastTotalSupply(past.timepoint), past.total, "past power of all");
        }
    }

    /// @dev N4.
    function assertRewards() external view {
        (, uint256 amount, , , uint256 streamed) = _distributor.stream();
        uint256 owed = _distributor.owed();
        uint256 balance = _token.balanceOf(address(_distributor));
        Check.equal(balance, _store.paidIn() - _store.paidOut(), "balance = paid in - paid out");
        Check.equal(balance, owed + _distributor.nextPeriodAmount(), "balance = owed + what joins the next period");
        uint256 toShare = _store.shared() - _store.paidOut();
        Check.equal(owed, toShare + amount - streamed, "owed = shared and not paid + still to stream");

        address[] memory users = _store.users();
        (uint256 claimable, uint256 weights) = (0, 0);
        for (uint256 i = 0; i < users.length; ++i) {
            claimable += _distributor.claimable(users[i]);
            weights += _store.weightOf(users[i]);
        }
        Check.equal(_distributor.totalWeight(), weights, "total weight = sum of weights");
        Check.atMost(claimable, toShare, "claimable above what was shared and not paid");
        // A fraction of a unit for each user, and one of what is still to be dealt out.
        Check.atMost(toShare - claimable, users.length + 1, "carried");
    }

    /// @dev N4: everybody shares by weight, which is power times the boosters that the store counts.
    function assertShares() external view {
        address[] memory users = _store.users();
        for (uint256 i = 0; i < users.length; ++i) {
            _assertWeight(users[i]);
            (uint256 received, uint256 fairShare) = _store.receiptsOf(users[i]);
            received += _distributor.claimable(users[i]);
            // A fraction of a unit for each time that somebody's rewards were brought up to date.
            Check.atMost(received, fairShare + _store.touches() + 1, "more than by weight");
            Check.atMost(fairShare, received + _store.touches() + 1, "less than by weight");
        }
    }

    /// @dev N6.
    function assertSupply() external view {
        (uint256 year, uint256 remaining) = _token.inflationLeft();
        Check.equal(year, _store.year(), "year");
        Check.equal(remaining + _store.minted(), _store.mintable(), "5 % of the supply at its start");
    }

    function _assertWeight(address user) private view {
        CouncilStore.Activity memory activity = _store.activityOf(user);
        (, uint256 power, , ) = _store.accountOf(user);
        bytes memory expected = abi.encode(
            power,
            _store.weightOf(user),
            activity.boosterBps,
            _store.currentBoosterOf(user),
            activity.participatedAt,
            activity.votedAt
        );
        (, bytes memory actual) = address(_distributor).staticcall(abi.encodeCall(_distributor.account, (user)));
        Check.equal(actual, expected, "what rewards know of an account");
    }
}
