import { Breaker } from "./breaker.ts";
import type { Chain } from "./chain.ts";
import type { Workplace } from "./jobs/job.ts";
import type { Log } from "./log.ts";
import { Sender, type SendLimits } from "./send.ts";
import { Stepper } from "./step.ts";
import { NO_TALLY, type Tally } from "./tally.ts";

/** Where jobs work on a chain, all with the same eyes, hands and memory of what failed. */
export interface Workshop extends Workplace {
  readonly chain: Chain;
  readonly stepper: Stepper;
  readonly tally: Tally;
}

/** How to work. */
export interface WorkshopOptions {
  readonly limits: SendLimits;
  readonly log: Log;
  /** Given when the work is to end. */
  readonly signal: AbortSignal;
  /** Rest of an item after its first failure, in milliseconds. */
  readonly rest: number;
  /** Counts what is done; by default nobody does. */
  readonly tally?: Tally;
}

/**
 * Prepares to work on a chain. An account works in one workshop at a time: its transactions are sent one after the other.
 *
 * @param chain The chain, with the account that sends.
 */
export function openWorkshop(chain: Chain, options: WorkshopOptions): Workshop {
  const { limits, log, signal, rest, tally = NO_TALLY } = options;
  const stepper = new Stepper(chain, new Sender(chain, limits, log, signal, tally), log, signal);
  return { chain, stepper, breaker: new Breaker(rest), log, signal, tally };
}
