import { expect } from "chai";
import type { NetworkConnection } from "hardhat/types/network";
import { Side } from "../../sdk/market/side.ts";
import { Role } from "../../sdk/roles.ts";
import { AccessManager__factory, type TestUSDC } from "../../typechain-types/index.ts";
import { CLAIM, STAKE, usdc } from "../fixtures/amounts.ts";
import { load } from "../fixtures/protocol.ts";
import { contestedPool, enter, leave, POOL, percent, playEpoch, type StakeWorld } from "../fixtures/stake.ts";

type World = StakeWorld<TestUSDC>;

/** What the admin of the `AccessManager` can do to the stake system after `bind`. */
const ABUSES: readonly { name: string; commit: (world: World) => Promise<unknown> }[] = [
  { name: "revokes the roles of venue and serum", commit: revokeRoles },
  { name: "closes vault, venue and serum", commit: closeTargets },
  { name: "gives their functions to the guardian", commit: reassignFunctions },
  { name: "hands them to an authority that knows nobody", commit: replaceAuthority },
  { name: "takes the offices' roles itself", commit: takeRoles },
  {
    name: "does all of that",
    commit: async (world) => {
      for (const abuse of [takeRoles, revokeRoles, reassignFunctions, closeTargets, replaceAuthority])
        await abuse(world);
    },
  },
];

describe("StakeVault, against its governance", () => {
  for (const { name, commit } of ABUSES) {
    describe(`when the admin ${name}`, () => {
      let world: World;

      beforeEach(async () => {
        world = await load(settleableWorld);
        await commit(world);
      });

      it("lets the last token of a side be sold, and frees its lock", async () => {
        await expect(leave(world, world.challenger, { side: Side.Oppose }))
          .to.emit(world.stakeVault, "LockSet")
          .withArgs(world.challenger, CLAIM, Side.Oppose, 0n, 0n);
      });

      it("pays a withdrawal out", async () => {
        await expect(world.stakeVault.connect(world.latecomer).withdraw(STAKE)).to.changeTokenBalances(
          world.ethers,
          world.token,
          [world.stakeVault, world.latecomer],
          [-STAKE, STAKE],
        );
      });

      it("lets stake be added", async () => {
        await expect(world.stakeVault.connect(world.latecomer).deposit(STAKE)).to.emit(world.stakeVault, "Deposited");
      });

      it("lets an epoch be settled, and takes the loser's stake", async () => {
        await expect(world.truthSerum.settle(CLAIM, 0n, 3n))
          .to.emit(world.stakeVault, "Debited")
          .withArgs(world.challenger, POOL.shortLock);
      });

      it("lets an epoch be distributed, and ends the risk", async () => {
        await world.truthSerum.settle(CLAIM, 0n, 3n);
        await world.truthSerum.distribute(CLAIM, 0n, 3n);
        expect(await world.stakeVault.exposureOf(world.challenger, CLAIM)).to.deep.equal([POOL.shortLock, 0n]);
      });

      it("reverts when the admin sets a lock", async () => {
        await expect(world.stakeVault.setLock(world.latecomer, CLAIM, Side.Support, STAKE))
          .to.be.revertedWithCustomError(world.stakeVault, "NotVenue")
          .withArgs(world.deployer, world.convictionMarket);
      });

      for (const call of ["debit", "credit"] as const) {
        it(`reverts when the admin calls ${call}`, async () => {
          await expect(world.stakeVault[call](world.latecomer, 1n))
            .to.be.revertedWithCustomError(world.stakeVault, "NotSerum")
            .withArgs(world.deployer, world.truthSerum);
        });
      }

      it("reverts when the admin puts a stake at risk", async () => {
        await expect(world.stakeVault.setAtRisk(world.latecomer, CLAIM, STAKE))
          .to.be.revertedWithCustomError(world.stakeVault, "NotSerum")
          .withArgs(world.deployer, world.truthSerum);
      });
    });
  }
});

/**
 * `contestedPool`, in which the author has joined LONG with a lock of 5, and the latecomer has a stake of their own.
 * The voices of epoch 0 can be settled: the challenger loses all of their lock to the two others.
 */
async function settleableWorld(connection: NetworkConnection): Promise<World> {
  const world = await contestedPool(connection);
  const { author, supporter, challenger, latecomer, stakeVault } = world;
  await enter(world, author, { lock: usdc(5) });
  await stakeVault.connect(latecomer).deposit(STAKE);
  await playEpoch(world, [
    { user: supporter, belief: percent(90n), meta: percent(50n) },
    { user: author, belief: percent(80n), meta: percent(60n) },
    { user: challenger, belief: percent(20n), meta: percent(40n) },
  ]);
  return world;
}

const targetsOf = ({ stakeVault, convictionMarket, truthSerum }: World) => [stakeVault, convictionMarket, truthSerum];

async function revokeRoles({ authority, convictionMarket, truthSerum }: World): Promise<void> {
  await authority.revokeRole(Role.Venue, convictionMarket);
  await authority.revokeRole(Role.Serum, truthSerum);
}

async function closeTargets(world: World): Promise<void> {
  for (const target of targetsOf(world)) await world.authority.setTargetClosed(target, true);
}

async function reassignFunctions(world: World): Promise<void> {
  for (const target of targetsOf(world)) {
    const selectors: string[] = [];
    target.interface.forEachFunction(({ name, selector }) => {
      if (name !== "setAuthority") selectors.push(selector); // the `AccessManager` keeps that one for its admin
    });
    await world.authority.setTargetFunctionRole(target, selectors, Role.Guardian);
  }
}

async function replaceAuthority(world: World): Promise<void> {
  const other = await new AccessManager__factory(world.deployer).deploy(world.outsider);
  for (const target of targetsOf(world)) await world.authority.updateAuthority(target, other);
}

async function takeRoles({ authority, deployer }: World): Promise<void> {
  await authority.grantRole(Role.Venue, deployer, 0n);
  await authority.grantRole(Role.Serum, deployer, 0n);
}
