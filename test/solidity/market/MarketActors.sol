// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IBeliefMarket} from "../../../contracts/market/interfaces/IBeliefMarket.sol";
import {PlainToken} from "../utils/PlainToken.sol";
import {vm} from "../utils/Vm.sol";
import {MarketStore} from "./MarketStore.sol";

/// @title Who uses a market, and what they know of it
abstract contract MarketActors is MarketStore {
    uint256 internal constant ACTOR_COUNT = 5;
    uint256 internal constant MAX_TOTAL_PRINCIPAL = type(uint104).max;

    IBeliefMarket public market;
    PlainToken public token;

    // The author is the first.
    address[] private _actors;

    constructor(IBeliefMarket market_, PlainToken token_) {
        market = market_;
        token = token_;
        _params = market_.params();
        _createdAt = market_.createdAt();

        _actors.push(market_.author());
        for (uint256 i = 1; i < ACTOR_COUNT; ++i) {
            _actors.push(address(uint160(uint256(keccak256(abi.encode("actor", i))))));
        }
        for (uint256 i = 0; i < ACTOR_COUNT; ++i) {
            vm.prank(_actors[i]);
            token_.approve(address(market_), type(uint256).max);
        }
    }

    function _now() internal view returns (uint256) {
        return vm.getBlockTimestamp();
    }

    function _actor(uint256 seed) internal view returns (address) {
        return _actors[seed % ACTOR_COUNT];
    }

    /// @dev Owns nothing and allows nothing.
    function _stranger() internal pure returns (address) {
        return address(uint160(uint256(keccak256("stranger"))));
    }

    function _expectedTotal() internal view returns (uint256) {
        return _books.principal;
    }

    function _expectedSrp() internal view returns (uint256) {
        return _books.shared + _books.undistributed;
    }

    /// @dev The first open position, from a place that `seed` names, with `minAge <= age < endAge`; 0 for none.
    function _findOpen(uint256 seed, uint256 minAge, uint256 endAge) internal view returns (uint256) {
        uint256 count = _openIds.length;
        uint256 time = _now();
        for (uint256 i = 0; i < count; ++i) {
            uint256 id = _openIds[addmod(seed, i, count)];
            uint256 age = time - _records[id].depositedAt;
            if (age >= minAge && age < endAge) return id;
        }
        return 0;
    }

    function _expectedFeeBps(uint256 total) internal view returns (uint256 feeBps) {
        if (total == 0) return 0;
        feeBps = _params.lateEntryFeeBaseBps;
        if (_params.lateEntryFeeScale > 0) feeBps += total / _params.lateEntryFeeScale;
        if (feeBps > _params.lateEntryFeeMaxBps) feeBps = _params.lateEntryFeeMaxBps;
    }
}
