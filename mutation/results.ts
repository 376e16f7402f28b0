import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { contentsOf, ROOT } from "./compiler.ts";
import type { Outcome } from "./messages.ts";
import type { Mutant } from "./mutant.ts";

/** Where results are kept from one run to the next: outside git, a line for each. */
export const RESULTS_FILE = join(ROOT, "cache", "mutation", "results.jsonl");

/** Results of this run and of earlier ones, of sources that have not changed since. */
export class Results {
  readonly #file: string;
  readonly #outcomes = new Map<string, Outcome>();
  readonly #sources = new Map<string, string>();

  constructor(file = RESULTS_FILE) {
    this.#file = file;
    if (!existsSync(file)) return;
    for (const line of readFileSync(file, "utf8").split("\n")) {
      const [key, outcome] = entryOf(line) ?? [];
      if (key === undefined) continue;
      if (outcome) this.#outcomes.set(key, outcome);
      else this.#outcomes.delete(key);
    }
  }

  /** What came of a change; `undefined` where it was not tried. */
  of(mutant: Mutant): Outcome | undefined {
    return this.#outcomes.get(this.#keyOf(mutant));
  }

  add(mutant: Mutant, outcome: Outcome): void {
    this.#outcomes.set(this.#keyOf(mutant), outcome);
    this.#write(mutant, outcome);
  }

  /** What came of a change does not count. */
  drop(mutant: Mutant): void {
    if (this.#outcomes.delete(this.#keyOf(mutant))) this.#write(mutant, null);
  }

  #write(mutant: Mutant, outcome: Outcome | null): void {
    mkdirSync(dirname(this.#file), { recursive: true });
    appendFileSync(this.#file, `${JSON.stringify([this.#keyOf(mutant), outcome])}\n`);
  }

  /** A change, and the source that it is made in: of another source, a result says nothing. */
  #keyOf({ id, file }: Mutant): string {
    const source = this.#sources.get(file) ?? createHash("sha256").update(contentsOf(file)).digest("hex").slice(0, 10);
    this.#sources.set(file, source);
    return `${id} ${source}`;
  }
}

/** A line of the file; `undefined` for one that was not written to its end. */
function entryOf(line: string): [string, Outcome | null] | undefined {
  try {
    return JSON.parse(line) as [string, Outcome | null];
  } catch {
    return undefined;
  }
}
