import { sum } from "../sdk/math.ts";
import type { Contract } from "./contract.ts";
import { Difference } from "./difference.ts";
import { unaskedAt } from "./parts/assets.ts";
import type { Stage } from "./stage.ts";
import type { Zone } from "./zone.ts";

/** What may be left of a token in a contract once everybody has left. Amounts in token units. */
export interface Remainder {
  readonly name: string;
  readonly amount: bigint;
  /** The most that it can be; without it, any amount of its own kind. */
  readonly bound: bigint;
  /** What the bound is, in words. */
  readonly because: string;
}

/** What a contract, or all contracts of a kind, hold of a token in the end. */
export interface Holding {
  readonly holder: string;
  readonly token: string;
  readonly held: bigint;
  readonly remainders: readonly Remainder[];
}

/** What every contract holds after everybody left, by name; throws a `Difference` where there is more or less. */
export async function conservationOf(stage: Stage): Promise<Holding[]> {
  const { usdc, hostile } = stage;
  const holdings = [
    ...(await zoneHoldings(stage, usdc)),
    ...(await zoneHoldings(stage, hostile)),
    ...(await councilHoldings(stage)),
  ];
  for (const { holder, token, held, remainders } of holdings) {
    const named = sum(remainders.map(({ amount }) => amount));
    if (held !== named) throw new Difference(`${token} that ${holder} holds in the end`, held, named);
    for (const { name, amount, bound } of remainders) {
      if (amount > bound) throw new Difference(`${name} in ${holder}, at most`, amount, bound);
    }
  }
  return holdings;
}

async function zoneHoldings(stage: Stage, { name: token, asset, markets, stake, queries }: Zone): Promise<Holding[]> {
  const { world } = stage;
  const held = (contract: Contract) => world.read(asset.token, "balanceOf", [contract.address]) as Promise<bigint>;
  const unasked = (...contracts: readonly Contract[]): Remainder => {
    const sent = sum(contracts.map(({ address }) => asset.book.balanceOf(unaskedAt(address))));
    return { name: "sent there unasked", amount: sent, bound: sent, because: "what was sent" };
  };
  const { vault, venue, serum } = stake.setup.contracts;
  const all = [...markets.byClaim.values()];
  const marketsHold = sum(await Promise.all(all.map(({ contract }) => held(contract))));
  const undistributed = sum(all.map(({ model }) => model.state(world.now).undistributed));
  const fees = sum(all.map((market) => market.fees));
  const pots = sum(stake.claimsWithVoices().map((claimId) => stake.model.serum.carriedOf(claimId)));
  const empty = [serum, markets.setup.factory, queries.setup.registry];
  return [
    {
      ...{ holder: `${all.length} ${token} markets`, token, held: marketsHold },
      remainders: [
        {
          name: "rewards with nobody left to earn them",
          amount: undistributed,
          bound: fees,
          because: "fees and penalties",
        },
        unasked(...all.map(({ contract }) => contract)),
      ],
    },
    {
      ...{ holder: vault.name, token, held: await held(vault) },
      remainders: [
        { name: "rounding of parts of pots", amount: pots, bound: stake.voices(), because: "a unit for each voice" },
        unasked(vault),
      ],
    },
    { holder: venue.name, token, held: await held(venue), remainders: [unasked(venue)] },
    {
      holder: queries.setup.escrow.name,
      token,
      held: await held(queries.setup.escrow),
      remainders: [unasked(queries.setup.escrow)],
    },
    ...(await Promise.all(
      empty.map(async (contract) => ({ holder: contract.name, token, held: await held(contract), remainders: [] })),
    )),
  ];
}

async function councilHoldings({ world, council, arguing, chamber, timelock, governance }: Stage): Promise<Holding[]> {
  const { token, staking, distributor } = council.setup.contracts;
  const { model } = council;
  const rewards = model.rewardsAt(world.now);
  const held = ({ address }: Contract) => world.read(token, "balanceOf", [address]) as Promise<bigint>;
  const { free } = arguing.model.rewardReserve();
  const argued = await held(arguing.setup.contract);
  const donated = argued - arguing.model.owed();
  const sharers = BigInt(council.sharers.size);
  const next = rewards.nextPeriodAmount(world.now);
  const treasury = await held(timelock);
  const holding = (contract: Contract, amount: bigint, ...remainders: Remainder[]): Holding => ({
    holder: contract.name,
    token: "ACT",
    held: amount,
    remainders,
  });
  return [
    holding(
      arguing.setup.contract,
      argued,
      { name: "reserve for interest", amount: free, bound: arguing.paidIn(), because: "what was paid in, or slashed" },
      { name: "sent there unasked", amount: donated, bound: donated, because: "what was sent" },
    ),
    holding(staking, await held(staking)),
    holding(
      distributor,
      await held(distributor),
      {
        name: "rounding of shares",
        amount: rewards.owed(world.now),
        bound: sharers,
        because: "a unit for each who staked",
      },
      { name: "for the next period", amount: next, bound: next, because: "what came in, and streamed to nobody" },
    ),
    holding(chamber.setup.chamber, await held(chamber.setup.chamber)),
    holding(governance.setup.governor, await held(governance.setup.governor)),
    holding(timelock, treasury, { name: "treasury", amount: treasury, bound: treasury, because: "the council's own" }),
  ];
}
