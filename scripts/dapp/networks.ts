import type { Network } from "../../dapp/src/chain/network.ts";
import { CONTRACT_NAMES } from "../../ignition/contracts.ts";
import { NothingToDoError } from "../../ignition/errors.ts";
import { type DeploymentRecord, readRecord } from "../../ignition/record.ts";

/** What a record does not say of a network. */
type Surroundings = Pick<Network, "label" | "rpcUrl" | "explorerUrl">;

/** What the asset of the live networks is, as the app shows it. */
export const ASSET = { symbol: "USDC", decimals: 6 } as const;

/** The live networks that the protocol can be deployed on. */
const LIVE: Readonly<Record<string, Surroundings>> = {
  sepolia: {
    label: "Sepolia",
    rpcUrl: "https://ethereum-sepolia-rpc.publicnode.com",
    explorerUrl: "https://sepolia.etherscan.io",
  },
  "base-sepolia": {
    label: "Base Sepolia",
    rpcUrl: "https://sepolia.base.org",
    explorerUrl: "https://sepolia.basescan.org",
  },
};

/** The names of the networks that an app can be built for. */
export const LIVE_NETWORKS = Object.keys(LIVE);

/** A network as the app is told of it. */
function networkOf(record: DeploymentRecord, surroundings: Surroundings, isLocal: boolean): Network {
  const { network: name, chainId, contracts, asset } = record;
  const places = CONTRACT_NAMES.map((contract) => {
    const { address, block } = contracts[contract];
    return [contract, { address, block }];
  });
  return {
    ...{ name, chainId, ...surroundings, isLocal },
    contracts: Object.fromEntries(places),
    asset: { address: asset, ...ASSET },
  };
}

/** The local chain behind `rpcUrl`. */
export function localNetworkOf(record: DeploymentRecord, rpcUrl: string): Network {
  return networkOf(record, { label: "Local chain", rpcUrl }, true);
}

/**
 * The live networks that have a record.
 *
 * @param rpcUrls Nodes to ask in place of the usual ones, by network.
 * @param folder Where records are.
 */
export async function deployedNetworks(
  rpcUrls: Readonly<Record<string, string>>,
  folder?: string,
): Promise<readonly Network[]> {
  const found: Network[] = [];
  for (const [name, surroundings] of Object.entries(LIVE)) {
    const record = await readRecord(name, folder).catch((error: unknown) => {
      if (error instanceof NothingToDoError) return undefined;
      throw error;
    });
    if (record !== undefined) {
      found.push(networkOf(record, { ...surroundings, rpcUrl: rpcUrls[name] ?? surroundings.rpcUrl }, false));
    }
  }
  return found;
}
