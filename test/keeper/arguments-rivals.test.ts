import { expect } from "chai";
import { payExpiredStakes } from "../../keeper/jobs/arguments.ts";
import { DAY, OTHER_CLAIM } from "../fixtures/amounts.ts";
import { argue, setRules, upvote, viewAtEndOf } from "../fixtures/arguments.ts";
import { load } from "../fixtures/protocol.ts";
import {
  type DebateWorld,
  debate,
  EARLY,
  FAILED,
  handsOnStakes,
  LAST_EARLY,
  LAST_LATE,
  LATE,
  LEFT,
  PAID,
  paidIn,
  SMALL_CAP,
} from "./debate.ts";
import { behindRival, chainOf, eventfulChain, linesOf } from "./workshop.ts";

describe("payExpiredStakes among others", () => {
  let world: DebateWorld;
  beforeEach(async () => {
    world = await load(debate);
  });

  describe("when something happens between estimate and transaction", () => {
    it("takes it for a success where a rival pays everything", async () => {
      await viewAtEndOf(world, LAST_EARLY);
      const chain = await eventfulChain(world);
      chain.once(() => world.argumentStaking.processExpired(100n));
      const { context, output } = await handsOnStakes(world, {}, chain);
      expect(await payExpiredStakes(context)).to.deep.equal(PAID);
      expect(linesOf(output, "pay: somebody was faster")).to.have.length(1);
    });

    it("goes on where a rival pays the batch it had sized", async () => {
      await viewAtEndOf(world, LAST_LATE);
      const chain = await eventfulChain(world);
      chain.once(() => world.argumentStaking.processExpired(2n));
      const { context } = await handsOnStakes(world, { gasCap: SMALL_CAP }, chain);
      expect(await payExpiredStakes(context)).to.deep.equal(PAID);
      expect(await paidIn(world)).to.deep.equal([...EARLY, ...LATE]);
    });

    it("goes on where new stakes are made with every batch", async () => {
      await viewAtEndOf(world, LAST_EARLY);
      await setRules(world, { period: DAY });
      const newcomers = [world.supporter, world.challenger, world.latecomer, world.outsider];
      const chain = await eventfulChain(world);
      chain.onEstimate = async () => {
        const newcomer = newcomers.pop();
        if (newcomer !== undefined) await upvote(world, 1n, newcomer);
      };
      const { context } = await handsOnStakes(world, { gasCap: SMALL_CAP }, chain);
      expect(await payExpiredStakes(context)).to.deep.equal(PAID);
      expect(await paidIn(world)).to.deep.equal(EARLY);
      expect((await world.argumentStaking.activeStakes()).count).to.equal(6n);
    });

    it("sends no more than what it estimated where more becomes due", async () => {
      await viewAtEndOf(world, 1n);
      const chain = await eventfulChain(world);
      chain.once(() => viewAtEndOf(world, LAST_LATE));
      expect(await payExpiredStakes((await handsOnStakes(world, {}, chain)).context)).to.deep.equal(PAID);
      expect(await paidIn(world)).to.deep.equal([1n]);
    });

    it("takes it for no success where a stake that is not due is deleted", async () => {
      const argumentId = await argue(world, { by: world.supporter, claimId: OTHER_CLAIM });
      await viewAtEndOf(world, LAST_EARLY);
      const chain = await eventfulChain(world);
      chain.isFrugal = true;
      chain.onEstimate = () => world.argumentStaking.connect(world.supporter).deleteArgument(argumentId);
      const { context, output } = await handsOnStakes(world, {}, chain);
      expect(await payExpiredStakes(context)).to.deep.equal(FAILED);
      expect(linesOf(output, "could not be done, the others go on")[0]?.reason).to.include("the transaction failed");
    });

    it("takes it for a success where the node fails and a rival pays everything", async () => {
      await viewAtEndOf(world, LAST_EARLY);
      const chain = await eventfulChain(world);
      chain.onEstimate = async () => {
        await world.argumentStaking.processExpired(100n);
        throw new Error("the node is tired");
      };
      expect(await payExpiredStakes((await handsOnStakes(world, {}, chain)).context)).to.deep.equal(PAID);
    });

    it("sends nothing more when it is to end", async () => {
      await viewAtEndOf(world, LAST_EARLY);
      const chain = await eventfulChain(world);
      const { context, end } = await handsOnStakes(world, { gasCap: SMALL_CAP }, chain);
      chain.onEstimate = async () => end.abort();
      expect(await payExpiredStakes(context)).to.deep.equal(LEFT);
      expect(await paidIn(world)).to.deep.equal([]);
    });
  });

  it("waits for a rival whose transaction is not mined yet", async () => {
    await viewAtEndOf(world, LAST_EARLY);
    const { context } = await handsOnStakes(world);
    const sent = () => world.ethers.provider.getTransactionCount(context.chain.account);
    const before = await sent();
    const rival = () => world.argumentStaking.processExpired(100n);
    const report = await behindRival(world, world.deployer.address, rival, () => payExpiredStakes(context));
    expect(report).to.deep.equal(PAID);
    expect(await sent()).to.equal(before);
  });

  it("shares the work with another keeper, and both succeed", async () => {
    await viewAtEndOf(world, LAST_LATE);
    const keepers = [world.guardian, world.outsider].map(async ({ address }) => {
      const { context } = await handsOnStakes(world, { gasCap: SMALL_CAP }, await chainOf(world, address));
      return payExpiredStakes(context);
    });
    const reports = await Promise.all(keepers);
    expect(reports).to.deep.equal([PAID, PAID]);
    expect(await paidIn(world)).to.deep.equal([...EARLY, ...LATE]);
  });
});
