// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {
    HolderSlot,
    MarketSlots,
    PoolSlot,
    RewardSlot,
    TermsSlot
} from "../../../contracts/market/libraries/MarketSlots.sol";
import {PositionBook, Positions} from "../../../contracts/market/libraries/PositionBook.sol";
import {Side} from "../../../contracts/shared/Side.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";
import {vm} from "../utils/Vm.sol";

/// @title Storage words of a market
/// @dev Any word is taken apart and put together again: were two fields to overlap, or a bit to belong to none, the
/// word would not come back.
contract MarketSlotsTest {
    using Bounded for uint256;

    uint256 private constant DEPOSITS = 8;
    uint256 private constant MAX_STAKE = type(uint96).max;
    uint256 private constant MAX_TOTAL = type(uint104).max;
    uint256 private constant MAX_SECONDS = type(uint32).max;
    uint256 private constant MAX_COUNT = type(uint48).max;

    // What a checkpoint of two slots holds: 126 bits, signed.
    int256 private constant MIN_NARROW = -(2 ** 125);
    int256 private constant MAX_NARROW = 2 ** 125 - 1;

    /* ONE SIDE */

    function testFuzz_pool_givesBackAnyWord(uint256 word) public pure {
        PoolSlot pool = PoolSlot.wrap(word);
        Check.atMost(pool.principal(), MAX_TOTAL, "principal");
        Check.equal(pool.principal() | (pool.timeWeightedPrincipal() << 104), word, "word");
    }

    function testFuzz_pool_plusChangesPrincipalAndItsTimeAlone(
        uint256 principal,
        uint256 timeWeighted,
        uint256 amount,
        uint256 since
    ) public pure {
        amount = amount.ofAnySize(0, MAX_STAKE);
        since = since.ofAnySize(0, MAX_SECONDS);
        principal = principal.ofAnySize(0, MAX_TOTAL - amount);
        timeWeighted = timeWeighted.ofAnySize(0, type(uint136).max - amount * since);
        PoolSlot pool = PoolSlot.wrap(principal | (timeWeighted << 104));
        PoolSlot grown = pool.plus(amount, since);
        Check.equal(grown.principal(), principal + amount, "principal");
        Check.equal(grown.timeWeightedPrincipal(), timeWeighted + amount * since, "time-weighted principal");
        PoolSlot shrunk = grown.minus(amount, since);
        Check.equal(PoolSlot.unwrap(shrunk), PoolSlot.unwrap(pool), "minus does not undo plus");
    }

    function testFuzz_pool_weighsEachDepositByItsAge(uint256 seed, uint256 elapsed) public pure {
        elapsed = elapsed.ofAnySize(0, MAX_SECONDS);
        PoolSlot pool;
        uint256 expected = 0;
        for (uint256 i = 0; i < DEPOSITS; ++i) {
            (uint256 amount, uint256 since) = _deposit(seed, i, elapsed);
            pool = pool.plus(amount, since);
            expected += amount * (elapsed - since);
        }
        Check.equal(pool.weightAt(elapsed), expected, "weight");
        uint256 definition = elapsed * pool.principal() - pool.timeWeightedPrincipal();
        Check.equal(pool.weightAt(elapsed), definition, "t * P - S");
    }

    function testFuzz_pool_isEmptyWhenAllDepositsHaveLeft(uint256 seed, uint256 rotation) public pure {
        PoolSlot pool;
        for (uint256 i = 0; i < DEPOSITS; ++i) {
            (uint256 amount, uint256 since) = _deposit(seed, i, MAX_SECONDS);
            pool = pool.plus(amount, since);
        }
        for (uint256 i = 0; i < DEPOSITS; ++i) {
            (uint256 amount, uint256 since) = _deposit(seed, (i + (rotation % DEPOSITS)) % DEPOSITS, MAX_SECONDS);
            pool = pool.minus(amount, since);
        }
        Check.equal(PoolSlot.unwrap(pool), 0, "left");
    }

    /* THE REWARD POOL */

    function testFuzz_rewards_giveBackAnyWord(uint256 word) public pure {
        RewardSlot rewards = RewardSlot.wrap(word);
        Check.atMost(rewards.shared(), MAX_TOTAL, "shared");
        Check.atMost(rewards.undistributed(), MAX_TOTAL, "undistributed");
        Check.equal(rewards.srp(), rewards.shared() + rewards.undistributed(), "SRP");
        Check.equal(RewardSlot.unwrap(_pack(rewards)), word, "word");
        Check.equal(RewardSlot.unwrap(rewards.allocate(0, 0)), word, "nothing allocated");
        Check.equal(RewardSlot.unwrap(rewards.release(0, 0)), word, "nothing released");
    }

    function testFuzz_rewards_plusPositionCountsAndDoesNothingElse(uint256 seed) public pure {
        RewardSlot rewards = _rewards(seed, MAX_TOTAL, MAX_COUNT - 1);
        uint256 count = rewards.positionCount() + 1;
        _assertRewards(rewards.plusPosition(), rewards.shared(), rewards.undistributed(), count);
    }

    function testFuzz_rewards_allocateMovesWhatWaits(uint256 seed, uint256 incoming, uint256 allocated) public pure {
        RewardSlot rewards = _rewards(seed, MAX_TOTAL, MAX_COUNT);
        incoming = incoming.ofAnySize(0, MAX_TOTAL - rewards.srp());
        allocated = allocated.ofAnySize(0, rewards.undistributed() + incoming);
        RewardSlot next = rewards.allocate(allocated, incoming);
        Check.equal(next.srp(), rewards.srp() + incoming, "SRP");
        _assertRewards(
            next,
            rewards.shared() + allocated,
            rewards.undistributed() + incoming - allocated,
            rewards.positionCount()
        );
    }

    function testFuzz_rewards_releaseKeepsWhatIsNotPaid(uint256 seed, uint256 earned, uint256 kept) public pure {
        RewardSlot rewards = _rewards(seed, MAX_TOTAL, MAX_COUNT);
        earned = earned.ofAnySize(0, rewards.shared());
        kept = kept.ofAnySize(0, earned);
        RewardSlot next = rewards.release(earned, kept);
        Check.equal(next.srp() + earned - kept, rewards.srp(), "SRP");
        _assertRewards(next, rewards.shared() - earned, rewards.undistributed() + kept, rewards.positionCount());
    }

    function testFuzz_rewards_sweepLeavesNothingShared(uint256 seed) public pure {
        RewardSlot rewards = _rewards(seed, MAX_TOTAL, MAX_COUNT);
        _assertRewards(rewards.sweep(), 0, rewards.srp(), rewards.positionCount());
    }

    /* A POSITION */

    function testFuzz_position_givesBackAnyTwoWords(uint256 termsWord, uint256 holderWord) public pure {
        (TermsSlot terms, HolderSlot holder) = (TermsSlot.wrap(termsWord), HolderSlot.wrap(holderWord));
        (int256 high, uint256 low) = MarketSlots.splitCheckpoint(MarketSlots.joinCheckpoint(terms, holder));
        TermsSlot packed = MarketSlots.packTerms(
            terms.principal(),
            terms.rewardAllowance(),
            terms.depositedAt(),
            terms.side(),
            terms.isCheckpointWide(),
            high
        );
        Check.equal(TermsSlot.unwrap(packed), termsWord, "terms");
        Check.equal(HolderSlot.unwrap(MarketSlots.packHolder(holder.storedOwner(), low)), holderWord, "holder");
    }

    function testFuzz_position_readsBackEachField(
        uint96 principal,
        uint96 allowance,
        uint32 depositedAt,
        bool isOppose,
        bool isWide,
        uint256 seed
    ) public pure {
        Side side = isOppose ? Side.Oppose : Side.Support;
        (int256 high, ) = MarketSlots.splitCheckpoint(_narrow(seed));
        TermsSlot terms = MarketSlots.packTerms(principal, allowance, depositedAt, side, isWide, high);
        Check.equal(terms.principal(), principal, "principal");
        Check.equal(terms.rewardAllowance(), allowance, "allowance");
        Check.equal(terms.depositedAt(), depositedAt, "depositedAt");
        Check.equal(uint256(terms.side()), uint256(side), "side");
        Check.equal(terms.isCheckpointWide(), isWide, "wide flag");
    }

    function testFuzz_checkpoint_comesBackFromTwoSlots(uint256 seed, address owner, uint224 other) public pure {
        int256 checkpoint = _narrow(seed);
        (int256 high, uint256 low) = MarketSlots.splitCheckpoint(checkpoint);
        Check.isTrue(MarketSlots.isCheckpointNarrow(high), "not narrow");
        Check.atMost(low, MAX_STAKE, "low part");
        TermsSlot terms = MarketSlots.packTerms(
            uint96(other),
            uint96(other >> 96),
            other >> 192,
            Side.Oppose,
            true,
            high
        );
        HolderSlot holder = MarketSlots.packHolder(owner, low);
        Check.equal(holder.storedOwner(), owner, "owner");
        _assertEqual(MarketSlots.joinCheckpoint(terms, holder), checkpoint, "checkpoint");
    }

    function testFuzz_checkpoint_isNarrowWithin126BitsOnly(uint256 seed) public pure {
        int256 checkpoint = _anyCheckpoint(seed);
        (int256 high, ) = MarketSlots.splitCheckpoint(checkpoint);
        bool isNarrow = checkpoint >= MIN_NARROW && checkpoint <= MAX_NARROW;
        Check.equal(MarketSlots.isCheckpointNarrow(high), isNarrow, "narrow");
    }

    function test_checkpoint_isNarrowUpToItsLargest() public pure {
        Check.isTrue(_isNarrow(MAX_NARROW), "2^125 - 1");
        Check.isTrue(!_isNarrow(MAX_NARROW + 1), "2^125");
    }

    function test_checkpoint_isNarrowDownToItsSmallest() public pure {
        Check.isTrue(_isNarrow(MIN_NARROW), "-2^125");
        Check.isTrue(!_isNarrow(MIN_NARROW - 1), "-2^125 - 1");
    }

    /* INTERNAL */

    function _deposit(uint256 seed, uint256 index, uint256 elapsed) private pure returns (uint256, uint256) {
        uint256 amount = uint256(keccak256(abi.encode(seed, index, "amount"))).ofAnySize(1, MAX_STAKE);
        return (amount, uint256(keccak256(abi.encode(seed, index, "since"))).ofAnySize(0, elapsed));
    }

    function _pack(RewardSlot r) private pure returns (RewardSlot) {
        return RewardSlot.wrap(r.shared() | (r.undistributed() << 104) | (r.positionCount() << 208));
    }

    /// @dev A pool of at most `maxSrp` with at most `maxCount` positions.
    function _rewards(uint256 seed, uint256 maxSrp, uint256 maxCount) private pure returns (RewardSlot) {
        uint256 shared = uint256(keccak256(abi.encode(seed, "shared"))).ofAnySize(0, maxSrp);
        uint256 undistributed = uint256(keccak256(abi.encode(seed, "undistributed"))).ofAnySize(0, maxSrp - shared);
        uint256 count = uint256(keccak256(abi.encode(seed, "count"))).ofAnySize(0, maxCount);
        return RewardSlot.wrap(shared | (undistributed << 104) | (count << 208));
    }

    function _assertRewards(RewardSlot r, uint256 shared, uint256 undistributed, uint256 count) private pure {
        Check.equal(r.shared(), shared, "shared");
        Check.equal(r.undistributed(), undistributed, "undistributed");
        Check.equal(r.positionCount(), count, "count");
    }

    /// @dev A checkpoint of any size and either sign that two slots hold, both ends among them.
    function _narrow(uint256 seed) private pure returns (int256) {
        uint256 size = uint256(keccak256(abi.encode(seed))).ofAnySize(0, uint256(MAX_NARROW));
        return seed % 2 == 0 ? int256(size) : -int256(size) - 1;
    }

    function _anyCheckpoint(uint256 seed) private pure returns (int256) {
        uint256 size = uint256(keccak256(abi.encode(seed))).ofAnySize(0, uint256(type(int256).max));
        return seed % 2 == 0 ? int256(size) : -int256(size) - 1;
    }

    function _isNarrow(int256 checkpoint) private pure returns (bool) {
        (int256 high, ) = MarketSlots.splitCheckpoint(checkpoint);
        return MarketSlots.isCheckpointNarrow(high);
    }

    function _assertEqual(int256 left, int256 right, string memory message) private pure {
        if (left != right) vm.assertEq(left, right, message);
    }
}

/// @title Positions in storage, narrow and wide
contract PositionBookTest {
    using Bounded for uint256;
    using PositionBook for Positions;

    /// @dev What `write` is given.
    struct Written {
        uint256 principal;
        uint256 allowance;
        uint256 depositedAt;
        Side side;
        int256 checkpoint;
        address storedOwner;
    }

    uint256 private constant MAX_STAKE = type(uint96).max;
    uint256 private constant MAX_SECONDS = type(uint32).max;
    uint256 private constant MAX_NARROW = 2 ** 125 - 1;
    uint256 private constant MAX_CHECKPOINT = 2 ** 247;

    Positions private _positions;

    function testFuzz_write_isReadBack(uint256 seed, uint256 id) public {
        Written memory w = _draw(seed, MAX_CHECKPOINT);
        _write(id, w);
        _assertStored(id, w);
    }

    function testFuzz_write_marksWideCheckpointsOnly(uint256 seed, uint256 id) public {
        Written memory w = _draw(seed, MAX_CHECKPOINT);
        _write(id, w);
        (TermsSlot terms, ) = _positions.read(id);
        bool isWide = w.checkpoint > int256(MAX_NARROW) || w.checkpoint < -int256(MAX_NARROW) - 1;
        Check.equal(terms.isCheckpointWide(), isWide, "wide flag");
        int256 apart = isWide ? w.checkpoint : int256(0);
        _assertEqual(_positions.wideCheckpoints[id], apart, "checkpoint apart");
    }

    function testFuzz_write_leavesOtherPositionsAlone(uint256 seed, uint256 id, uint256 otherId) public {
        if (otherId == id) otherId = id ^ 1;
        Written memory other = _draw(~seed, MAX_CHECKPOINT);
        _write(otherId, other);
        _write(id, _draw(seed, MAX_CHECKPOINT));
        _assertStored(otherId, other);
        (TermsSlot terms, ) = _positions.read(id);
        _positions.remove(id, terms);
        _assertStored(otherId, other);
    }

    /// @dev As claims do: the checkpoint moves from narrow to wide and back, the owner stays.
    function testFuzz_write_replacesWhatWasThere(uint256 seed, uint256 id) public {
        Written memory first = _draw(seed, MAX_CHECKPOINT);
        if (first.storedOwner == address(0)) first.checkpoint = 0;
        _write(id, first);
        for (uint256 i = 0; i < 4; ++i) {
            Written memory next = _draw(
                uint256(keccak256(abi.encode(seed, i))),
                i % 2 == 0 ? MAX_NARROW : MAX_CHECKPOINT
            );
            next.storedOwner = first.storedOwner;
            if (next.storedOwner == address(0)) next.checkpoint = _neverFalling(first.checkpoint, next.checkpoint);
            _write(id, next);
            _assertStored(id, next);
            first.checkpoint = next.checkpoint;
        }
    }

    function testFuzz_write_leavesTheHolderOfTheAuthorsFirstPositionZero(uint256 seed, uint256 id) public {
        Written memory w = _draw(seed, MAX_CHECKPOINT);
        (w.checkpoint, w.storedOwner) = (0, address(0));
        _write(id, w);
        (, HolderSlot holder) = _positions.read(id);
        Check.equal(HolderSlot.unwrap(holder), 0, "holder");
    }

    function testFuzz_remove_clearsEverySlot(uint256 seed, uint256 id) public {
        _write(id, _draw(seed, MAX_CHECKPOINT));
        (TermsSlot terms, HolderSlot holder) = _positions.read(id);
        _positions.remove(id, terms);
        (terms, holder) = _positions.read(id);
        Check.equal(TermsSlot.unwrap(terms), 0, "terms");
        Check.equal(HolderSlot.unwrap(holder), 0, "holder");
        _assertEqual(_positions.wideCheckpoints[id], 0, "checkpoint apart");
    }

    /// @dev A checkpoint that was wide once and is narrow at the close leaves an entry that nothing reads.
    function testFuzz_remove_afterBothWidthsLeavesNothingThatIsRead(uint256 seed, uint256 id) public {
        Written memory w = _draw(seed, MAX_NARROW);
        w.storedOwner = address(this);
        int256 narrow = w.checkpoint;
        w.checkpoint = int256(MAX_CHECKPOINT);
        _write(id, w);
        w.checkpoint = narrow;
        _write(id, w);
        _assertStored(id, w);
        (TermsSlot terms, HolderSlot holder) = _positions.read(id);
        _positions.remove(id, terms);
        (terms, holder) = _positions.read(id);
        Check.equal(TermsSlot.unwrap(terms) | HolderSlot.unwrap(holder), 0, "slots");
        _assertEqual(_positions.checkpointOf(id, terms, holder), 0, "checkpoint of a closed position");
    }

    /* INTERNAL */

    function _write(uint256 id, Written memory w) private {
        _positions.write(id, w.principal, w.allowance, w.depositedAt, w.side, w.checkpoint, w.storedOwner);
    }

    function _assertStored(uint256 id, Written memory w) private view {
        (TermsSlot terms, HolderSlot holder) = _positions.read(id);
        Check.equal(terms.principal(), w.principal, "principal");
        Check.equal(terms.rewardAllowance(), w.allowance, "allowance");
        Check.equal(terms.depositedAt(), w.depositedAt, "depositedAt");
        Check.equal(uint256(terms.side()), uint256(w.side), "side");
        Check.equal(holder.storedOwner(), w.storedOwner, "owner");
        _assertEqual(_positions.checkpointOf(id, terms, holder), w.checkpoint, "checkpoint");
    }

    /// @dev A position with a checkpoint of any size up to `maxSize`, both signs; one in four is the author's.
    function _draw(uint256 seed, uint256 maxSize) private pure returns (Written memory w) {
        w.principal = uint256(keccak256(abi.encode(seed, "principal"))).ofAnySize(1, MAX_STAKE);
        w.allowance = uint256(keccak256(abi.encode(seed, "allowance"))).ofAnySize(0, MAX_STAKE);
        w.depositedAt = uint256(keccak256(abi.encode(seed, "depositedAt"))).ofAnySize(0, MAX_SECONDS);
        uint256 choices = uint256(keccak256(abi.encode(seed, "choices")));
        w.side = choices & 1 == 0 ? Side.Support : Side.Oppose;
        int256 size = int256(uint256(keccak256(abi.encode(seed, "checkpoint"))).ofAnySize(0, maxSize));
        w.checkpoint = choices & 2 == 0 ? size : -size - 1;
        if (choices & 12 != 0) w.storedOwner = address(uint160(choices >> 96));
    }

    /// @dev A checkpoint of the author after `current`: it starts at zero and only grows.
    function _neverFalling(int256 current, int256 next) private pure returns (int256) {
        int256 grown = next < 0 ? -next : next;
        return grown < current ? current : grown;
    }

    function _assertEqual(int256 left, int256 right, string memory message) private pure {
        if (left != right) vm.assertEq(left, right, message);
    }
}
