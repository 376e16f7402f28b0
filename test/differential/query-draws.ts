import { hexlify, id, MaxUint256, zeroPadValue } from "ethers";
import { max } from "../../sdk/math.ts";
import { MAX_STRENGTH } from "../../sdk/query/likelihood.ts";
import type { Question } from "../../sdk/query/records.ts";
import { doVotesDecide } from "../../sdk/query/settlement.ts";
import { solveStrengths } from "../../sdk/query/solver.ts";
import { MAX_PARTICIPANTS, MAX_RANK, MIN_ANSWERS } from "../../sdk/query/stakes.ts";
import { MAX_WINDOW, MIN_WINDOW, type Timing } from "../../sdk/query/timing.ts";
import { DAY, HOUR, MAX_UINT32 } from "../fixtures/amounts.ts";
import { anyMagnitude, pick } from "../fixtures/random.ts";
import { Draws } from "./draws.ts";
import { times } from "./history.ts";
import type { Scope } from "./query-comparison.ts";
import type { Cast } from "./query-course.ts";
import { PRAISES, TASTES } from "./query-votes.ts";
import type { QueryWorld } from "./query-world.ts";

const LARGEST_UINT8 = 255n;

/** What ranks are set to. */
export interface Ranks {
  readonly accounts: readonly string[];
  readonly ranks: readonly bigint[];
}

/** What chance decides in a history of queries. */
export class QueryDraws extends Draws<QueryWorld> {
  /** Up to 33 of each, few as likely as many, or often so many that the places are taken. */
  cast(maxAnswers: bigint): Cast {
    return {
      answerers: this.oneIn(6n) ? maxAnswers + 2n : this.#crowd(),
      judges: this.#crowd(),
      sloth: pick(this.random, [4n, 10n, 30n, 100n]),
      isCareful: false,
      taste: pick(this.random, TASTES),
      praise: pick(this.random, PRAISES),
    };
  }

  /** Mostly within the bounds. */
  question(): Question {
    const text = `question ${this.world.model.queryCount}`;
    const minAnswers = this.oneIn(3n) ? MIN_ANSWERS : this.random(MIN_ANSWERS, MAX_PARTICIPANTS);
    const maxAnswers = this.oneIn(2n) ? minAnswers : this.random(minAnswers, MAX_PARTICIPANTS);
    return {
      contentHash: id(text),
      uri: `ipfs://${text}`,
      minRank: this.oneIn(25n) ? pick(this.random, [MAX_RANK + 1n, LARGEST_UINT8]) : this.#minRank(),
      minAnswers: this.oneIn(25n)
        ? pick(this.random, [0n, MIN_ANSWERS - 1n, MAX_PARTICIPANTS + 1n, LARGEST_UINT8])
        : minAnswers,
      maxAnswers: this.oneIn(25n)
        ? pick(this.random, [0n, minAnswers - 1n, MAX_PARTICIPANTS + 1n, LARGEST_UINT8])
        : maxAnswers,
      timing: this.#timing(),
    };
  }

  /** Ranks for some people, for nobody, or for all; once in a while such as are refused. */
  ranks(): Ranks {
    const { people } = this.world;
    const wanted = this.random(1n, 4n);
    const accounts = people.filter(() => this.oneIn(wanted)).map(({ address }) => address);
    const level = this.random(0n, MAX_RANK);
    const kind = this.random(0n, 3n);
    const choices = [level, max(level - 1n), max(level - 7n)];
    const ranks = accounts.map(() => {
      if (kind === 0n) return level;
      if (kind === 1n) return pick(this.random, choices);
      return kind === 2n ? pick(this.random, [0n, MAX_RANK]) : this.random(0n, MAX_RANK);
    });
    if (this.oneIn(5n)) ranks.push(level);
    if (this.oneIn(5n)) ranks[0] = pick(this.random, [MAX_RANK + 1n, LARGEST_UINT8]);
    return { accounts, ranks };
  }

  /** Mostly a query, else one that does not exist. */
  queryId(): bigint {
    const { queryCount } = this.world.model;
    if (queryCount === 0n || this.oneIn(40n)) return pick(this.random, [0n, queryCount + 1n, MaxUint256]);
    return this.oneIn(2n) ? queryCount : this.random(1n, queryCount);
  }

  /** Mostly what was sealed; once in a while nothing, or another end, of which nothing is kept. */
  seal(seal: string): string {
    const kind = this.random(0n, 24n);
    if (kind === 0n) return zeroPadValue(hexlify(new Uint8Array([Number(this.random(0n, LARGEST_UINT8))])), 32);
    return kind === 1n ? `${seal.slice(0, -2)}${seal.endsWith("00") ? "01" : "00"}` : seal;
  }

  /** The strengths that settle a query, as the solver finds them; none where votes do not decide. */
  rightStrengths(queryId: bigint): bigint[] {
    const { model } = this.world;
    const { openedAnswers, openedVotes } = model.query(queryId);
    return doVotesDecide(openedAnswers, openedVotes) ? solveStrengths(model.winMatrix(queryId)) : [];
  }

  /** As good as the right ones: in another scale, or slightly off. */
  equivalentStrengths(right: readonly bigint[]): bigint[] {
    const largest = max(1n, ...right);
    const factor = pick(this.random, [
      1n,
      2n,
      3n,
      MAX_STRENGTH / largest,
      anyMagnitude(this.random, 1n, MAX_STRENGTH / largest),
    ]);
    const scaled = right.map((strength) => strength * factor);
    return this.oneIn(3n) ? scaled : scaled.map((strength) => strength - this.random(0n, strength / 10n ** 9n));
  }

  /** Mostly refused: one missing, one too many, none, out of range, off by a millionth, or all alike. */
  wrongStrengths(right: readonly bigint[]): bigint[] {
    if (right.length === 0) return times(Number(this.random(1n, 3n)), 1n);
    const at = Number(this.random(0n, BigInt(right.length) - 1n));
    const moved = right[at] ?? 0n;
    const off = pick(this.random, [
      moved + moved / 10n ** 6n,
      moved - moved / 10n ** 6n,
      moved + moved / 10n ** 10n,
      0n,
      1n,
      MAX_STRENGTH,
      MAX_STRENGTH + 1n,
      MaxUint256,
    ]);
    return pick(this.random, [
      right.slice(0, -1),
      [...right, 1n],
      [],
      right.map(() => 1n),
      ...Array.from({ length: 6 }, () => right.map((strength, index) => (index === at ? off : strength))),
    ]);
  }

  /** What is compared after an action: who acted, somebody else, and what it was about. */
  scope(user: string, ...queryIds: readonly bigint[]): Scope {
    return { users: [...new Set([user, this.person().address])], queryIds };
  }

  #crowd(): bigint {
    if (this.oneIn(5n)) return pick(this.random, [0n, 1n, 1n, 2n]);
    return this.oneIn(2n) ? this.random(2n, 5n) : anyMagnitude(this.random, 2n, MAX_PARTICIPANTS + 1n);
  }

  /** None, anything, or what somebody has. */
  #minRank(): bigint {
    const { model } = this.world;
    return pick(this.random, [0n, 0n, this.random(0n, MAX_RANK), ...times(3, model.rankOf(this.person().address))]);
  }

  #timing(): Timing {
    return {
      answering: this.#window(),
      opening: this.#window(),
      judging: this.#window(),
      revealing: this.#window(),
    };
  }

  /** The default's, something usual, anything, or once in a while what is out of range. */
  #window(): bigint {
    const kind = this.random(0n, 11n);
    if (kind <= 2n) return 0n;
    if (kind <= 9n) return pick(this.random, [DAY, DAY + HOUR, 3n * DAY]);
    if (kind === 10n) return pick(this.random, [MIN_WINDOW, MAX_WINDOW, HOUR]);
    return this.oneIn(2n)
      ? pick(this.random, [1n, MIN_WINDOW - 1n, MAX_WINDOW + 1n, MAX_UINT32])
      : anyMagnitude(this.random, MIN_WINDOW, MAX_WINDOW);
  }
}
