// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";

import {GovernorParams, ProposalKind} from "../../../contracts/council/interfaces/ICouncilGovernor.sol";
import {IRewardsDistributor} from "../../../contracts/council/interfaces/IRewardsDistributor.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";
import {Deployer} from "../utils/Deployer.sol";
import {vm} from "../utils/Vm.sol";
import {CouncilFixtures} from "./CouncilFixtures.sol";
import {CouncilGovernor, CouncilStaking, CouncilToken} from "./CouncilParts.sol";
import {Tiers} from "./Tiers.sol";

/// @title What it takes to pass a proposal, and to execute it
contract CouncilGovernorTest {
    using Bounded for uint256;

    /// @dev Stakes of those who vote for, against and abstain, and of those who do not vote.
    struct Stakes {
        uint256 inFavour;
        uint256 against;
        uint256 abstain;
        uint256 idle;
    }

    uint256 private constant LARGEST = 40_000_000e9;
    uint256 private constant PRIZE = 1_000;
    uint256 private constant DELAY = 3 days;
    uint64 private constant ACTIVITY = 7;
    address private constant RECIPIENT = address(uint160(uint256(keccak256("recipient"))));

    CouncilToken private _token;
    CouncilStaking private _staking;
    IRewardsDistributor private _distributor;
    CouncilGovernor private _governor;
    TimelockController private _timelock;
    address[] private _targets;
    uint256[] private _values;
    bytes[] private _calldatas;

    function setUp() public {
        IAccessManager authority;
        (_token, _staking, _distributor, authority) = CouncilFixtures.deploy(Tiers.byDefault());
        _timelock = TimelockController(
            payable(
                Deployer.deploy(
                    "TimelockController",
                    abi.encode(DELAY, new address[](0), new address[](0), address(this))
                )
            )
        );
        GovernorParams memory rules = GovernorParams({
            votingDelay: 1 days,
            votingPeriod: 7 days,
            minProposalStake: 3,
            minVotingStake: 3,
            quorumPercent: 10,
            approvalBps: 6_600,
            maxVoteShareBps: 10_000
        });
        _governor = CouncilGovernor(
            Deployer.deploy("CouncilGovernor", abi.encode(_staking, _distributor, _timelock, rules))
        );
        _timelock.grantRole(_timelock.PROPOSER_ROLE(), address(_governor));
        _timelock.grantRole(_timelock.EXECUTOR_ROLE(), address(0));
        bytes4[] memory records = new bytes4[](1);
        records[0] = _distributor.recordVote.selector;
        authority.setTargetFunctionRole(address(_distributor), records, ACTIVITY);
        authority.grantRole(ACTIVITY, address(_governor), 0);
        _token.transfer(address(_timelock), PRIZE);
        _targets.push(address(_token));
        _values.push(0);
        _calldatas.push(abi.encodeCall(_token.transfer, (RECIPIENT, PRIZE)));
    }

    /// @dev N7: just at the threshold, a unit beside it, or anywhere.
    function testFuzz_vote_passesExactlyFromApprovalAndQuorumOn(uint256 seed) public {
        Stakes memory s = _draw(seed);
        uint256 proposalId = _vote(s);
        bool isApproved = s.inFavour > 0 && s.inFavour * 10_000 >= (s.inFavour + s.against) * 6_600;
        uint256 total = s.inFavour + s.against + s.abstain + s.idle;
        bool isQuorate = s.inFavour + s.abstain >= (total * 10) / 100;
        bool isPassed = _governor.state(proposalId) == IGovernor.ProposalState.Succeeded;
        Check.equal(isPassed, isApproved && isQuorate, "passed");
        if (isPassed) _assertExecutedAfterDelay();
        else _assertNotQueued(proposalId);
    }

    function test_vote_failsAUnitBelowApproval() public {
        uint256 proposalId = _vote(Stakes(6_600, 3_401, 0, 0));
        Check.equal(uint256(_governor.state(proposalId)), uint256(IGovernor.ProposalState.Defeated), "state");
    }

    function test_vote_passesAtApproval() public {
        uint256 proposalId = _vote(Stakes(6_600, 3_400, 0, 0));
        Check.equal(uint256(_governor.state(proposalId)), uint256(IGovernor.ProposalState.Succeeded), "state");
    }

    function test_vote_failsAUnitBelowQuorum() public {
        uint256 proposalId = _vote(Stakes(900, 0, 99, 9_001));
        Check.equal(uint256(_governor.state(proposalId)), uint256(IGovernor.ProposalState.Defeated), "state");
    }

    function test_vote_passesAtQuorum() public {
        uint256 proposalId = _vote(Stakes(900, 0, 100, 9_000));
        Check.equal(uint256(_governor.state(proposalId)), uint256(IGovernor.ProposalState.Succeeded), "state");
    }

    function test_castVote_recordsWhoVotesWithPower() public {
        address voter = _staker("for", 3);
        _cast(voter, _propose(), 1);
        Check.equal(_votedAt(voter), vm.getBlockTimestamp(), "recorded");
    }

    function test_castVote_doesNotRecordWhoStakedAfterTheSnapshot() public {
        uint256 proposalId = _propose();
        address voter = _staker("for", 3);
        _cast(voter, proposalId, 1);
        _assertVotedWithoutRecord(proposalId, voter);
    }

    function test_castVote_doesNotRecordWhoDelegatedAway() public {
        address voter = _staker("for", 3);
        vm.prank(voter);
        _staking.delegate(_addressOf("against"));
        uint256 proposalId = _propose();
        _cast(voter, proposalId, 1);
        _assertVotedWithoutRecord(proposalId, voter);
    }

    /// @dev A vote as OpenZeppelin counts it, of no weight.
    function _assertVotedWithoutRecord(uint256 proposalId, address voter) private view {
        Check.isTrue(_governor.hasVoted(proposalId, voter), "voted");
        (uint256 against, uint256 inFavour, uint256 abstain) = _governor.proposalVotes(proposalId);
        Check.equal(against + inFavour + abstain, 0, "weight of the vote");
        Check.equal(_votedAt(voter), 0, "recorded");
    }

    function _votedAt(address voter) private view returns (uint256 votedAt) {
        (, , , , , votedAt) = _distributor.account(voter);
    }

    /// @dev Nobody before the delay is over, anyone from then on.
    function _assertExecutedAfterDelay() private {
        bytes32 hash = keccak256("give");
        _governor.queue(_targets, _values, _calldatas, hash);
        uint256 queuedAt = vm.getBlockTimestamp();
        vm.warp(queuedAt + DELAY - 1);
        bytes32 salt = bytes20(address(_governor)) ^ hash;
        bytes32 operation = _timelock.hashOperationBatch(_targets, _values, _calldatas, 0, salt);
        bytes4 selector = TimelockController.TimelockUnexpectedOperationState.selector;
        bytes32 ready = bytes32(uint256(1) << uint256(TimelockController.OperationState.Ready));
        (bool isDone, bytes memory answer) = address(_governor).call(
            abi.encodeCall(_governor.execute, (_targets, _values, _calldatas, hash))
        );
        Check.isTrue(!isDone, "executed before the delay");
        Check.equal(answer, abi.encodeWithSelector(selector, operation, ready), "refusal before the delay");
        vm.warp(queuedAt + DELAY);
        _governor.execute(_targets, _values, _calldatas, hash);
        Check.equal(_token.balanceOf(RECIPIENT), PRIZE, "executed");
    }

    function _assertNotQueued(uint256 proposalId) private {
        (bool isDone, bytes memory answer) = address(_governor).call(
            abi.encodeCall(_governor.queue, (_targets, _values, _calldatas, keccak256("give")))
        );
        Check.isTrue(!isDone, "queued without having passed");
        bytes32 succeeded = bytes32(uint256(1) << uint256(IGovernor.ProposalState.Succeeded));
        bytes memory refusal = abi.encodeWithSelector(
            IGovernor.GovernorUnexpectedProposalState.selector,
            proposalId,
            IGovernor.ProposalState.Defeated,
            succeeded
        );
        Check.equal(answer, refusal, "refusal of what did not pass");
    }

    /// @dev Everybody stakes, somebody proposes, everybody but the idle votes, and voting ends.
    function _vote(Stakes memory s) private returns (uint256 proposalId) {
        (address inFavour, address against) = (_staker("for", s.inFavour), _staker("against", s.against));
        (address abstaining, ) = (_staker("abstain", s.abstain), _staker("idle", s.idle));
        proposalId = _propose();
        if (s.against > 0) _cast(against, proposalId, 0);
        if (s.inFavour > 0) _cast(inFavour, proposalId, 1);
        if (s.abstain > 0) _cast(abstaining, proposalId, 2);
        vm.warp(vm.getBlockTimestamp() + 7 days);
    }

    /// @dev Whoever proposes leaves before the snapshot, and so is not counted; voting begins.
    function _propose() private returns (uint256 proposalId) {
        address proposer = _staker("proposer", 3);
        uint256 positionId = _staking.positionIdOf(proposer, 0);
        vm.startPrank(proposer);
        proposalId = _governor.proposeOfKind(ProposalKind.TreasurySpending, _targets, _values, _calldatas, "give");
        _staking.unstake(positionId);
        vm.stopPrank();
        vm.warp(vm.getBlockTimestamp() + 1 days + 1);
    }

    function _cast(address voter, uint256 proposalId, uint8 support) private {
        vm.prank(voter);
        _governor.castVote(proposalId, support);
    }

    function _staker(string memory name, uint256 amount) private returns (address staker) {
        staker = _addressOf(name);
        if (amount == 0) return staker;
        _token.transfer(staker, amount);
        vm.startPrank(staker);
        _token.approve(address(_staking), amount);
        _staking.stake(amount, 0);
        vm.stopPrank();
    }

    function _addressOf(string memory name) private pure returns (address) {
        return address(uint160(uint256(keccak256(bytes(name)))));
    }

    /// @dev Amounts that can be staked, or none at all.
    function _draw(uint256 seed) private pure returns (Stakes memory s) {
        s.inFavour = _amount(seed, 1);
        s.against = seed % 2 == 0 ? (s.inFavour * 34) / 66 + ((seed >> 8) % 3) : _amount(seed, 2);
        s.abstain = seed % 3 == 0 ? 0 : _amount(seed, 3);
        uint256 voting = s.inFavour + s.against + s.abstain;
        uint256 quorate = (s.inFavour + s.abstain) * 10;
        s.idle = seed % 5 < 3 && quorate > voting ? quorate - voting + ((seed >> 16) % 20) : _amount(seed, 4);
        (s.against, s.idle) = (_stakeable(s.against), _stakeable(s.idle));
    }

    function _amount(uint256 seed, uint256 salt) private pure returns (uint256) {
        uint256 drawn = uint256(keccak256(abi.encode(seed, salt)));
        return drawn % 8 == 0 ? 0 : (drawn >> 8).ofAnySize(3, LARGEST / 4);
    }

    function _stakeable(uint256 amount) private pure returns (uint256) {
        if (amount < 3) return 0;
        return amount > LARGEST * 2 ? LARGEST * 2 : amount;
    }
}
