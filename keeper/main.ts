// npm run keeper -- --network <name>
import { access } from "node:fs/promises";
import { join } from "node:path";
import { CommanderError } from "commander";
import { getAddress } from "ethers";
import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import { explainNetwork } from "../ignition/errors.ts";
import { chainIdOf, LOCAL_CHAIN_ID } from "../ignition/local-chain.ts";
import { findContracts, type KeptContracts, missingFrom } from "./addresses.ts";
import { Chain } from "./chain.ts";
import { JOB_NAMES, type JobName, type KeeperConfig, readConfig } from "./config.ts";
import { KeeperConfigError } from "./errors.ts";
import { EntrustedBeliefs } from "./jobs/entrusted.ts";
import type { Job } from "./jobs/job.ts";
import { makeJob, WORKPLACES } from "./jobs/makers.ts";
import { type Log, type LogStream, openLog } from "./log.ts";
import { runForever, runOnce } from "./run.ts";
import { onEnd } from "./signals.ts";
import { openWorkshop } from "./workshop.ts";

/** How a run ended, as the exit code of its process. */
export const ExitCode = {
  Success: 0,
  /** With `--once`, something due could not be done. */
  Failure: 1,
  /** A setting is wrong, or there is nothing to keep. Nothing was done. */
  BadConfig: 2,
} as const;

/** What surrounds a run of the keeper. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  /** Where the log goes. */
  readonly stdout: LogStream;
  /** Where complaints about settings go. */
  readonly stderr: NodeJS.WritableStream;
  /** Given when the run is to end. */
  readonly signal: AbortSignal;
}

/**
 * Runs the keeper.
 *
 * @param args What stands on the command line after the command.
 * @returns One of `ExitCode`. Throws only what nobody foresaw.
 */
export async function runKeeper(args: readonly string[], surroundings: Surroundings): Promise<number> {
  let connection: NetworkConnection | undefined;
  try {
    const config = readConfig(args, surroundings.env, surroundings);
    const log = openLog(config.logLevel, surroundings.stdout);
    connection = await connect(config);
    const jobs = await prepare(connection, config, log, surroundings.signal);
    const options = { log, signal: surroundings.signal };
    if (config.once) return (await runOnce(jobs, config.dryRun, options)) ? ExitCode.Success : ExitCode.Failure;
    await runForever(jobs, config.interval, options);
    log.info({}, "ended");
    return ExitCode.Success;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.Success : ExitCode.BadConfig;
    const reason = error instanceof KeeperConfigError ? error.message : explainNetwork(error);
    if (reason === undefined) throw error;
    surroundings.stderr.write(`${reason}\n`);
    return ExitCode.BadConfig;
  } finally {
    await connection?.close();
  }
}

async function connect({ network, url }: KeeperConfig): Promise<NetworkConnection> {
  const known = Object.entries(hre.config.networks).filter(([, { type }]) => type === "http");
  if (!known.some(([name]) => name === network)) {
    throw new KeeperConfigError(`--network (KEEPER_NETWORK) must be one of ${known.map(([name]) => name).join(", ")}`, {
      network,
    });
  }
  return hre.network.create(url === undefined ? network : { network, override: { url } });
}

/** Puts the jobs together, and says what they will work on. */
async function prepare(
  connection: NetworkConnection,
  config: KeeperConfig,
  log: Log,
  signal: AbortSignal,
): Promise<Job[]> {
  const chainId = await chainIdOf(connection);
  const { provider } = connection.ethers;
  const journal = config.deployment ?? join(hre.config.paths.ignition, "deployments", `chain-${chainId}`);
  const contracts = await findContracts(provider, config.network, journal, log);
  const jobs = jobsFor(config, contracts, journal, log);
  const account = await accountFor(connection, config);
  const view = chainId === LOCAL_CHAIN_ID ? "pending" : "latest";
  const chain = new Chain(provider, account, view);
  const serum = await contracts.truthSerum.getAddress();
  const stateFile = config.state ?? join(hre.config.paths.cache, "keeper", `${chainId}-${serum}.json`);
  const beliefs = await beliefsAt(config.beliefs);
  const { network, dryRun, gasCap, maxFee, logSpan, confirmations } = config;
  const limits = { gasCap, maxFeePerGas: maxFee, stuckAfter: config.stuckAfter, isDryRun: dryRun };
  const workshop = openWorkshop(chain, { limits, log, signal, rest: config.interval });
  const makings = { workshop, contracts, network, journal, chainId, logSpan, confirmations, stateFile, beliefs };
  const made = await Promise.all(jobs.map((name) => makeJob(name, makings)));
  log.info({ network, chainId: String(chainId), account, serum, jobs, dryRun }, "keeping");
  return made;
}

/** The jobs that were asked for, or else those that the deployment has the contracts for. */
function jobsFor(
  { jobs, network }: KeeperConfig,
  contracts: KeptContracts,
  journal: string,
  log: Log,
): readonly JobName[] {
  if (jobs !== undefined) return jobs;
  return JOB_NAMES.filter((job) => {
    const { contract, name } = WORKPLACES[job];
    if (contracts[contract] !== undefined) return true;
    const reason = missingFrom(journal, name, network).message;
    log.warn({ reason }, `going without the job \`${job}\``);
    return false;
  });
}

async function accountFor(connection: NetworkConnection, { from, network }: KeeperConfig): Promise<string> {
  const accounts: string[] = await connection.provider.request({ method: "eth_accounts" });
  const known = accounts.map((account) => getAddress(account));
  const account = from ?? known[0];
  if (account === undefined) throw new KeeperConfigError("The network has no account to send from", { network });
  if (known.includes(account)) return account;
  throw new KeeperConfigError("--from (KEEPER_FROM) must be an account of the network", { from: account, network });
}

async function beliefsAt(path: string | undefined): Promise<EntrustedBeliefs | undefined> {
  if (path === undefined) return undefined;
  await access(path).catch((cause: unknown) => {
    throw new KeeperConfigError(
      "--beliefs (KEEPER_BELIEFS) must be a file or a folder that can be read",
      { path },
      { cause },
    );
  });
  return new EntrustedBeliefs(path);
}

if (import.meta.main) {
  const { env, stdout, stderr } = process;
  process.exitCode = await runKeeper(process.argv.slice(2), { env, stdout, stderr, signal: onEnd() });
}
