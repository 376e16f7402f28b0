import { tierAt } from "../../sdk/council/tiers.ts";
import type { Discovery } from "../discovery.ts";
import { performWhole } from "../whole.ts";
import type { Workshop } from "../workshop.ts";
import { type ItemResult, type Job, type JobReport, sumOf, workThrough } from "./job.ts";
import {
  accountAt,
  positionAt,
  type RewardsContracts,
  type Watched,
  type WatchedAccount,
  type WatchedPosition,
  watchedKeyOf,
} from "./watched.ts";

/** Whoever works on the rewards of the council. */
export interface RewardsContext extends Workshop, RewardsContracts {}

/** What poking came to. */
export interface PokeReport extends JobReport {
  /** Those of what was looked at about which nothing is left to do now, as the latest block has it. */
  readonly finished: readonly Watched[];
}

/** What is done about the periods of rewards is one item. */
const ITEM = "the next period";

/**
 * Begins a period of rewards, once the last one is over and there is something to stream.
 *
 * @returns A report on one item, due where a period can begin.
 */
export async function startDuePeriod(context: RewardsContext): Promise<JobReport> {
  const { report } = await workThrough([ITEM], String, () => startPeriod(context), context);
  return report;
}

/**
 * Lets every position count the tier that its time has earned, and every account the boosters that its activity has
 * earned and no lapsed one. One that fails does not stop the others.
 *
 * @param watched Positions and accounts; those whose time to be looked at has not come are passed over.
 * @throws The node's error where it does not tell what time it is.
 */
async function pokeDue(context: RewardsContext, watched: readonly Watched[]): Promise<PokeReport> {
  const now = await context.chain.now();
  const due = watched.filter(({ lookAt }) => lookAt <= now);
  const poke = (one: Watched) => ("account" in one ? pokeAccount(context, one) : pokePosition(context, one, now));
  const { report, finished } = await workThrough(due, watchedKeyOf, poke, context);
  return { ...report, finished };
}

/** The job that begins periods of rewards, and pokes what time has changed. */
export function rewardsJob(context: RewardsContext, discovery: Discovery<Watched>): Job {
  return {
    name: "rewards",
    async run() {
      // Nothing streams between two periods: that waits for no poke.
      const started = await startDuePeriod(context);
      await discovery.scan();
      const { finished, ...poked } = await pokeDue(context, discovery.items);
      await discovery.review(finished);
      return sumOf(started, poked);
    },
  };
}

async function startPeriod({ chain, distributor, stepper }: RewardsContext): Promise<ItemResult> {
  const at = { blockTag: chain.view };
  const { period, endsAt } = await distributor.stream(at);
  if (endsAt > (await chain.now()) || (await distributor.nextPeriodAmount(at)) === 0n) return "idle";
  const contract = distributor.interface;
  const starting = {
    name: "start period",
    facts: { period: String(period + 1n) },
    contract,
    call: { to: await distributor.getAddress(), data: contract.encodeFunctionData("startPeriod") },
    isDone: async () => (await distributor.stream()).period > period,
  };
  return performWhole(stepper, starting, ({ name }) => name === "PeriodNotOver");
}

async function pokePosition(
  { chain, staking, stepper, rules }: RewardsContext,
  { positionId }: WatchedPosition,
  now: bigint,
): Promise<ItemResult> {
  const position = await positionAt(staking, positionId, chain.view);
  if (position === undefined) return "idle";
  const earned = tierAt(position, now, rules.tiers);
  if (position.tierDays >= earned) return "idle";
  const contract = staking.interface;
  const poking = {
    name: "poke position",
    facts: { positionId: String(positionId), tierDays: String(earned) },
    contract,
    call: { to: await staking.getAddress(), data: contract.encodeFunctionData("poke", [positionId]) },
    isDone: async () => {
      const latest = await positionAt(staking, positionId, "latest");
      return latest === undefined || latest.tierDays >= earned;
    },
  };
  return performWhole(stepper, poking, ({ name }) => name === "PositionUnknown");
}

async function pokeAccount(
  { chain, distributor, stepper }: RewardsContext,
  { account }: WatchedAccount,
): Promise<ItemResult> {
  const { weight, isStale } = await accountAt(distributor, account, chain.view);
  if (!isStale) return "idle";
  const contract = distributor.interface;
  const poking = {
    name: "poke account",
    facts: { account },
    contract,
    call: { to: await distributor.getAddress(), data: contract.encodeFunctionData("poke", [account]) },
    isDone: async () => (await accountAt(distributor, account, "latest")).weight !== weight,
  };
  return performWhole(stepper, poking);
}
