import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { ROOT } from "./compiler.ts";

/** The files of our contracts and libraries, from the folder of the project: no interfaces, and nothing for tests. */
export function ownFiles(): string[] {
  return readdirSync(join(ROOT, "contracts"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".sol") && !/(^|\/)(mocks|interfaces)\//.test(path))
    .map((path) => `contracts/${path}`)
    .sort();
}

/** The contract or library that a file is named after. */
export const nameOf = (file: string): string => basename(file, ".sol");
