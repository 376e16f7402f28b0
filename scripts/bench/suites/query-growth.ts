import { CredenceError } from "../../../sdk/errors.ts";
import { Outcome } from "../../../sdk/query/state.ts";
import { type Call, HOUR } from "../chain.ts";
import { measureLevels } from "../growth.ts";
import type { GrowthGas } from "../suite.ts";
import { joinings, openings, submissions, unsealings, voteAt, votings } from "./query-crowd.ts";
import { LIFE, settle } from "./query-inquiry.ts";
import { ask, CONTENT_HASH, LEAST, MOST, openQueryStage, type QueryStage, URI, USUAL } from "./query-stage.ts";
import { join, openAnswer, openVote, submitAnswer, submitVote, withdraw } from "./query-steps.ts";
import { unanimousVotes } from "./query-votes.ts";

const BLOCK_SIZE = 100; // transactions
const JUDGES = 5;

/** Gas of every operation in a query of 7 answers and 5 judges, with `levels` queries settled before it. */
export async function growQueries(levels: readonly number[]): Promise<GrowthGas> {
  const stage = await openQueryStage();
  try {
    let [settled, at] = [0, stage.openedAt];
    return await measureLevels(levels, async (level) => {
      await settleInVain(stage, at, settled, level);
      [settled, at] = [level, at + 2n * LIFE];
      return stage.aside(() => measureQuery(stage, at));
    });
  } finally {
    await stage.connection.close();
  }
}

/** Queries above the first `from` up to `to`, asked from second `at` on: nobody answers, and they are settled. */
async function settleInVain(stage: QueryStage, at: bigint, from: number, to: number): Promise<void> {
  const { cast, escrow, queryEscrow, sendBlock } = stage;
  const abi = queryEscrow.interface;
  const question = abi.encodeFunctionData("ask", [CONTENT_HASH, URI, 0, LEAST, MOST, USUAL]);
  const ids = Array.from({ length: to - from }, (_, index) => BigInt(from + index + 1));
  const inBlocks = async (start: bigint, dataOf: (queryId: bigint) => string) => {
    const calls: Call[] = ids.map((id) => ({ from: cast.author.address, to: escrow, data: dataOf(id) }));
    for (let i = 0; i < calls.length; i += BLOCK_SIZE) {
      await sendBlock(start + BigInt(i), calls.slice(i, i + BLOCK_SIZE));
    }
  };
  await inBlocks(at, () => question);
  await inBlocks(at + LIFE, (id) => abi.encodeFunctionData("settle", [id, []]));
  const settled = (await queryEscrow.queryFilter(queryEscrow.filters.QuerySettled())).length;
  if (settled !== to) throw new CredenceError("not every query was settled as told", { expected: to, actual: settled });
}

/** The supporter is the last answerer and the challenger the last judge of a query that the author asks at second `at`. */
async function measureQuery(stage: QueryStage, at: bigint): Promise<Record<string, bigint>> {
  const { answerers, judges, queryEscrow, sendBlock } = stage;
  const asked = await ask(stage, at);
  const queryId = await queryEscrow.queryCount();
  const writers = answerers.slice(0, LEAST - 1);
  const supporter = { who: "supporter", queryId } as const;
  await sendBlock(at + HOUR, joinings(stage, "joinAnswer", queryId, writers));
  const joinedAnswer = await join(stage, "joinAnswer", { ...supporter, at: at + HOUR + 1n });
  await sendBlock(at + 2n * HOUR, submissions(stage, queryId, writers));
  const submittedAnswer = await submitAnswer(stage, { ...supporter, at: at + 2n * HOUR + 1n });
  const { answeringEndsAt, openingEndsAt, judgingEndsAt } = await queryEscrow.query(queryId);
  await sendBlock(answeringEndsAt, openings(stage, queryId, writers));
  const openedAnswer = await openAnswer(stage, { ...supporter, at: answeringEndsAt + 1n });

  const votes = unanimousVotes(LEAST, JUDGES);
  const vote = voteAt(votes, 0);
  const voters = judges.slice(0, JUDGES - 1);
  const challenger = { who: "challenger", queryId } as const;
  await sendBlock(openingEndsAt, joinings(stage, "joinJudge", queryId, voters));
  const joinedJudge = await join(stage, "joinJudge", { ...challenger, at: openingEndsAt + 1n });
  await sendBlock(openingEndsAt + HOUR, votings(stage, queryId, voters, votes));
  const submittedVote = await submitVote(stage, { ...challenger, at: openingEndsAt + HOUR + 1n }, vote);
  await sendBlock(judgingEndsAt, unsealings(stage, queryId, voters, votes));
  const openedVote = await openVote(stage, { ...challenger, at: judgingEndsAt + 1n }, vote);
  return {
    ask: asked,
    joinAnswer: joinedAnswer,
    submitAnswer: submittedAnswer,
    openAnswer: openedAnswer,
    joinJudge: joinedJudge,
    submitVote: submittedVote,
    openVote: openedVote,
    "settle, 7 answers and 5 judges": await settle(stage, at + LIFE, queryId, Outcome.Normal),
    withdraw: await withdraw(stage, "supporter", at + LIFE + HOUR),
  };
}
