import { CredenceError } from "../errors.ts";
import type { PrincipalChange } from "./projection.ts";
import type { Side } from "./side.ts";

/** An event of a `BeliefMarket`, with its arguments by name and the time of its block, in unix seconds. */
export interface MarketEvent {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly time: bigint;
}

/** How a position ended. Amounts in asset units. */
export type Closing =
  | { readonly kind: "withdrawn"; readonly at: bigint; readonly returned: bigint }
  | {
      readonly kind: "exited";
      readonly at: bigint;
      readonly returned: bigint;
      readonly penalty: bigint;
      readonly forfeited: bigint;
    };

/** A position as the market's events tell it. Amounts in asset units. */
export interface PositionRecord {
  readonly positionId: bigint;
  readonly owner: string;
  readonly side: Side;
  readonly principal: bigint;
  /** Entry fee, or the author's premium. */
  readonly fee: bigint;
  /** Unix seconds. */
  readonly depositedAt: bigint;
  /** Rewards paid so far, those of a withdrawal included. */
  readonly rewards: bigint;
  /** `undefined` while it is open. */
  readonly closing: Closing | undefined;
}

/** What became of a market, as its events tell it. */
export interface MarketHistory {
  /** Every position ever opened, by id. */
  readonly positions: ReadonlyMap<bigint, PositionRecord>;
  /** Every move of principal, oldest first: what `buildBeliefCurve` takes. */
  readonly changes: readonly PrincipalChange[];
}

/**
 * Replays a market's events, the oldest first and none left out. Events that move no principal and pay no reward are passed over.
 * Throws `CredenceError` where an event tells of a position that no event before it has opened.
 */
export function replayMarket(events: readonly MarketEvent[]): MarketHistory {
  const positions = new Map<bigint, PositionRecord>();
  const changes: PrincipalChange[] = [];
  for (const { name, args, time } of events) {
    if (name === "Committed") {
      const opened = openedBy(args, time);
      positions.set(opened.positionId, opened);
      changes.push({ time, side: opened.side, principalDelta: opened.principal, depositedAt: time });
    } else if (name === "RewardsClaimed" || name === "Withdrawn" || name === "ExitedEarly") {
      const positionId = args.positionId as bigint;
      const before = positions.get(positionId);
      if (before === undefined) throw new CredenceError("no event has opened this position", { positionId });
      const reward = name === "ExitedEarly" ? 0n : (args.reward as bigint);
      const closing = closingIn(name, args, time);
      positions.set(positionId, { ...before, rewards: before.rewards + reward, closing });
      const { side, principal, depositedAt } = before;
      if (closing !== undefined) changes.push({ time, side, principalDelta: -principal, depositedAt });
    }
  }
  return { positions, changes };
}

function openedBy(args: MarketEvent["args"], time: bigint): PositionRecord {
  const { positionId, owner, principal, fee } = args as Record<"positionId" | "principal" | "fee", bigint> & {
    owner: string;
  };
  const side = Number(args.side) as Side;
  return { positionId, owner, side, principal, fee, depositedAt: time, rewards: 0n, closing: undefined };
}

function closingIn(name: string, args: MarketEvent["args"], at: bigint): Closing | undefined {
  const amounts = args as Record<"principal" | "returned" | "penalty" | "forfeited", bigint>;
  if (name === "Withdrawn") return { kind: "withdrawn", at, returned: amounts.principal };
  if (name !== "ExitedEarly") return undefined;
  const { returned, penalty, forfeited } = amounts;
  return { kind: "exited", at, returned, penalty, forfeited };
}
