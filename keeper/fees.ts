import { formatUnits } from "ethers";
import type { Chain } from "./chain.ts";
import { StepError } from "./errors.ts";

/** What a transaction pays for a unit of gas at most, and of that to whoever makes the block, in wei. */
export interface Fees {
  readonly maxFeePerGas: bigint;
  readonly maxPriorityFeePerGas: bigint;
}

/** A replacement pays a quarter more; nodes ask for a tenth. */
export const RAISE_PERCENT = 25n;
/** Nine times the first fee, after this many raises: something else must be wrong. */
export const MOST_RAISES = 10;

/** What transactions pay, within what the operator allows. */
export class FeeKeeper {
  readonly #provider: Chain["provider"];
  readonly #cap: bigint | undefined;

  /** @param cap The most to pay for a unit of gas, in wei; as the chain asks where it is not given. */
  constructor({ provider }: Chain, cap: bigint | undefined) {
    this.#provider = provider;
    this.#cap = cap;
  }

  /**
   * What the chain asks, where the operator pays it.
   *
   * @throws StepError where gas costs more than that.
   */
  async current(): Promise<Fees> {
    const { maxFeePerGas, maxPriorityFeePerGas } = await this.#asked();
    if (this.#cap === undefined || maxFeePerGas <= this.#cap) return { maxFeePerGas, maxPriorityFeePerGas };
    // What is asked leaves room for the base fee to double.
    const needed = (maxFeePerGas + maxPriorityFeePerGas) / 2n;
    if (needed <= this.#cap) return { maxFeePerGas: this.#cap, maxPriorityFeePerGas };
    throw new StepError("Gas costs more than --max-fee allows: this waits", inGwei({ needed, cap: this.#cap }));
  }

  /**
   * Fees with which the node lets a transaction take the place of one that pays these: what the chain asks, where it is
   * more.
   *
   * @param raises How often they were raised before.
   * @param nonce Of the transaction, for the error.
   * @throws StepError where no more may be paid.
   */
  async raise({ maxFeePerGas, maxPriorityFeePerGas }: Fees, raises: number, nonce: number): Promise<Fees> {
    const least = {
      maxFeePerGas: raised(maxFeePerGas),
      maxPriorityFeePerGas: raised(maxPriorityFeePerGas),
    };
    if (raises >= MOST_RAISES || (this.#cap !== undefined && least.maxFeePerGas > this.#cap)) {
      throw new StepError("A transaction is stuck, and no more may be paid for it", {
        nonce,
        ...inGwei({ maxFeePerGas }),
      });
    }
    const fees = dearer(least, await this.#asked());
    if (this.#cap === undefined || fees.maxFeePerGas <= this.#cap) return fees;
    return { maxFeePerGas: this.#cap, maxPriorityFeePerGas: least.maxPriorityFeePerGas };
  }

  async #asked(): Promise<Fees> {
    const { maxFeePerGas, maxPriorityFeePerGas } = await this.#provider.getFeeData();
    if (maxFeePerGas === null || maxPriorityFeePerGas === null) {
      throw new StepError("The chain has no fees after EIP-1559");
    }
    return { maxFeePerGas, maxPriorityFeePerGas };
  }
}

/** A fee raised once, rounded up: a replacement that pays too little is refused. */
function raised(fee: bigint): bigint {
  return (fee * (100n + RAISE_PERCENT)) / 100n + 1n;
}

/** The higher of two fees, each for itself. */
export function dearer(one: Fees, other: Fees): Fees {
  return {
    maxFeePerGas: highest(one.maxFeePerGas, other.maxFeePerGas),
    maxPriorityFeePerGas: highest(one.maxPriorityFeePerGas, other.maxPriorityFeePerGas),
  };
}

function highest(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}

/** Fees for the log, which takes no bigints. */
export function inGwei(fees: Fees | Record<string, bigint>): Record<string, string> {
  return Object.fromEntries(Object.entries(fees).map(([name, fee]) => [`${name}Gwei`, formatUnits(fee, "gwei")]));
}

/** What a rollup charged for a transaction beside gas, for the chain that it settles on, in wei; 0 elsewhere. */
export async function rollupFeeOf(hash: string, { provider }: Pick<Chain, "provider">): Promise<bigint> {
  // ethers leaves the field out.
  const receipt = await provider.send("eth_getTransactionReceipt", [hash]).catch(() => undefined);
  return BigInt(receipt?.l1Fee ?? 0);
}
