import { expect } from "chai";
import { act } from "../fixtures/amounts.ts";
import {
  changeBy,
  creditOf,
  expectFound,
  ID,
  mark,
  markerAfter,
  markTimes,
  panelForum,
} from "../fixtures/argument-stories.ts";
import { type ActWorld, argue, CREATION_INTEREST, Status, setRules } from "../fixtures/arguments.ts";
import { load } from "../fixtures/protocol.ts";

let world: ActWorld;

describe("ArgumentStaking.markUnhelpful, splits", () => {
  /** What each of `marks` markers gets of `stake` units; all the rest is the reserve's. */
  const VECTORS = [
    { stake: act(50), shareBps: 2_500n, marks: 3, reward: 4_166_666_666_666_666_666n },
    { stake: act(50), shareBps: 2_500n, marks: 7, reward: 1_785_714_285_714_285_714n },
    { stake: 103n, shareBps: 2_500n, marks: 3, reward: 8n },
    { stake: 103n, shareBps: 2_500n, marks: 1, reward: 25n },
    { stake: 103n, shareBps: 9_999n, marks: 1, reward: 102n },
    { stake: 7n, shareBps: 2_500n, marks: 2, reward: 0n },
    { stake: 7n, shareBps: 9_999n, marks: 2, reward: 3n }, // the share first: the other way round it would be 2
    { stake: 1n, shareBps: 10_000n, marks: 1, reward: 1n },
    { stake: 1n, shareBps: 9_999n, marks: 1, reward: 0n },
    { stake: 100n, shareBps: 10_000n, marks: 3, reward: 33n },
    { stake: act(50), shareBps: 10_000n, marks: 1, reward: act(50) },
    { stake: act(50), shareBps: 0n, marks: 3, reward: 0n },
    { stake: 2n ** 80n - 1n, shareBps: 10_000n, marks: 11, reward: (2n ** 80n - 1n) / 11n },
  ] as const;

  for (const { stake, shareBps, marks, reward } of VECTORS) {
    describe(`when ${shareBps} bps of ${stake} are shared by ${marks}`, () => {
      const argumentId = 2n;
      const lastMark = () => mark(world, markerAfter(world, marks - 1), { argumentId });

      beforeEach(async () => {
        world = await load(panelForum);
        await world.token.mint(world.author, stake);
        await setRules(world, {
          creationStake: stake,
          curatorShareBps: shareBps,
          unhelpfulThreshold: BigInt(marks),
          interestRateBps: 0n,
        });
        await argue(world);
        for (const by of world.crowd.slice(0, marks - 1)) await mark(world, by, { argumentId });
      });

      it(`emits ArgumentFoundUnhelpful with a reward of ${reward}`, async () => {
        await expect(lastMark())
          .to.emit(world.argumentStaking, "ArgumentFoundUnhelpful")
          .withArgs(argumentId, 2n, stake, reward, 0n);
      });

      it("updates the markers' credits to equal parts", async () => {
        await lastMark();
        const credits = await Promise.all(world.crowd.slice(0, marks).map((user) => creditOf(world, user)));
        expect(credits).to.deep.equal(Array.from({ length: marks }, () => reward));
      });

      it("updates the reserve by the rest", async () => {
        expect((await changeBy(world, lastMark)).free).to.equal(stake - reward * BigInt(marks));
      });
    });
  }
});

describe("ArgumentStaking.markUnhelpful, when governance has changed the threshold", () => {
  beforeEach(async () => {
    world = await load(panelForum);
    await markTimes(world, 3);
  });

  for (const unhelpfulThreshold of [1n, 2n, 3n, 4n]) {
    it(`emits ArgumentFoundUnhelpful at the next mark after three where it is ${unhelpfulThreshold}`, async () => {
      await setRules(world, { unhelpfulThreshold });
      await expectFound(world, mark(world), { slashed: act(50), reward: act("3.125"), freed: CREATION_INTEREST });
    });
  }

  it("leaves an argument with that many marks live until the next one", async () => {
    await setRules(world, { unhelpfulThreshold: 3n });
    expect((await world.argumentStaking.argument(ID)).status).to.equal(Status.Live);
  });

  it("leaves it live at five marks where six are needed", async () => {
    await setRules(world, { unhelpfulThreshold: 6n });
    await mark(world, markerAfter(world, 3));
    await mark(world, markerAfter(world, 4));
    expect((await world.argumentStaking.argument(ID)).status).to.equal(Status.Live);
  });

  it("emits ArgumentFoundUnhelpful with the share on which the stake was made", async () => {
    await setRules(world, { unhelpfulThreshold: 4n, curatorShareBps: 10_000n });
    await expectFound(world, mark(world), { slashed: act(50), reward: act("3.125"), freed: CREATION_INTEREST });
  });

  it("emits ArgumentFoundUnhelpful with the stake that was made, not the one that is asked for now", async () => {
    await setRules(world, { unhelpfulThreshold: 4n, creationStake: act(80), interestRateBps: 10_000n });
    await expectFound(world, mark(world), { slashed: act(50), reward: act("3.125"), freed: CREATION_INTEREST });
  });
});
