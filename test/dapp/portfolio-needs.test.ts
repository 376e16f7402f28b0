import { expect } from "chai";
import {
  agendaOf,
  argumentNeeds,
  beliefNeeds,
  type Need,
  proposalNeeds,
  queryNeeds,
  rewardNeeds,
  sessionNeeds,
  stakeNeeds,
  voiceNeeds,
} from "../../dapp/src/pages/portfolio/needs.ts";
import { ProposalState } from "../../sdk/council/governance.ts";
import { DEFAULT_TIERS } from "../../sdk/council/tiers.ts";
import { DAY } from "../../sdk/time.ts";

const USDC = { symbol: "USDC", decimals: 6 } as const;
const NOW = 1_800_000_000n;
const ACT = 10n ** 9n;

const need = (key: string, span: Pick<Need, "from" | "until"> = {}): Need => ({ key, what: key, href: "/", ...span });
const whatOf = (needs: readonly Need[]) => needs.map(({ what }) => what);

describe("agendaOf", () => {
  it("puts what can be done now in the order of deadlines, and what has none last", () => {
    const needs = [need("any"), need("late", { until: NOW + 2n }), need("soon", { from: NOW, until: NOW + 1n })];
    expect(agendaOf(needs, NOW).now.map(({ key }) => key)).to.deep.equal(["soon", "late", "any"]);
  });

  it("puts what is ahead in the order in which it comes", () => {
    const needs = [need("second", { from: NOW + 2n }), need("first", { from: NOW + 1n, until: NOW + 9n })];
    const { now, later } = agendaOf(needs, NOW);
    expect(now).to.deep.equal([]);
    expect(later.map(({ key }) => key)).to.deep.equal(["first", "second"]);
  });

  it("leaves out what is too late from the second of the deadline on", () => {
    const needs = [need("over", { until: NOW })];
    expect(agendaOf(needs, NOW)).to.deep.equal({ now: [], later: [] });
    expect(agendaOf(needs, NOW - 1n).now).to.have.length(1);
  });
});

describe("beliefNeeds", () => {
  const holding = {
    claimId: "0x01",
    positionId: 3n,
    principal: 100_000_000n,
    pending: 2_000_000n,
    unlocksAt: NOW + DAY,
    claimableAt: NOW - 1n,
  };

  it("asks to claim rewards while the lock runs, and to withdraw after it", () => {
    const needs = beliefNeeds([holding], NOW, USDC);
    expect(whatOf(needs)).to.deep.equal(["Withdraw 100 USDC and its rewards", "Claim 2 USDC of rewards"]);
    expect(needs.map(({ from }) => from)).to.deep.equal([holding.unlocksAt, holding.claimableAt]);
  });

  it("asks to withdraw alone once the lock is over, which pays the rewards too", () => {
    expect(whatOf(beliefNeeds([holding], holding.unlocksAt, USDC))).to.deep.equal([
      "Withdraw 100 USDC and its rewards",
    ]);
  });

  it("asks for no claim where nothing was earned", () => {
    expect(beliefNeeds([{ ...holding, pending: 0n }], NOW, USDC)).to.have.length(1);
  });
});

describe("voiceNeeds", () => {
  const voice = {
    claimId: "0x01",
    epoch: 4n,
    isOpened: false,
    weight: 5_000_000n,
    schedule: { startsAt: NOW - DAY, endsAt: NOW, settleableAt: NOW + DAY },
    isKept: true,
  };

  it("asks to open a seal in its window, or lose what it weighs", () => {
    const [found] = voiceNeeds([voice], USDC);
    expect(found).to.include({ what: "Open your belief of epoch 4", from: NOW, until: NOW + DAY, loss: "5 USDC" });
  });

  it("says where what opens it is not in this browser", () => {
    expect(whatOf(voiceNeeds([{ ...voice, isKept: false }], USDC))).to.deep.equal([
      "Restore and open your belief of epoch 4",
    ]);
  });

  it("asks for nothing once it is open", () => {
    expect(voiceNeeds([{ ...voice, isOpened: true }], USDC)).to.deep.equal([]);
  });
});

describe("argumentNeeds", () => {
  it("asks to have stakes credited when they end, and to withdraw what was credited", () => {
    const stake = { stakeId: 1n, claimId: "0x01", amount: 10n * ACT, interest: ACT, endsAt: NOW + DAY };
    const needs = argumentNeeds([stake], 3n * ACT);
    expect(whatOf(needs)).to.deep.equal(["Have a stake credited: 11 ACT", "Withdraw 3 ACT from arguments"]);
    expect(needs[0]?.from).to.equal(NOW + DAY);
  });
});

describe("queryNeeds", () => {
  const part = { role: "judge", stake: 7_000_000n } as const;

  it("asks to submit and to open before the window ends", () => {
    const duties = [
      { queryId: 1n, name: "seal", part, until: NOW + 1n },
      { queryId: 2n, name: "comeBack", part: { ...part, role: "answerer" }, from: NOW + 1n, until: NOW + 2n },
    ] as const;
    const needs = queryNeeds(duties, 0n, USDC);
    expect(whatOf(needs)).to.deep.equal(["Submit your vote on query 1", "Open your answer to query 2"]);
    expect(needs[1]).to.include({ from: NOW + 1n, until: NOW + 2n, loss: "7 USDC", href: "/queries/2" });
  });

  it("asks to settle, and to withdraw what was credited", () => {
    const needs = queryNeeds([{ queryId: 1n, name: "settle" }], 1_000_000n, USDC);
    expect(whatOf(needs)).to.deep.equal(["Settle query 1", "Withdraw 1 USDC from queries"]);
  });

  it("asks for nothing while there is nothing to do", () => {
    const names = ["forfeited", "wait", "over"] as const;
    expect(
      queryNeeds(
        names.map((name) => ({ queryId: 1n, name })),
        0n,
        USDC,
      ),
    ).to.deep.equal([]);
  });
});

describe("stakeNeeds", () => {
  const position = { positionId: 1n, amount: 500n * ACT, stakedAt: NOW, unlocksAt: NOW + 30n * DAY, tierDays: 30n };

  it("asks to unstake when the lock ends, and to poke when a tier is reached", () => {
    const needs = stakeNeeds([position], DEFAULT_TIERS, NOW);
    expect(whatOf(needs)).to.deep.equal(["Unstake 500 ACT", "Let 500 ACT count as 90 days"]);
    expect(needs.map(({ from }) => from)).to.deep.equal([NOW + 30n * DAY, NOW + 90n * DAY]);
  });

  it("does not ask to unstake what was never locked", () => {
    const free = { ...position, unlocksAt: NOW, tierDays: 180n };
    expect(stakeNeeds([free], DEFAULT_TIERS, NOW)).to.deep.equal([]);
  });
});

describe("rewardNeeds", () => {
  const facts = {
    claimable: 2n * ACT,
    minClaim: ACT,
    power: 1n,
    periodEndsAt: NOW + DAY,
    nextAmount: 0n,
    sessionCredit: 0n,
  };

  it("asks to claim from the least reward on", () => {
    expect(whatOf(rewardNeeds(facts))).to.deep.equal(["Claim 2 ACT of council rewards"]);
    expect(rewardNeeds({ ...facts, claimable: ACT - 1n })).to.deep.equal([]);
  });

  it("asks whoever has no stake any more to claim however little there is", () => {
    expect(rewardNeeds({ ...facts, claimable: 1n, power: 0n })).to.have.length(1);
  });

  it("asks to start a period when the last one ends and there is something to stream", () => {
    const [period] = rewardNeeds({ ...facts, claimable: 0n, nextAmount: ACT });
    expect(period).to.include({ what: "Start the next period of council rewards", from: NOW + DAY });
  });

  it("asks to withdraw what sessions have credited", () => {
    const needs = rewardNeeds({ ...facts, claimable: 0n, sessionCredit: ACT });
    expect(whatOf(needs)).to.deep.equal(["Withdraw 1 ACT from sessions"]);
  });
});

describe("proposalNeeds", () => {
  const proposal = {
    proposalId: 1n,
    title: "Pay",
    state: ProposalState.Active as bigint,
    votingBeginsAt: NOW,
    votingEndsAt: NOW + DAY,
    executableAt: undefined,
    canVote: true,
    isProposer: false,
  };

  it("asks who can vote to vote, from when voting begins until it ends", () => {
    for (const state of [ProposalState.Pending, ProposalState.Active]) {
      const [vote] = proposalNeeds([{ ...proposal, state }]);
      expect(vote).to.include({ what: "Vote: Pay", from: NOW, until: NOW + DAY });
    }
  });

  it("asks for nothing who cannot vote, or has voted", () => {
    expect(proposalNeeds([{ ...proposal, canVote: false }])).to.deep.equal([]);
  });

  it("asks its proposer to queue and to execute it", () => {
    const own = { ...proposal, canVote: false, isProposer: true };
    expect(whatOf(proposalNeeds([{ ...own, state: ProposalState.Succeeded }]))).to.deep.equal(["Queue: Pay"]);
    const [execute] = proposalNeeds([{ ...own, state: ProposalState.Queued, executableAt: NOW + 3n * DAY }]);
    expect(execute).to.include({ what: "Execute: Pay", from: NOW + 3n * DAY });
  });
});

describe("sessionNeeds", () => {
  const session = {
    sessionId: 1n,
    topic: "Which?",
    phase: "voting",
    endsAt: NOW + DAY,
    isOpener: false,
    isMember: true,
    hasVoted: false,
  } as const;

  it("asks members to vote until voting ends", () => {
    const [vote] = sessionNeeds([session]);
    expect(vote).to.include({ what: "Vote in a session: Which?", until: NOW + DAY });
    expect(sessionNeeds([{ ...session, hasVoted: true }])).to.deep.equal([]);
  });

  it("asks who opened it to draw the members, and those concerned to close it", () => {
    const drawing = { ...session, phase: "drawing", isOpener: true } as const;
    expect(whatOf(sessionNeeds([drawing]))).to.deep.equal(["Draw the members: Which?"]);
    expect(whatOf(sessionNeeds([{ ...session, phase: "closable" }]))).to.deep.equal(["Close the session: Which?"]);
    expect(sessionNeeds([{ ...session, phase: "closable", isMember: false }])).to.deep.equal([]);
  });
});
