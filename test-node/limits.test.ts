import { expect } from "chai";
import { DAY } from "../test/fixtures/amounts.ts";
import { type BadLine, refusal, startBadLine } from "../test/keeper/line.ts";
import { beginStory, chronicleOf, liveTests, storyToTell } from "./live.ts";

/** Blocks that a log query may have. */
const MOST_BLOCKS = 20;

/** Blocks that are made beside those of the story: enough for many queries. */
const MORE_BLOCKS = 300;

/** Every so many requests one is refused. */
const REFUSED = 7;

/** Days until voting is over, and then until the proposal's time in the timelock is. */
const WAITS = [8n, 3n];

describe("a node that limits log queries and requests", () => {
  const openLive = liveTests();
  let line: BadLine;
  afterEach(() => line.close());

  it("keeps a keeper from nothing", async () => {
    const live = await openLive();
    const { world, node } = live;
    const proposalId = await beginStory(world);
    await node.request("anvil_mine", MORE_BLOCKS);
    line = await startBadLine(node.url);
    const refusals = { requests: 0, tooMany: 0, tooLong: 0 };
    line.fateOf = ({ method, params }) => {
      if (++refusals.requests % REFUSED === 0) {
        refusals.tooMany++;
        return { status: 429, headers: { "retry-after": "0" } };
      }
      const { fromBlock, toBlock } = Object(Object(params)[0]);
      if (method !== "eth_getLogs" || Number(toBlock) - Number(fromBlock) < MOST_BLOCKS) return "passes";
      refusals.tooLong++;
      return refusal(-32_602, `query exceeds max block range ${MOST_BLOCKS}`);
    };
    for (const days of WAITS) {
      await node.request("evm_increaseTime", Number(days * DAY));
      const keeper = await live.runOnce("--url", line.url);
      expect(await keeper.ended).to.equal(0);
    }
    expect(await chronicleOf(world)).to.deep.equal(await storyToTell(proposalId));
    expect(refusals.tooMany).to.be.above(10);
    expect(refusals.tooLong).to.be.above(5);
  });
});
