// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

/// @notice What a proposal is for, as its proposer says.
enum ProposalKind {
    /// Proposed through `propose`, which does not ask.
    Unspecified,
    ParameterChange,
    TreasurySpending,
    ProtocolUpgrade,
    FeatureActivation
}

/// @notice The rules of voting.
struct GovernorParams {
    /// Seconds from proposing to the snapshot.
    uint48 votingDelay;
    /// Seconds of voting.
    uint32 votingPeriod;
    /// Stake of who proposes, in token units.
    uint256 minProposalStake;
    /// Stake of who votes, in token units.
    uint256 minVotingStake;
    /// Votes for and abstaining that a proposal needs, in per cent of all voting power: 1 to 100.
    uint256 quorumPercent;
    /// Votes for that a proposal needs, of those for and against: 5,000 to 10,000.
    uint16 approvalBps;
    /// The most that one account's votes count, of all voting power: 100 to 10,000.
    uint16 maxVoteShareBps;
}

/// @title The council's governor
/// @notice OpenZeppelin's governor over a timelock, with stake to propose and to vote, and an approval threshold.
interface ICouncilGovernor {
    /* EVENTS */

    /// @notice What a proposal is for.
    /// @param proposalId Its id.
    /// @param kind What its proposer says.
    /// @param approvalBps The votes for it that it needs, of those for and against.
    event ProposalKindRecorded(uint256 indexed proposalId, ProposalKind kind, uint256 approvalBps);

    /// @notice Whoever votes needs another stake from now on.
    /// @param minVotingStake In token units.
    event MinVotingStakeSet(uint256 minVotingStake);

    /// @notice Proposals made from now on need another approval.
    /// @param approvalBps Votes for, of those for and against.
    event ApprovalSet(uint256 approvalBps);

    /// @notice The votes of one account count otherwise from now on.
    /// @param maxVoteShareBps The most they count, of all voting power.
    event MaxVoteShareSet(uint256 maxVoteShareBps);

    /* ERRORS */

    /// @notice Whoever proposes has at least `min` staked.
    error ProposerStakeTooLow(address proposer, uint256 staked, uint256 min);

    /// @notice Whoever votes has at least `min` staked.
    error VoterStakeTooLow(address voter, uint256 staked, uint256 min);

    /* PROPOSE */

    /// @notice Propose, and say what for.
    /// @dev Who has `proposalThreshold` staked. Emits `ProposalCreated` and `ProposalKindRecorded`. Reverts with
    /// `ProposerStakeTooLow`, or as OpenZeppelin's `propose` does.
    /// @param kind What it is for.
    /// @param targets What is called, in order.
    /// @param values The wei that go with each call.
    /// @param calldatas What each is called with.
    /// @param description The proposal in words.
    /// @return proposalId Its id.
    function proposeOfKind(
        ProposalKind kind,
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata calldatas,
        string calldata description
    ) external returns (uint256 proposalId);

    /* GOVERN */

    /// @notice Set the stake of who votes.
    /// @dev The timelock alone, by a proposal. Emits `MinVotingStakeSet`. Reverts with `ParameterOutOfBounds`.
    /// @param minVotingStake_ In token units, at most what an account may stake.
    function setMinVotingStake(uint256 minVotingStake_) external;

    /// @notice Set the approval that proposals made from now on need.
    /// @dev The timelock alone, by a proposal. Emits `ApprovalSet`. Reverts with `ParameterOutOfBounds`.
    /// @param approvalBps_ Votes for, of those for and against: 5,000 to 10,000.
    function setApproval(uint256 approvalBps_) external;

    /// @notice Set the most that the votes of one account count.
    /// @dev The timelock alone, by a proposal. Emits `MaxVoteShareSet`. Reverts with `ParameterOutOfBounds`.
    /// @param maxVoteShareBps_ Of all voting power: 100 to 10,000, which is no limit.
    function setMaxVoteShare(uint256 maxVoteShareBps_) external;

    /* READ */

    /// @notice What a proposal is for, and the approval it needs.
    /// @param proposalId The proposal.
    /// @return kind `Unspecified` where its proposer did not say, or it does not exist.
    /// @return neededBps Votes for, of those for and against; 0 where it does not exist.
    function proposalKind(uint256 proposalId) external view returns (ProposalKind kind, uint256 neededBps);

    /// @notice The stake of who votes, in token units.
    function minVotingStake() external view returns (uint256);

    /// @notice The approval of proposals to come: votes for, of those for and against.
    function approvalBps() external view returns (uint256);

    /// @notice The most that the votes of one account count, of all voting power.
    function maxVoteShareBps() external view returns (uint256);
}
