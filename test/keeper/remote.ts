import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runKeeper } from "../../keeper/main.ts";
import { Collector } from "../demo/fixtures.ts";
import { connectTo, startChain } from "../ignition/chains.ts";
import { type CrowdWorld, openedCrowd } from "./crowd.ts";

/** A chain behind JSON-RPC with a crowd on it, and a folder for what a keeper of it reads and writes. */
export interface RemoteCrowd {
  readonly world: CrowdWorld;
  readonly folder: string;
  /** Ignition's journal of the deployment. */
  readonly deployment: string;
  /** What a keeper's command line needs in order to find chain and deployment. */
  readonly args: readonly string[];
  close(): Promise<void>;
}

/** Starts a chain on which epoch 0 has ended and its beliefs are opened: `openedCrowd`. */
export async function startRemoteCrowd(): Promise<RemoteCrowd> {
  const folder = await mkdtemp(join(tmpdir(), "keeper-"));
  const chain = await startChain();
  const world = await openedCrowd(await connectTo(chain.url, folder));
  const deployment = join(folder, "deployments", "chain-31337");
  const args = ["--network", "localhost", "--url", chain.url, "--deployment", deployment];
  const close = async () => {
    await world.connection.close();
    await chain.close();
    await rm(folder, { recursive: true });
  };
  return { world, folder, deployment, args: [...args, "--state", join(folder, "state.json")], close };
}

/** What a run of the keeper in this process left behind. */
export interface Run {
  readonly code: number;
  /** The log. */
  readonly stdout: Collector;
  readonly stderr: string;
}

/** Runs the keeper in this process. */
export async function keep(args: readonly string[], signal = new AbortController().signal): Promise<Run> {
  const [stdout, stderr] = [new Collector(), new Collector()];
  const code = await runKeeper(args, { env: {}, stdout, stderr, signal });
  return { code, stdout, stderr: stderr.text };
}
