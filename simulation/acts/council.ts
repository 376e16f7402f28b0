import { ZeroAddress } from "ethers";
import { ACT } from "../../sdk/council/params.ts";
import { min } from "../../sdk/math.ts";
import type { Call } from "../contract.ts";
import { type Person, portionOf } from "../people.ts";
import { callBy, type Scene } from "../scene.ts";

/** Somebody stakes tokens; who errs, too few, too many, or more than there are. */
export function stakeTokens(scene: Scene, person: Person): Call | undefined {
  const { model, setup } = scene.stage.council;
  const { minStake, maxStake } = model.setup.staking;
  const balance = scene.tokens(person);
  if (balance < minStake && !scene.errs(person)) return undefined;
  const own = min(portionOf(person, scene.random, balance, minStake), maxStake);
  const amount = scene.errs(person) ? scene.pick([minStake - 1n, balance + minStake, maxStake + 1n]) : own;
  return callBy(person, setup.contracts.staking, "stake", amount, lockOf(scene, person));
}

/** A founder stakes a million and more, for long. */
export function stakeMuch(scene: Scene, person: Person): Call {
  const { setup } = scene.stage.council;
  const amount = min(scene.tokens(person) / 2n, 2_000_000n * ACT);
  return callBy(person, setup.contracts.staking, "stake", amount, 180n);
}

/** Somebody locks a position for longer, or lets it rise by the time it served. */
export function prolong(scene: Scene, person: Person): Call | undefined {
  const { setup } = scene.stage.council;
  const positionId = anyPosition(scene, person);
  if (positionId === undefined) return undefined;
  const { staking } = setup.contracts;
  if (scene.oneIn(2n)) return callBy(person, staking, "poke", positionId);
  return callBy(person, staking, "extendLock", positionId, lockOf(scene, person));
}

/** Somebody takes a position back: the hasty before its lock is over. */
export function unstake(scene: Scene, person: Person): Call | undefined {
  const { model, setup } = scene.stage.council;
  const positionId = anyPosition(scene, person);
  if (positionId === undefined) return undefined;
  const isOver = model.stakingAt(scene.now).position(positionId).unlocksAt <= scene.now;
  if (!isOver && !scene.oneIn(person.character.patience)) return undefined;
  const method = isOver === scene.errs(person) ? "unstakeEarly" : "unstake";
  return callBy(person, setup.contracts.staking, method, positionId);
}

/** Somebody gives their votes to somebody else, to themselves or to nobody. */
export function delegate(scene: Scene, person: Person): Call {
  const to = scene.pick([scene.person().address, person.address, ZeroAddress]);
  return callBy(person, scene.stage.council.setup.contracts.staking, "delegate", to);
}

/** Somebody claims what they earned, or stakes it at once. */
export function takeRewards(scene: Scene, person: Person): Call | undefined {
  const { model, setup } = scene.stage.council;
  const reward = model.rewardsAt(scene.now).claimable(person.address, scene.now);
  if (reward < model.setup.rewards.minClaim && !scene.trespasses(person)) return undefined;
  const { distributor } = setup.contracts;
  const isEnough = reward >= model.setup.staking.minStake || scene.errs(person);
  if (scene.oneIn(2n) || !isEnough) return callBy(person, distributor, "claim");
  return callBy(person, distributor, "compound", lockOf(scene, person));
}

/** Somebody does a keeper's work for the rewards, or more than a keeper would. */
export function tendRewards(scene: Scene, person: Person): Call {
  const { distributor, token } = scene.stage.council.setup.contracts;
  const little = portionOf(person, scene.random, scene.tokens(person) / 50n, 1n);
  const kind = scene.random(0n, 9n);
  if (kind <= 4n) return callBy(person, distributor, "poke", scene.person().address);
  if (kind <= 6n) return callBy(person, distributor, "startPeriod");
  if (kind === 7n) return callBy(person, distributor, "fund", scene.errs(person) ? 0n : little);
  if (kind === 8n) return callBy(person, token, "burn", little / 10n);
  return callBy(person, distributor, "recordVote", person.address);
}

/** Somebody sends tokens to somebody else, or to a contract that did not ask for them. */
export function sendTokens(scene: Scene, person: Person): Call {
  const { arguing, council, chamber } = scene.stage;
  const { token, distributor } = council.setup.contracts;
  const amount = portionOf(person, scene.random, scene.tokens(person) / 10n, 1n);
  const contracts = [arguing.setup.contract.address, distributor.address];
  const isGift = person.character.name === "hostile" || scene.oneIn(6n);
  const to = isGift ? scene.pick(contracts) : scene.person().address;
  return callBy(person, token, "transfer", to === chamber.setup.chamber.address ? person.address : to, amount);
}

/** The patient choose long locks, the hasty short ones. */
function lockOf(scene: Scene, { character }: Person): bigint {
  const { tiers } = scene.stage.council.model.setup.staking;
  const days = tiers.map(({ lockDays }) => lockDays);
  if (scene.oneIn(20n)) return 13n;
  if (character.name === "hasty") return scene.pick(days.slice(0, 2));
  return scene.pick(character.name === "patient" ? days.slice(2) : days);
}

/** One of somebody's positions; where they err, anybody's. */
function anyPosition(scene: Scene, person: Person): bigint | undefined {
  const owners = scene.trespasses(person) ? scene.people.map(({ address }) => address) : [person.address];
  return scene.any(scene.stage.council.positions(owners, scene.now));
}
