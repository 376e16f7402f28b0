import { MaxUint256 } from "ethers";
import { ArgumentStatus } from "../../sdk/argument/state.ts";
import { DAY, HOUR } from "../fixtures/amounts.ts";
import type { DollarProtocol } from "../fixtures/protocol.ts";
import { anyMagnitude, pick, type Random } from "../fixtures/random.ts";
import { ArgumentActions } from "./argument-actions.ts";
import { compareAll, compareTouched, type Scope } from "./argument-comparison.ts";
import { ArgumentDraws, MAGNITUDES, randomRules, usualRules } from "./argument-draws.ts";
import { ArgumentWorld } from "./argument-world.ts";
import type { Magnitude } from "./draws.ts";
import { type Action, History, times } from "./history.ts";

/** More than the eras that the queue can hold. */
const MANY_PERIODS = 20;

/** More than a deciding mark processes. */
const PILE = 104n;

/** Argument staking and its model, driven through the same random history. */
export class ArgumentHistory extends History<ArgumentWorld, Scope> {
  readonly #draws: ArgumentDraws;
  readonly #actions: ArgumentActions;
  /** Once in so many times something is processed where that is due. */
  readonly #idleness: bigint;

  private constructor(draws: ArgumentDraws, magnitude: Magnitude) {
    super(draws.world, draws.random, { compareTouched, compareAll, compareAllEvery: 130 });
    this.#draws = draws;
    this.#actions = new ArgumentActions(draws, magnitude);
    this.#idleness = draws.random(2n, 12n);
  }

  /** Eight people are anything from poor to rich, the reserve is funded and some arguments are planned. */
  static async begin(protocol: DollarProtocol, magnitude: Magnitude, random: Random): Promise<ArgumentHistory> {
    const rules = random(0n, 1n) === 0n ? usualRules(random, magnitude) : randomRules(random, magnitude);
    const wealth = Array.from({ length: 8 }, () => (anyMagnitude(random, 1n, 60n) * MAGNITUDES[magnitude]) / 4n);
    const world = await ArgumentWorld.begin(protocol, rules, wealth);
    const history = new ArgumentHistory(new ArgumentDraws(world, random), magnitude);
    const actions = history.#actions;
    history.planned = [...times(3, () => actions.fund()), ...times(10, () => actions.create())];
    return history;
  }

  override async step(): Promise<void> {
    await super.step();
    this.#notePeriods();
  }

  /** Everything expires and is withdrawn: nothing but the free reserve remains. */
  async end(): Promise<void> {
    const { model } = this.world;
    this.world.now += 400n * DAY;
    await this.#actions.process(MaxUint256);
    await this.#actions.withdrawAll();
    await this.compareAll();
    const { free, reserved } = model.rewardReserve();
    const left = [model.activeStakes().count, reserved, model.owed() - free];
    if (left.some((amount) => amount !== 0n)) throw new Error(`stakes or credits are left: ${left.join(", ")}`);
  }

  /** Stakes of ever other periods, until there are as many as the queue can hold. */
  planManyPeriods(): void {
    const { model } = this.world;
    const change: Action<Scope> = () =>
      this.#actions.setParams({ ...this.#generous(), period: model.params().period + HOUR });
    this.planned = [
      this.#unpause,
      () => this.#actions.setParams({ ...this.#generous(), period: 100n * DAY }),
      ...times(MANY_PERIODS, change).flatMap((each) => [each, this.#stakeSomehow, this.#stakeSomehow]),
      ...times(2, change),
    ];
  }

  /** More expired stakes than a deciding mark processes, and deleted arguments behind them. */
  planPile(): void {
    const actions = this.#actions;
    const { model } = this.world;
    const pile: Action<Scope> = async () => {
      if (model.activeStakes().count < PILE) this.planned.unshift(pile);
      return this.#stakeSomehow();
    };
    const expire: Action<Scope> = () => {
      this.world.now += 10n * DAY;
      return actions.markAsSlasher();
    };
    this.planned = [
      this.#unpause,
      () => actions.setParams({ ...this.#generous(), period: 7n * DAY }),
      pile,
      ...times(6, () => actions.create()),
      ...times(6, () => actions.deleteArgument()),
      expire,
      ...times(8, () => actions.process(1n)).flatMap((each) => [each, () => actions.markAsSlasher()]),
      ...times(3, () => actions.process(MaxUint256)),
    ];
  }

  /** The books are full: nobody can stake, until something is withdrawn. */
  planBrim(): void {
    const actions = this.#actions;
    const stakes = [...times(3, () => actions.upvote()), ...times(3, () => actions.create())];
    this.planned = [this.#unpause, () => actions.fundToTheBrim(), ...stakes, () => actions.withdraw(), ...stakes];
  }

  /** The rules of the moment, under which everybody can stake a little often. */
  #generous() {
    const params = this.world.model.params();
    return {
      ...params,
      interestRateBps: 0n,
      upvoteStake: 1n,
      creationStake: 1n,
      stakeLimitBps: 10_000n,
      maxArgumentsPerClaim: 20n,
    };
  }

  /** A plan that was cut short may have left entries paused. */
  readonly #unpause: Action<Scope> = () => this.#actions.govern("unpauseEntries");

  /** Somebody upvotes something if that is possible, or writes. */
  readonly #stakeSomehow: Action<Scope> = () => {
    const { model, people } = this.world;
    const isOpen = this.#draws.written(
      (each) =>
        each.status === ArgumentStatus.Live &&
        people.some(({ address }) => address !== each.creator && !model.hasUpvoted(each.argumentId, address)),
    );
    return isOpen.length > 4 ? this.#actions.upvote() : this.#actions.create();
  };

  /** None, a little, up to months, or right up to when something ends, a second less or a second more. */
  protected passTime(): void {
    const { random, world } = this.#draws;
    const kind = random(0n, 19n);
    if (kind <= 5n) return;
    if (kind <= 9n) world.now += anyMagnitude(random, 1n, HOUR);
    else if (kind <= 12n) world.now += anyMagnitude(random, 1n, 2n * DAY);
    else if (kind <= 18n) {
      const next = pick(random, this.#boundaries()) + random(-1n, 1n);
      if (next > world.now) world.now = next;
    } else if (this.#draws.oneIn(3n)) world.now += random(1n, 100n * DAY);
  }

  /** Ends of stakes, of jails and of the window of the stake limit that are next. */
  #boundaries(): bigint[] {
    const { model, now, people } = this.world;
    const stakeIds = people.flatMap(({ address }) => model.userStakes(address, 0n, MaxUint256));
    const stakes = stakeIds.map((stakeId) => model.stake(stakeId)).filter(({ hasEnded }) => !hasEnded);
    const { stakeLimitWindow } = model.params();
    const kinds = [
      stakes.map(({ endsAt }) => endsAt),
      stakes.map(({ createdAt }) => createdAt + stakeLimitWindow),
      people.map(({ address }) => model.account(address).jailedUntil),
    ];
    const next = kinds.map((kind) => kind.filter((boundary) => boundary > now).toSorted((a, b) => Number(a - b))[0]);
    return next.map((boundary) => boundary ?? now);
  }

  /** What happens next: mostly one action, sometimes several of a kind. */
  protected plan(): Action<Scope>[] {
    const { model, now } = this.world;
    const actions = this.#actions;
    const { count, nextEndTime } = model.activeStakes();
    if (count > 0n && nextEndTime <= now && this.#draws.oneIn(this.#idleness)) return [() => actions.process()];

    const kind = this.#draws.random(0n, 99n);
    if (kind < 16n) return [() => actions.create()];
    if (kind < 20n) return times(3, () => actions.create());
    if (kind < 44n) return [() => actions.upvote()];
    if (kind < 48n) return times(3, () => actions.upvote());
    if (kind < 53n) return [() => actions.deleteArgument()];
    if (kind < 68n) return [() => actions.mark()];
    if (kind < 71n) return times(3, () => actions.mark());
    if (kind < 74n) return [() => actions.createJailed()];
    if (kind < 79n) return [() => actions.withdraw()];
    if (kind < 83n) return [() => actions.process()];
    if (kind < 87n) return [() => actions.fund()];
    if (kind < 89n) return [() => actions.transfer()];
    if (kind < 94n) return [() => actions.setParams()];
    if (kind < 97n) return [() => actions.markAndDelete()];
    if (kind < 98n) return this.#tightenLimit();
    const during = [
      () => actions.create(),
      () => actions.upvote(),
      () => actions.deleteArgument(),
      () => actions.mark(),
    ];
    return [
      ...times(2, () => actions.govern("pauseEntries")),
      ...during,
      ...times(2, () => actions.govern("unpauseEntries")),
    ];
  }

  /** Whoever has staked something can stake nothing more, for a while. */
  #tightenLimit(): Action<Scope>[] {
    const { model } = this.world;
    const { stakeLimitBps } = model.params();
    const change = (bps: bigint) => () => this.#actions.setParams({ ...model.params(), stakeLimitBps: bps });
    return [change(1n), ...times(3, () => this.#actions.upvote()), () => this.#actions.create(), change(stakeLimitBps)];
  }

  /** Counts instants at which stakes of three periods or more are running. */
  #notePeriods(): void {
    const { model, people } = this.world;
    const stakeIds = people.flatMap(({ address }) => model.userStakes(address, 0n, MaxUint256));
    const running = stakeIds.map((stakeId) => model.stake(stakeId)).filter(({ hasEnded }) => !hasEnded);
    if (new Set(running.map(({ createdAt, endsAt }) => endsAt - createdAt)).size >= 3) {
      this.world.count("ran for three periods");
    }
  }
}
