import type { ContractName } from "../../../ignition/contracts.ts";
import type { Unit } from "../format/amounts.ts";

/** Where a contract is, and since which block. */
export interface ContractPlace {
  readonly address: string;
  readonly block: number;
}

/** A chain with the protocol on it, as the build was told. */
export interface Network {
  /** As in the Hardhat config: "sepolia". */
  readonly name: string;
  /** As people read it: "Sepolia". */
  readonly label: string;
  readonly chainId: number;
  /** A node that anybody may ask; what is read without a wallet is read there. */
  readonly rpcUrl: string;
  /** Without a slash at its end; `undefined` where the chain has none. */
  readonly explorerUrl?: string | undefined;
  /** Where every contract of the protocol is. */
  readonly contracts: Readonly<Record<ContractName, ContractPlace>>;
  /** The dollars that markets, stakes and queries run on. */
  readonly asset: Unit & { readonly address: string };
  /** Whether it is a development chain, on which a test wallet is offered and dollars can be minted. */
  readonly isLocal: boolean;
}

/** Native currency of every chain that the protocol is deployed on. */
export const NATIVE_CURRENCY = { name: "Ether", symbol: "ETH", decimals: 18 } as const;
