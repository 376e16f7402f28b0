import { expect } from "chai";
import type { NetworkConnection } from "hardhat/types/network";
import { signPermit } from "../../sdk/permit.ts";
import { BlacklistToken__factory, type CouncilStaking } from "../../typechain-types/index.ts";
import { DAY, HOUR, WEALTH } from "../fixtures/amounts.ts";
import { ACT, type CouncilWorld, councilOn, openCouncil, type Pledge } from "../fixtures/council.ts";
import { ODD, positionOf, powerOf, STAKE_REFUSALS } from "../fixtures/council-checks.ts";
import { describePermitChecks, type PermitArgs } from "../fixtures/permit-checks.ts";
import { load, type MintableToken, nextAt, now } from "../fixtures/protocol.ts";
import { openPools, openPoolsOn, type StakeWorld } from "../fixtures/stake.ts";

/** A world of the permit's checks, with council staking on its token. */
type Staking = { councilStaking: CouncilStaking };

describe("CouncilStaking.stakeWithPermit", () => {
  describePermitChecks({
    spender: (world) => stakingOf(world),
    send: (world, user, amount, permit) =>
      stakingOf(world)
        .connect(user)
        .stakeWithPermit(amount, 7n, ...permit),
    event: "Staked",
    amount: ACT(100),
    fixtures: { withPermit: stakingOnDollars, withoutPermit: stakingWithoutPermit },
  });

  describe("when the stake is made or refused", () => {
    let world: CouncilWorld;
    let firstId: bigint;

    /** A permit of the staker's, who allows nothing without it. */
    const sign = async (value: bigint): Promise<PermitArgs> => {
      const { token, staker, councilStaking } = world;
      const deadline = (await now()) + HOUR;
      const { v, r, s } = await signPermit({ token, owner: staker, spender: councilStaking, value, deadline });
      return [deadline, v, r, s];
    };
    const send = async ({ amount = ODD, lockDays = 30n }: Pledge = {}) => {
      const permit = await sign(amount);
      return world.councilStaking.connect(world.staker).stakeWithPermit(amount, lockDays, ...permit);
    };

    beforeEach(async () => {
      world = await load(openCouncil);
      await world.token.connect(world.staker).approve(world.councilStaking, 0n);
      firstId = await world.councilStaking.positionIdOf(world.staker, 0n);
    });

    it("emits Staked with all of it", async () => {
      const stakedAt = (await now()) + 100n;
      await nextAt(stakedAt);
      await expect(send())
        .to.emit(world.councilStaking, "Staked")
        .withArgs(world.staker, firstId, ODD, 30n, stakedAt + 30n * DAY, powerOf(ODD, 30n));
    });

    it("keeps the position", async () => {
      await send();
      const { owner, amount, tierDays, power } = await positionOf(world, firstId);
      expect([owner, amount, tierDays, power]).to.deep.equal([world.staker.address, ODD, 30n, powerOf(ODD, 30n)]);
    });

    it("takes exactly the amount from the caller", async () => {
      await expect(send()).to.changeTokenBalances(
        world.ethers,
        world.token,
        [world.staker, world.councilStaking],
        [-ODD, ODD],
      );
    });

    it("returns the id", async () => {
      const permit = await sign(ODD);
      const staker = world.councilStaking.connect(world.staker);
      expect(await staker.stakeWithPermit.staticCall(ODD, 30n, ...permit)).to.equal(firstId);
    });

    for (const { name, pledge, error, facts } of STAKE_REFUSALS) {
      it(`reverts when ${name}`, async () => {
        await expect(send(pledge))
          .to.be.revertedWithCustomError(world.councilStaking, error)
          .withArgs(...facts);
      });
    }

    it("reverts when entries are paused", async () => {
      await world.councilStaking.connect(world.guardian).pauseEntries();
      await expect(send()).to.be.revertedWithCustomError(world.councilStaking, "EnforcedPause").withArgs();
    });
  });
});

/* SET-UP */

const stakingOf = (world: StakeWorld): CouncilStaking => (world as StakeWorld & Staking).councilStaking;

async function stakingOnDollars(connection: NetworkConnection) {
  return withStaking(connection, await openPools(connection));
}

async function stakingWithoutPermit(connection: NetworkConnection) {
  const token = await new BlacklistToken__factory(await connection.ethers.provider.getSigner(0)).deploy();
  return withStaking(connection, await openPoolsOn(connection, token));
}

/** Council staking besides, which the supporter lets move `WEALTH`. */
async function withStaking<Token extends MintableToken>(
  connection: NetworkConnection,
  world: StakeWorld<Token>,
): Promise<StakeWorld<Token> & Staking> {
  const { councilStaking } = await councilOn(connection, world.token, world.authority);
  await world.token.connect(world.supporter).approve(await councilStaking.getAddress(), WEALTH);
  return { ...world, councilStaking };
}
