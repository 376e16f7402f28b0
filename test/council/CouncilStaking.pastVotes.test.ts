import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { DAY } from "../fixtures/amounts.ts";
import {
  ACT,
  atUnlock,
  type CouncilWorld,
  openCouncil,
  PLEDGE,
  stake,
  stakeAll,
  startPeriod,
} from "../fixtures/council.ts";
import { atSnapshot, propose, vote } from "../fixtures/council-acts.ts";
import { accountOf, ODD, powerOf } from "../fixtures/council-checks.ts";
import { load, nextAt, now } from "../fixtures/protocol.ts";
import { mineBlock } from "../fixtures/stake.ts";

/** A step of a history, which happens a day after the one before. */
type Step = (world: CouncilWorld) => Promise<unknown>;

/** Every way in which power or votes change. */
const HISTORY: readonly Step[] = [
  (world) => stake(world, { amount: ODD }),
  (world) => stake(world, { by: world.whale, amount: ACT(7_777_777), lockDays: 90n }),
  ({ councilStaking, staker, delegate }) => councilStaking.connect(staker).delegate(delegate),
  (world) => stake(world, { amount: ODD + 4n, lockDays: 30n }),
  async ({ councilStaking, staker }) =>
    councilStaking.connect(staker).extendLock(await councilStaking.positionIdOf(staker, 0n), 7n),
  ({ councilStaking, whale, delegate }) => councilStaking.connect(whale).delegate(delegate),
  async ({ councilStaking, staker }) =>
    councilStaking.connect(staker).unstakeEarly(await councilStaking.positionIdOf(staker, 1n)),
  ({ councilStaking, staker }) => councilStaking.connect(staker).delegate(ZeroAddress),
  (world) => startPeriod(world, ACT(100_000)),
  ({ rewardsDistributor, whale }) => rewardsDistributor.connect(whale).compound(180n),
  async (world) => {
    const { councilStaking, staker } = world;
    const positionId = await councilStaking.positionIdOf(staker, 0n);
    await atUnlock(world, positionId, 30n * DAY);
    return councilStaking.poke(positionId);
  },
  async ({ councilStaking, staker }) =>
    councilStaking.connect(staker).unstake(await councilStaking.positionIdOf(staker, 0n)),
];

describe("CouncilStaking, past votes", () => {
  let world: CouncilWorld;

  const pastOf = (user: HardhatEthersSigner, at: bigint) => world.councilStaking.getPastVotes(user, at);
  /** A second passes: what happened until now is past. */
  const tick = async (): Promise<bigint> => {
    const second = await now();
    await nextAt(second + 1n);
    await mineBlock();
    return second;
  };

  beforeEach(async () => {
    world = await load(openCouncil);
  });

  describe("when votes change", () => {
    it("keeps what they were before", async () => {
      await stake(world, { amount: ODD });
      const before = await tick();
      await stake(world, { amount: ODD, lockDays: 180n });
      await tick();
      expect(await pastOf(world.staker, before)).to.equal(ODD);
    });

    it("counts the change from its second on", async () => {
      await stake(world, { amount: ODD });
      const stakedAt = await tick();
      expect(await pastOf(world.staker, stakedAt)).to.equal(ODD);
    });

    it("counts nothing a second before", async () => {
      await nextAt((await now()) + 10n);
      await stake(world, { amount: ODD });
      const stakedAt = await tick();
      expect(await pastOf(world.staker, stakedAt - 1n)).to.equal(0n);
    });

    it("counts all changes of a second", async () => {
      const second = (await now()) + 10n;
      for (const lockDays of [0n, 7n, 180n]) {
        await nextAt(second);
        await stake(world, { amount: ODD, lockDays });
      }
      await tick();
      expect(await pastOf(world.staker, second)).to.equal(powerOf(ODD, 0n) + powerOf(ODD, 7n) + powerOf(ODD, 180n));
    });

    it("keeps those of who was delegated to", async () => {
      await stake(world, { amount: ODD });
      await world.councilStaking.connect(world.staker).delegate(world.delegate);
      const delegated = await tick();
      await world.councilStaking.connect(world.staker).delegate(ZeroAddress);
      await tick();
      expect(await pastOf(world.delegate, delegated)).to.equal(ODD);
    });
  });

  describe("when the instant is not past", () => {
    for (const ahead of [0n, 1n, DAY]) {
      it(`reverts when votes ${ahead} seconds from now are asked for`, async () => {
        const second = await now();
        await expect(pastOf(world.staker, second + ahead))
          .to.be.revertedWithCustomError(world.councilStaking, "ERC5805FutureLookup")
          .withArgs(second + ahead, second);
      });

      it(`reverts when the total ${ahead} seconds from now is asked for`, async () => {
        const second = await now();
        await expect(world.councilStaking.getPastTotalSupply(second + ahead))
          .to.be.revertedWithCustomError(world.councilStaking, "ERC5805FutureLookup")
          .withArgs(second + ahead, second);
      });
    }
  });

  describe("in a history of every change", () => {
    /** What is past of all who take part, at instants. */
    const pastAt = async (instants: readonly bigint[]) => {
      const { councilStaking, staker, whale, delegate } = world;
      const votesAt = async (at: bigint) => [
        await Promise.all([staker, whale, delegate].map((user) => pastOf(user, at))),
        await councilStaking.getPastTotalSupply(at),
      ];
      return Promise.all(instants.map(votesAt));
    };
    const step = async (one: Step) => {
      await nextAt((await now()) + DAY);
      await one(world);
      return tick();
    };

    for (const steps of HISTORY.keys()) {
      it(`has a total of all powers, and of all votes, after step ${steps + 1}`, async () => {
        let second = 0n;
        for (const one of HISTORY.slice(0, steps + 1)) second = await step(one);
        const users = [world.staker, world.whale, world.delegate];
        const powers = await Promise.all(users.map(async (user) => (await accountOf(world, user)).power));
        const votes = await Promise.all(users.map((user) => world.councilStaking.getVotes(user)));
        const sum = (of: readonly bigint[]) => of.reduce((total, one) => total + one, 0n);
        const total = await world.councilStaking.getPastTotalSupply(second);
        expect([sum(powers), sum(votes)]).to.deep.equal([total, total]);
      });
    }

    it("never changes what is past", async () => {
      const instants: bigint[] = [];
      const seen: unknown[] = [];
      for (const one of HISTORY) {
        instants.push(await step(one));
        seen.push(...(await pastAt(instants.slice(-1))));
      }
      expect(await pastAt(instants)).to.deep.equal(seen);
    });
  });

  describe("when a proposal was made before", () => {
    /** Everyone has staked; the proposal's snapshot is past. */
    const proposeAmong = async (users: readonly HardhatEthersSigner[]) => {
      await stakeAll(world, users);
      const proposal = await propose(world);
      await atSnapshot(world, proposal, 1n);
      await mineBlock();
      return proposal;
    };
    const forVotes = async (id: bigint) => (await world.councilGovernor.proposalVotes(id)).forVotes;

    it("counts nothing that was staked since", async () => {
      const { staker, proposer } = world;
      const proposal = await proposeAmong([staker, proposer]);
      await stake(world, { amount: ACT(1_000_000), lockDays: 180n });
      await vote(world, proposal, staker);
      expect(await forVotes(proposal.id)).to.equal(PLEDGE);
    });

    it("counts what was delegated away since", async () => {
      const { councilStaking, staker, proposer, delegate } = world;
      const proposal = await proposeAmong([staker, proposer]);
      await councilStaking.connect(staker).delegate(delegate);
      await vote(world, proposal, staker);
      expect(await forVotes(proposal.id)).to.equal(PLEDGE);
    });

    it("counts all that was there, when most of it was unstaked since", async () => {
      const { councilStaking, staker, proposer } = world;
      await stake(world, { amount: ACT(1_000) });
      const proposal = await proposeAmong([staker, proposer]);
      await councilStaking.connect(staker).unstake(await councilStaking.positionIdOf(staker, 1n));
      await vote(world, proposal, staker);
      expect(await forVotes(proposal.id)).to.equal(PLEDGE + ACT(1_000));
    });
  });
});
