import { glob, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import CliTable from "cli-table3";
import hre from "hardhat";
import { CredenceError } from "../sdk/errors.ts";

/** Least share of lines, and least share of statements, that tests must execute, in percent. */
export const BAR_PERCENT = 98;

/** A statement of a Solidity file. */
export interface Statement {
  /** What the instrumented contract reports when it executes the statement. */
  readonly tag: string;
  /** Line on which its code begins, from 1. */
  readonly line: number;
}

/** A Solidity file with the statements that could be executed; none where it only declares. */
export interface SourceFile {
  readonly path: string;
  readonly statements: readonly Statement[];
}

/** How much of something was executed. */
export interface Share {
  readonly hit: number;
  readonly total: number;
}

/** The coverage of one file. */
export interface FileCoverage {
  readonly path: string;
  readonly lines: Share;
  readonly statements: Share;
  /** Lines that no test executes, rising. */
  readonly missedLines: readonly number[];
}

/** The coverage of all files. */
export interface CoverageReport {
  readonly files: readonly FileCoverage[];
  readonly lines: Share;
  readonly statements: Share;
  /** Whether both shares reach `BAR_PERCENT`. */
  readonly isEnough: boolean;
}

/** Whether each line of a file was executed, by line number. */
export type LineHits = ReadonlyMap<number, boolean>;

/** Reads an lcov trace: the lines of each file it names. Throws a `CredenceError` for a line it cannot read. */
export function parseLcov(text: string): Map<string, LineHits> {
  const files = new Map<string, Map<number, boolean>>();
  let current: Map<number, boolean> | undefined;
  for (const [index, record] of text.split(/\r?\n/).entries()) {
    if (record.startsWith("SF:")) {
      const path = record.slice("SF:".length).replaceAll("\\", "/");
      current = files.get(path) ?? new Map();
      files.set(path, current);
    } else if (record === "end_of_record") {
      current = undefined;
    } else if (record.startsWith("DA:")) {
      const [, line, count] = /^DA:(\d+),(\d+)(?:,.*)?$/.exec(record) ?? [];
      if (current === undefined || line === undefined || count === undefined) {
        throw new CredenceError("the lcov trace is malformed", { line: index + 1, record });
      }
      current.set(Number(line), current.get(Number(line)) === true || Number(count) > 0);
    }
  }
  return files;
}

/**
 * Puts lines and statements together. A file that the trace does not know was deployed by no test: each of its
 * statements and of their lines counts as missed. Files without statements do not count.
 *
 * @param sources Every file that should be covered.
 * @param lcov Lines by file, of `parseLcov`.
 * @param hitTags Tags of all statements that were executed.
 */
export function evaluateCoverage(
  sources: readonly SourceFile[],
  lcov: ReadonlyMap<string, LineHits>,
  hitTags: ReadonlySet<string>,
): CoverageReport {
  const files = sources
    .filter(({ statements }) => statements.length > 0)
    .map(({ path, statements }): FileCoverage => {
      const lines: LineHits = lcov.get(path) ?? new Map(statements.map(({ line }) => [line, false]));
      const missedLines = [...lines].filter(([, isHit]) => !isHit).map(([line]) => line);
      return {
        path,
        lines: { hit: lines.size - missedLines.length, total: lines.size },
        statements: { hit: statements.filter(({ tag }) => hitTags.has(tag)).length, total: statements.length },
        missedLines: missedLines.sort((a, b) => a - b),
      };
    });
  const lines = sum(files.map((file) => file.lines));
  const statements = sum(files.map((file) => file.statements));
  return { files, lines, statements, isEnough: reachesBar(lines) && reachesBar(statements) };
}

/** The report as a table and a last line that says whether it is enough. */
export function renderCoverage({ files, lines, statements, isEnough }: CoverageReport): string {
  const table = new CliTable({
    head: ["file", "lines", "", "statements", "", "missed lines"],
    colAligns: ["left", "right", "right", "right", "right", "left"],
    style: { head: [], border: [], compact: true },
    colWidths: [null, null, null, null, null, 40],
    wordWrap: true,
  });
  for (const file of files) {
    table.push([file.path, ...cells(file.lines), ...cells(file.statements), formatRanges(file.missedLines)]);
  }
  table.push(["all", ...cells(lines), ...cells(statements), ""]);
  const figures = `${formatPercent(lines)} of lines, ${formatPercent(statements)} of statements`;
  const verdict = isEnough ? "Coverage reaches" : "Coverage is below";
  return `${table.toString()}\n${verdict} ${BAR_PERCENT} %: ${figures}.\n`;
}

/** Rising line numbers as ranges: `3, 7-9`. */
export function formatRanges(lines: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const line of lines) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === line - 1) last[1] = line;
    else ranges.push([line, line]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(", ");
}

/** Where code begins at or after `offset`, past blanks and comments: the number of that line, from 1. */
export function lineOfCode(source: string, offset: number): number {
  const trivia = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
  trivia.lastIndex = offset;
  const begin = offset + (trivia.exec(source)?.[0].length ?? 0);
  return source.slice(0, begin).split("\n").length;
}

function sum(shares: readonly Share[]): Share {
  return {
    hit: shares.reduce((hits, { hit }) => hits + hit, 0),
    total: shares.reduce((totals, { total }) => totals + total, 0),
  };
}

/** Nothing to execute reaches no bar: a report about no code is a mistake. */
function reachesBar({ hit, total }: Share): boolean {
  return total > 0 && hit * 100 >= total * BAR_PERCENT;
}

function cells(share: Share): [string, string] {
  return [`${share.hit}/${share.total}`, formatPercent(share)];
}

/** Two decimals, rounded down: 100 % means all. */
function formatPercent({ hit, total }: Share): string {
  return total === 0 ? "-" : `${(Math.floor((hit * 10_000) / total) / 100).toFixed(2)} %`;
}

/* THE PROJECT */

/** What of Hardhat's EVM package is used here: it instruments a source as `hardhat test --coverage` does. */
interface Instrumenter {
  latestSupportedSolidityVersion(): string;
  addStatementCoverageInstrumentation(
    source: string,
    sourceName: string,
    compilerVersion: string,
  ): { metadata: readonly { kind: string; tag: Uint8Array; startUtf16: number }[] };
}

/**
 * `npm run coverage`, second half: reads what `hardhat test --coverage` left in `coverage/`, prints it and builds the
 * contracts again without instruments. Returns the exit code. The lcov trace knows lines only, so statements are found by instrumenting the sources once more (a
 * statement's tag depends on nothing but the source, its name and the compiler) and looking for their tags in the data.
 */
export async function main(): Promise<number> {
  const lcov = parseLcov(await readLcov());
  const report = evaluateCoverage(await readSources(), lcov, await readHitTags());
  process.stdout.write(renderCoverage(report));
  // The artifacts are still those of the instrumented sources: nobody should deploy or measure them.
  await hre.tasks.getTask("build").run({ noTests: true, quiet: true });
  return report.isEnough ? 0 : 1;
}

async function readLcov(): Promise<string> {
  try {
    return await readFile(inProject("coverage/lcov.info"), "utf8");
  } catch (cause) {
    throw new CredenceError("no coverage data: run hardhat test --coverage first", {}, { cause });
  }
}

/** Every Solidity file of production. */
async function readSources(): Promise<SourceFile[]> {
  // The package is Hardhat's own dependency, in the version that Hardhat wants.
  const instrumenter: Instrumenter = createRequire(import.meta.resolve("hardhat"))("@nomicfoundation/edr");
  const compilerVersion = hre.config.solidity.profiles.default?.compilers[0]?.version ?? "";
  const latest = instrumenter.latestSupportedSolidityVersion();
  const isSupported = compilerVersion.localeCompare(latest, "en", { numeric: true }) <= 0;

  const sources: SourceFile[] = [];
  for await (const found of glob("contracts/**/*.sol", { cwd: hre.config.paths.root })) {
    const path = found.replaceAll("\\", "/");
    if (path.startsWith("contracts/mocks/")) continue;
    const source = await readFile(inProject(path), "utf8");
    const { metadata } = instrumenter.addStatementCoverageInstrumentation(
      source,
      `project/${path}`,
      isSupported ? compilerVersion : latest,
    );
    const statements = metadata
      .filter(({ kind }) => kind === "statement")
      .map(({ tag, startUtf16 }) => ({
        tag: Buffer.from(tag).toString("hex"),
        line: lineOfCode(source, startUtf16),
      }));
    sources.push({ path, statements });
  }
  return sources.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Tags that any runner has reported; one JSON object of counts by tag for each worker of each runner. */
async function readHitTags(): Promise<Set<string>> {
  const tags = new Set<string>();
  for await (const path of glob("coverage/data/*/*.json", { cwd: hre.config.paths.root })) {
    const counts: unknown = JSON.parse(await readFile(inProject(path), "utf8"));
    for (const tag of Object.keys(counts ?? {})) tags.add(tag);
  }
  return tags;
}

function inProject(path: string): URL {
  return new URL(`../${path}`, import.meta.url);
}

if (import.meta.main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof CredenceError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
