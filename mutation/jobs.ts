import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT, type Target } from "./compiler.ts";
import { groupBy } from "./group-by.ts";
import type { Job, Part } from "./messages.ts";
import type { Mutant } from "./mutant.ts";

/** The most changes that are compiled together: the code must be paid for in one transaction. */
const MOST_TOGETHER = 60;

/** The most parts that a process is given, which grows with what it has done. */
const MOST_PARTS = 5;

/** Changes by what must be compiled for them, and those by what could notice them. */
export function jobsOf(mutants: readonly Mutant[], targets: ReadonlyMap<string, readonly Target[]>): Job[] {
  const targetsOf = ({ file }: Mutant) => targets.get(file) ?? [];
  const byTargets = groupBy(mutants, (mutant) =>
    targetsOf(mutant)
      .map(({ name }) => name)
      .sort()
      .join(),
  );
  const parts = [...byTargets.values()].flatMap((alike) =>
    inParts(alike, MOST_TOGETHER).map((part) => ({ targets: targetsOf(alike[0] as Mutant), mutants: part })),
  );
  const byTests = groupBy(parts, (part) => testsOf(part.targets).join());
  return [...byTests.values()].flatMap((alike) =>
    inParts(alike, MOST_PARTS).map((some) => ({ tests: testsOf((some[0] as Part).targets), parts: some })),
  );
}

/** A list in parts of about the same length. */
function inParts<T>(list: readonly T[], most: number): T[][] {
  const count = Math.ceil(list.length / most);
  const at = (part: number) => Math.floor((part * list.length) / count);
  return Array.from({ length: count }, (_, part) => list.slice(at(part), at(part + 1)));
}

/** The behaviour tests of contracts' mechanisms. */
function testsOf(targets: readonly Target[]): string[] {
  const mechanisms = new Set(targets.map(({ file }) => file.split("/")[1] ?? "").filter((name) => name !== "mocks"));
  return [...mechanisms].flatMap((mechanism) =>
    readdirSync(join(ROOT, "test", mechanism))
      .filter((name) => /^[A-Z].*\.test\.ts$/.test(name))
      .sort()
      .map((name) => `test/${mechanism}/${name}`),
  );
}
