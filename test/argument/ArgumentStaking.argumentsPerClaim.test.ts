import { expect } from "chai";
import { Side } from "../../sdk/market/side.ts";
import type { ArgumentStaking } from "../../typechain-types/index.ts";
import { CLAIM, OTHER_CLAIM } from "../fixtures/amounts.ts";
import { type ActWorld, argue, openForum, type Speech, sendArgument, setRules, slash } from "../fixtures/arguments.ts";
import { load, nextAt } from "../fixtures/protocol.ts";

describe("ArgumentStaking, with as many arguments on a claim as one may write", () => {
  let world: ActWorld;
  let staking: ArgumentStaking;

  beforeEach(async () => {
    world = await load(openForum);
    staking = world.argumentStaking;
  });

  describe("when five arguments are on the claim", () => {
    const five: readonly Speech[] = [
      { side: Side.Support },
      { side: Side.Oppose },
      { side: Side.Support },
      { side: Side.Oppose },
      { side: Side.Oppose },
    ];

    beforeEach(async () => {
      for (const speech of five) await argue(world, speech);
    });

    it("counts both sides together", async () => {
      expect(await staking.argumentsBy(CLAIM, world.author)).to.equal(5n);
    });

    for (const [name, side] of Object.entries(Side)) {
      it(`reverts when the sixth stands on ${name}`, async () => {
        await expect(sendArgument(world, { side }))
          .to.be.revertedWithCustomError(staking, "TooManyArguments")
          .withArgs(CLAIM, world.author, 5n);
      });
    }

    it("emits ArgumentCreated when the sixth is on another claim", async () => {
      await expect(sendArgument(world, { claimId: OTHER_CLAIM })).to.emit(staking, "ArgumentCreated");
    });

    it("emits ArgumentCreated when the sixth is somebody else's", async () => {
      await expect(sendArgument(world, { by: world.supporter })).to.emit(staking, "ArgumentCreated");
    });

    it("emits ArgumentCreated once one was deleted", async () => {
      await staking.connect(world.author).deleteArgument(2n);
      await expect(sendArgument(world)).to.emit(staking, "ArgumentCreated");
    });

    it("reverts when the place of a deleted one is taken again", async () => {
      await staking.connect(world.author).deleteArgument(2n);
      await argue(world);
      await expect(sendArgument(world))
        .to.be.revertedWithCustomError(staking, "TooManyArguments")
        .withArgs(CLAIM, world.author, 5n);
    });

    it("reverts when all have ended and are paid", async () => {
      await nextAt((await staking.stake(5n)).endsAt);
      await staking.processExpired(5n);
      await expect(sendArgument(world))
        .to.be.revertedWithCustomError(staking, "TooManyArguments")
        .withArgs(CLAIM, world.author, 5n);
    });

    it("reverts when one was found unhelpful and the jail is over", async () => {
      await slash(world, 1n);
      await nextAt((await staking.account(world.author)).jailedUntil);
      await expect(sendArgument(world))
        .to.be.revertedWithCustomError(staking, "TooManyArguments")
        .withArgs(CLAIM, world.author, 5n);
    });

    it("emits ArgumentCreated once six are allowed", async () => {
      await setRules(world, { maxArgumentsPerClaim: 6n });
      await expect(sendArgument(world)).to.emit(staking, "ArgumentCreated");
    });

    it("reverts when only three are allowed from now on", async () => {
      await setRules(world, { maxArgumentsPerClaim: 3n });
      await expect(sendArgument(world))
        .to.be.revertedWithCustomError(staking, "TooManyArguments")
        .withArgs(CLAIM, world.author, 3n);
    });
  });

  describe("when several users write on several claims", () => {
    beforeEach(async () => {
      for (const claimId of [OTHER_CLAIM, CLAIM, OTHER_CLAIM]) await argue(world, { claimId });
      await argue(world, { by: world.supporter });
    });

    it("counts each user's on each claim apart", async () => {
      const counts = [
        await staking.argumentsBy(CLAIM, world.author),
        await staking.argumentsBy(OTHER_CLAIM, world.author),
        await staking.argumentsBy(CLAIM, world.supporter),
        await staking.argumentsBy(OTHER_CLAIM, world.supporter),
      ];
      expect(counts).to.deep.equal([1n, 2n, 1n, 0n]);
    });
  });
});
