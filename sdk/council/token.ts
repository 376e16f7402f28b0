import { ZeroAddress } from "ethers";
import { AssetBook } from "../assets.ts";
import { BPS } from "../bounds.ts";
import { sum } from "../math.ts";
import { YEAR } from "../time.ts";
import { revertWith } from "./errors.ts";

interface SupplyChange {
  /** In unix seconds. */
  readonly at: bigint;
  /** In units; negative where it was burnt. */
  readonly amount: bigint;
  /** Whether it used up inflation: not so the first supply. */
  readonly isInflation: boolean;
}

/** The council's token as a list of transfers and of changes of the supply. Amounts in units, instants in unix seconds. */
export class CouncilTokenModel {
  /** Who holds how much; what was burnt is held by the zero address. */
  readonly book = new AssetBook();
  readonly deployedAt: bigint;
  /** What a year may add, of the supply at its start. */
  readonly maxInflationBps: bigint;
  readonly #changes: SupplyChange[] = [];

  /** @param deployedAt When years are counted from. */
  constructor(deployedAt: bigint, maxInflationBps: bigint) {
    this.deployedAt = deployedAt;
    this.maxInflationBps = maxInflationBps;
  }

  /** Part of the first supply, at deployment. */
  allocate(to: string, amount: bigint): void {
    this.#create(to, { at: this.deployedAt, amount, isInflation: false });
  }

  /** Returns the year that it counts for. Throws `InflationExceeded`. */
  mintInflation(to: string, amount: bigint, now: bigint): bigint {
    const { year, remaining } = this.inflationLeft(now);
    if (amount > remaining) revertWith("InflationExceeded", { amount, remaining });
    this.#create(to, { at: now, amount, isInflation: true });
    return year;
  }

  /** Throws `ERC20InsufficientBalance`. */
  burn(from: string, amount: bigint, now: bigint): void {
    this.book.transfer(from, ZeroAddress, amount);
    this.#changes.push({ at: now, amount: -amount, isInflation: false });
  }

  /** The year at `now`, from 0, and what it can still mint: its share of the supply at its start, rounded down. */
  inflationLeft(now: bigint): { readonly year: bigint; readonly remaining: bigint } {
    const year = (now - this.deployedAt) / YEAR;
    const startsAt = this.deployedAt + year * YEAR;
    // the first supply is there when the first year starts
    const before = this.#changes.filter(({ at, isInflation, amount }) =>
      year === 0n ? !isInflation && amount > 0n : at < startsAt,
    );
    const minted = this.#changes.filter(({ at, isInflation }) => isInflation && at >= startsAt);
    return { year, remaining: (amountOf(before) * this.maxInflationBps) / BPS - amountOf(minted) };
  }

  /** All units there are. */
  totalSupply(): bigint {
    return amountOf(this.#changes);
  }

  #create(to: string, change: SupplyChange): void {
    this.#changes.push(change);
    this.book.mint(to, change.amount);
  }
}

function amountOf(changes: readonly SupplyChange[]): bigint {
  return sum(changes.map(({ amount }) => amount));
}
