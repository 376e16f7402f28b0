import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { pick, type Random } from "../fixtures/random.ts";
import type { World } from "./world.ts";

const MAGNITUDES = ["ordinary", "tiny", "wide"] as const;

/** Size of the amounts of a history. */
export type Magnitude = (typeof MAGNITUDES)[number];

/** Each of them for a third of the seeds. */
export function magnitudeOf(seed: number): Magnitude {
  return MAGNITUDES[seed % MAGNITUDES.length] ?? "ordinary";
}

/** What chance decides in any history. */
export class Draws<W extends World> {
  readonly world: W;
  readonly random: Random;

  constructor(world: W, random: Random) {
    this.world = world;
    this.random = random;
  }

  /** True once in `times`. */
  oneIn(times: bigint): boolean {
    return this.random(1n, times) === 1n;
  }

  person(): HardhatEthersSigner {
    return pick(this.random, this.world.people);
  }

  /** Mostly somebody who is as they should be, if there is one. */
  personWho(isWanted: (address: string) => boolean): HardhatEthersSigner {
    const wanted = this.world.people.filter(({ address }) => isWanted(address));
    return wanted.length === 0 || this.oneIn(8n) ? this.person() : pick(this.random, wanted);
  }
}
