import { GRAINS } from "../../sdk/council/rewards.ts";
import { longTermDays } from "../../sdk/council/tiers.ts";
import { max, sum } from "../../sdk/math.ts";
import { DAY, HOUR, YEAR } from "../fixtures/amounts.ts";
import type { DollarProtocol } from "../fixtures/protocol.ts";
import { anyMagnitude, pick, type Random } from "../fixtures/random.ts";
import { CouncilActions } from "./council-actions.ts";
import { compareAll, compareTouched, type Scope } from "./council-comparison.ts";
import { CouncilDraws, LARGEST, randomRules, usualRules } from "./council-draws.ts";
import { CouncilWorld } from "./council-world.ts";
import type { Magnitude } from "./draws.ts";
import { type Action, History, times } from "./history.ts";

const INSTANTS = 4;

/** Token, staking and rewards and their model, driven through the same random history. */
export class CouncilHistory extends History<CouncilWorld, Scope> {
  readonly #draws: CouncilDraws;
  readonly #actions: CouncilActions;

  private constructor(draws: CouncilDraws, magnitude: Magnitude) {
    super(draws.world, draws.random, {
      compareTouched,
      compareAll: (world) =>
        compareAll(
          world,
          Array.from({ length: INSTANTS }, () => draws.timepoint()),
        ),
      compareAllEvery: 40,
    });
    this.#draws = draws;
    this.#actions = new CouncilActions(draws, magnitude);
  }

  /** Six people are anything from poor to rich; the first period has something to stream. */
  static async begin(protocol: DollarProtocol, magnitude: Magnitude, random: Random): Promise<CouncilHistory> {
    const rules = random(0n, 1n) === 0n ? usualRules(magnitude) : randomRules(random, magnitude);
    const wealth = Array.from({ length: 6 }, () => (anyMagnitude(random, 1n, 40n) * LARGEST[magnitude]) / 40n);
    const world = await CouncilWorld.begin(protocol, rules, wealth);
    const history = new CouncilHistory(new CouncilDraws(world, random), magnitude);
    const actions = history.#actions;
    history.planned = [
      ...times(random(0n, 1n) === 0n ? 0 : 3, () => actions.stake()),
      ...times(2, () => actions.fund()),
      () => actions.startPeriod(),
      ...times(3, () => actions.stake()),
    ];
    return history;
  }

  /** Everybody leaves: what the distributor still owes is the carry. */
  async end(): Promise<void> {
    const { model, people } = this.world;
    this.world.now += max(400n, longTermDays(model.setup.staking.tiers)) * DAY;
    await this.#actions.leave();
    await this.compareAll();
    const rewards = model.rewardsAt(this.world.now);
    const unclaimed = sum(people.map(({ address }) => rewards.claimable(address, this.world.now)));
    if (unclaimed > 0n) throw new Error(`${unclaimed} units are left to claim`);
    const carried = rewards.owed(this.world.now);
    if (carried * GRAINS !== rewards.carry()) throw new Error(`owed ${carried} units to nobody`);
    if (carried > BigInt(people.length)) throw new Error(`carried ${carried} units, more than a unit each`);
    if (model.stakingAt(this.world.now).totalStaked() > 0n) throw new Error("positions are left");
  }

  /** A year ends, and another begins. */
  planNewYear(): void {
    const { model } = this.world;
    const actions = this.#actions;
    const { deployedAt } = model.setup;
    const atYearsEnd = (late: bigint) => (action: Action<Scope>) => () => {
      const { year } = model.token.inflationLeft(this.world.now);
      const turn = deployedAt + (year + 1n) * YEAR + late;
      if (turn - this.world.now < 2n * YEAR) this.world.now = turn;
      return action();
    };
    const mint: Action<Scope> = () => actions.mintInflation();
    this.planned = [
      mint,
      () => actions.burn(),
      atYearsEnd(-1n)(mint),
      mint,
      atYearsEnd(0n)(this.#draws.oneIn(2n) ? mint : () => actions.burn()),
      ...times(3, mint),
    ];
  }

  /** None, a little, up to months, or right up to when something changes, a second less or a second more. */
  protected passTime(): void {
    const { random, world } = this.#draws;
    const kind = random(0n, 19n);
    if (kind <= 4n) return;
    if (kind <= 8n) world.now += anyMagnitude(random, 1n, HOUR);
    else if (kind <= 12n) world.now += anyMagnitude(random, 1n, 5n * DAY);
    else if (kind <= 18n) {
      const next = pick(random, this.#boundaries()) + random(-1n, 1n);
      if (next > world.now) world.now = next;
    } else if (this.#draws.oneIn(3n)) world.now += random(1n, 60n * DAY);
  }

  /** Ends of locks, of boosters and of the period, and tiers by time, that are next. */
  #boundaries(): bigint[] {
    const { model, now, people } = this.world;
    const rewards = model.rewardsAt(now);
    const { activityWindow } = model.setup.rewards;
    const { tiers } = model.setup.staking;
    const held = this.#draws.held();
    const kinds = [
      held.map(({ unlocksAt }) => unlocksAt),
      held.flatMap(({ stakedAt }) => tiers.map(({ lockDays }) => stakedAt + lockDays * DAY)),
      people.map(({ address }) => rewards.account(address, now).participatedAt + activityWindow),
      people.map(({ address }) => rewards.account(address, now).votedAt + activityWindow),
      [rewards.stream(now).endsAt],
    ];
    const next = kinds.map((kind) => kind.filter((boundary) => boundary > now).toSorted((a, b) => Number(a - b))[0]);
    return next.map((boundary) => boundary ?? now);
  }

  /** What happens next: mostly one action, sometimes several of a kind. */
  protected plan(): Action<Scope>[] {
    const { model, now } = this.world;
    const actions = this.#actions;
    const { endsAt } = model.rewardsAt(now).stream(now);
    if (endsAt <= now && this.#draws.oneIn(3n)) return [() => actions.fund(), () => actions.startPeriod()];

    const kind = this.#draws.random(0n, 99n);
    if (kind < 18n) return [() => actions.stake()];
    if (kind < 27n) return [() => actions.poke()];
    if (kind < 35n) return [() => actions.extendLock()];
    if (kind < 41n) return [() => actions.unstake()];
    if (kind < 46n) return [() => actions.unstakeEarly()];
    if (kind < 53n) return [() => actions.delegate()];
    if (kind < 57n) return [() => actions.fund()];
    if (kind < 59n) return [() => actions.donate()];
    if (kind < 62n) return [() => actions.startPeriod()];
    if (kind < 69n) return [() => actions.claim()];
    if (kind < 75n) return [() => actions.compound()];
    if (kind < 80n) return [() => actions.pokeAccount()];
    if (kind < 86n) return [() => actions.record("recordParticipation")];
    if (kind < 92n) return [() => actions.record("recordVote")];
    if (kind < 94n) return [() => actions.mintInflation()];
    if (kind < 95n) return [() => actions.burn()];
    if (kind < 97n) return times(4, () => actions.unstake());
    return [
      ...times(2, () => actions.govern("pauseEntries")),
      ...[() => actions.stake(), () => actions.compound(), () => actions.unstake(), () => actions.claim()],
      ...times(2, () => actions.govern("unpauseEntries")),
    ];
  }
}
