import { max, sum } from "../math.ts";

/** The decision of a session that has none: several options have most weight, or none has any. */
export const NO_DECISION = 255n;

/** Options of a session at most: the number that `NO_DECISION` can never be. */
export const MAX_OPTIONS = 16n;

/** A vote in a session. */
export interface SessionVote {
  readonly option: bigint;
  /** Voting power when the session was opened, or the square root of it. */
  readonly weight: bigint;
}

/** What a vote weighs: voting power, or its square root rounded down. */
export function voteWeightDown(power: bigint, isSquareRoot: boolean): bigint {
  return isSquareRoot ? squareRootDown(power) : power;
}

/** The weight of the votes for each of the options. */
function talliesOf(votes: readonly SessionVote[], options: bigint): bigint[] {
  return Array.from({ length: Number(options) }, (_, option) =>
    sum(votes.filter((vote) => vote.option === BigInt(option)).map(({ weight }) => weight)),
  );
}

/** The option with most weight; `NO_DECISION` where several have most, or none has any. */
export function decisionOf(votes: readonly SessionVote[], options: bigint): bigint {
  const tallies = talliesOf(votes, options);
  const most = max(...tallies);
  const isTie = tallies.indexOf(most) !== tallies.lastIndexOf(most);
  return most === 0n || isTie ? NO_DECISION : BigInt(tallies.indexOf(most));
}

/**
 * What closing a session gives to those who voted, in their order, and what it leaves to the rewards of all who stake.
 * Half of the reward, rounded down, goes by weight to those who voted for the decision, the other half equally to all
 * who voted; all of it equally where there is no decision, and nothing where nobody voted. Shares are rounded down.
 *
 * @param reward In token units.
 */
export function sessionShares(
  reward: bigint,
  votes: readonly SessionVote[],
  options: bigint,
): { readonly shares: readonly bigint[]; readonly left: bigint } {
  const decision = decisionOf(votes, options);
  const byWeight = decision === NO_DECISION ? 0n : reward / 2n;
  const winning = sum(votes.filter(({ option }) => option === decision).map(({ weight }) => weight));
  const shares = votes.map(({ option, weight }) => {
    const equally = (reward - byWeight) / BigInt(votes.length);
    return option === decision ? equally + (byWeight * weight) / winning : equally;
  });
  return { shares, left: reward - sum(shares) };
}

/** The largest whole number whose square is `value` or less. */
function squareRootDown(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1); // not below the root, from where it falls
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
