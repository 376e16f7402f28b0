import { ArgumentStaking__factory } from "../../../typechain-types/index.ts";
import type { Receipt } from "../chain.ts";
import type { Progress } from "../progress.ts";
import { DAY } from "../time.ts";
import { groupByTime } from "../timeline.ts";
import type { Snapshot } from "./accounts.ts";
import { takeSnapshot } from "./books.ts";
import { letKeeperPay } from "./keeper.ts";
import type { PlannedStep } from "./plan.ts";
import {
  callFor,
  isRefused,
  noteStep,
  type PersonalStep,
  type Refused,
  type Stage,
  tryRefused,
  withdrawCall,
} from "./stage.ts";

/** The kinds of transactions whose gas is told apart; `decide` is the mark that finds an argument unhelpful. */
export type GasKind = "write" | "upvote" | "delete" | "mark" | "decide" | "withdraw";

/** What is noted while a debate is lived through. */
export interface Notes {
  readonly refused: Refused[];
  /** At the end of each day on which something happened. */
  readonly snapshots: Snapshot[];
  /** Gas of each transaction, by kind. */
  readonly gas: Map<GasKind, bigint[]>;
}

const unhelpfulTopic = ArgumentStaking__factory.createInterface().getEvent("ArgumentFoundUnhelpful").topicHash;

/** Carries out the plan: all that happens at one second goes into one block. */
export async function runDebate(stage: Stage, progress: Progress): Promise<Notes> {
  const { steps } = stage.plan;
  const notes: Notes = { refused: [], snapshots: [], gas: new Map() };
  progress.start(steps.length);
  try {
    let done = 0;
    for (const simultaneous of groupByTime(steps)) {
      const day = (simultaneous[0] as PlannedStep).at / DAY;
      await runSecond(stage, simultaneous, notes);
      done += simultaneous.length;
      const next = steps[done];
      if (next === undefined || next.at / DAY > day) notes.snapshots.push(await takeSnapshot(stage, `day ${day}`));
      progress.update(done, `day ${day}`);
    }
  } finally {
    progress.stop();
  }
  return notes;
}

async function runSecond(stage: Stage, steps: readonly PlannedStep[], notes: Notes): Promise<void> {
  const time = stage.start + (steps[0] as PlannedStep).at;
  const sent: PersonalStep[] = [];
  for (const step of steps) {
    if (step.kind === "process") await letKeeperPay(stage, time);
    else if (step.kind === "withdraw") await withdrawAll(stage, time, notes);
    else if (isRefused(step)) notes.refused.push(await tryRefused(stage, step));
    else sent.push(step);
  }
  if (sent.length === 0) return;
  const receipts = await stage.chain.mineAt(
    time,
    sent.map((step) => callFor(stage, step)),
  );
  for (const [index, step] of sent.entries()) {
    const receipt = receipts[index] as Receipt;
    noteStep(stage, step, receipt);
    const isDecisive = receipt.logs.some(({ topics: [topic] }) => topic === unhelpfulTopic);
    if (step.kind !== "fund") noteGas(notes, isDecisive ? "decide" : step.kind, receipt);
  }
}

/** Everybody to whom something was credited takes it. */
async function withdrawAll(stage: Stage, time: bigint, notes: Notes): Promise<void> {
  const { chain, plan, deployment } = stage;
  const calls = [];
  for (const person of plan.people.keys()) {
    const { credited } = await deployment.argumentStaking.account(chain.accountOf(person));
    if (credited > 0n) calls.push(withdrawCall(stage, person));
  }
  for (const receipt of await chain.mineAt(time, calls)) noteGas(notes, "withdraw", receipt);
}

function noteGas({ gas }: Notes, kind: GasKind, { gasUsed }: Receipt): void {
  gas.set(kind, [...(gas.get(kind) ?? []), BigInt(gasUsed)]);
}
