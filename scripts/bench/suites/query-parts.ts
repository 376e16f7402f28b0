import { MINUTE } from "../../../sdk/time.ts";
import { HOUR } from "../chain.ts";
import type { QueryTask } from "./query.ts";
import { joinings, openings, submissions, voteAt } from "./query-crowd.ts";
import { begin, playAnswers } from "./query-inquiry.ts";
import { LEAST, MOST, type QueryStage, setRanks } from "./query-stage.ts";
import { join, openAnswer, openVote, submitAnswer, submitVote } from "./query-steps.ts";
import { randomVotes } from "./query-votes.ts";
import { dismissRecorder, joinCouncil } from "./recorder.ts";
import { type Cast, USDC } from "./stage.ts";

const HIGHEST_RANK = 42;

/** More than the dearest stake, and little enough to be counted down. */
const FINITE = 100_000n * USDC;

/** What happens before something is measured. */
type Preparation = (stage: QueryStage, who: keyof Cast, at: bigint) => Promise<unknown>;

const unrecorded: Preparation = (stage, _, at) => dismissRecorder(stage, stage.queryEscrow, at);
const recorded: Preparation = (stage, who, at) => joinCouncil(stage, stage.cast[who], at);

/** Gas of all that the supporter does as the last answerer, and the challenger as the last judge, of a query from second `at` on. */
export async function measureParts(stage: QueryStage, at: bigint) {
  return {
    ...(await stage.aside(() => measureAnswerer(stage, at))),
    ...(await stage.aside(() => measureJudge(stage, at))),
    ...(await stage.aside(() => measureRanked(stage, at))),
  } satisfies Partial<Record<QueryTask, bigint>>;
}

async function measureAnswerer(stage: QueryStage, at: bigint) {
  const { answerers, aside, queryEscrow, sendBlock } = stage;
  const queryId = await begin(stage, at, { maxAnswers: MOST });
  const others = answerers.slice(1);
  const joiningAt = at + HOUR;
  const supporter = { who: "supporter", queryId } as const;
  const joinAsFirst = await aside(() => join(stage, "joinAnswer", { ...supporter, at: joiningAt }));
  await sendBlock(joiningAt, joinings(stage, "joinAnswer", queryId, others));
  const joinAsLast = await join(stage, "joinAnswer", { ...supporter, at: joiningAt + 1n });

  const submittingAt = at + 2n * HOUR;
  const submitAsFirst = await aside(() => submitAnswer(stage, { ...supporter, at: submittingAt }));
  await sendBlock(submittingAt, submissions(stage, queryId, others));
  const submitAsLast = await submitAnswer(stage, { ...supporter, at: submittingAt + 1n });

  const { answeringEndsAt } = await queryEscrow.query(queryId);
  let opened = 0;
  const openAs = async (place: number) => {
    const next = others.slice(opened, place - 1);
    if (next.length > 0) await sendBlock(answeringEndsAt + BigInt(place), openings(stage, queryId, next));
    opened += next.length;
    const open = () => openAnswer(stage, { ...supporter, at: answeringEndsAt + HOUR });
    const openAfter = (prepare: Preparation) =>
      aside(async () => {
        await prepare(stage, "supporter", answeringEndsAt + MINUTE);
        return open();
      });
    return { usual: await aside(open), unrecorded: await openAfter(unrecorded), recorded: await openAfter(recorded) };
  };
  const [first, seventh] = [await openAs(1), await openAs(LEAST)];
  return {
    "joinAnswer, first of a query": joinAsFirst,
    "joinAnswer, 32nd of a query": joinAsLast,
    submitAnswer: submitAsFirst,
    "submitAnswer, the last ends the window": submitAsLast,
    "openAnswer, first of a query": first.usual,
    "openAnswer, 7th": seventh.usual,
    "openAnswer, 7th, no recorder": seventh.unrecorded,
    "openAnswer, 7th, by somebody who has staked in the council": seventh.recorded,
    "openAnswer, 23rd": (await openAs(23)).usual,
    "openAnswer, 32nd": (await openAs(MOST)).usual,
  } satisfies Partial<Record<QueryTask, bigint>>;
}

async function measureJudge(stage: QueryStage, at: bigint) {
  const { aside, judges, queryEscrow, sendBlock } = stage;
  const challenger = { who: "challenger" } as const;
  const voteOn = (answers: number, prepare: Preparation = async () => undefined) =>
    aside(async () => {
      const vote = voteAt(randomVotes(answers, 1), 0);
      const queryId = await playAnswers(stage, at, { answers });
      const { openingEndsAt, judgingEndsAt } = await queryEscrow.query(queryId);
      const first = await join(stage, "joinJudge", { ...challenger, queryId, at: openingEndsAt });
      const submitted = await submitVote(stage, { ...challenger, queryId, at: openingEndsAt + HOUR }, vote);
      await prepare(stage, "challenger", judgingEndsAt - MINUTE);
      return { first, submitted, opened: await openVote(stage, { ...challenger, queryId, at: judgingEndsAt }, vote) };
    });
  const [on7, on23, on32] = [await voteOn(LEAST), await voteOn(23), await voteOn(MOST)];
  const [withoutRecorder, withRecord] = [await voteOn(LEAST, unrecorded), await voteOn(LEAST, recorded)];

  const queryId = await playAnswers(stage, at, { answers: LEAST });
  const { openingEndsAt } = await queryEscrow.query(queryId);
  await sendBlock(openingEndsAt, joinings(stage, "joinJudge", queryId, judges.slice(1)));
  return {
    "joinJudge, first of a query": on7.first,
    "joinJudge, 32nd of a query": await join(stage, "joinJudge", { ...challenger, queryId, at: openingEndsAt + 1n }),
    submitVote: on7.submitted,
    "openVote, on 7 answers": on7.opened,
    "openVote, on 7 answers, no recorder": withoutRecorder.opened,
    "openVote, on 7 answers, by somebody who has staked in the council": withRecord.opened,
    "openVote, on 23 answers": on23.opened,
    "openVote, on 32 answers": on32.opened,
  } satisfies Partial<Record<QueryTask, bigint>>;
}

/** Two people of the highest rank join a query that is for nobody else, and have allowed more than they stake. */
async function measureRanked(stage: QueryStage, at: bigint) {
  const { answerers, cast, queryEscrow, send, sendBlock, usdc } = stage;
  const writers = answerers.slice(0, 2);
  const all = [cast.supporter, cast.challenger, ...writers];
  await setRanks(stage, at, all, () => HIGHEST_RANK);
  for (const [index, actor] of [cast.supporter, cast.challenger].entries()) {
    await send(at + 1n + BigInt(index), () => usdc.connect(actor).approve(queryEscrow, FINITE));
  }
  const queryId = await begin(stage, at + HOUR, { minRank: HIGHEST_RANK });
  await sendBlock(at + 2n * HOUR, joinings(stage, "joinAnswer", queryId, writers));
  const answerer = await join(stage, "joinAnswer", { who: "supporter", queryId, at: at + 2n * HOUR + 1n });
  await sendBlock(at + 3n * HOUR, submissions(stage, queryId, writers));
  const { answeringEndsAt, openingEndsAt } = await queryEscrow.query(queryId);
  await sendBlock(answeringEndsAt, openings(stage, queryId, writers));
  return {
    "joinAnswer, of the highest rank, larger finite allowance": answerer,
    "joinJudge, of the highest rank, larger finite allowance": await join(stage, "joinJudge", {
      who: "challenger",
      queryId,
      at: openingEndsAt,
    }),
  } satisfies Partial<Record<QueryTask, bigint>>;
}
