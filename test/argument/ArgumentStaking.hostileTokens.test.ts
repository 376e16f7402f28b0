import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import {
  type BlacklistToken,
  BlacklistToken__factory,
  type NoReturnToken,
  NoReturnToken__factory,
} from "../../typechain-types/index.ts";
import { act, CLAIM } from "../fixtures/amounts.ts";
import {
  type ArgumentWorld,
  argue,
  atEndOf,
  booksOf,
  CREATION_INTEREST,
  openForumOn,
  sendArgument,
  slash,
  UPVOTE_INTEREST,
  upvote,
} from "../fixtures/arguments.ts";
import { load, type MintableToken } from "../fixtures/protocol.ts";

/** The author's argument and the stake on it, and the supporter's upvote. */
const ID = 1n;
const OWN = 1n;
const UPVOTE = 2n;

/** What the two are credited in the end. */
const AUTHOR_CREDIT = act(50) + CREATION_INTEREST + UPVOTE_INTEREST / 2n;
const UPVOTER_CREDIT = act(10) + UPVOTE_INTEREST / 2n;

/** Both stakes expire and are processed. */
const expireBoth = async (world: ArgumentWorld): Promise<void> => {
  await atEndOf(world, UPVOTE);
  await world.argumentStaking.processExpired(2n);
};

/** Sends what reverts, to look at what it has left behind. */
const attempt = (sent: Promise<unknown>): Promise<unknown> => sent.catch(() => undefined);

describe("ArgumentStaking, on a token that returns nothing", () => {
  let world: ArgumentWorld<NoReturnToken>;

  beforeEach(async () => {
    world = await load(noReturnDebate);
  });

  for (const { name, amount, send } of [
    { name: "an argument", amount: act(50), send: () => sendArgument(world, { by: world.latecomer }) },
    { name: "an upvote", amount: act(10), send: () => world.argumentStaking.connect(world.latecomer).upvote(ID) },
    {
      name: "rewards",
      amount: act(3),
      send: () => world.argumentStaking.connect(world.latecomer).fundRewards(act(3)),
    },
  ]) {
    it(`pays ${name} into the contract`, async () => {
      await expect(send()).to.changeTokenBalances(
        world.ethers,
        world.token,
        [world.latecomer, world.argumentStaking],
        [-amount, amount],
      );
    });
  }

  it("pays a withdrawal out", async () => {
    await expireBoth(world);
    await expect(world.argumentStaking.connect(world.author).withdraw()).to.changeTokenBalances(
      world.ethers,
      world.token,
      [world.author, world.argumentStaking],
      [AUTHOR_CREDIT, -AUTHOR_CREDIT],
    );
  });

  it("reverts with the token's error when a stake is above the allowance", async () => {
    await world.token.connect(world.latecomer).approve(world.argumentStaking, act(10) - 1n);
    await expect(world.argumentStaking.connect(world.latecomer).upvote(ID))
      .to.be.revertedWithCustomError(world.token, "AllowanceTooSmall")
      .withArgs(world.argumentStaking, act(10) - 1n, act(10));
  });

  it("reverts with the token's error when a stake is above the balance", async () => {
    const { token, latecomer, outsider } = world;
    await token.connect(latecomer).transfer(outsider, (await token.balanceOf(latecomer)) - 1n);
    await expect(world.argumentStaking.connect(world.latecomer).upvote(ID))
      .to.be.revertedWithCustomError(world.token, "BalanceTooSmall")
      .withArgs(world.latecomer, 1n, act(10));
  });
});

describe("ArgumentStaking, on a token that shuts a staker out", () => {
  let world: ArgumentWorld<BlacklistToken>;

  const shutOut = (account: { getAddress(): Promise<string> }, isShutOut = true) =>
    account.getAddress().then((address) => world.token.setBlacklisted(address, isShutOut));
  const creditOf = async (actor: "author" | "supporter" | "slasher") =>
    (await world.argumentStaking.account(world[actor])).credited;

  beforeEach(async () => {
    world = await load(blacklistDebate);
  });

  describe("when the one who is shut out calls", () => {
    const CALLS: readonly { name: string; send: () => Promise<ContractTransactionResponse> }[] = [
      { name: "write an argument", send: () => sendArgument(world, { by: world.latecomer }) },
      { name: "upvote", send: () => world.argumentStaking.connect(world.latecomer).upvote(ID) },
      { name: "fund rewards", send: () => world.argumentStaking.connect(world.latecomer).fundRewards(1n) },
    ];

    for (const { name, send } of CALLS) {
      it(`reverts when they ${name}`, async () => {
        await shutOut(world.latecomer);
        await expect(send()).to.be.revertedWithCustomError(world.token, "AccountBlacklisted").withArgs(world.latecomer);
      });

      it(`leaves the books as they are when they try to ${name}`, async () => {
        const before = await booksOf(world, world.token);
        await shutOut(world.latecomer);
        await attempt(send());
        expect(await booksOf(world, world.token)).to.deep.equal(before);
      });
    }

    it("leaves the claim without their argument", async () => {
      await shutOut(world.latecomer);
      await attempt(sendArgument(world, { by: world.latecomer }));
      expect(await world.argumentStaking.claimArguments(CLAIM, 0n, 10n)).to.deep.equal([ID]);
    });

    it("leaves the argument without their upvote", async () => {
      await shutOut(world.latecomer);
      await attempt(world.argumentStaking.connect(world.latecomer).upvote(ID));
      expect(await world.argumentStaking.hasUpvoted(ID, world.latecomer)).to.equal(false);
    });

    it("lets them upvote once they are let in again", async () => {
      await shutOut(world.latecomer);
      await attempt(world.argumentStaking.connect(world.latecomer).upvote(ID));
      await shutOut(world.latecomer, false);
      await expect(world.argumentStaking.connect(world.latecomer).upvote(ID)).to.emit(
        world.argumentStaking,
        "ArgumentUpvoted",
      );
    });
  });

  describe("when the stake of one who is shut out expires", () => {
    beforeEach(async () => {
      await shutOut(world.author);
    });

    it("emits StakeExpired for it", async () => {
      await atEndOf(world, OWN);
      await expect(world.argumentStaking.processExpired(1n))
        .to.emit(world.argumentStaking, "StakeExpired")
        .withArgs(OWN, ID, world.author, act(50), CREATION_INTEREST, 0n);
    });

    it("emits StakeExpired for the next one", async () => {
      await atEndOf(world, UPVOTE);
      await expect(world.argumentStaking.processExpired(2n))
        .to.emit(world.argumentStaking, "StakeExpired")
        .withArgs(UPVOTE, ID, world.supporter, act(10), UPVOTE_INTEREST / 2n, UPVOTE_INTEREST / 2n);
    });

    it("updates their credit", async () => {
      await expireBoth(world);
      expect(await creditOf("author")).to.equal(AUTHOR_CREDIT);
    });

    it("pays the others out", async () => {
      await expireBoth(world);
      await expect(world.argumentStaking.connect(world.supporter).withdraw()).to.changeTokenBalances(
        world.ethers,
        world.token,
        [world.supporter, world.argumentStaking],
        [UPVOTER_CREDIT, -UPVOTER_CREDIT],
      );
    });

    it("reverts when they withdraw", async () => {
      await expireBoth(world);
      await expect(world.argumentStaking.connect(world.author).withdraw())
        .to.be.revertedWithCustomError(world.token, "AccountBlacklisted")
        .withArgs(world.author);
    });

    it("leaves their credit as it is when they try to withdraw", async () => {
      await expireBoth(world);
      await attempt(world.argumentStaking.connect(world.author).withdraw());
      expect(await creditOf("author")).to.equal(AUTHOR_CREDIT);
    });

    it("pays them out once they are let in again, after the others", async () => {
      await expireBoth(world);
      await world.argumentStaking.connect(world.supporter).withdraw();
      await shutOut(world.author, false);
      await expect(world.argumentStaking.connect(world.author).withdraw()).to.changeTokenBalances(
        world.ethers,
        world.token,
        [world.author, world.argumentStaking],
        [AUTHOR_CREDIT, -AUTHOR_CREDIT],
      );
    });
  });

  describe("when one who is shut out is judged", () => {
    it("emits ArgumentDeleted when they take their argument back", async () => {
      const argumentId = await argue(world);
      await shutOut(world.author);
      await expect(world.argumentStaking.connect(world.author).deleteArgument(argumentId)).to.emit(
        world.argumentStaking,
        "ArgumentDeleted",
      );
    });

    it("emits ArgumentFoundUnhelpful when their argument is unhelpful", async () => {
      await shutOut(world.author);
      await expect(slash(world, ID)).to.emit(world.argumentStaking, "ArgumentFoundUnhelpful");
    });

    it("updates the credit of a marker who is shut out", async () => {
      await shutOut(world.slasher);
      await slash(world, ID);
      expect(await creditOf("slasher")).to.equal(act("12.5"));
    });
  });

  describe("when the contract itself is shut out", () => {
    beforeEach(async () => {
      await shutOut(world.argumentStaking);
    });

    it("reverts when someone stakes", async () => {
      await expect(world.argumentStaking.connect(world.latecomer).upvote(ID))
        .to.be.revertedWithCustomError(world.token, "AccountBlacklisted")
        .withArgs(world.argumentStaking);
    });

    it("updates credits when stakes expire", async () => {
      await expireBoth(world);
      expect([await creditOf("author"), await creditOf("supporter")]).to.deep.equal([AUTHOR_CREDIT, UPVOTER_CREDIT]);
    });
  });
});

/* SET-UP */

/** `openForumOn` with the author's argument on which the supporter has an upvote. */
async function debateOn<Token extends MintableToken>(
  connection: NetworkConnection,
  token: Token,
): Promise<ArgumentWorld<Token>> {
  const world = await openForumOn(connection, token);
  await upvote(world, await argue(world), world.supporter);
  return world;
}

const deployerOf = ({ ethers }: NetworkConnection) => ethers.provider.getSigner(0);

async function noReturnDebate(connection: NetworkConnection): Promise<ArgumentWorld<NoReturnToken>> {
  return debateOn(connection, await new NoReturnToken__factory(await deployerOf(connection)).deploy());
}

async function blacklistDebate(connection: NetworkConnection): Promise<ArgumentWorld<BlacklistToken>> {
  return debateOn(connection, await new BlacklistToken__factory(await deployerOf(connection)).deploy());
}
