// npm run deploy -- --network <name>
import { join, relative } from "node:path";
import { Command } from "commander";
import { type ContractRunner, formatEther } from "ethers";
import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import { type Deployment, deployLocal, deployProtocol, readParameters } from "../ignition/deploy.ts";
import { DeploymentError, explainNetwork } from "../ignition/errors.ts";
import { chainIdOf, claimLocalJournal, LOCAL_CHAIN_ID } from "../ignition/local-chain.ts";
import { withRecovery } from "../ignition/recovery.ts";
import { Role } from "../sdk/roles.ts";
import { TestUSDC__factory } from "../typechain-types/index.ts";
import { print, runCommand, tableOf } from "./command.ts";
import { contractRows } from "./contracts.ts";

const DEPLOYMENTS = join(hre.config.paths.ignition, "deployments");

/** Networks that outlive this process, by name. */
function deployableNetworks(): string[] {
  return Object.entries(hre.config.networks)
    .filter(([, config]) => config.type === "http")
    .map(([name]) => name);
}

/**
 * The network that a command line names.
 *
 * @throws DeploymentError where it names none, or one that cannot be deployed to.
 */
export function parseNetwork(argv: readonly string[]): string {
  const usage = `npm run deploy -- --network <${deployableNetworks().join("|")}>`;
  const command = new Command("deploy")
    .usage("-- --network <name>")
    .description("Deploy the protocol, or finish a deployment that was interrupted.")
    .option("--network <name>", "a network of hardhat.config.ts")
    .addHelpText("after", `\nParameters: ignition/parameters/<name>.json5 (local.json5 for every local chain).`)
    .allowExcessArguments(false)
    .exitOverride()
    .parse(argv, { from: "user" });
  const { network } = command.opts<{ network?: string }>();
  if (network === undefined) throw new DeploymentError(`Which network? ${usage}`);
  if (!(network in hre.config.networks)) {
    throw new DeploymentError(`Unknown network "${network}". ${usage}\nNetworks are defined in hardhat.config.ts.`);
  }
  if (!deployableNetworks().includes(network)) {
    throw new DeploymentError(`"${network}" is a chain inside this process and would be gone at once. ${usage}`);
  }
  return network;
}

/** Deploys and returns what stands on the chain now, with the folder of Ignition's journal. */
async function deploy(connection: NetworkConnection): Promise<{ deployment: Deployment; journal: string }> {
  const chainId = await chainIdOf(connection);
  const options = { displayUi: true };
  if (chainId === LOCAL_CHAIN_ID) {
    const journal = await claimLocalJournal(connection, DEPLOYMENTS);
    const deploying = () => deployLocal(connection, undefined, options);
    return { deployment: await withRecovery(connection, journal, deploying), journal };
  }
  const parameters = await readParameters(connection.networkName);
  const journal = join(DEPLOYMENTS, `chain-${chainId}`);
  const deploying = () => deployProtocol(connection, parameters, options);
  return { deployment: await withRecovery(connection, journal, deploying), journal };
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
  const network = parseNetwork(process.argv.slice(2));
  const connection = await hre.network.create(network);
  const [deployer] = await connection.ethers.getSigners();
  if (deployer === undefined) throw new DeploymentError("The network has no account to deploy from", { network });
  const before = await connection.ethers.provider.getBalance(deployer);
  const nonceBefore = await deployer.getNonce();
  print(`Deploying to ${network} as ${deployer.address}, who has ${formatEther(before)} ether.`);

  const { deployment, journal } = await deploy(connection);

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
  print(`Ignition's journal is ${relative(process.cwd(), journal)}: keep it, a later deployment continues from it.`);
}

/** What went wrong outside this project's code, in words that say what to do. */
function explain(error: unknown): string | undefined {
  if (error instanceof Error && error.message.includes('Cannot connect to the network "localhost"')) {
    return `${error.message}\nRun \`npm start\` in another terminal first.`;
  }
  return explainNetwork(error);
}

if (import.meta.main) await runCommand(main, explain);
