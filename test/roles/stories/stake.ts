import { id } from "ethers";
import { sealBelief } from "../../../sdk/stake/seal.ts";
import { CLAIM, usdc, WAD } from "../../fixtures/amounts.ts";
import { managed, NO_PERMIT, pausable } from "../calls.ts";
import type { Stage } from "../stage.ts";
import type { Telling } from "../story.ts";

/** What buys a lock of a fiftieth of it. */
const PRICE = usdc(5_000);
const STAKED = PRICE / 50n;

/** Stake comes, stands behind a position, and is free again. */
export const vaultStory: Telling = async (stage) => {
  const { stakeVault, convictionMarket, truthSerum, outsider, timelock } = stage;
  const venue = convictionMarket.connect(outsider);
  return {
    contract: stakeVault,
    phases: {
      "no stake": () => venue.createPool(CLAIM),
      "free stake": () => stakeVault.connect(outsider).deposit(STAKED),
      "all of it locked": () => venue.buy(CLAIM, 0n, PRICE, 0n),
      "position sold": async () => venue.sell(CLAIM, 0n, await venue.balanceOf(outsider, CLAIM, 0n), 0n),
    },
    calls: {
      deposit: () => ({ by: outsider, args: [usdc(1)] }),
      depositWithPermit: () => ({ by: outsider, args: [usdc(1), ...NO_PERMIT] }),
      withdraw: () => ({ by: outsider, args: [STAKED] }),
      setLock: () => ({ by: convictionMarket, args: [outsider, CLAIM, 0n, 0n] }),
      setAtRisk: () => ({ by: truthSerum, args: [outsider, CLAIM, usdc(1)] }),
      debit: () => ({ by: truthSerum, args: [outsider, usdc(1)] }),
      credit: () => ({ by: truthSerum, args: [outsider, 0n] }),
      bind: () => ({ by: timelock, args: [convictionMarket, truthSerum] }),
      ...managed(stage),
    },
  };
};

/** A claim gets a market and a pool, and somebody buys and sells. */
export const venueStory: Telling = async (stage) => {
  const { beliefFactory, convictionMarket, outsider } = stage;
  const venue = convictionMarket.connect(outsider);
  const claimId = id("a claim without a pool");
  const held = () => venue.balanceOf(outsider, claimId, 0n);
  let tokens = 1n;
  return {
    contract: convictionMarket,
    phases: {
      "without a market": async () => undefined,
      "without a pool": () => beliefFactory.connect(outsider).createMarket(claimId, 0n),
      "nothing held": () => venue.createPool(claimId),
      held: async () => {
        await venue.buy(claimId, 0n, PRICE, 0n);
        tokens = await held();
      },
      sold: () => venue.sell(claimId, 0n, tokens, 0n),
    },
    calls: {
      createPool: () => ({ by: outsider, args: [claimId] }),
      buy: () => ({ by: outsider, args: [claimId, 0n, PRICE, 0n] }),
      buyWithPermit: () => ({ by: outsider, args: [claimId, 1n, PRICE, 0n, ...NO_PERMIT] }),
      sell: () => ({ by: outsider, args: [claimId, 0n, tokens, 0n] }),
      ...pausable(stage),
    },
  };
};

const SALT = id("a salt");
const BELIEF = (WAD * 3n) / 4n;

/** The seal of somebody's belief in an epoch. */
export async function sealOf({ truthSerum, provider }: Stage, user: string, epoch: bigint): Promise<string> {
  const { chainId } = await provider.getNetwork();
  const context = { chainId, truthSerum: await truthSerum.getAddress(), claimId: CLAIM, epoch, user };
  return sealBelief({ ...context, belief: BELIEF, meta: BELIEF, salt: SALT });
}

/** Opens that belief. */
export const opening = (user: string, epoch: bigint) => [user, CLAIM, epoch, BELIEF, BELIEF, SALT] as const;

/** Two with a lock each speak in an epoch, which is settled and distributed. */
export const serumStory: Telling = async (stage) => {
  const { truthSerum, convictionMarket, outsider, partner, guardian, connection } = stage;
  const { time } = connection.networkHelpers;
  await convictionMarket.connect(outsider).createPool(CLAIM);
  for (const person of [outsider, partner]) await convictionMarket.connect(person).buy(CLAIM, 0n, PRICE, 0n);
  const epoch = (await truthSerum.currentEpoch()) + 1n;
  const [startsAt, endsAt, settleableAt] = await truthSerum.scheduleOf(epoch);
  const people = [outsider, partner];
  const inEpoch = { by: partner, args: [CLAIM, epoch, 10n] };
  return {
    contract: truthSerum,
    phases: {
      "to come": async () => undefined,
      "open to commits": () => time.increaseTo(startsAt),
      "open to reveals": async () => {
        for (const person of people) {
          await truthSerum.connect(person).commitBelief(CLAIM, await sealOf(stage, person.address, epoch));
        }
        await time.increaseTo(endsAt);
      },
      settleable: async () => {
        for (const { address } of people) await truthSerum.connect(partner).revealBelief(...opening(address, epoch));
        await time.increaseTo(settleableAt);
      },
      settled: () => truthSerum.connect(partner).settle(CLAIM, epoch, 10n),
      distributed: () => truthSerum.connect(partner).distribute(CLAIM, epoch, 10n),
    },
    calls: {
      commitBelief: () => ({ by: outsider, args: [CLAIM, SALT] }),
      commitBeliefIn: () => ({ by: outsider, args: [CLAIM, epoch, SALT] }),
      revealBelief: () => ({ by: partner, args: opening(outsider.address, epoch) }),
      settle: () => inEpoch,
      distribute: () => inEpoch,
      claim: () => ({ by: partner, args: [outsider, CLAIM, epoch] }),
      pauseCommits: () => ({ by: guardian }),
      unpauseCommits: () => ({ by: guardian }),
      ...managed(stage),
    },
  };
};
