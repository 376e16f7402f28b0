import { expect } from "chai";
import {
  type ArgumentAccounts,
  audit,
  netOf,
  type PersonFlows,
  type Snapshot,
} from "../../scripts/demo/arguments/accounts.ts";

/** Ann wrote #1, Bob upvoted it. Ann wrote #2, which was found unhelpful: 20 of 50 went to Bob, who had marked it. */
const GOOD: ArgumentAccounts = {
  id: 1n,
  counters: { upvotes: 1n, upvotedStake: 10n, totalStake: 60n },
  counted: { upvotes: 1n, upvotedStake: 10n, totalStake: 60n },
  promised: 7n,
  ownInterest: 5n,
  creatorInterest: 1n,
  upvoterInterest: 1n,
  freed: 0n,
  slashed: 0n,
  curatorRewards: 0n,
};
const BAD: ArgumentAccounts = {
  id: 2n,
  counters: { upvotes: 0n, upvotedStake: 0n, totalStake: 50n },
  counted: { upvotes: 0n, upvotedStake: 0n, totalStake: 50n },
  promised: 5n,
  ownInterest: 0n,
  creatorInterest: 0n,
  upvoterInterest: 0n,
  freed: 5n,
  slashed: 50n,
  curatorRewards: 20n,
};
const ANN: PersonFlows = {
  name: "ann",
  isCrowd: false,
  staked: 100n,
  funded: 0n,
  writerInterest: 6n,
  upvoterInterest: 0n,
  curatorRewards: 0n,
  slashed: 50n,
  withdrawn: 56n,
};
const BOB: PersonFlows = {
  name: "bob",
  isCrowd: false,
  staked: 10n,
  funded: 12n,
  writerInterest: 0n,
  upvoterInterest: 1n,
  curatorRewards: 20n,
  slashed: 0n,
  withdrawn: 31n,
};
/** Of 12 in the reserve and 30 that were slashed into it, 7 were paid. */
const END: Snapshot = {
  moment: "day 9",
  balance: 35n,
  owed: 35n,
  running: 0n,
  credited: 0n,
  free: 35n,
  reserved: 0n,
};
const PURSES = [
  { before: 100n, after: 56n },
  { before: 100n, after: 109n },
];

/** Equations that fail with one thing changed, and by how much. */
function failures(changed: {
  good?: Partial<ArgumentAccounts>;
  ann?: Partial<PersonFlows>;
  end?: Partial<Snapshot>;
  purses?: typeof PURSES;
}): [string, bigint][] {
  const { good = {}, ann = {}, end = {}, purses = PURSES } = changed;
  const { checks, isConserved } = audit(
    [{ ...GOOD, ...good }, BAD],
    [{ ...ANN, ...ann }, BOB],
    [{ ...END, ...end }],
    purses,
  );
  const failed = checks.filter(({ difference }) => difference !== 0n);
  expect(isConserved).to.equal(failed.length === 0);
  return failed.map(({ equation, difference }) => [equation, difference]);
}

describe("the audit of the arguments demo", () => {
  it("adds up arguments, people and books and finds nothing missing", () => {
    const { totals, checks, isConserved } = audit([GOOD, BAD], [ANN, BOB], [END], PURSES);
    expect(totals).to.deep.equal({
      staked: 110n,
      funded: 12n,
      withdrawn: 87n,
      promised: 12n,
      paid: 7n,
      freed: 5n,
      curatorRewards: 20n,
      slashedIntoReserve: 30n,
      free: 35n,
      reserved: 0n,
      difference: 0n,
    });
    expect(checks).to.have.lengthOf(2 + 2 * 4 + 2 * 2 + 5);
    expect(isConserved).to.equal(true);
  });

  it("says what somebody has more than before", () => {
    expect([ANN, BOB].map(netOf)).to.deep.equal([-44n, 9n]);
  });

  for (const [name, counters, equations] of [
    ["an upvote", { upvotes: 2n, upvotedStake: 10n, totalStake: 60n }, [["#1: upvotes = upvotes by events", 1n]]],
    [
      "a unit upvoted",
      { upvotes: 1n, upvotedStake: 9n, totalStake: 60n },
      [["#1: upvotedStake = upvotedStake by events", -1n]],
    ],
    [
      "a unit staked",
      { upvotes: 1n, upvotedStake: 10n, totalStake: 61n },
      [["#1: totalStake = totalStake by events", 1n]],
    ],
  ] as const) {
    it(`notices ${name} that the books have and the events do not, or the other way round`, () => {
      expect(failures({ good: { counters } })).to.deep.equal(equations);
    });
  }

  it("notices a unit that was promised, and neither paid nor freed", () => {
    expect(failures({ good: { promised: 8n } })).to.deep.equal([
      ["#1: promised = paid + freed", 1n],
      ["promised = paid + freed + reserved", 1n],
    ]);
  });

  it("notices a unit that was paid and not promised", () => {
    expect(failures({ good: { upvoterInterest: 2n } })).to.deep.equal([
      ["#1: promised = paid + freed", -1n],
      ["promised = paid + freed + reserved", -1n],
      ["funded + slashed into the reserve = paid + free + reserved", -1n],
    ]);
  });

  it("notices a unit of a stake that is on no argument", () => {
    const counters = { upvotes: 1n, upvotedStake: 10n, totalStake: 59n };
    expect(failures({ good: { counters, counted: counters } })).to.deep.equal([
      ["staked in all arguments = staked by people", -1n],
    ]);
  });

  it("notices a unit that somebody withdrew and did not have", () => {
    expect(failures({ ann: { withdrawn: 57n } })).to.deep.equal([
      ["ann: withdrawn = staked - slashed + interest + curator's rewards", 1n],
      ["ann: balance change = withdrawn - staked - funded", -1n],
      ["withdrawals + reserve = stakes + funding", 1n],
    ]);
  });

  it("notices a unit that left a purse and did not arrive", () => {
    const purses = [{ before: 101n, after: 56n }, ...PURSES.slice(1)];
    expect(failures({ purses })).to.deep.equal([
      ["ann: balance change = withdrawn - staked - funded", -1n],
      ["people's balance changes + contract's balance = 0", -1n],
    ]);
  });

  it("notices a unit that the contract owes and does not hold", () => {
    expect(failures({ end: { balance: 34n } })).to.deep.equal([
      ["day 9: balance = owed", -1n],
      ["people's balance changes + contract's balance = 0", -1n],
    ]);
  });

  for (const part of ["running", "credited"] as const) {
    it(`notices a unit ${part} that the contract does not own up to`, () => {
      expect(failures({ end: { [part]: 1n } })).to.deep.equal([
        ["day 9: owed = running + credited + free + reserved", -1n],
      ]);
    });
  }

  it("notices a unit that is free in the reserve and came from nowhere", () => {
    expect(failures({ end: { free: 36n } })).to.deep.equal([
      ["day 9: owed = running + credited + free + reserved", -1n],
      ["funded + slashed into the reserve = paid + free + reserved", -1n],
      ["withdrawals + reserve = stakes + funding", 1n],
    ]);
  });
});
