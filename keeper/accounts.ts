import { Wallet } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import { KeeperConfigError } from "./errors.ts";

/** A transaction as `Sender` hands it to a node: nothing of it is left to guess. */
export interface UnsignedTransaction {
  readonly from: string;
  readonly to: string;
  readonly data: string;
  readonly gas: string;
  readonly nonce: string;
  readonly maxFeePerGas: string;
  readonly maxPriorityFeePerGas: string;
}

/** Accounts whose keys the network's entry in hardhat.config.ts names; Hardhat signs for them only over HTTP. */
export class LocalAccounts {
  readonly #wallets: ReadonlyMap<string, Wallet>;

  constructor(wallets: readonly Wallet[]) {
    this.#wallets = new Map(wallets.map((wallet) => [wallet.address.toLowerCase(), wallet]));
  }

  get addresses(): string[] {
    return [...this.#wallets.keys()];
  }

  /** The transaction, signed for one chain; always the same one for the same transaction. */
  async sign(transaction: UnsignedTransaction, chainId: bigint): Promise<string> {
    const { from, to, data, gas, nonce, maxFeePerGas, maxPriorityFeePerGas } = transaction;
    const wallet = this.#wallets.get(from.toLowerCase());
    if (wallet === undefined) throw new KeeperConfigError("The network has no key of the account", { account: from });
    const fees = { maxFeePerGas, maxPriorityFeePerGas };
    return wallet.signTransaction({ type: 2, chainId, to, data, gasLimit: gas, nonce: Number(nonce), ...fees });
  }
}

/**
 * The accounts of a network.
 *
 * @returns `undefined` where the node itself has them.
 * @throws KeeperConfigError where they come from a mnemonic.
 */
export async function localAccountsOf({
  networkConfig,
  networkName,
}: NetworkConnection): Promise<LocalAccounts | undefined> {
  if (networkConfig.type !== "http" || networkConfig.accounts === "remote") return undefined;
  if (!Array.isArray(networkConfig.accounts)) {
    const problem =
      "Over a WebSocket, the network's accounts must be keys, not a mnemonic: use a --url that begins with http";
    throw new KeeperConfigError(problem, { network: networkName });
  }
  const keys = await Promise.all(networkConfig.accounts.map((key) => key.getHexString()));
  return new LocalAccounts(keys.map((key) => new Wallet(key)));
}
