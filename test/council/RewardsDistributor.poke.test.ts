import { expect } from "chai";
import { ACT } from "../fixtures/council.ts";
import {
  atSecond,
  openEmptyStream,
  openStream,
  record,
  type StreamWorld,
  viewAtSecond,
  WINDOW,
} from "../fixtures/council-stories.ts";
import { load, now } from "../fixtures/protocol.ts";

describe("RewardsDistributor.poke", () => {
  let world: StreamWorld;

  const poke = (user = world.staker) => world.rewardsDistributor.connect(world.outsider).poke(user);

  beforeEach(async () => {
    world = await load(openStream);
  });

  describe("when a booster has lapsed", () => {
    beforeEach(async () => {
      await atSecond(world, 100n);
      await record(world, "recordParticipation", world.staker);
      await poke();
    });

    it("emits WeightChanged", async () => {
      await atSecond(world, 100n + WINDOW);
      await expect(poke()).to.emit(world.rewardsDistributor, "WeightChanged").withArgs(world.staker, ACT(1_024), 0n);
    });

    it("takes from the weight of all", async () => {
      await atSecond(world, 100n + WINDOW);
      await poke();
      expect(await world.rewardsDistributor.totalWeight()).to.equal(ACT(4_096));
    });

    it("emits no WeightChanged a second before", async () => {
      await atSecond(world, 100n + WINDOW - 1n);
      await expect(poke()).not.to.emit(world.rewardsDistributor, "WeightChanged");
    });

    it("leaves what the account can claim as it is", async () => {
      await viewAtSecond(world, 100n + WINDOW);
      const before = await world.rewardsDistributor.claimable(world.staker);
      await poke();
      expect(await world.rewardsDistributor.claimable(world.staker)).to.equal(before);
    });
  });

  describe("when nothing has lapsed", () => {
    it("emits no WeightChanged", async () => {
      await expect(poke()).not.to.emit(world.rewardsDistributor, "WeightChanged");
    });

    it("leaves the account as it is", async () => {
      const before = await world.rewardsDistributor.account(world.staker);
      await poke();
      expect(await world.rewardsDistributor.account(world.staker)).to.deep.equal(before);
    });

    it("leaves what the account can claim as it is", async () => {
      await atSecond(world, 1_000n);
      await poke();
      expect(await world.rewardsDistributor.claimable(world.staker)).to.equal(ACT(250));
    });
  });

  describe("when the account never staked", () => {
    it("gives it nothing", async () => {
      await atSecond(world, 1_000n);
      await poke(world.delegate);
      expect(await world.rewardsDistributor.claimable(world.delegate)).to.equal(0n);
    });
  });

  describe("when nothing has begun to stream", () => {
    it("leaves the time of the last change where it is", async () => {
      world = await load(openEmptyStream);
      await poke();
      expect((await world.rewardsDistributor.stream()).streamed).to.equal(ACT((await now()) - world.startedAt));
    });
  });
});
