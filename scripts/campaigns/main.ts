// npm run test:long -- [mechanism...] [--seed N] [--calls N]
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { SuiteResult } from "@nomicfoundation/edr";
import { Argument, Command, InvalidArgumentError } from "commander";
import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import config from "../../hardhat.config.ts";
import { CredenceError } from "../../sdk/errors.ts";
import { print, runCommand } from "../command.ts";
import {
  configOfRound,
  countCalls,
  DEFAULT_CALLS,
  MAX_SEED,
  MECHANISMS,
  type Mechanism,
  mechanismOf,
  shapeOfRound,
} from "./rounds.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const TESTS = join(ROOT, "test", "solidity");

/** Fuzz tests and examples, next to the campaigns of each mechanism. */
const FUZZ = "fuzz";

/** A property that did not hold. */
class CampaignError extends CredenceError {}

/** What the command line asks for. */
export interface Choice {
  targets: (Mechanism | typeof FUZZ)[];
  seed: number;
  round: number;
  calls: number;
}

/**
 * Reads the command line.
 *
 * @param writeErr Is told what is wrong with it, before that is thrown.
 * @throws CommanderError where something is wrong.
 */
export function parseChoice(args: readonly string[], writeErr?: (text: string) => void): Choice {
  const command = new Command("test:long")
    .usage("-- [mechanism...] [options]")
    .description("Run the campaigns of invariants for millions of calls, round by round: docs/properties.md.")
    .addArgument(
      new Argument("[target...]", `whose; ${FUZZ} for the fuzz tests; all by default`).choices([FUZZ, ...MECHANISMS]),
    )
    .option("--seed <number>", "another one for other runs (default: 1)", wholeNumber(0, MAX_SEED), 1)
    .option("--round <number>", "where to begin, to go on or to repeat (default: 1)", wholeNumber(1, MAX_SEED), 1)
    .option(
      "--calls <number>",
      "of handlers, for each mechanism",
      wholeNumber(1, Number.MAX_SAFE_INTEGER),
      DEFAULT_CALLS,
    )
    .addHelpText("after", "\nExit code: 0 everything held, 1 something did not, or the command line is wrong.")
    .configureOutput(writeErr === undefined ? {} : { writeErr })
    .exitOverride()
    .parse([...args], { from: "user" });
  const chosen = command.args as Choice["targets"];
  const { seed, round, calls } = command.opts<Omit<Choice, "targets">>();
  return { targets: chosen.length > 0 ? chosen : [FUZZ, ...MECHANISMS], seed, round, calls };
}

/**
 * Runs test files in the shape and with the seed of a round. Hardhat tells of each test, and how one failed.
 *
 * @param target What of the command line they belong to.
 * @param grep Which tests of the files.
 */
async function runRound(
  files: string[],
  { seed, round }: Pick<Choice, "seed" | "round">,
  target: string,
  grep?: string,
): Promise<SuiteResult[]> {
  const { tasks } = await createHardhatRuntimeEnvironment(configOfRound(config, seed, round), {}, ROOT);
  const result = await tasks
    .getTask(["test", "solidity"])
    .run({ testFiles: files, ...(grep !== undefined && { grep }) });
  const { suiteResults } = (result.value ?? result.error) as { suiteResults: SuiteResult[] };
  if (result.success) return suiteResults;
  throw new CampaignError("A property did not hold", {
    again: `npm run test:long -- ${target} --seed ${seed} --round ${round}`,
  });
}

/** Runs round after round until every mechanism has had its calls. */
async function runCampaigns(files: string[], { seed, ...choice }: Choice): Promise<void> {
  const done = new Map<Mechanism, number>();
  const isDone = (file: string) => (done.get(mechanismOf(file) as Mechanism) ?? 0) >= choice.calls;
  for (let round = choice.round, left = files; left.length > 0; round++) {
    const startedAt = performance.now();
    const { runs, depth } = shapeOfRound(round);
    const targets = new Set(left.map(mechanismOf));
    const counts = countCalls(await runRound(left, { seed, round }, [...targets].join(" "), "invariant_"));
    print(`Round ${round} of seed ${seed}: ${Math.round((performance.now() - startedAt) / 1_000)} s`);
    for (const [mechanism, { campaigns, calls }] of counts) {
      done.set(mechanism, (done.get(mechanism) ?? 0) + calls);
      const shape = `${campaigns} x ${runs} runs x ${depth} calls`;
      print(`  ${mechanism}: ${shape}, ${done.get(mechanism)} of ${choice.calls} done`);
    }
    left = left.filter((file) => !isDone(file));
  }
}

async function main(): Promise<void> {
  const choice = parseChoice(process.argv.slice(2));
  const tests = (await readdir(TESTS, { recursive: true })).filter((file) => file.endsWith(".t.sol")).sort();
  const [campaigns, others] = [true, false].map((isCampaign) =>
    tests.filter((file) => file.endsWith(".invariants.t.sol") === isCampaign).map((file) => join(TESTS, file)),
  ) as [string[], string[]];
  if (choice.targets.includes(FUZZ)) await runRound(others, choice, FUZZ);
  await runCampaigns(
    campaigns.filter((file) => choice.targets.includes(mechanismOf(file) as Mechanism)),
    choice,
  );
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

if (import.meta.main) await runCommand(main);
