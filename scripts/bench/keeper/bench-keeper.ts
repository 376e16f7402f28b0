import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KeptContracts } from "../../../keeper/addresses.ts";
import { Chain } from "../../../keeper/chain.ts";
import { JOB_NAMES, readConfig } from "../../../keeper/config.ts";
import { makeJob } from "../../../keeper/jobs/makers.ts";
import type { Log } from "../../../keeper/log.ts";
import { Metrics } from "../../../keeper/metrics.ts";
import { runOnce } from "../../../keeper/run.ts";
import type { Tally } from "../../../keeper/tally.ts";
import { Vitals } from "../../../keeper/vitals.ts";
import { openWorkshop } from "../../../keeper/workshop.ts";
import { CredenceError } from "../../../sdk/errors.ts";
import {
  CouncilGovernor__factory,
  IArgumentStaking__factory,
  ICouncilStaking__factory,
  IQueryEscrow__factory,
  ITruthSerum__factory,
} from "../../../typechain-types/index.ts";
import type { BenchChain } from "../chain.ts";
import { type Memory, peakDuring } from "./memory.ts";

/** What a pass of every job came to. */
export interface KeeperRun {
  readonly transactions: number;
  readonly gas: bigint;
  readonly seconds: number;
  /** The most that this process, with the chain in it, had during the pass. */
  readonly peak: Memory;
  /** Whether the keeper says that everything due is done. */
  readonly isAllDone: boolean;
}

/** A keeper with all its jobs and the settings that it has by itself, in this process. */
export interface BenchKeeper {
  /** One pass of every job. */
  run(): Promise<KeeperRun>;
  /** Forgets what it remembers. */
  close(): Promise<void>;
}

/** Sets up a keeper that remembers nothing yet, under an account with no other business on the chain; `close` it after use. */
export async function openBenchKeeper(bench: BenchChain, log: Log): Promise<BenchKeeper> {
  const { ethers, networkName: network } = bench.connection;
  const account = (await ethers.getSigners()).at(-1);
  if (account === undefined) throw new CredenceError("the chain has too few accounts");
  const chain = new Chain(ethers.provider, account.address, "pending");
  const { chainId } = await ethers.provider.getNetwork();
  const journal = await mkdtemp(join(tmpdir(), "keeper-load-"));
  const { signal } = new AbortController();
  const metrics = new Metrics();
  const vitals = new Vitals(chain, { metrics, minBalance: undefined, log });
  const config = readConfig(["--network", network], {}, process);
  const { gasCap, stuckAfter, dryRun: isDryRun, interval: rest, logSpan, confirmations } = config;
  const workplace = { limits: { gasCap, stuckAfter, isDryRun }, log, signal, rest };
  const known = { contracts: await contractsOf(bench), network, journal, chainId, logSpan, confirmations };
  const makings = { ...known, stateFile: join(journal, "state.json"), beliefs: undefined };
  const spent = { transactions: 0, gas: 0n };
  const jobs = await Promise.all(
    JOB_NAMES.map((name) => {
      metrics.expect(name);
      const tally = countingIn(spent, metrics.tallyOf(name));
      return makeJob(name, { ...makings, workshop: openWorkshop(chain, { ...workplace, tally }) });
    }),
  );
  const options = { log, signal, watchers: [metrics], betweenRounds: () => vitals.look() };
  return {
    async run() {
      const before = { ...spent };
      const beganAt = performance.now();
      const { result: isAllDone, peak } = await peakDuring(() => runOnce(jobs, isDryRun, options));
      const seconds = (performance.now() - beganAt) / 1_000;
      const transactions = spent.transactions - before.transactions;
      return { transactions, gas: spent.gas - before.gas, seconds, peak, isAllDone };
    },
    close: () => rm(journal, { recursive: true }),
  };
}

/** A tally that also counts, for all jobs together, what is sent and what it costs. */
function countingIn(spent: { transactions: number; gas: bigint }, tally: Tally): Tally {
  return {
    ...tally,
    transaction(outcome) {
      spent.transactions++;
      tally.transaction(outcome);
    },
    cost(gasUsed, fee) {
      spent.gas += gasUsed;
      tally.cost(gasUsed, fee);
    },
  };
}

async function contractsOf(bench: BenchChain): Promise<KeptContracts> {
  const { truthSerum, argumentStaking, queryEscrow, councilStaking, councilGovernor, connection } = bench;
  const { provider } = connection.ethers;
  return {
    truthSerum: ITruthSerum__factory.connect(await truthSerum.getAddress(), provider),
    argumentStaking: IArgumentStaking__factory.connect(await argumentStaking.getAddress(), provider),
    queryEscrow: IQueryEscrow__factory.connect(await queryEscrow.getAddress(), provider),
    councilStaking: ICouncilStaking__factory.connect(await councilStaking.getAddress(), provider),
    councilGovernor: CouncilGovernor__factory.connect(await councilGovernor.getAddress(), provider),
    deployedIn: async () => 0,
  };
}
