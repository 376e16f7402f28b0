/** What a failure was about: named values, amounts as `bigint`. */
export type Facts = Readonly<Record<string, bigint | number | string | boolean | null>>;

/** Base of every error this package throws on purpose: a sentence, the facts behind it, and the cause if there is one. */
export class CredenceError extends Error {
  readonly facts: Facts;

  /**
   * @param message What is wrong, and the remedy where there is one, without the numbers.
   * @param facts The numbers; they are appended to the message.
   * @param options `cause`: the error this one explains.
   */
  constructor(message: string, facts: Facts = {}, options?: ErrorOptions) {
    super(withFacts(message, facts), options);
    this.name = new.target.name;
    this.facts = facts;
  }
}

function withFacts(message: string, facts: Facts): string {
  const listed = Object.entries(facts).map(([name, value]) => `${name}=${value}`);
  return listed.length === 0 ? message : `${message} (${listed.join(", ")})`;
}

/** A failure in one line, without the stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
