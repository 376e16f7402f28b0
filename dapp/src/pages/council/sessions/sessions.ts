import { MAX_OPTIONS, NO_DECISION } from "../../../../../sdk/council/chamber.ts";
import { DAY, HOUR } from "../../../../../sdk/time.ts";
import type { ChainEvent } from "../../../events/useEvents.ts";
import { readableText } from "../../../format/readable.ts";

/** Where a session is: values of the enum in `ICouncilChamber.sol`. */
export const SessionPhase = { Drawing: 0n, Voting: 1n, Closable: 2n, Closed: 3n, Cancelled: 4n } as const;

/** The names of phases, as people read them. */
export const PHASE_NAMES: Readonly<Record<string, string>> = {
  [String(SessionPhase.Drawing)]: "Members are to be drawn",
  [String(SessionPhase.Voting)]: "Voting",
  [String(SessionPhase.Closable)]: "To be closed",
  [String(SessionPhase.Closed)]: "Closed",
  [String(SessionPhase.Cancelled)]: "Cancelled",
};

/** The chamber's own bounds: members of a session, options, and seconds of voting. */
export const SESSION_BOUNDS = {
  minSize: 1,
  maxSize: 25,
  minOptions: 2,
  maxOptions: Number(MAX_OPTIONS),
  minDuration: HOUR,
  maxDuration: 30n * DAY,
} as const;

/** Seconds after which who opened a session without members may take the money back. */
const DRAWING_PATIENCE = 7n * DAY;

/** A session as it was opened. */
export interface OpenedSession {
  readonly sessionId: bigint;
  readonly opener: string;
  readonly topic: string;
  readonly options: readonly string[];
  /** In seconds. */
  readonly duration: bigint;
}

/** The sessions that the chamber's events tell of, the newest first. */
export function sessionsIn(events: readonly ChainEvent[]): readonly OpenedSession[] {
  return events
    .filter(({ name }) => name === "SessionOpened")
    .map(({ args }) => ({
      sessionId: args[0] as bigint,
      opener: args[1] as string,
      topic: readableText(() => args[2], "A question that is no text"),
      options: Array.from({ length: args[4].length }, (_, i) => readableText(() => args[4][i], "no text")),
      duration: args[5] as bigint,
    }))
    .reverse();
}

/** The block from which on members can be drawn, as far as the session itself decides it. */
function drawableFrom(openedIn: bigint): bigint {
  return openedIn + 2n;
}

/**
 * Why members cannot be drawn when `head` is the newest block; `undefined` where they can, as far as can be told. What is
 * simulated before it is sent runs in the newest block, not in the next one.
 */
export function drawProblem(openedIn: bigint, head: number): string | undefined {
  return BigInt(head) < drawableFrom(openedIn)
    ? "Members are drawn from the second block after the opening on: try again after the next block."
    : undefined;
}

/** When who opened a session may take the money back, in unix seconds, if no members were drawn. */
export function cancellableAt(openedAt: bigint): bigint {
  return openedAt + DRAWING_PATIENCE;
}

/** What was decided, in words. */
export function decisionText(decision: bigint, options: readonly string[]): string {
  return decision === NO_DECISION ? "No decision" : (options[Number(decision)] ?? `Option ${decision + 1n}`);
}

/** What is typed for a new session. */
export interface SessionWish {
  readonly topic: string;
  readonly options: readonly string[];
  readonly size: string;
  /** In hours. */
  readonly hours: string;
}

/** A new session as the chamber takes it, or why it cannot be opened. */
export function sessionOf({
  topic,
  options,
  size,
  hours,
}: SessionWish):
  | { readonly topic: string; readonly options: readonly string[]; readonly size: bigint; readonly duration: bigint }
  | { readonly problem: string } {
  const { minSize, maxSize, minOptions, maxOptions, minDuration, maxDuration } = SESSION_BOUNDS;
  const given = options.map((option) => option.trim());
  const members = /^\d+$/.test(size.trim()) ? BigInt(size.trim()) : 0n;
  const duration = /^\d+$/.test(hours.trim()) ? BigInt(hours.trim()) * HOUR : 0n;
  if (topic.trim() === "") return { problem: "Ask something." };
  if (given.length < minOptions || given.length > maxOptions) {
    return { problem: `A session has ${minOptions} to ${maxOptions} options.` };
  }
  if (given.includes("")) return { problem: "Give every option a name." };
  if (new Set(given).size < given.length) return { problem: "Two options have the same name." };
  if (members < minSize || members > maxSize) return { problem: `A session has ${minSize} to ${maxSize} members.` };
  if (duration < minDuration || duration > maxDuration) return { problem: "Voting lasts 1 to 720 hours." };
  return { topic: topic.trim(), options: given, size: members, duration };
}
