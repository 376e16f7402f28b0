import { expect } from "chai";
import type { ArgumentStaking } from "../../typechain-types/index.ts";
import { act, OTHER_CLAIM } from "../fixtures/amounts.ts";
import { type ActWorld, argue, jail, openForum, Reason, setRules, upvote } from "../fixtures/arguments.ts";
import { load, nextAt } from "../fixtures/protocol.ts";

describe("ArgumentStaking.upvote, of a jailed creator's argument", () => {
  let world: ActWorld;
  let staking: ArgumentStaking;
  /** The author's, with stake 1. */
  let argumentId: bigint;
  let until: bigint;

  beforeEach(async () => {
    world = await load(openForum);
    argumentId = await argue(world);
    staking = world.argumentStaking.connect(world.supporter);
    await setRules(world, { unjailUpvotes: 3n });
    until = await jail(world, world.author);
  });

  /** Slashes, jail, and upvotes since. */
  const sentence = async () => {
    const { slashCount, jailedUntil, upvotesSinceJailed } = await staking.account(world.author);
    return [slashCount, jailedUntil, upvotesSinceJailed];
  };

  it("emits no Unjailed while upvotes are missing", async () => {
    await upvote(world, argumentId, world.challenger);
    await expect(staking.upvote(argumentId)).not.to.emit(staking, "Unjailed");
  });

  it("updates the upvotes since then, and nothing else of the sentence", async () => {
    await upvote(world, argumentId, world.challenger);
    await staking.upvote(argumentId);
    expect(await sentence()).to.deep.equal([1n, until, 2n]);
  });

  it("counts upvotes of all their arguments together", async () => {
    await nextAt(until);
    const another = await argue(world, { claimId: OTHER_CLAIM });
    until = await jail(world, world.author);
    await upvote(world, another, world.supporter);
    await upvote(world, argumentId, world.supporter);
    expect(await sentence()).to.deep.equal([2n, until, 2n]);
  });

  it("emits Unjailed after ArgumentUpvoted at the last one needed", async () => {
    for (const user of [world.challenger, world.latecomer]) await upvote(world, argumentId, user);
    const receipt = await (await staking.upvote(argumentId)).wait();
    const names = receipt?.logs.flatMap((log) => staking.interface.parseLog(log)?.name ?? []);
    expect(names?.filter((name) => name !== "Transfer")).to.deep.equal(["ArgumentUpvoted", "Unjailed"]);
  });

  it("emits Unjailed with the creator", async () => {
    for (const user of [world.challenger, world.latecomer]) await upvote(world, argumentId, user);
    await expect(staking.upvote(argumentId)).to.emit(staking, "Unjailed").withArgs(world.author);
  });

  it("updates the sentence to nothing at the last one needed", async () => {
    for (const user of [world.challenger, world.latecomer, world.supporter]) await upvote(world, argumentId, user);
    expect(await sentence()).to.deep.equal([0n, 0n, 0n]);
  });

  it("leaves the credit as it is at the last one needed", async () => {
    const another = await argue(world, { by: world.challenger });
    await setRules(world, { unjailUpvotes: 1n, unhelpfulThreshold: 1n });
    await staking.connect(world.author).markUnhelpful(another, Reason.Spam);
    await upvote(world, argumentId, world.challenger);
    expect(await staking.account(world.author)).to.deep.equal([act("12.5"), 0n, 0n, 0n]);
  });

  it("emits Unjailed at the first when governance asks for fewer than there were", async () => {
    for (const user of [world.challenger, world.latecomer]) await upvote(world, argumentId, user);
    await setRules(world, { unjailUpvotes: 1n });
    await expect(staking.upvote(argumentId)).to.emit(staking, "Unjailed").withArgs(world.author);
  });

  it("counts an upvote in the last second of the jail", async () => {
    await nextAt(until - 1n);
    await staking.upvote(argumentId);
    expect(await sentence()).to.deep.equal([1n, until, 1n]);
  });

  it("counts no upvote when the jail is over", async () => {
    await nextAt(until);
    await staking.upvote(argumentId);
    expect(await sentence()).to.deep.equal([1n, until, 0n]);
  });

  it("counts no upvote of somebody else's argument", async () => {
    const another = await argue(world, { by: world.challenger });
    await staking.upvote(another);
    expect(await sentence()).to.deep.equal([1n, until, 0n]);
  });
});
