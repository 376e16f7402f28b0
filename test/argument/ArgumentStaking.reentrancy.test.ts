import { expect } from "chai";
import type { BaseContract, ContractTransactionResponse } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import { Side } from "../../sdk/market/side.ts";
import { type ReentrantToken, ReentrantToken__factory } from "../../typechain-types/index.ts";
import { act, OTHER_CLAIM } from "../fixtures/amounts.ts";
import {
  type ArgumentWorld,
  argue,
  BODY,
  booksOf,
  FORTUNE,
  openForumOn,
  Reason,
  SUMMARY,
  sendArgument,
} from "../fixtures/arguments.ts";
import { callsTo, Hook, type HookName, outcomesOf, PULL_HOOKS, PUSH_HOOKS } from "../fixtures/hooks.ts";
import { load } from "../fixtures/protocol.ts";
import { fieldsOf } from "../fixtures/structs.ts";

type World = ArgumentWorld<ReentrantToken>;

/** A call that moves tokens, and the hooks it passes. */
interface Act {
  name: string;
  hooks: readonly HookName[];
  send: (world: World) => Promise<ContractTransactionResponse>;
}

/** The author's argument; the next one, and the stake on it. */
const ID = 1n;
const NEXT_ID = 5n;

type Abi = World["argumentStaking"]["interface"];

/** Every guarded function, called by the token so that it would succeed if it were not for the guard. */
const CALLS = {
  createArgument: (abi: Abi) => abi.encodeFunctionData("createArgument", [OTHER_CLAIM, Side.Oppose, SUMMARY, BODY]),
  upvote: (abi: Abi) => abi.encodeFunctionData("upvote", [ID]),
  deleteArgument: (abi: Abi) => abi.encodeFunctionData("deleteArgument", [3n]),
  withdraw: (abi: Abi) => abi.encodeFunctionData("withdraw"),
  markUnhelpful: (abi: Abi) => abi.encodeFunctionData("markUnhelpful", [ID, Reason.Spam]),
  processExpired: (abi: Abi) => abi.encodeFunctionData("processExpired", [1n]),
  fundRewards: (abi: Abi) => abi.encodeFunctionData("fundRewards", [1n]),
} as const;

const guardedCalls = ({ argumentStaking }: World): string[] =>
  Object.values(CALLS).map((encode) => encode(argumentStaking.interface));

const ACTS: readonly Act[] = [
  {
    name: "createArgument",
    hooks: PULL_HOOKS,
    send: (world) => sendArgument(world, { by: world.latecomer }),
  },
  {
    name: "upvote",
    hooks: PULL_HOOKS,
    send: ({ argumentStaking, latecomer }) => argumentStaking.connect(latecomer).upvote(ID),
  },
  {
    name: "fundRewards",
    hooks: PULL_HOOKS,
    send: ({ argumentStaking, latecomer }) => argumentStaking.connect(latecomer).fundRewards(act(1)),
  },
  {
    name: "withdraw",
    hooks: PUSH_HOOKS,
    send: ({ argumentStaking, author }) => argumentStaking.connect(author).withdraw(),
  },
];

describe("ArgumentStaking, on a token that calls back", () => {
  let world: World;

  beforeEach(async () => {
    world = await load(reentrantDebate);
  });

  for (const { name, hooks, send } of ACTS) {
    describe(`when ${name} is under way`, () => {
      for (const hook of hooks) {
        it(`reverts when any guarded call comes from ${hook}`, async () => {
          const calls = guardedCalls(world);
          await world.token.arm(Hook[hook], await callsTo(world.argumentStaking, calls));
          await send(world);
          const refused = world.argumentStaking.interface.encodeErrorResult("ReentrancyGuardReentrantCall");
          expect(await outcomesOf(world.token)).to.deep.equal(calls.map(() => [false, refused]));
        });
      }

      it("balances the books after calls from every hook", async () => {
        const calls = await callsTo(world.argumentStaking, guardedCalls(world));
        for (const hook of hooks) await world.token.arm(Hook[hook], calls);
        await send(world);
        const { owed, balance } = await booksOf(world, world.token);
        expect(balance).to.equal(owed);
      });

      it("reverts when a hook governs", async () => {
        const { argumentStaking, token } = world;
        const rules = fieldsOf(await argumentStaking.params());
        const calls = [
          argumentStaking.interface.encodeFunctionData("setParams", [rules as never]),
          argumentStaking.interface.encodeFunctionData("pauseEntries"),
          argumentStaking.interface.encodeFunctionData("unpauseEntries"),
        ];
        await token.arm(Hook.BeforeMove, await callsTo(argumentStaking, calls));
        await send(world);
        const refused = argumentStaking.interface.encodeErrorResult("AccessManagedUnauthorized", [
          await token.getAddress(),
        ]);
        expect(await outcomesOf(token)).to.deep.equal(calls.map(() => [false, refused]));
      });
    });
  }

  describe("when nothing is under way", () => {
    for (const [name, encode] of Object.entries(CALLS)) {
      it(`lets the token call ${name}`, async () => {
        await expect(
          world.token.execute(world.argumentStaking, encode(world.argumentStaking.interface)),
        ).not.to.be.revert(world.ethers);
      });
    }
  });

  describe("when a hook reads in the midst of a payment", () => {
    /** What a read returns while an act of `ACTS` is being paid, and what it returns after that. */
    const READS: readonly { act: string; view: string; argsOf?: (world: World) => readonly unknown[] }[] = [
      { act: "createArgument", view: "argument", argsOf: () => [NEXT_ID] },
      { act: "createArgument", view: "stake", argsOf: () => [NEXT_ID] },
      { act: "createArgument", view: "rewardReserve" },
      { act: "createArgument", view: "activeStakes" },
      { act: "createArgument", view: "runningStake", argsOf: ({ latecomer }) => [latecomer.address] },
      { act: "upvote", view: "argument", argsOf: () => [ID] },
      { act: "upvote", view: "hasUpvoted", argsOf: ({ latecomer }) => [ID, latecomer.address] },
      { act: "upvote", view: "owed" },
      { act: "fundRewards", view: "rewardReserve" },
      { act: "withdraw", view: "account", argsOf: ({ author }) => [author.address] },
      { act: "withdraw", view: "owed" },
    ];

    for (const { act, view, argsOf = () => [] } of READS) {
      it(`shows ${view} as it is after ${act}`, async () => {
        const contract: BaseContract = world.argumentStaking;
        const data = contract.interface.encodeFunctionData(view, argsOf(world));
        await world.token.arm(Hook.BeforeMove, await callsTo(contract, [data]));
        await ACTS.find(({ name }) => name === act)?.send(world);
        const after = await world.ethers.provider.call({ to: await contract.getAddress(), data });
        expect(await outcomesOf(world.token)).to.deep.equal([[true, after]]);
      });
    }
  });
});

/* SET-UP */

/**
 * The author has argument 1, which is live, and 50 to withdraw. The token itself is a user: argument 3 is theirs, its
 * stake makes them a curator, and they have 50 to withdraw. Arguments 2 and 4 were deleted.
 */
async function reentrantDebate(connection: NetworkConnection): Promise<World> {
  const token = await new ReentrantToken__factory(await connection.ethers.provider.getSigner(0)).deploy();
  const world = await openForumOn(connection, token);
  const { argumentStaking, author } = world;
  await argue(world);
  await argumentStaking.connect(author).deleteArgument(await argue(world));
  await token.mint(token, FORTUNE);
  await token.approveFor(token, argumentStaking, FORTUNE);
  const { interface: abi } = argumentStaking;
  for (const data of [
    CALLS.createArgument(abi),
    CALLS.createArgument(abi),
    abi.encodeFunctionData("deleteArgument", [4n]),
  ]) {
    await token.execute(argumentStaking, data);
  }
  return world;
}
