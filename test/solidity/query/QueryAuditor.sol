// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Answer, IQueryEscrow, Judge, Outcome, Phase, Query} from "../../../contracts/query/interfaces/IQueryEscrow.sol";
import {Check} from "../utils/Check.sol";
import {PlainToken} from "../utils/PlainToken.sol";
import {PlainSettlement} from "./PlainSettlement.sol";
import {QueryStore} from "./QueryStore.sol";

/// @title Compares the query escrow with the store of a handler
/// @dev The properties of docs/properties.md.
contract QueryAuditor {
    uint256 private constant MAX_PARTICIPANTS = 32;

    QueryStore private immutable _store;
    IQueryEscrow private immutable _escrow;
    PlainToken private immutable _token;

    constructor(QueryStore store, IQueryEscrow escrow) {
        (_store, _escrow, _token) = (store, escrow, PlainToken(address(escrow.asset())));
    }

    /// @dev Q1: from what the escrow tells of its queries and credits, not only from the store.
    function assertTotals() external view {
        uint256 count = _store.queryCount();
        Check.equal(_escrow.queryCount(), count, "queries");
        uint256 owed = 0;
        for (uint256 id = 1; id <= count; ++id) {
            Query memory q = _escrow.query(id);
            if (q.outcome == Outcome.Pending) {
                owed += q.submitStake + q.answerers * q.answerStake + q.judges * q.judgeStake;
            }
            Check.equal(uint256(_escrow.phase(id)), uint256(_store.expectedPhase(id)), "phase");
        }
        address[] memory users = _store.users();
        for (uint256 i = 0; i < users.length; ++i) owed += _escrow.credited(users[i]);
        Check.equal(
            _token.balanceOf(address(_escrow)),
            owed + _store.donated(),
            "balance = stakes + credits + donations"
        );
    }

    /// @dev Q7: credits change by settlements and withdrawals alone; and what users hold outside.
    function assertAccounts() external view {
        address[] memory users = _store.users();
        for (uint256 i = 0; i < users.length; ++i) {
            Check.equal(_escrow.credited(users[i]), _store.creditOf(users[i]), "credited");
            Check.equal(_token.balanceOf(users[i]), _store.balanceOf(users[i]), "tokens outside");
            Check.equal(_escrow.ranks().rankOf(users[i]), _store.rankOf(users[i]), "rank");
        }
    }

    /// @dev Q3, Q6: every query and all who are in it.
    function assertQueries() external view {
        for (uint256 id = _store.queryCount(); id > 0; --id) {
            QueryStore.QueryRecord memory expected = _store.queryRecord(id);
            Query memory q = _escrow.query(id);
            _assertFacts(q, expected);
            _assertCounts(id, q);
            _assertAnswers(id, expected);
            _assertJudges(id, expected);
            (Outcome outcome, uint256 goodAnswers, uint256 goodJudges) = _escrow.outcome(id);
            Check.equal(uint256(outcome), uint256(expected.outcome), "outcome");
            Check.equal(goodAnswers, expected.goodAnswers, "good answers");
            Check.equal(goodJudges, expected.goodJudges, "good judges");
        }
    }

    /// @dev The matrix of one query that `seed` names, at any time.
    function assertWinMatrix(uint256 seed) external view {
        uint256 count = _store.queryCount();
        if (count == 0) return;
        uint256 id = 1 + (seed % count);
        uint256 n = _store.queryRecord(id).opened.length;
        uint256[][] memory expected = PlainSettlement.winMatrix(_store.factsOf(id).ballots, n);
        Check.equal(abi.encode(_escrow.winMatrix(id)), abi.encode(expected), "win matrix");
    }

    /// @dev What keepers find: every settleable query, page by page.
    function assertSettleable(uint256 seed) external view {
        uint256 count = _store.queryCount();
        uint256 size = 1 + (seed % 5);
        uint256 next = 0;
        for (uint256 id = 1; id <= count;) {
            uint256[] memory page;
            (page, next) = _escrow.settleableQueries(next, size);
            uint256 found = 0;
            for (; id < next; ++id) {
                if (_store.expectedPhase(id) == Phase.Settleable) Check.equal(page[found++], id, "settleable");
            }
            Check.equal(found, page.length, "not settleable");
            Check.equal(next, id, "where to look on");
        }
    }

    /// @dev Q5, after everybody left: nothing is left but donations.
    function assertOnlyDonationsAreLeft() external view {
        Check.equal(_token.balanceOf(address(_escrow)), _store.donated(), "balance at the end");
        for (uint256 id = _store.queryCount(); id > 0; --id) {
            Check.equal(uint256(_escrow.phase(id)), uint256(Phase.Settled), "a query that is not settled");
        }
    }

    /* INTERNAL */

    function _assertFacts(Query memory q, QueryStore.QueryRecord memory expected) private view {
        Check.equal(q.asker, expected.asker, "asker");
        Check.equal(q.contentHash, expected.contentHash, "hash of the question");
        Check.equal(q.minRank, expected.minRank, "least rank");
        Check.equal(q.minAnswers, expected.minAnswers, "least answers");
        Check.equal(q.maxAnswers, expected.maxAnswers, "most answers");
        Check.equal(q.answeringEndsAt, expected.endsAt[0], "end of answering");
        Check.equal(q.openingEndsAt, expected.endsAt[1], "end of opening");
        Check.equal(q.judgingEndsAt, expected.endsAt[2], "end of judging");
        Check.equal(q.revealingEndsAt, expected.endsAt[3], "end of revealing");
        (uint256 submitStake, uint256 answerStake, uint256 judgeStake) = _store.expectedStakes(
            expected.minRank,
            expected.minAnswers
        );
        Check.equal(q.submitStake, submitStake, "stake of the asker");
        Check.equal(q.answerStake, answerStake, "stake of an answerer");
        Check.equal(q.judgeStake, judgeStake, "stake of a judge");
    }

    function _assertCounts(uint256 id, Query memory q) private view {
        (uint256 joined, uint256 sealed_, uint256 opened) = _store.counts(id, QueryStore.Part.Answerer);
        Check.equal(q.answerers, joined, "answerers");
        Check.equal(q.sealedAnswers, sealed_, "sealed answers");
        Check.equal(q.openedAnswers, opened, "opened answers");
        Check.isTrue(opened <= sealed_ && sealed_ <= joined && joined <= q.maxAnswers, "more answers than could be");
        (joined, sealed_, opened) = _store.counts(id, QueryStore.Part.Judge);
        Check.equal(q.judges, joined, "judges");
        Check.equal(q.sealedVotes, sealed_, "sealed votes");
        Check.equal(q.openedVotes, opened, "opened votes");
        Check.isTrue(opened <= sealed_ && sealed_ <= joined && joined <= MAX_PARTICIPANTS, "more votes than could be");
    }

    function _assertAnswers(uint256 id, QueryStore.QueryRecord memory expected) private view {
        Answer[] memory answers = _escrow.answers(id);
        Check.equal(answers.length, expected.answerers.length, "answerers listed");
        for (uint256 i = 0; i < answers.length; ++i) {
            QueryStore.PartRecord memory p = _store.partRecord(id, expected.answerers[i]);
            Check.equal(answers[i].answerer, expected.answerers[i], "answerer");
            Check.equal(answers[i].isSealed, p.isSealed, "answer is sealed");
            Check.equal(answers[i].isOpened, p.isOpened, "answer is opened");
            Check.equal(answers[i].contentHash, p.isOpened ? p.secret : bytes32(0), "hash of an answer");
            if (p.isOpened) Check.equal(expected.opened[answers[i].index], answers[i].answerer, "index of an answer");
            else Check.equal(answers[i].index, 0, "index of an answer that was not opened");
        }
    }

    function _assertJudges(uint256 id, QueryStore.QueryRecord memory expected) private view {
        Judge[] memory judges = _escrow.judges(id);
        Check.equal(judges.length, expected.judges.length, "judges listed");
        for (uint256 i = 0; i < judges.length; ++i) {
            QueryStore.PartRecord memory p = _store.partRecord(id, expected.judges[i]);
            Check.equal(judges[i].judge, expected.judges[i], "judge");
            Check.equal(judges[i].rank, p.rank, "rank of a judge");
            Check.equal(judges[i].isSealed, p.isSealed, "vote is sealed");
            Check.equal(judges[i].isOpened, p.isOpened, "vote is opened");
            uint8[] memory ranking = p.isOpened ? p.ranking : new uint8[](0);
            Check.equal(abi.encode(judges[i].ranking), abi.encode(ranking), "ranking");
            Check.equal(judges[i].goodAnswers, p.isOpened ? p.goodAnswers : 0, "good answers of a vote");
        }
    }
}
