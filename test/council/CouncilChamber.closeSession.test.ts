import { expect } from "chai";
import { ACT } from "../fixtures/council.ts";
import { atSessionEnd, castVote, NO_DECISION, openSession, Phase } from "../fixtures/council-acts.ts";
import {
  castVotes,
  drawDebate,
  FEE,
  openDebate,
  openPanel,
  type SessionWorld,
  voterAt,
} from "../fixtures/council-stories.ts";
import { load } from "../fixtures/protocol.ts";

/**
 * The five of the panel, with 1, 2, 3, 4 and 10 thousand tokens, share 100 tokens and 7 units: half of it, 50 tokens and
 * 4 units, equally; half, 50 tokens and 3 units, by weight. All in units.
 */
const CASES: readonly {
  name: string;
  votes: readonly (bigint | undefined)[];
  decision: bigint;
  shares: readonly bigint[];
  toRewards: bigint;
}[] = [
  {
    name: "four agree, and the fifth does not vote",
    votes: [0n, 0n, 0n, 0n, undefined],
    decision: 0n,
    // 12,500,000,001 each, and a tenth, two, three and four tenths of 50,000,000,003
    shares: [17_500_000_001n, 22_500_000_001n, 27_500_000_001n, 32_500_000_002n, 0n],
    toRewards: 2n,
  },
  {
    name: "all vote, and 10,000 are against 6,000 and 4,000",
    votes: [0n, 1n, 0n, 1n, 2n],
    decision: 2n,
    shares: [10_000_000_000n, 10_000_000_000n, 10_000_000_000n, 10_000_000_000n, 60_000_000_003n],
    toRewards: 4n,
  },
  {
    name: "most have 6,000 of 10,000",
    votes: [0n, 1n, 0n, 1n, undefined],
    decision: 1n,
    // 2 and 4 of 6 parts of 50,000,000,003
    shares: [12_500_000_001n, 29_166_666_668n, 12_500_000_001n, 45_833_333_336n, 0n],
    toRewards: 1n,
  },
  {
    name: "two options have 10,000 each",
    votes: [0n, 0n, 0n, 0n, 1n],
    decision: NO_DECISION,
    shares: [20_000_000_001n, 20_000_000_001n, 20_000_000_001n, 20_000_000_001n, 20_000_000_001n],
    toRewards: 2n,
  },
  {
    name: "the first and the last option have as much",
    votes: [0n, 0n, 2n, undefined, undefined],
    decision: NO_DECISION,
    shares: [33_333_333_335n, 33_333_333_335n, 33_333_333_335n, 0n, 0n],
    toRewards: 2n,
  },
  {
    name: "two options have as much, and the last has more",
    votes: [0n, 0n, 1n, 2n, undefined],
    decision: 2n,
    shares: [12_500_000_001n, 12_500_000_001n, 12_500_000_001n, 62_500_000_004n, 0n],
    toRewards: 0n,
  },
  {
    name: "the first has most, and two others have as much",
    votes: [1n, 1n, 2n, undefined, 0n],
    decision: 0n,
    shares: [12_500_000_001n, 12_500_000_001n, 12_500_000_001n, 0n, 62_500_000_004n],
    toRewards: 0n,
  },
  {
    name: "one votes alone",
    votes: [1n, undefined, undefined, undefined, undefined],
    decision: 1n,
    shares: [100_000_000_007n, 0n, 0n, 0n, 0n],
    toRewards: 0n,
  },
  {
    name: "nobody votes",
    votes: [],
    decision: NO_DECISION,
    shares: [0n, 0n, 0n, 0n, 0n],
    toRewards: FEE,
  },
];

describe("CouncilChamber.closeSession", () => {
  let world: SessionWorld;

  const close = (by = world.outsider) => world.councilChamber.connect(by).closeSession(world.sessionId);

  for (const { name, votes, decision, shares, toRewards } of CASES) {
    describe(`when ${name}`, () => {
      beforeEach(async () => {
        world = await load(openDebate);
        await castVotes(world, votes);
        await atSessionEnd(world, 1n);
      });

      it("emits SessionClosed", async () => {
        await expect(close()).to.emit(world.councilChamber, "SessionClosed").withArgs(1n, decision, toRewards);
      });

      it("keeps the decision", async () => {
        await close();
        expect((await world.councilChamber.session(1n)).decision).to.equal(decision);
      });

      it("credits the shares, to the unit", async () => {
        await close();
        const credits = await Promise.all(shares.map((_, i) => world.councilChamber.credited(voterAt(world, i))));
        expect(credits).to.deep.equal(shares);
      });

      it("pays what is left to the rewards", async () => {
        await expect(close()).to.changeTokenBalances(
          world.ethers,
          world.token,
          [world.councilChamber, world.rewardsDistributor],
          [-toRewards, toRewards],
        );
      });

      it("holds what it has credited", async () => {
        await close();
        const credits = shares.reduce((sum, share) => sum + share);
        expect(await world.token.balanceOf(world.councilChamber)).to.equal(credits);
      });
    });
  }

  describe("when all have voted", () => {
    beforeEach(async () => {
      world = await load(openDebate);
      await castVotes(world, [0n, 1n, 0n, 1n, 2n]);
    });

    it("can be closed before time is over", async () => {
      await expect(close()).to.emit(world.councilChamber, "SessionClosed").withArgs(1n, 2n, 4n);
    });

    it("is Closed then", async () => {
      await close();
      expect((await world.councilChamber.session(1n)).phase).to.equal(Phase.Closed);
    });

    it("says the decision", async () => {
      expect(await world.councilChamber.closeSession.staticCall(1n)).to.equal(2n);
    });

    it("emits Credited for a member who lost", async () => {
      await expect(close()).to.emit(world.councilChamber, "Credited").withArgs(1n, voterAt(world, 0), ACT(10));
    });

    it("emits Credited for the member who won", async () => {
      await expect(close())
        .to.emit(world.councilChamber, "Credited")
        .withArgs(1n, voterAt(world, 4), ACT(60) + 3n);
    });

    it("keeps the tallies", async () => {
      await close();
      expect(await world.councilChamber.tallies(1n)).to.deep.equal([ACT(4_000), ACT(6_000), ACT(10_000)]);
    });

    it("reverts when it is closed again", async () => {
      await close();
      await expect(close())
        .to.be.revertedWithCustomError(world.councilChamber, "WrongSessionPhase")
        .withArgs(1n, Phase.Closed, Phase.Closable);
    });

    it("shares what was funded as well", async () => {
      const panel = await load(openPanel);
      world = await drawDebate(panel);
      await world.councilChamber.connect(world.whale).fundSession(1n, ACT(100) - 7n);
      await castVotes(world, [0n, 1n, 0n, 1n, 2n]);
      await close();
      expect(await world.councilChamber.credited(voterAt(world, 4))).to.equal(ACT(120));
    });

    it("adds the credits of two sessions", async () => {
      await close();
      world = await drawDebate(world);
      await castVotes(world, [0n, 1n, 0n, 1n, 2n]);
      await close();
      expect(await world.councilChamber.credited(voterAt(world, 4))).to.equal(ACT(120) + 6n);
    });

    it("lets members withdraw what was credited", async () => {
      await close();
      await expect(world.councilChamber.connect(voterAt(world, 4)).withdraw()).to.changeTokenBalances(
        world.ethers,
        world.token,
        [world.councilChamber, voterAt(world, 4)],
        [-(ACT(60) + 3n), ACT(60) + 3n],
      );
    });
  });

  describe("when the reward is small", () => {
    it("emits no Credited where nothing comes of it", async () => {
      world = await drawDebate(await load(openPanel), { fee: 1n });
      await castVotes(world, [0n, 0n, 0n, 0n, 1n]);
      await expect(close()).not.to.emit(world.councilChamber, "Credited");
    });

    it("pays a single unit to the rewards", async () => {
      world = await drawDebate(await load(openPanel), { fee: 1n });
      await castVotes(world, [0n, 0n, 0n, 0n, 1n]);
      await expect(close()).to.emit(world.councilChamber, "SessionClosed").withArgs(1n, NO_DECISION, 1n);
    });

    it("decides without a reward", async () => {
      world = await drawDebate(await load(openPanel), { fee: 0n });
      await castVotes(world, [0n, 0n, 0n, 1n, 1n]);
      await expect(close()).to.emit(world.councilChamber, "SessionClosed").withArgs(1n, 1n, 0n);
    });
  });

  describe("when votes weigh the square root", () => {
    beforeEach(async () => {
      const panel = await load(openPanel);
      await panel.councilChamber.connect(panel.deployer).setSquareRoot(true);
      world = await drawDebate(panel);
      // 2,000 and 4,000 against 10,000: 1,414,213 + 2,000,000 against 3,162,277
      await castVotes(world, [undefined, 0n, undefined, 0n, 1n]);
      await atSessionEnd(world, 1n);
    });

    it("decides by the roots", async () => {
      await expect(close()).to.emit(world.councilChamber, "SessionClosed").withArgs(1n, 0n, 1n);
    });

    it("shares by the roots", async () => {
      await close();
      // 16,666,666,668 and 50,000,000,003 * 1,414,213 / 3,414,213 = 20,710,673,295.3
      expect(await world.councilChamber.credited(voterAt(world, 1))).to.equal(37_377_339_963n);
    });
  });

  describe("when it is not the time", () => {
    beforeEach(async () => {
      world = await load(openDebate);
    });

    it("reverts when somebody is still to vote, a second before time is over", async () => {
      await castVotes(world, [0n, 0n, 0n, 0n]);
      await atSessionEnd(world, 1n, -1n);
      await expect(close())
        .to.be.revertedWithCustomError(world.councilChamber, "WrongSessionPhase")
        .withArgs(1n, Phase.Voting, Phase.Closable);
    });

    it("reverts when members are still to be drawn", async () => {
      const sessionId = await openSession(world);
      await expect(world.councilChamber.closeSession(sessionId))
        .to.be.revertedWithCustomError(world.councilChamber, "WrongSessionPhase")
        .withArgs(sessionId, Phase.Drawing, Phase.Closable);
    });

    it("reverts when there is no such session", async () => {
      await expect(world.councilChamber.closeSession(2n))
        .to.be.revertedWithCustomError(world.councilChamber, "SessionUnknown")
        .withArgs(2n);
    });

    it("says no decision while it goes on", async () => {
      await castVote(world, 1n, voterAt(world, 0));
      expect((await world.councilChamber.session(1n)).decision).to.equal(NO_DECISION);
    });
  });
});
