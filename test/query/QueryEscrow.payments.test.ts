import { expect } from "chai";
import { load } from "../fixtures/protocol.ts";
import { type DollarQueries, openEscrow } from "../fixtures/queries.ts";
import { PAYMENTS } from "../fixtures/query-payments.ts";
import { queryWith } from "../fixtures/query-stories.ts";

describe("QueryEscrow, when who pays cannot", () => {
  for (const { name, amount, story, callerOf, send } of PAYMENTS) {
    describe(`and is to ${name}`, () => {
      const short = amount - 1n;
      let world: DollarQueries;

      beforeEach(async () => {
        world = await load(openEscrow);
        await queryWith(world, story);
      });

      it("reverts with the asset's error when the allowance is one unit short", async () => {
        await world.token.connect(callerOf(world)).approve(world.queryEscrow, short);
        await expect(send(world))
          .to.be.revertedWithCustomError(world.token, "ERC20InsufficientAllowance")
          .withArgs(world.queryEscrow, short, amount);
      });

      it("reverts with the asset's error when the balance is one unit short", async () => {
        const whole = await world.token.balanceOf(callerOf(world));
        await world.token.connect(callerOf(world)).transfer(world.deployer, whole - short);
        await expect(send(world))
          .to.be.revertedWithCustomError(world.token, "ERC20InsufficientBalance")
          .withArgs(callerOf(world), short, amount);
      });
    });
  }
});
