import type { Target } from "./compiler.ts";
import type { Mutant } from "./mutant.ts";

/** What a worker is to do: changes of the code of some contracts, and the test files that could notice. */
export interface Job {
  readonly targets: readonly Target[];
  readonly mutants: readonly Mutant[];
  /** Test files, from the folder of the project, in the order in which to try them first. */
  readonly tests: readonly string[];
}

/** What came of a change. */
export type Outcome =
  | { readonly status: "killed"; readonly by: string; readonly title: string }
  | { readonly status: "survived" | "refused" | "timeout" };

/** What a worker tells. */
export type Message =
  | { readonly kind: "ready" }
  | { readonly kind: "started"; readonly id: string }
  | { readonly kind: "ended"; readonly id: string; readonly outcome: Outcome; readonly milliseconds: number }
  /** The unchanged contracts fail a test that has killed something: nothing of this job counts. */
  | { readonly kind: "broken"; readonly problem: string }
  | { readonly kind: "done" };
