import { expect } from "chai";
import { RULES, STAKE, usdc } from "../fixtures/amounts.ts";
import { authoredMarket, emptyMarket } from "../fixtures/market.ts";
import { createMarket, load, protocolFixture } from "../fixtures/protocol.ts";

describe("BeliefMarket.commitAuthor", () => {
  describe("when the caller is not the factory", () => {
    for (const actor of ["author", "deployer", "outsider"] as const) {
      it(`reverts when it is the ${actor}`, async () => {
        const { market, ...actors } = await load(emptyMarket);
        await expect(market.connect(actors[actor]).commitAuthor(STAKE))
          .to.be.revertedWithCustomError(market, "NotFactory")
          .withArgs(actors[actor]);
      });
    }
  });

  describe("when the factory creates a market with a commitment", () => {
    it("charges the premium and not the entry fee", async () => {
      const { market } = await load(authoredMarket);
      expect((await market.state()).srp).to.equal(usdc(200));
    });

    it("charges nothing when the premium is zero", async () => {
      const protocol = await load(protocolFixture);
      const market = await createMarket(protocol, { commitment: STAKE, rules: { authorPremiumBps: 0n } });
      expect((await market.position(1n)).principal).to.equal(STAKE);
    });

    it("lets the author earn a multiple of the principal when the premium is zero", async () => {
      const protocol = await load(protocolFixture);
      const market = await createMarket(protocol, { commitment: STAKE, rules: { authorPremiumBps: 0n } });
      expect((await market.position(1n)).rewardAllowance).to.equal(2n * STAKE);
    });

    it("charges no more than the cap of the reward pool admits", async () => {
      const protocol = await load(protocolFixture);
      // f = floor(1,000 * 10 % / 110 %) = 90.909090, where the premium would be 200
      const market = await createMarket(protocol, { commitment: STAKE, rules: { maxSrpBps: 1_000n } });
      expect((await market.state()).srp).to.equal(usdc("90.909090"));
    });

    it("lets the author pay the entry fee for a second position", async () => {
      const { market, author } = await load(authoredMarket);
      await market.connect(author).commit(0, STAKE, RULES.lateEntryFeeMaxBps);
      expect((await market.position(2n)).principal).to.equal(usdc(990));
    });
  });
});
