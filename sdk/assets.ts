import { sum } from "./math.ts";
import { ModelError } from "./model-error.ts";

interface Transfer {
  /** Who paid; null where the amount was minted. */
  readonly from: string | null;
  readonly to: string;
  readonly amount: bigint;
}

/** A plain ERC-20 as a list of transfers, in which everybody has allowed everything. Amounts in asset units. */
export class AssetBook {
  readonly #transfers: Transfer[] = [];

  /** Creates `amount` for `to`. */
  mint(to: string, amount: bigint): void {
    this.#transfers.push({ from: null, to, amount });
  }

  /** Throws `ERC20InsufficientBalance`. */
  transfer(from: string, to: string, amount: bigint): void {
    const balance = this.balanceOf(from);
    if (amount > balance) {
      throw new ModelError("ERC20InsufficientBalance", { sender: from, balance, needed: amount });
    }
    if (amount > 0n) this.#transfers.push({ from, to, amount });
  }

  /** What `account` received less what it paid. */
  balanceOf(account: string): bigint {
    const received = this.#transfers.filter(({ to }) => to === account);
    const paid = this.#transfers.filter(({ from }) => from === account);
    return sum(received.map(({ amount }) => amount)) - sum(paid.map(({ amount }) => amount));
  }
}
