import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { type Anvil, anvilPath, startAnvil } from "./anvil.ts";

describe("anvil", () => {
  let folder: string;
  let node: Anvil;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "anvil-"));
    node = await startAnvil(folder);
  });
  after(async () => {
    await node.kill();
    await rm(folder, { recursive: true });
  });

  const isThere = (pid: number) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };

  it("is looked for in the package that brings it, and missed in one sentence", () => {
    expect(() => anvilPath("@foundry-rs/anvil-nowhere")).to.throw(
      /^These tests need the program anvil: npm install brings it as @foundry-rs\/anvil-nowhere, on Linux with x64 only\.$/,
    );
  });

  it("is of the version that package.json asks for", async () => {
    const { optionalDependencies } = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));
    const version = await node.request<string>("web3_clientVersion");
    expect(version.split("/")[1]?.split("-")[0]?.replace("v", "")).to.equal(
      optionalDependencies["@foundry-rs/anvil-linux-amd64"],
    );
  });

  it("knows the contracts' hard fork, and listens on this machine alone", async () => {
    const { hardFork } = await node.request<{ hardFork: string }>("anvil_nodeInfo");
    expect([hardFork.toLowerCase(), new URL(node.url).hostname]).to.deep.equal(["osaka", "127.0.0.1"]);
  });

  it("is another process after it was begun again, with what was on the chain", async () => {
    const { pid } = node;
    await node.request("anvil_mine", 3);
    const head = await node.request("eth_blockNumber");
    await node.stop();
    expect(isThere(pid)).to.equal(false);
    await node.restart();
    expect([node.pid === pid, await node.request("eth_blockNumber")]).to.deep.equal([false, head]);
  });

  it("ends also while it is stopped", async () => {
    node.pause();
    const { pid } = node;
    await node.kill();
    expect(isThere(pid)).to.equal(false);
  });
});
