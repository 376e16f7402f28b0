/** One of the events whose facts `F` lists by name, as the contract emits it. */
export type EventOf<F extends object> = {
  readonly [N in keyof F & string]: { readonly name: N; readonly facts: Readonly<F[N]> };
}[keyof F & string];

/** What a contract would have told, in the order in which it happened. `F` has the facts of each event by its name. */
export class EventLog<F extends object> {
  #events: EventOf<F>[] = [];

  /** Adds an event; the compiler checks that the facts are those of that event. */
  emit<N extends keyof F & string>(name: N, facts: F[N]): void {
    // the parameters say what the union cannot be shown: that these facts are of this event
    this.#events.push({ name, facts } as EventOf<F>);
  }

  /** The events since the last call. */
  take(): EventOf<F>[] {
    const taken = this.#events;
    this.#events = [];
    return taken;
  }
}
