import { MaxUint256 } from "ethers";
import { deployLocal, type LocalDeployment } from "../../../ignition/deploy.ts";
import { type BeliefMarket, TestUSDC__factory } from "../../../typechain-types/index.ts";
import { type Call, DemoChain, type Receipt } from "../chain.ts";
import { type Answer, peopleIn } from "../csv.ts";
import { PermitSigner } from "../permits.ts";
import type { Progress } from "../progress.ts";
import { fundingCalls, readPurses } from "../purses.ts";
import { DAY } from "../time.ts";
import { groupByTime } from "../timeline.ts";
import { type Audit, audit, type MarketAccounts } from "./accounts.ts";
import { readFlows } from "./flows.ts";
import { type PlannedClaim, planScenario, type Scenario, type Step } from "./scenario.ts";
import { callFor, isNeeded, type LiveMarket, marketOf, noteStep, type Stage } from "./stage.ts";

/** What became of one claim. Amounts in USDC units. */
export interface ClaimOutcome {
  readonly plan: PlannedClaim;
  /** Address of its market. */
  readonly market: string;
  /** Principal on each side at the last reading. */
  readonly supportPrincipal: bigint;
  readonly opposePrincipal: bigint;
  /** What `belief()` returned, in wad, so many days after the creation. */
  readonly beliefs: readonly { readonly day: number; readonly wad: bigint }[];
  /** Rewards that left the signal reward pool for people's pockets. */
  readonly rewardsPaid: bigint;
}

/** How often each kind of step was carried out. */
export type StepCounts = Readonly<Record<Step["kind"], number>>;

/** What happened, all of it read from the chain. */
export interface ReplayResult {
  readonly people: readonly string[];
  readonly claims: readonly ClaimOutcome[];
  readonly stepCounts: StepCounts;
  /** The rules of the markets that the story mentions. */
  readonly rules: { readonly lockPeriod: bigint; readonly earlyExitPenaltyBps: bigint };
  readonly audit: Audit;
}

type MarketState = Awaited<ReturnType<BeliefMarket["state"]>>;

const usdcInterface = TestUSDC__factory.createInterface();

/**
 * Deploys the protocol on a chain of its own and lives through the answers to all claims on it. Throws
 * `DemoTransactionError` where the contracts refuse a step.
 */
export async function replayMarkets(answers: readonly Answer[], progress: Progress): Promise<ReplayResult> {
  const chain = await DemoChain.start(peopleIn(answers).length + 1); // the first account deploys and takes no side
  try {
    const deployment = await deployLocal(chain.connection);
    const rules = await deployment.beliefFactory.defaultParams();
    const scenario = planScenario(answers, rules);
    const stage = await prepare(chain, deployment, scenario);
    const stepCounts = await run(stage, progress);
    const outcome = await conclude(stage);
    const { lockPeriod, earlyExitPenaltyBps } = rules;
    return { people: scenario.people, stepCounts, rules: { lockPeriod, earlyExitPenaltyBps }, ...outcome };
  } finally {
    await chain.close();
  }
}

/** Gives each person what they will pay in, to the unit, and lets authors pay through the factory. */
async function prepare(chain: DemoChain, deployment: LocalDeployment, scenario: Scenario): Promise<Stage> {
  await chain.holdBlocks();
  const now = await chain.now();
  const permits = await PermitSigner.for(chain, deployment.usdc);
  const stage: Stage = { chain, deployment, scenario, permits, start: now + DAY, markets: [] };

  const factory = await deployment.beliefFactory.getAddress();
  const to = deployment.asset;
  const calls: Call[] = fundingCalls(chain, to, scenario.budgets);
  for (const person of new Set(scenario.claims.map((claim) => claim.author))) {
    const data = usdcInterface.encodeFunctionData("approve", [factory, MaxUint256]);
    calls.push({ from: chain.accountOf(person), to, data });
  }
  await chain.mineAt(now + 1n, calls);
  return stage;
}

/** Carries out the plan: all that happens at one second goes into one block. */
async function run(stage: Stage, progress: Progress): Promise<StepCounts> {
  const counts = { create: 0, commit: 0, exit: 0, claim: 0, withdraw: 0, distribute: 0, read: 0 };
  const { steps } = stage.scenario;
  progress.start(steps.length);
  try {
    let done = 0;
    for (const simultaneous of groupByTime(steps)) {
      for (const step of await runSecond(stage, simultaneous)) counts[step.kind]++;
      done += simultaneous.length;
      progress.update(done, `day ${(simultaneous[0] as Step).at / DAY}`);
    }
  } finally {
    progress.stop();
  }
  return counts;
}

/** Returns the steps that there was something to do for. */
async function runSecond(stage: Stage, steps: readonly Step[]): Promise<Step[]> {
  const sent = steps.filter((step) => step.kind !== "read").filter((step) => isNeeded(stage, step));
  const calls: Call[] = [];
  for (const step of sent) calls.push(await callFor(stage, step));
  const receipts = await stage.chain.mineAt(stage.start + (steps[0] as Step).at, calls);
  for (const [index, step] of sent.entries()) await noteStep(stage, step, receipts[index] as Receipt);

  const readings = steps.filter((step) => step.kind === "read");
  for (const step of readings) await read(stage, marketOf(stage, step), step.day);
  return [...sent, ...readings];
}

async function read(stage: Stage, market: LiveMarket, day: number): Promise<void> {
  market.beliefs.push({ day, wad: await market.contract.belief() });
  const { supportPrincipal, opposePrincipal, undistributed } = await checkBooks(stage, market, `after ${day} days`);
  Object.assign(market, { supportPrincipal, opposePrincipal, undistributed });
}

/** Notes the market's own books beside its token balance; returns its state. */
async function checkBooks(stage: Stage, market: LiveMarket, moment: string): Promise<MarketState> {
  const state = await market.contract.state();
  const balance = await stage.deployment.usdc.balanceOf(market.address);
  market.snapshots.push({ moment, books: state.supportPrincipal + state.opposePrincipal + state.srp, balance });
  return state;
}

/** What happened, from the events and balances of the chain. */
async function conclude(stage: Stage): Promise<Pick<ReplayResult, "claims" | "audit">> {
  const claims: ClaimOutcome[] = [];
  const accounts: MarketAccounts[] = [];
  for (const market of stage.markets) {
    await checkBooks(stage, market, "at the end");
    const flows = await readFlows(market.contract);
    const { plan, address, supportPrincipal, opposePrincipal, beliefs, snapshots } = market;
    accounts.push({ claim: plan.text, ...flows, snapshots });
    const { rewardsPaid } = flows;
    claims.push({ plan, market: address, supportPrincipal, opposePrincipal, beliefs, rewardsPaid });
  }
  const purses = await readPurses(stage.chain, stage.deployment.usdc, stage.scenario.budgets);
  return { claims, audit: audit(accounts, purses) };
}
