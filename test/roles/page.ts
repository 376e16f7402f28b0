import { readFile } from "node:fs/promises";
import { tableAfter } from "../docs/tables.ts";

/** What the page says of a function. */
export interface Rule {
  contract: string;
  /** The function's name. */
  name: string;
  /** Who may call it, in the words of the page. */
  who: string;
  isPausable: boolean;
}

const page = await readFile(new URL("../../docs/roles.md", import.meta.url), "utf8");

/** The contracts that the page tells of, in its order. */
export const CONTRACTS = [...page.matchAll(/<!-- functions: (\w+) -->/g)].map(([, name]) => name as string);

/** What the page says of a contract's functions. */
export function rulesOf(contract: string): Rule[] {
  return tableAfter(page, `<!-- functions: ${contract} -->`).flatMap(([functions = "", who = "", paused = ""]) =>
    [...functions.matchAll(/`(\w+)`/g)].map(([, name]) => ({
      contract,
      name: name as string,
      who,
      isPausable: pausers(paused),
    })),
  );
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
