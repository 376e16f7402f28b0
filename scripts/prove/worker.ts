// The thread that z3 runs in: answers one query after the other, for a thread that waits without doing anything else.
import { parentPort, workerData } from "node:worker_threads";
import { init, killThreads } from "z3-solver";
import { ANSWERED, type Channel, LENGTH } from "./channel.ts";

const { signals, text, effort } = workerData as Channel;
const [state, bytes] = [new Int32Array(signals), new Uint8Array(text)];
const { Z3, em } = await init();

parentPort?.on("message", async (query: string | undefined) => {
  if (query === undefined) {
    await killThreads(em);
    parentPort?.close();
    return;
  }
  const { written } = new TextEncoder().encodeInto(await answerTo(query), bytes);
  Atomics.store(state, LENGTH, written);
  Atomics.store(state, ANSWERED, 1);
  Atomics.notify(state, ANSWERED);
});

/** What z3 says to a query, with an effort that is counted in its own steps: no machine is too slow for it. */
async function answerTo(query: string): Promise<string> {
  const context = Z3.mk_context(Z3.mk_config());
  const limited = query.replace(/^\(set-option :timeout \d+\)$/m, `(set-option :rlimit ${effort})`);
  try {
    return await Z3.eval_smtlib2_string(context, inOrder(limited));
  } catch (error) {
    return `unknown (${error})`;
  } finally {
    Z3.del_context(context);
  }
}

/** The compiler declares the same constants in another order each time, on which z3's luck depends. */
function inOrder(query: string): string {
  const lines = query.split("\n");
  const isConstant = (line: string) => /^\(declare-fun \|[^|]+\| \(\) (Int|Bool)\)$/.test(line);
  const sorted = lines.filter(isConstant).toSorted();
  let next = 0;
  return lines.map((line) => (isConstant(line) ? sorted[next++] : line)).join("\n");
}
