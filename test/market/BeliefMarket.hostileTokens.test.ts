import { anyValue } from "@nomicfoundation/hardhat-ethers-chai-matchers/withArgs";
import { expect } from "chai";
import type { NetworkConnection } from "hardhat/types/network";
import { Side } from "../../sdk/market/side.ts";
import {
  type BeliefMarket,
  type BlacklistToken,
  BlacklistToken__factory,
  type NoReturnToken,
  NoReturnToken__factory,
} from "../../typechain-types/index.ts";
import { NO_LIMIT, OTHER_CLAIM, RULES, STAKE, WEALTH } from "../fixtures/amounts.ts";
import { contestedMarketOn, STORY } from "../fixtures/market.ts";
import { at, load, nextMarket, type Protocol } from "../fixtures/protocol.ts";

interface World<Token> extends Protocol {
  token: Token;
  market: BeliefMarket;
}

describe("BeliefMarket, on a token that returns nothing", () => {
  let world: World<NoReturnToken>;

  beforeEach(async () => {
    world = await load(noReturnMarket);
    await at(world.market, 300_000n);
  });

  it("pays an initial commitment into a new market", async () => {
    const { beliefFactory, author, token, ethers } = world;
    const created = await nextMarket(world, { claimId: OTHER_CLAIM });
    await expect(beliefFactory.connect(author).createMarket(OTHER_CLAIM, STAKE)).to.changeTokenBalances(
      ethers,
      token,
      [author, created],
      [-STAKE, STAKE],
    );
  });

  it("pays a commitment into the market", async () => {
    const { market, latecomer, token, ethers } = world;
    await expect(market.connect(latecomer).commit(Side.Oppose, STAKE, NO_LIMIT)).to.changeTokenBalances(
      ethers,
      token,
      [latecomer, market],
      [-STAKE, STAKE],
    );
  });

  it("pays rewards out", async () => {
    const { market, author, token, ethers } = world;
    await expect(market.claimRewards(STORY.authorId)).to.changeTokenBalances(
      ethers,
      token,
      [author, market],
      [STORY.authorEarned, -STORY.authorEarned],
    );
  });

  it("pays an early exit out", async () => {
    const { market, supporter, token, ethers } = world;
    const returned = (STORY.supporterPrincipal * 9n) / 10n;
    await expect(market.connect(supporter).exitEarly(STORY.supporterId)).to.changeTokenBalances(
      ethers,
      token,
      [supporter, market],
      [returned, -returned],
    );
  });

  it("pays a withdrawal out", async () => {
    const { market, author, token, ethers } = world;
    await at(market, RULES.lockPeriod);
    const paid = STORY.authorPrincipal + STORY.authorEarned;
    await expect(market.withdraw(STORY.authorId)).to.changeTokenBalances(
      ethers,
      token,
      [author, market],
      [paid, -paid],
    );
  });

  it("reverts with the token's error when the amount is above the balance", async () => {
    const { market, latecomer, outsider, token } = world;
    await token.connect(latecomer).transfer(outsider, WEALTH - STAKE + 1n);
    await expect(market.connect(latecomer).commit(Side.Oppose, STAKE, NO_LIMIT))
      .to.be.revertedWithCustomError(token, "BalanceTooSmall")
      .withArgs(latecomer, STAKE - 1n, STAKE);
  });
});

describe("BeliefMarket, on a token that shuts an owner out", () => {
  let world: World<BlacklistToken>;

  beforeEach(async () => {
    world = await load(blacklistMarket);
    await world.token.setBlacklisted(world.challenger, true);
    await at(world.market, 300_000n);
  });

  describe("when the owner who is shut out calls", () => {
    it("reverts when they claim", async () => {
      const { market, challenger, token } = world;
      await expect(market.connect(challenger).claimRewards(STORY.challengerId))
        .to.be.revertedWithCustomError(token, "AccountBlacklisted")
        .withArgs(challenger);
    });

    it("reverts when they exit early", async () => {
      const { market, challenger, token } = world;
      await expect(market.connect(challenger).exitEarly(STORY.challengerId))
        .to.be.revertedWithCustomError(token, "AccountBlacklisted")
        .withArgs(challenger);
    });

    it("reverts when they withdraw", async () => {
      const { market, challenger, token } = world;
      await at(market, STORY.challengedAt + RULES.lockPeriod);
      await expect(market.connect(challenger).withdraw(STORY.challengerId))
        .to.be.revertedWithCustomError(token, "AccountBlacklisted")
        .withArgs(challenger);
    });
  });

  describe("when the others call", () => {
    it("emits Committed when someone commits", async () => {
      const { market, latecomer } = world;
      await expect(market.connect(latecomer).commit(Side.Oppose, STAKE, NO_LIMIT)).to.emit(market, "Committed");
    });

    it("pays rewards when someone claims", async () => {
      const { market, author } = world;
      await expect(market.claimRewards(STORY.authorId))
        .to.emit(market, "RewardsClaimed")
        .withArgs(STORY.authorId, author, STORY.authorEarned, 0n);
    });

    it("emits ExitedEarly when someone exits", async () => {
      const { market, supporter } = world;
      await expect(market.connect(supporter).exitEarly(STORY.supporterId)).to.emit(market, "ExitedEarly");
    });

    it("pays principal and rewards when someone withdraws", async () => {
      const { market, author, token, ethers } = world;
      await at(market, RULES.lockPeriod);
      const paid = STORY.authorPrincipal + STORY.authorEarned;
      await expect(market.withdraw(STORY.authorId)).to.changeTokenBalances(
        ethers,
        token,
        [author, market],
        [paid, -paid],
      );
    });

    it("keeps what the owner who is shut out has when all others have left", async () => {
      const { market, author, supporter, token } = world;
      await at(market, STORY.supportedAt + RULES.lockPeriod);
      await market.connect(author).withdraw(STORY.authorId);
      await market.connect(supporter).withdraw(STORY.supporterId);
      expect(await token.balanceOf(market)).to.equal(STORY.challengerPrincipal + STORY.srp - STORY.authorEarned);
    });
  });

  describe("when the owner is let in again", () => {
    it("pays principal and rewards after all others have left", async () => {
      const { market, author, supporter, challenger, token, ethers } = world;
      await at(market, STORY.supportedAt + RULES.lockPeriod);
      await market.connect(author).withdraw(STORY.authorId);
      await market.connect(supporter).withdraw(STORY.supporterId);
      await token.setBlacklisted(challenger, false);
      const paid = STORY.challengerPrincipal + STORY.challengerCap;
      await expect(market.connect(challenger).withdraw(STORY.challengerId)).to.changeTokenBalances(
        ethers,
        token,
        [challenger, market],
        [paid, -paid],
      );
    });
  });

  describe("when the author is shut out", () => {
    it("reverts when they create a market with a commitment", async () => {
      const { beliefFactory, author, token } = world;
      await token.setBlacklisted(author, true);
      await expect(beliefFactory.connect(author).createMarket(OTHER_CLAIM, STAKE))
        .to.be.revertedWithCustomError(token, "AccountBlacklisted")
        .withArgs(author);
    });

    it("leaves the claim to someone else", async () => {
      const { beliefFactory, author, outsider, token } = world;
      await token.setBlacklisted(author, true);
      await expect(beliefFactory.connect(outsider).createMarket(OTHER_CLAIM, STAKE))
        .to.emit(beliefFactory, "MarketCreated")
        .withArgs(OTHER_CLAIM, anyValue, outsider);
    });
  });
});

async function noReturnMarket(connection: NetworkConnection): Promise<World<NoReturnToken>> {
  const token = await new NoReturnToken__factory(await connection.ethers.provider.getSigner(0)).deploy();
  return { ...(await contestedMarketOn(connection, token)), token };
}

async function blacklistMarket(connection: NetworkConnection): Promise<World<BlacklistToken>> {
  const token = await new BlacklistToken__factory(await connection.ethers.provider.getSigner(0)).deploy();
  return { ...(await contestedMarketOn(connection, token)), token };
}
