import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Node, nodesAt, textAt } from "./ast.ts";
import { ROOT, type Target } from "./compiler.ts";

/** A contract that is deployed, and the files whose code is in it. */
interface Deployable extends Target {
  readonly uses: ReadonlySet<string>;
}

interface Output {
  readonly sources: Readonly<Record<string, { readonly id: number; readonly ast: Node }>>;
  readonly contracts: Readonly<Record<string, Readonly<Record<string, Code>>>>;
}

interface Code {
  readonly evm: Record<"bytecode" | "deployedBytecode", { readonly object: string; readonly sourceMap: string }>;
}

const OWN = "project/";

/** For each of our files with code, the contracts that have it in them: those of the last build. */
export function targetsByFile(): ReadonlyMap<string, readonly Target[]> {
  const folder = join(ROOT, "artifacts", "build-info");
  const found = new Map<string, Map<string, Target>>();
  for (const name of readdirSync(folder).filter((each) => each.endsWith(".output.json"))) {
    const { output } = JSON.parse(readFileSync(join(folder, name), "utf8")) as { output: Output };
    for (const { uses, ...target } of deployablesOf(output)) {
      for (const file of uses) {
        found.set(file, (found.get(file) ?? new Map<string, Target>()).set(target.name, target));
      }
    }
  }
  return new Map([...found].map(([file, targets]) => [file, [...targets.values()]]));
}

function deployablesOf(output: Output): Deployable[] {
  const paths = new Map(Object.entries(output.sources).map(([path, { id }]) => [String(id), path]));
  const all = Object.entries(output.contracts)
    .filter(([path]) => path.startsWith(`${OWN}contracts/`) && existsSync(join(ROOT, path.slice(OWN.length))))
    .flatMap(([path, contracts]) =>
      Object.entries(contracts)
        .filter(([name, { evm }]) => evm.bytecode.object !== "" && isContract(output, path, name))
        .map(([name, { evm }]) => ({
          file: path.slice(OWN.length),
          name,
          code: evm.bytecode.object,
          uses: new Set([...filesOf(evm.bytecode.sourceMap, paths), ...filesOf(evm.deployedBytecode.sourceMap, paths)]),
        })),
    );
  // A contract that creates another one has that one's code in its own.
  return all.map(({ code, ...each }) => {
    const made = all.filter((other) => other.code !== code && code.includes(other.code));
    return { ...each, uses: new Set([...each.uses, ...made.flatMap(({ uses }) => [...uses])]) };
  });
}

function isContract({ sources }: Output, path: string, name: string): boolean {
  const tree = sources[path]?.ast;
  const node = tree && nodesAt(tree, "nodes").find((each) => textAt(each, "name") === name);
  return node !== undefined && textAt(node, "contractKind") === "contract" && node.abstract !== true;
}

/** Our files that a source map names; a field that is left out is the one before. */
function filesOf(sourceMap: string, paths: ReadonlyMap<string, string>): string[] {
  const ids = new Set(sourceMap.split(";").map((entry) => entry.split(":")[2] ?? ""));
  return [...ids].flatMap((id) => {
    const path = paths.get(id);
    return path?.startsWith(OWN) ? [path.slice(OWN.length)] : [];
  });
}
