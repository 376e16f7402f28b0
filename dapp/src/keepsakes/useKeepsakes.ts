import { type UseQueryResult, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Call } from "../actions/action.ts";
import { type Restored, restoreBackup } from "./backup.ts";
import type { Keepsake } from "./keepsake.ts";
import { keepsakeStore } from "./store.ts";

const KEY = ["keepsakes"] as const;

/** Everything that was sealed in this browser, on every chain and by every account. */
export function useKeepsakes(): UseQueryResult<readonly Keepsake[]> {
  return useQuery({
    queryKey: KEY,
    queryFn: async () => (await keepsakeStore()).all(),
    structuralSharing: false,
    networkMode: "always",
    retry: false,
  });
}

/** What can be done with keepsakes. */
export interface Keeping {
  /** Keeps one for good, and then makes the call that sends its seal: to be the `call` of an action. */
  keptBefore(keepsake: Keepsake, call: () => Promise<Call>): Promise<Call>;
  /** Deletes one. */
  forget(keepsake: Keepsake): Promise<void>;
  /** Keeps all that is whole in the text of a backup file. */
  restore(text: string): Promise<Restored>;
}

/** What can be done with keepsakes; each rejects where the browser keeps nothing. */
export function useKeeping(): Keeping {
  const queries = useQueryClient();
  return useMemo(() => {
    const refresh = () => queries.invalidateQueries({ queryKey: KEY });
    return {
      keptBefore: async (keepsake, call) => {
        await (await keepsakeStore()).put(keepsake);
        await refresh();
        return call();
      },
      forget: async (keepsake) => {
        await (await keepsakeStore()).remove(keepsake);
        await refresh();
      },
      restore: async (text) => {
        const restored = await restoreBackup(text, await keepsakeStore());
        await refresh();
        return restored;
      },
    };
  }, [queries]);
}
