import { expect } from "chai";
import { Side } from "../../sdk/market/side.ts";
import { signPermit } from "../../sdk/permit.ts";
import type { ConvictionMarket, TestUSDC } from "../../typechain-types/index.ts";
import { CLAIM, HOUR, usdc } from "../fixtures/amounts.ts";
import { describePermitChecks } from "../fixtures/permit-checks.ts";
import { load, now } from "../fixtures/protocol.ts";
import { contestedPool, POOL, POOLLESS_CLAIM, type StakeWorld } from "../fixtures/stake.ts";

describe("ConvictionMarket.buyWithPermit", () => {
  describePermitChecks({
    spender: ({ convictionMarket }) => convictionMarket,
    send: ({ convictionMarket }, user, amount, permit) =>
      convictionMarket.connect(user).buyWithPermit(CLAIM, Side.Support, amount, 0n, ...permit),
    event: "Bought",
  });
});

describe("ConvictionMarket.buyWithPermit, into a contested pool", () => {
  // Stake 1, lock 11: a skim of 10, and 540 buy LONG up to 960 by 400, 1040.
  const AMOUNT = usdc(550);
  const SKIM = usdc(10);
  const TOKENS = usdc(660);
  let world: StakeWorld<TestUSDC>;
  let market: ConvictionMarket;

  /** The latecomer's purchase of LONG, and the permit for it. */
  const prepare = async ({ claimId = CLAIM, amount = AMOUNT, minTokens = 0n } = {}) => {
    const { token, latecomer: owner } = world;
    const deadline = (await now()) + HOUR;
    const { v, r, s } = await signPermit({ token, owner, spender: market, value: amount, deadline });
    return [claimId, Side.Support, amount, minTokens, deadline, v, r, s] as const;
  };

  beforeEach(async () => {
    world = await load(contestedPool);
    market = world.convictionMarket.connect(world.latecomer);
    await world.token.connect(world.latecomer).approve(market, 0n);
    await world.stakeVault.connect(world.latecomer).deposit(usdc(1));
  });

  describe("when the permit holds", () => {
    it("pays the amount from the caller to venue and vault", async () => {
      const { latecomer, stakeVault, token, ethers } = world;
      await expect(market.buyWithPermit(...(await prepare()))).to.changeTokenBalances(
        ethers,
        token,
        [latecomer, market, stakeVault],
        [-AMOUNT, AMOUNT - SKIM, SKIM],
      );
    });

    it("emits Bought", async () => {
      await expect(market.buyWithPermit(...(await prepare())))
        .to.emit(market, "Bought")
        .withArgs(CLAIM, world.latecomer, Side.Support, AMOUNT, SKIM, TOKENS);
    });

    it("returns tokens and skim", async () => {
      const returned = await market.buyWithPermit.staticCall(...(await prepare()));
      expect(returned).to.deep.equal([TOKENS, SKIM]);
    });

    it("updates holding and pool", async () => {
      await market.buyWithPermit(...(await prepare()));
      const { longSupply } = await market.pool(CLAIM);
      const held = await market.balanceOf(world.latecomer, CLAIM, Side.Support);
      expect([longSupply, held]).to.deep.equal([POOL.longSupply + TOKENS, TOKENS]);
    });
  });

  describe("when the purchase itself is refused", () => {
    it("reverts when the amount locks nothing", async () => {
      await expect(market.buyWithPermit(...(await prepare({ amount: 49n }))))
        .to.be.revertedWithCustomError(market, "AmountTooSmall")
        .withArgs(49n, 50n);
    });

    it("reverts when the claim has no pool", async () => {
      await expect(market.buyWithPermit(...(await prepare({ claimId: POOLLESS_CLAIM }))))
        .to.be.revertedWithCustomError(market, "PoolUnknown")
        .withArgs(POOLLESS_CLAIM);
    });

    it("reverts when it buys less than the caller accepts", async () => {
      await expect(market.buyWithPermit(...(await prepare({ minTokens: TOKENS + 1n }))))
        .to.be.revertedWithCustomError(market, "SlippageExceeded")
        .withArgs(TOKENS, TOKENS + 1n);
    });

    it("reverts when entries are paused", async () => {
      await market.connect(world.guardian).pauseEntries();
      await expect(market.buyWithPermit(...(await prepare())))
        .to.be.revertedWithCustomError(market, "EnforcedPause")
        .withArgs();
    });
  });
});
