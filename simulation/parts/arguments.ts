import { MaxUint256 } from "ethers";
import type { ArgumentModel } from "../../sdk/argument/model.ts";
import type { ArgumentParams } from "../../sdk/argument/params.ts";
import type { UnhelpfulReason } from "../../sdk/argument/state.ts";
import type { Side } from "../../sdk/market/side.ts";
import { sum } from "../../sdk/math.ts";
import type { Call, Contract, Figure, Told } from "../contract.ts";
import { type OnModel, Part, requireRole } from "./part.ts";
import { Recorder } from "./recorder.ts";

const ALL = [0n, MaxUint256] as const;

/** What argument staking begins with. */
export interface ArgumentsSetup {
  readonly contract: Contract;
  readonly model: ArgumentModel;
  readonly guardian: string;
  /** Who may change the rules. */
  readonly admin: string;
  /** Told of each account that writes. */
  readonly record: (account: string, now: bigint) => void;
}

/** Argument staking. */
export class ArgumentsPart extends Part {
  readonly setup: ArgumentsSetup;
  readonly model: ArgumentModel;
  readonly claims: string[] = [];
  readonly #recorder: Recorder;
  #funded = 0n;

  constructor(setup: ArgumentsSetup) {
    super();
    this.setup = setup;
    this.model = setup.model;
    this.#recorder = new Recorder(setup.contract, setup.admin, setup.record);
  }

  protected readonly methods: Readonly<Record<string, OnModel>> = {
    "arguments.createArgument": ({ from, args: [claimId, side, summary, body], now }) => {
      this.model.createArgument(from, { claimId, side: Number(side) as Side, summary, body }, now);
      this.#recorder.record(from, now);
    },
    "arguments.upvote": ({ from, args, now }) => void this.model.upvote(from, args.argumentId, now),
    "arguments.deleteArgument": ({ from, args, now }) => this.model.deleteArgument(from, args.argumentId, now),
    "arguments.markUnhelpful": ({ from, args: [argumentId, reason], now }) =>
      this.model.markUnhelpful(from, argumentId, Number(reason) as UnhelpfulReason, now),
    "arguments.withdraw": ({ from, now }) => void this.model.withdraw(from, now),
    "arguments.processExpired": ({ args, now }) => void this.model.processExpired(args.maxCount, now),
    "arguments.fundRewards": ({ from, args, now }) => {
      this.model.fundRewards(from, args.amount, now);
      this.#funded += args.amount;
    },
    "arguments.setParams": ({ from, args: [rules] }) => {
      requireRole(this.setup.admin, from);
      const params: ArgumentParams = rules.toObject();
      this.model.setParams(params);
    },
    "arguments.setRecorder": (done) => this.#recorder.set(done),
    "arguments.pauseEntries": ({ from }) => this.#asGuardian(from, () => this.model.pauseEntries(from)),
    "arguments.unpauseEntries": ({ from }) => this.#asGuardian(from, () => this.model.unpauseEntries(from)),
  };

  /** The claim has a belief market. */
  addClaim(claimId: string): void {
    this.model.addClaim(claimId);
    this.claims.push(claimId);
  }

  /** All that was paid for interest, and all stakes, in token units. */
  paidIn(): bigint {
    return this.#funded + sum(this.stakeIds().map((stakeId) => this.model.stake(stakeId).amount));
  }

  contracts(): Contract[] {
    return [this.setup.contract];
  }

  told(): Told[] {
    const told = this.model.events.take().map((event) => ({ emitter: this.setup.contract.name, ...event }));
    return [...told, ...this.#recorder.take()];
  }

  check(): void {
    this.model.checkConservation();
  }

  totals(now: bigint, call: Call | undefined): Figure[] {
    const { contract: on } = this.setup;
    const { model } = this;
    const books: Figure[] = (["owed", "rewardReserve", "activeStakes"] as const).map((method) => ({
      on,
      method,
      args: [],
      expected: model[method](),
    }));
    if (call === undefined) return books;
    const [argumentId] = call.args;
    const isKnown = typeof argumentId === "bigint" && argumentId >= 1n && argumentId <= this.#count();
    const isAboutOne = isKnown && call.method !== "processExpired" && call.method !== "fundRewards";
    return [...books, ...this.#ofUser(call.from, now), ...(isAboutOne ? this.#argument(argumentId) : [])];
  }

  everything(now: bigint, people: readonly string[]): Figure[] {
    const { contract: on } = this.setup;
    const { model } = this;
    return [
      { on, method: "params", args: [], expected: model.params() },
      ...people.flatMap((person) => this.#ofUser(person, now)),
      ...this.claims.map((claimId) => ({
        on,
        method: "claimArguments",
        args: [claimId, ...ALL],
        expected: model.claimArguments(claimId, ...ALL),
      })),
      ...this.argumentIds().flatMap((argumentId) => this.#argument(argumentId)),
      ...this.stakeIds().map((stakeId) => ({ on, method: "stake", args: [stakeId], expected: model.stake(stakeId) })),
    ];
  }

  /** All arguments, claim by claim. */
  argumentIds(): bigint[] {
    return this.claims.flatMap((claimId) => this.model.claimArguments(claimId, ...ALL));
  }

  /** All stakes that were ever made, argument by argument. */
  stakeIds(): bigint[] {
    return this.argumentIds().flatMap((argumentId) => this.model.argumentStakes(argumentId, ...ALL));
  }

  #count(): bigint {
    return BigInt(this.argumentIds().length);
  }

  #asGuardian(from: string, act: () => void): void {
    requireRole(this.setup.guardian, from);
    act();
  }

  #ofUser(user: string, now: bigint): Figure[] {
    const { contract: on } = this.setup;
    const { model } = this;
    return [
      { on, method: "account", args: [user], expected: model.account(user) },
      { on, method: "stakeLimit", args: [user], expected: model.stakeLimit(user, now) },
      { on, method: "runningStake", args: [user], expected: model.runningStake(user, now) },
    ];
  }

  #argument(argumentId: bigint): Figure[] {
    const { contract: on } = this.setup;
    return [{ on, method: "argument", args: [argumentId], expected: this.model.argument(argumentId) }];
  }
}
