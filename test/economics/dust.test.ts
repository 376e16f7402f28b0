import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { Side } from "../../sdk/market/side.ts";
import type { BeliefMarket, TestUSDC } from "../../typechain-types/index.ts";
import { CLAIM, NO_LIMIT, OTHER_CLAIM, usdc } from "../fixtures/amounts.ts";
import { anotherMarket, DEPLOYED, deployedMarket, gasOf, OPPOSED, oppose } from "../fixtures/attacks.ts";
import { ALL, belief } from "../fixtures/epochs.ts";
import type { MarketWorld } from "../fixtures/market.ts";
import { at, load } from "../fixtures/protocol.ts";
import {
  atEpochEnd,
  atSettleable,
  commitVoice,
  enter,
  finishEpoch,
  openPools,
  openVoice,
  playEpoch,
  type StakeWorld,
  type Voice,
} from "../fixtures/stake.ts";

describe("Dust in a belief market", () => {
  let world: MarketWorld;

  beforeEach(async () => {
    world = await load(deployedMarket);
  });

  it("is refused below 5 as long as a market has the rules it is deployed with", async () => {
    const least = usdc(5);
    await expect(world.market.connect(world.latecomer).commit(Side.Support, least - 1n, NO_LIMIT))
      .to.be.revertedWithCustomError(world.market, "StakeOutOfRange")
      .withArgs(least - 1n, least, DEPLOYED.maxStake);
  });

  describe("where a market takes single units, and 2,000 stand in it", () => {
    let market: BeliefMarket;

    const feeOf = async (amount: bigint) => {
      await market.connect(world.latecomer).commit(Side.Support, amount, NO_LIMIT);
      const { principal } = await market.position((await market.state()).positionCount);
      return amount - principal;
    };

    beforeEach(async () => {
      market = await anotherMarket(world, { claimId: OTHER_CLAIM, rules: { ...DEPLOYED, minStake: 1n } });
      await oppose(world, market, usdc(1_000));
      await at(market, 2n * OPPOSED);
    });

    it("pays a fee of 0 up to 196 units, and 1 for 197", async () => {
      expect([await feeOf(196n), await feeOf(197n)]).to.deep.equal([0n, 1n]);
    });

    it("saves 5.1 of fees on 1,000 by 5,102,041 commitments, of 500 billion gas and more", async () => {
      expect(await feeOf(usdc(1_000))).to.equal(usdc("5.1"));
      const commitments = (usdc(1_000) + 195n) / 196n;
      const gas = await gasOf(market.connect(world.latecomer).commit(Side.Support, 196n, NO_LIMIT));
      expect(commitments).to.equal(5_102_041n);
      expect(commitments * gas >= 500n * 10n ** 9n).to.equal(true);
    });
  });
});

describe("Dust in an epoch of the stake system", () => {
  let world: StakeWorld<TestUSDC>;

  /** A lock of one unit, for which fifty are spent. */
  const DUST = 1n;
  const dusty = () => ({ user: world.outsider, ...belief(99n, 70n) });
  const honest = () => ({ user: world.supporter, ...belief(70n, 60n) });
  const stakeOf = (user: HardhatEthersSigner) => world.stakeVault.totalStake(user);

  /** The outsider, with a voice of a unit, and `others`, of 20 each, speak in epoch 0, which is settled. */
  const speakWithDust = async (others: readonly Voice[], dust: Voice = dusty()) => {
    await enter(world, world.outsider, { lock: DUST });
    for (const { user } of others) await enter(world, user, { lock: usdc(20) });
    await playEpoch(world, [...others, dust]);
    await finishEpoch(world);
  };

  beforeEach(async () => {
    world = await load(openPools);
  });

  it("takes all 20 of who speaks alone otherwise, by a voice of 1 unit that expects what they say", async () => {
    await speakWithDust([honest()]);
    expect([await stakeOf(world.supporter), await stakeOf(world.outsider)]).to.deep.equal([0n, usdc(20) + 1n]);
  });

  it("takes 0 by that voice where it expects wrongly, and loses 0: the epoch is void", async () => {
    await speakWithDust([honest()], { ...dusty(), ...belief(1n, 70n) });
    expect([await stakeOf(world.supporter), await stakeOf(world.outsider)]).to.deep.equal([usdc(20), 1n]);
  });

  it("takes 0 by that voice where three speak with 20 each", async () => {
    const { challenger, latecomer } = world;
    const others = [honest(), { user: challenger, ...belief(60n, 50n) }, { user: latecomer, ...belief(30n, 50n) }];
    await speakWithDust(others);
    expect((await stakeOf(world.outsider)) - DUST).to.equal(0n);
  });

  it("costs whoever settles less than a quarter of the gas that it costs who brings it", async () => {
    const { challenger, latecomer } = world;
    const voices = [
      { ...honest(), claimId: CLAIM },
      { user: challenger, ...belief(60n, 50n) },
      { user: latecomer, ...belief(30n, 50n) },
    ];
    const settled = async (claimId: string) =>
      (await gasOf(world.truthSerum.settle(claimId, 0n, ALL))) +
      (await gasOf(world.truthSerum.distribute(claimId, 0n, ALL)));
    for (const claimId of [CLAIM, OTHER_CLAIM])
      for (const { user } of voices) await enter(world, user, { claimId, lock: usdc(20) });
    const brought =
      (await gasOf(world.convictionMarket.connect(world.outsider).buy(CLAIM, Side.Support, 50n, 0n))) +
      (await gasOf(commitVoice(world, dusty())));
    for (const claimId of [CLAIM, OTHER_CLAIM])
      for (const voice of voices) await commitVoice(world, { ...voice, claimId });
    await atEpochEnd(world.truthSerum, 0n);
    const opened = await gasOf(openVoice(world, dusty()));
    for (const claimId of [CLAIM, OTHER_CLAIM])
      for (const voice of voices) await openVoice(world, { ...voice, claimId });
    await atSettleable(world.truthSerum, 0n);
    const [withDust, without] = [await settled(CLAIM), await settled(OTHER_CLAIM)];
    expect((withDust - without) * 4n < brought + opened, `${withDust - without} of ${brought + opened}`).to.equal(true);
  });
});
