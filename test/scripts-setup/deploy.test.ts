import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import hre from "hardhat";
import { deployLocal, deployProtocol } from "../../ignition/deploy.ts";
import { DeploymentError } from "../../ignition/errors.ts";
import { describeAdmin, parseNetwork } from "../../scripts/deploy.ts";
import { handedOver, handoverParameters } from "../roles/handed-over.ts";
import { run } from "./command-line.ts";

describe("npm run deploy", () => {
  describe("when the network is not one to deploy to", () => {
    it("asks for a network where none is named", () => {
      expect(() => parseNetwork([])).to.throw(DeploymentError, "Which network?");
    });

    it("lists the networks where it knows no such one", () => {
      expect(() => parseNetwork(["--network", "nowhere"])).to.throw(DeploymentError, "<localhost|sepolia>");
    });

    it("refuses a chain that ends with the process", () => {
      expect(() => parseNetwork(["--network", "default"])).to.throw(DeploymentError, "a chain inside this process");
    });
  });

  it("takes a network that outlives the process", () => {
    expect(parseNetwork(["--network", "localhost"])).to.equal("localhost");
  });

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

  it("says how to store a configuration variable that is missing", async () => {
    // A home of its own: no keystore, hence no question for its password.
    const home = await mkdtemp(join(tmpdir(), "home-"));
    const env = { HOME: home, XDG_CONFIG_HOME: home, SEPOLIA_RPC_URL: undefined, SEPOLIA_PRIVATE_KEY: undefined };
    const { code, output } = await run("deploy.ts", ["--network", "sepolia"], env);
    await rm(home, { recursive: true });
    expect(code).to.equal(1);
    expect(output).to.include("`npm run keystore -- set SEPOLIA_RPC_URL`");
  });
});
