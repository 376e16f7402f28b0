import { expect } from "chai";
import { AbiCoder, EventLog, keccak256, toUtf8Bytes } from "ethers";
import type { ArgumentStaking } from "../../typechain-types/index.ts";
import {
  type ActWorld,
  argue,
  BODY,
  openForum,
  type Speech,
  SUMMARY,
  sendArgument,
  setRules,
  textOf,
} from "../fixtures/arguments.ts";
import { load } from "../fixtures/protocol.ts";

/** Parts of an argument, with what is allowed of each, in bytes. */
const PARTS = [
  { part: "summary", error: "SummaryLengthOutOfRange", min: 25n, max: 140n },
  { part: "body", error: "BodyLengthOutOfRange", min: 25n, max: 1_250n },
] as const;

/** A letter of two bytes, and a sign of four. */
const UMLAUT = "ü";
const ROCKET = "🚀";

const bytesOf = (text: string) => BigInt(toUtf8Bytes(text).length);

/** How many letters a reader sees. */
const lettersOf = (text: string) => [...text].length;

const hashOf = (summary: string, body: string) =>
  keccak256(AbiCoder.defaultAbiCoder().encode(["string", "string"], [summary, body]));

describe("ArgumentStaking.createArgument, with texts of every length", () => {
  let world: ActWorld;
  let staking: ArgumentStaking;

  beforeEach(async () => {
    world = await load(openForum);
    staking = world.argumentStaking;
  });

  /** What an argument's event says of its text. */
  const textIn = async (speech: Speech): Promise<Record<string, unknown>> => {
    const receipt = await (await sendArgument(world, speech)).wait();
    const created = receipt?.logs.find((log) => log instanceof EventLog && log.eventName === "ArgumentCreated");
    return created instanceof EventLog ? created.args.toObject() : {};
  };

  for (const { part, error, min, max } of PARTS) {
    const of = (letter: string, bytes: bigint) => letter.repeat(Number(bytes / bytesOf(letter)));

    describe(`when the ${part} is within its bounds`, () => {
      for (const [name, text] of [
        ["as short as it may be", textOf(min)],
        ["as long as it may be", textOf(max)],
        ["shorter in letters than in bytes", `${of(UMLAUT, min - 1n)}a`],
        ["as long as it may be, in umlauts", of(UMLAUT, max)],
        ["as long as it may be, in rockets and a rest", of(ROCKET, max) + textOf(max % 4n)],
      ] as const) {
        it(`emits ArgumentCreated with it when it is ${name}: ${lettersOf(text)} letters, ${bytesOf(text)} bytes`, async () => {
          expect((await textIn({ [part]: text }))[part]).to.equal(text);
        });
      }
    });

    describe(`when the ${part} is out of its bounds`, () => {
      for (const [name, text] of [
        ["empty", ""],
        ["a byte too short", textOf(min - 1n)],
        ["a byte too long", textOf(max + 1n)],
        ["a byte too short, in umlauts", of(UMLAUT, min - 1n)],
        ["short enough in letters, and one of them has a byte more", textOf(max - 1n) + UMLAUT],
        ["short enough in letters, and all of them have four bytes", ROCKET.repeat(Number(max))],
      ] as const) {
        it(`reverts when it is ${name}: ${lettersOf(text)} letters, ${bytesOf(text)} bytes`, async () => {
          await expect(sendArgument(world, { [part]: text }))
            .to.be.revertedWithCustomError(staking, error)
            .withArgs(bytesOf(text), min, max);
        });
      }
    });
  }

  describe("when the bounds have changed", () => {
    beforeEach(async () => {
      await setRules(world, { minSummaryLength: 3n, maxSummaryLength: 4n, minBodyLength: 5n, maxBodyLength: 6n });
    });

    it("emits ArgumentCreated when both parts are as short as they may be", async () => {
      await expect(sendArgument(world, { summary: textOf(3), body: textOf(5) })).to.emit(staking, "ArgumentCreated");
    });

    for (const [part, error, length, min, max] of [
      ["summary", "SummaryLengthOutOfRange", 2n, 3n, 4n],
      ["summary", "SummaryLengthOutOfRange", 5n, 3n, 4n],
      ["body", "BodyLengthOutOfRange", 4n, 5n, 6n],
      ["body", "BodyLengthOutOfRange", 7n, 5n, 6n],
    ] as const) {
      it(`reverts when the ${part} has ${length} bytes`, async () => {
        await expect(sendArgument(world, { summary: textOf(3), body: textOf(5), [part]: textOf(length) }))
          .to.be.revertedWithCustomError(staking, error)
          .withArgs(length, min, max);
      });
    }
  });

  describe("when the bounds are as wide as they can be", () => {
    it("emits ArgumentCreated with a body of 20,000 bytes", async () => {
      await setRules(world, { maxBodyLength: 20_000n });
      const body = textOf(20_000);
      expect((await textIn({ body })).body).to.equal(body);
    });
  });

  describe("when the text is hashed", () => {
    for (const [name, summary, body] of [
      ["a letter has moved from the body", `${SUMMARY}T`, BODY.slice(1)],
      ["the parts have changed places", BODY, SUMMARY],
      ["they have letters beyond ASCII", "Wärme und Kälte wechseln täglich", "Über 40 °C, 日中, und nachts −120 °C 🌡️"],
    ] as const) {
      it(`updates contentHash to that of the two parts when ${name}`, async () => {
        await argue(world, { summary, body });
        expect((await staking.argument(1n)).contentHash).to.equal(hashOf(summary, body));
      });
    }
  });
});
