import { expect } from "chai";
import { DeploymentError } from "../../ignition/errors.ts";
import { CHECK_DEPLOYMENT } from "../../scripts/check-deployment.ts";
import { DEPLOY } from "../../scripts/deploy.ts";
import { connectToRead, parseNetwork } from "../../scripts/network.ts";
import { VERIFY } from "../../scripts/verify.ts";
import { startChain } from "../ignition/chains.ts";

for (const command of [DEPLOY, CHECK_DEPLOYMENT, VERIFY]) {
  describe(`npm run ${command.name}`, () => {
    describe("when the network is not one to work on", () => {
      it("asks for a network where none is named", () => {
        const usage = `Which network? npm run ${command.name} -- --network <`;
        expect(() => parseNetwork(command, [])).to.throw(DeploymentError, usage);
      });

      it("lists the networks where it knows no such one", () => {
        const listed = "<localhost|sepolia|base-sepolia>";
        expect(() => parseNetwork(command, ["--network", "nowhere"])).to.throw(DeploymentError, listed);
      });

      it("refuses a chain that ends with the process", () => {
        const problem = "a chain inside this process";
        expect(() => parseNetwork(command, ["--network", "default"])).to.throw(DeploymentError, problem);
      });
    });

    it("takes a network that outlives the process", () => {
      expect(parseNetwork(command, ["--network", "localhost"])).to.deep.equal({ network: "localhost" });
    });

    it("takes another node of the network", () => {
      const url = "http://127.0.0.1:9545";
      expect(parseNetwork(command, ["--network", "localhost", "--url", url])).to.deep.equal({
        network: "localhost",
        url,
      });
    });
  });
}

describe("reading a network", () => {
  it("asks for no key", async () => {
    const chain = await startChain();
    const connection = await connectToRead({ network: "localhost", url: chain.url });
    expect(connection.networkConfig).to.include({ accounts: "remote" });
    await chain.close();
  });
});
