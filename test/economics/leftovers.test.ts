import { expect } from "chai";
import { Side } from "../../sdk/market/side.ts";
import { act, CLAIM, DAY, NO_LIMIT, OTHER_CLAIM, usdc } from "../fixtures/amounts.ts";
import { argue, endow, FORTUNE, openForum, setRules } from "../fixtures/arguments.ts";
import { anotherMarket, DEPLOYED, deployedMarket, downTo, gasOf, OPPOSED, profitOf } from "../fixtures/attacks.ts";
import { ACT } from "../fixtures/council.ts";
import { atSecond, openStream, PERIOD, record, type StreamWorld, viewAtSecond } from "../fixtures/council-stories.ts";
import type { MarketWorld } from "../fixtures/market.ts";
import { at, load } from "../fixtures/protocol.ts";
import { contestedPool, leave } from "../fixtures/stake.ts";

/* BELIEF MARKET */

describe("The last to leave a belief market, and who comes after", () => {
  let world: MarketWorld;

  const MONTH = 30n * DAY;

  /** The story of docs/market.md: an author with 1,000, who opposes with 400, 200 that leave early; all are out. */
  beforeEach(async () => {
    const loaded = await load(deployedMarket);
    const market = await anotherMarket(loaded, { claimId: OTHER_CLAIM, commitment: usdc(1_000) });
    world = { ...loaded, market };
    await at(market, DAY);
    await market.connect(world.challenger).commit(Side.Oppose, usdc(400), NO_LIMIT);
    await at(market, 3n * DAY);
    await market.connect(world.supporter).commit(Side.Support, usdc(200), NO_LIMIT);
    await at(market, 10n * DAY);
    await market.connect(world.supporter).exitEarly(3n);
    await at(market, DAY + MONTH);
    await market.connect(world.author).withdraw(1n);
  });

  const leaveLast = () => world.market.connect(world.challenger).withdraw(2n);

  it("takes the 10 that their cap allows and not the 6.587059 that are left", async () => {
    await at(world.market, DAY + MONTH);
    const paid = await profitOf(world.usdc, world.challenger, leaveLast);
    expect([paid - usdc(398), (await world.market.state()).undistributed]).to.deep.equal([usdc(10), usdc("6.587059")]);
  });

  it("leaves 6.587058 of them to the first who comes, for 5 that stay 30 days", async () => {
    await at(world.market, DAY + MONTH);
    await leaveLast();
    const { market, outsider } = world;
    const gained = await profitOf(world.usdc, outsider, async () => {
      await market.connect(outsider).commit(Side.Support, usdc(5), NO_LIMIT);
      const { depositedAt } = await market.position(4n);
      await at(market, depositedAt - (await market.createdAt()) + MONTH);
      await market.distribute();
      await market.connect(outsider).withdraw(4n);
    });
    expect(gained).to.equal(usdc("6.587058"));
  });

  it("lets 20 in for 0 while the pool is at its cap, and caps its rewards at 100, not at 0.5", async () => {
    await at(world.market, DAY + MONTH);
    await leaveLast();
    const { market, outsider, latecomer } = world;
    await market.connect(outsider).commit(Side.Support, usdc(5), NO_LIMIT);
    const fee = (usdc(20) * (await market.entryFeeBps())) / 10_000n;
    await market.connect(latecomer).commit(Side.Support, usdc(20), NO_LIMIT);
    const { principal, rewardAllowance } = await market.position(5n);
    expect([fee, usdc(20) - principal]).to.deep.equal([usdc("0.1"), 0n]);
    expect([rewardAllowance, 5n * fee]).to.deep.equal([usdc(100), usdc("0.5")]);
  });
});

describe("Leaving early whoever holds nearly all of a belief market", () => {
  it("costs 0.91 of 100,000, where a tenth would be 10,000 and only 4.925 stay", async () => {
    const world = await load(deployedMarket);
    const { market, latecomer, challenger } = world;
    await at(market, OPPOSED - 1n);
    await market.connect(latecomer).commit(Side.Support, usdc(100_000), NO_LIMIT);
    await at(market, OPPOSED);
    await market.connect(challenger).commit(Side.Oppose, usdc(5), NO_LIMIT);
    await at(market, DAY);
    const returned = await profitOf(world.usdc, latecomer, () => market.connect(latecomer).exitEarly(1n));
    const tenth = (usdc(100_000) * DEPLOYED.earlyExitPenaltyBps) / 10_000n;
    expect([usdc(100_000) - returned, tenth]).to.deep.equal([usdc("0.91"), usdc(10_000)]);
    expect((await market.state()).opposePrincipal).to.equal(usdc("4.925"));
  });
});

/* STAKE SYSTEM */

describe("The last to sell in a pool", () => {
  it("finds no more there than a unit for each of 23 trades of others", async () => {
    const world = await load(contestedPool);
    const { convictionMarket, latecomer, supporter, challenger } = world;
    await world.stakeVault.connect(latecomer).deposit(usdc(10));
    for (let trade = 0n; trade < 20n; trade++) {
      await convictionMarket.connect(latecomer).buy(CLAIM, Number(trade % 2n), 1_234_567n + trade, 0n);
    }
    await leave(world, latecomer);
    await leave(world, latecomer, { side: Side.Oppose });
    await leave(world, supporter);
    const { shortSupply, reserve } = await convictionMarket.pool(CLAIM);
    expect(reserve - shortSupply <= 23n, String(reserve - shortSupply)).to.equal(true);
    const paid = await profitOf(world.token, challenger, () => leave(world, challenger, { side: Side.Oppose }));
    expect(paid).to.equal(reserve);
    expect((await convictionMarket.pool(CLAIM)).reserve).to.equal(0n);
  });
});

/* ARGUMENT STAKING */

describe("The stake limit of who borrows tokens for a transaction", () => {
  it("is lifted for one more argument by 10,000 borrowed tokens that go back at once", async () => {
    const world = await load(openForum);
    const { argumentStaking, author, supporter, token } = world;
    await setRules(world, { creationStake: act(7_000) });
    await endow(world, world.deployer, act(10_000));
    await argumentStaking.connect(world.deployer).fundRewards(act(10_000));
    await argue(world);
    await setRules(world, { creationStake: act(50) });
    const { staked, total } = await argumentStaking.stakeLimit(author);
    expect([staked, total, FORTUNE]).to.deep.equal([act(7_000), act(10_000), act(10_000)]);
    await expect(argumentStaking.connect(author).createArgument(CLAIM, Side.Support, "s".repeat(25), "b".repeat(25)))
      .to.be.revertedWithCustomError(argumentStaking, "StakeLimitReached")
      .withArgs(act(7_000), act(10_000), 6_670n);
    await token.connect(supporter).transfer(author, act(10_000));
    await argue(world);
    await token.connect(author).transfer(supporter, act(10_000));
    expect(await argumentStaking.runningStake(author)).to.equal(act(7_000) + act(50));
  });
});

/* COUNCIL */

describe("A booster of the council that has lapsed", () => {
  let world: StreamWorld;

  /** The staker, with a quarter of the weight, has voted; a month and a week later nobody has touched the account. */
  beforeEach(async () => {
    world = await load(openStream);
    await record(world, "recordVote", world.staker);
    await atSecond(world, 100_000n);
    await world.rewardsDistributor.poke(world.staker);
  });

  const LAPSED = 31n * DAY;

  /** What the staker earns of a period after the booster has lapsed. */
  const earnedIn = async (second: bigint) => {
    await viewAtSecond(world, second);
    return world.rewardsDistributor.claimable(world.staker);
  };

  it("counts on until somebody pokes: 16,395 more of a period of 604,800 for a fair quarter of 151,200", async () => {
    await atSecond(world, LAPSED);
    await world.rewardsDistributor.connect(world.whale).fund(ACT(PERIOD));
    await atSecond(world, LAPSED);
    await world.rewardsDistributor.startPeriod();
    const before = await earnedIn(LAPSED);
    const boosted = (await earnedIn(LAPSED + PERIOD)) - before;
    const fair = ACT(PERIOD) / 4n;
    expect([ACT(PERIOD), fair]).to.deep.equal([ACT(604_800), ACT(151_200)]);
    expect(downTo(boosted - fair, ACT(1))).to.equal(ACT(16_395));
  });

  it("ends at a poke by anyone, for less than 90,000 gas", async () => {
    await atSecond(world, LAPSED);
    const gas = await gasOf(world.rewardsDistributor.connect(world.outsider).poke(world.staker));
    expect(gas < 90_000n, String(gas)).to.equal(true);
    expect((await world.rewardsDistributor.account(world.staker)).weight).to.equal(ACT(1_024));
  });
});
