import { Presets, SingleBar } from "cli-progress";
import { count } from "./format.ts";

/** Tells whoever waits how far the work is. */
export interface Progress {
  /** @param total Steps there are. */
  start(total: number): void;
  /** @param done Steps done so far. @param note What is going on, in a word or two. */
  update(done: number, note: string): void;
  stop(): void;
}

const LINES_PER_RUN = 5;

/** A bar on a terminal; a line at every fifth of the work elsewhere, such as in a log. */
export function progressOn(stream: NodeJS.WritableStream & { readonly isTTY?: boolean }, label: string): Progress {
  return stream.isTTY === true ? new BarProgress(stream, label) : new LineProgress(stream, label);
}

class BarProgress implements Progress {
  readonly #bar: SingleBar;

  constructor(stream: NodeJS.WritableStream, label: string) {
    const format = `${label} {bar} {percentage} % | {value}/{total} | {note}`;
    this.#bar = new SingleBar(
      { format, stream, barsize: 30, clearOnComplete: true, hideCursor: true },
      Presets.shades_classic,
    );
  }

  start(total: number): void {
    this.#bar.start(total, 0, { note: "" });
  }

  update(done: number, note: string): void {
    this.#bar.update(done, { note });
  }

  stop(): void {
    this.#bar.stop();
  }
}

class LineProgress implements Progress {
  readonly #stream: NodeJS.WritableStream;
  readonly #label: string;
  #total = 0;
  #linesWritten = 0;

  constructor(stream: NodeJS.WritableStream, label: string) {
    this.#stream = stream;
    this.#label = label;
  }

  start(total: number): void {
    this.#total = total;
    this.#linesWritten = 0;
  }

  update(done: number, note: string): void {
    const lines = Math.floor((done * LINES_PER_RUN) / Math.max(this.#total, 1));
    if (lines <= this.#linesWritten) return;
    this.#linesWritten = lines;
    this.#stream.write(`${this.#label}: ${count(done)} of ${count(this.#total)} steps, ${note}\n`);
  }

  stop(): void {}
}
