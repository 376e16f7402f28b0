import { MaxUint256 } from "ethers";
import { Side } from "../sdk/market/side.ts";
import { Phase } from "../sdk/query/state.ts";
import { DAY } from "../sdk/time.ts";
import { emptyingMarket } from "./acts/markets.ts";
import { rightStrengths } from "./acts/queries.ts";
import { dueEpochs } from "./acts/stake.ts";
import type { Call, Contract } from "./contract.ts";
import { Difference } from "./difference.ts";
import type { Life } from "./life.ts";
import { SessionPhase } from "./parts/sessions.ts";
import { callBy } from "./scene.ts";
import type { Zone } from "./zone.ts";

/** Longer than any session, any query and any epoch can still last. */
const WAIT = 130n * DAY;

/** Longer than any lock. */
const LONGEST_LOCK = 181n * DAY;

/** Everything comes to its end, and everybody takes what is theirs: each of these calls must be done. */
export async function leaveAll(life: Life): Promise<void> {
  const { scene } = life;
  const { usdc, hostile, world } = scene.stage;
  const zones = [usdc, hostile];
  await openUp(life, zones);
  world.chain.now += WAIT;
  await endSessions(life);
  await life.keepAll();
  for (const zone of zones) await endZone(life, zone);
  world.chain.now += LONGEST_LOCK;
  for (const zone of zones) {
    for (const market of zone.markets.byClaim.values()) await doAll(life, emptyingMarket(zone, market));
  }
  await life.keepAll();
  await leaveArguments(life);
  await leaveCouncil(life);
  await life.compareAll();
}

/** Nothing is paused any more, and nobody shut out. */
async function openUp(life: Life, zones: readonly Zone[]): Promise<void> {
  const { officers, arguing, council, chamber, world } = life.scene.stage;
  const guardian = { address: officers.guardian };
  for (const { markets, stake, queries, asset } of zones) {
    const { venue, serum } = stake.setup.contracts;
    const { factory } = markets.setup;
    if (await world.read(factory, "isCreationPaused", []))
      await must(life, callBy(guardian, factory, "unpauseCreation"));
    if (await world.read(serum, "paused", [])) await must(life, callBy(guardian, serum, "unpauseCommits"));
    await unpauseAll(life, [venue, queries.setup.escrow]);
    for (const account of [...asset.shutOut]) {
      await must(life, callBy(guardian, asset.token, "setBlacklisted", account, false));
    }
  }
  await unpauseAll(life, [arguing.setup.contract, council.setup.contracts.staking, chamber.setup.chamber]);
}

async function unpauseAll(life: Life, contracts: readonly Contract[]): Promise<void> {
  const { officers, world } = life.scene.stage;
  for (const on of contracts) {
    if (await world.read(on, "paused", [])) {
      await must(life, callBy({ address: officers.guardian }, on, "unpauseEntries"));
    }
  }
}

/** Sessions are closed, or cancelled where nobody was drawn. */
async function endSessions(life: Life): Promise<void> {
  const { chamber, world } = life.scene.stage;
  const on = chamber.setup.chamber;
  for (const session of chamber.sessions.filter(({ end }) => end === "none")) {
    const { sessionId, opener } = session;
    const isDrawn = chamber.phase(session, world.now) === SessionPhase.Closable;
    await must(life, callBy({ address: opener }, on, isDrawn ? "closeSession" : "cancelSession", sessionId));
  }
  await doAll(
    life,
    everybody(life)
      .filter((address) => chamber.credited(address) > 0n)
      .map((address) => callBy({ address }, on, "withdraw")),
  );
}

/** Queries and epochs that no keeper settled are, and all that was bought is sold, all that was staked withdrawn. */
async function endZone(life: Life, zone: Zone): Promise<void> {
  const { scene } = life;
  const { queries, stake } = zone;
  const { vault, venue, serum } = stake.setup.contracts;
  const anybody = scene.person();
  for (const queryId of queries.queryIds()) {
    if (queries.model.phase(queryId, scene.now) === Phase.Settled) continue;
    await must(life, callBy(anybody, queries.setup.escrow, "settle", queryId, rightStrengths(zone, queryId)));
  }
  for (const { claimId, epoch, isSettled } of dueEpochs(scene, zone)) {
    if (!isSettled) await must(life, callBy(anybody, serum, "settle", claimId, epoch, MaxUint256));
    await must(life, callBy(anybody, serum, "distribute", claimId, epoch, MaxUint256));
  }
  for (const address of everybody(life)) {
    for (const claimId of stake.pools) {
      for (const side of [Side.Support, Side.Oppose]) {
        const held = stake.model.venue.balanceOf(address, claimId, side);
        if (held > 0n) await must(life, callBy({ address }, venue, "sell", claimId, side, held, 0n));
      }
    }
  }
  for (const address of everybody(life)) {
    const withdrawable = stake.model.vault.withdrawable(address);
    if (withdrawable > 0n) await must(life, callBy({ address }, vault, "withdraw", withdrawable));
    if (queries.model.credited(address) > 0n) await must(life, callBy({ address }, queries.setup.escrow, "withdraw"));
  }
}

async function leaveArguments(life: Life): Promise<void> {
  const { model, setup } = life.scene.stage.arguing;
  await must(life, callBy(life.scene.person(), setup.contract, "processExpired", MaxUint256));
  const credited = everybody(life).filter((address) => model.account(address).credited > 0n);
  await doAll(
    life,
    credited.map((address) => callBy({ address }, setup.contract, "withdraw")),
  );
}

/** All positions are closed before anybody claims: nobody shares any more then. */
async function leaveCouncil(life: Life): Promise<void> {
  const { scene } = life;
  const { council } = scene.stage;
  const { staking, distributor } = council.setup.contracts;
  for (const address of everybody(life)) {
    const positions = council.positions([address], scene.now);
    await doAll(
      life,
      positions.map((positionId) => callBy({ address }, staking, "unstake", positionId)),
    );
  }
  for (const address of everybody(life)) {
    const reward = council.model.rewardsAt(scene.now).claimable(address, scene.now);
    if (reward > 0n) await must(life, callBy({ address }, distributor, "claim"));
  }
  scene.stage.world.chain.now += council.model.setup.rewards.period; // what still streams, streams to nobody
}

function everybody({ scene }: Life): string[] {
  const { curator, slasher, keeper, rival, team } = scene.stage.officers;
  return [...scene.people.map(({ address }) => address), curator, slasher, keeper, rival, team];
}

async function doAll(life: Life, calls: readonly Call[]): Promise<void> {
  for (const call of calls) await must(life, call);
}

/** Nobody can be kept from leaving. */
async function must(life: Life, call: Call): Promise<void> {
  const isDone = await life.perform(call);
  if (!isDone) throw new Difference(`${call.on.name}.${call.method} of somebody who leaves`, "refused", "done");
}
