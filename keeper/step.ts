import type { Interface, TransactionReceipt } from "ethers";
import { messageOf } from "../sdk/errors.ts";
import { type Batch, sizeBatch, type Trial } from "./batch.ts";
import { type Chain, waitFor } from "./chain.ts";
import { RevertError, revertOf, StepError } from "./errors.ts";
import type { Log } from "./log.ts";
import type { Call, Sender } from "./send.ts";

/** Something that a transaction, or several, can move forward; anyone may, and nothing happens twice. */
export interface Step {
  /** A verb, for the log; steps of one name cost alike. */
  readonly name: string;
  /** What it is about, for the log. */
  readonly facts: Readonly<Record<string, string>>;
  /** The errors the contract throws. */
  readonly contract: Interface;
  /** The most items that are left, at least 1. */
  readonly most: bigint;
  /** The call that goes through up to `count` items. */
  call(count: bigint): Call;
  /** What a simulated call for `count` items says in the data it returns. */
  read(returned: string, count: bigint): Pick<Trial, "processed" | "isLast">;
  /** How far it is, as the latest block has it. */
  progress(): Promise<Progress>;
  /** How far it is, for the log. */
  tell(progress: Progress): Readonly<Record<string, number>>;
}

/** How far a step is: `done` only grows, until it is `of`. */
export interface Progress {
  readonly done: bigint;
  readonly of: bigint;
}

/** Progress that is counted in items, for the log, which takes no bigints. */
export function inItems({ done, of }: Progress): { done: number; of: number } {
  return { done: Number(done), of: Number(of) };
}

/**
 * What became of a step: it was done before; this keeper moved it; a rival did; a dry run would have; or the process is
 * to end, and a transaction that is on its way may still be mined.
 */
export type StepResult = "idle" | "moved" | "overtaken" | "planned" | "interrupted";

/** Of the gas cap, what a batch may need by its estimate, in per cent. */
export const BUDGET_PERCENT = 90n;

/** An estimate made a second earlier can be too low: room for a ninth more, which 90 % of the cap leaves, and two slots. */
const MARGIN_DIVISOR = 9n;
const MARGIN_GAS = 50_000n;

/** Gas an item is taken to need before the first estimate. */
const FIRST_GUESS = 30_000n;

/** Simulates steps, sizes their batches, sends them, and ties each result to a change that it observed. */
export class Stepper {
  readonly #chain: Chain;
  readonly #sender: Sender;
  readonly #log: Log;
  readonly #signal: AbortSignal;
  /** Gas of an item, by name of the step, as the last estimate had it. */
  readonly #gasPerItem = new Map<string, bigint>();

  /** @param signal Given when the process is to end: nothing is sent after it. */
  constructor(chain: Chain, sender: Sender, log: Log, signal: AbortSignal) {
    this.#chain = chain;
    this.#sender = sender;
    this.#log = log;
    this.#signal = signal;
  }

  /**
   * Moves a step forward by one batch.
   *
   * @throws RevertError where the contract refuses it, StepError where one item needs more gas than there is or a
   * transaction changed nothing, and the node's errors; never because a rival was faster.
   */
  async perform(step: Step): Promise<StepResult> {
    const before = await this.#progressOf(step);
    if (before.done === before.of) return "idle";
    const isOvertaken = async () => (await this.#progressOf(step)).done > before.done || undefined;
    const cap = await this.#sender.gasCap();
    let batch: Batch;
    try {
      batch = await this.#size(step, cap);
    } catch (error) {
      // What was due a moment ago may have been done since, and be refused for that.
      if (await isOvertaken()) return "overtaken";
      throw error;
    }
    if (batch.processed === 0n) return this.#waitForRival(step, isOvertaken);

    const plan = { ...step.facts, items: Number(batch.processed), gas: Number(batch.gas) };
    if (this.#sender.isDryRun) {
      this.#log.info({ ...plan, ...step.tell(before) }, `${step.name}: would be sent`);
      return "planned";
    }
    if (this.#signal.aborted) return "interrupted";
    return this.#send(step, batch, cap, isOvertaken);
  }

  async #send(
    step: Step,
    batch: Batch,
    cap: bigint,
    isOvertaken: () => Promise<true | undefined>,
  ): Promise<StepResult> {
    // No more than what it was sized for: more may have become due since.
    const call = step.call(atMost(batch.processed, batch.count));
    const sent = await this.#sender.send(call, atMost(batch.gas + batch.gas / MARGIN_DIVISOR + MARGIN_GAS, cap));
    if (sent.outcome === "interrupted") return "interrupted";
    if (sent.outcome === "mined" && hasEffect(sent.receipt, call)) {
      const { hash, gasUsed } = sent.receipt;
      const items = Number(batch.processed);
      const now = step.tell(await this.#progressOf(step));
      this.#log.info({ ...step.facts, items, ...now, gasUsed: Number(gasUsed), hash }, `${step.name}: done`);
      return "moved";
    }
    if (await isOvertaken()) {
      this.#log.info(step.facts, `${step.name}: somebody was faster`);
      return "overtaken";
    }
    if (sent.outcome === "overtaken") {
      throw new StepError(`${step.name}: the transaction failed, or another took its nonce`, step.facts);
    }
    const { hash, status, gasUsed } = sent.receipt;
    throw new StepError(`${step.name} changed nothing`, { ...step.facts, hash, status, gasUsed });
  }

  async #progressOf(step: Step): Promise<Progress> {
    try {
      return await step.progress();
    } catch (error) {
      throw explained(step, error);
    }
  }

  async #size(step: Step, cap: bigint): Promise<Batch> {
    const budget = (cap * BUDGET_PERCENT) / 100n;
    const guess = budget / (this.#gasPerItem.get(step.name) ?? FIRST_GUESS);
    let reason: unknown;
    const batch = await sizeBatch(step.most, guess, budget, async (count) => {
      const call = step.call(count);
      try {
        const returned = await this.#chain.simulate(call, cap);
        return { ...step.read(returned, count), gas: await this.#chain.estimate(call, cap) };
      } catch (error) {
        reason = explained(step, error);
        if (reason instanceof RevertError) throw reason;
        return undefined;
      }
    });
    if (batch === undefined) {
      const because = reason === undefined ? "more gas than the cap allows" : messageOf(reason);
      throw new StepError(`${step.name} does not go through for a single item: ${because}`, { ...step.facts, budget });
    }
    if (batch.processed > 0n) this.#gasPerItem.set(step.name, batch.gas / batch.processed);
    return batch;
  }

  /** What is seen in the pending block has been done by a transaction that is not mined yet. */
  async #waitForRival(step: Step, isOvertaken: () => Promise<true | undefined>): Promise<StepResult> {
    if (await waitFor(isOvertaken, this.#sender.patience, this.#signal)) return "overtaken";
    if (this.#signal.aborted) return "interrupted";
    throw new StepError(`${step.name} has nothing left to do, yet is not done`, step.facts);
  }
}

/** A contract's refusal in its own words; any other failure as it is. */
function explained(step: Step, error: unknown): unknown {
  const revert = revertOf(error, step.contract);
  return revert === undefined ? error : new RevertError(step.name, revert, error);
}

/** Whether a transaction left a trace of the contract it went to. */
function hasEffect({ status, logs }: TransactionReceipt, { to }: Call): boolean {
  return status === 1 && logs.some(({ address }) => address.toLowerCase() === to.toLowerCase());
}

function atMost(value: bigint, limit: bigint): bigint {
  return value < limit ? value : limit;
}
