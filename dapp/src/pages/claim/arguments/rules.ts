import { interestDown } from "../../../../../sdk/argument/interest.ts";
import { quoteStakeLimit, type StakeLimit } from "../../../../../sdk/argument/limit.ts";
import type { ArgumentParams } from "../../../../../sdk/argument/params.ts";
import { ACT, amountText, paidText } from "../../../format/amounts.ts";
import { ARGUMENT } from "../../../words/argument.ts";
import { OPENZEPPELIN } from "../../../words/openzeppelin.ts";
import type { ArgumentRecord } from "./history.ts";

/** What holds for everybody; amounts in units. */
export interface Rules {
  readonly params: ArgumentParams;
  /** What the reserve can still promise. */
  readonly free: bigint;
  /** What it has promised to running stakes. */
  readonly reserved: bigint;
  readonly isPaused: boolean;
}

/** Where an account stands; amounts in units. */
export interface Account {
  readonly user: string;
  readonly balance: bigint;
  readonly credited: bigint;
  readonly slashCount: bigint;
  readonly jailedUntil: bigint;
  readonly upvotesSinceJailed: bigint;
  readonly limit: StakeLimit;
  readonly runningStake: bigint;
  /** Its arguments on the claim. */
  readonly written: bigint;
  readonly isCurator: boolean;
  readonly isSlasher: boolean;
}

/** An argument that somebody writes. */
export interface Draft {
  readonly summary: string;
  readonly body: string;
}

/** The length of a text as the contract counts it: bytes of UTF-8. */
export function lengthOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Why an account cannot write an argument now, as the contract would say it; `undefined` where it can. */
export function writingProblem(
  { params, free, isPaused }: Rules,
  account: Account,
  { summary, body }: Draft,
  { claimId, now }: { readonly claimId: string; readonly now: bigint },
): string | undefined {
  const { user } = account;
  if (isPaused) return OPENZEPPELIN.EnforcedPause();
  if (now < account.jailedUntil) return ARGUMENT.CreatorJailed({ user, until: account.jailedUntil }, ACT);
  const max = params.maxArgumentsPerClaim;
  if (account.written >= max) return ARGUMENT.TooManyArguments({ claimId, user, max }, ACT);
  return stakingProblem(params, free, account, params.creationStake) ?? textProblem(params, { summary, body });
}
/** Why an account cannot upvote an argument now; `undefined` where it can. */
export function upvoteProblem({ params, free, isPaused }: Rules, account: Account, argument: ArgumentRecord) {
  const { argumentId, creator, upvotes, status } = argument;
  const { user } = account;
  if (isPaused) return OPENZEPPELIN.EnforcedPause();
  if (status !== "live") return endedText(argument);
  if (isSame(creator, user)) return ARGUMENT.OwnArgument({ argumentId, creator }, ACT);
  if (upvotes.some(({ staker }) => isSame(staker, user))) return ARGUMENT.AlreadyUpvoted({ argumentId, user }, ACT);
  return stakingProblem(params, free, account, params.upvoteStake);
}

/** Why its creator cannot take an argument back now; `undefined` where that is possible as far as is known. */
export function takingBackProblem({ status, upvotes, marks, stake, argumentId }: ArgumentRecord, now: bigint) {
  if (status === "deleted") return ARGUMENT.ArgumentIsDeleted({ argumentId }, ACT);
  if (upvotes.length > 0 || marks.length > 0) {
    const [upvoted, marked] = [BigInt(upvotes.length), BigInt(marks.length)];
    return ARGUMENT.ArgumentNotUntouched({ argumentId, upvotes: upvoted, marks: marked }, ACT);
  }
  return now < stake.endsAt ? undefined : ARGUMENT.StakeHasEnded({ stakeId: stake.stakeId, endsAt: stake.endsAt }, ACT);
}

/** Why an account cannot find an argument unhelpful now; `undefined` where it can. */
export function markingProblem({ params }: Rules, account: Account, argument: ArgumentRecord): string | undefined {
  const { argumentId, creator, marks, status } = argument;
  const { user, isCurator, isSlasher, runningStake: staked } = account;
  if (status !== "live") return endedText(argument);
  if (isSame(creator, user)) return ARGUMENT.OwnArgument({ argumentId, creator }, ACT);
  if (marks.some(({ curator }) => isSame(curator, user))) return ARGUMENT.AlreadyMarked({ argumentId, user }, ACT);
  if (isCurator || isSlasher || staked >= params.minCuratorStake) return undefined;
  return ARGUMENT.NotCurator({ user, staked, min: params.minCuratorStake }, ACT);
}

function textProblem(params: ArgumentParams, { summary, body }: Draft): string | undefined {
  if (summary === "" || body === "") return "Write a summary and the argument.";
  const { minSummaryLength, maxSummaryLength, minBodyLength, maxBodyLength } = params;
  const ofSummary = { length: BigInt(lengthOf(summary)), min: minSummaryLength, max: maxSummaryLength };
  if (isOutside(ofSummary)) return ARGUMENT.SummaryLengthOutOfRange(ofSummary, ACT);
  const ofBody = { length: BigInt(lengthOf(body)), min: minBodyLength, max: maxBodyLength };
  return isOutside(ofBody) ? ARGUMENT.BodyLengthOutOfRange(ofBody, ACT) : undefined;
}

function stakingProblem(params: ArgumentParams, free: bigint, account: Account, amount: bigint): string | undefined {
  if (quoteStakeLimit(account.limit, params).isReached) {
    return ARGUMENT.StakeLimitReached({ ...account.limit, limitBps: params.stakeLimitBps }, ACT);
  }
  const needed = interestDown(amount, params);
  if (free < needed) return ARGUMENT.RewardReserveTooLow({ free, needed }, ACT);
  if (account.balance >= amount) return undefined;
  return `You have ${amountText(account.balance, ACT)}, and ${paidText(amount, ACT)} are staked.`;
}

function endedText({ status, argumentId }: ArgumentRecord): string {
  return status === "deleted"
    ? ARGUMENT.ArgumentIsDeleted({ argumentId }, ACT)
    : ARGUMENT.ArgumentIsUnhelpful({ argumentId }, ACT);
}

function isOutside({ length, min, max }: { length: bigint; min: bigint; max: bigint }): boolean {
  return length < min || length > max;
}

/** Whether two addresses are one, however they are written. */
export function isSame(a: string, b: string | undefined): boolean {
  return a.toLowerCase() === b?.toLowerCase();
}
