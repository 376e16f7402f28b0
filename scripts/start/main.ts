// npm start: a local chain with the protocol on it, and a keeper beside it, until Ctrl-C.
import { rm } from "node:fs/promises";
import { createServer } from "node:net";
import { join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { Command, InvalidArgumentError } from "commander";
import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import { deployLocal, type LocalDeployment, readParameters } from "../../ignition/deploy.ts";
import { claimLocalJournal } from "../../ignition/local-chain.ts";
import { recordFileOf } from "../../ignition/record.ts";
import { recordDeployment } from "../../ignition/recording.ts";
import { ACT } from "../../sdk/council/params.ts";
import { CredenceError } from "../../sdk/errors.ts";
import { Role } from "../../sdk/roles.ts";
import { print, runCommand } from "../command.ts";
import { whenNpmEnds } from "../npm.ts";
import { startKeeper } from "./keeper.ts";
import { printReport } from "./report.ts";
import { SEEDED_DAYS, seedMarkets } from "./seed.ts";

/** Not reachable from other machines: the accounts' keys are public. */
const HOSTNAME = "127.0.0.1";

const SECONDS_PER_DAY = 86_400;

/** Test USDC of each account before it commits anything: one million, in units (6 decimals). */
const USDC_OF_EACH = 1_000_000_000_000n;

/** What the deployer gives each account, and the reserve of argument staking, of its ACT: a hundred thousand. */
const ACT_OF_EACH = 100_000n * ACT;

/** Accounts of people, the first of them the deployer: what every Hardhat and Anvil chain has. */
const PEOPLE = 20;

/** Milliseconds that each part gets to finish when the chain is stopped: a request of the keeper, open connections. */
const STOP_PATIENCE = 500;

/** What a command line asks for. */
interface Wanted {
  readonly port: number;
  /** Whether a keeper runs beside the chain. */
  readonly keeper: boolean;
}

function parse(argv: readonly string[]): Wanted {
  const command = new Command("start")
    .usage("[-- --port <number>] [--no-keeper]")
    .description(
      `Run a local chain on ${HOSTNAME} with the protocol deployed and a few markets, and a keeper beside it, until ` +
        "Ctrl-C.",
    )
    .option("--port <number>", "port of the JSON-RPC server; 0 takes a free one", toPort, 8545)
    .option("--no-keeper", "leave what becomes due to others")
    .allowExcessArguments(false)
    .exitOverride()
    .parse(argv, { from: "user" });
  return command.opts<{ port: number; keeper: boolean }>();
}

function toPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new InvalidArgumentError("A port is a whole number from 0 to 65535.");
  return port;
}

/** Throws `CredenceError` where something listens on the port: Hardhat's server would crash on it. */
async function requireFreePort(port: number): Promise<void> {
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once("error", reject).listen(port, HOSTNAME, resolve);
    });
  } catch (cause) {
    throw new CredenceError(
      `Cannot listen on ${HOSTNAME}:${port}: ${cause instanceof Error ? cause.message : cause}.\n` +
        "Stop what uses the port, or choose another: npm start -- --port 9545",
    );
  }
  await new Promise((resolve) => probe.close(resolve));
}

/** On Ctrl-C or a polite kill, undoes what was started, the last first, and ends the process as a success. */
function stopOnSignal(): (undo: () => Promise<unknown>) => void {
  const undos: (() => Promise<unknown>)[] = [];
  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    print("\nStopping.");
    for (const undo of undos.reverse()) await Promise.race([undo(), sleep(STOP_PATIENCE)]);
    process.exit(0);
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  whenNpmEnds(stop);
  return (undo) => undos.push(undo);
}

/** Deploys the protocol and records it, for as long as the chain runs. */
async function deploy(
  connection: NetworkConnection,
  onStop: (undo: () => Promise<unknown>) => void,
): Promise<{ deployment: LocalDeployment; journal: string; record: string }> {
  const journal = await claimLocalJournal(connection, join(hre.config.paths.ignition, "deployments"));
  onStop(() => rm(journal, { recursive: true, force: true }));
  // Of an earlier chain, until this one is deployed.
  const forgetRecord = () => rm(recordFileOf(connection.networkName), { force: true });
  await forgetRecord();
  onStop(forgetRecord);
  const parameters = await readParameters("local");
  const deployment = await deployLocal(connection, parameters);
  const record = await recordDeployment(connection, { deployment, parameters, journal });
  return { deployment, journal, record };
}

/** Gives people dollars, ACT and ranks, and arguments a reserve to earn from. */
async function endow(
  { argumentStaking, authority, councilToken, deployer, rankRegistry, usdc }: LocalDeployment,
  people: readonly HardhatEthersSigner[],
): Promise<void> {
  for (const person of people) await usdc.mint(person, USDC_OF_EACH);
  for (const person of people.slice(1)) await councilToken.transfer(person, ACT_OF_EACH);
  await authority.grantRole(Role.Registrar, deployer, 0n);
  await rankRegistry.setRanks([...people], [...people.keys()]);
  await councilToken.approve(argumentStaking, ACT_OF_EACH);
  await argumentStaking.fundRewards(ACT_OF_EACH);
}

async function main(): Promise<void> {
  const wanted = parse(process.argv.slice(2));
  const onStop = stopOnSignal();
  await requireFreePort(wanted.port);

  const initialDate = new Date(Date.now() - SEEDED_DAYS * SECONDS_PER_DAY * 1_000);
  const accounts = { count: wanted.keeper ? PEOPLE + 1 : PEOPLE };
  const chain = { network: "default", override: { initialDate, accounts } };
  const server = await hre.network.createServer(chain, HOSTNAME, wanted.port);
  const { port } = await server.listen();
  onStop(() => server.close());
  const url = `http://${HOSTNAME}:${port}`;
  print(`A new chain listens on ${url}. Deploying the protocol and replaying ${SEEDED_DAYS} days of commitments...`);

  const connection = await hre.network.create({ network: "localhost", override: { url } });
  const { deployment, journal, record } = await deploy(connection, onStop);
  const signers = await connection.ethers.getSigners();
  const [people, keeper] = [signers.slice(0, PEOPLE), signers[PEOPLE]];
  await endow(deployment, people);
  const markets = await seedMarkets(connection, deployment);

  await printReport({ connection, url, deployment, markets, people });
  print(`${relative(process.cwd(), record)} tells other tools what is deployed where.`);
  if (keeper !== undefined) {
    print(`The keeper does what becomes due, from an account of its own: ${keeper.address}.`);
    onStop(startKeeper({ url, account: keeper.address, journal }, print));
  }
  print("The chain is ready and forgets everything when it stops. Ctrl-C stops it.");
}

if (import.meta.main) await runCommand(main);
