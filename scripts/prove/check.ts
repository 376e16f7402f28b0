import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Solver } from "./solver.ts";

/** The part of the compiler that is used here; it has no types of its own for it. */
interface Compiler {
  compile(input: string, callbacks: { import(path: string): Answer; smtSolver(query: string): Answer }): string;
}

type Answer = { contents: string } | { error: string };

const compiler: Compiler = createRequire(import.meta.url)("solc");

/** The contracts of a file, each of which states one property in its function `prove`. */
export interface Proofs {
  /** The file, from the folder of the project. */
  readonly file: string;
  readonly source: string;
}

/** What came of a property. */
export interface Outcome {
  /** How many of its conditions hold: assertions, and that nothing overflows or is divided by zero. */
  readonly holding: number;
  /** What could not be shown, in the compiler's words. */
  readonly open: readonly string[];
}

/** Names of the properties of a file, in its order. */
export function propertiesOf({ source }: Proofs): string[] {
  return [...source.matchAll(/^contract (\w+) \{$/gm)].map(([, name]) => name as string);
}

/** Whether a property was proved. */
export const isProved = ({ holding, open }: Outcome): boolean => open.length === 0 && holding > 0;

/**
 * Lets the compiler's model checker prove a property.
 *
 * @param root The project's folder.
 * @throws Error where the file does not compile.
 */
export function prove(root: string, proofs: Proofs, property: string, solver: Solver): Outcome {
  const conditions = check(root, proofs, property, solver).filter(({ message }) => message.startsWith("BMC: "));
  const open = conditions.filter(({ message }) => !SAFE.test(message));
  return { holding: conditions.length - open.length, open: open.map(({ message }) => message.split("\n", 1)[0] ?? "") };
}

/**
 * Whether a property's assumptions contradict one another, so that anything could be proved of them: whether even
 * `assert(false)` at its end is.
 */
export function isVacuous(root: string, proofs: Proofs, property: string, solver: Solver): boolean {
  const start = proofs.source.indexOf(`contract ${property} {`);
  const end = proofs.source.indexOf("\n    }\n}", start);
  const source = `${proofs.source.slice(0, end)}\n${FALSE}${proofs.source.slice(end)}`;
  const lies = check(root, { ...proofs, source }, property, solver).filter(
    ({ sourceLocation: { file, start: at } = NOWHERE }) => file === proofs.file && at >= end && at < end + FALSE.length,
  );
  return lies.every(({ message }) => SAFE.test(message));
}

const FALSE = "        assert(false);";
const SAFE = / check is safe!$/;
const NOWHERE = { file: "", start: -1 };

interface Message {
  readonly severity: string;
  readonly message: string;
  readonly formattedMessage: string;
  readonly sourceLocation?: { readonly file: string; readonly start: number };
}

function check(root: string, { file, source }: Proofs, property: string, solver: Solver): Message[] {
  const input = {
    language: "Solidity",
    sources: { [file]: { content: source } },
    settings: {
      remappings: [`@openzeppelin/contracts/utils/math/Math.sol=test/proofs/models/Math.sol`],
      modelChecker: {
        contracts: { [file]: [property] },
        engine: "bmc",
        solvers: ["smtlib2"],
        targets: ["assert", "overflow", "underflow", "divByZero"],
        timeout: 1, // stands for z3's own limit: see worker.ts
        showProvedSafe: true,
        showUnproved: true,
      },
      outputSelection: { "*": { "*": [] } },
    },
  };
  const output = compiler.compile(JSON.stringify(input), {
    import: (path) => contentsOf(root, path),
    // Anything but a proof is as good as no answer: the compiler stumbles over some counterexamples of z3's.
    smtSolver: (query) => ({ contents: solver.solve(query).startsWith("unsat") ? "unsat" : "unknown" }),
  });
  const { errors = [] } = JSON.parse(output) as { errors?: Message[] };
  const failure = errors.find(({ severity }) => severity === "error");
  if (failure !== undefined) throw new Error(failure.formattedMessage);
  return errors;
}

function contentsOf(root: string, path: string): Answer {
  const isOwn = path.startsWith("contracts/") || path.startsWith("test/");
  try {
    return { contents: readFileSync(join(root, isOwn ? "" : "node_modules", path), "utf8") };
  } catch (error) {
    return { error: String(error) };
  }
}
