import type { MarketErrorName } from "../../sdk/market/errors.ts";
import { RULES } from "../fixtures/amounts.ts";
import { load, protocolFixture } from "../fixtures/protocol.ts";
import { randomFrom, randomParams } from "../fixtures/random.ts";
import { describeHistories } from "./describe.ts";
import { MarketHistory } from "./market-history.ts";

/** Every error of the model that a call can meet. */
const REFUSALS: readonly MarketErrorName[] = [
  "StakeOutOfRange",
  "EntryFeeAboveLimit",
  "PositionUnknown",
  "PositionClosed",
  "NotPositionOwner",
  "PrincipalLocked",
  "LockEnded",
  "EarlyExitDisabled",
  "RewardsNotClaimableYet",
];

const MOVES = ["commit", "claimRewards", "withdraw", "exitEarly"];

describeHistories({
  subject: "belief market",
  seeds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 23], // 23 has no early exits
  steps: 150,
  begin: async (seed) => {
    const random = randomFrom(seed);
    const protocol = await load(protocolFixture);
    // One in four under the rules that examples use, so that fees and caps of ordinary size are met often.
    const rules = seed % 4 === 0 ? RULES : randomParams(random);
    return MarketHistory.begin(protocol, rules, random);
  },
  often: {
    ...Object.fromEntries(MOVES.flatMap((move) => [[move, 40] as const, [`${move} refused`, 20] as const])),
    distribute: 100,
    "released something": 20,
  },
  refusals: REFUSALS,
});
