import type { EventLog } from "../event-log.ts";
import { max, sum } from "../math.ts";
import { DAY } from "../time.ts";
import { revertWith } from "./errors.ts";
import type { CouncilEventFacts } from "./events.ts";
import { positionIdOf } from "./positions.ts";
import type { StakingParams } from "./rules.ts";
import { earlyExitPenaltyUp, longTermDays, powerDown, quoteExit, tierAt, validateLock } from "./tiers.ts";
import type { CouncilTokenModel } from "./token.ts";
import { VoteBook } from "./votes.ts";

/** A position, as `Position` of `ICouncilStaking.sol`. Amounts in token units, instants in unix seconds. */
export interface Position {
  readonly owner: string;
  readonly amount: bigint;
  readonly stakedAt: bigint;
  readonly unlocksAt: bigint;
  /** The tier it counts as, in days. */
  readonly tierDays: bigint;
  readonly power: bigint;
}

interface PositionRecord extends Omit<Position, "power"> {
  readonly id: bigint;
  unlocksAt: bigint;
  tierDays: bigint;
  isOpen: boolean;
}

/** What staking needs around it. */
export interface StakingSurroundings {
  readonly params: StakingParams;
  readonly token: CouncilTokenModel;
  readonly events: EventLog<CouncilEventFacts>;
  /** Where staking holds its tokens. */
  readonly address: string;
  /** Who gets penalties. */
  readonly distributor: string;
  /** Somebody's power has changed, or could have. */
  readonly onStakeChanged: (account: string, now: bigint) => void;
}

/** `CouncilStaking` as a list of positions: every sum is computed from it each time. */
export class StakingModel {
  readonly votes: VoteBook;
  readonly #around: StakingSurroundings;
  readonly #positions: PositionRecord[] = [];
  #isPaused = false;

  constructor(around: StakingSurroundings) {
    this.#around = around;
    this.votes = new VoteBook(around.events);
  }

  /* STAKE */

  /**
   * Returns the new position's id.
   * Throws `EnforcedPause`, `LockUnknown`, `StakeTooSmall`, `StakeTooLarge`, `ERC20InsufficientBalance`, in this order.
   *
   * @param payer Whose tokens they are; the owner, unless a reward is staked.
   */
  stake(owner: string, amount: bigint, lockDays: bigint, now: bigint, payer = owner): bigint {
    const { token, address, events } = this.#around;
    this.checkStake(owner, amount, lockDays);
    token.book.transfer(payer, address, amount);

    const { openedPositions } = this.account(owner);
    const unlocksAt = now + lockDays * DAY;
    const id = positionIdOf(owner, openedPositions);
    const position = { id, owner, amount, stakedAt: now, unlocksAt, tierDays: lockDays, isOpen: true };
    this.#positions.push(position);
    const power = this.#powerOf(position);
    events.emit("Staked", { owner, positionId: id, amount, lockDays, unlocksAt, power });
    this.#changed(owner, power, now);
    return id;
  }

  /** Throws `EnforcedPause`, `LockUnknown`, `StakeTooSmall`, `StakeTooLarge`, in this order; changes nothing. */
  checkStake(owner: string, amount: bigint, lockDays: bigint): void {
    if (this.#isPaused) revertWith("EnforcedPause", {});
    validateLock(lockDays, this.#around.params.tiers);
    const { minStake: min, maxStake: max } = this.#around.params;
    if (amount < min) revertWith("StakeTooSmall", { amount, min });
    const { staked } = this.account(owner);
    if (staked + amount > max) revertWith("StakeTooLarge", { account: owner, staked, amount, max });
  }

  /**
   * The position counts as the highest of its tier, that of the new lock, and that of its time. A lock of 0 days is
   * none. Throws `PositionUnknown`, `NotPositionOwner`, `LockUnknown`, `LockNotLonger`, in this
   * order.
   */
  extendLock(caller: string, positionId: bigint, lockDays: bigint, now: bigint): void {
    const position = this.#ownedBy(caller, positionId);
    if (lockDays === 0n) revertWith("LockUnknown", { lockDays });
    validateLock(lockDays, this.#around.params.tiers);
    const { unlocksAt } = position;
    const proposed = now + lockDays * DAY;
    if (proposed <= unlocksAt) revertWith("LockNotLonger", { positionId, unlocksAt, proposed });
    position.unlocksAt = proposed;
    this.#around.events.emit("LockExtended", { positionId, lockDays, unlocksAt: proposed });
    this.#raise(position, max(lockDays, tierAt(position, now, this.#around.params.tiers)), now);
  }

  /** Throws `PositionUnknown`. */
  poke(positionId: bigint, now: bigint): void {
    const position = this.#openAt(positionId);
    this.#raise(position, tierAt(position, now, this.#around.params.tiers), now);
  }

  /** Returns what was paid. Throws `PositionUnknown`, `NotPositionOwner`, `PositionLocked`, in this order. */
  unstake(caller: string, positionId: bigint, now: bigint): bigint {
    const position = this.#ownedBy(caller, positionId);
    const { unlocksAt } = position;
    if (now < unlocksAt) revertWith("PositionLocked", { positionId, unlocksAt });
    return this.#close(position, 0n, now);
  }

  /** Returns what was paid. Throws `PositionUnknown`, `NotPositionOwner`, `PositionNotLocked`, in this order. */
  unstakeEarly(caller: string, positionId: bigint, now: bigint): bigint {
    const position = this.#ownedBy(caller, positionId);
    const { unlocksAt, amount } = position;
    if (now >= unlocksAt) revertWith("PositionNotLocked", { positionId, unlocksAt });
    return this.#close(position, earlyExitPenaltyUp(amount, this.#around.params), now);
  }

  /** Throws nothing. */
  delegate(account: string, to: string, now: bigint): void {
    this.votes.delegate(account, to, this.account(account).power, now);
  }

  /* GOVERN */

  /** Throws `EnforcedPause`. */
  pauseEntries(by: string): void {
    if (this.#isPaused) revertWith("EnforcedPause", {});
    this.#isPaused = true;
    this.#around.events.emit("Paused", { account: by });
  }

  /** Throws `ExpectedPause`. */
  unpauseEntries(by: string): void {
    if (!this.#isPaused) revertWith("ExpectedPause", {});
    this.#isPaused = false;
    this.#around.events.emit("Unpaused", { account: by });
  }

  /* READ */

  /** Throws `PositionUnknown`. */
  position(positionId: bigint): Position {
    const position = this.#openAt(positionId);
    const { owner, amount, stakedAt, unlocksAt, tierDays } = position;
    return { owner, amount, stakedAt, unlocksAt, tierDays, power: this.#powerOf(position) };
  }

  /** What closing a position would pay at `now`, and what it would cost. Throws `PositionUnknown`. */
  quoteExit(positionId: bigint, now: bigint): { paid: bigint; penalty: bigint } {
    return quoteExit(this.#openAt(positionId), this.#around.params, now);
  }

  /** Ids of an account's open positions, in order of opening. */
  positionsOf(owner: string): bigint[] {
    return this.#openOf(owner).map(({ id }) => id);
  }

  account(owner: string): { staked: bigint; power: bigint; openedPositions: bigint; longTermPositions: bigint } {
    const open = this.#openOf(owner);
    const longTerm = longTermDays(this.#around.params.tiers);
    return {
      staked: sum(open.map(({ amount }) => amount)),
      power: sum(open.map((position) => this.#powerOf(position))),
      openedPositions: BigInt(this.#positions.filter((position) => position.owner === owner).length),
      longTermPositions: BigInt(open.filter(({ tierDays }) => tierDays === longTerm).length),
    };
  }

  totalStaked(): bigint {
    return sum(this.#positions.filter(({ isOpen }) => isOpen).map(({ amount }) => amount));
  }

  /** Sum of the power of all open positions. */
  totalPower(): bigint {
    const open = this.#positions.filter(({ isOpen }) => isOpen);
    return sum(open.map((position) => this.#powerOf(position)));
  }

  /* INTERNAL */

  #raise(position: PositionRecord, tierDays: bigint, now: bigint): void {
    if (tierDays === position.tierDays) return;
    const before = this.#powerOf(position);
    position.tierDays = tierDays;
    const power = this.#powerOf(position);
    this.#around.events.emit("TierReached", { positionId: position.id, tierDays, power });
    this.#changed(position.owner, power - before, now);
  }

  #close(position: PositionRecord, penalty: bigint, now: bigint): bigint {
    const { token, events, address, distributor } = this.#around;
    const { id: positionId, owner, amount } = position;
    position.isOpen = false;
    events.emit("Unstaked", { owner, positionId, amount, penalty });
    this.#changed(owner, -this.#powerOf(position), now);
    token.book.transfer(address, owner, amount - penalty);
    token.book.transfer(address, distributor, penalty);
    return amount - penalty;
  }

  #changed(owner: string, power: bigint, now: bigint): void {
    this.votes.change(owner, power, now);
    this.#around.onStakeChanged(owner, now);
  }

  #powerOf({ amount, tierDays }: PositionRecord): bigint {
    return powerDown(amount, tierDays, this.#around.params.tiers);
  }

  #openOf(owner: string): PositionRecord[] {
    return this.#positions.filter((position) => position.isOpen && position.owner === owner);
  }

  #openAt(positionId: bigint): PositionRecord {
    const found = this.#positions.find(({ id, isOpen }) => isOpen && id === positionId);
    return found ?? revertWith("PositionUnknown", { positionId });
  }

  #ownedBy(caller: string, positionId: bigint): PositionRecord {
    const position = this.#openAt(positionId);
    const { owner } = position;
    if (caller !== owner) revertWith("NotPositionOwner", { positionId, caller, owner });
    return position;
  }
}
