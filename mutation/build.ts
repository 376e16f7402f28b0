import { check, compile, type Sources, type Target } from "./compiler.ts";
import type { Mutant } from "./mutant.ts";
import { FIRST_COINBASE, type Numbered, refusedNumbers, withChange, withSwitches } from "./rewrite.ts";

/** Code with changes in it, and the coinbase that switches each on; none for a change that is always on. */
export interface Built {
  /** Creation code by contract's name. */
  readonly codes: ReadonlyMap<string, string>;
  readonly mutants: readonly { readonly mutant: Mutant; readonly coinbase?: number }[];
}

/** What came of compiling changes. */
export interface Building {
  readonly built: readonly Built[];
  /** Changes that the compiler refuses. */
  readonly refused: readonly Mutant[];
}

/** Compiles changes, as many at once as can be: those that only work in the original's place one by one. */
export function build(targets: readonly Target[], mutants: readonly Mutant[]): Building {
  const together = buildTogether(
    targets,
    mutants.filter(({ form }) => form !== "place").map((mutant, index) => [index, mutant] as const),
  );
  const alone = [...together.left, ...mutants.filter(({ form }) => form === "place")].map((mutant) => {
    const compiled = compileIfAllowed(targets, withChange(mutant));
    return { mutant, codes: compiled };
  });
  return {
    built: [
      ...together.built,
      ...alone.flatMap(({ mutant, codes }) => (codes === undefined ? [] : [{ codes, mutants: [{ mutant }] }])),
    ],
    refused: alone.filter(({ codes }) => codes === undefined).map(({ mutant }) => mutant),
  };
}

/** Drops what does not compile beside the original until the rest does. */
function buildTogether(targets: readonly Target[], numbered: Numbered): { built: Built[]; left: Mutant[] } {
  const first = numbered[0]?.[1];
  if (first === undefined) return { built: [], left: [] };
  const sources = withSwitches(numbered);
  const refusals = check(targets, sources);
  if (refusals.length > 0) {
    const refused = new Set(refusals.flatMap((refusal) => refusedNumbers(refusal, sources)));
    if (refused.size === 0) return { built: [], left: numbered.map(([, mutant]) => mutant) };
    const rest = buildTogether(
      targets,
      numbered.filter(([number]) => !refused.has(number)),
    );
    const out = numbered.filter(([number]) => refused.has(number)).map(([, mutant]) => mutant);
    return { built: rest.built, left: [...out, ...rest.left] };
  }
  const compiled = compile(targets, sources);
  if ("codes" in compiled) {
    const mutants = numbered.map(([number, mutant]) => ({ mutant, coinbase: FIRST_COINBASE + number }));
    return { built: [{ codes: compiled.codes, mutants }], left: [] };
  }
  if (numbered.length === 1) return { built: [], left: [first] };
  const half = Math.ceil(numbered.length / 2); // too deep a stack, say
  const [a, b] = [numbered.slice(0, half), numbered.slice(half)].map((part) => buildTogether(targets, part));
  return { built: [...(a?.built ?? []), ...(b?.built ?? [])], left: [...(a?.left ?? []), ...(b?.left ?? [])] };
}

function compileIfAllowed(targets: readonly Target[], sources: Sources): ReadonlyMap<string, string> | undefined {
  if (check(targets, sources).length > 0) return undefined;
  const compiled = compile(targets, sources);
  return "codes" in compiled ? compiled.codes : undefined;
}
