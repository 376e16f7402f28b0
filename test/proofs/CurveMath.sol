// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {CurveMath} from "../../contracts/stake/libraries/CurveMath.sol";

/// @dev Supplies and reserves below 2^85, as `CurveMath`'s title has them. Roots are taken at their definition.

contract LockIsFiftieth {
    function prove(uint256 amount) external pure {
        uint256 lock = CurveMath.lockDown(amount);
        assert(lock * 50 <= amount);
        assert(amount - lock * 50 < 50);
    }
}

contract SupplyIsPaidFor {
    function prove(uint88 reserve, uint88 other) external pure {
        require(reserve < 2 ** 85 && other <= reserve);
        uint256 supply = CurveMath.supplyDown(reserve, other);
        assert(supply * supply + uint256(other) * other <= uint256(reserve) * reserve);
    }
}

contract ReserveCoversSupplies {
    function prove(uint88 own, uint88 other) external pure {
        require(own < 2 ** 85 && other < 2 ** 85);
        uint256 reserve = CurveMath.reserveUp(own, other);
        assert(reserve * reserve >= uint256(own) * own + uint256(other) * other);
    }
}

contract ReserveIsLeast {
    function prove(uint88 own, uint88 other) external pure {
        require(own < 2 ** 85 && other < 2 ** 85);
        uint256 reserve = CurveMath.reserveUp(own, other);
        require(reserve > 0);
        assert((reserve - 1) * (reserve - 1) < uint256(own) * own + uint256(other) * other);
    }
}

contract BuyingAndSellingPaysNothing {
    function prove(uint88 reserve, uint88 other) external pure {
        require(reserve < 2 ** 85 && other <= reserve);
        uint256 supply = CurveMath.supplyDown(reserve, other);
        assert(CurveMath.reserveUp(supply, other) <= reserve);
    }
}

contract PriceIsAtMostOne {
    function prove(uint88 own, uint88 other) external pure {
        require(own < 2 ** 60 && other < 2 ** 60); // what a product of the stand-in for mulDiv holds
        assert(CurveMath.priceDown(own, other) <= 1e18);
    }
}

contract BeliefIsShare {
    function prove(uint88 long, uint88 short) external pure {
        require(long < 2 ** 85 && short < 2 ** 85);
        assert(CurveMath.beliefDown(long, short) <= 1e18);
    }
}
