import { ACT, paidText } from "../../../format/amounts.ts";

/** What taking a reward depends on, in token units. */
export interface RewardToTake {
  readonly claimable: bigint;
  /** Least reward that is paid, but to whom has no stake any more. */
  readonly minClaim: bigint;
  /** The account's voting power. */
  readonly power: bigint;
}

/** Why a reward cannot be claimed; `undefined` where it can. */
export function claimProblem({ claimable, minClaim, power }: RewardToTake): string | undefined {
  if (claimable === 0n) return "There is nothing to claim yet.";
  if (claimable < minClaim && power > 0n) return `A reward is paid from ${paidText(minClaim, ACT)} on.`;
  return undefined;
}

/** Why no period of rewards can begin; `undefined` where one can. Instants in unix seconds, amounts in token units. */
export function startProblem(endsAt: bigint, nextAmount: bigint, now: bigint): string | undefined {
  if (now < endsAt) return "The period is not over.";
  return nextAmount === 0n ? "There is nothing that a period could stream." : undefined;
}
