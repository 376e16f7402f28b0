import { expect } from "chai";
import { ACT, stake } from "../fixtures/council.ts";
import {
  atSecond,
  openEmptyStream,
  openStream,
  PERIOD,
  STREAMED,
  type StreamWorld,
  unstakeFirst,
  viewAtSecond,
} from "../fixtures/council-stories.ts";
import { load } from "../fixtures/protocol.ts";

describe("RewardsDistributor, streaming", () => {
  let world: StreamWorld;

  const streamed = async () => (await world.rewardsDistributor.stream()).streamed;
  const claimable = (user = world.staker) => world.rewardsDistributor.claimable(user);

  describe("when two staked before it began", () => {
    beforeEach(async () => {
      world = await load(openStream);
    });

    for (const second of [0n, 1n, 2n, 604_799n, 604_800n]) {
      it(`has streamed ${second} tokens after ${second} seconds`, async () => {
        await viewAtSecond(world, second);
        expect(await streamed()).to.equal(ACT(second));
      });
    }

    it("has streamed no more a second after the end", async () => {
      await viewAtSecond(world, PERIOD + 1n);
      expect(await streamed()).to.equal(STREAMED);
    });

    for (const [second, reward] of [
      [1n, "0.25"],
      [2n, "0.5"],
      [604_799n, "151199.75"],
      [604_800n, "151200"],
      [604_801n, "151200"],
    ] as const) {
      it(`lets the staker claim ${reward} tokens after ${second} seconds`, async () => {
        await viewAtSecond(world, second);
        expect(await claimable()).to.equal(ACT(reward));
      });
    }

    it("lets the whale claim three times as much", async () => {
      await viewAtSecond(world, 1_000n);
      expect(await claimable(world.whale)).to.equal(ACT(750));
    });

    it("owes all of it until somebody claims", async () => {
      await viewAtSecond(world, 2n * PERIOD);
      expect(await world.rewardsDistributor.owed()).to.equal(STREAMED);
    });

    it("gives nothing of the past to who stakes later", async () => {
      await atSecond(world, 1_000n);
      await stake(world, { by: world.delegate, amount: ACT(4_096) });
      expect(await claimable(world.delegate)).to.equal(0n);
    });

    it("gives half of the seconds that follow to who doubles the weight", async () => {
      await atSecond(world, 1_000n);
      await stake(world, { by: world.delegate, amount: ACT(4_096) });
      await viewAtSecond(world, 1_100n);
      expect(await claimable(world.delegate)).to.equal(ACT(50));
    });

    it("gives an eighth of the seconds that follow to who had a quarter", async () => {
      await atSecond(world, 1_000n);
      await stake(world, { by: world.delegate, amount: ACT(4_096) });
      await viewAtSecond(world, 1_100n);
      expect(await claimable()).to.equal(ACT("262.5"));
    });

    it("leaves who unstakes with what streamed until then", async () => {
      await atSecond(world, 1_000n);
      await unstakeFirst(world, world.staker);
      await viewAtSecond(world, 2_000n);
      expect(await claimable()).to.equal(ACT(250));
    });

    it("gives all of the seconds that follow to who stays", async () => {
      await atSecond(world, 1_000n);
      await unstakeFirst(world, world.staker);
      await viewAtSecond(world, 2_000n);
      // 750 of the first 1,000 seconds; a thousand by 3,072 does not come out even, and is rounded down
      expect(await claimable(world.whale)).to.equal(ACT(1_750) - 1n);
    });

    it("keeps what is sent unasked for the next period", async () => {
      await world.token.connect(world.outsider).transfer(world.rewardsDistributor, ACT(40));
      await viewAtSecond(world, PERIOD);
      expect(await claimable()).to.equal(STREAMED / 4n);
    });

    it("keeps a penalty for the next period", async () => {
      await world.councilStaking
        .connect(world.whale)
        .unstakeEarly(await world.councilStaking.positionIdOf(world.whale, 0n));
      expect(await world.rewardsDistributor.nextPeriodAmount()).to.equal(ACT("153.6"));
    });
  });

  describe("when shares do not come out even", () => {
    const users = ["staker", "whale", "proposer"] as const;

    const pokeAllAt = async (second: bigint) => {
      for (const user of users) {
        await atSecond(world, second);
        await world.rewardsDistributor.poke(world[user]);
      }
    };

    beforeEach(async () => {
      world = await load(openEmptyStream);
      for (const user of users) {
        await atSecond(world, 100n);
        await stake(world, { by: world[user], amount: ACT(100) });
      }
    });

    for (const user of users) {
      it(`rounds the share of the ${user} down`, async () => {
        await viewAtSecond(world, 200n);
        expect(await claimable(world[user])).to.equal(33_333_333_333n);
      });
    }

    it("shares again what rounding left: of four times 100 tokens a unit is left", async () => {
      for (const second of [200n, 300n, 400n, 500n]) await pokeAllAt(second);
      const rewards = await Promise.all(users.map((user) => claimable(world[user])));
      expect(rewards.reduce((sum, reward) => sum + reward)).to.equal(ACT(400) - 1n);
    });
  });

  describe("when nobody staked for a while", () => {
    beforeEach(async () => {
      world = await load(openEmptyStream);
    });

    it("owes less by what streams to nobody", async () => {
      await viewAtSecond(world, 1_000n);
      expect(await world.rewardsDistributor.owed()).to.equal(STREAMED - ACT(1_000));
    });

    it("keeps it for the next period", async () => {
      await viewAtSecond(world, 1_000n);
      expect(await world.rewardsDistributor.nextPeriodAmount()).to.equal(ACT(1_000));
    });

    it("gives the first to stake what streams from then on", async () => {
      await atSecond(world, 1_000n);
      await stake(world, { amount: ACT(1_024) });
      await viewAtSecond(world, 1_010n);
      expect(await claimable()).to.equal(ACT(10));
    });

    it("keeps no more for the next period once somebody stakes", async () => {
      await atSecond(world, 1_000n);
      await stake(world, { amount: ACT(100) });
      await viewAtSecond(world, 2_000n);
      expect(await world.rewardsDistributor.nextPeriodAmount()).to.equal(ACT(1_000));
    });

    it("keeps more again once the last one leaves", async () => {
      await atSecond(world, 1_000n);
      await stake(world, { amount: ACT(1_024) });
      await atSecond(world, 2_000n);
      await unstakeFirst(world, world.staker);
      await viewAtSecond(world, 2_500n);
      expect(await world.rewardsDistributor.nextPeriodAmount()).to.equal(ACT(1_500));
    });

    it("owes the last one to leave what they earned", async () => {
      await atSecond(world, 1_000n);
      await stake(world, { amount: ACT(1_024) });
      await atSecond(world, 2_000n);
      await unstakeFirst(world, world.staker);
      await viewAtSecond(world, PERIOD);
      expect([await world.rewardsDistributor.owed(), await claimable()]).to.deep.equal([ACT(1_000), ACT(1_000)]);
    });

    it("keeps nothing of what streamed to nobody twice", async () => {
      await atSecond(world, 1_000n);
      await world.rewardsDistributor.poke(world.staker);
      await atSecond(world, 1_500n);
      await world.rewardsDistributor.poke(world.staker);
      await viewAtSecond(world, 2_000n);
      expect(await world.rewardsDistributor.nextPeriodAmount()).to.equal(ACT(2_000));
    });
  });
});
