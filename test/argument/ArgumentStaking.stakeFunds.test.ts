import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import type { ArgumentStaking } from "../../typechain-types/index.ts";
import { ARGUMENT_RULES, MAX_UINT96, YEAR } from "../fixtures/amounts.ts";
import {
  type ActWorld,
  argue,
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

/** A call that stakes: the rule that says how much, and its event. */
interface Entry {
  name: string;
  rule: "creationStake" | "upvoteStake";
  event: "ArgumentCreated" | "ArgumentUpvoted";
  send: (world: ActWorld, by: HardhatEthersSigner) => Promise<ContractTransactionResponse>;
}

const ENTRIES: readonly Entry[] = [
  {
    name: "createArgument",
    rule: "creationStake",
    event: "ArgumentCreated",
    send: (world, by) => sendArgument(world, { by }),
  },
  {
    name: "upvote",
    rule: "upvoteStake",
    event: "ArgumentUpvoted",
    send: ({ argumentStaking }, by) => argumentStaking.connect(by).upvote(1n),
  },
];

/** What is free once the supporter has written argument 1. */
const FREE = RESERVE - CREATION_INTEREST;

for (const { name, rule, event, send } of ENTRIES) {
  describe(`ArgumentStaking.${name}, with what it costs`, () => {
    const stake = ARGUMENT_RULES[rule];
    let world: ActWorld;
    let staking: ArgumentStaking;

    beforeEach(async () => {
      world = await load(openForum);
      staking = world.argumentStaking;
      await argue(world, { by: world.supporter });
    });

    /** The interest of `amount` is as much again in the time that it runs. */
    const doubling = (amount: bigint) => setRules(world, { [rule]: amount, interestRateBps: 10_000n, period: YEAR });

    describe("when the reserve has little left", () => {
      it("updates it to nothing when it just suffices", async () => {
        await doubling(FREE);
        await send(world, world.author);
        expect(await staking.rewardReserve()).to.deep.equal([0n, RESERVE]);
      });

      it("reverts when a unit is missing", async () => {
        await doubling(FREE + 1n);
        await expect(send(world, world.author))
          .to.be.revertedWithCustomError(staking, "RewardReserveTooLow")
          .withArgs(FREE, FREE + 1n);
      });

      it("reverts when only what is set aside would suffice", async () => {
        await doubling(FREE);
        await send(world, world.author);
        await expect(send(world, world.challenger))
          .to.be.revertedWithCustomError(staking, "RewardReserveTooLow")
          .withArgs(0n, FREE);
      });

      it(`emits ${event} when nothing is needed of nothing`, async () => {
        await doubling(FREE);
        await send(world, world.author);
        await setRules(world, { interestRateBps: 0n });
        await expect(send(world, world.challenger)).to.emit(staking, event);
      });
    });

    describe("when interest is rounded", () => {
      for (const { amount, rate, span, interest } of [
        { amount: 1n, rate: 9_999n, span: YEAR, interest: 0n },
        { amount: 1n, rate: 10_000n, span: YEAR - 1n, interest: 0n },
        { amount: 1n, rate: 10_000n, span: YEAR, interest: 1n },
        { amount: 35_040_000n, rate: 2_500n, span: 3_600n, interest: 1_000n },
        { amount: 35_039_999n, rate: 2_500n, span: 3_600n, interest: 999n },
        { amount: 2n ** 80n - 1n, rate: 3_333n, span: 31_535_999n, interest: 402_934_962_900_571_642_211_027n },
      ]) {
        it(`updates what is set aside by ${interest} for ${amount} at ${rate} bps in ${span} seconds`, async () => {
          await endow(world, world.author, amount);
          await fillBooks(world, amount);
          await setRules(world, { [rule]: amount, interestRateBps: rate, period: span });
          await send(world, world.author);
          expect((await staking.rewardReserve()).reserved).to.equal(CREATION_INTEREST + interest);
        });
      }
    });

    describe("when the books are almost full", () => {
      it("updates owed to the most that it can be", async () => {
        await fillBooks(world, stake);
        await send(world, world.author);
        expect(await staking.owed()).to.equal(MAX_UINT96);
      });

      it("reverts when they would count a unit more", async () => {
        await fillBooks(world, stake - 1n);
        await expect(send(world, world.author))
          .to.be.revertedWithCustomError(staking, "HoldingsTooLarge")
          .withArgs(MAX_UINT96 + 1n, MAX_UINT96);
      });
    });

    describe("when the token refuses", () => {
      it("reverts when the staker has less than the stake", async () => {
        await world.token.connect(world.author).transfer(world.deployer, FORTUNE - stake + 1n);
        await expect(send(world, world.author))
          .to.be.revertedWithCustomError(world.token, "ERC20InsufficientBalance")
          .withArgs(world.author, stake - 1n, stake);
      });

      it("reverts when the contract may move less than the stake", async () => {
        await world.token.connect(world.author).approve(staking, stake - 1n);
        await expect(send(world, world.author))
          .to.be.revertedWithCustomError(world.token, "ERC20InsufficientAllowance")
          .withArgs(staking, stake - 1n, stake);
      });
    });
  });
}
