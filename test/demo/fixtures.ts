import { Writable } from "node:stream";
import type { Answer } from "../../scripts/demo/csv.ts";
import type { Progress } from "../../scripts/demo/progress.ts";

/** The columns of a file of answers. */
export const HEADER = "state,expt city,subject,own,meta,confidence,actual";

/** One answer, with what a test cares about in `given`. */
export function answer(given: Partial<Answer> = {}): Answer {
  const usual = { line: 2, claim: "Juneau is the capital of Alaska", subject: "ann", own: true };
  return { ...usual, meta: 0.5, confidence: 0.8, actual: true, ...given };
}

/** Progress that nobody watches. */
export const silently: Progress = { start() {}, update() {}, stop() {} };

/** A stream that keeps what is written to it. */
export class Collector extends Writable {
  text = "";

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
