import type { ErrorDescription, Interface } from "ethers";
import { RevertError } from "./errors.ts";
import type { ItemResult } from "./jobs/job.ts";
import type { Call } from "./send.ts";
import { inItems, type Step, type Stepper } from "./step.ts";

/** What one call does, or nothing. */
export interface Whole {
  /** A verb, for the log. */
  readonly name: string;
  /** What it is about, for the log. */
  readonly facts: Readonly<Record<string, string>>;
  /** The errors the contract throws. */
  readonly contract: Interface;
  readonly call: Call;
  /** Whether it is done, as the latest block has it; never undone. */
  isDone(): Promise<boolean>;
}

/** A step of one item, which one call does. */
export function wholeStep({ name, facts, contract, call, isDone }: Whole): Step {
  return {
    name,
    facts,
    contract,
    most: 1n,
    call: () => call,
    read: () => ({ processed: 1n, isLast: true }),
    progress: async () => ({ done: (await isDone()) ? 1n : 0n, of: 1n }),
    tell: inItems,
  };
}

/**
 * Does what is due about an item, with one call.
 *
 * @param isOvertaken Whether a refusal says that somebody was faster: known to the block that was simulated on, and not
 * yet to the one that was looked at.
 * @throws As `Stepper.perform`, but for such a refusal.
 */
export async function performWhole(
  stepper: Stepper,
  whole: Whole,
  isOvertaken: (refusal: ErrorDescription) => boolean = () => false,
): Promise<ItemResult> {
  try {
    const result = await stepper.perform(wholeStep(whole));
    return result === "planned" || result === "interrupted" ? "left" : "done";
  } catch (error) {
    if (error instanceof RevertError && isOvertaken(error.revert)) return "done";
    throw error;
  }
}
