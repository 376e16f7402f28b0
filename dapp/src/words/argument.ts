import type { ArgumentStaking__factory } from "../../../typechain-types/index.ts";
import { amountText, exactAmountText } from "../format/amounts.ts";
import { bpsPercent, counted, countText } from "../format/numbers.ts";
import type { OPENZEPPELIN } from "./openzeppelin.ts";
import { moment, named } from "./phrases.ts";
import type { SHARED } from "./shared.ts";
import type { Words } from "./table.ts";

type Errors = Words<(typeof ArgumentStaking__factory)["abi"]>;

/** What argument staking refuses. */
export const ARGUMENT: Omit<Errors, keyof typeof OPENZEPPELIN | keyof typeof SHARED> = {
  FactoryNotContract: ({ factory }) => `There is no factory of markets at ${named(factory)}.`,
  ArgumentUnknown: ({ argumentId }) => `There is no argument ${countText(argumentId)}.`,
  StakeUnknown: ({ stakeId }) => `There is no stake ${countText(stakeId)}.`,
  CreatorJailed: ({ until }) => `You are in jail, and write no arguments until ${moment(until)}.`,
  SummaryLengthOutOfRange: ({ length, min, max }) => `The summary ${lengthText(length, min, max)}`,
  BodyLengthOutOfRange: ({ length, min, max }) => `The body ${lengthText(length, min, max)}`,
  TooManyArguments: ({ max }) => `You have written ${counted(max, "argument")} on this claim: that is the most.`,
  StakeLimitReached: ({ staked, total, limitBps }, unit) =>
    `You have staked ${amountText(staked, unit)} of the ${amountText(total, unit)} that you have. From ` +
    `${bpsPercent(limitBps)} on nobody stakes more: wait until a stake ends.`,
  RewardReserveTooLow: ({ free, needed }, unit) =>
    `The reserve cannot promise the interest: it has ${exactAmountText(free, unit)} left, and ` +
    `${exactAmountText(needed, unit)} are needed.`,
  HoldingsTooLarge: ({ max }, unit) => `The contract cannot owe more than ${exactAmountText(max, unit)}.`,
  OwnArgument: () => "This argument is yours: only others can upvote or mark it.",
  AlreadyUpvoted: () => "You have upvoted this argument already.",
  AlreadyMarked: () => "You have marked this argument already.",
  ArgumentIsDeleted: () => "The argument was taken back.",
  ArgumentIsUnhelpful: () => "The argument was found unhelpful.",
  NotCreator: ({ creator }) => `The argument is by ${named(creator)}: only its creator takes it back.`,
  ArgumentNotUntouched: ({ upvotes, marks }) =>
    `The argument stays, for others did something about it: ${counted(upvotes, "upvote")}, ${counted(marks, "mark")}.`,
  StakeHasEnded: ({ endsAt }) => `The argument stays, for its stake ended on ${moment(endsAt)}.`,
  StakeBacksMark: ({ markedAt }) =>
    `The argument stays, for you marked another one on ${moment(markedAt)} by the right of its stake.`,
  NotCurator: ({ staked, min }, unit) =>
    `Marking needs ${exactAmountText(min, unit)} in running stakes on arguments; you have ${amountText(staked, unit)}.`,
  ExpiredStakesLeft: () => "Too many stakes have expired and are not paid yet: pay them first.",
  TooManyPeriods: ({ max }) => `Stakes of ${countText(max)} different periods are running: no more can begin.`,
};

function lengthText(length: bigint, min: bigint, max: bigint): string {
  return `must have ${countText(min)} to ${countText(max)} bytes, and has ${countText(length)}.`;
}
