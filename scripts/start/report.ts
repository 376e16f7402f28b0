import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { formatEther, HDNodeWallet } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import type { LocalDeployment } from "../../ignition/deploy.ts";
import { LOCAL_CHAIN_ID } from "../../ignition/local-chain.ts";
import { ACT } from "../../sdk/council/params.ts";
import { print, tableOf } from "../command.ts";
import { contractRows } from "../contracts.ts";
import { count, percent, usdcDown } from "../demo/format.ts";
import type { SeededMarket } from "./seed.ts";

/** The phrase behind the accounts of every Hardhat and Anvil chain, as their documentation prints it. */
const PUBLIC_PHRASE = "test test test test test test test test test test test junk";

/** A chain on which people can begin. */
export interface ReadyChain {
  readonly connection: NetworkConnection;
  /** Of the JSON-RPC server. */
  readonly url: string;
  readonly deployment: LocalDeployment;
  readonly markets: readonly SeededMarket[];
  /** Whose accounts are for use from a wallet. */
  readonly people: readonly HardhatEthersSigner[];
}

/** Prints where everything is and how to use it from a wallet. */
export async function printReport({ connection, url, deployment, markets, people }: ReadyChain): Promise<void> {
  print("\nContracts");
  print(await contractsTable(deployment));
  print("\nMarkets, with the commitments of the last days, and the belief that the prices in their pools tell");
  print(await marketsTable(deployment, markets));
  print("\nAccounts");
  print(await accountsTable(connection, people, deployment));
  print(
    "These keys are public: whatever is sent to these accounts on a real network is lost to the first who takes it.",
  );
  print(`
To use it from a wallet, add a network and import one of the keys:
  RPC URL   ${url}
  Chain id  ${LOCAL_CHAIN_ID}
  Currency  ETH
Anyone can mint more test USDC: call mint(account, amount) on TestUSDC, 1 USDC = 1000000. ACT, the CouncilToken, in which
arguments and the council are staked, has 9 decimals; account 0 has the rest of it, and is admin, guardian, and sets ranks.
The reserve that arguments earn from has been funded.
`);
}

async function contractsTable(deployment: LocalDeployment): Promise<string> {
  const table = tableOf(["contract", "address"]);
  table.push(...(await contractRows(deployment)), ["TestUSDC", deployment.asset]);
  return table.toString();
}

async function marketsTable({ convictionMarket }: LocalDeployment, markets: readonly SeededMarket[]): Promise<string> {
  const table = tableOf(["claim", "market", "support USDC", "oppose USDC", "belief", "pool"]);
  for (const { claim, market } of markets) {
    const { supportPrincipal, opposePrincipal } = await market.state();
    table.push([
      claim.text,
      await market.getAddress(),
      { content: usdcDown(supportPrincipal), hAlign: "right" },
      { content: usdcDown(opposePrincipal), hAlign: "right" },
      { content: percent(await market.belief()), hAlign: "right" },
      { content: percent(await convictionMarket.marketBelief(claim.claimId)), hAlign: "right" },
    ]);
  }
  return table.toString();
}

async function accountsTable(
  connection: NetworkConnection,
  people: readonly HardhatEthersSigner[],
  { usdc, councilToken, rankRegistry }: LocalDeployment,
): Promise<string> {
  const table = tableOf(["", "address", "private key", "ETH", "USDC", "ACT", "rank"]);
  for (const [index, signer] of people.entries()) {
    const wallet = HDNodeWallet.fromPhrase(PUBLIC_PHRASE, undefined, `m/44'/60'/0'/0/${index}`);
    const ether = Number(formatEther(await connection.ethers.provider.getBalance(signer)));
    table.push([
      { content: String(index), hAlign: "right" },
      signer.address,
      wallet.address === signer.address ? wallet.privateKey : "not a public one",
      { content: ether.toFixed(2), hAlign: "right" },
      { content: usdcDown(await usdc.balanceOf(signer)), hAlign: "right" },
      { content: count((await councilToken.balanceOf(signer)) / ACT), hAlign: "right" },
      { content: String(await rankRegistry.rankOf(signer)), hAlign: "right" },
    ]);
  }
  return table.toString();
}
