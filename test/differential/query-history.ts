import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { id } from "ethers";
import { Phase } from "../../sdk/query/state.ts";
import { DAY, HOUR } from "../fixtures/amounts.ts";
import { anyMagnitude, pick, type Random } from "../fixtures/random.ts";
import { type Action, History, times } from "./history.ts";
import { QueryActions } from "./query-actions.ts";
import { compareAll, compareTouched, type Scope } from "./query-comparison.ts";
import type { Cast, Step } from "./query-course.ts";
import { QueryDraws } from "./query-draws.ts";
import { type QueryStage, QueryWorld } from "./query-world.ts";

/** Sloth of people who do all that they have to do. */
const NEVER = 10n ** 9n;

/** The query escrow and its model, driven through the same random history. */
export class QueryHistory extends History<QueryWorld, Scope> {
  readonly #draws: QueryDraws;
  readonly #actions: QueryActions;
  /** How many queries are open at once, at most. */
  readonly #breadth: bigint;
  #isClosing = false;

  private constructor(draws: QueryDraws) {
    super(draws.world, draws.random, { compareTouched, compareAll, compareAllEvery: 200 });
    this.#draws = draws;
    this.#actions = new QueryActions(draws);
    this.#breadth = draws.random(1n, 3n);
  }

  /**
   * Most people are rich, and ranks are planned.
   *
   * @param isFine Whether the asset has 18 decimals, and not 6.
   */
  static async begin(stage: QueryStage, isFine: boolean, random: Random): Promise<QueryHistory> {
    const wealth = stage.people.map(() => (random(0n, 7n) === 0n ? random(0n, 100n) : 1_000_000n));
    const history = new QueryHistory(new QueryDraws(await QueryWorld.begin(stage, isFine, wealth), random));
    history.planned = [() => history.#actions.setRanks(), () => history.#actions.ask()];
    return history;
  }

  /** Every query is settled and all is withdrawn: nothing remains. */
  async end(): Promise<void> {
    const { model } = this.world;
    this.world.now += 130n * DAY;
    for (const queryId of this.#actions.open()) await this.#actions.settleSurely(queryId);
    await this.#actions.withdrawAll();
    await this.compareAll();
    const left = model.token.balanceOf(model.setup.queryEscrow);
    if (left !== 0n) throw new Error(`the escrow keeps ${left}`);
  }

  /** Nobody asks before what is open is brought to its end. */
  close(): void {
    this.#isClosing = true;
  }

  /** A query with all the answerers and judges there can be, and more who try. */
  planFull(): void {
    const cast = { ...this.#draws.cast(32n), answerers: 45n, judges: 45n, sloth: NEVER, isCareful: true };
    const asker = this.#draws.person();
    this.planned = [...this.#askingAll(asker, cast), this.#following(Phase.Settled)];
  }

  /** Ten judges rank one way and 21 of the rank below the other: exactly as much weight, but for its rounding. */
  planBalance(): void {
    const [asker, ...others] = this.world.people;
    if (asker === undefined) throw new RangeError("nobody is there");
    const judges = others.slice(0, 31).map(({ address }) => address);
    const answerers = others.slice(31, 36).map(({ address }) => address);
    const rank = this.#draws.random(1n, 42n);
    const ranks = judges.map((_, index) => (index < 10 ? rank : rank - 1n));
    const cast = { ...this.#draws.cast(32n), answerers: 0n, judges: 0n, sloth: NEVER, isCareful: true };
    const joining = (step: Step) => (account: string) => () =>
      this.#actions.take(this.world.model.queryCount, { step, account });
    this.planned = [
      () => this.#actions.setRanks({ accounts: judges, ranks }),
      ...this.#askingAll(asker, { ...cast, taste: "opposed", praise: "best" }),
      ...answerers.map(joining("joinAnswer")),
      this.#following(Phase.Judging),
      ...judges.map(joining("joinJudge")),
      this.#following(Phase.Settled),
    ];
  }

  /** A question for everybody, even if entries were paused. */
  #askingAll(asker: HardhatEthersSigner, cast: Cast): Action<Scope>[] {
    const timing = { answering: DAY, opening: DAY, judging: DAY, revealing: DAY };
    const text = "what everybody answers";
    const question = { contentHash: id(text), uri: text, minRank: 0n, minAnswers: 7n, maxAnswers: 32n, timing };
    return [() => this.#actions.govern("unpauseEntries"), () => this.#actions.ask(asker, question, cast)];
  }

  /** What is due in the latest query, until it is in that phase. */
  #following(phase: Phase): Action<Scope> {
    const { world } = this;
    const step: Action<Scope> = () => {
      const queryId = world.model.queryCount;
      const isOpen = this.#actions.open().includes(queryId);
      if (!isOpen || world.model.phase(queryId, world.now) >= phase) return this.#actions.withdraw();
      this.planned.unshift(step);
      if (!this.#actions.busy().includes(queryId)) world.now = this.#nextBoundary();
      return this.#actions.advance(queryId);
    };
    return step;
  }

  /** Little while there is something to do; else mostly right up to the next end of a window, a second less or more. */
  protected passTime(): void {
    const { random, world } = this.#draws;
    const kind = random(0n, 19n);
    const isBusy = this.#actions.busy().length > 0;
    if (isBusy && kind > 0n) world.now += anyMagnitude(random, 0n, HOUR / 4n);
    else if (kind === 1n) world.now += anyMagnitude(random, 1n, 10n * DAY);
    else {
      const next = this.#nextBoundary() + random(-1n, 1n);
      if (next > world.now) world.now = next;
    }
  }

  /** What happens next: mostly some steps of a query. */
  protected plan(): Action<Scope>[] {
    const { random } = this.#draws;
    const actions = this.#actions;
    const open = actions.open();
    if (open.length === 0) this.#isClosing = false;
    const isIdle = open.length < this.#breadth && this.#draws.oneIn(4n) && !this.#isClosing;
    if (open.length === 0 || isIdle) return [() => actions.ask()];

    const kind = random(0n, 99n);
    if (kind < 75n) {
      const busy = actions.busy();
      const queryId = pick(random, busy.length > 0 ? busy : open);
      return times(busy.length > 0 ? 8 : 1, () => actions.advance(queryId));
    }
    if (kind < 85n) return times(2, () => actions.stray(this.#draws.oneIn(4n) ? undefined : pick(random, open)));
    if (kind < 89n) return [() => actions.withdraw()];
    if (kind < 92n) return [() => actions.setRanks()];
    if (kind < 97n) return [() => actions.transfer()];
    const stopped = [() => actions.ask(), () => actions.advance(pick(random, open)), () => actions.withdraw()];
    return [
      ...times(2, () => actions.govern("pauseEntries")),
      ...stopped,
      ...times(2, () => actions.govern("unpauseEntries")),
    ];
  }

  /** The next end of a window of a query that is not settled; the moment itself where there is none. */
  #nextBoundary(): bigint {
    const { model, now } = this.world;
    const ends = this.#actions.open().flatMap((queryId) => {
      const { answeringEndsAt, openingEndsAt, judgingEndsAt, revealingEndsAt } = model.query(queryId);
      return [answeringEndsAt, openingEndsAt, judgingEndsAt, revealingEndsAt].filter((end) => end > now);
    });
    return ends.reduce((first, end) => (end < first ? end : first), ends[0] ?? now);
  }
}
