import { kept } from "../storage.ts";

/** A transaction that was sent and whose end this browser has not seen. */
export interface Pending {
  readonly hash: string;
  readonly chainId: number;
  readonly account: string;
  readonly title: string;
  /** Its nonce, once the node has told it. */
  readonly nonce?: number;
  /** Milliseconds since the epoch. */
  readonly sentAt: number;
}

const KEY = "credence.pending";

function isPending(entry: unknown): entry is Pending {
  if (typeof entry !== "object" || entry === null) return false;
  const { hash, chainId, account, title, sentAt } = entry as Record<string, unknown>;
  const areTexts = [hash, account, title].every((text) => typeof text === "string");
  return areTexts && [chainId, sentAt].every((number) => typeof number === "number");
}

/** The transactions that are under way, of every network and account; they survive a reload. */
export function readPending(): readonly Pending[] {
  try {
    const all: unknown = JSON.parse(kept.read(KEY) ?? "[]");
    return Array.isArray(all) ? all.filter(isPending) : [];
  } catch {
    return [];
  }
}

/** Remembers one more, or again. */
export function addPending(pending: Pending): void {
  write([...readPending().filter(({ hash }) => hash !== pending.hash), pending]);
}

/** Remembers the nonce of one that is not forgotten. */
export function rememberNonce(hash: string, nonce: number): void {
  const all = readPending();
  const pending = all.find((known) => known.hash === hash);
  if (pending === undefined || pending.nonce === nonce) return;
  write(all.map((known) => (known === pending ? { ...known, nonce } : known)));
}

/** Forgets one. */
export function removePending(hash: string): void {
  write(readPending().filter((pending) => pending.hash !== hash));
}

function write(all: readonly Pending[]): void {
  kept.write(KEY, JSON.stringify(all));
}
