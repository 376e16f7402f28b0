import { expect } from "chai";
import { Phase } from "../../sdk/query/state.ts";
import { usdc } from "../fixtures/amounts.ts";
import { load } from "../fixtures/protocol.ts";
import { type DollarQueries, openEscrow, STAKES, settle } from "../fixtures/queries.ts";
import { memberOf } from "../fixtures/query-play.ts";
import { booksOf, paidInto, queryWith } from "../fixtures/query-stories.ts";

/**
 * What a query leaves in which one of two answers was opened: three tenths of 35 to the asker; to the answerer the stake
 * of 3.5, the rest of the 35, and the stake of the other.
 */
const ASKER_CREDIT = usdc("10.5");
const ANSWERER_CREDIT = usdc("31.5");

describe("QueryEscrow.withdraw", () => {
  let world: DollarQueries;

  const withdraw = (by = world.asker) => world.queryEscrow.connect(by).withdraw();
  const answerer = () => memberOf(world.answerers, 0);
  const absentee = () => memberOf(world.answerers, 1);
  const expectZero = (by = world.asker) =>
    expect(withdraw(by)).to.be.revertedWithCustomError(world.queryEscrow, "CreditZero").withArgs(by);

  beforeEach(async () => {
    world = await load(openEscrow);
  });

  describe("when a query was settled", () => {
    beforeEach(async () => {
      const { queryId } = await queryWith(world, { answers: 1, unopenedAnswers: 1 });
      await settle(world, queryId);
    });

    for (const { name, callerOf, credit } of [
      { name: "asker", callerOf: () => world.asker, credit: ASKER_CREDIT },
      { name: "answerer", callerOf: answerer, credit: ANSWERER_CREDIT },
    ]) {
      it(`pays the ${name} what is credited to them`, async () => {
        await expect(withdraw(callerOf())).to.changeTokenBalances(
          world.ethers,
          world.token,
          [callerOf(), world.queryEscrow],
          [credit, -credit],
        );
      });

      it(`emits Withdrawn for the ${name}`, async () => {
        await expect(withdraw(callerOf())).to.emit(world.queryEscrow, "Withdrawn").withArgs(callerOf(), credit);
      });
    }

    it("returns what was paid", async () => {
      expect(await world.queryEscrow.connect(world.asker).withdraw.staticCall()).to.equal(ASKER_CREDIT);
    });

    it("updates the caller's credit to zero", async () => {
      await withdraw();
      expect(await world.queryEscrow.credited(world.asker)).to.equal(0n);
    });

    it("leaves others' credits as they are", async () => {
      await withdraw();
      expect(await world.queryEscrow.credited(answerer())).to.equal(ANSWERER_CREDIT);
    });

    it("updates the books by as much", async () => {
      await withdraw();
      expect(await booksOf(world)).to.deep.equal({ balance: ANSWERER_CREDIT, stakes: 0n, credits: ANSWERER_CREDIT });
    });

    it("leaves nothing in the escrow when all have withdrawn", async () => {
      await withdraw();
      await withdraw(answerer());
      expect(await booksOf(world)).to.deep.equal({ balance: 0n, stakes: 0n, credits: 0n });
    });

    it("leaves the stakes of a running query alone", async () => {
      const { queryId } = await queryWith(world, { until: Phase.Answering, answers: 3 });
      await withdraw();
      await withdraw(answerer());
      const stakes = await paidInto(world, queryId);
      expect(await booksOf(world)).to.deep.equal({ balance: stakes, stakes, credits: 0n });
    });

    it("reverts when the caller has withdrawn before", async () => {
      await withdraw();
      await expectZero();
    });

    it("pays the same when someone has sent tokens unasked", async () => {
      await world.token.connect(world.outsider).transfer(world.queryEscrow, usdc(1_000));
      await expect(withdraw()).to.changeTokenBalance(world.ethers, world.token, world.asker, ASKER_CREDIT);
    });

    it("pays the credits of two queries at once", async () => {
      const { queryId } = await queryWith(world);
      await settle(world, queryId);
      const credit = ASKER_CREDIT + STAKES.submitStake;
      await expect(withdraw()).to.changeTokenBalance(world.ethers, world.token, world.asker, credit);
    });

    it("pays what was credited since the last time", async () => {
      await withdraw();
      const { queryId } = await queryWith(world);
      await settle(world, queryId);
      await expect(withdraw()).to.changeTokenBalance(world.ethers, world.token, world.asker, STAKES.submitStake);
    });

    it("reverts for one who delivered nothing", async () => {
      await expectZero(absentee());
    });

    it("reverts for one who had no part in it", async () => {
      await expectZero(world.outsider);
    });
  });

  describe("when nothing is settled", () => {
    it("reverts when the caller's query is answering", async () => {
      await queryWith(world, { until: Phase.Answering });
      await expectZero();
    });

    it("reverts when the caller's query could be settled", async () => {
      await queryWith(world);
      await expectZero();
    });

    it("reverts when tokens were sent unasked", async () => {
      await world.token.connect(world.asker).transfer(world.queryEscrow, usdc(1));
      await expectZero();
    });
  });
});
