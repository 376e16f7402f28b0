import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { revertDataOf } from "../../dapp/src/actions/refusal.ts";
import { ACT } from "../../dapp/src/format/amounts.ts";
import type { ArgumentRecord } from "../../dapp/src/pages/claim/arguments/history.ts";
import {
  type Account,
  lengthOf,
  markingProblem,
  type Rules,
  takingBackProblem,
  upvoteProblem,
  writingProblem,
} from "../../dapp/src/pages/claim/arguments/rules.ts";
import { wordsOf } from "../../dapp/src/words/errors.ts";
import { Side } from "../../sdk/market/side.ts";
import { Role } from "../../sdk/roles.ts";
import { act, CLAIM } from "../fixtures/amounts.ts";
import {
  type ActWorld,
  argue,
  BODY,
  endow,
  jail,
  openForum,
  Reason,
  SUMMARY,
  setRules,
  slash,
  textOf,
  upvote,
  viewAtEndOf,
} from "../fixtures/arguments.ts";
import { load, now } from "../fixtures/protocol.ts";

async function rulesOf({ argumentStaking }: ActWorld): Promise<Rules> {
  const { free, reserved } = await argumentStaking.rewardReserve();
  return { params: await argumentStaking.params(), free, reserved, isPaused: await argumentStaking.paused() };
}

async function accountOf(world: ActWorld, { address: user }: HardhatEthersSigner): Promise<Account> {
  const { argumentStaking, authority, token } = world;
  const { credited, slashCount, jailedUntil, upvotesSinceJailed } = await argumentStaking.account(user);
  const { staked, total } = await argumentStaking.stakeLimit(user);
  return {
    ...{ user, credited, slashCount, jailedUntil, upvotesSinceJailed, limit: { staked, total } },
    balance: await token.balanceOf(user),
    runningStake: await argumentStaking.runningStake(user),
    written: await argumentStaking.argumentsBy(CLAIM, user),
    isCurator: (await authority.hasRole(Role.Curator, user)).isMember,
    isSlasher: (await authority.hasRole(Role.Slasher, user)).isMember,
  };
}

/** An argument of the author's as events would tell it: only what is asked about. */
async function recordOf({ argumentStaking }: ActWorld, argumentId: bigint): Promise<ArgumentRecord> {
  const told = await argumentStaking.argument(argumentId);
  const stakeIds = await argumentStaking.argumentStakes(argumentId, 0, 100);
  const stakes = await Promise.all(
    stakeIds.map(async (stakeId) => {
      const { staker, amount, interest, endsAt, shareBps } = await argumentStaking.stake(stakeId);
      return { stakeId, staker, amount, interest, endsAt, ending: undefined, creatorShareBps: shareBps };
    }),
  );
  const [stake, ...upvotes] = stakes;
  if (stake === undefined) throw new Error("no stake");
  const marked = await argumentStaking.queryFilter(argumentStaking.filters.ArgumentMarked(argumentId));
  const marks = marked.map(({ args: { curator, reason } }) => ({ curator, reason }));
  const status = (["live", "deleted", "unhelpful"] as const)[Number(told.status)] ?? "live";
  const { claimId, creator, side, createdAt } = told;
  return { argumentId, claimId, creator, side, createdAt, summary: SUMMARY, body: BODY, status, stake, upvotes, marks };
}

/** What the contract says to a call, in words; `undefined` where it lets it pass. */
async function refusalOf(call: Promise<unknown>): Promise<string | undefined> {
  return call.then(
    () => undefined,
    (error: unknown) => wordsOf(revertDataOf(error) ?? "0x", ACT),
  );
}

describe("the rules of arguments", () => {
  let world: ActWorld;

  beforeEach(async () => {
    world = await load(openForum);
  });

  describe("for writing", () => {
    /** What the page says and what the contract says, to somebody who writes. */
    async function both(by: HardhatEthersSigner, summary = SUMMARY, body = BODY) {
      const page = writingProblem(
        await rulesOf(world),
        await accountOf(world, by),
        { summary, body },
        {
          claimId: CLAIM,
          now: await now(),
        },
      );
      const contract = world.argumentStaking.connect(by);
      return [page, await refusalOf(contract.createArgument.staticCall(CLAIM, Side.Support, summary, body))];
    }

    it("lets it pass where the contract does", async () => {
      expect(await both(world.author)).to.eql([undefined, undefined]);
    });

    const cases: [string, string, () => Promise<(string | undefined)[]>][] = [
      ["a short summary", "The summary must have 25 to 140 bytes, and has 24.", () => both(world.author, textOf(24))],
      ["a long summary", "The summary must have 25 to 140 bytes, and has 141.", () => both(world.author, textOf(141))],
      [
        "a summary that is long in bytes only",
        "The summary must have 25 to 140 bytes, and has 142.",
        () => both(world.author, "ä".repeat(71)),
      ],
      ["a short body", "The body must have 25 to 1,250 bytes, and has 3.", () => both(world.author, SUMMARY, "abc")],
      [
        "too many arguments",
        "You have written 5 arguments on this claim: that is the most.",
        async () => {
          for (let i = 0; i < 5; i++) await argue(world);
          return both(world.author);
        },
      ],
      [
        "a pause",
        "The guardian has paused this for now.",
        async () => {
          await world.argumentStaking.connect(world.guardian).pauseEntries();
          return both(world.author);
        },
      ],
    ];
    for (const [what, sentence, refused] of cases) {
      it(`says what the contract says of ${what}`, async () => {
        expect(await refused()).to.eql([sentence, sentence]);
      });
    }

    it("says what the contract says in jail", async () => {
      await jail(world, world.author);
      const [page, contract] = await both(world.author);
      expect(page)
        .to.match(/^You are in jail, and write no arguments until /)
        .and.equal(contract);
    });

    it("says what the contract says at the limit", async () => {
      await setRules(world, { stakeLimitBps: 50n });
      await argue(world);
      const [page, contract] = await both(world.author);
      expect(page)
        .to.match(/^You have staked .* From 0.5 % on nobody stakes more/)
        .and.equal(contract);
    });

    it("says what the contract says where the reserve is empty", async () => {
      await setRules(world, { creationStake: act(5_000), interestRateBps: 10_000n, period: 31_536_000n });
      await endow(world, world.author, act(100_000));
      const [page, contract] = await both(world.author);
      expect(page)
        .to.match(/^The reserve cannot promise the interest/)
        .and.equal(contract);
    });

    it("asks for the words first where there are none", async () => {
      const [page] = await both(world.author, "", "");
      expect(page).to.equal("Write a summary and the argument.");
    });

    it("sees that there is too little to stake", async () => {
      await setRules(world, { creationStake: act(20_000), interestRateBps: 0n });
      const [page, contract] = await both(world.author);
      expect(page).to.match(/^You have .* ACT, and .* ACT are staked\.$/);
      expect(contract).to.match(/^The balance is /);
    });
  });

  describe("for an upvote", () => {
    async function both(argumentId: bigint, by: HardhatEthersSigner) {
      const argument = await recordOf(world, argumentId);
      const page = upvoteProblem(await rulesOf(world), await accountOf(world, by), argument);
      return [page, await refusalOf(world.argumentStaking.connect(by).upvote.staticCall(argumentId))];
    }

    it("lets it pass where the contract does", async () => {
      expect(await both(await argue(world), world.supporter)).to.eql([undefined, undefined]);
    });

    it("says that it is one's own", async () => {
      const sentence = "This argument is yours: only others can upvote or mark it.";
      expect(await both(await argue(world), world.author)).to.eql([sentence, sentence]);
    });

    it("says that it was upvoted before", async () => {
      const id = await argue(world);
      await upvote(world, id, world.supporter);
      const sentence = "You have upvoted this argument already.";
      expect(await both(id, world.supporter)).to.eql([sentence, sentence]);
    });

    it("says that it was taken back", async () => {
      const id = await argue(world);
      await world.argumentStaking.connect(world.author).deleteArgument(id);
      expect(await both(id, world.supporter)).to.eql(["The argument was taken back.", "The argument was taken back."]);
    });

    it("says that it was found unhelpful", async () => {
      const id = await argue(world);
      await slash(world, id);
      const sentence = "The argument was found unhelpful.";
      expect(await both(id, world.supporter)).to.eql([sentence, sentence]);
    });
  });

  describe("for taking back", () => {
    async function both(argumentId: bigint) {
      const page = takingBackProblem(await recordOf(world, argumentId), await now());
      const contract = world.argumentStaking.connect(world.author);
      return [page, await refusalOf(contract.deleteArgument.staticCall(argumentId))];
    }

    it("lets it pass where the contract does", async () => {
      expect(await both(await argue(world))).to.eql([undefined, undefined]);
    });

    it("says that others did something about it", async () => {
      const id = await argue(world);
      await upvote(world, id, world.supporter);
      const sentence = "The argument stays, for others did something about it: 1 upvote, 0 marks.";
      expect(await both(id)).to.eql([sentence, sentence]);
    });

    it("says that its stake has ended", async () => {
      const id = await argue(world);
      await viewAtEndOf(world, (await recordOf(world, id)).stake.stakeId);
      const [page, contract] = await both(id);
      expect(page)
        .to.match(/^The argument stays, for its stake ended on /)
        .and.equal(contract);
    });
  });

  describe("for a mark", () => {
    async function both(argumentId: bigint, by: HardhatEthersSigner) {
      const argument = await recordOf(world, argumentId);
      const page = markingProblem(await rulesOf(world), await accountOf(world, by), argument);
      const contract = world.argumentStaking.connect(by);
      return [page, await refusalOf(contract.markUnhelpful.staticCall(argumentId, Reason.Other))];
    }

    for (const who of ["curator", "slasher"] as const) {
      it(`lets a ${who} pass`, async () => {
        expect(await both(await argue(world), world[who])).to.eql([undefined, undefined]);
      });
    }

    it("lets somebody with enough running stake pass", async () => {
      await argue(world, { by: world.supporter });
      expect(await both(await argue(world), world.supporter)).to.eql([undefined, undefined]);
    });

    it("says what it takes", async () => {
      const [page, contract] = await both(await argue(world), world.supporter);
      expect(page).to.match(/^Marking needs .* ACT in running stakes on arguments; you have 0 ACT\.$/);
      expect(page).to.equal(contract);
    });

    it("says that it was marked before", async () => {
      const id = await argue(world);
      await world.argumentStaking.connect(world.curator).markUnhelpful(id, Reason.Spam);
      const sentence = "You have marked this argument already.";
      expect(await both(id, world.curator)).to.eql([sentence, sentence]);
    });

    it("says that it is one's own", async () => {
      const sentence = "This argument is yours: only others can upvote or mark it.";
      expect(await both(await argue(world), world.author)).to.eql([sentence, sentence]);
    });
  });

  it("counts a text in bytes", () => {
    expect([lengthOf(""), lengthOf("abc"), lengthOf("äöü"), lengthOf("🙂")]).to.eql([0, 3, 6, 4]);
  });
});
