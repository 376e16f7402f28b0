import { expect } from "chai";
import { AbiCoder, concat, id, makeError } from "ethers";
import { explain, isAllowanceError, reasonOf, revertDataOf } from "../../dapp/src/actions/refusal.ts";
import { protocolErrors } from "../../dapp/src/words/abi.ts";

const USDC = { symbol: "USDC", decimals: 6 } as const;
const REVERT = protocolErrors().encodeErrorResult("StakeOutOfRange", [1n, 5_000_000n, 100_000_000_000n]);

/** A revert with a text, as tokens of old have it. */
function text(words: string): string {
  return concat([id("Error(string)").slice(0, 10), AbiCoder.defaultAbiCoder().encode(["string"], [words])]);
}

const rejected = Object.assign(new Error("User rejected the request."), { code: 4_001 });

describe("refusals", () => {
  describe("the data of a revert", () => {
    const transaction = { to: null, data: "0x12345678" };
    const places: [string, unknown][] = [
      [
        "ethers' error",
        makeError("execution reverted", "CALL_EXCEPTION", {
          ...{ action: "call", data: REVERT, reason: null, transaction, invocation: null, revert: null },
        }),
      ],
      ["a wallet's error", { code: -32_603, message: "Internal JSON-RPC error.", data: REVERT }],
      ["an error within its data", { code: -32_603, data: { message: "reverted", data: REVERT } }],
      ["the original error", { code: -32_603, data: { originalError: { code: 3, data: REVERT } } }],
      ["what ethers could not make out", { code: "UNKNOWN_ERROR", error: { code: 3, data: REVERT } }],
      ["the info of an error", { info: { error: { code: 3, data: REVERT } } }],
      ["a cause", new Error("it failed", { cause: { data: REVERT } })],
    ];
    for (const [where, error] of places) {
      it(`is found in ${where}`, () => {
        expect(revertDataOf(error)).to.equal(REVERT);
      });
    }

    for (const [what, error] of [
      ["a failure of the line", new TypeError("Failed to fetch")],
      ["a refusal of the user", rejected],
      ["no object", "went wrong"],
      ["nothing", undefined],
      ["data that are no bytes", { data: "0x123" }],
    ] as const) {
      it(`is not found in ${what}`, () => {
        expect(revertDataOf(error)).to.equal(undefined);
      });
    }

    it("is not looked for without end", () => {
      const ring: Record<string, unknown> = {};
      ring.error = ring;
      expect(revertDataOf(ring)).to.equal(undefined);
    });
  });

  describe("a lack of allowance", () => {
    const somebody = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
    const lacks: [string, string][] = [
      ["the error of ERC-6093", protocolErrors().encodeErrorResult("ERC20InsufficientAllowance", [somebody, 0n, 1n])],
      ["the text of USDC", text("ERC20: transfer amount exceeds allowance")],
      ["a transfer that failed", protocolErrors().encodeErrorResult("SafeERC20FailedOperation", [somebody])],
      ["a token that says nothing", "0x"],
    ];
    for (const [what, data] of lacks) {
      it(`may be ${what}`, () => {
        expect(isAllowanceError(data)).to.equal(true);
      });
    }

    for (const [what, data] of [
      ["another error", REVERT],
      ["another text", text("Blacklistable: account is blacklisted")],
      ["a text that is cut off", text("ERC20: transfer amount exceeds allowance").slice(0, 80)],
      ["no revert", undefined],
    ] as const) {
      it(`is not ${what}`, () => {
        expect(isAllowanceError(data)).to.equal(false);
      });
    }
  });

  describe("in words", () => {
    it("are the contract's, where it reverted", async () => {
      expect(await explain({ data: REVERT }, USDC)).to.equal("Stake must be 5 to 100,000 USDC.");
    });

    it("are the user's, where the wallet tells of data, too", async () => {
      expect(await explain({ ...rejected, code: 4_001, data: REVERT }, USDC)).to.equal(
        "You declined it in the wallet.",
      );
    });

    const sentences: [string, unknown, string][] = [
      ["a user who declined", rejected, "You declined it in the wallet."],
      ["a line that is down", new TypeError("Failed to fetch"), "The node does not answer. Try again in a moment."],
      [
        "a gateway that is down",
        makeError("server response 502", "SERVER_ERROR", { request: "x" }),
        "The node does not answer. Try again in a moment.",
      ],
      [
        "too little ether, as ethers tells",
        makeError("insufficient funds", "INSUFFICIENT_FUNDS", { transaction: {} }),
        "The account has too little ether to pay for gas.",
      ],
      [
        "too little ether, as a wallet tells",
        { code: -32_000, message: "insufficient funds for gas * price + value" },
        "The account has too little ether to pay for gas.",
      ],
      [
        "a wallet that waits",
        { code: -32_002, message: "Already processing eth_requestAccounts." },
        "The wallet is waiting for an answer already: open it.",
      ],
      [
        "a node's own words, without what ethers adds",
        makeError("could not coalesce error", "UNKNOWN_ERROR", { error: { code: -32_000, message: "nonce too low" } }),
        "nonce too low",
      ],
      ["an error of this app", new Error("The token's approval failed."), "The token's approval failed."],
      ["a mere text", "went wrong", "went wrong"],
    ];
    for (const [what, error, sentence] of sentences) {
      it(`tell of ${what}`, () => {
        expect(reasonOf(error)).to.equal(sentence);
      });
    }

    it("are cut where they are long", () => {
      expect(reasonOf(new Error("a".repeat(5_000)))).to.have.length(201);
    });
  });
});
