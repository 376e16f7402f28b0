import { expect } from "chai";
import { AbiCoder, keccak256, ZeroHash } from "ethers";
import { Side } from "../../sdk/market/side.ts";
import type { ArgumentStaking } from "../../typechain-types/index.ts";
import { ARGUMENT_RULES, CLAIM, OTHER_CLAIM } from "../fixtures/amounts.ts";
import {
  type ActWorld,
  argue,
  BODY,
  booksChange,
  booksOf,
  CREATION_INTEREST,
  FORTUNE,
  jail,
  Kind,
  openForum,
  Status,
  SUMMARY,
  sendArgument,
  UNKNOWN_CLAIM,
  upvote,
} from "../fixtures/arguments.ts";
import { load, nextAt, now } from "../fixtures/protocol.ts";
import { fieldsOf } from "../fixtures/structs.ts";

const { creationStake, period } = ARGUMENT_RULES;

const hashOf = (summary: string, body: string) =>
  keccak256(AbiCoder.defaultAbiCoder().encode(["string", "string"], [summary, body]));

describe("ArgumentStaking.createArgument", () => {
  let world: ActWorld;
  let staking: ArgumentStaking;

  beforeEach(async () => {
    world = await load(openForum);
    staking = world.argumentStaking;
  });

  /** Fixes the second of the next transaction. */
  const nextSecond = async () => {
    const instant = (await now()) + 10n;
    await nextAt(instant);
    return instant;
  };

  describe("when it is the first argument", () => {
    it("emits ArgumentCreated with the argument, its stake and its text", async () => {
      const instant = await nextSecond();
      await expect(sendArgument(world))
        .to.emit(staking, "ArgumentCreated")
        .withArgs(
          1n,
          CLAIM,
          world.author,
          Side.Support,
          1n,
          creationStake,
          CREATION_INTEREST,
          instant + period,
          SUMMARY,
          BODY,
        );
    });

    it("returns its id", async () => {
      expect(
        await staking.connect(world.author).createArgument.staticCall(CLAIM, Side.Support, SUMMARY, BODY),
      ).to.equal(1n);
    });

    it("takes the stake from its creator", async () => {
      await expect(sendArgument(world)).to.changeTokenBalances(
        world.ethers,
        world.token,
        [world.author, staking],
        [-creationStake, creationStake],
      );
    });

    it("updates argument", async () => {
      const createdAt = await nextSecond();
      await argue(world);
      expect(fieldsOf(await staking.argument(1n))).to.deep.equal({
        creator: world.author.address,
        claimId: CLAIM,
        side: BigInt(Side.Support),
        status: Status.Live,
        createdAt,
        creationStakeId: 1n,
        contentHash: hashOf(SUMMARY, BODY),
        upvotes: 0n,
        upvotedStake: 0n,
        totalStake: creationStake,
        unhelpfulMarks: 0n,
      });
    });

    it("updates stake", async () => {
      const createdAt = await nextSecond();
      await argue(world);
      expect(fieldsOf(await staking.stake(1n))).to.deep.equal({
        staker: world.author.address,
        argumentId: 1n,
        kind: Kind.Backing,
        hasEnded: false,
        amount: creationStake,
        interest: CREATION_INTEREST,
        shareBps: ARGUMENT_RULES.curatorShareBps,
        createdAt,
        endsAt: createdAt + period,
      });
    });

    it("updates the books: the stake is owed, and its interest set aside from what was free", async () => {
      const before = await booksOf(world, world.token);
      await argue(world);
      expect(booksChange(before, await booksOf(world, world.token))).to.deep.equal({
        owed: creationStake,
        free: -CREATION_INTEREST,
        reserved: CREATION_INTEREST,
        running: 1n,
        balance: creationStake,
      });
    });

    it("updates activeStakes to the end of its stake", async () => {
      const instant = await nextSecond();
      await argue(world);
      expect(await staking.activeStakes()).to.deep.equal([1n, instant + period]);
    });

    it("updates argumentsBy of its creator on the claim", async () => {
      await argue(world);
      expect(await staking.argumentsBy(CLAIM, world.author)).to.equal(1n);
    });

    it("leaves argumentsBy of its creator on another claim as it is", async () => {
      await argue(world);
      expect(await staking.argumentsBy(OTHER_CLAIM, world.author)).to.equal(0n);
    });

    it("updates the four lists", async () => {
      await argue(world);
      const lists = [
        await staking.claimArguments(CLAIM, 0n, 10n),
        await staking.argumentStakes(1n, 0n, 10n),
        await staking.userArguments(world.author, 0n, 10n),
        await staking.userStakes(world.author, 0n, 10n),
      ];
      expect(lists).to.deep.equal([[1n], [1n], [1n], [1n]]);
    });

    it("updates runningStake of its creator", async () => {
      await argue(world);
      expect(await staking.runningStake(world.author)).to.equal(creationStake);
    });

    it("leaves the total of the stake limit as it is, for the stake still counts", async () => {
      await argue(world);
      expect(await staking.stakeLimit(world.author)).to.deep.equal([creationStake, FORTUNE]);
    });

    it("leaves the account of its creator as it is", async () => {
      await argue(world);
      expect(await staking.account(world.author)).to.deep.equal([0n, 0n, 0n, 0n]);
    });
  });

  describe("when it challenges the claim", () => {
    it("emits ArgumentCreated with Oppose", async () => {
      const instant = await nextSecond();
      await expect(sendArgument(world, { by: world.challenger, claimId: OTHER_CLAIM, side: Side.Oppose }))
        .to.emit(staking, "ArgumentCreated")
        .withArgs(
          1n,
          OTHER_CLAIM,
          world.challenger,
          Side.Oppose,
          1n,
          creationStake,
          CREATION_INTEREST,
          instant + period,
          SUMMARY,
          BODY,
        );
    });

    it("updates the side of the argument and the kind of its stake", async () => {
      await argue(world, { side: Side.Oppose });
      const kinds = [(await staking.argument(1n)).side, (await staking.stake(1n)).kind];
      expect(kinds).to.deep.equal([BigInt(Side.Oppose), Kind.Challenge]);
    });
  });

  describe("when others have staked before", () => {
    beforeEach(async () => {
      await argue(world, { claimId: OTHER_CLAIM });
      await upvote(world, 1n, world.supporter);
    });

    it("counts arguments and stakes apart", async () => {
      await argue(world, { by: world.challenger });
      const ids = [(await staking.argument(2n)).creationStakeId, (await staking.stake(3n)).argumentId];
      expect(ids).to.deep.equal([3n, 2n]);
    });

    it("keeps each argument with its claim", async () => {
      await argue(world, { by: world.challenger });
      const claims = [(await staking.argument(1n)).claimId, (await staking.argument(2n)).claimId];
      expect(claims).to.deep.equal([OTHER_CLAIM, CLAIM]);
    });

    it("leaves activeStakes at the end of the first stake", async () => {
      const { endsAt } = await staking.stake(1n);
      await argue(world, { by: world.challenger });
      expect(await staking.activeStakes()).to.deep.equal([3n, endsAt]);
    });
  });

  describe("when its creator's jail was ended by an upvote", () => {
    it("emits ArgumentCreated", async () => {
      await argue(world);
      await jail(world, world.author);
      await upvote(world, 1n, world.supporter);
      await expect(sendArgument(world)).to.emit(staking, "ArgumentCreated");
    });
  });

  describe("when its creator is jailed", () => {
    let until: bigint;

    beforeEach(async () => {
      until = await jail(world, world.author);
    });

    it("reverts when a second of it is left", async () => {
      await nextAt(until - 1n);
      await expect(sendArgument(world))
        .to.be.revertedWithCustomError(staking, "CreatorJailed")
        .withArgs(world.author, until);
    });

    it("emits ArgumentCreated when it is over", async () => {
      await nextAt(until);
      await expect(sendArgument(world)).to.emit(staking, "ArgumentCreated");
    });

    it("leaves slash count and jail as they were when it is over", async () => {
      await nextAt(until);
      await argue(world);
      const { slashCount, jailedUntil } = await staking.account(world.author);
      expect([slashCount, jailedUntil]).to.deep.equal([1n, until]);
    });

    it("emits ArgumentCreated when another writes", async () => {
      await expect(sendArgument(world, { by: world.supporter })).to.emit(staking, "ArgumentCreated");
    });
  });

  describe("when the claim is unknown", () => {
    for (const claimId of [UNKNOWN_CLAIM, ZeroHash]) {
      it(`reverts when it is ${claimId}`, async () => {
        await expect(sendArgument(world, { claimId }))
          .to.be.revertedWithCustomError(staking, "ClaimUnknown")
          .withArgs(claimId);
      });
    }
  });

  describe("when the side is neither of the two", () => {
    it("reverts without a reason", async () => {
      await expect(staking.connect(world.author).createArgument(CLAIM, 2n, SUMMARY, BODY)).to.be.revertedWithoutReason(
        world.ethers,
      );
    });
  });
});
