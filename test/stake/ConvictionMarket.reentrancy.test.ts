import { expect } from "chai";
import { type BaseContract, type BytesLike, type ContractTransactionResponse, ZeroHash } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import { Side } from "../../sdk/market/side.ts";
import { signPermit } from "../../sdk/permit.ts";
import { type ReentrantToken, ReentrantToken__factory } from "../../typechain-types/index.ts";
import { CLAIM, HOUR, STAKE, usdc, WEALTH } from "../fixtures/amounts.ts";
import { callsTo, Hook, type HookName, outcomesOf, PULL_HOOKS, PUSH_HOOKS } from "../fixtures/hooks.ts";
import { load, now } from "../fixtures/protocol.ts";
import { contestedPoolOn, POOL, percent, playEpoch, type StakeWorld, surplusOf } from "../fixtures/stake.ts";

type World = StakeWorld<ReentrantToken>;

/** A call that moves tokens, what it is a call of, and the hooks it passes. */
interface Act {
  name: string;
  contract: "stakeVault" | "convictionMarket";
  hooks: readonly HookName[];
  send: (world: World) => Promise<ContractTransactionResponse>;
}

/** A view and its arguments. */
type Read = [contract: BaseContract, name: string, args: readonly unknown[]];

const PERMIT_HOOKS = ["Permit", ...PULL_HOOKS] as const;

const ACTS: readonly Act[] = [
  {
    name: "deposit",
    contract: "stakeVault",
    hooks: PULL_HOOKS,
    send: ({ stakeVault, latecomer }) => stakeVault.connect(latecomer).deposit(STAKE),
  },
  {
    name: "depositWithPermit",
    contract: "stakeVault",
    hooks: PERMIT_HOOKS,
    send: async (world) => {
      const { stakeVault, latecomer } = world;
      return stakeVault.connect(latecomer).depositWithPermit(STAKE, ...(await permitFor(world, stakeVault)));
    },
  },
  {
    name: "withdraw",
    contract: "stakeVault",
    hooks: PUSH_HOOKS,
    send: ({ stakeVault, author }) => stakeVault.connect(author).withdraw(STAKE),
  },
  {
    name: "buy",
    contract: "convictionMarket",
    hooks: PULL_HOOKS,
    send: ({ convictionMarket, latecomer }) => convictionMarket.connect(latecomer).buy(CLAIM, Side.Oppose, STAKE, 0n),
  },
  {
    name: "buyWithPermit",
    contract: "convictionMarket",
    hooks: PERMIT_HOOKS,
    send: async (world) => {
      const { convictionMarket, latecomer } = world;
      const permit = await permitFor(world, convictionMarket);
      return convictionMarket.connect(latecomer).buyWithPermit(CLAIM, Side.Oppose, STAKE, 0n, ...permit);
    },
  },
  {
    name: "sell",
    contract: "convictionMarket",
    hooks: PUSH_HOOKS,
    send: ({ convictionMarket, supporter }) =>
      convictionMarket.connect(supporter).sell(CLAIM, Side.Support, POOL.longSupply, 0n),
  },
];

describe("StakeVault and ConvictionMarket, on a token that calls back", () => {
  let world: World;

  beforeEach(async () => {
    world = await load(reentrantPool);
  });

  for (const { name, contract, hooks, send } of ACTS) {
    describe(`when ${name} is under way`, () => {
      for (const hook of hooks) {
        it(`reverts when any guarded call of the same contract comes from ${hook}`, async () => {
          const calls = guardedCalls(world)[contract];
          await world.token.arm(Hook[hook], await callsTo(world[contract], calls));
          await send(world);
          const refused = world[contract].interface.encodeErrorResult("ReentrancyGuardReentrantCall");
          expect(await outcomesOf(world.token)).to.deep.equal(calls.map(() => [false, refused]));
        });

        it(`balances the books when any call of both contracts comes from ${hook}`, async () => {
          const { stakeVault, convictionMarket } = guardedCalls(world);
          await world.token.arm(Hook[hook], [
            ...(await callsTo(world.stakeVault, stakeVault)),
            ...(await callsTo(world.convictionMarket, convictionMarket)),
          ]);
          await send(world);
          expect(await surplusOf(world)).to.deep.equal({ vault: 0n, venue: 0n });
        });
      }
    });
  }

  describe("when a hook reads in the midst of a payment", () => {
    /** What a read returns while an act of `ACTS` is being paid, and what it returns after that. */
    const READS: readonly { act: string; shows: string; read: (world: World) => Read }[] = [
      { act: "deposit", shows: "the stake", read: (w) => [w.stakeVault, "totalStake", [w.latecomer.address]] },
      { act: "withdraw", shows: "the stake", read: (w) => [w.stakeVault, "totalStake", [w.author.address]] },
      { act: "buy", shows: "the pool", read: (w) => [w.convictionMarket, "pool", [CLAIM]] },
      {
        act: "buy",
        shows: "the holding",
        read: (w) => [w.convictionMarket, "balanceOf", [w.latecomer.address, CLAIM, Side.Oppose]],
      },
      { act: "sell", shows: "the pool", read: (w) => [w.convictionMarket, "pool", [CLAIM]] },
      {
        act: "sell",
        shows: "the holding",
        read: (w) => [w.convictionMarket, "balanceOf", [w.supporter.address, CLAIM, Side.Support]],
      },
      { act: "sell", shows: "what is locked", read: (w) => [w.stakeVault, "totalLocked", [w.supporter.address]] },
    ];

    for (const { act, shows, read } of READS) {
      it(`shows ${shows} after ${act}`, async () => {
        const [contract, name, args] = read(world);
        const data = contract.interface.encodeFunctionData(name, args);
        await world.token.arm(Hook.BeforeMove, await callsTo(contract, [data]));
        await ACTS.find(({ name }) => name === act)?.send(world);
        const after = await world.ethers.provider.call({ to: await contract.getAddress(), data });
        expect(await outcomesOf(world.token)).to.deep.equal([[true, after]]);
      });
    }
  });

  describe("when the skim of a purchase is under way", () => {
    it("reverts when any guarded call of the vault comes from its transfer", async () => {
      const { token, stakeVault, convictionMarket, latecomer } = world;
      const calls = guardedCalls(world).stakeVault;
      await armSecond(world, "BeforeMove", await callsTo(stakeVault, calls));
      await convictionMarket.connect(latecomer).buy(CLAIM, Side.Support, usdc(100), 0n);
      const refused = stakeVault.interface.encodeErrorResult("ReentrancyGuardReentrantCall");
      const [, ...outcomes] = await outcomesOf(token);
      expect(outcomes).to.deep.equal(calls.map(() => [false, refused]));
    });

    it("shows the stake with the skim to a hook that reads", async () => {
      const { token, stakeVault, convictionMarket, latecomer } = world;
      const { interface: abi } = stakeVault;
      const read = abi.encodeFunctionData("totalStake", [latecomer.address]);
      await armSecond(world, "BeforeMove", await callsTo(stakeVault, [read]));
      await convictionMarket.connect(latecomer).buy(CLAIM, Side.Support, usdc(100), 0n);
      const [, outcome] = await outcomesOf(token);
      expect(outcome).to.deep.equal([true, abi.encodeFunctionResult("totalStake", [usdc(2)])]);
    });
  });

  describe("when the buyer moves stake while the purchase is being paid", () => {
    /** The token itself, with a stake of 5 and a lock of 2, buys 200 of SHORT: a lock of 4, so a skim of 1. */
    const buyAsToken = () =>
      world.token.execute(
        world.convictionMarket,
        world.convictionMarket.interface.encodeFunctionData("buy", [CLAIM, Side.Oppose, usdc(200), 0n]),
      );
    const armVaultCall = async (hook: HookName, call: string) =>
      world.token.arm(Hook[hook], await callsTo(world.stakeVault, [call]));

    for (const hook of PULL_HOOKS) {
      it(`reverts when a deposit from ${hook} makes the skim smaller`, async () => {
        await armVaultCall(hook, world.stakeVault.interface.encodeFunctionData("deposit", [1n]));
        await expect(buyAsToken())
          .to.be.revertedWithCustomError(world.convictionMarket, "SkimChanged")
          .withArgs(usdc(1), usdc(1) - 1n);
      });

      it(`reverts when a withdrawal from ${hook} makes the skim larger`, async () => {
        await armVaultCall(hook, world.stakeVault.interface.encodeFunctionData("withdraw", [1n]));
        await expect(buyAsToken())
          .to.be.revertedWithCustomError(world.convictionMarket, "SkimChanged")
          .withArgs(usdc(1), usdc(1) + 1n);
      });
    }

    it("reverts when an epoch that is settled from a hook takes stake", async () => {
      const { truthSerum, token, supporter, challenger } = world;
      const { interface: abi } = truthSerum;
      // never opened: the token loses all of its lock
      await token.execute(truthSerum, abi.encodeFunctionData("commitBelief", [CLAIM, ZeroHash]));
      await playEpoch(world, [
        { user: supporter, belief: percent(70n), meta: percent(50n) },
        { user: challenger, belief: percent(30n), meta: percent(50n) },
      ]);
      await token.arm(Hook.BeforeMove, await callsTo(truthSerum, [abi.encodeFunctionData("settle", [CLAIM, 0n, 3n])]));
      await expect(buyAsToken())
        .to.be.revertedWithCustomError(world.convictionMarket, "SkimChanged")
        .withArgs(usdc(1), usdc(3));
    });

    it("emits Bought when the stake is what it was in the end", async () => {
      const { stakeVault, token, convictionMarket } = world;
      const { interface: abi } = stakeVault;
      const calls = [abi.encodeFunctionData("withdraw", [usdc(3)]), abi.encodeFunctionData("deposit", [usdc(3)])];
      await token.arm(Hook.BeforeMove, await callsTo(stakeVault, calls));
      await expect(buyAsToken()).to.emit(convictionMarket, "Bought");
    });
  });
});

/* SET-UP */

/** The contested pool, with a stake of 5 and 100 in LONG for the token, and a stake that is free for the author. */
async function reentrantPool(connection: NetworkConnection): Promise<World> {
  const token = await new ReentrantToken__factory(await connection.ethers.provider.getSigner(0)).deploy();
  await token.mint(token, WEALTH);
  const world = await contestedPoolOn(connection, token);
  const { stakeVault, convictionMarket, author } = world;
  for (const spender of [stakeVault, convictionMarket]) await token.approveFor(token, spender, WEALTH);
  await token.execute(stakeVault, stakeVault.interface.encodeFunctionData("deposit", [usdc(5)]));
  const buy = convictionMarket.interface.encodeFunctionData("buy", [CLAIM, Side.Support, usdc(100), 0n]);
  await token.execute(convictionMarket, buy);
  await stakeVault.connect(author).deposit(STAKE);
  return world;
}

/* HELPERS */

/** Every guarded function, called by the token so that it would succeed if it were not for the guard, or fail otherwise. */
function guardedCalls({ stakeVault: { interface: vault }, convictionMarket: { interface: market } }: World) {
  const permit = [0n, 27, `0x${"11".repeat(32)}`, `0x${"22".repeat(32)}`] as const;
  return {
    stakeVault: [
      vault.encodeFunctionData("deposit", [1n]),
      vault.encodeFunctionData("depositWithPermit", [1n, ...permit]),
      vault.encodeFunctionData("withdraw", [1n]),
    ],
    convictionMarket: [
      market.encodeFunctionData("buy", [CLAIM, Side.Support, usdc(50), 0n]),
      market.encodeFunctionData("buyWithPermit", [CLAIM, Side.Support, usdc(50), 0n, ...permit]),
      market.encodeFunctionData("sell", [CLAIM, Side.Support, 1n, 0n]),
    ],
  };
}

/** Arms a hook for the second time that it is reached: the first time, all it does is to arm itself. */
async function armSecond(
  { token }: World,
  hook: HookName,
  calls: readonly { target: string; data: BytesLike }[],
): Promise<void> {
  const arm = token.interface.encodeFunctionData("arm", [Hook[hook], [...calls]]);
  await token.arm(Hook[hook], await callsTo(token, [arm]));
}

/** A permit of the latecomer's for `STAKE`. */
async function permitFor(
  { token, latecomer }: World,
  spender: World["stakeVault"] | World["convictionMarket"],
): Promise<[deadline: bigint, v: number, r: string, s: string]> {
  const deadline = (await now()) + HOUR;
  const { v, r, s } = await signPermit({ token, owner: latecomer, spender, value: STAKE, deadline });
  return [deadline, v, r, s];
}
