import { HOUR } from "../chain.ts";
import type { ArgumentTask } from "./argument.ts";
import { CROWD, type Debate } from "./argument-debate.ts";
import { expire, stakeAll, upvotings, withdrawals, writings } from "./argument-people.ts";
import { readParams } from "./argument-stage.ts";
import { each } from "./people.ts";

/** The most periods that stakes run for at a time. */
const PERIODS = 16n;

/** Gas of crediting stakes that have expired. From the second stakes on, nothing else is in the queue. */
export async function measureExpiry(debate: Debate) {
  const { aside, argumentStaking, claimId, discussed, openedAt, period, send, writtenAt, readers, writers } = debate;
  const idle = await aside(() => send(openedAt, () => argumentStaking.processExpired(CROWD)));
  const own = await measureBatches(debate, writtenAt + period);

  const at = openedAt + period;
  const { count } = await argumentStaking.activeStakes();
  await expire(debate, at, Number(count));
  const ownAgain = await aside(async () => {
    await stakeAll(debate, at + 1n, await writings(debate, writers, claimId));
    return measureBatches(debate, at + 1n + period);
  });
  const upvotes = await upvotings(debate, readers, () => discussed);
  const [raised, raisedAgain] = await aside(async () => {
    await stakeAll(debate, at + 1n, upvotes);
    const fresh = await measureBatches(debate, at + 1n + period);
    await expire(debate, at + 1n + period, CROWD);
    await stakeAll(debate, at + 2n + period, await upvotings(debate, readers, () => debate.ignored));
    return [fresh, await measureBatches(debate, at + 2n + 2n * period)];
  });
  return {
    "processExpired, nothing due": idle,
    "processExpired, 1 own stake, nothing credited before": own[1],
    "processExpired, each of 10 own stakes, nothing credited before": own[10],
    "processExpired, each of 100 own stakes, nothing credited before": own[100],
    "processExpired, 1 own stake, credited before": ownAgain[1],
    "processExpired, each of 10 own stakes, credited before": ownAgain[10],
    "processExpired, each of 100 own stakes, credited before": ownAgain[100],
    "processExpired, 1 upvote, nothing credited before": raised[1],
    "processExpired, each of 10 upvotes, nothing credited before": raised[10],
    "processExpired, each of 100 upvotes, nothing credited before": raised[100],
    "processExpired, 1 upvote, credited before": raisedAgain[1],
    "processExpired, each of 10 upvotes, credited before": raisedAgain[10],
    "processExpired, each of 100 upvotes, credited before": raisedAgain[100],
    "processExpired, each of 100 upvotes, for 16 periods": await aside(() => measurePeriods(debate, at + 1n)),
    ...(await measureSpread(debate, at + 1n)),
  } satisfies Partial<Record<ArgumentTask, bigint>>;
}

/** Gas for each of the next stakes that expire, in batches of three sizes, all of them at second `at`. */
async function measureBatches(debate: Debate, at: bigint): Promise<Record<1 | 10 | 100, bigint>> {
  const measure = (count: number) => debate.aside(async () => each(await expire(debate, at, count), count));
  return { 1: await measure(1), 10: await measure(10), 100: await measure(100) };
}

/** The readers upvote one argument, some of them for each of many periods, from second `at` on. */
async function measurePeriods(debate: Debate, at: bigint): Promise<bigint> {
  const { argumentStaking, discussed, period, readers, send } = debate;
  const params = await readParams(argumentStaking);
  const upvotes = await upvotings(debate, readers, () => discussed);
  for (let era = 0n; era < PERIODS; era++) {
    const now = at + era * HOUR;
    if (era > 0n) await send(now, () => argumentStaking.setParams({ ...params, period: period + era * HOUR }));
    const part = (index: bigint) => Number((BigInt(CROWD) * index) / PERIODS);
    await stakeAll(debate, now + 1n, upvotes.slice(part(era), part(era + 1n)));
  }
  return each(await expire(debate, at + period + 2n * PERIODS * HOUR, CROWD), CROWD);
}

/** Each of the readers upvotes another argument, at second `at`. */
async function measureSpread(debate: Debate, at: bigint) {
  const { aside, period, readers, writers, sendBlock } = debate;
  await stakeAll(debate, at, await upvotings(debate, readers, (index) => BigInt(index) + 1n));
  const measure = async () => each(await expire(debate, at + period, CROWD), CROWD);
  return {
    "processExpired, each of 100 upvotes, of 100 arguments": await aside(measure),
    "processExpired, each of 100 upvotes, of 100 arguments whose creators have withdrawn": await aside(async () => {
      await sendBlock(at + 1n, await withdrawals(debate, writers));
      return measure();
    }),
  } satisfies Partial<Record<ArgumentTask, bigint>>;
}
