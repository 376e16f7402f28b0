import { CredenceError } from "../sdk/errors.ts";

/** A deployment that must not or cannot go ahead; the message says what to do about it. */
export class DeploymentError extends CredenceError {}

/** There is nothing to work on, or something that is needed first is missing: nothing was tried. */
export class NothingToDoError extends DeploymentError {
  /** What a command ends with that meets it. */
  readonly exitCode = 2;
}

/**
 * Puts in words what keeps a command from its network: a configuration variable that is not set, a node that cannot be
 * reached.
 *
 * @returns `undefined` for what nobody foresaw.
 */
export function explainNetwork(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const variable = /Configuration Variable "(\w+)" not found/.exec(error.message)?.[1];
  if (variable !== undefined) {
    return `${variable} is not set. Store it encrypted with \`npm run keystore -- set ${variable}\`, or export it.`;
  }
  return error.name === "HardhatError" ? error.message : undefined;
}
