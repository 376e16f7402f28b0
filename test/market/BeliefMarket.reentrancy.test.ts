import { expect } from "chai";
import type { ContractTransactionResponse, Signature } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import { Side } from "../../sdk/market/side.ts";
import { signPermit } from "../../sdk/permit.ts";
import { type BeliefMarket, type ReentrantToken, ReentrantToken__factory } from "../../typechain-types/index.ts";
import { CLAIM, NO_LIMIT, OTHER_CLAIM, RULES, STAKE, usdc, WEALTH } from "../fixtures/amounts.ts";
import { callsTo, Hook, type HookName, outcomesOf, PULL_HOOKS, PUSH_HOOKS } from "../fixtures/hooks.ts";
import { contestedMarketOn, STORY } from "../fixtures/market.ts";
import { at, createMarket, deployOn, load, nextAt, now, type Protocol, predictMarket } from "../fixtures/protocol.ts";

interface ReentrantProtocol extends Protocol {
  token: ReentrantToken;
}

interface ReentrantWorld extends ReentrantProtocol {
  market: BeliefMarket;
}

/** A call that moves tokens, and the hooks it passes. */
interface Act {
  name: string;
  hooks: readonly HookName[];
  /** Seconds after creation. */
  elapsed: bigint;
  send: (world: ReentrantWorld) => Promise<ContractTransactionResponse>;
}

/** The token has position 4 of the story, for the calls it makes as an owner. */
const TOKEN_ID = 4n;

const ACTS: readonly Act[] = [
  {
    name: "commit",
    hooks: PULL_HOOKS,
    elapsed: 400_000n,
    send: ({ market, latecomer }) => market.connect(latecomer).commit(Side.Oppose, STAKE, NO_LIMIT),
  },
  {
    name: "commitWithPermit",
    hooks: ["Permit", ...PULL_HOOKS],
    elapsed: 400_000n,
    send: async ({ market, token, latecomer }) => {
      const deadline = (await market.createdAt()) + RULES.lockPeriod;
      const permit: Signature = await signPermit({ token, owner: latecomer, spender: market, value: STAKE, deadline });
      const { v, r, s } = permit;
      return market.connect(latecomer).commitWithPermit(Side.Oppose, STAKE, NO_LIMIT, deadline, v, r, s);
    },
  },
  {
    name: "claimRewards",
    hooks: PUSH_HOOKS,
    elapsed: 400_000n,
    send: ({ market, author }) => market.connect(author).claimRewards(STORY.authorId),
  },
  {
    name: "exitEarly",
    hooks: PUSH_HOOKS,
    elapsed: 400_000n,
    send: ({ market, author }) => market.connect(author).exitEarly(STORY.authorId),
  },
  {
    name: "withdraw",
    hooks: PUSH_HOOKS,
    elapsed: 2_000_000n,
    send: ({ market, author }) => market.connect(author).withdraw(STORY.authorId),
  },
];

describe("BeliefMarket, on a token that calls back", () => {
  let world: ReentrantWorld;

  for (const { name, hooks, elapsed, send } of ACTS) {
    describe(`when ${name} is under way`, () => {
      beforeEach(async () => {
        world = await load(reentrantMarket);
        await at(world.market, elapsed);
      });

      for (const hook of hooks) {
        it(`reverts when any guarded call comes from ${hook}`, async () => {
          const calls = guardedCalls(world.market);
          await world.token.arm(Hook[hook], await callsTo(world.market, calls));
          await at(world.market, elapsed + 1n);
          await send(world);
          const refused = world.market.interface.encodeErrorResult("ReentrancyGuardReentrantCall");
          expect(await outcomesOf(world.token)).to.deep.equal(calls.map(() => [false, refused]));
        });
      }

      it("reverts when commitAuthor comes from a hook", async () => {
        const calls = [world.market.interface.encodeFunctionData("commitAuthor", [STAKE])];
        await world.token.arm(Hook.BeforeMove, await callsTo(world.market, calls));
        await send(world);
        const refused = world.market.interface.encodeErrorResult("NotFactory", [await world.token.getAddress()]);
        expect(await outcomesOf(world.token)).to.deep.equal([[false, refused]]);
      });

      it("balances the books after calls from every hook", async () => {
        const calls = await callsTo(world.market, guardedCalls(world.market));
        for (const hook of hooks) await world.token.arm(Hook[hook], calls);
        await at(world.market, elapsed + 10n);
        await send(world);
        await expectBooksToBalance(world);
      });

      it("shows the state after it to a hook that reads", async () => {
        const reads = await callsTo(world.market, [world.market.interface.encodeFunctionData("state")]);
        await world.token.arm(Hook.BeforeMove, reads);
        await send(world);
        const after = world.market.interface.encodeFunctionResult("state", [await world.market.state()]);
        expect(await outcomesOf(world.token)).to.deep.equal([[true, after]]);
      });

      it("lets a hook act in another market", async () => {
        const other = await createMarket(world, { claimId: OTHER_CLAIM });
        await world.token.approveFor(world.token, other, WEALTH);
        const commit = other.interface.encodeFunctionData("commit", [Side.Support, STAKE, NO_LIMIT]);
        await world.token.arm(Hook.BeforeMove, await callsTo(other, [commit]));
        await send(world);
        expect((await other.position(1n)).owner).to.equal(world.token);
      });
    });
  }
});

describe("BeliefFactory.createMarket, on a token that calls back", () => {
  let protocol: ReentrantProtocol;
  let createdAt: bigint;
  /** Where the market will be if the author creates it. */
  let market: BeliefMarket;
  /** Where the market will be if the token itself creates it. */
  let ownMarket: BeliefMarket;

  beforeEach(async () => {
    protocol = await load(reentrantProtocol);
    const reference = await createMarket(protocol, { claimId: OTHER_CLAIM });
    const { beliefFactory, token } = protocol;
    createdAt = (await now()) + 1_000n;
    const marketBy = async (options: { author?: string }) =>
      reference.attach(await predictMarket(protocol, createdAt, options)) as BeliefMarket;
    market = await marketBy({});
    ownMarket = await marketBy({ author: await token.getAddress() });
    for (const spender of [market, ownMarket, beliefFactory]) await token.approveFor(token, spender, WEALTH);
  });

  /** What the token does as soon as the new market pulls the commitment. */
  const armWith = async (hook: HookName, target: BeliefMarket, calls: readonly string[]) =>
    protocol.token.arm(Hook[hook], await callsTo(target, calls));

  const encodeCommit = () => market.interface.encodeFunctionData("commit", [Side.Oppose, STAKE, NO_LIMIT]);
  const encodeExit = () => market.interface.encodeFunctionData("exitEarly", [1n]);

  /** The token itself creates the market and is its author. */
  const createAsToken = async () => {
    await nextAt(createdAt);
    return protocol.token.execute(
      protocol.beliefFactory,
      protocol.beliefFactory.interface.encodeFunctionData("createMarket", [CLAIM, STAKE]),
    );
  };

  for (const hook of PULL_HOOKS) {
    it(`reverts when createMarket comes from ${hook}`, async () => {
      const { beliefFactory, token, author } = protocol;
      const create = beliefFactory.interface.encodeFunctionData("createMarket", [`0x${"77".repeat(32)}`, 0n]);
      await token.arm(Hook[hook], await callsTo(beliefFactory, [create]));
      await beliefFactory.connect(author).createMarket(CLAIM, STAKE);
      const refused = beliefFactory.interface.encodeErrorResult("ReentrancyGuardReentrantCall");
      expect(await outcomesOf(token)).to.deep.equal([[false, refused]]);
    });

    it(`balances the books when someone commits from ${hook}`, async () => {
      await armWith(hook, market, [encodeCommit()]);
      await nextAt(createdAt);
      await protocol.beliefFactory.connect(protocol.author).createMarket(CLAIM, STAKE);
      await expectBooksToBalance({ ...protocol, market }, 2n);
    });

    it(`balances the books when the author exits from ${hook}, paid by another's stake`, async () => {
      await armWith(hook, ownMarket, [encodeCommit(), encodeExit()]);
      await createAsToken();
      expect((await outcomesOf(protocol.token)).map(([isSuccess]) => isSuccess)).to.deep.equal([true, true]);
      await expectBooksToBalance({ ...protocol, market: ownMarket }, 2n);
    });
  }

  it("reverts when the author exits from a hook before the commitment has arrived", async () => {
    await armWith("BeforeMove", ownMarket, [encodeExit()]);
    await createAsToken();
    const short = protocol.token.interface.encodeErrorResult("ERC20InsufficientBalance", [
      await ownMarket.getAddress(),
      0n,
      usdc(800),
    ]);
    expect(await outcomesOf(protocol.token)).to.deep.equal([[false, short]]);
  });

  it("pays the author once when they exit from a hook after the commitment has arrived", async () => {
    await armWith("AfterMove", ownMarket, [encodeExit()]);
    await expect(createAsToken()).to.changeTokenBalances(
      protocol.ethers,
      protocol.token,
      [protocol.token, ownMarket],
      [-usdc(200), usdc(200)],
    );
  });
});

/* SET-UP */

async function reentrantToken(connection: NetworkConnection): Promise<ReentrantToken> {
  const token = await new ReentrantToken__factory(await connection.ethers.provider.getSigner(0)).deploy();
  await token.mint(token, WEALTH);
  return token;
}

async function reentrantProtocol(connection: NetworkConnection): Promise<ReentrantProtocol> {
  const token = await reentrantToken(connection);
  return { ...(await deployOn(connection, token)), token };
}

/** The contested market, with the token on Oppose as well and something in its undistributed rewards. */
async function reentrantMarket(connection: NetworkConnection): Promise<ReentrantWorld> {
  const token = await reentrantToken(connection);
  const world = { ...(await contestedMarketOn(connection, token)), token };
  const { market, challenger } = world;
  await token.approveFor(token, market, WEALTH);
  await at(market, 300_000n);
  await token.execute(market, market.interface.encodeFunctionData("commit", [Side.Oppose, STAKE, NO_LIMIT]));
  await market.connect(challenger).claimRewards(STORY.challengerId);
  return world;
}

/* HELPERS */

/** Every guarded function, called so that it would succeed if it were not for the guard, or fail otherwise. */
function guardedCalls({ interface: abi }: BeliefMarket): string[] {
  const permit = [0n, 27, `0x${"11".repeat(32)}`, `0x${"22".repeat(32)}`] as const;
  return [
    abi.encodeFunctionData("commit", [Side.Support, STAKE, NO_LIMIT]),
    abi.encodeFunctionData("commitWithPermit", [Side.Support, STAKE, NO_LIMIT, ...permit]),
    abi.encodeFunctionData("claimRewards", [TOKEN_ID]),
    abi.encodeFunctionData("withdraw", [TOKEN_ID]),
    abi.encodeFunctionData("exitEarly", [TOKEN_ID]),
    abi.encodeFunctionData("distribute"),
    abi.encodeFunctionData("releaseExcess", [TOKEN_ID]),
  ];
}

async function expectBooksToBalance({ market, token }: ReentrantWorld, positionCount?: bigint): Promise<void> {
  const state = await market.state();
  if (positionCount !== undefined) expect(state.positionCount).to.equal(positionCount);
  expect(await token.balanceOf(market)).to.equal(state.supportPrincipal + state.opposePrincipal + state.srp);
}
