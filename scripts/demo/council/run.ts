import { type ErrorDescription, id } from "ethers";
import { revertOf } from "../../../keeper/errors.ts";
import {
  CouncilGovernor__factory,
  CouncilStaking__factory,
  TimelockController__factory,
} from "../../../typechain-types/index.ts";
import { type Call, DemoTransactionError, type Receipt } from "../chain.ts";
import type { Progress } from "../progress.ts";
import { DAY } from "../time.ts";
import { groupByTime } from "../timeline.ts";
import { type ProposalCount, type Snapshot, takeCount, takeSnapshot } from "./books.ts";
import { type ProposalKey, SESSIONS, type SessionKey } from "./motions.ts";
import { callsFor, type PlainStep, type Stage, sessionVoteCalls, withdrawCalls } from "./stage.ts";
import { END, type Refusal, STORY, type StoryStep } from "./story.ts";

/** What somebody tried and a contract refused. */
export interface Refused {
  readonly step: RefusedStep;
  /** In the contract's own words. */
  readonly error: ErrorDescription;
}

/** A step that the story expects to be refused. */
export type RefusedStep = Extract<StoryStep, { refusedWith?: Refusal }> & { readonly refusedWith: Refusal };

/** What is noted while the year is lived through. */
export interface Notes {
  readonly refused: Refused[];
  /** When each week begins, before it does, and at the end. */
  readonly snapshots: Snapshot[];
  /** When voting on each proposal is over. */
  readonly counts: Map<ProposalKey, ProposalCount>;
  /** Gas of each transaction, by kind of step. */
  readonly gas: Map<StoryStep["kind"], bigint[]>;
}

/** Contracts whose errors the story expects. */
const REFUSING = [
  CouncilStaking__factory.createInterface(),
  CouncilGovernor__factory.createInterface(),
  TimelockController__factory.createInterface(),
];

/** Lives through the year: all that happens at one second goes into one block. */
export async function runYear(stage: Stage, progress: Progress, story: readonly StoryStep[] = STORY): Promise<Notes> {
  const notes: Notes = { refused: [], snapshots: [], counts: new Map(), gas: new Map() };
  progress.start(story.length);
  try {
    let done = 0;
    for (const simultaneous of groupByTime(story)) {
      await runSecond(stage, simultaneous, notes);
      done += simultaneous.length;
      progress.update(done, `day ${(simultaneous[0] as StoryStep).at / DAY}`);
    }
    await stage.chain.mineAt(stage.start + END);
    notes.snapshots.push(await takeSnapshot(stage, "at the end"));
  } finally {
    progress.stop();
  }
  return notes;
}

async function runSecond(stage: Stage, steps: readonly StoryStep[], notes: Notes): Promise<void> {
  const { at } = steps[0] as StoryStep;
  const time = stage.start + at;
  const sent: { readonly kind: StoryStep["kind"]; readonly call: Call }[] = [];
  const send = (kind: StoryStep["kind"], calls: readonly Call[]) => sent.push(...calls.map((call) => ({ kind, call })));
  for (const step of steps) {
    if (isRefused(step)) notes.refused.push({ step, error: await tryRefused(stage, step) });
    else if (step.kind === "count") notes.counts.set(step.proposal, await takeCount(stage, step.proposal, time));
    else if (step.kind === "vote in session") send(step.kind, await sessionVoteCalls(stage, step.session));
    else if (step.kind === "withdraw") send(step.kind, await withdrawCalls(stage));
    else {
      if (step.kind === "draw") await awaitRandomness(stage, step.session);
      send(step.kind, callsFor(stage, step));
    }
  }
  if (sent.length === 0) return;
  const receipts = await stage.chain.mineAt(
    time,
    sent.map(({ call }) => call),
  );
  for (const [index, { kind }] of sent.entries()) {
    const { gasUsed } = receipts[index] as Receipt;
    notes.gas.set(kind, [...(notes.gas.get(kind) ?? []), BigInt(gasUsed)]);
  }
  const isNewWeek = steps.some(({ kind }) => kind === "period");
  if (isNewWeek) notes.snapshots.push(await takeSnapshot(stage, `day ${at / DAY}`));
}

/**
 * Lets a block go by, so that nobody could know the randomness of the next one when a session was opened; and makes that
 * the same in each run: whom the session draws is left to weights, and to its topic.
 */
async function awaitRandomness({ chain }: Stage, session: SessionKey): Promise<void> {
  await chain.mineNext([]);
  await chain.connection.provider.request({ method: "hardhat_setPrevRandao", params: [id(SESSIONS[session].topic)] });
}

/** Whether the story expects a step to be refused. */
export function isRefused(step: StoryStep): step is RefusedStep {
  return "refusedWith" in step && step.refusedWith !== undefined;
}

/** Lets somebody try what will be refused. Throws `DemoTransactionError` where it is not, or with another error. */
export async function tryRefused(stage: Stage, step: RefusedStep): Promise<ErrorDescription> {
  const [call] = callsFor(stage, step as PlainStep) as [Call];
  const cause = await stage.chain.mineRefused(stage.start + step.at, call);
  const errors = REFUSING.map((contract) => revertOf(cause, contract)).filter((error) => error !== undefined);
  const expected = errors.find(({ name }) => name === step.refusedWith);
  if (expected !== undefined) return expected;
  const seen = errors[0]?.name ?? String(cause);
  throw new DemoTransactionError("a transaction was refused for another reason", { seen, expected: step.refusedWith });
}
