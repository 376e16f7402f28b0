import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { usePlace } from "../chain/NetworkContext.tsx";
import type { Unit } from "../format/amounts.ts";
import { isRejection } from "../wallet/eip1193.ts";
import { useWallet } from "../wallet/WalletContext.tsx";
import type { Action, Stage } from "./action.ts";
import { explain } from "./refusal.ts";
import { send } from "./send.ts";
import { useTransactions } from "./Transactions.tsx";

/** One thing that a person can do, and how far it is. */
export interface Acting {
  readonly stage: Stage;
  /** Whether it is under way: it cannot be begun again. */
  readonly isBusy: boolean;
  /** Begins what `make` describes; resolves to whether it was confirmed. Never rejects: what goes wrong is in `stage`. */
  start(make: () => Action): Promise<boolean>;
  /** Forgets how it ended. */
  reset(): void;
}

const IDLE: Stage = { name: "idle" };

/** The only way in which a page sends a transaction. */
export function useAction(): Acting {
  const { network, reader } = usePlace();
  const { wallet, account } = useWallet();
  const { track } = useTransactions();
  const queries = useQueryClient();
  const [stage, setStage] = useState<Stage>(IDLE);
  const isRunning = useRef(false);

  const start = useCallback(
    async (make: () => Action) => {
      if (isRunning.current) return false;
      if (wallet === undefined || account === undefined) {
        setStage({ name: "refused", reason: "Connect a wallet first." });
        return false;
      }
      isRunning.current = true;
      let unit: Unit = network.asset;
      try {
        const action = make();
        unit = action.unit;
        const { chainId } = network;
        const context = { wallet, account, chainId, provider: reader.provider, onStage: setStage, track };
        const hash = await send(action, context);
        setStage({ name: "pending", hash });
        const end = await track(hash, action.title);
        setStage({ name: end, hash } as Stage);
        // Not waited for: a form that empties itself later would take what has been typed into it meanwhile.
        void queries.invalidateQueries();
        return end === "confirmed";
      } catch (error) {
        if (isRejection(error)) setStage({ name: "rejected" });
        else setStage({ name: "refused", reason: await explain(error, unit) });
        return false;
      } finally {
        isRunning.current = false;
      }
    },
    [wallet, account, network, reader, track, queries],
  );
  // How it ended for one account, or on one network, says nothing to another.
  // biome-ignore lint/correctness/useExhaustiveDependencies: they are what it is forgotten for
  useEffect(() => {
    if (!isRunning.current) setStage(IDLE);
  }, [account, network]);
  const reset = useCallback(() => setStage(IDLE), []);
  const isBusy = ["checking", "signing", "pending"].includes(stage.name);
  return { stage, isBusy, start, reset };
}
