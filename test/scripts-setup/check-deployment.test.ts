import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { NothingToDoError } from "../../ignition/errors.ts";
import { describeInspection, inspectNetwork } from "../../scripts/check-deployment.ts";
import { Role } from "../../sdk/roles.ts";
import { AccessManager__factory } from "../../typechain-types/index.ts";
import { deployLive, LIVE, type Live } from "./live.ts";

describe("npm run check-deployment", () => {
  describe("of a live network", () => {
    let live: Live;

    before(async () => {
      live = await deployLive();
    });

    after(async () => {
      await live.close();
    });

    const inspect = () => inspectNetwork({ network: LIVE.network, url: live.url }, live.folder);

    it("finds nothing in what was just deployed, without a key of an account", async () => {
      expect((await inspect()).differences).to.deep.equal([]);
    });

    it("says so", async () => {
      const inspection = await inspect();
      const all = "code, wiring, parameters and roles are as documented.";
      const said = `base-sepolia, as of block ${inspection.block}: ${all}`;
      expect(describeInspection(LIVE.network, inspection)).to.deep.equal([said]);
    });

    it("finds a role that was given away", async () => {
      const [deployer, , stranger] = await live.connection.ethers.getSigners();
      const authority = AccessManager__factory.connect(live.record.contracts.AccessManager.address, deployer);
      await authority.grantRole(Role.Guardian, stranger?.address ?? "", 0n);
      const what = `AccessManager: Guardian (1) of ${stranger?.address}`;
      expect((await inspect()).differences).to.deep.equal([{ what, expected: "not granted", found: "granted" }]);
    });
  });

  it("has nothing to do where nothing is deployed", async () => {
    const folder = await mkdtemp(join(tmpdir(), "records-"));
    const error: unknown = await inspectNetwork({ network: "sepolia" }, folder).catch((reason: unknown) => reason);
    await rm(folder, { recursive: true });
    expect(error).to.be.instanceOf(NothingToDoError);
    expect((error as NothingToDoError).exitCode).to.equal(2);
  });

  describe("when it has found something", () => {
    const difference = { what: "StakeVault.venue", expected: "ConvictionMarket", found: "nobody" };
    const described = ["- StakeVault.venue", "    expected ConvictionMarket", "    found    nobody"];

    it("lists a difference", () => {
      const said = describeInspection("sepolia", { differences: [difference], paused: [], block: 7 });
      const last = "sepolia, as of block 7: one difference from what is documented.";
      expect(said).to.deep.equal([...described, last]);
    });

    it("counts several", () => {
      const said = describeInspection("sepolia", { differences: [difference, difference], paused: [], block: 7 });
      expect(said.at(-1)).to.equal("sepolia, as of block 7: 2 differences from what is documented.");
    });

    it("notes what is paused", () => {
      const said = describeInspection("sepolia", { differences: [], paused: ["StakeVault", "QueryEscrow"], block: 7 });
      expect(said[0]).to.equal("Paused by the guardian, which is no difference: StakeVault, QueryEscrow.");
    });
  });
});
