import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { getBigInt, id, MaxUint256 } from "ethers";
import { max } from "../../sdk/math.ts";
import { WAD } from "../../sdk/stake/math.ts";
import { endsAt, epochOf, settleableAt } from "../../sdk/stake/schedule.ts";
import { sealBelief } from "../../sdk/stake/seal.ts";
import type { BeliefOpening } from "../../sdk/stake/serum.ts";
import type { EpochState } from "../../sdk/stake/state.ts";
import { pick } from "../fixtures/random.ts";
import type { Scope } from "./stake-comparison.ts";
import type { StakeDraws } from "./stake-draws.ts";
import { CLAIMS, type StakeWorld } from "./stake-world.ts";

/** What people and keepers do with the serum, on the contracts and on the model. */
export class VoiceActions {
  readonly #world: StakeWorld;
  readonly #draws: StakeDraws;
  /** Every belief ever sealed, replaced ones too. */
  readonly #openings: BeliefOpening[] = [];

  constructor(draws: StakeDraws) {
    this.#world = draws.world;
    this.#draws = draws;
  }

  /** In about one epoch of a claim in four all say the same, so that nobody gains. */
  async commit(person: HardhatEthersSigner, claimId: string): Promise<Scope> {
    const { setup, serum } = this.#world.model;
    const { addresses, chainId } = setup;
    const epoch = epochOf(setup, this.#world.now);
    const common = getBigInt(id(`${claimId} ${epoch}`)) % WAD;
    const isUnanimous = common % 4n === 0n;
    const belief = isUnanimous ? common : this.#draws.probability(common);
    const meta = isUnanimous ? common : this.#draws.probability(common);
    const salt = id(String(this.#openings.length));
    const opening = { user: person.address, claimId, epoch, belief, meta, salt };
    const seal = sealBelief({ ...opening, chainId, truthSerum: addresses.serum });
    this.#openings.push(opening);
    if (this.#draws.oneIn(4n)) {
      const meant = this.#draws.oneIn(4n) ? max(epoch + this.#draws.random(-1n, 1n)) : epoch;
      await this.#world.act(person, "serum", "commitBeliefIn", [claimId, meant, seal], () =>
        serum.commitBeliefIn(person.address, claimId, meant, seal, this.#world.now),
      );
    } else {
      await this.#world.act(person, "serum", "commitBelief", [claimId, seal], () =>
        serum.commitBelief(person.address, claimId, seal, this.#world.now),
      );
    }
    return this.#draws.scope(claimId, epoch);
  }

  /** Mostly a belief that can be opened now; sometimes one that cannot, or with another value than was sealed. */
  async reveal(): Promise<Scope> {
    const openable = this.#openable();
    const candidates = openable.length === 0 || this.#draws.oneIn(12n) ? this.#openings : openable;
    if (candidates.length === 0) return this.#draws.scope(this.#draws.claim());
    const sealed = pick(this.#draws.random, candidates);
    const { address: user } = this.#draws.person();
    const meta = this.#draws.random(0n, WAD);
    const wrong = pick(this.#draws.random, [{ meta }, { meta: WAD + 1n }, { epoch: MaxUint256 }, { user }]);
    return this.#open(this.#draws.oneIn(10n) ? { ...sealed, ...wrong } : sealed);
  }

  /** Who holds a lock on the claim and can still speak in this epoch; sometimes others too. */
  speakers(claimId: string): HardhatEthersSigner[] {
    const { people, model, now } = this.#world;
    const epoch = epochOf(model.setup, now);
    const joined = model.serum.participants(claimId, epoch, 0n, 100n);
    const waiting = this.#epochs(isPayable)
      .concat(this.#epochs(isUnsettled))
      .filter(([claim]) => claim === claimId);
    const isLate = waiting.some(([, earlier]) => earlier + 2n < epoch);
    const isDue = (user: string) => !isLate && model.venue.grossLock(user, claimId) > 0n && !joined.includes(user);
    return people.filter(({ address }) => isDue(address) || this.#draws.oneIn(10n));
  }

  /** How many beliefs can be opened about now, and how many epochs settled and distributed. */
  due(): { readonly openable: number; readonly settleable: number; readonly payable: number } {
    return {
      openable: this.#openable().length,
      settleable: this.#epochs((state, epoch) => this.#isSettleable(state, epoch)).length,
      payable: this.#epochs(isPayable).length,
    };
  }

  /** Mostly an epoch where there is something to settle. */
  async settleSome(): Promise<Scope> {
    const [claimId, epoch] = this.#target((state, epoch) => this.#isSettleable(state, epoch));
    return this.settle(claimId, epoch, this.#draws.maxCount());
  }

  /** Mostly an epoch where there is something to distribute. */
  async distributeSome(): Promise<Scope> {
    const [claimId, epoch] = this.#target(isPayable);
    return this.distribute(claimId, epoch, this.#draws.maxCount());
  }

  async settle(claimId: string, epoch: bigint, maxCount: bigint): Promise<Scope> {
    const { serum } = this.#world.model;
    await this.#world.act(this.#draws.person(), "serum", "settle", [claimId, epoch, maxCount], (scores) =>
      serum.settle(claimId, epoch, maxCount, this.#world.now, (user) => scoreOf(scores, user)),
    );
    this.#countShortfalls(claimId, epoch);
    return this.#draws.scope(claimId, epoch);
  }

  async distribute(claimId: string, epoch: bigint, maxCount: bigint): Promise<Scope> {
    const { serum } = this.#world.model;
    await this.#world.act(this.#draws.person(), "serum", "distribute", [claimId, epoch, maxCount], () =>
      serum.distribute(claimId, epoch, maxCount),
    );
    return this.#draws.scope(claimId, epoch);
  }

  /** Mostly the part of a participant who has not got it. */
  async claimPart(): Promise<Scope> {
    const { serum } = this.#world.model;
    const [claimId, epoch] = this.#target(isPayable);
    const participants = serum.participants(claimId, epoch, 0n, 100n);
    const isAstray = participants.length === 0 || this.#draws.oneIn(6n);
    const user = isAstray ? this.#draws.person().address : pick(this.#draws.random, participants);
    await this.#world.act(this.#draws.person(), "serum", "claim", [user, claimId, epoch], () =>
      serum.claim(user, claimId, epoch),
    );
    return this.#draws.scope(claimId, epoch);
  }

  /** The guardian pauses commits, or ends the pause. */
  async govern(method: "pauseCommits" | "unpauseCommits"): Promise<Scope> {
    const { protocol, model } = this.#world;
    await this.#world.act(protocol.guardian, "serum", method, [], () => model.serum[method]());
    return this.#draws.scope(this.#draws.claim());
  }

  async #open(opening: BeliefOpening): Promise<Scope> {
    const { user, claimId, epoch, belief, meta, salt } = opening;
    await this.#world.act(
      this.#draws.person(),
      "serum",
      "revealBelief",
      [user, claimId, epoch, belief, meta, salt],
      () => this.#world.model.serum.revealBelief(opening, this.#world.now),
    );
    return this.#draws.scope(claimId, epoch);
  }

  /** Counts the voices of which less was taken than they lost. */
  #countShortfalls(claimId: string, epoch: bigint): void {
    const { serum } = this.#world.model;
    for (const user of serum.participants(claimId, epoch, 0n, 100n)) {
      const { weight, score, taken } = serum.participant(claimId, epoch, user);
      if (taken * WAD < weight * -score) this.#world.count("took less than was lost");
    }
  }

  /** Whether somebody joined with it, it is sealed, it is a probability and its epoch is being opened, or was until now. */
  #isOpenable({ user, claimId, epoch, belief, meta }: BeliefOpening): boolean {
    const { setup, serum } = this.#world.model;
    const { now } = this.#world;
    if (max(belief, meta) > WAD) return false;
    const isInTime = endsAt(setup, epoch) <= now && now <= settleableAt(setup, epoch);
    return (
      isInTime &&
      serum.participants(claimId, epoch, 0n, 100n).includes(user) &&
      !serum.participant(claimId, epoch, user).isOpened
    );
  }

  /** The beliefs that are sealed and can be opened now, or could a second ago. */
  #openable(): BeliefOpening[] {
    const keyOf = ({ user, claimId, epoch }: BeliefOpening) => `${user} ${claimId} ${epoch}`;
    const latest = new Map(this.#openings.map((opening) => [keyOf(opening), opening]));
    return [...latest.values()].filter((opening) => this.#isOpenable(opening));
  }

  #isSettleable(state: EpochState, epoch: bigint): boolean {
    return isUnsettled(state) && settleableAt(this.#world.model.setup, epoch) <= this.#world.now;
  }

  /** Epochs that have begun and have voices, of all claims, as far as they are as they should be. */
  #epochs(isWanted: (state: EpochState, epoch: bigint) => boolean): ClaimEpoch[] {
    const { serum } = this.#world.model;
    return this.#begun().filter(([claimId, epoch]) => {
      const state = serum.epochState(claimId, epoch);
      return state.joined > 0n && isWanted(state, epoch);
    });
  }

  #begun(): ClaimEpoch[] {
    const current = Number(epochOf(this.#world.model.setup, this.#world.now));
    return CLAIMS.flatMap((claimId) => Array.from({ length: current + 1 }, (_, e): ClaimEpoch => [claimId, BigInt(e)]));
  }

  /** Mostly an epoch that is as it should be, or at least has voices; else any that has begun. */
  #target(isWanted: (state: EpochState, epoch: bigint) => boolean): ClaimEpoch {
    const wanted = this.#epochs(isWanted);
    const choices = this.#draws.oneIn(8n) ? [] : [wanted, this.#epochs(() => true)];
    return pick(this.#draws.random, choices.find(({ length }) => length > 0) ?? this.#begun());
  }
}

type ClaimEpoch = readonly [claimId: string, epoch: bigint];

function isUnsettled({ isSettled }: EpochState): boolean {
  return !isSettled;
}

function isPayable({ isSettled, joined, distributed }: EpochState): boolean {
  return isSettled && distributed < joined;
}

function scoreOf(scores: ReadonlyMap<string, bigint>, user: string): bigint {
  const score = scores.get(user);
  if (score === undefined) throw new Error(`the contract told no score of ${user}`);
  return score;
}
