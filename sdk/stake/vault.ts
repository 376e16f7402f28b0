import type { AssetBook } from "../assets.ts";
import { Side } from "../market/side.ts";
import { max, min, sum } from "../math.ts";
import { revertWith } from "./errors.ts";
import type { EventLog } from "./events.ts";
import { MAX_AMOUNT } from "./math.ts";

/** Addresses of the three contracts. */
export interface StakeAddresses {
  readonly vault: string;
  readonly venue: string;
  readonly serum: string;
}

/** A change of a stake: all but withdrawals and losses add to it. */
interface Movement {
  readonly kind: "deposit" | "skim" | "gain" | "withdrawal" | "loss";
  readonly amount: bigint;
}

/** What keeps stake on one claim. Amounts in asset units. */
interface Exposure {
  readonly locks: Record<Side, bigint>;
  atRisk: bigint;
}

/**
 * Reference model of `StakeVault`, from `bind` on. A stake is a sum over all its movements, and everything that is
 * locked or encumbered a sum over exposures. Amounts are asset units. A violated rule throws a `ModelError` named
 * as the contract's custom error and changes nothing.
 */
export class VaultModel {
  readonly #addresses: StakeAddresses;
  readonly #assets: AssetBook;
  readonly #events: EventLog;
  readonly #movements = new Map<string, Movement[]>();
  readonly #exposures = new Map<string, Map<string, Exposure>>();

  constructor(addresses: StakeAddresses, assets: AssetBook, events: EventLog) {
    this.#addresses = addresses;
    this.#assets = assets;
    this.#events = events;
  }

  /* STAKE */

  /** Throws `AmountZero`, `StakeTooLarge`, `ERC20InsufficientBalance`, in this order. */
  deposit(user: string, amount: bigint): void {
    if (amount === 0n) revertWith("AmountZero", {});
    this.#checkRoom(amount);
    this.#assets.transfer(user, this.#addresses.vault, amount);
    this.#move(user, "deposit", amount);
    this.#events.emit("vault", "Deposited", { user, amount });
  }

  /** Throws `AmountZero`, `WithdrawableExceeded`, in this order. */
  withdraw(user: string, amount: bigint): void {
    if (amount === 0n) revertWith("AmountZero", {});
    const withdrawable = this.withdrawable(user);
    if (amount > withdrawable) revertWith("WithdrawableExceeded", { amount, withdrawable });
    this.#assets.transfer(this.#addresses.vault, user, amount);
    this.#move(user, "withdrawal", amount);
    this.#events.emit("vault", "Withdrawn", { user, amount });
  }

  /* VENUE */

  /** The skim. Throws `NotVenue`, `EncumbranceTooLarge`, `StakeTooLarge`, `ERC20InsufficientBalance`, in this order. */
  setLock(caller: string, user: string, claimId: string, side: Side, newLock: bigint): bigint {
    const { venue, vault } = this.#addresses;
    if (caller !== venue) revertWith("NotVenue", { caller, venue });
    const skim = this.previewSkim(user, claimId, side, newLock);
    this.#assets.transfer(venue, vault, skim);
    this.#exposure(user, claimId).locks[side] = newLock;
    this.#move(user, "skim", skim);
    this.#events.emit("vault", "LockSet", { user, claimId, side, lock: newLock, skim });
    return skim;
  }

  /* SERUM */

  /** Throws `NotSerum`, `EncumbranceTooLarge`, in this order. */
  setAtRisk(caller: string, user: string, claimId: string, amount: bigint): void {
    this.#checkSerum(caller);
    const exposure = this.#exposure(user, claimId);
    this.#checkEncumbrance(user, claimId, amount, max(grossOf(exposure), amount));
    if (exposure.atRisk === amount) return;
    exposure.atRisk = amount;
    this.#events.emit("vault", "AtRiskSet", { user, claimId, amount });
  }

  /** What was taken, as far as the stake goes. Throws `NotSerum`. */
  debit(caller: string, user: string, amount: bigint): bigint {
    this.#checkSerum(caller);
    const taken = min(amount, this.totalStake(user));
    this.#move(user, "loss", taken);
    if (taken > 0n) this.#events.emit("vault", "Debited", { user, amount: taken });
    return taken;
  }

  /** Throws `NotSerum`, `PotsExceeded`, in this order. */
  credit(caller: string, user: string, amount: bigint): void {
    this.#checkSerum(caller);
    const pots = this.pots();
    if (amount > pots) revertWith("PotsExceeded", { amount, pots });
    this.#move(user, "gain", amount);
    if (amount > 0n) this.#events.emit("vault", "Credited", { user, amount });
  }

  /* READ */

  /** Deposits, skims and gains less losses and withdrawals. */
  totalStake(user: string): bigint {
    return sum((this.#movements.get(user) ?? []).map(signed));
  }

  /** Sum of a user's locks. */
  totalLocked(user: string): bigint {
    return sum(this.#exposuresOf(user).map(grossOf));
  }

  /** Sum over claims of `max(gross lock, at risk)`. */
  encumbered(user: string): bigint {
    return sum(this.#exposuresOf(user).map(encumberedBy));
  }

  /** `max(0, totalStake - encumbered)`. */
  withdrawable(user: string): bigint {
    return max(this.totalStake(user) - this.encumbered(user));
  }

  /** The lock behind one side of a claim. */
  lockOf(user: string, claimId: string, side: Side): bigint {
    return this.#exposures.get(user)?.get(claimId)?.locks[side] ?? 0n;
  }

  /** Both locks of a claim together, and what is at risk there. */
  exposureOf(user: string, claimId: string): { readonly grossLock: bigint; readonly atRisk: bigint } {
    const exposure = this.#exposures.get(user)?.get(claimId);
    return exposure === undefined
      ? { grossLock: 0n, atRisk: 0n }
      : { grossLock: grossOf(exposure), atRisk: exposure.atRisk };
  }

  /**
   * What `setLock` would pull: `max(0, encumbered after - totalStake before)`; nothing for a lock of 0. Throws
   * `EncumbranceTooLarge`, `StakeTooLarge`, in this order.
   */
  previewSkim(user: string, claimId: string, side: Side, newLock: bigint): bigint {
    const exposure = this.#exposure(user, claimId);
    const otherLock = exposure.locks[side === Side.Support ? Side.Oppose : Side.Support];
    const encumbrance = max(newLock + otherLock, exposure.atRisk);
    this.#checkEncumbrance(user, claimId, newLock, encumbrance);
    if (newLock === 0n) return 0n;
    const encumberedAfter = this.encumbered(user) - encumberedBy(exposure) + encumbrance;
    const skim = max(encumberedAfter - this.totalStake(user));
    this.#checkRoom(skim);
    return skim;
  }

  /** Sum of all stakes. */
  stakes(): bigint {
    return sum([...this.#movements.keys()].map((user) => this.totalStake(user)));
  }

  /** All losses less all gains. */
  pots(): bigint {
    const all = [...this.#movements.values()].flat();
    return sum(all.map(({ kind, amount }) => (kind === "loss" ? amount : kind === "gain" ? -amount : 0n)));
  }

  /** Sum of `encumbered` over all users. */
  totalEncumbered(): bigint {
    return sum([...this.#exposures.keys()].map((user) => this.encumbered(user)));
  }

  /* INTERNAL */

  #checkSerum(caller: string): void {
    const { serum } = this.#addresses;
    if (caller !== serum) revertWith("NotSerum", { caller, serum });
  }

  #checkRoom(amount: bigint): void {
    const total = this.stakes() + this.pots() + amount;
    if (total > MAX_AMOUNT) revertWith("StakeTooLarge", { total, max: MAX_AMOUNT });
  }

  /** `encumberedAfter`: what the claim would encumber once `amount` is set. */
  #checkEncumbrance(user: string, claimId: string, amount: bigint, encumberedAfter: bigint): void {
    if (amount > MAX_AMOUNT) revertWith("EncumbranceTooLarge", { total: amount, max: MAX_AMOUNT });
    const total = this.totalEncumbered() - encumberedBy(this.#exposure(user, claimId)) + encumberedAfter;
    if (total > MAX_AMOUNT) revertWith("EncumbranceTooLarge", { total, max: MAX_AMOUNT });
  }

  #move(user: string, kind: Movement["kind"], amount: bigint): void {
    const movements = this.#movements.get(user) ?? [];
    this.#movements.set(user, movements);
    if (amount > 0n) movements.push({ kind, amount });
  }

  #exposure(user: string, claimId: string): Exposure {
    const ofUser = this.#exposures.get(user) ?? new Map<string, Exposure>();
    this.#exposures.set(user, ofUser);
    const exposure = ofUser.get(claimId) ?? { locks: { [Side.Support]: 0n, [Side.Oppose]: 0n }, atRisk: 0n };
    ofUser.set(claimId, exposure);
    return exposure;
  }

  #exposuresOf(user: string): Exposure[] {
    return [...(this.#exposures.get(user)?.values() ?? [])];
  }
}

function signed({ kind, amount }: Movement): bigint {
  return kind === "withdrawal" || kind === "loss" ? -amount : amount;
}

function grossOf({ locks }: Exposure): bigint {
  return locks[Side.Support] + locks[Side.Oppose];
}

function encumberedBy(exposure: Exposure): bigint {
  return max(grossOf(exposure), exposure.atRisk);
}
