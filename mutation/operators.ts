import {
  allOf,
  commonTypeOf,
  isLiteralType,
  isNode,
  isNumber,
  type Node,
  nodeAt,
  nodesAt,
  rangeOf,
  textAt,
  typeOf,
} from "./ast.ts";
import type { Change, Form, Operator } from "./mutant.ts";

/** What a change of a node may need to know. */
export interface Scene {
  /** The source, a character for each byte. */
  readonly text: string;
  /** The node that this one is directly below. */
  readonly parent: Node | undefined;
  /** Declarations of the files that are looked at, by id. */
  readonly declarations: ReadonlyMap<number, Node>;
}

/** The changes that can be made at a node, not below it. */
export function changesOf(node: Node, scene: Scene): Change[] {
  const changes = [
    ...binaryChanges(node, scene),
    ...unaryChanges(node, scene),
    ...conditionChanges(node, scene),
    ...literalChanges(node, scene),
    ...nameChanges(node, scene),
    ...pairChanges(node, scene),
    ...argumentChanges(node, scene),
    ...statementChanges(node, scene),
    ...modifierChanges(node, scene),
  ];
  return changes.filter(({ original, replacement }) => original !== replacement);
}

const ARITHMETIC: Readonly<Record<string, string>> = {
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
  "%": "*",
  "<<": ">>",
  ">>": "<<",
  "&": "|",
  "|": "&",
  "^": "&",
};

const COMPARISON: Readonly<Record<string, string>> = {
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "==": "!=",
  "!=": "==",
};

function textOf(node: Node, { text }: Scene): string {
  const { start, end } = rangeOf(node);
  return text.slice(start, end);
}

function changeAt(node: Node, operator: Operator, replacement: string, scene: Scene, type?: string): Change {
  const whole = { operator, original: textOf(node, scene), replacement, form: "expression" as const, ...rangeOf(node) };
  return type === undefined ? whole : { ...whole, type };
}

function binaryChanges(node: Node, scene: Scene): Change[] {
  const [left, right] = [nodeAt(node, "leftExpression"), nodeAt(node, "rightExpression")];
  if (node.nodeType !== "BinaryOperation" || left === undefined || right === undefined) return [];
  if (isLiteralType(typeOf(node))) return [];
  const symbol = textAt(node, "operator");
  const between = scene.text.slice(rangeOf(left).end, rangeOf(right).start);
  const withSymbol = (other: string) =>
    textOf(left, scene) + between.replace(symbol, () => other) + textOf(right, scene);
  const change = (operator: Operator, replacement: string) => changeAt(node, operator, replacement, scene);
  const calculated = ARITHMETIC[symbol];
  if (calculated !== undefined) return [change("arithmetic", withSymbol(calculated))];
  const compared = COMPARISON[symbol];
  if (compared !== undefined) return [change("comparison", withSymbol(compared))];
  if (symbol !== "&&" && symbol !== "||") return [];
  return [withSymbol(symbol === "&&" ? "||" : "&&"), textOf(left, scene), textOf(right, scene)].map((replacement) =>
    change("logic", replacement),
  );
}

function unaryChanges(node: Node, scene: Scene): Change[] {
  const operand = nodeAt(node, "subExpression");
  if (node.nodeType !== "UnaryOperation" || operand === undefined || isLiteralType(typeOf(node))) return [];
  const symbol = textAt(node, "operator");
  if (symbol === "!" || symbol === "-") {
    return [changeAt(node, symbol === "!" ? "logic" : "arithmetic", textOf(operand, scene), scene)];
  }
  if (scene.parent?.nodeType === "ExpressionStatement") return []; // see statementChanges
  const other = { "++": "--", "--": "++" }[symbol];
  if (other === undefined) return [];
  return [changeAt(node, "assignment", textOf(node, scene).replace(symbol, other), scene)];
}

function conditionChanges(node: Node, scene: Scene): Change[] {
  const condition = nodeAt(node, "condition");
  if (condition === undefined) return [];
  const values = { IfStatement: ["true", "false"], Conditional: ["true", "false"] }[node.nodeType] ?? ["false"];
  return values.map((value) => changeAt(condition, "condition", value, scene));
}

function literalChanges(node: Node, scene: Scene): Change[] {
  if (node.nodeType !== "Literal") return [];
  const text = textOf(node, scene);
  if (node.kind === "bool") return [changeAt(node, "literal", text === "true" ? "false" : "true", scene)];
  if (node.kind !== "number" || text.startsWith("0x") || isWithinLiteral(scene.parent)) return [];
  const type = scene.parent?.nodeType === "BinaryOperation" ? typeBeside(node, scene.parent) : undefined;
  const isZero = /^0+$/.test(text);
  return [`(${text} + 1)`, ...(isZero ? [] : [`(${text} - 1)`])].map((replacement) =>
    changeAt(node, "literal", replacement, scene, type),
  );
}

/** Whether an expression is a number that the compiler calculates: what is in it has no type to be switched in. */
const isWithinLiteral = (parent: Node | undefined) => parent !== undefined && isLiteralType(typeOf(parent));

/** What a number beside another operand becomes; as the number of bits of a shift, it stays as it is. */
function typeBeside(node: Node, parent: Node): string | undefined {
  const isBits = /^(<<|>>|\*\*)$/.test(textAt(parent, "operator")) && nodeAt(parent, "rightExpression") === node;
  const type = commonTypeOf(parent);
  return isNumber(type) && !isBits ? type : undefined;
}

function nameChanges(node: Node, scene: Scene): Change[] {
  const declaration = scene.declarations.get(Number(node.referencedDeclaration));
  if (declaration === undefined) return [];
  const text = textOf(node, scene);
  const isName = node.nodeType === "Identifier" || node.nodeType === "MemberAccess";
  if (isName && declaration.nodeType === "VariableDeclaration" && declaration.constant === true) {
    return isNumber(typeOf(node)) ? [changeAt(node, "constant", `(${text} + 1)`, scene)] : [];
  }
  if (node.nodeType !== "MemberAccess" || declaration.nodeType !== "EnumValue") return [];
  const next = nextMember(declaration, scene);
  const owner = text.slice(0, text.lastIndexOf("."));
  return next === undefined ? [] : [changeAt(node, "member", `${owner}.${next}`, scene)];
}

function pairChanges(node: Node, scene: Scene): Change[] {
  const called = node.nodeType === "FunctionCall" ? nodeAt(node, "expression") : undefined;
  const other = called && { min: "max", max: "min" }[textAt(called, "memberName")];
  if (called === undefined || other === undefined || !textOf(called, scene).startsWith("Math.")) return [];
  const given = scene.text.slice(rangeOf(called).end, rangeOf(node).end);
  return [changeAt(node, "pair", `Math.${other}${given}`, scene)];
}

function nextMember(declaration: Node, { declarations }: Scene): string | undefined {
  const members = [...declarations.values()]
    .filter(({ nodeType }) => nodeType === "EnumDefinition")
    .map((owner) => nodesAt(owner, "members"))
    .find((all) => all.some(({ id }) => id === declaration.id));
  if (members === undefined) return undefined;
  const next = members[(members.findIndex(({ id }) => id === declaration.id) + 1) % members.length];
  return next && textAt(next, "name");
}

/** Calls in which the first two arguments mean the same. */
const SYMMETRIC = new Set(["min", "max", "average", "mulDiv", "addmod", "mulmod", "saturatingAdd", "tryMul", "tryAdd"]);

function argumentChanges(node: Node, scene: Scene): Change[] {
  if (node.nodeType !== "FunctionCall" || node.kind !== "functionCall") return [];
  const given = nodesAt(node, "arguments");
  const called = nodeAt(node, "expression");
  const name = called === undefined ? "" : textAt(called, "memberName") || textAt(called, "name");
  return given.slice(1).flatMap((second, index): Change[] => {
    const first = given[index];
    if (first === undefined || typeOf(first) !== typeOf(second)) return [];
    if (index === 0 && SYMMETRIC.has(name)) return [];
    const [{ start }, { end }] = [rangeOf(node), rangeOf(node)];
    const [a, b] = [rangeOf(first), rangeOf(second)];
    const { text } = scene;
    const [before, after] = [text.slice(start, a.start), text.slice(b.end, end)];
    const swapped =
      before + text.slice(b.start, b.end) + text.slice(a.end, b.start) + text.slice(a.start, a.end) + after;
    const isStatement = /^(Emit|Revert|Expression)Statement$/.test(scene.parent?.nodeType ?? "");
    if (!isStatement || scene.parent === undefined) return [changeAt(node, "arguments", swapped, scene)];
    const lead = text.slice(rangeOf(scene.parent).start, start);
    return [statementAt(scene.parent, "arguments", `${lead}${swapped};`, scene)];
  });
}

function statementAt(node: Node, operator: Operator, replacement: string, scene: Scene, form?: Form): Change {
  const { start, end: at } = rangeOf(node);
  const end = scene.text[at] === ";" ? at + 1 : at;
  return { operator, original: scene.text.slice(start, end), replacement, form: form ?? "statement", start, end };
}

const ASSIGNMENT: Readonly<Record<string, string>> = {
  "+=": "-=",
  "-=": "+=",
  "*=": "/=",
  "/=": "*=",
  "|=": "&=",
  "&=": "|=",
  "<<=": ">>=",
  ">>=": "<<=",
};

const REMOVABLE = /^(ExpressionStatement|EmitStatement|RevertStatement|Return|Continue|Break)$/;

function statementChanges(node: Node, scene: Scene): Change[] {
  const { nodeType } = node;
  const isHeader = scene.parent?.nodeType === "ForStatement" && scene.parent.body !== node;
  if (!REMOVABLE.test(nodeType) || isHeader) return [];
  if (nodeType === "RevertStatement" && isOnlyStatement(scene.parent)) return []; // as the condition's `false`
  if (nodeType === "Return" && nodeAt(node, "expression") === undefined && isOnlyStatement(scene.parent)) return [];
  const removal = statementAt(node, "statement", "", scene);
  const expression = nodeAt(node, "expression");
  if (nodeType !== "ExpressionStatement" || expression === undefined) return [removal];
  const text = textOf(expression, scene);
  const change = (replacement: string) => statementAt(node, "assignment", `${replacement};`, scene);
  if (expression.nodeType === "UnaryOperation") {
    return [removal, change(text.includes("++") ? text.replace("++", "--") : text.replace("--", "++"))];
  }
  const symbol = textAt(expression, "operator");
  const other = ASSIGNMENT[symbol];
  if (expression.nodeType !== "Assignment" || other === undefined) return [removal];
  const left = nodeAt(expression, "leftHandSide");
  const at = left === undefined ? 0 : rangeOf(left).end - rangeOf(expression).start;
  const withSymbol = (sign: string) => text.slice(0, at) + text.slice(at).replace(symbol, () => sign);
  return [removal, change(withSymbol(other)), change(withSymbol("="))];
}

/** Whether a body has one statement, so that leaving that out is the same as never entering it. */
function isOnlyStatement(body: Node | undefined): boolean {
  if (body?.nodeType === "IfStatement") return true;
  return body !== undefined && nodesAt(body, "statements").length === 1;
}

function modifierChanges(node: Node, scene: Scene): Change[] {
  if (node.nodeType !== "ModifierInvocation" || node.kind === "baseConstructorSpecifier") return [];
  return [{ ...changeAt(node, "modifier", "", scene), form: "place" }];
}

/** Every declaration of trees, by id. */
export function declarationsOf(trees: Iterable<Node>): Map<number, Node> {
  const found = new Map<number, Node>();
  for (const tree of trees) {
    for (const type of ["VariableDeclaration", "EnumValue", "EnumDefinition"]) {
      for (const node of allOf(tree, type).filter(isNode)) found.set(node.id, node);
    }
  }
  return found;
}
