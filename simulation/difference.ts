import { CredenceError } from "../sdk/errors.ts";
import { written } from "./contract.ts";

/** A contract does not do what the model says, or an invariant does not hold: the run ends here. */
export class Difference extends CredenceError {
  /** What was compared, and what each of them says. */
  readonly what: string;
  readonly onChain: string;
  readonly inModel: string;

  constructor(what: string, onChain: unknown, inModel: unknown, options?: ErrorOptions) {
    const [chain, model] = [written(onChain), written(inModel)];
    super(`${what}: the contract says ${chain}, the model says ${model}`, {}, options);
    this.what = what;
    this.onChain = chain;
    this.inModel = model;
  }
}
