import { groupBy } from "./group-by.ts";
import type { Outcome } from "./messages.ts";
import type { Mutant } from "./mutant.ts";
import { nameOf } from "./sources.ts";

/** What came of the changes of a file. */
export interface Row {
  readonly name: string;
  /** Changes that there are, but for those that do not compile. */
  readonly changes: number;
  readonly noticed: number;
  /** Survivors that change nothing, or nothing that matters: those of `EQUIVALENT`. */
  readonly equivalent: number;
  readonly survived: number;
}

/** Where outcomes are looked up. */
export interface Outcomes {
  of(mutant: Mutant): Outcome | undefined;
}

/** What is known of changes. */
export interface Knowledge {
  readonly outcomes: Outcomes;
  isEquivalent(mutant: Mutant): boolean;
}

/** Counts outcomes by file, in the order of the changes. */
export function rowsOf(mutants: readonly Mutant[], { outcomes, isEquivalent }: Knowledge): Row[] {
  return [...groupBy(mutants, ({ file }) => file)].map(([file, own]) => {
    const statuses = own.map((mutant) => (isEquivalent(mutant) ? "equivalent" : outcomes.of(mutant)?.status));
    const count = (...wanted: unknown[]) => statuses.filter((status) => wanted.includes(status)).length;
    return {
      name: nameOf(file),
      changes: own.length - count("refused"),
      noticed: count("killed", "timeout"),
      equivalent: count("equivalent"),
      survived: count("survived"),
    };
  });
}

/** The changes that no test noticed, and that are not known to change nothing. */
export function survivorsOf(mutants: readonly Mutant[], { outcomes, isEquivalent }: Knowledge): Mutant[] {
  return mutants.filter((mutant) => outcomes.of(mutant)?.status === "survived" && !isEquivalent(mutant));
}

/** How many changes of a row were tried. */
export const triedOf = ({ noticed, equivalent, survived }: Omit<Row, "name">): number =>
  noticed + equivalent + survived;

/** The rows as a table of a page, with their sum. */
export function tableOf(rows: readonly Row[]): string {
  const sum = (key: Exclude<keyof Row, "name">) => rows.reduce((total, row) => total + row[key], 0);
  const [changes, noticed, equivalent, survived] = [sum("changes"), sum("noticed"), sum("equivalent"), sum("survived")];
  const all = { name: "all", changes, noticed, equivalent, survived };
  const head = "| contract or library | changes | tried | noticed | equivalent | survived | score |\n";
  return `${head}| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n${[...rows, all].map(rowText).join("")}`;
}

function rowText(row: Row): string {
  const { name, changes, noticed, equivalent, survived } = row;
  const cells = [name, changes, triedOf(row), noticed, equivalent, survived, scoreOf(noticed, survived)];
  return `| ${cells.join(" | ")} |\n`;
}

/** Per cent of the changes that change something which a test noticed, rounded down: 100 is all. */
function scoreOf(noticed: number, survived: number): string {
  return noticed + survived === 0 ? "-" : `${Math.floor((100 * noticed) / (noticed + survived))} %`;
}

/** A change in a line, without where it is. */
export function wordsOf({ operator, original, replacement }: Mutant): string {
  const short = (text: string) => text.replace(/\s+/g, " ").trim() || "nothing";
  return `${operator}: ${short(original)} -> ${short(replacement)}`;
}

/** A change and what came of it, in a line. */
export function lineOf(mutant: Mutant, outcome: Outcome): string {
  const by = outcome.status === "killed" ? ` by ${outcome.by}` : "";
  return `${mutant.id} ${mutant.file}:${mutant.line} ${wordsOf(mutant)}: ${outcome.status}${by}`;
}
