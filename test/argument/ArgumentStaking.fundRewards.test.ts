import { expect } from "chai";
import { MaxUint256 } from "ethers";
import { act, MAX_UINT96 } from "../fixtures/amounts.ts";
import {
  type ActWorld,
  argue,
  booksChange,
  booksOf,
  CREATION_INTEREST,
  endow,
  FORTUNE,
  fillBooks,
  openForum,
  RESERVE,
  sendArgument,
  setRules,
} from "../fixtures/arguments.ts";
import { load } from "../fixtures/protocol.ts";

describe("ArgumentStaking.fundRewards", () => {
  let world: ActWorld;

  const fundWith = (amount: bigint, by = world.outsider) => world.argumentStaking.connect(by).fundRewards(amount);
  const expectTooLarge = (amount: bigint, total: bigint) =>
    expect(fundWith(amount))
      .to.be.revertedWithCustomError(world.argumentStaking, "HoldingsTooLarge")
      .withArgs(total, MAX_UINT96);

  beforeEach(async () => {
    world = await load(openForum);
  });

  describe("when the caller has the amount", () => {
    it("pays it from the caller", async () => {
      await expect(fundWith(act(7))).to.changeTokenBalances(
        world.ethers,
        world.token,
        [world.outsider, world.argumentStaking],
        [-act(7), act(7)],
      );
    });

    it("emits RewardsFunded", async () => {
      await expect(fundWith(act(7)))
        .to.emit(world.argumentStaking, "RewardsFunded")
        .withArgs(world.outsider, act(7));
    });

    it("updates what is free and what is owed, and nothing else of the books", async () => {
      await argue(world);
      const before = await booksOf(world, world.token);
      await fundWith(act(7));
      expect(booksChange(before, await booksOf(world, world.token))).to.deep.equal({
        owed: act(7),
        free: act(7),
        reserved: 0n,
        running: 0n,
        balance: act(7),
      });
    });

    it("updates the reserve by a single unit", async () => {
      await fundWith(1n);
      expect(await world.argumentStaking.rewardReserve()).to.deep.equal([RESERVE + 1n, 0n]);
    });

    it("updates the reserve by the sum of two payments", async () => {
      await fundWith(act(7));
      await fundWith(act(5), world.author);
      expect(await world.argumentStaking.rewardReserve()).to.deep.equal([RESERVE + act(12), 0n]);
    });

    it("leaves the caller's credit as it is", async () => {
      await fundWith(act(7));
      expect((await world.argumentStaking.account(world.outsider)).credited).to.equal(0n);
    });

    it("emits RewardsFunded when entries are paused", async () => {
      await world.argumentStaking.connect(world.guardian).pauseEntries();
      await expect(fundWith(act(7))).to.emit(world.argumentStaking, "RewardsFunded");
    });
  });

  describe("when the caller cannot pay", () => {
    it("reverts when the amount is zero", async () => {
      await expect(fundWith(0n)).to.be.revertedWithCustomError(world.argumentStaking, "AmountZero").withArgs();
    });

    it("reverts with the token's error when the balance is a unit short", async () => {
      await expect(fundWith(FORTUNE + 1n))
        .to.be.revertedWithCustomError(world.token, "ERC20InsufficientBalance")
        .withArgs(world.outsider, FORTUNE, FORTUNE + 1n);
    });

    it("reverts with the token's error when the allowance is a unit short", async () => {
      await world.token.connect(world.outsider).approve(world.argumentStaking, act(7) - 1n);
      await expect(fundWith(act(7)))
        .to.be.revertedWithCustomError(world.token, "ERC20InsufficientAllowance")
        .withArgs(world.argumentStaking, act(7) - 1n, act(7));
    });
  });

  describe("when the books have room for 5 units", () => {
    beforeEach(async () => {
      await argue(world);
      await fillBooks(world, 5n);
    });

    it("updates what is owed to 2^96 - 1 when the amount is 5", async () => {
      await fundWith(5n);
      expect(await world.argumentStaking.owed()).to.equal(MAX_UINT96);
    });

    it("reverts when the amount is 6", async () => {
      await expectTooLarge(6n, MAX_UINT96 + 1n);
    });

    it("reverts when the amount is 2^96", async () => {
      await expectTooLarge(2n ** 96n, 2n ** 97n - 6n);
    });

    for (const amount of [MaxUint256 - MAX_UINT96, MaxUint256]) {
      it(`reverts when the amount is ${amount}`, async () => {
        const sum = MAX_UINT96 - 5n + amount;
        await expectTooLarge(amount, sum > MaxUint256 ? MaxUint256 : sum);
      });
    }

    it("reverts when the amount is 1 and the books are full", async () => {
      await fundWith(5n);
      await expectTooLarge(1n, MAX_UINT96 + 1n);
    });

    it("updates what is owed to 2^96 - 1 when tokens were sent unasked before", async () => {
      await world.token.connect(world.author).transfer(world.argumentStaking, act(100));
      await fundWith(5n);
      expect(await world.argumentStaking.owed()).to.equal(MAX_UINT96);
    });

    it("emits RewardsFunded when a withdrawal has made room", async () => {
      await world.argumentStaking.connect(world.author).deleteArgument(1n);
      await world.argumentStaking.connect(world.author).withdraw();
      await expect(fundWith(act(50) + 5n)).to.emit(world.argumentStaking, "RewardsFunded");
    });
  });
});

describe("ArgumentStaking, sent tokens unasked", () => {
  let world: ActWorld;

  const donate = (amount = FORTUNE) => world.token.connect(world.outsider).transfer(world.argumentStaking, amount);

  beforeEach(async () => {
    world = await load(openForum);
    await argue(world);
  });

  it("leaves the books as they are", async () => {
    const before = await booksOf(world, world.token);
    await donate();
    expect(booksChange(before, await booksOf(world, world.token))).to.deep.equal({
      owed: 0n,
      free: 0n,
      reserved: 0n,
      running: 0n,
      balance: FORTUNE,
    });
  });

  it("leaves what the stake limit compares as it is", async () => {
    await donate();
    expect(await world.argumentStaking.stakeLimit(world.author)).to.deep.equal([act(50), FORTUNE]);
  });

  it("reverts when a stake needs more interest than is free", async () => {
    await setRules(world, { interestRateBps: 10_000n, period: 31_536_000n, creationStake: RESERVE });
    await donate();
    await expect(sendArgument(world))
      .to.be.revertedWithCustomError(world.argumentStaking, "RewardReserveTooLow")
      .withArgs(RESERVE - CREATION_INTEREST, RESERVE);
  });

  it("lets stakes be made when the contract holds more than 2^96 units", async () => {
    await endow(world, world.outsider, 2n ** 97n);
    await donate(2n ** 97n);
    await expect(sendArgument(world)).to.emit(world.argumentStaking, "ArgumentCreated");
  });
});
