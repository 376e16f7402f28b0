import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import { signPermit } from "../../sdk/permit.ts";
import { type BlacklistToken, BlacklistToken__factory } from "../../typechain-types/index.ts";
import { DAY, HOUR, TIMING } from "../fixtures/amounts.ts";
import { describePermitChecks, type PermitArgs } from "../fixtures/permit-checks.ts";
import { load, now } from "../fixtures/protocol.ts";
import {
  type DollarQueries,
  openEscrow,
  openEscrowOn,
  QUESTION,
  type QueryWorld,
  type Question,
  STAKES,
  USUAL,
} from "../fixtures/queries.ts";
import { nameOf, QUESTION_REFUSALS, WINDOW_REFUSALS } from "../fixtures/query-checks.ts";

describe("QueryEscrow.askWithPermit", () => {
  describePermitChecks({
    spender: ({ queryEscrow }) => queryEscrow,
    send: ({ queryEscrow }, user, _amount, permit) =>
      queryEscrow.connect(user).askWithPermit(QUESTION.contentHash, QUESTION.uri, 0n, 7n, 32n, USUAL, ...permit),
    event: "QueryAsked",
    amount: STAKES.submitStake,
    fixtures: { withPermit: openEscrow, withoutPermit: escrowWithoutPermit },
  });

  describe("when the question is asked or refused", () => {
    let world: DollarQueries;

    /** A permit of the asker's, who allows nothing without it. */
    const sign = async (value: bigint): Promise<PermitArgs> => {
      const { token, asker, queryEscrow } = world;
      const deadline = (await now()) + HOUR;
      const { v, r, s } = await signPermit({ token, owner: asker, spender: queryEscrow, value, deadline });
      return [deadline, v, r, s];
    };
    /** Asks as the asker, with a permit for the stake of rank 0 and 7 answers unless another is given. */
    const send = async (
      question: Question,
      stake: bigint = STAKES.submitStake,
    ): Promise<ContractTransactionResponse> => {
      const { minRank = 0n, minAnswers = 7n, maxAnswers = 32n, timing = {} } = question;
      const { contentHash, uri } = QUESTION;
      const permit = await sign(stake);
      return world.queryEscrow
        .connect(world.asker)
        .askWithPermit(contentHash, uri, minRank, minAnswers, maxAnswers, { ...USUAL, ...timing }, ...permit);
    };

    beforeEach(async () => {
      world = await load(openEscrow);
      await world.token.connect(world.asker).approve(world.queryEscrow, 0n);
    });

    it("emits QueryAsked with all of it", async () => {
      const { contentHash, uri } = QUESTION;
      const question = { minRank: 10n, minAnswers: 8n, maxAnswers: 9n, timing: { judging: 61n } };
      await expect(send(question, 103_749_698n))
        .to.emit(world.queryEscrow, "QueryAsked")
        .withArgs(
          1n,
          world.asker,
          contentHash,
          uri,
          10n,
          8n,
          9n,
          Object.values({ ...TIMING, judging: 61n }),
          103_749_698n,
        );
    });

    it("pays exactly the stake into the escrow", async () => {
      await expect(send({ minRank: 10n, minAnswers: 8n }, 103_749_698n)).to.changeTokenBalances(
        world.ethers,
        world.token,
        [world.asker, world.queryEscrow],
        [-103_749_698n, 103_749_698n],
      );
    });

    it("returns the id", async () => {
      const { contentHash, uri } = QUESTION;
      const permit = await sign(STAKES.submitStake);
      const asker = world.queryEscrow.connect(world.asker);
      expect(await asker.askWithPermit.staticCall(contentHash, uri, 0n, 7n, 32n, USUAL, ...permit)).to.equal(1n);
    });

    it("reverts when the permit is for the stake of a lower rank", async () => {
      await expect(send({ minRank: 1n }))
        .to.be.revertedWithCustomError(world.queryEscrow, "PermitRejected")
        .withArgs(world.asker, 0n, 38_500_000n);
    });

    for (const { question, error, facts } of QUESTION_REFUSALS) {
      it(`reverts with ${error} of ${facts.join(", ")} when ${nameOf(question)}`, async () => {
        await expect(send(question, stakeOf(question)))
          .to.be.revertedWithCustomError(world.queryEscrow, error)
          .withArgs(...facts);
      });
    }

    for (const [window, duration] of WINDOW_REFUSALS) {
      it(`reverts when ${window} takes ${duration} seconds`, async () => {
        await expect(send({ timing: { [window]: duration } }))
          .to.be.revertedWithCustomError(world.queryEscrow, "WindowOutOfRange")
          .withArgs(window, duration, 60n, 30n * DAY);
      });
    }

    it("reverts when entries are paused", async () => {
      await world.queryEscrow.connect(world.guardian).pauseEntries();
      await expect(send({})).to.be.revertedWithCustomError(world.queryEscrow, "EnforcedPause").withArgs();
    });
  });
});

/* SET-UP */

/** What the asker would owe for `question`, at rank 0, so that its permit is not what is refused. */
const stakeOf = ({ minAnswers = 7n }: Question): bigint => (STAKES.submitStake * minAnswers) / 7n;

async function escrowWithoutPermit(connection: NetworkConnection): Promise<QueryWorld<BlacklistToken>> {
  const deployer = await connection.ethers.provider.getSigner(0);
  return openEscrowOn(connection, await new BlacklistToken__factory(deployer).deploy());
}
