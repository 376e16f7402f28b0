import { expect } from "chai";
import { Collector } from "../demo/fixtures.ts";
import { BOTH, type CrowdWorld, travelToSettling } from "./crowd.ts";
import { type BadLine, refusal, startBadLine, until } from "./line.ts";
import { parseMetrics } from "./metrics.ts";
import { keep, type RemoteCrowd, type Run, startRemoteCrowd } from "./remote.ts";
import { linesOf } from "./workshop.ts";

const TELLING = "telling how it goes at /metrics, /healthz and /readyz";

describe("a keeper that is left alone", () => {
  let remote: RemoteCrowd;
  let world: CrowdWorld;
  let line: BadLine;
  let snapshot: Awaited<ReturnType<CrowdWorld["connection"]["networkHelpers"]["takeSnapshot"]>>;

  before(async () => {
    remote = await startRemoteCrowd();
    world = remote.world;
    line = await startBadLine(chainUrl());
    snapshot = await world.connection.networkHelpers.takeSnapshot();
  });
  beforeEach(() => {
    line.fateOf = () => "passes";
    line.methods.length = 0;
  });
  afterEach(() => snapshot.restore());
  after(async () => {
    await line.close();
    await remote.close();
  });

  const chainUrl = () => remote.args[remote.args.indexOf("--url") + 1] ?? "";

  async function areDistributed(): Promise<boolean> {
    const states = await Promise.all(BOTH.map(({ claimId, epoch }) => world.truthSerum.epochState(claimId, epoch)));
    return states.every(({ joined, distributed }) => joined === distributed);
  }

  /** A run that goes on, and where it tells how it goes. */
  interface Running {
    readonly output: Collector;
    /** An answer's status and its text. */
    read(path: string): Promise<[number, string]>;
    metric(sample: string): Promise<number | undefined>;
    end(): Promise<Run>;
  }

  async function run(...args: string[]): Promise<Running> {
    const output = new Collector();
    const end = new AbortController();
    const running = keep([...remote.args, "--metrics-port", "0", "--interval", "1", ...args], end.signal, output);
    await until(() => linesOf(output, TELLING).length > 0);
    const url = String(linesOf(output, TELLING)[0]?.url);
    const read = async (path: string): Promise<[number, string]> => {
      const response = await fetch(`${url}${path}`);
      return [response.status, await response.text()];
    };
    return {
      output,
      read,
      metric: async (sample) => parseMetrics((await read("/metrics"))[1]).get(`credence_keeper_${sample}`),
      end: () => {
        end.abort();
        return running;
      },
    };
  }

  describe("tells how it goes", () => {
    it("in metrics", async () => {
      await travelToSettling(world);
      const { metric, end } = await run("--jobs", "epochs");
      await until(async () => (await metric('items_total{job="epochs",outcome="done"}')) === 2);
      expect(await metric('items_total{job="epochs",outcome="due"}')).to.equal(2);
      expect(await metric('transactions_total{job="epochs",outcome="mined"}')).to.be.at.least(2);
      expect(await metric('gas_used_total{job="epochs"}')).to.be.above(42_000);
      expect(await metric("fees_wei_total")).to.be.above(0);
      expect(await metric('unscanned_blocks{job="epochs"}')).to.equal(0);
      expect(await metric('job_failures{job="epochs"}')).to.equal(0);
      expect(await metric('last_pass_timestamp_seconds{job="epochs"}')).to.be.above(0);
      await until(
        async () => (await metric("head_block")) === (await world.connection.ethers.provider.getBlockNumber()),
      );
      expect(await metric("balance_wei")).to.be.above(0);
      expect((await end()).code).to.equal(0);
    });

    it("until it ends, and no longer", async () => {
      const { read, end } = await run();
      await until(async () => (await read("/readyz"))[0] === 200);
      expect(await read("/healthz")).to.deep.equal([200, "ok\n"]);
      await end();
      expect(await read("/healthz").catch(() => "gone")).to.equal("gone");
    });

    it("also with --once", async () => {
      const { code, stdout } = await keep([...remote.args, "--once", "--metrics-port", "0"]);
      expect(code).to.equal(0);
      expect(linesOf(stdout, TELLING)).to.have.length(1);
    });

    it("nowhere unless it is asked to", async () => {
      const { stdout } = await keep([...remote.args, "--once"]);
      expect(linesOf(stdout, TELLING)).to.have.length(0);
    });

    it("or ends with 2 and names the setting where the port is taken", async () => {
      const { port } = new URL(line.url);
      const { code, stderr } = await keep([...remote.args, "--once", "--metrics-port", port]);
      expect([code, stderr.includes("--metrics-port (KEEPER_METRICS_PORT) must be free")]).to.deep.equal([2, true]);
    });
  });

  it("warns where the balance is low", async () => {
    const { stdout } = await keep([...remote.args, "--once", "--min-balance", "1000000"]);
    expect(linesOf(stdout, "the balance is low: send ether to the account")).to.have.length(1);
  });

  it("goes on where the node is away for a while, says so, and does its work when it is back", async () => {
    const { read, metric, end, output } = await run("--jobs", "epochs", "--url", line.url);
    await until(async () => (await read("/readyz"))[0] === 200);
    const { port } = new URL(line.url);
    await line.close();
    await travelToSettling(world);
    const reason = /^the last pass of `epochs` failed: .*Cannot connect to the network/;
    await until(async () => reason.test((await read("/readyz"))[1]));
    expect((await read("/readyz"))[0]).to.equal(503);
    expect(await metric('job_failures{job="epochs"}')).to.be.at.least(1);
    expect((await read("/healthz"))[0]).to.equal(200);
    line = await startBadLine(chainUrl(), Number(port));
    await until(areDistributed);
    await until(async () => (await read("/readyz"))[0] === 200);
    expect(await metric('job_failures{job="epochs"}')).to.equal(0);
    expect((await end()).code).to.equal(0);
    expect(linesOf(output, "the pass failed").length).to.be.at.least(1);
  });

  it("waits for a node that is away when it starts, and says so", async () => {
    const { port } = new URL(line.url);
    await line.close();
    const { read, end, output } = await run("--jobs", "epochs", "--url", line.url);
    await until(async () => linesOf(output, "waiting for the node").length > 1);
    expect(await read("/readyz")).to.deep.equal([503, "the node has not answered yet\n"]);
    line = await startBadLine(chainUrl(), Number(port));
    await until(async () => (await read("/readyz"))[0] === 200);
    expect((await end()).code).to.equal(0);
  });

  it("waits for a node that has trouble while it looks for the contracts", async () => {
    line.fateOf = ({ method }) => (method === "eth_call" ? { status: 503 } : "passes");
    const { read, end, output } = await run("--jobs", "epochs", "--url", line.url);
    await until(async () => linesOf(output, "waiting for the node").length > 0);
    line.fateOf = () => "passes";
    await until(async () => (await read("/readyz"))[0] === 200);
    expect((await end()).code).to.equal(0);
  });

  it("ends with 0 while it waits for a node", async () => {
    await line.close();
    const { end, output } = await run("--url", line.url);
    await until(async () => linesOf(output, "waiting for the node").length > 0);
    expect((await end()).code).to.equal(0);
    line = await startBadLine(chainUrl());
  });

  it("does what is due where the node limits log queries and requests", async () => {
    await travelToSettling(world);
    let requests = 0;
    line.fateOf = ({ method, params }) => {
      if (++requests % 25 === 0) return refusal(-32_005, "request rate exceeded");
      const { fromBlock, toBlock } = Object(Object(params)[0]);
      const isTooLong = method === "eth_getLogs" && Number(toBlock) - Number(fromBlock) >= 20;
      return isTooLong ? refusal(-32_602, "query exceeds max block range 20", 400) : "passes";
    };
    const { code } = await keep([...remote.args, "--once", "--jobs", "epochs", "--url", line.url]);
    expect([code, await areDistributed()]).to.deep.equal([0, true]);
  });

  it("ends with 2 and says why where the node has nothing but trouble at the start", async () => {
    line.fateOf = () => ({ status: 403 });
    const { code, stderr } = await keep([...remote.args, "--once", "--url", line.url]);
    expect([code, stderr.trim()]).to.deep.equal([2, "The node does not answer: HTTP status 403 (method=eth_chainId)"]);
  });

  it("does what is due over a WebSocket", async () => {
    await travelToSettling(world);
    const url = chainUrl().replace("http", "ws");
    const { code } = await keep([...remote.args, "--once", "--jobs", "epochs", "--url", url]);
    expect([code, await areDistributed()]).to.deep.equal([0, true]);
  });
});
