import { expect } from "chai";
import { type BaseContract, MaxUint256, Result } from "ethers";
import { min } from "../../sdk/math.ts";
import { ModelError } from "../../sdk/model-error.ts";

/** What a contract or a model returned, as values that can be compared. */
export function valuesOf(returned: unknown): unknown {
  if (returned instanceof Result) return [...returned].map(valuesOf);
  if (typeof returned === "number") return BigInt(returned);
  if (typeof returned === "object" && returned !== null) return Object.values(returned).map(valuesOf);
  return returned ?? [];
}

/**
 * Expects a call to be refused as the model refused it.
 *
 * @param contracts Those among which one has the error.
 * @param refusal What the model threw; anything but a `ModelError` is thrown on.
 */
export async function expectRefusal(
  call: Promise<unknown>,
  contracts: readonly BaseContract[],
  method: string,
  refusal: unknown,
): Promise<ModelError> {
  if (!(refusal instanceof ModelError)) throw refusal;
  const thrower = contracts.find((contract) => contract.interface.getError(refusal.name) !== null);
  if (thrower === undefined) throw new Error(`no contract has the error ${refusal.name}`, { cause: refusal });
  await expect(call, `${method}: ${refusal.message}`)
    .to.be.revertedWithCustomError(thrower, refusal.name)
    .withArgs(...refusal.args.map((arg) => (typeof arg === "bigint" ? min(arg, MaxUint256) : arg))); // sums saturate
  return refusal;
}
