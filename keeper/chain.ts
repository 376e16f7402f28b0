import { setTimeout as sleep } from "node:timers/promises";
import type { HardhatEthersProvider } from "@nomicfoundation/hardhat-ethers/types";
import type { Call } from "./send.ts";

/** The block in which the keeper sees the chain: what it simulates happens there. */
export type View = "latest" | "pending";

/** Milliseconds between two looks at a chain that is waited for: short at first, then longer. */
const FIRST_LOOK = 50;
const LAST_LOOK = 2_000;

/** A chain, and the account that looks at it. */
export class Chain {
  readonly provider: HardhatEthersProvider;
  /** Who simulates and sends. */
  readonly account: string;
  readonly view: View;

  /**
   * @param view `latest` on networks. A development chain makes a block only when somebody sends, so that its latest
   * block stays behind the time: there it is `pending`.
   */
  constructor(provider: HardhatEthersProvider, account: string, view: View) {
    this.provider = provider;
    this.account = account;
    this.view = view;
  }

  /** The chain's time, in unix seconds. */
  async now(): Promise<bigint> {
    const block = await this.provider.send("eth_getBlockByNumber", [this.view, false]);
    return BigInt(block.timestamp);
  }

  /** What a call would return, with `gasLimit` gas. Throws the node's error where it fails. */
  simulate(call: Call, gasLimit: bigint): Promise<string> {
    return this.provider.call({ ...call, from: this.account, gasLimit, blockTag: this.view });
  }

  /** The gas that a call needs. Throws the node's error where it fails with `gasLimit`. */
  estimate(call: Call, gasLimit: bigint): Promise<bigint> {
    return this.provider.estimateGas({ ...call, from: this.account, gasLimit, blockTag: this.view });
  }
}

/**
 * Looks again and again until something is there.
 *
 * @param look Returns `undefined` while it is not.
 * @param patience Milliseconds to wait at most.
 * @returns What was found; `undefined` where patience ended or `signal` was given.
 */
export async function waitFor<T>(
  look: () => Promise<T | undefined>,
  patience: number,
  signal: AbortSignal,
): Promise<T | undefined> {
  const endsAt = Date.now() + patience;
  for (let pause = FIRST_LOOK; ; pause = Math.min(pause * 1.5, LAST_LOOK)) {
    const found = await look();
    const left = endsAt - Date.now();
    if (found !== undefined || left <= 0 || signal.aborted) return found;
    await pauseFor(Math.min(pause, left), signal);
  }
}

/** Sleeps for some milliseconds, or until `signal` is given. */
export async function pauseFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
