import { expect } from "chai";
import type { NetworkConnection } from "hardhat/types/network";
import { type TestUSDC, TestUSDC__factory } from "../../typechain-types/index.ts";
import { usdc } from "../fixtures/amounts.ts";
import { ID, OWN, UPVOTE } from "../fixtures/argument-stories.ts";
import {
  type ArgumentWorld,
  argue,
  atEndOf,
  openForumOn,
  RESERVE,
  Reason,
  setRules,
  slash,
  upvote,
} from "../fixtures/arguments.ts";
import { load } from "../fixtures/protocol.ts";

describe("ArgumentStaking, on a token of 6 decimals", () => {
  let world: ArgumentWorld<TestUSDC>;

  /** 50 and 10 dollars, 7 days at 25 %, floored to the unit; the odd unit of the latter is the upvoter's. */
  const ownInterest = 239_726n;
  const upvoteInterest = 47_945n;
  const creatorPart = 23_972n;

  beforeEach(async () => {
    world = await load(dollarDebate);
  });

  it("updates the reserve by what is set aside", async () => {
    const setAside = 2n * ownInterest + upvoteInterest;
    expect(await world.argumentStaking.rewardReserve()).to.deep.equal([RESERVE - setAside, setAside]);
  });

  it("emits StakeExpired with the interest of an argument", async () => {
    await atEndOf(world, OWN);
    await expect(world.argumentStaking.processExpired(1n))
      .to.emit(world.argumentStaking, "StakeExpired")
      .withArgs(OWN, ID, world.author, usdc(50), ownInterest, 0n);
  });

  it("emits StakeExpired with the two parts of an upvote's interest", async () => {
    await atEndOf(world, UPVOTE);
    await expect(world.argumentStaking.processExpired(2n))
      .to.emit(world.argumentStaking, "StakeExpired")
      .withArgs(UPVOTE, ID, world.supporter, usdc(10), upvoteInterest - creatorPart, creatorPart);
  });

  it("emits ArgumentFoundUnhelpful with a third of the curators' share for each of three", async () => {
    await setRules(world, { unhelpfulThreshold: 3n });
    for (const by of [world.curator, world.challenger]) {
      await world.argumentStaking.connect(by).markUnhelpful(ID, Reason.Spam);
    }
    await expect(slash(world, ID))
      .to.emit(world.argumentStaking, "ArgumentFoundUnhelpful")
      .withArgs(ID, OWN, usdc(50), 4_166_666n, ownInterest + upvoteInterest);
  });

  it("pays principal and interest out", async () => {
    await atEndOf(world, UPVOTE);
    await world.argumentStaking.processExpired(2n);
    const paid = usdc(50) + ownInterest + creatorPart;
    await expect(world.argumentStaking.connect(world.author).withdraw()).to.changeTokenBalances(
      world.ethers,
      world.token,
      [world.author, world.argumentStaking],
      [paid, -paid],
    );
  });
});

/* SET-UP */

/** The author has an argument, and the supporter an upvote of it, of 50 and 10 dollars; the challenger has a stake of 50 too, and so is a curator. */
async function dollarDebate(connection: NetworkConnection): Promise<ArgumentWorld<TestUSDC>> {
  const token = await new TestUSDC__factory(await connection.ethers.provider.getSigner(0)).deploy();
  const world = await openForumOn(connection, token);
  await setRules(world, { creationStake: usdc(50), upvoteStake: usdc(10), minCuratorStake: usdc(50) });
  await upvote(world, await argue(world), world.supporter);
  await argue(world, { by: world.challenger });
  return world;
}
