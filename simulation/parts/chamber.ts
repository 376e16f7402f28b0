import { decisionOf, MAX_OPTIONS, NO_DECISION, sessionShares, voteWeightDown } from "../../sdk/council/chamber.ts";
import type { CouncilModel } from "../../sdk/council/model.ts";
import { sum } from "../../sdk/math.ts";
import { ModelError } from "../../sdk/model-error.ts";
import { DAY, HOUR } from "../../sdk/time.ts";
import type { Contract, Figure, Told } from "../contract.ts";
import { Difference } from "../difference.ts";
import { byKind, type Done, type OnModel, Part, requireRole } from "./part.ts";
import {
  asPredicted,
  MAX_SIZE,
  PATIENCE,
  phaseOf,
  requireBetween,
  type Session,
  SessionPhase,
  talliesOf,
} from "./sessions.ts";

/** What the chamber begins with. */
export interface ChamberSetup {
  readonly chamber: Contract;
  readonly council: CouncilModel;
  readonly minAgentStake: bigint;
  readonly guardian: string;
  /** Who may say what votes weigh: the timelock. */
  readonly admin: string;
  /** Told of each account that votes in a session. */
  readonly record: (account: string, now: bigint) => void;
}

/** The chamber: agents who are drawn by lot to vote in sessions. Whom the lot meets is taken from the contract. */
export class ChamberPart extends Part {
  readonly setup: ChamberSetup;
  readonly agents = new Map<string, { isRegistered: boolean; readonly index: bigint; weight: bigint }>();
  readonly sessions: Session[] = [];
  readonly #credits = new Map<string, bigint>();
  readonly #told: Told[] = [];
  #isPaused = false;
  #isSquareRoot = false;

  constructor(setup: ChamberSetup) {
    super();
    this.setup = setup;
  }

  protected readonly methods: Readonly<Record<string, OnModel>> = {
    "chamber.registerAgent": (done) => this.#register(done),
    "chamber.unregisterAgent": ({ from }) => {
      const agent = this.#registered(from);
      agent.isRegistered = false;
      this.#weigh(from, 0n);
      this.#tell("AgentUnregistered", { agent: from });
    },
    "chamber.refreshAgent": ({ args: [account], now }) => {
      this.#registered(account);
      this.#weigh(account, this.#weightNow(account, now));
    },
    "chamber.openSession": (done) => this.#open(done),
    "chamber.fundSession": ({ from, args: [sessionId, amount], now }) => {
      const session = this.#inPhase(sessionId, SessionPhase.Voting, now);
      if (amount === 0n) throw new ModelError("AmountZero", {});
      this.setup.council.token.book.transfer(from, this.#address, amount);
      session.reward += amount;
      this.#tell("SessionFunded", { sessionId, funder: from, amount });
    },
    "chamber.drawSession": (done) => this.#draw(done),
    "chamber.castVote": (done) => this.#castVote(done),
    "chamber.closeSession": (done) => this.#close(done),
    "chamber.cancelSession": ({ from, args: [sessionId], now }) => {
      const session = this.#inPhase(sessionId, SessionPhase.Drawing, now);
      const { opener, openedAt, reward: refund } = session;
      if (from !== opener) throw new ModelError("NotOpener", { sessionId, caller: from, opener });
      const cancellableAt = openedAt + PATIENCE;
      if (now < cancellableAt) throw new ModelError("CancellableLater", { sessionId, cancellableAt });
      session.end = "cancelled";
      this.#tell("SessionCancelled", { sessionId, refund });
      this.#credit(sessionId, from, refund);
    },
    "chamber.withdraw": ({ from }) => {
      const amount = this.credited(from);
      if (amount === 0n) throw new ModelError("CreditZero", { account: from });
      this.#credits.delete(from);
      this.setup.council.token.book.transfer(this.#address, from, amount);
      this.#tell("Withdrawn", { account: from, amount });
    },
    "chamber.setSquareRoot": ({ from, args: [isSquareRoot] }) => {
      requireRole(this.setup.admin, from);
      this.#isSquareRoot = isSquareRoot;
      this.#tell("SquareRootSet", { isSquareRoot });
    },
    "chamber.pauseEntries": ({ from }) => this.#pause(from, true),
    "chamber.unpauseEntries": ({ from }) => this.#pause(from, false),
  };

  contracts(): Contract[] {
    return [this.setup.chamber];
  }

  told(): Told[] {
    return this.#told.splice(0);
  }

  override arranged(events: readonly Told[]): Told[] {
    return byKind(events.filter(({ name }) => name !== "Paused" && name !== "Unpaused"));
  }

  /** The chamber holds the rewards of sessions that are neither closed nor cancelled, and the credits. */
  check(): void {
    const open = this.sessions.filter(({ end }) => end === "none").map(({ reward }) => reward);
    const owed = sum(open) + sum(this.#credits.values());
    const held = this.setup.council.token.book.balanceOf(this.#address);
    if (held !== owed) throw new Difference("what the chamber holds is rewards and credits", held, owed);
  }

  totals(): Figure[] {
    const { chamber: on } = this.setup;
    const weight = sum([...this.agents.values()].map((agent) => agent.weight));
    return [{ on, method: "totalAgentWeight", args: [], expected: weight }];
  }

  everything(_now: bigint, people: readonly string[]): Figure[] {
    const { chamber: on } = this.setup;
    return [
      { on, method: "sessionCount", args: [], expected: BigInt(this.sessions.length) },
      ...people.map((person) => ({ on, method: "credited", args: [person], expected: this.credited(person) })),
      ...[...this.agents].map(([account, { isRegistered, index, weight }]) => ({
        on,
        method: "agent",
        args: [account],
        expected: [isRegistered, index, weight],
      })),
      ...this.sessions.map(({ sessionId, votes, options }) => ({
        on,
        method: "tallies",
        args: [sessionId],
        expected: talliesOf([...votes.values()], options),
      })),
    ];
  }

  /** What somebody can withdraw, in token units. */
  credited(account: string): bigint {
    return this.#credits.get(account) ?? 0n;
  }

  /** Where a session is at `now`. */
  phase(session: Session, now: bigint): bigint {
    return phaseOf(session, now);
  }

  get #address(): string {
    return this.setup.chamber.address;
  }

  /* AGENTS */

  #register({ from, args: [metadataURI], now }: Done): void {
    const { council, minAgentStake: min } = this.setup;
    const { staked } = council.stakingAt(now).account(from);
    if (staked < min) throw new ModelError("AgentStakeTooLow", { agent: from, staked, min });
    const weight = this.#weightNow(from, now);
    const known = this.agents.get(from);
    if (known === undefined)
      this.agents.set(from, { isRegistered: true, index: BigInt(this.agents.size) + 1n, weight });
    else {
      this.#weigh(from, weight);
      known.isRegistered = true;
    }
    this.#tell("AgentRegistered", { agent: from, index: this.agents.get(from)?.index, metadataURI, weight });
  }

  #registered(account: string) {
    const agent = this.agents.get(account);
    if (agent === undefined || !agent.isRegistered) throw new ModelError("AgentUnknown", { account });
    return agent;
  }

  #weightNow(account: string, now: bigint): bigint {
    const staking = this.setup.council.stakingAt(now);
    return staking.account(account).staked < this.setup.minAgentStake ? 0n : staking.votes.votesOf(account);
  }

  #weigh(account: string, weight: bigint): void {
    const agent = this.agents.get(account);
    if (agent === undefined || agent.weight === weight) return;
    agent.weight = weight;
    this.#tell("AgentWeighed", { agent: account, weight });
  }

  /* SESSIONS */

  #open({ from, args: [topic, size, options, duration, fee], now }: Done): void {
    if (this.#isPaused) throw new ModelError("EnforcedPause", {});
    const count = BigInt(options.length);
    requireBetween("SizeOutOfRange", "size", size, 1n, MAX_SIZE);
    requireBetween("OptionsOutOfRange", "options", count, 2n, MAX_OPTIONS);
    requireBetween("DurationOutOfRange", "duration", duration, HOUR, 30n * DAY);
    this.setup.council.token.book.transfer(from, this.#address, fee);
    const sessionId = BigInt(this.sessions.length) + 1n;
    const isSquareRoot = this.#isSquareRoot;
    this.sessions.push({
      ...{ sessionId, opener: from, openedAt: now, duration, size, options: count, isSquareRoot, reward: fee },
      ...{ endsAt: 0n, members: [], votes: new Map(), end: "none" },
    });
    const facts = { sessionId, opener: from, topic, size, options: [...options], duration, fee, isSquareRoot };
    this.#tell("SessionOpened", facts);
  }

  /** Where the contract draws, the drawn must be agents of some weight, no one twice, and weighed down only rightly. */
  #draw({ args: [sessionId], now, events, refusal }: Done): void {
    const session = this.#inPhase(sessionId, SessionPhase.Drawing, now);
    if (refusal !== undefined) throw asPredicted(refusal.name, refusal.args, session);
    const own = events.filter(({ emitter }) => emitter === this.setup.chamber.name);
    for (const { name, facts } of own) {
      if (name === "AgentWeighed") {
        const { agent } = facts as { agent: string };
        this.#weigh(agent, this.#weightNow(agent, now));
      }
      if (name !== "SessionDrawn") continue;
      session.members = [...(facts as { members: Iterable<string> }).members];
      session.endsAt = now + session.duration;
      const isFair = session.members.every((member) => (this.agents.get(member)?.weight ?? 0n) > 0n);
      if (!isFair || BigInt(new Set(session.members).size) !== session.size) {
        throw new Difference(`members of session ${sessionId}`, session.members, [...this.agents.keys()]);
      }
      this.#tell("SessionDrawn", { sessionId, members: session.members, endsAt: session.endsAt });
    }
  }

  #castVote({ from, args: [sessionId, option], now }: Done): void {
    const session = this.#inPhase(sessionId, SessionPhase.Voting, now);
    const { options, members, votes, openedAt, isSquareRoot } = session;
    if (option >= options) throw new ModelError("OptionUnknown", { option, options });
    if (!members.includes(from)) throw new ModelError("NotMember", { sessionId, account: from });
    if (votes.has(from)) throw new ModelError("AlreadyVoted", { sessionId, member: from });
    const power = this.setup.council.stakingAt(now).votes.pastVotesOf(from, openedAt - 1n, now);
    const weight = voteWeightDown(power, isSquareRoot);
    votes.set(from, { option, weight });
    this.#tell("SessionVoted", { sessionId, member: from, option, weight });
    this.setup.record(from, now);
  }

  #close({ args: [sessionId], now }: Done): void {
    const session = this.#inPhase(sessionId, SessionPhase.Closable, now);
    const { reward, members, votes, options } = session;
    const voters = members.filter((member) => votes.has(member));
    const cast = voters.flatMap((member) => votes.get(member) ?? []);
    const { shares, left } = sessionShares(reward, cast, options);
    const decision = cast.length === 0 ? NO_DECISION : decisionOf(cast, options);
    session.end = "closed";
    for (const [place, voter] of voters.entries()) this.#credit(sessionId, voter, shares[place] ?? 0n);
    const { book } = this.setup.council.token;
    book.transfer(this.#address, this.setup.council.setup.addresses.distributor, left);
    this.#tell("SessionClosed", { sessionId, decision, toRewards: left });
  }

  #inPhase(sessionId: bigint, needed: bigint, now: bigint): Session {
    const session = this.sessions[Number(sessionId) - 1];
    if (session === undefined) throw new ModelError("SessionUnknown", { sessionId });
    const phase = this.phase(session, now);
    if (phase !== needed) throw new ModelError("WrongSessionPhase", { sessionId, phase, needed });
    return session;
  }

  #pause(from: string, isPaused: boolean): void {
    requireRole(this.setup.guardian, from);
    if (this.#isPaused === isPaused) throw new ModelError(isPaused ? "EnforcedPause" : "ExpectedPause", {});
    this.#isPaused = isPaused;
  }

  #credit(sessionId: bigint, account: string, amount: bigint): void {
    if (amount === 0n) return;
    this.#credits.set(account, this.credited(account) + amount);
    this.#tell("Credited", { sessionId, account, amount });
  }

  #tell(name: string, facts: unknown): void {
    this.#told.push({ emitter: this.setup.chamber.name, name, facts });
  }
}
