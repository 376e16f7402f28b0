import { readFile } from "node:fs/promises";
import { tableAfter } from "../docs/tables.ts";
import { ALWAYS } from "./story.ts";

/** What the page says of a function. */
export interface Rule {
  contract: string;
  /** The function's name. */
  name: string;
  /** Who may call it, in the words of the page. */
  who: string;
  isPausable: boolean;
  /** The phases in which it goes through, or words for several: see `phasesOf`. */
  when: string;
  /** The errors that it reverts with in the others. */
  otherwise: readonly string[];
}

const page = await readFile(new URL("../../docs/roles.md", import.meta.url), "utf8");

/** The contracts that the page tells of, in its order. */
export const CONTRACTS = [...page.matchAll(/<!-- functions: (\w+) -->/g)].map(([, name]) => name as string);

/** What the page says of a contract's functions. */
export function rulesOf(contract: string): Rule[] {
  const rows = tableAfter(page, `<!-- functions: ${contract} -->`);
  return rows.flatMap(([functions = "", who = "", paused = "", when = "", otherwise = ""]) =>
    namesIn(functions).map((name) => ({
      ...{ contract, name, who, when },
      isPausable: pausers(paused),
      otherwise: namesIn(otherwise),
    })),
  );
}

const namesIn = (cell: string): string[] => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name as string);

/** The phases of what a contract keeps, as the page lists them; one that is always where it lists none. */
export function phasesOf(contract: string): string[] {
  const section = page.split(/^### /m).find((part) => part.startsWith(`${contract}\n`)) ?? "";
  return /^Phases of [\w ]+: (.*)\.$/m.exec(section)?.[1]?.split(", ") ?? [ALWAYS];
}

function pausers(cell: string): boolean {
  if (cell === "guardian") return true;
  if (cell === "–") return false;
  throw new Error(`docs/roles.md: a function is paused by the guardian or by nobody (–), not by "${cell}"`);
}

/** The roles of the `AccessManager`, by name: id, and who has each, in the words of the page. */
export const ROLES = tableAfter(page, "<!-- roles:").map(([name = "", id = "", who = ""]) => ({ name, id, who }));

/** The roles of the timelock, by name, and who has each, in the words of the page. */
export const TIMELOCK_ROLES = tableAfter(page, "<!-- timelock roles:").map(([name = "", who = ""]) => ({ name, who }));
