import { CredenceError } from "../errors.ts";
import { sum } from "../math.ts";
import { WAD } from "./math.ts";
import { type Belief, type Consensus, consensusOf, scoreOf, type WeightedBelief, weightedMeans } from "./score.ts";
import type { EpochState, Participant } from "./state.ts";

/** A contract's score may differ by this much from the model's, which is a double. */
export const SCORE_TOLERANCE = 1e-9;

/** The contract's score of an opened belief, in wad: what the model counts with in place of its own. */
export type ScoreSource = (user: string) => bigint;

/** What scoring did to a voice: its score in wad, and what was taken from the stake in asset units. */
interface Scored {
  readonly score: bigint;
  readonly taken: bigint;
}

/** One participant of one epoch. */
export interface Voice {
  readonly user: string;
  seal: string;
  /** In asset units. */
  weight: bigint;
  /** Null until opened. */
  opened: Belief | null;
  /** Null until scored. */
  scored: Scored | null;
  /** What was paid, in asset units; null until distributed. */
  part: bigint | null;
}

/** One claim's epoch: the list of its voices, and all that follows from it. */
export class EpochBook {
  /** In the order of their first commits. */
  readonly voices: Voice[] = [];
  /** What rounding left over before and the pot took in, in asset units. */
  carriedIn = 0n;
  /** Ordinal of the first voice that `distribute` has not gone through. */
  cursor = 0;

  voiceOf(user: string): Voice | undefined {
    return this.voices.find((voice) => voice.user === user);
  }

  /** Opened beliefs with their weights. */
  opened(): WeightedBelief[] {
    return this.voices.flatMap((voice) => weightedOf(voice) ?? []);
  }

  /**
   * The score of a voice in wad: -1e18 where it was not opened; otherwise that of `scoreFrom`, or where that is null the
   * double of `scoreOf`, rounded. Throws a `CredenceError` where the two are more than `SCORE_TOLERANCE` apart.
   */
  scoreOf(voice: Voice, scoreFrom: ScoreSource | null): bigint {
    if (voice.opened === null) return -WAD;
    const own = scoreOf(voice.opened, weightedMeans(this.#openedByOthers(voice)));
    const counted = scoreFrom === null ? BigInt(Math.round(own * 1e18)) : scoreFrom(voice.user);
    const isWithinBounds = counted >= -WAD && counted <= WAD;
    if (!isWithinBounds || Math.abs(Number(counted) / 1e18 - own) > SCORE_TOLERANCE) {
      throw new CredenceError("the score is not that of the rules", { user: voice.user, counted, own });
    }
    return counted;
  }

  /** Whether somebody joined and everybody is scored. */
  get isSettled(): boolean {
    return this.voices.length > 0 && this.voices.every(({ scored }) => scored !== null);
  }

  /** Whether it is settled and nobody gains. */
  get isVoid(): boolean {
    return this.isSettled && this.gains === 0n;
  }

  /** Whether somebody joined and everybody has their part. */
  get isDistributed(): boolean {
    return this.voices.length > 0 && this.voices.every(({ part }) => part !== null);
  }

  /** Sum of the winners' `weight * score`, in asset units x wad. */
  get gains(): bigint {
    return sum(this.voices.map(gainOf));
  }

  /** What was taken from losers, and what was carried in; in asset units. */
  get pot(): bigint {
    return sum(this.voices.map(({ scored }) => scored?.taken ?? 0n)) + this.carriedIn;
  }

  /** What has been paid, in asset units. */
  get paid(): bigint {
    return sum(this.voices.map(({ part }) => part ?? 0n));
  }

  /** What rounding left over once everybody has their part, in asset units; 0 before. */
  get leftOver(): bigint {
    return this.isDistributed ? this.pot - this.paid : 0n;
  }

  /** A voice's part of a settled epoch, rounded down: a share of the pot, or what was taken where nobody gains. */
  partOf(voice: Voice): bigint {
    return this.isVoid ? (voice.scored?.taken ?? 0n) : (gainOf(voice) * this.pot) / this.gains;
  }

  consensus(): Consensus {
    return consensusOf(this.opened());
  }

  state(): EpochState {
    const count = (has: (voice: Voice) => boolean) => BigInt(this.voices.filter(has).length);
    return {
      joined: BigInt(this.voices.length),
      opened: count(({ opened }) => opened !== null),
      scored: count(({ scored }) => scored !== null),
      distributed: count(({ part }) => part !== null),
      openedWeight: sum(this.opened().map(({ weight }) => weight)),
      ...this.consensus(),
      isSettled: this.isSettled,
      isVoid: this.isVoid,
      pot: this.pot,
      gains: this.gains,
      paid: this.paid,
    };
  }

  participant(voice: Voice): Participant {
    const { weight, opened, scored, part } = voice;
    return {
      weight,
      isOpened: opened !== null,
      isScored: scored !== null,
      isDistributed: part !== null,
      belief: opened?.belief ?? 0n,
      meta: opened?.meta ?? 0n,
      score: scored?.score ?? 0n,
      taken: scored?.taken ?? 0n,
      payout: this.isSettled ? this.partOf(voice) : 0n,
    };
  }

  /** The opened beliefs of all voices but this one. */
  #openedByOthers(voice: Voice): WeightedBelief[] {
    return this.voices.filter((other) => other !== voice).flatMap((other) => weightedOf(other) ?? []);
  }
}

function weightedOf({ weight, opened }: Voice): WeightedBelief | undefined {
  return opened === null ? undefined : { weight, ...opened };
}

function gainOf({ weight, scored }: Voice): bigint {
  return scored === null || scored.score <= 0n ? 0n : weight * scored.score;
}
