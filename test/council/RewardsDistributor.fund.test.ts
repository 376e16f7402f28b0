import { expect } from "chai";
import { ACT, type CouncilWorld, openCouncil } from "../fixtures/council.ts";
import { openStream } from "../fixtures/council-stories.ts";
import { load } from "../fixtures/protocol.ts";

describe("RewardsDistributor.fund", () => {
  let world: CouncilWorld;

  const fund = (amount: bigint, by = world.outsider) => world.rewardsDistributor.connect(by).fund(amount);

  describe("when no period streams", () => {
    beforeEach(async () => {
      world = await load(openCouncil);
    });

    it("pays it from the caller", async () => {
      await expect(fund(ACT(7))).to.changeTokenBalances(
        world.ethers,
        world.token,
        [world.outsider, world.rewardsDistributor],
        [-ACT(7), ACT(7)],
      );
    });

    it("emits Funded", async () => {
      await expect(fund(ACT(7)))
        .to.emit(world.rewardsDistributor, "Funded")
        .withArgs(world.outsider, ACT(7));
    });

    it("updates what the next period streams", async () => {
      await fund(ACT(7));
      expect(await world.rewardsDistributor.nextPeriodAmount()).to.equal(ACT(7));
    });

    it("updates what the next period streams by a single unit", async () => {
      await fund(1n);
      expect(await world.rewardsDistributor.nextPeriodAmount()).to.equal(1n);
    });

    it("updates what the next period streams by the sum of two payments", async () => {
      await fund(ACT(7));
      await fund(ACT(5), world.staker);
      expect(await world.rewardsDistributor.nextPeriodAmount()).to.equal(ACT(12));
    });

    it("leaves what is owed at nothing", async () => {
      await fund(ACT(7));
      expect(await world.rewardsDistributor.owed()).to.equal(0n);
    });

    it("reverts when the amount is zero", async () => {
      await expect(fund(0n)).to.be.revertedWithCustomError(world.rewardsDistributor, "AmountZero").withArgs();
    });

    it("reverts with the token's error when the balance is a unit short", async () => {
      const balance = await world.token.balanceOf(world.outsider);
      await expect(fund(balance + 1n))
        .to.be.revertedWithCustomError(world.token, "ERC20InsufficientBalance")
        .withArgs(world.outsider, balance, balance + 1n);
    });

    it("reverts with the token's error when the allowance is a unit short", async () => {
      await world.token.connect(world.outsider).approve(world.rewardsDistributor, ACT(7) - 1n);
      await expect(fund(ACT(7)))
        .to.be.revertedWithCustomError(world.token, "ERC20InsufficientAllowance")
        .withArgs(world.rewardsDistributor, ACT(7) - 1n, ACT(7));
    });
  });

  describe("when a period streams", () => {
    beforeEach(async () => {
      world = await load(openStream);
    });

    it("leaves what it streams as it is", async () => {
      const { amount } = await world.rewardsDistributor.stream();
      await fund(ACT(7));
      expect((await world.rewardsDistributor.stream()).amount).to.equal(amount);
    });

    it("leaves what is owed as it is", async () => {
      const owed = await world.rewardsDistributor.owed();
      await fund(ACT(7));
      expect(await world.rewardsDistributor.owed()).to.equal(owed);
    });

    it("updates what the next period streams", async () => {
      await fund(ACT(7));
      expect(await world.rewardsDistributor.nextPeriodAmount()).to.equal(ACT(7));
    });
  });
});
