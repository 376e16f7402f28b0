import type { ReactNode } from "react";
import { Scrolls } from "./Scrolls.tsx";

/** A column of a table. */
export interface Column<T> {
  readonly head: string;
  /** What stands in a row. */
  readonly cell: (row: T) => ReactNode;
  /** Whether it holds numbers, which stand below each other. */
  readonly isNumber?: boolean;
  /** Whether it names its row. */
  readonly isName?: boolean;
  /** A class of a cell beside. */
  readonly look?: (row: T) => string;
}

/** Rows with names for their columns; where they are wider than the page, they scroll by themselves. */
export function DataTable<T>({
  label,
  columns,
  rows,
  keyOf,
}: {
  /** What it is about, for who cannot see it. */
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
}) {
  return (
    <Scrolls label={label}>
      <table>
        <thead>
          <tr>
            {columns.map(({ head, isNumber }) => (
              <th key={head} scope="col" className={isNumber ? "number" : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column) => (
                <Cell key={column.head} column={column} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolls>
  );
}

function Cell<T>({ column: { cell, isNumber, isName, look }, row }: { readonly column: Column<T>; readonly row: T }) {
  if (isName) return <th scope="row">{cell(row)}</th>;
  const classes = [isNumber ? "number" : "", look?.(row) ?? ""].filter((name) => name !== "");
  return <td className={classes.length === 0 ? undefined : classes.join(" ")}>{cell(row)}</td>;
}
