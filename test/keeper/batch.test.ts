import { expect } from "chai";
import { type Batch, sizeBatch, type Trial } from "../../keeper/batch.ts";

const BUDGET = 1_000_000n;

/** Sizes a batch whose call costs `fixed` gas and `each` for an item; returns it with the counts that were tried. */
async function size(
  most: bigint,
  guess: bigint,
  { fixed = 50_000n, each = 10_000n, failsAbove = most }: { fixed?: bigint; each?: bigint; failsAbove?: bigint } = {},
): Promise<{ batch: Batch | undefined; tried: bigint[] }> {
  const tried: bigint[] = [];
  const attempt = async (count: bigint): Promise<Trial | undefined> => {
    tried.push(count);
    if (count > failsAbove) return undefined;
    return { gas: fixed + each * count, processed: count, isLast: count === most };
  };
  return { batch: await sizeBatch(most, guess, BUDGET, attempt), tried };
}

describe("sizeBatch", () => {
  it("takes all items at the first trial where they fit", async () => {
    const { batch, tried } = await size(40n, 1_000n);
    expect(batch).to.deep.equal({ count: 40n, gas: 450_000n, processed: 40n, isLast: true });
    expect(tried).to.deep.equal([40n]);
  });

  it("shrinks a guess that is too large", async () => {
    const { batch } = await size(1_000n, 500n);
    expect(batch?.gas).to.be.within(850_000n, BUDGET);
  });

  it("grows a guess that is too small", async () => {
    const { batch } = await size(1_000n, 1n);
    expect(batch?.gas).to.be.within(850_000n, BUDGET);
  });

  it("needs one trial where the guess is what fits", async () => {
    const { tried } = await size(1_000n, 90n);
    expect(tried).to.deep.equal([90n]);
  });

  it("halves where a trial runs out of gas", async () => {
    const { batch, tried } = await size(1_000n, 800n, { failsAbove: 100n });
    expect(tried.slice(0, 5)).to.deep.equal([800n, 400n, 200n, 100n, 90n]);
    expect(batch?.count).to.equal(90n);
  });

  it("finds the single item that fits", async () => {
    const { batch } = await size(1_000n, 64n, { failsAbove: 1n, each: 900_000n });
    expect(batch?.count).to.equal(1n);
  });

  it("finds nothing where a single item does not fit", async () => {
    const { batch } = await size(10n, 4n, { each: 1_000_000n });
    expect(batch).to.equal(undefined);
  });

  it("finds nothing where a single item runs out of gas", async () => {
    const { batch, tried } = await size(10n, 4n, { failsAbove: 0n });
    expect(batch).to.equal(undefined);
    expect(tried).to.deep.equal([4n, 2n, 1n]);
  });

  it("stops where nothing is left to grow for", async () => {
    const tried: bigint[] = [];
    const batch = await sizeBatch(500n, 10n, BUDGET, async (count) => {
      tried.push(count);
      return { gas: 80_000n, processed: 3n, isLast: true };
    });
    expect(batch?.processed).to.equal(3n);
    expect(tried).to.deep.equal([10n]);
  });
});
