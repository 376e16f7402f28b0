import type { SessionVote } from "../../sdk/council/chamber.ts";
import { sum } from "../../sdk/math.ts";
import { ModelError } from "../../sdk/model-error.ts";
import { DAY } from "../../sdk/time.ts";

/** Values of the enum in `ICouncilChamber.sol`. */
export const SessionPhase = { Drawing: 0n, Voting: 1n, Closable: 2n, Closed: 3n, Cancelled: 4n } as const;

/** Members of a session at most. */
export const MAX_SIZE = 25n;

/** From when on who opened a session in vain can cancel it. */
export const PATIENCE = 7n * DAY;

/** A session, and what became of it. Amounts in token units. */
export interface Session {
  readonly sessionId: bigint;
  readonly opener: string;
  readonly openedAt: bigint;
  readonly duration: bigint;
  readonly size: bigint;
  readonly options: bigint;
  readonly isSquareRoot: boolean;
  reward: bigint;
  endsAt: bigint;
  members: readonly string[];
  readonly votes: Map<string, SessionVote>;
  end: "none" | "closed" | "cancelled";
}

/** Where a session is at `now`. */
export function phaseOf({ end, members, votes, size, endsAt }: Session, now: bigint): bigint {
  if (end === "cancelled") return SessionPhase.Cancelled;
  if (end === "closed") return SessionPhase.Closed;
  if (members.length === 0) return SessionPhase.Drawing;
  return now >= endsAt || BigInt(votes.size) === size ? SessionPhase.Closable : SessionPhase.Voting;
}

/** Throws what the chamber throws where a value is out of its range. */
export function requireBetween(error: string, what: string, value: bigint, min: bigint, max: bigint): void {
  if (value < min || value > max) throw new ModelError(error, { [what]: value, min, max });
}

/** The weight of the votes for each of the options. */
export function talliesOf(votes: readonly SessionVote[], options: bigint): bigint[] {
  const weightFor = (option: bigint) => sum(votes.filter((vote) => vote.option === option).map(({ weight }) => weight));
  return Array.from({ length: Number(options) }, (_, option) => weightFor(BigInt(option)));
}

/** A refusal that depends on the lot: the randomness is not there yet, or it met too few who count. */
export function asPredicted(name: string, args: readonly unknown[], { sessionId, size }: Session): ModelError {
  const [first = 0n, second = 0n, third = 0n] = args.map((arg) => BigInt(String(arg)));
  if (name === "RandomnessNotThere" && first === sessionId && second < third) {
    return new ModelError(name, { sessionId, blockNumber: second, neededBlock: third });
  }
  if (name === "TooFewAgents" && first < size && second === size) {
    return new ModelError(name, { found: first, needed: size });
  }
  return new ModelError("RandomnessNotThere or TooFewAgents", {});
}
