import type { AssetBook } from "../sdk/assets.ts";
import type { MarketParams } from "../sdk/market/params.ts";
import { QueryModel } from "../sdk/query/model.ts";
import { StakeModel } from "../sdk/stake/model.ts";
import { fieldsOf } from "../test/fixtures/structs.ts";
import { type Contract, contractOf } from "./contract.ts";
import type { Deployed } from "./deployment.ts";
import { AssetPart } from "./parts/assets.ts";
import { MarketsPart } from "./parts/markets.ts";
import { QueriesPart } from "./parts/queries.ts";
import { StakePart } from "./parts/stake.ts";

/** Tells the council's rewards who took part, and in which contract. */
export type Recording = (account: string, recorder: string, now: bigint) => void;

/** The mechanisms that run on an asset, with one list of transfers for all of them. */
export interface Zone {
  readonly name: "usdc" | "hostile";
  readonly asset: AssetPart;
  readonly markets: MarketsPart;
  readonly stake: StakePart;
  readonly queries: QueriesPart;
  /** Whether a contract is one of the zone's. */
  readonly owns: (contract: Contract) => boolean;
}

/** What surrounds a zone. */
export interface ZoneAround {
  readonly chainId: bigint;
  readonly guardian: string;
  readonly admin: string;
  readonly record: Recording;
}

/** Models of the mechanisms on an asset. */
export async function zoneOf(name: Zone["name"], deployed: Deployed, around: ZoneAround): Promise<Zone> {
  const asset = new AssetPart(deployed.asset, deployed.decimals);
  const markets = await marketsOf(name, deployed, asset, around);
  const stake = await stakeOf(name, deployed, asset, around);
  const queries = await queriesOf(name, deployed, asset.book, around);
  markets.onClaim.push((claimId) => stake.addClaim(claimId));
  const { vault, venue } = stake.setup.contracts;
  for (const contract of [vault, venue, queries.setup.escrow]) asset.keepApart(contract);
  const parts = [asset, markets, stake, queries];
  const owns = ({ address }: Contract) =>
    parts.some((part) => part.contracts().some((contract) => contract.address === address));
  return { name, asset, markets, stake, queries, owns };
}

async function marketsOf(
  name: string,
  { contracts: { beliefFactory } }: Deployed,
  asset: AssetPart,
  { guardian, admin }: ZoneAround,
): Promise<MarketsPart> {
  return new MarketsPart({
    asset,
    factory: await contractOf("factory", beliefFactory, name),
    implementation: await beliefFactory.implementation(),
    defaults: fieldsOf(await beliefFactory.defaultParams()) as unknown as MarketParams,
    guardian,
    admin,
  });
}

async function stakeOf(
  name: string,
  { contracts: { stakeVault, convictionMarket, truthSerum } }: Deployed,
  asset: AssetPart,
  { chainId, guardian }: ZoneAround,
): Promise<StakePart> {
  const contracts = {
    vault: await contractOf("vault", stakeVault, name),
    venue: await contractOf("venue", convictionMarket, name),
    serum: await contractOf("serum", truthSerum, name),
  };
  const { vault, venue, serum } = contracts;
  const setup = {
    startedAt: await truthSerum.startedAt(),
    epochLength: await truthSerum.epochLength(),
    revealWindow: await truthSerum.revealWindow(),
    chainId,
    addresses: { vault: vault.address, venue: venue.address, serum: serum.address },
  };
  return new StakePart({ asset, contracts, model: new StakeModel(setup, asset.book), guardian });
}

async function queriesOf(
  name: string,
  { contracts: { queryEscrow, rankRegistry }, decimals }: Deployed,
  book: AssetBook,
  { chainId, guardian, admin, record }: ZoneAround,
): Promise<QueriesPart> {
  const escrow = await contractOf("escrow", queryEscrow, name);
  const registry = await contractOf("registry", rankRegistry, name);
  const { answering, opening, judging, revealing } = await queryEscrow.defaultTiming();
  const defaultTiming = { answering, opening, judging, revealing };
  const model = new QueryModel({ chainId, queryEscrow: escrow.address, decimals, defaultTiming }, book);
  const recording = (account: string, now: bigint) => record(account, escrow.address, now);
  return new QueriesPart({ escrow, registry, model, guardian, admin, record: recording });
}
