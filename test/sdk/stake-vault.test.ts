import { expect } from "chai";
import { Side } from "../../sdk/market/side.ts";
import { MAX_AMOUNT } from "../../sdk/stake/math.ts";
import type { StakeModel } from "../../sdk/stake/model.ts";
import {
  ADDRESSES,
  ALICE,
  BOB,
  CLAIM,
  expectStakeRevert,
  lock,
  OTHER_CLAIM,
  stakeWorld,
  USD,
  WEALTH,
} from "./stake-fixtures.ts";

const { vault: VAULT, venue: VENUE, serum: SERUM } = ADDRESSES;

describe("stake model: vault", () => {
  let model: StakeModel;
  beforeEach(() => {
    model = stakeWorld();
  });

  /** Moves a loss of Bob's to Alice, or the other way round. */
  function move(from: string, to: string, amount: bigint): void {
    model.vault.credit(SERUM, to, model.vault.debit(SERUM, from, amount));
  }

  describe("the figures of the mechanism's description", () => {
    it("a purchase for 500 with a stake of 15 and 10 locked skims 5", () => {
      model.vault.deposit(BOB, 100n * USD);
      lock(model, ALICE, 10n * USD); // skims 10
      move(BOB, ALICE, 5n * USD);
      expect(model.venue.buy(ALICE, OTHER_CLAIM, Side.Support, 500n * USD, 0n).skim).to.equal(5n * USD);
    });

    describe("when losses left a stake of 25 behind locks of 20 and 10", () => {
      beforeEach(() => {
        lock(model, ALICE, 20n * USD);
        lock(model, ALICE, 10n * USD, OTHER_CLAIM);
        move(ALICE, BOB, 5n * USD);
      });

      it("a purchase for 100 replaces the lock of 20 by 2 and skims nothing", () => {
        const { skim } = model.venue.buy(ALICE, CLAIM, Side.Support, 100n * USD, 0n);
        expect([skim, model.vault.lockOf(ALICE, CLAIM, Side.Support)]).to.deep.equal([0n, 2n * USD]);
      });

      it("the smaller lock makes the stake cover the locks again", () => {
        model.venue.buy(ALICE, CLAIM, Side.Support, 100n * USD, 0n);
        expect([model.vault.totalStake(ALICE), model.vault.totalLocked(ALICE)]).to.deep.equal([25n * USD, 12n * USD]);
      });

      it("nothing can be withdrawn", () => {
        expect(model.vault.withdrawable(ALICE)).to.equal(0n);
      });

      it("selling all of the position behind the lock of 10 leaves 5 to withdraw", () => {
        const held = model.venue.balanceOf(ALICE, OTHER_CLAIM, Side.Support);
        model.venue.sell(ALICE, OTHER_CLAIM, Side.Support, held, 0n);
        expect(model.vault.withdrawable(ALICE)).to.equal(5n * USD);
      });
    });
  });

  describe("deposits and withdrawals", () => {
    it("a deposit moves the asset and can be withdrawn", () => {
      model.vault.deposit(ALICE, 7n);
      model.vault.withdraw(ALICE, 7n);
      expect([model.assets.balanceOf(ALICE), model.assets.balanceOf(VAULT), model.vault.stakes()]).to.deep.equal([
        WEALTH,
        0n,
        0n,
      ]);
    });

    it("nothing is refused as too little to move", () => {
      expectStakeRevert(() => model.vault.deposit(ALICE, 0n), "AmountZero", []);
      expectStakeRevert(() => model.vault.withdraw(ALICE, 0n), "AmountZero", []);
    });

    it("a withdrawal stops at what is not encumbered", () => {
      lock(model, ALICE, 10n * USD);
      model.vault.deposit(ALICE, 3n);
      expectStakeRevert(() => model.vault.withdraw(ALICE, 4n), "WithdrawableExceeded", [4n, 3n]);
    });

    it("stakes and pots together stay within what can be counted", () => {
      model.assets.mint(ALICE, MAX_AMOUNT);
      model.vault.deposit(BOB, 10n);
      model.vault.debit(SERUM, BOB, 4n);
      const room = MAX_AMOUNT - 10n;
      expectStakeRevert(() => model.vault.deposit(ALICE, room + 1n), "StakeTooLarge", [MAX_AMOUNT + 1n, MAX_AMOUNT]);
      model.vault.deposit(ALICE, room);
      expect(model.vault.stakes() + model.vault.pots()).to.equal(MAX_AMOUNT);
    });

    it("nobody stakes what they do not have", () => {
      expectStakeRevert(() => model.vault.deposit(ALICE, WEALTH + 1n), "ERC20InsufficientBalance", [
        ALICE,
        WEALTH,
        WEALTH + 1n,
      ]);
    });
  });

  describe("exposure", () => {
    it("counts the larger of lock and risk for each claim", () => {
      lock(model, ALICE, 10n * USD);
      lock(model, ALICE, 4n * USD, OTHER_CLAIM);
      model.vault.setAtRisk(SERUM, ALICE, CLAIM, 3n * USD);
      model.vault.setAtRisk(SERUM, ALICE, OTHER_CLAIM, 6n * USD);
      expect(model.vault.encumbered(ALICE)).to.equal(16n * USD);
    });

    it("tells what is at risk only where it changes", () => {
      model.vault.setAtRisk(SERUM, ALICE, CLAIM, 5n);
      model.vault.setAtRisk(SERUM, ALICE, CLAIM, 5n);
      expect(model.events.take().map(({ name }) => name)).to.deep.equal(["AtRiskSet"]);
    });

    it("a lock above what can be counted is refused as it is", () => {
      const act = () => model.vault.setLock(VENUE, ALICE, CLAIM, Side.Support, MAX_AMOUNT + 1n);
      expectStakeRevert(act, "EncumbranceTooLarge", [MAX_AMOUNT + 1n, MAX_AMOUNT]);
    });

    it("a skim is foretold with the errors of the lock", () => {
      model.vault.setAtRisk(SERUM, BOB, CLAIM, MAX_AMOUNT - 5n);
      const act = () => model.vault.previewSkim(ALICE, CLAIM, Side.Support, 6n);
      expectStakeRevert(act, "EncumbranceTooLarge", [MAX_AMOUNT + 1n, MAX_AMOUNT]);
    });

    it("all that is encumbered together stays within what can be counted", () => {
      model.vault.setAtRisk(SERUM, ALICE, CLAIM, MAX_AMOUNT - 5n);
      model.vault.setAtRisk(SERUM, BOB, CLAIM, 5n);
      const act = () => model.vault.setAtRisk(SERUM, BOB, OTHER_CLAIM, 2n);
      expectStakeRevert(act, "EncumbranceTooLarge", [MAX_AMOUNT + 2n, MAX_AMOUNT]);
    });
  });

  describe("losses and gains", () => {
    it("a loss takes what is there", () => {
      model.vault.deposit(ALICE, 7n);
      expect([model.vault.debit(SERUM, ALICE, 9n), model.vault.totalStake(ALICE), model.vault.pots()]).to.deep.equal([
        7n,
        0n,
        7n,
      ]);
    });

    it("only what was taken can be given", () => {
      model.vault.deposit(ALICE, 7n);
      model.vault.debit(SERUM, ALICE, 5n);
      expectStakeRevert(() => model.vault.credit(SERUM, BOB, 6n), "PotsExceeded", [6n, 5n]);
    });

    it("moving nothing tells nothing", () => {
      model.vault.debit(SERUM, ALICE, 9n);
      model.vault.credit(SERUM, BOB, 0n);
      expect(model.events.take()).to.deep.equal([]);
    });
  });

  describe("callers", () => {
    it("only the venue sets locks", () => {
      const act = () => model.vault.setLock(SERUM, ALICE, CLAIM, Side.Support, 1n);
      expectStakeRevert(act, "NotVenue", [SERUM, VENUE]);
    });

    for (const [what, act] of Object.entries({
      "says what is at risk": () => model.vault.setAtRisk(VENUE, ALICE, CLAIM, 1n),
      "takes losses": () => model.vault.debit(VENUE, ALICE, 1n),
      "gives gains": () => model.vault.credit(VENUE, ALICE, 1n),
    })) {
      it(`only the serum ${what}`, () => {
        expectStakeRevert(act, "NotSerum", [VENUE, SERUM]);
      });
    }
  });
});
