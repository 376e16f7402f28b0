import { ArgumentStatus } from "../sdk/argument/state.ts";
import { endsAt, epochOf, settleableAt } from "../sdk/stake/schedule.ts";
import { DAY, HOUR, MINUTE } from "../sdk/time.ts";
import { anyMagnitude } from "../test/fixtures/random.ts";
import { dueInQueries } from "./acts/queries.ts";
import { dueOpenings } from "./acts/stake.ts";
import type { Scene } from "./scene.ts";

/** Time that a step takes on average in a long run, in seconds. */
export const USUAL_PACE = 2n * HOUR + 20n * MINUTE;

/** Time that short runs try to live, in seconds: they live faster. */
export const LEAST_LIFE = 60n * DAY;

/** The most time that passes at once, in seconds: in more of it, people would miss what they owe one another. */
export const LONGEST_PAUSE = 15n * HOUR;

/** Lets time pass so that a run of `steps` steps lives as long as it should. */
export class Clock {
  readonly #scene: Scene;
  readonly #beganAt: bigint;
  readonly #life: bigint;
  readonly #steps: bigint;

  constructor(scene: Scene, steps: number) {
    this.#scene = scene;
    this.#beganAt = scene.now;
    this.#steps = BigInt(steps);
    this.#life = larger(this.#steps * USUAL_PACE, LEAST_LIFE);
  }

  /** Seconds that were lived so far. */
  get lived(): bigint {
    return this.#scene.now - this.#beganAt;
  }

  /** A moment, a while, or right up to when something changes, a second less or a second more. */
  pass(step: number): void {
    const { random, stage } = this.#scene;
    const due = this.#beganAt + (this.#life * BigInt(step)) / this.#steps - this.#scene.now;
    const behind = due < LONGEST_PAUSE ? due : LONGEST_PAUSE;
    const kind = random(0n, 9n);
    if (this.#isBusy()) stage.world.chain.now += random(0n, 20n * MINUTE);
    else if (behind <= 0n || kind <= 2n) stage.world.chain.now += random(0n, 90n);
    else if (kind <= 5n) stage.world.chain.now += anyMagnitude(random, 1n, behind);
    else if (kind <= 7n) stage.world.chain.now += behind;
    else this.#toBoundary(this.#scene.now + 2n * behind);
  }

  /** Mostly true while people owe one another something that would soon be too late. */
  #isBusy(): boolean {
    if (this.#scene.oneIn(4n)) return false;
    return dueInQueries(this.#scene).length > 0 || dueOpenings(this.#scene).length > 0;
  }

  #toBoundary(latest: bigint): void {
    const { random, stage } = this.#scene;
    const ahead = this.#boundaries().filter((at) => at > this.#scene.now && at <= latest);
    const next = this.#scene.any(ahead);
    if (next === undefined) return;
    const at = next + random(-1n, 1n);
    if (at > this.#scene.now) stage.world.chain.now = at;
  }

  /** When something changes by itself: epochs, windows of queries, votes, stakes on arguments, periods of rewards. */
  #boundaries(): bigint[] {
    const { usdc, hostile, arguing, council, governance, chamber } = this.#scene.stage;
    const now = this.#scene.now;
    const zones = [usdc, hostile].flatMap(({ stake, queries }) => {
      const rules = stake.model.setup;
      const epoch = epochOf(rules, now);
      const windows = queries
        .queryIds()
        .slice(-6)
        .flatMap((queryId) => {
          const { answeringEndsAt, openingEndsAt, judgingEndsAt, revealingEndsAt } = queries.model.query(queryId);
          return [answeringEndsAt, openingEndsAt, judgingEndsAt, revealingEndsAt];
        });
      return [endsAt(rules, epoch), epoch === 0n ? now : settleableAt(rules, epoch - 1n), ...windows];
    });
    const proposals = governance.proposals.flatMap(({ snapshot, deadline, eta }) => [snapshot, deadline, eta]);
    const live = arguing.argumentIds().filter((id) => arguing.model.argument(id).status === ArgumentStatus.Live);
    const stakes = live.slice(-8).map((id) => arguing.model.stake(arguing.model.argument(id).creationStakeId).endsAt);
    const sessions = chamber.sessions.map((session) => session.endsAt);
    return [...zones, ...proposals, ...stakes, ...sessions, council.model.rewardsAt(now).stream(now).endsAt];
  }
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
