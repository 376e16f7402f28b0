import type { IArgumentStaking } from "../../typechain-types/index.ts";
import type { Progress, Step } from "../step.ts";
import type { Workshop } from "../workshop.ts";
import { type ItemResult, type Job, type JobReport, workThrough } from "./job.ts";

/** Whoever works on the stakes of arguments. */
export interface ArgumentsContext extends Workshop {
  /** Bound to the chain's provider. */
  readonly staking: IArgumentStaking;
}

/** What is done about expired stakes: the queue as a whole is one item, as its order is the contract's. */
const ITEM = "expired stakes";

/** Ids of stakes are below 2^32, and so are counts of them: nobody knows how many of those at the head have ended. */
const MOST_STAKES = 2n ** 32n - 1n;

/**
 * Pays every stake that has expired by now, in the order of the queue and in batches that fit the gas cap.
 *
 * @returns A report on one item, due where a stake has expired.
 * @throws The node's error where it does not tell what time it is.
 */
export async function payExpiredStakes(context: ArgumentsContext): Promise<JobReport> {
  const now = await context.chain.now();
  const { report } = await workThrough([ITEM], String, () => payUntil(context, now), context);
  return report;
}

/** The job that pays the expired stakes of arguments. */
export function argumentsJob(context: ArgumentsContext): Job {
  return { name: "arguments", run: () => payExpiredStakes(context) };
}

async function payUntil({ staking, stepper }: ArgumentsContext, instant: bigint): Promise<ItemResult> {
  const step = await payStep(staking, instant);
  for (let isIdle = true; ; isIdle = false) {
    const result = await stepper.perform(step);
    if (result === "idle") return isIdle ? "idle" : "done";
    if (result === "planned" || result === "interrupted") return "left";
  }
}

/** Pays the stakes whose end is not after `instant`, which is past. */
async function payStep(staking: IArgumentStaking, instant: bigint): Promise<Step> {
  const to = await staking.getAddress();
  const contract = staking.interface;
  return {
    name: "pay",
    facts: {},
    contract,
    most: MOST_STAKES,
    call: (count) => ({ to, data: contract.encodeFunctionData("processExpired", [count]) }),
    read: (returned, count) => {
      const [processed] = contract.decodeFunctionResult("processExpired", returned);
      return { processed, isLast: processed < count };
    },
    // Of the stakes that end by a past instant none is added and none ends but by being paid, the earliest first. So
    // this grows by payments alone, whatever stakes are made, deleted and slashed meanwhile.
    progress: async () => {
      const { nextEndTime } = await staking.activeStakes();
      const isPaid = nextEndTime === 0n || nextEndTime > instant;
      return { done: isPaid ? instant : nextEndTime - 1n, of: instant };
    },
    tell: overdueOf,
  };
}

/** Seconds for which the earliest unpaid stake has been due; 0 where none is. */
function overdueOf({ done, of }: Progress): { overdue: number } {
  return { overdue: done === of ? 0 : Number(of - done - 1n) };
}
