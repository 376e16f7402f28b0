import { MaxUint256 } from "ethers";
import { ModelError } from "../../sdk/model-error.ts";
import type { QueryModel } from "../../sdk/query/model.ts";
import type { Question } from "../../sdk/query/records.ts";
import { Phase } from "../../sdk/query/state.ts";
import type { Call, Contract, Figure, Told } from "../contract.ts";
import { type OnModel, Part, requireRole } from "./part.ts";
import { Recorder } from "./recorder.ts";

/** Views of a query that do not depend on the clock. */
const VIEWS = ["query", "answers", "judges", "outcome"] as const;

/** What the queries on an asset begin with. */
export interface QueriesSetup {
  readonly escrow: Contract;
  readonly registry: Contract;
  readonly model: QueryModel;
  readonly guardian: string;
  /** Who may change the recorder. */
  readonly admin: string;
  /** Told of each account that has an answer or a vote opened. */
  readonly record: (account: string, now: bigint) => void;
}

/** The query escrow on an asset, and its rank registry. */
export class QueriesPart extends Part {
  readonly setup: QueriesSetup;
  readonly model: QueryModel;
  readonly #recorder: Recorder;
  /** Who sets ranks; nobody at first. */
  registrar: string | undefined;

  constructor(setup: QueriesSetup) {
    super();
    this.setup = setup;
    this.model = setup.model;
    this.#recorder = new Recorder(setup.escrow, setup.admin, setup.record);
  }

  protected readonly methods: Readonly<Record<string, OnModel>> = {
    "escrow.ask": ({ from, args: [contentHash, uri, minRank, minAnswers, maxAnswers, timing], now }) => {
      const question: Question = { contentHash, uri, minRank, minAnswers, maxAnswers, timing: timing.toObject() };
      this.model.ask(from, question, now);
    },
    "escrow.joinAnswer": ({ from, args, now }) => this.model.joinAnswer(from, args.queryId, now),
    "escrow.submitAnswer": ({ from, args: [queryId, seal], now }) => this.model.submitAnswer(from, queryId, seal, now),
    "escrow.openAnswer": ({ args: [queryId, answerer, contentHash, uri, salt], now }) => {
      this.model.openAnswer({ queryId, answerer, contentHash, uri, salt }, now);
      this.#recorder.record(answerer, now);
    },
    "escrow.joinJudge": ({ from, args, now }) => this.model.joinJudge(from, args.queryId, now),
    "escrow.submitVote": ({ from, args: [queryId, seal], now }) => this.model.submitVote(from, queryId, seal, now),
    "escrow.openVote": ({ args: [queryId, judge, ranking, goodAnswers, salt], now }) => {
      this.model.openVote({ queryId, judge, ranking: [...ranking].map(Number), goodAnswers, salt }, now);
      this.#recorder.record(judge, now);
    },
    "escrow.settle": ({ args: [queryId, strengths], now }) => this.model.settle(queryId, [...strengths], now),
    "escrow.withdraw": ({ from }) => void this.model.withdraw(from),
    "escrow.setRecorder": (done) => this.#recorder.set(done),
    "escrow.pauseEntries": ({ from }) => this.#asGuardian(from, () => this.model.pauseEntries(from)),
    "escrow.unpauseEntries": ({ from }) => this.#asGuardian(from, () => this.model.unpauseEntries(from)),
    "registry.setRanks": ({ from, args: [accounts, ranks] }) => {
      if (from !== this.registrar) throw new ModelError("AccessManagedUnauthorized", { caller: from });
      this.model.setRanks([...accounts], [...ranks]);
    },
  };

  contracts(): Contract[] {
    return [this.setup.escrow, this.setup.registry];
  }

  told(): Told[] {
    const { escrow, registry } = this.setup;
    const emitterOf = (name: string) => (name === "RankSet" ? registry.name : escrow.name);
    const told = this.model.events.take().map((event) => ({ emitter: emitterOf(event.name), ...event }));
    return [...told, ...this.#recorder.take()];
  }

  check(): void {
    this.model.checkConservation();
  }

  totals(now: bigint, call: Call | undefined): Figure[] {
    const { escrow: on } = this.setup;
    const { model } = this;
    if (call === undefined) return [];
    const credited = { on, method: "credited", args: [call.from], expected: model.credited(call.from) };
    const [queryId] = call.args;
    if (typeof queryId !== "bigint" || queryId < 1n || queryId > model.queryCount) return [credited];
    return [credited, ...this.#query(queryId, now)];
  }

  everything(now: bigint, people: readonly string[]): Figure[] {
    const { escrow: on, registry } = this.setup;
    const { model } = this;
    const ids = this.queryIds();
    const page = [0n, MaxUint256] as const;
    const settleable = model.settleableQueries(...page, now);
    return [
      { on, method: "queryCount", args: [], expected: model.queryCount },
      { on, method: "settleableQueries", args: page, expected: settleable },
      ...people.flatMap((person) => [
        { on, method: "credited", args: [person], expected: model.credited(person) },
        { on: registry, method: "rankOf", args: [person], expected: model.rankOf(person) },
      ]),
      ...ids.flatMap((queryId) => this.#query(queryId, now)),
      ...ids
        .filter((queryId) => model.phase(queryId, now) !== Phase.Settled)
        .map((queryId) => ({ on, method: "winMatrix", args: [queryId], expected: model.winMatrix(queryId) })),
    ];
  }

  /** All queries, in the order of asking. */
  queryIds(): bigint[] {
    return Array.from({ length: Number(this.model.queryCount) }, (_, index) => BigInt(index) + 1n);
  }

  #asGuardian(from: string, act: () => void): void {
    requireRole(this.setup.guardian, from);
    act();
  }

  #query(queryId: bigint, now: bigint): Figure[] {
    const { escrow: on } = this.setup;
    const { model } = this;
    const phase = { on, method: "phase", args: [queryId], expected: model.phase(queryId, now) };
    return [phase, ...VIEWS.map((method) => ({ on, method, args: [queryId], expected: model[method](queryId) }))];
  }
}
