import { ADDRESS, BYTES32, COUNT, INDICES, PROBABILITY, readFields, SET32, TEXT, WHOLE } from "./fields.ts";
import { idOf, type Keepsake, type Kind, sealOf } from "./keepsake.ts";
import type { KeepsakeStore } from "./store.ts";

/** What a backup file says that it is. */
const FORMAT = "credence-keepsakes";

/** The version of backup files that is written, and the newest that is understood. */
const VERSION = 1;

/** What was found in a backup file. */
export interface Parsed {
  /** Those that are whole: what each holds makes its seal. */
  readonly keepsakes: readonly Keepsake[];
  /** What is wrong with the file or with some of its entries, a sentence each, without secrets. */
  readonly problems: readonly string[];
}

/** What came of restoring a backup file. */
export interface Restored {
  /** How many were not there before. */
  readonly added: number;
  /** How many were there already. */
  readonly known: number;
  readonly problems: readonly string[];
}

/** Fields of every entry, whatever was sealed. */
const COMMON = {
  chainId: COUNT,
  contract: ADDRESS,
  account: ADDRESS,
  salt: BYTES32,
  seal: BYTES32,
  savedAt: COUNT,
} as const;

const FIELDS = {
  belief: { ...COMMON, claimId: BYTES32, epoch: WHOLE, belief: PROBABILITY, meta: PROBABILITY },
  answer: { ...COMMON, queryId: WHOLE, contentHash: BYTES32, uri: TEXT },
  vote: { ...COMMON, queryId: WHOLE, ranking: INDICES, goodAnswers: SET32 },
} as const;

/** The content of a backup file. */
export function backupText(keepsakes: readonly Keepsake[]): string {
  const replacer = (_: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);
  return `${JSON.stringify({ format: FORMAT, version: VERSION, keepsakes }, replacer, 2)}\n`;
}

/** Understands a backup file: all that is whole in it, and what is not. */
export function parseBackup(text: string): Parsed {
  const file = jsonOf(text);
  if (file === undefined) return failed("This is no backup file: it is not JSON.");
  if (!isRecord(file) || file.format !== FORMAT) return failed("This file is not a backup of this app.");
  if (file.version !== VERSION) return failed("This backup was made by another version of the app.");
  if (!Array.isArray(file.keepsakes)) return failed("The backup has lost its list of entries.");
  const keepsakes: Keepsake[] = [];
  const problems: string[] = [];
  for (const [index, entry] of file.keepsakes.entries()) {
    const parsed = parseEntry(entry);
    if ("keepsake" in parsed) keepsakes.push(parsed.keepsake);
    else problems.push(`Entry ${index + 1}: ${parsed.problem}.`);
  }
  return { keepsakes, problems };
}

/** Keeps all that is whole in a backup file. Throws where the browser does not keep it. */
export async function restoreBackup(text: string, store: KeepsakeStore): Promise<Restored> {
  const { keepsakes, problems } = parseBackup(text);
  const known = new Set((await store.all()).map(idOf));
  const added = keepsakes.filter((keepsake) => !known.has(idOf(keepsake)));
  for (const keepsake of added) await store.put(keepsake);
  return { added: added.length, known: keepsakes.length - added.length, problems };
}

function failed(problem: string): Parsed {
  return { keepsakes: [], problems: [problem] };
}

function parseEntry(entry: unknown): { readonly keepsake: Keepsake } | { readonly problem: string } {
  if (!isRecord(entry)) return { problem: "it is no object" };
  const { kind } = entry;
  if (!isKind(kind)) return { problem: "it is neither a belief, nor an answer, nor a vote" };
  const read = readFields(entry, FIELDS[kind]);
  if ("problem" in read) return read;
  const keepsake = { kind, ...read.values } as unknown as Keepsake;
  if (sealOf(keepsake) !== keepsake.seal) return { problem: "what it holds does not make its seal: it was changed" };
  return { keepsake };
}

function isKind(value: unknown): value is Kind {
  return typeof value === "string" && Object.hasOwn(FIELDS, value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
