import { setOf } from "../../../sdk/query/sets.ts";
import { MIN_ANSWERS, type Stakes, stakesFor } from "../../../sdk/query/stakes.ts";
import { sumOf } from "../checks.ts";
import type { Skater, Skating } from "./skating.ts";

/** How far somebody gets: they join, they also submit something sealed, it is also opened. */
export type Reach = "joined" | "sealed" | "opened";

/** Somebody who joins. */
export interface PlannedPart {
  /** Index of the person. */
  readonly person: number;
  readonly reach: Reach;
}

/** Somebody who joins as a judge, and the vote that they seal if they get that far. */
export interface PlannedVote extends PlannedPart {
  /** The judge's rank when they join. */
  readonly rank: bigint;
  /** Indices of the opened answers, the best first. */
  readonly ranking: readonly number[];
  /** The answers that are good, bit i for index i. */
  readonly goodAnswers: bigint;
}

/** A query that somebody asks. */
export interface PlannedQuery {
  readonly title: string;
  /** Index of the person who asks. */
  readonly asker: number;
  readonly minRank: bigint;
  readonly minAnswers: bigint;
  readonly maxAnswers: bigint;
  /** What the registrar sets before it is asked. Nobody has a rank before the first time. */
  readonly ranks: readonly (readonly [person: number, rank: bigint])[];
  /** Those who join as answerers, in the order of joining, submitting and opening. */
  readonly answers: readonly PlannedPart[];
  readonly votes: readonly PlannedVote[];
}

/** Who asks, answers and judges what. */
export interface Plan {
  /** Names: who asks, the skaters and the judges. */
  readonly people: readonly string[];
  /** The free skate, and a small query for each other outcome. */
  readonly queries: readonly PlannedQuery[];
}

const ASKER = 0;
const USDC_DECIMALS = 6n;

/** How many skaters are in the upper half of a ranking: those whom a judge calls good. */
export function upperHalf({ skaters }: Skating): number {
  return Math.floor(skaters.length / 2);
}

/** Plans the queries: pure, and the same for the same rankings. */
export function planQueries(skating: Skating): Plan {
  const { skaters, judges } = skating;
  const field = [...skaters.keys()];
  const [first, last] = [field.slice(0, 4), field.slice(-5)];
  return {
    people: ["asker", ...skaters.map(({ name }) => name), ...judges],
    queries: [
      {
        ...queryFor(
          skating,
          field.map((skater) => [skater, "opened"]),
          judges.map(() => ["opened", 0n]),
        ),
        title: "Who skated best?",
        minAnswers: BigInt(skaters.length),
        maxAnswers: BigInt(skaters.length),
      },
      { ...queryFor(skating, withReaches(first, ["sealed", "joined"]), []), title: "Nobody opens an answer" },
      { ...queryFor(skating, withReaches(first, ["opened", "sealed", "joined"]), []), title: "One opens an answer" },
      {
        ...queryFor(skating, withReaches(first, ["opened", "opened", "opened", "joined"]), [
          ["sealed", 0n],
          ["joined", 0n],
        ]),
        title: "Nobody opens a vote",
      },
      withRanks(
        {
          ...queryFor(skating, withReaches(last, ["sealed", "opened", "opened", "opened", "opened"]), [
            ["opened", 3n],
            ["opened", 2n],
            ["opened", 0n],
            ["opened", 3n],
            ["joined", 3n],
          ]),
          title: "The last of the field answer",
        },
        2n,
      ),
    ],
  };
}

/** A query that asks for as little as there can be; by how far each skater, and each judge and with what rank, gets. */
function queryFor(
  skating: Skating,
  skaters: readonly (readonly [skater: number, reach: Reach])[],
  judges: readonly (readonly [reach: Reach, rank: bigint])[],
): Omit<PlannedQuery, "title"> {
  const opened = skaters.filter(([, reach]) => reach === "opened").map(([skater]) => skater);
  return {
    asker: ASKER,
    minRank: 0n,
    minAnswers: MIN_ANSWERS,
    maxAnswers: MIN_ANSWERS,
    ranks: [],
    answers: skaters.map(([skater, reach]) => ({ person: 1 + skater, reach })),
    votes: judges.map(([reach, rank], judge) => {
      return { person: 1 + skating.skaters.length + judge, reach, rank, ...voteOf(skating, judge, opened) };
    }),
  };
}

function withReaches(skaters: readonly number[], reaches: readonly Reach[]): [number, Reach][] {
  return reaches.map((reach, index) => [skaters[index] as number, reach]);
}

/** The same for answerers of a rank, which the registrar gives them, as it gives the judges theirs. */
function withRanks(query: PlannedQuery, minRank: bigint): PlannedQuery {
  const ranks = [
    ...query.answers.map(({ person }) => [person, minRank] as const),
    ...query.votes.map(({ person, rank }) => [person, rank] as const),
  ];
  return { ...query, minRank, ranks };
}

/** The stakes of a query, in USDC units. */
export function stakesOf({ minRank, minAnswers }: PlannedQuery): Stakes {
  return stakesFor(minRank, minAnswers, USDC_DECIMALS);
}

/** What each person stakes in all queries together, in USDC units. */
export function budgetsOf({ people, queries }: Plan): bigint[] {
  return people.map((_, person) => sumOf(queries, (query) => stakedBy(person, query)));
}

function stakedBy(person: number, query: PlannedQuery): bigint {
  const { submitStake, answerStake, judgeStake } = stakesOf(query);
  if (query.asker === person) return submitStake;
  if (query.answers.some((answer) => answer.person === person)) return answerStake;
  return query.votes.some((vote) => vote.person === person) ? judgeStake : 0n;
}

/** What a judge says of some of the skaters: their order in the judge's ranking, and who is in its upper half. */
function voteOf(
  skating: Skating,
  judge: number,
  chosen: readonly number[],
): Pick<PlannedVote, "ranking" | "goodAnswers"> {
  const places = chosen.map((skater) => (skating.skaters[skater] as Skater).places[judge] as number);
  const ranking = [...places.keys()].sort((a, b) => (places[a] as number) - (places[b] as number));
  const good = ranking.filter((index) => (places[index] as number) <= upperHalf(skating));
  return { ranking, goodAnswers: setOf(good) };
}
