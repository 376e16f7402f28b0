import { readFile } from "node:fs/promises";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { readParameters } from "../../ignition/deploy.ts";
import { timingOf } from "../../ignition/preflight.ts";
import { likelihoodOf, MAX_STRENGTH } from "../../sdk/query/likelihood.ts";
import { payoutsOf } from "../../sdk/query/settlement.ts";
import { solveStrengths } from "../../sdk/query/solver.ts";
import { stakesFor } from "../../sdk/query/stakes.ts";
import { MAX_WINDOW, MIN_WINDOW, WINDOWS } from "../../sdk/query/timing.ts";
import { EQUAL_WITHIN, weightsOf, winMatrixOf } from "../../sdk/query/weights.ts";
import { usdc, WAD } from "../fixtures/amounts.ts";
import { load } from "../fixtures/protocol.ts";
import {
  ask,
  atEndOf,
  type Ballot,
  type DollarQueries,
  joinAnswers,
  joinJudges,
  openAnswers,
  openEscrow,
  openVotes,
  PURSE,
  settle,
  submitAnswers,
  submitVotes,
} from "../fixtures/queries.ts";
import { tableAfter } from "./tables.ts";
import { inOneLine } from "./words.ts";

const page = await readFile(new URL("../../docs/query.md", import.meta.url), "utf8");

const whole = (text: string): bigint => BigInt(text.replaceAll(",", ""));

/** A query of rank 0 for seven answers, before anybody comes, in dollars of 6 decimals. */
const LONE = { ...stakesFor(0n, 7n, 6n), absentAnswerers: 0n };

/** The number that a sentence of the page has in the place of `(\d+)`. */
function numberIn(sentence: RegExp): bigint {
  const [, number] = sentence.exec(inOneLine(page)) ?? [];
  if (number === undefined) throw new RangeError(`the page does not say ${sentence}`);
  return BigInt(number);
}

/** A query in which all join and submit, and those who deliver open their answers; judging has begun. */
async function judgingOf(
  world: DollarQueries,
  joined: readonly HardhatEthersSigner[],
  delivering = joined,
): Promise<bigint> {
  const queryId = await ask(world);
  await joinAnswers(world, queryId, joined);
  await submitAnswers(world, queryId, joined);
  await atEndOf(world, queryId, "answering");
  await openAnswers(world, queryId, delivering);
  await atEndOf(world, queryId, "opening");
  return queryId;
}

describe("docs/query.md", () => {
  describe("its numbers", () => {
    const rows = tableAfter(page, "<!-- numbers:");

    it("list every window in order", () => {
      expect(rows.map(([window]) => window)).to.deep.equal(WINDOWS);
    });

    for (const network of ["local", "sepolia"]) {
      it(`give the windows deployed to ${network}`, async () => {
        const written = rows.map(([window = "", value = ""]) => [window, whole(value)]);
        expect(Object.fromEntries(written)).to.deep.equal(timingOf(await readParameters(network)));
      });
    }

    it("give the bounds", () => {
      const written = rows.map(([, , min = "", max = ""]) => [whole(min), whole(max)]);
      expect(written).to.deep.equal(WINDOWS.map(() => [MIN_WINDOW, MAX_WINDOW]));
    });
  });

  describe("its prose", () => {
    let world: DollarQueries;

    beforeEach(async () => {
      world = await load(openEscrow);
    });

    it("tells the highest rank that the contract accepts", async () => {
      const highest = numberIn(/Ranks are 0 to (\d+)\./);
      await expect(world.queryEscrow.stakesFor(highest + 1n, 7n))
        .to.be.revertedWithCustomError(world.queryEscrow, "RankOutOfRange")
        .withArgs(highest + 1n, highest);
    });

    it("tells the numbers of answers that the contract accepts", async () => {
      const [least, most] = [numberIn(/A query wants (\d+) to/), numberIn(/A query wants \d+ to (\d+) answers/)];
      await expect(world.queryEscrow.stakesFor(0n, most + 1n))
        .to.be.revertedWithCustomError(world.queryEscrow, "AnswersOutOfRange")
        .withArgs(most + 1n, least, most);
    });

    it("tells how many judges a query takes", async () => {
      const most = numberIn(/at most (\d+) judges/);
      const queryId = await judgingOf(world, world.answerers.slice(0, 2));
      const [late, ...judges] = world.judges.slice(0, Number(most) + 1);
      await joinJudges(world, queryId, judges);
      await expect(world.queryEscrow.connect(late).joinJudge(queryId))
        .to.be.revertedWithCustomError(world.queryEscrow, "JudgesFull")
        .withArgs(queryId, most);
    });

    /** How often a sentence stands in the page, in one line. */
    const times = (sentence: string) => inOneLine(page).split(sentence).length - 1;

    it("tells the tolerance that strengths are checked with", () => {
      const pair = [
        [0n, WAD],
        [WAD, 0n],
      ];
      const { tolerance } = likelihoodOf(pair, [1n, 1n]);
      const part = (2n * WAD * 2n ** 55n) / tolerance; // a pair of 2 in all
      expect(part).to.equal(10n ** numberIn(/<= 1e-(\d+) x N x \(n - 1\)/));
    });

    it("tells within what wins are equal", () => {
      const exponent = numberIn(/wins that differ by at most 1e-(\d+) are equal/);
      expect(EQUAL_WITHIN * 10n ** exponent).to.equal(WAD);
      expect(times(`within 1e-${exponent} of a weight`)).to.equal(2);
    });

    it("tells the highest strength", () => {
      expect(2n ** numberIn(/any scale, 1 to 2\^(\d+)/)).to.equal(MAX_STRENGTH);
    });

    it("tells the most decimals of an asset", () => {
      const most = numberIn(/at most (\d+) decimals/);
      expect(() => stakesFor(0n, 7n, most)).not.to.throw();
      expect(() => stakesFor(0n, 7n, most + 1n)).to.throw("DecimalsTooMany");
    });

    it("tells what one rank less weighs", () => {
      const [weight = 0n] = weightsOf([{ rank: 0n }, { rank: 1n }]);
      const [parts, of] = [
        numberIn(/one rank below weighs (\d+) \/ \d+/),
        numberIn(/one rank below weighs \d+ \/ (\d+)/),
      ];
      expect(weight).to.equal((WAD * parts) / of);
    });

    it("tells the stakes, here and in the README", async () => {
      const { submitStake, answerStake, judgeStake } = stakesFor(0n, 10n, 6n);
      const inTokens = (amount: bigint) => Number(amount) / 1e6;
      const [submit, answer, judge] = [submitStake, answerStake, judgeStake].map(inTokens) as [number, number, number];
      expect(times(`\`${submit / 10} x 1.1^r x m\``)).to.equal(1);
      expect(times(`\`${(answer * 10) / submit} x asker's stake / m = ${answer} x 1.1^r\``)).to.equal(1);
      expect(times(`\`${judge / submit} x asker's stake = ${judge / 10} x 1.1^r x m\``)).to.equal(1);
      const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
      const told = `${submit / 10} x 1.1^rank x answers of the asker; ${(answer * 10) / submit} of it / answers of an answerer; ${judge / submit} of it of a judge`;
      expect(readme).to.include(told);
    });

    it("tells what the asker's stake is divided into, here and in the README", async () => {
      const { asker } = payoutsOf({ ...LONE, openedAnswers: 1n, votes: [], absentJudges: 0n }, []);
      const kept = (asker * 100n) / LONE.submitStake;
      expect(times(`| one answer opened | ${kept} % | that one: stake, ${100n - kept} %, forfeited stakes |`)).to.equal(
        1,
      );
      const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
      expect(readme).to.match(
        new RegExp(`good answers .* share ${100n - kept} % .*\\ngood judges .* share ${kept} % `),
      );
    });

    it("tells what a lone judge stakes, and gains either way", () => {
      const gainWith = (goodAnswers: bigint) => {
        const votes = [{ rank: 0n, ranking: [0, 1, 2, 3, 4, 5, 6], goodAnswers }];
        const tally = { ...LONE, openedAnswers: 7n, votes, absentJudges: 0n };
        const [gets = 0n] = payoutsOf(tally, solveStrengths(winMatrixOf(votes, 7n))).judges;
        return Number(gets - LONE.judgeStake) / 1e6;
      };
      const stakes = Number(LONE.judgeStake) / 1e6;
      const told = `a lone judge, who stakes ${stakes}, gains ${gainWith(127n)} by calling them good and ${gainWith(0n)} by calling them bad`;
      expect(times(told)).to.equal(1);
    });

    it("tells how much stronger than another an answer can be", () => {
      const [strongest = 0n, ...others] = solveStrengths(
        Array.from({ length: 32 }, (_, i) => Array.from({ length: 32 }, (_, k) => (i < k ? 65n : 1n))),
      );
      const times = 2n ** numberIn(/the strongest 2\^(\d+) times as strong/);
      const ratio = strongest / (others.at(-1) ?? 1n);
      expect(ratio > times / 2n && ratio <= times, String(ratio)).to.equal(true);
    });
  });

  describe("its worked example", () => {
    const rows = tableAfter(page, "<!-- example:");
    let world: DollarQueries;
    let people: readonly HardhatEthersSigner[];

    before(async () => {
      world = await load(openEscrow);
      const answerers = world.answerers.slice(0, 4);
      const judges = world.judges.slice(0, 3);
      people = [world.asker, ...answerers, ...judges];
      const queryId = await judgingOf(world, answerers, answerers.slice(0, 3));
      const votes = [
        { ranking: [0, 1, 2], good: [0, 1] },
        { ranking: [0, 1, 2], good: [0, 1] },
        { ranking: [2, 1, 0], good: [2] },
      ];
      const ballots: Ballot[] = judges.map((judge, i) => ({ judge, ...(votes[i] ?? { ranking: [], good: [] }) }));
      await joinJudges(world, queryId, judges);
      await submitVotes(world, queryId, ballots);
      await atEndOf(world, queryId, "judging");
      await openVotes(world, queryId, ballots);
      await atEndOf(world, queryId, "revealing");
      await settle(world, queryId);
    });

    for (const [index, [who, , pays = "", gets = ""]] of rows.entries()) {
      it(`is what ${who} pays`, async () => {
        expect(PURSE - (await world.token.balanceOf(people[index] ?? ""))).to.equal(usdc(pays));
      });

      it(`is what ${who} gets`, async () => {
        expect(await world.queryEscrow.credited(people[index] ?? "")).to.equal(usdc(gets));
      });
    }
  });
});
