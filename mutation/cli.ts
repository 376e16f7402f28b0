import { readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Command, CommanderError, InvalidArgumentError } from "commander";
import { BadInputError } from "../scripts/demo/errors.ts";
import { ACCEPTED } from "./accepted.ts";
import { choose } from "./choose.ts";
import { ROOT } from "./compiler.ts";
import { jobsOf } from "./jobs.ts";
import type { Outcome } from "./messages.ts";
import type { Mutant } from "./mutant.ts";
import { mutantsOf } from "./mutate.ts";
import { type Findings, PAGE_FILE, RECORD_FILE, updatePage } from "./page.ts";
import { runJobs } from "./pool.ts";
import { type Knowledge, lineOf, rowsOf, survivorsOf, tableOf, wordsOf } from "./report.ts";
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
  /** Try nothing: write what is known into the repository. */
  readonly update?: boolean;
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
    .option("--update", `try nothing, and write what earlier runs found to ${PAGE_FILE}`)
    .addHelpText("after", HELP)
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) })
    .allowExcessArguments(false)
    .exitOverride();
}

const HELP = `
What was found is kept in cache/mutation: a run that was ended goes on where it was. docs/mutation.md says how it works.

Exit code: 0 a test noticed every change that was tried, 1 one was not noticed, or could not be tried,
2 the command line is wrong.

Examples:
  npm run mutate -- --sample 20
  npm run mutate -- --contract StakeVault --workers 2
  npm run mutate -- --report`;

async function run(options: Options, surroundings: Surroundings): Promise<number> {
  const { stdout, stderr, stopped } = surroundings;
  checkOptions(options);
  const mutants = mutantsOf(filesFor(options));
  const chosen = options.sample === undefined ? mutants : choose(mutants, options.sample, options.seed);
  const results = new Results();
  const ids = new Set(ACCEPTED.map(({ id }) => id));
  const knowledge: Knowledge = { outcomes: results, isAccepted: ({ id }) => ids.has(id) };
  const open = chosen.filter((mutant) => results.of(mutant) === undefined && !knowledge.isAccepted(mutant));
  const isTrial = options.report !== true && options.update !== true;
  if (isTrial) await tryAll(open, mutants.length, options, surroundings, results);
  const rows = rowsOf(chosen, knowledge);
  const survivors = survivorsOf(chosen, knowledge).map((mutant) => `${mutant.file}:${mutant.line} ${wordsOf(mutant)}`);
  stdout.write(`${survivors.map((line) => `survived: ${line}\n`).join("")}\n${tableOf(rows)}`);
  if (options.update === true) await update({ rows, survivors });
  const lost = [...ids].filter((id) => isLost(id, mutants, options));
  if (lost.length > 0) stderr.write(`mutation/accepted.ts names changes that there are not: ${lost.join(", ")}\n`);
  const isUntried = isTrial && (stopped.aborted || open.some((mutant) => results.of(mutant) === undefined));
  return survivors.length > 0 || isUntried || lost.length > 0 ? ExitCode.Failure : ExitCode.Success;
}

/** Whether a change of `ACCEPTED` does not exist, as far as all files were looked at. */
const isLost = (id: string, mutants: readonly Mutant[], { contract, file }: Options) =>
  contract === undefined && file === undefined && !mutants.some((mutant) => mutant.id === id);

async function tryAll(
  open: readonly Mutant[],
  total: number,
  { workers }: Options,
  { stdout, stderr, stopped }: Surroundings,
  results: Results,
): Promise<void> {
  stdout.write(`${open.length} changes to try, of ${total}\n`);
  let count = 0;
  const listener = {
    onOutcome(mutant: Mutant, outcome: Outcome, milliseconds: number) {
      results.add(mutant, outcome);
      stdout.write(`${++count}/${open.length} ${lineOf(mutant, outcome)} (${(milliseconds / 1_000).toFixed(1)} s)\n`);
    },
    onLeftOut: (titles: readonly string[]) => void stdout.write(titles.map((title) => `left out: ${title}\n`).join("")),
    onVoid(mutants: readonly Mutant[], problem: string) {
      stderr.write(`${problem}\n`);
      for (const mutant of mutants) results.drop(mutant);
    },
  };
  await runJobs(jobsOf(open, targetsByFile()), workers, listener, stopped);
}

/** Writes what was found into the repository. */
async function update(record: Findings): Promise<void> {
  await writeFile(join(ROOT, RECORD_FILE), `${JSON.stringify(record, undefined, 2)}\n`);
  const page = join(ROOT, PAGE_FILE);
  await writeFile(page, updatePage(await readFile(page, "utf8"), record, ACCEPTED));
}

function checkOptions({ contract, file, sample, report, update }: Options): void {
  if (contract !== undefined && file !== undefined) throw new BadInputError("Give --contract or --file, not both");
  if (update !== true) return;
  const isPart = contract !== undefined || file !== undefined || sample !== undefined || report === true;
  if (isPart) throw new BadInputError("--update writes what is known of all contracts: give no other option");
}

/** The files that are asked for. */
function filesFor({ contract, file }: Options): string[] {
  const files = ownFiles();
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
