import { expect } from "chai";
import { isRangeRefusal } from "../../sdk/node/range-refusal.ts";
import { troubleIn } from "../../sdk/node/troubles.ts";

/** What nodes and services say, with their code: about too many blocks, or too many logs in them. */
const RANGE_REFUSALS: readonly (readonly [string, number, string])[] = [
  ["Reth", -32_602, "query exceeds max block range 100000"],
  ["Reth", -32_602, "query exceeds max results 20000, retry with the range 21102592-21102595"],
  ["Besu", -32_005, "Requested range exceeds maximum RPC range limit"],
  ["Nethermind", -32_005, "Too many logs requested. Max logs per response is 20000."],
  ["Avalanche", -32_000, "requested too many blocks from 0 to 16777216, maximum is set to 2048"],
  ["Infura", -32_005, "query returned more than 10000 results"],
  ["Infura", -32_005, "limit exceeded"],
  [
    "Alchemy",
    -32_602,
    "Log response size exceeded. You can make eth_getLogs requests with up to a 2K block range and no limit on the " +
      "response size, or you can request any block range with a cap of 10K logs in the response.",
  ],
  [
    "Alchemy",
    -32_600,
    "Under the Free tier plan, you can make eth_getLogs requests with up to a 10 block range. Upgrade to PAYG for " +
      "expanded block range.",
  ],
  ["QuickNode", -32_614, "eth_getLogs is limited to a 10,000 range"],
  ["Ankr", -32_600, "block range is too wide"],
  ["PublicNode", -32_701, "exceed maximum block range: 50000"],
  ["dRPC", 35, "ranges over 10000 blocks are not supported on freetier"],
  ["1RPC", -32_602, "eth_getLogs is limited to 0 - 50 blocks range"],
  ["Chainstack", -32_005, "Block range limit exceeded. See more details at the documentation"],
  ["Cloudflare", -32_047, "Invalid eth_getLogs request. 'fromBlock'-'toBlock' range too large. Max range: 800"],
  ["Base", -32_020, "backend response too large"],
  ["zkSync", -32_603, "query timeout exceeded"],
];

const RATE_REFUSALS: readonly (readonly [string, number, string])[] = [
  ["Infura", -32_005, "daily request count exceeded, request rate limited"],
  ["Infura", -32_005, "project ID request rate exceeded"],
  ["Alchemy", 429, "Your app has exceeded its compute units per second capacity."],
  ["QuickNode", -32_005, "15/second request limit reached - reduce calls per second or upgrade your account"],
  ["others", -32_005, "Too Many Requests"],
];

function refusal(code: number, message: string): Error {
  return Object.assign(new Error(message), { code });
}

describe("isRangeRefusal", () => {
  for (const [node, code, message] of RANGE_REFUSALS) {
    it(`knows ${node}'s "${message.slice(0, 50)}"`, () => {
      expect(isRangeRefusal(refusal(code, message))).to.equal(true);
    });
  }

  for (const [what, error] of [
    ["a limit of requests", refusal(-32_005, "daily request count exceeded, request rate limited")],
    ["a node that lags behind", refusal(-32_602, "block range extends beyond current head block")],
    ["a request that makes no sense", refusal(-32_602, "invalid block range params")],
    ["a block that is not there", refusal(-32_000, "header not found")],
  ] as const) {
    it(`is not misled by ${what}`, () => {
      expect(isRangeRefusal(error)).to.equal(false);
    });
  }
});

describe("troubleIn", () => {
  for (const [node, code, message] of RATE_REFUSALS) {
    it(`knows ${node}'s "${message.slice(0, 50)}"`, () => {
      const limited = { kind: "limited", reason: message };
      expect(troubleIn("eth_call", { code, message })).to.deep.equal(limited);
      expect(troubleIn("eth_getLogs", { code, message })).to.deep.equal(limited);
    });
  }

  it("leaves a range that is too long to whoever chose it", () => {
    for (const [, code, message] of RANGE_REFUSALS) {
      expect(troubleIn("eth_getLogs", { code, message })).to.equal(undefined);
    }
  });

  it("leaves a contract's refusal alone", () => {
    expect(troubleIn("eth_call", { code: 3, message: "execution reverted" })).to.equal(undefined);
  });

  it("has nothing to say about an answer", () => {
    expect(troubleIn("eth_call", undefined)).to.equal(undefined);
  });
});
