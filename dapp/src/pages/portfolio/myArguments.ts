import { splitInterest } from "../../../../sdk/argument/interest.ts";
import type { ArgumentRecord, StakeRecord } from "../claim/arguments/history.ts";

/** A stake on an argument that was neither paid nor lost. Amounts in token units. */
export interface MyStake {
  readonly stakeId: bigint;
  readonly claimId: string;
  /** Of the argument that it is on. */
  readonly summary: string;
  readonly isUpvote: boolean;
  readonly amount: bigint;
  /** What its owner gets of it: nothing where the argument was found unhelpful. */
  readonly interest: bigint;
  /** Unix seconds. */
  readonly endsAt: bigint;
}

/** What an account has in arguments. */
export interface MyArguments {
  /** Those that it wrote and that stand, the newest first. */
  readonly written: readonly ArgumentRecord[];
  /** Its stakes, what ends first coming first. */
  readonly stakes: readonly MyStake[];
}

/** What an account has in arguments, of all there are. */
export function argumentsOf(all: Iterable<ArgumentRecord>, account: string): MyArguments {
  const known = [...all];
  return {
    written: known.filter(({ creator, status }) => creator === account && status === "live").reverse(),
    stakes: known
      .flatMap((argument) => stakesIn(argument, account))
      .sort((a, b) => (a.endsAt < b.endsAt ? -1 : a.endsAt > b.endsAt ? 1 : 0)),
  };
}

function stakesIn(argument: ArgumentRecord, account: string): MyStake[] {
  const { claimId, summary, status, stake, upvotes } = argument;
  const isOwn = ({ staker, ending }: StakeRecord) => staker === account && ending === undefined;
  const mine = ({ stakeId, amount, endsAt }: StakeRecord, isUpvote: boolean, interest: bigint): MyStake => ({
    ...{ stakeId, claimId, summary, isUpvote, amount, endsAt },
    interest: status === "live" ? interest : 0n,
  });
  return [
    ...[stake].filter(isOwn).map((one) => mine(one, false, one.interest)),
    ...upvotes.filter(isOwn).map((one) => mine(one, true, splitInterest(one.interest, one.creatorShareBps).upvoter)),
  ];
}
