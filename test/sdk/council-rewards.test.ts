import { expect } from "chai";
import { boosterBpsAt, nextLapseAt, weightDown } from "../../sdk/council/boosters.ts";
import type { CouncilModel } from "../../sdk/council/model.ts";
import { COUNCIL_DEFAULTS } from "../../sdk/council/params.ts";
import { projectedRewardDown, streamedDown } from "../../sdk/council/stream.ts";
import { DAY } from "../fixtures/amounts.ts";
import { ALICE, act, BOB, councilModel, expectCouncilRevert, RECORDER, START, TREASURY } from "./council-fixtures.ts";

const WEEK = 7n * DAY;

describe("council model: rewards", () => {
  let model: CouncilModel;
  beforeEach(() => {
    model = councilModel();
  });
  afterEach(() => model.checkConservation());

  const stake = (user: string, amount: bigint, lockDays = 0n, now = START) =>
    model.stakingAt(now).stake(user, amount, lockDays, now);

  /** A period begins that streams so much. */
  function begin(amount: bigint, now = START): void {
    model.rewardsAt(now).fund(TREASURY, amount);
    model.rewardsAt(now).startPeriod(now);
  }

  const claimable = (user: string, now: bigint) => model.rewardsAt(now).claimable(user, now);

  it("stream by power: a quarter and three quarters", () => {
    model = councilModel({ longTermBps: 0n });
    stake(ALICE, act(100));
    stake(BOB, act(100), 180n);
    begin(act(700));
    expect([ALICE, BOB].map((user) => claimable(user, START + DAY))).to.deep.equal([act(25), act(75)]);
  });

  it("stop with the period", () => {
    stake(ALICE, act(100));
    begin(act(700));
    expect(claimable(ALICE, START + 9n * DAY)).to.equal(act(700));
  });

  it("are the same, walked second by second or at once", () => {
    const [atOnce, bySeconds] = [3_000n, 1n].map((stride) => {
      model = councilModel();
      stake(ALICE, act(123));
      stake(BOB, act(456), 7n);
      begin(1_000_000_007n);
      for (let now = START; now <= START + 3_000n; now += stride) model.rewardsAt(now).walk(now);
      return [
        claimable(ALICE, START + 3_000n),
        claimable(BOB, START + 3_000n),
        model.rewardsAt(START + 3_000n).carry(),
      ];
    });
    expect(bySeconds).to.deep.equal(atOnce);
  });

  it("join the next period where nobody shares", () => {
    begin(act(700));
    stake(ALICE, act(100), 0n, START + 2n * DAY);
    const now = START + WEEK;
    expect([claimable(ALICE, now), model.rewardsAt(now).nextPeriodAmount(now)]).to.deep.equal([act(500), act(200)]);
  });

  it("keep what rounding leaves for those who share next", () => {
    model = councilModel({ minStake: 1n, minClaim: 0n });
    for (const user of [ALICE, BOB]) stake(user, 1n);
    begin(7n);
    const now = START + WEEK;
    for (const user of [ALICE, BOB]) model.rewardsAt(now).claim(user, now);
    // 3.5 each, of which 3 are paid
    expect([model.rewardsAt(now).owed(now), claimable(ALICE, now), claimable(BOB, now)]).to.deep.equal([1n, 0n, 0n]);
  });

  it("count a booster from the touch after its record on", () => {
    stake(ALICE, act(100));
    const rewards = model.rewardsAt(START);
    rewards.recordVote(ALICE, START);
    const noted = rewards.account(ALICE, START).weight;
    rewards.poke(ALICE, START);
    expect([noted, rewards.account(ALICE, START).weight]).to.deep.equal([act(100), act(115)]);
  });

  it("count a lapsed booster until the next touch", () => {
    stake(ALICE, act(100));
    model.rewardsAt(START).recordParticipation(ALICE, RECORDER, START);
    model.rewardsAt(START).poke(ALICE, START);
    const now = START + 30n * DAY;
    const { weight, boosterBps, currentBoosterBps } = model.rewardsAt(now).account(ALICE, now);
    expect([weight, boosterBps, currentBoosterBps]).to.deep.equal([act(110), 1_000n, 0n]);
  });

  it("are the same compounded, or claimed and staked", () => {
    const results = [false, true].map((isCompounded) => {
      model = councilModel();
      stake(ALICE, act(1_000), 30n);
      stake(BOB, act(2_000), 7n);
      begin(act(7_001));
      const now = START + 3n * DAY + 7n;
      if (isCompounded) model.compound(ALICE, 90n, now);
      else stake(ALICE, model.rewardsAt(now).claim(ALICE, now), 90n, now);
      const rewards = model.rewardsAt(now + DAY);
      return [
        model.stakingAt(now + DAY).account(ALICE),
        [ALICE, BOB].map((user) => rewards.claimable(user, now + DAY)),
        rewards.carry(),
      ];
    });
    expect(results[1]).to.deep.equal(results[0]);
  });

  it("are paid from the least claim on", () => {
    model = councilModel({ minClaim: act(701) });
    stake(ALICE, act(100));
    begin(act(700));
    const now = START + WEEK;
    const refused = () => model.rewardsAt(now).claim(ALICE, now);
    expectCouncilRevert(refused, "RewardTooSmall", [ALICE, act(700), act(701)]);
  });

  it("are paid whatever they are to who has no stake", () => {
    model = councilModel({ minClaim: act(701) });
    const positionId = stake(ALICE, act(100));
    begin(act(700));
    const now = START + WEEK;
    model.stakingAt(now).unstake(ALICE, positionId, now);
    expect(model.rewardsAt(now).claim(ALICE, now)).to.equal(act(700));
  });

  it("are never nothing", () => {
    model = councilModel({ minClaim: 0n });
    const refused = () => model.rewardsAt(START).claim(ALICE, START);
    expectCouncilRevert(refused, "RewardTooSmall", [ALICE, 0n, 0n]);
  });

  it("begin no period before the last one is over", () => {
    begin(act(1));
    const now = START + WEEK - 1n;
    const refused = () => model.rewardsAt(now).startPeriod(now);
    expectCouncilRevert(refused, "PeriodNotOver", [START + WEEK]);
  });

  it("begin no period of nothing", () => {
    expectCouncilRevert(() => model.rewardsAt(START).startPeriod(START), "NothingToStream", []);
  });
});

describe("council boosters", () => {
  const never = { participatedAt: 0n, votedAt: 0n, isLongTerm: false };

  it("add up", () => {
    const activity = { participatedAt: START, votedAt: START, isLongTerm: true };
    expect(boosterBpsAt(activity, COUNCIL_DEFAULTS, START)).to.equal(4_500n);
  });

  it("last until the end of the window", () => {
    const activity = { ...never, votedAt: START };
    const instants = [START + 30n * DAY - 1n, START + 30n * DAY];
    expect(instants.map((now) => boosterBpsAt(activity, COUNCIL_DEFAULTS, now))).to.deep.equal([1_500n, 0n]);
  });

  it("tell which of them lapses first", () => {
    const activity = { ...never, votedAt: START, participatedAt: START + DAY };
    expect(nextLapseAt(activity, COUNCIL_DEFAULTS, START + 2n * DAY)).to.equal(START + 30n * DAY);
  });

  it("tell that none lapses by itself", () => {
    expect(nextLapseAt({ ...never, isLongTerm: true }, COUNCIL_DEFAULTS, START)).to.equal(null);
  });

  it("weigh rounded down", () => {
    expect(weightDown(9n, 1_500n)).to.equal(10n);
  });
});

describe("council periods", () => {
  const period = { amount: 100n, startedAt: START, endsAt: START + 7n };

  it("stream rounded down, and all of it in the end", () => {
    const instants = [START - 1n, START, START + 1n, START + 6n, START + 7n, START + 8n];
    expect(instants.map((now) => streamedDown(period, now))).to.deep.equal([0n, 0n, 14n, 85n, 100n, 100n]);
  });

  it("stream nothing before the first", () => {
    expect(streamedDown({ amount: 0n, startedAt: 0n, endsAt: 0n }, START)).to.equal(0n);
  });

  it("project a reward by weight, rounded down", () => {
    const span = { from: START + 1n, to: START + 6n };
    expect(projectedRewardDown(period, { weight: 1n, totalWeight: 3n }, span)).to.equal(23n);
  });

  it("project nothing where nobody shares", () => {
    const span = { from: START, to: START + 7n };
    expect(projectedRewardDown(period, { weight: 0n, totalWeight: 0n }, span)).to.equal(0n);
  });
});
