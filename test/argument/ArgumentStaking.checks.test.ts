import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import { Side } from "../../sdk/market/side.ts";
import { act, CLAIM, OTHER_CLAIM, YEAR } from "../fixtures/amounts.ts";
import {
  type ActWorld,
  argue,
  fillBooks,
  jail,
  openForum,
  type Speech,
  sendArgument,
  setRules,
  slash,
  textOf,
  UNKNOWN_CLAIM,
  upvote,
} from "../fixtures/arguments.ts";
import { load } from "../fixtures/protocol.ts";

/** The facts of an error, some of which depend on the world. */
type Facts = (world: ActWorld) => unknown[] | Promise<unknown[]>;

/** Something that keeps the author from writing an argument. */
interface Obstacle {
  error: string;
  facts: Facts;
  /** How it comes about, before the author writes. */
  arrange?: (world: ActWorld) => Promise<unknown>;
  /** What is wrong with the argument itself. */
  speech?: Speech;
}

/** More than the reserve can promise and the author has: it earns itself in the time it runs. */
const EXCESSIVE = act(20_000);

const limitFacts: Facts = async ({ argumentStaking, author }) => [...(await argumentStaking.stakeLimit(author)), 1n];

/** All that can be in the way, in the order of the checks. */
const OBSTACLES = {
  pause: {
    error: "EnforcedPause",
    facts: () => [],
    arrange: ({ argumentStaking, guardian }) => argumentStaking.connect(guardian).pauseEntries(),
  },
  claim: { error: "ClaimUnknown", facts: () => [UNKNOWN_CLAIM], speech: { claimId: UNKNOWN_CLAIM } },
  jail: {
    error: "CreatorJailed",
    facts: async ({ argumentStaking, author }) => [author, (await argumentStaking.account(author)).jailedUntil],
    arrange: (world) => jail(world, world.author),
  },
  summary: {
    error: "SummaryLengthOutOfRange",
    facts: () => [141n, 25n, 140n],
    speech: { summary: textOf(141) },
  },
  body: { error: "BodyLengthOutOfRange", facts: () => [24n, 25n, 1_250n], speech: { body: textOf(24) } },
  number: {
    error: "TooManyArguments",
    facts: ({ author }) => [CLAIM, author, 5n],
    arrange: async (world) => {
      for (let count = 0; count < 5; count++) await argue(world);
    },
  },
  limit: {
    error: "StakeLimitReached",
    facts: limitFacts,
    arrange: async (world) => {
      await upvote(world, await argue(world, { by: world.supporter }), world.author);
      await setRules(world, { stakeLimitBps: 1n });
    },
  },
  reserve: {
    error: "RewardReserveTooLow",
    facts: async ({ argumentStaking }) => [(await argumentStaking.rewardReserve()).free, EXCESSIVE],
    arrange: (world) => setRules(world, { creationStake: EXCESSIVE, interestRateBps: 10_000n, period: YEAR }),
  },
  token: {
    error: "ERC20InsufficientAllowance",
    facts: ({ argumentStaking }) => [argumentStaking, 0n, act(50)],
    arrange: ({ token, author, argumentStaking }) => token.connect(author).approve(argumentStaking, 0n),
  },
} satisfies Record<string, Obstacle>;

const IN_ORDER = Object.entries<Obstacle>(OBSTACLES);

/** The order in which they can come about: nobody writes who is jailed, or stakes past the limit. */
const COMING: readonly Obstacle[] = [
  OBSTACLES.number,
  OBSTACLES.jail,
  OBSTACLES.limit,
  OBSTACLES.reserve,
  OBSTACLES.token,
  OBSTACLES.pause,
];

describe("ArgumentStaking, when several checks fail", () => {
  let world: ActWorld;

  beforeEach(async () => {
    world = await load(openForum);
  });

  const expectRefusal = async (
    sent: Promise<ContractTransactionResponse>,
    error: string,
    facts: readonly unknown[],
  ): Promise<void> => {
    const thrower = error.startsWith("ERC20") ? world.token : world.argumentStaking;
    await expect(sent)
      .to.be.revertedWithCustomError(thrower, error)
      .withArgs(...facts);
  };

  describe("createArgument", () => {
    for (const [index, [name, { error, facts }]] of IN_ORDER.entries()) {
      const present = IN_ORDER.slice(index).map(([, obstacle]) => obstacle);

      it(`reverts with ${error} when ${name} is in the way, and all that is checked later`, async () => {
        for (const obstacle of COMING) if (present.includes(obstacle)) await obstacle.arrange?.(world);
        const speech = Object.assign({}, ...present.map((obstacle) => obstacle.speech));
        await expectRefusal(sendArgument(world, speech), error, await facts(world));
      });
    }

    it("reverts with HoldingsTooLarge when the token refuses as well", async () => {
      await fillBooks(world, 0n);
      await OBSTACLES.token.arrange(world);
      await expectRefusal(sendArgument(world), "HoldingsTooLarge", [2n ** 96n - 1n + act(50), 2n ** 96n - 1n]);
    });

    it("reverts with StakeLimitReached when the books are full as well", async () => {
      await OBSTACLES.limit.arrange(world);
      await fillBooks(world, 0n);
      await expectRefusal(sendArgument(world), "StakeLimitReached", await limitFacts(world));
    });
  });

  describe("upvote", () => {
    /** The supporter's, which the author upvotes where nothing else is said, and the challenger's. */
    let argumentId: bigint;
    let anotherId: bigint;

    beforeEach(async () => {
      argumentId = await argue(world, { by: world.supporter, side: Side.Oppose, claimId: OTHER_CLAIM });
      anotherId = await argue(world, { by: world.challenger });
    });

    const sendUpvote = (id = argumentId, by = world.author) => world.argumentStaking.connect(by).upvote(id);
    const excessive = () => setRules(world, { upvoteStake: EXCESSIVE, interestRateBps: 10_000n, period: YEAR });
    const withdrawAllowance = () => OBSTACLES.token.arrange(world);

    /** The author has reached the limit by upvoting that very argument. */
    const upvoteToLimit = async () => {
      await upvote(world, argumentId, world.author);
      await setRules(world, { stakeLimitBps: 1n });
    };

    it("reverts with EnforcedPause when there is no such argument", async () => {
      await OBSTACLES.pause.arrange(world);
      await expectRefusal(sendUpvote(9n), "EnforcedPause", []);
    });

    it("reverts with ArgumentIsDeleted when it is the caller's own", async () => {
      await world.argumentStaking.connect(world.supporter).deleteArgument(argumentId);
      await expectRefusal(sendUpvote(argumentId, world.supporter), "ArgumentIsDeleted", [argumentId]);
    });

    it("reverts with ArgumentIsUnhelpful when it is the caller's own", async () => {
      await slash(world, argumentId);
      await expectRefusal(sendUpvote(argumentId, world.supporter), "ArgumentIsUnhelpful", [argumentId]);
    });

    it("reverts with ArgumentIsUnhelpful when the caller upvoted it before", async () => {
      await upvote(world, argumentId, world.author);
      await slash(world, argumentId);
      await expectRefusal(sendUpvote(), "ArgumentIsUnhelpful", [argumentId]);
    });

    it("reverts with OwnArgument when the caller has reached the limit, and the reserve is too low", async () => {
      await setRules(world, { stakeLimitBps: 1n });
      await excessive();
      await expectRefusal(sendUpvote(argumentId, world.supporter), "OwnArgument", [argumentId, world.supporter]);
    });

    it("reverts with AlreadyUpvoted when the caller has reached the limit, and the reserve is too low", async () => {
      await upvoteToLimit();
      await excessive();
      await expectRefusal(sendUpvote(), "AlreadyUpvoted", [argumentId, world.author]);
    });

    it("reverts with StakeLimitReached when the reserve is too low, and the token refuses", async () => {
      await upvoteToLimit();
      await excessive();
      await withdrawAllowance();
      await expectRefusal(sendUpvote(anotherId), "StakeLimitReached", await limitFacts(world));
    });

    it("reverts with RewardReserveTooLow when the token refuses", async () => {
      await excessive();
      await withdrawAllowance();
      const { free } = await world.argumentStaking.rewardReserve();
      await expectRefusal(sendUpvote(), "RewardReserveTooLow", [free, EXCESSIVE]);
    });

    it("reverts with HoldingsTooLarge when the token refuses", async () => {
      await fillBooks(world, 0n);
      await withdrawAllowance();
      await expectRefusal(sendUpvote(), "HoldingsTooLarge", [2n ** 96n - 1n + act(10), 2n ** 96n - 1n]);
    });
  });
});
