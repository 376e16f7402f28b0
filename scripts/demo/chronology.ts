import type { Provider } from "ethers";

/** Where and when an event was emitted. */
export interface Emitted {
  /** Unix seconds. */
  readonly at: bigint;
  readonly transactionHash: string;
}

/** An event as the provider has it. */
interface Log<A> {
  readonly blockNumber: number;
  readonly index: number;
  readonly transactionHash: string;
  readonly args: A;
}

/** Each kind of event on its own, so that they stay apart. */
type WithoutPlace<E> = E extends unknown ? Omit<E, keyof Emitted> : never;

/** Gathers events of many kinds, of one contract or several, and tells them in the order in which they happened. */
export class Chronology<E extends Emitted> {
  readonly #provider: Provider;
  readonly #times = new Map<number, bigint>();
  readonly #seen: { readonly order: readonly [block: number, index: number]; readonly event: E }[] = [];

  constructor(provider: Provider) {
    this.#provider = provider;
  }

  /** Adds events of one kind; `toEvent` says what they mean. */
  async take<A>(logs: readonly Log<A>[], toEvent: (args: A) => WithoutPlace<E>): Promise<void> {
    for (const { blockNumber, index, transactionHash, args } of logs) {
      // all of E that the log does not say is what its place says
      const event = { at: await this.#timeOf(blockNumber), transactionHash, ...toEvent(args) } as unknown as E;
      this.#seen.push({ order: [blockNumber, index], event });
    }
  }

  /** All that was added. */
  inOrder(): E[] {
    return this.#seen
      .sort(({ order: [blockA, indexA] }, { order: [blockB, indexB] }) => blockA - blockB || indexA - indexB)
      .map(({ event }) => event);
  }

  async #timeOf(blockNumber: number): Promise<bigint> {
    const known = this.#times.get(blockNumber);
    if (known !== undefined) return known;
    const time = BigInt((await this.#provider.getBlock(blockNumber))?.timestamp ?? 0);
    this.#times.set(blockNumber, time);
    return time;
  }
}
