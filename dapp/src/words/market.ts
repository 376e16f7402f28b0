import type { BeliefFactory__factory, BeliefMarket__factory } from "../../../typechain-types/index.ts";
import { exactAmountText } from "../format/amounts.ts";
import { bpsPercent, countText } from "../format/numbers.ts";
import type { OPENZEPPELIN } from "./openzeppelin.ts";
import { bounds, moment, named } from "./phrases.ts";
import type { SHARED } from "./shared.ts";
import type { Words } from "./table.ts";

type Errors = Words<(typeof BeliefFactory__factory)["abi"]> & Words<(typeof BeliefMarket__factory)["abi"]>;

/** What belief markets and their factory refuse. */
export const MARKET: Omit<Errors, keyof typeof OPENZEPPELIN | keyof typeof SHARED> = {
  StakeOutOfRange: ({ min, max }, unit) => `Stake must be ${bounds(min, max, unit)}.`,
  EntryFeeAboveLimit: ({ feeBps, maxFeeBps }) =>
    `The entry fee is ${bpsPercent(feeBps)} by now, and you accepted ${bpsPercent(maxFeeBps)} at most.`,
  TotalPrincipalTooLarge: ({ max }, unit) => `The market cannot hold more than ${exactAmountText(max, unit)}.`,
  PositionUnknown: ({ positionId }) => `The market has no position ${countText(positionId)}.`,
  PositionClosed: ({ positionId }) => `Position ${countText(positionId)} is closed: it was withdrawn or left early.`,
  PrincipalLocked: ({ unlocksAt }) => `Locked until ${moment(unlocksAt)}.`,
  LockEnded: ({ unlockedAt }) => `The lock ended on ${moment(unlockedAt)}: withdraw instead, it costs nothing.`,
  EarlyExitDisabled: () => "This market has no early exit: the principal stays until its lock ends.",
  RewardsNotClaimableYet: ({ claimableAt }) => `Rewards can be claimed from ${moment(claimableAt)}.`,
  NotFactory: () => "Only the factory of markets does this, when it makes one.",
  NotClone: () => "This is the model of all markets, and no market itself.",
  ClaimIdZero: () => "A claim's id cannot be zero.",
  MarketAlreadyExists: ({ market }) => `This claim has a market already, at ${named(market)}.`,
  CreationIsPaused: () => "The guardian has paused the creation of markets for now.",
  CreationIsNotPaused: () => "The creation of markets is not paused.",
};
