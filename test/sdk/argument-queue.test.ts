import { expect } from "chai";
import { dueOf, headOf, isDue, type QueueEntry } from "../../sdk/argument/queue.ts";

const entry = (id: bigint, era: number, endsAt: bigint, endedEarly = false): QueueEntry => ({
  id,
  era,
  endsAt,
  endedEarly,
});

const idsOf = (entries: readonly QueueEntry[]): bigint[] => entries.map(({ id }) => id);

describe("argument staking: queue", () => {
  it("an empty queue has no head", () => {
    expect(headOf([])).to.equal(undefined);
  });

  it("yields stakes in the order of their ends, whatever era they are of", () => {
    const queue = [entry(1n, 0, 700n), entry(2n, 0, 710n), entry(3n, 1, 120n), entry(4n, 2, 705n)];
    expect(idsOf(dueOf(queue, 1_000n, 10n))).to.deep.equal([3n, 1n, 4n, 2n]);
  });

  it("yields the earlier era first where ends are equal, and in it the lower id", () => {
    const queue = [entry(3n, 1, 500n), entry(2n, 0, 500n), entry(1n, 0, 500n)];
    expect(idsOf(dueOf(queue, 500n, 10n))).to.deep.equal([1n, 2n, 3n]);
  });

  it("yields a stake in the second of its end and not a second before", () => {
    expect([isDue(entry(1n, 0, 500n), 499n), isDue(entry(1n, 0, 500n), 500n)]).to.deep.equal([false, true]);
  });

  it("yields no more than asked for", () => {
    const queue = [entry(1n, 0, 100n), entry(2n, 0, 200n), entry(3n, 0, 300n)];
    expect(idsOf(dueOf(queue, 1_000n, 2n))).to.deep.equal([1n, 2n]);
  });

  it("yields one that ended early at the head of its era before its end and before all others", () => {
    const queue = [entry(1n, 0, 100n), entry(2n, 1, 900n, true), entry(3n, 1, 950n)];
    expect(idsOf(dueOf(queue, 100n, 10n))).to.deep.equal([2n, 1n]);
  });

  it("keeps one that ended early behind a running one of its era", () => {
    const queue = [entry(1n, 0, 100n), entry(2n, 0, 200n, true)];
    expect(idsOf(dueOf(queue, 99n, 10n))).to.deep.equal([]);
  });

  it("yields one that ended early as soon as it comes to the head of its era", () => {
    const queue = [entry(1n, 0, 100n), entry(2n, 0, 200n, true), entry(3n, 1, 100n)];
    expect(idsOf(dueOf(queue, 100n, 10n))).to.deep.equal([1n, 2n, 3n]);
  });
});
