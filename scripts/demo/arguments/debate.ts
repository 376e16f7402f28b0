import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { toUtf8Bytes } from "ethers";
import { z } from "zod/v4";
import type { ArgumentParams } from "../../../sdk/argument/params.ts";
import { Side } from "../../../sdk/market/side.ts";
import { BadInputError } from "../errors.ts";
import { actUnits } from "../format.ts";

/** An argument that somebody will write. */
export type WrittenArgument = Readonly<z.infer<typeof ARGUMENT>>;

/** What is debated, by whom, in which words. */
export type Debate = Readonly<z.infer<typeof DEBATE>>;

/** How long texts may be, in bytes. */
export type TextLimits = Pick<
  ArgumentParams,
  "minSummaryLength" | "maxSummaryLength" | "minBodyLength" | "maxBodyLength"
>;

/** The debate's file as people name it. */
export const DEBATE_FILE = "data/debate.json";

const DEBATE_PATH = fileURLToPath(new URL(`../../../${DEBATE_FILE}`, import.meta.url));

/** The file holds no debate: the message lists everything that is wrong with it. */
export class DebateFileError extends BadInputError {
  readonly problems: readonly string[];

  constructor(file: string, problems: readonly string[], options?: ErrorOptions) {
    super([`${file} holds no debate that can be held:`, ...problems.map((why) => `  ${why}`)].join("\n"), {}, options);
    this.problems = problems;
  }
}

const word = () => z.string("must be a word").regex(/^\S+$/, "must be a word without spaces");
const line = () => z.string("must be a text").regex(/^\S.*\S$/s, "must be a text without spaces around it");
const ARGUMENT = z.strictObject({
  key: word(),
  claim: line(),
  side: z.enum(["support", "oppose"], 'must be "support" or "oppose"').transform(toSide),
  author: word(),
  summary: line(),
  body: line(),
});
const DEBATE = z.strictObject({
  /** What the file is, for whoever reads it. */
  about: line(),
  debaters: z.array(
    z.strictObject({
      name: word(),
      /** What they hold at first, in ACT units. */
      purse: z
        .string("must be a number of ACT in quotes")
        .regex(/^[1-9]\d{0,8}$/, "must be a whole number of ACT in quotes")
        .transform(actUnits),
    }),
  ),
  claims: z.array(line()),
  arguments: z.array(ARGUMENT),
});

/** Reads the debate of the demo. Throws `DebateFileError` where the file is malformed. */
export async function readDebate(): Promise<Debate> {
  return parseDebate(await readFile(DEBATE_PATH, "utf8"), DEBATE_FILE);
}

/**
 * Reads a debate from the text of a file. Throws `DebateFileError` with everything that is wrong.
 *
 * @param file What to call the file in messages.
 */
export function parseDebate(text: string, file: string): Debate {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new DebateFileError(file, ["it is not JSON"], { cause });
  }
  const { data, error } = DEBATE.safeParse(content);
  if (data === undefined) throw new DebateFileError(file, (error?.issues ?? []).map(describe));
  const problems = referenceProblems(data);
  if (problems.length > 0) throw new DebateFileError(file, problems);
  return data;
}

/** Throws `DebateFileError` with every summary and body that is too short or too long, in bytes. */
export function requireLengths(debate: Debate, file: string, limits: TextLimits): void {
  const problems = debate.arguments.flatMap((argument) => lengthProblems(argument, limits));
  if (problems.length > 0) throw new DebateFileError(file, problems);
}

function describe({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${path.join(".")}: ${message}`;
}

/** What the shape alone does not tell: names that are used are there, and none is there twice. */
function referenceProblems({ debaters, claims, arguments: written }: Debate): string[] {
  const names = debaters.map(({ name }) => name);
  return [
    ...repeated(names).map((name) => `debaters: "${name}" is there twice`),
    ...repeated(claims).map((claim) => `claims: "${claim}" is there twice`),
    ...repeated(written.map(({ key }) => key)).map((key) => `arguments: "${key}" is there twice`),
    ...written.flatMap(({ key, claim, author }) => [
      ...(claims.includes(claim) ? [] : [`argument "${key}": "${claim}" is none of the claims`]),
      ...(names.includes(author) ? [] : [`argument "${key}": "${author}" is none of the debaters`]),
    ]),
  ];
}

function lengthProblems({ key, summary, body }: WrittenArgument, limits: TextLimits): string[] {
  const check = (what: string, text: string, min: bigint, max: bigint) => {
    const length = toUtf8Bytes(text).length;
    return length >= min && length <= max
      ? []
      : [`argument "${key}": ${what} has ${length} bytes, not ${min} to ${max}`];
  };
  return [
    ...check("the summary", summary, limits.minSummaryLength, limits.maxSummaryLength),
    ...check("the body", body, limits.minBodyLength, limits.maxBodyLength),
  ];
}

function repeated(words: readonly string[]): string[] {
  return [...new Set(words.filter((each, index) => words.indexOf(each) !== index))];
}

function toSide(side: "support" | "oppose"): Side {
  return side === "support" ? Side.Support : Side.Oppose;
}
