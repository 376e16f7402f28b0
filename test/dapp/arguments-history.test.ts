import { expect } from "chai";
import {
  type ArgumentRecord,
  argumentsIn,
  argumentsOn,
  expiredStakes,
  jailedUntil,
  promisedInterest,
  standingOf,
  totalStake,
} from "../../dapp/src/pages/claim/arguments/history.ts";
import { Side } from "../../sdk/market/side.ts";
import { act, CLAIM, DAY, OTHER_CLAIM } from "../fixtures/amounts.ts";
import {
  type ActWorld,
  argue,
  BODY,
  CREATION_INTEREST,
  jail,
  openForum,
  Reason,
  SUMMARY,
  slash,
  UPVOTE_INTEREST,
  upvote,
  viewAtEndOf,
} from "../fixtures/arguments.ts";
import { load, now } from "../fixtures/protocol.ts";
import { withBadText } from "./bad-text.ts";

type Events = Parameters<typeof argumentsIn>[0];

/** All that has happened at the contract, as a page reads it. */
async function eventsOf({ argumentStaking, ethers }: ActWorld): Promise<Events> {
  const logs = await ethers.provider.getLogs({ address: await argumentStaking.getAddress(), fromBlock: 0 });
  return Promise.all(
    logs.map(async (log) => {
      const parsed = argumentStaking.interface.parseLog(log);
      const block = await log.getBlock();
      const place = { block: log.blockNumber, transaction: log.transactionHash, index: log.index };
      return { name: parsed?.name ?? "", args: parsed?.args ?? ([] as never), time: BigInt(block.timestamp), ...place };
    }),
  );
}

async function pastOf(world: ActWorld): Promise<ReadonlyMap<bigint, ArgumentRecord>> {
  return argumentsIn(await eventsOf(world));
}

async function find(world: ActWorld, argumentId: bigint): Promise<ArgumentRecord> {
  const found = (await pastOf(world)).get(argumentId);
  if (found === undefined) throw new Error(`no argument ${argumentId}`);
  return found;
}

const STATUSES = ["live", "deleted", "unhelpful"] as const;

describe("the history of arguments", () => {
  let world: ActWorld;

  beforeEach(async () => {
    world = await load(openForum);
  });

  describe("an argument", () => {
    it("has the words, the side and the stake of its creator", async () => {
      const id = await argue(world, { side: Side.Oppose });
      const found = await find(world, id);
      expect(found).to.include({
        argumentId: id,
        claimId: CLAIM,
        side: 1n,
        summary: SUMMARY,
        body: BODY,
        status: "live",
      });
      expect(found.creator).to.equal(world.author.address);
      expect(found.stake).to.include({ amount: act(50), interest: CREATION_INTEREST, ending: undefined });
      expect(found.createdAt).to.equal(await now());
      expect(found.stake.endsAt).to.equal((await now()) + 7n * DAY);
    });

    it("stays there where others have written bytes that are no text", async () => {
      const { argumentStaking, author } = world;
      const words = [`~~~~${SUMMARY}`, `~~~~${BODY}`] as const;
      const sent = await argumentStaking.createArgument.populateTransaction(CLAIM, Side.Support, ...words);
      await author.sendTransaction({ ...sent, data: withBadText(sent.data) });
      const id = await argue(world);
      expect((await find(world, id)).summary).to.equal(SUMMARY);
      const bad = await find(world, id - 1n);
      expect(bad.summary).to.equal("An argument whose summary is no text");
      expect(bad.body).to.equal("What was written is no text.");
      expect(argumentsOn(await pastOf(world), CLAIM, Side.Support)).to.have.length(2);
    });

    it("has its upvotes, and what they add", async () => {
      const id = await argue(world);
      await upvote(world, id, world.supporter);
      await upvote(world, id, world.challenger);
      const found = await find(world, id);
      expect(found.upvotes.map(({ staker }) => staker)).to.eql([world.supporter.address, world.challenger.address]);
      expect(totalStake(found)).to.equal(act(70));
      expect(promisedInterest(found)).to.equal(CREATION_INTEREST + 2n * UPVOTE_INTEREST);
    });

    it("has the marks of curators, and their reasons", async () => {
      const id = await argue(world);
      await world.argumentStaking.connect(world.curator).markUnhelpful(id, Reason.Spam);
      expect((await find(world, id)).marks).to.eql([{ curator: world.curator.address, reason: Reason.Spam }]);
    });

    it("is deleted where its creator takes it back", async () => {
      const id = await argue(world);
      await world.argumentStaking.connect(world.author).deleteArgument(id);
      const found = await find(world, id);
      expect([found.status, found.stake.ending, promisedInterest(found)]).to.eql(["deleted", "deleted", 0n]);
    });

    it("is unhelpful where it was slashed, and promises nothing more", async () => {
      const id = await argue(world);
      await upvote(world, id, world.supporter);
      await slash(world, id);
      const found = await find(world, id);
      expect([found.status, found.stake.ending, promisedInterest(found)]).to.eql(["unhelpful", "slashed", 0n]);
      expect(found.upvotes[0]?.ending).to.equal(undefined);
    });

    it("keeps a stake that had ended before it was found unhelpful", async () => {
      const id = await argue(world);
      const { stake } = await find(world, id);
      await viewAtEndOf(world, stake.stakeId);
      await world.argumentStaking.processExpired(10);
      await slash(world, id);
      expect((await find(world, id)).stake.ending).to.equal("paid");
    });
  });

  it("agrees with the contract about every argument", async () => {
    const first = await argue(world);
    await argue(world, { by: world.supporter, side: Side.Oppose });
    const third = await argue(world, { by: world.challenger, claimId: OTHER_CLAIM });
    const fourth = await argue(world, { by: world.latecomer });
    await upvote(world, first, world.supporter);
    await upvote(world, third, world.author);
    await world.argumentStaking.connect(world.latecomer).deleteArgument(fourth);
    await world.argumentStaking.connect(world.curator).markUnhelpful(first, Reason.Other);
    await slash(world, third);
    const past = await pastOf(world);
    expect(past.size).to.equal(4);
    for (const [id, known] of past) {
      const told = await world.argumentStaking.argument(id);
      expect(known).to.include({ claimId: told.claimId, creator: told.creator, side: told.side });
      expect(known.createdAt).to.equal(told.createdAt);
      expect(known.status).to.equal(STATUSES[Number(told.status)]);
      expect(BigInt(known.upvotes.length)).to.equal(told.upvotes);
      expect(BigInt(known.marks.length)).to.equal(told.unhelpfulMarks);
      expect(totalStake(known)).to.equal(told.totalStake);
    }
    const promised = [...past.values()].reduce((sum, argument) => sum + promisedInterest(argument), 0n);
    expect(promised).to.equal((await world.argumentStaking.rewardReserve()).reserved);
  });

  describe("on a side of a claim", () => {
    it("lists those with most stake first, and of them the newest", async () => {
      const plain = await argue(world);
      const newer = await argue(world, { by: world.supporter });
      const raised = await argue(world, { by: world.challenger });
      await upvote(world, raised, world.author);
      const listed = argumentsOn(await pastOf(world), CLAIM, Side.Support);
      expect(listed.map(({ argumentId }) => argumentId)).to.eql([raised, newer, plain]);
    });

    it("lists what fell behind what stands", async () => {
      const unhelpful = await argue(world);
      await upvote(world, unhelpful, world.supporter);
      const deleted = await argue(world, { by: world.supporter });
      const live = await argue(world, { by: world.challenger });
      await slash(world, unhelpful);
      await world.argumentStaking.connect(world.supporter).deleteArgument(deleted);
      const listed = argumentsOn(await pastOf(world), CLAIM, Side.Support);
      expect(listed.map(({ argumentId }) => argumentId)).to.eql([live, unhelpful, deleted]);
    });

    it("leaves out the other side and other claims", async () => {
      await argue(world, { side: Side.Oppose });
      await argue(world, { claimId: OTHER_CLAIM });
      expect(argumentsOn(await pastOf(world), CLAIM, Side.Support)).to.eql([]);
    });
  });

  describe("the standing of a stake", () => {
    it("is running, then over, then paid", async () => {
      const id = await argue(world);
      const { stake } = await find(world, id);
      expect(standingOf(stake, stake.endsAt - 1n)).to.equal("running");
      expect(standingOf(stake, stake.endsAt)).to.equal("over");
      await viewAtEndOf(world, stake.stakeId);
      await world.argumentStaking.processExpired(10);
      expect(standingOf((await find(world, id)).stake, await now())).to.equal("paid");
    });

    it("counts what is over and not paid, on all claims", async () => {
      const id = await argue(world);
      await upvote(world, id, world.supporter);
      await argue(world, { claimId: OTHER_CLAIM });
      const past = await pastOf(world);
      expect(expiredStakes(past, await now())).to.equal(0);
      await viewAtEndOf(world, 3n);
      expect(expiredStakes(past, await now())).to.equal(3);
      await world.argumentStaking.processExpired(2);
      expect(expiredStakes(await pastOf(world), await now())).to.equal(1);
    });
  });

  describe("a jail", () => {
    it("is as long as the contract says", async () => {
      const until = await jail(world, world.author);
      expect(jailedUntil(await eventsOf(world), world.author.address)).to.equal(until);
    });

    it("is none for others", async () => {
      await jail(world, world.author);
      expect(jailedUntil(await eventsOf(world), world.supporter.address)).to.equal(0n);
    });

    it("is over where upvotes ended it", async () => {
      const other = await argue(world);
      await jail(world, world.author);
      await upvote(world, other, world.supporter);
      expect(jailedUntil(await eventsOf(world), world.author.address)).to.equal(0n);
    });
  });
});
