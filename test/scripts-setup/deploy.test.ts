import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import hre from "hardhat";
import { deployLocal, deployProtocol } from "../../ignition/deploy.ts";
import { describeAdmin } from "../../scripts/deploy.ts";
import { handedOver, handoverParameters } from "../roles/handed-over.ts";
import { run } from "./command-line.ts";

describe("npm run deploy", () => {
  describe("of who is admin", () => {
    it("says that the deployer is, on a local chain", async () => {
      const connection = await hre.network.create();
      const said = await describeAdmin(connection, await deployLocal(connection));
      expect(said).to.equal("The deployer is admin, as on every local chain.");
    });

    it("says how to hand over, on another chain", async () => {
      const connection = await hre.network.create({ network: "default", override: { chainId: 11_155_111 } });
      const { Handover: _, ...parameters } = await handoverParameters(connection);
      const said = await describeAdmin(connection, await deployProtocol(connection, parameters));
      expect(said).to.match(/^The deployer is admin\. A section Handover in the parameters file/);
    });

    it("says that the timelock is, after the handover", async () => {
      const connection = await hre.network.create();
      const protocol = await handedOver(connection);
      const timelock = await protocol.timelock.getAddress();
      const said = await describeAdmin(connection, protocol);
      expect(said).to.equal(`The timelock is admin, ${timelock}; the deployer is not any more.`);
    });
  });

  for (const [network, variables] of [
    ["sepolia", "SEPOLIA"],
    ["base-sepolia", "BASE_SEPOLIA"],
  ] as const) {
    it(`says how to store a configuration variable of ${network} that is missing`, async () => {
      // A home of its own: no keystore, hence no question for its password.
      const home = await mkdtemp(join(tmpdir(), "home-"));
      const missing = { [`${variables}_RPC_URL`]: undefined, [`${variables}_PRIVATE_KEY`]: undefined };
      const env = { HOME: home, XDG_CONFIG_HOME: home, ...missing };
      const { code, output } = await run("deploy.ts", ["--network", network], env);
      await rm(home, { recursive: true });
      expect(code).to.equal(1);
      expect(output).to.include(`\`npm run keystore -- set ${variables}_RPC_URL\``);
    });
  }
});
