import { CredenceError } from "../errors.ts";
import type { EventLog } from "../event-log.ts";
import { min, sum } from "../math.ts";
import { type Activity, boosterBpsAt, weightDown } from "./boosters.ts";
import { revertWith } from "./errors.ts";
import type { CouncilEventFacts } from "./events.ts";
import type { RewardParams } from "./rules.ts";
import { type RewardPeriod, streamedDown } from "./stream.ts";
import type { CouncilTokenModel } from "./token.ts";

/** Rewards are shared in grains: a token unit has 2^80 of them. */
export const GRAINS = 2n ** 80n;

/** The most that a period streams, in token units. */
export const MAX_PERIOD_AMOUNT = 2n ** 80n - 1n;

/** A time without a touch is walked in so many parts: what is shared does not depend on it. */
const STRIDES = 4n;

interface Sharer extends Activity {
  readonly account: string;
  power: bigint;
  weight: bigint;
  boosterBps: bigint;
  isLongTerm: boolean;
  participatedAt: bigint;
  votedAt: bigint;
  /** Shared since the last touch. */
  grains: bigint;
}

/** Token units that an account earned, or took where negative. */
interface Reward {
  readonly account: string;
  readonly amount: bigint;
}

/** What rewards need around them. */
export interface RewardSurroundings {
  readonly params: RewardParams;
  readonly token: CouncilTokenModel;
  readonly events: EventLog<CouncilEventFacts>;
  /** Where the distributor holds its tokens. */
  readonly address: string;
}

/**
 * `RewardsDistributor` without accumulators: what streams is dealt out to each account as it comes, in grains, as many
 * for each unit of weight as there are for all; the rest waits for the next deal.
 */
export class RewardsModel {
  readonly #around: RewardSurroundings;
  readonly #sharers: Sharer[] = [];
  readonly #rewards: Reward[] = [];
  readonly #periods: RewardPeriod[] = [];
  /** What streamed while nobody shared, in token units. */
  readonly #released: bigint[] = [];
  /** Grains that were not dealt yet. */
  #pot = 0n;
  #walkedTo = 0n;

  constructor(around: RewardSurroundings) {
    this.#around = around;
  }

  /* REWARDS */

  /** Throws `AmountZero`, `ERC20InsufficientBalance`, in this order. */
  fund(funder: string, amount: bigint): void {
    const { token, events, address } = this.#around;
    if (amount === 0n) revertWith("AmountZero", {});
    token.book.transfer(funder, address, amount);
    events.emit("Funded", { funder, amount });
  }

  /** Returns what the period streams. Throws `PeriodNotOver`, `NothingToStream`, in this order. */
  startPeriod(now: bigint): bigint {
    const last = this.#periods.at(-1);
    if (last !== undefined && now < last.endsAt) revertWith("PeriodNotOver", { endsAt: last.endsAt });
    const amount = this.nextPeriodAmount(now);
    if (amount === 0n) revertWith("NothingToStream", {});
    this.walk(now);
    const endsAt = now + this.#around.params.period;
    this.#periods.push({ amount, startedAt: now, endsAt });
    this.#around.events.emit("PeriodStarted", { period: BigInt(this.#periods.length), amount, endsAt });
    return amount;
  }

  /** Returns what was paid. Throws `RewardTooSmall`. */
  claim(account: string, now: bigint): bigint {
    const amount = this.takeFrom(account, now);
    this.#around.token.book.transfer(this.#around.address, account, amount);
    this.#around.events.emit("Claimed", { account, amount });
    return amount;
  }

  /** A reward leaves the books, to be paid or staked. Throws `RewardTooSmall`. */
  takeFrom(account: string, now: bigint): bigint {
    const reward = this.checkedReward(account, now);
    this.poke(account, now);
    this.#rewards.push({ account, amount: -reward });
    return reward;
  }

  /** What can be taken: from the least claim on, and whatever it is without a stake. Throws `RewardTooSmall`. */
  checkedReward(account: string, now: bigint): bigint {
    const reward = this.claimable(account, now);
    const { minClaim } = this.#around.params;
    const isWhole = reward >= minClaim || this.#sharer(account).power === 0n;
    if (!isWhole || reward === 0n) revertWith("RewardTooSmall", { account, reward, min: minClaim });
    return reward;
  }

  /** Throws nothing. */
  poke(account: string, now: bigint): void {
    this.#touch(this.#sharer(account), now);
  }

  /* HOOKS */

  /** An account has that power now, and a position at the highest tier or not. */
  onStakeChanged(account: string, power: bigint, isLongTerm: boolean, now: bigint): void {
    const sharer = this.#sharer(account);
    this.#settle(sharer, now);
    sharer.power = power;
    sharer.isLongTerm = isLongTerm;
    this.#weigh(sharer, now);
  }

  /** Noted where there is power to boost, to count from the account's next touch on. */
  recordParticipation(account: string, recorder: string, now: bigint): void {
    const sharer = this.#sharer(account);
    if (sharer.power === 0n) return;
    sharer.participatedAt = now;
    this.#around.events.emit("ParticipationRecorded", { account, recorder });
  }

  /** Noted, to count from the account's next touch on. */
  recordVote(account: string, now: bigint): void {
    this.#sharer(account).votedAt = now;
  }

  /* READ */

  /** What somebody could take at `now`, in token units. */
  claimable(account: string, now: bigint): bigint {
    const { grains, weight } = this.#sharer(account);
    const pending = this.totalWeight() === 0n ? 0n : this.#dueGrains(now) / this.totalWeight();
    return this.#rewardOf(account) + (grains + weight * pending) / GRAINS;
  }

  account(owner: string, now: bigint) {
    const sharer = this.#sharer(owner);
    const { power, weight, boosterBps, participatedAt, votedAt } = sharer;
    const currentBoosterBps = boosterBpsAt(sharer, this.#around.params, now);
    return { power, weight, boosterBps, currentBoosterBps, participatedAt, votedAt };
  }

  stream(now: bigint) {
    const last = this.#periods.at(-1) ?? { amount: 0n, startedAt: 0n, endsAt: 0n };
    return { period: BigInt(this.#periods.length), ...last, streamed: streamedDown(last, now) };
  }

  totalWeight(): bigint {
    return sum(this.#sharers.map(({ weight }) => weight));
  }

  /** What has streamed and was not claimed, and what is still to stream. */
  owed(now: bigint): bigint {
    const streaming = sum(this.#periods.map(({ amount }) => amount));
    const paid = -sum(this.#rewards.map(({ amount }) => min(amount, 0n)));
    const releasing = this.totalWeight() === 0n ? this.#streamed(now) - this.#streamed(this.#walkedTo) : 0n;
    return streaming - sum(this.#released) - releasing - paid;
  }

  nextPeriodAmount(now: bigint): bigint {
    const { token, address } = this.#around;
    return min(token.book.balanceOf(address) - this.owed(now), MAX_PERIOD_AMOUNT);
  }

  /** What waits to be shared, in grains: it is owed, and belongs to nobody yet. */
  carry(): bigint {
    return this.#pot;
  }

  /* CHECK */

  /** Throws a `CredenceError` where a grain is missing or too many, or more is owed than there is. */
  checkConservation(now: bigint): void {
    const { token, address } = this.#around;
    const streaming = sum(this.#periods.map(({ amount }) => amount)) - this.#streamed(this.#walkedTo);
    const rewards = sum(this.#rewards.map(({ amount }) => amount)) * GRAINS;
    const shared = this.#pot + sum(this.#sharers.map(({ grains }) => grains)) + rewards;
    const owed = this.owed(this.#walkedTo);
    const books = {
      shared: (owed - streaming) * GRAINS - shared,
      uncovered: min(token.book.balanceOf(address) - this.owed(now), 0n),
    };
    if (Object.values(books).some((difference) => difference !== 0n)) {
      throw new CredenceError("the rewards do not add up", books);
    }
  }

  /* WALK */

  /** Deals out all that streams until `now`. */
  walk(now: bigint): void {
    const span = now - this.#walkedTo;
    if (this.#periods.length > 0) {
      for (let stride = 1n; stride < STRIDES; stride++) this.#deal(now - (span * (STRIDES - stride)) / STRIDES);
    }
    this.#deal(now);
  }

  #deal(now: bigint): void {
    const total = this.totalWeight();
    if (total === 0n) {
      this.#released.push(this.#streamed(now) - this.#streamed(this.#walkedTo));
    } else {
      const due = this.#dueGrains(now);
      const each = due / total;
      for (const sharer of this.#sharers) sharer.grains += sharer.weight * each;
      this.#pot = due - each * total;
    }
    this.#walkedTo = now;
  }

  /** What is to be dealt out at `now`: what streamed since the last deal, and what that left. */
  #dueGrains(now: bigint): bigint {
    return this.#pot + (this.#streamed(now) - this.#streamed(this.#walkedTo)) * GRAINS;
  }

  /** What all periods have streamed until `now`. */
  #streamed(now: bigint): bigint {
    return sum(this.#periods.map((period) => streamedDown(period, now)));
  }

  /* TOUCH */

  #touch(sharer: Sharer, now: bigint): void {
    this.#settle(sharer, now);
    this.#weigh(sharer, now);
  }

  /** Whole units become the account's, and the rest is dealt out again. */
  #settle(sharer: Sharer, now: bigint): void {
    this.walk(now);
    const amount = sharer.grains / GRAINS; // rounded down, in favour of all who share
    this.#rewards.push({ account: sharer.account, amount });
    this.#pot += sharer.grains - amount * GRAINS;
    sharer.grains = 0n;
  }

  #weigh(sharer: Sharer, now: bigint): void {
    const { account } = sharer;
    const boosterBps = boosterBpsAt(sharer, this.#around.params, now);
    const weight = weightDown(sharer.power, boosterBps);
    sharer.boosterBps = boosterBps;
    if (weight === sharer.weight) return;
    sharer.weight = weight;
    this.#around.events.emit("WeightChanged", { account, weight, boosterBps });
  }

  #rewardOf(account: string): bigint {
    return sum(this.#rewards.filter((reward) => reward.account === account).map(({ amount }) => amount));
  }

  #sharer(account: string): Sharer {
    const found = this.#sharers.find((sharer) => sharer.account === account);
    if (found !== undefined) return found;
    const nothing = { power: 0n, weight: 0n, boosterBps: 0n, participatedAt: 0n, votedAt: 0n, grains: 0n };
    const sharer = { account, isLongTerm: false, ...nothing };
    this.#sharers.push(sharer);
    return sharer;
  }
}
