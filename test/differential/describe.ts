import { expect } from "chai";
import { extraSeeds } from "../fixtures/random.ts";

/** A history as a test drives it. */
export interface Drivable {
  /** How often each action succeeded and each error was met. */
  readonly done: Readonly<Record<string, number>>;
  step(): Promise<void>;
  end(): Promise<void>;
}

/** How a mechanism is compared with its model. */
export interface HistoryTest<H extends Drivable> {
  /** What is compared. */
  readonly subject: string;
  /** A seed that ever failed stays in the list for good. `CREDENCE_SEEDS=100-149 npm test` adds others. */
  readonly seeds: readonly number[];
  /** Actions of a history. */
  readonly steps: number;
  /** What the actions of a seed are like, after "random actions". */
  readonly trait?: (seed: number) => string;
  readonly begin: (seed: number) => Promise<H>;
  /** Plans something that chance would not bring, before the step. */
  readonly intervene?: (history: H, step: number, seed: number) => void;
  /** What all seeds together must do more often than this: actions, events, and what only the figures tell. */
  readonly often: Readonly<Record<string, number>>;
  /** Errors that all seeds together must meet. */
  readonly refusals: readonly string[];
}

/** Drives contracts and model through a history for each seed; at the end they must have done all they can. */
export function describeHistories<H extends Drivable>(test: HistoryTest<H>): void {
  const { subject, seeds, steps, trait, begin, intervene, often, refusals } = test;
  describe(`${subject} against its reference model`, () => {
    const total: Record<string, number> = {};

    for (const seed of [...seeds, ...extraSeeds(process.env.CREDENCE_SEEDS)]) {
      const actions = ["random actions", ...(trait === undefined ? [] : [trait(seed)])].join(" ");
      it(`agrees in every figure through ${steps} ${actions} from seed ${seed}`, async () => {
        const history = await begin(seed);
        for (let step = 0; step < steps; step++) {
          intervene?.(history, step, seed);
          await history.step();
        }
        await history.end();

        for (const [what, count] of Object.entries(history.done)) total[what] = (total[what] ?? 0) + count;
      });
    }

    it("did everything often", () => {
      for (const [what, least] of Object.entries(often)) expect(total[what], what).to.be.greaterThan(least);
    });

    it("was refused everything that can be refused", () => {
      for (const error of refusals) expect(total[error], error).to.be.greaterThan(0);
    });
  });
}
