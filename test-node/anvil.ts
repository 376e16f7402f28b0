import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { appendFile, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { until } from "./until.ts";

const require = createRequire(import.meta.url);

/** The package that brings anvil: there is one for Linux on x64, and only there npm installs it. */
export const ANVIL_PACKAGE = "@foundry-rs/anvil-linux-amd64";

/** The chain id that anvil and Hardhat give to development chains. */
export const LOCAL_CHAIN = 31_337;
/** As many as Hardhat's own chain has; the first of both are the same. */
const ACCOUNTS = 20;
/** Milliseconds that anvil may take to begin and to end. */
const PATIENCE = 60_000;

/** A real node, as a process of its own. */
export interface Anvil {
  readonly url: string;
  /** The same node over a WebSocket. */
  readonly webSocketUrl: string;
  readonly pid: number;
  /** JSON-RPC past every library. Throws what the node says is wrong. */
  request<T = unknown>(method: string, ...params: unknown[]): Promise<T>;
  /** The process stops where it is: lines stay open, and nothing is answered. */
  pause(): void;
  /** It goes on after `pause`. */
  resume(): void;
  /** Ends it, with its state written to a file where it has one. */
  stop(): Promise<void>;
  /** Begins again after `stop`, at the same port, with the state of before, and at the time of its last block. */
  restart(): Promise<void>;
  /** Ends it at once, whatever state it is in. */
  kill(): Promise<void>;
  /** What it has written. */
  log(): Promise<string>;
}

/** Anvils that run now: none outlives this process. */
const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/**
 * Where the program is.
 *
 * @param name The package that brings it.
 * @throws Error that says how to get it, where it is not installed.
 */
export function anvilPath(name = ANVIL_PACKAGE): string {
  try {
    return require.resolve(`${name}/bin/anvil`);
  } catch {
    throw new Error(`These tests need the program anvil: npm install brings it as ${name}, on Linux with x64 only.`);
  }
}

/**
 * Starts a new chain on a free port of this machine; it makes a block for each transaction until it is told otherwise.
 *
 * @param folder Where log and state are written.
 */
export async function startAnvil(folder: string, chainId = LOCAL_CHAIN): Promise<Anvil> {
  const path = anvilPath();
  const logFile = join(folder, "anvil.log");
  const stateFile = join(folder, "anvil.json");
  const log = () => readFile(logFile, "utf8").catch(() => "");

  async function begin(port: number) {
    await appendFile(logFile, `--- begins at port ${port}\n`);
    const begunAt = (await log()).length;
    const output = openSync(logFile, "a");
    const child = spawn(
      path,
      [
        ...["--host", "127.0.0.1", "--port", String(port), "--chain-id", String(chainId), "--hardfork", "osaka"],
        ...["--accounts", String(ACCOUNTS), "--state", stateFile, "--preserve-historical-states"],
      ],
      { stdio: ["ignore", output, output] },
    );
    // The child has its own.
    closeSync(output);
    running.add(child);
    const ended = once(child, "exit").then(() => running.delete(child));
    const address = await until("anvil listens", PATIENCE, async () => {
      if (!running.has(child)) throw new Error(`anvil ended:\n${await log()}`);
      return /Listening on (\S+)/.exec((await log()).slice(begunAt))?.[1];
    });
    return { child, ended, address };
  }

  let { child, ended, address } = await begin(0);
  const end = async (signal: NodeJS.Signals) => {
    child.kill("SIGCONT");
    child.kill(signal);
    await ended;
  };
  const request = <T>(method: string, ...params: unknown[]) => requestOf<T>(`http://${address}`, method, params);
  return {
    url: `http://${address}`,
    webSocketUrl: `ws://${address}`,
    get pid() {
      return child.pid ?? 0;
    },
    request,
    pause: () => void child.kill("SIGSTOP"),
    resume: () => void child.kill("SIGCONT"),
    stop: () => end("SIGTERM"),
    restart: async () => {
      ({ child, ended, address } = await begin(Number(address.split(":")[1])));
      // Anvil forgets how far its clock was ahead of the machine's.
      const { timestamp } = await request<{ timestamp: string }>("eth_getBlockByNumber", "latest", false);
      await request("evm_setTime", Number(timestamp));
    },
    kill: () => end("SIGKILL"),
    log,
  };
}

async function requestOf<T>(url: string, method: string, params: readonly unknown[]): Promise<T> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const answer = await fetch(url, { method: "POST", body, headers: { "content-type": "application/json" } });
  const { result, error } = (await answer.json()) as { result: T; error?: { message: string } };
  if (error !== undefined) throw new Error(`${method}: ${error.message}`);
  return result;
}
