import { CredenceError } from "../errors.ts";
import { EventLog } from "../event-log.ts";
import { sum } from "../math.ts";
import { revertWith } from "./errors.ts";
import type { ArgumentEventFacts } from "./events.ts";
import { interestDown, splitInterest } from "./interest.ts";
import { quoteStakeLimit } from "./limit.ts";
import { dueOf } from "./queue.ts";
import type { StakeRecord } from "./records.ts";
import { ArgumentStatus, StakeKind } from "./state.ts";
import { ArgumentViews, amountOf } from "./views.ts";

/** The most that the contract can owe, in token units. */
export const MAX_HOLDINGS = 2n ** 96n - 1n;

/** What comes into `ArgumentStaking` and what leaves it: stakes, interest, credits and the reserve. */
export abstract class ArgumentLedger extends ArgumentViews {
  /** What the contract would have told. */
  readonly events = new EventLog<ArgumentEventFacts>();

  /** The era of stakes that are made now. */
  protected era = 0;
  readonly #donations: bigint[] = [];
  #latestAt = 0n;

  /** Somebody sends the contract tokens unasked. Throws `ERC20InsufficientBalance`. */
  donate(from: string, amount: bigint): void {
    this.take(from, amount);
    this.#donations.push(amount);
  }

  /** Returns what was paid. Throws `CreditZero`. */
  withdraw(user: string, now: bigint): bigint {
    this.advanceTo(now);
    const amount = this.creditOf(user);
    if (amount === 0n) revertWith("CreditZero", { user });
    this.token.transfer(this.address, user, amount);
    this.credits.push({ user, amount: -amount });
    this.events.emit("Withdrawn", { user, amount });
    return amount;
  }

  /* UPKEEP */

  /** Returns how many entries were taken from the queue. Throws nothing. */
  processExpired(maxCount: bigint, now: bigint): bigint {
    this.advanceTo(now);
    const due = dueOf(this.queue(), now, maxCount);
    for (const stake of due) {
      stake.isQueued = false;
      if (!stake.endedEarly) this.#expire(stake);
    }
    return BigInt(due.length);
  }

  /** Throws `AmountZero`, `HoldingsTooLarge`, `ERC20InsufficientBalance`, in this order. */
  fundRewards(funder: string, amount: bigint, now: bigint): void {
    this.advanceTo(now);
    if (amount === 0n) revertWith("AmountZero", {});
    this.checkRoom(amount);
    this.take(funder, amount);
    this.reserve.push({ why: "funded", amount });
    this.events.emit("RewardsFunded", { funder, amount });
  }

  /* CHECK */

  /**
   * Throws a `CredenceError` where a token unit is missing or too many: the balance is what is owed and what was sent
   * unasked, and what is owed is what came in by stakes and funding less what was withdrawn; or where more was promised
   * than the reserve holds.
   */
  checkConservation(): void {
    const owed = this.owed();
    const funded = amountOf(this.reserve.filter(({ why }) => why === "funded"));
    const withdrawn = -amountOf(this.credits.filter(({ amount }) => amount < 0n));
    const { free } = this.rewardReserve();
    const books = {
      balance: this.token.balanceOf(this.address) - sum(this.#donations) - owed,
      owed: amountOf(this.stakes) + funded - withdrawn - owed,
      overpromised: free < 0n ? -free : 0n,
    };
    if (Object.values(books).some((difference) => difference !== 0n)) {
      throw new CredenceError("the books do not add up", books);
    }
  }

  /* INTERNAL */

  /** Checks that somebody can stake, and makes the stake. */
  protected open(staker: string, argumentId: bigint, kind: StakeKind, amount: bigint, now: bigint): StakeRecord {
    const params = this.currentParams;
    const limit = this.stakeLimit(staker, now);
    if (quoteStakeLimit(limit, params).isReached) {
      revertWith("StakeLimitReached", { ...limit, limitBps: params.stakeLimitBps });
    }
    const interest = interestDown(amount, params);
    const { free } = this.rewardReserve();
    if (free < interest) revertWith("RewardReserveTooLow", { free, needed: interest });
    this.checkRoom(amount);
    this.take(staker, amount);
    const stake: StakeRecord = {
      id: BigInt(this.stakes.length) + 1n,
      staker,
      argumentId,
      kind,
      amount,
      interest,
      shareBps: kind === StakeKind.Upvote ? params.creatorShareBps : params.curatorShareBps,
      createdAt: now,
      endsAt: now + params.period,
      era: this.era,
      ending: null,
      endedEarly: false,
      isQueued: true,
    };
    this.stakes.push(stake);
    return stake;
  }

  /** A stake's time is over: on an unhelpful argument it earns nothing, and its interest is already free. */
  #expire(stake: StakeRecord): void {
    const { id: stakeId, argumentId, staker, amount, kind } = stake;
    const { creator, status } = this.argumentAt(argumentId);
    const earned = status === ArgumentStatus.Unhelpful ? 0n : stake.interest;
    const parts = splitInterest(earned, kind === StakeKind.Upvote ? stake.shareBps : 0n);
    stake.ending = "expired";
    this.credit(staker, amount + parts.upvoter);
    this.credit(creator, parts.creator);
    this.reserve.push({ why: "interest", amount: -earned });
    const interest = parts.upvoter;
    this.events.emit("StakeExpired", { stakeId, argumentId, staker, amount, interest, creatorInterest: parts.creator });
  }

  protected checkRoom(amount: bigint): void {
    const total = this.owed() + amount;
    if (total > MAX_HOLDINGS) revertWith("HoldingsTooLarge", { total, max: MAX_HOLDINGS });
  }

  protected take(from: string, amount: bigint): void {
    this.token.transfer(from, this.address, amount);
  }

  protected credit(user: string, amount: bigint): void {
    if (amount > 0n) this.credits.push({ user, amount });
  }

  protected queue(): StakeRecord[] {
    return this.stakes.filter(({ isQueued }) => isQueued);
  }

  protected advanceTo(now: bigint): void {
    if (now < this.#latestAt) {
      throw new CredenceError("the model takes no action before its latest one", { now, latestAt: this.#latestAt });
    }
    this.#latestAt = now;
  }
}
