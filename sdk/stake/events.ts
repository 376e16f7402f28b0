/** The contract that emits an event. */
export type Emitter = "vault" | "venue" | "serum";

/** Arguments of an event by name, in ABI order. */
export type EventFacts = Readonly<Record<string, bigint | number | string | boolean>>;

/** An event as the contract of the same name emits it. */
export interface StakeEvent {
  readonly emitter: Emitter;
  readonly name: string;
  readonly facts: EventFacts;
}

/** What the contracts would have told, in the order in which it happened. */
export class EventLog {
  #events: StakeEvent[] = [];

  emit(emitter: Emitter, name: string, facts: EventFacts): void {
    this.#events.push({ emitter, name, facts });
  }

  /** The events since the last call. */
  take(): StakeEvent[] {
    const taken = this.#events;
    this.#events = [];
    return taken;
  }
}
