import { expect } from "chai";
import { DAY, HOUR, OTHER_CLAIM } from "../fixtures/amounts.ts";
import { type ActWorld, argue, jail, openForum, sendArgument, setRules, slash, upvote } from "../fixtures/arguments.ts";
import { load, nextAt, now } from "../fixtures/protocol.ts";

const JAIL_PERIOD = 7n * DAY;

describe("ArgumentStaking, jail", () => {
  let world: ActWorld;

  /** `account` of the author, the credit aside. */
  const recordOf = async () => {
    const { slashCount, jailedUntil, upvotesSinceJailed } = await world.argumentStaking.account(world.author);
    return { slashCount, jailedUntil, upvotesSinceJailed };
  };
  const NO_RECORD = { slashCount: 0n, jailedUntil: 0n, upvotesSinceJailed: 0n };

  /** The author's next argument, written now, is found unhelpful at an instant; by default at once. */
  const slashNext = async (instant?: bigint) => {
    const argumentId = await argue(world, { claimId: OTHER_CLAIM });
    const slashedAt = instant ?? (await now()) + 10n;
    await nextAt(slashedAt);
    return { slashedAt, sent: slash(world, argumentId) };
  };
  const upvoteBy = (by: "supporter" | "challenger" | "latecomer", argumentId = 1n) =>
    world.argumentStaking.connect(world[by]).upvote(argumentId);
  const expectJailed = (until: bigint) =>
    expect(sendArgument(world))
      .to.be.revertedWithCustomError(world.argumentStaking, "CreatorJailed")
      .withArgs(world.author, until);

  beforeEach(async () => {
    world = await load(openForum);
    await argue(world);
  });

  describe("when someone is slashed for the first time", () => {
    it("emits Jailed for a jail period", async () => {
      const { slashedAt, sent } = await slashNext();
      await expect(sent)
        .to.emit(world.argumentStaking, "Jailed")
        .withArgs(world.author, 1n, slashedAt + JAIL_PERIOD);
    });

    it("updates their account", async () => {
      const { slashedAt, sent } = await slashNext();
      await sent;
      const jailedUntil = slashedAt + JAIL_PERIOD;
      expect(await recordOf()).to.deep.equal({ slashCount: 1n, jailedUntil, upvotesSinceJailed: 0n });
    });

    it("leaves others free to write", async () => {
      await jail(world, world.author);
      await expect(sendArgument(world, { by: world.supporter })).to.emit(world.argumentStaking, "ArgumentCreated");
    });
  });

  describe("when the jail runs", () => {
    let until: bigint;

    beforeEach(async () => {
      until = await jail(world, world.author);
    });

    it("reverts when they write at once", async () => {
      await expectJailed(until);
    });

    it("reverts when they write a second before its end", async () => {
      await nextAt(until - 1n);
      await expectJailed(until);
    });

    it("emits ArgumentCreated when they write at its end", async () => {
      await nextAt(until);
      await expect(sendArgument(world)).to.emit(world.argumentStaking, "ArgumentCreated");
    });

    it("lets them upvote arguments of others", async () => {
      const argumentId = await argue(world, { by: world.supporter });
      await expect(world.argumentStaking.connect(world.author).upvote(argumentId)).to.emit(
        world.argumentStaking,
        "ArgumentUpvoted",
      );
    });
  });

  describe("when someone is slashed for the second time", () => {
    /** Both arguments are written before the first slash. */
    beforeEach(async () => {
      await argue(world);
      await slash(world, 1n);
    });

    it("emits Jailed for two jail periods from then on while the first jail runs", async () => {
      const slashedAt = (await now()) + DAY;
      await nextAt(slashedAt);
      await expect(slash(world, 2n))
        .to.emit(world.argumentStaking, "Jailed")
        .withArgs(world.author, 2n, slashedAt + 2n * JAIL_PERIOD);
    });

    it("emits Jailed for two jail periods when the first jail has passed by itself", async () => {
      const { jailedUntil } = await recordOf();
      await nextAt(jailedUntil + DAY);
      await expect(slash(world, 2n))
        .to.emit(world.argumentStaking, "Jailed")
        .withArgs(world.author, 2n, jailedUntil + DAY + 2n * JAIL_PERIOD);
    });

    it("reverts when they write a second before the second jail ends", async () => {
      await slash(world, 2n);
      const { jailedUntil } = await recordOf();
      await nextAt(jailedUntil - 1n);
      await expectJailed(jailedUntil);
    });
  });

  describe("when the jail has passed by itself", () => {
    let until: bigint;

    beforeEach(async () => {
      until = await jail(world, world.author);
      await nextAt(until);
      await argue(world);
    });

    it("leaves slash count and instant as they were", async () => {
      expect(await recordOf()).to.deep.equal({ slashCount: 1n, jailedUntil: until, upvotesSinceJailed: 0n });
    });

    it("leaves both as they were when they are upvoted", async () => {
      await upvoteBy("supporter");
      expect(await recordOf()).to.deep.equal({ slashCount: 1n, jailedUntil: until, upvotesSinceJailed: 0n });
    });
  });

  describe("when governance has changed the jail period", () => {
    it("leaves the end of a running jail as it is when the next one would be over before", async () => {
      await argue(world);
      await slash(world, 1n);
      const { jailedUntil } = await recordOf();
      await setRules(world, { jailPeriod: HOUR });
      await expect(slash(world, 2n)).to.emit(world.argumentStaking, "Jailed").withArgs(world.author, 2n, jailedUntil);
    });

    it("emits Jailed for twice the new period when the next one is over later", async () => {
      await argue(world);
      await slash(world, 1n);
      await setRules(world, { jailPeriod: 5n * DAY });
      const slashedAt = (await now()) + DAY;
      await nextAt(slashedAt);
      await expect(slash(world, 2n))
        .to.emit(world.argumentStaking, "Jailed")
        .withArgs(world.author, 2n, slashedAt + 10n * DAY);
    });
  });

  describe("when one upvote unjails", () => {
    beforeEach(async () => {
      await jail(world, world.author);
    });

    it("emits Unjailed at the first", async () => {
      await expect(upvoteBy("supporter")).to.emit(world.argumentStaking, "Unjailed").withArgs(world.author);
    });

    it("updates their account to one that was never slashed", async () => {
      await upvoteBy("supporter");
      expect(await recordOf()).to.deep.equal(NO_RECORD);
    });

    it("lets them write at once", async () => {
      await upvoteBy("supporter");
      await expect(sendArgument(world)).to.emit(world.argumentStaking, "ArgumentCreated");
    });

    it("emits Jailed as for the first time at the next slash", async () => {
      await upvoteBy("supporter");
      const { slashedAt, sent } = await slashNext();
      await expect(sent)
        .to.emit(world.argumentStaking, "Jailed")
        .withArgs(world.author, 1n, slashedAt + JAIL_PERIOD);
    });

    it("leaves others jailed", async () => {
      const until = await jail(world, world.outsider);
      await upvoteBy("supporter");
      expect((await world.argumentStaking.account(world.outsider)).jailedUntil).to.equal(until);
    });
  });

  describe("when nobody is jailed", () => {
    it("emits no Unjailed at an upvote", async () => {
      await expect(upvoteBy("supporter")).not.to.emit(world.argumentStaking, "Unjailed");
    });

    it("counts no upvote", async () => {
      await setRules(world, { unjailUpvotes: 3n });
      await upvoteBy("supporter");
      expect(await recordOf()).to.deep.equal(NO_RECORD);
    });
  });

  describe("when three upvotes unjail", () => {
    /** The author's second argument, live like the first. */
    let secondId: bigint;

    const countOf = async () => (await recordOf()).upvotesSinceJailed;

    beforeEach(async () => {
      await setRules(world, { unjailUpvotes: 3n });
      secondId = await argue(world);
    });

    describe("and the jail has begun", () => {
      let until: bigint;

      beforeEach(async () => {
        until = await jail(world, world.author);
      });

      it("updates the count at the first", async () => {
        await upvoteBy("supporter");
        expect(await recordOf()).to.deep.equal({ slashCount: 1n, jailedUntil: until, upvotesSinceJailed: 1n });
      });

      it("emits no Unjailed at the second", async () => {
        await upvoteBy("supporter");
        await expect(upvoteBy("challenger")).not.to.emit(world.argumentStaking, "Unjailed");
      });

      it("reverts when they write after the second", async () => {
        await upvoteBy("supporter");
        await upvoteBy("challenger");
        await expectJailed(until);
      });

      it("emits Unjailed at the third", async () => {
        await upvoteBy("supporter");
        await upvoteBy("challenger");
        await expect(upvoteBy("latecomer")).to.emit(world.argumentStaking, "Unjailed").withArgs(world.author);
      });

      it("updates their account to one that was never slashed at the third", async () => {
        await upvoteBy("supporter");
        await upvoteBy("challenger");
        await upvoteBy("latecomer");
        expect(await recordOf()).to.deep.equal(NO_RECORD);
      });

      it("counts an upvote of an argument whose stake has ended", async () => {
        await setRules(world, { period: HOUR });
        const argumentId = await argue(world, { by: world.outsider });
        await jail(world, world.outsider);
        await nextAt((await now()) + DAY);
        await upvote(world, argumentId, world.supporter);
        expect((await world.argumentStaking.account(world.outsider)).upvotesSinceJailed).to.equal(1n);
      });

      it("leaves the count as it is once the jail has passed", async () => {
        await upvoteBy("supporter");
        await nextAt(until);
        await upvoteBy("challenger");
        expect(await countOf()).to.equal(1n);
      });

      it("updates the count to zero at the next slash", async () => {
        await upvoteBy("supporter");
        await upvoteBy("challenger");
        await slash(world, secondId);
        expect(await countOf()).to.equal(0n);
      });

      it("emits no Unjailed at one upvote after the next slash and two before it", async () => {
        await upvoteBy("supporter");
        await upvoteBy("challenger");
        await slash(world, secondId);
        await expect(upvoteBy("latecomer")).not.to.emit(world.argumentStaking, "Unjailed");
      });

      for (const unjailUpvotes of [1n, 2n]) {
        it(`emits Unjailed at the third when governance says ${unjailUpvotes} after the second`, async () => {
          await upvoteBy("supporter");
          await upvoteBy("challenger");
          await setRules(world, { unjailUpvotes });
          await expect(upvoteBy("latecomer")).to.emit(world.argumentStaking, "Unjailed").withArgs(world.author);
        });
      }
    });

    it("leaves out upvotes from before the jail", async () => {
      await upvoteBy("supporter");
      await upvoteBy("challenger");
      await jail(world, world.author);
      await upvoteBy("latecomer");
      expect(await countOf()).to.equal(1n);
    });
  });
});
