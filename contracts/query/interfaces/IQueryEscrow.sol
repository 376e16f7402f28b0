// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IActivityRecorder} from "../../shared/ActivityRecorder.sol";
import {IRankRegistry} from "./IRankRegistry.sol";

/// @notice Lengths of a query's four windows in seconds, each a minute to 30 days.
struct Timing {
    /// For joining and submitting sealed answers.
    uint32 answering;
    /// For opening them.
    uint32 opening;
    /// For joining as a judge and submitting sealed votes.
    uint32 judging;
    /// For opening them.
    uint32 revealing;
}

/// @notice Where a query is, by the clock.
enum Phase {
    Answering,
    Opening,
    Judging,
    Revealing,
    Settleable,
    Settled
}

/// @notice How a query ended.
enum Outcome {
    /// Not settled yet.
    Pending,
    /// Nobody opened an answer.
    Cancelled,
    /// One answer was opened: nobody judged.
    SingleAnswer,
    /// Two or more, and no vote was opened: all are good.
    NoVotes,
    /// Two or more, none of them good.
    AllBad,
    /// Two or more, some of them good.
    Normal
}

/// @notice A query.
struct Query {
    /// Who asked.
    address asker;
    /// Hash of the question, as the asker gave it.
    bytes32 contentHash;
    /// The least rank of an answerer.
    uint8 minRank;
    /// What the stakes were computed from.
    uint8 minAnswers;
    /// The most answerers.
    uint8 maxAnswers;
    /// Who joined as answerers, sealed an answer, and had it opened.
    uint8 answerers;
    uint8 sealedAnswers;
    uint8 openedAnswers;
    /// Who joined as judges, sealed a vote, and had it opened.
    uint8 judges;
    uint8 sealedVotes;
    uint8 openedVotes;
    /// How it ended.
    Outcome outcome;
    /// Ends of the four windows, in unix seconds.
    uint40 answeringEndsAt;
    uint40 openingEndsAt;
    uint40 judgingEndsAt;
    uint40 revealingEndsAt;
    /// The stakes of asker, answerer and judge, in asset units.
    uint256 submitStake;
    uint256 answerStake;
    uint256 judgeStake;
}

/// @notice An answerer of a query.
struct Answer {
    /// Who.
    address answerer;
    /// Whether they sealed an answer.
    bool isSealed;
    /// Whether it was opened.
    bool isOpened;
    /// Its place in the order of opening, from 0; 0 where it was not opened.
    uint8 index;
    /// Hash of the answer; 0 where it was not opened.
    bytes32 contentHash;
}

/// @notice A judge of a query.
struct Judge {
    /// Who.
    address judge;
    /// Their rank when they joined.
    uint8 rank;
    /// Whether they sealed a vote.
    bool isSealed;
    /// Whether it was opened.
    bool isOpened;
    /// Indices of answers, the best first; empty where it was not opened.
    uint8[] ranking;
    /// The answers that are good, bit i for index i.
    uint32 goodAnswers;
}

/// @title Query escrow: ask, answer, judge
/// @notice Whoever asks pays for answers and for judging; whoever answers or judges stakes on doing it well. Work that
/// is not delivered, or is bad by the votes, forfeits its stake to the good. Who gets what follows from the votes.
/// @dev Amounts are in asset units. Seals are `keccak256(abi.encode(block.chainid, address(this), queryId, account,
/// <values>, salt))`; whoever knows what was sealed may open it. All that is owed is credited, and pulled with
/// `withdraw`. Stakes, for rank r and n answers, in whole tokens and floored to the unit once: asker `5 * 1.1^r * n`,
/// answerer `3.5 * 1.1^r`, judge `0.3 * 1.1^r * n`.
interface IQueryEscrow {
    /* EVENTS */

    /// @notice Somebody asked.
    /// @param queryId Its id.
    /// @param asker Who.
    /// @param contentHash Hash of the question.
    /// @param uri Where the question is.
    /// @param minRank The least rank of an answerer.
    /// @param minAnswers What the stakes are computed from.
    /// @param maxAnswers The most answerers.
    /// @param timing The four windows; the first begins now.
    /// @param submitStake What the asker paid.
    event QueryAsked(
        uint256 indexed queryId,
        address indexed asker,
        bytes32 contentHash,
        string uri,
        uint8 minRank,
        uint8 minAnswers,
        uint8 maxAnswers,
        Timing timing,
        uint256 submitStake
    );

    /// @notice Somebody joined as an answerer.
    /// @param queryId The query.
    /// @param answerer Who.
    /// @param stake What they staked.
    event AnswererJoined(uint256 indexed queryId, address indexed answerer, uint256 stake);

    /// @notice An answer was submitted, sealed.
    /// @param queryId The query.
    /// @param answerer Whose it is.
    /// @param sealedAnswer The seal.
    event AnswerSealed(uint256 indexed queryId, address indexed answerer, bytes32 sealedAnswer);

    /// @notice All places are taken and all answers submitted: the windows after the first start now.
    /// @param queryId The query.
    /// @param endedAt Now, in unix seconds.
    event AnsweringEnded(uint256 indexed queryId, uint256 endedAt);

    /// @notice An answer was opened.
    /// @param queryId The query.
    /// @param answerer Whose it is.
    /// @param index What rankings call it: its place in the order of opening, from 0.
    /// @param contentHash Hash of the answer.
    /// @param uri Where the answer is.
    event AnswerOpened(
        uint256 indexed queryId,
        address indexed answerer,
        uint256 index,
        bytes32 contentHash,
        string uri
    );

    /// @notice Somebody joined as a judge.
    /// @param queryId The query.
    /// @param judge Who.
    /// @param rank Their rank, which stays what it is now for this query.
    /// @param stake What they staked.
    event JudgeJoined(uint256 indexed queryId, address indexed judge, uint256 rank, uint256 stake);

    /// @notice A vote was submitted, sealed.
    /// @param queryId The query.
    /// @param judge Whose it is.
    /// @param sealedVote The seal.
    event VoteSealed(uint256 indexed queryId, address indexed judge, bytes32 sealedVote);

    /// @notice A vote was opened.
    /// @param queryId The query.
    /// @param judge Whose it is.
    /// @param ranking Indices of the opened answers, the best first, five bits each from the lowest on.
    /// @param goodAnswers The answers that are good, bit i for index i.
    event VoteOpened(uint256 indexed queryId, address indexed judge, uint160 ranking, uint32 goodAnswers);

    /// @notice A query was settled.
    /// @param queryId The query.
    /// @param outcome How it ended.
    /// @param goodAnswers The answers that are good, bit i for index i.
    /// @param goodJudges The judges that are good, bit i for the i-th of those who voted in the order of joining.
    event QuerySettled(uint256 indexed queryId, Outcome outcome, uint32 goodAnswers, uint32 goodJudges);

    /// @notice A settlement credited somebody.
    /// @param queryId The query.
    /// @param account Whom.
    /// @param amount What, stake included.
    event Credited(uint256 indexed queryId, address indexed account, uint256 amount);

    /// @notice Somebody took what was credited to them.
    /// @param account Who.
    /// @param amount What.
    event Withdrawn(address indexed account, uint256 amount);

    /// @notice Who takes part is recorded elsewhere from now on.
    /// @param recorder Where; 0 for nowhere.
    event RecorderSet(IActivityRecorder recorder);

    /* ERRORS */

    /// @notice There is no code at the asset's address.
    error AssetNotContract(address asset);

    /// @notice There is no code at the registry's address.
    error RegistryNotContract(address registry);

    /// @notice The asset has more decimals than the stakes can be computed with.
    error DecimalsTooMany(uint256 decimals, uint256 max);

    /// @notice A window is a minute to 30 days.
    error WindowOutOfRange(string window, uint256 duration, uint256 min, uint256 max);

    /// @notice Ranks are 0 to 42.
    error RankOutOfRange(uint256 rank, uint256 max);

    /// @notice A query wants 7 to 32 answers, and at most no fewer than at least.
    error AnswersOutOfRange(uint256 answers, uint256 min, uint256 max);

    /// @notice There is no such query.
    error QueryUnknown(uint256 queryId);

    /// @notice The clock says that it is not the time for this.
    error WrongPhase(uint256 queryId, Phase phase, Phase needed);

    /// @notice The caller's rank is below what the asker wants.
    error RankTooLow(address account, uint256 rank, uint256 minRank);

    /// @notice One account is at most one of asker, answerer and judge.
    error AlreadyInQuery(uint256 queryId, address account);

    /// @notice All places for answerers are taken.
    error AnswerersFull(uint256 queryId, uint256 max);

    /// @notice All places for judges are taken.
    error JudgesFull(uint256 queryId, uint256 max);

    /// @notice The account has not joined as an answerer.
    error NotAnswerer(uint256 queryId, address account);

    /// @notice The account has not joined as a judge.
    error NotJudge(uint256 queryId, address account);

    /// @notice A seal does not begin with 28 bytes of zeros.
    error SealZero();

    /// @notice What was submitted stays.
    error AlreadySubmitted(uint256 queryId, address account);

    /// @notice The account submitted nothing that could be opened.
    error NotSubmitted(uint256 queryId, address account);

    /// @notice It was opened before.
    error AlreadyOpened(uint256 queryId, address account);

    /// @notice What is opened is not what was sealed.
    error SealMismatch(uint256 queryId, address account, bytes32 computedSeal);

    /// @notice A ranking names every opened answer once.
    error NotPermutation(uint256 answers);

    /// @notice The set of good answers has bits beyond the opened ones.
    error GoodAnswersUnknown(uint32 goodAnswers, uint256 answers);

    /// @notice The query can be settled when its last window has ended, at that instant in unix seconds; sooner where
    /// answering ends early, fewer than two answers are opened, or nobody joins as a judge.
    error NotSettleable(uint256 queryId, uint256 settleableAt);

    /// @notice The query was settled.
    error AlreadySettled(uint256 queryId);

    /// @notice There must be a strength for each opened answer, and none where votes do not decide.
    error StrengthsLengthMismatch(uint256 given, uint256 needed);

    /// @notice Strengths are 1 to 2^200.
    error StrengthOutOfRange(uint256 index, uint256 strength, uint256 min, uint256 max);

    /// @notice The votes do not bear the strengths out; both in wad of weight times 2^55.
    error StrengthsRejected(uint256 index, uint256 residual, uint256 tolerance);

    /// @notice Nothing is credited to the caller.
    error CreditZero(address account);

    /* ASK */

    /// @notice Ask, and pay for answers and for judging.
    /// @dev Anyone, while entries are not paused; the caller must have allowed the contract to move the asker's stake.
    /// Emits `QueryAsked`. Reverts with `RankOutOfRange`, `AnswersOutOfRange`, `WindowOutOfRange`, `EnforcedPause`, or
    /// the token's own error.
    /// @param contentHash Hash of the question.
    /// @param uri Where the question is.
    /// @param minRank The least rank of an answerer, 0 to 42.
    /// @param minAnswers What the stakes are computed from, 7 to 32. Fewer answers do not end the query.
    /// @param maxAnswers The most answerers, `minAnswers` to 32.
    /// @param timing The four windows in seconds, each a minute to 30 days, or 0 for the default.
    /// @return queryId Its id, from 1 on.
    function ask(
        bytes32 contentHash,
        string calldata uri,
        uint8 minRank,
        uint8 minAnswers,
        uint8 maxAnswers,
        Timing calldata timing
    ) external returns (uint256 queryId);

    /// @notice Ask with an EIP-2612 permit over exactly the asker's stake, which others may have sent first.
    /// @dev As `ask`; reverts also with `PermitRejected`.
    /// @param contentHash Hash of the question.
    /// @param uri Where the question is.
    /// @param minRank The least rank of an answerer, 0 to 42.
    /// @param minAnswers What the stakes are computed from, 7 to 32.
    /// @param maxAnswers The most answerers, `minAnswers` to 32.
    /// @param timing The four windows in seconds, each a minute to 30 days, or 0 for the default.
    /// @param deadline When the permit ends, in unix seconds.
    /// @param v Of the permit's signature.
    /// @param r Of the permit's signature.
    /// @param s Of the permit's signature.
    /// @return queryId Its id, from 1 on.
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
    ) external returns (uint256 queryId);

    /* ANSWER */

    /// @notice Join as an answerer. Whoever joins and does not deliver loses the stake.
    /// @dev Anyone of the query's rank who has no part in it yet, while it is answering and has a place; the caller
    /// must have allowed the contract to move the answerer's stake. Nobody can pause it. Emits `AnswererJoined`.
    /// Reverts with `QueryUnknown`, `WrongPhase`, `RankTooLow`, `AnswerersFull`, `AlreadyInQuery`, or the token's own
    /// error.
    /// Warning: the last answer to be submitted ends answering at once. Where the window for opening is short, whoever
    /// submits it chooses a moment at which others may not be there to open theirs: look at the timing before joining.
    /// @param queryId The query.
    function joinAnswer(uint256 queryId) external;

    /// @notice Submit an answer, sealed: `keccak256(abi.encode(block.chainid, address(this), queryId, answerer,
    /// contentHash, uri, salt))`. It cannot be replaced.
    /// @dev Those who joined as answerers, while the query is answering. Of the seal, 28 bytes are stored. The last of
    /// `maxAnswers` ends the window. Emits `AnswerSealed`, and `AnsweringEnded` where it ends the window. Reverts with
    /// `QueryUnknown`, `WrongPhase`, `NotAnswerer`, `SealZero` or `AlreadySubmitted`.
    /// Warning: without a salt that nobody can guess, whoever guesses the answer knows it before it is opened.
    /// @param queryId The query.
    /// @param sealedAnswer The seal.
    function submitAnswer(uint256 queryId, bytes32 sealedAnswer) external;

    /// @notice Open an answer: only what is opened counts as delivered.
    /// @dev Anyone who knows what was sealed, while the query is opening. Emits `AnswerOpened`. Reverts with
    /// `QueryUnknown`, `WrongPhase`, `NotAnswerer`, `AlreadyOpened`, `NotSubmitted`, `SealMismatch` or `RecordStarved`.
    /// @param queryId The query.
    /// @param answerer Whose it is.
    /// @param contentHash Hash of the answer.
    /// @param uri Where the answer is.
    /// @param salt What made the seal unguessable.
    function openAnswer(
        uint256 queryId,
        address answerer,
        bytes32 contentHash,
        string calldata uri,
        bytes32 salt
    ) external;

    /* JUDGE */

    /// @notice Join as a judge. Whoever joins and does not deliver, or judges unlike the others, loses the stake.
    /// @dev Anyone who has no part in the query yet, while it is judging and has a place: 32 judges at the most. The
    /// caller must have allowed the contract to move the judge's stake. Nobody can pause it. Emits `JudgeJoined`.
    /// Reverts with `QueryUnknown`, `WrongPhase`, `JudgesFull`, `AlreadyInQuery`, or the token's own error.
    /// @param queryId The query.
    function joinJudge(uint256 queryId) external;

    /// @notice Submit a vote, sealed: `keccak256(abi.encode(block.chainid, address(this), queryId, judge, ranking,
    /// goodAnswers, salt))`, with `ranking` a `uint8[]`. It cannot be replaced.
    /// @dev Those who joined as judges, while the query is judging. Of the seal, 28 bytes are stored. Emits
    /// `VoteSealed`. Reverts with `QueryUnknown`, `WrongPhase`, `NotJudge`, `SealZero` or `AlreadySubmitted`.
    /// Warning: a ranking that is not one of all opened answers can be sealed and never be opened; and without a salt
    /// that nobody can guess, few answers have so few rankings that whoever tries them all knows the vote.
    /// @param queryId The query.
    /// @param sealedVote The seal.
    function submitVote(uint256 queryId, bytes32 sealedVote) external;

    /// @notice Open a vote: only what is opened counts as delivered.
    /// @dev Anyone who knows what was sealed, while the query is revealing. Emits `VoteOpened`. Reverts with
    /// `QueryUnknown`, `WrongPhase`, `NotJudge`, `AlreadyOpened`, `NotSubmitted`, `NotPermutation`,
    /// `GoodAnswersUnknown`, `SealMismatch` or `RecordStarved`.
    /// @param queryId The query.
    /// @param judge Whose it is.
    /// @param ranking Indices of all opened answers, the best first.
    /// @param goodAnswers The answers that are good, bit i for index i.
    /// @param salt What made the seal unguessable.
    function openVote(
        uint256 queryId,
        address judge,
        uint8[] calldata ranking,
        uint32 goodAnswers,
        bytes32 salt
    ) external;

    /* SETTLE */

    /// @notice Settle a query: credit to each what the votes say, all that was paid in, to the unit.
    /// @dev Anyone, once; nobody can pause it. Answers are ordered by their wins in `winMatrix`, and tied where those
    /// differ by at most 1e-9; tied ones share as the first of them. Every answer i must satisfy the equation
    /// `|sum_k W[i][k] - N * sum_k p_i / (p_i + p_k)| <= 1e-9 * N * (n - 1)`, with the matrix W of `winMatrix`, N the
    /// weight of all who voted and 1 for the virtual judge, p the strengths, n answers. They are unique up to scale.
    /// Emits `Credited` each, and `QuerySettled`. Reverts with `QueryUnknown`, `AlreadySettled`, `NotSettleable`,
    /// `StrengthsLengthMismatch`, `StrengthOutOfRange` or `StrengthsRejected`.
    /// @param queryId The query.
    /// @param strengths Of the opened answers by index, 1 to 2^200 in any scale; empty where votes do not decide, which
    /// is with fewer than two opened answers or no opened vote.
    function settle(uint256 queryId, uint256[] calldata strengths) external;

    /// @notice Take all that was credited to the caller.
    /// @dev Nobody can pause it. Emits `Withdrawn`. Reverts with `CreditZero`, or the token's own error.
    /// @return amount What was paid, in asset units.
    function withdraw() external returns (uint256 amount);

    /* GOVERN */

    /// @notice Choose where it is recorded who takes part.
    /// @dev Restricted by the `AccessManager`. Emits `RecorderSet`. Reverts with `RecorderNotContract`.
    /// @param recorder_ The recorder; 0 for none.
    function setRecorder(IActivityRecorder recorder_) external;

    /// @notice Stop new queries. What has begun goes on.
    /// @dev Restricted by the `AccessManager` to the guardian. Emits `Paused`. Reverts with `EnforcedPause`.
    function pauseEntries() external;

    /// @notice Let new queries in again.
    /// @dev Restricted by the `AccessManager` to the guardian. Emits `Unpaused`. Reverts with `ExpectedPause`.
    function unpauseEntries() external;

    /* READ */

    /// @notice The token that is staked.
    function asset() external view returns (IERC20);

    /// @notice Where ranks come from.
    function ranks() external view returns (IRankRegistry);

    /// @notice Where it is recorded who takes part; 0 for nowhere.
    function recorder() external view returns (IActivityRecorder);

    /// @notice The windows of queries that do not ask for others, in seconds.
    function defaultTiming() external view returns (Timing memory);

    /// @notice How many queries were asked: ids are 1 to this.
    function queryCount() external view returns (uint256);

    /// @notice The stakes of a query, in asset units, each floored once.
    /// @dev Reverts with `RankOutOfRange` or `AnswersOutOfRange`.
    /// @param minRank 0 to 42.
    /// @param minAnswers 7 to 32.
    /// @return submitStake Of the asker: `5 * 1.1^minRank * minAnswers` tokens.
    /// @return answerStake Of each answerer: `3.5 * 1.1^minRank` tokens.
    /// @return judgeStake Of each judge: `0.3 * 1.1^minRank * minAnswers` tokens.
    function stakesFor(
        uint8 minRank,
        uint8 minAnswers
    ) external view returns (uint256 submitStake, uint256 answerStake, uint256 judgeStake);

    /// @notice What somebody can withdraw, in asset units.
    /// @param account Who.
    function credited(address account) external view returns (uint256);

    /// @notice A query.
    /// @dev Reverts with `QueryUnknown`.
    /// @param queryId Its id.
    function query(uint256 queryId) external view returns (Query memory);

    /// @notice Where a query is at the moment.
    /// @dev Reverts with `QueryUnknown`.
    /// @param queryId The query.
    function phase(uint256 queryId) external view returns (Phase);

    /// @notice All who joined as answerers, in the order of joining.
    /// @dev Reverts with `QueryUnknown`.
    /// @param queryId The query.
    function answers(uint256 queryId) external view returns (Answer[] memory);

    /// @notice All who joined as judges, in the order of joining.
    /// @dev Reverts with `QueryUnknown`.
    /// @param queryId The query.
    function judges(uint256 queryId) external view returns (Judge[] memory);

    /// @notice How the votes opened so far compare answers: `wins[i][k]` is the weight of the judges who rank i above
    /// k, and half for the virtual judge who sees every pair as a tie; in wad. 0 where i is k.
    /// @dev A judge of the highest rank weighs 1, one d ranks below `1 / (1 + 1.1^d)`, rounded down. Reverts with
    /// `QueryUnknown`.
    /// @param queryId The query.
    function winMatrix(uint256 queryId) external view returns (uint256[][] memory wins);

    /// @notice How a query ended.
    /// @dev Reverts with `QueryUnknown`.
    /// @param queryId The query.
    /// @return result `Pending` before the settlement.
    /// @return goodAnswers The answers that are good, bit i for index i.
    /// @return goodJudges The judges that are good, bit i for the i-th of those who voted in the order of joining.
    function outcome(uint256 queryId) external view returns (Outcome result, uint32 goodAnswers, uint32 goodJudges);

    /// @notice Queries that can be settled now, in the order of asking: what a keeper looks for.
    /// @param fromId The first id to look at; 0 is as good as 1.
    /// @param maxCount The most ids to look at.
    /// @return queryIds Those of them that are settleable.
    /// @return nextId Where to look on: beyond the last id looked at.
    function settleableQueries(
        uint256 fromId,
        uint256 maxCount
    ) external view returns (uint256[] memory queryIds, uint256 nextId);
}
