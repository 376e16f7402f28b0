import { expect } from "chai";
import { Side } from "../../sdk/market/side.ts";
import type { TestUSDC } from "../../typechain-types/index.ts";
import { CLAIM, usdc } from "../fixtures/amounts.ts";
import { load } from "../fixtures/protocol.ts";
import { enter, leave, openPools, type StakeWorld } from "../fixtures/stake.ts";

describe("ConvictionMarket, to the unit", () => {
  let world: StakeWorld<TestUSDC>;

  beforeEach(async () => {
    world = await load(openPools);
    for (const user of [world.supporter, world.challenger]) await world.stakeVault.connect(user).deposit(usdc(1));
  });

  /** The supporter pays `long` for LONG, then the challenger `short` for SHORT. */
  const fill = async (long: bigint, short: bigint) => {
    await world.convictionMarket.connect(world.supporter).buy(CLAIM, Side.Support, long, 0n);
    await world.convictionMarket.connect(world.challenger).buy(CLAIM, Side.Oppose, short, 0n);
  };

  for (const [tokens, amount] of [
    [1n, 1n], // 100 - 98.99
    [2n, 1n], // 100 - 98.50
    [43n, 13n], // 100 - 86.28
  ] as const) {
    it(`pays ${amount} for ${tokens} of 50 LONG beside 86 SHORT, in favour of the reserve`, async () => {
      await fill(50n, 50n);
      await expect(world.convictionMarket.connect(world.supporter).sell(CLAIM, Side.Support, tokens, 0n))
        .to.emit(world.convictionMarket, "Sold")
        .withArgs(CLAIM, world.supporter, Side.Support, tokens, amount);
    });
  }

  it("buys fewer tokens rather than a fraction: 86 SHORT for the root of 7,500", async () => {
    await fill(50n, 50n);
    expect(await world.convictionMarket.pool(CLAIM)).to.deep.equal([50n, 86n, 100n]);
  });

  it("emits Sold though a token is worth less than a unit", async () => {
    await fill(50n, 100_000n);
    await expect(world.convictionMarket.connect(world.supporter).sell(CLAIM, Side.Support, 1n, 0n))
      .to.emit(world.convictionMarket, "Sold")
      .withArgs(CLAIM, world.supporter, Side.Support, 1n, 0n);
  });

  it("reverts when the caller accepts no less than a unit for it", async () => {
    await fill(50n, 100_000n);
    await expect(world.convictionMarket.connect(world.supporter).sell(CLAIM, Side.Support, 1n, 1n))
      .to.be.revertedWithCustomError(world.convictionMarket, "SlippageExceeded")
      .withArgs(0n, 1n);
  });

  it("frees the lock when the last token is worth nothing", async () => {
    await fill(50n, 100_000n);
    const market = world.convictionMarket.connect(world.supporter);
    await market.sell(CLAIM, Side.Support, 49n, 0n);
    await market.sell(CLAIM, Side.Support, 1n, 0n);
    expect(await market.grossLock(world.supporter, CLAIM)).to.equal(0n);
  });

  it("leaves no dust when all is sold token by token", async () => {
    await fill(53n, 59n);
    const { convictionMarket, supporter, challenger } = world;
    let [long, short] = await convictionMarket.pool(CLAIM);
    while (long + short > 0n) {
      if (long > 0n) await convictionMarket.connect(supporter).sell(CLAIM, Side.Support, 1n, 0n);
      if (short > 0n) await convictionMarket.connect(challenger).sell(CLAIM, Side.Oppose, 1n, 0n);
      [long, short] = await convictionMarket.pool(CLAIM);
    }
    const left = [...(await convictionMarket.pool(CLAIM)), await world.token.balanceOf(convictionMarket)];
    expect(left).to.deep.equal([0n, 0n, 0n, 0n]);
  });

  it("takes at most a unit from someone who buys and sells at once, and gives none", async () => {
    await fill(53n, 59n);
    const market = world.convictionMarket.connect(world.latecomer);
    const before = await world.token.balanceOf(world.latecomer);
    await market.buy(CLAIM, Side.Support, 97n, 0n);
    await leave(world, world.latecomer);
    const stake = await world.stakeVault.totalStake(world.latecomer);
    expect(before - (await world.token.balanceOf(world.latecomer)) - stake).to.be.within(0n, 1n);
  });

  it("replaces the lock of a position that was partly sold", async () => {
    await enter(world, world.latecomer, { lock: 10n });
    const market = world.convictionMarket.connect(world.latecomer);
    await market.sell(CLAIM, Side.Support, 499n, 0n);
    await market.buy(CLAIM, Side.Support, 50n, 0n);
    expect(await market.grossLock(world.latecomer, CLAIM)).to.equal(1n);
  });
});
