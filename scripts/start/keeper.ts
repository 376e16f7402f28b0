import { join } from "node:path";
import { createInterface } from "node:readline";
import { PassThrough } from "node:stream";
import { runKeeper } from "../../keeper/main.ts";
import { lineOf } from "./keeper-log.ts";

/** Seconds between two passes: short, for whoever moves the chain's time wants to see what comes of it. */
const INTERVAL = 5;

/** A chain with the protocol on it, and who keeps it. */
export interface KeptChain {
  /** Of the JSON-RPC server. */
  readonly url: string;
  /** Address of the account that sends. */
  readonly account: string;
  /** Folder of Ignition's journal; what the keeper remembers is kept in it. */
  readonly journal: string;
}

/**
 * Runs the keeper in this process, with all its jobs, and tells what it does in a line each.
 *
 * @param print Writes such a line.
 * @returns What ends the keeper, and resolves when it has ended. Should it fail by itself, the chain goes on.
 */
export function startKeeper({ url, account, journal }: KeptChain, print: (line: string) => void): () => Promise<void> {
  const end = new AbortController();
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  createInterface(stdout).on("line", (entry) => {
    const line = lineOf(entry);
    if (line !== undefined) print(line);
  });
  createInterface(stderr).on("line", (line) => print(`keeper  ${line}`));
  const state = join(journal, "keeper", "state.json");
  const place = ["--network", "localhost", "--url", url, "--deployment", journal, "--state", state];
  const args = [...place, "--from", account, "--interval", String(INTERVAL)];
  const complain = (reason: string) => print(`keeper  has ended, and the chain goes on without it: ${reason}`);
  const ended = runKeeper(args, { env: {}, stdout, stderr, signal: end.signal }).then(
    (code) => {
      if (!end.signal.aborted) complain(`exit code ${code}`);
    },
    (error: unknown) => complain(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  );
  return () => {
    end.abort();
    return ended;
  };
}
