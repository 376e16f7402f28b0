import { Side } from "../../sdk/market/side.ts";
import { WAD } from "../../sdk/stake/math.ts";
import { endsAt, epochOf, settleableAt } from "../../sdk/stake/schedule.ts";
import { sealBelief } from "../../sdk/stake/seal.ts";
import type { Call } from "../contract.ts";
import { type Person, portionOf } from "../people.ts";
import { callBy, type Scene, type SealedOpening } from "../scene.ts";
import type { Zone } from "../zone.ts";

const SIDES = [Side.Support, Side.Oppose] as const;

/** The least purchase: of a smaller one there is no lock. */
const LEAST = 50n;

/** Somebody makes a pool for a claim that has a market; who errs, a second one. */
export function createPool(scene: Scene, { stake }: Zone, person: Person): Call | undefined {
  const without = stake.claims.filter((claimId) => !stake.pools.includes(claimId));
  const claimId = scene.errs(person) ? scene.any(stake.pools) : scene.any(without);
  return claimId === undefined ? undefined : callBy(person, stake.setup.contracts.venue, "createPool", claimId);
}

/** Somebody deposits stake; who errs, nothing, or more than they have. */
export function deposit(scene: Scene, zone: Zone, person: Person): Call {
  const balance = scene.balance(zone, person);
  const amount = scene.errs(person) ? scene.pick([0n, balance + 1n]) : portionOf(person, scene.random, balance, 1n);
  return callBy(person, zone.stake.setup.contracts.vault, "deposit", amount);
}

/** Somebody withdraws what they can, or half of it; who trespasses, more. */
export function withdrawStake(scene: Scene, { stake }: Zone, person: Person): Call | undefined {
  const withdrawable = stake.model.vault.withdrawable(person.address);
  if (withdrawable === 0n && !scene.trespasses(person)) return undefined;
  const amount =
    withdrawable === 0n || scene.trespasses(person)
      ? withdrawable + 1n
      : scene.pick([withdrawable, (withdrawable + 1n) / 2n]);
  return callBy(person, stake.setup.contracts.vault, "withdraw", amount);
}

/** Somebody buys a side; who errs, for too little, or for more than they have. */
export function buy(scene: Scene, zone: Zone, person: Person): Call | undefined {
  const claimId = scene.favourite(zone.stake.pools);
  if (claimId === undefined) return undefined;
  const balance = scene.balance(zone, person);
  const own = portionOf(person, scene.random, balance, LEAST);
  const amount = scene.errs(person) ? scene.pick([LEAST - 1n, balance + LEAST]) : own;
  const minTokens = scene.oneIn(15n) ? 2n * amount : 0n;
  return callBy(person, zone.stake.setup.contracts.venue, "buy", claimId, scene.pick(SIDES), amount, minTokens);
}

/** All of a holding or a part of it, or a token more than that. */
export function sell(scene: Scene, { stake }: Zone, person: Person): Call | undefined {
  const { venue } = stake.model;
  const holdings = stake.pools.flatMap((claimId) => SIDES.map((side) => ({ claimId, side })));
  const held = holdings.filter(({ claimId, side }) => venue.balanceOf(person.address, claimId, side) > 0n);
  const found = scene.any(held);
  if (found === undefined) return undefined;
  const balance = venue.balanceOf(person.address, found.claimId, found.side);
  const whole = scene.oneIn(person.character.patience) ? balance : (balance + 2n) / 3n;
  const tokens = scene.errs(person) ? balance + 1n : whole;
  return callBy(person, stake.setup.contracts.venue, "sell", found.claimId, found.side, tokens, 0n);
}

/** Who has a lock on a claim seals a belief, and decides who is to open it. */
export function commitBelief(scene: Scene, zone: Zone, person: Person): Call | undefined {
  const { model, pools, setup } = zone.stake;
  const locked = pools.filter((claimId) => model.venue.grossLock(person.address, claimId) > 0n);
  const claimId = scene.any(scene.trespasses(person) ? pools : locked);
  if (claimId === undefined) return undefined;
  const { chainId, addresses } = model.setup;
  const epoch = epochOf(model.setup, scene.now);
  const common = (WAD * (BigInt(claimId) % 101n)) / 100n;
  const opening = {
    user: person.address,
    claimId,
    epoch,
    belief: probability(scene, common),
    meta: probability(scene, common),
    salt: scene.salt(),
  };
  const by = scene.oneIn(person.character.sloth)
    ? "nobody"
    : zone.name === "usdc" && scene.oneIn(3n)
      ? "keeper"
      : "owner";
  scene.openings.push({ zone, opening, by });
  const seal = sealBelief({ ...opening, chainId, truthSerum: addresses.serum });
  const { serum } = setup.contracts;
  if (!scene.oneIn(4n)) return callBy(person, serum, "commitBelief", claimId, seal);
  return callBy(person, serum, "commitBeliefIn", claimId, scene.errs(person) ? epoch + 1n : epoch, seal);
}

/** Everybody who has a lock on the claim and has not spoken in the epoch. */
export function speakersOf(scene: Scene, { stake }: Zone, claimId: string): Person[] {
  const epoch = epochOf(stake.model.setup, scene.now);
  const joined = stake.model.serum.participants(claimId, epoch, 0n, 2n ** 32n);
  return scene.people.filter(
    ({ address }) => stake.model.venue.grossLock(address, claimId) > 0n && !joined.includes(address),
  );
}

/** Beliefs that their owners have to open now. */
export function dueOpenings(scene: Scene): SealedOpening[] {
  return scene.openings.filter(({ zone, opening, by }) => by === "owner" && isOpenable(scene, zone, opening));
}

/** Somebody opens a belief; who attacks it, with something else than was sealed. */
export function reveal(scene: Scene, { zone, opening }: SealedOpening, person: Person): Call {
  const { user, claimId, epoch, belief, meta, salt } = opening;
  const told = scene.errs(person) ? scene.pick([WAD + 1n, (belief + 1n) % WAD]) : belief;
  return callBy(person, zone.stake.setup.contracts.serum, "revealBelief", user, claimId, epoch, told, meta, salt);
}

/** Epochs of a zone with something left to settle or to pay. */
export function dueEpochs(scene: Scene, { stake }: Zone): { claimId: string; epoch: bigint; isSettled: boolean }[] {
  const { setup, serum } = stake.model;
  const current = epochOf(setup, scene.now);
  return stake.pools.flatMap((claimId) =>
    Array.from({ length: Number(current) + 1 }, (_, index) => BigInt(index))
      .filter(
        (epoch) => settleableAt(setup, epoch) <= scene.now && serum.participants(claimId, epoch, 0n, 1n).length > 0,
      )
      .map((epoch) => ({ claimId, epoch, state: serum.epochState(claimId, epoch) }))
      .filter(({ state }) => state.distributed < state.joined)
      .map(({ epoch, state: { isSettled } }) => ({ claimId, epoch, isSettled })),
  );
}

/** Somebody does a keeper's work: settles a part of an epoch, pays a part of it, or lets one voice have its part. */
export function tendEpoch(scene: Scene, zone: Zone, person: Person): Call | undefined {
  const due = scene.any(dueEpochs(scene, zone));
  const { serum } = zone.stake.setup.contracts;
  if (due === undefined) return undefined;
  const { claimId, epoch, isSettled } = due;
  const maxCount = scene.pick([1n, 2n, 5n, 100n]);
  if (!isSettled) return callBy(person, serum, scene.errs(person) ? "distribute" : "settle", claimId, epoch, maxCount);
  if (scene.oneIn(2n)) return callBy(person, serum, "distribute", claimId, epoch, maxCount);
  const voices = zone.stake.model.serum.participants(claimId, epoch, 0n, 2n ** 32n);
  return callBy(person, serum, "claim", scene.pick(voices), claimId, epoch);
}

/** Whether somebody joined with the belief, it was not opened, and now is the time. */
function isOpenable(scene: Scene, { stake }: Zone, { user, claimId, epoch }: SealedOpening["opening"]): boolean {
  const { setup, serum } = stake.model;
  if (scene.now < endsAt(setup, epoch) || scene.now >= settleableAt(setup, epoch)) return false;
  const isIn = serum.participants(claimId, epoch, 0n, 2n ** 32n).includes(user);
  return isIn && !serum.participant(claimId, epoch, user).isOpened;
}

/** Anything, or what most say. */
function probability(scene: Scene, common: bigint): bigint {
  if (scene.oneIn(3n)) return scene.random(0n, WAD);
  return scene.oneIn(8n) ? scene.pick([0n, WAD, WAD / 2n]) : (common + scene.random(0n, WAD / 5n)) % (WAD + 1n);
}
