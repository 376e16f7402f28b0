/** What is done for a name: now, and next. */
interface Turns {
  readonly running: Promise<unknown>;
  /** Begins when `running` has ended. */
  readonly next?: Promise<unknown>;
}

/**
 * Lets one thing at a time be done for each name. Whoever comes while something is done waits for one more turn, and
 * shares it with all others who wait: what it does is not older than their wish.
 */
export class TurnTaker<T> {
  readonly #turns = new Map<string, Turns>();

  /** Does it, or shares the next turn of whoever asked first. */
  take(name: string, act: () => Promise<T>): Promise<T> {
    const turns = this.#turns.get(name);
    if (turns === undefined) return this.#begin(name, act);
    if (turns.next !== undefined) return turns.next as Promise<T>;
    const next = turns.running.then(
      () => this.#begin(name, act),
      () => this.#begin(name, act),
    );
    this.#turns.set(name, { ...turns, next });
    return next;
  }

  #begin(name: string, act: () => Promise<T>): Promise<T> {
    const running = act().finally(() => {
      if (this.#turns.get(name)?.next === undefined) this.#turns.delete(name);
    });
    this.#turns.set(name, { running });
    return running;
  }
}
