import { expect } from "chai";
import type { ArgumentParams } from "../../sdk/argument/params.ts";
import { act, HOUR, YEAR } from "../fixtures/amounts.ts";
import { creditOf, debate, expectExpired, OWN, UPVOTE } from "../fixtures/argument-stories.ts";
import {
  type ActWorld,
  argue,
  atEndOf,
  CREATION_INTEREST,
  openForum,
  setRules,
  UPVOTE_INTEREST,
  upvote,
} from "../fixtures/arguments.ts";
import { load } from "../fixtures/protocol.ts";

let world: ActWorld;

const process = (maxCount: bigint) => world.argumentStaking.processExpired(maxCount);

describe("ArgumentStaking.processExpired, interest", () => {
  /** Interest of an argument's own stake, all of it its creator's. */
  const OWN_VECTORS: readonly { rules: Partial<ArgumentParams>; interest: bigint }[] = [
    { rules: {}, interest: 239_726_027_397_260_273n }, // 50e18 * 0.25 * 7 / 365 = ...273.97
    { rules: { period: HOUR }, interest: 1_426_940_639_269_406n }, // 50e18 * 0.25 / 8,760 = ...406.39
    { rules: { period: YEAR }, interest: act("12.5") },
    { rules: { period: YEAR, interestRateBps: 10_000n }, interest: act(50) },
    { rules: { interestRateBps: 0n }, interest: 0n },
    { rules: { interestRateBps: 1n }, interest: 95_890_410_958_904n }, // 50e18 * 0.0001 * 7 / 365 = ...904.1
    { rules: { creationStake: 208n }, interest: 0n }, // 208 * 0.25 * 7 / 365 = 0.997
    { rules: { creationStake: 209n }, interest: 1n }, // 209 * 0.25 * 7 / 365 = 1.002
    { rules: { creatorShareBps: 1n }, interest: 239_726_027_397_260_273n },
  ];

  for (const { rules, interest } of OWN_VECTORS) {
    const named = Object.entries(rules).map(([name, value]) => `${name} ${value}`);

    it(`emits StakeExpired with ${interest} for an argument under ${named.join(", ") || "the default rules"}`, async () => {
      world = await load(openForum);
      await setRules(world, rules);
      await argue(world);
      await atEndOf(world, OWN);
      await expectExpired(world, process(1n), OWN, world.author, [rules.creationStake ?? act(50), interest, 0n]);
    });
  }

  /** Interest of an upvote of `stake`, 7 days at 25 %: the creator's part is floored, the rest is the upvoter's. */
  const UPVOTE_VECTORS = [
    { stake: act(10), shareBps: 5_000n, interest: 47_945_205_479_452_054n, creator: 23_972_602_739_726_027n },
    { stake: act(50), shareBps: 5_000n, interest: 239_726_027_397_260_273n, creator: 119_863_013_698_630_136n },
    { stake: act(10), shareBps: 0n, interest: 47_945_205_479_452_054n, creator: 0n },
    { stake: act(10), shareBps: 10_000n, interest: 47_945_205_479_452_054n, creator: 47_945_205_479_452_054n },
    { stake: act(10), shareBps: 3_333n, interest: 47_945_205_479_452_054n, creator: 15_980_136_986_301_369n },
    { stake: 209n, shareBps: 5_000n, interest: 1n, creator: 0n },
    { stake: 209n, shareBps: 9_999n, interest: 1n, creator: 0n },
    { stake: 209n, shareBps: 10_000n, interest: 1n, creator: 1n },
    { stake: 626n, shareBps: 5_000n, interest: 3n, creator: 1n },
    { stake: 208n, shareBps: 5_000n, interest: 0n, creator: 0n },
  ];

  for (const { stake, shareBps, interest, creator } of UPVOTE_VECTORS) {
    describe(`when ${shareBps} bps of an upvote's interest of ${interest} are the creator's`, () => {
      beforeEach(async () => {
        world = await load(openForum);
        await setRules(world, { upvoteStake: stake, creatorShareBps: shareBps });
        await argue(world);
        await upvote(world, 1n, world.supporter);
        await atEndOf(world, UPVOTE);
      });

      it(`emits StakeExpired with ${interest - creator} and ${creator}`, async () => {
        await expectExpired(world, process(2n), UPVOTE, world.supporter, [stake, interest - creator, creator]);
      });

      it("updates both credits", async () => {
        await process(2n);
        expect([await creditOf(world, world.supporter), await creditOf(world, world.author)]).to.deep.equal([
          stake + interest - creator,
          act(50) + CREATION_INTEREST + creator,
        ]);
      });
    });
  }

  describe("when the rules have changed since the stakes were made", () => {
    beforeEach(async () => {
      world = await load(debate);
      await setRules(world, {
        interestRateBps: 9_000n,
        creatorShareBps: 9_000n,
        period: HOUR,
        upvoteStake: act(3),
        creationStake: act(4),
      });
    });

    it("emits StakeExpired on the argument's own terms", async () => {
      await atEndOf(world, OWN);
      await expectExpired(world, process(1n), OWN, world.author, [act(50), CREATION_INTEREST, 0n]);
    });

    it("emits StakeExpired on the upvote's own terms", async () => {
      await atEndOf(world, UPVOTE);
      const half = UPVOTE_INTEREST / 2n;
      await expectExpired(world, process(2n), UPVOTE, world.supporter, [act(10), half, half]);
    });
  });

  describe("when an upvote ends after the argument's own stake was withdrawn", () => {
    it("updates the creator's credit by their part", async () => {
      world = await load(debate);
      await atEndOf(world, OWN);
      await process(1n);
      await world.argumentStaking.connect(world.author).withdraw();
      await atEndOf(world, UPVOTE);
      await process(1n);
      expect(await creditOf(world, world.author)).to.equal(UPVOTE_INTEREST / 2n);
    });
  });
});
