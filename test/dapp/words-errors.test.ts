import { expect } from "chai";
import { type ErrorFragment, Interface, id, type ParamType } from "ethers";
import { ACT } from "../../dapp/src/format/amounts.ts";
import { protocolErrors } from "../../dapp/src/words/abi.ts";
import { plainly, wordsOf } from "../../dapp/src/words/errors.ts";

const USDC = { symbol: "USDC", decimals: 6 } as const;
const SOMEBODY = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const CLAIM = id("Juneau is the capital of Alaska");

/** In the reader's own time zone, as the words are. */
const NOON = BigInt(new Date(2026, 11, 3, 12, 0).getTime() / 1_000);

const errors = protocolErrors();

function all(): ErrorFragment[] {
  const fragments: ErrorFragment[] = [];
  errors.forEachError((fragment) => {
    fragments.push(fragment);
  });
  return fragments;
}

/** The data of an error by its signature, or by its name where only one has it. */
function encoded(signature: string, ...args: unknown[]): string {
  return errors.encodeErrorResult(signature, args);
}

describe("words of errors", () => {
  describe("of every error of the protocol", () => {
    for (const fragment of all()) {
      const signature = fragment.format("sighash");

      it(`has a sentence for ${signature}`, () => {
        const data = errors.encodeErrorResult(fragment, fragment.inputs.map(ordinary));
        const parsed = errors.parseError(data);
        expect(parsed).to.not.equal(null);
        expect(wordsOf(data, USDC)).to.match(/^[A-Z0-9“].{5,250}\.$/, "no sentence");
        if (parsed !== null) expect(wordsOf(data, USDC)).to.not.equal(plainly(parsed), "no words");
      });

      for (const [kind, argumentOf] of Object.entries({ ordinary, extreme, empty })) {
        it(`says ${signature} legibly with ${kind} arguments`, () => {
          const data = errors.encodeErrorResult(fragment, fragment.inputs.map(argumentOf));
          expect(wordsOf(data, USDC)).to.not.match(/undefined|null|NaN|Infinity|Invalid|\d{9}|0x[0-9a-fA-F]{9}| {2}/);
        });
      }
    }
  });

  describe("of some errors, to the letter", () => {
    const sentences: [string, string][] = [
      [encoded("StakeOutOfRange", 1n, 5_000_000n, 100_000_000_000n), "Stake must be 5 to 100,000 USDC."],
      [encoded("PrincipalLocked", 1n, NOON), "Locked until 3 Dec 2026 12:00."],
      [encoded("EntryFeeAboveLimit", 125n, 100n), "The entry fee is 1.25 % by now, and you accepted 1 % at most."],
      [
        encoded("ERC20InsufficientBalance", SOMEBODY, 1_500_000n, 5_000_001n),
        "The balance is 1.5 USDC, and 5.000001 USDC are needed.",
      ],
      [encoded("AmountTooSmall", 1n, 50n), "The amount must be at least 0.00005 USDC."],
      [
        encoded("WindowOutOfRange", "answering", 1n, 60n, 2_592_000n),
        "The window for answering must be 1 minute to 30 days.",
      ],
      [encoded("WrongPhase", 1n, 1, 0), "Not now: this can be done while answers are taken; now answers are opened."],
      [
        encoded("GovernorUnexpectedProposalState", 1n, 3, `0x${"02".padStart(64, "0")}`),
        "The proposal is defeated; this needs it to be active.",
      ],
      [encoded("SummaryLengthOutOfRange", 12n, 25n, 140n), "The summary must have 25 to 140 bytes, and has 12."],
      [
        encoded("SlippageExceeded", 995n, 1_000n),
        "The price has moved: the trade would give less than you accept (99.5 % of it). " +
          "Look at the new price and try again.",
      ],
    ];
    for (const [data, sentence] of sentences) {
      it(`says "${sentence}"`, () => {
        expect(wordsOf(data, USDC)).to.equal(sentence);
      });
    }

    it("says amounts in the unit of whoever acted", () => {
      const data = encoded("NotCurator", SOMEBODY, 10_000_000_000n, 50_000_000_000n);
      expect(wordsOf(data, ACT)).to.equal("Marking needs 50 ACT in running stakes on arguments; you have 10 ACT.");
    });

    it("never says an instant that is too early", () => {
      expect(wordsOf(encoded("PrincipalLocked", 1n, NOON - 59n), USDC)).to.equal("Locked until 3 Dec 2026 12:00.");
    });
  });

  describe("of errors with the same name", () => {
    it("tells a position of a market from one of the council", () => {
      expect(wordsOf(encoded("PositionUnknown(uint256,uint256)", 3n, 2n), USDC)).to.equal(
        "The market has no position 3.",
      );
      expect(wordsOf(encoded("PositionUnknown(uint256)", 3n), ACT)).to.equal("There is no open position 3.");
    });

    it("tells a seal of a belief from one of an answer", () => {
      const belief = encoded("SealMismatch(bytes32,uint256,address,bytes32)", CLAIM, 1n, SOMEBODY, CLAIM);
      const answer = encoded("SealMismatch(uint256,address,bytes32)", 1n, SOMEBODY, CLAIM);
      expect(wordsOf(belief, USDC)).to.equal("This belief, prediction and salt are not what was sealed.");
      expect(wordsOf(answer, USDC)).to.equal("This content and salt are not what was sealed.");
    });

    it("tells the stake of the vault from that of the council", () => {
      expect(wordsOf(encoded("StakeTooLarge(uint256,uint256)", 2_000_000n, 1_000_000n), USDC)).to.equal(
        "The vault cannot hold more than 1 USDC.",
      );
      const council = encoded(
        "StakeTooLarge(address,uint256,uint256,uint256)",
        SOMEBODY,
        5n * 10n ** 9n,
        7n,
        10n ** 10n,
      );
      expect(wordsOf(council, ACT)).to.equal("An account stakes at most 10 ACT; you have staked 5 ACT.");
    });
  });

  describe("of what is no custom error of the protocol", () => {
    const foreign = new Interface(["error Error(string)", "error Panic(uint256)", "error Foreign(uint256)"]);

    it("quotes a text", () => {
      const data = foreign.encodeErrorResult("Error", ["FiatToken: blacklisted"]);
      expect(wordsOf(data, USDC)).to.equal("The contract says: “FiatToken: blacklisted”.");
    });

    it("shortens a long text", () => {
      const data = foreign.encodeErrorResult("Error", ["a".repeat(5_000)]);
      expect(wordsOf(data, USDC)).to.have.length.below(250);
    });

    for (const [code, sentence] of [
      [0x11, "A number in the contract became too large or too small."],
      [0x12, "The contract had to divide by zero."],
      [0x99, "The contract stopped at an error of its own."],
    ] as const) {
      it(`says panic ${code}`, () => {
        expect(wordsOf(foreign.encodeErrorResult("Panic", [code]), USDC)).to.equal(sentence);
      });
    }

    it("names the selector of an error that nobody knows", () => {
      const data = foreign.encodeErrorResult("Foreign", [1n]);
      expect(wordsOf(data, USDC)).to.equal(
        `The contract refused it with an error that is not known here (${data.slice(0, 10)}).`,
      );
    });

    it("survives an error that is cut off", () => {
      const data = encoded("StakeOutOfRange", 1n, 2n, 3n).slice(0, 40);
      expect(wordsOf(data, USDC)).to.equal(
        `The contract refused it with an error that is not known here (${data.slice(0, 10)}).`,
      );
    });

    it("says that there is no reason", () => {
      expect(wordsOf("0x", USDC)).to.equal("The contract refused it without saying why.");
    });
  });

  it("says an error without words by its name and its facts", () => {
    const unnamed = new Interface(["error TooManyThings(uint256 thingCount, address someBody, string why, uint8)"]);
    const parsed = unnamed.parseError(unnamed.encodeErrorResult("TooManyThings", [1_234_567n, SOMEBODY, "of late", 3]));
    if (parsed === null) throw new Error("not parsed");
    expect(plainly(parsed)).to.equal("Too many things: thing count 1,234,567, some body 0x7099…79C8, why of late, 3.");
  });
});

/** As an argument of this name may be. */
function ordinary({ name, type }: ParamType): unknown {
  if (type === "address") return SOMEBODY;
  if (type === "string") return "judging";
  if (type.startsWith("bytes")) return id(name).slice(0, 2 + 2 * Number(type.slice(5)));
  if (type === "uint8") return 2n;
  if (/at$|until|deadline|expiry|timepoint|proposed/i.test(name)) return NOON;
  if (/bps$|sum/i.test(name)) return 250n;
  if (/duration|delay|period|window/i.test(name)) return 3_600n;
  return name.length % 2 === 0 ? 12_345_678n : 7n;
}

function extreme(parameter: ParamType): unknown {
  const [, sign, bits] = /^(u?)int(\d+)$/.exec(parameter.type) ?? [];
  if (bits === undefined) return ordinary(parameter);
  return 2n ** BigInt(sign === "u" ? bits : Number(bits) - 1) - 1n;
}

function empty({ type }: ParamType): unknown {
  if (type === "address") return `0x${"0".repeat(40)}`;
  if (type === "string") return "";
  return type.startsWith("bytes") ? `0x${"00".repeat(Number(type.slice(5)))}` : 0n;
}
