// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {MarketParams} from "../../../contracts/market/interfaces/IBeliefMarket.sol";
import {Side} from "../../../contracts/shared/Side.sol";

/// @title What a market should remember, kept the slow way
/// @dev Every reward is shared by walking through all open positions: no accumulator, no checkpoint. Fees and penalties
/// are entered as observed and checked by the handler. Formulas: spec of the belief market; symbols as there.
abstract contract MarketStore {
    struct Record {
        address owner;
        Side side;
        bool isOpen;
        uint256 depositedAt; // unix seconds
        uint256 principal;
        uint256 fee; // entry fee, or the author's premium
        uint256 lifetimeCap;
        uint256 rewardsPaid;
        uint256 earnedRay; // earned and not yet taken, in ray
        uint256 penalty;
        uint256 paidOut; // rewards and principal
    }

    struct Books {
        uint256 paidIn;
        uint256 paidOut;
        uint256 principal; // of all open positions
        uint256 donated; // sent to the market outside of any call
        uint256 shared;
        uint256 undistributed;
        uint256 timeRewardPerWeight; // A, in ray
        uint256 rewardPerWeight; // B, in ray
    }

    uint256 internal constant BPS = 10_000;
    uint256 internal constant RAY = 1e27;
    uint256 internal constant MAX_LIFETIME_CAP = type(uint96).max;

    MarketParams internal _params;
    uint256 internal _createdAt;
    uint256 internal _positionCount;
    uint256[] internal _openIds;
    uint256[] internal _closedIds;
    mapping(uint256 positionId => Record) internal _records;
    mapping(uint256 positionId => uint256) private _openIndex;
    Books internal _books;

    /* READ */

    function record(uint256 positionId) external view returns (Record memory) {
        return _records[positionId];
    }

    function books() external view returns (Books memory) {
        return _books;
    }

    function positionCount() external view returns (uint256) {
        return _positionCount;
    }

    function openIds() external view returns (uint256[] memory) {
        return _openIds;
    }

    function closedIds() external view returns (uint256[] memory) {
        return _closedIds;
    }

    /// @dev What a position would be paid as reward if it could claim.
    function expectedReward(uint256 positionId) external view returns (uint256) {
        Record storage r = _records[positionId];
        return Math.min(r.earnedRay / RAY, r.lifetimeCap - r.rewardsPaid);
    }

    /// @dev Sum over the open positions of each side of principal x age.
    function expectedWeights(uint256 time) public view returns (uint256 support, uint256 oppose) {
        uint256 count = _openIds.length;
        for (uint256 i = 0; i < count; ++i) {
            Record storage r = _records[_openIds[i]];
            uint256 weight = r.principal * (time - r.depositedAt);
            if (r.side == Side.Support) support += weight;
            else oppose += weight;
        }
    }

    /// @dev Sum over the open positions of each side of principal.
    function expectedPrincipals() public view returns (uint256 support, uint256 oppose) {
        uint256 count = _openIds.length;
        for (uint256 i = 0; i < count; ++i) {
            Record storage r = _records[_openIds[i]];
            if (r.side == Side.Support) support += r.principal;
            else oppose += r.principal;
        }
    }

    /// @dev When the last open position unlocks; zero where none is open.
    function lastUnlockAt() external view returns (uint256 last) {
        for (uint256 i = 0; i < _openIds.length; ++i) {
            last = Math.max(last, _records[_openIds[i]].depositedAt + _params.lockPeriod);
        }
    }

    /* WRITE */

    function _recordCommit(
        uint256 positionId,
        address owner,
        Side side,
        uint256 amount,
        uint256 fee,
        uint256 time
    ) internal {
        if (fee > 0) _recordShare(fee, time);

        _positionCount += 1;
        Record storage r = _records[positionId];
        r.owner = owner;
        r.side = side;
        r.isOpen = true;
        r.depositedAt = time;
        r.principal = amount - fee;
        r.fee = fee;
        uint256 basis = fee > 0 ? fee : amount;
        r.lifetimeCap = Math.min((basis * _params.maxUserRewardBps) / BPS, MAX_LIFETIME_CAP);
        _openIndex[positionId] = _openIds.length;
        _openIds.push(positionId);

        _books.paidIn += amount;
        _books.principal += r.principal;
    }

    /// @dev Gives every open position `principal x age x perWeight`, one by one.
    function _recordShare(uint256 incoming, uint256 time) internal returns (uint256 allocated) {
        (uint256 supportWeight, uint256 opposeWeight) = expectedWeights(time);
        uint256 totalWeight = supportWeight + opposeWeight;
        uint256 elapsed = time - _createdAt;
        bool joinsUndistributed = opposeWeight > 0 || elapsed >= _params.lockPeriod;

        if (totalWeight > 0) {
            uint256 amount = incoming + (joinsUndistributed ? _books.undistributed : 0);
            uint256 perWeight = (amount * RAY) / totalWeight;
            uint256 givenRay = 0;
            uint256 count = _openIds.length;
            for (uint256 i = 0; i < count; ++i) {
                Record storage r = _records[_openIds[i]];
                uint256 earned = r.principal * (time - r.depositedAt) * perWeight;
                r.earnedRay += earned;
                givenRay += earned;
            }
            allocated = (givenRay + RAY - 1) / RAY;
            _books.rewardPerWeight += perWeight;
            _books.timeRewardPerWeight += perWeight * elapsed;
        }
        _books.shared += allocated;
        _books.undistributed = _books.undistributed + incoming - allocated;
    }

    /// @dev Takes the whole units a position earned out of the shared rewards. The fraction stays with the position, to
    /// a ray per unit of principal.
    function _recordTake(uint256 positionId) internal returns (uint256 reward, uint256 excess) {
        Record storage r = _records[positionId];
        uint256 whole = r.earnedRay / RAY;
        reward = Math.min(whole, r.lifetimeCap - r.rewardsPaid);
        excess = whole - reward;

        _recordUse(r, whole);
        r.rewardsPaid += reward;
        r.paidOut += reward;
        _books.shared -= whole;
        _books.undistributed += excess;
        _books.paidOut += reward;
    }

    function _recordWithdrawal(uint256 positionId) internal returns (uint256 reward, uint256 excess) {
        (reward, excess) = _recordTake(positionId);
        uint256 principal = _records[positionId].principal;
        _records[positionId].paidOut += principal;
        _books.paidOut += principal;
        _recordClose(positionId);
        _recordEmptiness();
    }

    /// @dev The position forfeits what it earned and leaves; then its penalty is shared.
    function _recordEarlyExit(uint256 positionId, uint256 penalty, uint256 time) internal {
        Record storage r = _records[positionId];
        uint256 forfeited = r.earnedRay / RAY;
        r.earnedRay = 0;
        r.penalty = penalty;
        r.paidOut += r.principal - penalty;
        _books.shared -= forfeited;
        _books.undistributed += forfeited;
        _books.paidOut += r.principal - penalty;
        _recordClose(positionId);
        if (penalty > 0) _recordShare(penalty, time);
        _recordEmptiness();
    }

    /// @dev Hands back what a position earned above its cap, but for a unit and a ray per unit of principal, which
    /// rounding may take from it.
    function _recordRelease(uint256 positionId) internal returns (uint256 amount) {
        Record storage r = _records[positionId];
        uint256 kept = r.lifetimeCap - r.rewardsPaid + 1 + r.principal / RAY;
        uint256 whole = r.earnedRay / RAY;
        if (whole <= kept) return 0;
        amount = whole - kept;
        _recordUse(r, amount);
        _books.shared -= amount;
        _books.undistributed += amount;
    }

    function _recordDonation(uint256 amount) internal {
        _books.donated += amount;
    }

    /// @dev Takes whole units out of what a position earned, rounded up to the same number of rays for each unit of its
    /// principal.
    function _recordUse(Record storage r, uint256 units) private {
        uint256 usedPerUnit = (units * RAY + r.principal - 1) / r.principal;
        r.earnedRay -= usedPerUnit * r.principal;
    }

    function _recordClose(uint256 positionId) private {
        _records[positionId].isOpen = false;
        _books.principal -= _records[positionId].principal;
        uint256 index = _openIndex[positionId];
        uint256 last = _openIds[_openIds.length - 1];
        _openIds[index] = last;
        _openIndex[last] = index;
        _openIds.pop();
        _closedIds.push(positionId);
    }

    /// @dev With nobody left, the fractions that nobody can claim any more are carried to the next distribution.
    function _recordEmptiness() private {
        if (_openIds.length != 0) return;
        _books.undistributed += _books.shared;
        _books.shared = 0;
    }
}
