import { id } from "ethers";
import type { BeliefOpening } from "../sdk/stake/serum.ts";
import type { Course } from "../test/differential/query-course.ts";
import { pick, type Random } from "../test/fixtures/random.ts";
import type { Call, Contract } from "./contract.ts";
import type { Person } from "./people.ts";
import type { Stage } from "./stage.ts";
import type { Zone } from "./zone.ts";

/** A sealed belief, and who is to open it. */
export interface SealedOpening {
  readonly zone: Zone;
  readonly opening: BeliefOpening;
  readonly by: "owner" | "keeper" | "nobody";
}

/** What goes on besides what the contracts know: who is there, what they sealed, what they have in mind. */
export class Scene {
  readonly stage: Stage;
  readonly random: Random;
  /** Everybody who has come so far. */
  readonly people: Person[] = [];
  readonly openings: SealedOpening[] = [];
  /** Courses of queries by zone. */
  readonly courses = { usdc: new Map<bigint, Course>(), hostile: new Map<bigint, Course>() };
  #salts = 0;

  constructor(stage: Stage, random: Random) {
    this.stage = stage;
    this.random = random;
  }

  get now(): bigint {
    return this.stage.world.now;
  }

  /** True once in `times`. */
  oneIn(times: bigint): boolean {
    return this.random(1n, times) === 1n;
  }

  pick<T>(entries: readonly T[]): T {
    return pick(this.random, entries);
  }

  /** One of the entries; `undefined` where there is none. */
  any<T>(entries: readonly T[]): T | undefined {
    return entries.length === 0 ? undefined : this.pick(entries);
  }

  /** One of the entries, mostly of the first three; `undefined` where there is none. */
  favourite<T>(entries: readonly T[]): T | undefined {
    return this.any(this.oneIn(3n) ? entries : entries.slice(0, 3));
  }

  /** Somebody, those who act often more likely. */
  person(): Person {
    return this.pick(this.people.flatMap((person) => Array.from({ length: person.character.pace }, () => person)));
  }

  /** Somebody for whom it holds, if a few are asked. */
  personWho(isWanted: (person: Person) => boolean): Person | undefined {
    const asked = Array.from({ length: 12 }, () => this.person());
    return asked.find(isWanted);
  }

  /** Whether somebody does what they cannot do. */
  errs({ character }: Person): boolean {
    return this.oneIn(character.errs);
  }

  /** Whether somebody does, with what is not theirs, what only its owner can do. */
  trespasses(person: Person): boolean {
    return this.oneIn(5n) && this.errs(person);
  }

  /** Mostly that of dollars. */
  zone(): Zone {
    const { usdc, hostile } = this.stage;
    return this.oneIn(4n) ? hostile : usdc;
  }

  /** What somebody has of a zone's asset. */
  balance(zone: Zone, { address }: Person): bigint {
    return zone.asset.book.balanceOf(address);
  }

  /** What somebody has of the council's token. */
  tokens({ address }: Person): bigint {
    return this.stage.council.model.token.book.balanceOf(address);
  }

  /** 32 bytes in hexadecimal that nobody had before. */
  salt(): string {
    this.#salts++;
    return id(`salt ${this.#salts}`);
  }
}

/** A call of somebody. */
export function callBy({ address }: Pick<Person, "address">, on: Contract, method: string, ...args: unknown[]): Call {
  return { from: address, on, method, args };
}
