import { expect } from "chai";
import type { TruthScoreHarness } from "../../typechain-types/index.ts";
import { WAD } from "../fixtures/amounts.ts";
import { sharedChain } from "../fixtures/protocol.ts";

/** Belief, meta-prediction, and the others' means of both, in wad. */
type Point = [bigint, bigint, bigint, bigint];

const MAX_ERROR = 1e-9;
const BATCH = 1_000;
const LOWEST = WAD / 100n;
const HIGHEST = WAD - LOWEST;

/** Eleven probabilities from 0.01 to 0.99, a step of 0.098 apart. */
const STEPS = Array.from({ length: 11 }, (_, i) => LOWEST + (BigInt(i) * (HIGHEST - LOWEST)) / 10n);

/** The ends, where clamping begins, where support begins: each with its neighbours. */
const EDGES = [0n, 1n, LOWEST - 1n, LOWEST + 1n, WAD / 2n - 1n, WAD / 2n + 1n, HIGHEST - 1n, HIGHEST + 1n, WAD];

describe("TruthScore against double precision", () => {
  let harness: TruthScoreHarness;

  before(async () => {
    const { ethers } = await sharedChain();
    harness = await ethers.deployContract("TruthScoreHarness");
  });

  it("is within 1e-9 of the definition on a dense grid", async () => {
    expect(await largestError(allOf(STEPS))).to.be.lessThanOrEqual(MAX_ERROR);
  });

  it("is within 1e-9 of the definition at the edges of its input", async () => {
    expect(await largestError(allOf(EDGES))).to.be.lessThanOrEqual(MAX_ERROR);
  });

  async function largestError(points: Point[]): Promise<number> {
    let largest = 0;
    for (let from = 0; from < points.length; from += BATCH) {
      const batch = points.slice(from, from + BATCH);
      const scores = await harness.scoresOf(batch);
      expect(scores.length).to.equal(batch.length);
      for (const [i, point] of batch.entries()) {
        const error = Math.abs(Number(scores[i]) / 1e18 - definition(point));
        largest = Math.max(largest, error);
      }
    }
    return largest;
  }
});

/** Every point whose four coordinates are among these. */
function allOf(values: readonly bigint[]): Point[] {
  return values.flatMap((p) => values.flatMap((m) => values.flatMap((q) => values.map((n): Point => [p, m, q, n]))));
}

/** `KL(p || m_) - KL(p || p_) - KL(p_ || m)`, clamped, as the specification has it. */
function definition([p, m, othersP, othersM]: Point): number {
  const [belief, meta, meanBelief, meanMeta] = [clamp(p), clamp(m), clamp(othersP), clamp(othersM)];
  const score = kl(belief, meanMeta) - kl(belief, meanBelief) - kl(meanBelief, meta);
  return Math.max(-1, Math.min(1, score));
}

function kl(p: number, q: number): number {
  return p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
}

function clamp(wad: bigint): number {
  return Math.max(0.01, Math.min(0.99, Number(wad) / 1e18));
}
