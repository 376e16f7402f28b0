import type { EpochRules } from "../../sdk/stake/schedule.ts";
import type { ITruthSerum } from "../../typechain-types/index.ts";
import { Breaker } from "../breaker.ts";
import type { Chain } from "../chain.ts";
import type { Log } from "../log.ts";
import { Sender, type SendLimits } from "../send.ts";
import { Stepper } from "../step.ts";
import type { Workplace } from "./job.ts";

/** A claim's epoch. */
export interface EpochKey {
  readonly claimId: string;
  readonly epoch: bigint;
}

/** A name of a claim's epoch that no other has. */
export function keyOf({ claimId, epoch }: EpochKey): string {
  return `${claimId}/${epoch}`;
}

/** Whoever works on epochs: eyes, hands, and a memory of what failed. */
export interface EpochsContext extends Workplace {
  readonly chain: Chain;
  /** Bound to the chain's provider. */
  readonly serum: ITruthSerum;
  readonly rules: EpochRules;
  readonly stepper: Stepper;
}

/** How to work on epochs. */
export interface EpochsOptions {
  readonly limits: SendLimits;
  readonly log: Log;
  /** Given when the work is to end. */
  readonly signal: AbortSignal;
  /** Rest of an item after its first failure, in milliseconds. */
  readonly rest: number;
}

/**
 * Prepares to work on epochs.
 *
 * @param chain The chain, with the account that sends.
 * @param serum The serum, bound to the chain's provider.
 */
export async function epochsContext(chain: Chain, serum: ITruthSerum, options: EpochsOptions): Promise<EpochsContext> {
  const { limits, log, signal, rest } = options;
  const rules = {
    startedAt: await serum.startedAt(),
    epochLength: await serum.epochLength(),
    revealWindow: await serum.revealWindow(),
  };
  const stepper = new Stepper(chain, new Sender(chain, limits, log, signal), log, signal);
  return { chain, serum, rules, stepper, breaker: new Breaker(rest), log, signal };
}

/** Whether nothing is left to do in an epoch: also where a reorganisation took back the commits that made it known. */
export function isDistributed({ joined, distributed }: { joined: bigint; distributed: bigint }): boolean {
  return distributed === joined;
}
