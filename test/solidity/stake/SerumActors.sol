// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Side} from "../../../contracts/shared/Side.sol";
import {ITruthSerum} from "../../../contracts/stake/interfaces/ITruthSerum.sol";
import {Bounded} from "../utils/Bounded.sol";
import {vm} from "../utils/Vm.sol";
import {EpochStore} from "./EpochStore.sol";
import {StakeFixtures} from "./StakeFixtures.sol";
import {Traders} from "./Traders.sol";
import {VaultStore} from "./VaultStore.sol";

/// @title Who speaks on claims, and what they know of the epochs
abstract contract SerumActors is Traders, EpochStore {
    using Bounded for uint256;

    uint256 internal constant USERS = 6;

    ITruthSerum public immutable serum;

    /// @dev Of a purchase or a donation.
    uint256 internal immutable _largestAmount;

    uint256 internal immutable _startedAt;
    uint256 internal immutable _epochLength;
    uint256 internal immutable _revealWindow;

    constructor(ITruthSerum serum_, uint256 largestAmount) VaultStore(USERS) Traders(serum_.market()) {
        (serum, _largestAmount) = (serum_, largestAmount);
        (_startedAt, _epochLength) = (vm.getBlockTimestamp(), serum_.epochLength());
        _revealWindow = serum_.revealWindow();
        for (uint256 i = 0; i < StakeFixtures.CLAIMS; ++i) {
            venue.createPool(StakeFixtures.claim(i));
            _recordPool(StakeFixtures.claim(i));
        }
    }

    /* TIME */

    function _now() internal view returns (uint256) {
        return vm.getBlockTimestamp();
    }

    function _currentEpoch() internal view returns (uint256) {
        return (_now() - _startedAt) / _epochLength;
    }

    function _endsAt(uint256 epoch) internal view returns (uint256) {
        return _startedAt + (epoch + 1) * _epochLength;
    }

    function _settleableAt(uint256 epoch) internal view returns (uint256) {
        return _endsAt(epoch) + _revealWindow;
    }

    function _isOpenToReveals(uint256 epoch) internal view returns (bool) {
        return _now() >= _endsAt(epoch) && _now() < _settleableAt(epoch);
    }

    function _isSettleable(uint256 epoch) internal view returns (bool) {
        return _now() >= _settleableAt(epoch);
    }

    /* SEALS */

    function _sealOf(uint256 voiceId) internal view returns (bytes32) {
        Voice storage v = _voices[voiceId];
        return _seal(v.user, v.claimId, v.epoch, v.belief, v.meta, v.salt);
    }

    function _seal(
        address user,
        bytes32 claimId,
        uint256 epoch,
        uint256 belief,
        uint256 meta,
        bytes32 salt
    ) internal view returns (bytes32) {
        return keccak256(abi.encode(block.chainid, serum, claimId, epoch, user, belief, meta, salt));
    }

    function _revealCall(uint256 voiceId) internal view returns (bytes memory) {
        Voice storage v = _voices[voiceId];
        (uint64 belief, uint64 meta) = (uint64(v.belief), uint64(v.meta)); // at most 1e18
        return abi.encodeCall(ITruthSerum.revealBelief, (v.user, v.claimId, v.epoch, belief, meta, v.salt));
    }

    /* DRAWS */

    function _user(uint256 seed) internal view returns (address) {
        return _users[seed % USERS];
    }

    function _claimId(uint256 seed) internal pure returns (bytes32) {
        return StakeFixtures.claim(seed % StakeFixtures.CLAIMS);
    }

    /// @dev A quarter of the opinions are one and the same, so that epochs come about in which nobody gains.
    function _opinion(uint256 seed) internal pure returns (uint256 belief, uint256 meta) {
        if (seed % 4 == 0) return (0.7e18, 0.6e18);
        return (_probability(seed >> 8), _probability(seed >> 128));
    }

    /// @dev Anything from 0 to 1e18, often where scores clamp or support begins.
    function _probability(uint256 seed) private pure returns (uint256) {
        uint256 choice = seed % 12;
        if (choice == 0) return 0;
        if (choice == 1) return WAD;
        if (choice == 2) return WAD / 2;
        if (choice == 3) return WAD / 2 + 1;
        if (choice == 4) return WAD / 100 - 1;
        if (choice == 5) return WAD - WAD / 100 + 1;
        return (seed >> 4).within(0, WAD);
    }

    /// @dev The first voice from a place that `seed` names that is open to be opened (`isLate` false), or was not
    /// opened in time.
    function _findSealed(uint256 seed, bool isLate) internal view returns (bool isFound, uint256 voiceId) {
        for (uint256 i = 0; i < _voices.length; ++i) {
            voiceId = addmod(seed, i, _voices.length);
            Voice storage v = _voices[voiceId];
            if (v.isOpened) continue;
            if (isLate ? _isSettleable(v.epoch) : _isOpenToReveals(v.epoch)) return (true, voiceId);
        }
        return (false, 0);
    }

    /// @dev The first epoch, from a place that `seed` names, of which `isSettled` is so and of which some part is not
    /// distributed.
    function _findEpoch(uint256 seed, bool isSettled) internal view returns (bool isFound, uint256 index) {
        for (uint256 i = 0; i < _epochs.length; ++i) {
            index = addmod(seed, i, _epochs.length);
            EpochBooks storage e = _epochs[index];
            if (e.isSettled != isSettled || !_isSettleable(e.epoch)) continue;
            if (e.distributed < e.voiceIds.length) return (true, index);
        }
        return (false, 0);
    }

    /// @dev The first voice, from a place that `seed` names, that waits for its part.
    function _findUnpaid(uint256 seed) internal view returns (bool isFound, uint256 voiceId) {
        (bool isAny, uint256 index) = _findEpoch(seed, true);
        if (!isAny) return (false, 0);
        uint256[] storage ids = _epochs[index].voiceIds;
        for (uint256 i = 0; i < ids.length; ++i) {
            voiceId = ids[addmod(seed >> 16, i, ids.length)];
            if (!_voices[voiceId].isDistributed) return (true, voiceId);
        }
        return (false, 0);
    }

    /// @dev A lock on the claim, bought where the user has none.
    function _ensureLock(address user, bytes32 claimId, uint256 seed) internal returns (bool) {
        if (_grossLock(user, claimId) > 0) return true;
        uint256 amount = seed.ofAnySize(AMOUNT_PER_LOCK, _largestAmount);
        return _buy(user, claimId, Side((seed >> 8) % 2), amount).length == 0;
    }
}
