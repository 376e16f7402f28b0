import { expect } from "chai";
import type { ArgumentModel } from "../../sdk/argument/model.ts";
import { ArgumentStatus, UnhelpfulReason } from "../../sdk/argument/state.ts";
import { Role } from "../../sdk/roles.ts";
import { act, DAY } from "../fixtures/amounts.ts";
import {
  ALICE,
  argumentModel,
  BOB,
  CAROL,
  DAVE,
  DRAFT,
  ERIN,
  expectArgumentRevert,
  INTEREST_OF_10,
  INTEREST_OF_50,
  RESERVE,
  START,
  told,
  WEEK,
} from "./argument-fixtures.ts";

const { Misleading } = UnhelpfulReason;
const ENDS = START + WEEK;
const HALFWAY = START + 3n * DAY;

describe("argument model: curation", () => {
  let model: ArgumentModel;
  beforeEach(() => {
    model = argumentModel({ unhelpfulThreshold: 3n });
    for (const user of [CAROL, DAVE, ERIN]) model.grantRole(Role.Curator, user);
    model.grantRole(Role.Slasher, BOB);
    model.createArgument(ALICE, DRAFT, START);
    model.events.take();
  });
  afterEach(() => model.checkConservation());

  const mark = (user: string, now = HALFWAY) => model.markUnhelpful(user, 1n, Misleading, now);

  describe("who may mark", () => {
    it("whoever has 50 in running stakes", () => {
      model = argumentModel();
      model.createArgument(ALICE, DRAFT, START);
      model.createArgument(BOB, DRAFT, START);
      mark(BOB);
      expect(model.hasMarked(1n, BOB)).to.equal(true);
    });

    it("nobody with less, an ended stake not counting", () => {
      model = argumentModel();
      model.createArgument(ALICE, DRAFT, START);
      model.createArgument(BOB, DRAFT, START);
      expectArgumentRevert(() => mark(BOB, ENDS), "NotCurator", [BOB, 0n, act(50)]);
    });

    it("not the creator", () => {
      expectArgumentRevert(() => mark(ALICE), "OwnArgument", [1n, ALICE]);
    });

    it("nobody twice", () => {
      mark(CAROL);
      expectArgumentRevert(() => mark(CAROL), "AlreadyMarked", [1n, CAROL]);
    });

    it("nobody where it is decided", () => {
      mark(BOB);
      expectArgumentRevert(() => mark(CAROL), "ArgumentIsUnhelpful", [1n]);
    });
  });

  describe("the stake that makes a curator", () => {
    beforeEach(() => {
      model = argumentModel();
      model.createArgument(ALICE, DRAFT, START);
      model.createArgument(BOB, DRAFT, START);
      mark(BOB);
    });

    it("cannot be taken back after a mark", () => {
      expectArgumentRevert(() => model.deleteArgument(BOB, 2n, HALFWAY), "StakeBacksMark", [2n, HALFWAY]);
    });

    it("can be where it was made after the mark", () => {
      model.createArgument(BOB, DRAFT, HALFWAY + 1n);
      model.deleteArgument(BOB, 3n, HALFWAY + 1n);
      expect(model.account(BOB).credited).to.equal(act(50));
    });
  });

  describe("a mark below the threshold", () => {
    it("is told and decides nothing", () => {
      mark(CAROL);
      expect(told(model.events.take())).to.deep.equal([["ArgumentMarked", 1n, CAROL, Misleading, 1n]]);
      expect(model.argument(1n).status).to.equal(ArgumentStatus.Live);
    });

    it("keeps the argument from being taken back", () => {
      mark(CAROL);
      expectArgumentRevert(() => model.deleteArgument(ALICE, 1n, HALFWAY), "ArgumentNotUntouched", [1n, 0n, 1n]);
    });
  });

  describe("the mark that decides", () => {
    it("splits a quarter of 50 among three: 12.5 / 3 is 4.166..., the rest goes to the reserve", () => {
      for (const user of [CAROL, DAVE, ERIN]) mark(user);
      const reward = 4_166_666_666_666_666_666n;
      expect([CAROL, DAVE, ERIN].map((user) => model.account(user).credited)).to.deep.equal([reward, reward, reward]);
      expect(model.rewardReserve()).to.deep.equal({ free: RESERVE + act(50) - 3n * reward, reserved: 0n });
    });

    it("is a slasher's first, who is paid with those who marked before", () => {
      mark(CAROL);
      model.events.take();
      mark(BOB);
      expect(told(model.events.take())).to.deep.equal([
        ["ArgumentMarked", 1n, BOB, Misleading, 2n],
        ["ArgumentFoundUnhelpful", 1n, 1n, act(50), act("6.25"), INTEREST_OF_50],
        ["Jailed", ALICE, 1n, HALFWAY + WEEK],
      ]);
    });

    it("frees the interest of upvotes, which end with their principal alone", () => {
      model.upvote(CAROL, 1n, START + DAY);
      model.events.take();
      mark(BOB);
      model.processExpired(9n, ENDS + DAY);
      expect(told(model.events.take())).to.deep.equal([
        ["ArgumentMarked", 1n, BOB, Misleading, 1n],
        ["ArgumentFoundUnhelpful", 1n, 1n, act(50), act("12.5"), INTEREST_OF_50 + INTEREST_OF_10],
        ["Jailed", ALICE, 1n, HALFWAY + WEEK],
        ["StakeExpired", 2n, 1n, CAROL, act(10), 0n, 0n],
      ]);
    });

    it("processes what expired before, so that it keeps its interest and nothing is slashed", () => {
      mark(BOB, ENDS);
      expect(told(model.events.take())).to.deep.equal([
        ["ArgumentMarked", 1n, BOB, Misleading, 1n],
        ["StakeExpired", 1n, 1n, ALICE, act(50), INTEREST_OF_50, 0n],
        ["ArgumentFoundUnhelpful", 1n, 1n, 0n, 0n, 0n],
        ["Jailed", ALICE, 1n, ENDS + WEEK],
      ]);
    });

    it("leaves an entry in the queue that counts and tells nothing", () => {
      mark(BOB);
      model.events.take();
      expect([model.activeStakes().count, model.processExpired(9n, HALFWAY), model.events.take()]).to.deep.equal([
        0n,
        1n,
        [],
      ]);
    });
  });

  describe("when more than 100 stakes expired", () => {
    beforeEach(() => {
      model = argumentModel({ stakeLimitBps: 10_000n, maxArgumentsPerClaim: 100n, creationStake: 1n });
      model.grantRole(Role.Slasher, BOB);
      for (let count = 0; count < 100; count++) model.createArgument(ALICE, DRAFT, START);
    });

    it("100 are processed first", () => {
      mark(BOB, ENDS);
      expect(model.activeStakes().count).to.equal(0n);
    });

    it("the mark is refused, and nothing is processed", () => {
      model.createArgument(CAROL, DRAFT, START);
      expectArgumentRevert(() => mark(BOB, ENDS), "ExpiredStakesLeft", [ENDS]);
      expect([model.activeStakes().count, model.hasMarked(1n, BOB)]).to.deep.equal([101n, false]);
    });

    it("one that ended early is left with no end", () => {
      model.createArgument(CAROL, DRAFT, START);
      model.deleteArgument(CAROL, 101n, START);
      expectArgumentRevert(() => mark(BOB, ENDS), "ExpiredStakesLeft", [0n]);
    });
  });

  describe("a jailed creator", () => {
    beforeEach(() => {
      model.createArgument(ALICE, DRAFT, START);
      mark(BOB);
      model.events.take();
    });

    it("writes nothing before the jail is over", () => {
      const until = HALFWAY + WEEK;
      const write = (now: bigint) => model.createArgument(ALICE, DRAFT, now);
      expectArgumentRevert(() => write(until - 1n), "CreatorJailed", [ALICE, until]);
      expect(write(until)).to.equal(3n);
    });

    it("may upvote and take back", () => {
      model.createArgument(CAROL, DRAFT, HALFWAY);
      model.upvote(ALICE, 3n, HALFWAY);
      model.deleteArgument(ALICE, 2n, HALFWAY);
      expect(model.runningStake(ALICE, HALFWAY)).to.equal(act(10));
    });

    it("is unjailed by an upvote of another argument of theirs", () => {
      model.upvote(CAROL, 2n, HALFWAY);
      const { slashCount, jailedUntil, upvotesSinceJailed } = model.account(ALICE);
      expect([slashCount, jailedUntil, upvotesSinceJailed]).to.deep.equal([0n, 0n, 0n]);
      expect(model.events.take().map(({ name }) => name)).to.deep.equal(["ArgumentUpvoted", "Unjailed"]);
    });

    it("is jailed for two weeks the second time", () => {
      model.markUnhelpful(BOB, 2n, Misleading, HALFWAY + DAY);
      const { slashCount, jailedUntil } = model.account(ALICE);
      expect([slashCount, jailedUntil]).to.deep.equal([2n, HALFWAY + DAY + 2n * WEEK]);
    });
  });
});
