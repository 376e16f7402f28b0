import { networks } from "virtual:networks";
import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { kept } from "../storage.ts";
import { useWallet } from "../wallet/WalletContext.tsx";
import type { Network } from "./network.ts";
import { publicReader, type Reader, walletReader } from "./reader.ts";

/** The network whose protocol is shown, and how it is read. */
export interface Place {
  readonly networks: readonly Network[];
  readonly network: Network;
  /** Shows another one of `networks`. */
  choose(chainId: number): void;
  readonly reader: Reader;
  /** Whether the wallet is connected, and to another network: it has to be switched before anything can be sent. */
  readonly isWrongNetwork: boolean;
}

const PlaceContext = createContext<Place | undefined>(undefined);

const CHOSEN = "credence.network";

function initialNetwork(): Network {
  const chosen = Number(kept.read(CHOSEN));
  return networks.find(({ chainId }) => chainId === chosen) ?? networks[0];
}

/** Gives its children the network that is shown. */
export function NetworkProvider({ children }: { readonly children: ReactNode }) {
  const { wallet, chainId } = useWallet();
  const [network, setNetwork] = useState(initialNetwork);
  const usable = wallet !== undefined && chainId === network.chainId ? wallet : undefined;
  const reader = useMemo(
    () => (usable === undefined ? publicReader(network) : walletReader(network, usable)),
    [network, usable],
  );
  const place = useMemo(
    () => ({
      networks,
      network,
      reader,
      isWrongNetwork: wallet !== undefined && chainId !== undefined && chainId !== network.chainId,
      choose: (chosen: number) => {
        const found = networks.find(({ chainId }) => chainId === chosen);
        if (found === undefined) return;
        kept.write(CHOSEN, String(chosen));
        setNetwork(found);
      },
    }),
    [network, reader, wallet, chainId],
  );
  return <PlaceContext value={place}>{children}</PlaceContext>;
}

/** The network that is shown. */
export function usePlace(): Place {
  const place = useContext(PlaceContext);
  if (place === undefined) throw new Error("usePlace outside NetworkProvider");
  return place;
}
