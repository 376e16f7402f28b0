import { randomUUID } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { NetworkConnection } from "hardhat/types/network";
import type { Chain } from "../../keeper/chain.ts";
import { Discovery } from "../../keeper/discovery.ts";
import { type GovernanceContext, governanceJob } from "../../keeper/jobs/governance.ts";
import type { Job } from "../../keeper/jobs/job.ts";
import { PROPOSAL, proposalsIn } from "../../keeper/jobs/proposals.ts";
import { type RewardsContext, rewardsJob } from "../../keeper/jobs/rewards.ts";
import { rewardsContracts, WATCHED, watchedIn } from "../../keeper/jobs/watched.ts";
import type { SendLimits } from "../../keeper/send.ts";
import { StateFile } from "../../keeper/state.ts";
import { CouncilGovernor__factory, ICouncilStaking__factory } from "../../typechain-types/index.ts";
import type { Collector } from "../demo/fixtures.ts";
import { DAY } from "../fixtures/amounts.ts";
import { ACT, type CouncilWorld, openCouncil, stakeAll } from "../fixtures/council.ts";
import { chainOf, type OnChain, watchedWorkshop } from "./workshop.ts";

/** The council, and the chain it is on. */
export interface CouncilOnChain extends CouncilWorld, OnChain {}

/** Nobody has staked. */
export async function emptyCouncil(connection: NetworkConnection): Promise<CouncilOnChain> {
  return { ...(await openCouncil(connection)), connection };
}

/** The proposer and two voters have staked enough for anything to pass, a day ago. */
export async function votingCouncil(connection: NetworkConnection): Promise<CouncilOnChain> {
  const world = await emptyCouncil(connection);
  await stakeAll(world, [world.proposer, ...world.voters.slice(0, 2)], { amount: ACT(20_000), lockDays: 180n });
  await connection.networkHelpers.time.increase(DAY);
  return world;
}

/** What a pass comes to in which so many items are due and all of them are done. */
export const done = (due: number) => ({ due, done: due, failed: 0, left: 0 });
export const left = (due: number) => ({ due, done: 0, failed: 0, left: due });
export const failed = (due: number) => ({ due, done: 0, failed: due, left: 0 });

/* THE STATE FILE */

/** Where the keeper of a test remembers what it found. */
export interface StateOfTest {
  readonly file: string;
  /** What is remembered now. */
  items(): Promise<Record<string, string>[]>;
}

/** A state file for each test of a suite, in a folder that is gone after it. */
export function stateOfTests(): StateOfTest {
  const folder = join(tmpdir(), `keeper-${randomUUID()}`);
  const file = join(folder, "state.json");
  afterEach(() => rm(folder, { recursive: true, force: true }));
  return { file, items: async () => JSON.parse(await readFile(file, "utf8")).items };
}

/* THE KEEPER'S PARTS */

/** How a keeper works. */
export interface Habits {
  readonly limits?: Partial<SendLimits>;
  readonly chain?: Chain;
  /** Blocks on top of one that counts as final; none unless told. */
  readonly confirmations?: number;
  /** The state file. */
  readonly file: string;
}

/** A job as a process has it that has just begun, its log, and what ends it. */
export interface Hands<Context> {
  readonly job: Job;
  readonly context: Context;
  readonly output: Collector;
  readonly end: AbortController;
}

/** The job `rewards`; `lies` take the place of what its contracts say. */
export async function handsOnRewards(
  world: CouncilOnChain,
  habits: Habits,
  lies: (context: RewardsContext) => Partial<RewardsContext> = () => ({}),
): Promise<Hands<RewardsContext>> {
  const { chain, workshop, ...rest } = await workshopOn(world, habits);
  const { provider } = chain;
  const staking = ICouncilStaking__factory.connect(await world.councilStaking.getAddress(), provider);
  const governor = CouncilGovernor__factory.connect(await world.councilGovernor.getAddress(), provider);
  const truth = { ...workshop, ...(await rewardsContracts(staking, governor, provider)) };
  const context = { ...truth, ...lies(truth) };
  const options = await discoveryOptions(habits, workshop, await staking.getAddress());
  const state = new StateFile(habits.file, options.owner, WATCHED, workshop.log);
  const discovery = new Discovery(chain, watchedIn(context), { ...options, state });
  return { job: rewardsJob(context, discovery), context, ...rest };
}

/** The job `governance`. */
export async function handsOnGovernance(world: CouncilOnChain, habits: Habits): Promise<Hands<GovernanceContext>> {
  const { chain, workshop, ...rest } = await workshopOn(world, habits);
  const address = await world.councilGovernor.getAddress();
  const context = { ...workshop, governor: CouncilGovernor__factory.connect(address, chain.provider) };
  const options = await discoveryOptions(habits, workshop, address);
  const state = new StateFile(habits.file, options.owner, PROPOSAL, workshop.log);
  const discovery = new Discovery(chain, proposalsIn(context.governor), { ...options, state });
  return { job: governanceJob(context, discovery), context, ...rest };
}

/** A contract, bound to a provider, of which some views say something else. */
export function lyingAbout<T extends object>(
  contract: T,
  lies: Partial<Record<keyof T, (...args: readonly never[]) => Promise<unknown>>>,
): T {
  return new Proxy(contract, { get: (truth, name) => Reflect.get(Reflect.has(lies, name) ? lies : truth, name) });
}

async function workshopOn(world: CouncilOnChain, { limits = {}, chain }: Habits) {
  const on = chain ?? (await chainOf(world));
  return { chain: on, ...watchedWorkshop(on, limits) };
}

async function discoveryOptions(
  { confirmations = 0 }: Habits,
  { log, signal }: Pick<GovernanceContext, "log" | "signal">,
  contract: string,
) {
  const owner = { chainId: 31_337n, contract };
  return { owner, startBlock: 0, span: 5_000, confirmations, progressInterval: 5_000, log, signal };
}
