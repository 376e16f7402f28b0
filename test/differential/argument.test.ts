import { expect } from "chai";
import type { ArgumentErrorName } from "../../sdk/argument/errors.ts";
import { load, protocolFixture } from "../fixtures/protocol.ts";
import { extraSeeds, randomFrom } from "../fixtures/random.ts";
import type { Magnitude } from "./argument-draws.ts";
import { ArgumentHistory } from "./argument-history.ts";

// A seed that ever failed stays in the list for good. CREDENCE_SEEDS adds others: `CREDENCE_SEEDS=100-149 npm test`.
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
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

describe("argument staking against its reference model", () => {
  const total: Record<string, number> = {};

  for (const seed of [...SEEDS, ...extraSeeds(process.env.CREDENCE_SEEDS)]) {
    const magnitude = magnitudeOf(seed);
    it(`agrees in every figure through ${STEPS} random actions of ${magnitude} size from seed ${seed}`, async () => {
      const protocol = await load(protocolFixture);
      const history = await ArgumentHistory.begin(protocol, magnitude, randomFrom(seed));
      for (let step = 0; step < STEPS; step++) {
        if (step === 60 && seed % 4 === 1) history.planManyPeriods();
        if (step === 20 && seed % 4 === 2) history.planPile();
        if (step === STEPS - 14) history.planBrim();
        await history.step();
      }
      await history.end();

      for (const [what, count] of Object.entries(history.world.done)) total[what] = (total[what] ?? 0) + count;
    });
  }

  it("did everything often", () => {
    for (const [what, least] of Object.entries(OFTEN)) expect(total[what], what).to.be.greaterThan(least);
  });

  it("was refused everything that can be refused", () => {
    for (const error of REFUSALS) expect(total[error], error).to.be.greaterThan(0);
  });
});

function magnitudeOf(seed: number): Magnitude {
  return (["ordinary", "tiny", "wide"] as const)[seed % 3] ?? "ordinary";
}
