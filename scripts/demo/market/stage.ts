import type { LocalDeployment } from "../../../ignition/deploy.ts";
import { BeliefFactory__factory, type BeliefMarket, BeliefMarket__factory } from "../../../typechain-types/index.ts";
import type { Call, DemoChain, Receipt } from "../chain.ts";
import type { PermitSigner } from "../permits.ts";
import { HOUR } from "../time.ts";
import type { Snapshot } from "./accounts.ts";
import type { PlannedClaim, Scenario, Step } from "./scenario.ts";

/** Everything the replay acts with. */
export interface Stage {
  readonly chain: DemoChain;
  readonly deployment: LocalDeployment;
  readonly scenario: Scenario;
  readonly permits: PermitSigner;
  /** Unix seconds that the scenario's times are counted from. */
  readonly start: bigint;
  /** By index of the claim, from its creation on. */
  readonly markets: LiveMarket[];
}

/** A market of the replay and what was seen of it. Amounts in USDC units. */
export interface LiveMarket {
  readonly plan: PlannedClaim;
  readonly contract: BeliefMarket;
  readonly address: string;
  /** The highest entry fee it can ask, which everybody in the demo accepts. */
  readonly feeLimitBps: bigint;
  /** Position ids by index of the person. */
  readonly positionIds: Map<number, bigint>;
  /** `belief()` in wad, so many days after the creation. */
  readonly beliefs: { readonly day: number; readonly wad: bigint }[];
  readonly snapshots: Snapshot[];
  /** As of the latest reading. */
  supportPrincipal: bigint;
  opposePrincipal: bigint;
  undistributed: bigint;
}

/** A step that needs a transaction. */
export type TransactionStep = Exclude<Step, { kind: "read" }>;

type PositionStep = Extract<Step, { kind: "exit" | "claim" | "withdraw" }>;

const factoryInterface = BeliefFactory__factory.createInterface();
const marketInterface = BeliefMarket__factory.createInterface();
const committedTopic = marketInterface.getEvent("Committed").topicHash;

/** The market of a step. It exists: a plan creates a market before anything else happens to its claim. */
export function marketOf(stage: Stage, step: Step): LiveMarket {
  return stage.markets[step.claim] as LiveMarket;
}

/** Whether a step that the plan foresees has anything to do: `distribute` has not where all rewards are shared. */
export function isNeeded(stage: Stage, step: TransactionStep): boolean {
  return step.kind !== "distribute" || marketOf(stage, step).undistributed > 0n;
}

/** The transaction that carries out a step. */
export async function callFor(stage: Stage, step: TransactionStep): Promise<Call> {
  switch (step.kind) {
    case "create": {
      const { claimId, authorStake } = stage.scenario.claims[step.claim] as PlannedClaim;
      const data = factoryInterface.encodeFunctionData("createMarket", [claimId, authorStake]);
      return { from: stage.chain.accountOf(step.person), to: await stage.deployment.beliefFactory.getAddress(), data };
    }
    case "commit":
      return commitCall(stage, step);
    case "exit":
      return positionCall(stage, step, (id) => marketInterface.encodeFunctionData("exitEarly", [id]));
    case "claim":
      return positionCall(stage, step, (id) => marketInterface.encodeFunctionData("claimRewards", [id]));
    case "withdraw":
      return positionCall(stage, step, (id) => marketInterface.encodeFunctionData("withdraw", [id]));
    case "distribute": {
      const data = marketInterface.encodeFunctionData("distribute");
      return { from: stage.chain.operator, to: marketOf(stage, step).address, data };
    }
  }
}

/** Takes note of what a mined step has brought about: a market, a position. */
export async function noteStep(stage: Stage, step: TransactionStep, receipt: Receipt): Promise<void> {
  if (step.kind === "create") {
    const plan = stage.scenario.claims[step.claim] as PlannedClaim;
    const { beliefFactory, deployer } = stage.deployment;
    const address = await beliefFactory.marketOf(plan.claimId);
    const contract = BeliefMarket__factory.connect(address, deployer);
    const { lateEntryFeeMaxBps } = await contract.params();
    stage.markets[step.claim] = {
      plan,
      contract,
      address,
      feeLimitBps: lateEntryFeeMaxBps,
      positionIds: new Map(),
      beliefs: [],
      snapshots: [],
      supportPrincipal: 0n,
      opposePrincipal: 0n,
      undistributed: 0n,
    };
  }
  const committed = receipt.logs.find((log) => log.topics[0] === committedTopic);
  if (committed === undefined || !("person" in step)) return;
  const { positionId } = marketInterface.decodeEventLog("Committed", committed.data, [...committed.topics]);
  marketOf(stage, step).positionIds.set(step.person, positionId as bigint);
}

async function commitCall(stage: Stage, step: Extract<Step, { kind: "commit" }>): Promise<Call> {
  const { address: to, feeLimitBps } = marketOf(stage, step);
  const from = stage.chain.accountOf(step.person);
  const { side, amount } = step;
  const { deadline, signature } = await stage.permits.sign(from, to, amount, stage.start + step.at + HOUR);
  const { v, r, s } = signature;
  const data = marketInterface.encodeFunctionData("commitWithPermit", [side, amount, feeLimitBps, deadline, v, r, s]);
  return { from, to, data };
}

/** A call by a person on their position in a market. */
function positionCall(stage: Stage, step: PositionStep, encode: (positionId: bigint) => string): Call {
  const { address: to, positionIds } = marketOf(stage, step);
  const positionId = positionIds.get(step.person) as bigint;
  return { from: stage.chain.accountOf(step.person), to, data: encode(positionId) };
}
