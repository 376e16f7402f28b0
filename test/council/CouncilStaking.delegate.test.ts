import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { DAY } from "../fixtures/amounts.ts";
import { atAge, type CouncilWorld, openCouncil, PLEDGE, sendStake, stake } from "../fixtures/council.ts";
import { accountOf, knownOf, ODD, powerOf } from "../fixtures/council-checks.ts";
import { load } from "../fixtures/protocol.ts";

const POWER = powerOf(ODD, 30n);

describe("CouncilStaking.delegate", () => {
  let world: CouncilWorld;

  const votesOf = (user: HardhatEthersSigner) => world.councilStaking.getVotes(user);
  const delegate = (delegatee: HardhatEthersSigner | string, by = world.staker) =>
    world.councilStaking.connect(by).delegate(delegatee);

  beforeEach(async () => {
    world = await load(openCouncil);
  });

  describe("when nobody was chosen", () => {
    it("is oneself", async () => {
      expect(await world.councilStaking.delegates(world.staker)).to.equal(world.staker);
    });

    it("is nobody for nobody", async () => {
      expect(await world.councilStaking.delegates(ZeroAddress)).to.equal(ZeroAddress);
    });

    it("counts the own power as votes", async () => {
      await stake(world, { amount: ODD, lockDays: 30n });
      expect(await votesOf(world.staker)).to.equal(POWER);
    });

    it("emits no DelegateChanged when one stakes", async () => {
      await expect(sendStake(world)).not.to.emit(world.councilStaking, "DelegateChanged");
    });
  });

  describe("when another is chosen", () => {
    beforeEach(async () => {
      await stake(world, { amount: ODD, lockDays: 30n });
      await stake(world, { by: world.delegate });
    });

    it("emits DelegateChanged, from oneself", async () => {
      const { councilStaking, staker, delegate: to } = world;
      await expect(delegate(to)).to.emit(councilStaking, "DelegateChanged").withArgs(staker, staker, to);
    });

    it("emits DelegateVotesChanged for who loses votes", async () => {
      await expect(delegate(world.delegate))
        .to.emit(world.councilStaking, "DelegateVotesChanged")
        .withArgs(world.staker, POWER, 0n);
    });

    it("emits DelegateVotesChanged for who gains them", async () => {
      await expect(delegate(world.delegate))
        .to.emit(world.councilStaking, "DelegateVotesChanged")
        .withArgs(world.delegate, PLEDGE, PLEDGE + POWER);
    });

    it("updates whom the votes are delegated to", async () => {
      await delegate(world.delegate);
      expect(await world.councilStaking.delegates(world.staker)).to.equal(world.delegate);
    });

    it("takes the votes from who delegates", async () => {
      await delegate(world.delegate);
      expect(await votesOf(world.staker)).to.equal(0n);
    });

    it("adds them to those of the other", async () => {
      await delegate(world.delegate);
      expect(await votesOf(world.delegate)).to.equal(PLEDGE + POWER);
    });

    it("leaves power and rewards with who delegates", async () => {
      await delegate(world.delegate);
      expect([(await accountOf(world, world.staker)).power, await knownOf(world, world.staker)]).to.deep.equal([
        POWER,
        { power: POWER, boosterBps: 0n },
      ]);
    });
  });

  describe("when another was chosen before", () => {
    let positionId: bigint;

    beforeEach(async () => {
      positionId = await stake(world, { amount: ODD, lockDays: 30n });
      await delegate(world.delegate);
    });

    it("counts later stakes for the other", async () => {
      await stake(world, { amount: ODD, lockDays: 180n });
      expect(await votesOf(world.delegate)).to.equal(POWER + powerOf(ODD, 180n));
    });

    it("counts none of them for oneself", async () => {
      await stake(world, { amount: ODD, lockDays: 180n });
      expect(await votesOf(world.staker)).to.equal(0n);
    });

    it("counts a higher tier for the other", async () => {
      await atAge(world, positionId, 90n * DAY);
      await world.councilStaking.poke(positionId);
      expect(await votesOf(world.delegate)).to.equal(powerOf(ODD, 90n));
    });

    it("takes what is unstaked from the other", async () => {
      await world.councilStaking.connect(world.staker).unstakeEarly(positionId);
      expect(await votesOf(world.delegate)).to.equal(0n);
    });

    it("moves votes on to a third", async () => {
      await delegate(world.whale);
      expect([await votesOf(world.delegate), await votesOf(world.whale)]).to.deep.equal([0n, POWER]);
    });

    it("leaves them with the other who delegates in turn", async () => {
      await delegate(world.whale, world.delegate);
      expect([await votesOf(world.delegate), await votesOf(world.whale)]).to.deep.equal([POWER, 0n]);
    });

    it("changes nothing when the same is chosen again", async () => {
      await delegate(world.delegate);
      expect(await votesOf(world.delegate)).to.equal(POWER);
    });

    for (const [name, toOf] of [
      ["oneself", () => world.staker],
      ["nobody", () => ZeroAddress],
    ] as const) {
      it(`emits DelegateChanged, to oneself, when ${name} is chosen`, async () => {
        const { councilStaking, staker, delegate: from } = world;
        await expect(delegate(toOf())).to.emit(councilStaking, "DelegateChanged").withArgs(staker, from, staker);
      });

      it(`takes the votes back when ${name} is chosen`, async () => {
        await delegate(toOf());
        expect([await votesOf(world.staker), await votesOf(world.delegate)]).to.deep.equal([POWER, 0n]);
      });

      it(`counts later stakes for oneself when ${name} is chosen`, async () => {
        await delegate(toOf());
        await stake(world, { amount: ODD });
        expect(await votesOf(world.staker)).to.equal(POWER + ODD);
      });

      it(`says oneself when ${name} is chosen`, async () => {
        await delegate(toOf());
        expect(await world.councilStaking.delegates(world.staker)).to.equal(world.staker);
      });
    }

    it("counts nothing for nobody", async () => {
      await delegate(ZeroAddress);
      expect(await world.councilStaking.getVotes(ZeroAddress)).to.equal(0n);
    });
  });

  describe("when nobody is chosen before staking", () => {
    it("counts the stake for oneself", async () => {
      await delegate(ZeroAddress);
      await stake(world, { amount: ODD });
      expect(await votesOf(world.staker)).to.equal(ODD);
    });

    it("counts the stake for another who was chosen", async () => {
      await delegate(world.delegate);
      await stake(world, { amount: ODD });
      expect(await votesOf(world.delegate)).to.equal(ODD);
    });
  });
});
