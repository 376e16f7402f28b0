import { expect } from "chai";
import { id } from "ethers";
import { Side } from "../../sdk/market/side.ts";
import { MAX_AMOUNT, WAD } from "../../sdk/stake/math.ts";
import type { StakeModel } from "../../sdk/stake/model.ts";
import { ADDRESSES, ALICE, BOB, CLAIM, commit, expectStakeRevert, OTHER_CLAIM, stakeWorld } from "./stake-fixtures.ts";

const [LONG, SHORT] = [Side.Support, Side.Oppose];
const UNKNOWN = id("a claim that nobody made");

describe("stake model: venue", () => {
  let model: StakeModel;
  beforeEach(() => {
    model = stakeWorld();
  });

  describe("buying", () => {
    it("locks 2 per cent, rounded down, and skims it from who has no stake", () => {
      // 5,099 / 50 = 101.98; the first tokens of a pool cost a unit each
      expect(model.venue.buy(ALICE, CLAIM, LONG, 5_099n, 0n)).to.deep.equal({ tokens: 4_998n, skim: 101n });
    });

    it("leaves the amount to the reserve where the stake covers the lock", () => {
      model.vault.deposit(ALICE, 101n);
      expect(model.venue.buy(ALICE, CLAIM, LONG, 5_099n, 0n)).to.deep.equal({ tokens: 5_099n, skim: 0n });
    });

    it("replaces the lock of the side and leaves that of the other", () => {
      for (const [side, amount] of [
        [LONG, 5_000n],
        [SHORT, 1_000n],
        [LONG, 150n],
      ] as const)
        model.venue.buy(ALICE, CLAIM, side, amount, 0n);
      expect([LONG, SHORT].map((side) => model.vault.lockOf(ALICE, CLAIM, side))).to.deep.equal([3n, 20n]);
    });

    it("moves the skim to the vault and the rest to the venue", () => {
      model.venue.buy(ALICE, CLAIM, LONG, 5_000n, 0n);
      const { vault, venue } = ADDRESSES;
      expect([vault, venue].map((holder) => model.assets.balanceOf(holder))).to.deep.equal([100n, 4_900n]);
    });

    it("is refused below 50 units, before the pool is looked for", () => {
      expectStakeRevert(() => model.venue.buy(ALICE, UNKNOWN, LONG, 49n, 0n), "AmountTooSmall", [49n, 50n]);
    });

    it("is refused without a pool", () => {
      expectStakeRevert(() => model.venue.buy(ALICE, UNKNOWN, LONG, 50n, 0n), "PoolUnknown", [UNKNOWN]);
    });

    it("is refused where more than half would go to the stake, and accepted at half", () => {
      model.venue.buy(ALICE, CLAIM, LONG, 5_000n, 0n);
      model.vault.debit(ADDRESSES.serum, ALICE, 50n);
      // 50 missing, and 1 or 2 more for the new lock: 52 of 100 and 52 of 104
      expectStakeRevert(() => model.venue.buy(ALICE, OTHER_CLAIM, LONG, 100n, 0n), "SkimTooLarge", [52n, 100n]);
      expect(model.venue.buy(ALICE, OTHER_CLAIM, LONG, 104n, 0n).skim).to.equal(52n);
    });

    it("is refused below the buyer's minimum, and accepted at it", () => {
      const act = (minTokens: bigint) => model.venue.buy(ALICE, CLAIM, LONG, 5_000n, minTokens);
      expectStakeRevert(() => act(4_901n), "SlippageExceeded", [4_900n, 4_901n]);
      expect(act(4_900n).tokens).to.equal(4_900n);
    });

    it("is refused above what the reserve can count, and accepted at it", () => {
      model.assets.mint(ALICE, 2n * MAX_AMOUNT);
      model.vault.deposit(ALICE, MAX_AMOUNT);
      const act = (amount: bigint) => model.venue.buy(ALICE, CLAIM, LONG, amount, 0n);
      expectStakeRevert(() => act(MAX_AMOUNT + 1n), "ReserveTooLarge", [MAX_AMOUNT + 1n, MAX_AMOUNT]);
      expect(act(MAX_AMOUNT).tokens).to.equal(MAX_AMOUNT);
    });

    it("takes nothing where the vault refuses the lock", () => {
      model.assets.mint(BOB, MAX_AMOUNT);
      model.vault.deposit(BOB, MAX_AMOUNT);
      const before = model.assets.balanceOf(ALICE);
      const act = () => model.venue.buy(ALICE, CLAIM, LONG, 100n, 0n);
      expectStakeRevert(act, "StakeTooLarge", [MAX_AMOUNT + 2n, MAX_AMOUNT]);
      expect(model.assets.balanceOf(ALICE)).to.equal(before);
    });
  });

  describe("selling", () => {
    beforeEach(() => {
      model.vault.deposit(ALICE, 1_000n);
      model.venue.buy(ALICE, CLAIM, LONG, 5_000n, 0n);
    });

    it("leaves the lock as it is while tokens are left", () => {
      model.venue.sell(ALICE, CLAIM, LONG, 4_999n, 0n);
      expect(model.venue.grossLock(ALICE, CLAIM)).to.equal(100n);
    });

    it("frees the lock with the last token", () => {
      model.venue.sell(ALICE, CLAIM, LONG, 5_000n, 0n);
      expect(model.venue.grossLock(ALICE, CLAIM)).to.equal(0n);
    });

    it("keeps encumbered what a voice has at risk", () => {
      commit(model, { user: ALICE, belief: 0.5, meta: 0.5 });
      model.venue.sell(ALICE, CLAIM, LONG, 5_000n, 0n);
      expect([model.vault.encumbered(ALICE), model.vault.withdrawable(ALICE)]).to.deep.equal([100n, 900n]);
    });

    it("pays nothing where the tokens are worth less than a unit, and frees the lock with the last of them", () => {
      model.venue.buy(BOB, CLAIM, SHORT, 10n ** 9n, 0n);
      model.venue.buy(BOB, CLAIM, LONG, 100n, 0n);
      model.venue.sell(ALICE, CLAIM, LONG, 4_999n, 0n);
      expect(model.venue.sell(ALICE, CLAIM, LONG, 1n, 0n)).to.equal(0n);
      expect(model.venue.grossLock(ALICE, CLAIM)).to.equal(0n);
    });

    it("is refused for no tokens, before the pool is looked for", () => {
      expectStakeRevert(() => model.venue.sell(ALICE, UNKNOWN, LONG, 0n, 0n), "TokensZero", []);
    });

    it("is refused without a pool", () => {
      expectStakeRevert(() => model.venue.sell(ALICE, UNKNOWN, LONG, 1n, 0n), "PoolUnknown", [UNKNOWN]);
    });

    it("is refused above what the seller holds", () => {
      model.venue.buy(BOB, CLAIM, LONG, 5_000n, 0n);
      expectStakeRevert(() => model.venue.sell(ALICE, CLAIM, LONG, 5_001n, 0n), "HoldingExceeded", [5_001n, 5_000n]);
    });

    it("is refused below the seller's minimum", () => {
      expectStakeRevert(() => model.venue.sell(ALICE, CLAIM, LONG, 5_000n, 5_001n), "SlippageExceeded", [
        5_000n,
        5_001n,
      ]);
    });
  });

  describe("pools and pauses", () => {
    it("a pool needs a claim", () => {
      expectStakeRevert(() => model.venue.createPool(ALICE, UNKNOWN), "ClaimUnknown", [UNKNOWN]);
    });

    it("a claim has one pool", () => {
      expectStakeRevert(() => model.venue.createPool(BOB, CLAIM), "PoolAlreadyExists", [CLAIM]);
    });

    it("a pause stops buying and not selling", () => {
      model.venue.buy(ALICE, CLAIM, LONG, 5_000n, 0n);
      model.venue.pauseEntries();
      expectStakeRevert(() => model.venue.buy(ALICE, CLAIM, LONG, 0n, 0n), "EnforcedPause", []);
      expect(model.venue.sell(ALICE, CLAIM, LONG, 1n, 0n)).to.equal(1n);
    });

    it("a pause begins and ends once", () => {
      expectStakeRevert(() => model.venue.unpauseEntries(), "ExpectedPause", []);
      model.venue.pauseEntries();
      expectStakeRevert(() => model.venue.pauseEntries(), "EnforcedPause", []);
    });

    it("quotes a sale up to what all hold together", () => {
      model.vault.deposit(ALICE, 100n);
      model.venue.buy(ALICE, CLAIM, LONG, 5_000n, 0n);
      expect(model.venue.quoteSell(CLAIM, LONG, 5_000n)).to.equal(5_000n);
      expectStakeRevert(() => model.venue.quoteSell(CLAIM, LONG, 5_001n), "HoldingExceeded", [5_001n, 5_000n]);
    });

    it("prices both sides of a new pool at one", () => {
      expect([model.venue.price(CLAIM, LONG), model.venue.marketBelief(CLAIM)]).to.deep.equal([WAD, WAD / 2n]);
    });
  });
});
