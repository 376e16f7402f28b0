import { expect } from "chai";
import { signPermit } from "../../sdk/permit.ts";
import { MAX_AMOUNT } from "../../sdk/stake/math.ts";
import { HOUR, STAKE } from "../fixtures/amounts.ts";
import { unboundVault } from "../fixtures/hand-settled.ts";
import { describePermitChecks } from "../fixtures/permit-checks.ts";
import { load, now } from "../fixtures/protocol.ts";
import { openPools, type StakeWorld } from "../fixtures/stake.ts";

describe("StakeVault.depositWithPermit", () => {
  describePermitChecks({
    spender: ({ stakeVault }) => stakeVault,
    send: ({ stakeVault }, user, amount, permit) => stakeVault.connect(user).depositWithPermit(amount, ...permit),
    event: "Deposited",
  });

  describe("when the deposit is made or refused", () => {
    /** The supporter's deposit, and the permit for it. */
    const deposit = async (
      {
        stakeVault,
        token,
        supporter,
      }: Pick<StakeWorld, "stakeVault" | "supporter"> & { token: Parameters<typeof signPermit>[0]["token"] },
      amount: bigint,
    ) => {
      const deadline = (await now()) + HOUR;
      const request = { token, owner: supporter, spender: stakeVault, value: amount, deadline };
      const { v, r, s } = await signPermit(request);
      return stakeVault.connect(supporter).depositWithPermit(amount, deadline, v, r, s);
    };

    it("emits Deposited with the caller and the amount", async () => {
      const world = await load(openPools);
      await expect(deposit(world, STAKE)).to.emit(world.stakeVault, "Deposited").withArgs(world.supporter, STAKE);
    });

    it("updates the caller's stake", async () => {
      const world = await load(openPools);
      await deposit(world, STAKE);
      expect(await world.stakeVault.totalStake(world.supporter)).to.equal(STAKE);
    });

    it("reverts when the amount is zero", async () => {
      const world = await load(openPools);
      await expect(deposit(world, 0n)).to.be.revertedWithCustomError(world.stakeVault, "AmountZero").withArgs();
    });

    it("reverts when the amount is 2^85", async () => {
      const world = await load(openPools);
      await expect(deposit(world, MAX_AMOUNT + 1n))
        .to.be.revertedWithCustomError(world.stakeVault, "StakeTooLarge")
        .withArgs(MAX_AMOUNT + 1n, MAX_AMOUNT);
    });

    it("reverts when the vault is not bound", async () => {
      const world = await load(unboundVault);
      await expect(deposit(world, STAKE)).to.be.revertedWithCustomError(world.stakeVault, "NotBound").withArgs();
    });
  });
});
