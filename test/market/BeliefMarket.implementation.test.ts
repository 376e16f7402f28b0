import { expect } from "chai";
import { Side } from "../../sdk/market/side.ts";
import { type BeliefMarket, BeliefMarket__factory } from "../../typechain-types/index.ts";
import { NO_LIMIT, STAKE } from "../fixtures/amounts.ts";
import { type DollarProtocol, load, protocolFixture } from "../fixtures/protocol.ts";

/** Everything of a market that depends on its arguments, called as a user would. */
const CALLS: Record<string, (market: BeliefMarket) => Promise<unknown>> = {
  commit: (market) => market.commit(Side.Support, STAKE, NO_LIMIT),
  claimRewards: (market) => market.claimRewards(1n),
  withdraw: (market) => market.withdraw(1n),
  exitEarly: (market) => market.exitEarly(1n),
  distribute: (market) => market.distribute(),
  belief: (market) => market.belief(),
  weight: (market) => market.weight(Side.Support),
  entryFeeBps: (market) => market.entryFeeBps(),
  params: (market) => market.params(),
  state: (market) => market.state(),
  claimId: (market) => market.claimId(),
  author: (market) => market.author(),
  createdAt: (market) => market.createdAt(),
};

describe("BeliefMarket, the implementation behind the clones", () => {
  let protocol: DollarProtocol;
  let implementation: BeliefMarket;

  beforeEach(async () => {
    protocol = await load(protocolFixture);
    implementation = BeliefMarket__factory.connect(await protocol.beliefFactory.implementation(), protocol.supporter);
    await protocol.usdc.connect(protocol.supporter).approve(implementation, STAKE);
  });

  describe("when it is called itself", () => {
    for (const [name, call] of Object.entries(CALLS)) {
      it(`reverts when it is ${name}`, async () => {
        await expect(call(implementation)).to.be.revertedWithCustomError(implementation, "NotClone").withArgs();
      });
    }

    it("reverts when it is commitWithPermit with an allowance", async () => {
      const permit = [0n, 27, `0x${"11".repeat(32)}`, `0x${"22".repeat(32)}`] as const;
      await expect(implementation.commitWithPermit(Side.Support, STAKE, NO_LIMIT, ...permit))
        .to.be.revertedWithCustomError(implementation, "NotClone")
        .withArgs();
    });

    for (const view of ["pendingRewards", "position"] as const) {
      it(`reverts when it is ${view}: it has no positions`, async () => {
        await expect(implementation[view](1n))
          .to.be.revertedWithCustomError(implementation, "PositionUnknown")
          .withArgs(1n, 0n);
      });
    }

    it("reverts when someone calls commitAuthor", async () => {
      await expect(implementation.commitAuthor(STAKE))
        .to.be.revertedWithCustomError(implementation, "NotFactory")
        .withArgs(protocol.supporter);
    });
  });
});
