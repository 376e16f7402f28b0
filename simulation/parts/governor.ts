import { id as hashOf, toBeHex } from "ethers";
import { countedVotesDown, ProposalState } from "../../sdk/council/governance.ts";
import type { CouncilModel } from "../../sdk/council/model.ts";
import type { CouncilParams } from "../../sdk/council/params.ts";
import { ModelError } from "../../sdk/model-error.ts";
import type { Call, Contract, Figure, Told } from "../contract.ts";
import { byKind, type Done, type OnModel, Part } from "./part.ts";
import { type Batch, operationIdOf, type Proposal, proposalIdOf, requireState, stateOf } from "./proposals.ts";

/** Events that are compared; of the others the figures tell. */
const COMPARED = new Set([
  "VoteCast",
  "ProposalQueued",
  "ProposalExecuted",
  "ProposalCanceled",
  "ProposalKindRecorded",
]);

/** In `TimelockController.OperationState`. */
const READY = 2n;

/** What governance begins with. */
export interface GovernorSetup {
  readonly governor: Contract;
  readonly timelock: Contract;
  readonly authority: Contract;
  readonly council: CouncilModel;
  readonly params: CouncilParams;
  /** Does on the models what an executed proposal calls. */
  readonly run: (call: Call, done: Done) => void;
  /** Told of each role that is granted. */
  readonly onRole: (role: bigint, account: string) => void;
  /** The call that a target and its data stand for. */
  readonly callOf: (from: string, to: string, data: string) => Call;
}

/** The governor and its timelock. */
export class GovernorPart extends Part {
  readonly setup: GovernorSetup;
  readonly proposals: Proposal[] = [];
  readonly #told: Told[] = [];
  /** The rules that governance can change by itself. */
  readonly rules: { minVotingStake: bigint; approvalBps: bigint; maxVoteShareBps: bigint };

  constructor(setup: GovernorSetup) {
    super();
    this.setup = setup;
    const { minVotingStake, approvalBps, maxVoteShareBps } = setup.params;
    this.rules = { minVotingStake, approvalBps, maxVoteShareBps };
  }

  protected readonly methods: Readonly<Record<string, OnModel>> = {
    "governor.proposeOfKind": (done) => this.#propose(done),
    "governor.castVote": (done) => this.#castVote(done),
    "governor.queue": (done) => this.#queue(done),
    "governor.execute": (done) => this.#execute(done),
    "governor.cancel": (done) => this.#cancel(done),
    "governor.setMinVotingStake": ({ from, args: [value] }) => this.#set(from, "minVotingStake", value),
    "governor.setApproval": ({ from, args: [value] }) => this.#set(from, "approvalBps", value),
    "governor.setMaxVoteShare": ({ from, args: [value] }) => this.#set(from, "maxVoteShareBps", value),
    "authority.grantRole": ({ from, args: [role, account] }) => {
      if (from !== this.setup.timelock.address) {
        throw new ModelError("AccessManagerUnauthorizedAccount", { msgsender: from, roleId: 0n });
      }
      this.setup.onRole(role, account);
    },
  };

  contracts(): Contract[] {
    const { governor, timelock, authority } = this.setup;
    return [governor, timelock, authority];
  }

  told(): Told[] {
    return this.#told.splice(0);
  }

  override arranged(events: readonly Told[]): Told[] {
    return byKind(events.filter(({ name }) => COMPARED.has(name)));
  }

  check(): void {}

  totals(now: bigint, call: Call | undefined): Figure[] {
    const [proposalId] = call?.args ?? [];
    return this.proposals.filter((each) => each.proposalId === proposalId).flatMap((each) => this.#figures(each, now));
  }

  everything(now: bigint): Figure[] {
    const { governor: on } = this.setup;
    const { minVotingStake, approvalBps, maxVoteShareBps } = this.rules;
    return [
      { on, method: "minVotingStake", args: [], expected: minVotingStake },
      { on, method: "approvalBps", args: [], expected: approvalBps },
      { on, method: "maxVoteShareBps", args: [], expected: maxVoteShareBps },
      ...this.proposals.flatMap((proposal) => this.#figures(proposal, now)),
    ];
  }

  /** Where a proposal is at `now`. */
  state(proposal: Proposal, now: bigint): bigint {
    const { council, params } = this.setup;
    const { votes } = council.stakingAt(now);
    return stateOf(proposal, now, () => votes.pastTotal(proposal.snapshot, now), params.quorumPercent);
  }

  #figures(proposal: Proposal, now: bigint): Figure[] {
    const { governor: on } = this.setup;
    const args = [proposal.proposalId];
    return [
      { on, method: "state", args, expected: this.state(proposal, now) },
      { on, method: "proposalVotes", args, expected: proposal.votes },
      { on, method: "proposalEta", args, expected: proposal.eta },
    ];
  }

  #propose({ from, args: [kind, targets, values, calldatas, description], now }: Done): void {
    const { council, params, timelock, callOf } = this.setup;
    const { staked } = council.stakingAt(now).account(from);
    const min = params.minProposalStake;
    if (staked < min) throw new ModelError("ProposerStakeTooLow", { proposer: from, staked, min });
    const batch: Batch = { targets: [...targets], values: [...values], calldatas: [...calldatas], description };
    const snapshot = now + params.votingDelay;
    const proposal: Proposal = {
      ...batch,
      proposalId: proposalIdOf(batch),
      proposer: from,
      calls: batch.targets.map((target, index) => callOf(timelock.address, target, batch.calldatas[index] ?? "0x")),
      snapshot,
      deadline: snapshot + params.votingPeriod,
      neededBps: this.rules.approvalBps,
      votes: [0n, 0n, 0n],
      voters: new Set(),
      eta: 0n,
      end: "none",
    };
    this.proposals.push(proposal);
    const { proposalId, neededBps } = proposal;
    this.#tell("ProposalKindRecorded", { proposalId, kind, neededBps });
  }

  #castVote({ from, args: [proposalId, support], now }: Done): void {
    const { council } = this.setup;
    const staking = council.stakingAt(now);
    const { staked } = staking.account(from);
    const { minVotingStake: min, maxVoteShareBps } = this.rules;
    if (staked < min) throw new ModelError("VoterStakeTooLow", { voter: from, staked, min });
    const proposal = this.#proposal(proposalId);
    requireState(proposalId, this.state(proposal, now), ProposalState.Active);
    const { snapshot, voters, votes } = proposal;
    if (voters.has(from)) throw new ModelError("GovernorAlreadyCastVote", { voter: from });
    if (support > 2n) throw new ModelError("GovernorInvalidVoteType", {});

    const own = staking.votes.pastVotesOf(from, snapshot, now);
    const weight = countedVotesDown(own, staking.votes.pastTotal(snapshot, now), maxVoteShareBps);
    const choice = Number(support) as 0 | 1 | 2;
    voters.add(from);
    votes[choice] += weight;
    if (weight > 0n) council.rewardsAt(now).recordVote(from, now);
    this.#tell("VoteCast", { voter: from, proposalId, support, weight, reason: "" });
  }

  #queue({ args: [targets, values, calldatas, descriptionHash], now }: Done): void {
    const proposal = this.#found({ targets, values, calldatas }, descriptionHash);
    const { proposalId } = proposal;
    requireState(proposalId, this.state(proposal, now), ProposalState.Succeeded);
    proposal.eta = now + this.setup.params.timelockDelay;
    this.#tell("ProposalQueued", { proposalId, etaSeconds: proposal.eta });
  }

  #execute({ args: [targets, values, calldatas, descriptionHash], now, events }: Done): void {
    const { governor, run } = this.setup;
    const proposal = this.#found({ targets, values, calldatas }, descriptionHash);
    const { proposalId, calls, eta } = proposal;
    requireState(proposalId, this.state(proposal, now), ProposalState.Queued);
    if (now < eta) {
      const operationId = operationIdOf(proposal, governor.address);
      throw new ModelError("TimelockUnexpectedOperationState", {
        operationId,
        expectedStates: toBeHex(1n << READY, 32),
      });
    }
    for (const call of calls) {
      const args = call.on.interface.encodeFunctionData(call.method, call.args);
      const decoded = call.on.interface.decodeFunctionData(call.method, args);
      run(call, { from: call.from, args: decoded, now, events, refusal: undefined });
    }
    proposal.end = "executed";
    this.#tell("ProposalExecuted", { proposalId });
  }

  #cancel({ from, args: [targets, values, calldatas, descriptionHash], now }: Done): void {
    const { council, params } = this.setup;
    const proposal = this.#found({ targets, values, calldatas }, descriptionHash);
    const { proposalId, proposer } = proposal;
    const isPending = this.state(proposal, now) === ProposalState.Pending;
    const isBorrowed = council.stakingAt(now).account(proposer).staked < params.minProposalStake;
    if (!isPending || (from !== proposer && !isBorrowed)) {
      throw new ModelError("GovernorUnableToCancel", { proposalId, account: from });
    }
    proposal.end = "canceled";
    this.#tell("ProposalCanceled", { proposalId });
  }

  #set(from: string, rule: keyof GovernorPart["rules"], value: bigint): void {
    const { timelock } = this.setup;
    if (from !== timelock.address) throw new ModelError("GovernorOnlyExecutor", { account: from });
    this.rules[rule] = value;
  }

  /** By what the governor hashes, of which the hash of the description is all there is of it. */
  #found(batch: Omit<Batch, "description">, descriptionHash: string): Proposal {
    const wanted = JSON.stringify([[...batch.targets], [...batch.calldatas], descriptionHash]);
    const found = this.proposals.find(
      ({ targets, calldatas, description }) => wanted === JSON.stringify([targets, calldatas, hashOf(description)]),
    );
    if (found === undefined) throw new Error("nobody proposed this");
    return found;
  }

  #proposal(proposalId: bigint): Proposal {
    const found = this.proposals.find((each) => each.proposalId === proposalId);
    if (found === undefined) throw new ModelError("GovernorNonexistentProposal", { proposalId });
    return found;
  }

  #tell(name: string, facts: unknown): void {
    this.#told.push({ emitter: this.setup.governor.name, name, facts });
  }
}
