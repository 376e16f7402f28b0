import { check, compile, type Sources, type Target } from "./compiler.ts";
import type { Part } from "./messages.ts";
import type { Mutant } from "./mutant.ts";
import { FIRST_COINBASE, type Numbered, refusedNumbers, withChange, withSwitches } from "./rewrite.ts";

/** Code with changes in it, and the coinbase that switches each on; none for a change that is always on. */
export interface Built {
  /** Creation code by contract's name; `undefined` where the compiler refuses it. */
  readonly codes: ReadonlyMap<string, string> | undefined;
  readonly mutants: readonly { readonly mutant: Mutant; readonly coinbase?: number }[];
}

/**
 * Compiles changes, as many at once as can be: those that only work in the original's place one by one.
 *
 * @param given Texts that stand in for files.
 */
export function* build({ targets, mutants }: Part, given?: Sources): Generator<Built> {
  const alone = mutants.filter(({ form }) => form === "place");
  const others = mutants.filter(({ form }) => form !== "place").map((mutant, index) => [index, mutant] as const);
  for (const each of buildTogether(targets, others, given)) {
    if ("codes" in each) yield each;
    else alone.push(...each);
  }
  for (const mutant of alone)
    yield { codes: codesIfAllowed(targets, withChange(mutant, given)), mutants: [{ mutant }] };
}

/** What compiles beside the originals, and the changes that must be tried in their place. */
function* buildTogether(targets: readonly Target[], numbered: Numbered, given?: Sources): Generator<Built | Mutant[]> {
  if (numbered.length === 0) return;
  const sources = withSwitches(numbered, given);
  const refused = new Set(check(targets, sources).flatMap((refusal) => refusedNumbers(refusal, sources)));
  if (refused.size > 0) {
    const isRefused = ([number]: readonly [number, Mutant]) => refused.has(number);
    yield numbered.filter(isRefused).map(([, mutant]) => mutant);
    yield* buildTogether(
      targets,
      numbered.filter((each) => !isRefused(each)),
      given,
    );
    return;
  }
  const codes = codesIfAllowed(targets, sources);
  if (codes !== undefined) {
    yield { codes, mutants: numbered.map(([number, mutant]) => ({ mutant, coinbase: FIRST_COINBASE + number })) };
  } else if (numbered.length === 1) {
    yield numbered.map(([, mutant]) => mutant);
  } else {
    const half = Math.ceil(numbered.length / 2); // too much for the compiler's stack, say
    yield* buildTogether(targets, numbered.slice(0, half), given);
    yield* buildTogether(targets, numbered.slice(half), given);
  }
}

function codesIfAllowed(targets: readonly Target[], sources: Sources): ReadonlyMap<string, string> | undefined {
  if (check(targets, sources).length > 0) return undefined;
  const compiled = compile(targets, sources);
  return "codes" in compiled ? compiled.codes : undefined;
}
