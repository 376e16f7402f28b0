import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { Question } from "../../sdk/query/records.ts";
import { doVotesDecide } from "../../sdk/query/settlement.ts";
import { Outcome, Phase } from "../../sdk/query/state.ts";
import { areTied, winsOf } from "../../sdk/query/weights.ts";
import { pick } from "../fixtures/random.ts";
import type { Scope } from "./query-comparison.ts";
import { type Cast, Course, type Due, type Step } from "./query-course.ts";
import type { QueryDraws, Ranks } from "./query-draws.ts";
import { PartActions } from "./query-parts.ts";
import type { QueryWorld } from "./query-world.ts";

/** For what it is the time in each phase. */
const STEPS: Readonly<Record<string, readonly Step[]>> = {
  [String(Phase.Answering)]: ["joinAnswer", "submitAnswer"],
  [String(Phase.Opening)]: ["openAnswer"],
  [String(Phase.Judging)]: ["joinJudge", "submitVote"],
  [String(Phase.Revealing)]: ["openVote"],
  [String(Phase.Settleable)]: ["settle"],
};
const ALL_STEPS = Object.values(STEPS).flat();

/** Names of the outcomes, in the order of the enum. */
const OUTCOMES = Object.keys(Outcome);

/** What people do with queries, on the contracts and on the model. */
export class QueryActions {
  readonly #world: QueryWorld;
  readonly #draws: QueryDraws;
  readonly #parts: PartActions;
  readonly #courses = new Map<bigint, Course>();

  constructor(draws: QueryDraws) {
    this.#world = draws.world;
    this.#draws = draws;
    this.#parts = new PartActions(draws);
  }

  /* ASK */

  async ask(
    person: HardhatEthersSigner = this.#draws.person(),
    question: Question = this.#draws.question(),
    cast: Cast = this.#draws.cast(question.maxAnswers),
  ): Promise<Scope> {
    const { model, now } = this.#world;
    const { contentHash, uri, minRank, minAnswers, maxAnswers, timing } = question;
    const args = [contentHash, uri, minRank, minAnswers, maxAnswers, timing];
    const isDone = await this.#world.act(person, "escrow", "ask", args, () => model.ask(person.address, question, now));
    if (isDone) this.#courses.set(model.queryCount, new Course(model.queryCount, cast));
    return this.#draws.scope(person.address, model.queryCount);
  }

  /* ANSWER AND JUDGE */

  /** Queries that are not settled. */
  open(): bigint[] {
    const { model, now } = this.#world;
    return [...this.#courses.keys()].filter((queryId) => model.phase(queryId, now) !== Phase.Settled);
  }

  /** Of those, the ones with which somebody has something to do at the moment. */
  busy(): bigint[] {
    return this.open().filter((queryId) => this.#dueOf(queryId).length > 0);
  }

  /** One of the steps that are due; any where none is. */
  async advance(queryId: bigint): Promise<Scope> {
    const due = this.#dueOf(queryId);
    return due.length === 0 ? this.stray(queryId) : this.take(queryId, pick(this.#draws.random, due));
  }

  /** A step that nobody owes, mostly by somebody who takes part; every other time one for which it is not the time. */
  async stray(queryId: bigint = this.#draws.queryId()): Promise<Scope> {
    const { model, now } = this.#world;
    const isKnown = this.#courses.has(queryId);
    const members = isKnown ? this.#membersOf(queryId) : [];
    const anybody = members.length === 0 || this.#draws.oneIn(4n);
    const account = anybody ? this.#draws.person().address : pick(this.#draws.random, members);
    const timely = isKnown && this.#draws.oneIn(2n) ? STEPS[String(model.phase(queryId, now))] : undefined;
    const step = pick(this.#draws.random, timely ?? ALL_STEPS);
    return this.take(queryId, step === "joinAnswer" || step === "joinJudge" ? { step } : { step, account });
  }

  /** A step of the query. */
  async take(queryId: bigint, { step, account }: Due): Promise<Scope> {
    const course = this.#courseOf(queryId);
    if (step === "settle") return this.settle(queryId);
    const person = this.#world.people.find(({ address }) => address === account);
    if (step === "joinAnswer" || step === "joinJudge") return this.#parts[step](course, person);
    return this.#parts[step](course, person ?? this.#draws.person());
  }

  /* SETTLE */

  /** Mostly with strengths that the votes do not bear out. */
  async settle(queryId: bigint): Promise<Scope> {
    const { model, now } = this.#world;
    const isKnown = this.#courses.has(queryId);
    const right = isKnown ? this.#draws.rightStrengths(queryId) : [];
    const kind = this.#draws.random(0n, 9n);
    if (kind <= 5n) return this.#settle(queryId, this.#draws.wrongStrengths(right));
    if (kind <= 8n) return this.#settle(queryId, this.#draws.equivalentStrengths(right));
    const isDue = isKnown && model.phase(queryId, now) === Phase.Settleable;
    return isDue ? this.settleSurely(queryId) : this.#settle(queryId, right);
  }

  /** With what the solver finds, which must do. */
  async settleSurely(queryId: bigint): Promise<Scope> {
    const scope = await this.#settle(queryId, this.#draws.rightStrengths(queryId));
    const { model, now } = this.#world;
    if (model.phase(queryId, now) !== Phase.Settled) throw new Error(`query ${queryId} cannot be settled`);
    return scope;
  }

  /** Mostly somebody who is credited something. */
  async withdraw(): Promise<Scope> {
    return this.#withdraw(this.#draws.personWho((address) => this.#world.model.credited(address) > 0n));
  }

  async withdrawAll(): Promise<void> {
    const { model, people } = this.#world;
    for (const person of people) if (model.credited(person.address) > 0n) await this.#withdraw(person);
  }

  /* AROUND */

  async setRanks({ accounts, ranks }: Ranks = this.#draws.ranks()): Promise<Scope> {
    const { model, protocol } = this.#world;
    await this.#world.act(protocol.deployer, "registry", "setRanks", [accounts, ranks], () =>
      model.setRanks(accounts, ranks),
    );
    return this.#draws.scope(accounts[0] ?? this.#draws.person().address);
  }

  /** The guardian stops new queries, or lets them in again. */
  async govern(method: "pauseEntries" | "unpauseEntries"): Promise<Scope> {
    const { model, protocol } = this.#world;
    const { guardian } = protocol;
    await this.#world.act(guardian, "escrow", method, [], () => model[method](guardian.address));
    return this.#draws.scope(this.#draws.person().address);
  }

  /** Somebody becomes poorer, perhaps poor. */
  async transfer(): Promise<Scope> {
    const [from, to] = [this.#draws.person(), this.#draws.person()];
    const all = this.#world.model.token.balanceOf(from.address);
    await this.#world.transfer(from, to.address, this.#draws.oneIn(2n) ? all : this.#draws.random(0n, all));
    return this.#draws.scope(from.address);
  }

  /* INTERNAL */

  async #settle(queryId: bigint, strengths: readonly bigint[]): Promise<Scope> {
    const { model, now } = this.#world;
    const person = this.#draws.person();
    const isDone = await this.#world.act(person, "escrow", "settle", [queryId, strengths], () =>
      model.settle(queryId, strengths, now),
    );
    if (isDone) this.#note(queryId);
    return this.#draws.scope(person.address, queryId);
  }

  async #withdraw(person: HardhatEthersSigner): Promise<Scope> {
    const { model } = this.#world;
    await this.#world.act(person, "escrow", "withdraw", [], () => model.withdraw(person.address));
    return this.#draws.scope(person.address);
  }

  /** Counts what only the figures of a settled query tell. */
  #note(queryId: bigint): void {
    const { model } = this.#world;
    const { openedAnswers, openedVotes } = model.query(queryId);
    const wins = doVotesDecide(openedAnswers, openedVotes) ? winsOf(model.winMatrix(queryId)) : [];
    if (wins.some((own) => wins.some((other) => own !== other && areTied(own, other))))
      this.#world.count("nearly tied");
    this.#world.count(OUTCOMES[Number(model.outcome(queryId).result)] ?? "an unknown outcome");
    if (openedAnswers * openedVotes === 32n * 32n) this.#world.count("settled a crowd");
  }

  #membersOf(queryId: bigint): string[] {
    const { model } = this.#world;
    const answerers = model.answers(queryId).map(({ answerer }) => answerer);
    return [...answerers, ...model.judges(queryId).map(({ judge }) => judge)];
  }

  #dueOf(queryId: bigint): Due[] {
    return this.#courses.get(queryId)?.due(this.#world) ?? [];
  }

  /** The course of a query, or an empty one where there is no such query. */
  #courseOf(queryId: bigint): Course {
    return this.#courses.get(queryId) ?? new Course(queryId, this.#draws.cast(0n));
  }
}
