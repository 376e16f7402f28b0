import type { BaseContract, Interface } from "ethers";

/** What a method is called with. */
export type Arguments = readonly unknown[];

/** A contract of the simulated world. */
export interface Contract {
  /** Names it in reports, and no other. */
  readonly name: string;
  /** What it is among the contracts of its mechanism: a vault, a market. */
  readonly kind: string;
  readonly address: string;
  readonly interface: Interface;
}

/** Somebody calls a method of a contract. */
export interface Call {
  readonly from: string;
  readonly on: Contract;
  readonly method: string;
  readonly args: Arguments;
}

/** An event, as a contract or a model told it. */
export interface Told {
  /** Name of the contract. */
  readonly emitter: string;
  readonly name: string;
  /** Its arguments, in ABI order. */
  readonly facts: unknown;
}

/** What a view of a contract must return. */
export interface Figure {
  readonly on: Contract;
  readonly method: string;
  readonly args: Arguments;
  /** What the model says. */
  readonly expected: unknown;
}

/** A deployed contract of a kind; `owner` tells it from others of that kind. */
export async function contractOf(kind: string, deployed: BaseContract, owner = ""): Promise<Contract> {
  const name = owner === "" ? kind : `${owner} ${kind}`;
  return { name, kind, address: await deployed.getAddress(), interface: deployed.interface };
}

/** A call in words that a reader of a report can follow. */
export function inWords({ from, on, method, args }: Call): string {
  return `${from} calls ${on.name}.${method}(${args.map(shortly).join(", ")})`;
}

/** Characters of an argument that a reader gets to see. */
const READABLE = 90;

function shortly(value: unknown): string {
  const text = written(value);
  return text.length <= READABLE ? text : `${text.slice(0, READABLE)}...`;
}

/** A value on one line; amounts as whole numbers. */
export function written(value: unknown): string {
  if (typeof value === "string") return value;
  return JSON.stringify(value, (_, part) => (typeof part === "bigint" ? String(part) : part)) ?? String(value);
}
