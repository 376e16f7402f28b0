import { type ErrorDescription, type Interface, isHexString } from "ethers";
import { CredenceError } from "../sdk/errors.ts";

/** Characters of a selector in hex, with its 0x. */
const SELECTOR_LENGTH = 10;

/** The keeper cannot start as it was asked to: the message names the setting, or what is missing. Nothing was done. */
export class KeeperConfigError extends CredenceError {}

/** A step that is due could not be done this time. A later attempt may succeed. */
export class StepError extends CredenceError {}

/** The node did not answer a request, also when it was made again. A later attempt may succeed. */
export class NodeError extends CredenceError {}

/** A contract refused a simulated step, in its own words. */
export class RevertError extends StepError {
  /** The custom error. */
  readonly revert: ErrorDescription;

  constructor(step: string, revert: ErrorDescription, cause: unknown) {
    super(`${step} is refused: ${revert.name}(${revert.args.join(", ")})`, {}, { cause });
    this.revert = revert;
  }
}

/**
 * The custom error that a failed call carries.
 *
 * @param error What a provider threw; nodes and libraries wrap the contract's answer differently.
 * @returns `undefined` where there is none of this interface's errors in it.
 */
export function revertOf(error: unknown, contract: Interface): ErrorDescription | undefined {
  for (const data of revertDataIn(error)) {
    const known = contract.parseError(data);
    if (known !== null) return known;
  }
  return undefined;
}

/** In Hardhat's words: nobody is there, or somebody who speaks no JSON, such as what stands before a node. */
const IS_AWAY = /Cannot connect to the network|Invalid JSON-RPC response/;

/** Whether a request failed because the node is away or has trouble, which may pass. */
export function isNodeAway(error: unknown): boolean {
  return error instanceof NodeError || (error instanceof Error && IS_AWAY.test(error.message));
}

/** Errors within errors that are looked into: an end, should they form a ring. */
const DEPTH = 6;

function* revertDataIn(error: unknown, depth = 0): Generator<string> {
  if (typeof error !== "object" || error === null || depth > DEPTH) return;
  const data: unknown = Reflect.get(error, "data");
  if (isHexString(data) && data.length >= SELECTOR_LENGTH) yield data;
  for (const name of ["data", "error", "info", "cause"]) yield* revertDataIn(Reflect.get(error, name), depth + 1);
}
