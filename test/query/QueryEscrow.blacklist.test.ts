import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import type { NetworkConnection } from "hardhat/types/network";
import { Phase } from "../../sdk/query/state.ts";
import { type BlacklistToken, BlacklistToken__factory } from "../../typechain-types/index.ts";
import { usdc } from "../fixtures/amounts.ts";
import { load } from "../fixtures/protocol.ts";
import {
  joinAnswers,
  openAnswer,
  openEscrowOn,
  type QueryWorld,
  settle,
  submitAnswers,
  viewAtEndOf,
} from "../fixtures/queries.ts";
import { attempt, PAYMENTS } from "../fixtures/query-payments.ts";
import { memberOf } from "../fixtures/query-play.ts";
import { booksOf, queryWith, type Turnout } from "../fixtures/query-stories.ts";

describe("QueryEscrow, on a token that shuts people out", () => {
  let world: QueryWorld<BlacklistToken>;

  const shutOut = async (account: { getAddress(): Promise<string> }, isShutOut = true) =>
    world.token.setBlacklisted(await account.getAddress(), isShutOut);
  const withdraw = (user: HardhatEthersSigner) => world.queryEscrow.connect(user).withdraw();
  const expectShutOut = (sent: Promise<unknown>, account: { getAddress(): Promise<string> }) =>
    expect(sent).to.be.revertedWithCustomError(world.token, "AccountBlacklisted").withArgs(account);

  beforeEach(async () => {
    world = await load(escrowOnBlacklist);
  });

  describe("when one who is shut out pays", () => {
    for (const { name, story, callerOf, send } of PAYMENTS) {
      it(`reverts when they ${name}`, async () => {
        await queryWith(world, story);
        await shutOut(callerOf(world));
        await expectShutOut(send(world), callerOf(world));
      });

      it(`leaves queries and books as they are when they try to ${name}`, async () => {
        await queryWith(world, story);
        const before = await stateOf(world);
        await shutOut(callerOf(world));
        await attempt(send(world));
        expect(await stateOf(world)).to.deep.equal(before);
      });

      it(`lets them ${name} once they are let in again`, async () => {
        await queryWith(world, story);
        await shutOut(callerOf(world));
        await attempt(send(world));
        await shutOut(callerOf(world), false);
        await expect(send(world)).not.to.be.revert(world.ethers);
      });
    }
  });

  describe("when one who is shut out has joined", () => {
    it("lets them submit their answer, which moves no tokens", async () => {
      const { queryId } = await queryWith(world, { until: Phase.Answering, idleAnswerers: 1 });
      const answerer = memberOf(world.answerers, 0);
      await shutOut(answerer);
      await submitAnswers(world, queryId, [answerer]);
      expect((await world.queryEscrow.query(queryId)).sealedAnswers).to.equal(1n);
    });

    it("lets them open it", async () => {
      const { queryId } = await queryWith(world, { until: Phase.Opening, answers: 1 });
      const answerer = memberOf(world.answerers, 0);
      await shutOut(answerer);
      await expect(openAnswer(world, queryId, answerer)).to.emit(world.queryEscrow, "AnswerOpened");
    });

    it("lets others join", async () => {
      const { queryId } = await queryWith(world, { until: Phase.Answering, idleAnswerers: 1 });
      await shutOut(memberOf(world.answerers, 0));
      await joinAnswers(world, queryId, world.answerers.slice(1, 3));
      expect((await world.queryEscrow.query(queryId)).answerers).to.equal(3n);
    });
  });

  /** Both judges agree, so they share three tenths of 35; without votes, answerers share seven tenths of it. */
  const judged: Turnout = { answers: 2, votes: [0, 1].map(() => ({ ranking: [1, 0], good: [0, 1] })) };
  const unjudged: Turnout = { answers: 2 };
  const TRAPPED: readonly {
    name: string;
    story: Turnout;
    trappedOf: () => HardhatEthersSigner;
    credit: bigint;
    otherOf: () => HardhatEthersSigner;
    otherCredit: bigint;
  }[] = [
    {
      name: "the asker",
      story: unjudged,
      trappedOf: () => world.asker,
      credit: usdc("10.5"),
      otherOf: () => memberOf(world.answerers, 0),
      otherCredit: usdc("15.75"),
    },
    {
      name: "an answerer",
      story: unjudged,
      trappedOf: () => memberOf(world.answerers, 0),
      credit: usdc("15.75"),
      otherOf: () => memberOf(world.answerers, 1),
      otherCredit: usdc("15.75"),
    },
    {
      name: "a judge",
      story: judged,
      trappedOf: () => memberOf(world.judges, 0),
      credit: usdc("7.35"),
      otherOf: () => memberOf(world.judges, 1),
      otherCredit: usdc("7.35"),
    },
  ];

  for (const { name, story, trappedOf, credit, otherOf, otherCredit } of TRAPPED) {
    describe(`when ${name} is shut out`, () => {
      let queryId: bigint;

      beforeEach(async () => {
        ({ queryId } = await queryWith(world, story));
        await shutOut(trappedOf());
      });

      it("emits Credited for them in the settlement", async () => {
        await expect(settle(world, queryId))
          .to.emit(world.queryEscrow, "Credited")
          .withArgs(queryId, trappedOf(), credit);
      });

      it("pays another out", async () => {
        await settle(world, queryId);
        await expect(withdraw(otherOf())).to.changeTokenBalances(
          world.ethers,
          world.token,
          [otherOf(), world.queryEscrow],
          [otherCredit, -otherCredit],
        );
      });

      it("reverts when they withdraw", async () => {
        await settle(world, queryId);
        await expectShutOut(withdraw(trappedOf()), trappedOf());
      });

      it("leaves their credit as it is when they try to", async () => {
        await settle(world, queryId);
        await attempt(withdraw(trappedOf()));
        expect(await world.queryEscrow.credited(trappedOf())).to.equal(credit);
      });

      it("pays them out once they are let in again, after the others", async () => {
        await settle(world, queryId);
        await withdraw(otherOf());
        await shutOut(trappedOf(), false);
        await expect(withdraw(trappedOf())).to.changeTokenBalances(
          world.ethers,
          world.token,
          [trappedOf(), world.queryEscrow],
          [credit, -credit],
        );
      });
    });
  }

  describe("when the escrow itself is shut out", () => {
    for (const { name, story, send } of PAYMENTS) {
      it(`reverts when people ${name}`, async () => {
        await queryWith(world, story);
        await shutOut(world.queryEscrow);
        await expectShutOut(send(world), world.queryEscrow);
      });
    }

    it("updates credits in a settlement", async () => {
      const { queryId } = await queryWith(world, unjudged);
      await shutOut(world.queryEscrow);
      await settle(world, queryId);
      expect(await world.queryEscrow.credited(world.asker)).to.equal(usdc("10.5"));
    });

    it("lets a query go on to its settlement", async () => {
      const { queryId } = await queryWith(world, { ...unjudged, until: Phase.Answering });
      await shutOut(world.queryEscrow);
      await viewAtEndOf(world, queryId, "opening");
      await expect(settle(world, queryId)).to.emit(world.queryEscrow, "QuerySettled");
    });
  });
});

/* SET-UP */

/** All that a refused payment could have changed. */
async function stateOf(world: QueryWorld<BlacklistToken>) {
  const { queryEscrow } = world;
  const [count, query, answers, judges, books] = [
    await queryEscrow.queryCount(),
    await queryEscrow.query(1n),
    await queryEscrow.answers(1n),
    await queryEscrow.judges(1n),
    await booksOf(world),
  ];
  return { count, query, answers, judges, books };
}

async function escrowOnBlacklist(connection: NetworkConnection): Promise<QueryWorld<BlacklistToken>> {
  const deployer = await connection.ethers.provider.getSigner(0);
  return openEscrowOn(connection, await new BlacklistToken__factory(deployer).deploy());
}
