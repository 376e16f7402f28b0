/** Which test files have noticed what, to be tried first the next time. */
export class Record {
  readonly #kills = new Map<string, number>();

  /** `file` noticed a change in `where`. */
  add(file: string, where: string): void {
    for (const key of [file, `${file} ${where}`]) this.#kills.set(key, this.of(key) + 1);
  }

  of(key: string): number {
    return this.#kills.get(key) ?? 0;
  }
}

/**
 * Test files in the order in which they are likely to notice a change: those that did for the same function, those named
 * after it, those that noticed most.
 *
 * @param where `Contract.function`.
 */
export function orderOf(files: readonly string[], where: string, record: Record): string[] {
  const [contract = "", name = ""] = where.split(".");
  const scoreOf = (file: string) => {
    const [owner = "", part = ""] = (file.split("/").at(-1) ?? "").split(".");
    const isSame = part.toLowerCase() === name.replace(/^_/, "").toLowerCase() ? 1_000 : 0;
    return 10 * record.of(`${file} ${where}`) + record.of(file) + (owner === contract ? 1 : 0) + isSame;
  };
  return files.toSorted((a, b) => scoreOf(b) - scoreOf(a));
}
