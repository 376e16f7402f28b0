import { BPS, firstOutOfBounds, type ParamBound } from "../bounds.ts";
import { ModelError } from "../model-error.ts";
import { DAY, HOUR, YEAR } from "../time.ts";

/** Units of one ACT, which has 9 decimals. */
export const ACT = 10n ** 9n;

/** What the first supply is unless a parameters file has other plans, in token units. */
export const FIRST_SUPPLY = 1_000_000_000n * ACT;

/** Largest first supply, in token units. */
export const MAX_SUPPLY = 2n ** 64n - 1n;

/** Largest inflation of a year, of the supply at its start. */
export const MAX_INFLATION_BPS = 500n;

/** Longest lock of a tier, in days. */
export const MAX_LOCK_DAYS = 3_650n;

/** Largest multiplier of a tier. */
export const MAX_MULTIPLIER_BPS = 40_000n;

/** Largest stake of an account that staking can be deployed with, in token units: four times it fits 96 bits. */
export const MAX_STAKE = 2n ** 94n - 1n;

/** What the council is deployed with: amounts in token units, spans in seconds. */
export interface CouncilParams {
  /** What is minted once. */
  readonly supply: bigint;
  /** Share of it for community rewards. */
  readonly communityBps: bigint;
  /** Share of the team. */
  readonly teamBps: bigint;
  /** Share of the treasury. */
  readonly treasuryBps: bigint;
  /** Share for liquidity. */
  readonly liquidityBps: bigint;
  /** Share of partners. */
  readonly partnersBps: bigint;
  /** What a year may add, of the supply at its start. */
  readonly maxInflationBps: bigint;
  /** Least stake of a position. */
  readonly minStake: bigint;
  /** Most stake of an account. */
  readonly maxStake: bigint;
  /** What leaving a lock early costs. */
  readonly earlyExitPenaltyBps: bigint;
  /** What a position counts without a lock, of its amount. */
  readonly multiplier0Bps: bigint;
  /** The first tier's lock in days, and what a position there counts; and so on to the fourth. */
  readonly lock1Days: bigint;
  readonly multiplier1Bps: bigint;
  readonly lock2Days: bigint;
  readonly multiplier2Bps: bigint;
  readonly lock3Days: bigint;
  readonly multiplier3Bps: bigint;
  readonly lock4Days: bigint;
  readonly multiplier4Bps: bigint;
  /** How long rewards of a period stream. */
  readonly period: bigint;
  /** How long a record of activity counts. */
  readonly activityWindow: bigint;
  /** More weight for having taken part. */
  readonly participationBps: bigint;
  /** More weight for a position at the highest tier. */
  readonly longTermBps: bigint;
  /** More weight for having voted on a proposal. */
  readonly governanceBps: bigint;
  /** Least reward that is paid. */
  readonly minClaim: bigint;
  /** From proposing to the snapshot of votes. */
  readonly votingDelay: bigint;
  /** How long is voted. */
  readonly votingPeriod: bigint;
  /** Stake of who proposes. */
  readonly minProposalStake: bigint;
  /** Stake of who votes. */
  readonly minVotingStake: bigint;
  /** Votes for and abstaining that a proposal needs, in per cent of all voting power. */
  readonly quorumPercent: bigint;
  /** Votes for that a proposal needs, of those for and against. */
  readonly approvalBps: bigint;
  /** The most that one account's votes count, of all voting power. */
  readonly maxVoteShareBps: bigint;
  /** How long what was decided waits before it can be executed. */
  readonly timelockDelay: bigint;
  /** Stake of an agent of the chamber. */
  readonly minAgentStake: bigint;
}

/** What the council is deployed with unless a parameters file has other plans. */
export const COUNCIL_DEFAULTS: CouncilParams = {
  supply: FIRST_SUPPLY,
  communityBps: 4_000n,
  teamBps: 2_000n,
  treasuryBps: 2_000n,
  liquidityBps: 1_000n,
  partnersBps: 1_000n,
  maxInflationBps: MAX_INFLATION_BPS,
  minStake: 100n * ACT,
  maxStake: 10_000_000n * ACT,
  earlyExitPenaltyBps: 1_000n,
  multiplier0Bps: 10_000n,
  lock1Days: 7n,
  multiplier1Bps: 12_000n,
  lock2Days: 30n,
  multiplier2Bps: 15_000n,
  lock3Days: 90n,
  multiplier3Bps: 20_000n,
  lock4Days: 180n,
  multiplier4Bps: 30_000n,
  period: 7n * DAY,
  activityWindow: 30n * DAY,
  participationBps: 1_000n,
  longTermBps: 2_000n,
  governanceBps: 1_500n,
  minClaim: ACT,
  votingDelay: DAY,
  votingPeriod: 7n * DAY,
  minProposalStake: 10_000n * ACT,
  minVotingStake: 1_000n * ACT,
  quorumPercent: 10n,
  approvalBps: 6_600n,
  maxVoteShareBps: BPS,
  timelockDelay: 3n * DAY,
  minAgentStake: 1_000n * ACT,
};

const between = (name: keyof CouncilParams, min: bigint, max: bigint): ParamBound<CouncilParams> => ({
  name,
  min: () => min,
  max: () => max,
});

/** A stake that somebody can have who stays within `maxStake`. */
const attainable = (name: keyof CouncilParams): ParamBound<CouncilParams> => ({
  name,
  min: () => 0n,
  max: ({ maxStake }) => maxStake,
});

/** A lock that is longer than the tier before has. */
const longerThan = (name: keyof CouncilParams, before: keyof CouncilParams): ParamBound<CouncilParams> => ({
  name,
  min: (params) => params[before] + 1n,
  max: () => MAX_LOCK_DAYS,
});

/** A multiplier that is no smaller than the one of the tier before. */
const atLeast = (name: keyof CouncilParams, before: keyof CouncilParams): ParamBound<CouncilParams> => ({
  name,
  min: (params) => params[before],
  max: () => MAX_MULTIPLIER_BPS,
});

/** What the other shares of the first supply leave. */
const theRest: ParamBound<CouncilParams> = { name: "partnersBps", min: restOf, max: restOf };

function restOf({ communityBps, teamBps, treasuryBps, liquidityBps }: CouncilParams): bigint {
  return BPS - communityBps - teamBps - treasuryBps - liquidityBps;
}

/**
 * The bounds of every parameter, in the order in which they are checked. Those of the contracts, and narrower ones where
 * the contracts would take what nobody could ever meet or wait for: stakes above the largest one, a year in the timelock.
 */
export const COUNCIL_PARAM_BOUNDS: readonly ParamBound<CouncilParams>[] = [
  between("supply", 1n, MAX_SUPPLY),
  between("communityBps", 0n, BPS),
  between("teamBps", 0n, BPS),
  between("treasuryBps", 0n, BPS),
  between("liquidityBps", 0n, BPS),
  theRest,
  between("maxInflationBps", 0n, MAX_INFLATION_BPS),
  between("maxStake", 1n, MAX_STAKE),
  { name: "minStake", min: () => 1n, max: ({ maxStake }) => maxStake },
  between("earlyExitPenaltyBps", 0n, BPS / 2n),
  between("multiplier0Bps", BPS, MAX_MULTIPLIER_BPS),
  between("lock1Days", 1n, MAX_LOCK_DAYS),
  atLeast("multiplier1Bps", "multiplier0Bps"),
  longerThan("lock2Days", "lock1Days"),
  atLeast("multiplier2Bps", "multiplier1Bps"),
  longerThan("lock3Days", "lock2Days"),
  atLeast("multiplier3Bps", "multiplier2Bps"),
  longerThan("lock4Days", "lock3Days"),
  atLeast("multiplier4Bps", "multiplier3Bps"),
  between("period", DAY, YEAR),
  between("activityWindow", HOUR, YEAR),
  between("participationBps", 0n, BPS),
  between("longTermBps", 0n, BPS),
  between("governanceBps", 0n, BPS),
  { name: "minClaim", min: () => 0n, max: ({ supply }) => supply },
  between("votingDelay", 0n, YEAR),
  between("votingPeriod", 1n, YEAR),
  attainable("minProposalStake"),
  attainable("minVotingStake"),
  between("quorumPercent", 1n, 100n),
  between("approvalBps", BPS / 2n, BPS),
  between("maxVoteShareBps", 100n, BPS),
  between("timelockDelay", 0n, YEAR),
  attainable("minAgentStake"),
];

/** Throws `ParameterOutOfBounds(parameter, value, min, max)` for the first parameter outside its bounds. */
export function validateCouncilParams(params: CouncilParams): void {
  const facts = firstOutOfBounds(COUNCIL_PARAM_BOUNDS, params);
  if (facts !== undefined) throw new ModelError("ParameterOutOfBounds", facts);
}
