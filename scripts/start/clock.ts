import { toQuantity } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import { CredenceError } from "../../sdk/errors.ts";

/** The chain's time, in seconds since its history begins. It only moves forward. */
export class Clock {
  readonly #connection: NetworkConnection;
  readonly #start: bigint;

  private constructor(connection: NetworkConnection, start: bigint) {
    this.#connection = connection;
    this.#start = start;
  }

  /** A history begins with the latest block. */
  static async of(connection: NetworkConnection): Promise<Clock> {
    return new Clock(connection, await latestTime(connection));
  }

  /** The next transaction happens `at` seconds after the start, or a second after the last where that is later. */
  async moveTo(at: bigint): Promise<void> {
    const next = this.#start + at;
    const earliest = (await latestTime(this.#connection)) + 1n;
    await this.#request("evm_setNextBlockTimestamp", [toQuantity(next > earliest ? next : earliest)]);
  }

  /** From here on the chain's time is that of the machine. */
  async moveToPresent(): Promise<void> {
    await this.moveTo(BigInt(Math.floor(Date.now() / 1_000)) - this.#start);
    await this.#request("evm_mine", []);
  }

  async #request(method: string, params: unknown[]): Promise<void> {
    await this.#connection.provider.request({ method, params });
  }
}

async function latestTime(connection: NetworkConnection): Promise<bigint> {
  const block = await connection.ethers.provider.getBlock("latest");
  if (block === null) throw new CredenceError("The chain has no block");
  return BigInt(block.timestamp);
}
