import type { MarketEvent, PositionRecord } from "../../../../../sdk/market/history.ts";
import type { Side } from "../../../../../sdk/market/side.ts";

/** An event of a market, with its place on the chain. */
export interface PlacedEvent extends MarketEvent {
  readonly block: number;
  /** Its place in the block. */
  readonly index: number;
  readonly transaction: string;
}

/** Something that happened in a market, as a list tells it. */
export interface Happening {
  /** Names it among all of the market. */
  readonly id: string;
  /** Who did it; `undefined` where it happened to all positions, or anybody may have done it. */
  readonly who: string | undefined;
  /** What comes before the amount: "committed". */
  readonly verb: string;
  readonly amount: bigint;
  /** What follows the amount: "of rewards". */
  readonly rest: string;
  readonly side: Side | undefined;
  /** What it cost, and how that is called; `undefined` where it cost nothing. */
  readonly cost: { readonly name: string; readonly amount: bigint } | undefined;
  readonly time: bigint;
  readonly transaction: string;
}

type Told = Pick<Happening, "verb" | "amount"> & Partial<Pick<Happening, "who" | "rest" | "side" | "cost">>;

const NOTHING = { who: undefined, rest: "", side: undefined, cost: undefined } as const;

/** Events of which the share of a fee or penalty, in the same transaction, is a part. */
const PAYING = ["Committed", "ExitedEarly"];

/** What happened in a market, the newest first. What a fee gives to others is told with the fee, not once more. */
export function happeningsOf(
  events: readonly PlacedEvent[],
  positions: ReadonlyMap<bigint, PositionRecord>,
): readonly Happening[] {
  const paying = new Set(events.filter(({ name }) => PAYING.includes(name)).map(({ transaction }) => transaction));
  return events
    .filter(({ name, transaction }) => name !== "RewardsDistributed" || !paying.has(transaction))
    .flatMap((event): Happening[] => {
      const told = tell(event, positions);
      const { time, transaction, block, index } = event;
      return told === undefined ? [] : [{ ...NOTHING, ...told, id: `${block}:${index}`, time, transaction }];
    })
    .toReversed();
}

function tell({ name, args }: PlacedEvent, positions: ReadonlyMap<bigint, PositionRecord>): Told | undefined {
  const position = positions.get(args.positionId as bigint);
  const by = position === undefined ? {} : { who: position.owner, side: position.side };
  const { principal, fee, reward, returned, penalty, amount } = args as Record<string, bigint>;
  switch (name) {
    case "Committed":
      return { ...by, verb: "committed", amount: plus(principal, fee), cost: costOf("fee", fee) };
    case "Withdrawn":
      return { ...by, verb: "withdrew", amount: plus(principal, reward) };
    case "ExitedEarly":
      return { ...by, verb: "left early with", amount: plus(returned), cost: costOf("penalty", penalty) };
    case "RewardsClaimed":
      return { ...by, verb: "claimed", amount: plus(reward), rest: "of rewards" };
    case "RewardsDistributed":
      return { verb: "All positions shared", amount: plus(amount), rest: "of rewards" };
    case "ExcessReleased":
      return { verb: "Handed back for others:", amount: plus(amount), rest: "that a position earned above its cap" };
    default:
      return undefined;
  }
}

function plus(...amounts: readonly (bigint | undefined)[]): bigint {
  return amounts.reduce<bigint>((total, amount) => total + (amount ?? 0n), 0n);
}

function costOf(name: string, amount = 0n): Happening["cost"] {
  return amount === 0n ? undefined : { name, amount };
}
