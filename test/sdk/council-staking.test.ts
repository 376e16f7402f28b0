import { expect } from "chai";
import type { CouncilModel } from "../../sdk/council/model.ts";
import { DAY } from "../fixtures/amounts.ts";
import {
  ALICE,
  act,
  BOB,
  CAROL,
  councilModel,
  DISTRIBUTOR,
  expectCouncilRevert,
  OTHER_TIERS,
  START,
  TREASURY,
} from "./council-fixtures.ts";

describe("council model: staking", () => {
  let model: CouncilModel;
  beforeEach(() => {
    model = councilModel();
  });
  afterEach(() => model.checkConservation());

  const stake = (user = ALICE, amount = act(1_000), lockDays = 30n, now = START) =>
    model.stakingAt(now).stake(user, amount, lockDays, now);

  it("counts a position by its lock", () => {
    const positionId = stake();
    expect(model.stakingAt(START).position(positionId)).to.deep.equal({
      owner: ALICE,
      amount: act(1_000),
      stakedAt: START,
      unlocksAt: START + 30n * DAY,
      tierDays: 30n,
      power: act(1_500),
    });
  });

  it("counts a position by its time once it is poked", () => {
    const positionId = stake();
    const now = START + 90n * DAY;
    model.stakingAt(now).poke(positionId, now);
    expect(model.stakingAt(now).account(ALICE).power).to.equal(act(2_000));
  });

  it("counts the time of a position whose lock is extended", () => {
    const positionId = stake();
    const now = START + 90n * DAY;
    model.stakingAt(now).extendLock(ALICE, positionId, 7n, now);
    const { tierDays, unlocksAt } = model.stakingAt(now).position(positionId);
    expect([tierDays, unlocksAt]).to.deep.equal([90n, now + 7n * DAY]);
  });

  it("refuses a lock that does not last longer", () => {
    const positionId = stake();
    const now = START + 23n * DAY;
    const refused = () => model.stakingAt(now).extendLock(ALICE, positionId, 7n, now);
    expectCouncilRevert(refused, "LockNotLonger", [positionId, START + 30n * DAY, START + 30n * DAY]);
  });

  it("gives the penalty to the distributor", () => {
    const positionId = stake();
    const paid = model.stakingAt(START + 1n).unstakeEarly(ALICE, positionId, START + 1n);
    expect([paid, model.token.book.balanceOf(DISTRIBUTOR)]).to.deep.equal([act(900), act(100)]);
  });

  it("refuses to close a position whose lock is not over", () => {
    const positionId = stake();
    const refused = () => model.stakingAt(START).unstake(ALICE, positionId, START);
    expectCouncilRevert(refused, "PositionLocked", [positionId, START + 30n * DAY]);
  });

  it("refuses a unit more than an account may stake", () => {
    model = councilModel({ maxStake: act(1_500) });
    stake();
    const refused = () => stake(ALICE, act(500) + 1n);
    expectCouncilRevert(refused, "StakeTooLarge", [ALICE, act(1_000), act(500) + 1n, act(1_500)]);
  });

  it("lets own power count without delegating", () => {
    stake();
    expect(model.stakingAt(START).votes.votesOf(ALICE)).to.equal(act(1_500));
  });

  it("lets power count for a delegate, with what is staked later", () => {
    stake();
    model.stakingAt(START).delegate(ALICE, BOB, START);
    stake();
    const { votes } = model.stakingAt(START);
    expect([votes.votesOf(ALICE), votes.votesOf(BOB)]).to.deep.equal([0n, act(3_000)]);
  });

  it("keeps past votes whatever comes later", () => {
    const positionId = stake();
    const later = START + 40n * DAY;
    model.stakingAt(later).delegate(ALICE, CAROL, later);
    model.stakingAt(later).unstake(ALICE, positionId, later);
    const { votes } = model.stakingAt(later + 1n);
    const past = [START - 1n, START, later - 1n, later].map((at) => votes.pastVotesOf(ALICE, at, later + 1n));
    expect(past).to.deep.equal([0n, act(1_500), act(1_500), 0n]);
  });

  it("knows no votes of a second that is not over", () => {
    stake();
    const refused = () => model.stakingAt(START).votes.pastVotesOf(ALICE, START, START);
    expectCouncilRevert(refused, "ERC5805FutureLookup", [START, START]);
  });

  it("refuses a lock of no days, whether or not the lock is over", () => {
    const positionId = stake();
    for (const now of [START, START + 31n * DAY]) {
      const refused = () => model.stakingAt(now).extendLock(ALICE, positionId, 0n, now);
      expectCouncilRevert(refused, "LockUnknown", [0n]);
    }
  });

  it("names an unknown lock before one that is not longer", () => {
    const positionId = stake();
    const refused = () => model.stakingAt(START).extendLock(ALICE, positionId, 8n, START);
    expectCouncilRevert(refused, "LockUnknown", [8n]);
  });
});

describe("council model: staking by other tiers", () => {
  let model: CouncilModel;
  beforeEach(() => {
    model = councilModel(OTHER_TIERS);
  });
  afterEach(() => model.checkConservation());

  const stake = (lockDays: bigint, user = ALICE) => model.stakingAt(START).stake(user, act(1_000), lockDays, START);
  const accountAt = (now: bigint) => model.stakingAt(now).account(ALICE);

  it("counts a position by its lock", () => {
    const powers = [0n, 1n, 14n, 60n, 3_650n].map((lockDays) => model.stakingAt(START).position(stake(lockDays)).power);
    expect(powers).to.deep.equal([
      act(1_100),
      act(1_100),
      act(1_234) + act(1) / 2n,
      act(1_234) + act(1) / 2n,
      act(4_000),
    ]);
  });

  it("refuses a lock of the defaults", () => {
    expectCouncilRevert(() => stake(30n), "LockUnknown", [30n]);
  });

  it("is long term at the highest tier alone", () => {
    for (const lockDays of [60n, 3_650n]) stake(lockDays);
    expect(accountAt(START).longTermPositions).to.equal(1n);
  });

  it("lifts a position by its time", () => {
    const positionId = stake(0n);
    const now = START + 3_650n * DAY;
    model.stakingAt(now).poke(positionId, now);
    const { power, longTermPositions } = accountAt(now);
    expect([power, longTermPositions]).to.deep.equal([act(4_000), 1n]);
  });

  it("tells a tier that counts no more, and no votes", () => {
    const positionId = stake(0n);
    model.events.take();
    const now = START + DAY;
    model.stakingAt(now).poke(positionId, now);
    const facts = { positionId, tierDays: 1n, power: act(1_100) };
    expect(model.events.take()).to.deep.equal([{ name: "TierReached", facts }]);
  });

  it("shares rewards by what the tiers count", () => {
    model = councilModel({ ...OTHER_TIERS, longTermBps: 0n });
    stake(0n);
    stake(3_650n, BOB);
    model.rewardsAt(START).fund(TREASURY, act(510));
    model.rewardsAt(START).startPeriod(START);
    const now = START + 7n * DAY;
    const [alice, bob] = [ALICE, BOB].map((user) => model.rewardsAt(now).claimable(user, now)) as [bigint, bigint];
    // 11 and 40 of 51, a unit less where the sum for a unit of weight is rounded
    expect([act(110) - alice, act(400) - bob].map((missing) => missing <= 1n)).to.deep.equal([true, true]);
  });
});
