import type { CouncilErrorName } from "../../sdk/council/errors.ts";
import { load, protocolFixture } from "../fixtures/protocol.ts";
import { randomFrom } from "../fixtures/random.ts";
import { CouncilHistory } from "./council-history.ts";
import { describeHistories } from "./describe.ts";
import { magnitudeOf } from "./draws.ts";

const STEPS = 150;

/** What all seeds together must do more often than this: actions, events, and what only the figures tell. */
const OFTEN = {
  stake: 80,
  poke: 40,
  extendLock: 20,
  unstake: 20,
  unstakeEarly: 10,
  delegate: 30,
  fund: 20,
  startPeriod: 20,
  claim: 20,
  compound: 5,
  recordParticipation: 20,
  recordVote: 20,
  mintInflation: 10,
  burn: 5,
  donated: 5,
  TierReached: 20,
  WeightChanged: 150,
  DelegateVotesChanged: 150,
  "extended within a tier": 0,
  "began without stakers": 0,
  "claimed less than the least": 0,
  "recordParticipation without power": 0,
  "recordVote without power": 0,
};

/** Every error of the model that a call can meet. */
const REFUSALS: readonly CouncilErrorName[] = [
  "LockUnknown",
  "StakeTooSmall",
  "StakeTooLarge",
  "PositionUnknown",
  "NotPositionOwner",
  "PositionLocked",
  "PositionNotLocked",
  "LockNotLonger",
  "AmountZero",
  "PeriodNotOver",
  "NothingToStream",
  "RewardTooSmall",
  "InflationExceeded",
  "EnforcedPause",
  "ExpectedPause",
  "ERC5805FutureLookup",
  "ERC20InsufficientBalance",
];

describeHistories({
  subject: "council",
  seeds: [1, 2, 3, 4, 5, 6, 7, 8],
  steps: STEPS,
  trait: (seed) => `of ${magnitudeOf(seed)} size`,
  begin: async (seed) => CouncilHistory.begin(await load(protocolFixture), magnitudeOf(seed), randomFrom(seed)),
  intervene: (history, step, seed) => {
    if (step === 70 && seed % 2 === 0) history.planNewYear();
  },
  often: OFTEN,
  refusals: REFUSALS,
});
