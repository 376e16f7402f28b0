import { setOf } from "../sdk/query/sets.ts";
import { payoutsOf } from "../sdk/query/settlement.ts";
import { solveStrengths } from "../sdk/query/solver.ts";
import { Outcome } from "../sdk/query/state.ts";
import { winMatrixOf } from "../sdk/query/weights.ts";
import { DAY } from "../test/fixtures/amounts.ts";
import { sharedChain } from "../test/fixtures/protocol.ts";
import {
  ask,
  endOf,
  endow,
  joinAnswers,
  joinJudges,
  openAnswers,
  openVotes,
  type QueryWorld,
  submitAnswers,
  submitVotes,
} from "../test/fixtures/queries.ts";
import { commitVoice } from "../test/fixtures/stake.ts";
import { type CrowdWorld, entryOf, laterVoices, settledTwice, travelTo } from "../test/keeper/crowd.ts";
import { beginStory, type Chronicle, creditTo, openingOf, STORY_FIGURES, storyToTell } from "./story.ts";

/** More than a week in which people do something while a keeper runs. */
export interface Week {
  readonly world: CrowdWorld;
  readonly proposalId: bigint;
  /** Who asked and answered the query that is judged, and who judges it. */
  readonly inquiry: QueryWorld;
  readonly queryId: bigint;
}

/** How three judges rank three answers, and which they think good: the first wins, and the third is bad. */
const RANKINGS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
];
const GOOD = [0, 1];

/** `beginStory` with another query, to which three answers are sealed. */
export async function beginWeek(world: CrowdWorld): Promise<Week> {
  const [asker, ...others] = world.people.slice(-1 - 2 * RANKINGS.length);
  if (asker === undefined) throw new RangeError("the crowd is too small");
  const answerers = others.slice(0, RANKINGS.length);
  const inquiry = { ...world, registrar: world.outsider, asker, answerers, judges: others.slice(RANKINGS.length) };
  let queryId = 0n;
  const proposalId = await beginStory(world, async () => {
    for (const user of [asker, ...others]) await endow(inquiry, user);
    queryId = await ask(inquiry);
    await joinAnswers(inquiry, queryId, answerers);
    await submitAnswers(inquiry, queryId, answerers);
  });
  return { world, proposalId, inquiry, queryId };
}

/**
 * What happens after that, in chapters: after each there is something for a keeper to do, and before the first as well.
 *
 * @param entrust Hands a line about a belief to the keeper.
 */
export function chaptersOf(week: Week, entrust: (line: string) => Promise<void>): (() => Promise<void>)[] {
  const { world, inquiry, queryId, proposalId } = week;
  const ballots = inquiry.judges.map((judge, place) => ({ judge, ranking: RANKINGS[place] ?? [], good: GOOD }));
  return [
    async () => {
      for (const voice of laterVoices(world)) {
        await commitVoice(world, voice);
        await entrust(entryOf(voice));
      }
      // Later than the end of the epoch, and earlier than that of the time for opening.
      await travelTo(world, await endOf(inquiry, queryId, "answering"));
    },
    async () => {
      await openAnswers(inquiry, queryId, inquiry.answerers);
      await travelTo(world, await endOf(inquiry, queryId, "opening"));
      await joinJudges(inquiry, queryId, inquiry.judges);
      await submitVotes(inquiry, queryId, ballots);
      await travelTo(world, await endOf(inquiry, queryId, "judging"));
    },
    async () => {
      await openVotes(inquiry, queryId, ballots);
      await travelTo(world, (await world.councilGovernor.proposalDeadline(proposalId)) + DAY);
    },
    async () => travelTo(world, await world.councilGovernor.proposalEta(proposalId)),
  ];
}

/** What is to come of it, each once: `storyToTell`, the beliefs that the keeper opened, and the ranking of the judges. */
export async function weekToTell({ world, proposalId, inquiry, queryId }: Week, keeper: string): Promise<Chronicle> {
  const story = await storyToTell(world, proposalId);
  const { submitStake, answerStake, judgeStake } = await inquiry.queryEscrow.query(queryId);
  const votes = RANKINGS.map((ranking) => ({ rank: 0n, ranking, goodAnswers: setOf(GOOD) }));
  const openedAnswers = BigInt(inquiry.answerers.length);
  const tally = { submitStake, answerStake, judgeStake, openedAnswers, votes, absentAnswerers: 0n, absentJudges: 0n };
  const payouts = payoutsOf(tally, solveStrengths(winMatrixOf(votes, openedAnswers)));
  const credits = [...payouts.answerers, ...payouts.judges].flatMap((amount, place) => {
    const account = [...inquiry.answerers, ...inquiry.judges][place]?.address ?? "";
    return amount === 0n ? [] : [creditTo(queryId, account, amount)];
  });
  return {
    ...story,
    epochs: await sharedChain().then(settledTwice),
    opened: laterVoices(world)
      .map(({ user, belief, meta }) => openingOf(user.address, belief, meta, keeper))
      .sort(),
    settledQueries: [...story.settledQueries, [queryId, Outcome.Normal, payouts.goodAnswers, payouts.goodJudges]],
    credits: [...story.credits, ...credits].sort(),
  };
}

/** What each job counts of it where a keeper does all of it. */
export const WEEK_FIGURES = {
  ...STORY_FIGURES,
  // Three epochs, with two transactions each, and three beliefs.
  epochs: { due: 6, done: 6, mined: 9 },
  queries: { due: 2, done: 2, mined: 2 },
};
