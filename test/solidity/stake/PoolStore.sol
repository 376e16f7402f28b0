// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Side} from "../../../contracts/shared/Side.sol";
import {IConvictionMarket} from "../../../contracts/stake/interfaces/IConvictionMarket.sol";
import {Check} from "../utils/Check.sol";
import {VaultStore} from "./VaultStore.sol";

/// @title What a venue should remember, kept the slow way
/// @dev What the curve gives is entered as observed, once it is what the definition of the curve says: no root is
/// drawn here.
abstract contract PoolStore is VaultStore {
    struct Pool {
        bool exists;
        uint256 long;
        uint256 short;
        uint256 reserve;
    }

    uint256 internal constant AMOUNT_PER_LOCK = 50;

    mapping(bytes32 claimId => Pool) internal _pools;
    mapping(address user => mapping(bytes32 claimId => mapping(Side side => uint256))) internal _holdingOf;
    uint256 internal _donatedToVenue;

    /* READ */

    function pool(bytes32 claimId) external view returns (Pool memory) {
        return _pools[claimId];
    }

    function holdingOf(address user, bytes32 claimId, Side side) external view returns (uint256) {
        return _holdingOf[user][claimId][side];
    }

    function donatedToVenue() external view returns (uint256) {
        return _donatedToVenue;
    }

    function _supplies(bytes32 claimId, Side side) internal view returns (uint256 own, uint256 other) {
        Pool storage p = _pools[claimId];
        return side == Side.Support ? (p.long, p.short) : (p.short, p.long);
    }

    /* WHAT THE VENUE MUST REFUSE */

    function _purchaseRefusal(
        address user,
        bytes32 claimId,
        Side side,
        uint256 amount
    ) internal view returns (bytes memory refusal) {
        if (amount < AMOUNT_PER_LOCK) {
            return abi.encodeWithSelector(IConvictionMarket.AmountTooSmall.selector, amount, AMOUNT_PER_LOCK);
        }
        Pool storage p = _pools[claimId];
        if (!p.exists) return abi.encodeWithSelector(IConvictionMarket.PoolUnknown.selector, claimId);
        uint256 lock = amount / AMOUNT_PER_LOCK;
        refusal = _lockRefusal(user, claimId, side, lock);
        if (refusal.length > 0) return refusal;
        uint256 skim = _expectedSkim(user, claimId, side, lock);
        if (2 * skim > amount) return abi.encodeWithSelector(IConvictionMarket.SkimTooLarge.selector, skim, amount);
        uint256 reserve = Math.saturatingAdd(p.reserve, amount - skim);
        if (reserve <= MAX_AMOUNT) return "";
        return abi.encodeWithSelector(IConvictionMarket.ReserveTooLarge.selector, reserve, MAX_AMOUNT);
    }

    /* WRITE */

    function _recordPool(bytes32 claimId) internal {
        _pools[claimId].exists = true;
    }

    /// @dev The supply is the largest whose square, with the other side's, the new reserve covers.
    function _recordPurchase(address user, bytes32 claimId, Side side, uint256 paid, uint256 tokens) internal {
        (uint256 own, uint256 other) = _supplies(claimId, side);
        uint256 reserve = _pools[claimId].reserve + paid;
        uint256 supply = own + tokens;
        Check.isTrue(supply * supply + other * other <= reserve * reserve, "more tokens than the reserve covers");
        ++supply;
        Check.isTrue(supply * supply + other * other > reserve * reserve, "a token less than the reserve covers");
        _recordTrade(claimId, side, own + tokens, reserve);
        _holdingOf[user][claimId][side] += tokens;
    }

    /// @dev The reserve that stays is the smallest whose square covers both supplies. The lock goes with the last
    /// token of the side.
    function _recordSale(address user, bytes32 claimId, Side side, uint256 tokens, uint256 amount) internal {
        (uint256 own, uint256 other) = _supplies(claimId, side);
        (own, _receivedBy[user]) = (own - tokens, _receivedBy[user] + amount);
        uint256 reserve = _pools[claimId].reserve - amount;
        uint256 squares = own * own + other * other;
        Check.isTrue(reserve * reserve >= squares, "paid more than the reserve can spare");
        if (reserve > 0) Check.isTrue((reserve - 1) * (reserve - 1) < squares, "paid a unit less than it can spare");
        _recordTrade(claimId, side, own, reserve);
        _holdingOf[user][claimId][side] -= tokens;
        if (_holdingOf[user][claimId][side] == 0) _recordLock(user, claimId, side, 0);
    }

    function _recordTrade(bytes32 claimId, Side side, uint256 own, uint256 reserve) private {
        Pool storage p = _pools[claimId];
        p.reserve = reserve;
        if (side == Side.Support) p.long = own;
        else p.short = own;
    }
}
