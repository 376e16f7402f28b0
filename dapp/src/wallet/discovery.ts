import { createStore, type EIP6963ProviderDetail } from "mipd";
import { useSyncExternalStore } from "react";

/** The wallets that announce themselves, after EIP-6963. */
const store = createStore();

/** The wallets of this browser, as they announce themselves. */
export function useWallets(): readonly EIP6963ProviderDetail[] {
  return useSyncExternalStore(store.subscribe, store.getProviders);
}
