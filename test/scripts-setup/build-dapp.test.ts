import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { buildDapp, configFor } from "../../dapp/build/config.ts";
import type { Network } from "../../dapp/src/chain/network.ts";
import { CONTRACT_NAMES } from "../../ignition/contracts.ts";
import { firstLoadOf, MOST_FIRST_LOAD } from "../../scripts/dapp/budget.ts";
import { LIVE_NETWORKS } from "../../scripts/dapp/networks.ts";
import { run } from "./command-line.ts";

/** A live network with nothing on it. */
const SEPOLIA: Network = {
  name: "sepolia",
  label: "Sepolia",
  chainId: 11_155_111,
  rpcUrl: "https://node.example/v1",
  explorerUrl: "https://explorer.example",
  contracts: Object.fromEntries(
    CONTRACT_NAMES.map((name) => [name, { address: ZeroAddress, block: 0 }]),
  ) as Network["contracts"],
  asset: { address: ZeroAddress, symbol: "USDC", decimals: 6 },
  isLocal: false,
};

describe("the built app", () => {
  let folder: string;
  let document: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "dapp-"));
    await buildDapp(configFor([SEPOLIA], folder));
    document = await readFile(join(folder, "index.html"), "utf8");
  });
  after(() => rm(folder, { recursive: true }));

  const assets = async () => readdir(join(folder, "assets"));
  const codeOf = async (file: string) => readFile(join(folder, "assets", file), "utf8");

  it("loads no more script at first than its budget", async () => {
    expect(await firstLoadOf(folder)).to.be.within(MOST_FIRST_LOAD / 2, MOST_FIRST_LOAD);
  });

  it("names everything by a path that is relative", () => {
    const paths = [...document.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path);
    expect(paths).not.to.deep.equal([]);
    for (const path of paths) expect(path).to.match(/^\.\//);
  });

  it("brings a policy along that allows itself and its networks' nodes alone", () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/
      .exec(document)?.[1]
      ?.replaceAll("&#39;", "'");
    const rules = Object.fromEntries(
      (policy ?? "").split("; ").map((rule) => [rule.split(" ")[0], rule.split(" ").slice(1)]),
    );
    expect(rules["default-src"]).to.deep.equal(["'none'"]);
    expect(rules["script-src"]).to.deep.equal(["'self'"]);
    expect(rules["style-src"]).to.deep.equal(["'self'"]);
    expect(rules["connect-src"]).to.deep.equal(["'self'", "https://node.example"]);
  });

  it("has the policy before anything that it is about", () => {
    expect(document.indexOf("Content-Security-Policy")).to.be.below(document.search(/<(script|link)/));
  });

  it("has no script or style in the page itself", () => {
    expect(document).not.to.match(/<style|<script(?![^>]* src=)| style=| on\w+=/);
  });

  it("holds no contract's code", async () => {
    for (const file of await assets())
      if (file.endsWith(".js")) expect(await codeOf(file), file).not.to.match(/0x60[0-9a-f]{2000}/);
  });

  it("has no test wallet where no network is local", async () => {
    expect((await assets()).filter((file) => file.includes("TestWallet"))).to.deep.equal([]);
  });
});

describe("npm run build:dapp", () => {
  it("says so where nothing is deployed", async () => {
    const { code, output } = await run("dapp/build.ts", []);
    expect(code).to.equal(1);
    expect(output).to.include("There is no record of a live deployment in deployments/");
  });

  for (const [given, problem] of [
    ["mainnet=https://node.example", `The network is one of ${LIVE_NETWORKS.join(", ")}.`],
    ["sepolia=node.example", "The node's URL begins with https:// or http://."],
    ["sepolia", "The node's URL begins with https:// or http://."],
  ] as const) {
    it(`refuses --rpc ${given}`, async () => {
      const { code, output } = await run("dapp/build.ts", ["--rpc", given]);
      expect(code).to.equal(1);
      expect(output).to.include(problem);
    });
  }
});
