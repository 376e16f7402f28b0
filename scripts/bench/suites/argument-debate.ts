import { DAY, HOUR } from "../chain.ts";
import { gatherPeople, stakeAll, upvotings, writings } from "./argument-people.ts";
import { type ArgumentStage, fundReserve, openClaim, write } from "./argument-stage.ts";

/** How many write arguments in a debate, and how many only read them. */
export const CROWD = 100;

/** When the author writes after the others, in seconds. */
export const DISCUSSED_AFTER = HOUR / 3n;
export const IGNORED_AFTER = 2n * DISCUSSED_AFTER;

/** A claim with arguments. */
export interface Thread extends ArgumentStage {
  readonly claimId: string;
  /** Each wrote an argument at `writtenAt`, a day after the stage's start: those with the ids from 1 on. */
  readonly writers: readonly string[];
  /** People who have not staked. */
  readonly readers: readonly string[];
  readonly writtenAt: bigint;
}

/** A thread that goes on for an hour; nothing has expired yet. */
export interface Debate extends Thread {
  /** The first of two arguments that the author wrote since: three of the writers upvoted it. */
  readonly discussed: bigint;
  /** The second: nobody did anything about it. */
  readonly ignored: bigint;
  /** The second from which on a caller may choose timestamps: an hour after `writtenAt`. */
  readonly openedAt: bigint;
}

/** Opens a claim that so many write an argument about, with a reserve that pays for everything. */
export async function openThread(
  stage: ArgumentStage,
  words: string,
  writerCount: number,
  readerCount: number,
): Promise<Thread> {
  const { startsAt } = stage;
  await fundReserve(stage, startsAt);
  const claimId = await openClaim(stage, words, startsAt + 1n);
  const writers = await gatherPeople(stage, "writer", writerCount, startsAt + 2n);
  const readers = await gatherPeople(stage, "reader", readerCount, startsAt + 3n);
  const writtenAt = startsAt + DAY;
  await stakeAll(stage, writtenAt, await writings(stage, writers, claimId));
  return { ...stage, claimId, writers, readers, writtenAt };
}

/** Opens a thread in which the author takes part too. */
export async function openDebate(stage: ArgumentStage): Promise<Debate> {
  const thread = await openThread(stage, "a claim that many argue about", CROWD, CROWD);
  const { claimId, writers, writtenAt, send } = thread;
  const [discussed, ignored] = [BigInt(CROWD) + 1n, BigInt(CROWD) + 2n];
  await send(writtenAt + DISCUSSED_AFTER, () => write(thread, "author", claimId));
  await send(writtenAt + IGNORED_AFTER, () => write(thread, "author", claimId));
  const openedAt = writtenAt + HOUR;
  await stakeAll(thread, openedAt - 1n, await upvotings(thread, writers.slice(0, 3), () => discussed));
  return { ...thread, discussed, ignored, openedAt };
}
