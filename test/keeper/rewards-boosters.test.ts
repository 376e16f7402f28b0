import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { VoteType } from "../../sdk/council/governance.ts";
import { Role } from "../../sdk/roles.ts";
import { MINUTE } from "../../sdk/time.ts";
import { DAY } from "../fixtures/amounts.ts";
import { ACT, fundRewards, REWARD_RULES, stake } from "../fixtures/council.ts";
import { atSnapshot, propose, vote } from "../fixtures/council-acts.ts";
import { load, nextAt } from "../fixtures/protocol.ts";
import { mineBlock } from "../fixtures/stake.ts";
import { type CouncilOnChain, done, emptyCouncil, handsOnRewards, lyingAbout, stateOfTests } from "./council.ts";
import { eventfulChain, linesOf } from "./workshop.ts";

describe("the job rewards, about boosters", () => {
  const { file, items: remembered } = stateOfTests();
  let world: CouncilOnChain;

  beforeEach(async () => {
    world = await load(emptyCouncil);
  });

  const handsOn = (
    habits: Omit<Parameters<typeof handsOnRewards>[1], "file"> = {},
    lies?: Parameters<typeof handsOnRewards>[2],
  ) => handsOnRewards(world, { file, ...habits }, lies);
  const pass = async () => (await handsOn()).job.run();
  const tierOf = async (positionId: bigint) => (await world.councilStaking.position(positionId)).tierDays;
  const boostersOf = async (user: HardhatEthersSigner) => (await world.rewardsDistributor.account(user)).boosterBps;

  /** The deployer records that somebody voted on a proposal, and their weight counts it; returns when they voted. */
  async function boost(user: HardhatEthersSigner): Promise<bigint> {
    const votedAt = await recordVote(user);
    await world.rewardsDistributor.poke(user);
    return votedAt;
  }

  /** The deployer records that somebody voted on a proposal; returns when. */
  async function recordVote(user: HardhatEthersSigner): Promise<bigint> {
    await world.authority.grantRole(Role.Activity, world.deployer, 0n);
    await world.rewardsDistributor.recordVote(user);
    return (await world.rewardsDistributor.account(user)).votedAt;
  }

  /** Views, from here on, see the instant at which a booster recorded at `recordedAt` lapses. */
  const viewLapse = async (recordedAt: bigint, elapsed = 0n) => {
    await nextAt(recordedAt + REWARD_RULES.activityWindow + elapsed);
    await mineBlock();
  };

  describe("of somebody with a stake for 180 days", () => {
    beforeEach(async () => {
      await stake(world, { lockDays: 180n });
    });

    /** What is voted on from the next transaction on. */
    async function openVote() {
      await stake(world, { by: world.proposer, lockDays: 180n });
      const proposal = await propose(world);
      await atSnapshot(world, proposal, 1n);
      return proposal;
    }
    async function takePart() {
      await world.authority.grantRole(Role.Activity, world.deployer, 0n);
      await world.rewardsDistributor.recordParticipation(world.staker);
    }

    for (const [what, earn] of [
      ["a vote", async () => vote(world, await openVote(), world.staker)],
      [
        "a vote with parameters",
        async () => {
          const { id } = await openVote();
          const { councilGovernor, staker } = world;
          await councilGovernor.connect(staker).castVoteWithReasonAndParams(id, VoteType.For, "It is due", "0x01");
        },
      ],
      ["taking part", takePart],
    ] as const) {
      it(`lets one count that was earned by ${what} since the last pass`, async () => {
        const { job } = await handsOn();
        await job.run();
        await earn();
        expect(await job.run()).to.deep.equal(done(1));
        const { boosterBps, currentBoosterBps } = await world.rewardsDistributor.account(world.staker);
        expect(boosterBps).to.equal(currentBoosterBps).and.above(REWARD_RULES.longTermBps);
      });
    }

    it("lets one count that was earned beside one that counts", async () => {
      await boost(world.staker);
      const { job } = await handsOn();
      await job.run();
      await takePart();
      expect(await job.run()).to.deep.equal(done(1));
      expect(await job.run()).to.deep.equal(done(0));
    });

    it("pokes an account again where a reorganisation took the poke back", async () => {
      await recordVote(world.staker);
      await world.connection.networkHelpers.mine(5);
      const fork = await world.connection.networkHelpers.takeSnapshot();
      const { job } = await handsOn({ confirmations: 5 });
      await job.run();
      await fork.restore();
      await world.connection.networkHelpers.mine(2);
      expect(await job.run()).to.deep.equal(done(1));
    });

    it("has nothing to do about one of somebody without a stake, until they have one", async () => {
      await recordVote(world.whale);
      const { job } = await handsOn();
      expect(await job.run()).to.deep.equal(done(0));
      expect(await remembered()).to.deep.equal([]);
      await stake(world, { by: world.whale, lockDays: 180n });
      await job.run();
      expect((await remembered()).map(({ account }) => account)).to.deep.equal([world.whale.address]);
    });

    it("waits until one lapses", async () => {
      await viewLapse(await boost(world.staker), -MINUTE);
      expect(await pass()).to.deep.equal(done(0));
      expect(await boostersOf(world.staker)).to.equal(REWARD_RULES.longTermBps + REWARD_RULES.governanceBps);
    });

    it("ends one in the second in which it lapses", async () => {
      await viewLapse(await boost(world.staker));
      const { job, output } = await handsOn();
      expect(await job.run()).to.deep.equal(done(1));
      expect(await boostersOf(world.staker)).to.equal(REWARD_RULES.longTermBps);
      expect(linesOf(output, "poke account: done")[0]).to.include({ account: world.staker.address });
    });

    it("leaves one that was renewed until it lapses", async () => {
      const first = await boost(world.staker);
      const { job } = await handsOn();
      await job.run();
      await nextAt(first + 10n * DAY);
      const second = await recordVote(world.staker);
      await viewLapse(first);
      expect(await job.run()).to.deep.equal(done(0));
      await viewLapse(second);
      expect(await job.run()).to.deep.equal(done(1));
      expect(await boostersOf(world.staker)).to.equal(REWARD_RULES.longTermBps);
    });

    it("ends each of two when it lapses", async () => {
      const voted = await boost(world.staker);
      await nextAt(voted + DAY);
      await world.rewardsDistributor.recordParticipation(world.staker);
      const { job } = await handsOn();
      expect(await job.run()).to.deep.equal(done(1));
      expect(await boostersOf(world.staker)).to.equal(
        REWARD_RULES.longTermBps + REWARD_RULES.participationBps + REWARD_RULES.governanceBps,
      );
      await viewLapse(voted);
      expect(await job.run()).to.deep.equal(done(1));
      expect(await boostersOf(world.staker)).to.equal(REWARD_RULES.longTermBps + REWARD_RULES.participationBps);
      await viewLapse(voted + DAY);
      expect(await job.run()).to.deep.equal(done(1));
      expect(await boostersOf(world.staker)).to.equal(REWARD_RULES.longTermBps);
    });

    it("reads the rules, which never change, once and for all", async () => {
      await boost(world.staker);
      await stake(world, { by: world.whale });
      const nobody = async () => {
        throw new Error("nobody was to be asked");
      };
      const { job } = await handsOn({}, ({ staking, distributor }) => ({
        staking: lyingAbout(staking, { params: nobody }),
        distributor: lyingAbout(distributor, { params: nobody }),
      }));
      expect(await job.run()).to.deep.equal(done(0));
      expect((await remembered()).map(({ lookAt }) => Number(lookAt) > 0)).to.deep.equal([true, true]);
    });

    it("watches no account whose boosters do not lapse", async () => {
      await pass();
      expect(await remembered()).to.deep.equal([]);
    });

    it("asks nobody about an account before its first booster lapses", async () => {
      const voted = await boost(world.staker);
      await pass();
      await viewLapse(voted, -MINUTE);
      const nobody = async () => {
        throw new Error("nobody was to be asked");
      };
      const { job } = await handsOn({}, ({ distributor }) => ({
        distributor: lyingAbout(distributor, { account: nobody }),
      }));
      expect(await job.run()).to.deep.equal(done(0));
    });

    it("pokes nothing of an account that has no stake any more, and forgets it", async () => {
      const positionId = await stake(world, { by: world.whale });
      const voted = await boost(world.whale);
      await pass();
      await world.councilStaking.connect(world.whale).unstake(positionId);
      await viewLapse(voted);
      expect(await pass()).to.deep.equal(done(0));
      expect(await remembered()).to.deep.equal([]);
    });

    it("takes it for a success where a rival pokes the account between estimate and transaction", async () => {
      await viewLapse(await boost(world.staker));
      const chain = await eventfulChain(world);
      chain.once(() => world.rewardsDistributor.connect(world.outsider).poke(world.staker));
      const { job, output } = await handsOn({ chain });
      expect(await job.run()).to.deep.equal(done(1));
      expect(linesOf(output, "poke account: somebody was faster")).to.have.length(1);
    });
  });

  it("does all that is due in one pass", async () => {
    const positionId = await stake(world);
    const voted = await boost(world.staker);
    await fundRewards(world, ACT(700));
    await viewLapse(voted, DAY);
    // The tier that 30 days have earned ends the lapsed booster with it.
    expect(await pass()).to.deep.equal(done(2));
    expect([await tierOf(positionId), await boostersOf(world.staker)]).to.deep.equal([30n, 0n]);
  });
});
