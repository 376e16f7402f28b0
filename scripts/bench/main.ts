import { readFile, rename, writeFile } from "node:fs/promises";
import { Command, Option } from "commander";
import hre from "hardhat";
import { CredenceError } from "../../sdk/errors.ts";
import { checkFigures, checkLimits, type Finding, MAX_TRANSACTION_GAS } from "./check.ts";
import { type Figures, parseFigures, sameFigures, selectSuites, serializeFigures } from "./figures.ts";
import { updatePage } from "./page.ts";
import { measureSizes } from "./sizes.ts";
import { type Capacities, chooseSuites, type GrowthGas, type RowGas, type Suite } from "./suite.ts";
import { drawTable, tablesOf } from "./tables.ts";

const BASELINE = new URL("./baseline.json", import.meta.url);
const PAGE = new URL("../../docs/gas.md", import.meta.url);

/** How much is measured: rows alone, or growth too, or growth at every level and what fits into a transaction. */
type Depth = "rows" | "check" | "all";

interface Options {
  /** Names of suites; none for all. */
  readonly suites: readonly string[];
  readonly check?: boolean;
  readonly update?: boolean;
  readonly growth: boolean;
}

/** The first argument for the keeper's load in place of gas. */
const KEEPER = "keeper";

/** `npm run bench`: measures, prints, and compares with or replaces the committed figures. Returns the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  if (argv[2] === KEEPER) {
    await build();
    return (await import("./keeper/main.ts")).benchKeeper(argv.slice(3), process);
  }
  const options = parseOptions(argv);
  await build();
  const { suites: all } = await import("./suites.ts");
  const suites = chooseSuites(all, options.suites);

  const figures = await measure(suites, options.growth ? (options.check ? "check" : "all") : "rows");
  for (const table of tablesOf(figures, suites)) say(`${drawTable(table)}\n`);

  if (options.update) return update(figures, suites);
  if (options.check) return report(checkFigures(selectSuites(await readBaseline(), suites), figures, suites));
  return report(checkLimits(figures, suites));
}

/** Generates the bindings that are imported only afterwards. */
async function build(): Promise<void> {
  await hre.tasks.getTask("build").run({ noTests: true, quiet: true });
}

function parseOptions(argv: readonly string[]): Options {
  const command = new Command("bench")
    .description("Gas of every entry point, its growth with use, what fits into a transaction, and code sizes.")
    .argument("[suites...]", "mechanisms to measure; all of them unless some are named")
    .addOption(new Option("--check", "fail on a rise of more than 1 % over the committed figures").conflicts("update"))
    .addOption(new Option("--update", "replace the committed figures and the tables of docs/gas.md"))
    .addOption(new Option("--no-growth", "leave out the growth with use and what fits into a transaction"))
    .addHelpText("after", `\n\`bench ${KEEPER}\` measures the keeper's load instead, with options of its own.`);
  const options = command.parse([...argv]).opts<Omit<Options, "suites">>();
  if (options.update && !options.growth) command.error("error: --update needs the growth, leave out --no-growth");
  if (options.update && command.args.length > 0) command.error("error: --update needs all suites, name none");
  return { ...options, suites: command.args };
}

async function measure(suites: readonly Suite[], depth: Depth): Promise<Figures> {
  const gas: Record<string, RowGas> = {};
  const growth: Record<string, Record<string, GrowthGas>> = {};
  const capacities: Record<string, Capacities> = {};
  for (const suite of suites) {
    note(`measuring ${suite.name}`);
    gas[suite.name] = await suite.measure();
    const dimensions: Record<string, GrowthGas> = {};
    for (const { dimension, levels, checkLevels, measure } of depth === "rows" ? [] : suite.growth) {
      const measured = depth === "check" ? checkLevels : levels;
      note(`measuring ${suite.name} at ${measured.join(", ")} ${dimension}`);
      dimensions[dimension] = await measure(measured);
    }
    growth[suite.name] = dimensions;
    if (depth === "all" && suite.capacity !== undefined) {
      note(`measuring ${suite.name} for most ${suite.capacity.unit} in a transaction`);
      capacities[suite.name] = await suite.capacity.measure(MAX_TRANSACTION_GAS);
    }
  }
  return { gas, growth, capacities, sizes: await measureSizes(hre.artifacts) };
}

/** Writes nothing unless a second run measures the same and the limits hold. */
async function update(figures: Figures, suites: readonly Suite[]): Promise<number> {
  const again = await measure(suites, "rows");
  if (!sameFigures({ ...figures, growth: {}, capacities: {} }, { ...again, growth: {}, capacities: {} })) {
    throw new CredenceError("two runs measured different gas: a suite depends on something that is not fixed");
  }
  const findings = checkLimits(figures, suites);
  if (findings.length > 0) return report(findings);
  const page = updatePage(await readFile(PAGE, "utf8"), figures, suites);
  await replaceFile(BASELINE, serializeFigures(figures));
  await replaceFile(PAGE, page);
  say("The committed figures and docs/gas.md are up to date.\n");
  return 0;
}

async function readBaseline(): Promise<Figures> {
  let text: string;
  try {
    text = await readFile(BASELINE, "utf8");
  } catch (cause) {
    throw new CredenceError("no committed figures: write them with npm run bench -- --update", {}, { cause });
  }
  return parseFigures(text);
}

/** Never leaves half a file behind. */
async function replaceFile(file: URL, text: string): Promise<void> {
  const draft = new URL(`${file.href}.draft`);
  await writeFile(draft, text);
  await rename(draft, file);
}

function report(findings: readonly Finding[]): number {
  for (const { row, problem, isFailure } of findings) say(`${isFailure ? "FAIL" : "note"}  ${row}: ${problem}\n`);
  const failures = findings.filter(({ isFailure }) => isFailure).length;
  say(failures === 0 ? "Gas check passed.\n" : `Gas check failed: ${failures} of the rows above.\n`);
  return failures === 0 ? 0 : 1;
}

function say(text: string): void {
  process.stdout.write(text);
}

function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

if (import.meta.main) {
  try {
    process.exitCode = await main(process.argv);
  } catch (error) {
    if (!(error instanceof CredenceError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
