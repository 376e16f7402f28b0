// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {DynamicArrayLib} from "solady/src/utils/DynamicArrayLib.sol";

import {ActivityRecorder, IActivityRecorder} from "../shared/ActivityRecorder.sol";
import {PermitLib} from "../shared/PermitLib.sol";
import {Answer, IQueryEscrow, Judge, Outcome, Phase, Query, Timing} from "./interfaces/IQueryEscrow.sol";
import {IRankRegistry} from "./interfaces/IRankRegistry.sol";
import {BradleyTerry} from "./libraries/BradleyTerry.sol";
import {AnswerSlots, JudgeSlots, Participant, QuerySlots, Role} from "./libraries/QuerySlots.sol";
import {QueryStakes} from "./libraries/QueryStakes.sol";
import {Ranking, RankingLib} from "./libraries/RankingLib.sol";
import {Payouts, QuerySettlement, Tally, Vote} from "./libraries/QuerySettlement.sol";

/// @title Ask, answer, judge: stakes pay good work
/// @dev Holds the stakes of open queries and credits. A query is answering -> opening -> judging -> revealing ->
/// settleable by the clock, and settled by anyone who brings strengths that the votes bear out. Money enters as stakes
/// and leaves as credits that their owners pull. Invariants Q1 to Q5: docs/properties.md. Trusts: the asset is a plain
/// ERC-20; the registry's ranks at the moment of joining.
contract QueryEscrow is IQueryEscrow, AccessManaged, Pausable, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;
    using PermitLib for IERC20;
    using ActivityRecorder for IActivityRecorder;

    uint256 private constant MIN_ANSWERS = 7;
    uint256 private constant MAX_PARTICIPANTS = 32;
    uint256 private constant MAX_RANK = 42;
    uint256 private constant MAX_DECIMALS = 18;
    uint256 private constant MIN_WINDOW = 1 minutes;
    uint256 private constant MAX_WINDOW = 30 days;

    /// @inheritdoc IQueryEscrow
    IERC20 public immutable asset;

    /// @inheritdoc IQueryEscrow
    IRankRegistry public immutable ranks;

    uint256 private immutable _unit;

    Timing private _defaultTiming;

    /// @inheritdoc IQueryEscrow
    uint256 public queryCount;

    /// @inheritdoc IQueryEscrow
    IActivityRecorder public recorder;

    mapping(uint256 queryId => QuerySlots) private _queries;
    mapping(uint256 queryId => mapping(address account => Participant)) private _participants;
    mapping(uint256 queryId => mapping(uint256 place => AnswerSlots)) private _answers;
    mapping(uint256 queryId => mapping(uint256 place => JudgeSlots)) private _judges;

    /// @inheritdoc IQueryEscrow
    mapping(address account => uint256) public credited;

    /// @param asset_ The ERC-20 to stake: plain, up to 18 decimals, no fee on transfer, no rebasing.
    /// @param ranks_ Where ranks come from.
    /// @param defaultTiming_ Windows of queries that do not ask for others.
    /// @param authority The protocol's `AccessManager`.
    constructor(
        IERC20 asset_,
        IRankRegistry ranks_,
        Timing memory defaultTiming_,
        address authority
    ) AccessManaged(authority) {
        if (address(asset_).code.length == 0) revert AssetNotContract(address(asset_));
        if (address(ranks_).code.length == 0) revert RegistryNotContract(address(ranks_));
        _checkTiming(defaultTiming_);
        (asset, ranks, _defaultTiming) = (asset_, ranks_, defaultTiming_);
        uint256 decimals = IERC20Metadata(address(asset_)).decimals();
        if (decimals > MAX_DECIMALS) revert DecimalsTooMany(decimals, MAX_DECIMALS);
        _unit = 10 ** decimals;
    }

    /* ASK */

    /// @inheritdoc IQueryEscrow
    function ask(
        bytes32 contentHash,
        string calldata uri,
        uint8 minRank,
        uint8 minAnswers,
        uint8 maxAnswers,
        Timing calldata timing
    ) external nonReentrant whenNotPaused returns (uint256 queryId) {
        return _ask(contentHash, uri, minRank, minAnswers, maxAnswers, timing);
    }

    /// @inheritdoc IQueryEscrow
    function askWithPermit(
        bytes32 contentHash,
        string calldata uri,
        uint8 minRank,
        uint8 minAnswers,
        uint8 maxAnswers,
        Timing calldata timing,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external nonReentrant whenNotPaused returns (uint256 queryId) {
        (uint256 submitStake, , ) = stakesFor(minRank, minAnswers);
        asset.permitFromCaller(submitStake, deadline, v, r, s);
        return _ask(contentHash, uri, minRank, minAnswers, maxAnswers, timing);
    }

    /* ANSWER */

    /// @inheritdoc IQueryEscrow
    function joinAnswer(uint256 queryId) external nonReentrant {
        QuerySlots storage slots = _inPhase(queryId, Phase.Answering);
        uint256 rank = ranks.rankOf(msg.sender);
        if (rank < slots.minRank) revert RankTooLow(msg.sender, rank, slots.minRank);
        uint8 place = slots.answerers;
        if (place == slots.maxAnswers) revert AnswerersFull(queryId, place);
        _join(queryId, slots, Role.Answerer, place);

        slots.answerers = place + 1;
        _answers[queryId][place].answerer = msg.sender;
        (, uint256 stake, ) = _stakesOf(slots);
        emit AnswererJoined(queryId, msg.sender, stake);

        asset.safeTransferFrom(msg.sender, address(this), stake);
    }

    /// @inheritdoc IQueryEscrow
    function submitAnswer(uint256 queryId, bytes32 sealedAnswer) external {
        QuerySlots storage slots = _inPhase(queryId, Phase.Answering);
        Participant storage participant = _participants[queryId][msg.sender];
        if (participant.role != Role.Answerer) revert NotAnswerer(queryId, msg.sender);
        _seal(queryId, participant, sealedAnswer);
        emit AnswerSealed(queryId, msg.sender, sealedAnswer);
        if (++slots.sealedAnswers == slots.maxAnswers) {
            slots.answeringEndsAt = uint40(block.timestamp); // until the year 36,812
            emit AnsweringEnded(queryId, block.timestamp);
        }
    }

    /// @inheritdoc IQueryEscrow
    function openAnswer(
        uint256 queryId,
        address answerer,
        bytes32 contentHash,
        string calldata uri,
        bytes32 salt
    ) external {
        QuerySlots storage slots = _inPhase(queryId, Phase.Opening);
        Participant storage participant = _participants[queryId][answerer];
        if (participant.role != Role.Answerer) revert NotAnswerer(queryId, answerer);
        AnswerSlots storage answer = _answers[queryId][participant.place];
        if (answer.isOpened) revert AlreadyOpened(queryId, answerer);
        bytes32 seal = keccak256(abi.encode(block.chainid, address(this), queryId, answerer, contentHash, uri, salt));
        _checkSeal(queryId, answerer, participant, seal);

        uint8 index = slots.openedAnswers++;
        (answer.index, answer.isOpened, answer.contentHash) = (index, true, contentHash);
        emit AnswerOpened(queryId, answerer, index, contentHash, uri);

        recorder.record(answerer);
    }

    /* JUDGE */

    /// @inheritdoc IQueryEscrow
    function joinJudge(uint256 queryId) external nonReentrant {
        QuerySlots storage slots = _inPhase(queryId, Phase.Judging);
        uint8 place = slots.judges;
        if (place == MAX_PARTICIPANTS) revert JudgesFull(queryId, MAX_PARTICIPANTS);
        _join(queryId, slots, Role.Judge, place);

        uint8 rank = uint8(Math.min(ranks.rankOf(msg.sender), MAX_RANK)); // no registry can make a vote unweighable
        slots.judges = place + 1;
        JudgeSlots storage judge = _judges[queryId][place];
        (judge.judge, judge.rank) = (msg.sender, rank);
        (, , uint256 stake) = _stakesOf(slots);
        emit JudgeJoined(queryId, msg.sender, rank, stake);

        asset.safeTransferFrom(msg.sender, address(this), stake);
    }

    /// @inheritdoc IQueryEscrow
    function submitVote(uint256 queryId, bytes32 sealedVote) external {
        QuerySlots storage slots = _inPhase(queryId, Phase.Judging);
        Participant storage participant = _participants[queryId][msg.sender];
        if (participant.role != Role.Judge) revert NotJudge(queryId, msg.sender);
        _seal(queryId, participant, sealedVote);
        ++slots.sealedVotes;
        emit VoteSealed(queryId, msg.sender, sealedVote);
    }

    /// @inheritdoc IQueryEscrow
    function openVote(
        uint256 queryId,
        address judge,
        uint8[] calldata ranking,
        uint32 goodAnswers,
        bytes32 salt
    ) external {
        QuerySlots storage slots = _inPhase(queryId, Phase.Revealing);
        Participant storage participant = _participants[queryId][judge];
        if (participant.role != Role.Judge) revert NotJudge(queryId, judge);
        JudgeSlots storage vote = _judges[queryId][participant.place];
        if (vote.ranking.isThere()) revert AlreadyOpened(queryId, judge);
        uint256 count = slots.openedAnswers;
        Ranking packed = RankingLib.pack(ranking, count);
        if (uint256(goodAnswers) >> count != 0) revert GoodAnswersUnknown(goodAnswers, count);
        bytes32 seal = keccak256(abi.encode(block.chainid, address(this), queryId, judge, ranking, goodAnswers, salt));
        _checkSeal(queryId, judge, participant, seal);

        ++slots.openedVotes;
        (vote.ranking, vote.goodAnswers) = (packed, goodAnswers);
        emit VoteOpened(queryId, judge, Ranking.unwrap(packed), goodAnswers);

        recorder.record(judge);
    }

    /* SETTLE */

    /// @inheritdoc IQueryEscrow
    function settle(uint256 queryId, uint256[] calldata strengths) external {
        QuerySlots storage slots = _existingQuery(queryId);
        if (slots.outcome != Outcome.Pending) revert AlreadySettled(queryId);
        if (slots.phaseOf() != Phase.Settleable) {
            (, , uint40 revealingEndsAt) = slots.windowsEnd();
            revert NotSettleable(queryId, revealingEndsAt);
        }

        Payouts memory paid = QuerySettlement.settle(_tallyOf(queryId, slots), strengths);
        slots.outcome = paid.outcome;
        (slots.goodAnswers, slots.goodJudges) = (uint32(paid.goodAnswers), uint32(paid.goodJudges)); // bits of 32
        _creditAll(queryId, slots, paid);
        emit QuerySettled(queryId, paid.outcome, uint32(paid.goodAnswers), uint32(paid.goodJudges));
    }

    /// @inheritdoc IQueryEscrow
    function withdraw() external nonReentrant returns (uint256 amount) {
        amount = credited[msg.sender];
        if (amount == 0) revert CreditZero(msg.sender);
        credited[msg.sender] = 0;
        emit Withdrawn(msg.sender, amount);

        asset.safeTransfer(msg.sender, amount);
    }

    /* GOVERN */

    /// @inheritdoc IQueryEscrow
    function setRecorder(IActivityRecorder recorder_) external restricted {
        recorder_.check();
        recorder = recorder_;
        emit RecorderSet(recorder_);
    }

    /// @inheritdoc IQueryEscrow
    function pauseEntries() external restricted {
        _pause();
    }

    /// @inheritdoc IQueryEscrow
    function unpauseEntries() external restricted {
        _unpause();
    }

    /* READ */

    /// @inheritdoc IQueryEscrow
    function defaultTiming() external view returns (Timing memory) {
        return _defaultTiming;
    }

    /// @inheritdoc IQueryEscrow
    function stakesFor(
        uint8 minRank,
        uint8 minAnswers
    ) public view returns (uint256 submitStake, uint256 answerStake, uint256 judgeStake) {
        if (minRank > MAX_RANK) revert RankOutOfRange(minRank, MAX_RANK);
        if (minAnswers < MIN_ANSWERS || minAnswers > MAX_PARTICIPANTS) {
            revert AnswersOutOfRange(minAnswers, MIN_ANSWERS, MAX_PARTICIPANTS);
        }
        submitStake = QueryStakes.submitStakeDown(minRank, minAnswers, _unit);
        answerStake = QueryStakes.answerStakeDown(minRank, _unit);
        judgeStake = QueryStakes.judgeStakeDown(minRank, minAnswers, _unit);
    }

    /// @inheritdoc IQueryEscrow
    function query(uint256 queryId) external view returns (Query memory q) {
        QuerySlots storage slots = _existingQuery(queryId);
        (q.asker, q.contentHash, q.outcome) = (slots.asker, slots.contentHash, slots.outcome);
        (q.minRank, q.minAnswers, q.maxAnswers) = (slots.minRank, slots.minAnswers, slots.maxAnswers);
        (q.answerers, q.sealedAnswers, q.openedAnswers) = (slots.answerers, slots.sealedAnswers, slots.openedAnswers);
        (q.judges, q.sealedVotes, q.openedVotes) = (slots.judges, slots.sealedVotes, slots.openedVotes);
        q.answeringEndsAt = slots.answeringEndsAt;
        (q.openingEndsAt, q.judgingEndsAt, q.revealingEndsAt) = slots.windowsEnd();
        (q.submitStake, q.answerStake, q.judgeStake) = _stakesOf(slots);
    }

    /// @inheritdoc IQueryEscrow
    function answers(uint256 queryId) external view returns (Answer[] memory list) {
        list = new Answer[](_existingQuery(queryId).answerers);
        for (uint256 place = 0; place < list.length; ++place) {
            AnswerSlots storage answer = _answers[queryId][place];
            list[place] = Answer({
                answerer: answer.answerer,
                isSealed: _participants[queryId][answer.answerer].seal != 0,
                isOpened: answer.isOpened,
                index: answer.index,
                contentHash: answer.contentHash
            });
        }
    }

    /// @inheritdoc IQueryEscrow
    function judges(uint256 queryId) external view returns (Judge[] memory list) {
        QuerySlots storage slots = _existingQuery(queryId);
        list = new Judge[](slots.judges);
        for (uint256 place = 0; place < list.length; ++place) {
            JudgeSlots storage vote = _judges[queryId][place];
            uint8[] memory order = new uint8[](vote.ranking.isThere() ? slots.openedAnswers : 0);
            for (uint256 i = 0; i < order.length; ++i) order[i] = uint8(vote.ranking.answerAt(i)); // five bits
            list[place] = Judge({
                judge: vote.judge,
                rank: vote.rank,
                isSealed: _participants[queryId][vote.judge].seal != 0,
                isOpened: vote.ranking.isThere(),
                ranking: order,
                goodAnswers: vote.goodAnswers
            });
        }
    }

    /// @inheritdoc IQueryEscrow
    function winMatrix(uint256 queryId) external view returns (uint256[][] memory) {
        QuerySlots storage slots = _existingQuery(queryId);
        Vote[] memory votes = _tallyOf(queryId, slots).votes;
        (uint256[] memory weights, ) = QuerySettlement.weightsOf(votes);
        Ranking[] memory rankings = new Ranking[](votes.length);
        for (uint256 i = 0; i < votes.length; ++i) rankings[i] = votes[i].ranking;
        return BradleyTerry.winMatrix(rankings, weights, slots.openedAnswers);
    }

    /// @inheritdoc IQueryEscrow
    function phase(uint256 queryId) external view returns (Phase) {
        return _existingQuery(queryId).phaseOf();
    }

    /// @inheritdoc IQueryEscrow
    function outcome(uint256 queryId) external view returns (Outcome result, uint32 goodAnswers, uint32 goodJudges) {
        QuerySlots storage slots = _existingQuery(queryId);
        return (slots.outcome, slots.goodAnswers, slots.goodJudges);
    }

    /// @inheritdoc IQueryEscrow
    function settleableQueries(
        uint256 fromId,
        uint256 maxCount
    ) external view returns (uint256[] memory queryIds, uint256 nextId) {
        nextId = Math.max(fromId, 1);
        uint256 looked = Math.min(maxCount, queryCount - Math.min(nextId - 1, queryCount));
        queryIds = new uint256[](looked);
        uint256 found = 0;
        for (uint256 end = nextId + looked; nextId < end; ++nextId) {
            if (_queries[nextId].phaseOf() == Phase.Settleable) queryIds[found++] = nextId;
        }
        queryIds = DynamicArrayLib.truncate(queryIds, found);
    }

    /* INTERNAL: SETTLING */

    /// @dev What a settlement needs of a query.
    function _tallyOf(uint256 queryId, QuerySlots storage slots) private view returns (Tally memory tally) {
        (tally.submitStake, tally.answerStake, tally.judgeStake) = _stakesOf(slots);
        tally.answers = slots.openedAnswers;
        tally.absentAnswerers = slots.answerers - tally.answers;
        tally.votes = new Vote[](slots.openedVotes);
        tally.absentJudges = slots.judges - tally.votes.length;
        uint256 next = 0;
        for (uint256 place = 0; next < tally.votes.length; ++place) {
            JudgeSlots storage judge = _judges[queryId][place];
            if (!judge.ranking.isThere()) continue;
            tally.votes[next++] = Vote({rank: judge.rank, ranking: judge.ranking, goodAnswers: judge.goodAnswers});
        }
    }

    /// @dev Credits the asker, the answerers in the order of joining, and the judges in the order of joining.
    function _creditAll(uint256 queryId, QuerySlots storage slots, Payouts memory paid) private {
        _credit(queryId, slots.asker, paid.asker);
        uint256 joined = paid.answerers.length == 0 ? 0 : slots.answerers;
        for (uint256 place = 0; place < joined; ++place) {
            AnswerSlots storage answer = _answers[queryId][place];
            if (answer.isOpened) _credit(queryId, answer.answerer, paid.answerers[answer.index]);
        }
        uint256 next = 0;
        for (uint256 place = 0; next < paid.judges.length; ++place) {
            JudgeSlots storage judge = _judges[queryId][place];
            if (judge.ranking.isThere()) _credit(queryId, judge.judge, paid.judges[next++]);
        }
    }

    function _credit(uint256 queryId, address account, uint256 amount) private {
        if (amount == 0) return;
        credited[account] += amount;
        emit Credited(queryId, account, amount);
    }

    /* INTERNAL: STEPS */

    function _ask(
        bytes32 contentHash,
        string calldata uri,
        uint8 minRank,
        uint8 minAnswers,
        uint8 maxAnswers,
        Timing memory timing
    ) private returns (uint256 queryId) {
        (uint256 submitStake, , ) = stakesFor(minRank, minAnswers);
        if (maxAnswers < minAnswers || maxAnswers > MAX_PARTICIPANTS) {
            revert AnswersOutOfRange(maxAnswers, minAnswers, MAX_PARTICIPANTS);
        }
        timing = _completed(timing);
        _checkTiming(timing);
        queryId = ++queryCount;
        QuerySlots storage slots = _queries[queryId];
        (slots.asker, slots.minRank, slots.minAnswers, slots.maxAnswers) = (
            msg.sender,
            minRank,
            minAnswers,
            maxAnswers
        );
        slots.answeringEndsAt = uint40(block.timestamp + timing.answering); // until the year 36,812
        (slots.opening, slots.judging, slots.revealing) = (timing.opening, timing.judging, timing.revealing);
        slots.contentHash = contentHash;
        emit QueryAsked(queryId, msg.sender, contentHash, uri, minRank, minAnswers, maxAnswers, timing, submitStake);

        asset.safeTransferFrom(msg.sender, address(this), submitStake);
    }

    /// @dev The default windows in place of those that are 0.
    function _completed(Timing memory timing) private view returns (Timing memory) {
        Timing memory usual = _defaultTiming;
        if (timing.answering == 0) timing.answering = usual.answering;
        if (timing.opening == 0) timing.opening = usual.opening;
        if (timing.judging == 0) timing.judging = usual.judging;
        if (timing.revealing == 0) timing.revealing = usual.revealing;
        return timing;
    }

    function _join(uint256 queryId, QuerySlots storage slots, Role role, uint8 place) private {
        Participant storage participant = _participants[queryId][msg.sender];
        if (participant.role != Role.None || msg.sender == slots.asker) revert AlreadyInQuery(queryId, msg.sender);
        (participant.role, participant.place) = (role, place);
    }

    function _seal(uint256 queryId, Participant storage participant, bytes32 seal) private {
        if (bytes28(seal) == 0) revert SealZero();
        if (participant.seal != 0) revert AlreadySubmitted(queryId, msg.sender);
        participant.seal = bytes28(seal);
    }

    function _checkSeal(uint256 queryId, address account, Participant storage participant, bytes32 seal) private view {
        if (participant.seal == 0) revert NotSubmitted(queryId, account);
        if (participant.seal != bytes28(seal)) revert SealMismatch(queryId, account, seal);
    }

    function _existingQuery(uint256 queryId) private view returns (QuerySlots storage slots) {
        slots = _queries[queryId];
        if (slots.asker == address(0)) revert QueryUnknown(queryId);
    }

    function _inPhase(uint256 queryId, Phase needed) private view returns (QuerySlots storage slots) {
        slots = _existingQuery(queryId);
        Phase current = slots.phaseOf();
        if (current != needed) revert WrongPhase(queryId, current, needed);
    }

    function _stakesOf(QuerySlots storage slots) private view returns (uint256, uint256, uint256) {
        return stakesFor(slots.minRank, slots.minAnswers);
    }

    function _checkTiming(Timing memory timing) private pure {
        _checkWindow("answering", timing.answering);
        _checkWindow("opening", timing.opening);
        _checkWindow("judging", timing.judging);
        _checkWindow("revealing", timing.revealing);
    }

    function _checkWindow(string memory window, uint256 duration) private pure {
        if (duration < MIN_WINDOW || duration > MAX_WINDOW) {
            revert WindowOutOfRange(window, duration, MIN_WINDOW, MAX_WINDOW);
        }
    }
}
