import { expect } from "chai";
import { StakeVault__factory, TruthSerum__factory } from "../../typechain-types/index.ts";
import { EPOCHS, MAX_UINT32 } from "../fixtures/amounts.ts";
import { type DollarProtocol, load, now, protocolFixture } from "../fixtures/protocol.ts";

describe("TruthSerum.constructor", () => {
  const { epochLength, revealWindow } = EPOCHS;
  let protocol: DollarProtocol;

  const deploy = (length: bigint, window: bigint) =>
    new TruthSerum__factory(protocol.deployer).deploy(
      protocol.convictionMarket,
      protocol.stakeVault,
      length,
      window,
      protocol.authority,
    );

  beforeEach(async () => {
    protocol = await load(protocolFixture);
  });

  describe("when it is deployed by Ignition", () => {
    it("keeps the venue", async () => {
      expect(await protocol.truthSerum.market()).to.equal(protocol.convictionMarket);
    });

    it("keeps the vault", async () => {
      expect(await protocol.truthSerum.vault()).to.equal(protocol.stakeVault);
    });

    it("keeps the authority", async () => {
      expect(await protocol.truthSerum.authority()).to.equal(protocol.authority);
    });

    it("keeps the length of an epoch", async () => {
      expect(await protocol.truthSerum.epochLength()).to.equal(epochLength);
    });

    it("keeps the time for opening", async () => {
      expect(await protocol.truthSerum.revealWindow()).to.equal(revealWindow);
    });

    it("is not paused", async () => {
      expect(await protocol.truthSerum.paused()).to.equal(false);
    });

    it("is what the vault obeys", async () => {
      expect(await protocol.stakeVault.serum()).to.equal(protocol.truthSerum);
    });
  });

  describe("when it is deployed", () => {
    it("begins epoch 0 in that second", async () => {
      const truthSerum = await deploy(epochLength, revealWindow);
      expect(await truthSerum.startedAt()).to.equal(await now());
    });

    for (const [length, window] of [
      [1n, 1n],
      [epochLength, 1n],
      [epochLength, epochLength],
      [MAX_UINT32, MAX_UINT32],
    ] as const) {
      it(`keeps epochs of ${length} seconds, opened for ${window}`, async () => {
        const truthSerum = await deploy(length, window);
        expect([await truthSerum.epochLength(), await truthSerum.revealWindow()]).to.deep.equal([length, window]);
      });
    }
  });

  describe("when an argument is wrong", () => {
    it("reverts when the venue works on another vault", async () => {
      const { deployer, convictionMarket, stakeVault, usdc, authority, truthSerum } = protocol;
      const vault = await new StakeVault__factory(deployer).deploy(usdc, authority);
      const factory = new TruthSerum__factory(deployer);
      await expect(factory.deploy(convictionMarket, vault, epochLength, revealWindow, authority))
        .to.be.revertedWithCustomError(truthSerum, "VaultMismatch")
        .withArgs(vault, stakeVault);
    });

    it("reverts when an epoch has no length", async () => {
      await expect(deploy(0n, 1n)).to.be.revertedWithCustomError(protocol.truthSerum, "EpochLengthZero").withArgs();
    });

    for (const window of [0n, epochLength + 1n, MAX_UINT32]) {
      it(`reverts when the time for opening is ${window} of ${epochLength} seconds`, async () => {
        await expect(deploy(epochLength, window))
          .to.be.revertedWithCustomError(protocol.truthSerum, "RevealWindowOutOfBounds")
          .withArgs(window, 1n, epochLength);
      });
    }
  });
});
