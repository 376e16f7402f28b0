import { expect } from "chai";
import { audit, type ClaimAccounts, type Holdings, type PersonAccounts } from "../../scripts/demo/stake/accounts.ts";
import type { Voice } from "../../scripts/demo/stake/events.ts";

const said = { weight: 100n, belief: 0n, meta: 0n, score: 0n };
const LOSER: Voice = { user: "ann", ...said, taken: 20n, paid: 0n };
const WINNER: Voice = { user: "bob", ...said, taken: 0n, paid: 19n };

/** 20 were taken from Ann, 19 paid to Bob, 1 is left. */
const CLAIM = claim("A", { pot: 20n, carried: 1n });
const ANN: PersonAccounts = {
  name: "ann",
  flows: { deposited: 90n, skimmed: 10n, debited: 20n, credited: 0n },
  stake: 80n,
};
const BOB: PersonAccounts = {
  name: "bob",
  flows: { deposited: 100n, skimmed: 0n, debited: 0n, credited: 19n },
  stake: 119n,
};
const HOLDINGS: Holdings = {
  stakesBefore: 200n,
  stakesAfter: 199n,
  pots: 1n,
  vaultBalance: 200n,
  reserves: 5_000n,
  venueBalance: 5_000n,
};
const PURSES = [
  { before: 2_600n, after: 0n },
  { before: 2_700n, after: 100n },
];

function claim(name: string, { pot, carried }: { pot: bigint; carried: bigint }): ClaimAccounts {
  const voices = new Map([LOSER, WINNER].map((voice) => [voice.user, voice]));
  return { claim: name, epoch: { pot, carried, voices }, carriedOf: carried };
}

/** Equations that fail with one thing changed, and by how much. */
function failures(changed: {
  claims?: ClaimAccounts[];
  ann?: PersonAccounts;
  holdings?: Partial<Holdings>;
  purses?: typeof PURSES;
}): [string, bigint][] {
  const { claims = [CLAIM], ann = ANN, holdings = {}, purses = PURSES } = changed;
  const { checks, isConserved } = audit(claims, [ann, BOB], { ...HOLDINGS, ...holdings }, purses);
  const failed = checks.filter(({ difference }) => difference !== 0n);
  expect(isConserved).to.equal(failed.length === 0);
  return failed.map(({ equation, difference }) => [equation, difference]);
}

describe("the audit of the stake demo", () => {
  it("adds up claims, people and holdings and finds nothing missing", () => {
    const { totals, checks, isConserved } = audit([CLAIM], [ANN, BOB], HOLDINGS, PURSES);
    expect(totals).to.deep.equal({ ...HOLDINGS, taken: 20n, paid: 19n, carried: 1n });
    expect(checks).to.have.lengthOf(3 + 2 + 8);
    expect(isConserved).to.equal(true);
  });

  it("notices a unit of a pot that nobody lost or nobody has", () => {
    const epoch = { ...CLAIM.epoch, pot: 21n };
    expect(failures({ claims: [{ ...CLAIM, epoch }] })).to.deep.equal([
      ["A: pot = taken", 1n],
      ["A: pot = paid + carried", 1n],
    ]);
  });

  it("notices a unit carried over that the serum's books do not have", () => {
    expect(failures({ claims: [{ ...CLAIM, carriedOf: 0n }] })).to.deep.equal([
      ["A: carried = carried by the serum's books", 1n],
    ]);
  });

  it("notices a unit of a stake that the vault's events do not explain", () => {
    expect(failures({ ann: { ...ANN, stake: 81n } })).to.deep.equal([
      ["ann: stake = deposited + skimmed - debited + credited", 1n],
      ["stakes after = people's stakes", -1n],
    ]);
  });

  it("notices a unit that the vault debited and the serum did not take", () => {
    const flows = { ...ANN.flows, deposited: 91n, debited: 21n };
    expect(failures({ ann: { ...ANN, flows } })).to.deep.equal([["debited = taken", 1n]]);
  });

  it("notices a unit that the vault credited and the serum did not pay", () => {
    const flows = { ...ANN.flows, deposited: 89n, credited: 1n };
    expect(failures({ ann: { ...ANN, flows } })).to.deep.equal([["credited = paid", 1n]]);
  });

  for (const [name, holdings, failed] of [
    ["lost while settling", { stakesBefore: 201n }, [["stakes before = stakes after + carried", 1n]]],
    [
      "that is in no pot any more",
      { pots: 0n },
      [
        ["pots = carried", -1n],
        ["vault's balance = stakes + pots", 1n],
      ],
    ],
    [
      "that the vault does not hold",
      { vaultBalance: 199n },
      [
        ["vault's balance = stakes + pots", -1n],
        ["people's balance changes + vault's balance + venue's balance = 0", -1n],
      ],
    ],
    ["missing in the reserves", { reserves: 4_999n }, [["venue's balance = reserves", 1n]]],
  ] as const) {
    it(`notices a unit ${name}`, () => {
      expect(failures({ holdings })).to.deep.equal(failed);
    });
  }

  it("notices a unit that left a purse and did not arrive", () => {
    const purses = [{ before: 2_601n, after: 0n }, ...PURSES.slice(1)];
    expect(failures({ purses })).to.deep.equal([
      ["people's balance changes + vault's balance + venue's balance = 0", -1n],
    ]);
  });
});
