import Table from "cli-table3";
import { CommanderError } from "commander";
import { NothingToDoError } from "../ignition/errors.ts";
import { CredenceError } from "../sdk/errors.ts";

/** Writes a line to standard output. */
export function print(line = ""): void {
  process.stdout.write(`${line}\n`);
}

/** An empty table in one colour, without lines between its rows. */
export function tableOf(head: string[]): Table.Table {
  return new Table({ head, style: { head: [], border: [], compact: true } });
}

/**
 * Runs a command of package.json: a failure that was foreseen is told in its own words, any other with its stack, and
 * both end the process with exit code 1, or 2 where there was nothing to do.
 *
 * @param main The command.
 * @param explain Puts foreseen failures of libraries in words; `undefined` for those it does not know.
 */
export async function runCommand(
  main: () => Promise<void>,
  explain: (error: unknown) => string | undefined = () => undefined,
): Promise<void> {
  try {
    await main();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode; // it has told its story: help, or what is wrong with the arguments
      return;
    }
    const known = error instanceof CredenceError ? error.message : explain(error);
    process.stderr.write(`\n${known ?? (error instanceof Error ? error.stack : String(error))}\n`);
    process.exitCode = error instanceof NothingToDoError ? error.exitCode : 1;
  }
}
