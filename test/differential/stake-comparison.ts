import { expect } from "chai";
import { MaxUint256 } from "ethers";
import { Side } from "../../sdk/market/side.ts";
import { CLAIMS, type StakeWorld } from "./stake-world.ts";

const SIDES = [Side.Support, Side.Oppose];

/** What an action touched, or everything. */
export interface Scope {
  readonly claimId: string;
  readonly epoch: bigint;
}

/** Compares the totals, every stake, and what the last action can have touched. */
export async function compareTouched(world: StakeWorld, { claimId, epoch }: Scope): Promise<void> {
  await compareTotals(world);
  for (const { address } of world.people) {
    for (const figure of ["totalStake", "encumbered"] as const) {
      await world.read("vault", figure, [address], () => world.model.vault[figure](address));
    }
    await world.read("vault", "exposureOf", [address, claimId], () => world.model.vault.exposureOf(address, claimId));
  }
  await world.read("venue", "pool", [claimId], () => world.model.venue.pool(claimId));
  await compareEpoch(world, claimId, epoch);
}

/** Compares every figure there is. */
export async function compareAll(world: StakeWorld): Promise<void> {
  const { model, people } = world;
  await compareTotals(world);
  for (const { address } of people) await compareUser(world, address);
  for (const claimId of CLAIMS) {
    await world.read("venue", "pool", [claimId], () => model.venue.pool(claimId));
    await world.read("venue", "marketBelief", [claimId], () => model.venue.marketBelief(claimId));
    for (const side of SIDES) {
      await world.read("venue", "price", [claimId, side], () => model.venue.price(claimId, side));
    }
    const current = (world.now - model.setup.startedAt) / model.setup.epochLength;
    for (let epoch = 0n; epoch <= current; epoch++) {
      await compareEpoch(world, claimId, epoch);
      if (model.serum.epochState(claimId, epoch).joined === 0n) continue;
      await world.read("serum", "consensus", [claimId, epoch], () => model.serum.consensus(claimId, epoch));
      const second = [claimId, epoch, 1n, 1n] as const;
      await world.read("serum", "participants", second, () => model.serum.participants(...second));
    }
  }
}

async function compareTotals(world: StakeWorld): Promise<void> {
  const { model, contracts, protocol } = world;
  const { addresses } = model.setup;
  for (const figure of ["stakes", "pots", "totalEncumbered"] as const) {
    await world.read("vault", figure, [], () => model.vault[figure]());
  }
  for (const holder of ["vault", "venue"] as const) {
    const held = await protocol.usdc.balanceOf(contracts[holder]);
    expect(held, `asset of the ${holder}`).to.equal(model.assets.balanceOf(addresses[holder]));
  }
}

async function compareUser(world: StakeWorld, address: string): Promise<void> {
  const { model, protocol } = world;
  for (const figure of ["totalStake", "totalLocked", "encumbered", "withdrawable"] as const) {
    await world.read("vault", figure, [address], () => model.vault[figure](address));
  }
  expect(await protocol.usdc.balanceOf(address), "asset of a user").to.equal(model.assets.balanceOf(address));
  for (const claimId of CLAIMS) {
    await world.read("vault", "exposureOf", [address, claimId], () => model.vault.exposureOf(address, claimId));
    await world.read("venue", "grossLock", [address, claimId], () => model.venue.grossLock(address, claimId));
    for (const side of SIDES) {
      const position = [address, claimId, side] as const;
      await world.read("vault", "lockOf", position, () => model.vault.lockOf(...position));
      await world.read("venue", "balanceOf", position, () => model.venue.balanceOf(...position));
    }
  }
}

async function compareEpoch(world: StakeWorld, claimId: string, epoch: bigint): Promise<void> {
  const { serum } = world.model;
  await world.read("serum", "carriedOf", [claimId], () => serum.carriedOf(claimId));
  await world.read("serum", "epochState", [claimId, epoch], () => serum.epochState(claimId, epoch));
  const page = [claimId, epoch, 0n, MaxUint256] as const;
  await world.read("serum", "participants", page, () => serum.participants(...page));
  for (const user of serum.participants(...page)) {
    const voice = [claimId, epoch, user] as const;
    await world.read("serum", "participant", voice, () => serum.participant(...voice));
  }
}
