import type {
  ConvictionMarket__factory,
  StakeVault__factory,
  TruthSerum__factory,
} from "../../../typechain-types/index.ts";
import { amountText, exactAmountText } from "../format/amounts.ts";
import { countText, wadPercent } from "../format/numbers.ts";
import { spanText } from "../format/times.ts";
import type { OPENZEPPELIN } from "./openzeppelin.ts";
import { moment, named } from "./phrases.ts";
import type { SHARED } from "./shared.ts";
import type { Words } from "./table.ts";

type Errors = Words<(typeof StakeVault__factory)["abi"]> &
  Words<(typeof ConvictionMarket__factory)["abi"]> &
  Words<(typeof TruthSerum__factory)["abi"]>;

/** What the stake system refuses: vault, venue and serum. */
export const STAKE: Omit<Errors, keyof typeof OPENZEPPELIN | keyof typeof SHARED> = {
  /* VAULT */
  NotBound: () => "Nobody can stake yet: the vault does not know its venue and its serum.",
  AlreadyBound: () => "The vault knows its venue and its serum for good.",
  RoleMissing: ({ account }) => `The account ${named(account)} lacks the role that this needs.`,
  NotVenue: () => "Only the venue sets locks.",
  NotSerum: () => "Only the serum moves stake between accounts.",
  WithdrawableExceeded: ({ amount, withdrawable }, unit) =>
    `You can withdraw ${amountText(withdrawable, unit)} and not ${exactAmountText(amount, unit)}: ` +
    "the rest of your stake is locked or at risk.",
  StakeTooLarge: ({ max }, unit) => `The vault cannot hold more than ${exactAmountText(max, unit)}.`,
  EncumbranceTooLarge: ({ max }, unit) => `No more than ${exactAmountText(max, unit)} can be locked or at risk.`,
  PotsExceeded: ({ pots }, unit) => `The pots hold no more than ${exactAmountText(pots, unit)}.`,

  /* VENUE */
  AssetMismatch: () => "The vault holds another token than the venue trades in.",
  PoolAlreadyExists: () => "The claim has a pool already.",
  PoolUnknown: () => "The claim has no pool yet: create it first.",
  AmountTooSmall: ({ min }, unit) => `The amount must be at least ${exactAmountText(min, unit)}.`,
  TokensZero: () => "The number of tokens must be more than zero.",
  SkimTooLarge: ({ skim, amount }, unit) =>
    `${exactAmountText(skim, unit)} of the ${exactAmountText(amount, unit)} would go to your stake, and half of them ` +
    "is the most: deposit stake first.",
  SlippageExceeded: ({ received, minimum }) =>
    "The price has moved: the trade would give less than you accept " +
    `(${percentOf(received, minimum)} of it). Look at the new price and try again.`,
  HoldingExceeded: () => "You have fewer tokens than that.",
  ReserveTooLarge: ({ max }, unit) => `The pool cannot hold more than ${exactAmountText(max, unit)}.`,
  SkimChanged: ({ quoted, taken }, unit) =>
    `Your stake moved meanwhile: ${exactAmountText(taken, unit)} of the purchase would go to it, and not ` +
    `${exactAmountText(quoted, unit)}. Try again.`,

  /* SERUM */
  VaultMismatch: () => "Venue and serum must work on one vault.",
  EpochLengthZero: () => "An epoch lasts a second at least.",
  RevealWindowOutOfBounds: ({ min, max }) => `The time for opening must be ${spanText(min)} to ${spanText(max)}.`,
  BeforeFirstEpoch: ({ startsAt }) => `The first epoch begins on ${moment(startsAt)}.`,
  EpochNotCurrent: ({ epoch, currentEpoch }) =>
    `Epoch ${countText(epoch)} does not take beliefs: it is epoch ${countText(currentEpoch)} now. Seal a new one.`,
  LockMissing: () => "You have no lock on this claim, and so no voice: buy LONG or SHORT first.",
  EarlierVoiceUnsettled: ({ oldestEpoch }) =>
    `A voice of yours from before epoch ${countText(oldestEpoch)} is not settled: settle and claim it first.`,
  EpochFull: ({ max }) => `The epoch is full: it takes ${countText(max)} voices.`,
  BeliefOutOfRange: ({ max }) => `A belief is 0 to ${wadPercent(max)}.`,
  RevealNotOpen: ({ opensAt }) => `Beliefs can be opened from ${moment(opensAt)}, when the epoch is over.`,
  RevealClosed: ({ closedAt }) => `The time for opening ended on ${moment(closedAt)}.`,
  NotParticipant: ({ epoch }) => `No belief was sealed by this account in epoch ${countText(epoch)}.`,
  AlreadyRevealed: () => "This belief is open already.",
  SealMismatch: () => "This belief, prediction and salt are not what was sealed.",
  EpochNotJoined: ({ epoch }) => `Nobody sealed a belief in epoch ${countText(epoch)}.`,
  EpochNotSettleable: ({ settleableAt }) => `The epoch can be settled from ${moment(settleableAt)}.`,
  EpochNotSettled: ({ epoch }) => `Epoch ${countText(epoch)} is not settled yet: settle it first.`,
  ConsensusMissing: ({ epoch }) => `No belief was opened in epoch ${countText(epoch)}, so there is no consensus.`,
  AlreadyDistributed: ({ epoch }) => `The part in epoch ${countText(epoch)} has been paid already.`,
};

function percentOf(part: bigint, whole: bigint): string {
  return wadPercent(whole === 0n ? 0n : (part * 10n ** 18n) / whole);
}
