import { readFile } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";

/** The text of a file of the project. */
export function textOf(path: string): Promise<string> {
  return readFile(new URL(`../../${path}`, import.meta.url), "utf8");
}

/** Lines that say something: no comments, and none that are empty. */
export function meaningfulLines(text: string): string[] {
  return text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
}

/** What a section of a systemd unit says, by name; a name that stands there several times has all that it says. */
export type Section = Readonly<Record<string, readonly string[]>>;

/** Reads a systemd unit: its sections by name. */
export function parseUnit(text: string): Readonly<Record<string, Section>> {
  const sections: Record<string, Record<string, string[]>> = {};
  let section: Record<string, string[]> = {};
  for (const line of meaningfulLines(text)) {
    const [, title] = /^\[(\w+)\]$/.exec(line) ?? [];
    if (title !== undefined) {
      section = sections[title] = {};
      continue;
    }
    const [, name, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) throw new SyntaxError(`neither a section nor a setting: ${line}`);
    section[name] = [...(section[name] ?? []), value];
  }
  return sections;
}

/** An instruction of a Dockerfile. */
export interface Instruction {
  readonly name: string;
  readonly args: string;
}

/** Reads a Dockerfile: the instructions of each stage, that which begins it among them. */
export function parseDockerfile(text: string): Instruction[][] {
  const stages: Instruction[][] = [];
  for (const line of meaningfulLines(text).join("\n").replaceAll("\\\n", "").split("\n")) {
    const [name = "", ...words] = line.trim().split(/\s+/);
    if (name === "FROM") stages.push([]);
    stages.at(-1)?.push({ name, args: words.join(" ") });
  }
  return stages;
}

/** A `COPY` from the working copy or an earlier stage. */
export interface Copy {
  readonly stage: string | undefined;
  readonly sources: readonly string[];
}

/** What a stage copies. */
export function copiesOf(stage: readonly Instruction[]): Copy[] {
  return stage
    .filter(({ name }) => name === "COPY")
    .map(({ args }) => {
      const words = args.split(" ");
      const from = words.find((word) => word.startsWith("--from="))?.slice("--from=".length);
      return { stage: from, sources: words.filter((word) => !word.startsWith("--")).slice(0, -1) };
    });
}

/** Assignments as systemd and Docker write them: words with `=` between name and value. */
export function parseEnvironment(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(/\s+/).map((word) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)]),
  );
}

/** What TypeScript files need in order to run. */
export interface Needs {
  /** Files of the project, those that one began with among them. */
  readonly files: ReadonlySet<string>;
  /** Packages. */
  readonly packages: ReadonlySet<string>;
}

/** Follows the imports of files, those of types left out: Node never sees them. What is generated is not looked into. */
export async function needsOf(...entries: readonly string[]): Promise<Needs> {
  const files = new Set<string>();
  const packages = new Set<string>();
  const queue = [...entries];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    if (file.startsWith(GENERATED)) continue;
    for (const [, imported, resolved] of (await textOf(file)).matchAll(IMPORT)) {
      const specifier = imported ?? resolved ?? "";
      if (specifier.startsWith(".")) queue.push(normalize(join(dirname(file), specifier)));
      else if (!specifier.startsWith("node:")) packages.add(packageOf(specifier));
    }
  }
  return { files, packages };
}

/** Folder of what the build makes. */
const GENERATED = "typechain-types/";

/** `import ... from "x"`, `import "x"` and `export ... from "x"`; `require.resolve("x")`, as in hardhat.config.ts. */
const IMPORT = /^(?:import|export)(?! type)[^;"()=]*?"([^"]+)";$|require\.resolve\("([^"]+)"\)/gm;

function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
