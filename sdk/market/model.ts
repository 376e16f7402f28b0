import { CredenceError } from "../errors.ts";
import { revertWith } from "./errors.ts";
import { MAX_TOTAL_PRINCIPAL, type MarketParams, validateParams } from "./params.ts";
import { beliefOfWeights } from "./projection.ts";
import {
  type CommitQuote,
  quoteAuthorCommit,
  quoteCommit,
  quoteEarlyExit,
  quoteEntryFeeBps,
  totalPrincipal,
} from "./quote.ts";
import { type Earner, RewardLedger, type Shared, type Taken } from "./reward-ledger.ts";
import { Side } from "./side.ts";
import type { MarketState, Position } from "./state.ts";

/** What `commit` did: `Committed`, and `RewardsDistributed` where `shared` is not null. */
export interface CommitResult extends CommitQuote {
  readonly positionId: bigint;
  readonly shared: Shared | null;
}

/** What `withdraw` did: `Withdrawn`. Amounts in asset units. */
export interface WithdrawResult extends Taken {
  readonly principal: bigint;
}

/** What `exitEarly` did: `ExitedEarly`, and `RewardsDistributed` where `shared` is not null. Amounts in asset units. */
export interface ExitResult {
  readonly returned: bigint;
  readonly penalty: bigint;
  readonly forfeited: bigint;
  readonly shared: Shared | null;
}

/** What `distribute` did: `RewardsDistributed` where `shared` is not null. */
export interface DistributeResult {
  /** In asset units; 0 where nothing was shared. */
  readonly amount: bigint;
  readonly shared: Shared | null;
}

interface OpenPosition extends Earner {
  readonly owner: string;
  readonly side: Side;
}

/**
 * Reference model of one belief market: the rules written the long way round, to compare the contract with. It keeps
 * every position and every share event; weights and principals are sums over open positions, and earnings a sum over
 * events. Instants are unix seconds, amounts asset units. A violated rule throws a `ModelError` named as the
 * contract's custom error and changes nothing; a timestamp before the latest action throws a `CredenceError`.
 */
export class MarketModel {
  readonly params: MarketParams;
  readonly createdAt: bigint;
  readonly author: string;

  readonly #positions = new Map<bigint, OpenPosition>();
  readonly #rewards = new RewardLedger();
  #positionCount = 0n;
  #latestAt: bigint;

  /** Throws `ParameterOutOfBounds` where a rule is outside its bounds. */
  constructor(params: MarketParams, createdAt: bigint, author: string) {
    validateParams(params);
    this.params = params;
    this.createdAt = createdAt;
    this.author = author;
    this.#latestAt = createdAt;
  }

  /* COMMIT */

  /** The author's commitment on Support, in the second of creation, before any other. Throws `StakeOutOfRange`. */
  commitAuthor(amount: bigint, timestamp: bigint): CommitResult {
    if (timestamp !== this.createdAt || this.#positionCount > 0n) {
      throw new CredenceError("the author commits first, while the market is created", { timestamp });
    }
    this.#checkStake(amount);
    return this.#open(this.author, Side.Support, quoteAuthorCommit(this.#quoteInput(amount)), timestamp);
  }

  /** Throws `StakeOutOfRange`, `EntryFeeAboveLimit`, `TotalPrincipalTooLarge`, in this order. */
  commit(account: string, side: Side, amount: bigint, maxFeeBps: bigint, timestamp: bigint): CommitResult {
    this.#checkStake(amount);
    const quote = quoteCommit(this.#quoteInput(amount));
    if (quote.feeBps > maxFeeBps) revertWith("EntryFeeAboveLimit", { feeBps: quote.feeBps, maxFeeBps });
    return this.#open(account, side, quote, timestamp);
  }

  /* EARN AND LEAVE */

  /**
   * What `RewardsClaimed` tells. Throws `PositionUnknown`, `PositionClosed`, `NotPositionOwner`,
   * `RewardsNotClaimableYet`, in this order.
   */
  claimRewards(account: string, positionId: bigint, timestamp: bigint): Taken {
    const position = this.#ownedPosition(account, positionId);
    const claimableAt = this.createdAt + position.depositedAt + this.params.minRewardDuration;
    if (timestamp < claimableAt) revertWith("RewardsNotClaimableYet", { positionId, claimableAt });
    this.#advanceTo(timestamp);
    return this.#rewards.take(position);
  }

  /** Throws `PositionUnknown`, `PositionClosed`, `NotPositionOwner`, `PrincipalLocked`, in this order. */
  withdraw(account: string, positionId: bigint, timestamp: bigint): WithdrawResult {
    const position = this.#ownedPosition(account, positionId);
    const unlocksAt = this.createdAt + position.depositedAt + this.params.lockPeriod;
    if (timestamp < unlocksAt) revertWith("PrincipalLocked", { positionId, unlocksAt });
    this.#advanceTo(timestamp);
    const taken = this.#rewards.take(position);
    this.#close(positionId);
    return { principal: position.principal, ...taken };
  }

  /** Throws `PositionUnknown`, `PositionClosed`, `NotPositionOwner`, `EarlyExitDisabled`, `LockEnded`, in this order. */
  exitEarly(account: string, positionId: bigint, timestamp: bigint): ExitResult {
    const position = this.#ownedPosition(account, positionId);
    if (this.params.earlyExitPenaltyBps === 0n) revertWith("EarlyExitDisabled", {});
    const unlockedAt = this.createdAt + position.depositedAt + this.params.lockPeriod;
    if (timestamp >= unlockedAt) revertWith("LockEnded", { positionId, unlockedAt });
    const elapsed = this.#advanceTo(timestamp);

    const { principal } = position;
    const { penalty, returned } = quoteEarlyExit({ params: this.params, state: this.#pools(), principal });
    const forfeited = this.#rewards.forfeit(position);
    this.#close(positionId);
    const shared = penalty > 0n ? this.#share(penalty, elapsed) : null;
    return { returned, penalty, forfeited, shared };
  }

  /* UPKEEP */

  /** Shares the undistributed rewards if they can be shared now. */
  distribute(timestamp: bigint): DistributeResult {
    const shared = this.#share(0n, this.#advanceTo(timestamp));
    return { amount: shared?.amount ?? 0n, shared };
  }

  /** What `ExcessReleased` tells; 0 where there is nothing to release. Throws `PositionUnknown`, `PositionClosed`. */
  releaseExcess(positionId: bigint, timestamp: bigint): { readonly amount: bigint } {
    const position = this.#openPosition(positionId);
    this.#advanceTo(timestamp);
    return { amount: this.#rewards.releaseExcess(position) };
  }

  /* READ */

  /** Positions ever opened. */
  get positionCount(): bigint {
    return this.#positionCount;
  }

  /** Share of the weight that stands on Support, in wad, rounded down; 0.5e18 while both weights are zero. */
  belief(timestamp: bigint): bigint {
    return beliefOfWeights(this.weight(Side.Support, timestamp), this.weight(Side.Oppose, timestamp));
  }

  /** Sum over the side's open positions of principal x age, in asset units x seconds. */
  weight(side: Side, timestamp: bigint): bigint {
    return this.#weightAt(side, this.#elapsedAt(timestamp));
  }

  /** Entry fee of a commitment made now, in bps. */
  entryFeeBps(): bigint {
    return quoteEntryFeeBps(this.params, this.#pools());
  }

  /**
   * What a claim or withdrawal would pay as reward now, rounded down and within the cap; it changes with actions and not
   * with time. Throws `PositionUnknown` or `PositionClosed`.
   */
  pendingRewards(positionId: bigint): bigint {
    return this.#rewards.rewardDown(this.#openPosition(positionId));
  }

  /** Throws `PositionUnknown` or `PositionClosed`. */
  position(positionId: bigint): Position {
    const { owner, side, principal, depositedAt, rewardAllowance } = this.#openPosition(positionId);
    return { owner, side, principal, depositedAt: this.createdAt + depositedAt, rewardAllowance };
  }

  /** The whole market at `timestamp`. */
  state(timestamp: bigint): MarketState {
    return {
      ...this.#pools(),
      supportWeight: this.weight(Side.Support, timestamp),
      opposeWeight: this.weight(Side.Oppose, timestamp),
      undistributed: this.#rewards.undistributed,
      positionCount: this.#positionCount,
      timeRewardPerWeight: this.#rewards.timeRewardPerWeight,
      rewardPerWeight: this.#rewards.rewardPerWeight,
    };
  }

  /* INTERNAL */

  #open(owner: string, side: Side, quote: CommitQuote, timestamp: bigint): CommitResult {
    const total = totalPrincipal(this.#pools()) + quote.principal;
    if (total > MAX_TOTAL_PRINCIPAL) {
      revertWith("TotalPrincipalTooLarge", { totalPrincipal: total, max: MAX_TOTAL_PRINCIPAL });
    }
    const elapsed = this.#advanceTo(timestamp);
    const shared = quote.fee > 0n ? this.#share(quote.fee, elapsed) : null;
    this.#positionCount += 1n;
    this.#positions.set(this.#positionCount, {
      owner,
      side,
      principal: quote.principal,
      depositedAt: elapsed,
      rewardAllowance: quote.rewardAllowance,
      earnedRay: 0n,
      nextEvent: this.#rewards.eventCount,
    });
    return { positionId: this.#positionCount, ...quote, shared };
  }

  #share(incoming: bigint, elapsed: bigint): Shared | null {
    const opposeWeight = this.#weightAt(Side.Oppose, elapsed);
    const totalWeight = this.#weightAt(Side.Support, elapsed) + opposeWeight;
    const isShareable = opposeWeight > 0n || (elapsed >= this.params.lockPeriod && totalWeight > 0n);
    return this.#rewards.share(incoming, elapsed, totalWeight, isShareable);
  }

  #close(positionId: bigint): void {
    this.#positions.delete(positionId);
    if (this.#positions.size === 0) this.#rewards.sweepDust();
  }

  #openPosition(positionId: bigint): OpenPosition {
    const positionCount = this.#positionCount;
    if (positionId < 1n || positionId > positionCount) revertWith("PositionUnknown", { positionId, positionCount });
    return this.#positions.get(positionId) ?? revertWith("PositionClosed", { positionId });
  }

  #ownedPosition(caller: string, positionId: bigint): OpenPosition {
    const position = this.#openPosition(positionId);
    const { owner } = position;
    if (caller !== owner) revertWith("NotPositionOwner", { positionId, caller, owner });
    return position;
  }

  #checkStake(amount: bigint): void {
    const { minStake, maxStake } = this.params;
    if (amount < minStake || amount > maxStake) {
      revertWith("StakeOutOfRange", { amount, min: minStake, max: maxStake });
    }
  }

  #quoteInput(amount: bigint) {
    return { params: this.params, state: this.#pools(), amount };
  }

  #pools() {
    return {
      supportPrincipal: this.#sumOver(Side.Support, ({ principal }) => principal),
      opposePrincipal: this.#sumOver(Side.Oppose, ({ principal }) => principal),
      srp: this.#rewards.srp,
    };
  }

  #weightAt(side: Side, elapsed: bigint): bigint {
    return this.#sumOver(side, ({ principal, depositedAt }) => principal * (elapsed - depositedAt));
  }

  #sumOver(side: Side, amountOf: (position: OpenPosition) => bigint): bigint {
    let sum = 0n;
    for (const position of this.#positions.values()) if (position.side === side) sum += amountOf(position);
    return sum;
  }

  #elapsedAt(timestamp: bigint): bigint {
    if (timestamp < this.#latestAt) {
      throw new CredenceError("the model answers no instant before its latest action", {
        timestamp,
        latestAt: this.#latestAt,
      });
    }
    return timestamp - this.createdAt;
  }

  #advanceTo(timestamp: bigint): bigint {
    const elapsed = this.#elapsedAt(timestamp);
    this.#latestAt = timestamp;
    return elapsed;
  }
}
