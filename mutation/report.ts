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
  /** Survivors that were looked at, and are none of a test's business: those of `ACCEPTED`. */
  readonly accepted: number;
  readonly survived: number;
}

/** Where outcomes are looked up. */
export interface Outcomes {
  of(mutant: Mutant): Outcome | undefined;
}

/** What is known of changes. */
export interface Knowledge {
  readonly outcomes: Outcomes;
  isAccepted(mutant: Mutant): boolean;
}

/** Counts outcomes by file, in the order of the changes. */
export function rowsOf(mutants: readonly Mutant[], { outcomes, isAccepted }: Knowledge): Row[] {
  return [...groupBy(mutants, ({ file }) => file)].map(([file, own]) => {
    const statuses = own.map((mutant) => (isAccepted(mutant) ? "accepted" : outcomes.of(mutant)?.status));
    const count = (...wanted: unknown[]) => statuses.filter((status) => wanted.includes(status)).length;
    return {
      name: nameOf(file),
      changes: own.length - count("refused"),
      noticed: count("killed", "timeout"),
      accepted: count("accepted"),
      survived: count("survived"),
    };
  });
}

/** The changes that no test noticed, and that nobody has looked at. */
export function survivorsOf(mutants: readonly Mutant[], { outcomes, isAccepted }: Knowledge): Mutant[] {
  return mutants.filter((mutant) => outcomes.of(mutant)?.status === "survived" && !isAccepted(mutant));
}

/** How many changes of a row were tried. */
export const triedOf = ({ noticed, accepted, survived }: Omit<Row, "name">): number => noticed + accepted + survived;

/** The rows as a table of a page, with their sum. */
export function tableOf(rows: readonly Row[]): string {
  const sum = (key: Exclude<keyof Row, "name">) => rows.reduce((total, row) => total + row[key], 0);
  const [changes, noticed, accepted, survived] = [sum("changes"), sum("noticed"), sum("accepted"), sum("survived")];
  const all = { name: "all", changes, noticed, accepted, survived };
  const head = "| contract or library | changes | tried | noticed | accepted | survived | score |\n";
  return `${head}| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n${[...rows, all].map(rowText).join("")}`;
}

function rowText(row: Row): string {
  const { name, changes, noticed, accepted, survived } = row;
  const cells = [name, changes, triedOf(row), noticed, accepted, survived, scoreOf(noticed, survived)];
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
