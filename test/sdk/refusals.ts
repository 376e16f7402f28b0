import { expect } from "chai";
import { ModelError } from "../../sdk/model-error.ts";

/** Expects `act` to throw the `ModelError` with this name, one of `N`, and these arguments. */
export function expectRefusal<N extends string>(act: () => unknown, name: N, args: readonly (bigint | string)[]): void {
  try {
    act();
  } catch (error) {
    expect(error).to.be.instanceOf(ModelError);
    const { name: thrown, args: facts } = error as ModelError;
    expect([thrown, ...facts]).to.deep.equal([name, ...args]);
    return;
  }
  expect.fail(`expected ${name}`);
}
