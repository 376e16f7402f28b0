import { availableParallelism } from "node:os";
import { Command, CommanderError, InvalidArgumentError } from "commander";
import { BadInputError } from "../scripts/demo/errors.ts";
import { choose } from "./choose.ts";
import { EQUIVALENT } from "./equivalent.ts";
import { jobsOf } from "./jobs.ts";
import type { Outcome } from "./messages.ts";
import type { Mutant } from "./mutant.ts";
import { mutantsOf } from "./mutate.ts";
import { runJobs } from "./pool.ts";
import { lineOf, type Row, rowsOf, tableOf } from "./report.ts";
import { Results } from "./results.ts";
import { nameOf, ownFiles } from "./sources.ts";
import { targetsByFile } from "./targets.ts";

/** How a run ended, as the exit code of its process. */
export const ExitCode = {
  Success: 0,
  /** A change survived that is not known to change nothing, or could not be tried. */
  Failure: 1,
  /** The command line is wrong. Nothing was run. */
  BadInput: 2,
} as const;

/** Where the command writes, and what it needs. */
export interface Surroundings {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  /** Ends the run early: what has come out until then is kept. */
  readonly stopped: AbortSignal;
}

/** What is asked for. */
export interface Options {
  readonly contract?: string;
  readonly file?: string;
  readonly sample?: number;
  readonly seed: number;
  readonly workers: number;
  /** Try nothing: tell of what is known. */
  readonly report?: boolean;
}

const MAX_NUMBER = 1_000_000;

/**
 * Runs the command.
 *
 * @param args What stands on the command line after it.
 * @returns One of `ExitCode`. Throws only what nobody foresaw.
 */
export async function runMutation(args: readonly string[], surroundings: Surroundings): Promise<number> {
  let exitCode: number = ExitCode.Success;
  const program = describeCommand(surroundings).action(async (options: Options) => {
    exitCode = await run(options, surroundings);
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.Success : ExitCode.BadInput;
    if (!(error instanceof BadInputError)) throw error;
    surroundings.stderr.write(`${error.message}\n`);
    return ExitCode.BadInput;
  }
}

function describeCommand({ stdout, stderr }: Surroundings): Command {
  return new Command("npm run mutate --")
    .description("Changes the contracts in many small ways, and sees whether a test notices each.")
    .option("--contract <name>", "only a contract or library, by its name")
    .option("--file <path>", "only a file of contracts/")
    .option("--sample <number>", "at most so many changes of each file (default: all)", wholeNumber(1))
    .option("--seed <number>", "which changes a sample has", wholeNumber(0), 1)
    .option("--workers <number>", `how many processes (at most ${availableParallelism()} here)`, workerCount, 1)
    .option("--report", "try nothing, and tell what earlier runs found")
    .addHelpText("after", HELP)
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) })
    .allowExcessArguments(false)
    .exitOverride();
}

const HELP = `
What was found is kept in cache/mutation: a run that was ended goes on where it was. docs/mutation.md says how it works.

Exit code: 0 a test noticed every change, 1 one did not, or a change was not tried, 2 the command line is wrong.

Examples:
  npm run mutate -- --sample 20
  npm run mutate -- --contract StakeVault --workers 2
  npm run mutate -- --report`;

async function run(options: Options, surroundings: Surroundings): Promise<number> {
  const { stdout, stderr, stopped } = surroundings;
  const mutants = mutantsOf(filesFor(options));
  const chosen = options.sample === undefined ? mutants : choose(mutants, options.sample, options.seed);
  const results = new Results();
  const known = (mutant: Mutant) => EQUIVALENT.some(({ id }) => id === mutant.id);
  if (options.report !== true) {
    const open = chosen.filter((mutant) => results.of(mutant) === undefined && !known(mutant));
    stdout.write(`${chosen.length} of ${mutants.length} changes, ${open.length} of them not tried yet\n`);
    let count = 0;
    const onOutcome = (mutant: Mutant, outcome: Outcome, milliseconds: number) => {
      results.add(mutant, outcome);
      stdout.write(`${++count}/${open.length} ${lineOf(mutant, outcome)} (${(milliseconds / 1_000).toFixed(1)} s)\n`);
    };
    const onBroken = (mutants: readonly Mutant[], problem: string) => {
      stderr.write(`${problem}\n`);
      for (const mutant of mutants) results.drop(mutant);
    };
    await runJobs(jobsOf(open, targetsByFile()), options.workers, { onOutcome, onBroken }, stopped);
  }
  const rows = rowsOf(chosen, results, known);
  stdout.write(`\n${survivorsOf(chosen, results, known)}\n${tableOf(rows)}`);
  return rows.every(isClean) ? ExitCode.Success : ExitCode.Failure;
}

const isClean = ({ survived, untried }: Row) => survived === 0 && untried === 0;

function survivorsOf(chosen: readonly Mutant[], results: Results, known: (mutant: Mutant) => boolean): string {
  return chosen
    .flatMap((mutant) => {
      const outcome = results.of(mutant);
      return outcome?.status === "survived" && !known(mutant) ? [`${lineOf(mutant, outcome)}\n`] : [];
    })
    .join("");
}

/** The files that are asked for. */
function filesFor({ contract, file }: Options): string[] {
  const files = ownFiles();
  if (contract !== undefined && file !== undefined) throw new BadInputError("Give --contract or --file, not both");
  const wanted = files.filter(
    (each) => (contract === undefined || nameOf(each) === contract) && (file === undefined || each === file),
  );
  if (wanted.length > 0) return wanted;
  if (file !== undefined) throw new BadInputError(`--file ${file}: no file of contracts/ that has code of ours`);
  throw new BadInputError(`--contract ${contract}: there are ${files.map(nameOf).join(", ")}`);
}

function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= MAX_NUMBER) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${MAX_NUMBER}.`);
  };
}

function workerCount(text: string): number {
  const value = wholeNumber(1)(text);
  if (value <= availableParallelism()) return value;
  throw new InvalidArgumentError(`There are ${availableParallelism()} processors.`);
}
