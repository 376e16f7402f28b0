import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { ACT, MAX_INFLATION_BPS, MAX_MULTIPLIER_BPS } from "../../sdk/council/params.ts";
import { positionIdOf, positionOf } from "../../sdk/council/positions.ts";
import type { Position } from "../../sdk/council/staking.ts";
import { DEFAULT_TIERS, type LockTiers } from "../../sdk/council/tiers.ts";
import { DAY, HOUR } from "../fixtures/amounts.ts";
import { anyMagnitude, pick, type Random } from "../fixtures/random.ts";
import type { Scope } from "./council-comparison.ts";
import type { CouncilRules, CouncilWorld } from "./council-world.ts";
import { Draws, type Magnitude } from "./draws.ts";

/** How large stakes are: so small that every rounding shows, as in a deployment, or as large as the supply allows. */
export const LARGEST: Readonly<Record<Magnitude, bigint>> = {
  tiny: 1_000n,
  ordinary: 10_000_000n * ACT,
  wide: 160_000_000n * ACT,
};

/** The rules of a deployment, as far as the size of the amounts allows. */
export function usualRules(magnitude: Magnitude): CouncilRules {
  const isTiny = magnitude === "tiny";
  return {
    staking: {
      minStake: isTiny ? 1n : 100n * ACT,
      maxStake: LARGEST[magnitude],
      earlyExitPenaltyBps: 1_000n,
      tiers: DEFAULT_TIERS,
    },
    rewards: {
      period: 7n * DAY,
      activityWindow: 30n * DAY,
      participationBps: 1_000n,
      longTermBps: 2_000n,
      governanceBps: 1_500n,
      minClaim: isTiny ? 2n : ACT,
    },
    maxInflationBps: MAX_INFLATION_BPS,
  };
}

/** Tiers anywhere within their bounds; locks mostly so short that a history outlives some of them. */
function randomTiers(random: Random): LockTiers {
  let [lockDays, multiplierBps] = [0n, random(10_000n, 13_000n)];
  const next = () => {
    lockDays += random(0n, 19n) === 0n ? random(61n, 900n) : random(1n, 60n);
    if (random(0n, 3n) > 0n) multiplierBps += random(0n, 9_000n); // else the tier counts no more than the one before
    if (multiplierBps > MAX_MULTIPLIER_BPS) multiplierBps = MAX_MULTIPLIER_BPS;
    return { lockDays, multiplierBps };
  };
  return [{ lockDays, multiplierBps }, next(), next(), next(), next()];
}

/** Rules anywhere within their bounds. */
export function randomRules(random: Random, magnitude: Magnitude): CouncilRules {
  const maxStake = anyMagnitude(random, LARGEST[magnitude] / 10n, LARGEST[magnitude]);
  return {
    staking: {
      minStake: anyMagnitude(random, 1n, maxStake / 50n),
      maxStake,
      earlyExitPenaltyBps: random(0n, 3n) === 0n ? 0n : random(1n, 5_000n),
      tiers: randomTiers(random),
    },
    rewards: {
      period: anyMagnitude(random, DAY, 60n * DAY),
      activityWindow: anyMagnitude(random, HOUR, 60n * DAY),
      participationBps: random(0n, 10_000n),
      longTermBps: random(0n, 10_000n),
      governanceBps: random(0n, 10_000n),
      minClaim: anyMagnitude(random, 0n, maxStake / 100n),
    },
    maxInflationBps: random(0n, MAX_INFLATION_BPS),
  };
}

/** A position with its id. */
export type Held = Position & { readonly positionId: bigint };

/** What chance decides in a history. */
export class CouncilDraws extends Draws<CouncilWorld> {
  /** Open positions that are as they should be. */
  held(isWanted: (position: Held) => boolean = () => true): Held[] {
    const { model, people, now } = this.world;
    const staking = model.stakingAt(now);
    const ids = people.flatMap(({ address }) => staking.positionsOf(address));
    return ids.map((positionId) => ({ positionId, ...staking.position(positionId) })).filter(isWanted);
  }

  /** Mostly a position that is as it should be, else any, or one that is closed or never was. */
  positionWhich(isWanted: (position: Held) => boolean): bigint {
    const wanted = this.oneIn(8n) ? this.held() : this.held(isWanted);
    if (wanted.length === 0 || this.oneIn(25n)) {
      return positionIdOf(this.person().address, pick(this.random, [0n, 0n, 1n, 2n, 1_000n]));
    }
    return pick(this.random, wanted).positionId;
  }

  /** Mostly its owner. */
  ownerOf(positionId: bigint): HardhatEthersSigner {
    const { owner } = positionOf(positionId);
    const found = this.world.people.find(({ address }) => address === owner);
    return found === undefined || this.oneIn(12n) ? this.person() : found;
  }

  /** A lock that can be chosen, once in a while another one. */
  lockDays(): bigint {
    const { tiers } = this.world.model.setup.staking;
    const near = tiers.flatMap(({ lockDays }) => [lockDays + 1n, lockDays + 60n]);
    if (this.oneIn(15n)) return pick(this.random, [...near, 2n ** 255n]);
    return pick(this.random, tiers).lockDays;
  }

  /** Mostly what somebody can stake more, at the bounds or just beyond them. */
  stakeOf(address: string): bigint {
    const { model, now } = this.world;
    const { minStake, maxStake } = model.setup.staking;
    const room = maxStake - model.stakingAt(now).account(address).staked;
    const balance = model.token.book.balanceOf(address);
    const kind = this.random(0n, 19n);
    if (kind === 0n) return minStake - 1n;
    if (kind === 1n) return minStake;
    if (kind === 2n) return room;
    if (kind === 3n) return room + 1n;
    if (kind === 4n) return balance + 1n;
    const most = room < balance ? room : balance;
    return most <= minStake ? minStake : anyMagnitude(this.random, minStake, most);
  }

  /** Part of what there is, all of it, or a unit more. */
  part(whole: bigint): bigint {
    const kind = this.random(0n, 14n);
    if (kind === 0n) return whole + 1n;
    return kind === 1n ? whole : anyMagnitude(this.random, 0n, whole);
  }

  /** What is compared after an action: who acted, somebody else, what it was about, and votes at some instant. */
  scope(user: string, ...positionIds: readonly bigint[]): Scope {
    const users = new Set([user, this.person().address]);
    return { users: [...users], positionIds, timepoint: this.timepoint() };
  }

  /** Mostly a past instant; just before now, now, or later. */
  timepoint(): bigint {
    const { now, model } = this.world;
    const kind = this.random(0n, 9n);
    if (kind <= 1n) return now - kind;
    if (kind === 2n) return now + this.random(1n, 1_000n);
    const starts = this.held().map(({ stakedAt }) => stakedAt);
    if (kind <= 6n && starts.length > 0) return pick(this.random, starts) + this.random(-1n, 1n);
    return this.random(model.setup.deployedAt, now - 1n);
  }
}
