import { DAY } from "../chain.ts";
import type { Capacities } from "../suite.ts";
import { openThread } from "./argument-debate.ts";
import { expire, stakeAll, upvotings } from "./argument-people.ts";
import { type ArgumentStage, openArgumentStage } from "./argument-stage.ts";
import { largest } from "./capacity.ts";

/** More people than a transaction credits for the first time. */
const UPVOTERS = 600;
/** The first argument is upvoted and credited by itself; the others together: more than a transaction credits again. */
const TOGETHER = 2;
/** How many are credited in a transaction where nothing is measured. */
const AT_ONCE = 300;

/** How many stakes one transaction of so much gas credits to people who had no credit, and to people who had some. */
export async function measureCapacities(gas: bigint): Promise<Capacities> {
  const stage = await openArgumentStage();
  try {
    const thread = await openThread(stage, "a claim with very many upvotes", 1 + TOGETHER, UPVOTERS);
    const { writtenAt, period, readers } = thread;
    await stakeAll(thread, writtenAt + 1n, await upvotings(thread, readers, () => 1n));
    const firstAt = writtenAt + DAY + period;
    await expire(thread, firstAt, 1 + TOGETHER);
    const fresh = await mostThatFit(thread, firstAt + 1n, gas, UPVOTERS);

    for (let done = 0; done < UPVOTERS; done += AT_ONCE) await expire(thread, firstAt + BigInt(done) + 1n, AT_ONCE);
    const againAt = firstAt + DAY;
    const again = Array.from({ length: TOGETHER }, () => readers).flat();
    const argumentOf = (index: number) => 2n + BigInt(Math.floor(index / UPVOTERS));
    await stakeAll(thread, againAt, await upvotings(thread, again, argumentOf));
    return {
      "processExpired, upvotes, nothing credited before": fresh,
      "processExpired, upvotes, credited before": await mostThatFit(thread, againAt + DAY + period, gas, again.length),
    };
  } finally {
    await stage.connection.close();
  }
}

/** The most stakes, up to `limit`, that a transaction at second `at` takes: all below it fit, and none above. */
async function mostThatFit(stage: ArgumentStage, at: bigint, gas: bigint, limit: number): Promise<bigint> {
  const { argumentStaking, aside, cast, sendBlock } = stage;
  const to = await argumentStaking.getAddress();
  const { count: before } = await argumentStaking.activeStakes();
  const fits = (count: number) =>
    aside(async () => {
      const data = argumentStaking.interface.encodeFunctionData("processExpired", [count]);
      await sendBlock(at, [{ from: cast.latecomer.address, to, data, gas }]);
      const { count: after } = await argumentStaking.activeStakes();
      return before - after === BigInt(count);
    });
  return largest(limit, fits);
}
