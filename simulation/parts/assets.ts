import { AssetBook } from "../../sdk/assets.ts";
import type { Call, Contract, Figure, Told } from "../contract.ts";
import { type OnModel, Part } from "./part.ts";

/** Where a token that was sent to a contract unasked is kept in the books: apart from what the contract works with. */
export function unaskedAt(address: string): string {
  return `unasked at ${address}`;
}

/** What there is of a token: the contract, and a list of transfers that all mechanisms on it share. */
export class AssetPart extends Part {
  override readonly isAboutCallers = true;
  readonly token: Contract;
  readonly book: AssetBook;
  readonly decimals: bigint;
  /** Who can neither send nor receive. */
  readonly shutOut = new Set<string>();
  /** Contracts to which what is sent unasked is kept apart. */
  readonly #apart = new Set<string>();

  constructor(token: Contract, decimals: bigint, book = new AssetBook()) {
    super();
    this.token = token;
    this.decimals = decimals;
    this.book = book;
  }

  protected readonly methods: Readonly<Record<string, OnModel>> = {
    "token.mint": ({ args: [account, amount] }) => this.book.mint(account, amount),
    "token.approve": () => undefined,
    "token.transfer": ({ from, args: [to, amount] }) =>
      this.book.transfer(from, this.#apart.has(to) ? unaskedAt(to) : to, amount),
    "token.setBlacklisted": ({ args: [account, isShutOut] }) => {
      if (isShutOut) this.shutOut.add(account);
      else this.shutOut.delete(account);
    },
    "token.arm": () => undefined,
  };

  /** From here on, what is sent to the contract unasked is counted apart from what it works with. */
  keepApart({ address }: Contract): void {
    this.#apart.add(address);
  }

  /** Units that an address holds, those included that were sent there unasked. */
  heldBy(address: string): bigint {
    return this.book.balanceOf(address) + this.book.balanceOf(unaskedAt(address));
  }

  contracts(): Contract[] {
    return [this.token];
  }

  /** Transfers are compared as balances. */
  told(): Told[] {
    return [];
  }

  override arranged(): Told[] {
    return [];
  }

  check(): void {}

  /** What the contracts hold. */
  totals(_now: bigint, call: Call | undefined): Figure[] {
    const holders = [...this.#apart, ...(call === undefined ? [] : [call.from])];
    return holders.map((holder) => this.balance(holder));
  }

  everything(_now: bigint, people: readonly string[]): Figure[] {
    return people.map((person) => this.balance(person));
  }

  balance(holder: string): Figure {
    return { on: this.token, method: "balanceOf", args: [holder], expected: this.heldBy(holder) };
  }
}
