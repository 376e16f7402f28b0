import { getAddress, toBeHex } from "ethers";
import type { CouncilErrorName } from "../../sdk/council/errors.ts";
import { CouncilModel } from "../../sdk/council/model.ts";
import { ACT, COUNCIL_DEFAULTS, type CouncilParams, FIRST_SUPPLY } from "../../sdk/council/params.ts";
import { lockTiersOf } from "../../sdk/council/tiers.ts";
import { expectRefusal } from "./refusals.ts";

const addressOf = (number: number): string => getAddress(toBeHex(number, 20));

/** `amount` ACT, in units. */
export const act = (amount: number): bigint => BigInt(amount) * ACT;

export const STAKING = addressOf(0xa);
export const DISTRIBUTOR = addressOf(0xb);
export const [ALICE, BOB, CAROL] = [1, 2, 3].map(addressOf) as [string, string, string];
/** Holds what the others do not, and funds rewards. */
export const TREASURY = addressOf(0xf);
/** A contract where people take part. */
export const RECORDER = addressOf(0xe);

/** Tiers that are none of the defaults', two of them for no more than the one before. */
export const OTHER_TIERS = {
  multiplier0Bps: 11_000n,
  lock1Days: 1n,
  multiplier1Bps: 11_000n,
  lock2Days: 14n,
  multiplier2Bps: 12_345n,
  lock3Days: 60n,
  multiplier3Bps: 12_345n,
  lock4Days: 3_650n,
  multiplier4Bps: 40_000n,
} satisfies Partial<CouncilParams>;

/** When a test begins, in unix seconds. */
export const START = 1_000_000n;

/** A council in which three people hold 1,000,000 ACT each, and the treasury the rest. */
export function councilModel(rules: Partial<CouncilParams> = {}): CouncilModel {
  const all = { ...COUNCIL_DEFAULTS, ...rules };
  const { minStake, maxStake, earlyExitPenaltyBps, ...others } = all;
  const { period, activityWindow, participationBps, longTermBps, governanceBps, minClaim } = others;
  const model = new CouncilModel({
    staking: { minStake, maxStake, earlyExitPenaltyBps, tiers: lockTiersOf(all) },
    rewards: { period, activityWindow, participationBps, longTermBps, governanceBps, minClaim },
    maxInflationBps: all.maxInflationBps,
    deployedAt: START,
    addresses: { staking: STAKING, distributor: DISTRIBUTOR },
  });
  model.token.allocate(TREASURY, FIRST_SUPPLY - act(3_000_000));
  for (const user of [ALICE, BOB, CAROL]) model.token.allocate(user, act(1_000_000));
  return model;
}

/** Expects `act` to throw the `ModelError` with this name and these arguments. */
export const expectCouncilRevert = expectRefusal<CouncilErrorName>;
