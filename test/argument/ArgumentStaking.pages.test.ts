import { expect } from "chai";
import { MaxUint256, ZeroAddress } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import { Side } from "../../sdk/market/side.ts";
import type { ArgumentStaking } from "../../typechain-types/index.ts";
import { CLAIM, MAX_UINT32, OTHER_CLAIM } from "../fixtures/amounts.ts";
import { type ActWorld, argue, openForum, setRules, UNKNOWN_CLAIM, upvote } from "../fixtures/arguments.ts";
import { load } from "../fixtures/protocol.ts";

/** A list of ids, a part of it at a time. */
type Page = (offset: bigint, limit: bigint) => Promise<bigint[]>;

/** Pages by what they leave out and the most that they list: the widest, and those around every boundary. */
type Part = readonly [offset: bigint, limit: bigint];

const WIDEST: readonly Part[] = [
  [0n, 0n],
  [0n, MaxUint256],
  [MaxUint256, MaxUint256],
];

const PARTS: readonly Part[] = [
  ...WIDEST,
  [0n, 1n],
  [0n, 18n],
  [0n, 19n],
  [1n, 1n],
  [1n, MaxUint256],
  // The first six share a slot with the length, and the others are eight to a slot.
  [4n, 4n],
  [5n, 1n],
  [6n, 1n],
  [6n, 8n],
  [5n, 10n],
  [13n, 2n],
  [14n, 4n],
  [17n, 1n],
  [17n, 2n],
  [18n, 1n],
  [18n, MaxUint256],
  [19n, 0n],
  [MAX_UINT32, 1n],
  [2n ** 255n, 2n ** 255n],
];

const pageName = ([offset, limit]: Part) => `after ${offset}, at most ${limit}`;

const slice = (ids: readonly bigint[], [offset, limit]: Part) =>
  ids.filter((_, index) => BigInt(index) >= offset && BigInt(index) < offset + limit);

/** `count` numbers from `first`, `step` apart. */
const run = (first: bigint, count: number, step = 1n) =>
  Array.from({ length: count }, (_, index) => first + BigInt(index) * step);

/** The author and the supporter write by turns on two claims, 18 each; seventeen upvote argument 1. */
async function longLists(connection: NetworkConnection): Promise<ActWorld> {
  const world = await openForum(connection);
  await setRules(world, { maxArgumentsPerClaim: 100n });
  for (let count = 0; count < 18; count++) {
    await argue(world, { side: count % 2 === 0 ? Side.Support : Side.Oppose });
    await argue(world, { by: world.supporter, claimId: OTHER_CLAIM });
  }
  const { challenger, latecomer, outsider, curator, slasher, supporter, crowd } = world;
  const upvoters = [challenger, latecomer, outsider, curator, slasher, supporter, ...crowd];
  for (const user of upvoters) await upvote(world, 1n, user);
  return world;
}

describe("ArgumentStaking, lists a page at a time", () => {
  let world: ActWorld;
  let staking: ArgumentStaking;

  describe("when lists have 18 entries", () => {
    const lists: readonly { name: string; page: Page; ids: readonly bigint[] }[] = [
      {
        name: "claimArguments",
        page: (offset, limit) => staking.claimArguments(CLAIM, offset, limit),
        ids: run(1n, 18, 2n),
      },
      {
        name: "argumentStakes",
        page: (offset, limit) => staking.argumentStakes(1n, offset, limit),
        ids: [1n, ...run(37n, 17)],
      },
      {
        name: "userArguments",
        page: (offset, limit) => staking.userArguments(world.author, offset, limit),
        ids: run(1n, 18, 2n),
      },
      {
        name: "userStakes",
        page: (offset, limit) => staking.userStakes(world.author, offset, limit),
        ids: run(1n, 18, 2n),
      },
    ];

    beforeEach(async () => {
      world = await load(longLists);
      staking = world.argumentStaking;
    });

    for (const { name, page, ids } of lists) {
      for (const part of PARTS) {
        const expected = slice(ids, part);

        it(`shows ${expected.length} of ${name} ${pageName(part)}`, async () => {
          expect(await page(...part)).to.deep.equal(expected);
        });
      }
    }

    it("shows a list of one claim apart from that of another", async () => {
      expect(await staking.claimArguments(OTHER_CLAIM, 0n, 100n)).to.deep.equal(run(2n, 18, 2n));
    });

    it("shows stakes of a user whether they wrote or upvoted", async () => {
      expect(await staking.userStakes(world.supporter, 17n, 100n)).to.deep.equal([36n, 42n]);
    });

    it("shows only the creator's stake of an argument without upvotes", async () => {
      expect(await staking.argumentStakes(36n, 0n, 100n)).to.deep.equal([36n]);
    });
  });

  describe("when lists are empty", () => {
    beforeEach(async () => {
      world = await load(openForum);
      staking = world.argumentStaking;
    });

    const empty: readonly (readonly [name: string, page: Page])[] = [
      ["claimArguments of a claim", (offset, limit) => staking.claimArguments(CLAIM, offset, limit)],
      ["claimArguments of an unknown claim", (offset, limit) => staking.claimArguments(UNKNOWN_CLAIM, offset, limit)],
      ["userArguments of anyone", (offset, limit) => staking.userArguments(world.author, offset, limit)],
      ["userArguments of nobody", (offset, limit) => staking.userArguments(ZeroAddress, offset, limit)],
      ["userStakes of anyone", (offset, limit) => staking.userStakes(world.author, offset, limit)],
    ];

    for (const [name, page] of empty) {
      for (const part of WIDEST) {
        it(`shows no ${name} ${pageName(part)}`, async () => {
          expect(await page(...part)).to.deep.equal([]);
        });
      }
    }
  });
});
