// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Outcome, Phase, Timing} from "../../../contracts/query/interfaces/IQueryEscrow.sol";
import {Check} from "../utils/Check.sol";
import {vm} from "../utils/Vm.sol";
import {Ballot, Dues, Facts, PlainSettlement} from "./PlainSettlement.sol";
import {QueryFixtures} from "./QueryFixtures.sol";

/// @title What the query escrow should remember, kept the slow way
/// @dev One record for each query and for each part in it; nothing is counted ahead, the clock is asked of the ends of
/// the windows, and votes are kept as lists.
abstract contract QueryStore {
    enum Part {
        None,
        Asker,
        Answerer,
        Judge
    }

    struct PartRecord {
        Part part;
        uint8 rank; // when joining
        bool isSealed;
        bool isOpened;
        bytes32 secret; // hash of the answer, and salt of either
        uint32 goodAnswers; // of a vote
        uint8[] ranking;
    }

    struct QueryRecord {
        address asker;
        uint8 minRank;
        uint8 minAnswers;
        uint8 maxAnswers;
        bool isCrowded; // handlers draw many at once
        Outcome outcome;
        Phase seen; // the last phase that was looked at
        Timing windows;
        uint256[4] endsAt; // of answering, opening, judging, revealing
        bytes32 contentHash;
        address[] answerers;
        address[] judges;
        address[] opened; // answerers, in the order of opening
        uint256 goodAnswers;
        uint256 goodJudges;
        uint256 paidIn;
        uint256 paidOut;
    }

    address[] internal _users;
    QueryRecord[] private _queries;
    mapping(uint256 queryId => mapping(address user => PartRecord)) private _parts;
    uint256[] internal _pending; // not settled, in no order
    mapping(address user => uint8) public rankOf;
    mapping(address user => uint256) public creditOf;
    mapping(address user => uint256) public balanceOf; // of the token, outside
    uint256 public donated;
    bool internal _isPaused;

    constructor(uint256 userCount) {
        for (uint256 i = 0; i < userCount; ++i) {
            _users.push(address(uint160(uint256(keccak256(abi.encode("user", i))))));
        }
    }

    /* READ */

    function users() external view returns (address[] memory) {
        return _users;
    }

    function queryRecord(uint256 queryId) external view returns (QueryRecord memory) {
        return _queries[queryId - 1];
    }

    function partRecord(uint256 queryId, address user) external view returns (PartRecord memory) {
        return _parts[queryId][user];
    }

    function queryCount() public view returns (uint256) {
        return _queries.length;
    }

    /// @dev Of those who joined, how many have sealed and opened something.
    function counts(uint256 queryId, Part part) public view returns (uint256 joined, uint256 sealed_, uint256 opened) {
        address[] storage who = part == Part.Answerer ? _query(queryId).answerers : _query(queryId).judges;
        joined = who.length;
        for (uint256 i = 0; i < joined; ++i) {
            if (_parts[queryId][who[i]].isSealed) ++sealed_;
            if (_parts[queryId][who[i]].isOpened) ++opened;
        }
    }

    /// @dev From the last phase on backwards.
    function expectedPhase(uint256 queryId) public view returns (Phase) {
        QueryRecord storage q = _query(queryId);
        uint256 time = vm.getBlockTimestamp();
        if (q.outcome != Outcome.Pending) return Phase.Settled;
        if (time >= _settleableAt(queryId)) return Phase.Settleable;
        if (time < q.endsAt[0]) return Phase.Answering;
        if (time < q.endsAt[1]) return Phase.Opening;
        return time < q.endsAt[2] ? Phase.Judging : Phase.Revealing;
    }

    /// @dev Of asker, answerer and judge: the formulas' fractions, each rounded down once.
    function expectedStakes(uint256 minRank, uint256 minAnswers) public pure returns (uint256, uint256, uint256) {
        uint256 ten = 10;
        uint256 tokens = QueryFixtures.UNIT;
        for (uint256 i = 0; i < minRank; ++i) (ten, tokens) = (ten * 10, tokens * 11);
        return ((50 * tokens * minAnswers) / ten, (35 * tokens) / ten, (3 * tokens * minAnswers) / ten);
    }

    /// @dev What the query comes to: ballots in the order of joining.
    function factsOf(uint256 queryId) public view returns (Facts memory f) {
        QueryRecord storage q = _query(queryId);
        (f.submitStake, f.answerStake, f.judgeStake) = expectedStakes(q.minRank, q.minAnswers);
        (f.answerers, f.judges, f.answers) = (q.answerers.length, q.judges.length, q.opened.length);
        (, , uint256 votes) = counts(queryId, Part.Judge);
        f.ballots = new Ballot[](votes);
        for (uint256 i = q.judges.length; i > 0; --i) {
            PartRecord storage p = _parts[queryId][q.judges[i - 1]];
            if (p.isOpened) f.ballots[--votes] = Ballot(p.rank, p.ranking, p.goodAnswers);
        }
    }

    /// @dev All stakes of a query, as long as it is open.
    function stakesIn(uint256 queryId) public view returns (uint256) {
        return _query(queryId).paidIn - _query(queryId).paidOut;
    }

    /* INTERNAL: READ */

    function _query(uint256 queryId) internal view returns (QueryRecord storage) {
        return _queries[queryId - 1];
    }

    function _part(uint256 queryId, address user) internal view returns (PartRecord storage) {
        return _parts[queryId][user];
    }

    function _exists(uint256 queryId) internal view returns (bool) {
        return queryId > 0 && queryId <= _queries.length;
    }

    /* INTERNAL: WRITE */

    /// @dev With complete windows.
    function _recordQuery(
        address asker,
        uint8 minRank,
        uint8 minAnswers,
        uint8 maxAnswers,
        Timing memory windows
    ) internal returns (uint256 queryId) {
        QueryRecord storage q = _queries.push();
        queryId = _queries.length;
        (q.asker, q.minRank, q.minAnswers, q.maxAnswers) = (asker, minRank, minAnswers, maxAnswers);
        q.windows = windows;
        _setEnds(q, vm.getBlockTimestamp() + windows.answering);
        _parts[queryId][asker].part = Part.Asker;
        (uint256 submitStake, , ) = expectedStakes(minRank, minAnswers);
        _recordPayment(queryId, asker, submitStake);
        _pending.push(queryId);
    }

    /// @dev One account has one part.
    function _recordJoin(uint256 queryId, address user, Part part) internal {
        QueryRecord storage q = _query(queryId);
        PartRecord storage p = _parts[queryId][user];
        Check.isTrue(p.part == Part.None, "a second part in a query");
        (p.part, p.rank) = (part, rankOf[user]);
        (, uint256 answerStake, uint256 judgeStake) = expectedStakes(q.minRank, q.minAnswers);
        (part == Part.Answerer ? q.answerers : q.judges).push(user);
        _recordPayment(queryId, user, part == Part.Answerer ? answerStake : judgeStake);
    }

    /// @dev Says whether it was the last answer that there was place for.
    function _recordSeal(uint256 queryId, address user, bytes32 secret) internal returns (bool isLast) {
        PartRecord storage p = _parts[queryId][user];
        Check.isTrue(!p.isSealed, "a seal is replaced");
        (p.isSealed, p.secret) = (true, secret);
        (, uint256 sealedAnswers, ) = counts(queryId, Part.Answerer);
        isLast = p.part == Part.Answerer && sealedAnswers == _query(queryId).maxAnswers;
        if (isLast) _setEnds(_query(queryId), vm.getBlockTimestamp());
    }

    function _recordVote(uint256 queryId, address judge, uint8[] memory ranking, uint32 goodAnswers) internal {
        (_parts[queryId][judge].ranking, _parts[queryId][judge].goodAnswers) = (ranking, goodAnswers);
    }

    function _recordOpening(uint256 queryId, address user) internal {
        PartRecord storage p = _parts[queryId][user];
        Check.isTrue(p.isSealed && !p.isOpened, "what was not sealed, or was opened, is opened");
        p.isOpened = true;
        if (p.part == Part.Answerer) _query(queryId).opened.push(user);
    }

    /// @dev Q2, Q3, Q7: it settles once and pays out what was paid in, to the asker and those who opened.
    function _recordSettlement(uint256 queryId, uint256[] memory strengths) internal returns (Dues memory d) {
        QueryRecord storage q = _query(queryId);
        Check.isTrue(q.outcome == Outcome.Pending, "a query settles twice");
        d = PlainSettlement.settle(factsOf(queryId), strengths);
        (q.outcome, q.goodAnswers, q.goodJudges) = (d.outcome, d.goodAnswers, d.goodJudges);
        _recordCredit(queryId, q.asker, d.asker);
        for (uint256 i = 0; i < d.answerers.length; ++i) _recordCredit(queryId, q.opened[i], d.answerers[i]);
        uint256 next = 0;
        for (uint256 i = 0; i < q.judges.length; ++i) {
            if (_parts[queryId][q.judges[i]].isOpened) _recordCredit(queryId, q.judges[i], d.judges[next++]);
        }
        Check.equal(next, d.judges.length, "votes that are nobody's");
        Check.equal(q.paidOut, q.paidIn, "paid out = paid in");
        _removePending(queryId);
    }

    function _recordWithdrawal(address user) internal returns (uint256 amount) {
        amount = creditOf[user];
        (creditOf[user], balanceOf[user]) = (0, balanceOf[user] + amount);
    }

    /* INTERNAL */

    function _recordPayment(uint256 queryId, address user, uint256 amount) private {
        balanceOf[user] -= amount;
        _query(queryId).paidIn += amount;
    }

    function _recordCredit(uint256 queryId, address user, uint256 amount) private {
        creditOf[user] += amount;
        _query(queryId).paidOut += amount;
    }

    /// @dev As far as it is known now.
    function _settleableAt(uint256 queryId) private view returns (uint256) {
        QueryRecord storage q = _query(queryId);
        uint256 time = vm.getBlockTimestamp();
        if (time >= q.endsAt[1] && q.opened.length < 2) return q.endsAt[1];
        if (time >= q.endsAt[2] && q.judges.length == 0) return q.endsAt[2];
        return q.endsAt[3];
    }

    function _setEnds(QueryRecord storage q, uint256 answeringEndsAt) private {
        q.endsAt[0] = answeringEndsAt;
        q.endsAt[1] = q.endsAt[0] + q.windows.opening;
        q.endsAt[2] = q.endsAt[1] + q.windows.judging;
        q.endsAt[3] = q.endsAt[2] + q.windows.revealing;
    }

    function _removePending(uint256 queryId) private {
        for (uint256 i = 0; i < _pending.length; ++i) {
            if (_pending[i] != queryId) continue;
            _pending[i] = _pending[_pending.length - 1];
            _pending.pop();
            return;
        }
    }
}
