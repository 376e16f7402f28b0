import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { type AddressLike, resolveAddress, Signature, ZeroAddress } from "ethers";
import { permitDomainOf } from "../../sdk/permit.ts";
import { HOUR } from "../fixtures/amounts.ts";
import { type CouncilWorld, openCouncil, PLEDGE, stake } from "../fixtures/council.ts";
import { load, nextAt, now } from "../fixtures/protocol.ts";

/** The EIP-712 type of OpenZeppelin's votes. */
const DELEGATION_TYPES = {
  Delegation: [
    { name: "delegatee", type: "address" },
    { name: "nonce", type: "uint256" },
    { name: "expiry", type: "uint256" },
  ],
};

/** A delegation: by the staker, to the delegate, with their first nonce, for an hour. */
interface Signed {
  delegatee?: AddressLike;
  nonce?: bigint;
  signer?: HardhatEthersSigner;
}

describe("CouncilStaking.delegateBySig", () => {
  let world: CouncilWorld;
  let expiry: bigint;

  /** The outsider sends a delegation that someone has signed. */
  const send = async ({ delegatee = world.delegate, nonce = 0n, signer = world.staker }: Signed = {}) => {
    const { councilStaking, outsider } = world;
    const message = { delegatee: await resolveAddress(delegatee), nonce, expiry };
    const signed = await signer.signTypedData(await permitDomainOf(councilStaking), DELEGATION_TYPES, message);
    const { v, r, s } = Signature.from(signed);
    return councilStaking.connect(outsider).delegateBySig(delegatee, nonce, expiry, v, r, s);
  };

  beforeEach(async () => {
    world = await load(openCouncil);
    await stake(world);
    expiry = (await now()) + HOUR;
  });

  describe("when the signature holds", () => {
    it("emits DelegateChanged for who signed", async () => {
      const { councilStaking, staker, delegate } = world;
      await expect(send()).to.emit(councilStaking, "DelegateChanged").withArgs(staker, staker, delegate);
    });

    it("moves the votes", async () => {
      await send();
      expect(await world.councilStaking.getVotes(world.delegate)).to.equal(PLEDGE);
    });

    it("uses the nonce up", async () => {
      await send();
      expect(await world.councilStaking.nonces(world.staker)).to.equal(1n);
    });

    it("emits DelegateChanged in the last second", async () => {
      const { councilStaking, staker, delegate } = world;
      await nextAt(expiry);
      await expect(send()).to.emit(councilStaking, "DelegateChanged").withArgs(staker, staker, delegate);
    });

    it("takes votes back when nobody is chosen", async () => {
      await world.councilStaking.connect(world.staker).delegate(world.delegate);
      await send({ delegatee: ZeroAddress });
      expect(await world.councilStaking.getVotes(world.staker)).to.equal(PLEDGE);
    });

    it("says oneself when nobody is chosen", async () => {
      await world.councilStaking.connect(world.staker).delegate(world.delegate);
      await send({ delegatee: ZeroAddress });
      expect(await world.councilStaking.delegates(world.staker)).to.equal(world.staker);
    });
  });

  describe("when it does not hold", () => {
    it("reverts a second after the last", async () => {
      await nextAt(expiry + 1n);
      await expect(send())
        .to.be.revertedWithCustomError(world.councilStaking, "VotesExpiredSignature")
        .withArgs(expiry);
    });

    it("reverts when it was used before", async () => {
      await send();
      await expect(send())
        .to.be.revertedWithCustomError(world.councilStaking, "InvalidAccountNonce")
        .withArgs(world.staker, 1n);
    });

    it("reverts when its nonce is to come", async () => {
      await expect(send({ nonce: 1n }))
        .to.be.revertedWithCustomError(world.councilStaking, "InvalidAccountNonce")
        .withArgs(world.staker, 0n);
    });

    it("leaves the staker's votes when another has signed it", async () => {
      await send({ signer: world.whale });
      expect(await world.councilStaking.getVotes(world.staker)).to.equal(PLEDGE);
    });
  });
});
