import { expect } from "chai";
import { sealed } from "../../dapp/src/keepsakes/keepsake.ts";
import { keptFor } from "../../dapp/src/pages/claim/epochs/kept.ts";
import { blockingEpoch, epochsIn, movedBy, voiceOf } from "../../dapp/src/pages/claim/epochs/records.ts";

const CLAIM = `0x${"c1".repeat(32)}`;
const OTHER = `0x${"c2".repeat(32)}`;
const ALICE = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const BOB = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";
const WAD = 10n ** 18n;

type Events = Parameters<typeof epochsIn>[0];

/** Events as a node would tell them: name, epoch, and the other arguments. */
function history(...told: readonly (readonly [string, bigint, Record<string, unknown>])[]): Events {
  return told.map(([name, epoch, args], index) => ({
    ...{ name, time: 0n, block: 1, transaction: "0x", index },
    args: { claimId: CLAIM, epoch, ...args },
  })) as unknown as Events;
}

const RESULT = {
  consensus: WAD / 2n,
  meanMeta: WAD / 3n,
  supportShare: WAD / 4n,
  isSurprisinglyPopular: false,
  isVoid: false,
  pot: 20n,
};

const SETTLED = history(
  ["BeliefCommitted", 0n, { user: ALICE, sealedBelief: "0xa1", weight: 20n }],
  ["BeliefCommitted", 0n, { user: BOB, sealedBelief: "0xb1", weight: 10n }],
  ["BeliefCommitted", 0n, { user: ALICE, sealedBelief: "0xa2", weight: 30n }],
  ["BeliefRevealed", 0n, { user: BOB, belief: 7n, meta: 8n }],
  ["BeliefScored", 0n, { user: ALICE, score: -WAD, taken: 20n }],
  ["BeliefScored", 0n, { user: BOB, score: 5n, taken: 0n }],
  ["EpochSettled", 0n, RESULT],
);
const PAID = history(["PartsDistributed", 0n, { from: 1n, to: 2n }], ["PartPaid", 0n, { user: BOB, amount: 19n }]);

describe("dapp: epochs as events tell them", () => {
  it("keeps the last commit of each, in the order of the first", () => {
    const [record] = epochsIn(SETTLED, CLAIM);
    expect(record?.voices.map(({ user, seal, weight }) => [user, seal, weight])).to.deep.equal([
      [ALICE, "0xa2", 30n],
      [BOB, "0xb1", 10n],
    ]);
  });

  it("tells what was opened, scored, taken and paid", () => {
    const [record] = epochsIn([...SETTLED, ...PAID], CLAIM);
    if (record === undefined) throw new Error("no epoch");
    const [alice, bob] = [voiceOf(record, ALICE.toLowerCase()), voiceOf(record, BOB)];
    expect(alice).to.deep.include({ opened: undefined, scored: { score: -WAD, taken: 20n }, isDistributed: false });
    expect(bob).to.deep.include({ opened: { belief: 7n, meta: 8n }, paid: 19n, isDistributed: true });
    expect(alice && movedBy(alice)).to.equal(-20n);
    expect(bob && movedBy(bob)).to.equal(19n);
    expect(record.result).to.deep.equal(RESULT);
    expect(record.isDistributed).to.equal(false);
  });

  it("knows when everybody has their part", () => {
    const [record] = epochsIn([...SETTLED, ...history(["EpochDistributed", 0n, { carried: 1n }])], CLAIM);
    expect(record?.isDistributed).to.equal(true);
  });

  it("leaves out other claims, and lists the newest epoch first", () => {
    const later = history(["BeliefCommitted", 3n, { user: BOB, sealedBelief: "0xb2", weight: 1n }]);
    expect(epochsIn([...SETTLED, ...later], CLAIM).map(({ epoch }) => epoch)).to.deep.equal([3n, 0n]);
    expect(epochsIn(SETTLED, OTHER)).to.deep.equal([]);
  });

  it("finds the voice that keeps somebody from speaking: unsettled, and more than two epochs old", () => {
    const records = epochsIn([...SETTLED, ...PAID], CLAIM);
    expect(blockingEpoch(records, ALICE, 2n)).to.equal(undefined);
    expect(blockingEpoch(records, ALICE, 3n)).to.equal(0n);
    expect(blockingEpoch(records, BOB, 3n)).to.equal(undefined);
  });
});

describe("dapp: beliefs kept in the browser", () => {
  const contract = "0x5FbDB2315678afecb367f032d93F642f64180aa3";
  const at = { kind: "belief", chainId: 1, contract, claimId: CLAIM, belief: 1n, meta: 2n, salt: CLAIM } as const;
  const alice = sealed({ ...at, epoch: 0n, account: ALICE }, 1);
  const bob = sealed({ ...at, epoch: 0n, account: BOB }, 2);
  const later = sealed({ ...at, epoch: 1n, account: ALICE }, 3);
  type Network = Parameters<typeof keptFor>[1];
  const network = { chainId: 1, contracts: { TruthSerum: { address: contract, block: 0 } } } as unknown as Network;

  it("finds those of an epoch, of everybody or of one", () => {
    const all = [alice, bob, later];
    expect(keptFor(all, network, { claimId: CLAIM, epoch: 0n })).to.deep.equal([alice, bob]);
    expect(keptFor(all, network, { claimId: CLAIM, epoch: 0n, account: ALICE })).to.deep.equal([alice]);
    expect(keptFor(all, network, { claimId: OTHER, epoch: 0n })).to.deep.equal([]);
    expect(keptFor(all, { ...network, chainId: 2 }, { claimId: CLAIM, epoch: 0n })).to.deep.equal([]);
  });
});
