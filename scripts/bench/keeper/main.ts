import { availableParallelism } from "node:os";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { type LogStream, openLog } from "../../../keeper/log.ts";
import { progressOn } from "../../demo/progress.ts";
import { drawTable } from "../tables.ts";
import { measureLoad } from "./load.ts";
import { participantsLoad, queriesLoad, stakesLoad } from "./loads.ts";
import { growthOf, MOST_GROWTH, soak } from "./soak.ts";
import { inMebibytes, loadTable, problemsOf, soakTable } from "./tables.ts";

/** Where a run tells its figures, and where how far it is. */
export interface Streams {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: LogStream;
}

interface Sizes {
  readonly participants: number;
  readonly stakes: number;
  readonly queries: number;
  readonly blocks: number;
}

/** How much there is of everything where no flag says otherwise. */
export const USUAL_SIZES: Sizes = { participants: 1_000, stakes: 500, queries: 50, blocks: 10_000 };

/** The heap is measured after a tenth of the blocks for the first time. */
const LEAST_BLOCKS = 10;

/**
 * `npm run bench -- keeper`: what the keeper needs for a lot of work at once, and for a long time. Times differ from run to
 * run, so nothing is compared with committed figures.
 *
 * @param args What stands on the command line after `keeper`.
 * @returns The exit code: 1 where work was left undone, memory grew, or an option is wrong.
 */
export async function benchKeeper(args: readonly string[], { stdout, stderr }: Streams): Promise<number> {
  let sizes: Sizes;
  try {
    sizes = parseSizes(args, { stdout, stderr });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode; // it has told its story
    throw error;
  }
  stdout.write(`Node ${process.version}, ${availableParallelism()} cores, Hardhat's chain in the same process.\n\n`);
  const progress = progressOn(stderr, "keeper");
  const log = openLog("warn", stderr);
  const results = [
    await measureLoad(participantsLoad, sizes.participants, progress, log),
    await measureLoad(stakesLoad, sizes.stakes, progress, log),
    await measureLoad(queriesLoad, sizes.queries, progress, log),
  ];
  stdout.write(`${drawTable(loadTable(results))}\n`);
  const soaking = await soak(sizes.blocks, progress, log);
  stdout.write(`${drawTable(soakTable(soaking))}\n`);

  const problems = problemsOf(results, soaking);
  for (const problem of problems) stdout.write(`FAIL  ${problem}\n`);
  if (problems.length > 0) return 1;
  const growth = `${inMebibytes(growthOf(soaking))} MiB from the first measurement to the last`;
  stdout.write(`All is done, and memory is flat: ${growth}, allowed are ${inMebibytes(MOST_GROWTH)}.\n`);
  return 0;
}

function parseSizes(args: readonly string[], { stdout, stderr }: Streams): Sizes {
  const sizeOption = (what: keyof Sizes, most: number, least = 1) =>
    new Option(`--${what} <number>`, `how many ${what}, from ${least} to ${most}`)
      .default(USUAL_SIZES[what])
      .argParser((given) => parseNumber(given, least, most));
  return new Command("bench keeper")
    .description("Time, transactions, gas and memory that the keeper needs for a lot of work at once.")
    .addOption(sizeOption("participants", 10_000))
    .addOption(sizeOption("stakes", 5_000))
    .addOption(sizeOption("queries", 1_000))
    .addOption(sizeOption("blocks", 1_000_000, LEAST_BLOCKS))
    .exitOverride()
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) })
    .parse([...args], { from: "user" })
    .opts<Sizes>();
}

function parseNumber(given: string, least: number, most: number): number {
  const number = Number(given);
  if (/^\d+$/.test(given) && number >= least && number <= most) return number;
  throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
}
