import { type DBSchema, openDB } from "idb";
import { idOf, type Keepsake } from "./keepsake.ts";

/** Where keepsakes are. */
export interface KeepsakeStore {
  all(): Promise<readonly Keepsake[]>;
  /** Resolves once it is written. */
  put(keepsake: Keepsake): Promise<void>;
  remove(keepsake: Keepsake): Promise<void>;
}

interface Schema extends DBSchema {
  keepsakes: { key: string; value: Keepsake };
}

const NAME = "credence-keepsakes";
const VERSION = 1;
const STORE = "keepsakes";

let opened: Promise<KeepsakeStore> | undefined;

/** The keepsakes of this browser, in IndexedDB. Rejects where the browser keeps nothing: then nothing must be sealed. */
export function keepsakeStore(): Promise<KeepsakeStore> {
  opened ??= open().catch((cause: unknown) => {
    opened = undefined;
    throw new Error("This browser keeps nothing for this page, so that what you seal could never be opened.", {
      cause,
    });
  });
  return opened;
}

/** Unlike what is read from a chain, nothing here can be had again: it is never deleted to make room for a version. */
async function open(): Promise<KeepsakeStore> {
  const db = await openDB<Schema>(NAME, VERSION, { upgrade: (fresh) => void fresh.createObjectStore(STORE) });
  return {
    all: () => db.getAll(STORE),
    put: async (keepsake) => {
      const transaction = db.transaction(STORE, "readwrite", { durability: "strict" });
      await Promise.all([transaction.store.put(keepsake, idOf(keepsake)), transaction.done]);
      // A browser that runs out of room deletes the data of pages that have not asked for this.
      void navigator.storage?.persist?.().catch(() => false);
    },
    remove: (keepsake) => db.delete(STORE, idOf(keepsake)),
  };
}
