import { expect } from "chai";
import { MaxUint256, ZeroAddress } from "ethers";
import type { StakeVault } from "../../typechain-types/index.ts";
import { CLAIM } from "../fixtures/amounts.ts";
import { boundVault, SERUM_FUNCTIONS, unboundVault } from "../fixtures/hand-settled.ts";
import { load } from "../fixtures/protocol.ts";

describe("StakeVault, called by someone else than the serum", () => {
  /** Each function as it would be refused for its amount as well. */
  const callOf = (vault: StakeVault, name: (typeof SERUM_FUNCTIONS)[number], user: string) =>
    name === "setAtRisk" ? vault.setAtRisk(user, CLAIM, MaxUint256) : vault[name](user, MaxUint256);

  for (const name of SERUM_FUNCTIONS) {
    describe(`when the function is ${name}`, () => {
      for (const actor of ["supporter", "venue", "deployer", "outsider"] as const) {
        it(`reverts when the caller is the ${actor}`, async () => {
          const world = await load(boundVault);
          await expect(callOf(world.stakeVault.connect(world[actor]), name, world.supporter.address))
            .to.be.revertedWithCustomError(world.stakeVault, "NotSerum")
            .withArgs(world[actor], world.serum);
        });
      }

      it("reverts when the vault is not bound", async () => {
        const { stakeVault, serum, supporter } = await load(unboundVault);
        await expect(callOf(stakeVault.connect(serum), name, supporter.address))
          .to.be.revertedWithCustomError(stakeVault, "NotSerum")
          .withArgs(serum, ZeroAddress);
      });
    });
  }
});
