// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {ActivityRecorder, IActivityRecorder} from "../shared/ActivityRecorder.sol";
import {ICouncilChamber, Member, Session, SessionPhase} from "./interfaces/ICouncilChamber.sol";
import {ICouncilStaking} from "./interfaces/ICouncilStaking.sol";
import {IRewardsDistributor} from "./interfaces/IRewardsDistributor.sol";
import {Draw} from "./libraries/Draw.sol";
import {WeightTree, Weights} from "./libraries/WeightTree.sol";

/// @title The council's chamber: debates by drawn agents
/// @dev Holds fees and rewards of sessions that are not closed, and credits. A session is drawing -> voting -> closable
/// -> closed, or cancelled where nobody could be drawn. Agents are drawn by weight, without repetition, from the
/// randomness of a block after the opening. Invariants: docs/properties.md. Trusts: the token is a plain ERC-20;
/// staking's votes; whoever proposes the block in which a session is drawn can choose to skip it.
contract CouncilChamber is ICouncilChamber, AccessManaged, Pausable, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;
    using SafeCast for uint256;
    using ActivityRecorder for IActivityRecorder;
    using WeightTree for Weights;
    using Draw for Draw.Lot;

    uint256 private constant MAX_SIZE = 25;
    uint256 private constant MAX_OPTIONS = 16;
    uint256 private constant MIN_DURATION = 1 hours;
    uint256 private constant MAX_DURATION = 30 days;

    /// @dev After so long without members, who opened a session takes the money back.
    uint256 private constant DRAWING_PATIENCE = 7 days;

    /// @dev Agents that a draw passes over before it is continued by another call.
    uint256 private constant MAX_PASSED_OVER = 32;

    uint8 private constant NO_DECISION = type(uint8).max;

    /// @dev An agent in one slot.
    struct AgentSlot {
        uint32 index;
        uint96 weight;
        bool isRegistered;
    }

    /// @dev A session in two slots.
    struct SessionSlots {
        // slot 0
        address opener;
        uint40 openedAt;
        uint40 endsAt;
        uint8 size;
        uint8 options;
        // slot 1
        uint96 reward;
        uint64 openedIn;
        uint32 duration;
        uint8 voted;
        uint8 decision;
        bool isSquareRoot;
        bool isClosed;
        bool isCancelled;
    }

    /// @dev A member in one slot.
    struct MemberSlot {
        address agent;
        uint8 option;
        bool hasVoted;
        uint80 weight;
    }

    /// @inheritdoc ICouncilChamber
    IERC20 public immutable token;

    /// @inheritdoc ICouncilChamber
    uint256 public immutable minAgentStake;

    ICouncilStaking private immutable _staking;
    IRewardsDistributor private immutable _distributor;

    /// @inheritdoc ICouncilChamber
    bool public isSquareRoot;

    /// @inheritdoc ICouncilChamber
    uint256 public sessionCount;

    Weights private _weights;
    mapping(uint256 index => address) private _agentAt;
    mapping(address agent => AgentSlot) private _agents;
    mapping(uint256 sessionId => SessionSlots) private _sessions;
    mapping(uint256 sessionId => MemberSlot[]) private _members;

    /// @inheritdoc ICouncilChamber
    mapping(address account => uint256) public credited;

    /// @param staking_ Where stake and votes are.
    /// @param minAgentStake_ Stake of an agent, in token units.
    /// @param authority The protocol's `AccessManager`.
    constructor(ICouncilStaking staking_, uint256 minAgentStake_, address authority) AccessManaged(authority) {
        (_staking, minAgentStake) = (staking_, minAgentStake_);
        (token, _distributor) = (staking_.token(), staking_.distributor());
    }

    /* AGENTS */

    /// @inheritdoc ICouncilChamber
    function registerAgent(string calldata metadataURI) external {
        uint256 staked = _stakeOf(msg.sender);
        if (staked < minAgentStake) revert AgentStakeTooLow(msg.sender, staked, minAgentStake);
        AgentSlot storage slot = _agents[msg.sender];
        uint96 weight = _weightNow(msg.sender);
        if (slot.index == 0) {
            uint32 index = _weights.append(weight);
            (slot.index, slot.weight) = (index, weight);
            _agentAt[index] = msg.sender;
        } else {
            _weigh(msg.sender, slot, weight);
        }
        slot.isRegistered = true;
        emit AgentRegistered(msg.sender, slot.index, metadataURI, weight);
    }

    /// @inheritdoc ICouncilChamber
    function unregisterAgent() external {
        AgentSlot storage slot = _registered(msg.sender);
        slot.isRegistered = false;
        _weigh(msg.sender, slot, 0);
        emit AgentUnregistered(msg.sender);
    }

    /// @inheritdoc ICouncilChamber
    function refreshAgent(address account) external {
        _weigh(account, _registered(account), _weightNow(account));
    }

    /* SESSIONS */

    /// @inheritdoc ICouncilChamber
    function openSession(
        string calldata topic,
        uint8 size,
        string[] calldata options,
        uint32 duration,
        uint256 fee
    ) external nonReentrant whenNotPaused returns (uint256 sessionId) {
        if (size == 0 || size > MAX_SIZE) revert SizeOutOfRange(size, 1, MAX_SIZE);
        if (options.length < 2 || options.length > MAX_OPTIONS) {
            revert OptionsOutOfRange(options.length, 2, MAX_OPTIONS);
        }
        if (duration < MIN_DURATION || duration > MAX_DURATION) {
            revert DurationOutOfRange(duration, MIN_DURATION, MAX_DURATION);
        }
        sessionId = ++sessionCount;
        SessionSlots storage slots = _sessions[sessionId];
        (slots.opener, slots.openedAt, slots.openedIn) = (msg.sender, uint40(block.timestamp), uint64(block.number));
        (slots.size, slots.options, slots.duration) = (size, uint8(options.length), duration);
        (slots.reward, slots.isSquareRoot) = (fee.toUint96(), isSquareRoot);
        emit SessionOpened(sessionId, msg.sender, topic, size, options, duration, fee, isSquareRoot);

        if (fee > 0) token.safeTransferFrom(msg.sender, address(this), fee);
    }

    /// @inheritdoc ICouncilChamber
    function fundSession(uint256 sessionId, uint256 amount) external nonReentrant {
        SessionSlots storage slots = _inPhase(sessionId, SessionPhase.Voting);
        if (amount == 0) revert AmountZero();
        slots.reward += amount.toUint96();
        emit SessionFunded(sessionId, msg.sender, amount);

        token.safeTransferFrom(msg.sender, address(this), amount);
    }

    /// @inheritdoc ICouncilChamber
    function drawSession(uint256 sessionId) external nonReentrant returns (bool isDrawn) {
        SessionSlots storage slots = _inPhase(sessionId, SessionPhase.Drawing);
        uint256 known = Math.max(slots.openedIn + 1, _weights.changedIn);
        if (block.number <= known) revert RandomnessNotThere(sessionId, block.number, known + 1);
        (uint256[] memory drawn, uint256[] memory passed) = _draw(
            slots.size,
            slots.openedAt,
            uint256(keccak256(abi.encode(block.prevrandao, sessionId)))
        );
        bool isAnyWeighed = false;
        for (uint256 i = 0; i < passed.length; ++i) {
            address account = _agentAt[passed[i]];
            AgentSlot storage stale = _agents[account];
            uint96 weight = _weightNow(account);
            if (weight < stale.weight && _weigh(account, stale, weight)) isAnyWeighed = true;
        }
        if (drawn.length < slots.size) {
            // another draw may find more, where this one did not look at all agents or they weigh something else now
            if (passed.length < MAX_PASSED_OVER && !isAnyWeighed) revert TooFewAgents(drawn.length, slots.size);
            return false;
        }
        address[] memory names = new address[](drawn.length);
        for (uint256 i = 0; i < drawn.length; ++i) {
            names[i] = _agentAt[drawn[i]];
            _members[sessionId].push(MemberSlot({agent: names[i], option: 0, hasVoted: false, weight: 0}));
        }
        slots.endsAt = uint40(block.timestamp + slots.duration);
        emit SessionDrawn(sessionId, names, slots.endsAt);
        return true;
    }

    /// @inheritdoc ICouncilChamber
    function castVote(uint256 sessionId, uint8 option) external {
        SessionSlots storage slots = _inPhase(sessionId, SessionPhase.Voting);
        if (option >= slots.options) revert OptionUnknown(option, slots.options);
        MemberSlot storage member = _memberOf(sessionId, msg.sender);
        if (member.hasVoted) revert AlreadyVoted(sessionId, msg.sender);
        uint256 power = IVotes(address(_staking)).getPastVotes(msg.sender, slots.openedAt - 1);
        uint256 weight = slots.isSquareRoot ? Math.sqrt(power) : power;
        (member.hasVoted, member.option, member.weight) = (true, option, weight.toUint80());
        ++slots.voted;
        emit SessionVoted(sessionId, msg.sender, option, weight);

        IActivityRecorder(_distributor).record(msg.sender);
    }

    /// @inheritdoc ICouncilChamber
    function closeSession(uint256 sessionId) external nonReentrant returns (uint256 decision) {
        SessionSlots storage slots = _inPhase(sessionId, SessionPhase.Closable);
        MemberSlot[] memory list = _members[sessionId];
        decision = _decisionOf(list, slots.options);
        (slots.isClosed, slots.decision) = (true, uint8(decision));
        uint256 left = slots.reward;
        if (slots.voted > 0) left -= _share(sessionId, list, slots.reward, slots.voted, decision);
        emit SessionClosed(sessionId, decision, left);

        if (left > 0) token.safeTransfer(address(_distributor), left);
    }

    /// @inheritdoc ICouncilChamber
    function cancelSession(uint256 sessionId) external {
        SessionSlots storage slots = _inPhase(sessionId, SessionPhase.Drawing);
        if (msg.sender != slots.opener) revert NotOpener(sessionId, msg.sender, slots.opener);
        uint256 cancellableAt = slots.openedAt + DRAWING_PATIENCE;
        if (block.timestamp < cancellableAt) revert CancellableLater(sessionId, cancellableAt);
        slots.isCancelled = true;
        emit SessionCancelled(sessionId, slots.reward);
        _credit(sessionId, msg.sender, slots.reward);
    }

    /// @inheritdoc ICouncilChamber
    function withdraw() external nonReentrant returns (uint256 amount) {
        amount = credited[msg.sender];
        if (amount == 0) revert CreditZero(msg.sender);
        credited[msg.sender] = 0;
        emit Withdrawn(msg.sender, amount);

        token.safeTransfer(msg.sender, amount);
    }

    /* GOVERN */

    /// @inheritdoc ICouncilChamber
    function setSquareRoot(bool isSquareRoot_) external restricted {
        isSquareRoot = isSquareRoot_;
        emit SquareRootSet(isSquareRoot_);
    }

    /// @inheritdoc ICouncilChamber
    function pauseEntries() external restricted {
        _pause();
    }

    /// @inheritdoc ICouncilChamber
    function unpauseEntries() external restricted {
        _unpause();
    }

    /* READ */

    /// @inheritdoc ICouncilChamber
    function agentCount() external view returns (uint256) {
        return _weights.count;
    }

    /// @inheritdoc ICouncilChamber
    function totalAgentWeight() external view returns (uint256) {
        return _weights.total;
    }

    /// @inheritdoc ICouncilChamber
    function agent(address account) external view returns (bool isRegistered, uint256 index, uint256 weight) {
        AgentSlot memory slot = _agents[account];
        return (slot.isRegistered, slot.index, slot.weight);
    }

    /// @inheritdoc ICouncilChamber
    function session(uint256 sessionId) external view returns (Session memory) {
        SessionSlots storage slots = _existing(sessionId);
        return
            Session({
                opener: slots.opener,
                phase: _phaseOf(sessionId, slots),
                size: slots.size,
                options: slots.options,
                isSquareRoot: slots.isSquareRoot,
                openedAt: slots.openedAt,
                endsAt: slots.endsAt,
                openedIn: slots.openedIn,
                reward: slots.reward,
                voted: slots.voted,
                decision: slots.isClosed ? slots.decision : NO_DECISION
            });
    }

    /// @inheritdoc ICouncilChamber
    function members(uint256 sessionId) external view returns (Member[] memory list) {
        _existing(sessionId);
        MemberSlot[] memory slots = _members[sessionId];
        list = new Member[](slots.length);
        for (uint256 i = 0; i < slots.length; ++i) {
            list[i] = Member(slots[i].agent, slots[i].hasVoted, slots[i].option, slots[i].weight);
        }
    }

    /// @inheritdoc ICouncilChamber
    function tallies(uint256 sessionId) external view returns (uint256[] memory) {
        return _talliesOf(_members[sessionId], _existing(sessionId).options);
    }

    /* INTERNAL: AGENTS */

    /// @dev Draws `size` agents, or as many as there are, and says whom it passed over, at most `MAX_PASSED_OVER`. An
    /// agent counts the votes that they had before the session was opened, what they weigh at most, and nothing where
    /// they have less now: on the line of weights only that much of theirs is hit, the rest is excluded.
    function _draw(
        uint256 size,
        uint256 openedAt,
        uint256 seed
    ) private view returns (uint256[] memory drawn, uint256[] memory passed) {
        Draw.Lot memory lot = Draw.begin(_weights.total, size + MAX_PASSED_OVER);
        drawn = new uint256[](size);
        passed = new uint256[](MAX_PASSED_OVER);
        (uint256 found, uint256 stale) = (0, 0);
        while (found < size && stale < MAX_PASSED_OVER && lot.left > 0) {
            uint256 point = lot.next(seed);
            (uint256 index, uint256 start) = _weights.find(point);
            (uint256 weight, uint256 counted) = _countedOf(_agentAt[index], openedAt);
            if (point < start + counted) {
                drawn[found++] = index;
                lot.exclude(start, counted);
            } else {
                passed[stale++] = index;
                lot.exclude(start + counted, weight - counted);
            }
        }
        return (Draw.firstOf(drawn, found), Draw.firstOf(passed, stale));
    }

    /// @dev What an agent weighs, and how much of it counts in a session.
    function _countedOf(address account, uint256 openedAt) private view returns (uint256 weight, uint256 counted) {
        weight = _agents[account].weight;
        if (_weightNow(account) < weight) return (weight, 0);
        counted = Math.min(weight, IVotes(address(_staking)).getPastVotes(account, openedAt - 1));
    }

    /// @dev Says whether that is something else than before.
    function _weigh(address account, AgentSlot storage slot, uint96 weight) private returns (bool) {
        if (!_weights.set(slot.index, slot.weight, weight)) return false;
        slot.weight = weight;
        emit AgentWeighed(account, weight);
        return true;
    }

    /// @dev What an agent weighs: the votes they have, or nothing without the stake.
    function _weightNow(address account) private view returns (uint96) {
        return _stakeOf(account) < minAgentStake ? 0 : IVotes(address(_staking)).getVotes(account).toUint96();
    }

    function _registered(address account) private view returns (AgentSlot storage slot) {
        slot = _agents[account];
        if (!slot.isRegistered) revert AgentUnknown(account);
    }

    function _stakeOf(address account) private view returns (uint256 staked) {
        (staked, , , ) = _staking.account(account);
    }

    /* INTERNAL: SESSIONS */

    /// @dev Credits half of the reward equally to who voted, and half by weight to who voted for the decision, or
    /// equally where there is none. Says how much that was: rounding leaves less than a unit for each of them.
    function _share(
        uint256 sessionId,
        MemberSlot[] memory list,
        uint256 reward,
        uint256 voted,
        uint256 decision
    ) private returns (uint256 shared) {
        uint256 byWeight = decision == NO_DECISION ? 0 : reward / 2;
        uint256 equally = (reward - byWeight) / voted;
        uint256 winning = 0;
        for (uint256 i = 0; i < list.length; ++i) if (_isWinner(list[i], decision)) winning += list[i].weight;
        for (uint256 i = 0; i < list.length; ++i) {
            if (!list[i].hasVoted) continue;
            uint256 amount = equally;
            if (_isWinner(list[i], decision)) amount += Math.mulDiv(byWeight, list[i].weight, winning);
            shared += amount;
            _credit(sessionId, list[i].agent, amount);
        }
    }

    function _credit(uint256 sessionId, address account, uint256 amount) private {
        if (amount == 0) return;
        credited[account] += amount;
        emit Credited(sessionId, account, amount);
    }

    function _memberOf(uint256 sessionId, address account) private view returns (MemberSlot storage) {
        MemberSlot[] storage list = _members[sessionId];
        for (uint256 i = 0; i < list.length; ++i) if (list[i].agent == account) return list[i];
        revert NotMember(sessionId, account);
    }

    function _existing(uint256 sessionId) private view returns (SessionSlots storage slots) {
        slots = _sessions[sessionId];
        if (slots.opener == address(0)) revert SessionUnknown(sessionId);
    }

    function _inPhase(uint256 sessionId, SessionPhase needed) private view returns (SessionSlots storage slots) {
        slots = _existing(sessionId);
        SessionPhase phase = _phaseOf(sessionId, slots);
        if (phase != needed) revert WrongSessionPhase(sessionId, phase, needed);
    }

    function _phaseOf(uint256 sessionId, SessionSlots storage slots) private view returns (SessionPhase) {
        if (slots.isCancelled) return SessionPhase.Cancelled;
        if (slots.isClosed) return SessionPhase.Closed;
        if (_members[sessionId].length == 0) return SessionPhase.Drawing;
        if (block.timestamp >= slots.endsAt || slots.voted == slots.size) return SessionPhase.Closable;
        return SessionPhase.Voting;
    }

    function _isWinner(MemberSlot memory member, uint256 decision) private pure returns (bool) {
        return member.hasVoted && member.option == decision;
    }

    /// @dev The option with most weight; none where several have, or nobody has any.
    function _decisionOf(MemberSlot[] memory list, uint256 options) private pure returns (uint256 decision) {
        uint256[] memory sums = _talliesOf(list, options);
        uint256 most = 0;
        decision = NO_DECISION;
        for (uint256 i = 0; i < options; ++i) {
            if (sums[i] > most) (most, decision) = (sums[i], i);
            else if (sums[i] == most) decision = NO_DECISION;
        }
    }

    function _talliesOf(MemberSlot[] memory list, uint256 options) private pure returns (uint256[] memory sums) {
        sums = new uint256[](options);
        for (uint256 i = 0; i < list.length; ++i) if (list[i].hasVoted) sums[list[i].option] += list[i].weight;
    }
}
