import { conservationOf, type Holding } from "./conservation.ts";
import { Difference } from "./difference.ts";
import { leaveAll } from "./leaving.ts";
import { Life } from "./life.ts";
import { type Summary, summaryOf } from "./summary.ts";

/** A run. */
export interface RunOptions {
  readonly seed: number;
  readonly steps: number;
  /** The last step, where the run is to end before everybody leaves. */
  readonly until?: number;
  /** Told after each step. */
  readonly onStep?: (step: number) => void;
  /** Done before a step, for tests that spoil something. */
  readonly before?: (life: Life, step: number) => Promise<void>;
}

/** Why a run ended before its end. */
export interface Failure {
  /** From 1 on; one more than the run has while everybody leaves, 0 before the first. */
  readonly step: number;
  /** What was going on. */
  readonly doing: string;
  /** What was compared, and what contract and model say, where that is known. */
  readonly what: string;
  readonly onChain: string | null;
  readonly inModel: string | null;
}

/** What a run came to. */
export interface Outcome {
  /** What happened until the run ended. */
  readonly summary: Summary;
  readonly failure: Failure | undefined;
  /** What every contract holds once everybody has left; nothing where the run ended before. */
  readonly holdings: readonly Holding[];
}

/**
 * Lives a life of the whole protocol: a failure of contract, model or invariant is in the outcome.
 *
 * @throws What is wrong with the simulation before the first step, such as a chain that does not start.
 */
export async function simulate(options: RunOptions): Promise<Outcome> {
  const { seed, steps, until } = options;
  const life = await Life.begin(seed, steps);
  const at = { step: 0 };
  try {
    await live(life, options, at);
    if (until !== undefined) return { summary: summaryOf(life), failure: undefined, holdings: [] };
    const summary = summaryOf(life);
    at.step = steps + 1;
    await leaveAll(life);
    const holdings = await conservationOf(life.scene.stage);
    return { summary: { ...summary, figures: summaryOf(life).figures }, failure: undefined, holdings };
  } catch (error) {
    return { summary: summaryOf(life), failure: failureOf(error, life, at.step), holdings: [] };
  } finally {
    await life.close();
  }
}

async function live(life: Life, { steps, until, onStep, before }: RunOptions, at: { step: number }): Promise<void> {
  for (at.step = 1; at.step <= (until ?? steps); at.step++) {
    await before?.(life, at.step);
    await life.step(at.step);
    onStep?.(at.step);
  }
}

function failureOf(error: unknown, { doing }: Life, step: number): Failure {
  if (error instanceof Difference) {
    const { what, onChain, inModel } = error;
    return { step, doing, what, onChain, inModel };
  }
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { step, doing, what, onChain: null, inModel: null };
}
