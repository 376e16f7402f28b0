import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from "idb";
import { memoryStore, type Span, type SpanStore } from "./spans.ts";

interface Schema extends DBSchema {
  spans: { key: [string, number]; value: Span };
}

const NAME = "credence-events";
const VERSION = 1;

/** Keeps spans in IndexedDB; in memory only, where the browser has none or refuses it. */
export async function openSpanStore(): Promise<SpanStore> {
  try {
    return storeIn(await open());
  } catch {
    return memoryStore();
  }
}

async function open(): Promise<IDBPDatabase<Schema>> {
  const upgrade = (db: IDBPDatabase<Schema>) => {
    db.createObjectStore("spans", { keyPath: ["feed", "from"] });
  };
  return openDB<Schema>(NAME, VERSION, { upgrade }).catch(async () => {
    // Of another version, or broken: everything in it can be read from the chain again.
    await deleteDB(NAME);
    return openDB<Schema>(NAME, VERSION, { upgrade });
  });
}

function storeIn(db: IDBPDatabase<Schema>): SpanStore {
  return {
    // Full or closed, it is as if it were empty: everything in it can be read from the chain again.
    spansOf: (feed) =>
      db.getAll("spans", IDBKeyRange.bound([feed, 0], [feed, Number.MAX_SAFE_INTEGER])).catch(() => []),
    add: async (span) => void (await db.put("spans", span).catch(() => undefined)),
    remove: ({ feed, from }) => db.delete("spans", [feed, from]).catch(() => undefined),
  };
}
