import { expect } from "chai";
import type { ArgumentParams } from "../../sdk/argument/params.ts";
import { Role } from "../../sdk/roles.ts";
import type { ArgumentStaking } from "../../typechain-types/index.ts";
import { ARGUMENT_RULES, act, DAY, HOUR } from "../fixtures/amounts.ts";
import { OTHER_RULES, RULE_BOUNDS, RULE_REFUSALS } from "../fixtures/argument-rules.ts";
import {
  type ActWorld,
  argue,
  atEndOf,
  CREATION_INTEREST,
  jail,
  openForum,
  Reason,
  sendArgument,
  setRules,
  slash,
  UPVOTE_INTEREST,
  upvote,
} from "../fixtures/arguments.ts";
import { load, nextAt, now } from "../fixtures/protocol.ts";
import { fieldsOf } from "../fixtures/structs.ts";

describe("ArgumentStaking, governed by the AccessManager", () => {
  let world: ActWorld;
  let staking: ArgumentStaking;

  beforeEach(async () => {
    world = await load(openForum);
    staking = world.argumentStaking.connect(world.deployer);
  });

  const setParams = (rules: Partial<ArgumentParams>) => staking.setParams({ ...ARGUMENT_RULES, ...rules });

  describe("setParams", () => {
    describe("when the admin calls", () => {
      it("emits ParamsSet with the rules", async () => {
        await expect(setParams(OTHER_RULES)).to.emit(staking, "ParamsSet").withArgs(Object.values(OTHER_RULES));
      });

      it("updates params", async () => {
        await setParams(OTHER_RULES);
        expect(fieldsOf(await staking.params())).to.deep.equal(OTHER_RULES);
      });

      it("leaves entries paused", async () => {
        await staking.connect(world.guardian).pauseEntries();
        await setParams(OTHER_RULES);
        expect(await staking.paused()).to.equal(true);
      });

      for (const { name, min, max, given } of RULE_BOUNDS) {
        for (const value of [min, max]) {
          it(`updates ${name} to ${value}, which is a bound of it`, async () => {
            await setParams({ ...given, [name]: value });
            expect((await staking.params())[name]).to.equal(value);
          });
        }
      }

      for (const { rules, facts } of RULE_REFUSALS) {
        it(`reverts when ${facts[0]} is ${facts[1]}, and may be ${facts[2]} to ${facts[3]}`, async () => {
          await expect(setParams(rules))
            .to.be.revertedWithCustomError(staking, "ParameterOutOfBounds")
            .withArgs(...facts);
        });
      }

      it("reverts with the first of several rules out of bounds", async () => {
        const zeros = Object.fromEntries(RULE_BOUNDS.map(({ name }) => [name, 0n]));
        await expect(setParams(zeros))
          .to.be.revertedWithCustomError(staking, "ParameterOutOfBounds")
          .withArgs("upvoteStake", 0n, 1n, 2n ** 80n - 1n);
      });
    });

    describe("when anyone else calls", () => {
      for (const actor of ["guardian", "author", "curator", "slasher", "outsider"] as const) {
        it(`reverts when it is the ${actor}`, async () => {
          await expect(staking.connect(world[actor]).setParams(OTHER_RULES))
            .to.be.revertedWithCustomError(staking, "AccessManagedUnauthorized")
            .withArgs(world[actor]);
        });
      }

      it("reverts with the same error when a rule is out of bounds as well", async () => {
        await expect(staking.connect(world.guardian).setParams({ ...OTHER_RULES, period: 0n }))
          .to.be.revertedWithCustomError(staking, "AccessManagedUnauthorized")
          .withArgs(world.guardian);
      });
    });

    describe("when stakes were made before", () => {
      let argumentId: bigint;

      beforeEach(async () => {
        argumentId = await argue(world);
        await upvote(world, argumentId, world.supporter);
      });

      for (const [name, stakeId] of [
        ["the creator's", 1n],
        ["the upvoter's", 2n],
      ] as const) {
        it(`leaves the terms of ${name} as they are`, async () => {
          const before = fieldsOf(await staking.stake(stakeId));
          await setParams(OTHER_RULES);
          expect(fieldsOf(await staking.stake(stakeId))).to.deep.equal(before);
        });
      }

      it("leaves what is set aside for them as it is", async () => {
        const before = await staking.rewardReserve();
        await setParams(OTHER_RULES);
        expect(await staking.rewardReserve()).to.deep.equal(before);
      });

      it("emits StakeExpired with the creator's interest at the rate of then", async () => {
        await setParams(OTHER_RULES);
        await atEndOf(world, 1n);
        await expect(staking.processExpired(1n))
          .to.emit(staking, "StakeExpired")
          .withArgs(1n, argumentId, world.author, act(50), CREATION_INTEREST, 0n);
      });

      it("emits StakeExpired with the upvoter's interest at the share of then", async () => {
        await setParams(OTHER_RULES);
        await atEndOf(world, 2n);
        await expect(staking.processExpired(2n))
          .to.emit(staking, "StakeExpired")
          .withArgs(2n, argumentId, world.supporter, act(10), UPVOTE_INTEREST / 2n, UPVOTE_INTEREST / 2n);
      });

      it("emits ArgumentFoundUnhelpful with the curators' share of then", async () => {
        await setParams(OTHER_RULES);
        await expect(slash(world, argumentId))
          .to.emit(staking, "ArgumentFoundUnhelpful")
          .withArgs(argumentId, 1n, act(50), act("12.5"), CREATION_INTEREST + UPVOTE_INTEREST);
      });

      it("updates the terms of arguments written from then on", async () => {
        await setParams(OTHER_RULES);
        const createdAt = (await now()) + 10n;
        await nextAt(createdAt);
        await argue(world, { by: world.challenger });
        // 30 tokens * 36.5 % * 10 / 365
        expect(fieldsOf(await staking.stake(3n))).to.deep.include({
          amount: act(30),
          interest: act("0.3"),
          shareBps: 6_000n,
          createdAt,
          endsAt: createdAt + 10n * DAY,
        });
      });

      it("updates the terms of upvotes made from then on", async () => {
        await setParams(OTHER_RULES);
        const createdAt = (await now()) + 10n;
        await nextAt(createdAt);
        await upvote(world, argumentId, world.challenger);
        // 7 tokens * 36.5 % * 10 / 365
        expect(fieldsOf(await staking.stake(3n))).to.deep.include({
          amount: act(7),
          interest: act("0.07"),
          shareBps: 4_000n,
          createdAt,
          endsAt: createdAt + 10n * DAY,
        });
      });

      it("leaves the shorter period first in the queue, whatever was made first", async () => {
        await setParams({ period: HOUR });
        await upvote(world, argumentId, world.challenger);
        expect(await staking.activeStakes()).to.deep.equal([3n, (await staking.stake(3n)).endsAt]);
      });
    });

    describe("when somebody is jailed", () => {
      it("leaves their jail as it is", async () => {
        const until = await jail(world, world.author);
        await setParams({ jailPeriod: HOUR });
        expect((await staking.account(world.author)).jailedUntil).to.equal(until);
      });
    });

    describe("when an argument has as many marks as are enough now", () => {
      it("emits ArgumentFoundUnhelpful at the next", async () => {
        const argumentId = await argue(world);
        await staking.connect(world.curator).markUnhelpful(argumentId, Reason.Spam);
        await upvote(world, argumentId, world.supporter);
        await setParams({ unhelpfulThreshold: 1n, minCuratorStake: 1n });
        await expect(staking.connect(world.supporter).markUnhelpful(argumentId, Reason.Spam)).to.emit(
          staking,
          "ArgumentFoundUnhelpful",
        );
      });
    });
  });

  describe("pauseEntries", () => {
    it("emits Paused when the guardian calls", async () => {
      await expect(staking.connect(world.guardian).pauseEntries()).to.emit(staking, "Paused").withArgs(world.guardian);
    });

    it("updates paused", async () => {
      await staking.connect(world.guardian).pauseEntries();
      expect(await staking.paused()).to.equal(true);
    });

    it("reverts when entries are already paused", async () => {
      await staking.connect(world.guardian).pauseEntries();
      await expect(staking.connect(world.guardian).pauseEntries())
        .to.be.revertedWithCustomError(staking, "EnforcedPause")
        .withArgs();
    });
  });

  describe("unpauseEntries", () => {
    it("emits Unpaused when the guardian calls", async () => {
      await staking.connect(world.guardian).pauseEntries();
      await expect(staking.connect(world.guardian).unpauseEntries())
        .to.emit(staking, "Unpaused")
        .withArgs(world.guardian);
    });

    it("lets people write again", async () => {
      await staking.connect(world.guardian).pauseEntries();
      await staking.connect(world.guardian).unpauseEntries();
      await expect(sendArgument(world)).to.emit(staking, "ArgumentCreated");
    });

    it("reverts when entries are not paused", async () => {
      await expect(staking.connect(world.guardian).unpauseEntries())
        .to.be.revertedWithCustomError(staking, "ExpectedPause")
        .withArgs();
    });
  });

  describe("when anyone but the guardian pauses", () => {
    for (const name of ["pauseEntries", "unpauseEntries"] as const) {
      for (const actor of ["deployer", "author", "curator", "slasher"] as const) {
        it(`reverts when the ${actor} calls ${name}`, async () => {
          await expect(staking.connect(world[actor])[name]())
            .to.be.revertedWithCustomError(staking, "AccessManagedUnauthorized")
            .withArgs(world[actor]);
        });
      }

      it(`reverts when a guardian whose role was revoked calls ${name}`, async () => {
        await world.authority.revokeRole(Role.Guardian, world.guardian);
        await expect(staking.connect(world.guardian)[name]())
          .to.be.revertedWithCustomError(staking, "AccessManagedUnauthorized")
          .withArgs(world.guardian);
      });
    }
  });

  describe("when entries are paused", () => {
    let argumentId: bigint;

    beforeEach(async () => {
      argumentId = await argue(world);
      await staking.connect(world.guardian).pauseEntries();
    });

    it("reverts when somebody writes", async () => {
      await expect(sendArgument(world)).to.be.revertedWithCustomError(staking, "EnforcedPause").withArgs();
    });

    it("reverts when somebody upvotes", async () => {
      await expect(staking.connect(world.supporter).upvote(argumentId))
        .to.be.revertedWithCustomError(staking, "EnforcedPause")
        .withArgs();
    });

    it("lets the creator delete", async () => {
      await expect(staking.connect(world.author).deleteArgument(argumentId)).to.emit(staking, "ArgumentDeleted");
    });

    it("lets curators mark", async () => {
      await expect(staking.connect(world.curator).markUnhelpful(argumentId, Reason.Spam)).to.emit(
        staking,
        "ArgumentMarked",
      );
    });

    it("lets slashers slash", async () => {
      await expect(slash(world, argumentId)).to.emit(staking, "ArgumentFoundUnhelpful");
    });

    it("lets anyone process stakes that have expired", async () => {
      await atEndOf(world, 1n);
      await expect(staking.processExpired(1n)).to.emit(staking, "StakeExpired");
    });

    it("lets people withdraw", async () => {
      await staking.connect(world.author).deleteArgument(argumentId);
      await expect(staking.connect(world.author).withdraw()).to.emit(staking, "Withdrawn");
    });

    it("lets people fund the reserve", async () => {
      await expect(staking.connect(world.outsider).fundRewards(1n)).to.emit(staking, "RewardsFunded");
    });

    it("lets the admin set the rules", async () => {
      await expect(setRules(world, { upvoteStake: 1n })).to.emit(staking, "ParamsSet");
    });
  });
});
