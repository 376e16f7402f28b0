import { Outcome } from "../../../sdk/query/state.ts";
import { DAY, HOUR } from "../chain.ts";
import { openThread } from "../suites/argument-debate.ts";
import { stakeAll, upvotings } from "../suites/argument-people.ts";
import { openArgumentStage } from "../suites/argument-stage.ts";
import { LIFE, play } from "../suites/query-inquiry.ts";
import { LEAST, openQueryStage } from "../suites/query-stage.ts";
import { randomVotes } from "../suites/query-votes.ts";
import type { Stage } from "../suites/stage.ts";
import { Crowd } from "../suites/stake-crowd.ts";
import { openStakeStage } from "../suites/stake-stage.ts";
import type { Load } from "./load.ts";

/** Of the stakes, how many there are for each argument: its own, and upvotes. */
export const STAKES_PER_ARGUMENT = 10;

/** Judges of each query, and the most answers. */
export const JUDGES = 5;
export const MOST_ANSWERS = LEAST + 3;

/** One epoch of one claim, in which everybody has opened their belief. */
export const participantsLoad: Load = {
  name: "participants of an epoch",
  transactionsEach: 5,
  async prepare(count, watch) {
    const stage = watch(await openStakeStage());
    const crowd = await Crowd.gather(stage, "a claim that keeps the keeper busy", count);
    const { claimId, firstEpoch: epoch } = crowd;
    await crowd.commit(epoch);
    await crowd.reveal(epoch);
    await passTo(stage, crowd.settlingAt(epoch));
    return { stage, countDone: async () => Number((await stage.truthSerum.epochState(claimId, epoch)).distributed) };
  },
};

/** Stakes on arguments, one in ten an argument's own and the others upvotes, that have expired. */
export const stakesLoad: Load = {
  name: "expired stakes",
  transactionsEach: 3,
  async prepare(count, watch) {
    const stage = watch(await openArgumentStage());
    const { argumentStaking, period } = stage;
    const writers = Math.ceil(count / STAKES_PER_ARGUMENT);
    const thread = await openThread(stage, "a claim that many argue about", writers, count - writers);
    const upvotes = await upvotings(stage, thread.readers, (index) => BigInt(index % writers) + 1n);
    await stakeAll(stage, thread.writtenAt + HOUR, upvotes);
    await passTo(stage, thread.writtenAt + period + DAY);
    const countDone = async () => {
      const paid = await argumentStaking.queryFilter(argumentStaking.filters.StakeExpired());
      return new Set(paid.map(({ args }) => args.stakeId)).size;
    };
    return { stage, countDone };
  },
};

/** Queries of 7 to 10 answers and 5 judges who voted, each in its own way. */
export const queriesLoad: Load = {
  name: "queries",
  transactionsEach: 3 * MOST_ANSWERS + 3 * JUDGES,
  async prepare(count, watch) {
    const stage = watch(await openQueryStage());
    const { openedAt, queryEscrow } = stage;
    for (let index = 0; index < count; index++) {
      const answers = LEAST + (index % (MOST_ANSWERS - LEAST + 1));
      const votes = randomVotes(answers, JUDGES);
      await play(stage, openedAt + BigInt(index) * LIFE, { answers, votes, outcome: Outcome.Normal });
    }
    await passTo(stage, openedAt + BigInt(count) * LIFE);
    const countDone = async () => {
      const settled = await queryEscrow.queryFilter(queryEscrow.filters.QuerySettled());
      return settled.filter(({ args }) => args.outcome === Outcome.Normal).length;
    };
    return { stage, countDone };
  },
};

/** A block is mined at second `at`. */
async function passTo({ connection }: Stage, at: bigint): Promise<void> {
  await connection.networkHelpers.time.increaseTo(at);
}
