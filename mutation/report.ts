import { groupBy } from "./group-by.ts";
import type { Outcome } from "./messages.ts";
import type { Mutant } from "./mutant.ts";
import { nameOf } from "./sources.ts";

/** What came of the changes of a file. */
export interface Row {
  readonly name: string;
  /** Changes that compile and were tried. */
  readonly tried: number;
  readonly killed: number;
  /** Survivors that change nothing, or nothing that matters: those of `EQUIVALENT`. */
  readonly equivalent: number;
  readonly survived: number;
  /** Changes that were chosen and not tried. */
  readonly untried: number;
}

/** Where outcomes are looked up. */
export interface Outcomes {
  of(mutant: Mutant): Outcome | undefined;
}

/** Counts outcomes by file, in the order of the changes. */
export function rowsOf(
  mutants: readonly Mutant[],
  outcomes: Outcomes,
  isEquivalent: (mutant: Mutant) => boolean,
): Row[] {
  return [...groupBy(mutants, ({ file }) => file)].map(([file, own]) => {
    const statuses = own.map((mutant) => (isEquivalent(mutant) ? "equivalent" : outcomes.of(mutant)?.status));
    const count = (...wanted: unknown[]) => statuses.filter((status) => wanted.includes(status)).length;
    const [killed, survived] = [count("killed", "timeout"), count("survived")];
    const equivalent = count("equivalent");
    const tried = killed + survived + equivalent;
    return { name: nameOf(file), tried, killed, equivalent, survived, untried: count(undefined) };
  });
}

/** The rows as a table of a page, with their sum. */
export function tableOf(rows: readonly Row[]): string {
  const sum = (key: Exclude<keyof Row, "name">) => rows.reduce((total, row) => total + row[key], 0);
  const total: Row = {
    name: "all",
    tried: sum("tried"),
    killed: sum("killed"),
    equivalent: sum("equivalent"),
    survived: sum("survived"),
    untried: sum("untried"),
  };
  const head = "| contract or library | changes | noticed | equivalent | survived | score |\n";
  return `${head}| --- | ---: | ---: | ---: | ---: | ---: |\n${[...rows, total].map(rowText).join("")}`;
}

function rowText({ name, tried, killed, equivalent, survived }: Row): string {
  const cells = [name, tried, killed, equivalent, survived, scoreOf(tried - equivalent, killed)];
  return `| ${cells.join(" | ")} |\n`;
}

/** Per cent of the changes that change something which a test noticed, rounded down: 100 is all. */
function scoreOf(changing: number, killed: number): string {
  return changing === 0 ? "-" : `${Math.floor((100 * killed) / changing)} %`;
}

/** A change and what came of it, in a line. */
export function lineOf({ id, file, line, operator, original, replacement }: Mutant, outcome: Outcome): string {
  const short = (text: string) => text.replace(/\s+/g, " ").trim() || "nothing";
  const by = outcome.status === "killed" ? ` by ${outcome.by}` : "";
  return `${id} ${file}:${line} ${operator}: ${short(original)} -> ${short(replacement)}: ${outcome.status}${by}`;
}
