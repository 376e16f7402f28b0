import { expect } from "chai";
import { DAY } from "../test/fixtures/amounts.ts";
import { type Answer, type BadLine, refusal, startBadLine } from "../test/keeper/line.ts";
import { expectNothingDue, type Live, liveTests } from "./live.ts";
import { type SocketLine, startSocketLine } from "./socket-line.ts";
import { beginStory, chronicleOf, STORY_FIGURES, storyToTell } from "./story.ts";

/** Blocks that a log query may have. */
const MOST_BLOCKS = 20;

/** Blocks that are made beside those of the story: enough for many queries. */
const MORE_BLOCKS = 300;

/** Every so many requests one is refused. */
const REFUSED = 31;

/** Days until voting is over, and then until the proposal's time in the timelock is. */
const WAITS = [8n, 3n];

/** In the words of JSON-RPC. */
const CODES = {
  "-32005": refusal(-32_005, "request rate exceeded"),
  "429": refusal(429, "too many requests"),
};

/** In those of HTTP, as well: Hardhat waits by itself, but for a time that is too long for it. */
const STATUSES = {
  "status 429": { status: 429 },
  "status 429 for a second": { status: 429, headers: { "retry-after": "1" } },
  "status 429 for long": { status: 429, headers: { "retry-after": "6" } },
  "status 429 with -32005": { ...CODES["-32005"], status: 429 },
};

describe("a node that limits log queries and requests", () => {
  const openLive = liveTests();
  let live: Live;
  let line: BadLine;
  let socket: SocketLine;

  beforeEach(async () => {
    live = await openLive();
    line = await startBadLine(live.node.url);
    socket = await startSocketLine(line.url);
  });
  afterEach(async () => {
    await socket.close();
    await line.close();
  });

  const lines: [string, () => string, Record<string, Answer>][] = [
    ["HTTP", () => line.url, { ...CODES, ...STATUSES }],
    ["a WebSocket", () => socket.url, CODES],
  ];
  for (const [name, url, kinds] of lines) {
    it(`keeps a keeper from nothing, over ${name}`, async () => {
      const { world, node } = live;
      const proposalId = await beginStory(world);
      await node.request("anvil_mine", MORE_BLOCKS);
      const refusals = { requests: 0, tooLong: 0, kinds: Object.keys(kinds).map(() => 0) };
      line.fateOf = ({ method, params }) => {
        if (++refusals.requests % REFUSED === 0) {
          const next = (refusals.requests / REFUSED) % refusals.kinds.length;
          refusals.kinds[next] = (refusals.kinds[next] ?? 0) + 1;
          return Object.values(kinds)[next] ?? "passes";
        }
        const { fromBlock, toBlock } = Object(Object(params)[0]);
        if (method !== "eth_getLogs" || Number(toBlock) - Number(fromBlock) < MOST_BLOCKS) return "passes";
        refusals.tooLong++;
        return refusal(-32_602, `query exceeds max block range ${MOST_BLOCKS}`);
      };
      const keeper = live.launch("--url", url());
      await keeper.passes(1);
      for (const days of WAITS) {
        await node.request("evm_increaseTime", Number(days * DAY));
        await node.request("evm_mine");
        await keeper.passes(2);
      }
      await keeper.comesTo(STORY_FIGURES);
      expect(await keeper.end()).to.equal(0);
      await expectNothingDue(live, "--url", url());
      expect(await chronicleOf(world)).to.deep.equal(await storyToTell(world, proposalId));
      for (const times of refusals.kinds) expect(times).to.be.above(2);
      expect(refusals.tooLong).to.be.above(5);
    });
  }
});
