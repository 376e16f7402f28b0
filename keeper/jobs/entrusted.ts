import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { getAddress, isAddress } from "ethers";
import { z } from "zod/v4";
import { StepError } from "../errors.ts";
import type { EpochKey } from "./epoch.ts";

/** A sealed belief, and what is needed to open it. */
export interface EntrustedBelief extends EpochKey {
  readonly user: string;
  /** In wad, as `meta`. */
  readonly belief: bigint;
  readonly meta: bigint;
  readonly salt: string;
}

const WAD = 10n ** 18n;
const bytes32 = z
  .string("32 bytes in hex")
  .regex(/^0x[0-9a-fA-F]{64}$/, "32 bytes in hex")
  .transform((hex) => hex.toLowerCase());
const whole = z
  .union([z.string().regex(/^\d{1,77}$/), z.int().nonnegative()], "a whole number, from 2^53 on as a string")
  .transform(BigInt);
const probability = whole.refine((value) => value <= WAD, "a probability in wad, at most 1e18");

const entrySchema = z.object(
  {
    user: z.string("an address").refine(isAddress, { error: "an address", abort: true }).transform(getAddress),
    claimId: bytes32,
    epoch: whole,
    belief: probability,
    meta: probability,
    salt: bytes32,
  },
  "an object",
);

/**
 * Reads an entry of the beliefs file.
 *
 * @param where Where it stands.
 * @throws StepError that says which fields are wrong, and never what they hold: it may be secret.
 */
export function parseBelief(line: string, where: string): EntrustedBelief {
  const parsed = entrySchema.safeParse(jsonOf(line, where));
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "the line"} must be ${message}`);
  throw new StepError(`${where}: ${wrong.join("; ")}`);
}

function jsonOf(line: string, where: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new StepError(`${where}: the line must be JSON`);
  }
}

/** A line that is not empty, and where it stands. */
export interface Line {
  readonly where: string;
  readonly text: string;
}

/** Beliefs that their owners entrusted to the keeper: a file of JSON lines, or a folder of `*.jsonl` files. */
export class EntrustedBeliefs {
  /** Names of voices past their time that were looked at: of those that were missed it has been told. */
  readonly told = new Set<string>();
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** The lines that there are now: some may be added while the keeper runs. Throws where they cannot be read. */
  async lines(): Promise<Line[]> {
    const lines: Line[] = [];
    for (const file of await this.#files()) {
      for (const [index, text] of (await readFile(file, "utf8")).split("\n").entries()) {
        if (text.trim() !== "") lines.push({ where: `${file}:${index + 1}`, text });
      }
    }
    return lines;
  }

  async #files(): Promise<string[]> {
    if (!(await stat(this.#path)).isDirectory()) return [this.#path];
    const names = (await readdir(this.#path)).filter((name) => name.endsWith(".jsonl"));
    return names.sort().map((name) => join(this.#path, name));
  }
}
