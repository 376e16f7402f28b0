import { expect } from "chai";
import { type BaseContract, type ContractTransactionResponse, ZeroHash } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import { signPermit } from "../../sdk/permit.ts";
import { type ReentrantToken, ReentrantToken__factory } from "../../typechain-types/index.ts";
import { DAY, HOUR } from "../fixtures/amounts.ts";
import {
  ACT,
  type CouncilWorld,
  HOLDINGS,
  openCouncilOn,
  PLEDGE,
  sendStake,
  stake,
  startPeriod,
} from "../fixtures/council.ts";
import { callsTo, Hook, type HookName, outcomesOf, PULL_HOOKS, PUSH_HOOKS } from "../fixtures/hooks.ts";
import { load, nextAt, now } from "../fixtures/protocol.ts";
import { mineBlock } from "../fixtures/stake.ts";

type World = CouncilWorld<ReentrantToken>;
type Abi = World["councilStaking"]["interface"];

/** Positions of the token and of the staker in `openOnReentrant`, by index. */
const UNLOCKED = 0n;
const LOCKED = 1n;

const idOf = (owner: string, index: bigint): bigint => (BigInt(owner) << 96n) | index;

/** Every guarded function, called by the token so that it would succeed if it were not for the guard. */
const GUARDED = {
  stake: (abi: Abi) => abi.encodeFunctionData("stake", [PLEDGE, 30n]),
  stakeWithPermit: (abi: Abi) => abi.encodeFunctionData("stakeWithPermit", [PLEDGE, 30n, 0n, 0n, ZeroHash, ZeroHash]),
  extendLock: (abi: Abi, token: string) => abi.encodeFunctionData("extendLock", [idOf(token, LOCKED), 180n]),
  poke: (abi: Abi, token: string) => abi.encodeFunctionData("poke", [idOf(token, UNLOCKED)]),
  unstake: (abi: Abi, token: string) => abi.encodeFunctionData("unstake", [idOf(token, UNLOCKED)]),
  unstakeEarly: (abi: Abi, token: string) => abi.encodeFunctionData("unstakeEarly", [idOf(token, LOCKED)]),
} as const;

/** A call that moves tokens, and the hooks it passes. */
interface Act {
  name: string;
  hooks: readonly HookName[];
  send: (world: World) => Promise<ContractTransactionResponse>;
}

const ACTS: readonly Act[] = [
  { name: "stake", hooks: PULL_HOOKS, send: (world) => sendStake(world, { by: world.whale }) },
  {
    name: "stakeWithPermit",
    hooks: ["Permit", ...PULL_HOOKS],
    send: async ({ councilStaking, token, whale }) => {
      const deadline = (await now()) + HOUR;
      const { v, r, s } = await signPermit({ token, owner: whale, spender: councilStaking, value: PLEDGE, deadline });
      return councilStaking.connect(whale).stakeWithPermit(PLEDGE, 0n, deadline, v, r, s);
    },
  },
  {
    name: "stakeFor",
    hooks: PULL_HOOKS,
    send: ({ rewardsDistributor, staker }) => rewardsDistributor.connect(staker).compound(0n),
  },
  {
    name: "unstake",
    hooks: PUSH_HOOKS,
    send: ({ councilStaking, staker }) => councilStaking.connect(staker).unstake(idOf(staker.address, UNLOCKED)),
  },
  {
    name: "unstakeEarly",
    hooks: PUSH_HOOKS,
    send: ({ councilStaking, staker }) => councilStaking.connect(staker).unstakeEarly(idOf(staker.address, LOCKED)),
  },
];

describe("CouncilStaking, on a token that calls back", () => {
  let world: World;
  let guarded: string[];

  /** Arms hooks with calls to staking. */
  const arm = async (hooks: readonly HookName[], calls: readonly string[]) => {
    for (const hook of hooks) await world.token.arm(Hook[hook], await callsTo(world.councilStaking, calls));
  };
  const delegation = () => world.councilStaking.interface.encodeFunctionData("delegate", [world.delegate.address]);

  beforeEach(async () => {
    world = await load(openOnReentrant);
    const { interface: abi } = world.councilStaking;
    const token = await world.token.getAddress();
    const forStaker = abi.encodeFunctionData("stakeFor", [world.staker.address, PLEDGE, 30n]);
    guarded = [...Object.values(GUARDED).map((encode) => encode(abi, token)), forStaker];
  });

  for (const { name, hooks, send } of ACTS) {
    describe(`when ${name} is under way`, () => {
      for (const hook of hooks) {
        it(`reverts when any guarded call comes from ${hook}`, async () => {
          await arm([hook], guarded);
          await send(world);
          const refused = world.councilStaking.interface.encodeErrorResult("ReentrancyGuardReentrantCall");
          expect(await outcomesOf(world.token)).to.deep.equal(guarded.map(() => [false, refused]));
        });

        it(`lets a delegation come from ${hook}`, async () => {
          await arm([hook], [delegation()]);
          await send(world);
          expect(await outcomesOf(world.token)).to.deep.equal([[true, "0x"]]);
        });
      }

      it("holds exactly all positions after calls from every hook", async () => {
        await arm(hooks, [...guarded, delegation()]);
        await send(world);
        const { councilStaking, token } = world;
        expect(await token.balanceOf(councilStaking)).to.equal(await councilStaking.totalStaked());
      });

      it("counts exactly all powers after calls from every hook", async () => {
        await arm(hooks, [...guarded, delegation()]);
        await send(world);
        const { councilStaking, token, staker, whale, delegate } = world;
        const users = [await token.getAddress(), staker.address, whale.address, delegate.address];
        const votes = await Promise.all(users.map((user) => councilStaking.getVotes(user)));
        const powers = await Promise.all(users.map(async (user) => (await councilStaking.account(user)).power));
        const sum = (of: readonly bigint[]) => of.reduce((total, one) => total + one, 0n);
        expect(sum(votes)).to.equal(sum(powers));
      });

      it("reverts when a hook governs", async () => {
        const { councilStaking, token } = world;
        const { interface: abi } = councilStaking;
        const calls = [abi.encodeFunctionData("pauseEntries"), abi.encodeFunctionData("unpauseEntries")];
        await arm(["BeforeMove"], calls);
        await send(world);
        const refused = abi.encodeErrorResult("AccessManagedUnauthorized", [await token.getAddress()]);
        expect(await outcomesOf(token)).to.deep.equal(calls.map(() => [false, refused]));
      });
    });
  }

  describe("when nothing is under way", () => {
    for (const [name, encode] of Object.entries(GUARDED)) {
      it(`lets the token call ${name}`, async () => {
        const { councilStaking, token } = world;
        const call = encode(councilStaking.interface, await token.getAddress());
        await expect(token.execute(councilStaking, call)).not.to.be.revert(world.ethers);
      });
    }

    it("reverts when the token calls stakeFor", async () => {
      const { councilStaking, token, staker } = world;
      const call = councilStaking.interface.encodeFunctionData("stakeFor", [staker.address, PLEDGE, 30n]);
      await expect(token.execute(councilStaking, call))
        .to.be.revertedWithCustomError(councilStaking, "NotDistributor")
        .withArgs(token);
    });
  });

  describe("when a hook reads", () => {
    /** Acts, and views that each of them changes. */
    const READS: readonly { act: string; view: string; args: (world: World) => unknown[] }[] = [
      { act: "stake", view: "account", args: ({ whale }) => [whale.address] },
      { act: "stake", view: "position", args: ({ whale }) => [idOf(whale.address, 0n)] },
      { act: "stake", view: "getVotes", args: ({ whale }) => [whale.address] },
      { act: "stake", view: "totalStaked", args: () => [] },
      { act: "unstake", view: "account", args: ({ staker }) => [staker.address] },
      { act: "unstake", view: "getVotes", args: ({ staker }) => [staker.address] },
      { act: "unstake", view: "totalStaked", args: () => [] },
      { act: "unstakeEarly", view: "account", args: ({ staker }) => [staker.address] },
      { act: "unstakeEarly", view: "getVotes", args: ({ staker }) => [staker.address] },
      { act: "unstakeEarly", view: "totalStaked", args: () => [] },
    ];

    for (const { act, view, args } of READS) {
      it(`shows ${view} as it is after ${act}`, async () => {
        const contract: BaseContract = world.councilStaking;
        const data = contract.interface.encodeFunctionData(view, args(world));
        await arm(["BeforeMove"], [data]);
        await ACTS.find(({ name }) => name === act)?.send(world);
        const after = await world.ethers.provider.call({ to: await contract.getAddress(), data });
        expect(await outcomesOf(world.token)).to.deep.equal([[true, after]]);
      });
    }

    it("shows the power that the distributor knows as it is after unstake", async () => {
      const { rewardsDistributor, councilStaking, staker, token } = world;
      const data = rewardsDistributor.interface.encodeFunctionData("account", [staker.address]);
      await token.arm(Hook.BeforeMove, await callsTo(rewardsDistributor, [data]));
      await councilStaking.connect(staker).unstake(idOf(staker.address, UNLOCKED));
      const after = await world.ethers.provider.call({ to: await rewardsDistributor.getAddress(), data });
      expect(await outcomesOf(token)).to.deep.equal([[true, after]]);
    });
  });

  describe("when a hook pays itself twice", () => {
    it("leaves every other position whole", async () => {
      const { councilStaking, token } = world;
      const { interface: abi } = councilStaking;
      const unstake = GUARDED.unstake(abi, await token.getAddress());
      await arm(["Transfer"], [unstake]);
      await token.execute(councilStaking, unstake);
      expect(await token.balanceOf(councilStaking)).to.equal(await councilStaking.totalStaked());
    });
  });
});

/* SET-UP */

/** The token and the staker have a position each without a lock, and one of 30 days; and a reward to be staked. */
async function openOnReentrant(connection: NetworkConnection): Promise<World> {
  const token = await new ReentrantToken__factory(await connection.ethers.provider.getSigner(0)).deploy();
  const world = await openCouncilOn(connection, token);
  const { councilStaking } = world;
  const { interface: abi } = councilStaking;
  await token.mint(token, HOLDINGS);
  await token.approveFor(token, councilStaking, HOLDINGS);
  for (const lockDays of [0n, 30n]) {
    await token.execute(councilStaking, abi.encodeFunctionData("stake", [PLEDGE, lockDays]));
    await stake(world, { lockDays });
  }
  await startPeriod(world, ACT(10_000));
  await nextAt((await now()) + 7n * DAY);
  await mineBlock();
  return world;
}
