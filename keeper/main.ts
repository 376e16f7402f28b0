// npm run keeper -- --network <name>
import { access } from "node:fs/promises";
import { join } from "node:path";
import { CommanderError } from "commander";
import { getAddress } from "ethers";
import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import { explainNetwork } from "../ignition/errors.ts";
import { chainIdOf, LOCAL_CHAIN_ID } from "../ignition/local-chain.ts";
import { messageOf } from "../sdk/errors.ts";
import { findContracts, type KeptContracts, missingFrom } from "./addresses.ts";
import { restAfter } from "./breaker.ts";
import { Chain, pauseFor } from "./chain.ts";
import { JOB_NAMES, type JobName, type KeeperConfig, readConfig } from "./config.ts";
import { isNodeAway, KeeperConfigError, NodeError } from "./errors.ts";
import { Health } from "./health.ts";
import { EntrustedBeliefs } from "./jobs/entrusted.ts";
import type { Job } from "./jobs/job.ts";
import { makeJob, WORKPLACES } from "./jobs/makers.ts";
import { type Log, type LogStream, openLog } from "./log.ts";
import { Metrics } from "./metrics.ts";
import { LONGEST_PAUSE, runForever, runOnce } from "./run.ts";
import { onEnd } from "./signals.ts";
import { type StatusServer, serveStatus } from "./status.ts";
import { Vitals } from "./vitals.ts";
import { openWire, type Wire, type WireOptions } from "./wire.ts";
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
  const { env, signal, stdout, stderr } = surroundings;
  const toClose: { close(): Promise<void> }[] = [];
  try {
    const config = readConfig(args, env, surroundings);
    const log = openLog(config.logLevel, stdout);
    const monitor = { metrics: new Metrics(), health: new Health(config.interval) };
    const status = await openStatus(config, monitor, log);
    if (status !== undefined) toClose.unshift(status);
    const work = await begin(config, { log, signal, monitor });
    if (work === undefined) return config.once ? ExitCode.Failure : ExitCode.Success;
    const { wire, jobs, vitals } = work;
    toClose.unshift(wire);
    const watchers = [monitor.metrics, monitor.health];
    const options = { log, signal, watchers, betweenRounds: () => vitals.look() };
    if (config.once) return (await runOnce(jobs, config.dryRun, options)) ? ExitCode.Success : ExitCode.Failure;
    await runForever(jobs, config.interval, options);
    log.info({}, "ended");
    return ExitCode.Success;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.Success : ExitCode.BadConfig;
    const reason = isForOperator(error) ? error.message : explainNetwork(error);
    if (reason === undefined) throw error;
    stderr.write(`${reason}\n`);
    return ExitCode.BadConfig;
  } finally {
    for (const open of toClose) await open.close();
  }
}

function isForOperator(error: unknown): error is Error {
  return error instanceof KeeperConfigError || error instanceof NodeError;
}

/** What is known of a run from outside. */
interface Monitor {
  readonly metrics: Metrics;
  readonly health: Health;
}

async function openStatus(
  { metricsPort: port, metricsHost: host }: KeeperConfig,
  monitor: Monitor,
  log: Log,
): Promise<StatusServer | undefined> {
  if (port === undefined) return undefined;
  const status = await serveStatus({ host, port, ...monitor });
  log.info({ url: status.url }, "telling how it goes at /metrics, /healthz and /readyz");
  return status;
}

/** What the run works with. */
interface Work {
  readonly wire: Wire;
  readonly jobs: Job[];
  readonly vitals: Vitals;
}

/** What surrounds the work. */
interface Around {
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly monitor: Monitor;
}

/**
 * Connects and puts the jobs together. A node that is away is waited for, unless there is only one pass to do.
 *
 * @returns `undefined` where the run is to end meanwhile.
 */
async function begin(config: KeeperConfig, around: Around): Promise<Work | undefined> {
  const { log, signal, monitor } = around;
  for (let failures = 1; !signal.aborted; failures++) {
    let wire: Wire | undefined;
    monitor.health.pulse();
    try {
      wire = await connect(config, { log, signal, onRequest: () => monitor.health.pulse() });
      return { wire, ...(await prepare(wire.connection, config, around)) };
    } catch (error) {
      await wire?.close();
      if (config.once || !isNodeAway(error)) throw error;
      log.warn({ reason: messageOf(error) }, "waiting for the node");
      await pauseFor(restAfter(failures, config.interval, LONGEST_PAUSE), signal);
    }
  }
  return undefined;
}

async function connect(
  { network, url, timeout }: KeeperConfig,
  options: Pick<WireOptions, "log" | "signal" | "onRequest">,
): Promise<Wire> {
  const known = Object.entries(hre.config.networks).filter(([, { type }]) => type === "http");
  if (!known.some(([name]) => name === network)) {
    throw new KeeperConfigError(`--network (KEEPER_NETWORK) must be one of ${known.map(([name]) => name).join(", ")}`, {
      network,
    });
  }
  return openWire(network, { ...options, url, timeout });
}

/** Puts the jobs together, and says what they will work on. */
async function prepare(
  connection: NetworkConnection,
  config: KeeperConfig,
  { log, signal, monitor }: Around,
): Promise<{ jobs: Job[]; vitals: Vitals }> {
  const chainId = await chainIdOf(connection);
  const { provider } = connection.ethers;
  const journal = config.deployment ?? join(hre.config.paths.ignition, "deployments", `chain-${chainId}`);
  const contracts = await findContracts(provider, config.network, journal, log);
  const names = jobsFor(config, contracts, journal, log);
  const account = await accountFor(connection, config);
  const view = chainId === LOCAL_CHAIN_ID ? "pending" : "latest";
  const chain = new Chain(provider, account, view);
  const serum = await contracts.truthSerum.getAddress();
  const stateFile = config.state ?? join(hre.config.paths.cache, "keeper", `${chainId}-${serum}.json`);
  const beliefs = await beliefsAt(config.beliefs);
  const { network, dryRun, gasCap, maxFee, logSpan, confirmations, interval: rest, minBalance } = config;
  const limits = { gasCap, maxFeePerGas: maxFee, stuckAfter: config.stuckAfter, isDryRun: dryRun };
  const makings = { contracts, network, journal, chainId, logSpan, confirmations, stateFile, beliefs };
  const make = (name: JobName) => {
    monitor.metrics.expect(name);
    const tally = monitor.metrics.tallyOf(name);
    return makeJob(name, { ...makings, workshop: openWorkshop(chain, { limits, log, signal, rest, tally }) });
  };
  const jobs = await Promise.all(names.map(make));
  monitor.health.expect(names);
  log.info({ network, chainId: String(chainId), account, serum, jobs: names, dryRun }, "keeping");
  return { jobs, vitals: new Vitals(chain, { metrics: monitor.metrics, minBalance, log }) };
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
