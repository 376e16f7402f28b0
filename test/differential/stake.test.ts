import type { NetworkConnection } from "hardhat/types/network";
import type { StakeErrorName } from "../../sdk/stake/errors.ts";
import { type DollarProtocol, load, protocolFixture } from "../fixtures/protocol.ts";
import { randomFrom } from "../fixtures/random.ts";
import { describeHistories } from "./describe.ts";
import { magnitudeOf } from "./draws.ts";
import { StakeHistory } from "./stake-history.ts";

/** What all seeds together must do more often than this: actions, events, and what only the figures tell. */
const OFTEN = {
  deposit: 5,
  withdraw: 20,
  buy: 100,
  sell: 80,
  commitBelief: 150,
  revealBelief: 100,
  settle: 80,
  distribute: 60,
  claim: 10,
  BeliefScored: 80,
  PartPaid: 30,
  EpochDistributed: 40,
  "took less than was lost": 5,
};

/** Every error of the model that a transaction on contracts that are wired up can meet, without 2^26 participants. */
const REFUSALS: readonly StakeErrorName[] = [
  "AmountZero",
  "NotVenue",
  "NotSerum",
  "WithdrawableExceeded",
  "StakeTooLarge",
  "EncumbranceTooLarge",
  "ClaimUnknown",
  "PoolAlreadyExists",
  "PoolUnknown",
  "AmountTooSmall",
  "TokensZero",
  "SkimTooLarge",
  "SlippageExceeded",
  "HoldingExceeded",
  "ReserveTooLarge",
  "EpochNotCurrent",
  "LockMissing",
  "EarlierVoiceUnsettled",
  "BeliefOutOfRange",
  "RevealNotOpen",
  "RevealClosed",
  "NotParticipant",
  "AlreadyRevealed",
  "SealMismatch",
  "EpochNotJoined",
  "EpochNotSettleable",
  "EpochNotSettled",
  "ConsensusMissing",
  "AlreadyDistributed",
  "EnforcedPause",
  "ExpectedPause",
  "ERC20InsufficientBalance",
];

/**
 * Deployed when these histories begin, and not when another test needed it first: they begin at a fixed second of the
 * first epoch, the same in every run, and the chain's clock goes on meanwhile.
 */
async function newProtocol(connection: NetworkConnection): Promise<DollarProtocol> {
  return protocolFixture(connection);
}

describeHistories({
  subject: "stake system",
  seeds: [1, 2, 3, 4, 5, 6, 7, 8],
  steps: 150,
  trait: (seed) => `of ${magnitudeOf(seed)} size`,
  begin: async (seed) => StakeHistory.begin(await load(newProtocol), magnitudeOf(seed), randomFrom(seed)),
  often: OFTEN,
  refusals: REFUSALS,
});
