import type { ArgumentErrorName } from "../../sdk/argument/errors.ts";
import { load, protocolFixture } from "../fixtures/protocol.ts";
import { randomFrom } from "../fixtures/random.ts";
import { ArgumentHistory } from "./argument-history.ts";
import { describeHistories } from "./describe.ts";
import { magnitudeOf } from "./draws.ts";

const STEPS = 250;

/** What all seeds together must do more often than this: actions, events, and what only the figures tell. */
const OFTEN = {
  createArgument: 150,
  upvote: 300,
  deleteArgument: 10,
  markUnhelpful: 100,
  withdraw: 50,
  processExpired: 80,
  "processed something": 60,
  fundRewards: 20,
  setParams: 50,
  StakeExpired: 400,
  ArgumentFoundUnhelpful: 40,
  Unjailed: 5,
  "slashed a running stake": 15,
  "slashed no running stake": 15,
  "slashed amid expiries": 10,
  "ran for three periods": 100,
  "ended early and left": 0,
};

/** Every error of the model that a call can meet. */
const REFUSALS: readonly ArgumentErrorName[] = [
  "ClaimUnknown",
  "ArgumentUnknown",
  "StakeUnknown",
  "CreatorJailed",
  "SummaryLengthOutOfRange",
  "BodyLengthOutOfRange",
  "TooManyArguments",
  "StakeLimitReached",
  "RewardReserveTooLow",
  "HoldingsTooLarge",
  "OwnArgument",
  "AlreadyUpvoted",
  "AlreadyMarked",
  "ArgumentIsDeleted",
  "ArgumentIsUnhelpful",
  "NotCreator",
  "ArgumentNotUntouched",
  "StakeHasEnded",
  "StakeBacksMark",
  "NotCurator",
  "ExpiredStakesLeft",
  "TooManyPeriods",
  "AmountZero",
  "CreditZero",
  "ParameterOutOfBounds",
  "EnforcedPause",
  "ExpectedPause",
  "ERC20InsufficientBalance",
];

describeHistories({
  subject: "argument staking",
  seeds: [1, 2, 3, 4, 5, 6, 7, 8],
  steps: STEPS,
  trait: (seed) => `of ${magnitudeOf(seed)} size`,
  begin: async (seed) => ArgumentHistory.begin(await load(protocolFixture), magnitudeOf(seed), randomFrom(seed)),
  intervene: (history, step, seed) => {
    if (step === 60 && seed % 4 === 1) history.planManyPeriods();
    if (step === 20 && seed % 4 === 2) history.planPile();
    if (step === STEPS - 14) history.planBrim();
  },
  often: OFTEN,
  refusals: REFUSALS,
});
