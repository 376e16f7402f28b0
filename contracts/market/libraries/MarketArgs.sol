// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";

import {MarketParams} from "../interfaces/IBeliefMarket.sol";

/// @dev The rules of a market in as many bytes as they need.
/// @param terms The fields of `MarketParams` from `lockPeriod` to `maxSrpBps`, big-endian.
/// @param bounds The fields from `maxUserRewardBps` to `maxStake`, big-endian.
struct PackedParams {
    bytes30 terms;
    bytes28 bounds;
}

/// @title Immutable arguments of a market clone
/// @notice What never changes in a market lies in its code, behind the EIP-1167 proxy: a byte of code costs 200 gas
/// once, a storage slot 22,100 and then 2,100 for every call that reads it.
/// @dev Packed big-endian, 115 bytes: claimId (32) | author (20) | createdAt (5) | the fields of `MarketParams` in
/// order (30 + 28). A reader takes the word that ends with its field and cuts the rest off.
library MarketArgs {
    /// @dev The bytes to append to a clone's code.
    function pack(
        bytes32 claimId_,
        address author_,
        uint40 createdAt_,
        PackedParams memory p
    ) internal pure returns (bytes memory) {
        return abi.encodePacked(claimId_, author_, createdAt_, p.terms, p.bounds);
    }

    /// @dev The rules as they lie in the arguments.
    function packParams(MarketParams memory p) internal pure returns (PackedParams memory) {
        bytes memory terms = abi.encodePacked(
            abi.encodePacked(p.lockPeriod, p.minRewardDuration, p.lateEntryFeeBaseBps, p.lateEntryFeeMaxBps),
            abi.encodePacked(p.lateEntryFeeScale, p.authorPremiumBps, p.earlyExitPenaltyBps, p.maxSrpBps)
        );
        bytes memory bounds = abi.encodePacked(p.maxUserRewardBps, p.minStake, p.maxStake);
        return PackedParams({terms: bytes30(terms), bounds: bytes28(bounds)});
    }

    /// @dev The rules out of their packed form.
    function unpackParams(PackedParams memory p) internal pure returns (MarketParams memory) {
        return params(pack(0, address(0), 0, p));
    }

    /// @dev The arguments of the clone that is executing. Only for code that runs behind a clone.
    function read() internal view returns (bytes memory) {
        return Clones.fetchCloneArgs(address(this));
    }

    function claimId(bytes memory args) internal pure returns (bytes32) {
        return bytes32(_wordEndingAt(args, 32));
    }

    function author(bytes memory args) internal pure returns (address) {
        return address(uint160(_wordEndingAt(args, 52)));
    }

    function createdAt(bytes memory args) internal pure returns (uint256) {
        return uint40(_wordEndingAt(args, 57));
    }

    function lockPeriod(bytes memory args) internal pure returns (uint256) {
        return uint32(_wordEndingAt(args, 61));
    }

    function minRewardDuration(bytes memory args) internal pure returns (uint256) {
        return uint32(_wordEndingAt(args, 65));
    }

    function lateEntryFeeBaseBps(bytes memory args) internal pure returns (uint256) {
        return uint16(_wordEndingAt(args, 67));
    }

    function lateEntryFeeMaxBps(bytes memory args) internal pure returns (uint256) {
        return uint16(_wordEndingAt(args, 69));
    }

    function lateEntryFeeScale(bytes memory args) internal pure returns (uint256) {
        return uint96(_wordEndingAt(args, 81));
    }

    function authorPremiumBps(bytes memory args) internal pure returns (uint256) {
        return uint16(_wordEndingAt(args, 83));
    }

    function earlyExitPenaltyBps(bytes memory args) internal pure returns (uint256) {
        return uint16(_wordEndingAt(args, 85));
    }

    function maxSrpBps(bytes memory args) internal pure returns (uint256) {
        return uint16(_wordEndingAt(args, 87));
    }

    function maxUserRewardBps(bytes memory args) internal pure returns (uint256) {
        return uint32(_wordEndingAt(args, 91));
    }

    function minStake(bytes memory args) internal pure returns (uint256) {
        return uint96(_wordEndingAt(args, 103));
    }

    function maxStake(bytes memory args) internal pure returns (uint256) {
        return uint96(_wordEndingAt(args, 115));
    }

    /// @dev All rules at once. The casts undo the widening of the readers above.
    function params(bytes memory args) internal pure returns (MarketParams memory) {
        return
            MarketParams({
                lockPeriod: uint32(lockPeriod(args)),
                minRewardDuration: uint32(minRewardDuration(args)),
                lateEntryFeeBaseBps: uint16(lateEntryFeeBaseBps(args)),
                lateEntryFeeMaxBps: uint16(lateEntryFeeMaxBps(args)),
                lateEntryFeeScale: uint96(lateEntryFeeScale(args)),
                authorPremiumBps: uint16(authorPremiumBps(args)),
                earlyExitPenaltyBps: uint16(earlyExitPenaltyBps(args)),
                maxSrpBps: uint16(maxSrpBps(args)),
                maxUserRewardBps: uint32(maxUserRewardBps(args)),
                minStake: uint96(minStake(args)),
                maxStake: uint96(maxStake(args))
            });
    }

    /// @dev The 32 bytes of `args` that end before `end`, for 32 <= end <= 115. Assembly, because decoding through
    /// bounds-checked slices cost a commitment 1,500 gas more; every `end` above is a constant within the arguments.
    function _wordEndingAt(bytes memory args, uint256 end) private pure returns (uint256 word) {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            word := mload(add(args, end))
        }
    }
}
