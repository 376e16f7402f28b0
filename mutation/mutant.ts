import { createHash } from "node:crypto";

/** The kinds of changes, and what each does, in the order of docs/mutation.md. */
export const OPERATORS = {
  arithmetic: "`+` and `-`, `*` and `/`, `<<` and `>>`, `&` and `|` for one another, `&` for `^`, `*` for `%`",
  comparison: "a boundary taken in or left out, as `<` and `<=`; `==` and `!=` for one another",
  logic: "`&&` and `||` for one another; one operand alone; `!` left out",
  condition: "the condition of an `if` or of a `? :` always true, or always false; a loop never entered",
  literal: "a number one more, and one less; `true` and `false`",
  constant: "a named number one more, where it is used",
  member: "an enumeration's next member, rounding included",
  pair: "`min` and `max` for one another",
  arguments: "neighbouring arguments of the same type swapped, of events and errors too",
  assignment: "`+=` and `-=` and the like for one another, and `=` for each; `++` and `--`",
  statement: "a statement left out: an assignment, a call, an event, a check, `return`, `delete`, `continue`, `break`",
  modifier: "a modifier left out",
} as const;

/** A kind of change. */
export type Operator = keyof typeof OPERATORS;

/** How a change is put into a source beside the original: as an expression, as a statement, or only in its place. */
export type Form = "expression" | "statement" | "place";

/** One change of a source. */
export interface Mutant {
  /** Ten hexadecimal digits: the same as long as the function has the same code at that place. */
  readonly id: string;
  /** The file, from the folder of the project. */
  readonly file: string;
  readonly line: number;
  /** `Contract.function`. */
  readonly where: string;
  readonly operator: Operator;
  readonly original: string;
  /** What stands there instead; empty where it is left out. */
  readonly replacement: string;
  readonly form: Form;
  /** In bytes; the end is not part of it. */
  readonly start: number;
  readonly end: number;
  /** What both a number and its replacement must be converted to, to go on being that type. */
  readonly type?: string;
}

/** A change before it has a name. */
export type Change = Omit<Mutant, "id" | "file" | "line" | "where">;

/**
 * The id of a change.
 *
 * @param occurrence How many of the same kind stand before it in the function.
 */
export function idOf(
  { file, where, operator, original, replacement }: Omit<Mutant, "id" | "form" | "start" | "end" | "line">,
  occurrence: number,
): string {
  const facts = [file, where, operator, original, replacement, String(occurrence)].map((fact) =>
    fact.replace(/\s+/g, " "),
  );
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, 10);
}
