import { CredenceError } from "../../../sdk/errors.ts";
import { Side } from "../../../sdk/market/side.ts";
import { DAY, HOUR } from "../chain.ts";
import { type Cast, claimOf, permitAhead, type Stage, USDC } from "./stage.ts";
import type { StakeTask } from "./stake.ts";
import type { Crowd } from "./stake-crowd.ts";
import { openPool } from "./stake-stage.ts";

const AMOUNT = 500n * USDC;
const DEPOSIT = 1_000n * USDC;
const QUIET = "a claim that nobody trades yet";

/** A purchase or a sale of everything that is held. */
interface Trade {
  readonly at: bigint;
  readonly who: keyof Cast;
  readonly side: Side;
  /** What is paid; `AMOUNT` unless named. */
  readonly amount?: bigint;
  /** What is traded; the crowd's claim unless named. */
  readonly claim?: string;
}

/** Gas of trading a claim that a crowd trades, and a quiet one. The supporter has a stake; nobody else has. */
export async function measureVenue(stage: Stage, crowd: Crowd, start: bigint) {
  const { cast, stakeVault, aside, send } = stage;
  const createPool = await openPool(stage, QUIET, start);
  await stakeVault.connect(cast.supporter).deposit(DEPOSIT);

  const [support, oppose] = [Side.Support, Side.Oppose];
  const covered = (trade: Trade) => buy(stage, crowd, trade, false);
  const skimmed = (trade: Trade) => buy(stage, crowd, trade, true);
  const fresh = await covered({ at: start + DAY, who: "supporter", side: support });
  const freshSkimmed = await skimmed({ at: start + DAY + HOUR, who: "skeptic", side: oppose });

  const at = start + 2n * DAY;
  const later = at + DAY;
  const first = { at, who: "challenger", side: support, claim: claimOf(QUIET) } as const;
  const held = { at: later, who: "supporter", side: support } as const;
  return {
    createPool,
    "buy, first of a pool": await aside(() => skimmed(first)),
    "buy, new position": fresh,
    "buy, new position with skim, first of a user": freshSkimmed,
    "buy, the other side too": await aside(() => covered({ at, who: "supporter", side: oppose })),
    "buy, again": await aside(() => covered({ at, who: "supporter", side: support })),
    "buy, again with skim": await aside(() => skimmed({ at, who: "skeptic", side: oppose, amount: 2n * AMOUNT })),
    "buyWithPermit, new position with skim, first of a user": await buyWithPermit(stage, crowd, at, false),
    "buyWithPermit, permit sent ahead by another": await buyWithPermit(stage, crowd, at, true),
    "sell, part": await aside(() => sell(stage, crowd, held, 2n)),
    "sell, all": await aside(() => sell(stage, crowd, held)),
    "sell, all with a voice at risk": await aside(async () => {
      await send(at, () => stage.truthSerum.connect(cast.supporter).commitBelief(crowd.claimId, claimOf("a seal")));
      return sell(stage, crowd, held);
    }),
    "sell, last of a pool": await aside(async () => {
      await skimmed(first);
      return sell(stage, crowd, { ...first, at: later });
    }),
  } satisfies Partial<Record<StakeTask, bigint>>;
}

/** Throws unless the purchase takes a skim, or none, as told. */
async function buy(stage: Stage, crowd: Crowd, trade: Trade, isSkimmed: boolean): Promise<bigint> {
  const { at, who, side, amount = AMOUNT, claim = crowd.claimId } = trade;
  const venue = stage.convictionMarket.connect(stage.cast[who]);
  return skimming(stage, isSkimmed, () => stage.send(at, () => venue.buy(claim, side, amount, 1n)));
}

/** Sells what is held divided by `divisor`. */
async function sell(stage: Stage, crowd: Crowd, trade: Trade, divisor = 1n): Promise<bigint> {
  const { at, who, side, claim = crowd.claimId } = trade;
  const venue = stage.convictionMarket.connect(stage.cast[who]);
  const held = await venue.balanceOf(stage.cast[who].address, claim, side);
  return stage.send(at, () => venue.sell(claim, side, held / divisor, 1n));
}

function buyWithPermit(stage: Stage, { claimId }: Crowd, at: bigint, isSentAhead: boolean): Promise<bigint> {
  const { cast, convictionMarket, aside, send } = stage;
  const venue = convictionMarket.connect(cast.signatory);
  return aside(async () => {
    const { deadline, v, r, s } = await permitAhead(stage, venue, AMOUNT, at, isSentAhead);
    const purchase = () => venue.buyWithPermit(claimId, Side.Support, AMOUNT, 1n, deadline, v, r, s);
    return skimming(stage, true, () => send(at, purchase));
  });
}

/** The gas of `action`, which has to add a skim to the stakes, or nothing: without one it is cheaper. */
async function skimming({ stakeVault }: Stage, isSkimmed: boolean, action: () => Promise<bigint>): Promise<bigint> {
  const before = await stakeVault.stakes();
  const gas = await action();
  const skim = (await stakeVault.stakes()) - before;
  if (skim > 0n !== isSkimmed) {
    throw new CredenceError("the purchase that is measured took another skim than told", { isSkimmed, skim });
  }
  return gas;
}
