import { expect } from "chai";
import { Side } from "../../sdk/market/side.ts";
import { CLAIM, NO_LIMIT, RULES, STAKE, usdc, WAD } from "../fixtures/amounts.ts";
import { authoredMarket, contestedMarket, emptyMarket, type MarketWorld, STORY } from "../fixtures/market.ts";
import { at, createOpenMarket, load, protocolFixture, viewAt } from "../fixtures/protocol.ts";
import { fieldsOf } from "../fixtures/structs.ts";

describe("BeliefMarket, read", () => {
  let world: MarketWorld;

  describe("belief", () => {
    /** A commitment that is the market's first, and the latest block; tells how many seconds after the creation. */
    async function commitFirst(side: Side) {
      const { market, challenger } = await load(emptyMarket);
      const elapsed = 1_000n;
      await at(market, elapsed);
      await market.connect(challenger).commit(side, STAKE, 0n);
      return { market, at: elapsed };
    }

    it("is one half while nobody has committed", async () => {
      const { market } = await load(emptyMarket);
      expect(await market.belief()).to.equal(WAD / 2n);
    });

    it("is one half in the second of the first commitment", async () => {
      const { market } = await commitFirst(Side.Support);
      expect(await market.belief()).to.equal(WAD / 2n);
    });

    it("is one a second later when only Support is taken", async () => {
      const { market, at: committedAt } = await commitFirst(Side.Support);
      await viewAt(market, committedAt + 1n);
      expect(await market.belief()).to.equal(WAD);
    });

    it("is zero a second later when only Oppose is taken", async () => {
      const { market, at: committedAt } = await commitFirst(Side.Oppose);
      await viewAt(market, committedAt + 1n);
      expect(await market.belief()).to.equal(0n);
    });

    it("is the share of Support in all weight, rounded down", async () => {
      const { market } = await load(contestedMarket);
      await viewAt(market, 300_000n);
      // 338.99 / 536.99
      expect(await market.belief()).to.equal(631_278_049_870_574_871n);
    });

    it("approaches the share of Support in all principal", async () => {
      const { market } = await load(contestedMarket);
      await viewAt(market, 10n ** 9n);
      // (1,789.9 * 10^9 - 989.9 * 2 * 10^5) / (2,779.9 * 10^9 - 989.9 * 2 * 10^5 - 990 * 10^5)
      expect(await market.belief()).to.equal(643_869_648_695_373_773n);
    });

    it("is one half again when everybody has left", async () => {
      const { market } = await load(authoredMarket);
      await market.exitEarly(1n);
      expect(await market.belief()).to.equal(WAD / 2n);
    });
  });

  describe("weight", () => {
    beforeEach(async () => {
      world = await load(contestedMarket);
    });

    it("is principal times age, summed over the side", async () => {
      await viewAt(world.market, 300_000n);
      expect(await world.market.weight(Side.Support)).to.equal(usdc(800) * 300_000n + usdc("989.9") * 100_000n);
    });

    it("counts a position from the second after its deposit", async () => {
      expect(await world.market.weight(Side.Support)).to.equal(usdc(800) * 200_000n);
    });

    it("counts each side for itself", async () => {
      await viewAt(world.market, 300_000n);
      expect(await world.market.weight(Side.Oppose)).to.equal(usdc(990) * 200_000n);
    });
  });

  describe("entryFeeBps", () => {
    it("is zero while nobody is staked", async () => {
      const { market } = await load(emptyMarket);
      expect(await market.entryFeeBps()).to.equal(0n);
    });

    it("is the base while less than one scale is staked", async () => {
      const { market } = await load(authoredMarket);
      expect(await market.entryFeeBps()).to.equal(RULES.lateEntryFeeBaseBps);
    });

    it("grows by one for every whole scale staked on either side", async () => {
      const { market } = await load(contestedMarket);
      expect(await market.entryFeeBps()).to.equal(RULES.lateEntryFeeBaseBps + 2n);
    });

    it("is the maximum however much is staked", async () => {
      const { market, supporter } = await load(emptyMarket);
      for (let count = 0; count < 5; count++) {
        await market.connect(supporter).commit(Side.Support, RULES.maxStake, NO_LIMIT);
      }
      expect(await market.entryFeeBps()).to.equal(RULES.lateEntryFeeMaxBps);
    });

    it("stays at the base when the scale is zero", async () => {
      const protocol = await load(protocolFixture);
      const market = await createOpenMarket(protocol, { commitment: usdc(100_000), rules: { lateEntryFeeScale: 0n } });
      expect(await market.entryFeeBps()).to.equal(RULES.lateEntryFeeBaseBps);
    });

    it("is zero again when everybody has left", async () => {
      const { market } = await load(authoredMarket);
      await market.exitEarly(1n);
      expect(await market.entryFeeBps()).to.equal(0n);
    });
  });

  describe("pendingRewards", () => {
    beforeEach(async () => {
      world = await load(contestedMarket);
    });

    it("is what the position has earned, before it may be claimed as well", async () => {
      expect(await world.market.pendingRewards(STORY.authorId)).to.equal(STORY.authorEarned);
    });

    it("is no more than the position's cap", async () => {
      expect(await world.market.pendingRewards(STORY.challengerId)).to.equal(STORY.challengerCap);
    });

    it("is zero for a position that no reward has reached", async () => {
      expect(await world.market.pendingRewards(STORY.supporterId)).to.equal(0n);
    });

    it("stays the same while nothing but time passes", async () => {
      await viewAt(world.market, 900_000n);
      expect(await world.market.pendingRewards(STORY.authorId)).to.equal(STORY.authorEarned);
    });
  });

  for (const view of ["pendingRewards", "position"] as const) {
    describe(`${view}, when there is no such open position`, () => {
      beforeEach(async () => {
        world = await load(contestedMarket);
      });

      for (const positionId of [0n, STORY.unknownId]) {
        it(`reverts when the id is ${positionId}`, async () => {
          await expect(world.market[view](positionId))
            .to.be.revertedWithCustomError(world.market, "PositionUnknown")
            .withArgs(positionId, 3n);
        });
      }

      it("reverts when the position is closed", async () => {
        await world.market.exitEarly(STORY.authorId);
        await expect(world.market[view](STORY.authorId))
          .to.be.revertedWithCustomError(world.market, "PositionClosed")
          .withArgs(STORY.authorId);
      });
    });
  }

  describe("position", () => {
    beforeEach(async () => {
      world = await load(contestedMarket);
    });

    it("tells the author's first position in full", async () => {
      const { market, author } = world;
      expect(fieldsOf(await market.position(STORY.authorId))).to.deep.equal({
        owner: author.address,
        side: BigInt(Side.Support),
        principal: STORY.authorPrincipal,
        depositedAt: await market.createdAt(),
        rewardAllowance: usdc(400),
      });
    });

    it("tells another's position in full", async () => {
      const { market, challenger } = world;
      expect(fieldsOf(await market.position(STORY.challengerId))).to.deep.equal({
        owner: challenger.address,
        side: BigInt(Side.Oppose),
        principal: STORY.challengerPrincipal,
        depositedAt: (await market.createdAt()) + STORY.challengedAt,
        rewardAllowance: STORY.challengerCap,
      });
    });
  });

  describe("state", () => {
    it("is all zero while nobody has committed", async () => {
      const { market } = await load(emptyMarket);
      expect([...(await market.state())]).to.deep.equal(new Array(9).fill(0n));
    });

    it("tells every figure of the story", async () => {
      const { market } = await load(contestedMarket);
      await viewAt(market, 300_000n);
      // B: 10 / (800 * 10^5), then 210.1 / (259 * 10^6), each in ray and rounded down; A: each times its second
      const [first, second] = [125_000_000_000_000_000_000n, 811_196_911_196_911_196_911n];
      expect(fieldsOf(await market.state())).to.deep.equal({
        supportPrincipal: usdc("1789.9"),
        opposePrincipal: usdc(990),
        supportWeight: 338_990_000_000_000n,
        opposeWeight: 198_000_000_000_000n,
        srp: STORY.srp,
        undistributed: 0n,
        positionCount: 3n,
        timeRewardPerWeight: first * STORY.challengedAt + second * STORY.supportedAt,
        rewardPerWeight: first + second,
      });
    });
  });

  describe("what a market never changes", () => {
    beforeEach(async () => {
      world = await load(contestedMarket);
    });

    it("tells its claim", async () => {
      expect(await world.market.claimId()).to.equal(CLAIM);
    });

    it("tells its asset", async () => {
      expect(await world.market.asset()).to.equal(world.usdc);
    });

    it("tells its factory", async () => {
      expect(await world.market.factory()).to.equal(world.beliefFactory);
    });

    it("tells its author", async () => {
      expect(await world.market.author()).to.equal(world.author);
    });

    it("tells its rules", async () => {
      expect(fieldsOf(await world.market.params())).to.deep.equal(RULES);
    });

    it("tells its creation", async () => {
      const { depositedAt } = await world.market.position(STORY.authorId);
      expect(await world.market.createdAt()).to.equal(depositedAt);
    });
  });
});
