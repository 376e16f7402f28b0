import { expect } from "chai";
import { sum } from "../../sdk/math.ts";
import { doVotesDecide, type Payouts, payoutsOf, type Tally } from "../../sdk/query/settlement.ts";
import { solveStrengths } from "../../sdk/query/solver.ts";
import { Outcome } from "../../sdk/query/state.ts";
import { winMatrixOf } from "../../sdk/query/weights.ts";
import { act, usdc, WAD } from "../fixtures/amounts.ts";
import { type Ballot, expectQueryRevert, STAKES, voteOf } from "./query-fixtures.ts";

/** What happened, and what each is paid, in dollars and with the receivers of nothing. */
interface Example {
  readonly answers: bigint;
  readonly absentAnswerers?: bigint;
  readonly ballots?: readonly Ballot[];
  readonly absentJudges?: bigint;
  readonly strengths?: readonly bigint[];
  readonly outcome: Outcome;
  readonly asker: string;
  readonly answerers: readonly string[];
  readonly judges: readonly string[];
  readonly goodAnswers: bigint;
  readonly goodJudges: bigint;
}

const tallyOf = ({ answers, absentAnswerers = 0n, ballots = [], absentJudges = 0n }: Partial<Example>): Tally => ({
  ...STAKES,
  openedAnswers: answers ?? 0n,
  absentAnswerers,
  votes: ballots.map(voteOf),
  absentJudges,
});

const totalOf = ({ asker, answerers, judges }: Payouts) => asker + sum(answerers) + sum(judges);

const stakesOf = ({ submitStake, answerStake, judgeStake, ...tally }: Tally) =>
  submitStake +
  answerStake * (tally.openedAnswers + tally.absentAnswerers) +
  judgeStake * (BigInt(tally.votes.length) + tally.absentJudges);

/** Two judges rank answer 0 above answer 1, the last does not: wins 2.5 to 1.5, so strengths 5 to 3. */
const TWO_TO_ONE: readonly Ballot[] = [
  { ranking: [0, 1], good: [0, 1] },
  { ranking: [0, 1], good: [0] },
  { ranking: [1, 0], good: [1] },
];
const FIVE_TO_THREE = [5n, 3n];

const calling = (...good: number[]) => TWO_TO_ONE.map((ballot) => ({ ...ballot, good }));

const EXAMPLES: Record<string, Example> = {
  "nobody answers": {
    answers: 0n,
    outcome: Outcome.Cancelled,
    asker: "35",
    answerers: [],
    judges: [],
    goodAnswers: 0n,
    goodJudges: 0n,
  },
  // 35 + 2 * 3.5
  "two join and deliver nothing": {
    answers: 0n,
    absentAnswerers: 2n,
    outcome: Outcome.Cancelled,
    asker: "42",
    answerers: [],
    judges: [],
    goodAnswers: 0n,
    goodJudges: 0n,
  },
  // 3.5 + 24.5
  "one answers": {
    answers: 1n,
    outcome: Outcome.SingleAnswer,
    asker: "10.5",
    answerers: ["28"],
    judges: [],
    goodAnswers: 0b1n,
    goodJudges: 0n,
  },
  // 3.5 + 24.5 + 3 * 3.5
  "one of four answers": {
    answers: 1n,
    absentAnswerers: 3n,
    outcome: Outcome.SingleAnswer,
    asker: "10.5",
    answerers: ["38.5"],
    judges: [],
    goodAnswers: 0b1n,
    goodJudges: 0n,
  },
  // 3.5 + (24.5 + 3.5 + 2 * 2.1) / 2
  "two of three answer and neither of two judges votes": {
    answers: 2n,
    absentAnswerers: 1n,
    absentJudges: 2n,
    outcome: Outcome.NoVotes,
    asker: "10.5",
    answerers: ["19.6", "19.6"],
    judges: [],
    goodAnswers: 0b11n,
    goodJudges: 0n,
  },
  // 3.5 + 24.5 / 3 = 11.66666.., two units over
  "three answer and nobody judges": {
    answers: 3n,
    outcome: Outcome.NoVotes,
    asker: "10.5",
    answerers: ["11.666668", "11.666666", "11.666666"],
    judges: [],
    goodAnswers: 0b111n,
    goodJudges: 0n,
  },
  // 2.1 + (10.5 + 2.1 of the last judge + 2 * 3.5) / 2
  "both answers are bad": {
    answers: 2n,
    ballots: calling(),
    strengths: FIVE_TO_THREE,
    outcome: Outcome.AllBad,
    asker: "24.5",
    answerers: ["0", "0"],
    judges: ["11.9", "11.9", "0"],
    goodAnswers: 0n,
    goodJudges: 0b011n,
  },
  // 2.1 + (10.5 + 2 * 2.1 + 3 * 3.5) / 2
  "both answers are bad, and a third answerer and a fourth judge deliver nothing": {
    answers: 2n,
    absentAnswerers: 1n,
    ballots: calling(),
    absentJudges: 1n,
    strengths: FIVE_TO_THREE,
    outcome: Outcome.AllBad,
    asker: "24.5",
    answerers: ["0", "0"],
    judges: ["14.7", "14.7", "0"],
    goodAnswers: 0n,
    goodJudges: 0b011n,
  },
  // 3.5 + 24.5 * 5/8 and 3/8; 2.1 + (10.5 + 2.1) / 2
  "both answers are good": {
    answers: 2n,
    ballots: TWO_TO_ONE,
    strengths: FIVE_TO_THREE,
    outcome: Outcome.Normal,
    asker: "0",
    answerers: ["18.8125", "12.6875"],
    judges: ["8.4", "8.4", "0"],
    goodAnswers: 0b11n,
    goodJudges: 0b011n,
  },
  // 3.5 + 24.5 + 3.5
  "the weaker answer alone is good": {
    answers: 2n,
    ballots: calling(1),
    strengths: FIVE_TO_THREE,
    outcome: Outcome.Normal,
    asker: "0",
    answerers: ["0", "31.5"],
    judges: ["8.4", "8.4", "0"],
    goodAnswers: 0b10n,
    goodJudges: 0b011n,
  },
  // 3.5 + (24.5 + 2 * 3.5) * 5/8 and 3/8; 2.1 + (10.5 + 2.1 + 3 * 2.1) / 2
  "both answers are good, and others deliver nothing": {
    answers: 2n,
    absentAnswerers: 2n,
    ballots: TWO_TO_ONE,
    absentJudges: 3n,
    strengths: FIVE_TO_THREE,
    outcome: Outcome.Normal,
    asker: "0",
    answerers: ["23.1875", "15.3125"],
    judges: ["11.55", "11.55", "0"],
    goodAnswers: 0b11n,
    goodJudges: 0b011n,
  },
  // all three answers tie: everybody is half as close, and so good; (24.5 / 3, two units over); 10.5 / 3
  "all answers tie": {
    answers: 3n,
    ballots: [
      { ranking: [0, 1, 2], good: [0, 1, 2] },
      { ranking: [1, 2, 0], good: [0, 1, 2] },
      { ranking: [2, 0, 1], good: [0, 1, 2] },
    ],
    strengths: [1n, 1n, 1n],
    outcome: Outcome.Normal,
    asker: "0",
    answerers: ["11.666668", "11.666666", "11.666666"],
    judges: ["5.6", "5.6", "5.6"],
    goodAnswers: 0b111n,
    goodJudges: 0b111n,
  },
  // judges of rank 0 weigh 10/21 each, 20/21 together: the judge of rank 1 decides, the others tie at the cut with
  // nothing; wins of 1.5 and 20/21 + 0.5 are 63 to 61, so 3.5 + 24.5 * 63/124 = 15.9475806..
  "one judge of rank 1 outweighs two of rank 0": {
    answers: 2n,
    ballots: [
      { ranking: [0, 1], good: [0, 1] },
      { ranking: [0, 1], good: [0, 1] },
      { ranking: [1, 0], good: [0, 1], rank: 1n },
    ],
    strengths: [61n, 63n],
    outcome: Outcome.Normal,
    asker: "0",
    answerers: ["15.552419", "15.947581"],
    judges: ["2.1", "2.1", "12.6"],
    goodAnswers: 0b11n,
    goodJudges: 0b111n,
  },
};

describe("query settlement", () => {
  for (const [what, example] of Object.entries(EXAMPLES)) {
    describe(`when ${what}`, () => {
      const { strengths = [], outcome, asker, answerers, judges, goodAnswers, goodJudges } = example;
      const payouts = () => payoutsOf(tallyOf(example), strengths);

      it("pays as worked out by hand", () => {
        expect(payouts()).to.deep.equal({
          outcome,
          asker: usdc(asker),
          answerers: answerers.map(usdc),
          judges: judges.map(usdc),
          goodAnswers,
          goodJudges,
        });
      });

      it("pays all that was paid in", () => {
        expect(totalOf(payouts())).to.equal(stakesOf(tallyOf(example)));
      });
    });
  }

  // the other judge weighs a 56th: the order is that of the judge of rank 42; of 36 pairs, the other has 27 the other
  // way: closeness 1/4, weight 1/8;
  // 10.5 * 8/9 = 9.33333.., 10.5 / 9 = 1.16666..
  it("shares 30 % by closeness to the power of 1.5", () => {
    const ballots = [
      { ranking: [0, 1, 2, 3, 4, 5, 6, 7, 8], good: [0], rank: 42n },
      { ranking: [8, 7, 6, 5, 1, 0, 2, 3, 4], good: [0] },
    ];
    const tally = tallyOf({ answers: 9n, ballots });
    const strengths = solveStrengths(winMatrixOf(tally.votes, 9n));
    expect(payoutsOf(tally, strengths).judges).to.deep.equal([usdc("11.433334"), usdc("3.266666")]);
  });

  // the second is brought as stronger by a part in 1e10, which is accepted: 49 * 2.5e-11 more for it, by that alone
  it("shares alike among answers that are tied, whatever strengths are brought", () => {
    const ballots = [TWO_TO_ONE[0], TWO_TO_ONE[2]].flatMap((ballot) => (ballot ? [{ ...ballot, good: [0, 1] }] : []));
    const tally = { ...tallyOf({ answers: 2n, ballots }), submitStake: act(70), answerStake: 0n };
    expect(payoutsOf(tally, [10n ** 10n, 10n ** 10n + 1n]).answerers).to.deep.equal([act("24.5"), act("24.5")]);
  });

  // of 11 units, 70 % are 7.7 and 30 % are 3.3
  it("rounds 70 % of the asker's stake down where nobody judges", () => {
    const tally = { ...tallyOf({ answers: 1n }), submitStake: 11n, answerStake: 0n };
    expect(payoutsOf(tally, [])).to.deep.include({ asker: 4n, answerers: [7n] });
  });

  it("rounds 70 % of the asker's stake down where all answers are bad", () => {
    const tally = {
      ...tallyOf({ answers: 2n, ballots: calling() }),
      submitStake: 11n,
      answerStake: 0n,
      judgeStake: 0n,
    };
    expect(payoutsOf(tally, FIVE_TO_THREE)).to.deep.include({ asker: 7n, judges: [2n, 2n, 0n] });
  });

  for (const [openedAnswers, openedVotes, decide] of [
    [1n, 1n, false],
    [2n, 0n, false],
    [2n, 1n, true],
  ] as const) {
    it(`${decide ? "wants" : "wants no"} strengths with ${openedAnswers} answers and ${openedVotes} votes`, () => {
      expect(doVotesDecide(openedAnswers, openedVotes)).to.equal(decide);
    });
  }

  it("reverts when strengths are brought and nobody voted", () => {
    expectQueryRevert(() => payoutsOf(tallyOf({ answers: 2n }), [1n, 1n]), "StrengthsLengthMismatch", [2n, 0n]);
  });

  for (const strengths of [[], [5n], [5n, 3n, 1n]]) {
    it(`reverts when ${strengths.length} strengths are brought for two answers`, () => {
      const settle = () => payoutsOf(tallyOf({ answers: 2n, ballots: TWO_TO_ONE }), strengths);
      expectQueryRevert(settle, "StrengthsLengthMismatch", [BigInt(strengths.length), 2n]);
    });
  }

  // pairs weigh 4: of 2.5 wins, half of 4 are foretold
  it("reverts when the votes do not bear the strengths out, though all answers are bad", () => {
    const settle = () => payoutsOf(tallyOf({ answers: 2n, ballots: calling() }), [1n, 1n]);
    const tolerance = (4n * WAD * 2n ** 55n) / 10n ** 9n;
    expectQueryRevert(settle, "StrengthsRejected", [0n, (WAD / 2n) * 2n ** 55n, tolerance]);
  });
});
