import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A command of package.json, running. */
export interface Run {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** Everything written so far, to either stream. */
  output(): string;
  /** Resolves to the exit code when the command ends. */
  readonly ended: Promise<number | null>;
}

/** Starts `scripts/<script>` as package.json does, with `env` on top of this environment. */
export function start(script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Run {
  const child = spawn(process.execPath, ["--import", "tsx", `scripts/${script}`, ...args], {
    cwd: ROOT,
    // Without the mark of Hardhat's test runner: the command is not to know that it is tested.
    env: { ...process.env, HH_TEST: undefined, NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let written = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      written += chunk.toString();
    });
  }
  const ended = once(child, "close").then(([code]) => code as number | null);
  return { child, output: () => written, ended };
}

/** Runs a script to its end. */
export async function run(
  script: string,
  args: readonly string[],
  env?: NodeJS.ProcessEnv,
): Promise<{ code: number | null; output: string }> {
  const running = start(script, args, env);
  const code = await running.ended;
  return { code, output: running.output() };
}
