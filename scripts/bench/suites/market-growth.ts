import { CredenceError } from "../../../sdk/errors.ts";
import { Side } from "../../../sdk/market/side.ts";
import type { BeliefMarket } from "../../../typechain-types/index.ts";
import { DAY, HOUR } from "../chain.ts";
import { measureLevels } from "../growth.ts";
import type { GrowthGas } from "../suite.ts";
import { ANY_FEE_BPS, allow, createMarket } from "./market-stage.ts";
import { openStage, type Stage, USDC } from "./stage.ts";

const BLOCK_SIZE = 500; // transactions
const SMALL_STAKE = 5n * USDC;
const LARGE_STAKE = 100_000n * USDC; // holds the pool's cap far above what thousands of small penalties bring

/** A market whose position 1 is the one that is measured: it opened an empty market, so it paid no fee. */
interface Growing {
  readonly market: BeliefMarket;
  /** Sends calls of the crowd's account in blocks, an hour apart. */
  fill(calls: readonly string[]): Promise<void>;
  /** What has happened so far: positions that are open, and shares of fees and penalties. */
  count(): Promise<{ open: number; events: number }>;
  /** Gas of every operation as the market stands, which it leaves as it was. */
  measure(): Promise<Record<string, bigint>>;
}

/** Gas of every operation with `levels` open positions, each but the first opened by paying a fee to the others. */
export function growPositions(levels: readonly number[]): Promise<GrowthGas> {
  return grow(levels, SMALL_STAKE, async ({ market, fill, count, measure }, level) => {
    const { open } = await count();
    await fill(Array.from({ length: level - open }, (_, i) => commitCall(market, i % 2 === 0)));
    expectCount("positions", (await count()).open, level);
    return measure();
  });
}

/** Gas of every operation after `levels` shares of fees and penalties among five positions; others come and go. */
export function growEvents(levels: readonly number[]): Promise<GrowthGas> {
  return grow(levels, LARGE_STAKE, async ({ market, fill, count, measure }, level) => {
    const { open } = await count();
    if (open === 2) await fill([0, 1, 2].map((i) => commitCall(market, i % 2 === 0, LARGE_STAKE)));
    const pairs = (level - (await count()).events) / 2; // each is a fee and then a penalty
    const { positionCount } = await market.state();
    const calls: string[] = [];
    for (let pair = 1n; pair <= BigInt(pairs); pair++) {
      calls.push(commitCall(market, pair % 2n === 0n));
      calls.push(market.interface.encodeFunctionData("exitEarly", [positionCount + pair]));
    }
    await fill(calls);
    expectCount("fee events", (await count()).events, level);
    return measure();
  });
}

async function grow(
  levels: readonly number[],
  stake: bigint,
  measureAt: (growing: Growing, level: number) => Promise<Record<string, bigint>>,
): Promise<GrowthGas> {
  const stage = await openStage();
  try {
    const growing = await openGrowing(stage, stake);
    return await measureLevels(levels, (level) => measureAt(growing, level));
  } finally {
    await stage.connection.close();
  }
}

async function openGrowing(stage: Stage, stake: bigint): Promise<Growing> {
  const { cast, send, aside } = stage;
  const crowd = cast.latecomer;
  let now = stage.startsAt;
  const market = await createMarket(stage, "a growing market", now, 0n);
  await allow(stage, market, [cast.supporter, cast.challenger, cast.skeptic, crowd]);
  const nextHour = () => {
    now += HOUR;
    return now;
  };
  await send(nextHour(), () => market.connect(cast.supporter).commit(Side.Support, stake, ANY_FEE_BPS));
  await send(nextHour(), () => market.connect(cast.challenger).commit(Side.Oppose, stake, ANY_FEE_BPS));

  const owned = market.connect(cast.supporter);
  const to = await market.getAddress();
  const belief = market.interface.encodeFunctionData("belief");
  return {
    market,
    async fill(calls) {
      for (let i = 0; i < calls.length; i += BLOCK_SIZE) {
        const block = calls.slice(i, i + BLOCK_SIZE).map((data) => ({ from: crowd.address, to, data }));
        await stage.sendBlock(nextHour(), block);
      }
    },
    async count() {
      const [opened, exited, shared] = await Promise.all([
        stage.countLogs(to, market.filters.Committed().fragment.topicHash),
        stage.countLogs(to, market.filters.ExitedEarly().fragment.topicHash),
        stage.countLogs(to, market.filters.RewardsDistributed().fragment.topicHash),
      ]);
      return { open: opened - exited, events: shared };
    },
    async measure() {
      const commit = () => market.connect(cast.skeptic).commit(Side.Oppose, SMALL_STAKE, ANY_FEE_BPS);
      return {
        commit: await aside(() => send(now + DAY, commit)),
        claimRewards: await aside(() => send(now + 8n * DAY, () => owned.claimRewards(1n))),
        withdraw: await aside(() => send(now + 31n * DAY, () => owned.withdraw(1n))),
        exitEarly: await aside(() => send(now + DAY, () => owned.exitEarly(1n))),
        "belief()": await aside(() => send(now + DAY, () => cast.supporter.sendTransaction({ to, data: belief }))),
      };
    },
  };
}

function commitCall(market: BeliefMarket, isSupport: boolean, stake = SMALL_STAKE): string {
  const side = isSupport ? Side.Support : Side.Oppose;
  return market.interface.encodeFunctionData("commit", [side, stake, ANY_FEE_BPS]);
}

function expectCount(what: string, actual: number, expected: number): void {
  if (actual !== expected) throw new CredenceError("the market did not grow as told", { what, expected, actual });
}
