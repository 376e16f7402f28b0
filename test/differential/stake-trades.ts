import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { Side } from "../../sdk/market/side.ts";
import { max } from "../../sdk/math.ts";
import { LOCK_DIVISOR } from "../../sdk/stake/venue.ts";
import { anyMagnitude, pick } from "../fixtures/random.ts";
import type { Scope } from "./stake-comparison.ts";
import type { StakeDraws } from "./stake-draws.ts";
import type { StakeWorld } from "./stake-world.ts";

/** What people do with vault and venue, on the contracts and on the model. */
export class TradeActions {
  readonly #world: StakeWorld;
  readonly #draws: StakeDraws;

  constructor(draws: StakeDraws) {
    this.#world = draws.world;
    this.#draws = draws;
  }

  /** Any amount, or a unit more than there is. */
  async deposit(person: HardhatEthersSigner): Promise<Scope> {
    const { vault, assets } = this.#world.model;
    const amount = this.#draws.oneIn(6n) ? assets.balanceOf(person.address) + 1n : this.#draws.amount(0n);
    await this.#world.act(person, "vault", "deposit", [amount], () => vault.deposit(person.address, amount));
    return this.#draws.scope(this.#draws.claim());
  }

  /** All that can be withdrawn, a part of it, or a unit too much. */
  async withdraw(person: HardhatEthersSigner): Promise<Scope> {
    const withdrawable = this.#world.model.vault.withdrawable(person.address);
    const kind = this.#draws.random(0n, 3n);
    const part = anyMagnitude(this.#draws.random, 0n, withdrawable);
    return this.#withdraw(person, kind === 0n ? withdrawable + 1n : kind === 1n ? withdrawable : part);
  }

  async withdrawAll(person: HardhatEthersSigner): Promise<Scope> {
    return this.#withdraw(person, this.#world.model.vault.withdrawable(person.address));
  }

  async createPool(claimId: string): Promise<Scope> {
    const person = this.#draws.person();
    const { venue } = this.#world.model;
    await this.#world.act(person, "venue", "createPool", [claimId], () => venue.createPool(person.address, claimId));
    return this.#draws.scope(claimId);
  }

  /** Anybody, or one whose locks exceed their stake. */
  buyer(): HardhatEthersSigner {
    const indebted = this.#world.people.filter((person) => this.#missing(person) > 0n);
    return indebted.length > 0 && this.#draws.oneIn(2n) ? pick(this.#draws.random, indebted) : this.#draws.person();
  }

  /** Any amount, or one that may be too small for the lock or the skim; sometimes with a high minimum. */
  async buy(person: HardhatEthersSigner, claimId: string): Promise<Scope> {
    const { vault, venue } = this.#world.model;
    const side = this.#draws.side();
    const missing = max(this.#missing(person) - vault.lockOf(person.address, claimId, side));
    const small = this.#draws.oneIn(3n)
      ? halvedBySkim(missing) + this.#draws.random(-1n, 1n)
      : anyMagnitude(this.#draws.random, LOCK_DIVISOR - 5n, LOCK_DIVISOR + 2n * missing);
    const isSmall = this.#draws.oneIn(missing > 0n ? 2n : 20n);
    const amount = isSmall ? max(small) : this.#draws.amount(LOCK_DIVISOR);
    const minTokens = this.#draws.oneIn(10n) ? amount : 0n;
    const quoted = [person.address, claimId, side, amount] as const;
    const locked = [person.address, claimId, side, amount / LOCK_DIVISOR] as const;
    await this.#world.read("vault", "previewSkim", locked, () => vault.previewSkim(...locked));
    await this.#world.read("venue", "quoteBuy", quoted, () => venue.quoteBuy(...quoted));
    await this.#world.act(person, "venue", "buy", [claimId, side, amount, minTokens], () =>
      venue.buy(...quoted, minTokens),
    );
    return this.#draws.scope(claimId);
  }

  /** All that is held, a part of it, or a token too many; once in a while for a minimum that the curve may not give. */
  async sell(person: HardhatEthersSigner, claimId: string): Promise<Scope> {
    const { venue } = this.#world.model;
    const isLong = venue.balanceOf(person.address, claimId, Side.Support) > 0n;
    const side = this.#draws.oneIn(4n) ? this.#draws.side() : isLong ? Side.Support : Side.Oppose;
    const held = venue.balanceOf(person.address, claimId, side);
    const kind = this.#draws.random(0n, 9n);
    const part = anyMagnitude(this.#draws.random, 0n, held);
    const tokens = kind === 0n ? held + 1n : kind <= 5n ? part : held;
    const minAmount = this.#draws.oneIn(10n) ? tokens : 0n;
    await this.#world.read("venue", "quoteSell", [claimId, side, tokens], () => venue.quoteSell(claimId, side, tokens));
    return this.#sell(person, claimId, side, tokens, minAmount);
  }

  /** Both sides of the claim, as far as somebody holds them. */
  async sellAll(person: HardhatEthersSigner, claimId: string): Promise<void> {
    for (const side of [Side.Support, Side.Oppose]) {
      const held = this.#world.model.venue.balanceOf(person.address, claimId, side);
      if (held > 0n) await this.#sell(person, claimId, side, held, 0n);
    }
  }

  /** Somebody does what only the venue or the serum may. */
  async intrude(person: HardhatEthersSigner, claimId: string): Promise<Scope> {
    const { vault } = this.#world.model;
    const { address } = person;
    const lock = [address, claimId, Side.Support, 0n] as const;
    await this.#world.act(person, "vault", "setLock", lock, () => vault.setLock(address, ...lock));
    const risk = [address, claimId, 0n] as const;
    await this.#world.act(person, "vault", "setAtRisk", risk, () => vault.setAtRisk(address, ...risk));
    for (const method of ["debit", "credit"] as const) {
      await this.#world.act(person, "vault", method, [address, 1n], () => vault[method](address, address, 1n));
    }
    return this.#draws.scope(claimId);
  }

  /** The guardian pauses the venue's entries, or ends the pause. */
  async govern(method: "pauseEntries" | "unpauseEntries"): Promise<Scope> {
    const { protocol, model } = this.#world;
    await this.#world.act(protocol.guardian, "venue", method, [], () => model.venue[method]());
    return this.#draws.scope(this.#draws.claim());
  }

  /** By how much somebody's locks exceed their stake. */
  #missing({ address }: HardhatEthersSigner): bigint {
    const { vault } = this.#world.model;
    return max(vault.totalLocked(address) - vault.totalStake(address));
  }

  async #withdraw(person: HardhatEthersSigner, amount: bigint): Promise<Scope> {
    const { vault } = this.#world.model;
    await this.#world.act(person, "vault", "withdraw", [amount], () => vault.withdraw(person.address, amount));
    return this.#draws.scope(this.#draws.claim());
  }

  async #sell(
    person: HardhatEthersSigner,
    claimId: string,
    side: Side,
    tokens: bigint,
    minAmount: bigint,
  ): Promise<Scope> {
    const { venue } = this.#world.model;
    await this.#world.act(person, "venue", "sell", [claimId, side, tokens, minAmount], () =>
      venue.sell(person.address, claimId, side, tokens, minAmount),
    );
    return this.#draws.scope(claimId);
  }
}

/** The purchase that is half skimmed by who misses so much stake before it. */
function halvedBySkim(missing: bigint): bigint {
  let amount = (2n * missing * LOCK_DIVISOR) / (LOCK_DIVISOR - 2n) - LOCK_DIVISOR;
  while (amount - 2n * (amount / LOCK_DIVISOR) < 2n * missing) amount++;
  return amount;
}
