import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod/v4";
import { BadInputError } from "../scripts/demo/errors.ts";
import { messageOf } from "../sdk/errors.ts";
import { MAX_SEED, MAX_STEPS } from "./limits.ts";
import type { Failure } from "./simulate.ts";

/** Of the format; a file of another one is not read. */
export const REPRODUCTION_VERSION = 1;

const schema = z.strictObject({
  version: z.literal(REPRODUCTION_VERSION),
  seed: z.int().min(0).max(MAX_SEED),
  steps: z.int().min(1).max(MAX_STEPS),
  /** The step that failed: 0 before the first, one more than there are while everybody leaves. */
  failedAt: z
    .int()
    .min(0)
    .max(MAX_STEPS + 1),
  doing: z.string(),
  what: z.string(),
  onChain: z.string().nullable(),
  inModel: z.string().nullable(),
});

/** What is needed to fail again, and what failed. */
export type Reproduction = z.infer<typeof schema>;

/** What a failed run leaves for who looks into it. */
export function reproductionOf(seed: number, steps: number, { step, ...facts }: Failure): Reproduction {
  return { version: REPRODUCTION_VERSION, seed, steps, failedAt: step, ...facts };
}

/** Writes a reproduction, in a folder that is made where there is none. */
export async function writeReproduction(path: string, reproduction: Reproduction): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(reproduction, null, 2)}\n`);
}

/** Reads a reproduction. Throws `BadInputError` where the file cannot be read, is no JSON, or of another version. */
export async function readReproduction(path: string): Promise<Reproduction> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new BadInputError(`--replay ${path}: the file cannot be read: ${messageOf(cause)}`, {}, { cause });
  });
  const json = jsonOf(path, text);
  const version = typeof json === "object" && json !== null && "version" in json ? json.version : undefined;
  if (version !== REPRODUCTION_VERSION) {
    throw new BadInputError(
      `--replay ${path}: the file is of version ${String(version)}, and version ${REPRODUCTION_VERSION} is needed: ` +
        "run its seed and steps with --seed and --steps",
    );
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join(".") || "the file"}: ${issue.message}`);
  throw new BadInputError(`--replay ${path}: ${wrong.join("; ")}`);
}

function jsonOf(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BadInputError(`--replay ${path}: the file is not JSON: ${messageOf(cause)}`, {}, { cause });
  }
}
