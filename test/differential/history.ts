import type { Random } from "../fixtures/random.ts";
import type { World } from "./world.ts";

/** Something that happens, and what is compared after it. */
export type Action<Scope> = () => Promise<Scope>;

/** Contracts and their model, driven through the same random history. `Scope` is what an action can have touched. */
export abstract class History<W extends World, Scope> {
  readonly world: W;
  /** Actions that follow one another within seconds. */
  protected planned: Action<Scope>[] = [];
  readonly #random: Random;
  readonly #fullComparisonEvery: number;
  #count = 0;

  /** @param fullComparisonEvery After so many actions every figure is compared, and not just what an action can touch. */
  protected constructor(world: W, random: Random, fullComparisonEvery: number) {
    this.world = world;
    this.#random = random;
    this.#fullComparisonEvery = fullComparisonEvery;
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
    try {
      const touched = await this.planned.shift()?.();
      if (touched !== undefined) await this.compareTouched(touched);
      if (this.#count % this.#fullComparisonEvery === 0) await this.compareAll();
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

  /** Compares the totals, and what the last action can have touched. */
  protected abstract compareTouched(touched: Scope): Promise<void>;

  /** Compares every figure there is. */
  protected abstract compareAll(): Promise<void>;
}

/** The same, `count` times. */
export function times<T>(count: number, entry: T): T[] {
  return Array.from({ length: count }, () => entry);
}
