import { expect } from "chai";
import { getAddress, id, toBeHex } from "ethers";
import { Side } from "../../sdk/market/side.ts";
import type { StakeErrorName } from "../../sdk/stake/errors.ts";
import { WAD } from "../../sdk/stake/math.ts";
import { StakeModel } from "../../sdk/stake/model.ts";
import { type EpochRules, endsAt, settleableAt, startsAt } from "../../sdk/stake/schedule.ts";
import { sealBelief } from "../../sdk/stake/seal.ts";
import type { BeliefOpening } from "../../sdk/stake/serum.ts";
import { expectRefusal } from "./refusals.ts";

export const USD = 1_000_000n;
export const CLAIM = id("a claim");
export const OTHER_CLAIM = id("another claim");
export const SALT = id("a salt");

const addressOf = (number: number): string => getAddress(toBeHex(number, 20));

export const ADDRESSES = { vault: addressOf(0xa), venue: addressOf(0xb), serum: addressOf(0xc) };
export const [ALICE, BOB, CAROL, DAVE] = [addressOf(1), addressOf(2), addressOf(3), addressOf(4)] as const;

/** Round numbers, so that examples can be checked by hand. */
export const EPOCHS: EpochRules = { startedAt: 10_000n, epochLength: 1_000n, revealWindow: 400n };

/** What everybody holds of the asset when a test begins. */
export const WEALTH = 1_000_000n * USD;

/** A fraction in wad. */
export const wad = (fraction: number): bigint => (BigInt(Math.round(fraction * 1e6)) * WAD) / 1_000_000n;

/** A model with two pools, in which four people are rich. */
export function stakeWorld(): StakeModel {
  const model = new StakeModel({ ...EPOCHS, chainId: 31_337n, addresses: ADDRESSES });
  for (const claimId of [CLAIM, OTHER_CLAIM]) {
    model.venue.addClaim(claimId);
    model.venue.createPool(ALICE, claimId);
  }
  for (const user of [ALICE, BOB, CAROL, DAVE]) model.assets.mint(user, WEALTH);
  model.events.take();
  return model;
}

/** Buys LONG so that the lock on the claim's LONG side becomes `lock`. */
export function lock(model: StakeModel, user: string, lock: bigint, claimId = CLAIM): void {
  model.venue.buy(user, claimId, Side.Support, 50n * lock, 0n);
}

/** A voice as tests write it: fractions in place of wads. */
export interface Said {
  readonly user: string;
  readonly belief: number;
  readonly meta: number;
  readonly claimId?: string;
  readonly epoch?: bigint;
}

/** The opening of what was said. */
export function openingOf({ user, belief, meta, claimId = CLAIM, epoch = 0n }: Said): BeliefOpening {
  return { user, claimId, epoch, belief: wad(belief), meta: wad(meta), salt: SALT };
}

/** Commits in the first second of the epoch. */
export function commit(model: StakeModel, said: Said): void {
  const opening = openingOf(said);
  const seal = sealBelief({ ...opening, chainId: model.setup.chainId, truthSerum: ADDRESSES.serum });
  model.serum.commitBelief(opening.user, opening.claimId, seal, startsAt(EPOCHS, opening.epoch));
}

/** Opens in the first second in which that is possible. */
export function reveal(model: StakeModel, said: Said): void {
  const opening = openingOf(said);
  model.serum.revealBelief(opening, endsAt(EPOCHS, opening.epoch));
}

/** Everybody commits, then everybody opens. */
export function speak(model: StakeModel, voices: readonly Said[]): void {
  for (const said of voices) commit(model, said);
  for (const said of voices) reveal(model, said);
}

/** Settles in the first second in which that is possible. */
export function settle(model: StakeModel, { epoch = 0n, claimId = CLAIM, maxCount = 100n } = {}) {
  return model.serum.settle(claimId, epoch, maxCount, settleableAt(EPOCHS, epoch));
}

/** Settles and distributes. */
export function finish(model: StakeModel, { epoch = 0n, claimId = CLAIM } = {}): void {
  settle(model, { epoch, claimId });
  model.serum.distribute(claimId, epoch, 100n);
}

/** Expects `act` to throw the `ModelError` with this name and these arguments. */
export const expectStakeRevert = expectRefusal<StakeErrorName>;

/** Expects two doubles to be at most `tolerance` apart. */
export function expectClose(actual: number, expected: number, tolerance: number): void {
  expect(Math.abs(actual - expected) <= tolerance, `${actual} is not close to ${expected}`).to.equal(true);
}
