import type { Random } from "../fixtures/random.ts";
import type { World } from "./world.ts";

/** Something that happens, and what is compared after it. */
export type Action<Scope> = () => Promise<Scope>;

/** How a world is compared with its model. */
export interface Comparison<W extends World, Scope> {
  /** Compares the totals, and what the last action can have touched. */
  readonly compareTouched: (world: W, touched: Scope) => Promise<void>;
  /** Compares every figure there is. */
  readonly compareAll: (world: W) => Promise<void>;
  /** After so many actions every figure is compared, and not just what an action can touch. */
  readonly compareAllEvery: number;
}

/** Contracts and their model, driven through the same random history. `Scope` is what an action can have touched. */
export abstract class History<W extends World, Scope> {
  readonly world: W;
  /** Actions that follow one another within seconds. */
  protected planned: Action<Scope>[] = [];
  readonly #random: Random;
  readonly #comparison: Comparison<W, Scope>;
  #count = 0;

  protected constructor(world: W, random: Random, comparison: Comparison<W, Scope>) {
    this.world = world;
    this.#random = random;
    this.#comparison = comparison;
  }

  /** How often each action succeeded and each error was met. */
  get done(): Readonly<Record<string, number>> {
    return this.world.done;
  }

  /** One random action at a random time, on both; then figures are compared. */
  async step(): Promise<void> {
    this.#count++;
    if (this.planned.length > 0) {
      this.world.now += this.#random(0n, 30n);
    } else {
      this.passTime();
      this.planned = this.plan();
    }
    const { compareTouched, compareAllEvery } = this.#comparison;
    try {
      const touched = await this.planned.shift()?.();
      if (touched !== undefined) await compareTouched(this.world, touched);
      if (this.#count % compareAllEvery === 0) await this.compareAll();
    } catch (cause) {
      throw new Error(`action ${this.#count}: ${cause instanceof Error ? cause.message : cause}`, { cause });
    }
  }

  /** Whatever is open is brought to its end, and nothing that belongs to anybody may remain. */
  abstract end(): Promise<void>;

  /** Moves the clock before something new is planned. */
  protected abstract passTime(): void;

  /** What happens next: mostly one action, sometimes several of a kind. */
  protected abstract plan(): Action<Scope>[];

  /** Compares every figure there is. */
  protected compareAll(): Promise<void> {
    return this.#comparison.compareAll(this.world);
  }
}

/** The same, `count` times. */
export function times<T>(count: number, entry: T): T[] {
  return Array.from({ length: count }, () => entry);
}
