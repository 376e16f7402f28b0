import { expect } from "chai";
import { MaxUint256, ZeroAddress } from "ethers";
import { DAY } from "../fixtures/amounts.ts";
import { atAge, type CouncilWorld, openCouncil, PLEDGE, stake, viewAt } from "../fixtures/council.ts";
import { accountOf, ODD, positionOf, powerOf } from "../fixtures/council-checks.ts";
import { load, nextAt, now } from "../fixtures/protocol.ts";
import { mineBlock } from "../fixtures/stake.ts";

describe("CouncilStaking, views", () => {
  let world: CouncilWorld;

  beforeEach(async () => {
    world = await load(openCouncil);
  });

  describe("positionIdOf", () => {
    it("is the owner in the upper 160 bits, and the index in the lower 96", async () => {
      const id = await world.councilStaking.positionIdOf(world.staker, 5n);
      expect(id).to.equal((BigInt(world.staker.address) << 96n) | 5n);
    });

    it("is 0 for nobody's first", async () => {
      expect(await world.councilStaking.positionIdOf(ZeroAddress, 0n)).to.equal(0n);
    });

    it("is the largest number for the last address's last", async () => {
      const last = `0x${"f".repeat(40)}`;
      expect(await world.councilStaking.positionIdOf(last, 2n ** 96n - 1n)).to.equal(MaxUint256);
    });

    it("is the id of every position, in order", async () => {
      const { councilStaking, staker } = world;
      const ids = [await stake(world), await stake(world), await stake(world)];
      const named = await Promise.all([0n, 1n, 2n].map((index) => councilStaking.positionIdOf(staker, index)));
      expect(ids).to.deep.equal(named);
    });
  });

  describe("position", () => {
    it("keeps tier and power until it is poked", async () => {
      const positionId = await stake(world, { amount: ODD });
      await viewAt(atAge(world, positionId, 200n * DAY));
      const { tierDays, power } = await positionOf(world, positionId);
      expect([tierDays, power]).to.deep.equal([0n, ODD]);
    });

    it("reverts when there is none", async () => {
      const { councilStaking, outsider } = world;
      const id = await councilStaking.positionIdOf(outsider, 0n);
      await expect(councilStaking.position(id))
        .to.be.revertedWithCustomError(councilStaking, "PositionUnknown")
        .withArgs(id);
    });

    it("reverts when it is closed", async () => {
      const { councilStaking, staker } = world;
      const positionId = await stake(world);
      await councilStaking.connect(staker).unstake(positionId);
      await expect(councilStaking.position(positionId))
        .to.be.revertedWithCustomError(councilStaking, "PositionUnknown")
        .withArgs(positionId);
    });
  });

  describe("account", () => {
    it("is empty for who has not staked", async () => {
      expect(await accountOf(world, world.outsider)).to.deep.equal({
        staked: 0n,
        power: 0n,
        openedPositions: 0n,
        longTermPositions: 0n,
      });
    });

    it("keeps the own power of who has delegated it", async () => {
      await stake(world, { amount: ODD, lockDays: 90n });
      await world.councilStaking.connect(world.staker).delegate(world.delegate);
      expect((await accountOf(world, world.staker)).power).to.equal(powerOf(ODD, 90n));
    });

    it("counts no power for who was delegated to", async () => {
      await stake(world, { amount: ODD, lockDays: 90n });
      await world.councilStaking.connect(world.staker).delegate(world.delegate);
      expect((await accountOf(world, world.delegate)).power).to.equal(0n);
    });
  });

  describe("totalStaked", () => {
    it("is what staking holds after stakes and exits of every kind", async () => {
      const { councilStaking, staker, token } = world;
      const early = await stake(world, { lockDays: 30n });
      const free = await stake(world, { amount: ODD });
      await stake(world, { by: world.whale, amount: PLEDGE + 1n, lockDays: 180n });
      await councilStaking.connect(staker).unstakeEarly(early);
      await councilStaking.connect(staker).unstake(free);
      expect([await councilStaking.totalStaked(), await token.balanceOf(councilStaking)]).to.deep.equal([
        PLEDGE + 1n,
        PLEDGE + 1n,
      ]);
    });

    it("leaves out what was sent unasked", async () => {
      await world.token.connect(world.outsider).transfer(world.councilStaking, PLEDGE);
      expect(await world.councilStaking.totalStaked()).to.equal(0n);
    });
  });

  describe("clock", () => {
    it("is the second of the block", async () => {
      const second = (await now()) + 12_345n;
      await nextAt(second);
      await mineBlock();
      expect(await world.councilStaking.clock()).to.equal(second);
    });

    it("says so, as ERC-6372 has it", async () => {
      expect(await world.councilStaking.CLOCK_MODE()).to.equal("mode=timestamp");
    });
  });
});
