// npm run prove
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { CredenceError } from "../../sdk/errors.ts";
import { print, runCommand } from "../command.ts";
import { isProved, isVacuous, type Outcome, type Proofs, propertiesOf, prove } from "./check.ts";
import { type Solver, startSolver } from "./solver.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Where the properties are, from the folder of the project. */
const PROOFS_FOLDER = "test/proofs";

/** The most steps that z3 takes for one condition, in its own count: several times what the hardest proof here needs. */
const EFFORT = 10_000_000;

/** A property that was not proved, or not to any purpose. */
class ProofError extends CredenceError {}

/** The files of properties, in alphabetical order. */
export async function readProofs(): Promise<Proofs[]> {
  const names = (await readdir(join(ROOT, PROOFS_FOLDER))).filter((name) => name.endsWith(".sol")).sort();
  return Promise.all(
    names.map(async (name) => {
      const file = `${PROOFS_FOLDER}/${name}`;
      return { file, source: await readFile(join(ROOT, file), "utf8") };
    }),
  );
}

/** What came of a property, in a line. */
export function describeOutcome(property: string, { holding, open }: Outcome, isContradictory: boolean): string {
  if (open.length > 0) return `  ${property}: NOT PROVED (${[...new Set(open)].join(" ")})`;
  if (isContradictory) return `  ${property}: PROVES NOTHING (its assumptions contradict one another)`;
  return `  ${property}: proved (${holding} conditions)`;
}

/** Proves the properties of a file, tells of each, and says how many were not. */
function proveAll(proofs: Proofs, only: string | undefined, solver: Solver): [proved: number, lost: number] {
  let [proved, lost] = [0, 0];
  const properties = propertiesOf(proofs).filter((property) => only === undefined || property === only);
  if (properties.length > 0) print(proofs.file);
  for (const property of properties) {
    const outcome = prove(ROOT, proofs, property, solver);
    const isContradictory = isProved(outcome) && isVacuous(ROOT, proofs, property, solver);
    print(describeOutcome(property, outcome, isContradictory));
    if (isProved(outcome) && !isContradictory) proved++;
    else lost++;
  }
  return [proved, lost];
}

async function main(): Promise<void> {
  const only = new Command("prove")
    .usage("-- [property]")
    .description("Prove the properties of the arithmetic libraries with solc's model checker and z3: docs/proofs.md.")
    .argument("[property]", "a contract of test/proofs/; all by default")
    .addHelpText("after", "\nExit code: 0 all are proved, 1 one is not.")
    .exitOverride()
    .parse(process.argv.slice(2), { from: "user" }).args[0];
  const files = await readProofs();
  if (only !== undefined && !files.some((proofs) => propertiesOf(proofs).includes(only))) {
    throw new ProofError(`No contract of ${PROOFS_FOLDER}/ is called that`, { property: only });
  }
  const solver = startSolver(EFFORT);
  try {
    const counts = files.map((proofs) => proveAll(proofs, only, solver));
    const [proved, lost] = [0, 1].map((at) => counts.reduce((sum, count) => sum + (count[at] ?? 0), 0));
    print(`${proved} properties proved, ${lost} not.`);
    if (lost !== 0) process.exitCode = 1;
  } finally {
    await solver.close();
  }
}

if (import.meta.main) await runCommand(main);
