// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IQueryEscrow} from "../../../contracts/query/interfaces/IQueryEscrow.sol";
import {Ranking, RankingLib} from "../../../contracts/query/libraries/RankingLib.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";
import {RandomBallots} from "./RandomBallots.sol";

/// @title Rankings in a word, against the list they came from
contract RankingLibTest {
    using Bounded for uint256;

    uint256 private constant MOST = 32;

    /// @dev The library takes a list from calldata.
    function pack(uint8[] calldata order, uint256 count) external pure returns (Ranking) {
        return RankingLib.pack(order, count);
    }

    function testFuzz_pack_keepsEachPlace(uint256 seed, uint256 count) public view {
        count = count.within(1, MOST);
        uint8[] memory order = RandomBallots.drawRanking(seed, count);
        Ranking packed = this.pack(order, count);
        for (uint256 place = 0; place < count; ++place) {
            Check.equal(packed.answerAt(place), order[place], "answer at a place");
        }
        Check.equal(Ranking.unwrap(packed) >> (5 * count), 0, "bits beyond the last place");
    }

    /// @dev What tells whether a vote was opened.
    function testFuzz_isThere_forEveryRankingOfTwoAnswersOrMore(uint256 seed, uint256 count) public view {
        count = count.within(2, MOST);
        Check.isTrue(this.pack(RandomBallots.drawRanking(seed, count), count).isThere(), "a ranking is missing");
    }

    function test_isThere_isNotWhereNothingWasPacked() public pure {
        Check.isTrue(!Ranking.wrap(0).isThere(), "a ranking out of nothing");
    }

    /// @dev One place names the answer of another.
    function testFuzz_pack_refusesAnAnswerTwice(uint256 seed, uint256 count, uint256 place, uint256 other) public view {
        count = count.within(2, MOST);
        place = place.within(0, count - 1);
        uint8[] memory order = RandomBallots.drawRanking(seed, count);
        order[place] = order[(place + other.within(1, count - 1)) % count];
        _assertRefused(order, count);
    }

    function testFuzz_pack_refusesAnAnswerThatIsNone(
        uint256 seed,
        uint256 count,
        uint256 place,
        uint256 index
    ) public view {
        count = count.within(1, MOST);
        uint8[] memory order = RandomBallots.drawRanking(seed, count);
        order[place % count] = uint8(index.ofAnySize(count, type(uint8).max));
        _assertRefused(order, count);
    }

    function testFuzz_pack_refusesAnotherLength(uint256 seed, uint256 count, uint256 length) public view {
        count = count.within(0, MOST);
        length = length.within(0, MOST);
        if (length == count) length = count + 1;
        _assertRefused(RandomBallots.drawRanking(seed, length), count);
    }

    function _assertRefused(uint8[] memory order, uint256 count) private view {
        try this.pack(order, count) returns (Ranking) {
            Check.isTrue(false, "no permutation was packed");
        } catch (bytes memory reason) {
            bytes memory expected = abi.encodeWithSelector(IQueryEscrow.NotPermutation.selector, count);
            Check.equal(reason, expected, "refused for another reason");
        }
    }
}
