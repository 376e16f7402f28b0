import type { Interface } from "ethers";
import { settleableAt } from "../../sdk/stake/schedule.ts";
import type { ITruthSerum } from "../../typechain-types/index.ts";
import type { Discovery } from "../discovery.ts";
import { inItems, type Step } from "../step.ts";
import { openDueBeliefs } from "./beliefs.ts";
import type { EntrustedBeliefs } from "./entrusted.ts";
import { type EpochKey, type EpochsContext, isDistributed, keyOf } from "./epoch.ts";
import { type ItemResult, type Job, type JobReport, sumOf, workThrough } from "./job.ts";

/** What settling came to. */
export interface SettleReport extends JobReport {
  /** Epochs with nothing left to do, as the latest block has it. */
  readonly distributed: readonly EpochKey[];
}

/**
 * Settles and distributes those of `epochs` whose time for opening is over, in their order and in batches that fit the
 * gas cap. An epoch that fails does not stop the others.
 *
 * @param epochs A claim and an epoch each; those that are not due yet are passed over.
 * @throws The node's error where it does not tell what time it is.
 */
export async function settleDueEpochs(context: EpochsContext, epochs: readonly EpochKey[]): Promise<SettleReport> {
  const now = await context.chain.now();
  const due = epochs.filter(({ epoch }) => settleableAt(context.rules, epoch) <= now);
  const { report, finished } = await workThrough(due, keyOf, (epoch) => settleEpoch(context, epoch), context);
  return { ...report, distributed: finished };
}

/** What the job needs besides the means to work. */
export interface EpochsSources {
  readonly discovery: Discovery<EpochKey>;
  /** Beliefs to open, if any were entrusted. */
  readonly beliefs: EntrustedBeliefs | undefined;
}

/** The job that opens the beliefs entrusted to it, and settles and distributes every epoch that has participants. */
export function epochsJob(context: EpochsContext, { discovery, beliefs }: EpochsSources): Job {
  return {
    name: "epochs",
    async run() {
      // Opening has a deadline, settling has none.
      const opened = beliefs === undefined ? [] : [await openDueBeliefs(context, beliefs)];
      await discovery.scan();
      const { distributed, ...settled } = await settleDueEpochs(context, oldestFirst(discovery.items));
      await discovery.review(distributed);
      return sumOf(...opened, settled);
    },
  };
}

function oldestFirst(epochs: readonly EpochKey[]): EpochKey[] {
  return epochs.toSorted((a, b) => Number(a.epoch - b.epoch));
}

async function settleEpoch(context: EpochsContext, key: EpochKey): Promise<ItemResult> {
  for (let isIdle = true; ; isIdle = false) {
    const state = await context.serum.epochState(key.claimId, key.epoch);
    if (isDistributed(state)) return isIdle ? "idle" : "done";
    const step = state.isSettled
      ? // Not those without their part alone: a batch goes through all, also those who have claimed.
        await batchStep(context.serum, "distribute", key, state.joined)
      : await batchStep(context.serum, "settle", key, state.joined - state.scored);
    const result = await context.stepper.perform(step);
    if (result === "planned" || result === "interrupted") return "left";
  }
}

async function batchStep(
  serum: ITruthSerum,
  name: "settle" | "distribute",
  { claimId, epoch }: EpochKey,
  most: bigint,
): Promise<Step> {
  const to = await serum.getAddress();
  const contract: Interface = serum.interface;
  return {
    name,
    facts: { claimId, epoch: String(epoch) },
    contract,
    most,
    call: (count) => ({ to, data: contract.encodeFunctionData(name, [claimId, epoch, count]) }),
    read: (returned) => {
      const [processed, isLast] = contract.decodeFunctionResult(name, returned);
      return { processed, isLast };
    },
    progress: async () => {
      const { joined, scored, distributed } = await serum.epochState(claimId, epoch);
      return { done: name === "settle" ? scored : distributed, of: joined };
    },
    tell: inItems,
  };
}
