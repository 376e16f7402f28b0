import { expect } from "chai";
import type { NetworkConnection } from "hardhat/types/network";
import { solveStrengths } from "../../sdk/query/solver.ts";
import { Outcome } from "../../sdk/query/state.ts";
import { usdc, WAD } from "../fixtures/amounts.ts";
import { load } from "../fixtures/protocol.ts";
import { type DollarQueries, indices, openEscrow, settle } from "../fixtures/queries.ts";
import { ID, play, SMALL_STORY, type Story, times, vote } from "../fixtures/query-play.ts";
import { expectCredits } from "../fixtures/query-settlements.ts";

const LEAST = 1n;
const MOST = 2n ** 200n;

/** Probabilities are counted in 2^-55. */
const ONE = 2n ** 55n;

/* STORIES */

/** Three to one: `SMALL_STORY`. */
const twoAnswers = (connection: NetworkConnection) => begin(connection, SMALL_STORY);

/** Wins of three each: as strong as one another. */
const threeAlike = (connection: NetworkConnection) =>
  begin(connection, {
    answers: ["opened", "opened", "opened"],
    verdicts: [vote([0, 1, 2]), vote([1, 2, 0]), vote([2, 0, 1])],
  });

/** Five judges of ranks 0 to 4, who rank seven answers by turns from another one on. */
const sevenAnswers = (connection: NetworkConnection) =>
  begin(connection, {
    answers: times(7, "opened"),
    verdicts: [0, 1, 2, 4, 6].map((first, place) => ({
      ...vote(indices(7).map((index) => (first + index * (place + 1)) % 7)),
      rank: BigInt(place),
    })),
  });

async function begin(connection: NetworkConnection, story: Story): Promise<DollarQueries> {
  const world = await openEscrow(connection);
  await play(world, story);
  return world;
}

/* EQUATIONS */

/** The first answer of which strengths break the likelihood equation, how far, and how far they may; in wad * 2^55. */
function firstBroken(wins: readonly (readonly bigint[])[], strengths: readonly bigint[]) {
  const pairWeight = (wins[0]?.[1] ?? 0n) + (wins[1]?.[0] ?? 0n);
  const tolerance = (pairWeight * BigInt(wins.length - 1) * ONE) / 10n ** 9n;
  const residuals = wins.map((row, i) => {
    const won = row.reduce((sum, win) => sum + win, 0n) * ONE;
    const foretold = pairWeight * strengths.reduce((sum, _, k) => sum + chance(strengths, i, k), 0n);
    return won > foretold ? won - foretold : foretold - won;
  });
  const index = residuals.findIndex((residual) => residual > tolerance);
  return [BigInt(index), residuals[index], tolerance];
}

/** That answer i is preferred to k: rounded down for the later one, and what is left of 1 for the other. */
function chance(strengths: readonly bigint[], i: number, k: number): bigint {
  if (i === k) return 0n;
  const [own = 0n, other = 0n] = [strengths[i], strengths[k]];
  return i > k ? (own * ONE) / (own + other) : ONE - (other * ONE) / (own + other);
}

describe("QueryEscrow.settle, strengths", () => {
  let world: DollarQueries;

  const bring = (strengths: readonly bigint[]) => settle(world, ID, strengths);
  const outcome = async () => (await world.queryEscrow.outcome(ID)).result;

  describe("when votes do not decide", () => {
    const undecided: readonly { name: string; story: Story }[] = [
      { name: "no answer was opened", story: { answers: ["submitted"] } },
      { name: "one answer was opened", story: { answers: ["opened", "submitted"] } },
      { name: "no vote was opened", story: { answers: ["opened", "opened"] } },
    ];

    for (const { name, story } of undecided) {
      it(`reverts when a strength is brought though ${name}`, async () => {
        world = await load(openEscrow);
        await play(world, story);
        await expect(bring([1n]))
          .to.be.revertedWithCustomError(world.queryEscrow, "StrengthsLengthMismatch")
          .withArgs(1n, 0n);
      });
    }
  });

  describe("when one of two answers wins three times as often", () => {
    beforeEach(async () => {
      world = await load(twoAnswers);
    });

    const wrongLengths: readonly (readonly bigint[])[] = [[], [3n], [3n, 1n, 1n]];
    for (const strengths of wrongLengths) {
      it(`reverts when ${strengths.length} strengths are brought for two answers`, async () => {
        await expect(bring(strengths))
          .to.be.revertedWithCustomError(world.queryEscrow, "StrengthsLengthMismatch")
          .withArgs(BigInt(strengths.length), 2n);
      });
    }

    const outOfRange: readonly { name: string; strengths: readonly bigint[]; index: number }[] = [
      { name: "the first is 0", strengths: [0n, 1n], index: 0 },
      { name: "the last is 0", strengths: [3n, 0n], index: 1 },
      { name: "both are 0", strengths: [0n, 0n], index: 0 },
      { name: "the first is above 2^200", strengths: [MOST + 1n, MOST / 3n], index: 0 },
      { name: "the last is above 2^200", strengths: [MOST, MOST + 1n], index: 1 },
      { name: "the last is the highest there is", strengths: [3n, 2n ** 256n - 1n], index: 1 },
    ];
    for (const { name, strengths, index } of outOfRange) {
      it(`reverts when ${name}`, async () => {
        await expect(bring(strengths))
          .to.be.revertedWithCustomError(world.queryEscrow, "StrengthOutOfRange")
          .withArgs(index, strengths[index], LEAST, MOST);
      });
    }

    const accepted: readonly { name: string; strengths: readonly bigint[] }[] = [
      { name: "3 and 1", strengths: [3n, 1n] },
      { name: "any other scale of them", strengths: [3n * 12_345_678_901n, 12_345_678_901n] },
      { name: "the highest power of two times them", strengths: [3n << 198n, 1n << 198n] },
      { name: "2^200, and a third of it rounded up", strengths: [MOST, MOST / 3n + 1n] },
      { name: "their wins", strengths: [(3n * WAD) / 2n, WAD / 2n] },
    ];
    for (const { name, strengths } of accepted) {
      it(`accepts ${name}, and pays three to one`, async () => {
        await bring(strengths);
        // 24.5 * 3/4 + 3.5 and 24.5 * 1/4 + 3.5, to the unit; 10.5 + 2.1
        await expectCredits(world, {
          asker: 0n,
          answerers: [usdc("21.875"), usdc("9.625")],
          judges: [usdc("12.6")],
        });
      });
    }

    // N is 2, all strength 2^55: the second is preferred with p / 2^55 exactly, which may differ from a quarter by
    // 1e-9, 36028797.02 in 2^55. The equation of the first is off by N times that.
    const quarter = ONE / 4n;
    const widest = 36_028_797n;
    const tolerance = (2n * WAD * ONE) / 10n ** 9n;

    // 24.5 * (1/4 - 1e-9) is rounded down to 6.124999, and the unit goes to the other.
    const shifts: readonly { shift: bigint; answerers: readonly bigint[] }[] = [
      { shift: widest, answerers: [usdc("21.875"), usdc("9.625")] },
      { shift: -widest, answerers: [21_875_001n, 9_624_999n] },
    ];
    for (const { shift, answerers } of shifts) {
      it(`accepts a shift by ${shift} in 2^55, and pays the same to a unit`, async () => {
        await bring([ONE - quarter - shift, quarter + shift]);
        await expectCredits(world, { asker: 0n, answerers, judges: [usdc("12.6")] });
      });
    }

    for (const shift of [widest + 1n, -widest - 1n]) {
      it(`reverts when the shift is ${shift} in 2^55`, async () => {
        await expect(bring([ONE - quarter - shift, quarter + shift]))
          .to.be.revertedWithCustomError(world.queryEscrow, "StrengthsRejected")
          .withArgs(0n, 2n * WAD * (widest + 1n), tolerance);
      });
    }

    it("reverts when strengths are exchanged", async () => {
      // A half too much: 0.75 instead of 0.25, in pairs that weigh 2.
      await expect(bring([1n, 3n]))
        .to.be.revertedWithCustomError(world.queryEscrow, "StrengthsRejected")
        .withArgs(0n, WAD * ONE, tolerance);
    });

    it("reverts when the weaker answer has the least strength, and the stronger the highest", async () => {
      // The chance of the weaker is 2^-200, rounded down to 0: a quarter too little.
      await expect(bring([MOST, LEAST]))
        .to.be.revertedWithCustomError(world.queryEscrow, "StrengthsRejected")
        .withArgs(0n, (WAD * ONE) / 2n, tolerance);
    });
  });

  describe("when three answers win as often", () => {
    beforeEach(async () => {
      world = await load(threeAlike);
    });

    // N is 4, and each answer wins 3 and the virtual halves: 4 in all.
    const tolerance = (8n * WAD * ONE) / 10n ** 9n;

    it("accepts three ones", async () => {
      await bring([1n, 1n, 1n]);
      expect(await outcome()).to.equal(Outcome.Normal);
    });

    it("reverts when the second strength is the first that is wrong", async () => {
      // 2 against 1 and 4: 2/3 + 1/3, as it should. 1 against 2 and 4: 1/3 + 1/5 instead of 1, each rounded for the
      // later answer.
      const missing = ONE - ONE / 3n - (ONE - (4n * ONE) / 5n);
      await expect(bring([2n, 1n, 4n]))
        .to.be.revertedWithCustomError(world.queryEscrow, "StrengthsRejected")
        .withArgs(1n, 4n * WAD * missing, tolerance);
    });

    it("reverts when the third strength alone is further off than it may be", async () => {
      // Against each of the others the third is preferred by x too much in 2^55: 4x for them, 8x for itself. They may
      // be off by 8e-9 * 2^55, so that x may be 2e-9 of 2^55, 72057594.04, for them, and half of that for the third.
      const x = 72_057_594n;
      await expect(bring([ONE / 2n - x, ONE / 2n - x, ONE / 2n + x]))
        .to.be.revertedWithCustomError(world.queryEscrow, "StrengthsRejected")
        .withArgs(2n, 8n * WAD * x, tolerance);
    });

    it("accepts a third strength that is as far off as it may be", async () => {
      const x = 36_028_797n;
      await bring([ONE / 2n - x, ONE / 2n - x, ONE / 2n + x]);
      expect(await outcome()).to.equal(Outcome.Normal);
    });
  });

  describe("when judges of five ranks have ranked seven answers", () => {
    beforeEach(async () => {
      world = await load(sevenAnswers);
    });

    const winMatrix = () => world.queryEscrow.winMatrix(ID);
    const solved = async () => solveStrengths(await winMatrix());

    it("accepts what the solver says", async () => {
      await bring(await solved());
      expect(await outcome()).to.equal(Outcome.Normal);
    });

    it("accepts it at the highest scale", async () => {
      const strengths = await solved();
      const strongest = strengths.reduce((most, strength) => (strength > most ? strength : most));
      await bring(strengths.map((strength) => (strength * MOST) / strongest));
      expect(await outcome()).to.equal(Outcome.Normal);
    });

    it("accepts it with 36 binary digits of the weakest", async () => {
      // Half a unit is 1e-11 of the weakest.
      await bring((await solved()).map((strength) => strength >> 75n));
      expect(await outcome()).to.equal(Outcome.Normal);
    });

    it("reverts when 20 binary digits of the weakest are left", async () => {
      const strengths = (await solved()).map((strength) => strength >> 91n);
      await expect(bring(strengths))
        .to.be.revertedWithCustomError(world.queryEscrow, "StrengthsRejected")
        .withArgs(...firstBroken(await winMatrix(), strengths));
    });

    for (const index of indices(7)) {
      for (const [name, part] of [
        ["higher", 1_000_001n],
        ["lower", 999_999n],
      ] as const) {
        it(`reverts when strength ${index} is ${name} by a millionth`, async () => {
          const strengths = (await solved()).map((own, i) => (i === index ? (own * part) / 1_000_000n : own));
          await expect(bring(strengths))
            .to.be.revertedWithCustomError(world.queryEscrow, "StrengthsRejected")
            .withArgs(...firstBroken(await winMatrix(), strengths));
        });
      }
    }
  });
});
