import { AbiCoder, keccak256, toUtf8Bytes } from "ethers";
import { AssetBook } from "../assets.ts";
import { Side } from "../market/side.ts";
import { sum } from "../math.ts";
import { Role } from "../roles.ts";
import { revertWith } from "./errors.ts";
import { splitSlash } from "./interest.ts";
import { ArgumentLedger } from "./ledger.ts";
import { type ArgumentParams, validateArgumentParams } from "./params.ts";
import { dueOf, headOf, isDue, MAX_ERAS } from "./queue.ts";
import type { ArgumentRecord } from "./records.ts";
import { ArgumentStatus, StakeKind, type UnhelpfulReason } from "./state.ts";

/** Stakes that a deciding mark processes before it decides. */
export const PROCESSED_BEFORE_SLASH = 100n;

/** What somebody writes. */
export interface ArgumentDraft {
  readonly claimId: string;
  readonly side: Side;
  /** The argument in a line. */
  readonly summary: string;
  readonly body: string;
}

/**
 * Reference model of `ArgumentStaking`: the rules written the long way round, to compare the contract with. It keeps
 * lists of what happened; queue, limits, tallies and reserve are computed from them each time. Amounts are token units,
 * instants unix seconds. A violated rule throws a `ModelError` named as the contract's custom error and changes
 * nothing; an instant before the latest action throws a `CredenceError`. Who may govern is not modelled.
 */
export class ArgumentModel extends ArgumentLedger {
  readonly #claims = new Set<string>();
  readonly #roles = new Map<bigint, Set<string>>();
  #isPaused = false;

  /**
   * Throws `ParameterOutOfBounds` where a rule is outside its bounds.
   *
   * @param address Where the contract holds its tokens.
   * @param token The token that is staked, where other mechanisms share it.
   */
  constructor(params: ArgumentParams, address: string, token = new AssetBook()) {
    validateArgumentParams(params);
    super(params, address, token);
  }

  /* SURROUNDINGS */

  /** The claim gets a belief market, and so can be argued about. */
  addClaim(claimId: string): void {
    this.#claims.add(claimId);
  }

  /** Names a curator or a slasher. */
  grantRole(role: typeof Role.Curator | typeof Role.Slasher, user: string): void {
    this.#roles.set(role, new Set([...(this.#roles.get(role) ?? []), user]));
  }

  /* ARGUE */

  /**
   * Returns the argument's id. Throws `EnforcedPause`, `ClaimUnknown`, `CreatorJailed`, `SummaryLengthOutOfRange`,
   * `BodyLengthOutOfRange`, `TooManyArguments`, `StakeLimitReached`, `RewardReserveTooLow`, `HoldingsTooLarge`,
   * `ERC20InsufficientBalance`, in this order.
   */
  createArgument(creator: string, draft: ArgumentDraft, now: bigint): bigint {
    this.advanceTo(now);
    const { claimId, side, summary, body } = draft;
    if (this.#isPaused) revertWith("EnforcedPause", {});
    if (!this.#claims.has(claimId)) revertWith("ClaimUnknown", { claimId });
    const { until } = this.jailOf(creator);
    if (now < until) revertWith("CreatorJailed", { user: creator, until });
    this.#checkLengths(summary, body);
    const { creationStake, maxArgumentsPerClaim: max } = this.currentParams;
    if (this.argumentsBy(claimId, creator) >= max) revertWith("TooManyArguments", { claimId, user: creator, max });

    const argumentId = BigInt(this.arguments.length) + 1n;
    const kind = side === Side.Support ? StakeKind.Backing : StakeKind.Challenge;
    const { id: stakeId, amount, interest, endsAt } = this.open(creator, argumentId, kind, creationStake, now);
    const contentHash = keccak256(AbiCoder.defaultAbiCoder().encode(["string", "string"], [summary, body]));
    this.arguments.push({
      id: argumentId,
      creator,
      claimId,
      side,
      createdAt: now,
      creationStakeId: stakeId,
      contentHash,
      status: ArgumentStatus.Live,
    });
    const facts = { argumentId, claimId, creator, side, stakeId, amount, interest, endsAt, summary, body };
    this.events.emit("ArgumentCreated", facts);
    return argumentId;
  }

  /**
   * Returns the stake's id. Throws `EnforcedPause`, `ArgumentUnknown`, `ArgumentIsDeleted`, `ArgumentIsUnhelpful`,
   * `OwnArgument`, `AlreadyUpvoted`, `StakeLimitReached`, `RewardReserveTooLow`, `HoldingsTooLarge`,
   * `ERC20InsufficientBalance`, in this order.
   */
  upvote(upvoter: string, argumentId: bigint, now: bigint): bigint {
    this.advanceTo(now);
    if (this.#isPaused) revertWith("EnforcedPause", {});
    const { creator } = this.#othersLiveArgument(upvoter, argumentId);
    if (this.hasUpvoted(argumentId, upvoter)) revertWith("AlreadyUpvoted", { argumentId, user: upvoter });

    const { upvoteStake, unjailUpvotes } = this.currentParams;
    const stake = this.open(upvoter, argumentId, StakeKind.Upvote, upvoteStake, now);
    const { id: stakeId, amount, interest, shareBps: creatorShareBps, endsAt } = stake;
    const isUnjailed = this.jailOf(creator).upvote(now, unjailUpvotes);
    const facts = { argumentId, upvoter, stakeId, amount, interest, creatorShareBps, endsAt };
    this.events.emit("ArgumentUpvoted", facts);
    if (isUnjailed) this.events.emit("Unjailed", { user: creator });
    return stakeId;
  }

  /**
   * Throws `ArgumentUnknown`, `NotCreator`, `ArgumentIsDeleted`, `ArgumentNotUntouched`, `StakeHasEnded`,
   * `StakeBacksMark`, in this order.
   */
  deleteArgument(caller: string, argumentId: bigint, now: bigint): void {
    this.advanceTo(now);
    const argument = this.argumentAt(argumentId);
    const { creator } = argument;
    if (caller !== creator) revertWith("NotCreator", { argumentId, caller, creator });
    if (argument.status === ArgumentStatus.Deleted) revertWith("ArgumentIsDeleted", { argumentId });
    const { upvotes, unhelpfulMarks: marks } = this.argument(argumentId);
    if (upvotes > 0n || marks > 0n) revertWith("ArgumentNotUntouched", { argumentId, upvotes, marks });
    const stake = this.stakeAt(argument.creationStakeId);
    const { id: stakeId, endsAt, amount, interest } = stake;
    if (now >= endsAt) revertWith("StakeHasEnded", { stakeId, endsAt });
    const markedAt = this.#lastBackedMarkOf(creator);
    if (stake.createdAt <= markedAt) revertWith("StakeBacksMark", { stakeId, markedAt });

    argument.status = ArgumentStatus.Deleted;
    Object.assign(stake, { ending: "deleted", endedEarly: true });
    this.credit(creator, amount);
    this.events.emit("ArgumentDeleted", { argumentId, stakeId, amount, freedInterest: interest });
  }

  /* CURATE */

  /**
   * Throws `ArgumentUnknown`, `ArgumentIsDeleted`, `ArgumentIsUnhelpful`, `OwnArgument`, `AlreadyMarked`, `NotCurator`,
   * `ExpiredStakesLeft`, in this order.
   */
  markUnhelpful(curator: string, argumentId: bigint, reason: UnhelpfulReason, now: bigint): void {
    this.advanceTo(now);
    const argument = this.#othersLiveArgument(curator, argumentId);
    if (this.hasMarked(argumentId, curator)) revertWith("AlreadyMarked", { argumentId, user: curator });
    const { minCuratorStake, unhelpfulThreshold } = this.currentParams;
    const isSlasher = this.#hasRole(Role.Slasher, curator);
    const staked = this.runningStake(curator, now);
    const isBackedByStakes = !isSlasher && !this.#hasRole(Role.Curator, curator);
    if (isBackedByStakes && staked < minCuratorStake) {
      revertWith("NotCurator", { user: curator, staked, min: minCuratorStake });
    }
    const marks = BigInt(this.markersOf(argumentId).length) + 1n;
    const isDecided = isSlasher || marks >= unhelpfulThreshold;
    if (isDecided) this.#checkHead(now);

    this.marks.push({ argumentId, curator, reason, markedAt: now, isBackedByStakes });
    this.events.emit("ArgumentMarked", { argumentId, curator, reason, marks });
    if (!isDecided) return;
    this.processExpired(PROCESSED_BEFORE_SLASH, now);
    this.#slash(argument, now);
  }

  /* GOVERN */

  /** Throws `ParameterOutOfBounds`, `TooManyPeriods`, in this order. */
  setParams(params: ArgumentParams): void {
    validateArgumentParams(params);
    const eras = new Set(this.queue().map(({ era }) => era));
    // a current era without stakes in the queue is replaced
    if (params.period !== this.currentParams.period && eras.has(this.era)) {
      if (BigInt(eras.size) >= MAX_ERAS) revertWith("TooManyPeriods", { max: MAX_ERAS });
      this.era += 1;
    }
    this.currentParams = params;
    this.events.emit("ParamsSet", { params });
  }

  /** The guardian stops new arguments and upvotes. Throws `EnforcedPause`. */
  pauseEntries(account: string): void {
    if (this.#isPaused) revertWith("EnforcedPause", {});
    this.#isPaused = true;
    this.events.emit("Paused", { account });
  }

  /** The guardian lets new arguments and upvotes in again. Throws `ExpectedPause`. */
  unpauseEntries(account: string): void {
    if (!this.#isPaused) revertWith("ExpectedPause", {});
    this.#isPaused = false;
    this.events.emit("Unpaused", { account });
  }

  /* INTERNAL */

  /** The argument is unhelpful: its creator's stake is lost if it runs, and its stakes earn nothing more. */
  #slash(argument: ArgumentRecord, now: bigint): void {
    const { id: argumentId, creator, creationStakeId: stakeId } = argument;
    const { shareBps } = this.stakeAt(stakeId);
    const running = this.unended().filter((stake) => stake.argumentId === argumentId);
    const freedInterest = sum(running.map(({ interest }) => interest));
    argument.status = ArgumentStatus.Unhelpful;

    const lost = running.find(({ id }) => id === stakeId);
    const slashed = lost?.amount ?? 0n;
    const markers = this.markersOf(argumentId);
    const { curatorReward, toReserve } = splitSlash(slashed, shareBps, BigInt(markers.length));
    if (lost !== undefined) Object.assign(lost, { ending: "slashed", endedEarly: true });
    for (const marker of markers) this.credit(marker, curatorReward);
    this.reserve.push({ why: "slashed", amount: toReserve });
    this.events.emit("ArgumentFoundUnhelpful", { argumentId, stakeId, slashed, curatorReward, freedInterest });

    const jail = this.jailOf(creator);
    jail.slash(now, this.currentParams.jailPeriod);
    this.events.emit("Jailed", { user: creator, slashCount: jail.slashCount, until: jail.until });
  }

  /** Nothing may be due after what a deciding mark processes. */
  #checkHead(now: bigint): void {
    const queue = this.queue();
    const processed = new Set(dueOf(queue, now, PROCESSED_BEFORE_SLASH));
    const head = headOf(queue.filter((stake) => !processed.has(stake)));
    if (head !== undefined && isDue(head, now)) {
      revertWith("ExpiredStakesLeft", { nextEndsAt: head.endedEarly ? 0n : head.endsAt });
    }
  }

  #othersLiveArgument(user: string, argumentId: bigint): ArgumentRecord {
    const argument = this.argumentAt(argumentId);
    if (argument.status === ArgumentStatus.Deleted) revertWith("ArgumentIsDeleted", { argumentId });
    if (argument.status === ArgumentStatus.Unhelpful) revertWith("ArgumentIsUnhelpful", { argumentId });
    if (argument.creator === user) revertWith("OwnArgument", { argumentId, creator: user });
    return argument;
  }

  #checkLengths(summary: string, body: string): void {
    const { minSummaryLength, maxSummaryLength, minBodyLength, maxBodyLength } = this.currentParams;
    const ofSummary = { length: byteLength(summary), min: minSummaryLength, max: maxSummaryLength };
    if (isOutOfRange(ofSummary)) revertWith("SummaryLengthOutOfRange", ofSummary);
    const ofBody = { length: byteLength(body), min: minBodyLength, max: maxBodyLength };
    if (isOutOfRange(ofBody)) revertWith("BodyLengthOutOfRange", ofBody);
  }

  /** When somebody last marked an argument on the strength of their stakes, in unix seconds; 0 where they never did. */
  #lastBackedMarkOf(user: string): bigint {
    const own = this.marks.filter(({ curator, isBackedByStakes }) => curator === user && isBackedByStakes);
    return own.at(-1)?.markedAt ?? 0n;
  }

  #hasRole(role: bigint, user: string): boolean {
    return this.#roles.get(role)?.has(user) ?? false;
  }
}

function byteLength(text: string): bigint {
  return BigInt(toUtf8Bytes(text).length);
}

function isOutOfRange({ length, min, max }: { length: bigint; min: bigint; max: bigint }): boolean {
  return length < min || length > max;
}
