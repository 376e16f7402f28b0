// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {GovernorCountingSimple} from "@openzeppelin/contracts/governance/extensions/GovernorCountingSimple.sol";
import {GovernorSettings} from "@openzeppelin/contracts/governance/extensions/GovernorSettings.sol";
import {GovernorTimelockControl} from "@openzeppelin/contracts/governance/extensions/GovernorTimelockControl.sol";
import {GovernorVotes} from "@openzeppelin/contracts/governance/extensions/GovernorVotes.sol";
// solhint-disable-next-line max-line-length
import {GovernorVotesQuorumFraction} from "@openzeppelin/contracts/governance/extensions/GovernorVotesQuorumFraction.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";

import {ActivityRecorder} from "../shared/ActivityRecorder.sol";
import {ParameterBounds} from "../shared/ParameterBounds.sol";
import {GovernorParams, ICouncilGovernor, ProposalKind} from "./interfaces/ICouncilGovernor.sol";
import {ICouncilStaking} from "./interfaces/ICouncilStaking.sol";
import {IRewardsDistributor} from "./interfaces/IRewardsDistributor.sol";

/// @title The council's governor
/// @dev Holds nothing: the timelock is the treasury and acts. A proposal is pending -> active -> defeated or succeeded
/// -> queued -> executed, as OpenZeppelin's. What is added: stake to propose and to vote, approval, a cap on the votes
/// of one account, kinds. Invariants: docs/properties.md. Trusts: staking's votes. A recorder that fails blocks no
/// vote.
contract CouncilGovernor is
    ICouncilGovernor,
    GovernorSettings,
    GovernorCountingSimple,
    GovernorVotesQuorumFraction,
    GovernorTimelockControl
{
    using SafeCast for uint256;

    uint256 private constant BPS = 10_000;

    /// @dev Ten accounts at their cap are the quorum of 10 %.
    uint256 private constant MIN_VOTE_SHARE_BPS = 100;

    /// @dev What a proposal was made under.
    struct Terms {
        ProposalKind kind;
        uint16 approvalBps;
    }

    ICouncilStaking private immutable _staking;
    IRewardsDistributor private immutable _distributor;

    /// @dev What a vote asks about, in one slot.
    struct Rules {
        uint224 minVotingStake;
        uint16 approvalBps;
        uint16 maxVoteShareBps;
    }

    Rules private _rules;

    mapping(uint256 proposalId => Terms) private _terms;

    /// @param staking_ Where stake and votes are.
    /// @param distributor_ Records who votes.
    /// @param timelock_ What acts, and holds the treasury.
    /// @param params_ The rules.
    constructor(
        ICouncilStaking staking_,
        IRewardsDistributor distributor_,
        TimelockController timelock_,
        GovernorParams memory params_
    )
        Governor("AI Council Governor")
        GovernorSettings(params_.votingDelay, params_.votingPeriod, params_.minProposalStake)
        GovernorVotes(IVotes(address(staking_)))
        GovernorVotesQuorumFraction(params_.quorumPercent)
        GovernorTimelockControl(timelock_)
    {
        (_staking, _distributor) = (staking_, distributor_);
        _checkReach("proposalThreshold", params_.minProposalStake);
        _setMinVotingStake(params_.minVotingStake);
        _setApproval(params_.approvalBps);
        _setMaxVoteShare(params_.maxVoteShareBps);
    }

    /* PROPOSE AND VOTE */

    /// @inheritdoc ICouncilGovernor
    function proposeOfKind(
        ProposalKind kind,
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata calldatas,
        string calldata description
    ) external returns (uint256 proposalId) {
        return _proposeOfKind(kind, targets, values, calldatas, description);
    }

    /// @notice Propose without saying what for.
    /// @dev As OpenZeppelin's, with the stake instead of the votes of who proposes.
    function propose(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description
    ) public override returns (uint256 proposalId) {
        return _proposeOfKind(ProposalKind.Unspecified, targets, values, calldatas, description);
    }

    /* GOVERN */

    /// @inheritdoc ICouncilGovernor
    function setMinVotingStake(uint256 minVotingStake_) external onlyGovernance {
        _setMinVotingStake(minVotingStake_);
    }

    /// @notice Set the stake of who proposes, in token units: at most what an account may stake.
    /// @dev The timelock alone, by a proposal.
    function setProposalThreshold(uint256 newThreshold) public override onlyGovernance {
        _checkReach("proposalThreshold", newThreshold);
        _setProposalThreshold(newThreshold);
    }

    /// @inheritdoc ICouncilGovernor
    function setApproval(uint256 approvalBps_) external onlyGovernance {
        _setApproval(approvalBps_);
    }

    /// @inheritdoc ICouncilGovernor
    function setMaxVoteShare(uint256 maxVoteShareBps_) external onlyGovernance {
        _setMaxVoteShare(maxVoteShareBps_);
    }

    /* READ */

    /// @inheritdoc ICouncilGovernor
    function minVotingStake() external view returns (uint256) {
        return _rules.minVotingStake;
    }

    /// @inheritdoc ICouncilGovernor
    function approvalBps() external view returns (uint256) {
        return _rules.approvalBps;
    }

    /// @inheritdoc ICouncilGovernor
    function maxVoteShareBps() external view returns (uint256) {
        return _rules.maxVoteShareBps;
    }

    /// @inheritdoc ICouncilGovernor
    function proposalKind(uint256 proposalId) external view returns (ProposalKind kind, uint256 neededBps) {
        Terms memory terms = _terms[proposalId];
        return (terms.kind, terms.approvalBps);
    }

    /// @notice The stake of who proposes, in token units.
    function proposalThreshold() public view override(Governor, GovernorSettings) returns (uint256) {
        return super.proposalThreshold();
    }

    /// @dev Staking's clock, without asking it.
    function clock() public view override(Governor, GovernorVotes) returns (uint48) {
        return Time.timestamp();
    }

    /// @dev Staking's clock, without asking it.
    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() public pure override(Governor, GovernorVotes) returns (string memory) {
        return "mode=timestamp";
    }

    /// @inheritdoc GovernorTimelockControl
    function state(uint256 proposalId) public view override(Governor, GovernorTimelockControl) returns (ProposalState) {
        return super.state(proposalId);
    }

    /// @inheritdoc GovernorTimelockControl
    function proposalNeedsQueuing(
        uint256 proposalId
    ) public view override(Governor, GovernorTimelockControl) returns (bool) {
        return super.proposalNeedsQueuing(proposalId);
    }

    /* INTERNAL */

    function _proposeOfKind(
        ProposalKind kind,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description
    ) private returns (uint256 proposalId) {
        if (!_isValidDescriptionForProposer(msg.sender, description)) revert GovernorRestrictedProposer(msg.sender);
        uint256 staked = _stakeOf(msg.sender);
        if (staked < proposalThreshold()) revert ProposerStakeTooLow(msg.sender, staked, proposalThreshold());
        proposalId = _propose(targets, values, calldatas, description, msg.sender);
        uint16 needed = _rules.approvalBps;
        _terms[proposalId] = Terms(kind, needed);
        emit ProposalKindRecorded(proposalId, kind, needed);
    }

    function _castVote(
        uint256 proposalId,
        address voter,
        uint8 support,
        string memory reason,
        bytes memory params_
    ) internal override returns (uint256 weight) {
        (uint256 staked, uint256 min) = (_stakeOf(voter), _rules.minVotingStake);
        if (staked < min) revert VoterStakeTooLow(voter, staked, min);
        weight = super._castVote(proposalId, voter, support, reason, params_);
        if (weight == 0) return 0; // no vote that counts
        try _distributor.recordVote{gas: ActivityRecorder.MAX_GAS}(voter) {} catch {
            ActivityRecorder.requireGas();
        }
    }

    /// @dev Votes at the snapshot, or what one account may count.
    function _getVotes(
        address account,
        uint256 timepoint,
        bytes memory params_
    ) internal view override(Governor, GovernorVotes) returns (uint256 votes) {
        votes = super._getVotes(account, timepoint, params_);
        uint256 shareBps = _rules.maxVoteShareBps;
        if (shareBps < BPS) votes = Math.min(votes, (token().getPastTotalSupply(timepoint) * shareBps) / BPS);
    }

    /// @dev The approval in force when it was proposed.
    function _voteSucceeded(
        uint256 proposalId
    ) internal view override(Governor, GovernorCountingSimple) returns (bool) {
        (uint256 against, uint256 inFavour, ) = proposalVotes(proposalId);
        return inFavour > 0 && inFavour * BPS >= (inFavour + against) * _terms[proposalId].approvalBps;
    }

    function _queueOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) returns (uint48) {
        return super._queueOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _executeOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) {
        super._executeOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _cancel(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) returns (uint256) {
        return super._cancel(targets, values, calldatas, descriptionHash);
    }

    function _executor() internal view override(Governor, GovernorTimelockControl) returns (address) {
        return super._executor();
    }

    /// @dev Who proposed, and anybody where the proposer has unstaked before voting begins: a stake that is only
    /// borrowed proposes nothing.
    function _validateCancel(uint256 proposalId, address caller) internal view override returns (bool) {
        return
            super._validateCancel(proposalId, caller) ||
            (state(proposalId) == ProposalState.Pending &&
                _stakeOf(proposalProposer(proposalId)) < proposalThreshold());
    }

    /// @dev Without a quorum a single vote would do.
    function _updateQuorumNumerator(uint256 newNumerator) internal override {
        ParameterBounds.check("quorumPercent", newNumerator, 1, 100);
        super._updateQuorumNumerator(newNumerator);
    }

    function _setMinVotingStake(uint256 minVotingStake_) private {
        _checkReach("minVotingStake", minVotingStake_);
        _rules.minVotingStake = minVotingStake_.toUint224();
        emit MinVotingStakeSet(minVotingStake_);
    }

    function _setApproval(uint256 approvalBps_) private {
        ParameterBounds.check("approvalBps", approvalBps_, BPS / 2, BPS);
        _rules.approvalBps = uint16(approvalBps_);
        emit ApprovalSet(approvalBps_);
    }

    function _setMaxVoteShare(uint256 maxVoteShareBps_) private {
        ParameterBounds.check("maxVoteShareBps", maxVoteShareBps_, MIN_VOTE_SHARE_BPS, BPS);
        _rules.maxVoteShareBps = uint16(maxVoteShareBps_);
        emit MaxVoteShareSet(maxVoteShareBps_);
    }

    /// @dev No rule can put proposing or voting out of everybody's reach.
    function _checkReach(string memory rule, uint256 amount) private view {
        ParameterBounds.check(rule, amount, 0, _staking.params().maxStake);
    }

    function _stakeOf(address account) private view returns (uint256 staked) {
        (staked, , , ) = _staking.account(account);
    }
}
