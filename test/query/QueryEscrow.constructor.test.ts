import { expect } from "chai";
import { type AddressLike, ZeroAddress } from "ethers";
import type { Timing } from "../../sdk/query/timing.ts";
import { QueryEscrow__factory } from "../../typechain-types/index.ts";
import { DAY, TIMING } from "../fixtures/amounts.ts";
import { type DollarProtocol, load, protocolFixture } from "../fixtures/protocol.ts";
import { WINDOW_REFUSALS } from "../fixtures/query-checks.ts";
import { fieldsOf } from "../fixtures/structs.ts";

describe("QueryEscrow.constructor", () => {
  let protocol: DollarProtocol;

  const deploy = (timing: Timing = TIMING, wiring: { asset?: AddressLike; ranks?: AddressLike } = {}) => {
    const { asset = protocol.usdc, ranks = protocol.rankRegistry } = wiring;
    return new QueryEscrow__factory(protocol.deployer).deploy(asset, ranks, timing, protocol.authority);
  };

  beforeEach(async () => {
    protocol = await load(protocolFixture);
  });

  describe("when it is deployed by Ignition", () => {
    it("keeps the asset, which is that of the belief markets", async () => {
      expect(await protocol.queryEscrow.asset()).to.equal(protocol.usdc);
    });

    it("keeps the registry of ranks", async () => {
      expect(await protocol.queryEscrow.ranks()).to.equal(protocol.rankRegistry);
    });

    it("keeps the authority", async () => {
      expect(await protocol.queryEscrow.authority()).to.equal(protocol.authority);
    });

    it("keeps the default windows", async () => {
      expect(fieldsOf(await protocol.queryEscrow.defaultTiming())).to.deep.equal(TIMING);
    });

    it("has no query", async () => {
      expect(await protocol.queryEscrow.queryCount()).to.equal(0n);
    });

    it("is not paused", async () => {
      expect(await protocol.queryEscrow.paused()).to.equal(false);
    });

    it("owes nothing to anyone", async () => {
      expect(await protocol.queryEscrow.credited(protocol.author)).to.equal(0n);
    });
  });

  describe("when every window is at a bound", () => {
    for (const duration of [60n, 30n * DAY]) {
      it(`keeps windows of ${duration} seconds`, async () => {
        const timing: Timing = { answering: duration, opening: duration, judging: duration, revealing: duration };
        const queryEscrow = await deploy(timing);
        expect(fieldsOf(await queryEscrow.defaultTiming())).to.deep.equal(timing);
      });
    }
  });

  describe("when the asset is no contract", () => {
    it("reverts when it is an account without code", async () => {
      await expect(deploy(TIMING, { asset: protocol.outsider }))
        .to.be.revertedWithCustomError(protocol.queryEscrow, "AssetNotContract")
        .withArgs(protocol.outsider);
    });

    it("reverts when it is the zero address", async () => {
      await expect(deploy(TIMING, { asset: ZeroAddress }))
        .to.be.revertedWithCustomError(protocol.queryEscrow, "AssetNotContract")
        .withArgs(ZeroAddress);
    });

    it("reverts with the same error when everything else is wrong as well", async () => {
      await expect(deploy({ ...TIMING, answering: 0n }, { asset: ZeroAddress, ranks: ZeroAddress }))
        .to.be.revertedWithCustomError(protocol.queryEscrow, "AssetNotContract")
        .withArgs(ZeroAddress);
    });
  });

  describe("when the registry is no contract", () => {
    for (const [name, ranksOf] of [
      ["an account without code", () => protocol.outsider],
      ["the zero address", () => ZeroAddress],
    ] as const) {
      it(`reverts when it is ${name}`, async () => {
        await expect(deploy(TIMING, { ranks: ranksOf() }))
          .to.be.revertedWithCustomError(protocol.queryEscrow, "RegistryNotContract")
          .withArgs(ranksOf());
      });
    }

    it("reverts with the same error when a window is out of range as well", async () => {
      await expect(deploy({ ...TIMING, answering: 0n }, { ranks: ZeroAddress }))
        .to.be.revertedWithCustomError(protocol.queryEscrow, "RegistryNotContract")
        .withArgs(ZeroAddress);
    });
  });

  describe("when a window is out of range", () => {
    for (const [window, duration] of [...WINDOW_REFUSALS, ["answering", 0n], ["revealing", 0n]] as const) {
      it(`reverts when ${window} takes ${duration} seconds`, async () => {
        await expect(deploy({ ...TIMING, [window]: duration }))
          .to.be.revertedWithCustomError(protocol.queryEscrow, "WindowOutOfRange")
          .withArgs(window, duration, 60n, 30n * DAY);
      });
    }

    it("reverts with the first of several", async () => {
      await expect(deploy({ answering: 60n, opening: 59n, judging: 58n, revealing: 57n }))
        .to.be.revertedWithCustomError(protocol.queryEscrow, "WindowOutOfRange")
        .withArgs("opening", 59n, 60n, 30n * DAY);
    });
  });
});
