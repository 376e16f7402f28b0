// npm run deploy -- --network <name>
import { join, relative } from "node:path";
import { type ContractRunner, formatEther } from "ethers";
import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import { type Deployment, deployLocal, deployProtocol, readParameters } from "../ignition/deploy.ts";
import { DeploymentError } from "../ignition/errors.ts";
import { chainIdOf, claimLocalJournal, LOCAL_CHAIN_ID } from "../ignition/local-chain.ts";
import { type Completed, recordDeployment } from "../ignition/recording.ts";
import { withRecovery } from "../ignition/recovery.ts";
import { Role } from "../sdk/roles.ts";
import { TestUSDC__factory } from "../typechain-types/index.ts";
import { print, runCommand, tableOf } from "./command.ts";
import { contractRows } from "./contracts.ts";
import { connectTo, explain, type NetworkCommand, parseNetwork } from "./network.ts";

const DEPLOYMENTS = join(hre.config.paths.ignition, "deployments");

/** `npm run deploy`. */
export const DEPLOY = {
  name: "deploy",
  description: "Deploy the protocol, or finish a deployment that was interrupted.",
  help: "Parameters: ignition/parameters/<name>.json5 (local.json5 for every local chain).",
} satisfies NetworkCommand;

/** Deploys and returns what stands on the chain now, and how it came about. */
async function deploy(connection: NetworkConnection): Promise<Completed> {
  const chainId = await chainIdOf(connection);
  const options = { displayUi: true };
  if (chainId === LOCAL_CHAIN_ID) {
    const journal = await claimLocalJournal(connection, DEPLOYMENTS);
    const parameters = await readParameters("local");
    const deploying = () => deployLocal(connection, parameters, options);
    return { deployment: await withRecovery(connection, journal, deploying), parameters, journal };
  }
  const parameters = await readParameters(connection.networkName);
  const journal = join(DEPLOYMENTS, `chain-${chainId}`);
  const deploying = () => deployProtocol(connection, parameters, options);
  return { deployment: await withRecovery(connection, journal, deploying), parameters, journal };
}

/** What people call a token, and how many decimals its amounts have. */
async function describeToken(address: string, runner: ContractRunner): Promise<string> {
  const token = TestUSDC__factory.connect(address, runner);
  return `${await token.symbol()}, ${await token.decimals()} decimals`;
}

/** Who is admin now, and how that can be changed. */
export async function describeAdmin(
  connection: NetworkConnection,
  { authority, deployer, timelock }: Pick<Deployment, "authority" | "deployer" | "timelock">,
): Promise<string> {
  const [isDeployer] = await authority.hasRole(Role.Admin, deployer);
  if (!isDeployer) return `The timelock is admin, ${await timelock.getAddress()}; the deployer is not any more.`;
  if ((await chainIdOf(connection)) === LOCAL_CHAIN_ID) return "The deployer is admin, as on every local chain.";
  return "The deployer is admin. A section Handover in the parameters file hands the protocol to the timelock.";
}

async function main(): Promise<void> {
  const choice = parseNetwork(DEPLOY, process.argv.slice(2));
  const { network } = choice;
  const connection = await connectTo(choice);
  const [deployer] = await connection.ethers.getSigners();
  if (deployer === undefined) throw new DeploymentError("The network has no account to deploy from", { network });
  const before = await connection.ethers.provider.getBalance(deployer);
  const nonceBefore = await deployer.getNonce();
  print(`Deploying to ${network} as ${deployer.address}, who has ${formatEther(before)} ether.`);

  const completed = await deploy(connection);
  const { deployment, journal } = completed;
  const record = await recordDeployment(connection, completed);

  const table = tableOf(["contract", "address"]);
  table.push(...(await contractRows(deployment)), [
    `asset (${await describeToken(deployment.asset, deployer)})`,
    deployment.asset,
  ]);
  print(`\n${table.toString()}`);
  print(await describeAdmin(connection, deployment));
  const sent = (await deployer.getNonce()) - nonceBefore;
  const spent = before - (await connection.ethers.provider.getBalance(deployer));
  print(
    sent === 0
      ? "Nothing was sent: the deployment was complete already."
      : `${sent} transactions were sent and cost ${formatEther(spent)} ether.`,
  );
  print(`${relative(process.cwd(), record)} tells other tools what is deployed where.`);
  print(`Ignition's journal is ${relative(process.cwd(), journal)}: keep it, a later deployment continues from it.`);
}

if (import.meta.main) await runCommand(main, explain);
