import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT, type Target } from "./compiler.ts";
import { groupBy } from "./group-by.ts";
import type { Job } from "./messages.ts";
import type { Mutant } from "./mutant.ts";

/** The most changes that are compiled together: the code must be paid for in one transaction. */
const MOST_TOGETHER = 60;

/** Changes in parts that have the same contracts to compile. */
export function jobsOf(mutants: readonly Mutant[], targets: ReadonlyMap<string, readonly Target[]>): Job[] {
  const nameOf = ({ file }: Mutant) =>
    (targets.get(file) ?? [])
      .map(({ name }) => name)
      .sort()
      .join();
  return [...groupBy(mutants, nameOf).values()].flatMap((alike) => {
    const own = targets.get((alike[0] as Mutant).file) ?? [];
    const tests = own.length === 0 ? [] : testsOf(own);
    const count = Math.ceil(alike.length / MOST_TOGETHER);
    return Array.from({ length: count }, (_, part) => ({
      targets: own,
      tests,
      mutants: alike.slice((part * alike.length) / count, ((part + 1) * alike.length) / count),
    }));
  });
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
