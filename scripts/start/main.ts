// npm start: a local chain with the protocol on it, with a keeper and the app beside it, until Ctrl-C.
import { mkdtemp, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { Command, InvalidArgumentError } from "commander";
import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import type { Network } from "../../dapp/src/chain/network.ts";
import { deployLocal, type LocalDeployment, readParameters } from "../../ignition/deploy.ts";
import { claimLocalJournal } from "../../ignition/local-chain.ts";
import { type DeploymentRecord, recordFileOf, writeRecord } from "../../ignition/record.ts";
import { type Completed, recordOf } from "../../ignition/recording.ts";
import { ACT } from "../../sdk/council/params.ts";
import { CredenceError } from "../../sdk/errors.ts";
import { Role } from "../../sdk/roles.ts";
import { print, runCommand } from "../command.ts";
import { localNetworkOf } from "../dapp/networks.ts";
import { serveDapp } from "../dapp/serve.ts";
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

/** Milliseconds after which a block is made, also where nobody sends anything: time goes on for who looks at the chain. */
export const BLOCK_TIME = 5_000;

/** Milliseconds that each part gets to finish when the chain is stopped: a request of the keeper, open connections. */
const STOP_PATIENCE = 500;

/** What a command line asks for. */
interface Wanted {
  readonly port: number;
  /** Whether a keeper runs beside the chain. */
  readonly keeper: boolean;
  /** Whether the app is served beside the chain, and where. */
  readonly dapp: boolean;
  readonly dappPort: number;
}

function parse(argv: readonly string[]): Wanted {
  const command = new Command("start")
    .usage("[-- --port <number>] [--dapp-port <number>] [--no-keeper] [--no-dapp]")
    .description(
      `Run a local chain on ${HOSTNAME} with the protocol deployed and a few markets, and a keeper and the app ` +
        "beside it, until Ctrl-C.",
    )
    .option("--port <number>", "port of the JSON-RPC server; 0 takes a free one", toPort, 8545)
    .option("--no-keeper", "leave what becomes due to others")
    .option("--dapp-port <number>", "port of the app; 0 takes a free one", toPort, 4173)
    .option("--no-dapp", "serve no app")
    .allowExcessArguments(false)
    .exitOverride()
    .parse(argv, { from: "user" });
  return command.opts<Wanted>();
}

function toPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new InvalidArgumentError("A port is a whole number from 0 to 65535.");
  return port;
}

/** Throws `CredenceError` where something listens on the port: Hardhat's server would crash on it. */
async function requireFreePort(port: number, option: string): Promise<void> {
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once("error", reject).listen(port, HOSTNAME, resolve);
    });
  } catch (cause) {
    throw new CredenceError(
      `Cannot listen on ${HOSTNAME}:${port}: ${cause instanceof Error ? cause.message : cause}.\n` +
        `Stop what uses the port, or let the system choose a free one: npm start -- ${option} 0`,
    );
  }
  await new Promise((resolve) => probe.close(resolve));
}

/** How the chain comes to its end. */
interface Ending {
  /** Given when the chain is to stop. */
  readonly signal: AbortSignal;
  /** Says how to undo what was started. */
  onStop(undo: () => Promise<unknown>): void;
}

/** On Ctrl-C or a polite kill, undoes what was started, the last first, and ends the process as a success. */
function stopOnSignal(): Ending {
  const undos: (() => Promise<unknown>)[] = [];
  const stopping = new AbortController();
  const stop = async (): Promise<void> => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    print("\nStopping.");
    for (const undo of undos.reverse()) await Promise.race([undo(), sleep(STOP_PATIENCE)]);
    process.exit(0);
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  whenNpmEnds(stop);
  return { signal: stopping.signal, onStop: (undo) => void undos.push(undo) };
}

/** Deploys the protocol and records it, for as long as the chain runs. */
async function deploy(
  connection: NetworkConnection,
  ending: Ending,
): Promise<{ deployment: LocalDeployment; journal: string; record: DeploymentRecord }> {
  const journal = await claimLocalJournal(connection, join(hre.config.paths.ignition, "deployments"));
  ending.onStop(() => rm(journal, { recursive: true, force: true }));
  // Of an earlier chain, until this one is deployed.
  await rm(recordFileOf(connection.networkName), { force: true });
  const parameters = await readParameters("local");
  const deployment = await deployLocal(connection, parameters);
  const record = await recordMeanwhile(connection, { deployment, parameters, journal }, ending);
  return { deployment, journal, record };
}

/** Records a deployment until the chain stops; the record of a chain that was started later stays. */
async function recordMeanwhile(
  connection: NetworkConnection,
  completed: Completed,
  { signal, onStop }: Ending,
): Promise<DeploymentRecord> {
  const record = await recordOf(connection, completed);
  signal.throwIfAborted();
  const writing = writeRecord(record);
  const written = writing.then(markOf);
  onStop(async () => {
    const file = await writing;
    if ((await markOf(file)) === (await written)) await rm(file, { force: true });
  });
  await written;
  print(`${relative(process.cwd(), await writing)} tells other tools what is deployed where.`);
  return record;
}

/** What tells a file from another one that took its place, also where both say the same; `undefined` where none is. */
async function markOf(file: string): Promise<string | undefined> {
  const found = await stat(file).catch(() => undefined);
  return found && `${found.ino} ${found.mtimeMs}`;
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

/** Builds the app for the chain, serves it, and returns its address. */
async function openDapp(network: Network, port: number, { onStop }: Ending): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "credence-dapp-"));
  onStop(() => rm(folder, { recursive: true, force: true }));
  const { url, close } = await serveDapp([network], folder, port);
  onStop(close);
  return url;
}

async function main(): Promise<void> {
  const wanted = parse(process.argv.slice(2));
  const ending = stopOnSignal();
  await requireFreePort(wanted.port, "--port");
  if (wanted.dapp) await requireFreePort(wanted.dappPort, "--dapp-port");

  const initialDate = new Date(Date.now() - SEEDED_DAYS * SECONDS_PER_DAY * 1_000);
  const accounts = { count: wanted.keeper ? PEOPLE + 1 : PEOPLE };
  const chain = { network: "default", override: { initialDate, accounts } };
  const server = await hre.network.createServer(chain, HOSTNAME, wanted.port);
  const { port } = await server.listen();
  ending.onStop(() => server.close());
  const url = `http://${HOSTNAME}:${port}`;
  print(`A new chain listens on ${url}. Deploying the protocol and replaying ${SEEDED_DAYS} days of commitments...`);

  const connection = await hre.network.create({ network: "localhost", override: { url } });
  const { deployment, journal, record } = await deploy(connection, ending);
  const signers = await connection.ethers.getSigners();
  const [people, keeper] = [signers.slice(0, PEOPLE), signers[PEOPLE]];
  await endow(deployment, people);
  const markets = await seedMarkets(connection, deployment);
  await connection.provider.request({ method: "evm_setIntervalMining", params: [BLOCK_TIME] });

  await printReport({ connection, url, deployment, markets, people });
  if (keeper !== undefined) {
    print(`The keeper does what becomes due, from an account of its own: ${keeper.address}.`);
    ending.onStop(startKeeper({ url, account: keeper.address, journal }, print));
  }
  if (wanted.dapp) {
    const dapp = await openDapp(localNetworkOf(record, url), wanted.dappPort, ending);
    print(`\nOpen ${dapp} in a browser: its test wallet lends the accounts above, to try everything at once.`);
  }
  print("The chain is ready and forgets everything when it stops. Ctrl-C stops it.");
}

if (import.meta.main) await runCommand(main);
