import { expect } from "chai";
import { MaxUint256 } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import { Phase } from "../../sdk/query/state.ts";
import { DAY } from "../fixtures/amounts.ts";
import { load } from "../fixtures/protocol.ts";
import { ask, type DollarQueries, openEscrow, settle, viewAtEndOf } from "../fixtures/queries.ts";
import { play, SMALL_STORY, type Story } from "../fixtures/query-play.ts";

/** Windows that outlast those of the others. */
const LATER: Story = { timing: { answering: 30n * DAY } };

/** Seven queries: 1, 3, 4 and 6 are settleable, 2 is settled, 5 is judging and 7 answering. */
async function sevenQueries(connection: NetworkConnection): Promise<DollarQueries> {
  const world = await openEscrow(connection);
  await play(world, {});
  await settle(world, await play(world, {}));
  await play(world, SMALL_STORY);
  await play(world, { answers: ["opened"] });
  await play(world, { ...SMALL_STORY, timing: { judging: 30n * DAY } }, Phase.Judging);
  const last = await play(world, { answers: ["opened", "opened"] });
  await ask(world, LATER);
  await viewAtEndOf(world, last, "judging");
  return world;
}

/** Ids to look at, the settleable ones of them, and where to look on. */
interface Page {
  fromId: bigint;
  maxCount: bigint;
  ids: readonly bigint[];
  nextId: bigint;
}

const PAGES: readonly Page[] = [
  { fromId: 0n, maxCount: 7n, ids: [1n, 3n, 4n, 6n], nextId: 8n },
  { fromId: 1n, maxCount: 7n, ids: [1n, 3n, 4n, 6n], nextId: 8n },
  { fromId: 0n, maxCount: MaxUint256, ids: [1n, 3n, 4n, 6n], nextId: 8n },
  { fromId: 1n, maxCount: 1n, ids: [1n], nextId: 2n },
  { fromId: 0n, maxCount: 1n, ids: [1n], nextId: 2n },
  { fromId: 2n, maxCount: 1n, ids: [], nextId: 3n },
  { fromId: 2n, maxCount: 2n, ids: [3n], nextId: 4n },
  { fromId: 3n, maxCount: 3n, ids: [3n, 4n], nextId: 6n },
  { fromId: 5n, maxCount: 1n, ids: [], nextId: 6n },
  { fromId: 6n, maxCount: 1n, ids: [6n], nextId: 7n },
  { fromId: 6n, maxCount: 9n, ids: [6n], nextId: 8n },
  { fromId: 7n, maxCount: 1n, ids: [], nextId: 8n },
  { fromId: 7n, maxCount: MaxUint256, ids: [], nextId: 8n },
  { fromId: 0n, maxCount: 0n, ids: [], nextId: 1n },
  { fromId: 4n, maxCount: 0n, ids: [], nextId: 4n },
  { fromId: 8n, maxCount: 0n, ids: [], nextId: 8n },
  { fromId: 8n, maxCount: 1n, ids: [], nextId: 8n },
  { fromId: 8n, maxCount: MaxUint256, ids: [], nextId: 8n },
  { fromId: 9n, maxCount: 5n, ids: [], nextId: 9n },
  { fromId: 2n ** 255n, maxCount: 2n ** 255n, ids: [], nextId: 2n ** 255n },
  { fromId: MaxUint256, maxCount: MaxUint256, ids: [], nextId: MaxUint256 },
];

const nameOf = (value: bigint): string => (value >= 2n ** 255n ? `2^256 - ${2n ** 256n - value}` : `${value}`);

describe("QueryEscrow.settleableQueries", () => {
  let world: DollarQueries;

  const page = (fromId: bigint, maxCount: bigint) => world.queryEscrow.settleableQueries(fromId, maxCount);

  describe("when nobody has asked", () => {
    beforeEach(async () => {
      world = await load(openEscrow);
    });

    it("lists none from 0 on, and goes on from 1", async () => {
      expect(await page(0n, MaxUint256)).to.deep.equal([[], 1n]);
    });

    it("lists none from 1 on, and goes on from 1", async () => {
      expect(await page(1n, 1n)).to.deep.equal([[], 1n]);
    });
  });

  describe("when 1, 3, 4 and 6 of seven queries are settleable", () => {
    beforeEach(async () => {
      world = await load(sevenQueries);
    });

    for (const { fromId, maxCount, ids, nextId } of PAGES) {
      it(`lists ${ids.join(", ") || "none"} of at most ${nameOf(maxCount)} from ${nameOf(fromId)} on`, async () => {
        expect(await page(fromId, maxCount)).to.deep.equal([ids, nextId]);
      });
    }

    it("no longer lists a query that was settled", async () => {
      await settle(world, 3n, SMALL_STORY.strengths);
      expect(await page(0n, 7n)).to.deep.equal([[1n, 4n, 6n], 8n]);
    });

    it("lists a query from the second on in which it can be settled", async () => {
      await viewAtEndOf(world, 5n, "revealing");
      expect(await page(5n, 1n)).to.deep.equal([[5n], 6n]);
    });

    it("does not list a query a second before", async () => {
      await viewAtEndOf(world, 5n, "revealing", -1n);
      expect(await page(5n, 1n)).to.deep.equal([[], 6n]);
    });
  });
});
