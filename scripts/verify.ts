// npm run verify -- --network <name>
import { join } from "node:path";
import { type VerifyContractArgs, verifyContract } from "@nomicfoundation/hardhat-verify/verify";
import { getVerificationInformation } from "@nomicfoundation/ignition-core";
import { getAddress } from "ethers";
import hre from "hardhat";
import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import type { HardhatUserConfig } from "hardhat/types/config";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import config from "../hardhat.config.ts";
import { NothingToDoError } from "../ignition/errors.ts";
import { LOCAL_CHAIN_ID } from "../ignition/local-chain.ts";
import { type DeploymentRecord, readRecord } from "../ignition/record.ts";
import { print, runCommand } from "./command.ts";
import { explain, type NetworkChoice, type NetworkCommand, parseNetwork } from "./network.ts";

/** `npm run verify`. */
export const VERIFY = {
  name: "verify",
  description: "Show the sources of a deployment's contracts on the block explorers: Etherscan, Blockscout, Sourcify.",
  help:
    "Needs a key of Etherscan's API, one for all its chains, as ETHERSCAN_API_KEY.\n" +
    "Exit code: 0 all are verified, 1 one is not, 2 there is no key, no explorer or nothing to verify.",
} satisfies NetworkCommand;

/** The services that show sources. */
const EXPLORERS = ["etherscan", "blockscout", "sourcify"] as const;

/** The configuration variable that Etherscan's key is in. */
const API_KEY = "ETHERSCAN_API_KEY";

/**
 * An environment whose tasks work on one network, and ask for no account's key.
 *
 * @param base The configuration; the project's, unless a test has another.
 */
export async function environmentOn(
  { network, url }: NetworkChoice,
  base: HardhatUserConfig = config,
): Promise<HardhatRuntimeEnvironment> {
  const given = base.networks?.[network];
  const reading = { ...given, accounts: "remote", ...(url !== undefined && { url }) } as typeof given;
  const networks = { ...base.networks, ...(reading !== undefined && { [network]: reading }) };
  return createHardhatRuntimeEnvironment({ ...base, networks }, { network }, hre.config.paths.root);
}

/** Throws `NothingToDoError` for a local chain, which no explorer shows. */
export function refuseLocal(network: string, chainId: number): void {
  if (BigInt(chainId) !== LOCAL_CHAIN_ID) return;
  throw new NothingToDoError("No block explorer shows a local chain: there is nothing to verify", { network });
}

/** Throws `NothingToDoError` where Etherscan's key is not set. */
async function requireApiKey({ config: { verify } }: HardhatRuntimeEnvironment): Promise<void> {
  const key = await verify.etherscan.apiKey.get().catch((error: unknown) => {
    if (explain(error) === undefined) throw error;
    return "";
  });
  if (key !== "") return;
  throw new NothingToDoError(
    `${API_KEY} is not set. Get a key at https://etherscan.io/apis, one for all its chains, and store it encrypted ` +
      `with \`npm run keystore -- set ${API_KEY}\`, or export it.`,
  );
}

/**
 * Verifies what Ignition deployed, and the implementation of the markets, which the factory made. Failures are printed,
 * and make the exit code 1: also that a contract of the record, or its artifact, is not in Ignition's journal.
 *
 * @param environment One whose network the record is of.
 * @throws NothingToDoError where no explorer is asked.
 */
export async function verifyDeployment(
  environment: HardhatRuntimeEnvironment,
  { contracts, chainId, asset }: DeploymentRecord,
): Promise<void> {
  const { paths, verify } = environment.config;
  if (!EXPLORERS.some((explorer) => verify[explorer].enabled)) {
    throw new NothingToDoError("hardhat.config.ts enables no block explorer to verify sources on");
  }
  const { BeliefMarket, ...others } = contracts;
  const left = new Map(Object.entries(others).map(([name, contract]) => [name, contract?.address]));
  for await (const contract of getVerificationInformation(join(paths.ignition, "deployments", `chain-${chainId}`))) {
    const isIt = ([name, address]: [string, unknown]) =>
      typeof contract === "string" ? contract.endsWith(`#${name}`) : getAddress(contract.address) === address;
    left.delete([...left].find(isIt)?.[0] ?? "");
    if (typeof contract !== "string") await verifyOnAll(contract, environment);
    else complain(`\n"${contract}" is not verified: Ignition's journal has no artifact of it`);
  }
  for (const name of left.keys()) complain(`\n"${name}" is not verified: Ignition's journal does not have it`);
  const implementation = {
    address: BeliefMarket.address,
    contract: "contracts/market/BeliefMarket.sol:BeliefMarket",
    constructorArgs: [asset],
    creationTxHash: BeliefMarket.transaction,
  };
  await verifyOnAll(implementation, environment);
}

/** Verifies a contract on every explorer that is enabled. */
async function verifyOnAll(
  contract: Omit<VerifyContractArgs, "provider">,
  environment: HardhatRuntimeEnvironment,
): Promise<void> {
  print(`\nVerifying "${contract.contract}"...`);
  for (const provider of EXPLORERS.filter((explorer) => environment.config.verify[explorer].enabled)) {
    try {
      await verifyContract({ ...contract, provider }, environment);
    } catch (error) {
      complain(error instanceof Error ? error.message : String(error));
    }
  }
}

/** Tells what could not be verified. */
function complain(problem: string): void {
  print(problem);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const choice = parseNetwork(VERIFY, process.argv.slice(2));
  const { chainId = LOCAL_CHAIN_ID } = hre.config.networks[choice.network] ?? {};
  refuseLocal(choice.network, Number(chainId));
  const environment = await environmentOn(choice);
  await requireApiKey(environment);
  await verifyDeployment(environment, await readRecord(choice.network));
}

if (import.meta.main) await runCommand(main, explain);
