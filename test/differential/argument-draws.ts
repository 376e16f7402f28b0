import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { MaxUint256 } from "ethers";
import { quoteStakeLimit } from "../../sdk/argument/limit.ts";
import type { ArgumentDraft } from "../../sdk/argument/model.ts";
import { ARGUMENT_PARAM_BOUNDS, type ArgumentParams, MAX_STAKE } from "../../sdk/argument/params.ts";
import { type Argument, ArgumentStatus } from "../../sdk/argument/state.ts";
import { Side } from "../../sdk/market/side.ts";
import { ARGUMENT_RULES, act, DAY, HOUR, YEAR } from "../fixtures/amounts.ts";
import { anyMagnitude, pick, type Random } from "../fixtures/random.ts";
import type { Scope } from "./argument-comparison.ts";
import { type ArgumentWorld, CLAIMS } from "./argument-world.ts";
import { Draws, type Magnitude } from "./draws.ts";

/** How large stakes are at most: so small that every rounding shows, ordinary, or as large as governance can ask for. */
export const MAGNITUDES: Readonly<Record<Magnitude, bigint>> = { tiny: 500n, ordinary: act(100), wide: MAX_STAKE };

/** An argument with its id. */
export type Written = Argument & { readonly argumentId: bigint };

const SCRIPTS = ["claim ", "prüfen", "論拠", "🌱"];
const PERIODS = [HOUR, 5n * HOUR, DAY, 3n * DAY, 7n * DAY, 30n * DAY, YEAR];

/** What chance decides in a history. */
export class ArgumentDraws extends Draws<ArgumentWorld> {
  /** Mostly somebody who may stake `amount` token units more, once in a while somebody at the stake limit. */
  staker(amount: bigint, isWanted: (address: string) => boolean = () => true): HardhatEthersSigner {
    const { model, now } = this.world;
    const isLimited = this.oneIn(8n);
    return this.personWho((address) => {
      const { isReached } = quoteStakeLimit(model.stakeLimit(address, now), model.params());
      return isWanted(address) && isReached === isLimited && (isLimited || model.token.balanceOf(address) >= amount);
    });
  }

  /** Arguments that are as they should be. */
  written(isWanted: (argument: Written) => boolean): Written[] {
    const ids = CLAIMS.flatMap((claimId) => this.world.model.claimArguments(claimId, 0n, MaxUint256));
    return ids.map((argumentId) => ({ argumentId, ...this.world.model.argument(argumentId) })).filter(isWanted);
  }

  /** Mostly an argument that is as it should be, else any, or one that does not exist. */
  argumentWhich(isWanted: (argument: Written) => boolean): bigint {
    const all = this.written(() => true);
    const wanted = this.oneIn(8n) ? all : all.filter(isWanted);
    if (wanted.length === 0 || this.oneIn(40n)) return pick(this.random, [0n, BigInt(all.length) + 1n, MaxUint256]);
    return pick(this.random, wanted).argumentId;
  }

  /** Mostly on a claim on which the creator can write more, mostly within the bounds of length. */
  draft(creator: string): ArgumentDraft {
    const { model } = this.world;
    const { maxArgumentsPerClaim, minSummaryLength, maxSummaryLength, minBodyLength, maxBodyLength } = model.params();
    const isFull = (claimId: string) => model.argumentsBy(claimId, creator) >= maxArgumentsPerClaim;
    const isAstray = this.oneIn(5n);
    const open = CLAIMS.slice(0, -1).filter((claimId) => isFull(claimId) === isAstray);
    return {
      claimId: open.length === 0 || this.oneIn(12n) ? pick(this.random, CLAIMS) : pick(this.random, open),
      side: pick(this.random, [Side.Support, Side.Oppose]),
      summary: this.#text(minSummaryLength, maxSummaryLength),
      body: this.#text(minBodyLength, maxBodyLength),
    };
  }

  /** Part of what there is, all of it, or a unit more. */
  part(whole: bigint): bigint {
    const kind = this.random(0n, 9n);
    if (kind === 0n) return whole + 1n;
    return kind === 1n ? whole : anyMagnitude(this.random, 0n, whole);
  }

  /** How many entries a call takes from the queue. */
  maxCount(): bigint {
    return pick(this.random, [0n, 1n, 1n, 2n, 3n, 5n, 20n, MaxUint256]);
  }

  /** What is compared after an action: who acted, somebody else, and what it was about. */
  scope(user: string, ...argumentIds: readonly bigint[]): Scope {
    const users = new Set([user, this.person().address]);
    return { users: [...users], argumentIds, page: [this.random(0n, 3n), this.random(0n, 6n)] };
  }

  /** Other rules: usually a few that differ, one once in a while beyond its bounds. */
  changedRules(magnitude: Magnitude): ArgumentParams {
    const current = this.world.model.params();
    const other = randomRules(this.random, magnitude);
    const changed: Record<string, bigint> = {};
    for (const { name } of ARGUMENT_PARAM_BOUNDS) if (this.oneIn(4n)) changed[name] = other[name];
    const near = [current.period, current.period + 1n, current.period - 1n];
    if (this.oneIn(2n)) changed.period = pick(this.random, [...PERIODS, ...near]);
    const rules: ArgumentParams = { ...current, ...changed };
    return this.oneIn(6n) ? this.#astray(rules) : rules;
  }

  #astray(rules: ArgumentParams): ArgumentParams {
    const { name, min, max } = pick(this.random, ARGUMENT_PARAM_BOUNDS);
    const isBelow = min(rules) > 0n && this.oneIn(2n);
    return { ...rules, [name]: isBelow ? min(rules) - 1n : max(rules) + 1n };
  }

  /** Of a length in bytes that is mostly within the bounds and often at them, in characters of one to four bytes. */
  #text(min: bigint, max: bigint): string {
    const between = this.random(min, max);
    const astray = this.oneIn(15n) ? [min - 1n, max + 1n] : [];
    const length = pick(this.random, astray.length > 0 ? astray : [min, max, between, between]);
    return textOf(length, pick(this.random, SCRIPTS));
  }
}

/** Whether nothing ended it yet. */
export function isLive({ status }: Argument): boolean {
  return status === ArgumentStatus.Live;
}

/** In the order of the struct: rules anywhere within their bounds as far as they concern amounts, and otherwise such that something happens. */
export function randomRules(random: Random, magnitude: Magnitude): ArgumentParams {
  const stake = () => anyMagnitude(random, 1n, MAGNITUDES[magnitude]);
  const maxSummaryLength = anyMagnitude(random, 4n, 140n);
  const maxBodyLength = anyMagnitude(random, 4n, 1_250n);
  return {
    upvoteStake: stake(),
    period: pick(random, PERIODS),
    interestRateBps: random(0n, 9n) === 0n ? 0n : anyMagnitude(random, 1n, 10_000n),
    creatorShareBps: random(0n, 10_000n),
    stakeLimitWindow: pick(random, PERIODS),
    stakeLimitBps: random(0n, 3n) === 0n ? random(1n, 10_000n) : random(3_000n, 10_000n),
    unjailUpvotes: random(1n, 3n),
    creationStake: stake(),
    maxArgumentsPerClaim: random(1n, 8n),
    minSummaryLength: random(1n, maxSummaryLength),
    maxSummaryLength,
    minBodyLength: random(1n, maxBodyLength),
    maxBodyLength,
    curatorShareBps: random(0n, 10_000n),
    minCuratorStake: stake(),
    jailPeriod: pick(random, PERIODS),
    unhelpfulThreshold: random(1n, 4n),
  };
}

/** The default rules, with amounts of the magnitude where that is another. */
export function usualRules(random: Random, magnitude: Magnitude): ArgumentParams {
  if (magnitude === "ordinary") return ARGUMENT_RULES;
  const { upvoteStake, creationStake, minCuratorStake } = randomRules(random, magnitude);
  return { ...ARGUMENT_RULES, upvoteStake, creationStake, minCuratorStake, unhelpfulThreshold: 2n };
}

function textOf(length: bigint, script: string): string {
  const characters = [...script];
  let text = "";
  let bytes = 0n;
  for (let index = 0; bytes < length; index++) {
    const next = characters[index % characters.length] ?? "x";
    const size = BigInt(Buffer.byteLength(next));
    const fits = bytes + size <= length;
    text += fits ? next : "x";
    bytes += fits ? size : 1n;
  }
  return text;
}
