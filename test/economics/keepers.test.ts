import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import { CLAIM, DAY } from "../fixtures/amounts.ts";
import { debate } from "../fixtures/argument-stories.ts";
import { atEndOf } from "../fixtures/arguments.ts";
import { ACT, atAge, fundRewards, openCouncil, PLEDGE, sendStake, stake, startPeriod } from "../fixtures/council.ts";
import { atDeadline, atEta, atSnapshot, execute, propose, queue, vote } from "../fixtures/council-acts.ts";
import { openMajority, unstakeFirst } from "../fixtures/council-stories.ts";
import { ALL, commitAll, open, speakAll, votersFixture } from "../fixtures/epochs.ts";
import { load, nextAt, now, sharedChain } from "../fixtures/protocol.ts";
import { atEndOf as atEndOfWindow, openEscrow, sendQuestion, settle, strengthsFor } from "../fixtures/queries.ts";
import { ID, play, times, vote as voteFor } from "../fixtures/query-play.ts";
import { atEpochEnd } from "../fixtures/stake.ts";

/** What a transaction costs its sender, also where it reverts. */
interface Cost {
  gas: bigint;
  isReverted: boolean;
}

/** A step of the keeper, on the way to which a rival gets in first. */
interface Race {
  keeper: () => Promise<ContractTransactionResponse>;
  /** The same step unless it says otherwise. */
  rival?: () => Promise<ContractTransactionResponse>;
}

/** What a keeper's transaction and a rival's cost, where the rival's is mined first. */
async function costsOf({ keeper, rival = keeper }: Race): Promise<{ rival: Cost; keeper: Cost }> {
  return { rival: await costOf(rival), keeper: await costOf(keeper) };
}

/** Sends, whatever comes of it: a keeper has estimated before, and no chain asks it twice. */
async function costOf(send: Race["keeper"]): Promise<Cost> {
  const { ethers } = await sharedChain();
  await send().catch(() => undefined);
  const block = await ethers.provider.getBlock("latest");
  const receipt = await ethers.provider.getTransactionReceipt(block?.transactions.at(-1) ?? "");
  if (receipt === null) throw new Error("the transaction is not mined");
  return { gas: receipt.gasUsed, isReverted: receipt.status === 0 };
}

/** A step with what it comes to, where a rival was first. */
interface Step {
  name: string;
  /** What the keeper loses at most. */
  most: bigint;
  reverts: boolean;
  race: () => Promise<Race>;
}

const STEPS: readonly Step[] = [
  {
    name: "settles a query of 7 answers and 5 judges",
    most: 30_000n,
    reverts: true,
    race: async () => {
      const world = await load(openEscrow);
      const verdicts = Array.from({ length: 5 }, () => voteFor([0, 1, 2, 3, 4, 5, 6]));
      await play(world, { answers: times(7, "opened"), verdicts });
      const strengths = await strengthsFor(world, ID);
      return { keeper: () => settle(world, ID, strengths) };
    },
  },
  {
    name: "settles an epoch",
    most: 30_000n,
    reverts: false,
    race: async () => {
      const world = await load(votersFixture);
      await speakAll(world);
      return { keeper: () => world.truthSerum.settle(CLAIM, 0n, ALL) };
    },
  },
  {
    name: "distributes an epoch",
    most: 30_000n,
    reverts: false,
    race: async () => {
      const world = await load(votersFixture);
      await speakAll(world);
      await world.truthSerum.settle(CLAIM, 0n, ALL);
      return { keeper: () => world.truthSerum.distribute(CLAIM, 0n, ALL) };
    },
  },
  {
    name: "opens an entrusted belief",
    most: 30_000n,
    reverts: true,
    race: async () => {
      const world = await load(votersFixture);
      await commitAll(world);
      await atEpochEnd(world.truthSerum, 0n);
      return { keeper: () => open(world, "author") };
    },
  },
  {
    name: "processes expired stakes of arguments",
    most: 35_000n,
    reverts: false,
    race: async () => {
      const world = await load(debate);
      await atEndOf(world, 2n);
      return { keeper: () => world.argumentStaking.processExpired(2n) };
    },
  },
  {
    name: "begins a period of rewards",
    most: 30_000n,
    reverts: true,
    race: async () => {
      const world = await load(openCouncil);
      await stake(world);
      await fundRewards(world, ACT(1_000));
      return { keeper: () => startPeriod(world) };
    },
  },
  {
    name: "pokes a position that its owner closes",
    most: 30_000n,
    reverts: true,
    race: async () => {
      const world = await load(openCouncil);
      const positionId = await stake(world);
      await nextAt((await now()) + 8n * DAY);
      return {
        keeper: () => world.councilStaking.connect(world.outsider).poke(positionId),
        rival: () => unstakeFirst(world, world.staker),
      };
    },
  },
  {
    name: "queues a proposal",
    most: 70_000n,
    reverts: true,
    race: async () => {
      const { world, proposal } = await load(succeeded);
      return { keeper: () => queue(world, proposal) };
    },
  },
  {
    name: "executes a proposal",
    most: 35_000n,
    reverts: true,
    race: async () => {
      const { world, proposal } = await load(succeeded);
      await queue(world, proposal);
      await atEta(world, proposal);
      return { keeper: () => execute(world, proposal) };
    },
  },
];

/** A council whose whale has carried a proposal, which nobody has queued. */
async function succeeded(connection: NetworkConnection) {
  const world = await openMajority(connection);
  const proposal = await propose(world);
  await atSnapshot(world, proposal, 1n);
  await vote(world, proposal, world.whale);
  await atDeadline(world, proposal, 1n);
  return { world, proposal };
}

describe("A keeper whom somebody overtakes between estimate and transaction", () => {
  for (const { name, most, reverts, race } of STEPS) {
    it(`loses less than ${most} gas where it ${name}, and costs who overtakes 2 times as much`, async () => {
      const { keeper, rival } = await costsOf(await race());
      expect([keeper.isReverted, rival.isReverted]).to.deep.equal([reverts, false]);
      expect(keeper.gas < most && 2n * keeper.gas < rival.gas, `${keeper.gas} of ${rival.gas}`).to.equal(true);
    });
  }
});

describe("A keeper for whom somebody makes work in masses", () => {
  it("pays less than 1 of 2 units of gas of whoever asks queries that nobody answers", async () => {
    const world = await load(openEscrow);
    const asked = await costOf(() => sendQuestion(world, { timing: { answering: 60n, opening: 60n } }));
    await atEndOfWindow(world, ID, "opening");
    const settled = await costOf(() => settle(world, ID, []));
    expect([settled.isReverted, 2n * settled.gas < asked.gas], `${settled.gas} of ${asked.gas}`).to.deep.equal([
      false,
      true,
    ]);
  });

  it("pays less than 1 of 2 units of gas of whoever upvotes", async () => {
    const world = await load(debate);
    const upvoted = await costOf(() => world.argumentStaking.connect(world.challenger).upvote(1n));
    await atEndOf(world, 3n);
    await world.argumentStaking.processExpired(2n);
    const processed = await costOf(() => world.argumentStaking.processExpired(1n));
    expect(2n * processed.gas < upvoted.gas, `${processed.gas} of ${upvoted.gas}`).to.equal(true);
  });

  it("pays 500,000 gas in 180 days for each position of 100 ACT, which costs whoever stakes them 300,000", async () => {
    const world = await load(openCouncil);
    await sendStake(world);
    const staked = await costOf(() => sendStake(world, { amount: ACT(100) }));
    const positionId = await world.councilStaking.positionIdOf(world.staker, 1n);
    let poked = 0n;
    for (const days of [7n, 30n, 90n, 180n]) {
      await atAge(world, positionId, days * DAY);
      poked += (await costOf(() => world.councilStaking.connect(world.outsider).poke(positionId))).gas;
    }
    const unstaked = await costOf(() => world.councilStaking.connect(world.staker).unstake(positionId));
    const paid = staked.gas + unstaked.gas;
    expect(paid < 300_000n && 500_000n < poked, `${poked} for ${paid}`).to.equal(true);
    expect((await world.councilStaking.account(world.staker)).staked).to.equal(PLEDGE);
  });
});
