import { id } from "ethers";
import { NO_LIMIT, usdc } from "../../fixtures/amounts.ts";
import { fieldsOf } from "../../fixtures/structs.ts";
import { managed, NO_PERMIT } from "../calls.ts";
import type { Telling } from "../story.ts";

/** A claim gets its market. */
export const factoryStory: Telling = async (stage) => {
  const { beliefFactory, guardian, outsider, timelock } = stage;
  const claimId = id("a claim without a market");
  const params = fieldsOf(await beliefFactory.defaultParams());
  return {
    contract: beliefFactory,
    phases: {
      "without a market": async () => undefined,
      "with one": () => beliefFactory.connect(outsider).createMarket(claimId, 0n),
    },
    calls: {
      createMarket: () => ({ by: outsider, args: [claimId, usdc(100)] }),
      createMarketWithParams: () => ({ by: outsider, args: [claimId, usdc(100), params] }),
      pauseCreation: () => ({ by: guardian }),
      unpauseCreation: () => ({ by: guardian }),
      setDefaultParams: () => ({ by: timelock, args: [params] }),
      ...managed(stage),
    },
  };
};

/** Somebody takes a position, with another there to pay rewards, and leaves. */
export const marketStory: Telling = async ({ market, beliefFactory, outsider, partner, connection }) => {
  const { lockPeriod, minRewardDuration } = await market.params();
  const { time } = connection.networkHelpers;
  let positionId = 0n;
  const own = () => ({ by: outsider, args: [positionId] });
  return {
    contract: market,
    phases: {
      "no position": async () => undefined,
      "locked and too young for rewards": async () => {
        positionId = await market.commit.staticCall(0n, usdc(1_000), NO_LIMIT);
        await market.commit(0n, usdc(1_000), NO_LIMIT);
        await market.connect(partner).commit(1n, usdc(1_000), NO_LIMIT);
      },
      locked: () => time.increase(minRewardDuration),
      "lock over": () => time.increase(lockPeriod),
      left: () => market.withdraw(positionId),
    },
    calls: {
      commit: () => ({ by: outsider, args: [0n, usdc(10), NO_LIMIT] }),
      commitWithPermit: () => ({ by: outsider, args: [1n, usdc(10), NO_LIMIT, ...NO_PERMIT] }),
      claimRewards: own,
      withdraw: own,
      exitEarly: own,
      releaseExcess: () => ({ by: partner, args: [positionId] }),
      distribute: () => ({ by: partner }),
      commitAuthor: () => ({ by: beliefFactory, args: [usdc(10)] }),
    },
  };
};
