import { expect } from "chai";
import { type AddressLike, ZeroAddress } from "ethers";
import { RewardsDistributor__factory } from "../../typechain-types/index.ts";
import { DAY, HOUR, MAX_UINT96, YEAR } from "../fixtures/amounts.ts";
import { type CouncilWorld, openCouncil, REWARD_RULES } from "../fixtures/council.ts";
import { load } from "../fixtures/protocol.ts";
import { fieldsOf } from "../fixtures/structs.ts";

const BOUNDS = [
  { name: "period", min: DAY, max: YEAR },
  { name: "activityWindow", min: HOUR, max: YEAR },
  { name: "participationBps", min: 0n, max: 10_000n },
  { name: "longTermBps", min: 0n, max: 10_000n },
  { name: "governanceBps", min: 0n, max: 10_000n },
  { name: "minClaim", min: 0n, max: MAX_UINT96 },
] as const;

describe("RewardsDistributor.constructor", () => {
  let world: CouncilWorld;

  const deploy = (changed: Partial<Record<keyof typeof REWARD_RULES, bigint>>, token: AddressLike = world.token) =>
    new RewardsDistributor__factory(world.deployer).deploy(token, { ...REWARD_RULES, ...changed }, world.authority);

  beforeEach(async () => {
    world = await load(openCouncil);
  });

  describe("when it is deployed by Ignition", () => {
    it("keeps the token", async () => {
      expect(await world.rewardsDistributor.token()).to.equal(world.token);
    });

    it("keeps the authority", async () => {
      expect(await world.rewardsDistributor.authority()).to.equal(world.authority);
    });

    it("keeps the boosters and times", async () => {
      expect(fieldsOf(await world.rewardsDistributor.params())).to.deep.equal(REWARD_RULES);
    });

    it("is bound to council staking", async () => {
      expect(await world.rewardsDistributor.staking()).to.equal(world.councilStaking);
    });

    it("streams nothing", async () => {
      expect(await world.rewardsDistributor.stream()).to.deep.equal([0n, 0n, 0n, 0n, 0n]);
    });

    it("owes nothing", async () => {
      expect(await world.rewardsDistributor.owed()).to.equal(0n);
    });

    it("has no weight", async () => {
      expect(await world.rewardsDistributor.totalWeight()).to.equal(0n);
    });

    it("has nothing for the next period", async () => {
      expect(await world.rewardsDistributor.nextPeriodAmount()).to.equal(0n);
    });

    it("knows nothing of anyone", async () => {
      expect(await world.rewardsDistributor.account(world.staker)).to.deep.equal([0n, 0n, 0n, 0n, 0n, 0n]);
    });

    it("has nothing for anyone to claim", async () => {
      expect(await world.rewardsDistributor.claimable(world.staker)).to.equal(0n);
    });
  });

  describe("when rules are at their bounds", () => {
    for (const { name, min, max } of BOUNDS) {
      for (const value of [min, max]) {
        it(`keeps ${name} of ${value}`, async () => {
          expect((await (await deploy({ [name]: value })).params())[name]).to.equal(value);
        });
      }
    }

    it("is not bound", async () => {
      expect(await (await deploy({})).staking()).to.equal(ZeroAddress);
    });
  });

  describe("when a rule is out of its bounds", () => {
    for (const { name, min, max } of BOUNDS.slice(0, 5)) {
      for (const value of min > 0n ? [min - 1n, max + 1n] : [max + 1n]) {
        it(`reverts when ${name} is ${value}`, async () => {
          await expect(deploy({ [name]: value }))
            .to.be.revertedWithCustomError(world.rewardsDistributor, "ParameterOutOfBounds")
            .withArgs(name, value, min, max);
        });
      }
    }
  });

  it("reverts when the token is an account without code", async () => {
    await expect(deploy({}, world.outsider))
      .to.be.revertedWithCustomError(world.rewardsDistributor, "TokenNotContract")
      .withArgs(world.outsider);
  });
});
