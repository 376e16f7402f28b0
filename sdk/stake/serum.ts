import { divUp, max, min, sum } from "../math.ts";
import { EpochBook, type ScoreSource, type Voice } from "./epoch.ts";
import { revertWith } from "./errors.ts";
import type { EventLog } from "./events.ts";
import { WAD } from "./math.ts";
import { type EpochRules, endsAt, epochOf, settleableAt } from "./schedule.ts";
import type { Belief } from "./score.ts";
import { sealBelief } from "./seal.ts";
import type { EpochState, Participant } from "./state.ts";
import type { StakeAddresses, VaultModel } from "./vault.ts";
import type { VenueModel } from "./venue.ts";

/** The most participants of an epoch. */
export const MAX_PARTICIPANTS = 2n ** 26n - 1n;

/** What a call of `settle` or `distribute` did. */
export interface Progress {
  /** How many participants it went through. */
  readonly processed: bigint;
  /** Whether nothing is left to do. */
  readonly done: boolean;
}

/** A belief with the salt that sealed it. */
export interface BeliefOpening extends Belief {
  readonly user: string;
  readonly claimId: string;
  readonly epoch: bigint;
  readonly salt: string;
}

/** What an epoch of the model depends on. */
export interface SerumSetup extends EpochRules {
  readonly chainId: bigint;
  readonly addresses: StakeAddresses;
}

/**
 * Reference model of `TruthSerum`. Every epoch is the list of its voices; sums, pots, what is carried over and what a
 * user has at risk are computed from all of them. Instants are unix seconds, amounts asset units, probabilities and
 * scores wads. A violated rule throws a `ModelError` named as the contract's custom error and changes nothing.
 */
export class SerumModel {
  readonly setup: SerumSetup;
  readonly #venue: VenueModel;
  readonly #vault: VaultModel;
  readonly #events: EventLog;
  readonly #claims = new Map<string, Map<bigint, EpochBook>>();
  #isPaused = false;

  constructor(setup: SerumSetup, venue: VenueModel, vault: VaultModel, events: EventLog) {
    this.setup = setup;
    this.#venue = venue;
    this.#vault = vault;
    this.#events = events;
  }

  /* SPEAK */

  /**
   * Throws `EnforcedPause`, `LockMissing`, `EarlierVoiceUnsettled`, `EpochFull`, and what `VaultModel.setAtRisk` throws,
   * in this order.
   */
  commitBelief(user: string, claimId: string, sealedBelief: string, timestamp: bigint): void {
    this.#requireNotPaused();
    const weight = this.#venue.grossLock(user, claimId);
    if (weight === 0n) revertWith("LockMissing", { claimId, user });
    const epoch = epochOf(this.setup, timestamp);
    const atStake = this.#undistributed(user, claimId);
    if (atStake.some(([of]) => of + 2n < epoch)) {
      revertWith("EarlierVoiceUnsettled", { claimId, user, oldestEpoch: epoch - 2n });
    }
    const book = this.#book(claimId, epoch) ?? new EpochBook();
    const earlier = book.voiceOf(user);
    if (earlier === undefined && BigInt(book.voices.length) === MAX_PARTICIPANTS) {
      revertWith("EpochFull", { claimId, epoch, max: MAX_PARTICIPANTS });
    }

    const others = atStake.filter(([of]) => of !== epoch).map(([, voice]) => voice.weight);
    this.#vault.setAtRisk(this.#address, user, claimId, max(weight, ...others));
    this.#epochsOf(claimId).set(epoch, book);
    if (earlier === undefined) {
      book.voices.push({ user, seal: sealedBelief, weight, opened: null, scored: null, part: null });
    } else {
      earlier.seal = sealedBelief;
      earlier.weight = weight;
    }
    this.#events.emit("serum", "BeliefCommitted", { claimId, epoch, user, sealedBelief, weight });
  }

  /** `commitBelief` for the epoch that was meant: throws `EpochNotCurrent` where another one takes commits. */
  commitBeliefIn(user: string, claimId: string, epoch: bigint, sealedBelief: string, timestamp: bigint): void {
    this.#requireNotPaused();
    const currentEpoch = epochOf(this.setup, timestamp);
    if (epoch !== currentEpoch) revertWith("EpochNotCurrent", { epoch, currentEpoch });
    this.commitBelief(user, claimId, sealedBelief, timestamp);
  }

  /**
   * Throws `BeliefOutOfRange`, `RevealNotOpen`, `RevealClosed`, `NotParticipant`, `AlreadyRevealed`, `SealMismatch`, in
   * this order.
   */
  revealBelief(opening: BeliefOpening, timestamp: bigint): void {
    const { user, claimId, epoch, belief, meta } = opening;
    for (const value of [belief, meta]) if (value > WAD) revertWith("BeliefOutOfRange", { value, max: WAD });
    const [opensAt, closedAt] = [endsAt(this.setup, epoch), settleableAt(this.setup, epoch)];
    if (timestamp < opensAt) revertWith("RevealNotOpen", { epoch, opensAt });
    if (timestamp >= closedAt) revertWith("RevealClosed", { epoch, closedAt });
    const voice = this.#voice(claimId, epoch, user);
    if (voice.opened !== null) revertWith("AlreadyRevealed", { claimId, epoch, user });
    const computedSeal = sealBelief({ ...opening, chainId: this.setup.chainId, truthSerum: this.#address });
    if (computedSeal !== voice.seal) revertWith("SealMismatch", { claimId, epoch, user, computedSeal });
    voice.opened = { belief, meta };
    this.#events.emit("serum", "BeliefRevealed", { claimId, epoch, user, belief, meta });
  }

  /* SETTLE */

  /**
   * Throws `EpochNotJoined`, `EpochNotSettleable`, in this order; a `CredenceError` where a score of `scoreFrom` is more
   * than `SCORE_TOLERANCE` off.
   *
   * @param scoreFrom The scores to count with; the model's own, rounded to a wad, unless given.
   */
  settle(
    claimId: string,
    epoch: bigint,
    maxCount: bigint,
    timestamp: bigint,
    scoreFrom: ScoreSource | null = null,
  ): Progress {
    const book = this.#book(claimId, epoch) ?? revertWith("EpochNotJoined", { claimId, epoch });
    const settlesAt = settleableAt(this.setup, epoch);
    if (timestamp < settlesAt) revertWith("EpochNotSettleable", { epoch, settleableAt: settlesAt });
    if (book.isSettled) return { processed: 0n, done: true };

    const waiting = book.voices.filter(({ scored }) => scored === null);
    const isScorable = book.opened().length >= 2;
    const scorable = isScorable ? waiting.slice(0, Number(min(maxCount, BigInt(waiting.length)))) : waiting;
    const scores = scorable.map((voice) => (isScorable ? book.scoreOf(voice, scoreFrom) : null));
    for (const [index, voice] of scorable.entries()) {
      const score = scores[index] ?? null;
      if (score === null) voice.scored = { score: 0n, taken: 0n };
      else this.#score(claimId, epoch, voice, score);
    }
    if (book.isSettled) this.#finish(claimId, epoch, book);
    return { processed: BigInt(scorable.length), done: book.isSettled };
  }

  /** Throws `EpochNotSettled`. */
  distribute(claimId: string, epoch: bigint, maxCount: bigint): Progress {
    const book = this.#settledBook(claimId, epoch);
    if (book.isDistributed) return { processed: 0n, done: true };

    const from = book.cursor;
    const reached = book.voices.slice(from, from + Number(min(maxCount, BigInt(book.voices.length))));
    book.cursor += reached.length;
    for (const voice of reached) if (voice.part === null) this.#pay(claimId, epoch, book, voice);
    if (reached.length > 0) this.#tellDistributed(claimId, epoch, book, from, book.cursor);
    return { processed: BigInt(reached.length), done: book.isDistributed };
  }

  /** Throws `EpochNotSettled`, `NotParticipant`, `AlreadyDistributed`, in this order. */
  claim(user: string, claimId: string, epoch: bigint): void {
    const book = this.#settledBook(claimId, epoch);
    const voice = this.#voice(claimId, epoch, user);
    if (voice.part !== null) revertWith("AlreadyDistributed", { claimId, epoch, user });
    this.#pay(claimId, epoch, book, voice);
    const ordinal = book.voices.indexOf(voice);
    this.#tellDistributed(claimId, epoch, book, ordinal, ordinal + 1);
  }

  /* GOVERN */

  /** Throws `EnforcedPause`. */
  pauseCommits(): void {
    this.#requireNotPaused();
    this.#isPaused = true;
  }

  /** Throws `ExpectedPause`. */
  unpauseCommits(): void {
    if (!this.#isPaused) revertWith("ExpectedPause", {});
    this.#isPaused = false;
  }

  /* READ */

  /** All zero where nobody joined. */
  epochState(claimId: string, epoch: bigint): EpochState {
    return (this.#book(claimId, epoch) ?? new EpochBook()).state();
  }

  /** Throws `NotParticipant`. */
  participant(claimId: string, epoch: bigint, user: string): Participant {
    const voice = this.#voice(claimId, epoch, user);
    return (this.#book(claimId, epoch) ?? new EpochBook()).participant(voice);
  }

  /** Who committed, in the order of their first commits, from ordinal `offset` on and at most `limit` of them. */
  participants(claimId: string, epoch: bigint, offset: bigint, limit: bigint): string[] {
    const users = this.#book(claimId, epoch)?.voices.map(({ user }) => user) ?? [];
    return users.filter((_, ordinal) => ordinal >= offset && ordinal < offset + limit);
  }

  /** Weighted mean belief in wad, rounded down. Throws `EpochNotSettled`, `ConsensusMissing`, in this order. */
  consensus(claimId: string, epoch: bigint): bigint {
    const book = this.#settledBook(claimId, epoch);
    if (book.opened().length === 0) revertWith("ConsensusMissing", { claimId, epoch });
    return book.consensus().consensus;
  }

  /** What rounding left over in all epochs of the claim, less what pots took in. */
  carriedOf(claimId: string): bigint {
    return sum(this.#booksOf(claimId).map((book) => book.leftOver - book.carriedIn));
  }

  /** What the vault must hold in its pots for a claim: what was taken and carried in, less what was paid. */
  potsOf(claimId: string): bigint {
    const open = this.#booksOf(claimId).filter((book) => !book.isDistributed);
    return this.carriedOf(claimId) + sum(open.map((book) => book.pot - book.paid));
  }

  /** Claims in which somebody raised a voice. */
  claims(): string[] {
    return [...this.#claims.keys()];
  }

  /* INTERNAL */

  get #address(): string {
    return this.setup.addresses.serum;
  }

  #score(claimId: string, epoch: bigint, voice: Voice, score: bigint): void {
    const loss = score < 0n ? divUp(voice.weight * -score, WAD) : 0n; // rounded up, in favour of the pot
    const taken = this.#vault.debit(this.#address, voice.user, loss);
    voice.scored = { score, taken };
    this.#events.emit("serum", "BeliefScored", { claimId, epoch, user: voice.user, score, taken });
  }

  #finish(claimId: string, epoch: bigint, book: EpochBook): void {
    if (!book.isVoid) book.carriedIn = this.carriedOf(claimId);
    const { consensus, meanMeta, supportShare, isSurprisinglyPopular, isVoid, pot, gains } = book.state();
    const results = { consensus, meanMeta, supportShare, isSurprisinglyPopular, isVoid, pot, gains };
    this.#events.emit("serum", "EpochSettled", { claimId, epoch, ...results });
  }

  #pay(claimId: string, epoch: bigint, book: EpochBook, voice: Voice): void {
    const { user } = voice;
    voice.part = book.partOf(voice);
    this.#vault.credit(this.#address, user, voice.part);
    const left = this.#undistributed(user, claimId).map(([, each]) => each.weight);
    this.#vault.setAtRisk(this.#address, user, claimId, max(...left));
    if (voice.part > 0n) this.#events.emit("serum", "PartPaid", { claimId, epoch, user, amount: voice.part });
  }

  #tellDistributed(claimId: string, epoch: bigint, book: EpochBook, from: number, to: number): void {
    this.#events.emit("serum", "PartsDistributed", { claimId, epoch, from: BigInt(from), to: BigInt(to) });
    if (book.isDistributed) this.#events.emit("serum", "EpochDistributed", { claimId, epoch, carried: book.leftOver });
  }

  #requireNotPaused(): void {
    if (this.#isPaused) revertWith("EnforcedPause", {});
  }

  /** The user's voices on a claim that have not got their part, with their epochs. */
  #undistributed(user: string, claimId: string): [epoch: bigint, voice: Voice][] {
    return [...this.#epochsOf(claimId)].flatMap(([epoch, book]) => {
      const voice = book.voiceOf(user);
      return voice === undefined || voice.part !== null ? [] : [[epoch, voice]];
    });
  }

  #epochsOf(claimId: string): Map<bigint, EpochBook> {
    const epochs = this.#claims.get(claimId) ?? new Map<bigint, EpochBook>();
    this.#claims.set(claimId, epochs);
    return epochs;
  }

  #booksOf(claimId: string): EpochBook[] {
    return [...this.#epochsOf(claimId).values()];
  }

  #book(claimId: string, epoch: bigint): EpochBook | undefined {
    return this.#claims.get(claimId)?.get(epoch);
  }

  #settledBook(claimId: string, epoch: bigint): EpochBook {
    const book = this.#book(claimId, epoch);
    return book?.isSettled ? book : revertWith("EpochNotSettled", { claimId, epoch });
  }

  #voice(claimId: string, epoch: bigint, user: string): Voice {
    return this.#book(claimId, epoch)?.voiceOf(user) ?? revertWith("NotParticipant", { claimId, epoch, user });
  }
}
