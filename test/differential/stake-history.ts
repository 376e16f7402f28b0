import { MaxUint256 } from "ethers";
import { endsAt, epochOf, settleableAt } from "../../sdk/stake/schedule.ts";
import type { DollarProtocol } from "../fixtures/protocol.ts";
import { anyMagnitude, type Random } from "../fixtures/random.ts";
import type { Magnitude } from "./draws.ts";
import { type Action, History, times } from "./history.ts";
import { compareAll, compareTouched, type Scope } from "./stake-comparison.ts";
import { StakeDraws } from "./stake-draws.ts";
import { TradeActions } from "./stake-trades.ts";
import { VoiceActions } from "./stake-voices.ts";
import { CLAIMS, StakeWorld } from "./stake-world.ts";

/** The stake system and its model, driven through the same random history. */
export class StakeHistory extends History<StakeWorld, Scope> {
  readonly #draws: StakeDraws;
  readonly #trades: TradeActions;
  readonly #voices: VoiceActions;
  /** Once in so many times something is settled where that is due: from 2, at once, to 12, when it is too late. */
  readonly #idleness: bigint;

  private constructor(draws: StakeDraws) {
    super(draws.world, draws.random, { compareTouched, compareAll, compareAllEvery: 30 });
    this.#draws = draws;
    this.#trades = new TradeActions(draws);
    this.#voices = new VoiceActions(draws);
    this.#idleness = draws.random(2n, 12n);
  }

  /** Nothing has happened; pools and two purchases by each person are planned. */
  static async begin(protocol: DollarProtocol, magnitude: Magnitude, random: Random): Promise<StakeHistory> {
    const world = await StakeWorld.begin(protocol, magnitude === "wide" ? 2n ** 100n : 0n);
    const history = new StakeHistory(new StakeDraws(world, random, magnitude));
    const trades = history.#trades;
    history.planned = [
      ...CLAIMS.map((claimId) => () => trades.createPool(claimId)),
      ...[CLAIMS[0], CLAIMS[1]].flatMap((claimId) => world.people.map((person) => () => trades.buy(person, claimId))),
    ];
    return history;
  }

  /** Every epoch is settled and distributed, all is sold and withdrawn: nothing but what was carried over remains. */
  async end(): Promise<void> {
    const { model, people } = this.world;
    const current = epochOf(model.setup, this.world.now);
    this.world.now = settleableAt(model.setup, current);
    for (const claimId of CLAIMS) {
      for (let epoch = 0n; epoch <= current; epoch++) {
        if (model.serum.epochState(claimId, epoch).joined === 0n) continue;
        await this.#voices.settle(claimId, epoch, MaxUint256);
        await this.#voices.distribute(claimId, epoch, MaxUint256);
      }
      for (const person of people) await this.#trades.sellAll(person, claimId);
    }
    for (const person of people) await this.#trades.withdrawAll(person);
    await this.compareAll();

    const left = [model.vault.stakes(), model.vault.totalEncumbered(), model.venue.reserves()];
    if (left.some((amount) => amount !== 0n)) throw new Error(`stake or reserve is left: ${left.join(", ")}`);
  }

  /** None, a little, a part of an epoch, or right up to the next boundary and perhaps a second less. */
  protected passTime(): void {
    const { random, world } = this.#draws;
    const { setup } = world.model;
    const kind = random(0n, 9n);
    if (kind <= 2n) return;
    if (kind <= 6n) world.now += anyMagnitude(random, 1n, setup.epochLength / 4n);
    else if (kind <= 7n) world.now += random(1n, setup.epochLength / 4n);
    else {
      const epoch = epochOf(setup, world.now);
      const boundaries = [epoch === 0n ? 0n : settleableAt(setup, epoch - 1n), endsAt(setup, epoch)];
      const next = boundaries.find((boundary) => boundary > world.now) ?? world.now;
      if (next - 1n > world.now) world.now = next - random(0n, 1n);
      else world.now = next;
    }
  }

  /** What happens next: mostly one action, sometimes many of a kind. */
  protected plan(): Action<Scope>[] {
    const { random } = this.#draws;
    const [trades, voices] = [this.#trades, this.#voices];
    const person = this.#draws.person();
    const claimId = this.#draws.claim();
    const due = voices.due();
    if (due.openable > 0 && !this.#draws.oneIn(3n)) return times(due.openable, () => voices.reveal());
    if (due.settleable > 0 && this.#draws.oneIn(this.#idleness)) return times(2, () => voices.settleSome());
    if (due.payable > 0 && this.#draws.oneIn(this.#idleness)) {
      return times(2, () => (this.#draws.oneIn(2n) ? voices.distributeSome() : voices.claimPart()));
    }

    const kind = random(0n, 99n);
    if (kind < 22n) return [() => trades.buy(trades.buyer(), claimId)];
    if (kind < 33n) return [() => trades.sell(person, claimId)];
    if (kind < 38n) return [() => voices.commit(person, claimId)];
    if (kind < 70n) return voices.speakers(claimId).map((each) => () => voices.commit(each, claimId));
    if (kind < 72n) return [() => voices.reveal()];
    if (kind < 75n) return [() => voices.settleSome()];
    if (kind < 78n) return [() => voices.distributeSome()];
    if (kind < 82n) return [() => voices.claimPart()];
    if (kind < 88n) return [() => trades.deposit(person)];
    if (kind < 95n) return [() => trades.withdraw(person)];
    if (kind < 97n) return [() => trades.intrude(person, claimId)];
    if (kind < 98n) return [() => trades.createPool(claimId)];

    const during = [() => trades.buy(person, claimId), () => voices.commit(person, claimId), () => voices.reveal()];
    return kind === 98n
      ? [
          ...times(2, () => trades.govern("pauseEntries")),
          ...during,
          ...times(2, () => trades.govern("unpauseEntries")),
        ]
      : [
          ...times(2, () => voices.govern("pauseCommits")),
          ...during,
          ...times(2, () => voices.govern("unpauseCommits")),
        ];
  }
}
