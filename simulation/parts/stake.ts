import { MaxUint256 } from "ethers";
import type { Side } from "../../sdk/market/side.ts";
import type { Emitter } from "../../sdk/stake/events.ts";
import type { StakeModel } from "../../sdk/stake/model.ts";
import { epochOf } from "../../sdk/stake/schedule.ts";
import type { Call, Contract, Figure, Told } from "../contract.ts";
import type { AssetPart } from "./assets.ts";
import { byKind, type Done, type OnModel, Part, requireRole } from "./part.ts";

const SIDES: readonly Side[] = [0, 1];

/** How many epochs back a comparison of everything looks: what is older was compared when it was younger. */
export const EPOCHS_BACK = 4n;

/** What the stake system on an asset begins with. */
export interface StakeSetup {
  readonly asset: AssetPart;
  readonly contracts: Readonly<Record<Emitter, Contract>>;
  readonly model: StakeModel;
  readonly guardian: string;
}

/** The stake system on an asset: vault, venue and serum. */
export class StakePart extends Part {
  readonly setup: StakeSetup;
  readonly model: StakeModel;
  /** Claims with a belief market. */
  readonly claims: string[] = [];
  /** Those of them that have a pool. */
  readonly pools: string[] = [];
  #voices = 0n;

  constructor(setup: StakeSetup) {
    super();
    this.setup = setup;
    this.model = setup.model;
  }

  protected readonly methods: Readonly<Record<string, OnModel>> = {
    "vault.deposit": ({ from, args }) => this.model.vault.deposit(from, args.amount),
    "vault.withdraw": ({ from, args }) => this.model.vault.withdraw(from, args.amount),
    "vault.debit": ({ from, args: [user, amount] }) => void this.model.vault.debit(from, user, amount),
    "vault.credit": ({ from, args: [user, amount] }) => this.model.vault.credit(from, user, amount),
    "venue.createPool": ({ from, args }) => {
      this.model.venue.createPool(from, args.claimId);
      this.pools.push(args.claimId);
    },
    "venue.buy": ({ from, args: [claimId, side, amount, minTokens] }) =>
      void this.model.venue.buy(from, claimId, sideOf(side), amount, minTokens),
    "venue.sell": ({ from, args: [claimId, side, tokens, minAmount] }) =>
      void this.model.venue.sell(from, claimId, sideOf(side), tokens, minAmount),
    "venue.pauseEntries": ({ from }) => this.#asGuardian(from, () => this.model.venue.pauseEntries()),
    "venue.unpauseEntries": ({ from }) => this.#asGuardian(from, () => this.model.venue.unpauseEntries()),
    "serum.commitBelief": ({ from, args: [claimId, seal], now }) => {
      this.model.serum.commitBelief(from, claimId, seal, now);
      this.#voices += 1n;
    },
    "serum.commitBeliefIn": ({ from, args: [claimId, epoch, seal], now }) => {
      this.model.serum.commitBeliefIn(from, claimId, epoch, seal, now);
      this.#voices += 1n;
    },
    "serum.revealBelief": ({ args: [user, claimId, epoch, belief, meta, salt], now }) =>
      this.model.serum.revealBelief({ user, claimId, epoch, belief, meta, salt }, now),
    "serum.settle": (done) => this.#settle(done),
    "serum.distribute": ({ args: [claimId, epoch, maxCount] }) =>
      void this.model.serum.distribute(claimId, epoch, maxCount),
    "serum.claim": ({ args: [user, claimId, epoch] }) => this.model.serum.claim(user, claimId, epoch),
    "serum.pauseCommits": ({ from }) => this.#asGuardian(from, () => this.model.serum.pauseCommits()),
    "serum.unpauseCommits": ({ from }) => this.#asGuardian(from, () => this.model.serum.unpauseCommits()),
  };

  /** The claim has a belief market. */
  addClaim(claimId: string): void {
    this.model.venue.addClaim(claimId);
    this.claims.push(claimId);
  }

  /** Epochs that have begun at `now` in which somebody raised a voice on the claim. */
  epochsOf(claimId: string, now: bigint): bigint[] {
    const current = epochOf(this.model.setup, now);
    const begun = Array.from({ length: Number(current) + 1 }, (_, index) => BigInt(index));
    return begun.filter((epoch) => this.model.serum.participants(claimId, epoch, 0n, 1n).length > 0);
  }

  /** Claims in which somebody raised a voice. */
  claimsWithVoices(): string[] {
    return this.model.serum.claims();
  }

  /** How many voices were ever raised. */
  voices(): bigint {
    return this.#voices;
  }

  contracts(): Contract[] {
    return Object.values(this.setup.contracts);
  }

  told(): Told[] {
    const { contracts } = this.setup;
    return this.model.events.take().map((event) => ({ ...event, emitter: contracts[event.emitter].name }));
  }

  /** Without the events of OpenZeppelin's bases. */
  override arranged(events: readonly Told[]): Told[] {
    return byKind(events.filter(({ name }) => name !== "Paused" && name !== "Unpaused"));
  }

  check(): void {
    this.model.checkConservation();
  }

  totals(now: bigint, call: Call | undefined): Figure[] {
    const { vault, venue } = this.setup.contracts;
    const { model } = this;
    const books: Figure[] = (["stakes", "pots", "totalEncumbered"] as const).map((method) => ({
      on: vault,
      method,
      args: [],
      expected: model.vault[method](),
    }));
    if (call === undefined) return books;
    const claimId = call.args.find((arg) => this.pools.includes(String(arg)));
    if (typeof claimId !== "string") return [...books, ...this.#ofUser(call.from)];
    return [
      ...books,
      ...this.#ofUser(call.from),
      ...this.#ofUserOn(call.from, claimId),
      { on: venue, method: "pool", args: [claimId], expected: model.venue.pool(claimId) },
      ...this.#epoch(claimId, epochOf(model.setup, now)),
    ];
  }

  everything(now: bigint, people: readonly string[]): Figure[] {
    const { venue } = this.setup.contracts;
    const { model } = this;
    const current = epochOf(model.setup, now);
    const first = current > EPOCHS_BACK ? current - EPOCHS_BACK : 0n;
    const epochs = Array.from({ length: Number(current - first) + 1 }, (_, index) => first + BigInt(index));
    return [
      ...people.flatMap((person) => this.#ofUser(person)),
      ...this.pools.flatMap((claimId) => [
        { on: venue, method: "pool", args: [claimId], expected: model.venue.pool(claimId) },
        { on: venue, method: "marketBelief", args: [claimId], expected: model.venue.marketBelief(claimId) },
        ...people
          .filter((person) => model.venue.grossLock(person, claimId) > 0n)
          .flatMap((person) => this.#ofUserOn(person, claimId)),
        ...epochs.flatMap((epoch) => [...this.#epoch(claimId, epoch), ...this.#voicesIn(claimId, epoch)]),
      ]),
    ];
  }

  #asGuardian(from: string, act: () => void): void {
    requireRole(this.setup.guardian, from);
    act();
  }

  /** With the contract's scores, which must be those of the rules; with the model's own where it was refused. */
  #settle({ args: [claimId, epoch, maxCount], now, events }: Done): void {
    const { serum } = this.setup.contracts;
    const scored = events.filter(({ emitter, name }) => emitter === serum.name && name === "BeliefScored");
    const scores = new Map(scored.map(({ facts }) => [(facts as Scored).user, (facts as Scored).score]));
    this.model.serum.settle(claimId, epoch, maxCount, now, (user) => {
      const score = scores.get(user);
      if (score === undefined) throw new Error(`the contract told no score of ${user}`);
      return score;
    });
  }

  #ofUser(user: string): Figure[] {
    const { vault: on } = this.setup.contracts;
    const { vault } = this.model;
    const figures = ["totalStake", "totalLocked", "encumbered", "withdrawable"] as const;
    return figures.map((method) => ({ on, method, args: [user], expected: vault[method](user) }));
  }

  #ofUserOn(user: string, claimId: string): Figure[] {
    const { vault, venue } = this.setup.contracts;
    const { model } = this;
    const args = [user, claimId];
    return [
      { on: vault, method: "exposureOf", args, expected: model.vault.exposureOf(user, claimId) },
      ...SIDES.map((side) => ({
        on: venue,
        method: "balanceOf",
        args: [...args, side],
        expected: model.venue.balanceOf(user, claimId, side),
      })),
    ];
  }

  #epoch(claimId: string, epoch: bigint): Figure[] {
    const { serum: on } = this.setup.contracts;
    const { serum } = this.model;
    return [
      { on, method: "epochState", args: [claimId, epoch], expected: serum.epochState(claimId, epoch) },
      { on, method: "carriedOf", args: [claimId], expected: serum.carriedOf(claimId) },
    ];
  }

  #voicesIn(claimId: string, epoch: bigint): Figure[] {
    const { serum: on } = this.setup.contracts;
    const { serum } = this.model;
    return serum.participants(claimId, epoch, 0n, MaxUint256).map((user) => ({
      on,
      method: "participant",
      args: [claimId, epoch, user],
      expected: serum.participant(claimId, epoch, user),
    }));
  }
}

/** What `BeliefScored` says. */
interface Scored {
  readonly user: string;
  readonly score: bigint;
}

function sideOf(side: bigint): Side {
  return Number(side) as Side;
}
