import { expect } from "chai";
import { audit, netOf, type QueryAccounts, type Snapshot } from "../../scripts/demo/queries/accounts.ts";

const PEOPLE = ["ann", "bob"];
/** Ann asked, Bob answered. */
const QUERY: QueryAccounts = {
  queryId: 1n,
  parts: [
    { person: 0, staked: 35n, credited: 10n },
    { person: 1, staked: 3n, credited: 28n },
  ],
  credited: 38n,
};
const WITHDRAWN = [10n, 28n];
const PURSES = [
  { before: 35n, after: 10n },
  { before: 5n, after: 30n },
];
const OPEN: Snapshot = { moment: "before", balance: 38n, open: 38n, credited: 0n };
const END: Snapshot = { moment: "at the end", balance: 0n, open: 0n, credited: 0n };

/** Equations that fail with one thing changed, and by how much. */
function failures(changed: {
  query?: Partial<QueryAccounts>;
  withdrawn?: bigint[];
  purses?: typeof PURSES;
  open?: Partial<Snapshot>;
  end?: Partial<Snapshot>;
}): [string, bigint][] {
  const { query = {}, withdrawn = WITHDRAWN, purses = PURSES, open = {}, end = {} } = changed;
  const snapshots = [
    { ...OPEN, ...open },
    { ...END, ...end },
  ];
  const { checks, isConserved } = audit([{ ...QUERY, ...query }], PEOPLE, withdrawn, purses, snapshots);
  const failed = checks.filter(({ difference }) => difference !== 0n);
  expect(isConserved).to.equal(failed.length === 0);
  return failed.map(({ equation, difference }) => [equation, difference]);
}

describe("the audit of the queries demo", () => {
  it("adds up queries, people and books and finds nothing missing", () => {
    const { totals, checks, isConserved } = audit([QUERY], PEOPLE, WITHDRAWN, PURSES, [OPEN, END]);
    expect(totals).to.deep.equal({ paidIn: 38n, credited: 38n, withdrawn: 38n, balance: 0n, difference: 0n });
    expect(checks).to.have.lengthOf(2 + 2 + 2 * 2 + 3);
    expect(isConserved).to.equal(true);
  });

  it("fails where something that was compared elsewhere does", () => {
    const others = [{ equation: "A = B", difference: 1n }];
    expect(audit([QUERY], PEOPLE, WITHDRAWN, PURSES, [OPEN, END], others).isConserved).to.equal(false);
  });

  it("says what somebody has more than before", () => {
    expect(QUERY.parts.map(netOf)).to.deep.equal([-25n, 25n]);
  });

  it("notices a unit that was paid in and not credited", () => {
    const parts = [{ person: 0, staked: 36n, credited: 10n }, ...QUERY.parts.slice(1)];
    expect(failures({ query: { parts } })).to.deep.equal([
      ["#1: paid in = credited", 1n],
      ["ann: balance change = withdrawn - staked", 1n],
      ["withdrawn + escrow's balance = paid in", -1n],
    ]);
  });

  it("notices a unit that was credited to somebody who took no part", () => {
    expect(failures({ query: { credited: 39n } })).to.deep.equal([
      ["#1: paid in = credited", -1n],
      ["#1: credited = credited to those who took part", 1n],
    ]);
  });

  it("notices a unit that somebody withdrew and was not credited", () => {
    expect(failures({ withdrawn: [10n, 29n] })).to.deep.equal([
      ["bob: credited = withdrawn", -1n],
      ["bob: balance change = withdrawn - staked", -1n],
      ["withdrawn + escrow's balance = paid in", 1n],
    ]);
  });

  it("notices a unit that left a purse and did not arrive", () => {
    expect(failures({ purses: [{ before: 36n, after: 10n }, ...PURSES.slice(1)] })).to.deep.equal([
      ["ann: balance change = withdrawn - staked", -1n],
      ["people's balance changes + escrow's balance = 0", -1n],
    ]);
  });

  for (const part of ["open", "credited"] as const) {
    it(`notices a unit ${part} that the escrow does not hold`, () => {
      expect(failures({ open: { [part]: OPEN[part] + 1n } })).to.deep.equal([
        ["before: balance = open stakes + credits", -1n],
      ]);
    });
  }

  it("notices a unit that stays in the escrow", () => {
    expect(failures({ end: { balance: 1n } })).to.deep.equal([
      ["at the end: balance = open stakes + credits", 1n],
      ["withdrawn + escrow's balance = paid in", 1n],
      ["escrow's balance at the end = 0", 1n],
      ["people's balance changes + escrow's balance = 0", 1n],
    ]);
  });
});
