import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { ACT, type CouncilWorld, HOLDINGS, openCouncil } from "../fixtures/council.ts";
import { SUPPLY } from "../fixtures/council-years.ts";
import { load } from "../fixtures/protocol.ts";

const AMOUNT = ACT(5);

describe("CouncilToken.burn", () => {
  let world: CouncilWorld;

  beforeEach(async () => {
    world = await load(openCouncil);
  });

  describe("when a holder burns their own", () => {
    it("emits Transfer to nobody", async () => {
      await expect(world.token.connect(world.staker).burn(AMOUNT))
        .to.emit(world.token, "Transfer")
        .withArgs(world.staker, ZeroAddress, AMOUNT);
    });

    it("takes them from the holder", async () => {
      await expect(world.token.connect(world.staker).burn(AMOUNT)).to.changeTokenBalance(
        world.ethers,
        world.token,
        world.staker,
        -AMOUNT,
      );
    });

    it("updates the supply", async () => {
      await world.token.connect(world.staker).burn(AMOUNT);
      expect(await world.token.totalSupply()).to.equal(SUPPLY - AMOUNT);
    });

    it("reverts when it is a unit more than they hold", async () => {
      await expect(world.token.connect(world.staker).burn(HOLDINGS + 1n))
        .to.be.revertedWithCustomError(world.token, "ERC20InsufficientBalance")
        .withArgs(world.staker, HOLDINGS, HOLDINGS + 1n);
    });
  });

  describe("when another burns them", () => {
    beforeEach(async () => {
      await world.token.connect(world.staker).approve(world.outsider, AMOUNT);
    });

    it("takes them from the holder", async () => {
      await expect(world.token.connect(world.outsider).burnFrom(world.staker, AMOUNT)).to.changeTokenBalances(
        world.ethers,
        world.token,
        [world.staker, world.outsider],
        [-AMOUNT, 0n],
      );
    });

    it("uses the allowance up", async () => {
      await world.token.connect(world.outsider).burnFrom(world.staker, AMOUNT);
      expect(await world.token.allowance(world.staker, world.outsider)).to.equal(0n);
    });

    it("reverts when it is a unit more than allowed", async () => {
      await expect(world.token.connect(world.outsider).burnFrom(world.staker, AMOUNT + 1n))
        .to.be.revertedWithCustomError(world.token, "ERC20InsufficientAllowance")
        .withArgs(world.outsider, AMOUNT, AMOUNT + 1n);
    });
  });
});
