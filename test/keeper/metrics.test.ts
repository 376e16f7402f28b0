import { expect } from "chai";
import { METRICS, Metrics } from "../../keeper/metrics.ts";
import { TRANSACTION_OUTCOMES } from "../../keeper/tally.ts";
import { metricsIn } from "./metrics.ts";

const REPORT = { due: 4, done: 2, failed: 1, left: 1 };

describe("Metrics", () => {
  let metrics: Metrics;

  beforeEach(() => {
    metrics = new Metrics();
  });

  const read = async (sample: string) => (await metricsIn(metrics)).get(sample);

  it("are those that are documented", async () => {
    const heads = (await metrics.text()).split("\n").filter((line) => line.startsWith("#"));
    const expected = Object.values(METRICS).flatMap(({ name, help, type }) => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} ${type}`,
    ]);
    expect(heads).to.deep.equal(expected);
  });

  it("begin at 0 for each outcome of a job", async () => {
    metrics.expect("epochs");
    expect(await read('credence_keeper_items_total{job="epochs",outcome="failed"}')).to.equal(0);
    for (const outcome of TRANSACTION_OUTCOMES) {
      expect(await read(`credence_keeper_transactions_total{job="epochs",outcome="${outcome}"}`)).to.equal(0);
    }
  });

  it("add up the items of a job's passes", async () => {
    const pass = { report: REPORT, reason: undefined, failures: 0, seconds: 2 };
    metrics.passEnded("epochs", pass);
    metrics.passEnded("epochs", pass);
    for (const [outcome, items] of Object.entries(REPORT)) {
      expect(await read(`credence_keeper_items_total{job="epochs",outcome="${outcome}"}`)).to.equal(2 * items);
    }
  });

  it("count what was missed", async () => {
    metrics.expect("epochs");
    metrics.tallyOf("epochs").missed();
    expect(await read('credence_keeper_items_total{job="epochs",outcome="missed"}')).to.equal(1);
  });

  it("tell how long passes take", async () => {
    metrics.passEnded("epochs", { report: REPORT, reason: undefined, failures: 0, seconds: 2 });
    metrics.passEnded("epochs", { report: undefined, reason: "no node", failures: 1, seconds: 100 });
    expect(await read('credence_keeper_pass_seconds_sum{job="epochs"}')).to.equal(102);
    expect(await read('credence_keeper_pass_seconds_bucket{le="5",job="epochs"}')).to.equal(1);
  });

  it("tell when the last pass ended that did not fail, and how many have failed since", async () => {
    const before = Date.now() / 1_000;
    metrics.passEnded("epochs", { report: REPORT, reason: undefined, failures: 0, seconds: 2 });
    const endedAt = await read('credence_keeper_last_pass_timestamp_seconds{job="epochs"}');
    expect(endedAt).to.be.within(before, Date.now() / 1_000);
    metrics.passEnded("epochs", { report: undefined, reason: "no node", failures: 3, seconds: 2 });
    expect(await read('credence_keeper_last_pass_timestamp_seconds{job="epochs"}')).to.equal(endedAt);
    expect(await read('credence_keeper_job_failures{job="epochs"}')).to.equal(3);
  });

  it("count transactions, and what they cost", async () => {
    const [epochs, queries] = [metrics.tallyOf("epochs"), metrics.tallyOf("queries")];
    epochs.transaction("replaced");
    epochs.transaction("mined");
    epochs.cost(21_000n, 42_000_000_000_000n);
    queries.cost(100_000n, 1n);
    expect(await read('credence_keeper_transactions_total{job="epochs",outcome="replaced"}')).to.equal(1);
    expect(await read('credence_keeper_transactions_total{job="epochs",outcome="mined"}')).to.equal(1);
    expect(await read('credence_keeper_gas_used_total{job="epochs"}')).to.equal(21_000);
    expect(await read('credence_keeper_gas_used_total{job="queries"}')).to.equal(100_000);
    expect(await read("credence_keeper_fees_wei_total")).to.equal(42_000_000_000_001);
  });

  it("tell how many blocks are left to look through", async () => {
    metrics.tallyOf("epochs").unscanned(17);
    expect(await read('credence_keeper_unscanned_blocks{job="epochs"}')).to.equal(17);
  });

  it("tell the head, and how far it is behind the clock by now", async () => {
    metrics.sawHead(7, Date.now() / 1_000 - 60);
    expect(await read("credence_keeper_head_block")).to.equal(7);
    expect(await read("credence_keeper_lag_seconds")).to.be.within(60, 65);
  });

  it("tell the balance", async () => {
    metrics.sawBalance(10n ** 18n);
    expect(await read("credence_keeper_balance_wei")).to.equal(1e18);
  });

  it("tell of no balance before one is known, and count the time from the start on", async () => {
    const before = Date.now() / 1_000;
    metrics.expect("epochs");
    expect(await read("credence_keeper_balance_wei")).to.deep.equal(Number.NaN);
    expect(await read("credence_keeper_lag_seconds")).to.be.within(0, 5);
    const countsFrom = await read('credence_keeper_last_pass_timestamp_seconds{job="epochs"}');
    expect(countsFrom).to.be.within(before - 5, Date.now() / 1_000);
  });

  it("are of one run", async () => {
    metrics.sawHead(7, 0);
    expect((await metricsIn(new Metrics())).get("credence_keeper_head_block")).to.equal(0);
  });
});
