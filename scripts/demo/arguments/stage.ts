import { type ErrorDescription, MaxUint256 } from "ethers";
import type { LocalDeployment } from "../../../ignition/deploy.ts";
import { revertOf } from "../../../keeper/errors.ts";
import type { ArgumentDraft } from "../../../sdk/argument/model.ts";
import { UnhelpfulReason } from "../../../sdk/argument/state.ts";
import {
  ArgumentStaking__factory,
  BeliefFactory__factory,
  CouncilToken__factory,
} from "../../../typechain-types/index.ts";
import { type Call, type DemoChain, DemoTransactionError, type Receipt } from "../chain.ts";
import type { WrittenArgument } from "./debate.ts";
import type { Plan, PlannedClaim, PlannedStep } from "./plan.ts";
import type { Refusal } from "./story.ts";

/** What somebody tried and the contract refused. */
export interface Refused {
  readonly step: RefusedStep;
  /** The argument it is about; undefined for one that would have been written. */
  readonly argumentId: bigint | undefined;
  /** What would have been written, or what would have been upvoted. */
  readonly draft: ArgumentDraft;
  /** In its own words. */
  readonly error: ErrorDescription;
  /** Unix seconds. */
  readonly at: bigint;
}

/** A step of one person that needs a transaction. */
export type PersonalStep = Extract<PlannedStep, { person: number }>;

/** A step that the plan expects to be refused. */
export type RefusedStep = Extract<PlannedStep, { refusedWith?: Refusal }> & { readonly refusedWith: Refusal };

/** Everything the replay acts with. */
export interface Stage {
  readonly chain: DemoChain;
  readonly deployment: LocalDeployment;
  readonly plan: Plan;
  /** Unix seconds that the plan's times are counted from. */
  readonly start: bigint;
  /** Address of the contract that arguments are staked in. */
  readonly staking: string;
  /** An account without rights, which pays what has expired. */
  readonly keeper: string;
  /** Ids by index of the argument, from its creation on. */
  readonly argumentIds: Map<number, bigint>;
}

const factoryInterface = BeliefFactory__factory.createInterface();
const tokenInterface = CouncilToken__factory.createInterface();
const stakingInterface = ArgumentStaking__factory.createInterface();
const createdTopic = stakingInterface.getEvent("ArgumentCreated").topicHash;

/** Sets the stage. The last account of the chain becomes the keeper. */
export async function setStage(
  chain: DemoChain,
  deployment: LocalDeployment,
  plan: Plan,
  start: bigint,
): Promise<Stage> {
  const staking = await deployment.argumentStaking.getAddress();
  const keeper = chain.accounts.at(-1) as string;
  return { chain, deployment, plan, start, staking, keeper, argumentIds: new Map() };
}

/** Claims come into being, everybody gets their purse from who deployed, and lets the contract take stakes out of it. */
export async function preparationCalls({ chain, deployment, plan, staking }: Stage): Promise<Call[]> {
  const factory = await deployment.beliefFactory.getAddress();
  const token = await deployment.councilToken.getAddress();
  const purses = plan.people.map(({ purse }) => purse);
  return [
    ...plan.claims.map(({ claimId }) => ({
      from: chain.operator,
      to: factory,
      data: factoryInterface.encodeFunctionData("createMarket", [claimId, 0n]),
    })),
    ...purses.map((purse, person) => ({
      from: chain.operator,
      to: token,
      data: tokenInterface.encodeFunctionData("transfer", [chain.accountOf(person), purse]),
    })),
    ...purses.map((_, person) => ({
      from: chain.accountOf(person),
      to: token,
      data: tokenInterface.encodeFunctionData("approve", [staking, MaxUint256]),
    })),
  ];
}

/** The transaction that carries out a step. */
export function callFor(stage: Stage, step: PersonalStep): Call {
  return { from: stage.chain.accountOf(step.person), to: stage.staking, data: dataFor(stage, step) };
}

/** The transaction with which somebody takes what was credited to them. */
export function withdrawCall({ chain, staking }: Stage, person: number): Call {
  return { from: chain.accountOf(person), to: staking, data: stakingInterface.encodeFunctionData("withdraw") };
}

/** Takes note of the id that a new argument was given. */
export function noteStep({ argumentIds }: Stage, step: PersonalStep, { logs }: Receipt): void {
  const created = logs.find((log) => log.topics[0] === createdTopic);
  if (created === undefined || step.kind !== "write") return;
  const { argumentId } = stakingInterface.decodeEventLog("ArgumentCreated", created.data, [...created.topics]);
  argumentIds.set(step.argument, argumentId as bigint);
}

/** Whether the plan expects a step to be refused. */
export function isRefused(step: PlannedStep): step is RefusedStep {
  return "refusedWith" in step && step.refusedWith !== undefined;
}

/** Lets somebody try what will be refused. Throws `DemoTransactionError` where it is not, or with another error. */
export async function tryRefused(stage: Stage, step: RefusedStep): Promise<Refused> {
  const at = stage.start + step.at;
  const cause = await stage.chain.mineRefused(at, callFor(stage, step));
  const error = revertOf(cause, stakingInterface);
  if (error?.name === step.refusedWith) {
    return { step, argumentId: stage.argumentIds.get(step.argument), draft: draftOf(stage.plan, step), error, at };
  }
  const seen = error?.name ?? String(cause);
  throw new DemoTransactionError("a transaction was refused for another reason", { seen, expected: step.refusedWith });
}

function dataFor({ plan, argumentIds }: Stage, step: PersonalStep): string {
  if (step.kind === "fund") return stakingInterface.encodeFunctionData("fundRewards", [step.amount]);
  if (step.kind === "write") {
    const { claimId, side, summary, body } = draftOf(plan, step);
    return stakingInterface.encodeFunctionData("createArgument", [claimId, side, summary, body]);
  }
  const id = argumentIds.get(step.argument);
  const { key } = plan.arguments[step.argument] as WrittenArgument;
  if (id === undefined) throw new DemoTransactionError("nobody has written this argument yet", { key });
  switch (step.kind) {
    case "upvote":
      return stakingInterface.encodeFunctionData("upvote", [id]);
    case "delete":
      return stakingInterface.encodeFunctionData("deleteArgument", [id]);
    case "mark":
      return stakingInterface.encodeFunctionData("markUnhelpful", [id, UnhelpfulReason[step.reason]]);
  }
}

/** The argument of a step, as it is written. */
function draftOf({ arguments: all, claims }: Plan, step: { readonly argument: number }): ArgumentDraft {
  const { claim, side, summary, body } = all[step.argument] as WrittenArgument;
  const { claimId } = claims.find(({ text }) => text === claim) as PlannedClaim;
  return { claimId, side, summary, body };
}
