import { Worker } from "node:worker_threads";
import { ANSWERED, type Channel, LENGTH } from "./channel.ts";

/** z3, which the compiler asks while it runs: what it is asked with is answered before it goes on. */
export interface Solver {
  /** What z3 says to a query in SMT-LIB 2. */
  solve(query: string): string;
  close(): Promise<void>;
}

/** The longest answer: some values of a counterexample. */
const MOST_BYTES = 1 << 20;

/**
 * Starts z3 in a thread of its own.
 *
 * @param effort The most steps that it takes for a query, in its own count.
 */
export function startSolver(effort: number): Solver {
  const channel: Channel = {
    signals: new SharedArrayBuffer(8),
    text: new SharedArrayBuffer(MOST_BYTES),
    effort,
  };
  const [state, bytes] = [new Int32Array(channel.signals), new Uint8Array(channel.text)];
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: channel });
  return {
    solve(query) {
      Atomics.store(state, ANSWERED, 0);
      worker.postMessage(query);
      Atomics.wait(state, ANSWERED, 0);
      return new TextDecoder().decode(bytes.slice(0, Atomics.load(state, LENGTH)));
    },
    async close() {
      worker.postMessage(undefined);
      await worker.terminate();
    },
  };
}
