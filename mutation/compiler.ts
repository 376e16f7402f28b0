import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Node } from "./ast.ts";

/** The project's folder. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

interface Compiler {
  compile(input: string, callbacks: { import(path: string): Answer }): string;
}

type Answer = { contents: string } | { error: string };

/** A concrete contract: the file from the folder of the project, and the name in it. */
export interface Target {
  readonly file: string;
  readonly name: string;
}

/** What the compiler refuses, and where in the given text, in bytes. */
export interface Refusal {
  readonly message: string;
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** Creation code by contract's name, or what the compiler refuses. */
export type Compiled = { readonly codes: ReadonlyMap<string, string> } | { readonly refusals: readonly Refusal[] };

/** Texts that stand in for files, by path. */
export type Sources = ReadonlyMap<string, string>;

// Nothing is optimized but the use of the stack, without which these contracts do not compile: a tenth of the time.
const FAST = {
  enabled: false,
  details: {
    peephole: false,
    inliner: false,
    jumpdestRemover: false,
    orderLiterals: false,
    deduplicate: false,
    cse: false,
    constantOptimizer: false,
    yul: true,
    yulDetails: { stackAllocation: true, optimizerSteps: "u:" },
  },
};

interface Output {
  readonly errors?: readonly Message[];
  readonly sources?: Readonly<Record<string, { readonly ast: Node }>>;
  readonly contracts?: Readonly<Record<string, Readonly<Record<string, { evm: { bytecode: { object: string } } }>>>>;
}

interface Message {
  readonly severity: string;
  readonly formattedMessage: string;
  readonly sourceLocation?: { readonly file: string; readonly start: number; readonly end: number };
}

let compiler: Compiler | undefined;

function run(settings: object, files: readonly string[], given: Sources): Output {
  compiler ??= createRequire(import.meta.url)("solc") as Compiler;
  const input = {
    language: "Solidity",
    sources: Object.fromEntries(files.map((file) => [file, { content: contentsOf(file, given) }])),
    settings: { evmVersion: "osaka", viaIR: true, ...settings },
  };
  const load = (path: string): Answer => {
    try {
      return { contents: contentsOf(path, given) };
    } catch (error) {
      return { error: String(error) };
    }
  };
  return JSON.parse(compiler.compile(JSON.stringify(input), { import: load })) as Output;
}

/** The text of a file: one that is given, one of the project, or one of a package. */
export function contentsOf(file: string, given: Sources = new Map()): string {
  return given.get(file) ?? readFileSync(join(ROOT, file.startsWith("contracts/") ? "" : "node_modules", file), "utf8");
}

/**
 * The syntax trees of files, by path.
 *
 * @throws Error where one does not compile.
 */
export function treesOf(files: readonly string[], given: Sources = new Map()): ReadonlyMap<string, Node> {
  const output = run({ outputSelection: { "*": { "": ["ast"] } } }, files, given);
  const refusal = refusalsOf(output)[0];
  if (refusal !== undefined) throw new Error(refusal.message);
  const { sources = {} } = output;
  return new Map(Object.entries(sources).map(([file, { ast }]) => [file, ast]));
}

/** What the compiler refuses of contracts, without making code of them. */
export function check(targets: readonly Target[], given: Sources): readonly Refusal[] {
  return refusalsOf(run({ outputSelection: selectionOf(targets, "abi") }, filesOf(targets), given));
}

/**
 * Compiles contracts.
 *
 * @param isOptimized As they are deployed, by size: slow; by default as fast as can be.
 */
export function compile(targets: readonly Target[], given: Sources, isOptimized = false): Compiled {
  const settings = {
    optimizer: isOptimized ? { enabled: true, runs: 200 } : FAST,
    metadata: { bytecodeHash: "none", appendCBOR: false },
    outputSelection: selectionOf(targets, "evm.bytecode.object"),
  };
  const output = run(settings, filesOf(targets), given);
  const refusals = refusalsOf(output);
  if (refusals.length > 0) return { refusals };
  const codes = targets.map(({ file, name }): [string, string] => [
    name,
    `0x${output.contracts?.[file]?.[name]?.evm.bytecode.object}`,
  ]);
  return { codes: new Map(codes) };
}

const filesOf = (targets: readonly Target[]) => [...new Set(targets.map(({ file }) => file))];

function selectionOf(targets: readonly Target[], what: string): object {
  const selection: Record<string, Record<string, string[]>> = {};
  for (const { file, name } of targets) selection[file] = { ...selection[file], [name]: [what] };
  return selection;
}

function refusalsOf({ errors = [] }: Output): Refusal[] {
  return errors
    .filter(({ severity }) => severity === "error")
    .map(({ formattedMessage, sourceLocation }) => ({
      message: formattedMessage,
      file: sourceLocation?.file ?? "",
      start: sourceLocation?.start ?? -1,
      end: sourceLocation?.end ?? -1,
    }));
}
