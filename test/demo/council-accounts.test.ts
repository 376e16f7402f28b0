import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { audit, type Books, sourcesOf } from "../../scripts/demo/council/accounts.ts";
import { act } from "../../scripts/demo/council/amounts.ts";
import type { Snapshot } from "../../scripts/demo/council/books.ts";
import type { CouncilEvent } from "../../scripts/demo/council/events.ts";
import type { Flows, ProposalOutcome, SessionOutcome, StakerOutcome } from "../../scripts/demo/council/figures.ts";

const [DISTRIBUTOR, TIMELOCK, CHAMBER, STAKING] = ["0x01", "0x02", "0x03", "0x04"] as const;
const FIRST_SUPPLY = act(1_000_000_000);
/** What wim has at first. */
const PURSE = act(40_000);

const FLOWS: Flows = {
  staked: 100n,
  compounded: 5n,
  unstaked: 30n,
  penalties: 3n,
  claimed: 7n,
  paidToSessions: 4n,
  credited: 2n,
  withdrawn: 2n,
  burned: 1n,
};
const WIM: StakerOutcome = {
  name: "wim",
  flows: FLOWS,
  balance: PURSE - 100n - 4n - 1n + 27n + 7n + 2n,
  staked: 75n,
  power: 90n,
  votes: 90n,
  boosterBps: 1_000n,
  weight: 99n,
  claimable: 8n,
  positions: [{ amount: 75n, tierDays: 7n, power: 90n, stakedAt: 0n, unlocksAt: 0n }],
};
const PROPOSAL: ProposalOutcome = {
  key: "archive",
  proposalId: 1n,
  kind: 2n,
  count: {
    at: 0n,
    state: 4n,
    against: 2n,
    inFavour: 10n,
    abstain: 1n,
    quorum: 9n,
    approvalBps: 6_600n,
    totalVotes: 90n,
    eligible: 3,
  },
  votes: [
    { support: 1n, weight: 10n },
    { support: 0n, weight: 2n },
    { support: 2n, weight: 1n },
  ],
  state: 7n,
};
const SESSION: SessionOutcome = {
  key: "dissent",
  sessionId: 1n,
  reward: 4n,
  decision: 0n,
  isSquareRoot: false,
  members: [{ name: "wim", hasVoted: true, option: 0n, weight: 90n, credited: 2n }],
  toRewards: 2n,
};
const SNAPSHOT: Snapshot = {
  moment: "at the end",
  supply: FIRST_SUPPLY + 49n,
  held: FIRST_SUPPLY + 49n,
  stakingBalance: 75n,
  totalStaked: 75n,
  staked: 75n,
  power: 90n,
  totalVotes: 90n,
  votes: 90n,
  weight: 99n,
  totalWeight: 99n,
  rewardsBalance: 9n,
  owed: 8n,
  next: 1n,
  claimable: 8n,
  unstreamed: 0n,
};

const emitted = { at: 0n, transactionHash: "" };
const transferred = (from: string, amount: bigint): CouncilEvent => {
  return { ...emitted, kind: "transferred", from, to: DISTRIBUTOR, amount };
};
const EVENTS: readonly CouncilEvent[] = [
  { ...emitted, kind: "minted", to: TIMELOCK, amount: 50n, year: 0n },
  transferred(TIMELOCK, 15n),
  transferred(ZeroAddress, 1n),
  transferred(CHAMBER, 2n),
  transferred(STAKING, 3n),
];
const BOOKS: Books = {
  stakers: [WIM],
  proposals: [PROPOSAL],
  sessions: [SESSION],
  snapshots: [SNAPSHOT],
  events: EVENTS,
  distributor: DISTRIBUTOR,
  timelock: TIMELOCK,
  chamber: CHAMBER,
  treasury: 41n,
  chamberBalance: 0n,
  firstTreasury: 10n,
  granted: 4n,
};

/** Equations that fail with one thing changed, and by how much. */
function failures(changed: Partial<Books>): [string, bigint][] {
  const { checks, isConserved } = audit({ ...BOOKS, ...changed });
  const failed = checks.filter(({ difference }) => difference !== 0n);
  expect(isConserved).to.equal(failed.length === 0);
  return failed.map(({ equation, difference }) => [equation, difference]);
}

/** The same, with something changed of what wim paid and was paid. */
function failuresOf(flows: Partial<Flows>): [string, bigint][] {
  return failures({ stakers: [{ ...WIM, flows: { ...FLOWS, ...flows } }] });
}

/** Difference of what is owed, with something changed in the books. */
function differenceOf(changed: Partial<Snapshot>): bigint | undefined {
  const { checks } = audit({ ...BOOKS, snapshots: [{ ...SNAPSHOT, ...changed }] });
  return checks.find(({ equation }) => equation.includes("fractions that wait"))?.difference;
}

describe("the audit of the council demo", () => {
  it("adds up books, people, proposals and sessions and finds nothing missing", () => {
    const { totals, checks, isConserved } = audit(BOOKS);
    expect(totals).to.deep.equal({
      staked: 100n,
      compounded: 5n,
      returned: 27n,
      penalties: 3n,
      positions: 75n,
      funded: 21n,
      claimed: 7n,
      owed: 8n,
      next: 1n,
      firstSupply: FIRST_SUPPLY,
      minted: 50n,
      burned: 1n,
      supply: FIRST_SUPPLY + 49n,
      difference: 0n,
    });
    expect(checks).to.have.lengthOf(8 + 5 + 6 + 1 + 7);
    expect(isConserved).to.equal(true);
  });

  it("says where rewards come from", () => {
    expect(sourcesOf(BOOKS)).to.deep.equal({ treasury: 15n, sessions: 2n, penalties: 3n, others: 1n });
  });

  it("fails where something that was compared elsewhere does", () => {
    expect(audit(BOOKS, [{ equation: "A = B", difference: 1n }]).isConserved).to.equal(false);
  });

  it("adds up differences by their size", () => {
    const { totals } = audit({ ...BOOKS, stakers: [{ ...WIM, flows: { ...FLOWS, staked: 101n, claimed: 8n } }] });
    expect(totals.difference).to.equal(2n);
  });

  it("notices a unit that was staked and is nowhere", () => {
    expect(failuresOf({ staked: 101n })).to.deep.equal([
      ["wim: balance = purse - staked - paid to sessions - burned + returned + claimed + withdrawn", 1n],
      ["wim: staked = staked + compounded - unstaked by events", -1n],
      ["staked + compounded = returned + penalties + positions", 1n],
    ]);
  });

  it("notices a unit that was claimed and not funded", () => {
    expect(failuresOf({ claimed: 8n })).to.deep.equal([
      ["wim: balance = purse - staked - paid to sessions - burned + returned + claimed + withdrawn", -1n],
      ["rewards funded = claimed + compounded + owed + next period", -1n],
    ]);
  });

  it("notices a unit that was burned and is still there", () => {
    expect(failuresOf({ burned: 2n })).to.deep.equal([
      ["wim: balance = purse - staked - paid to sessions - burned + returned + claimed + withdrawn", 1n],
      ["supply = first supply + minted - burned", 1n],
    ]);
  });

  it("notices a unit that a session credited and nobody took", () => {
    expect(failuresOf({ credited: 3n })).to.deep.equal([["wim: withdrawn = credited by sessions", -1n]]);
  });

  it("notices a unit that was paid for a session and did not arrive", () => {
    expect(failures({ sessions: [{ ...SESSION, reward: 3n }] })).to.deep.equal([
      ["session 1: reward = credited + left over", -1n],
      ["paid for sessions = rewards of sessions", 1n],
    ]);
  });

  it("notices a unit that a session left over and rewards did not get", () => {
    const members = SESSION.members.map((member) => ({ ...member, credited: 1n }));
    expect(failures({ sessions: [{ ...SESSION, members, toRewards: 3n }] })).to.deep.equal([
      ["rewards from sessions = what sessions left over", -1n],
    ]);
  });

  it("notices a unit that left the treasury for nobody", () => {
    expect(failures({ treasury: 40n })).to.deep.equal([
      ["treasury = first treasury + minted - paid into rewards - granted", -1n],
    ]);
  });

  it("notices a unit that stays in the chamber", () => {
    expect(failures({ chamberBalance: 1n })).to.deep.equal([["chamber's balance at the end = 0", 1n]]);
  });

  it("notices power that its positions do not give", () => {
    expect(failures({ stakers: [{ ...WIM, power: 91n }] })).to.deep.equal([
      ["wim: power = positions by their tiers", 1n],
    ]);
  });

  it("notices a position that is not counted", () => {
    const positions = WIM.positions.map((position) => ({ ...position, amount: 74n }));
    expect(failures({ stakers: [{ ...WIM, positions }] })).to.deep.equal([
      ["wim: staked = positions", 1n],
      ["wim: power = positions by their tiers", 2n],
      ["staked + compounded = returned + penalties + positions", 1n],
    ]);
  });

  for (const [field, equation, difference] of [
    ["held", "supply = all balances", -1n],
    ["stakingBalance", "staking's balance = total staked", 1n],
    ["staked", "total staked = staked by accounts", -1n],
    ["power", "all votes = power of accounts", -1n],
    ["votes", "all votes = votes of delegates", -1n],
    ["weight", "total weight = weight of accounts", -1n],
    ["rewardsBalance", "distributor's balance = owed + next period", 1n],
  ] as const) {
    it(`notices a unit of ${field} too many in the books`, () => {
      expect(failures({ snapshots: [{ ...SNAPSHOT, [field]: SNAPSHOT[field] + 1n }] })).to.deep.equal([
        [`at the end: ${equation}`, difference],
      ]);
    });
  }

  it("lets fractions wait, less than a unit for each account", () => {
    expect(differenceOf({ owed: 8n + 24n })).to.equal(0n);
  });

  it("notices more that waits", () => {
    expect(differenceOf({ owed: 8n + 25n })).to.equal(1n);
  });

  it("notices a unit that can be claimed and is not owed", () => {
    expect(differenceOf({ owed: 7n })).to.equal(-1n);
  });

  describe("of proposals", () => {
    const failuresWith = (count: Partial<ProposalOutcome["count"]>, state = PROPOSAL.state) =>
      failures({ proposals: [{ ...PROPOSAL, count: { ...PROPOSAL.count, ...count }, state }] });

    it("notices a vote that is not counted", () => {
      expect(failuresWith({ inFavour: 9n })).to.deep.equal([["archive: votes for = votes for by events", -1n]]);
    });

    it("notices one that passed with too few for it", () => {
      const votes = [
        { support: 1n, weight: 10n },
        { support: 0n, weight: 6n },
        { support: 2n, weight: 1n },
      ];
      const count = { ...PROPOSAL.count, against: 6n };
      expect(failures({ proposals: [{ ...PROPOSAL, count, votes }] })).to.deep.equal([
        ["archive: outcome = outcome by quorum and approval", 1n],
        ["archive: executed = passed", 4n],
      ]);
    });

    it("notices one that passed without the quorum", () => {
      expect(failuresWith({ quorum: 12n, totalVotes: 120n })).to.deep.equal([
        ["archive: outcome = outcome by quorum and approval", 1n],
        ["archive: executed = passed", 4n],
      ]);
    });

    it("notices a quorum that is not a tenth", () => {
      expect(failuresWith({ totalVotes: 100n })).to.deep.equal([["archive: quorum = a tenth of all votes", -1n]]);
    });

    it("notices one that passed and was not executed", () => {
      expect(failuresWith({}, 5n)).to.deep.equal([["archive: executed = passed", -2n]]);
    });
  });
});
