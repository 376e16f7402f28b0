// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Side} from "../../../contracts/shared/Side.sol";
import {IConvictionMarket} from "../../../contracts/stake/interfaces/IConvictionMarket.sol";
import {IStakeVault} from "../../../contracts/stake/interfaces/IStakeVault.sol";
import {Check} from "../utils/Check.sol";
import {PlainToken} from "../utils/PlainToken.sol";
import {vm} from "../utils/Vm.sol";
import {PoolStore} from "./PoolStore.sol";
import {StakeFixtures} from "./StakeFixtures.sol";

/// @title Compares a venue with the store of a handler
/// @dev The properties of docs/properties.md, one function each. S5 sells everything: call it where what it changes
/// is discarded.
contract VenueAuditor {
    uint256 private constant WAD = 1e18;

    IConvictionMarket private immutable _venue;
    IStakeVault private immutable _vault;
    PlainToken private immutable _token;
    PoolStore private immutable _store;

    constructor(PoolStore store, IConvictionMarket venue) {
        (_store, _venue, _vault) = (store, venue, venue.vault());
        _token = PlainToken(address(venue.asset()));
    }

    /// @dev C1.
    function assertBalanceIsReserves() external view {
        uint256 sum = 0;
        for (uint256 i = 0; i < StakeFixtures.CLAIMS; ++i) sum += _reserveOf(StakeFixtures.claim(i));
        uint256 expected = sum + _store.donatedToVenue();
        Check.equal(_token.balanceOf(address(_venue)), expected, "balance = reserves + donations");
    }

    /// @dev C2.
    function assertReservesCoverSupplies() external view {
        for (uint256 i = 0; i < StakeFixtures.CLAIMS; ++i) _assertPool(StakeFixtures.claim(i));
    }

    /// @dev S3.
    function assertLocksAreThoseOfOpenPositions() external view {
        address[] memory users = _store.users();
        for (uint256 i = 0; i < users.length; ++i) {
            uint256 locked = 0;
            for (uint256 j = 0; j < StakeFixtures.CLAIMS; ++j) {
                bytes32 claimId = StakeFixtures.claim(j);
                uint256 gross = _lockOfOpen(users[i], claimId, Side.Support);
                gross += _lockOfOpen(users[i], claimId, Side.Oppose);
                Check.equal(_venue.grossLock(users[i], claimId), gross, "gross lock");
                locked += gross;
            }
            Check.equal(_vault.totalLocked(users[i]), locked, "locked = locks of open positions");
        }
    }

    /// @dev S5, in an order and in pieces that `seed` names.
    function assertEverythingSells(uint256 seed) public {
        (uint256 left, address[] memory users) = (0, _store.users());
        uint256 places = users.length * StakeFixtures.CLAIMS * 2;
        bool[] memory isClosed = new bool[](places);
        for (uint256 i = 0; left < places; ++i) {
            uint256 place = uint256(keccak256(abi.encode(seed, i))) % places;
            while (isClosed[place]) place = (place + 1) % places;
            address user = users[place / 2 / StakeFixtures.CLAIMS];
            isClosed[place] = _sellPiece(user, place, uint256(keccak256(abi.encode(seed, i, "piece"))));
            if (isClosed[place]) ++left;
        }
        for (uint256 i = 0; i < StakeFixtures.CLAIMS; ++i) {
            Check.equal(_reserveOf(StakeFixtures.claim(i)), 0, "reserve of an empty pool");
        }
        for (uint256 i = 0; i < users.length; ++i) Check.equal(_vault.totalLocked(users[i]), 0, "lock of nothing");
        Check.equal(_token.balanceOf(address(_venue)), _store.donatedToVenue(), "balance of an empty venue");
    }

    /* INTERNAL */

    function _assertPool(bytes32 claimId) private view {
        PoolStore.Pool memory expected = _store.pool(claimId);
        if (!expected.exists) return;
        (uint256 long, uint256 short, uint256 reserve) = _venue.pool(claimId);
        Check.equal(long, expected.long, "LONG supply");
        Check.equal(short, expected.short, "SHORT supply");
        Check.equal(reserve, expected.reserve, "reserve");
        uint256 squares = long * long + short * short;
        Check.atLeast(reserve * reserve, squares, "reserve below the curve");
        if (squares == 0) Check.equal(reserve, 0, "reserve behind nothing");
        uint256 belief = squares == 0 ? WAD / 2 : (long * long * WAD) / squares;
        Check.equal(_venue.marketBelief(claimId), belief, "market belief");

        address[] memory users = _store.users();
        for (uint256 i = 0; i < users.length; ++i) {
            long -= _venue.balanceOf(users[i], claimId, Side.Support);
            short -= _venue.balanceOf(users[i], claimId, Side.Oppose);
        }
        Check.equal(long, 0, "LONG supply = sum of holdings");
        Check.equal(short, 0, "SHORT supply = sum of holdings");
    }

    function _lockOfOpen(address user, bytes32 claimId, Side side) private view returns (uint256 lock) {
        lock = _vault.lockOf(user, claimId, side);
        uint256 held = _venue.balanceOf(user, claimId, side);
        Check.equal(held, _store.holdingOf(user, claimId, side), "holding");
        Check.equal(lock > 0, held > 0, "an open position has a lock, a closed one has none");
    }

    function _reserveOf(bytes32 claimId) private view returns (uint256 reserve) {
        if (_store.pool(claimId).exists) (, , reserve) = _venue.pool(claimId);
    }

    /// @dev Half of the time the whole position, else a piece of any size down to one token.
    function _sellPiece(address user, uint256 place, uint256 seed) private returns (bool isClosed) {
        bytes32 claimId = StakeFixtures.claim((place / 2) % StakeFixtures.CLAIMS);
        Side side = Side(place % 2);
        uint256 held = _venue.balanceOf(user, claimId, side);
        if (held == 0) return true;
        uint256 tokens = seed % 2 == 0 ? held : 1 + ((seed >> 8) % held);
        uint256 before = _token.balanceOf(user);
        vm.prank(user);
        uint256 amount = _venue.sell(claimId, side, tokens, 0);
        Check.equal(_token.balanceOf(user) - before, amount, "sale paid");
        return tokens == held;
    }
}
