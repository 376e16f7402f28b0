/** Which test files have noticed what, and how long they take. */
export class Experience {
  readonly #kills = new Map<string, number>();
  readonly #durations = new Map<string, number>();

  /** `file` noticed a change in `where`. */
  noticed(file: string, where: string): void {
    for (const key of [file, keyOf(file, where)]) this.#kills.set(key, (this.#kills.get(key) ?? 0) + 1);
  }

  /** `file` was run to its end in so many milliseconds. */
  took(file: string, milliseconds: number): void {
    this.#durations.set(file, milliseconds);
  }

  /**
   * Test files in the order in which they are likely to notice a change soon: those that did for the same function, those
   * named after it, those that noticed most, those that take least.
   *
   * @param where `Contract.function`.
   */
  order(files: readonly string[], where: string): string[] {
    const of = (key: string) => this.#kills.get(key) ?? 0;
    const score = (file: string) => 10 * of(keyOf(file, where)) + of(file) + likeness(file, where);
    const duration = (file: string) => this.#durations.get(file) ?? 0;
    return files.toSorted((a, b) => score(b) - score(a) || duration(a) - duration(b));
  }
}

const keyOf = (file: string, where: string) => `${file} ${where}`;

/** Much for `X.f.test.ts` and the function `X.f` or `X._f`, little for other tests of `X`. */
function likeness(file: string, where: string): number {
  const [contract = "", name = ""] = where.split(".");
  const [owner = "", part = ""] = (file.split("/").at(-1) ?? "").split(".");
  const isNamedAfter = part.toLowerCase() === name.replace(/^_/, "").toLowerCase();
  return (isNamedAfter ? 1_000 : 0) + (owner === contract ? 1 : 0);
}
