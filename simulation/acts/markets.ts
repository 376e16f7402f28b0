import { id } from "ethers";
import { Side } from "../../sdk/market/side.ts";
import { max, min } from "../../sdk/math.ts";
import { DAY } from "../../sdk/time.ts";
import type { Call } from "../contract.ts";
import type { Market } from "../parts/markets.ts";
import { type Person, portionOf } from "../people.ts";
import { callBy, type Scene } from "../scene.ts";
import type { Zone } from "../zone.ts";

/** Claims of a zone at most. */
const MOST_CLAIMS = 8;

/** Somebody makes a market on a new claim, or tries one that exists; sometimes under rules of its own. */
export function createMarket(scene: Scene, zone: Zone, person: Person): Call | undefined {
  const { markets } = zone;
  const { factory } = markets.setup;
  const isTaken = scene.errs(person);
  if (markets.byClaim.size >= MOST_CLAIMS && !isTaken) return undefined;
  const taken = scene.any([...markets.byClaim.keys()]);
  const claimId = (isTaken ? taken : undefined) ?? id(`claim ${markets.byClaim.size + 1} of ${zone.name}`);
  const { defaults } = markets;
  const own = portionOf(person, scene.random, scene.balance(zone, person), defaults.minStake);
  const commitment = scene.oneIn(3n) ? 0n : min(own, defaults.maxStake);
  if (!scene.oneIn(3n)) return callBy(person, factory, "createMarket", claimId, commitment);
  const lockPeriod = scene.pick([DAY, 7n * DAY, 90n * DAY, 60n]); // a minute is too short
  const params = { ...defaults, lockPeriod, minRewardDuration: 0n, earlyExitPenaltyBps: scene.pick([0n, 2_500n]) };
  return callBy(person, factory, "createMarketWithParams", claimId, commitment, params);
}

/** Somebody commits to a side, mostly Support; who errs, too little or too much. */
export function commit(scene: Scene, zone: Zone, person: Person): Call | undefined {
  const market = scene.favourite([...zone.markets.byClaim.values()]);
  if (market === undefined) return undefined;
  const { minStake, maxStake } = market.model.params;
  const own = min(portionOf(person, scene.random, scene.balance(zone, person), minStake), maxStake);
  const wrong = scene.pick([0n, max(minStake - 1n), maxStake + 1n, scene.balance(zone, person) + 1n]);
  const amount = scene.errs(person) ? wrong : own;
  const maxFeeBps = scene.oneIn(12n) ? scene.random(0n, 60n) : 1_000n;
  const side = scene.pick([Side.Support, Side.Support, Side.Oppose]);
  return callBy(person, market.contract, "commit", side, amount, maxFeeBps);
}

/** Somebody takes rewards, or leaves: the hasty before the time. Once in a while it is a position of somebody else. */
export function leaveMarket(scene: Scene, zone: Zone, person: Person): Call | undefined {
  const { markets } = zone;
  const owners = scene.trespasses(person) ? undefined : person.address;
  const held = [...markets.byClaim.values()].flatMap((market) =>
    markets.openPositions(market, owners).map((positionId) => ({ market, positionId })),
  );
  const found = scene.any(held);
  if (found === undefined) return undefined;
  const { market, positionId } = found;
  const isOver = scene.now >= market.model.position(positionId).depositedAt + market.model.params.lockPeriod;
  const early = scene.oneIn(person.character.patience) ? "exitEarly" : "claimRewards";
  const method = isOver && !scene.oneIn(6n) ? "withdraw" : early;
  return callBy(person, market.contract, scene.trespasses(person) ? "withdraw" : method, positionId);
}

/** Somebody shares what can be shared, or releases the excess of a position. */
export function tendMarket(scene: Scene, zone: Zone, person: Person): Call | undefined {
  const market = scene.any([...zone.markets.byClaim.values()]);
  if (market === undefined) return undefined;
  if (scene.oneIn(2n)) return callBy(person, market.contract, "distribute");
  const positionId = scene.random(scene.errs(person) ? 0n : 1n, market.model.positionCount + 1n);
  return callBy(person, market.contract, "releaseExcess", positionId);
}

/** Everybody takes what is theirs out of a market, once every lock is over. */
export function emptyingMarket(zone: Zone, market: Market): Call[] {
  const { markets } = zone;
  return markets.openPositions(market).map((positionId) => {
    const { owner } = market.model.position(positionId);
    return callBy({ address: owner }, market.contract, "withdraw", positionId);
  });
}
