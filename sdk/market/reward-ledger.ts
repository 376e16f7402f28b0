import { divUp, min } from "../math.ts";
import { RAY } from "./params.ts";

/** Rewards shared among all weight at one instant: the arguments of `RewardsDistributed`. */
export interface Shared {
  /** In asset units. */
  readonly amount: bigint;
  /** In asset units x seconds. */
  readonly totalWeight: bigint;
}

/** What a position took. Amounts in asset units. */
export interface Taken {
  readonly reward: bigint;
  /** Earned above the position's cap, handed back to the undistributed rewards. */
  readonly excess: bigint;
}

/** What the ledger knows of one position. */
export interface Earner {
  readonly principal: bigint;
  /** Seconds since creation. */
  readonly depositedAt: bigint;
  /** What it may still take before its lifetime cap, in asset units. */
  rewardAllowance: bigint;
  /** Earned and not consumed, over the share events before `nextEvent`; in ray. */
  earnedRay: bigint;
  nextEvent: number;
}

/** One sharing of rewards: every position present earned `principal * age * perWeight` ray. */
interface ShareEvent {
  readonly elapsed: bigint;
  readonly perWeight: bigint;
}

/** The signal reward pool of the reference model: a list of share events, and what each position earned in them. */
export class RewardLedger {
  readonly #events: ShareEvent[] = [];
  #owed = 0n;
  #undistributed = 0n;
  #timeRewardPerWeight = 0n;
  #rewardPerWeight = 0n;

  /** Every reward held, shared or not, in asset units. */
  get srp(): bigint {
    return this.#owed + this.#undistributed;
  }

  /** What waits for the next distribution, in asset units. */
  get undistributed(): bigint {
    return this.#undistributed;
  }

  /** Sum of `perWeight * elapsed`, in ray. */
  get timeRewardPerWeight(): bigint {
    return this.#timeRewardPerWeight;
  }

  /** Sum of `perWeight`, in ray. */
  get rewardPerWeight(): bigint {
    return this.#rewardPerWeight;
  }

  /** Share events so far: a new position earns from the next one on. */
  get eventCount(): number {
    return this.#events.length;
  }

  /**
   * Adds `incoming` and shares it among `totalWeight`, with all that was undistributed where `isShareable`.
   * Null where not a unit could be shared; it then waits, undistributed.
   */
  share(incoming: bigint, elapsed: bigint, totalWeight: bigint, isShareable: boolean): Shared | null {
    const toShare = incoming + (isShareable ? this.#undistributed : 0n);
    this.#undistributed += incoming;
    if (totalWeight === 0n) return null;

    const perWeight = (toShare * RAY) / totalWeight; // down: positions earn no more than there is
    const amount = divUp(perWeight * totalWeight, RAY); // up: what is owed covers what they earned
    if (amount === 0n) return null;
    this.#events.push({ elapsed, perWeight });
    this.#timeRewardPerWeight += perWeight * elapsed;
    this.#rewardPerWeight += perWeight;
    this.#undistributed -= amount;
    this.#owed += amount;
    return { amount, totalWeight };
  }

  /** What a position has earned and not taken, in asset units, rounded down in favour of the pool. */
  earnedDown(earner: Earner): bigint {
    for (const { elapsed, perWeight } of this.#events.slice(earner.nextEvent)) {
      earner.earnedRay += earner.principal * perWeight * (elapsed - earner.depositedAt);
    }
    earner.nextEvent = this.#events.length;
    return earner.earnedRay / RAY;
  }

  /** `earnedDown` within the position's lifetime cap: what `take` would pay. */
  rewardDown(earner: Earner): bigint {
    return min(this.earnedDown(earner), earner.rewardAllowance);
  }

  /** Takes all a position has earned, down to the unit; what is above its cap becomes undistributed. */
  take(earner: Earner): Taken {
    const whole = this.earnedDown(earner);
    const reward = this.rewardDown(earner);
    const excess = whole - reward;
    this.#consume(earner, whole);
    earner.rewardAllowance -= reward;
    this.#owed -= whole;
    this.#undistributed += excess;
    return { reward, excess };
  }

  /**
   * Makes what a position earned above its cap undistributed, less the `1 + principal / 1e27` units that rounding may
   * take: what the position can take does not change. Returns it, in asset units.
   */
  releaseExcess(earner: Earner): bigint {
    const released = this.earnedDown(earner) - earner.rewardAllowance - earner.principal / RAY - 1n;
    if (released <= 0n) return 0n;
    this.#consume(earner, released);
    this.#owed -= released;
    this.#undistributed += released;
    return released;
  }

  /** Makes all that a leaving position has earned undistributed. Returns it, in asset units, rounded down. */
  forfeit(earner: Earner): bigint {
    const whole = this.earnedDown(earner);
    this.#owed -= whole;
    this.#undistributed += whole;
    return whole;
  }

  /** With nobody left to owe to, the dust of rounding waits for the next distribution. */
  sweepDust(): void {
    this.#undistributed += this.#owed;
    this.#owed = 0n;
  }

  /**
   * Whole units cease to be earned; the fraction of a unit stays. What is consumed counts in whole rays per unit of
   * principal, as a checkpoint of A - d * B does; up, in favour of the pool.
   */
  #consume(earner: Earner, whole: bigint): void {
    earner.earnedRay -= divUp(whole * RAY, earner.principal) * earner.principal;
  }
}
