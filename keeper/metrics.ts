import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { JobName } from "./config.ts";
import type { Pass, PassWatcher } from "./run.ts";
import { type Tally, TRANSACTION_OUTCOMES } from "./tally.ts";

/** A metric as people see it; docs/keeper.md has the same table. */
export interface Metric {
  readonly name: string;
  readonly type: "counter" | "gauge" | "histogram";
  readonly labels: readonly ("job" | "outcome")[];
  readonly help: string;
}

/** Every metric, in the order in which the documentation lists them. */
export const METRICS = {
  items: metric(
    "items_total",
    "counter",
    ["job", "outcome"],
    "items of passes: due, and of these done, failed, left; and entrusted beliefs that were missed",
  ),
  transactions: metric(
    "transactions_total",
    "counter",
    ["job", "outcome"],
    `times that a transaction was handed to the node, by what became of it: ${TRANSACTION_OUTCOMES.join(", ")}`,
  ),
  gasUsed: metric("gas_used_total", "counter", ["job"], "gas of transactions that were mined"),
  fees: metric("fees_wei_total", "counter", [], "wei paid for transactions that were mined"),
  headBlock: metric("head_block", "gauge", [], "number of the last block seen"),
  lag: metric("lag_seconds", "gauge", [], "seconds since the time of the last block seen"),
  unscanned: metric("unscanned_blocks", "gauge", ["job"], "blocks up to the head that the job has not looked through"),
  balance: metric("balance_wei", "gauge", [], "what the account that sends has"),
  lastPass: metric(
    "last_pass_timestamp_seconds",
    "gauge",
    ["job"],
    "when the last pass ended that did not fail; before that, when the keeper began",
  ),
  passSeconds: metric("pass_seconds", "histogram", ["job"], "how long passes take"),
  failures: metric("job_failures", "gauge", ["job"], "passes that failed since the last that did not"),
} as const satisfies Record<string, Metric>;

/** Seconds of a pass: with nothing due it takes few, the first search or a large epoch many. */
const PASS_BUCKETS = [0.1, 0.5, 1, 5, 15, 60, 300, 1_800];

const PASS_OUTCOMES = ["due", "done", "failed", "left"] as const;
/** What becomes of items. */
export const ITEM_OUTCOMES = [...PASS_OUTCOMES, "missed"] as const;

/** The metrics of one run. Nothing of them outlives it or is shared with another one in the process. */
export class Metrics implements PassWatcher {
  readonly #registry = new Registry();
  readonly #items = new Counter(this.#options(METRICS.items));
  readonly #transactions = new Counter(this.#options(METRICS.transactions));
  readonly #gasUsed = new Counter(this.#options(METRICS.gasUsed));
  readonly #fees = new Counter(this.#options(METRICS.fees));
  readonly #headBlock = new Gauge(this.#options(METRICS.headBlock));
  readonly #lag = new Gauge(this.#options(METRICS.lag));
  readonly #unscanned = new Gauge(this.#options(METRICS.unscanned));
  readonly #balance = new Gauge(this.#options(METRICS.balance));
  readonly #lastPass = new Gauge(this.#options(METRICS.lastPass));
  readonly #passSeconds = new Histogram({ ...this.#options(METRICS.passSeconds), buckets: PASS_BUCKETS });
  readonly #failures = new Gauge(this.#options(METRICS.failures));
  /** Until a head was seen, the clock runs from here: a keeper that waits for its node is late, not poor. */
  #headTime = Date.now() / 1_000;

  constructor() {
    this.#balance.set(Number.NaN);
  }

  /** Media type of `text`. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  /** All metrics, as Prometheus reads them. */
  async text(): Promise<string> {
    // Also while no block comes: that is what it is for.
    this.#lag.set(Date.now() / 1_000 - this.#headTime);
    return this.#registry.metrics();
  }

  /** Begins at 0 for a job, so that the first change counts as one. */
  expect(job: JobName): void {
    for (const outcome of ITEM_OUTCOMES) this.#items.inc({ job, outcome }, 0);
    for (const outcome of TRANSACTION_OUTCOMES) this.#transactions.inc({ job, outcome }, 0);
    this.#gasUsed.inc({ job }, 0);
    this.#failures.set({ job }, 0);
    this.#lastPass.set({ job }, Date.now() / 1_000);
  }

  /** Counts for a job while it works. */
  tallyOf(job: JobName): Tally {
    return {
      transaction: (outcome) => this.#transactions.inc({ job, outcome }),
      cost: (gasUsed, fee) => {
        this.#gasUsed.inc({ job }, Number(gasUsed));
        this.#fees.inc(Number(fee));
      },
      unscanned: (blocks) => this.#unscanned.set({ job }, blocks),
      missed: () => this.#items.inc({ job, outcome: "missed" }),
    };
  }

  passBegan(): void {}

  passEnded(job: string, { report, failures, seconds }: Pass): void {
    this.#passSeconds.observe({ job }, seconds);
    this.#failures.set({ job }, failures);
    if (report === undefined) return;
    for (const outcome of PASS_OUTCOMES) this.#items.inc({ job, outcome }, report[outcome]);
    this.#lastPass.set({ job }, Date.now() / 1_000);
  }

  /** @param timestamp The block's, in unix seconds. */
  sawHead(block: number, timestamp: number): void {
    this.#headBlock.set(block);
    this.#headTime = timestamp;
  }

  sawBalance(wei: bigint): void {
    this.#balance.set(Number(wei));
  }

  #options<T extends string>({ name, help, labels }: Metric & { readonly labels: readonly T[] }) {
    return { name, help, labelNames: labels, registers: [this.#registry] };
  }
}

function metric<T extends "job" | "outcome", Y extends Metric["type"]>(
  name: string,
  type: Y,
  labels: readonly T[],
  help: string,
) {
  return { name: `credence_keeper_${name}`, type, labels, help };
}
