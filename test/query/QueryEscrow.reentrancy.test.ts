import { expect } from "chai";
import { type BaseContract, type ContractTransactionResponse, id } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import { signPermit } from "../../sdk/permit.ts";
import { Phase } from "../../sdk/query/state.ts";
import { type ReentrantToken, ReentrantToken__factory } from "../../typechain-types/index.ts";
import { act, DAY, HOUR } from "../fixtures/amounts.ts";
import { callsTo, Hook, type HookName, outcomesOf, PULL_HOOKS, PUSH_HOOKS } from "../fixtures/hooks.ts";
import { load, now } from "../fixtures/protocol.ts";
import {
  answerOf,
  ask,
  openEscrowOn,
  PURSE,
  QUESTION,
  type QueryWorld,
  sendQuestion,
  settle,
  USUAL,
} from "../fixtures/queries.ts";
import { memberOf } from "../fixtures/query-play.ts";
import { booksOf, queryWith } from "../fixtures/query-stories.ts";
import { SALT } from "../fixtures/stake.ts";

type World = QueryWorld<ReentrantToken>;
type Abi = World["queryEscrow"]["interface"];

/** Queries of `openOnReentrant`, by what can be done in them. */
const SETTLEABLE = 3n;
const REVEALING = 4n;
const JUDGED_BY_TOKEN = 5n;
const JUDGING = 6n;
const OPENING = 7n;
const ANSWERED_BY_TOKEN = 8n;
const ANSWERING = 9n;
const NEXT = 10n;

const SEAL = id("a seal");
const STAKE = act(35);

/** A vote that the first judge of `REVEALING` has submitted. */
const VOTE = { ranking: [1, 0], good: [1] };

/* CALLS */

const ASK_ARGS = [QUESTION.contentHash, QUESTION.uri, 0n, 7n, 32n, USUAL] as const;

/** Every guarded function, called by the token so that it would succeed if it were not for the guard. */
const GUARDED = {
  ask: (abi: Abi) => abi.encodeFunctionData("ask", [...ASK_ARGS]),
  askWithPermit: (abi: Abi) => abi.encodeFunctionData("askWithPermit", [...ASK_ARGS, 0n, 0n, SEAL, SEAL]),
  joinAnswer: (abi: Abi) => abi.encodeFunctionData("joinAnswer", [ANSWERING]),
  joinJudge: (abi: Abi) => abi.encodeFunctionData("joinJudge", [JUDGING]),
  withdraw: (abi: Abi) => abi.encodeFunctionData("withdraw"),
} as const;

const guardedCalls = ({ queryEscrow }: World): string[] =>
  Object.values(GUARDED).map((encode) => encode(queryEscrow.interface));

/** Every function that moves no tokens, and so has no guard. */
function openCalls({ queryEscrow, answerers, judges }: World): string[] {
  const abi = queryEscrow.interface;
  const answerer = memberOf(answerers, 0);
  const { contentHash, uri, salt } = answerOf(answerer);
  return [
    abi.encodeFunctionData("submitAnswer", [ANSWERED_BY_TOKEN, SEAL]),
    abi.encodeFunctionData("openAnswer", [OPENING, answerer.address, contentHash, uri, salt]),
    abi.encodeFunctionData("submitVote", [JUDGED_BY_TOKEN, SEAL]),
    abi.encodeFunctionData("openVote", [REVEALING, memberOf(judges, 0).address, VOTE.ranking, 0b10n, SALT]),
    abi.encodeFunctionData("settle", [SETTLEABLE, []]),
  ];
}

/** A call that moves tokens, and the hooks it passes. */
interface Act {
  name: string;
  hooks: readonly HookName[];
  send: (world: World) => Promise<ContractTransactionResponse>;
}

const ACTS: readonly Act[] = [
  { name: "ask", hooks: PULL_HOOKS, send: (world) => sendQuestion(world, { by: world.outsider }) },
  {
    name: "askWithPermit",
    hooks: ["Permit", ...PULL_HOOKS],
    send: async ({ queryEscrow, token, asker }) => {
      const deadline = (await now()) + HOUR;
      const request = { token, owner: asker, spender: queryEscrow, value: STAKE, deadline };
      const { v, r, s } = await signPermit(request);
      return queryEscrow.connect(asker).askWithPermit(...ASK_ARGS, deadline, v, r, s);
    },
  },
  {
    name: "joinAnswer",
    hooks: PULL_HOOKS,
    send: ({ queryEscrow, answerers }) => queryEscrow.connect(memberOf(answerers, 0)).joinAnswer(ANSWERING),
  },
  {
    name: "joinJudge",
    hooks: PULL_HOOKS,
    send: ({ queryEscrow, judges }) => queryEscrow.connect(memberOf(judges, 0)).joinJudge(JUDGING),
  },
  {
    name: "withdraw",
    hooks: PUSH_HOOKS,
    send: ({ queryEscrow, asker }) => queryEscrow.connect(asker).withdraw(),
  },
];

describe("QueryEscrow, on a token that calls back", () => {
  let world: World;

  /** Arms hooks with calls to the escrow. */
  const arm = async (hooks: readonly HookName[], calls: readonly string[]) => {
    for (const hook of hooks) await world.token.arm(Hook[hook], await callsTo(world.queryEscrow, calls));
  };
  const expectBalanced = async () => {
    const { balance, stakes, credits } = await booksOf(world);
    expect(balance).to.equal(stakes + credits + (await world.queryEscrow.credited(world.token)));
  };

  beforeEach(async () => {
    world = await load(openOnReentrant);
  });

  for (const { name, hooks, send } of ACTS) {
    describe(`when ${name} is under way`, () => {
      for (const hook of hooks) {
        it(`reverts when any guarded call comes from ${hook}`, async () => {
          const calls = guardedCalls(world);
          await arm([hook], calls);
          await send(world);
          const refused = world.queryEscrow.interface.encodeErrorResult("ReentrancyGuardReentrantCall");
          expect(await outcomesOf(world.token)).to.deep.equal(calls.map(() => [false, refused]));
        });

        it(`lets every call that moves no tokens come from ${hook}`, async () => {
          const calls = openCalls(world);
          await arm([hook], calls);
          await send(world);
          expect(await outcomesOf(world.token)).to.deep.equal(calls.map(() => [true, "0x"]));
        });
      }

      it("balances the books after calls from every hook", async () => {
        await arm(hooks, [...guardedCalls(world), ...openCalls(world)]);
        await send(world);
        await expectBalanced();
      });

      it("reverts when a hook governs", async () => {
        const { queryEscrow, token } = world;
        const calls = [
          queryEscrow.interface.encodeFunctionData("pauseEntries"),
          queryEscrow.interface.encodeFunctionData("unpauseEntries"),
        ];
        await arm(["BeforeMove"], calls);
        await send(world);
        const refused = queryEscrow.interface.encodeErrorResult("AccessManagedUnauthorized", [
          await token.getAddress(),
        ]);
        expect(await outcomesOf(token)).to.deep.equal(calls.map(() => [false, refused]));
      });
    });
  }

  describe("when a withdrawal is under way and the caller is credited more", () => {
    beforeEach(async () => {
      await arm(["BeforeMove"], [world.queryEscrow.interface.encodeFunctionData("settle", [SETTLEABLE, []])]);
    });

    it("pays what was credited before", async () => {
      await expect(world.queryEscrow.connect(world.asker).withdraw()).to.changeTokenBalance(
        world.ethers,
        world.token,
        world.asker,
        STAKE,
      );
    });

    it("keeps what was credited since", async () => {
      await world.queryEscrow.connect(world.asker).withdraw();
      expect(await world.queryEscrow.credited(world.asker)).to.equal(STAKE);
    });
  });

  describe("when nothing is under way", () => {
    for (const [name, encode] of Object.entries(GUARDED)) {
      it(`lets the token call ${name}`, async () => {
        await expect(world.token.execute(world.queryEscrow, encode(world.queryEscrow.interface))).not.to.be.revert(
          world.ethers,
        );
      });
    }
  });

  describe("when a hook reads in the midst of a payment", () => {
    /** What a read returns while an act of `ACTS` is being paid, and what it returns after that. */
    const READS: readonly { act: string; view: string; args: (world: World) => readonly unknown[] }[] = [
      { act: "ask", view: "queryCount", args: () => [] },
      { act: "ask", view: "query", args: () => [NEXT] },
      { act: "askWithPermit", view: "query", args: () => [NEXT] },
      { act: "joinAnswer", view: "query", args: () => [ANSWERING] },
      { act: "joinAnswer", view: "answers", args: () => [ANSWERING] },
      { act: "joinJudge", view: "query", args: () => [JUDGING] },
      { act: "joinJudge", view: "judges", args: () => [JUDGING] },
      { act: "withdraw", view: "credited", args: ({ asker }) => [asker.address] },
    ];

    for (const { act: name, view, args } of READS) {
      it(`shows ${view} as it is after ${name}`, async () => {
        const contract: BaseContract = world.queryEscrow;
        const data = contract.interface.encodeFunctionData(view, args(world));
        await arm(["BeforeMove"], [data]);
        await ACTS.find((one) => one.name === name)?.send(world);
        const after = await world.ethers.provider.call({ to: await contract.getAddress(), data });
        expect(await outcomesOf(world.token)).to.deep.equal([[true, after]]);
      });
    }
  });
});

/* SET-UP */

/**
 * Queries that are each in a phase of their own, up to the end of it a month. The first two were cancelled: the token
 * itself asked the first, the asker the second and all others. The token has joined a query as an answerer, and one as
 * a judge.
 */
async function openOnReentrant(connection: NetworkConnection): Promise<World> {
  const token = await new ReentrantToken__factory(await connection.ethers.provider.getSigner(0)).deploy();
  const world = await openEscrowOn(connection, token);
  const { queryEscrow } = world;
  const { interface: abi } = queryEscrow;
  const month = 30n * DAY;
  await token.mint(token, PURSE);
  await token.approveFor(token, queryEscrow, PURSE);

  await token.execute(queryEscrow, GUARDED.ask(abi));
  await queryWith(world);
  await queryWith(world);
  for (const queryId of [1n, 2n]) await settle(world, queryId);
  await queryWith(world, { until: Phase.Revealing, answers: 2, votes: [VOTE], timing: { revealing: month } });
  await queryWith(world, { until: Phase.Judging, answers: 2, timing: { judging: month } });
  await queryWith(world, { until: Phase.Judging, answers: 2, timing: { judging: month } });
  await queryWith(world, { until: Phase.Opening, answers: 2, timing: { opening: month } });
  for (let i = 0; i < 2; i++) await ask(world, { timing: { answering: month } });
  await token.execute(queryEscrow, abi.encodeFunctionData("joinJudge", [JUDGED_BY_TOKEN]));
  await token.execute(queryEscrow, abi.encodeFunctionData("joinAnswer", [ANSWERED_BY_TOKEN]));
  return world;
}
