import { expect } from "chai";
import type { Filter, FilterByBlockHash, Log } from "ethers";
import hre from "hardhat";
import { logsOf, WIDEST_SPAN } from "../../ignition/check/logs.ts";
import { DeploymentError } from "../../ignition/errors.ts";
import { PAGES_BEFORE_GROWTH } from "../../sdk/node/log-span.ts";
import { type Answer, refusal, startBadLine } from "../keeper/line.ts";

const ADDRESS = ["0x00000000000000000000000000000000000000aa"];

const REFUSAL = "query exceeds max block range";

/** A node with a log in every tenth block, which tells those of no more than `most` blocks at once. */
class Node {
  readonly asked: [from: number, to: number][] = [];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  async getLogs(filter: Filter | FilterByBlockHash): Promise<Log[]> {
    if (!("fromBlock" in filter)) throw new TypeError("a range of blocks is expected");
    const [from, to] = [Number(filter.fromBlock), Number(filter.toBlock)];
    this.asked.push([from, to]);
    if (to - from + 1 > this.#most) throw new Error(REFUSAL);
    const blocks = Array.from({ length: to - from + 1 }, (_, index) => from + index);
    return blocks.filter((block) => block % 10 === 0).map((blockNumber) => ({ blockNumber }) as Log);
  }
}

const blocksOf = (logs: Log[]) => logs.map(({ blockNumber }) => blockNumber);

describe("logsOf", () => {
  it("asks once where the node tells enough at once", async () => {
    const node = new Node(WIDEST_SPAN);
    await logsOf(node, { address: ADDRESS, from: 5, to: WIDEST_SPAN + 4 });
    expect(node.asked).to.deep.equal([[5, WIDEST_SPAN + 4]]);
  });

  for (const most of [1, 7, 64, WIDEST_SPAN]) {
    it(`tells every log once where the node tells those of ${most} blocks at once`, async () => {
      const logs = await logsOf(new Node(most), { address: ADDRESS, from: 5, to: 95 });
      expect(blocksOf(logs)).to.deep.equal([10, 20, 30, 40, 50, 60, 70, 80, 90]);
    });
  }

  it("does not ask again for as many as were refused", async () => {
    const node = new Node(10);
    await logsOf(node, { address: ADDRESS, from: 0, to: 39 });
    const refused = node.asked.filter(([from, to]) => to - from + 1 > 10);
    expect(refused).to.deep.equal([
      [0, 39],
      [0, 19],
    ]);
  });

  it("asks nothing where there are no blocks", async () => {
    const node = new Node(10);
    await logsOf(node, { address: ADDRESS, from: 5, to: 4 });
    expect(node.asked).to.deep.equal([]);
  });

  it("tells how far it is", async () => {
    const steps: [number, number][] = [];
    const onProgress = (done: number, total: number) => steps.push([done, total]);
    await logsOf(new Node(20), { address: ADDRESS, from: 0, to: 39, onProgress });
    expect(steps).to.deep.equal([
      [20, 40],
      [40, 40],
    ]);
  });

  it("gives up where the node refuses a single block", async () => {
    const wanted = { address: ADDRESS, from: 0, to: 39 };
    const error: unknown = await logsOf(new Node(0), wanted).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(DeploymentError);
    expect((error as DeploymentError).facts).to.deep.equal({ fromBlock: 0, toBlock: 0 });
    expect(((error as DeploymentError).cause as Error).message).to.equal(REFUSAL);
  });

  it("gives up at once where the node fails for another reason than a limit of blocks", async () => {
    const node = new Node(10);
    node.getLogs = () => Promise.reject(new Error("header not found"));
    const wanted = { address: ADDRESS, from: 0, to: 39 };
    const error: unknown = await logsOf(node, wanted).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(DeploymentError);
    expect((error as DeploymentError).facts).to.deep.equal({ fromBlock: 0, toBlock: 39 });
    expect((error as DeploymentError).message).to.include("header not found");
  });

  it("asks for more blocks again after a while", async () => {
    const node = new Node(4);
    await logsOf(node, { address: ADDRESS, from: 0, to: 63 });
    const sizes = node.asked.map(([from, to]) => to - from + 1);
    const refused = [64, 32, 16, 8];
    const answered = Array(PAGES_BEFORE_GROWTH).fill(4);
    expect(sizes.slice(0, refused.length + answered.length + 2)).to.deep.equal([...refused, ...answered, 5, 2]);
  });
});

describe("logsOf over HTTP", () => {
  /** Blocks that the node answers for. */
  const MOST = 500;

  const answers: [string, Answer][] = [
    ["status 400 and a reason", refusal(-32_600, "eth_getLogs is limited to a 500 block range", 400)],
    ["status 413 and a reason", refusal(-32_602, "query exceeds max results 20000", 413)],
    ["status 413", { status: 413 }],
    ["status 504", { status: 504 }],
  ];
  for (const [what, answer] of answers) {
    it(`asks for fewer blocks where the node answers with ${what}`, async () => {
      const server = await hre.network.createServer("default", "127.0.0.1", 0);
      const { port } = await server.listen();
      const line = await startBadLine(`http://127.0.0.1:${port}`);
      const connection = await hre.network.create({ network: "localhost", override: { url: line.url } });
      line.fateOf = ({ method, params }) => {
        const { fromBlock, toBlock } = Object(Object(params)[0]);
        return method === "eth_getLogs" && Number(toBlock) - Number(fromBlock) >= MOST ? answer : "passes";
      };
      const steps: number[] = [];
      const wanted = { address: ADDRESS, from: 0, to: 2 * MOST - 1, onProgress: (done: number) => steps.push(done) };
      try {
        await logsOf(connection.ethers.provider, wanted);
        expect(steps).to.deep.equal([MOST, 2 * MOST]);
      } finally {
        await connection.close();
        await line.close();
        await server.close();
      }
    });
  }
});
