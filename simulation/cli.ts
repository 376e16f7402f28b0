import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, CommanderError, InvalidArgumentError } from "commander";
import { BadInputError } from "../scripts/demo/errors.ts";
import { type Progress, progressOn } from "../scripts/demo/progress.ts";
import { DEFAULT_STEPS, MAX_SEED, MAX_STEPS } from "./limits.ts";
import { lineOf, reportOf } from "./report.ts";
import { type Reproduction, readReproduction, reproductionOf, writeReproduction } from "./reproduction.ts";
import { type Failure, type Outcome, type RunOptions, simulate } from "./simulate.ts";

/** How a run ended, as the exit code of its process. */
export const ExitCode = {
  Success: 0,
  /** A contract and its model differ, or an invariant does not hold. */
  Failure: 1,
  /** The command line or the file is wrong. Nothing was run. */
  BadInput: 2,
} as const;

/** Where the command writes, and what it runs. */
export interface Surroundings {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** Where reproductions go; `cache/simulation` unless given. */
  readonly folder?: string;
  /** Runs a life. */
  readonly run?: (options: RunOptions) => Promise<Outcome>;
}

interface Options {
  readonly seed?: number;
  readonly steps?: number;
  readonly lives?: number;
  readonly replay?: string;
}

const PROJECT = fileURLToPath(new URL("..", import.meta.url));

/**
 * Runs the simulation.
 *
 * @param args What stands on the command line after the command.
 * @returns One of `ExitCode`. Throws only what nobody foresaw.
 */
export async function runSimulation(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { stderr } = surroundings;
  let exitCode: number = ExitCode.Success;
  const program = describeCommand(surroundings).action(async (options: Options) => {
    exitCode = await (options.replay === undefined ? runSeeds(options, surroundings) : replay(options, surroundings));
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.Success : ExitCode.BadInput;
    if (!(error instanceof BadInputError)) throw error;
    stderr.write(`${error.message}\n`);
    return ExitCode.BadInput;
  }
}

function describeCommand({ stdout, stderr }: Surroundings): Command {
  return new Command("npm run simulate --")
    .description(
      "Lives a random life of the whole protocol, on a chain in this process, and compares it with the models.",
    )
    .option("--seed <number>", "decides everything that happens (default: 1)", wholeNumber(0, MAX_SEED))
    .option("--steps <number>", `how long it lives (default: ${DEFAULT_STEPS})`, wholeNumber(1, MAX_STEPS))
    .option("--lives <number>", "how many, with one seed after the other (default: 1)", wholeNumber(1, MAX_SEED))
    .option("--replay <file>", "what a failed run wrote: runs it again up to the step that failed")
    .addHelpText("after", HELP)
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) })
    .allowExcessArguments(false)
    .exitOverride();
}

const HELP = `
A step is one call that somebody makes; keepers work between steps. docs/simulation.md says what is compared.

Exit code: 0 contracts and models agreed to the end, 1 they did not, 2 the command line or the file is wrong.

Examples:
  npm run simulate
  npm run simulate -- --seed 7 --steps 500
  npm run simulate -- --seed 100 --lives 50
  npm run simulate -- --replay cache/simulation/seed-7-steps-500.json`;

/** One life with its whole report, or many with a line for each that went well. */
async function runSeeds(
  { seed: first = 1, steps = DEFAULT_STEPS, lives = 1 }: Options,
  surroundings: Surroundings,
): Promise<number> {
  if (first + lives - 1 > MAX_SEED)
    throw new BadInputError(`--lives ${lives}: the last seed would be above ${MAX_SEED}`);
  let exitCode: number = ExitCode.Success;
  for (let seed = first; seed < first + lives; seed++) {
    const report = lives === 1 ? reportOf : lineOf;
    if ((await runSeed(seed, steps, surroundings, report)) !== ExitCode.Success) exitCode = ExitCode.Failure;
  }
  return exitCode;
}

async function runSeed(
  seed: number,
  steps: number,
  surroundings: Surroundings,
  report: typeof reportOf,
): Promise<number> {
  const { stdout, stderr, folder = join(PROJECT, "cache", "simulation") } = surroundings;
  const outcome = await runWith({ seed, steps }, surroundings);
  if (outcome.failure === undefined) {
    stdout.write(report(seed, steps, outcome));
    return ExitCode.Success;
  }
  const path = join(folder, `seed-${seed}-steps-${steps}.json`);
  await writeReproduction(path, reproductionOf(seed, steps, outcome.failure));
  stderr.write(`${wordsOf(outcome.failure, steps)}\n\nTo fail again: npm run simulate -- --replay ${path}\n`);
  return ExitCode.Failure;
}

async function replay(options: Options, surroundings: Surroundings): Promise<number> {
  const { stdout, stderr } = surroundings;
  if ([options.seed, options.steps, options.lives].some((given) => given !== undefined)) {
    throw new BadInputError("--replay takes seed and steps from its file: leave --seed, --steps and --lives out");
  }
  const path = resolve(process.env.INIT_CWD ?? process.cwd(), options.replay ?? "");
  const reproduction = await readReproduction(path);
  const { seed, steps, failedAt } = reproduction;
  const isToTheEnd = failedAt > steps;
  const { failure } = await runWith({ seed, steps, ...(isToTheEnd ? {} : { until: failedAt }) }, surroundings);
  if (failure === undefined) {
    stdout.write(`Step ${failedAt} of seed ${seed} with ${steps} steps does not fail any more.\n`);
    return ExitCode.Success;
  }
  const again = isSame(failure, reproduction) ? "The same failure again." : "A failure, but not the one of the file.";
  stderr.write(`${wordsOf(failure, steps)}\n\n${again}\n`);
  return ExitCode.Failure;
}

async function runWith(options: RunOptions, { stderr, run = simulate }: Surroundings): Promise<Outcome> {
  const progress: Progress = progressOn(stderr, `seed ${options.seed}`);
  progress.start(options.until ?? options.steps);
  try {
    return await run({ ...options, onStep: (step) => progress.update(step, "step") });
  } finally {
    progress.stop();
  }
}

function wordsOf({ step, doing, what, onChain, inModel }: Failure, steps: number): string {
  const when = step > steps ? "While everybody left" : `At step ${step}`;
  const facts = onChain === null ? [] : [`the contract says: ${onChain}`, `the model says:    ${inModel}`];
  return [`${when}, ${doing}:`, what, ...facts].join("\n");
}

function isSame({ step, what, onChain, inModel }: Failure, wanted: Reproduction): boolean {
  const isAlike = onChain === wanted.onChain && inModel === wanted.inModel;
  return step === wanted.failedAt && isAlike && (onChain === null || what === wanted.what);
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}
