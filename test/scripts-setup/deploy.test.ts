import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { DeploymentError } from "../../ignition/errors.ts";
import { parseNetwork } from "../../scripts/deploy.ts";
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
