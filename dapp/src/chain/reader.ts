import { type AbstractProvider, BrowserProvider, type Eip1193Provider, JsonRpcProvider } from "ethers";
import type { Network } from "./network.ts";

/** How a page reads a network: by way of the wallet that is connected to it, or of a public node. */
export interface Reader {
  readonly network: Network;
  readonly provider: AbstractProvider;
}

/** Requests that go to a public node in one HTTP request at most: what the strictest of them take. */
const BATCH_SIZE = 50;

/** Reads a network at its public node. */
export function publicReader(network: Network): Reader {
  const provider = new JsonRpcProvider(network.rpcUrl, network.chainId, {
    staticNetwork: true,
    batchMaxCount: BATCH_SIZE,
    cacheTimeout: -1,
  });
  return { network, provider };
}

/** Reads a network by way of a wallet that is connected to it. */
export function walletReader(network: Network, wallet: Eip1193Provider): Reader {
  const provider = new BrowserProvider(wallet, network.chainId, { cacheTimeout: -1 });
  return { network, provider };
}
