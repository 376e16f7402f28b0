// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

import {ParameterBounds} from "../shared/ParameterBounds.sol";
import {Allocation, ICouncilToken, TokenParams} from "./interfaces/ICouncilToken.sol";

/// @title The council's token
/// @dev OpenZeppelin's ERC-20 with permit and burning; inflation is what it lacks. The supply changes by minting and
/// burning alone, and both first note the year: so the supply at a year's start is known to the unit whenever the first
/// of them comes. Invariants: docs/properties.md.
contract CouncilToken is ICouncilToken, ERC20Permit, ERC20Burnable, AccessManaged {
    /// @dev 18 times the default: the rewards' sums hold 65,536 times as much, shared by the smallest weight.
    uint256 private constant MAX_SUPPLY = type(uint64).max;
    uint256 private constant YEAR = 365 days;
    uint256 private constant MAX_INFLATION_BPS = 500;
    uint256 private constant BPS = 10_000;

    /// @dev The year in which the supply last changed, in one slot; 5 % a year stay below 2^104 units for 560 years.
    struct Year {
        uint40 number;
        uint104 supplyAtStart;
        uint104 minted;
    }

    /// @inheritdoc ICouncilToken
    uint256 public immutable deployedAt;

    /// @inheritdoc ICouncilToken
    uint256 public immutable maxInflationBps;

    Year private _year;

    /// @param to Who gets the first supply.
    /// @param params How much, in which shares, and how much a year may add.
    /// @param authority The protocol's `AccessManager`.
    constructor(
        Allocation memory to,
        TokenParams memory params,
        address authority
    ) ERC20("AI Council Token", "ACT") ERC20Permit("AI Council Token") AccessManaged(authority) {
        ParameterBounds.check("supply", params.supply, 1, MAX_SUPPLY);
        ParameterBounds.check("maxInflationBps", params.maxInflationBps, 0, MAX_INFLATION_BPS);
        uint256 shares = uint256(params.communityBps) + params.teamBps + params.treasuryBps;
        shares += uint256(params.liquidityBps) + params.partnersBps;
        if (shares != BPS) revert SharesNotWhole(shares);
        (deployedAt, maxInflationBps) = (block.timestamp, params.maxInflationBps);

        uint256 supply = params.supply;
        _mint(to.community, (supply * params.communityBps) / BPS);
        _mint(to.team, (supply * params.teamBps) / BPS);
        _mint(to.treasury, (supply * params.treasuryBps) / BPS);
        _mint(to.liquidity, (supply * params.liquidityBps) / BPS);
        _mint(to.partners, supply - totalSupply());
        _year.supplyAtStart = uint104(supply); // at most MAX_SUPPLY
    }

    /// @inheritdoc ICouncilToken
    function mintInflation(address to, uint256 amount) external restricted {
        (uint256 year, uint256 remaining) = inflationLeft();
        if (amount > remaining) revert InflationExceeded(amount, remaining);
        _mint(to, amount);
        _year.minted += uint104(amount); // at most a twentieth of the supply
        emit InflationMinted(to, amount, year);
    }

    /// @inheritdoc ICouncilToken
    function inflationLeft() public view returns (uint256 year, uint256 remaining) {
        Year memory last = _year;
        year = _currentYear();
        bool isSame = year == last.number;
        uint256 supplyAtStart = isSame ? last.supplyAtStart : totalSupply();
        remaining = (supplyAtStart * maxInflationBps) / BPS - (isSame ? last.minted : 0);
    }

    /// @dev 1 ACT = 10^9 units.
    function decimals() public pure override returns (uint8) {
        return 9;
    }

    /// @dev Before the supply changes, it is what it was when the year began, if nothing has changed it in this year.
    function _update(address from, address to, uint256 value) internal override {
        if (from == address(0) || to == address(0)) {
            uint256 year = _currentYear();
            if (year != _year.number) _year = Year(uint40(year), uint104(totalSupply()), 0);
        }
        super._update(from, to, value);
    }

    function _currentYear() private view returns (uint256) {
        return (block.timestamp - deployedAt) / YEAR;
    }
}
