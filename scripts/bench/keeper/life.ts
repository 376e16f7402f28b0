import { inspect, isDeepStrictEqual } from "node:util";
import { MaxUint256 } from "ethers";
import { CredenceError } from "../../../sdk/errors.ts";
import { Side } from "../../../sdk/market/side.ts";
import { Outcome } from "../../../sdk/query/state.ts";
import { type Call, DAY, HOUR } from "../chain.ts";
import { gatherPeople, upvotings } from "../suites/argument-people.ts";
import { type ArgumentStage, fundReserve, openArgumentStage, write } from "../suites/argument-stage.ts";
import { CONTENT_HASH, LEAST, MOST, URI, USUAL } from "../suites/query-stage.ts";
import { ACT, type Cast, claimOf, USDC } from "../suites/stage.ts";
import { openPool } from "../suites/stake-stage.ts";

const WORDS = "a claim that lives on and on";
const AMOUNT = 500n * USDC;
const PLEDGE = 1_000n * ACT;

/** In every so many turns somebody stakes in the council. */
export const TURNS_PER_POSITION = 50;

/** Above what the dearest event costs. */
const EVENT_GAS = 1_000_000n;

/** A protocol that people use a little. */
export interface Life {
  readonly stage: ArgumentStage;
  /** What people do in a turn, from 0 on: one seals a belief, one upvotes, one asks, and now and then one stakes. */
  eventsOf(turn: number): readonly Call[];
  /** Whether all has been done that was due in a block. Throws unless everybody did as told, in every turn. */
  isDoneAsOf(block: number): Promise<boolean>;
}

/** Sets up a life of so many turns; close the stage's connection after use. */
export async function openLife(turns: number): Promise<Life> {
  const stage = await openArgumentStage();
  const { argumentStaking, convictionMarket, councilStaking, queryEscrow, truthSerum } = stage;
  const { cast, councilToken, connection, startsAt, usdc } = stage;
  const claimId = claimOf(WORDS);
  await openPool(stage, WORDS, startsAt);
  await fundReserve(stage, startsAt + 2n * HOUR);
  await stage.send(startsAt + 3n * HOUR, () => write(stage, "author", claimId));
  await usdc.connect(cast.supporter).approve(convictionMarket, MaxUint256);
  await convictionMarket.connect(cast.supporter).buy(claimId, Side.Support, AMOUNT, 1n);
  await usdc.connect(cast.author).approve(queryEscrow, MaxUint256);
  await councilToken.connect(cast.skeptic).approve(councilStaking, MaxUint256);
  const readers = await gatherPeople(stage, "reader", turns, startsAt + DAY);
  const upvotes = await upvotings(stage, readers, () => 1n);

  const callsBy = async (who: keyof Cast, to: typeof truthSerum | typeof queryEscrow | typeof councilStaking) => {
    const call = { from: cast[who].address, to: await to.getAddress(), gas: EVENT_GAS };
    return (data: string): Call => ({ ...call, data });
  };
  const byBeliever = await callsBy("supporter", truthSerum);
  const byAsker = await callsBy("author", queryEscrow);
  const byStaker = await callsBy("skeptic", councilStaking);
  const question = [CONTENT_HASH, URI, 0, LEAST, MOST, USUAL] as const;
  const eventsOf = (turn: number) => [
    byBeliever(truthSerum.interface.encodeFunctionData("commitBelief", [claimId, claimOf(`seal ${turn}`)])),
    byAsker(queryEscrow.interface.encodeFunctionData("ask", [...question])),
    ...upvotes.slice(turn, turn + 1),
    ...(turn % TURNS_PER_POSITION === 0
      ? [byStaker(councilStaking.interface.encodeFunctionData("stake", [PLEDGE, 0n]))]
      : []),
  ];

  const expectLived = async () => {
    const expected = {
      commits: turns,
      upvotes: turns,
      queries: turns,
      positions: Math.ceil(turns / TURNS_PER_POSITION),
    };
    const actual = {
      commits: (await truthSerum.queryFilter(truthSerum.filters.BeliefCommitted())).length,
      upvotes: (await argumentStaking.queryFilter(argumentStaking.filters.ArgumentUpvoted())).length,
      queries: Number(await queryEscrow.queryCount()),
      positions: (await councilStaking.queryFilter(councilStaking.filters.Staked())).length,
    };
    if (isDeepStrictEqual(actual, expected)) return;
    throw new CredenceError("not everybody did as told", { expected: inspect(expected), actual: inspect(actual) });
  };
  const areQueriesDone = async (block: number) => {
    const { queryIds } = await queryEscrow.settleableQueries(1n, turns, { blockTag: block });
    for (const queryId of queryIds) {
      if ((await queryEscrow.outcome(queryId)).result === Outcome.Pending) return false;
    }
    return true;
  };
  const areEpochsDone = async (at: bigint) => {
    const commits = await truthSerum.queryFilter(truthSerum.filters.BeliefCommitted());
    for (const epoch of new Set(commits.map(({ args }) => args.epoch))) {
      const { joined, distributed } = await truthSerum.epochState(claimId, epoch);
      if ((await truthSerum.scheduleOf(epoch)).settleableAt <= at && distributed < joined) return false;
    }
    return true;
  };
  const isDoneAsOf = async (block: number) => {
    await expectLived();
    const at = BigInt((await connection.ethers.provider.getBlock(block))?.timestamp ?? 0);
    const { nextEndTime } = await argumentStaking.activeStakes();
    const arePaid = nextEndTime === 0n || nextEndTime > at;
    return arePaid && (await areQueriesDone(block)) && (await areEpochsDone(at));
  };
  return { stage, eventsOf, isDoneAsOf };
}
