import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Argument, Command, CommanderError, InvalidArgumentError } from "commander";
import { DEBATE_FILE, readDebate } from "./arguments/debate.ts";
import { replayDebate } from "./arguments/replay.ts";
import { debateJson, debateReport } from "./arguments/report.ts";
import { DemoTransactionError } from "./chain.ts";
import { replayCouncil } from "./council/replay.ts";
import { councilJson, councilReport } from "./council/report.ts";
import { type Answer, COLUMNS, groupByClaim, readAnswersFile } from "./csv.ts";
import { BadInputError } from "./errors.ts";
import { replayMarkets } from "./market/replay.ts";
import { marketJson, marketReport } from "./market/report.ts";
import { type Progress, progressOn } from "./progress.ts";
import { replayQueries } from "./queries/replay.ts";
import { queriesJson, queriesReport } from "./queries/report.ts";
import { readSkating, SKATING_FILE } from "./queries/skating.ts";
import { replayStakes } from "./stake/replay.ts";
import { stakeJson, stakeReport } from "./stake/report.ts";

/** Where a run writes: results to `stdout`, progress and errors to `stderr`. */
export interface Output {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/** How a run of the demo ended, as the exit code of its process. */
export const ExitCode = {
  Success: 0,
  /** The contracts refused a step of the story, or the totals do not add up. */
  Failure: 1,
  /** The command line or the file is wrong; nothing was run. */
  BadInput: 2,
} as const;

interface Options {
  readonly claims?: number;
  readonly csv?: string;
  readonly json?: true;
}

/** What a mechanism shows of the same answers. */
export interface Demonstration {
  readonly report: string;
  readonly json: object;
  /** Whether every amount was conserved. */
  readonly isConserved: boolean;
}

/** What a mechanism is shown with. */
export interface Input {
  /** The answers to replay. */
  readonly answers: readonly Answer[];
  /** All answers of the file, for what does not replay it claim by claim. */
  readonly everyAnswer: readonly Answer[];
  /** The file, as the user named it. */
  readonly source: string;
}

/** Puts answers through a mechanism. */
export type Demonstrate = (input: Input, progress: Progress) => Promise<Demonstration>;

/** The mechanisms that can be shown by name, in the order in which a run of all shows them. */
export type Mechanisms = Readonly<Record<string, Demonstrate>>;

const MECHANISMS: Mechanisms = {
  market: async ({ answers, source }, progress) => {
    const result = await replayMarkets(answers, progress);
    const { isConserved } = result.audit;
    return { report: marketReport(result, source), json: marketJson(result, source), isConserved };
  },
  stake: async ({ answers, source }, progress) => {
    const result = await replayStakes(answers, progress);
    const { isConserved } = result.audit;
    return { report: stakeReport(result, source), json: stakeJson(result, source), isConserved };
  },
  arguments: async ({ everyAnswer, source }, progress) => {
    const result = await replayDebate(await readDebate(), everyAnswer, progress);
    const { isConserved } = result.audit;
    return { report: debateReport(result, source), json: debateJson(result, source), isConserved };
  },
  queries: async (_, progress) => {
    const result = await replayQueries(await readSkating(), progress);
    const { isConserved } = result.audit;
    return { report: queriesReport(result), json: queriesJson(result), isConserved };
  },
  council: async (_, progress) => {
    const result = await replayCouncil(progress);
    const { isConserved } = result.audit;
    return { report: councilReport(result), json: councilJson(result), isConserved };
  },
};

const DEFAULT_CSV = "data/crowd-states-mit.csv";
const PROJECT = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Runs the demo.
 *
 * @param args What stands on the command line after the command.
 * @param mechanisms What can be shown.
 * @returns One of `ExitCode`. Throws only what nobody foresaw.
 */
export async function runDemo(
  args: readonly string[],
  output: Output,
  mechanisms: Mechanisms = MECHANISMS,
): Promise<number> {
  let exitCode: number = ExitCode.Success;
  const program = describeCommand(output, mechanisms).action(async (chosen: string | undefined, options: Options) => {
    const shown = Object.entries(mechanisms).filter(([name]) => chosen === undefined || chosen === name);
    exitCode = await demonstrate(shown, options, output);
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.Success : ExitCode.BadInput;
    if (!(error instanceof BadInputError || error instanceof DemoTransactionError)) throw error;
    output.stderr.write(`${error.message}\n`);
    return error instanceof BadInputError ? ExitCode.BadInput : ExitCode.Failure;
  }
}

function describeCommand({ stdout, stderr }: Output, mechanisms: Mechanisms): Command {
  return new Command("npm run demo --")
    .description("Replays real people's answers through the protocol, on a chain that lives in this process.")
    .addArgument(new Argument("[mechanism]", "what to show; everything if left out").choices(Object.keys(mechanisms)))
    .option("--claims <number>", "replay the first claims of the file only", parseClaims)
    .option("--csv <file>", `answers to replay (default: ${DEFAULT_CSV})`)
    .option("--json", "print JSON to stdout and nothing else (with npm: npm run --silent demo -- --json)")
    .addHelpText("after", HELP)
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) })
    .exitOverride();
}

const HELP = `
The file: a header "${COLUMNS.join(",")}", then an answer on each line, by one
subject to the claim "CITY is the capital of STATE": own 0 or 1, meta 0 to 1, confidence 0.5 to 1, actual 0 or 1.

The debate of "arguments" is written for the demo (${DEBATE_FILE}), whatever --claims says: of the file it takes those
who judged a claim that is debated, and lets them upvote. "queries" has a file of its own (${SKATING_FILE}),
and the year of "council" is made up.

Exit code: 0 all went well, 1 a step failed or the totals do not add up, 2 the command line or the file is wrong.

Examples:
  npm run demo
  npm run demo -- --claims 5
  npm run demo -- stake
  npm run demo -- arguments
  npm run demo -- queries
  npm run demo -- council
  npm run demo -- market --csv my-answers.csv
  npm run --silent demo -- --json > demo.json`;

async function demonstrate(shown: [string, Demonstrate][], options: Options, output: Output): Promise<number> {
  const source = options.csv ?? DEFAULT_CSV;
  const answers = await readAnswersFile(
    options.csv === undefined ? resolve(PROJECT, source) : fromHere(source),
    source,
  );
  const input = { answers: firstClaims(answers, options.claims, source), everyAnswer: answers, source };

  const json: Record<string, object> = {};
  let isConserved = true;
  for (const [name, show] of shown) {
    const demonstration = await show(input, progressOn(output.stderr, name));
    isConserved &&= demonstration.isConserved;
    json[name] = demonstration.json;
    if (options.json !== true) output.stdout.write(`${demonstration.report}\n`);
  }
  if (options.json === true) output.stdout.write(`${JSON.stringify(json, null, 2)}\n`);
  if (!isConserved) output.stderr.write("The totals do not add up: tokens were lost or made.\n");
  return isConserved ? ExitCode.Success : ExitCode.Failure;
}

function firstClaims(answers: readonly Answer[], limit: number | undefined, source: string): readonly Answer[] {
  if (limit === undefined) return answers;
  const claims = [...groupByClaim(answers).values()];
  if (limit > claims.length) {
    throw new BadInputError(`--claims ${limit}: ${source} holds ${claims.length} claims, ask for at most that many`);
  }
  return claims.slice(0, limit).flat();
}

function parseClaims(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError("It must be a whole number from 1.");
  return Number(text);
}

/** npm runs scripts in the project's folder; a path on the command line starts where the user stands. */
function fromHere(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path);
}
