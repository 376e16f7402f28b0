import type { Target } from "./compiler.ts";
import type { Mutant } from "./mutant.ts";

/** What a worker is to do: changes, and the test files that could notice them, from the folder of the project. */
export interface Job {
  readonly tests: readonly string[];
  readonly parts: readonly Part[];
}

/** Changes that are compiled together, and the contracts that have their code in them. */
export interface Part {
  readonly targets: readonly Target[];
  readonly mutants: readonly Mutant[];
}

/** What came of a change. */
export type Outcome =
  | { readonly status: "killed"; readonly by: string; readonly title: string }
  | { readonly status: "survived" | "refused" | "timeout" };

/** What a worker tells. */
export type Message =
  | { readonly kind: "alive" }
  | { readonly kind: "started"; readonly id: string }
  | { readonly kind: "ended"; readonly id: string; readonly outcome: Outcome; readonly milliseconds: number }
  /** Tests that fail while no change is on, which are not run. */
  | { readonly kind: "leftOut"; readonly titles: readonly string[] }
  /** The unchanged contracts fail a test that has noticed something: what came of these changes does not count. */
  | { readonly kind: "void"; readonly ids: readonly string[]; readonly problem: string }
  /** The worker cannot go on. */
  | { readonly kind: "broken"; readonly problem: string };
