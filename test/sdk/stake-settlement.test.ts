import { expect } from "chai";
import { CredenceError } from "../../sdk/errors.ts";
import { WAD } from "../../sdk/stake/math.ts";
import type { StakeModel } from "../../sdk/stake/model.ts";
import {
  ALICE,
  BOB,
  CAROL,
  CLAIM,
  commit,
  DAVE,
  expectStakeRevert,
  finish,
  lock,
  reveal,
  settle,
  speak,
  stakeWorld,
  USD,
} from "./stake-fixtures.ts";

const LOCK = 30n * USD;
/** ln 1.25 of `LOCK`, rounded up: what Carol loses in `DISPUTE`. */
const LOSS = 6_694_307n;
/** Alice and Bob expect what others say; Carol expects 0.2, and loses KL(0.5 || 0.2) = ln 1.25 to the two of them. */
const DISPUTE = [
  { user: ALICE, belief: 0.5, meta: 0.5 },
  { user: BOB, belief: 0.5, meta: 0.5 },
  { user: CAROL, belief: 0.5, meta: 0.2 },
];

describe("stake model: settlement", () => {
  let model: StakeModel;
  beforeEach(() => {
    model = stakeWorld();
    for (const user of [ALICE, BOB, CAROL]) lock(model, user, LOCK);
    model.events.take();
  });
  afterEach(() => model.checkConservation());

  const stakesOf = (...users: string[]) => users.map((user) => model.vault.totalStake(user));
  const told = () => model.events.take().map(({ name }) => name);

  describe("when some win and some lose", () => {
    beforeEach(() => speak(model, DISPUTE));

    it("takes the loss, rounded up, when it scores", () => {
      settle(model);
      expect(stakesOf(ALICE, BOB, CAROL)).to.deep.equal([LOCK, LOCK, LOCK - LOSS]);
    });

    it("gives winners equal parts of the pot, rounded down", () => {
      finish(model);
      expect(stakesOf(ALICE, BOB, CAROL)).to.deep.equal([LOCK + LOSS / 2n, LOCK + LOSS / 2n, LOCK - LOSS]);
    });

    it("carries over what rounding left", () => {
      finish(model);
      expect([model.serum.carriedOf(CLAIM), model.vault.pots()]).to.deep.equal([1n, 1n]);
    });

    it("puts what was carried over into the pot of the next epoch", () => {
      finish(model);
      speak(
        model,
        DISPUTE.map((said) => ({ ...said, epoch: 1n })),
      );
      finish(model, { epoch: 1n });
      expect(model.serum.epochState(CLAIM, 1n).pot).to.equal(LOSS + 1n);
      expect(model.serum.carriedOf(CLAIM)).to.equal(0n);
    });

    it("leaves locks as they are and ends the risk", () => {
      finish(model);
      expect(model.vault.exposureOf(CAROL, CLAIM)).to.deep.equal({ grossLock: LOCK, atRisk: 0n });
    });

    it("stops where it is told and resumes there", () => {
      const calls = [2n, 0n, 2n, 2n].map((maxCount) => settle(model, { maxCount }));
      expect(calls).to.deep.equal([
        { processed: 2n, done: false },
        { processed: 0n, done: false },
        { processed: 1n, done: true },
        { processed: 0n, done: true },
      ]);
    });

    it("tells the scores in the order of commits, and the result last", () => {
      model.events.take();
      settle(model);
      expect(told()).to.deep.equal(["BeliefScored", "BeliefScored", "Debited", "BeliefScored", "EpochSettled"]);
    });

    it("distributes past those who have claimed", () => {
      settle(model);
      model.serum.claim(BOB, CLAIM, 0n);
      model.events.take();
      expect(model.serum.distribute(CLAIM, 0n, 2n)).to.deep.equal({ processed: 2n, done: false });
      expect(told()).to.deep.equal(["Credited", "AtRiskSet", "PartPaid", "PartsDistributed"]);
    });

    it("is over when the last one claims", () => {
      settle(model);
      for (const user of [CAROL, ALICE]) model.serum.claim(user, CLAIM, 0n);
      model.events.take();
      model.serum.claim(BOB, CLAIM, 0n);
      expect(told().slice(-2)).to.deep.equal(["PartsDistributed", "EpochDistributed"]);
      expect(model.serum.distribute(CLAIM, 0n, 9n)).to.deep.equal({ processed: 0n, done: true });
    });

    it("is not claimed twice", () => {
      settle(model);
      model.serum.claim(BOB, CLAIM, 0n);
      expectStakeRevert(() => model.serum.claim(BOB, CLAIM, 0n), "AlreadyDistributed", [CLAIM, 0n, BOB]);
    });

    it("is claimed by participants only", () => {
      settle(model);
      expectStakeRevert(() => model.serum.claim(DAVE, CLAIM, 0n), "NotParticipant", [CLAIM, 0n, DAVE]);
    });

    it("is not distributed before the last is scored", () => {
      settle(model, { maxCount: 2n });
      expectStakeRevert(() => model.serum.distribute(CLAIM, 0n, 9n), "EpochNotSettled", [CLAIM, 0n]);
      expectStakeRevert(() => model.serum.claim(DAVE, CLAIM, 0n), "EpochNotSettled", [CLAIM, 0n]);
    });

    it("waits for the window to be over", () => {
      const act = () => model.serum.settle(CLAIM, 0n, 9n, 11_399n);
      expectStakeRevert(act, "EpochNotSettleable", [0n, 11_400n]);
    });

    it("says what they believed together once settled", () => {
      expectStakeRevert(() => model.serum.consensus(CLAIM, 0n), "EpochNotSettled", [CLAIM, 0n]);
      settle(model);
      expect(model.serum.consensus(CLAIM, 0n)).to.equal(WAD / 2n);
    });

    it("counts with the scores it is given", () => {
      const given = -223_143_552_000_000_000n; // 7e-10 below -ln 1.25
      // the others: KL(0.5 || 0.35)
      model.serum.settle(CLAIM, 0n, 9n, 11_400n, (user) => (user === CAROL ? given : 47_155_339_735_620_610n));
      expect(model.serum.participant(CLAIM, 0n, CAROL)).to.include({ score: given, taken: LOSS });
    });

    it("refuses a score that is not that of the rules", () => {
      const act = () => model.serum.settle(CLAIM, 0n, 9n, 11_400n, () => WAD / 2n);
      expect(act).to.throw(CredenceError, "the score is not that of the rules");
    });
  });

  describe("when nobody gains", () => {
    it("gives back what a belief that stayed sealed had lost", () => {
      for (const said of DISPUTE) commit(model, { ...said, meta: 0.5 });
      for (const user of [ALICE, BOB]) reveal(model, { user, belief: 0.5, meta: 0.5 });
      settle(model);
      expect(stakesOf(ALICE, BOB, CAROL)).to.deep.equal([LOCK, LOCK, 0n]);
      model.serum.distribute(CLAIM, 0n, 9n);
      expect(stakesOf(ALICE, BOB, CAROL)).to.deep.equal([LOCK, LOCK, LOCK]);
    });

    it("leaves what was carried over where it is", () => {
      speak(model, DISPUTE);
      finish(model);
      speak(
        model,
        DISPUTE.map((said) => ({ ...said, meta: 0.5, epoch: 1n })),
      );
      finish(model, { epoch: 1n });
      expect(model.serum.epochState(CLAIM, 1n)).to.include({ isVoid: true, pot: 0n });
      expect(model.serum.carriedOf(CLAIM)).to.equal(1n);
    });
  });

  describe("when fewer than two beliefs are opened", () => {
    beforeEach(() => {
      for (const said of DISPUTE) commit(model, said);
      reveal(model, { user: ALICE, belief: 0.5, meta: 0.5 });
      model.events.take();
    });

    it("is settled at once, whatever the limit", () => {
      expect(settle(model, { maxCount: 1n })).to.deep.equal({ processed: 3n, done: true });
    });

    it("scores nobody and takes nothing", () => {
      settle(model);
      expect(told()).to.deep.equal(["EpochSettled"]);
      expect(model.serum.participant(CLAIM, 0n, BOB)).to.include({ score: 0n, taken: 0n, isScored: true });
    });

    it("ends the risk when distributed", () => {
      finish(model);
      expect(model.vault.exposureOf(BOB, CLAIM).atRisk).to.equal(0n);
    });
  });

  it("has no consensus where nothing was opened", () => {
    commit(model, { user: ALICE, belief: 0.5, meta: 0.5 });
    settle(model);
    expectStakeRevert(() => model.serum.consensus(CLAIM, 0n), "ConsensusMissing", [CLAIM, 0n]);
  });

  it("needs somebody to have joined", () => {
    expectStakeRevert(() => settle(model), "EpochNotJoined", [CLAIM, 0n]);
  });

  it("knows nothing of an epoch that nobody joined", () => {
    const { isSettled, isVoid, isSurprisinglyPopular, ...figures } = model.serum.epochState(CLAIM, 0n);
    expect([isSettled, isVoid, isSurprisinglyPopular]).to.deep.equal([false, false, false]);
    expect(new Set(Object.values(figures))).to.deep.equal(new Set([0n]));
  });

  it("takes a sealed belief's whole weight, and from an emptied stake nothing", () => {
    // Carol's stake is behind two voices: what is at risk on a claim is the larger of them
    const epochs = [0n, 1n];
    for (const epoch of epochs) commit(model, { user: CAROL, belief: 0.5, meta: 0.5, epoch });
    const others = epochs.flatMap((epoch) => [
      { user: ALICE, belief: 0.6, meta: 0.5, epoch },
      { user: BOB, belief: 0.7, meta: 0.5, epoch },
    ]);
    speak(model, others);
    for (const epoch of epochs) settle(model, { epoch });
    const taken = epochs.map((epoch) => model.serum.participant(CLAIM, epoch, CAROL).taken);
    expect(taken).to.deep.equal([LOCK, 0n]);
  });

  it("does not touch who raised no voice", () => {
    lock(model, DAVE, LOCK);
    speak(model, DISPUTE);
    finish(model);
    expect([model.vault.totalStake(DAVE), model.vault.exposureOf(DAVE, CLAIM).atRisk]).to.deep.equal([LOCK, 0n]);
  });
});
