import type { AssetBook } from "../assets.ts";
import { min, sum } from "../math.ts";
import { revertWith } from "./errors.ts";
import { JailRecord } from "./jail.ts";
import type { StakeLimit } from "./limit.ts";
import type { ArgumentParams } from "./params.ts";
import { headOf } from "./queue.ts";
import type { ArgumentRecord, CreditRecord, MarkRecord, ReserveRecord, StakeRecord } from "./records.ts";
import { type Account, type Argument, ArgumentStatus, type Stake, StakeKind } from "./state.ts";

/**
 * What happened in `ArgumentStaking`, as lists, and the contract's views as sums over them. Amounts are token units,
 * instants unix seconds, ids count from 1.
 */
export abstract class ArgumentViews {
  /** The token that is staked, in which everybody has allowed everything. */
  readonly token: AssetBook;
  /** Where the contract holds its tokens. */
  readonly address: string;

  protected readonly arguments: ArgumentRecord[] = [];
  protected readonly stakes: StakeRecord[] = [];
  protected readonly marks: MarkRecord[] = [];
  protected readonly credits: CreditRecord[] = [];
  protected readonly reserve: ReserveRecord[] = [];
  protected currentParams: ArgumentParams;
  readonly #jails = new Map<string, JailRecord>();

  protected constructor(params: ArgumentParams, address: string, token: AssetBook) {
    this.currentParams = params;
    this.address = address;
    this.token = token;
  }

  /* READ */

  /** The rules for stakes that are made now. */
  params(): ArgumentParams {
    return this.currentParams;
  }

  /** Throws `ArgumentUnknown`. */
  argument(argumentId: bigint): Argument {
    const { creator, claimId, side, status, createdAt, creationStakeId, contentHash } = this.argumentAt(argumentId);
    const staked = this.stakes.filter((stake) => stake.argumentId === argumentId);
    const upvotes = staked.filter(({ kind }) => kind === StakeKind.Upvote);
    return {
      creator,
      claimId,
      side,
      status,
      createdAt,
      creationStakeId,
      contentHash,
      upvotes: BigInt(upvotes.length),
      upvotedStake: amountOf(upvotes),
      totalStake: amountOf(staked),
      unhelpfulMarks: BigInt(this.markersOf(argumentId).length),
    };
  }

  /** Throws `StakeUnknown`. */
  stake(stakeId: bigint): Stake {
    const { staker, argumentId, kind, ending, amount, interest, shareBps, createdAt, endsAt } = this.stakeAt(stakeId);
    const hasEnded = ending !== null;
    return { staker, argumentId, kind, hasEnded, amount, interest, shareBps, createdAt, endsAt };
  }

  /** What is known of a user; all zero where nothing is. */
  account(user: string): Account {
    const { slashCount, until, upvotes } = this.jailOf(user);
    return { credited: this.creditOf(user), slashCount, jailedUntil: until, upvotesSinceJailed: upvotes };
  }

  /** What the stake limit compares at `now`: stakes that ended by time are in neither, processed or not. */
  stakeLimit(user: string, now: bigint): StakeLimit {
    const windowStart = now - this.currentParams.stakeLimitWindow;
    const staked = amountOf(this.runningOf(user, now).filter(({ createdAt }) => createdAt > windowStart));
    return { staked, total: this.token.balanceOf(user) + this.creditOf(user) + staked };
  }

  /** All stakes of a user that run at `now`. */
  runningStake(user: string, now: bigint): bigint {
    return amountOf(this.runningOf(user, now));
  }

  /** How many arguments on a claim are a user's; deleted ones do not count. */
  argumentsBy(claimId: string, user: string): bigint {
    const own = this.arguments.filter(({ creator }) => creator === user);
    const counted = own.filter((each) => each.claimId === claimId && each.status !== ArgumentStatus.Deleted);
    return BigInt(counted.length);
  }

  /** Whether a user upvoted an argument. */
  hasUpvoted(argumentId: bigint, user: string): boolean {
    const own = this.stakes.filter(({ staker }) => staker === user);
    return own.some((stake) => stake.argumentId === argumentId && stake.kind === StakeKind.Upvote);
  }

  /** Whether a user found an argument unhelpful. */
  hasMarked(argumentId: bigint, user: string): boolean {
    return this.markersOf(argumentId).includes(user);
  }

  /** Arguments about a claim in order of creation: up to `limit`, from the one after the first `offset`. */
  claimArguments(claimId: string, offset: bigint, limit: bigint): bigint[] {
    return page(idsOf(this.arguments.filter((each) => each.claimId === claimId)), offset, limit);
  }

  /** Stakes on an argument in order of creation, a page as above. Throws `ArgumentUnknown`. */
  argumentStakes(argumentId: bigint, offset: bigint, limit: bigint): bigint[] {
    const { id } = this.argumentAt(argumentId);
    return page(idsOf(this.stakes.filter((stake) => stake.argumentId === id)), offset, limit);
  }

  /** Arguments of a user in order of creation, a page as above. */
  userArguments(user: string, offset: bigint, limit: bigint): bigint[] {
    return page(idsOf(this.arguments.filter(({ creator }) => creator === user)), offset, limit);
  }

  /** Stakes of a user in order of creation, a page as above. */
  userStakes(user: string, offset: bigint, limit: bigint): bigint[] {
    return page(idsOf(this.stakes.filter(({ staker }) => staker === user)), offset, limit);
  }

  /** Stakes that nobody has ended, and when the first of them ends or ended; 0 where there is none. */
  activeStakes(): { readonly count: bigint; readonly nextEndTime: bigint } {
    const active = this.unended();
    return { count: BigInt(active.length), nextEndTime: headOf(active)?.endsAt ?? 0n };
  }

  /** What new stakes can be promised, and what was promised to stakes that nobody has ended. */
  rewardReserve(): { readonly free: bigint; readonly reserved: bigint } {
    const earning = this.unended().filter(
      ({ argumentId }) => this.argumentAt(argumentId).status !== ArgumentStatus.Unhelpful,
    );
    const reserved = sum(earning.map(({ interest }) => interest));
    return { free: amountOf(this.reserve) - reserved, reserved };
  }

  /** Stakes that nobody has ended, credits and the reserve. */
  owed(): bigint {
    return amountOf(this.unended()) + amountOf(this.credits) + amountOf(this.reserve);
  }

  /* INTERNAL */

  protected argumentAt(argumentId: bigint): ArgumentRecord {
    return this.arguments[Number(argumentId) - 1] ?? revertWith("ArgumentUnknown", { argumentId });
  }

  protected stakeAt(stakeId: bigint): StakeRecord {
    return this.stakes[Number(stakeId) - 1] ?? revertWith("StakeUnknown", { stakeId });
  }

  protected jailOf(user: string): JailRecord {
    const found = this.#jails.get(user) ?? new JailRecord();
    this.#jails.set(user, found);
    return found;
  }

  protected creditOf(user: string): bigint {
    return amountOf(this.credits.filter((credit) => credit.user === user));
  }

  protected markersOf(argumentId: bigint): string[] {
    return this.marks.filter((mark) => mark.argumentId === argumentId).map(({ curator }) => curator);
  }

  protected unended(): StakeRecord[] {
    return this.stakes.filter(({ ending }) => ending === null);
  }

  protected runningOf(user: string, now: bigint): StakeRecord[] {
    return this.unended().filter(({ staker, endsAt }) => staker === user && now < endsAt);
  }
}

/** Sum of amounts, in token units. */
export function amountOf(records: readonly { readonly amount: bigint }[]): bigint {
  return sum(records.map(({ amount }) => amount));
}

function idsOf(records: readonly { readonly id: bigint }[]): bigint[] {
  return records.map(({ id }) => id);
}

function page(ids: readonly bigint[], offset: bigint, limit: bigint): bigint[] {
  const count = BigInt(ids.length);
  const from = min(offset, count);
  return ids.slice(Number(from), Number(min(from + limit, count)));
}
