import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { signPermit } from "../../sdk/permit.ts";
import { HOUR } from "../fixtures/amounts.ts";
import { ACT, type CouncilWorld, openCouncil } from "../fixtures/council.ts";
import { load, nextAt, now } from "../fixtures/protocol.ts";

const VALUE = ACT(5);

describe("CouncilToken.permit", () => {
  let world: CouncilWorld;
  let deadline: bigint;

  /** The outsider sends the staker's permit for themselves, signed by the staker unless by another. */
  const permit = async (signer: HardhatEthersSigner = world.staker) => {
    const { token, staker: owner, outsider: spender } = world;
    const { v, r, s } = await signPermit({ token, owner, spender, value: VALUE, deadline, signer });
    return token.connect(spender).permit(owner, spender, VALUE, deadline, v, r, s);
  };

  beforeEach(async () => {
    world = await load(openCouncil);
    deadline = (await now()) + HOUR;
  });

  describe("when the holder has signed it", () => {
    it("emits Approval", async () => {
      await expect(permit()).to.emit(world.token, "Approval").withArgs(world.staker, world.outsider, VALUE);
    });

    it("updates the allowance", async () => {
      await permit();
      expect(await world.token.allowance(world.staker, world.outsider)).to.equal(VALUE);
    });

    it("uses the nonce up", async () => {
      await permit();
      expect(await world.token.nonces(world.staker)).to.equal(1n);
    });

    it("emits Approval in the last second", async () => {
      await nextAt(deadline);
      await expect(permit()).to.emit(world.token, "Approval").withArgs(world.staker, world.outsider, VALUE);
    });
  });

  describe("when it does not hold", () => {
    it("reverts a second after the last", async () => {
      await nextAt(deadline + 1n);
      await expect(permit()).to.be.revertedWithCustomError(world.token, "ERC2612ExpiredSignature").withArgs(deadline);
    });

    it("reverts when another has signed it", async () => {
      await expect(permit(world.whale))
        .to.be.revertedWithCustomError(world.token, "ERC2612InvalidSigner")
        .withArgs(world.whale, world.staker);
    });
  });
});
