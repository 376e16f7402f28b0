import { kept } from "../storage.ts";
import type { End } from "./action.ts";

/** A transaction that was sent from this browser. */
export interface SentTransaction {
  readonly hash: string;
  readonly chainId: number;
  readonly account: string;
  readonly title: string;
  /** Its nonce, once the node has told it. */
  readonly nonce?: number;
  /** How it ended, once this browser has seen it. */
  readonly end?: End;
  /** Milliseconds since the epoch. */
  readonly sentAt: number;
}

const KEY = "credence.sent";

/** Of those that have ended, how many are remembered. */
export const MOST_ENDED = 2;

function isSent(entry: unknown): entry is SentTransaction {
  if (typeof entry !== "object" || entry === null) return false;
  const { hash, chainId, account, title, sentAt } = entry as Record<string, unknown>;
  const areTexts = [hash, account, title].every((text) => typeof text === "string");
  return areTexts && [chainId, sentAt].every((number) => typeof number === "number");
}

/** What this browser remembers to have sent, of every network and account: it survives a reload. */
export function readSent(): readonly SentTransaction[] {
  try {
    const all: unknown = JSON.parse(kept.read(KEY) ?? "[]");
    return Array.isArray(all) ? all.filter(isSent) : [];
  } catch {
    return [];
  }
}

/** Remembers one more, or again. */
export function addSent(sent: SentTransaction): void {
  write([...readSent().filter(({ hash }) => hash !== sent.hash), sent]);
}

/** Remembers more of one that is not forgotten. */
export function updateSent(hash: string, news: Pick<SentTransaction, "nonce" | "end">): void {
  write(shownOf(readSent().map((known) => (known.hash === hash ? { ...known, ...news } : known))));
}

/** Forgets one. */
export function removeSent(hash: string): void {
  write(readSent().filter((sent) => sent.hash !== hash));
}

/** All that are under way, and the last that have ended. */
export function shownOf(all: readonly SentTransaction[]): readonly SentTransaction[] {
  const ended = all.filter(({ end }) => end !== undefined).slice(-MOST_ENDED);
  return all.filter((sent) => sent.end === undefined || ended.includes(sent));
}

function write(all: readonly SentTransaction[]): void {
  kept.write(KEY, JSON.stringify(all));
}
