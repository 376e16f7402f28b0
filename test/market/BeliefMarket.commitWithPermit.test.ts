import { expect } from "chai";
import type { Signature } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import { Side } from "../../sdk/market/side.ts";
import { signPermit } from "../../sdk/permit.ts";
import { type BeliefMarket, BlacklistToken__factory } from "../../typechain-types/index.ts";
import { NO_LIMIT, RULES, STAKE, usdc, WEALTH } from "../fixtures/amounts.ts";
import { emptyMarket, type MarketWorld } from "../fixtures/market.ts";
import { createMarket, deployOn, load, now } from "../fixtures/protocol.ts";

describe("BeliefMarket.commitWithPermit", () => {
  let world: MarketWorld;
  let market: BeliefMarket;
  let deadline: bigint;
  let permit: Signature;

  /** The supporter's commitment of `amount` under `permit`. */
  const commit = (amount = STAKE, maxFeeBps = NO_LIMIT) =>
    market.commitWithPermit(Side.Support, amount, maxFeeBps, deadline, permit.v, permit.r, permit.s);

  /** Anyone sends the supporter's permit to the token. */
  const sendAhead = () =>
    world.usdc.connect(world.outsider).permit(world.supporter, market, STAKE, deadline, permit.v, permit.r, permit.s);

  beforeEach(async () => {
    world = await load(emptyMarket);
    market = world.market.connect(world.supporter);
    await world.usdc.connect(world.supporter).approve(market, 0n);
    deadline = (await now()) + 3_600n;
    permit = await signPermit({ token: world.usdc, owner: world.supporter, spender: market, value: STAKE, deadline });
  });

  describe("when the permit holds", () => {
    it("pays the amount from the caller to the market", async () => {
      await expect(commit()).to.changeTokenBalances(
        world.ethers,
        world.usdc,
        [world.supporter, market],
        [-STAKE, STAKE],
      );
    });

    it("emits Committed", async () => {
      await expect(commit()).to.emit(market, "Committed").withArgs(1n, world.supporter, Side.Support, STAKE, 0n);
    });

    it("returns the id", async () => {
      const { v, r, s } = permit;
      expect(await market.commitWithPermit.staticCall(Side.Support, STAKE, NO_LIMIT, deadline, v, r, s)).to.equal(1n);
    });

    it("updates the allowance to what it was", async () => {
      await commit();
      expect(await world.usdc.allowance(world.supporter, market)).to.equal(0n);
    });
  });

  describe("when someone else has sent the permit first", () => {
    beforeEach(async () => {
      await sendAhead();
    });

    it("emits Committed all the same", async () => {
      await expect(commit()).to.emit(market, "Committed").withArgs(1n, world.supporter, Side.Support, STAKE, 0n);
    });

    it("pays the amount from the caller to the market", async () => {
      await expect(commit()).to.changeTokenBalances(
        world.ethers,
        world.usdc,
        [world.supporter, market],
        [-STAKE, STAKE],
      );
    });
  });

  describe("when the permit was used by a commitment before", () => {
    it("reverts when no allowance is left", async () => {
      await commit();
      await expect(commit())
        .to.be.revertedWithCustomError(market, "PermitRejected")
        .withArgs(world.supporter, 0n, STAKE);
    });
  });

  describe("when the permit is refused and an allowance stands", () => {
    beforeEach(async () => {
      deadline = (await now()) - 1n;
    });

    it("emits Committed when the allowance covers the amount", async () => {
      await world.usdc.connect(world.supporter).approve(market, STAKE);
      await expect(commit()).to.emit(market, "Committed");
    });

    it("reverts when the allowance is one unit short", async () => {
      await world.usdc.connect(world.supporter).approve(market, STAKE - 1n);
      await expect(commit())
        .to.be.revertedWithCustomError(market, "PermitRejected")
        .withArgs(world.supporter, STAKE - 1n, STAKE);
    });
  });

  describe("when the permit does not hold", () => {
    it("reverts when it has expired", async () => {
      deadline = (await now()) - 1n;
      permit = await signPermit({ token: world.usdc, owner: world.supporter, spender: market, value: STAKE, deadline });
      await expect(commit())
        .to.be.revertedWithCustomError(market, "PermitRejected")
        .withArgs(world.supporter, 0n, STAKE);
    });

    it("reverts when another has signed it", async () => {
      permit = await signPermit({
        token: world.usdc,
        owner: world.supporter,
        spender: market,
        value: STAKE,
        deadline,
        signer: world.outsider,
      });
      await expect(commit())
        .to.be.revertedWithCustomError(market, "PermitRejected")
        .withArgs(world.supporter, 0n, STAKE);
    });

    it("reverts when another sends it as theirs", async () => {
      await world.usdc.connect(world.outsider).approve(market, 0n);
      market = market.connect(world.outsider);
      await expect(commit())
        .to.be.revertedWithCustomError(market, "PermitRejected")
        .withArgs(world.outsider, 0n, STAKE);
    });

    it("reverts when it is for another amount", async () => {
      await expect(commit(STAKE + 1n))
        .to.be.revertedWithCustomError(market, "PermitRejected")
        .withArgs(world.supporter, 0n, STAKE + 1n);
    });
  });

  describe("when the commitment itself is refused", () => {
    it("reverts when the amount is out of range", async () => {
      const value = RULES.maxStake + 1n;
      permit = await signPermit({ token: world.usdc, owner: world.supporter, spender: market, value, deadline });
      await expect(commit(value))
        .to.be.revertedWithCustomError(market, "StakeOutOfRange")
        .withArgs(value, RULES.minStake, RULES.maxStake);
    });

    it("reverts when the fee is above the caller's limit", async () => {
      await market.connect(world.challenger).commit(Side.Oppose, usdc(10), 0n);
      await expect(commit(STAKE, 99n)).to.be.revertedWithCustomError(market, "EntryFeeAboveLimit").withArgs(100n, 99n);
    });

    it("reverts when the amount is above the balance", async () => {
      await world.usdc.connect(world.supporter).transfer(world.outsider, WEALTH - STAKE + 1n);
      await expect(commit())
        .to.be.revertedWithCustomError(world.usdc, "ERC20InsufficientBalance")
        .withArgs(world.supporter, STAKE - 1n, STAKE);
    });
  });

  describe("when the asset has no permit", () => {
    beforeEach(async () => {
      const bare = await load(marketWithoutPermit);
      market = bare.market.connect(bare.supporter);
      world = { ...world, supporter: bare.supporter };
    });

    it("reverts when there is no allowance", async () => {
      await expect(commit())
        .to.be.revertedWithCustomError(market, "PermitRejected")
        .withArgs(world.supporter, 0n, STAKE);
    });

    it("emits Committed when the allowance covers the amount", async () => {
      const token = BlacklistToken__factory.connect(await market.asset(), world.supporter);
      await token.approve(market, STAKE);
      await expect(commit()).to.emit(market, "Committed");
    });
  });
});

async function marketWithoutPermit(connection: NetworkConnection) {
  const deployer = await connection.ethers.provider.getSigner(0);
  const protocol = await deployOn(connection, await new BlacklistToken__factory(deployer).deploy());
  return { ...protocol, market: await createMarket(protocol) };
}
