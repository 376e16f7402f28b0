import type { Result } from "ethers";
import { ModelError } from "../../sdk/model-error.ts";
import type { Call, Contract, Figure, Told } from "../contract.ts";

/** A call that was mined, as a model has to know it. */
export interface Done {
  readonly from: string;
  /** By name and by place. */
  readonly args: Result;
  /** When it was mined, in unix seconds. */
  readonly now: bigint;
  /** What it told, in order; nothing where it was refused. */
  readonly events: readonly Told[];
  /** What it was refused with, where that is known. */
  readonly refusal: Refusal | undefined;
}

/** A custom error that a contract refused a call with. */
export interface Refusal {
  readonly name: string;
  /** Its arguments, in ABI order. */
  readonly args: readonly unknown[];
}

/** What a method of a contract does to the model. Throws a `ModelError` where it is to be refused. */
export type OnModel = (done: Done) => void;

/** One of the mechanisms: its contracts, and the model that they are compared with. */
export abstract class Part {
  /** Whether any call can have touched what its caller has here. */
  readonly isAboutCallers: boolean = false;

  /** The contracts whose events and refusals are compared. */
  abstract contracts(): readonly Contract[];

  /** What each method does, by kind of contract and method with a dot between. */
  protected abstract readonly methods: Readonly<Record<string, OnModel>>;

  /** Does on the model what was done on the contract. */
  run({ on, method }: Pick<Call, "on" | "method">, done: Done): void {
    const onModel = this.methods[`${on.kind}.${method}`];
    if (onModel === undefined) throw new Error(`nobody knows what ${on.name}.${method} does`);
    onModel(done);
  }

  /** What the model told since the last call, as far as it is compared. */
  abstract told(): readonly Told[];

  /** Of all that the contracts told, what is compared, in the order in which it is. */
  arranged(events: readonly Told[]): readonly Told[] {
    return events;
  }

  /** Throws a `CredenceError` where a unit is missing or too many in the model. */
  abstract check(now: bigint): void;

  /** The totals, and what a call can have touched: compared after each step. */
  abstract totals(now: bigint, call: Call | undefined): Figure[];

  /** Everything that `people` can know: compared once in a while, and at the end. */
  abstract everything(now: bigint, people: readonly string[]): Figure[];
}

/** Events of each kind in their order; how those of different kinds follow one another is not compared. */
export function byKind(events: readonly Told[]): Told[] {
  const kindOf = ({ emitter, name }: Told) => `${emitter} ${name}`;
  return events.toSorted((a, b) => (kindOf(a) === kindOf(b) ? 0 : kindOf(a) < kindOf(b) ? -1 : 1));
}

/** Throws what contracts throw at who lacks a role. */
export function requireRole(holder: string, caller: string): void {
  if (caller !== holder) throw new ModelError("AccessManagedUnauthorized", { caller });
}
