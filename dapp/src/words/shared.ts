import type {
  ArgumentStaking__factory,
  BeliefMarket__factory,
  CouncilStaking__factory,
  QueryEscrow__factory,
  StakeVault__factory,
} from "../../../typechain-types/index.ts";
import { exactAmountText } from "../format/amounts.ts";
import { countText } from "../format/numbers.ts";
import { named, split } from "./phrases.ts";
import type { Words } from "./table.ts";

type Errors = Words<(typeof ArgumentStaking__factory)["abi"]> &
  Words<(typeof BeliefMarket__factory)["abi"]> &
  Words<(typeof CouncilStaking__factory)["abi"]> &
  Words<(typeof QueryEscrow__factory)["abi"]> &
  Words<(typeof StakeVault__factory)["abi"]>;

/** What several mechanisms refuse, each by an error with the same signature. */
export const SHARED = {
  ParameterOutOfBounds: ({ parameter, value, min, max }) =>
    `The rule “${split(parameter)}” must be ${countText(min)} to ${countText(max)}, not ${countText(value)}.`,
  RecorderNotContract: ({ recorder }) => `There is no contract at ${named(recorder)} to record who takes part.`,
  RecordStarved: () => "The transaction has too little gas to record that you took part: raise its gas limit.",
  PermitRejected: ({ allowance, amount }, unit) =>
    `The token did not take the permit, and the contract may take ${exactAmountText(allowance, unit)} of the ` +
    `${exactAmountText(amount, unit)} without it: sign it again.`,
  AssetNotContract: ({ asset }) => `There is no token at ${named(asset)}.`,
  TokenNotContract: ({ token }) => `There is no token at ${named(token)}.`,
  AmountZero: () => "The amount must be more than zero.",
  CreditZero: () => "Nothing is credited to you, so there is nothing to withdraw.",
  ClaimUnknown: () => "The claim has no belief market yet: create it first.",
  NotPositionOwner: ({ owner }) => `The position belongs to ${named(owner)}: only its owner can do this.`,
} satisfies Partial<Errors>;
