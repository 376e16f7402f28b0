import type {
  CouncilChamber__factory,
  CouncilGovernor__factory,
  CouncilStaking__factory,
  CouncilToken__factory,
  RewardsDistributor__factory,
} from "../../../typechain-types/index.ts";
import { amountText, exactAmountText } from "../format/amounts.ts";
import { bpsPercent, counted, countText } from "../format/numbers.ts";
import { spanText } from "../format/times.ts";
import type { OPENZEPPELIN } from "./openzeppelin.ts";
import { moment, named } from "./phrases.ts";
import type { SHARED } from "./shared.ts";
import type { Words } from "./table.ts";

type Errors = Words<(typeof CouncilToken__factory)["abi"]> &
  Words<(typeof CouncilStaking__factory)["abi"]> &
  Words<(typeof RewardsDistributor__factory)["abi"]> &
  Words<(typeof CouncilGovernor__factory)["abi"]> &
  Words<(typeof CouncilChamber__factory)["abi"]>;

/** As `SessionPhase` counts them. */
const PHASES = [
  "its members are to be drawn",
  "its members vote",
  "it can be closed",
  "it is closed",
  "it is cancelled",
] as const;

/** What the council refuses: token, staking, rewards, governor and chamber. */
export const COUNCIL: Omit<Errors, keyof typeof OPENZEPPELIN | keyof typeof SHARED> = {
  /* TOKEN */
  SharesNotWhole: ({ sum }) => `The shares of the first supply must be 100 % together, and are ${bpsPercent(sum)}.`,
  InflationExceeded: ({ remaining }, unit) =>
    `No more than ${exactAmountText(remaining, unit)} can be minted in this year.`,

  /* STAKING */
  DistributorNotContract: ({ distributor }) => `There is no distributor of rewards at ${named(distributor)}.`,
  TokenMismatch: () => "The distributor pays in another token.",
  LockUnknown: ({ lockDays }) =>
    lockDays === 0n ? "Choose a lock to extend to." : `No tier has a lock of ${counted(lockDays, "day")}.`,
  StakeTooSmall: ({ min }, unit) => `Stake must be at least ${exactAmountText(min, unit)}.`,
  StakeTooLarge: ({ staked, max }, unit) =>
    `An account stakes at most ${exactAmountText(max, unit)}; you have staked ${amountText(staked, unit)}.`,
  PositionUnknown: ({ positionId }) => `There is no open position ${countText(positionId)}.`,
  PositionLocked: ({ unlocksAt }) => `Locked until ${moment(unlocksAt)}. Leaving before costs a penalty.`,
  PositionNotLocked: ({ unlocksAt }) => `The lock ended on ${moment(unlocksAt)}: leave without a penalty instead.`,
  LockNotLonger: ({ unlocksAt, proposed }) =>
    `A lock only becomes longer: yours ends on ${moment(unlocksAt)}, the new one would end on ${moment(proposed)}.`,
  NotDistributor: () => "Only the distributor of rewards stakes for others.",

  /* REWARDS */
  NotStaking: () => "Only council staking tells the distributor of changes.",
  AlreadyBound: () => "The distributor knows council staking for good.",
  PeriodNotOver: ({ endsAt }) => `The period of rewards lasts until ${moment(endsAt)}.`,
  NothingToStream: () => "There are no rewards that a period could stream.",
  RewardTooSmall: ({ reward, min }, unit) =>
    reward === 0n
      ? "You have no reward to claim."
      : `Rewards are paid from ${exactAmountText(min, unit)} on; yours is ${amountText(reward, unit)}.`,
  WeightTooLarge: () => "There is more voting power than the rewards can be shared among.",

  /* PROPOSALS */
  ProposerStakeTooLow: ({ staked, min }, unit) => stakeText("Proposing", staked, min, unit),
  VoterStakeTooLow: ({ staked, min }, unit) => stakeText("Voting", staked, min, unit),

  /* SESSIONS */
  AgentStakeTooLow: ({ staked, min }, unit) => stakeText("Registering as an agent", staked, min, unit),
  AgentUnknown: ({ account }) => `The account ${named(account)} is no agent: register it first.`,
  SizeOutOfRange: ({ min, max }) => `A session has ${countText(min)} to ${countText(max)} members.`,
  OptionsOutOfRange: ({ min, max }) => `A session has ${countText(min)} to ${countText(max)} options.`,
  DurationOutOfRange: ({ min, max }) => `Voting must last ${spanText(min)} to ${spanText(max)}.`,
  SessionUnknown: ({ sessionId }) => `There is no session ${countText(sessionId)}.`,
  WrongSessionPhase: ({ phase, needed }) =>
    `Not now: this can be done while ${PHASES[Number(needed)] ?? "it is its time"}; now ` +
    `${PHASES[Number(phase)] ?? "it is not"}.`,
  RandomnessNotThere: ({ blockNumber, neededBlock }) =>
    `Members can be drawn in ${counted(neededBlock - blockNumber, "block")} at the earliest: try again then.`,
  TooFewAgents: ({ found, needed }) =>
    `The session has ${counted(needed, "member")}, and only ${counted(found, "agent")} with a stake can be drawn.`,
  NotMember: () => "You are no member of this session.",
  AlreadyVoted: () => "You have voted in this session already.",
  OptionUnknown: ({ options }) => `The session has options 1 to ${countText(options)} only.`,
  NotOpener: ({ opener }) => `The session was opened by ${named(opener)}: only that account cancels it.`,
  CancellableLater: ({ cancellableAt }) => `The session can be cancelled from ${moment(cancellableAt)}.`,
};

function stakeText(what: string, staked: bigint, min: bigint, unit: Parameters<typeof amountText>[1]): string {
  return `${what} needs a stake of ${exactAmountText(min, unit)}; you have ${amountText(staked, unit)}.`;
}
