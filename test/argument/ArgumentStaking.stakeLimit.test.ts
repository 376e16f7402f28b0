import { expect } from "chai";
import { MaxUint256 } from "ethers";
import type { ArgumentStaking } from "../../typechain-types/index.ts";
import { ARGUMENT_RULES, act, DAY, HOUR, OTHER_CLAIM, YEAR } from "../fixtures/amounts.ts";
import {
  type ActWorld,
  argue,
  atAgeOf,
  CREATION_INTEREST,
  openForum,
  sendArgument,
  setRules,
  slash,
  upvote,
  viewAtAgeOf,
  viewAtEndOf,
} from "../fixtures/arguments.ts";
import { load, nextAt, now } from "../fixtures/protocol.ts";
import { mineBlock } from "../fixtures/stake.ts";

const MINUTE = 60n;

const { creationStake, period, stakeLimitBps, stakeLimitWindow } = ARGUMENT_RULES;

describe("ArgumentStaking.stakeLimit", () => {
  let world: ActWorld;
  let staking: ArgumentStaking;

  beforeEach(async () => {
    world = await load(openForum);
    staking = world.argumentStaking.connect(world.author);
  });

  /** The author keeps `balance` units and no more. */
  const keepOnly = async (balance: bigint) => {
    const held = await world.token.balanceOf(world.author);
    await world.token.connect(world.author).transfer(world.deployer, held - balance);
  };

  /** The author writes as many arguments, a minute apart, and keeps a balance of `keeping` units. */
  const stake = async (times: number, { keeping }: { keeping: bigint }) => {
    for (let count = 0; count < times; count++) {
      await nextAt((await now()) + MINUTE);
      await argue(world);
    }
    await keepOnly(keeping);
  };

  const expectLimit = async (staked: bigint, total: bigint, limitBps = stakeLimitBps) => {
    await expect(sendArgument(world, { claimId: OTHER_CLAIM }))
      .to.be.revertedWithCustomError(staking, "StakeLimitReached")
      .withArgs(staked, total, limitBps);
  };

  const expectRoom = async () => {
    await expect(sendArgument(world, { claimId: OTHER_CLAIM })).to.emit(staking, "ArgumentCreated");
  };

  describe("when the user never staked", () => {
    it("shows nothing staked of what they hold", async () => {
      await keepOnly(act(70));
      expect(await staking.stakeLimit(world.author)).to.deep.equal([0n, act(70)]);
    });

    it("emits ArgumentCreated when they hold just the stake", async () => {
      await keepOnly(creationStake);
      await expectRoom();
    });

    it("reverts with the token's own error when they have nothing at all", async () => {
      await keepOnly(0n);
      await expect(sendArgument(world))
        .to.be.revertedWithCustomError(world.token, "ERC20InsufficientBalance")
        .withArgs(world.author, 0n, creationStake);
    });
  });

  describe("when the user has 100 and staked 200", () => {
    beforeEach(async () => {
      await stake(4, { keeping: act(100) });
    });

    it("shows 200 of 300", async () => {
      expect(await staking.stakeLimit(world.author)).to.deep.equal([act(200), act(300)]);
    });

    it("emits ArgumentCreated, for 66.67 % are below 66.7 %", async () => {
      await expectRoom();
    });

    it("emits ArgumentUpvoted, for 66.67 % are below 66.7 %", async () => {
      const another = await argue(world, { by: world.supporter });
      await expect(staking.upvote(another)).to.emit(staking, "ArgumentUpvoted");
    });

    it("reverts when the limit is two thirds", async () => {
      await setRules(world, { stakeLimitBps: 6_666n });
      await expectLimit(act(200), act(300), 6_666n);
    });
  });

  describe("when the user has 100 and staked 210", () => {
    let another: bigint;

    beforeEach(async () => {
      another = await argue(world, { by: world.supporter });
      await upvote(world, another, world.author);
      await stake(4, { keeping: act(100) });
    });

    it("shows 210 of 310", async () => {
      expect(await staking.stakeLimit(world.author)).to.deep.equal([act(210), act(310)]);
    });

    it("reverts when they write an argument", async () => {
      await expectLimit(act(210), act(310));
    });

    it("reverts when they upvote one", async () => {
      const later = await argue(world, { by: world.challenger });
      await expect(staking.upvote(later))
        .to.be.revertedWithCustomError(staking, "StakeLimitReached")
        .withArgs(act(210), act(310), stakeLimitBps);
    });

    it("leaves others free to stake", async () => {
      await expect(staking.connect(world.challenger).upvote(another)).to.emit(staking, "ArgumentUpvoted");
    });
  });

  describe("when the staked share is close to the limit", () => {
    // 6,670 * 30 units of 10,000 * 30 are 66.7 %, to the unit.
    for (const { balance, isRoom } of [
      { balance: 99_899n, isRoom: false },
      { balance: 99_900n, isRoom: false },
      { balance: 99_901n, isRoom: true },
    ]) {
      const total = 200_100n + balance;
      it(`${isRoom ? "emits ArgumentCreated" : "reverts"} when 200,100 of ${total} units are staked`, async () => {
        await setRules(world, { creationStake: 200_100n });
        await stake(1, { keeping: balance });
        await setRules(world, { creationStake: 1n });
        await (isRoom ? expectRoom() : expectLimit(200_100n, total));
      });
    }
  });

  describe("when all may be staked", () => {
    beforeEach(async () => {
      await setRules(world, { stakeLimitBps: 10_000n });
    });

    it("emits ArgumentCreated when a unit is left besides the stake", async () => {
      await stake(1, { keeping: creationStake + 1n });
      await expectRoom();
    });

    it("reverts when all is staked", async () => {
      await stake(1, { keeping: 0n });
      await expectLimit(creationStake, creationStake, 10_000n);
    });
  });

  describe("when stakes leave the window before they end", () => {
    beforeEach(async () => {
      await setRules(world, { period: 3n * stakeLimitWindow });
      await stake(4, { keeping: act(80) });
    });

    it("reverts in the last second in which all are in the window", async () => {
      await atAgeOf(world, 1n, stakeLimitWindow - 1n);
      await expectLimit(act(200), act(280));
    });

    it("emits ArgumentCreated when the first is as old as the window", async () => {
      await atAgeOf(world, 1n, stakeLimitWindow);
      await expectRoom();
    });

    it("shows the last one a second before it is as old as the window", async () => {
      await viewAtAgeOf(world, 4n, stakeLimitWindow - 1n);
      expect(await staking.stakeLimit(world.author)).to.deep.equal([act(50), act(130)]);
    });

    it("shows nothing staked when the last is as old as the window", async () => {
      await viewAtAgeOf(world, 4n, stakeLimitWindow);
      expect(await staking.stakeLimit(world.author)).to.deep.equal([0n, act(80)]);
    });

    it("shows all of them running all the same", async () => {
      await viewAtAgeOf(world, 4n, stakeLimitWindow);
      expect(await staking.runningStake(world.author)).to.equal(act(200));
    });
  });

  describe("when stakes end before they leave the window", () => {
    beforeEach(async () => {
      await setRules(world, { stakeLimitWindow: 3n * period });
      await stake(4, { keeping: act(80) });
    });

    it("reverts in the last second in which all of them run", async () => {
      await atAgeOf(world, 1n, period - 1n);
      await expectLimit(act(200), act(280));
    });

    it("emits ArgumentCreated when the first has ended", async () => {
      await atAgeOf(world, 1n, period);
      await expectRoom();
    });

    it("shows the last one a second before its end", async () => {
      await viewAtEndOf(world, 4n, -1n);
      expect(await staking.stakeLimit(world.author)).to.deep.equal([act(50), act(130)]);
    });

    it("shows them in neither figure when they have ended, and nobody has processed them", async () => {
      await viewAtEndOf(world, 4n);
      expect(await staking.stakeLimit(world.author)).to.deep.equal([0n, act(80)]);
    });

    it("shows no running stake either", async () => {
      await viewAtEndOf(world, 4n);
      expect(await staking.runningStake(world.author)).to.equal(0n);
    });

    it("shows them in the total, with interest, when they are credited", async () => {
      await viewAtEndOf(world, 4n);
      await staking.processExpired(100n);
      expect(await staking.stakeLimit(world.author)).to.deep.equal([0n, act(280) + 4n * CREATION_INTEREST]);
    });

    it("leaves the total as it is when the credit is withdrawn", async () => {
      await viewAtEndOf(world, 4n);
      await staking.processExpired(100n);
      await staking.withdraw();
      expect(await staking.stakeLimit(world.author)).to.deep.equal([0n, act(280) + 4n * CREATION_INTEREST]);
    });

    it("reverts with the token's own error when they have no more than unprocessed stakes", async () => {
      await keepOnly(0n);
      await atAgeOf(world, 4n, period);
      await expect(sendArgument(world, { claimId: OTHER_CLAIM }))
        .to.be.revertedWithCustomError(world.token, "ERC20InsufficientBalance")
        .withArgs(world.author, 0n, creationStake);
    });
  });

  describe("when the window is as wide as it can be", () => {
    it("shows a stake of almost a year", async () => {
      await setRules(world, { stakeLimitWindow: YEAR, period: YEAR });
      await stake(1, { keeping: 0n });
      await viewAtEndOf(world, 1n, -1n);
      expect(await staking.stakeLimit(world.author)).to.deep.equal([creationStake, creationStake]);
    });
  });

  describe("when governance changes the window", () => {
    beforeEach(async () => {
      await stake(4, { keeping: act(80) });
      await viewAtAgeOf(world, 4n, DAY);
    });

    it("shows stakes of the day before no more when it is a day", async () => {
      await setRules(world, { stakeLimitWindow: DAY });
      expect(await staking.stakeLimit(world.author)).to.deep.equal([0n, act(80)]);
    });

    it("shows them when it is some hours longer", async () => {
      await setRules(world, { stakeLimitWindow: DAY + 2n * HOUR });
      expect(await staking.stakeLimit(world.author)).to.deep.equal([act(200), act(280)]);
    });
  });

  describe("when the user deletes an argument", () => {
    beforeEach(async () => {
      await stake(4, { keeping: act(80) });
      await staking.deleteArgument(2n);
    });

    it("updates staked, and leaves the total, for the stake is credited", async () => {
      expect(await staking.stakeLimit(world.author)).to.deep.equal([act(150), act(280)]);
    });

    it("updates runningStake", async () => {
      expect(await staking.runningStake(world.author)).to.equal(act(150));
    });

    it("emits ArgumentCreated, where the limit had been reached", async () => {
      await expectRoom();
    });
  });

  describe("when the user is slashed", () => {
    beforeEach(async () => {
      await stake(4, { keeping: act(80) });
      await slash(world, 3n);
    });

    it("updates staked and total by what was lost", async () => {
      expect(await staking.stakeLimit(world.author)).to.deep.equal([act(150), act(230)]);
    });

    it("updates runningStake", async () => {
      expect(await staking.runningStake(world.author)).to.equal(act(150));
    });
  });

  describe("when an argument that the user upvoted is found unhelpful", () => {
    it("leaves the upvote among what is staked, for it runs to its end", async () => {
      await upvote(world, await argue(world, { by: world.supporter }), world.author);
      await keepOnly(act(80));
      await slash(world, 1n);
      expect(await staking.stakeLimit(world.author)).to.deep.equal([act(10), act(90)]);
    });
  });

  describe("when the user has as much as the token can count", () => {
    it("emits ArgumentCreated", async () => {
      await argue(world);
      await world.token.connect(world.author).mint(world.author, MaxUint256 - (await world.token.totalSupply()));
      await expectRoom();
    });
  });

  describe("when a stranger pays the user", () => {
    it("updates the total", async () => {
      await stake(4, { keeping: act(80) });
      await world.token.connect(world.outsider).transfer(world.author, act(20));
      await mineBlock();
      expect(await staking.stakeLimit(world.author)).to.deep.equal([act(200), act(300)]);
    });
  });
});
