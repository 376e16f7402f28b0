// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Side} from "../../shared/Side.sol";

/// @dev A user: stake (bits 0..84) | locked (bits 85..169) | encumbered (bits 170..255). A settlement or a purchase
/// reads and writes them together. stake is part of `TotalsSlot`'s, locked <= encumbered, encumbered is part of
/// `TotalsSlot`'s.
type AccountSlot is uint256;

/// @dev A user on one claim: LONG lock (bits 0..84) | SHORT lock (bits 85..169) | at risk (bits 170..255). Together
/// they decide what is encumbered there, so both locks and at risk are at most that.
type ExposureSlot is uint256;

/// @dev The vault: stakes (bits 0..84) | pots (bits 85..169) | encumbered (bits 170..255). The vault refuses what
/// would bring stakes + pots, or encumbered, to 2^85.
type TotalsSlot is uint256;

using VaultSlots for AccountSlot global;
using VaultSlots for ExposureSlot global;
using VaultSlots for TotalsSlot global;

/// @title Storage words of the stake vault
/// @notice One word for each slot, taken apart and put together here and nowhere else.
/// @dev Packing takes each amount below 2^85, and what is taken away is there: the vault holds the bounds.
library VaultSlots {
    /// @dev Largest sum of stakes and pots, and largest sum of encumbrances: 2^85 - 1 units, 38 million tokens of 18
    /// decimals.
    uint256 internal constant MAX_AMOUNT = (1 << BITS) - 1;

    uint256 private constant BITS = 85;

    /* A USER */

    function stake(AccountSlot self) internal pure returns (uint256) {
        return _first(AccountSlot.unwrap(self));
    }

    function locked(AccountSlot self) internal pure returns (uint256) {
        return _second(AccountSlot.unwrap(self));
    }

    function encumbered(AccountSlot self) internal pure returns (uint256) {
        return _third(AccountSlot.unwrap(self));
    }

    /// @dev What may leave: stake above what is encumbered.
    function withdrawable(AccountSlot self) internal pure returns (uint256) {
        return Math.saturatingSub(self.stake(), self.encumbered());
    }

    function packAccount(uint256 stake_, uint256 locked_, uint256 encumbered_) internal pure returns (AccountSlot) {
        return AccountSlot.wrap(_pack(stake_, locked_, encumbered_));
    }

    /// @dev The account with `amount` more stake.
    function plusStake(AccountSlot self, uint256 amount) internal pure returns (AccountSlot) {
        unchecked {
            return AccountSlot.wrap(AccountSlot.unwrap(self) + amount);
        }
    }

    /// @dev The account with `amount` less stake, of which it has as much.
    function minusStake(AccountSlot self, uint256 amount) internal pure returns (AccountSlot) {
        unchecked {
            return AccountSlot.wrap(AccountSlot.unwrap(self) - amount);
        }
    }

    /* A USER ON A CLAIM */

    function lockOf(ExposureSlot self, Side side) internal pure returns (uint256) {
        uint256 word = ExposureSlot.unwrap(self);
        return side == Side.Support ? _first(word) : _second(word);
    }

    function grossLock(ExposureSlot self) internal pure returns (uint256) {
        uint256 word = ExposureSlot.unwrap(self);
        unchecked {
            return _first(word) + _second(word);
        }
    }

    function atRisk(ExposureSlot self) internal pure returns (uint256) {
        return _third(ExposureSlot.unwrap(self));
    }

    /// @dev What the claim keeps of the stake: the locks, or a larger voice that is not settled yet.
    function encumbrance(ExposureSlot self) internal pure returns (uint256) {
        return Math.max(self.grossLock(), self.atRisk());
    }

    function withLock(ExposureSlot self, Side side, uint256 lock) internal pure returns (ExposureSlot) {
        uint256 word = ExposureSlot.unwrap(self);
        return
            ExposureSlot.wrap(
                side == Side.Support
                    ? _pack(lock, _second(word), _third(word))
                    : _pack(_first(word), lock, _third(word))
            );
    }

    function withAtRisk(ExposureSlot self, uint256 amount) internal pure returns (ExposureSlot) {
        uint256 word = ExposureSlot.unwrap(self);
        return ExposureSlot.wrap(_pack(_first(word), _second(word), amount));
    }

    /* THE VAULT */

    function stakes(TotalsSlot self) internal pure returns (uint256) {
        return _first(TotalsSlot.unwrap(self));
    }

    function pots(TotalsSlot self) internal pure returns (uint256) {
        return _second(TotalsSlot.unwrap(self));
    }

    function encumbered(TotalsSlot self) internal pure returns (uint256) {
        return _third(TotalsSlot.unwrap(self));
    }

    function packTotals(uint256 stakes_, uint256 pots_, uint256 encumbered_) internal pure returns (TotalsSlot) {
        return TotalsSlot.wrap(_pack(stakes_, pots_, encumbered_));
    }

    /// @dev The vault with `amount` less stake.
    function minusStakes(TotalsSlot self, uint256 amount) internal pure returns (TotalsSlot) {
        unchecked {
            return TotalsSlot.wrap(TotalsSlot.unwrap(self) - amount);
        }
    }

    /// @dev The vault after `amount` of stake went to the pots.
    function toPots(TotalsSlot self, uint256 amount) internal pure returns (TotalsSlot) {
        unchecked {
            return TotalsSlot.wrap(TotalsSlot.unwrap(self) - amount + (amount << BITS));
        }
    }

    /// @dev The vault after `amount` of the pots went to stake.
    function toStakes(TotalsSlot self, uint256 amount) internal pure returns (TotalsSlot) {
        unchecked {
            return TotalsSlot.wrap(TotalsSlot.unwrap(self) + amount - (amount << BITS));
        }
    }

    /* INTERNAL */

    function _first(uint256 word) private pure returns (uint256) {
        return word & MAX_AMOUNT;
    }

    function _second(uint256 word) private pure returns (uint256) {
        return (word >> BITS) & MAX_AMOUNT;
    }

    function _third(uint256 word) private pure returns (uint256) {
        return word >> (2 * BITS);
    }

    function _pack(uint256 first, uint256 second, uint256 third) private pure returns (uint256) {
        return first | (second << BITS) | (third << (2 * BITS));
    }
}
