import { expect } from "chai";
import { AbiCoder, keccak256 } from "ethers";
import type { ArgumentModel } from "../../sdk/argument/model.ts";
import { ArgumentStatus, StakeKind } from "../../sdk/argument/state.ts";
import { Side } from "../../sdk/market/side.ts";
import { ARGUMENT_RULES, act, DAY } from "../fixtures/amounts.ts";
import {
  ALICE,
  argumentModel,
  BOB,
  CLAIM,
  DRAFT,
  expectArgumentRevert,
  FUNDER,
  INTEREST_OF_10,
  INTEREST_OF_50,
  RESERVE,
  START,
  told,
  WEEK,
} from "./argument-fixtures.ts";

const ENDS = START + WEEK;

describe("argument model: stakes", () => {
  let model: ArgumentModel;
  beforeEach(() => {
    model = argumentModel();
  });
  afterEach(() => model.checkConservation());

  const create = (user = ALICE, now = START) => model.createArgument(user, DRAFT, now);

  describe("an argument", () => {
    it("costs its creator 50, for which interest is set aside", () => {
      create();
      expect([model.token.balanceOf(ALICE), model.rewardReserve()]).to.deep.equal([
        act(950),
        { free: RESERVE - INTEREST_OF_50, reserved: INTEREST_OF_50 },
      ]);
    });

    it("is told with its text", () => {
      create();
      const { side, summary, body } = DRAFT;
      expect(told(model.events.take())).to.deep.equal([
        ["ArgumentCreated", 1n, CLAIM, ALICE, side, 1n, act(50), INTEREST_OF_50, ENDS, summary, body],
      ]);
    });

    it("keeps a hash of its text and what its stakes add up to", () => {
      create();
      model.upvote(BOB, 1n, START);
      const { summary, body } = DRAFT;
      expect(model.argument(1n)).to.deep.equal({
        creator: ALICE,
        claimId: CLAIM,
        side: Side.Support,
        status: ArgumentStatus.Live,
        createdAt: START,
        creationStakeId: 1n,
        contentHash: keccak256(AbiCoder.defaultAbiCoder().encode(["string", "string"], [summary, body])),
        upvotes: 1n,
        upvotedStake: act(10),
        totalStake: act(60),
        unhelpfulMarks: 0n,
      });
    });

    it("against the claim is a challenge", () => {
      model.createArgument(ALICE, { ...DRAFT, side: Side.Oppose }, START);
      expect(model.stake(1n).kind).to.equal(StakeKind.Challenge);
    });

    it("is measured in bytes, not in characters", () => {
      const summary = "é".repeat(13); // 26 bytes
      model.createArgument(ALICE, { ...DRAFT, summary }, START);
      const tooShort = () => model.createArgument(ALICE, { ...DRAFT, summary: "é".repeat(12) }, START);
      expectArgumentRevert(tooShort, "SummaryLengthOutOfRange", [24n, 25n, 140n]);
    });

    it("with a body of a byte too many is refused", () => {
      const tooLong = () => model.createArgument(ALICE, { ...DRAFT, body: "b".repeat(1_251) }, START);
      expectArgumentRevert(tooLong, "BodyLengthOutOfRange", [1_251n, 25n, 1_250n]);
    });

    it("is the last of five on a claim", () => {
      for (let count = 0; count < 5; count++) create();
      expectArgumentRevert(create, "TooManyArguments", [CLAIM, ALICE, 5n]);
    });

    it("finds a place on the claim where another was taken back", () => {
      for (let count = 0; count < 5; count++) create();
      model.deleteArgument(ALICE, 3n, START);
      create();
      expect([model.argumentsBy(CLAIM, ALICE), model.userArguments(ALICE, 0n, 9n)]).to.deep.equal([
        5n,
        [1n, 2n, 3n, 4n, 5n, 6n],
      ]);
    });

    it("is refused where the reserve cannot promise its interest", () => {
      model = argumentModel({ creationStake: act(900), interestRateBps: 10_000n, period: 365n * DAY });
      expectArgumentRevert(create, "RewardReserveTooLow", [RESERVE, act(900)]);
    });

    it("is refused to whoever lacks the tokens", () => {
      expectArgumentRevert(() => create(FUNDER), "ERC20InsufficientBalance", [FUNDER, 0n, act(50)]);
    });

    it("is refused while entries are paused", () => {
      model.pauseEntries(FUNDER);
      expectArgumentRevert(create, "EnforcedPause", []);
    });

    it("is refused about a claim without a market", () => {
      const claimId = keccak256("0x");
      const astray = () => model.createArgument(ALICE, { ...DRAFT, claimId }, START);
      expectArgumentRevert(astray, "ClaimUnknown", [claimId]);
    });
  });

  describe("an upvote", () => {
    beforeEach(() => create());

    it("is told with the creator's share", () => {
      model.events.take();
      model.upvote(BOB, 1n, START);
      expect(told(model.events.take())).to.deep.equal([
        ["ArgumentUpvoted", 1n, BOB, 2n, act(10), INTEREST_OF_10, 5_000n, ENDS],
      ]);
    });

    it("is refused to the creator", () => {
      expectArgumentRevert(() => model.upvote(ALICE, 1n, START), "OwnArgument", [1n, ALICE]);
    });

    it("is refused a second time, also when the first has ended", () => {
      model.upvote(BOB, 1n, START);
      model.processExpired(9n, ENDS);
      expectArgumentRevert(() => model.upvote(BOB, 1n, ENDS), "AlreadyUpvoted", [1n, BOB]);
    });

    it("is refused on an argument that was taken back", () => {
      model.deleteArgument(ALICE, 1n, START);
      expectArgumentRevert(() => model.upvote(BOB, 1n, START), "ArgumentIsDeleted", [1n]);
    });

    it("is refused on an argument that does not exist", () => {
      expectArgumentRevert(() => model.upvote(BOB, 2n, START), "ArgumentUnknown", [2n]);
    });

    it("raises an argument whose own stake has ended", () => {
      model.processExpired(9n, ENDS);
      model.upvote(BOB, 1n, ENDS);
      expect(model.argument(1n).totalStake).to.equal(act(60));
    });
  });

  describe("when stakes expire", () => {
    beforeEach(() => {
      create();
      model.upvote(BOB, 1n, START);
      model.events.take();
    });

    it("the creator has the interest on 50 and half of that on 10, the upvoter the other half", () => {
      model.processExpired(9n, ENDS);
      expect([model.account(ALICE).credited, model.account(BOB).credited]).to.deep.equal([
        act(50) + INTEREST_OF_50 + INTEREST_OF_10 / 2n,
        act(10) + INTEREST_OF_10 / 2n,
      ]);
    });

    it("each is told", () => {
      model.processExpired(9n, ENDS);
      const half = INTEREST_OF_10 / 2n;
      expect(told(model.events.take())).to.deep.equal([
        ["StakeExpired", 1n, 1n, ALICE, act(50), INTEREST_OF_50, 0n],
        ["StakeExpired", 2n, 1n, BOB, act(10), half, half],
      ]);
    });

    it("none is processed a second before", () => {
      expect(model.processExpired(9n, ENDS - 1n)).to.equal(0n);
    });

    it("no more are processed than asked for", () => {
      expect([model.processExpired(1n, ENDS), model.activeStakes()]).to.deep.equal([
        1n,
        { count: 1n, nextEndTime: ENDS },
      ]);
    });

    it("what was set aside is spent", () => {
      model.processExpired(9n, ENDS);
      const paid = INTEREST_OF_50 + INTEREST_OF_10;
      expect(model.rewardReserve()).to.deep.equal({ free: RESERVE - paid, reserved: 0n });
    });

    it("a credit can be withdrawn once", () => {
      model.processExpired(9n, ENDS);
      model.withdraw(BOB, ENDS);
      expect(model.token.balanceOf(BOB)).to.equal(act(1_000) + INTEREST_OF_10 / 2n);
      expectArgumentRevert(() => model.withdraw(BOB, ENDS), "CreditZero", [BOB]);
    });

    it("they kept the terms they were made on", () => {
      model.setParams({ ...ARGUMENT_RULES, interestRateBps: 0n, creatorShareBps: 0n, period: DAY });
      model.processExpired(9n, ENDS);
      expect(model.account(BOB).credited).to.equal(act(10) + INTEREST_OF_10 / 2n);
    });
  });

  describe("a stake taken back", () => {
    it("is credited without interest", () => {
      create();
      model.events.take();
      model.deleteArgument(ALICE, 1n, ENDS - 1n);
      expect([model.account(ALICE).credited, model.rewardReserve().free]).to.deep.equal([act(50), RESERVE]);
      expect(told(model.events.take())).to.deep.equal([["ArgumentDeleted", 1n, 1n, act(50), INTEREST_OF_50]]);
    });

    it("was its creator's", () => {
      create();
      expectArgumentRevert(() => model.deleteArgument(BOB, 1n, START), "NotCreator", [1n, BOB, ALICE]);
    });

    it("stays where somebody upvoted", () => {
      create();
      model.upvote(BOB, 1n, START);
      expectArgumentRevert(() => model.deleteArgument(ALICE, 1n, START), "ArgumentNotUntouched", [1n, 1n, 0n]);
    });

    it("stays from the second of its end on", () => {
      create();
      expectArgumentRevert(() => model.deleteArgument(ALICE, 1n, ENDS), "StakeHasEnded", [1n, ENDS]);
    });

    it("is taken back once", () => {
      create();
      model.deleteArgument(ALICE, 1n, START);
      expectArgumentRevert(() => model.deleteArgument(ALICE, 1n, START), "ArgumentIsDeleted", [1n]);
    });
  });
});
