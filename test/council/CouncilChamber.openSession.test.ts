import { expect } from "chai";
import { DAY, HOUR, MAX_UINT96 } from "../fixtures/amounts.ts";
import { ACT, type CouncilWorld, openCouncil } from "../fixtures/council.ts";
import { NO_DECISION, OPTIONS, Phase, sendSession, TOPIC } from "../fixtures/council-acts.ts";
import { soon } from "../fixtures/council-stories.ts";
import { load } from "../fixtures/protocol.ts";
import { fieldsOf } from "../fixtures/structs.ts";

const optionsOf = (count: number) => Array.from({ length: count }, (_, i) => `Option ${i}`);

describe("CouncilChamber.openSession", () => {
  let world: CouncilWorld;

  beforeEach(async () => {
    world = await load(openCouncil);
  });

  describe("when all is within bounds", () => {
    it("emits SessionOpened", async () => {
      await expect(sendSession(world))
        .to.emit(world.councilChamber, "SessionOpened")
        .withArgs(1n, world.outsider, TOPIC, 5n, [...OPTIONS], DAY, ACT(100), false);
    });

    it("takes the fee", async () => {
      await expect(sendSession(world)).to.changeTokenBalances(
        world.ethers,
        world.token,
        [world.outsider, world.councilChamber],
        [-ACT(100), ACT(100)],
      );
    });

    it("takes nothing when the fee is zero", async () => {
      await expect(sendSession(world, { fee: 0n })).to.changeTokenBalances(
        world.ethers,
        world.token,
        [world.outsider, world.councilChamber],
        [0n, 0n],
      );
    });

    it("keeps the session", async () => {
      const openedAt = await soon();
      const { blockNumber } = await sendSession(world);
      expect(fieldsOf(await world.councilChamber.session(1n))).to.deep.equal({
        opener: world.outsider.address,
        phase: Phase.Drawing,
        size: 5n,
        options: 2n,
        isSquareRoot: false,
        openedAt,
        endsAt: 0n,
        openedIn: BigInt(blockNumber ?? 0),
        reward: ACT(100),
        voted: 0n,
        decision: NO_DECISION,
      });
    });

    it("counts sessions", async () => {
      await sendSession(world);
      await sendSession(world);
      expect(await world.councilChamber.sessionCount()).to.equal(2n);
    });

    it("has no members yet", async () => {
      await sendSession(world);
      expect(await world.councilChamber.members(1n)).to.deep.equal([]);
    });

    it("has no votes yet", async () => {
      await sendSession(world);
      expect(await world.councilChamber.tallies(1n)).to.deep.equal([0n, 0n]);
    });

    for (const size of [1n, 25n]) {
      it(`keeps a size of ${size}`, async () => {
        await sendSession(world, { size });
        expect((await world.councilChamber.session(1n)).size).to.equal(size);
      });
    }

    it("keeps 16 options", async () => {
      await sendSession(world, { options: optionsOf(16) });
      expect((await world.councilChamber.session(1n)).options).to.equal(16n);
    });

    for (const duration of [HOUR, 30n * DAY]) {
      it(`lets voting last ${duration} seconds`, async () => {
        await expect(sendSession(world, { duration }))
          .to.emit(world.councilChamber, "SessionOpened")
          .withArgs(1n, world.outsider, TOPIC, 5n, [...OPTIONS], duration, ACT(100), false);
      });
    }
  });

  describe("when something is out of bounds", () => {
    for (const size of [0n, 26n, 255n]) {
      it(`reverts when the size is ${size}`, async () => {
        await expect(sendSession(world, { size }))
          .to.be.revertedWithCustomError(world.councilChamber, "SizeOutOfRange")
          .withArgs(size, 1n, 25n);
      });
    }

    for (const count of [0, 1, 17, 258]) {
      it(`reverts when there are ${count} options`, async () => {
        await expect(sendSession(world, { options: optionsOf(count) }))
          .to.be.revertedWithCustomError(world.councilChamber, "OptionsOutOfRange")
          .withArgs(BigInt(count), 2n, 16n);
      });
    }

    for (const duration of [0n, HOUR - 1n, 30n * DAY + 1n]) {
      it(`reverts when voting lasts ${duration} seconds`, async () => {
        await expect(sendSession(world, { duration }))
          .to.be.revertedWithCustomError(world.councilChamber, "DurationOutOfRange")
          .withArgs(duration, HOUR, 30n * DAY);
      });
    }

    it("reverts when the fee is 2^96", async () => {
      await expect(sendSession(world, { fee: MAX_UINT96 + 1n }))
        .to.be.revertedWithCustomError(world.councilChamber, "SafeCastOverflowedUintDowncast")
        .withArgs(96n, MAX_UINT96 + 1n);
    });

    it("reverts with the token's error when the fee is more than the caller has", async () => {
      const balance = await world.token.balanceOf(world.outsider);
      await expect(sendSession(world, { fee: balance + 1n }))
        .to.be.revertedWithCustomError(world.token, "ERC20InsufficientBalance")
        .withArgs(world.outsider, balance, balance + 1n);
    });
  });
});
