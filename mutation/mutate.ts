import { childrenOf, type Node, nodeAt, nodesAt, textAt } from "./ast.ts";
import { contentsOf, type Sources, treesOf } from "./compiler.ts";
import { type Change, idOf, type Mutant } from "./mutant.ts";
import { changesOf, declarationsOf, type Scene } from "./operators.ts";

/** Files whose enumerations and constants ours use. */
const BORROWED = ["@openzeppelin/contracts/utils/math/Math.sol"];

/**
 * Every change of our contracts and libraries, in the order of the sources.
 *
 * @param files The files, from the folder of the project.
 * @param given Texts that stand in for files.
 */
export function mutantsOf(files: readonly string[], given?: Sources): Mutant[] {
  const trees = treesOf([...files, ...BORROWED], given);
  const declarations = declarationsOf(trees.values());
  return files.flatMap((file) =>
    mutantsOfTree(file, trees.get(file) as Node, { text: bytesOf(contentsOf(file, given)), declarations }),
  );
}

function mutantsOfTree(file: string, tree: Node, scene: Omit<Scene, "parent">): Mutant[] {
  const counts = new Map<string, number>();
  const owners = [tree, ...nodesAt(tree, "nodes").filter(({ nodeType }) => nodeType === "ContractDefinition")];
  return owners.flatMap((owner) =>
    nodesAt(owner, "nodes")
      .filter(({ nodeType }) => nodeType === "FunctionDefinition" || nodeType === "ModifierDefinition")
      .flatMap((code) => {
        const where = [textAt(owner, "name"), textAt(code, "name") || textAt(code, "kind")].filter(Boolean).join(".");
        return changesWithin(code, scene).map((change): Mutant => {
          const named = { ...change, file, where, line: scene.text.slice(0, change.start).split("\n").length };
          const key = JSON.stringify([where, change.operator, change.original, change.replacement]);
          const occurrence = counts.get(key) ?? 0;
          counts.set(key, occurrence + 1);
          return { ...named, id: idOf(named, occurrence) };
        });
      }),
  );
}

/** The changes of a function: of its body, and the modifiers it has. */
function changesWithin(code: Node, scene: Omit<Scene, "parent">): Change[] {
  const body = nodeAt(code, "body");
  const parts = [...nodesAt(code, "modifiers"), ...(body === undefined ? [] : [body])];
  return withoutRepetition(parts.flatMap((part) => changesAtAndBelow(part, { ...scene, parent: code })));
}

function changesAtAndBelow(node: Node, scene: Scene): Change[] {
  if (node.nodeType === "InlineAssembly") return [];
  const below = childrenOf(node).flatMap((child) =>
    isLoopStep(node, child) ? [] : changesAtAndBelow(child, { ...scene, parent: node }),
  );
  return [...changesOf(node, scene), ...below];
}

/** A loop that does not step on ends when its gas does: every test notices. */
const isLoopStep = (parent: Node, child: Node) => parent.nodeType === "ForStatement" && parent.loopExpression === child;

/** A condition's two ways of being `true`, say, are one change. */
function withoutRepetition(changes: readonly Change[]): Change[] {
  const seen = new Set<string>();
  return changes.filter(({ start, end, replacement }) => {
    const key = `${start}:${end}:${replacement}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** A text with a character for each byte of it, as the compiler counts. */
export const bytesOf = (text: string): string => Buffer.from(text, "utf8").toString("latin1");

/** The text that such characters stand for. */
export const textOfBytes = (bytes: string): string => Buffer.from(bytes, "latin1").toString("utf8");
