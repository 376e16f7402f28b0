import { CredenceError } from "./errors.ts";

/** A rule of a mechanism was violated, where the contract would revert with the custom error of the same name. */
export class ModelError extends CredenceError {
  /** The custom error's arguments, in ABI order. */
  readonly args: readonly (bigint | string)[];

  /**
   * @param name Name of the contract's custom error.
   * @param facts Its arguments by name, written in ABI order.
   */
  constructor(name: string, facts: Readonly<Record<string, bigint | string>>) {
    super(name, facts);
    this.name = name;
    this.args = Object.values(facts);
  }
}
