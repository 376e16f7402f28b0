// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice Where a session is.
enum SessionPhase {
    /// Opened; its members are still to be drawn.
    Drawing,
    /// Its members vote.
    Voting,
    /// All have voted, or time is over: anyone closes it.
    Closable,
    /// Decided, and paid.
    Closed,
    /// Nobody could be drawn: who opened it took the money back.
    Cancelled
}

/// @notice A session.
struct Session {
    /// Who opened it.
    address opener;
    /// Where it is.
    SessionPhase phase;
    /// How many members it has.
    uint8 size;
    /// How many options there are.
    uint8 options;
    /// Whether votes weigh the square root of the voting power.
    bool isSquareRoot;
    /// When it was opened, in unix seconds: voting power counts as it was a second before.
    uint40 openedAt;
    /// When voting ends, in unix seconds; 0 before members are drawn.
    uint40 endsAt;
    /// The block in which it was opened: members are drawn in a later one.
    uint256 openedIn;
    /// Fee and what was funded, in token units.
    uint256 reward;
    /// How many members voted.
    uint8 voted;
    /// The option that was decided; 255 where there is no decision.
    uint8 decision;
}

/// @notice A member of a session.
struct Member {
    /// Who.
    address agent;
    /// Whether they voted.
    bool hasVoted;
    /// What for; 0 where they did not.
    uint8 option;
    /// What their vote weighs; 0 where they did not.
    uint256 weight;
}

/// @title The council's chamber: debates among agents who are drawn
/// @notice Whoever has staked enough registers as an agent. Whoever opens a session asks a question with options and
/// pays a fee; agents are drawn by voting power, vote, and share the fee.
/// @dev Amounts in token units. A session has 1 to 25 members and 2 to 16 options, and voting lasts an hour to 30 days
/// from the draw. What is owed is credited, and pulled with `withdraw`.
/// Warning: members are drawn from the randomness of the block in which somebody asks for the draw. Whoever proposes a
/// block can leave that out, and so choose between blocks; where blocks have no randomness of their own, as on some
/// second layers, whoever orders transactions can choose members.
interface ICouncilChamber {
    /* EVENTS */

    /// @notice Somebody is an agent now, or again, or says anew what they are.
    /// @param agent Who.
    /// @param index Their number, from 1.
    /// @param metadataURI Where they tell who they are.
    /// @param weight What they weigh in a draw.
    event AgentRegistered(address indexed agent, uint256 index, string metadataURI, uint256 weight);

    /// @notice Somebody is no agent any more.
    /// @param agent Who.
    event AgentUnregistered(address indexed agent);

    /// @notice An agent weighs something else in draws.
    /// @param agent Who.
    /// @param weight What they weigh now.
    event AgentWeighed(address indexed agent, uint256 weight);

    /// @notice A session was opened.
    /// @param sessionId Its id.
    /// @param opener Who opened it.
    /// @param topic The question.
    /// @param size How many members it will have.
    /// @param options What they choose from.
    /// @param duration How long they vote, in seconds.
    /// @param fee What the opener paid.
    /// @param isSquareRoot Whether votes weigh the square root of the voting power.
    event SessionOpened(
        uint256 indexed sessionId,
        address indexed opener,
        string topic,
        uint256 size,
        string[] options,
        uint256 duration,
        uint256 fee,
        bool isSquareRoot
    );

    /// @notice Somebody paid for a session.
    /// @param sessionId The session.
    /// @param funder Who.
    /// @param amount What.
    event SessionFunded(uint256 indexed sessionId, address indexed funder, uint256 amount);

    /// @notice Members were drawn: voting begins.
    /// @param sessionId The session.
    /// @param members Who.
    /// @param endsAt When voting ends, in unix seconds.
    event SessionDrawn(uint256 indexed sessionId, address[] members, uint256 endsAt);

    /// @notice A member voted.
    /// @param sessionId The session.
    /// @param member Who.
    /// @param option What for.
    /// @param weight What the vote weighs.
    event SessionVoted(uint256 indexed sessionId, address indexed member, uint256 option, uint256 weight);

    /// @notice A session was closed.
    /// @param sessionId The session.
    /// @param decision The option; 255 for no decision.
    /// @param toRewards What went to the rewards of all who stake: rounding, or everything where nobody voted.
    event SessionClosed(uint256 indexed sessionId, uint256 decision, uint256 toRewards);

    /// @notice A session was cancelled.
    /// @param sessionId The session.
    /// @param refund What was credited to who opened it.
    event SessionCancelled(uint256 indexed sessionId, uint256 refund);

    /// @notice A session credited somebody.
    /// @param sessionId The session.
    /// @param account Whom.
    /// @param amount What.
    event Credited(uint256 indexed sessionId, address indexed account, uint256 amount);

    /// @notice Somebody took what was credited to them.
    /// @param account Who.
    /// @param amount What.
    event Withdrawn(address indexed account, uint256 amount);

    /// @notice Votes of sessions to come weigh otherwise.
    /// @param isSquareRoot Whether they weigh the square root of the voting power.
    event SquareRootSet(bool isSquareRoot);

    /* ERRORS */

    /// @notice An agent has at least `min` staked.
    error AgentStakeTooLow(address agent, uint256 staked, uint256 min);

    /// @notice The account is no agent.
    error AgentUnknown(address account);

    /// @notice A session has 1 to 25 members.
    error SizeOutOfRange(uint256 size, uint256 min, uint256 max);

    /// @notice A session has 2 to 16 options.
    error OptionsOutOfRange(uint256 options, uint256 min, uint256 max);

    /// @notice Voting lasts an hour to 30 days.
    error DurationOutOfRange(uint256 duration, uint256 min, uint256 max);

    /// @notice There is no such session.
    error SessionUnknown(uint256 sessionId);

    /// @notice It is not the time for this.
    error WrongSessionPhase(uint256 sessionId, SessionPhase phase, SessionPhase needed);

    /// @notice Members are drawn two blocks after the one in which the session was opened, and after the last one in
    /// which an agent came to weigh something else, at the earliest.
    error RandomnessNotThere(uint256 sessionId, uint256 blockNumber, uint256 neededBlock);

    /// @notice There are not as many agents with a stake as the session has members.
    error TooFewAgents(uint256 found, uint256 needed);

    /// @notice The account is no member of the session.
    error NotMember(uint256 sessionId, address account);

    /// @notice A member votes once.
    error AlreadyVoted(uint256 sessionId, address member);

    /// @notice There is no such option.
    error OptionUnknown(uint256 option, uint256 options);

    /// @notice Only who opened a session cancels it.
    error NotOpener(uint256 sessionId, address caller, address opener);

    /// @notice A session is cancelled a week after it was opened at the earliest.
    error CancellableLater(uint256 sessionId, uint256 cancellableAt);

    /// @notice Nothing was to be paid.
    error AmountZero();

    /// @notice Nothing is credited to the caller.
    error CreditZero(address account);

    /* AGENTS */

    /// @notice Become an agent, or say anew what one is.
    /// @dev Who has `minAgentStake` staked. Emits `AgentRegistered`. Reverts with `AgentStakeTooLow`.
    /// @param metadataURI Where the agent tells who it is.
    function registerAgent(string calldata metadataURI) external;

    /// @notice Be no agent any more. Sessions that one is a member of go on.
    /// @dev Agents. Emits `AgentUnregistered`. Reverts with `AgentUnknown`.
    function unregisterAgent() external;

    /// @notice Let an agent weigh what it has of votes: nothing without the stake.
    /// @dev Anyone. Emits `AgentWeighed` where that is something else. Reverts with `AgentUnknown`.
    /// @param account The agent.
    function refreshAgent(address account) external;

    /* SESSIONS */

    /// @notice Open a session.
    /// @dev Anyone, while entries are not paused; the caller must have allowed the contract to move the fee. Emits
    /// `SessionOpened`. Reverts with `SizeOutOfRange`, `OptionsOutOfRange`, `DurationOutOfRange`, `EnforcedPause`, or
    /// the token's own error.
    /// @param topic The question.
    /// @param size How many members it has, 1 to 25.
    /// @param options What they choose from, 2 to 16.
    /// @param duration How long they vote, in seconds from the draw: an hour to 30 days.
    /// @param fee What the members share, in token units; 0 for nothing.
    /// @return sessionId Its id, from 1 on.
    function openSession(
        string calldata topic,
        uint8 size,
        string[] calldata options,
        uint32 duration,
        uint256 fee
    ) external returns (uint256 sessionId);

    /// @notice Pay for a session whose members vote.
    /// @dev Anyone who has allowed the contract to move the amount. Emits `SessionFunded`. Reverts with
    /// `SessionUnknown`, `AmountZero`, `WrongSessionPhase`, or the token's own error.
    /// @param sessionId The session.
    /// @param amount What to pay, in token units.
    function fundSession(uint256 sessionId, uint256 amount) external;

    /// @notice Draw the members of a session: distinct agents, by the votes that they had just before it was opened, or
    /// by what they weigh where that is less, from the randomness of this block.
    /// @dev Anyone, two blocks after the one in which it was opened at the earliest, and never in a block in which an
    /// agent came to weigh something else: nobody may choose weights by the randomness. Agents who have less than they
    /// weigh are passed over and weighed anew; where chance meets what an agent has got since the opening, that is
    /// passed over. After 32 of both, or where too few are left and some weigh something else now, the draw ends
    /// without members and is to be repeated. Emits `AgentWeighed` for each whose weight changed, and
    /// `SessionDrawn`. Reverts with `SessionUnknown`, `WrongSessionPhase`, `RandomnessNotThere`, or, where nothing
    /// would come of repeating it, `TooFewAgents`.
    /// @param sessionId The session.
    /// @return isDrawn Whether members were drawn.
    function drawSession(uint256 sessionId) external returns (bool isDrawn);

    /// @notice Vote in a session.
    /// @dev Its members, once, with the voting power they had just before it was opened. Recorded as taking part. Emits
    /// `SessionVoted`. Reverts with `SessionUnknown`, `WrongSessionPhase`, `OptionUnknown`, `NotMember`,
    /// `AlreadyVoted` or `RecordStarved`.
    /// @param sessionId The session.
    /// @param option What for, from 0.
    function castVote(uint256 sessionId, uint8 option) external;

    /// @notice Close a session: the option with most weight is decided, none where several have most. Half of the
    /// reward is shared equally by who voted, half by weight by who voted for the decision; all of it equally where
    /// there is none.
    /// @dev Anyone, once all have voted or time is over. Shares are rounded down; what that leaves, or everything where
    /// nobody voted, goes to the rewards of all who stake. Emits `Credited` each, and `SessionClosed`. Reverts with
    /// `SessionUnknown` or `WrongSessionPhase`.
    /// @param sessionId The session.
    /// @return decision The option; 255 for no decision.
    function closeSession(uint256 sessionId) external returns (uint256 decision);

    /// @notice Take back the money of a session whose members were not drawn within a week.
    /// @dev Who opened it. Emits `SessionCancelled` and `Credited`. Reverts with `SessionUnknown`,
    /// `WrongSessionPhase`, `NotOpener` or `CancellableLater`.
    /// @param sessionId The session.
    function cancelSession(uint256 sessionId) external;

    /// @notice Take all that was credited to the caller.
    /// @dev Nobody can pause it. Emits `Withdrawn`. Reverts with `CreditZero`, or the token's own error.
    /// @return amount What was paid, in token units.
    function withdraw() external returns (uint256 amount);

    /* GOVERN */

    /// @notice Let votes of sessions to come weigh the square root of the voting power, or the power itself.
    /// @dev Restricted by the `AccessManager`. Emits `SquareRootSet`.
    /// @param isSquareRoot_ Whether it is the square root.
    function setSquareRoot(bool isSquareRoot_) external;

    /// @notice Stop new sessions. What has begun goes on.
    /// @dev Restricted by the `AccessManager` to the guardian. Emits `Paused`. Reverts with `EnforcedPause`.
    function pauseEntries() external;

    /// @notice Let new sessions in again.
    /// @dev Restricted by the `AccessManager` to the guardian. Emits `Unpaused`. Reverts with `ExpectedPause`.
    function unpauseEntries() external;

    /* READ */

    /// @notice The token of fees and rewards.
    function token() external view returns (IERC20);

    /// @notice The stake of an agent, in token units.
    function minAgentStake() external view returns (uint256);

    /// @notice Whether votes of sessions to come weigh the square root of the voting power.
    function isSquareRoot() external view returns (bool);

    /// @notice How many ever registered as agents.
    function agentCount() external view returns (uint256);

    /// @notice What all agents weigh.
    function totalAgentWeight() external view returns (uint256);

    /// @notice What is known of an agent.
    /// @param account Who.
    /// @return isRegistered Whether they are one.
    /// @return index Their number, from 1; 0 where they never were one.
    /// @return weight What they weigh in a draw.
    function agent(address account) external view returns (bool isRegistered, uint256 index, uint256 weight);

    /// @notice How many sessions were opened: ids are 1 to this.
    function sessionCount() external view returns (uint256);

    /// @notice A session.
    /// @dev Reverts with `SessionUnknown`.
    /// @param sessionId Its id.
    function session(uint256 sessionId) external view returns (Session memory);

    /// @notice The members of a session, in the order in which they were drawn; none before that.
    /// @dev Reverts with `SessionUnknown`.
    /// @param sessionId The session.
    function members(uint256 sessionId) external view returns (Member[] memory);

    /// @notice The weight of the votes for each option.
    /// @dev Reverts with `SessionUnknown`.
    /// @param sessionId The session.
    function tallies(uint256 sessionId) external view returns (uint256[] memory);

    /// @notice What somebody can withdraw, in token units.
    /// @param account Who.
    function credited(address account) external view returns (uint256);
}
