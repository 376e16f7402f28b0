import { type Interface, type ParamType, Result } from "ethers";
import type { Unit } from "../../../format/amounts.ts";
import { readableText } from "../../../format/readable.ts";
import type { ProposedCall } from "./proposals.ts";
import { ruleText, unitOf } from "./rules.ts";

/** A contract of which the ABI is known. */
export interface KnownContract {
  readonly name: string;
  readonly abi: Interface;
}

/** Known contracts by their address in lower case. */
export type KnownContracts = ReadonlyMap<string, KnownContract>;

/** An argument of a call: a struct's fields are arguments of their own. */
export interface Argument {
  readonly name: string;
  readonly text: string;
}

/** A call in words. */
export interface DecodedCall {
  /** `undefined` where nobody knows the contract. */
  readonly contract: string | undefined;
  /** `undefined` where the contract has no such function. */
  readonly method: string | undefined;
  readonly inputs: readonly Argument[];
}

/** What a call asks of which contract, as far as it can be told. */
export function decodeCall(
  { target, data }: Pick<ProposedCall, "target" | "data">,
  known: KnownContracts,
  asset: Unit,
): DecodedCall {
  const contract = known.get(target.toLowerCase());
  if (contract === undefined) return { contract: undefined, method: undefined, inputs: [] };
  const { name, abi } = contract;
  const parsed = parse(abi, data);
  if (parsed === null) return { contract: name, method: undefined, inputs: [] };
  const unitFor = (argument: string) => unitOf(name, argument, asset);
  const inputs = parsed.fragment.inputs.flatMap((param, index) => argumentsOf(param, parsed.args, index, unitFor));
  return { contract: name, method: parsed.name, inputs };
}

function parse(abi: Interface, data: string) {
  try {
    return abi.parseTransaction({ data });
  } catch {
    return null; // the right function, but not its arguments
  }
}

/** What amounts are in, by the names of arguments. */
type UnitFor = (argument: string) => Unit | undefined;

function argumentsOf(param: ParamType, of: Result, index: number, unitFor: UnitFor): Argument[] {
  const { baseType, components, name } = param;
  if (baseType === "tuple") {
    const struct: Result = of[index];
    return (components ?? []).flatMap((component, place) => argumentsOf(component, struct, place, unitFor));
  }
  return [{ name, text: textOf(param, of, index, unitFor) }];
}

/** An argument in words. Texts are read last and alone: ethers throws where their bytes are no UTF-8. */
function textOf(param: ParamType, of: Result, index: number, unitFor: UnitFor, name = param.name): string {
  const { type, baseType, arrayChildren, components } = param;
  if (type === "string") return readableText(() => of[index], "no text");
  const value: unknown = of[index];
  if (typeof value === "bigint") return type === "uint8" ? String(value) : ruleText(name, value, unitFor(name));
  if (!(value instanceof Result)) return String(value);
  const one = name.replace(/s$/, "");
  const inside =
    baseType === "array" && arrayChildren !== null
      ? Array.from({ length: value.length }, (_, place) => textOf(arrayChildren, value, place, unitFor, one))
      : (components ?? []).map((component, place) => textOf(component, value, place, unitFor));
  return `[${inside.join(", ")}]`;
}
