import { expect } from "chai";
import { act } from "../fixtures/amounts.ts";
import { type ActWorld, argue, FORTUNE, openForum, sendArgument, setRules } from "../fixtures/arguments.ts";
import { load } from "../fixtures/protocol.ts";

describe("ArgumentStaking.deleteArgument, of many stakes", () => {
  let world: ActWorld;

  const remove = (argumentId: bigint) => world.argumentStaking.connect(world.author).deleteArgument(argumentId);

  beforeEach(async () => {
    world = await load(openForum);
    await argue(world);
  });

  describe("when the creator has seven stakes of 50, 51, ... and 56", () => {
    const total = act(50 + 51 + 52 + 53 + 54 + 55 + 56);

    beforeEach(async () => {
      for (let amount = 51; amount <= 56; ++amount) {
        await setRules(world, { creationStake: act(amount), maxArgumentsPerClaim: 100n });
        await argue(world);
      }
    });

    for (let argumentId = 1n; argumentId <= 7n; ++argumentId) {
      const left = total - act(49n + argumentId);

      it(`updates the creator's running stake at once when argument ${argumentId} is deleted`, async () => {
        await remove(argumentId);
        expect(await world.argumentStaking.runningStake(world.author)).to.equal(left);
      });

      it(`updates what the stake limit compares at once when argument ${argumentId} is deleted`, async () => {
        await remove(argumentId);
        expect(await world.argumentStaking.stakeLimit(world.author)).to.deep.equal([left, FORTUNE]);
      });
    }

    it("updates the running stake to zero when all are deleted", async () => {
      for (const argumentId of [4n, 1n, 7n, 2n, 6n, 3n, 5n]) await remove(argumentId);
      expect(await world.argumentStaking.runningStake(world.author)).to.equal(0n);
    });

    it("updates the running stake by what is staked after it", async () => {
      await remove(6n);
      await argue(world);
      expect(await world.argumentStaking.runningStake(world.author)).to.equal(total - act(55) + act(56));
    });

    it("leaves the running stake of others as it is", async () => {
      await argue(world, { by: world.supporter });
      await remove(7n);
      expect(await world.argumentStaking.runningStake(world.supporter)).to.equal(act(56));
    });
  });

  describe("when the creator has staked as much as one may", () => {
    beforeEach(async () => {
      await world.token.connect(world.author).transfer(world.outsider, FORTUNE - act(50));
    });

    it("lets them stake what is credited, once it is theirs", async () => {
      await remove(1n);
      await world.argumentStaking.connect(world.author).withdraw();
      await expect(sendArgument(world)).to.emit(world.argumentStaking, "ArgumentCreated");
    });
  });
});
