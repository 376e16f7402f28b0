import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { NetworkConnection } from "hardhat/types/network";
import type { Chain } from "../../keeper/chain.ts";
import { type EpochKey, type EpochsContext, epochsContext } from "../../keeper/jobs/epoch.ts";
import type { SendLimits } from "../../keeper/send.ts";
import { Side } from "../../sdk/market/side.ts";
import { ITruthSerum__factory, type TestUSDC } from "../../typechain-types/index.ts";
import type { Collector } from "../demo/fixtures.ts";
import { CLAIM, OTHER_CLAIM, WEALTH } from "../fixtures/amounts.ts";
import {
  commitVoice,
  enter,
  finishEpoch,
  openPools,
  openVoice,
  percent,
  SALT,
  type StakeWorld,
  surplusOf,
  type Voice,
} from "../fixtures/stake.ts";
import { chainOf, watchedWorkshop } from "./workshop.ts";

/** The stake system with a crowd whose members have committed beliefs on both claims in epoch 0. */
export interface CrowdWorld extends StakeWorld<TestUSDC> {
  readonly connection: NetworkConnection;
  readonly people: readonly HardhatEthersSigner[];
  /** In the order of their commits: `CROWD` of them about `CLAIM`, then as many about `OTHER_CLAIM`. */
  readonly voices: readonly Voice[];
}

/** Voices on each claim. */
export const CROWD = 12;

/** Voices of each claim that are opened; the other is not. */
export const OPENED = 11;

/** Epoch 0 of both claims. */
export const BOTH: readonly [EpochKey, EpochKey] = [
  { claimId: CLAIM, epoch: 0n },
  { claimId: OTHER_CLAIM, epoch: 0n },
];

/* FIXTURES */

/** A crowd in which everyone believes something else, and risks another amount. */
export async function committedCrowd(connection: NetworkConnection): Promise<CrowdWorld> {
  const world = await openPools(connection);
  const people = (await connection.ethers.getSigners()).slice(2, 2 + CROWD);
  await fund(world, people);
  const voices: Voice[] = [];
  for (const { claimId } of BOTH) {
    for (const [index, user] of people.entries()) {
      const step = BigInt(index);
      await enter(world, user, {
        claimId,
        side: index % 2 === 0 ? Side.Support : Side.Oppose,
        lock: 1_000_000n + step,
      });
      const voice = { user, claimId, belief: percent(20n + 6n * step), meta: percent(40n + 3n * step) };
      await commitVoice(world, voice);
      voices.push(voice);
    }
  }
  return { ...world, connection, people, voices };
}

/** `committedCrowd` when epoch 0 has just ended. */
export async function crowdToOpen(connection: NetworkConnection): Promise<CrowdWorld> {
  const world = await committedCrowd(connection);
  await travelTo(world, (await world.truthSerum.scheduleOf(0n)).endsAt);
  return world;
}

/** `crowdToOpen` after all but the last of each claim have opened their beliefs. */
export async function openedCrowd(connection: NetworkConnection): Promise<CrowdWorld> {
  const world = await crowdToOpen(connection);
  for (const [index, voice] of world.voices.entries()) {
    if (index % CROWD < OPENED) await openVoice(world, voice);
  }
  return world;
}

/** `openedCrowd` when its epochs can be settled. */
export async function crowdToSettle(connection: NetworkConnection): Promise<CrowdWorld> {
  const world = await openedCrowd(connection);
  await travelToSettling(world);
  return world;
}

/** Some of the crowd, who believe something else about `CLAIM` in the epoch after: not sealed yet. */
export function laterVoices({ people }: CrowdWorld): Voice[] {
  return people.slice(0, LATER).map((user, index) => {
    const step = BigInt(index);
    return { user, claimId: CLAIM, epoch: 1n, belief: percent(30n + 25n * step), meta: percent(60n - 10n * step) };
  });
}

/** Voices that are sealed in the epoch after. */
const LATER = 3;

/** A block is mined at `timestamp`, in unix seconds. */
export async function travelTo({ connection }: CrowdWorld, timestamp: bigint): Promise<void> {
  await connection.networkHelpers.time.increaseTo(timestamp);
}

/** A block is mined in the first second in which epoch 0 can be settled. */
export async function travelToSettling(world: CrowdWorld): Promise<void> {
  await travelTo(world, (await world.truthSerum.scheduleOf(0n)).settleableAt);
}

async function fund(world: StakeWorld<TestUSDC>, people: readonly HardhatEthersSigner[]): Promise<void> {
  for (const person of people) {
    await world.token.mint(person, WEALTH);
    for (const spender of [world.stakeVault, world.convictionMarket]) {
      await world.token.connect(person).approve(spender, WEALTH);
    }
  }
}

/** The line with which someone entrusts a voice to the keeper. */
export function entryOf({ user, belief, meta, claimId = CLAIM, epoch = 0n, salt = SALT }: Voice): string {
  const numbers = { epoch: String(epoch), belief: String(belief), meta: String(meta) };
  return `${JSON.stringify({ user: user.address, claimId, ...numbers, salt })}\n`;
}

/* THE KEEPER'S PARTS */

/** What works on a world's epochs, the log of it, and what ends it. */
export interface Hands {
  readonly context: EpochsContext;
  readonly output: Collector;
  readonly end: AbortController;
}

/** A keeper's hands on the world's epochs. */
export async function handsOn(world: CrowdWorld, limits: Partial<SendLimits> = {}, on?: Chain): Promise<Hands> {
  const serum = ITruthSerum__factory.connect(await world.truthSerum.getAddress(), world.connection.ethers.provider);
  const { workshop, ...rest } = watchedWorkshop(on ?? (await chainOf(world)), limits);
  return { context: await epochsContext(workshop, serum), ...rest };
}

/* WHAT CAME OF IT */

/** What can be compared between two ways to settle the same epochs. */
export interface Outcome {
  readonly stakes: readonly bigint[];
  readonly pots: bigint;
  /** What the vault holds beyond its books. */
  readonly surplus: bigint;
  /** Everybody who was scored, once for each time, in the order of their addresses; likewise who was paid. */
  readonly scored: readonly string[];
  readonly paid: readonly string[];
}

/** How the crowd stands now. */
export async function outcomeOf(world: CrowdWorld): Promise<Outcome> {
  const { stakeVault, truthSerum, people } = world;
  const stakes: bigint[] = [];
  for (const { address } of people) stakes.push(await stakeVault.totalStake(address));
  const scored = await truthSerum.queryFilter(truthSerum.filters.BeliefScored());
  const paid = await truthSerum.queryFilter(truthSerum.filters.PartPaid());
  return {
    stakes,
    pots: await stakeVault.pots(),
    surplus: (await surplusOf(world)).vault,
    scored: scored.map(({ args }) => `${args.claimId} ${args.user}`).sort(),
    paid: paid.map(({ args }) => `${args.claimId} ${args.user} ${args.amount}`).sort(),
  };
}

/** How the crowd stands after both epochs were settled and distributed in one call each. */
export async function settledAtOnce(connection: NetworkConnection): Promise<Outcome> {
  const world = await crowdToSettle(connection);
  for (const epoch of BOTH) await finishEpoch(world, epoch);
  return outcomeOf(world);
}

/** How it stands after `settledAtOnce`, and after `laterVoices` were sealed, all of them opened, and settled likewise. */
export async function settledTwice(connection: NetworkConnection): Promise<Outcome> {
  const world = await crowdToSettle(connection);
  for (const epoch of BOTH) await finishEpoch(world, epoch);
  const { truthSerum } = world;
  const later = laterVoices(world);
  for (const voice of later) await commitVoice(world, voice);
  const { endsAt, settleableAt } = await truthSerum.scheduleOf(1n);
  await travelTo(world, endsAt);
  for (const voice of later) await openVoice(world, voice);
  await travelTo(world, settleableAt);
  await finishEpoch(world, { claimId: CLAIM, epoch: 1n });
  return outcomeOf(world);
}
