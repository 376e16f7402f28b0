import { expect } from "chai";
import { Side } from "../../sdk/market/side.ts";
import { WAD } from "../../sdk/stake/math.ts";
import type { StakeModel } from "../../sdk/stake/model.ts";
import { sealBelief } from "../../sdk/stake/seal.ts";
import {
  ADDRESSES,
  ALICE,
  BOB,
  CAROL,
  CLAIM,
  commit,
  expectStakeRevert,
  finish,
  lock,
  openingOf,
  reveal,
  SALT,
  settle,
  speak,
  stakeWorld,
  USD,
  wad,
} from "./stake-fixtures.ts";

const SAID = { user: ALICE, belief: 0.5, meta: 0.5 };

describe("stake model: voices", () => {
  let model: StakeModel;
  beforeEach(() => {
    model = stakeWorld();
    lock(model, ALICE, 30n * USD);
    model.events.take();
  });

  describe("committing", () => {
    it("weighs the gross lock of the instant and puts it at risk", () => {
      model.venue.buy(ALICE, CLAIM, Side.Oppose, 500n * USD, 0n);
      commit(model, SAID);
      expect(model.vault.exposureOf(ALICE, CLAIM)).to.deep.equal({ grossLock: 40n * USD, atRisk: 40n * USD });
    });

    it("again replaces seal and weight and keeps the place in the order", () => {
      lock(model, BOB, 5n * USD);
      commit(model, { user: ALICE, belief: 0.9, meta: 0.9 });
      commit(model, { user: BOB, belief: 0.5, meta: 0.5 });
      lock(model, ALICE, 20n * USD);
      commit(model, SAID);
      reveal(model, SAID);
      expect(model.serum.participants(CLAIM, 0n, 0n, 9n)).to.deep.equal([ALICE, BOB]);
      expect(model.serum.participant(CLAIM, 0n, ALICE)).to.include({ weight: 20n * USD, belief: wad(0.5) });
    });

    it("again with a smaller lock puts less at risk", () => {
      commit(model, SAID);
      lock(model, ALICE, 20n * USD);
      commit(model, SAID);
      expect(model.vault.exposureOf(ALICE, CLAIM).atRisk).to.equal(20n * USD);
    });

    it("needs a lock", () => {
      expectStakeRevert(() => commit(model, { ...SAID, user: BOB }), "LockMissing", [CLAIM, BOB]);
    });

    it("is refused while commits are paused, even without a lock", () => {
      model.serum.pauseCommits();
      expectStakeRevert(() => commit(model, { ...SAID, user: BOB }), "EnforcedPause", []);
    });

    it("for a certain epoch joins it", () => {
      model.serum.commitBeliefIn(ALICE, CLAIM, 0n, SALT, 10_999n);
      expect(model.serum.epochState(CLAIM, 0n).joined).to.equal(1n);
    });

    it("for a certain epoch is refused in the next", () => {
      const act = () => model.serum.commitBeliefIn(ALICE, CLAIM, 0n, SALT, 11_000n);
      expectStakeRevert(act, "EpochNotCurrent", [0n, 1n]);
    });

    it("belongs to the epoch until its last second", () => {
      model.serum.commitBelief(ALICE, CLAIM, SALT, 10_999n);
      expect([0n, 1n].map((epoch) => model.serum.epochState(CLAIM, epoch).joined)).to.deep.equal([1n, 0n]);
    });
  });

  describe("voices in several epochs", () => {
    beforeEach(() => {
      commit(model, SAID);
      lock(model, ALICE, 10n * USD);
      commit(model, { ...SAID, epoch: 1n });
    });

    it("risk the largest of their weights", () => {
      expect(model.vault.exposureOf(ALICE, CLAIM)).to.deep.equal({ grossLock: 10n * USD, atRisk: 30n * USD });
    });

    it("risk what is left once the largest has its part", () => {
      finish(model);
      expect(model.vault.exposureOf(ALICE, CLAIM).atRisk).to.equal(10n * USD);
    });

    it("may be three", () => {
      commit(model, { ...SAID, epoch: 2n });
      expect(model.serum.epochState(CLAIM, 2n).joined).to.equal(1n);
    });

    it("may not be further apart than two epochs", () => {
      const act = () => commit(model, { ...SAID, epoch: 3n });
      expectStakeRevert(act, "EarlierVoiceUnsettled", [CLAIM, ALICE, 1n]);
    });

    it("may go on once the oldest has its part", () => {
      settle(model);
      model.serum.claim(ALICE, CLAIM, 0n);
      commit(model, { ...SAID, epoch: 3n });
      expect(model.serum.epochState(CLAIM, 3n).joined).to.equal(1n);
    });
  });

  describe("opening", () => {
    beforeEach(() => commit(model, SAID));

    it("counts the belief with its weight", () => {
      reveal(model, { ...SAID });
      const { opened, openedWeight, consensus, meanMeta, supportShare } = model.serum.epochState(CLAIM, 0n);
      expect([opened, openedWeight, consensus, meanMeta, supportShare]).to.deep.equal([
        1n,
        30n * USD,
        wad(0.5),
        wad(0.5),
        0n,
      ]);
    });

    for (const field of ["belief", "meta"] as const) {
      it(`refuses a ${field} above one before it looks at the time`, () => {
        const opening = { ...openingOf(SAID), [field]: WAD + 1n };
        expectStakeRevert(() => model.serum.revealBelief(opening, 10_000n), "BeliefOutOfRange", [WAD + 1n, WAD]);
      });
    }

    it("is too early in the epoch's last second", () => {
      expectStakeRevert(() => model.serum.revealBelief(openingOf(SAID), 10_999n), "RevealNotOpen", [0n, 11_000n]);
    });

    it("is too late once the epoch can be settled", () => {
      expectStakeRevert(() => model.serum.revealBelief(openingOf(SAID), 11_400n), "RevealClosed", [0n, 11_400n]);
    });

    it("needs a commit", () => {
      expectStakeRevert(() => reveal(model, { ...SAID, user: BOB }), "NotParticipant", [CLAIM, 0n, BOB]);
    });

    it("happens once", () => {
      reveal(model, SAID);
      expectStakeRevert(() => reveal(model, SAID), "AlreadyRevealed", [CLAIM, 0n, ALICE]);
    });

    it("needs what was sealed", () => {
      const other = { ...SAID, meta: 0.6 };
      const chain = { chainId: 31_337n, truthSerum: ADDRESSES.serum };
      const computedSeal = sealBelief({ ...openingOf(other), ...chain });
      expectStakeRevert(() => reveal(model, other), "SealMismatch", [CLAIM, 0n, ALICE, computedSeal]);
    });

    it("goes on while commits are paused", () => {
      model.serum.pauseCommits();
      reveal(model, SAID);
      expect(model.serum.epochState(CLAIM, 0n).opened).to.equal(1n);
    });
  });

  it("lists participants a page at a time", () => {
    for (const user of [BOB, CAROL]) lock(model, user, USD);
    speak(
      model,
      [CAROL, ALICE, BOB].map((user) => ({ ...SAID, user })),
    );
    expect([0n, 2n, 3n].map((offset) => model.serum.participants(CLAIM, 0n, offset, 2n))).to.deep.equal([
      [CAROL, ALICE],
      [BOB],
      [],
    ]);
  });
});
