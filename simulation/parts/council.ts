import { type CouncilEmitter, emitterOf } from "../../sdk/council/events.ts";
import type { CouncilModel } from "../../sdk/council/model.ts";
import { ModelError } from "../../sdk/model-error.ts";
import type { Call, Contract, Figure, Told } from "../contract.ts";
import { type OnModel, Part, requireRole } from "./part.ts";

/** Transfers and allowances are compared as balances. */
const COMPARED_AS_BALANCES = new Set(["Transfer", "Approval"]);

/** What the council begins with. */
export interface CouncilSetup {
  readonly contracts: Readonly<Record<CouncilEmitter, Contract>>;
  readonly model: CouncilModel;
  readonly guardian: string;
  /** Who may mint: the timelock. */
  readonly admin: string;
  /** What argument staking is sent unasked is in its own books. Returns whether it was that. */
  readonly donate: (from: string, to: string, amount: bigint) => boolean;
}

/** The council's token, its staking and its rewards. */
export class CouncilPart extends Part {
  override readonly isAboutCallers = true;
  readonly setup: CouncilSetup;
  readonly model: CouncilModel;
  /** Contracts whose balance of the token is compared after each step. */
  readonly holders: Contract[] = [];
  /** Whoever staked at any time. */
  readonly sharers = new Set<string>();

  constructor(setup: CouncilSetup) {
    super();
    this.setup = setup;
    this.model = setup.model;
  }

  protected readonly methods: Readonly<Record<string, OnModel>> = {
    "token.approve": () => undefined,
    "token.transfer": ({ from, args: [to, amount] }) => {
      if (!this.setup.donate(from, to, amount)) this.model.token.book.transfer(from, to, amount);
    },
    "token.burn": ({ from, args: [amount], now }) => this.model.token.burn(from, amount, now),
    "token.mintInflation": ({ from, args: [to, amount], now }) => {
      requireRole(this.setup.admin, from);
      this.model.mintInflation(to, amount, now);
    },
    "staking.stake": ({ from, args: [amount, lockDays], now }) => {
      this.model.stakingAt(now).stake(from, amount, lockDays, now);
      this.sharers.add(from);
    },
    "staking.extendLock": ({ from, args: [positionId, lockDays], now }) =>
      this.model.stakingAt(now).extendLock(from, positionId, lockDays, now),
    "staking.poke": ({ args: [positionId], now }) => this.model.stakingAt(now).poke(positionId, now),
    "staking.unstake": ({ from, args: [positionId], now }) =>
      void this.model.stakingAt(now).unstake(from, positionId, now),
    "staking.unstakeEarly": ({ from, args: [positionId], now }) =>
      void this.model.stakingAt(now).unstakeEarly(from, positionId, now),
    "staking.delegate": ({ from, args: [to], now }) => this.model.stakingAt(now).delegate(from, to, now),
    "staking.pauseEntries": ({ from, now }) =>
      this.#asGuardian(from, () => this.model.stakingAt(now).pauseEntries(from)),
    "staking.unpauseEntries": ({ from, now }) =>
      this.#asGuardian(from, () => this.model.stakingAt(now).unpauseEntries(from)),
    "distributor.fund": ({ from, args: [amount], now }) => this.model.rewardsAt(now).fund(from, amount),
    "distributor.startPeriod": ({ now }) => void this.model.rewardsAt(now).startPeriod(now),
    "distributor.claim": ({ from, now }) => void this.model.rewardsAt(now).claim(from, now),
    "distributor.compound": ({ from, args: [lockDays], now }) => void this.model.compound(from, lockDays, now),
    "distributor.poke": ({ args: [account], now }) => this.model.rewardsAt(now).poke(account, now),
    "distributor.recordVote": ({ from }) => {
      throw new ModelError("AccessManagedUnauthorized", { caller: from });
    },
  };

  contracts(): Contract[] {
    return Object.values(this.setup.contracts);
  }

  told(): Told[] {
    const { contracts } = this.setup;
    return this.model.events.take().map((event) => ({ emitter: contracts[emitterOf(event.name)].name, ...event }));
  }

  override arranged(events: readonly Told[]): readonly Told[] {
    return events.filter(({ name }) => !COMPARED_AS_BALANCES.has(name));
  }

  check(): void {
    this.model.checkConservation();
  }

  totals(now: bigint, call: Call | undefined): Figure[] {
    const { staking, distributor, token } = this.setup.contracts;
    const { model } = this;
    const rewards = model.rewardsAt(now);
    return [
      { on: staking, method: "totalStaked", args: [], expected: model.stakingAt(now).totalStaked() },
      { on: distributor, method: "totalWeight", args: [], expected: rewards.totalWeight() },
      { on: distributor, method: "owed", args: [], expected: rewards.owed(now) },
      { on: distributor, method: "nextPeriodAmount", args: [], expected: rewards.nextPeriodAmount(now) },
      { on: token, method: "totalSupply", args: [], expected: model.token.totalSupply() },
      ...this.holders.map(({ address }) => this.balance(address)),
      ...(call === undefined ? [] : [this.balance(call.from), ...this.#ofUser(call.from, now)]),
    ];
  }

  everything(now: bigint, people: readonly string[]): Figure[] {
    const { staking, distributor, token } = this.setup.contracts;
    const { model } = this;
    return [
      { on: distributor, method: "stream", args: [], expected: model.rewardsAt(now).stream(now) },
      { on: token, method: "inflationLeft", args: [], expected: model.token.inflationLeft(now) },
      ...people.flatMap((person) => [this.balance(person), ...this.#ofUser(person, now)]),
      ...this.positions(people, now).map((id) => ({
        on: staking,
        method: "position",
        args: [id],
        expected: model.stakingAt(now).position(id),
      })),
    ];
  }

  /** A balance of the token. */
  balance(holder: string): Figure {
    const { token } = this.setup.contracts;
    return { on: token, method: "balanceOf", args: [holder], expected: this.model.token.book.balanceOf(holder) };
  }

  /** Open positions of people, in their order. */
  positions(people: readonly string[], now: bigint): bigint[] {
    const staking = this.model.stakingAt(now);
    return people.flatMap((person) => staking.positionsOf(person));
  }

  #asGuardian(from: string, act: () => void): void {
    requireRole(this.setup.guardian, from);
    act();
  }

  #ofUser(user: string, now: bigint): Figure[] {
    const { staking: on, distributor } = this.setup.contracts;
    const { model } = this;
    const staking = model.stakingAt(now);
    const rewards = model.rewardsAt(now);
    return [
      { on, method: "account", args: [user], expected: staking.account(user) },
      { on, method: "getVotes", args: [user], expected: staking.votes.votesOf(user) },
      { on, method: "delegates", args: [user], expected: staking.votes.delegates(user) },
      { on: distributor, method: "account", args: [user], expected: rewards.account(user, now) },
      { on: distributor, method: "claimable", args: [user], expected: rewards.claimable(user, now) },
    ];
  }
}
