/** A node of the compiler's syntax tree; what else it has depends on its type. */
export interface Node {
  readonly nodeType: string;
  readonly id: number;
  /** `start:length:file`, in bytes. */
  readonly src: string;
  readonly [key: string]: unknown;
}

/** Where a node stands in its source, in bytes; the end is not part of it. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Where a node stands. */
export function rangeOf({ src }: Node): Range {
  const [start = 0, length = 0] = src.split(":").map(Number);
  return { start, end: start + length };
}

/** Whether a value is a node of the tree. */
export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "nodeType" in value && "src" in value;
}

/** The node under a key; `undefined` where there is none. */
export function nodeAt(node: Node, key: string): Node | undefined {
  const found = node[key];
  return isNode(found) ? found : undefined;
}

/** The nodes of the list under a key. */
export function nodesAt(node: Node, key: string): readonly Node[] {
  const found = node[key];
  return Array.isArray(found) ? found.filter(isNode) : [];
}

/** A text under a key; empty where there is none. */
export function textAt(node: Node, key: string): string {
  const found = node[key];
  return typeof found === "string" ? found : "";
}

/** The nodes directly below a node, in the order of the source. */
export function childrenOf(node: Node): Node[] {
  return Object.values(node)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter(isNode)
    .sort((a, b) => rangeOf(a).start - rangeOf(b).start);
}

/** The compiler's word for the type of an expression, as `uint256`; empty where it has none. */
export function typeOf(node: Node): string {
  const { typeString } = (node.typeDescriptions ?? {}) as { typeString?: string };
  return typeString ?? "";
}

/** What both operands of a binary operation are converted to. */
export function commonTypeOf(node: Node): string {
  return ((node.commonType ?? {}) as { typeString?: string }).typeString ?? "";
}

/** Whether a type is a number that only the compiler knows, and that has no width. */
export const isLiteralType = (type: string): boolean => /^(int|rational)_const /.test(type);

/** Whether a type is a number of some width. */
export const isNumber = (type: string): boolean => /^u?int\d*$/.test(type);

/** All nodes of a type at or below a node. */
export function allOf(node: Node, nodeType: string): Node[] {
  const below = childrenOf(node).flatMap((child) => allOf(child, nodeType));
  return node.nodeType === nodeType ? [node, ...below] : below;
}
