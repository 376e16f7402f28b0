import { Signature } from "ethers";
import { permitDomainOf, signPermit } from "../../../sdk/permit.ts";
import { DAY, HOUR } from "../../fixtures/amounts.ts";
import { ACT } from "../../fixtures/council.ts";
import { managed, NO_PERMIT, pausable } from "../calls.ts";
import type { Stage } from "../stage.ts";
import type { Telling } from "../story.ts";

/** The token is minted up to the year's inflation. */
export const tokenStory: Telling = async (stage) => {
  const { councilToken, outsider, partner, timelock, connection } = stage;
  const minter = councilToken.connect(await stage.as(timelock));
  await councilToken.connect(outsider).approve(partner, ACT(10));
  const deadline = BigInt(await connection.networkHelpers.time.latest()) + DAY;
  const permit = { token: councilToken, owner: outsider, spender: partner.address, value: 1n, deadline };
  const { v, r, s } = await signPermit(permit);
  return {
    contract: councilToken,
    phases: {
      "inflation is left": async () => undefined,
      "all of it minted": async () => minter.mintInflation(partner, (await councilToken.inflationLeft()).remaining),
    },
    calls: {
      transfer: () => ({ by: outsider, args: [partner, 1n] }),
      transferFrom: () => ({ by: partner, args: [outsider, partner, 1n] }),
      approve: () => ({ by: outsider, args: [partner, 1n] }),
      permit: () => ({ by: partner, args: [outsider, partner, 1n, deadline, v, r, s] }),
      burn: () => ({ by: outsider, args: [1n] }),
      burnFrom: () => ({ by: partner, args: [outsider, 1n] }),
      mintInflation: () => ({ by: timelock, args: [partner, 1n] }),
      ...managed(stage),
    },
  };
};

/** A position is locked, and closed when the lock is over. */
export const stakingStory: Telling = async (stage) => {
  const { councilStaking, rewardsDistributor, outsider, partner, team, connection } = stage;
  const staking = councilStaking.connect(outsider);
  await rewardsDistributor.connect(team).fund(ACT(1_000));
  const positionId = await staking.positionIdOf(outsider, 0n);
  const own = { by: outsider, args: [positionId] };
  const delegation = await signDelegation(stage);
  return {
    contract: councilStaking,
    phases: {
      "not opened": async () => undefined,
      locked: () => staking.stake(ACT(1_000), 30n),
      "lock over": () => connection.networkHelpers.time.increase(30n * DAY),
      closed: () => staking.unstake(positionId),
    },
    calls: {
      stake: () => ({ by: outsider, args: [ACT(100), 30n] }),
      stakeWithPermit: () => ({ by: outsider, args: [ACT(100), 30n, ...NO_PERMIT] }),
      stakeFor: () => ({ by: rewardsDistributor, args: [outsider, ACT(100), 30n] }),
      extendLock: () => ({ by: outsider, args: [positionId, 180n] }),
      poke: () => ({ by: partner, args: [positionId] }),
      unstake: () => own,
      unstakeEarly: () => own,
      delegate: () => ({ by: outsider, args: [partner] }),
      delegateBySig: () => ({ by: partner, args: delegation }),
      ...pausable(stage),
    },
  };
};

/** The outsider's votes go to the partner, for whoever sends this within a year. */
async function signDelegation({ councilStaking, outsider, partner, connection }: Stage): Promise<unknown[]> {
  const expiry = BigInt(await connection.networkHelpers.time.latest()) + 365n * DAY;
  const types = {
    Delegation: [
      { name: "delegatee", type: "address" },
      { name: "nonce", type: "uint256" },
      { name: "expiry", type: "uint256" },
    ],
  };
  const message = { delegatee: partner.address, nonce: 0n, expiry };
  const { v, r, s } = Signature.from(
    await outsider.signTypedData(await permitDomainOf(councilStaking), types, message),
  );
  return [partner, 0n, expiry, v, r, s];
}

/** A reward is funded, streams for a period, and is claimed. */
export const rewardsStory: Telling = async (stage) => {
  const { rewardsDistributor, councilStaking, councilGovernor, queryEscrow } = stage;
  const { outsider, partner, team, timelock, connection } = stage;
  const rewards = rewardsDistributor.connect(partner);
  const { period } = await rewards.params();
  const { time } = connection.networkHelpers;
  await councilStaking.connect(outsider).stake(ACT(1_000), 0n);
  return {
    contract: rewardsDistributor,
    phases: {
      "nothing to stream": async () => undefined,
      funded: () => rewardsDistributor.connect(team).fund(ACT(10_000)),
      streaming: async () => {
        await rewards.startPeriod();
        await time.increase(period / 2n);
        await rewardsDistributor.connect(team).fund(ACT(10_000));
      },
      "period over": () => time.increase(period),
    },
    calls: {
      fund: () => ({ by: partner, args: [ACT(1)] }),
      startPeriod: () => ({ by: partner }),
      claim: () => ({ by: outsider }),
      compound: () => ({ by: outsider, args: [0n] }),
      poke: () => ({ by: partner, args: [outsider] }),
      recordParticipation: () => ({ by: queryEscrow, args: [outsider] }),
      recordVote: () => ({ by: councilGovernor, args: [outsider] }),
      onStakeChanged: () => ({ by: councilStaking, args: [outsider, ACT(1_000), false] }),
      bind: () => ({ by: timelock, args: [councilStaking] }),
      ...managed(stage),
    },
  };
};

/** A session that comes to a decision, and one for which nobody can be drawn. */
export const chamberStory: Telling = async (stage) => {
  const { councilChamber, councilStaking, outsider, partner, timelock, connection } = stage;
  const { time, mine } = connection.networkHelpers;
  const chamber = councilChamber.connect(outsider);
  await councilStaking.connect(partner).stake(ACT(2_000), 0n);
  await councilStaking.connect(outsider).stake(ACT(2_000), 0n);
  await chamber.connect(partner).registerAgent("ipfs://partner");
  await time.increase(HOUR);
  const open = (size: bigint): [string, bigint, string[], bigint, bigint] => {
    return ["A topic", size, ["yes", "no"], DAY, ACT(10)];
  };
  let sessionId = 1n;
  const any = () => ({ by: outsider, args: [sessionId] });
  return {
    contract: councilChamber,
    phases: {
      "not opened": async () => undefined,
      drawing: async () => {
        await chamber.openSession(...open(1n));
        await mine(3);
      },
      voting: () => chamber.drawSession(sessionId),
      closable: () => time.increase(DAY),
      closed: () => chamber.closeSession(sessionId),
      "nobody drawn for a week": async () => {
        sessionId = 2n;
        await chamber.openSession(...open(2n));
        await time.increase(7n * DAY);
        await mine(3);
      },
      cancelled: () => chamber.cancelSession(sessionId),
    },
    calls: {
      registerAgent: () => ({ by: outsider, args: ["ipfs://outsider"] }),
      unregisterAgent: () => ({ by: partner }),
      refreshAgent: () => ({ by: outsider, args: [partner] }),
      openSession: () => ({ by: outsider, args: open(1n) }),
      fundSession: () => ({ by: outsider, args: [sessionId, ACT(1)] }),
      drawSession: any,
      castVote: () => ({ by: partner, args: [sessionId, 0n] }),
      closeSession: any,
      cancelSession: any,
      withdraw: () => ({ by: outsider }),
      setSquareRoot: () => ({ by: timelock, args: [true] }),
      ...pausable(stage),
    },
  };
};
