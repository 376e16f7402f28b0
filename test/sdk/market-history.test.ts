import { expect } from "chai";
import { BPS } from "../../sdk/bounds.ts";
import type { MarketModel } from "../../sdk/market/model.ts";
import { type MarketParams, RAY } from "../../sdk/market/params.ts";
import { quoteCommit, quoteEarlyExit } from "../../sdk/market/quote.ts";
import { Side } from "../../sdk/market/side.ts";
import { anyMagnitude, type Random, randomFrom, randomParams } from "../fixtures/random.ts";
import { at, CREATED_AT, market, NO_LIMIT, SMALL } from "./market-fixtures.ts";

interface Entry {
  readonly id: bigint;
  readonly owner: string;
  readonly side: Side;
  readonly principal: bigint;
  readonly depositedAt: bigint;
  readonly allowance: bigint;
  /** Value of A - d x B up to which rewards were taken. */
  checkpoint: bigint;
  taken: bigint;
}

/** Runs a market and keeps books of its own in the constant-time form: lines per side, accumulators per position. */
class Bookkeeper {
  readonly model: MarketModel;
  readonly entries: Entry[] = [];
  now = CREATED_AT;
  paidIn = 0n;
  paidOut = 0n;
  readonly principal: [bigint, bigint] = [0n, 0n];
  readonly principalTime: [bigint, bigint] = [0n, 0n];

  constructor(params: MarketParams) {
    this.model = market(params);
  }

  commit(owner: string | null, side: Side, amount: bigint): void {
    const { model, now } = this;
    const before = model.state(now);
    const quote = quoteCommit({ params: model.params, state: before, amount });
    const done = owner === null ? model.commitAuthor(amount, now) : model.commit(owner, side, amount, NO_LIMIT, now);
    if (owner !== null) expect(done).to.include(quote);
    const after = model.state(now);
    const nominal = (amount * done.feeBps) / BPS;
    const isWithinCap = (fee: bigint) =>
      (before.srp + fee) * BPS <=
      model.params.maxSrpBps * (before.supportPrincipal + before.opposePrincipal + amount - fee);
    expect(done.fee === 0n || isWithinCap(done.fee), "fee within the cap").to.equal(true);
    expect(done.fee === nominal || !isWithinCap(done.fee + 1n), "fee not lower than it must be").to.equal(true);
    expect(done.principal + done.fee).to.equal(amount);

    this.paidIn += amount;
    const depositedAt = now - CREATED_AT;
    const checkpoint = after.timeRewardPerWeight - depositedAt * after.rewardPerWeight;
    const { positionId: id, principal, rewardAllowance: allowance } = done;
    this.entries.push({ id, owner: owner ?? "author", side, principal, depositedAt, allowance, checkpoint, taken: 0n });
    this.#move(side, principal, depositedAt);
  }

  claim(entry: Entry): void {
    const earned = this.wholeOf(entry);
    const { reward, excess } = this.model.claimRewards(entry.owner, entry.id, this.now);
    expect(reward + excess).to.equal(earned);
    entry.checkpoint += (earned * RAY + entry.principal - 1n) / entry.principal;
    entry.taken += reward;
    this.paidOut += reward;
  }

  withdraw(entry: Entry): void {
    const expected = this.model.pendingRewards(entry.id);
    const { principal, reward } = this.model.withdraw(entry.owner, entry.id, this.now);
    expect([principal, reward]).to.deep.equal([entry.principal, expected]);
    this.paidOut += principal + reward;
    this.#drop(entry);
  }

  exitEarly(entry: Entry): void {
    const { model, now } = this;
    const earned = this.wholeOf(entry);
    const quote = quoteEarlyExit({ params: model.params, state: model.state(now), principal: entry.principal });
    const { returned, penalty, forfeited } = model.exitEarly(entry.owner, entry.id, now);
    expect({ returned, penalty }).to.deep.equal(quote);
    expect([returned + penalty, forfeited]).to.deep.equal([entry.principal, earned]);
    if (penalty > 0n) {
      const { srp, supportPrincipal, opposePrincipal } = model.state(now);
      expect(srp * BPS <= model.params.maxSrpBps * (supportPrincipal + opposePrincipal)).to.equal(true);
    }
    this.paidOut += returned;
    this.#drop(entry);
  }

  /** a x (X - X at the checkpoint), in whole units. */
  wholeOf(entry: Entry): bigint {
    const { timeRewardPerWeight, rewardPerWeight } = this.model.state(this.now);
    const accumulated = timeRewardPerWeight - entry.depositedAt * rewardPerWeight;
    return (entry.principal * (accumulated - entry.checkpoint)) / RAY;
  }

  check(): void {
    const { model, now } = this;
    const state = model.state(now);
    const t = now - CREATED_AT;
    for (const side of [Side.Support, Side.Oppose]) {
      expect(model.weight(side, now)).to.equal(t * this.principal[side] - this.principalTime[side]);
    }
    expect([state.supportPrincipal, state.opposePrincipal]).to.deep.equal(this.principal);
    expect(this.paidIn).to.equal(this.paidOut + state.supportPrincipal + state.opposePrincipal + state.srp);

    let earned = 0n;
    for (const entry of this.entries) {
      const whole = this.wholeOf(entry);
      const room = entry.allowance - entry.taken;
      expect(model.pendingRewards(entry.id)).to.equal(whole < room ? whole : room);
      expect(model.position(entry.id).rewardAllowance).to.equal(room);
      earned += whole;
    }
    expect(state.undistributed >= 0n && state.srp >= earned + state.undistributed, "pool covers claims").to.equal(true);
  }

  #move(side: Side, principalDelta: bigint, depositedAt: bigint): void {
    this.principal[side] += principalDelta;
    this.principalTime[side] += principalDelta * depositedAt;
  }

  #drop(entry: Entry): void {
    this.entries.splice(this.entries.indexOf(entry), 1);
    this.#move(entry.side, -entry.principal, entry.depositedAt);
  }
}

function step(books: Bookkeeper, random: Random): void {
  const { params } = books.model;
  const pause = random(0n, 9n);
  if (pause > 2n) books.now += pause === 9n ? random(0n, params.lockPeriod) : anyMagnitude(random, 1n, 3_600n);
  const amount = anyMagnitude(random, params.minStake, params.maxStake);
  const entry = books.entries[Number(random(0n, BigInt(books.entries.length)))];
  const action = random(0n, 7n);
  if (entry === undefined || action <= 2n) {
    books.commit(`account${random(1n, 3n)}`, random(0n, 1n) === 0n ? Side.Support : Side.Oppose, amount);
    return;
  }
  const age = books.now - CREATED_AT - entry.depositedAt;
  if (action === 3n) books.model.distribute(books.now);
  else if (action <= 5n && age >= params.minRewardDuration) books.claim(entry);
  else if (age >= params.lockPeriod) books.withdraw(entry);
  else if (action === 7n && params.earlyExitPenaltyBps > 0n) books.exitEarly(entry);
}

describe("market model: any history", () => {
  for (let seed = 1; seed <= 30; seed++) {
    it(`covers every claim, conserves every unit and pays everybody out (seed ${seed})`, () => {
      const random = randomFrom(seed);
      const books = new Bookkeeper(randomParams(random));
      const { minStake, maxStake, lockPeriod } = books.model.params;
      if (random(0n, 1n) === 1n) books.commit(null, Side.Support, anyMagnitude(random, minStake, maxStake));
      for (let k = 0; k < 120; k++) {
        step(books, random);
        books.check();
      }
      books.now += lockPeriod;
      for (const entry of [...books.entries]) {
        books.withdraw(entry);
        books.check();
      }
      const { srp, undistributed, supportPrincipal, opposePrincipal } = books.model.state(books.now);
      expect([supportPrincipal, opposePrincipal, srp]).to.deep.equal([0n, 0n, undistributed]);
    });
  }

  it("claiming after every step earns what claiming once does, to the unit", () => {
    const random = randomFrom(77);
    const params = { ...SMALL, maxStake: 10n ** 15n, maxUserRewardBps: 2n ** 32n - 1n };
    const often = market(params);
    const once = market(params);
    for (const model of [often, once]) {
      model.commit("alice", Side.Support, 10n ** 12n, NO_LIMIT, CREATED_AT);
      model.commit("bob", Side.Oppose, 10n ** 12n, NO_LIMIT, CREATED_AT);
    }
    let total = 0n;
    for (let now = at(1n); now < at(500n); now += 1n) {
      const amount = random(100n, 100_000n);
      for (const model of [often, once]) model.commit("carol", Side.Support, amount, NO_LIMIT, now);
      total += often.claimRewards("alice", 1n, now).reward;
    }
    const paidOnce = once.pendingRewards(1n);
    expect(paidOnce > 0n && (total === paidOnce || total === paidOnce - 1n)).to.equal(true);
  });
});
