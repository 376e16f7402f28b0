import { setTimeout as sleep } from "node:timers/promises";
import type { NetworkConnection } from "hardhat/types/network";
import { Chain } from "../../keeper/chain.ts";
import { openLog } from "../../keeper/log.ts";
import type { Call, SendLimits } from "../../keeper/send.ts";
import { openWorkshop, type Workshop } from "../../keeper/workshop.ts";
import { Collector } from "../demo/fixtures.ts";

/** A world with the chain it is on. */
export interface OnChain {
  readonly connection: NetworkConnection;
}

/** A workshop, its log, and what ends the work in it. */
export interface WatchedWorkshop {
  readonly workshop: Workshop;
  readonly output: Collector;
  readonly end: AbortController;
}

/** A keeper's workshop on a chain. */
export function watchedWorkshop(chain: Chain, limits: Partial<SendLimits> = {}): WatchedWorkshop {
  const output = new Collector();
  const end = new AbortController();
  const workshop = openWorkshop(chain, {
    limits: { gasCap: 16_777_216n, stuckAfter: 2_000, isDryRun: false, ...limits },
    log: openLog("info", output),
    signal: end.signal,
    rest: 1_000,
  });
  return { workshop, output, end };
}

/** A keeper's chain on the world's, with an account that has no other business there unless one is given. */
export async function chainOf({ connection }: OnChain, account?: string): Promise<Chain> {
  return new Chain(connection.ethers.provider, account ?? (await keeperOf(connection)), "pending");
}

/** A chain on which something happens between the estimate of a call and its sending. */
export class EventfulChain extends Chain {
  onEstimate: (call: Call) => Promise<unknown> = async () => undefined;
  /** Estimates far too little. */
  isFrugal = false;

  override async estimate(call: Call, gasLimit: bigint): Promise<bigint> {
    const gas = await super.estimate(call, gasLimit);
    await this.onEstimate(call);
    return this.isFrugal ? gas / 3n : gas;
  }

  /** Something happens at the first estimate only. */
  once(act: () => Promise<unknown>): void {
    this.onEstimate = async () => {
      this.onEstimate = async () => undefined;
      await act();
    };
  }
}

/** `chainOf` on which things happen. */
export async function eventfulChain({ connection }: OnChain): Promise<EventfulChain> {
  return new EventfulChain(connection.ethers.provider, await keeperOf(connection), "pending");
}

/**
 * Lets a keeper work while a rival's transaction waits in the pool, and then has that one mined.
 *
 * @param send Sends the rival's transaction.
 * @param rival Whose it is.
 */
export async function behindRival<T>(
  { connection }: OnChain,
  rival: string,
  send: () => Promise<unknown>,
  work: () => Promise<T>,
): Promise<T> {
  const { ethers, provider } = connection;
  const request = (method: string, ...params: unknown[]) => provider.request({ method, params });
  const nonceOf = (block: string) => ethers.provider.getTransactionCount(rival, block);
  await request("evm_setAutomine", false);
  const sending = send();
  while ((await nonceOf("pending")) === (await nonceOf("latest"))) await sleep(5);
  const working = work();
  await sleep(50);
  await request("evm_setAutomine", true);
  await request("evm_mine");
  await sending;
  return working;
}

/** The lines of a log with this message. */
export function linesOf({ text }: Collector, message: string): Record<string, unknown>[] {
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === message);
}

async function keeperOf({ ethers }: NetworkConnection): Promise<string> {
  return (await ethers.getSigners()).at(-1)?.address ?? "";
}
