// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";

import {MarketParams} from "../../../contracts/market/interfaces/IBeliefMarket.sol";
import {MarketArgs} from "../../../contracts/market/libraries/MarketArgs.sol";
import {Check} from "../utils/Check.sol";

/// @dev All that the readers say of a clone's arguments, each on its own.
struct ReadArgs {
    bytes32 claimId;
    address author;
    uint256 createdAt;
    uint256 lockPeriod;
    uint256 minRewardDuration;
    uint256 lateEntryFeeBaseBps;
    uint256 lateEntryFeeMaxBps;
    uint256 lateEntryFeeScale;
    uint256 authorPremiumBps;
    uint256 earlyExitPenaltyBps;
    uint256 maxSrpBps;
    uint256 maxUserRewardBps;
    uint256 minStake;
    uint256 maxStake;
}

/// @dev The code behind the clones of this test: it reads their arguments as a market does.
contract ArgsReader {
    using MarketArgs for bytes;

    function all() external view returns (ReadArgs memory r) {
        bytes memory args = MarketArgs.read();
        r.claimId = args.claimId();
        r.author = args.author();
        r.createdAt = args.createdAt();
        r.lockPeriod = args.lockPeriod();
        r.minRewardDuration = args.minRewardDuration();
        r.lateEntryFeeBaseBps = args.lateEntryFeeBaseBps();
        r.lateEntryFeeMaxBps = args.lateEntryFeeMaxBps();
        r.lateEntryFeeScale = args.lateEntryFeeScale();
        r.authorPremiumBps = args.authorPremiumBps();
        r.earlyExitPenaltyBps = args.earlyExitPenaltyBps();
        r.maxSrpBps = args.maxSrpBps();
        r.maxUserRewardBps = args.maxUserRewardBps();
        r.minStake = args.minStake();
        r.maxStake = args.maxStake();
    }

    function params() external view returns (MarketParams memory) {
        return MarketArgs.read().params();
    }
}

/// @dev The arguments of a clone as anybody reads them from its code, byte by byte: the plain version of the assembly
/// in `MarketArgs`.
library PlainArgs {
    // EIP-1167 proxy code is 45 bytes; the arguments follow.
    uint256 private constant PROXY_LENGTH = 45;

    function read(address clone) internal view returns (ReadArgs memory r) {
        bytes memory code = clone.code;
        r.claimId = bytes32(_number(code, 0, 32));
        r.author = address(uint160(_number(code, 32, 20)));
        r.createdAt = _number(code, 52, 5);
        r.lockPeriod = _number(code, 57, 4);
        r.minRewardDuration = _number(code, 61, 4);
        r.lateEntryFeeBaseBps = _number(code, 65, 2);
        r.lateEntryFeeMaxBps = _number(code, 67, 2);
        r.lateEntryFeeScale = _number(code, 69, 12);
        r.authorPremiumBps = _number(code, 81, 2);
        r.earlyExitPenaltyBps = _number(code, 83, 2);
        r.maxSrpBps = _number(code, 85, 2);
        r.maxUserRewardBps = _number(code, 87, 4);
        r.minStake = _number(code, 91, 12);
        r.maxStake = _number(code, 103, 12);
    }

    function _number(bytes memory code, uint256 start, uint256 length) private pure returns (uint256 number) {
        for (uint256 i = 0; i < length; ++i) number = (number << 8) | uint8(code[PROXY_LENGTH + start + i]);
    }
}

/// @title Immutable arguments of a market, through a real clone
contract MarketArgsTest {
    uint256 private constant ARGS_LENGTH = 115;
    uint256 private constant PROXY_LENGTH = 45;

    address private _reader;

    function setUp() public {
        _reader = address(new ArgsReader());
    }

    function testFuzz_readers_agreeWithThePlainVersion(
        bytes32 claimId,
        address author,
        uint40 createdAt,
        MarketParams calldata p
    ) public {
        address clone = _clone(claimId, author, createdAt, p);
        Check.equal(abi.encode(ArgsReader(clone).all()), abi.encode(PlainArgs.read(clone)), "a reader");
    }

    /// @dev Arguments of nothing but code bytes: no field takes from its neighbour.
    function testFuzz_readers_agreeWithThePlainVersionOnAnyBytes(bytes32[4] calldata words) public {
        bytes memory args = new bytes(ARGS_LENGTH);
        for (uint256 i = 0; i < ARGS_LENGTH; ++i) args[i] = words[i / 32][i % 32];
        address clone = Clones.cloneDeterministicWithImmutableArgs(_reader, args, words[0]);
        Check.equal(abi.encode(ArgsReader(clone).all()), abi.encode(PlainArgs.read(clone)), "a reader");
    }

    function testFuzz_readers_returnWhatWasPacked(
        bytes32 claimId,
        address author,
        uint40 createdAt,
        MarketParams calldata p
    ) public {
        ReadArgs memory r = ArgsReader(_clone(claimId, author, createdAt, p)).all();
        Check.equal(r.claimId, claimId, "claimId");
        Check.equal(r.author, author, "author");
        Check.equal(r.createdAt, createdAt, "createdAt");
        Check.equal(r.lockPeriod, p.lockPeriod, "lockPeriod");
        Check.equal(r.minRewardDuration, p.minRewardDuration, "minRewardDuration");
        Check.equal(r.lateEntryFeeBaseBps, p.lateEntryFeeBaseBps, "lateEntryFeeBaseBps");
        Check.equal(r.lateEntryFeeMaxBps, p.lateEntryFeeMaxBps, "lateEntryFeeMaxBps");
        Check.equal(r.lateEntryFeeScale, p.lateEntryFeeScale, "lateEntryFeeScale");
        Check.equal(r.authorPremiumBps, p.authorPremiumBps, "authorPremiumBps");
        Check.equal(r.earlyExitPenaltyBps, p.earlyExitPenaltyBps, "earlyExitPenaltyBps");
        Check.equal(r.maxSrpBps, p.maxSrpBps, "maxSrpBps");
        Check.equal(r.maxUserRewardBps, p.maxUserRewardBps, "maxUserRewardBps");
        Check.equal(r.minStake, p.minStake, "minStake");
        Check.equal(r.maxStake, p.maxStake, "maxStake");
    }

    function testFuzz_params_returnsTheRulesThatWerePacked(
        bytes32 claimId,
        address author,
        uint40 createdAt,
        MarketParams calldata p
    ) public {
        MarketParams memory read = ArgsReader(_clone(claimId, author, createdAt, p)).params();
        Check.equal(abi.encode(read), abi.encode(p), "params");
    }

    function testFuzz_unpackParams_undoesPackParams(MarketParams calldata p) public pure {
        MarketParams memory unpacked = MarketArgs.unpackParams(MarketArgs.packParams(p));
        Check.equal(abi.encode(unpacked), abi.encode(p), "params");
    }

    function testFuzz_pack_takes115Bytes(
        bytes32 claimId,
        address author,
        uint40 createdAt,
        MarketParams calldata p
    ) public {
        bytes memory args = MarketArgs.pack(claimId, author, createdAt, MarketArgs.packParams(p));
        Check.equal(args.length, ARGS_LENGTH, "arguments");
        Check.equal(_clone(claimId, author, createdAt, p).code.length, PROXY_LENGTH + ARGS_LENGTH, "code");
    }

    function _clone(
        bytes32 claimId,
        address author,
        uint40 createdAt,
        MarketParams calldata p
    ) private returns (address) {
        bytes memory args = MarketArgs.pack(claimId, author, createdAt, MarketArgs.packParams(p));
        return Clones.cloneDeterministicWithImmutableArgs(_reader, args, claimId);
    }
}
