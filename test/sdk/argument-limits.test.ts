import { expect } from "chai";
import { MAX_HOLDINGS } from "../../sdk/argument/ledger.ts";
import type { ArgumentModel } from "../../sdk/argument/model.ts";
import { CredenceError } from "../../sdk/errors.ts";
import { ARGUMENT_RULES, act, DAY } from "../fixtures/amounts.ts";
import {
  ALICE,
  argumentModel,
  BOB,
  CAROL,
  DRAFT,
  expectArgumentRevert,
  FUNDER,
  OTHER_CLAIM,
  RESERVE,
  STAKING,
  START,
  WEEK,
} from "./argument-fixtures.ts";

const ENDS = START + WEEK;

describe("argument model: limits", () => {
  let model: ArgumentModel;
  beforeEach(() => {
    model = argumentModel();
  });
  afterEach(() => model.checkConservation());

  const create = (user = ALICE, now = START) => model.createArgument(user, DRAFT, now);

  describe("the stake limit", () => {
    /** Carol owns `wealth`, and four arguments of 50 each run. */
    function stakeOf200(wealth: bigint): void {
      model.token.transfer(CAROL, FUNDER, act(1_000) - wealth);
      for (let count = 0; count < 4; count++) create(CAROL);
    }

    beforeEach(() => create());

    it("lets through who staked 200 of 300", () => {
      stakeOf200(act(300));
      expect(model.upvote(CAROL, 1n, START)).to.equal(6n);
    });

    it("stops who staked 210 of 310", () => {
      stakeOf200(act(310));
      model.upvote(CAROL, 1n, START);
      const refused = () => model.createArgument(CAROL, { ...DRAFT, claimId: OTHER_CLAIM }, START);
      expectArgumentRevert(refused, "StakeLimitReached", [act(210), act(310), 6_670n]);
    });

    it("forgets stakes as old as the window", () => {
      model.setParams({ ...ARGUMENT_RULES, stakeLimitWindow: DAY });
      stakeOf200(act(300));
      const limits = [START + DAY - 1n, START + DAY].map((now) => model.stakeLimit(CAROL, now));
      expect(limits).to.deep.equal([
        { staked: act(200), total: act(300) },
        { staked: 0n, total: act(100) },
      ]);
    });

    it("counts what has ended neither as staked nor as owned until it is processed", () => {
      model.setParams({ ...ARGUMENT_RULES, period: DAY });
      stakeOf200(act(300));
      expect(model.stakeLimit(CAROL, START + DAY)).to.deep.equal({ staked: 0n, total: act(100) });
    });
  });

  describe("when the period was changed", () => {
    it("a shorter one does not wait behind a longer one", () => {
      create();
      model.setParams({ ...ARGUMENT_RULES, period: DAY });
      create(BOB);
      expect([model.processExpired(9n, START + DAY), model.activeStakes().nextEndTime]).to.deep.equal([1n, ENDS]);
    });

    it("sixteen may be in the queue at a time", () => {
      model = argumentModel({ stakeLimitBps: 10_000n, maxArgumentsPerClaim: 100n });
      const change = (days: bigint) => model.setParams({ ...model.params(), period: days * DAY });
      for (let days = 1n; days <= 16n; days++) {
        change(days);
        create();
      }
      expectArgumentRevert(() => change(17n), "TooManyPeriods", [16n]);
    });

    it("one without stakes counts for nothing", () => {
      for (let days = 1n; days <= 40n; days++) model.setParams({ ...ARGUMENT_RULES, period: days * DAY });
      expect(model.params().period).to.equal(40n * DAY);
    });
  });

  describe("the books", () => {
    it("hold no more than 96 bits can count", () => {
      model.token.mint(FUNDER, MAX_HOLDINGS);
      const room = MAX_HOLDINGS - RESERVE;
      const tooMuch = () => model.fundRewards(FUNDER, room + 1n, START);
      expectArgumentRevert(tooMuch, "HoldingsTooLarge", [MAX_HOLDINGS + 1n, MAX_HOLDINGS]);
      model.fundRewards(FUNDER, room, START);
      expect(model.owed()).to.equal(MAX_HOLDINGS);
    });

    it("leave out what was sent unasked", () => {
      model.donate(ALICE, 7n);
      expect([model.owed(), model.token.balanceOf(STAKING)]).to.deep.equal([RESERVE, RESERVE + 7n]);
    });

    it("do not add up where tokens are missing", () => {
      model.token.transfer(STAKING, ALICE, 1n);
      expect(() => model.checkConservation()).to.throw(CredenceError, "balance=-1");
      model.token.transfer(ALICE, STAKING, 1n);
    });

    it("are not opened before the latest action", () => {
      create(ALICE, START + 5n);
      expect(() => create(BOB, START + 4n)).to.throw(CredenceError, "before its latest one");
    });
  });
});
