import CliTable from "cli-table3";

/** A column of a table: its head, of one or two lines, and the side that its cells keep to. */
export interface Column {
  readonly head: string;
  readonly align: "left" | "right";
}

/** A table for a terminal: a head, a line below it, two spaces between columns and none at the ends of lines. */
export function renderTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const rule = { mid: "─", "left-mid": "", "mid-mid": "──", "right-mid": "" };
  const none = { top: "", "top-mid": "", "top-left": "", "top-right": "", bottom: "", "bottom-mid": "" };
  const table = new CliTable({
    chars: { ...none, ...rule, "bottom-left": "", "bottom-right": "", left: "", right: "", middle: "  " },
    style: { head: [], border: [], compact: true, "padding-left": 0, "padding-right": 0 },
    colAligns: columns.map(({ align }) => align),
    head: columns.map(({ head }) => (head.includes("\n") ? head : `\n${head}`)),
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString().replace(/ +$/gm, "");
}
