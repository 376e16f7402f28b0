import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import { usePlace } from "../chain/NetworkContext.tsx";
import { useHead } from "../chain/read.ts";
import { useWallet } from "../wallet/WalletContext.tsx";
import type { End } from "./action.ts";
import { EndFinder } from "./ends.ts";
import { addSent, readSent, removeSent, type SentTransaction, shownOf, updateSent } from "./sent.ts";

/** The transactions of this browser on the network that is shown. */
export interface TransactionsState {
  readonly transactions: readonly SentTransaction[];
  /** Watches a transaction from now on; resolves to how it ended, and never rejects. */
  track(hash: string, title: string): Promise<End>;
  /** Shows one no longer, and forgets it. */
  dismiss(hash: string): void;
}

const TransactionsContext = createContext<TransactionsState | undefined>(undefined);

/** Watches what was sent, also before a reload. */
export function TransactionsProvider({ children }: { readonly children: ReactNode }) {
  const { network, reader } = usePlace();
  const { account } = useWallet();
  const head = useHead().data?.number;
  const [all, setAll] = useState<readonly SentTransaction[]>(readSent);
  const waiting = useRef(new Map<string, (end: End) => void>());
  const finder = useRef(new EndFinder());
  const chainId = network.chainId;

  useEffect(() => {
    if (head === undefined) return;
    for (const pending of all.filter((tracked) => tracked.chainId === chainId && tracked.end === undefined)) {
      void finder.current
        .endOf(pending, reader.provider, head)
        .catch(() => undefined)
        .then((end) => {
          const nonce = finder.current.nonceOf(pending.hash);
          if (nonce === pending.nonce && end === undefined) return;
          const news = { ...(nonce !== undefined && { nonce }), ...(end !== undefined && { end }) };
          updateSent(pending.hash, news);
          setAll((now) => shownOf(now.map((sent) => (sent.hash === pending.hash ? { ...sent, ...news } : sent))));
          if (end === undefined) return;
          waiting.current.get(pending.hash)?.(end);
          waiting.current.delete(pending.hash);
        });
    }
  }, [all, head, chainId, reader]);

  const track = useCallback(
    (hash: string, title: string) => {
      // Remembered before anything else is asked for: from here on a reload must not lose it.
      const sent = { hash, chainId, account: account ?? "", title, sentAt: Date.now() };
      addSent(sent);
      const ended = new Promise<End>((resolve) => waiting.current.set(hash, resolve));
      setAll((now) => [...now.filter((tracked) => tracked.hash !== hash), sent]);
      return ended;
    },
    [account, chainId],
  );
  const dismiss = useCallback((hash: string) => {
    removeSent(hash);
    setAll((now) => now.filter((tracked) => tracked.hash !== hash));
  }, []);
  const state = useMemo(
    () => ({ transactions: all.filter((tracked) => tracked.chainId === chainId), track, dismiss }),
    [all, chainId, track, dismiss],
  );
  return <TransactionsContext value={state}>{children}</TransactionsContext>;
}

/** The transactions of this browser. */
export function useTransactions(): TransactionsState {
  const state = useContext(TransactionsContext);
  if (state === undefined) throw new Error("useTransactions outside TransactionsProvider");
  return state;
}
