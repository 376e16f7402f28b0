import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Milliseconds between two looks at the memory in use. */
const LOOK_INTERVAL = 10;

/** Memory of this process, in bytes. */
export interface Memory {
  /** All that the system has given it. */
  readonly rss: number;
  /** What JavaScript uses. */
  readonly heap: number;
}

/** Does work, and tells the most memory that was seen in use meanwhile. */
export async function peakDuring<T>(work: () => Promise<T>): Promise<{ result: T; peak: Memory }> {
  const peak = { rss: 0, heap: 0 };
  const look = () => {
    const { rss, heapUsed } = process.memoryUsage();
    peak.rss = Math.max(peak.rss, rss);
    peak.heap = Math.max(peak.heap, heapUsed);
  };
  look();
  const looking = setInterval(look, LOOK_INTERVAL);
  try {
    const result = await work();
    look();
    return { result, peak };
  } finally {
    clearInterval(looking);
  }
}

/** Bytes that JavaScript uses once nothing is left to collect. */
export function heapAfterCollection(): number {
  setFlagsFromString("--expose-gc"); // as on the command line of Node, for contexts made from now on
  runInNewContext("gc()");
  return process.memoryUsage().heapUsed;
}
