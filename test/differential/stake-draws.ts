import { MaxUint256 } from "ethers";
import { Side } from "../../sdk/market/side.ts";
import { MAX_AMOUNT, WAD } from "../../sdk/stake/math.ts";
import { epochOf } from "../../sdk/stake/schedule.ts";
import { anyMagnitude, pick, type Random } from "../fixtures/random.ts";
import { Draws, type Magnitude } from "./draws.ts";
import type { Scope } from "./stake-comparison.ts";
import { CLAIMS, type StakeWorld } from "./stake-world.ts";

/** How large amounts are: so small that every rounding shows, ordinary, or up to what the books can count. */
const MAGNITUDES: Readonly<Record<Magnitude, bigint>> = { tiny: 4_000n, ordinary: 10n ** 12n, wide: 2n ** 86n };

/** What chance decides in a history. */
export class StakeDraws extends Draws<StakeWorld> {
  readonly #largest: bigint;

  constructor(world: StakeWorld, random: Random, magnitude: Magnitude) {
    super(world, random);
    this.#largest = MAGNITUDES[magnitude];
  }

  /** Mostly one of the two claims that exist. */
  claim(): string {
    return this.oneIn(20n) ? CLAIMS[2] : pick(this.random, CLAIMS.slice(0, 2));
  }

  side(): Side {
    return pick(this.random, [Side.Support, Side.Oppose]);
  }

  /** An amount of any magnitude from `from` on, or once in a while one at the limits of what can be counted. */
  amount(from: bigint): bigint {
    const limits = [MAX_AMOUNT, MAX_AMOUNT + 1n, 2n * MAX_AMOUNT, 51n * MAX_AMOUNT, MaxUint256];
    if (this.oneIn(15n)) return pick(this.random, limits);
    return anyMagnitude(this.random, from, this.#largest);
  }

  /** A probability in wad: anything, an extreme, around a half, what everybody says, or once in a while too much. */
  probability(common: bigint): bigint {
    const kind = this.random(0n, 19n);
    if (kind <= 9n) return this.random(0n, WAD);
    if (kind <= 12n) return pick(this.random, [0n, WAD, WAD / 100n, WAD - WAD / 100n]);
    if (kind <= 14n) return WAD / 2n + this.random(0n, 1n);
    return kind === 15n ? WAD + this.random(0n, 1n) : common;
  }

  /** How many participants a call goes through. */
  maxCount(): bigint {
    return pick(this.random, [0n, 1n, 2n, 2n, 3n, 3n, 100n, MaxUint256]);
  }

  /** What is compared after an action on a claim; the current epoch unless given. */
  scope(claimId: string, epoch: bigint = epochOf(this.world.model.setup, this.world.now)): Scope {
    return { claimId, epoch };
  }
}
