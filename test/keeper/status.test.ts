import { expect } from "chai";
import { KeeperConfigError } from "../../keeper/errors.ts";
import { Health, LONGEST_SILENCE } from "../../keeper/health.ts";
import { Metrics } from "../../keeper/metrics.ts";
import { type StatusServer, serveStatus } from "../../keeper/status.ts";

describe("the status server", () => {
  let server: StatusServer;
  let metrics: Metrics;
  let health: Health;
  let now: number;

  beforeEach(async () => {
    now = 0;
    metrics = new Metrics();
    health = new Health(30_000, () => now);
    server = await serveStatus({ host: "127.0.0.1", port: 0, metrics, health });
  });
  afterEach(() => server.close());

  async function read(path: string, method = "GET"): Promise<[number, string]> {
    const response = await fetch(`${server.url}${path}`, { method });
    return [response.status, await response.text()];
  }

  it("takes a free port on this machine alone", () => {
    expect(server.url).to.match(/^http:\/\/127\.0\.0\.1:[1-9]\d+$/);
  });

  it("serves the metrics as Prometheus reads them", async () => {
    metrics.sawHead(7, 0);
    const response = await fetch(`${server.url}/metrics`);
    expect(response.headers.get("content-type")).to.include("text/plain; version=0.0.4");
    expect(await response.text()).to.include("\ncredence_keeper_head_block 7\n");
  });

  it("serves 200 at /healthz while the keeper is alive", async () => {
    expect(await read("/healthz")).to.deep.equal([200, "ok\n"]);
  });

  it("serves 503 with the reason where it is hung", async () => {
    now = LONGEST_SILENCE + 1;
    expect(await read("/healthz")).to.deep.equal([503, "no sign of life for 600 s\n"]);
  });

  it("serves 503 with the reason at /readyz while the keeper is not ready", async () => {
    expect(await read("/readyz")).to.deep.equal([503, "the node has not answered yet\n"]);
  });

  it("serves 200 where it is", async () => {
    health.expect(["epochs"]);
    const report = { due: 0, done: 0, failed: 0, left: 0 };
    health.passEnded("epochs", { report, reason: undefined, failures: 0, seconds: 1 });
    expect(await read("/readyz?verbose")).to.deep.equal([200, "ok\n"]);
  });

  it("answers a HEAD without the text", async () => {
    expect(await read("/healthz", "HEAD")).to.deep.equal([200, ""]);
  });

  it("knows no other page", async () => {
    expect(await read("/")).to.deep.equal([404, "there are /metrics, /healthz, /readyz\n"]);
    expect((await read("/constructor"))[0]).to.equal(404);
  });

  it("serves 500 with the reason where a page cannot be made, and goes on", async () => {
    metrics.text = () => Promise.reject(new Error("no figures"));
    expect(await read("/metrics")).to.deep.equal([500, "no figures\n"]);
    expect((await read("/healthz"))[0]).to.equal(200);
  });

  it("takes nothing but questions", async () => {
    expect((await read("/metrics", "POST"))[0]).to.equal(405);
  });

  it("names the setting where another process has the port", async () => {
    const port = Number(new URL(server.url).port);
    const failure: unknown = await serveStatus({ host: "127.0.0.1", port, metrics, health }).catch((e: unknown) => e);
    expect(failure)
      .to.be.instanceOf(KeeperConfigError)
      .with.property("message")
      .that.includes("--metrics-port (KEEPER_METRICS_PORT) must be free")
      .and.includes(`port=${port}`);
  });

  it("names the setting where the address is not this machine's", async () => {
    const failure: unknown = await serveStatus({ host: "192.0.2.1", port: 0, metrics, health }).catch(
      (e: unknown) => e,
    );
    expect(failure)
      .to.be.instanceOf(KeeperConfigError)
      .with.property("message")
      .that.includes("--metrics-host (KEEPER_METRICS_HOST)");
  });

  it("ends while somebody listens", async () => {
    const other = await serveStatus({ host: "127.0.0.1", port: 0, metrics, health });
    await fetch(`${other.url}/healthz`);
    await other.close();
    expect(await fetch(other.url).catch(() => "gone")).to.equal("gone");
  });
});
