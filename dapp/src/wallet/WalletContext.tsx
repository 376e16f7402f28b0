import { getAddress, toQuantity } from "ethers";
import type { EIP6963ProviderDetail } from "mipd";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { NATIVE_CURRENCY, type Network } from "../chain/network.ts";
import { kept } from "../storage.ts";
import { useWallets } from "./discovery.ts";
import { codesOf, type Wallet, WalletError } from "./eip1193.ts";

/** The wallet of whoever looks at the page. */
export interface WalletState {
  /** Those that announce themselves. */
  readonly wallets: readonly EIP6963ProviderDetail[];
  /** The one that is connected, and its name. */
  readonly wallet: Wallet | undefined;
  readonly walletName: string | undefined;
  /** The account that it lends, with checksum. */
  readonly account: string | undefined;
  /** The chain that it is connected to. */
  readonly chainId: number | undefined;
  /** Asks a wallet for its accounts; rejects as the wallet does. */
  connect(wallet: EIP6963ProviderDetail): Promise<void>;
  /** Forgets the wallet, until it is connected again. */
  disconnect(): void;
  /** Asks the wallet to switch to a network, and to add it where it does not know it. */
  switchTo(network: Network): Promise<void>;
}

const WalletStateContext = createContext<WalletState | undefined>(undefined);

/** The wallet that was connected last, by its reverse domain name. */
const LAST = "credence.wallet";

interface Connected {
  readonly detail: EIP6963ProviderDetail;
  readonly account: string | undefined;
  readonly chainId: number | undefined;
}

/** Gives its children the wallet. */
export function WalletProvider({ children }: { readonly children: ReactNode }) {
  const wallets = useWallets();
  const [connected, setConnected] = useState<Connected>();

  const open = useCallback(async (detail: EIP6963ProviderDetail, method: string) => {
    const wallet = detail.provider as Wallet;
    const accounts = (await wallet.request({ method })) as string[];
    if (accounts[0] === undefined) return;
    kept.write(LAST, detail.info.rdns);
    // First, so that its events are heard: what changes while it is asked for its chain must not be lost.
    setConnected({ detail, account: getAddress(accounts[0]), chainId: undefined });
    const chainId = Number(await wallet.request({ method: "eth_chainId" }));
    setConnected((now) => now && { ...now, chainId: now.chainId ?? chainId });
  }, []);

  const last = wallets.find(({ info }) => info.rdns === kept.read(LAST));
  useEffect(() => {
    // Without a question: a wallet that no longer lends an account stays silent.
    if (last !== undefined) void open(last, "eth_accounts").catch(() => undefined);
  }, [last, open]);

  const wallet = connected?.detail.provider as Wallet | undefined;
  useEffect(() => {
    if (wallet === undefined) return;
    const listeners = {
      accountsChanged: (accounts: string[]) => {
        const [account] = accounts;
        setConnected((now) => now && (account === undefined ? undefined : { ...now, account: getAddress(account) }));
      },
      chainChanged: (chainId: string) => setConnected((now) => now && { ...now, chainId: Number(chainId) }),
    };
    for (const [event, listener] of Object.entries(listeners)) wallet.on?.(event, listener);
    return () => {
      for (const [event, listener] of Object.entries(listeners)) wallet.removeListener?.(event, listener);
    };
  }, [wallet]);

  const state = useMemo(
    (): WalletState => ({
      wallets,
      wallet,
      walletName: connected?.detail.info.name,
      account: connected?.account,
      chainId: connected?.chainId,
      connect: (detail) => open(detail, "eth_requestAccounts"),
      disconnect: () => {
        kept.forget(LAST);
        setConnected(undefined);
      },
      switchTo: async (network) => {
        if (wallet !== undefined) await switchWallet(wallet, network);
      },
    }),
    [wallets, wallet, connected, open],
  );
  return <WalletStateContext value={state}>{children}</WalletStateContext>;
}

/** The wallet of whoever looks at the page. */
export function useWallet(): WalletState {
  const state = useContext(WalletStateContext);
  if (state === undefined) throw new Error("useWallet outside WalletProvider");
  return state;
}

async function switchWallet(wallet: Wallet, network: Network): Promise<void> {
  const chainId = toQuantity(network.chainId);
  try {
    await wallet.request({ method: "wallet_switchEthereumChain", params: [{ chainId }] });
  } catch (error) {
    if (!codesOf(error).includes(WalletError.ChainUnknown)) throw error;
    await wallet.request({
      method: "wallet_addEthereumChain",
      params: [
        {
          chainId,
          chainName: network.label,
          nativeCurrency: NATIVE_CURRENCY,
          rpcUrls: [network.rpcUrl],
          ...(network.explorerUrl === undefined ? {} : { blockExplorerUrls: [network.explorerUrl] }),
        },
      ],
    });
    // Some add it and stay where they are.
    await wallet.request({ method: "wallet_switchEthereumChain", params: [{ chainId }] });
  }
}
