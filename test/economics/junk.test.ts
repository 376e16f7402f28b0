import { expect } from "chai";
import { sum } from "../../sdk/math.ts";
import { Outcome } from "../../sdk/query/state.ts";
import { usdc } from "../fixtures/amounts.ts";
import { load } from "../fixtures/protocol.ts";
import { ask, type DollarQueries, indices, joinAnswers, joinJudges, openEscrow, settle } from "../fixtures/queries.ts";
import { ID, memberOf, play, times, type Verdict, vote } from "../fixtures/query-play.ts";
import { creditsOf, playAndSettle } from "../fixtures/query-settlements.ts";
import { queryWith } from "../fixtures/query-stories.ts";

describe("Junk in a query", () => {
  let world: DollarQueries;

  beforeEach(async () => {
    world = await load(openEscrow);
  });

  describe("answers in all places", () => {
    for (const [places, capital] of [
      [7, "24.5"],
      [32, "112"],
    ] as const) {
      it(`brings 24.5 for one worthless answer to the owner of all ${places}, who lays out ${capital}`, async () => {
        const answers = [...times(1, "opened"), ...times(places - 1, "submitted")];
        await playAndSettle(world, { maxAnswers: BigInt(places), answers });
        const { asker, answerers } = await creditsOf(world);
        const laidOut = BigInt(places) * usdc("3.5");
        expect([sum(answerers) - laidOut, laidOut, asker]).to.deep.equal([
          usdc("24.5"),
          usdc(capital),
          usdc(35) - usdc("24.5"),
        ]);
      });
    }

    it("shuts everybody else out of 32 places", async () => {
      const queryId = await ask(world);
      await joinAnswers(world, queryId, world.answerers.slice(0, 32));
      await expect(world.queryEscrow.connect(memberOf(world.answerers, 32)).joinAnswer(queryId))
        .to.be.revertedWithCustomError(world.queryEscrow, "AnswerersFull")
        .withArgs(queryId, 32n);
    });

    it("ends at the rank that the asker wants: accounts of rank 0 are refused where it is 1", async () => {
      const queryId = await ask(world, { minRank: 1n });
      await expect(world.queryEscrow.connect(memberOf(world.answerers, 0)).joinAnswer(queryId))
        .to.be.revertedWithCustomError(world.queryEscrow, "RankTooLow")
        .withArgs(world.answerers[0], 0n, 1n);
    });
  });

  describe("a copy of an answer by a second account", () => {
    /** Judges who call all answers good, and rank the copies beside each other either way. */
    const share = async (copies: number) => {
      const all = indices(1 + copies);
      await playAndSettle(world, {
        answers: times(1 + copies, "opened"),
        verdicts: [vote(all), vote([...all].reverse())],
      });
      const { answerers } = await creditsOf(world);
      return sum(answerers.slice(1)) - BigInt(copies) * usdc("3.5");
    };

    it("brings 12.25 of 24.5 without", async () => {
      expect(await share(1)).to.equal(usdc("12.25"));
    });

    it("brings 16.333332 of 24.5 with it, where judges call it good", async () => {
      expect(await share(2)).to.equal(usdc("16.333332"));
    });
  });

  describe("judges in all places", () => {
    const HONEST: Verdict = vote([0, 1, 2]);
    const ALL_BAD: Verdict = vote([2, 1, 0], []);

    const junk = (count: number): Verdict[] => Array.from({ length: count }, () => ALL_BAD);

    it("takes 21 from an asker and three answerers, who lays out 67.2 for 32", async () => {
      await playAndSettle(world, { answers: times(3, "opened"), verdicts: junk(32) });
      const { asker, answerers, judges } = await creditsOf(world);
      const laidOut = 32n * usdc("2.1");
      expect([laidOut, sum(judges) - laidOut, asker, sum(answerers)]).to.deep.equal([
        usdc("67.2"),
        usdc(21),
        usdc("24.5"),
        0n,
      ]);
    });

    it("shuts everybody else out of 32 places", async () => {
      const { queryId } = await queryWith(world, { answers: 2, until: 2n });
      await joinJudges(world, queryId, world.judges.slice(0, 32));
      await expect(world.queryEscrow.connect(memberOf(world.judges, 32)).joinJudge(queryId))
        .to.be.revertedWithCustomError(world.queryEscrow, "JudgesFull")
        .withArgs(queryId, 32n);
    });

    it("brings 0 to 31 of rank 0 against one judge of rank 42, who outweighs them and takes 10.5", async () => {
      await play(world, { answers: times(3, "opened"), verdicts: [{ ...HONEST, rank: 42n }, ...junk(31)] });
      await settle(world, ID);
      const { judges } = await creditsOf(world);
      const [honest = 0n, ...others] = judges;
      expect((await world.queryEscrow.outcome(ID)).result).to.equal(Outcome.Normal);
      expect([honest - usdc("2.1"), sum(others) - 31n * usdc("2.1")]).to.deep.equal([usdc("10.5"), 0n]);
    });
  });
});
