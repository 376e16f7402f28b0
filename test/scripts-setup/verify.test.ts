import { mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { zeroPadValue } from "ethers";
import type { HardhatUserConfig } from "hardhat/types/config";
import { NothingToDoError } from "../../ignition/errors.ts";
import { environmentOn, refuseLocal, verifyDeployment } from "../../scripts/verify.ts";
import { run } from "./command-line.ts";
import { deployLive, LIVE, type Live } from "./live.ts";

/** Etherscan's API, as far as verification goes, for contracts that are verified but for a few. */
class Explorer {
  /** What it was sent. */
  readonly submitted: URLSearchParams[] = [];
  /** What it answers to sources. */
  verdict = "Pass - Verified";
  unverified: readonly string[] = [];
  readonly #server: Server;

  constructor() {
    this.#server = createServer(async (request, response) => {
      const { searchParams } = new URL(request.url ?? "", "http://explorer");
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = new URLSearchParams(Buffer.concat(chunks).toString());
      response
        .writeHead(200, { "content-type": "application/json" })
        .end(JSON.stringify(this.#answer(searchParams, body)));
    });
  }

  #answer(asked: URLSearchParams, body: URLSearchParams): object {
    const action = asked.get("action");
    if (action === "getsourcecode") {
      const isVerified = !this.unverified.includes(asked.get("address") ?? "");
      return { status: "1", result: [{ SourceCode: isVerified ? "contract" : "" }] };
    }
    if (action === "verifysourcecode") {
      this.submitted.push(body);
      return { status: "1", result: "a-guid" };
    }
    return { status: this.verdict.startsWith("Pass") ? "1" : "0", result: this.verdict };
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

/** The explorers that are not played. */
const DISABLED = { blockscout: { enabled: false }, sourcify: { enabled: false } };

/** Runs without a word on the terminal. */
async function silently(act: () => Promise<void>): Promise<string> {
  const { write: toStdout } = process.stdout;
  const { write: toStderr } = process.stderr;
  let written = "";
  const listen = (text: string | Uint8Array) => {
    written += String(text);
    return true;
  };
  process.stdout.write = listen;
  process.stderr.write = listen;
  try {
    await act();
  } finally {
    process.stdout.write = toStdout;
    process.stderr.write = toStderr;
  }
  return written;
}

describe("npm run verify", () => {
  describe("with a block explorer", () => {
    let live: Live;
    let explorer: Explorer;
    let config: HardhatUserConfig;

    before(async () => {
      live = await deployLive();
    });

    beforeEach(async () => {
      explorer = new Explorer();
      const apiUrl = await explorer.listen();
      const etherscan = { url: apiUrl, apiUrl };
      config = {
        ...live.config,
        chainDescriptors: { [LIVE.chainId]: { name: "Base Sepolia", chainType: "op", blockExplorers: { etherscan } } },
        verify: { etherscan: { apiKey: "a key" }, ...DISABLED },
      };
    });

    afterEach(async () => {
      process.exitCode = undefined;
      await explorer.close();
    });

    after(async () => {
      await live.close();
    });

    const verify = () =>
      silently(async () => {
        const environment = await environmentOn({ network: LIVE.network, url: live.url }, config);
        await verifyDeployment(environment, live.record);
      });

    it("sends nothing where all is verified", async () => {
      const said = await verify();
      expect(explorer.submitted).to.deep.equal([]);
      expect(said.match(/has already been verified/g)).to.have.length(15);
    });

    it("sends the sources of what is not, the markets' implementation too", async () => {
      const { BeliefMarket, RankRegistry } = live.record.contracts;
      explorer.unverified = [BeliefMarket.address, RankRegistry.address];
      await verify();
      expect(process.exitCode).to.equal(undefined);
      const sent = explorer.submitted.map((body) => [body.get("contractaddress"), body.get("contractname")]);
      expect(sent).to.deep.equal([
        [RankRegistry.address, "project/contracts/query/RankRegistry.sol:RankRegistry"],
        [BeliefMarket.address, "project/contracts/market/BeliefMarket.sol:BeliefMarket"],
      ]);
    });

    it("sends the arguments of the constructor", async () => {
      const { BeliefMarket } = live.record.contracts;
      explorer.unverified = [BeliefMarket.address];
      await verify();
      const asset = zeroPadValue(live.record.asset, 32).slice(2).toLowerCase();
      expect(explorer.submitted[0]?.get("constructorArguments")?.replace("0x", "")).to.equal(asset);
    });

    it("fails where Ignition's journal has no artifact of one, and verifies the others", async () => {
      const artifact = join(
        live.folder,
        "deployments",
        `chain-${LIVE.chainId}`,
        "artifacts",
        "Query#RankRegistry.json",
      );
      await rename(artifact, `${artifact}.lost`);
      const said = await verify().finally(() => rename(`${artifact}.lost`, artifact));
      expect(process.exitCode).to.equal(1);
      expect(said).to.include('"Query#RankRegistry" is not verified: Ignition\'s journal has no artifact of it');
      expect(said.match(/has already been verified/g)).to.have.length(14);
    });

    it("fails where Ignition's journal does not have one of the record's, and verifies the others", async () => {
      const journal = join(live.folder, "deployments", `chain-${LIVE.chainId}`, "journal.jsonl");
      const whole = await readFile(journal, "utf8");
      const without = whole.split("\n").filter((line) => !line.includes('"futureId":"Query#RankRegistry"'));
      await writeFile(journal, without.join("\n"));
      const said = await verify().finally(() => writeFile(journal, whole));
      expect(process.exitCode).to.equal(1);
      expect(said).to.include('"RankRegistry" is not verified: Ignition\'s journal does not have it');
      expect(said.match(/has already been verified/g)).to.have.length(14);
    });

    it("has nothing to do where no explorer is enabled", async () => {
      config = { ...config, verify: { etherscan: { apiKey: "a key", enabled: false }, ...DISABLED } };
      const failure: unknown = await verify().catch((reason: unknown) => reason);
      expect(failure).to.be.instanceOf(NothingToDoError);
      expect((failure as NothingToDoError).message).to.include("enables no block explorer");
    });

    it("fails where one is refused", async () => {
      explorer.unverified = [live.record.contracts.BeliefMarket.address];
      explorer.verdict = "Fail - Unable to verify";
      const said = await verify();
      expect(process.exitCode).to.equal(1);
      expect(said).to.include("Fail - Unable to verify");
    });
  });

  it("has nothing to do on a local chain", () => {
    expect(() => refuseLocal("localhost", 31_337)).to.throw(NothingToDoError, "No block explorer shows a local chain");
  });

  it("ends with exit code 2 on a local chain", async () => {
    const { code, output } = await run("verify.ts", ["--network", "localhost"]);
    expect(output).to.include("No block explorer shows a local chain: there is nothing to verify");
    expect(code).to.equal(2);
  });

  it("says how to store the key that is missing, and ends with exit code 2", async () => {
    // A home of its own: no keystore, hence no question for its password.
    const home = await mkdtemp(join(tmpdir(), "home-"));
    const env = { HOME: home, XDG_CONFIG_HOME: home, ETHERSCAN_API_KEY: undefined };
    const { code, output } = await run("verify.ts", ["--network", "sepolia"], env);
    await rm(home, { recursive: true });
    expect(output).to.include("`npm run keystore -- set ETHERSCAN_API_KEY`");
    expect(code).to.equal(2);
  });
});
