import { expect } from "chai";
import { act } from "../../scripts/demo/council/amounts.ts";
import { eventsOf } from "../../scripts/demo/council/events.ts";
import type { ProposalOutcome, SessionOutcome, StakerOutcome } from "../../scripts/demo/council/figures.ts";
import { averageLockDays, yieldWad } from "../../scripts/demo/council/figures.ts";
import { GRANT, INFLATION, opinionOf, PROPOSAL_KEYS, type ProposalKey } from "../../scripts/demo/council/motions.ts";
import { type ReplayResult, replayCouncil } from "../../scripts/demo/council/replay.ts";
import { councilJson, councilReport } from "../../scripts/demo/council/report.ts";
import { TREASURY } from "../../scripts/demo/council/stage.ts";
import { END } from "../../scripts/demo/council/story.ts";
import { percent } from "../../scripts/demo/format.ts";
import { FIRST_SUPPLY } from "../../sdk/council/params.ts";
import { silently } from "./fixtures.ts";

/** Wide enough for the report, and the lines it may have. */
const COLUMNS = 130;
const LINES = 160;

/** States of a proposal, as OpenZeppelin's Governor numbers them. */
const [DEFEATED, EXECUTED] = [3n, 7n];

describe("the council replay of the demo", function () {
  this.timeout(240_000);
  let result: ReplayResult;
  before(async () => {
    result = await replayCouncil(silently);
  });
  const staker = (name: string) => result.stakers.find((each) => each.name === name) as StakerOutcome;
  const proposal = (key: ProposalKey) => result.proposals.find((each) => each.key === key) as ProposalOutcome;
  const session = (index: number) => result.sessions[index] as SessionOutcome;
  const namesOf = ({ members }: SessionOutcome) => members.map(({ name = "" }) => name);
  const voted = ({ votes }: ProposalOutcome) => votes.length;

  it("conserves every unit, and agrees with the reference model in everything", () => {
    const { totals, checks, isConserved } = result.audit;
    expect(checks.filter(({ difference }) => difference !== 0n)).to.deep.equal([]);
    expect(totals.difference).to.equal(0n);
    expect(isConserved).to.equal(true);
  });

  it("checks 53 moments, people, proposals, sessions and sums, and each of them against the model", () => {
    const [moments, people, votes, members] = [53, 24, 60, 12];
    const books = 8 * moments + 5 * people + 6 * 6 + 2 + 7;
    const [periods, claims, compounds] = [52, 59, 72];
    const model = 7 * people + (6 + votes) + (2 * 2 + members) + (3 + periods + claims + compounds) + 5;
    expect(result.audit.checks).to.have.lengthOf(books + model);
  });

  describe("of proposals", () => {
    it("executes those that pass, and defeats the others", () => {
      const states = new Map(result.proposals.map(({ key, state }) => [key, state]));
      expect(PROPOSAL_KEYS.map((key) => states.get(key))).to.deep.equal([
        EXECUTED,
        EXECUTED,
        DEFEATED,
        DEFEATED,
        EXECUTED,
        EXECUTED,
      ]);
    });

    it("has one of each kind", () => {
      expect(result.proposals.map(({ kind }) => kind)).to.deep.equal([2n, 1n, 3n, 4n, 2n, 4n]);
    });

    it("defeats one for want of the quorum alone", () => {
      const { inFavour, against, abstain, quorum, approvalBps } = proposal("new-timelock").count;
      expect(inFavour + abstain < quorum).to.equal(true);
      expect(inFavour * 10_000n >= (inFavour + against) * approvalBps).to.equal(true);
    });

    it("defeats one for want of approval alone", () => {
      const { inFavour, against, abstain, quorum, approvalBps } = proposal("square-root").count;
      expect(inFavour + abstain >= quorum).to.equal(true);
      expect(inFavour * 10_000n < (inFavour + against) * approvalBps).to.equal(true);
    });

    it("lets somebody vote whose stake was too small before", () => {
      expect([voted(proposal("archive")), staker("xena").staked]).to.deep.equal([13, act(800)]);
    });

    it("spends from the treasury what was decided, and nothing else", () => {
      expect(result.tokenomics.treasury).to.equal(TREASURY - GRANT);
    });
  });

  describe("of sessions", () => {
    it("pays who voted, and not who did not", () => {
      const { members } = session(0);
      expect(members.map(({ hasVoted, credited }) => hasVoted === credited > 0n)).to.deep.equal(Array(5).fill(true));
      const absent = members.filter(({ hasVoted }) => !hasVoted).map(({ name = "" }) => name);
      expect(absent).to.deep.equal(namesOf(session(0)).filter((name) => opinionOf("dissent", name) < 0));
      expect(absent).to.have.lengthOf(1);
    });

    it("shares fee and what was added", () => {
      expect(session(0).reward).to.equal(act(5_000) + act(1_000));
    });

    it("weighs by the square root once that was decided", () => {
      expect(result.sessions.map(({ isSquareRoot }) => isSquareRoot)).to.deep.equal([false, true]);
    });

    it("decides what has most weight", () => {
      expect(result.sessions.map(({ decision }) => decision)).to.deep.equal([0n, 0n]);
    });
  });

  describe("of stakes", () => {
    it("takes a tenth from who leaves early, for the rewards of the others", () => {
      expect([staker("nico").flows.penalties, staker("hugo").flows.penalties]).to.deep.equal([
        act(40_000),
        act(200_000),
      ]);
      expect(result.sources.penalties).to.equal(act(240_000));
    });

    it("takes a stake without a lock through all tiers, by time", () => {
      const tiers = eventsOf(result.events, "tier reached").filter(({ power }) => power % act(600_000) === 0n);
      expect(tiers.map(({ tierDays, power }) => [tierDays, power])).to.deep.equal([
        [7n, act(7_200_000)],
        [30n, act(9_000_000)],
        [90n, act(12_000_000)],
        [180n, act(18_000_000)],
      ]);
    });

    it("leaves the tier that nobody pokes as it is", () => {
      expect(staker("wim").positions.map(({ tierDays }) => tierDays)).to.deep.equal([0n]);
    });

    it("moves votes with delegation, and not power", () => {
      const votesOf = (name: string) => [staker(name).power, staker(name).votes];
      expect([votesOf("tove"), votesOf("chen")]).to.deep.equal([
        [act(18_000_000), 0n],
        [act(12_000_000), act(30_000_000)],
      ]);
    });

    it("opens a position each time somebody compounds", () => {
      expect(staker("dara").positions).to.have.lengthOf(1 + 12);
    });
  });

  describe("of rewards", () => {
    it("streams what came in, over 52 weeks", () => {
      const { streamed } = result.tokenomics;
      expect([eventsOf(result.events, "period").length, streamed]).to.deep.equal([52, result.audit.totals.funded]);
    });

    it("carries what streamed before anybody staked", () => {
      const [first, second] = eventsOf(result.events, "period").map(({ amount }) => amount) as [bigint, bigint];
      expect(second - first).to.equal((first * 9n) / (7n * 24n));
    });

    it("gains boosters, and loses them at the next touch", () => {
      const user = result.users[0]?.toLowerCase();
      const boosters = eventsOf(result.events, "weighed").filter((event) => event.user.toLowerCase() === user);
      expect(boosters.slice(0, 3).map(({ boosterBps }) => boosterBps)).to.deep.equal([2_000n, 3_500n, 2_000n]);
    });

    it("keeps a booster of who is not touched", () => {
      expect(staker("quin").boosterBps).to.equal(1_500n);
    });
  });

  it("is refused what it expects, in the contracts' own words", () => {
    expect(result.refused.map(({ error }) => error.name)).to.deep.equal([
      "TimelockUnexpectedOperationState",
      "VoterStakeTooLow",
      "PositionLocked",
      "StakeTooLarge",
    ]);
  });

  it("computes the token's figures from the chain", () => {
    const { tokenomics } = result;
    expect(tokenomics.supply).to.equal(FIRST_SUPPLY + INFLATION - act(5_000));
    expect(tokenomics.minted + tokenomics.inflationLeft).to.equal(FIRST_SUPPLY / 20n);
    expect(tokenomics).to.include({
      activeStakers: 21,
      voters: 60,
      eligibleVoters: 134,
      claimers: 22,
      eligibleClaimers: 24,
    });
    expect(averageLockDays(tokenomics)).to.equal(110n);
    expect(percent(yieldWad(tokenomics, END))).to.equal("26.6 %");
  });

  it("says that nothing is locked on average where nothing is staked", () => {
    expect(averageLockDays({ ...result.tokenomics, staked: 0n })).to.equal(0n);
  });

  it("prints what happened, who stands where, the token's figures, and that nothing was lost", () => {
    const report = councilReport(result);
    for (const words of [
      "A year of the council: 24 stakers in all five tiers, 52 weekly periods of rewards, 6 proposals, 2 debates. The first two\n",
      "\nday 0 09:00    staked for 180 days: ada 10,000,000, bela 5,000,000, chen 4,000,000, dara 2,000,000, emil 1,000,000\n",
      "\nday 9 11:00    #1 passes: 99.2 % for, 66.0 % needed; 96.3 % of all votes for or abstaining, 10.0 % needed\n",
      "\nday 9 13:00    somebody would execute #1, refused with TimelockUnexpectedOperationState: three days are not over\n",
      "\nday 12 13:00   #1 is executed: 12,500,000 ACT are minted into the treasury\n",
      "\nday 30 10:00   delegated: tove to chen, sami to emil, wim to olga\n",
      "\nday 39 09:00   somebody pokes ada, kofi, umar: boosters -15.0 %\n",
      `\nday 60 12:00   session 1 draws ${namesOf(session(0)).join(", ")}\n`,
      "\nday 94 09:00   bela would unstake, refused with PositionLocked: locked until day 180 09:00\n",
      "\nday 106 11:00  #3 fails the quorum: 94.8 % for, 66.0 % needed; 3.8 % of all votes for or abstaining, 10.0 % needed\n",
      "\nday 130 09:00  rosa burns 5,000 ACT\n",
      "\nday 158 11:00  #4 fails the approval: ",
      "\nnico         –      0           –            –              –         –      2,565           –          –\n",
      "\nStaking ratio                 > 40 %       58.9 %  48,528,119 staked of 82,367,000 circulating\n",
      "\nInflation                     <= 5 %       1.25 %  12,500,000 minted of 50,000,000 that the year allows\n",
      "\nDifference: 0 units. Checked to the unit of 1e-9 ACT:\n" +
        "1,030 equations between events, the contracts' books, token balances and the reference model, 0 failed.\n",
    ]) {
      expect(report).to.include(words);
    }
  });

  it("fits a terminal", () => {
    const lines = councilReport(result).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).to.be.at.most(COLUMNS);
    expect(lines.length).to.be.at.most(LINES);
  });

  it("says which equation fails where one does", () => {
    const checks = [{ equation: "A = B", difference: -3n }];
    expect(councilReport({ ...result, audit: { ...result.audit, checks } })).to.include(
      "1 equation between events, the contracts' books, token balances and the reference model, 1 failed.\n  A = B: off by -3 units\n",
    );
  });

  it("gives machines the same figures, amounts as strings of digits", () => {
    const json = JSON.parse(JSON.stringify(councilJson(result)));
    expect(json.weeks).to.equal("52");
    expect(json.stakers[0]).to.include({ name: "ada", staked: String(act(10_000_000)), tierDays: "180" });
    expect(json.proposals[2]).to.include({ kind: "a protocol upgrade", voters: 4, eligible: 23, stateAtEnd: "3" });
    expect(json.sessions[0]).to.include({ topic: "Should the council publish dissenting opinions?", decision: "0" });
    expect(json.refused[1]).to.deep.include({ what: "vote", error: "VoterStakeTooLow" });
    expect(json.tokenomics).to.include({ averageLockDays: "110", minted: String(INFLATION), activeStakers: 21 });
    expect(json.gas.stake).to.have.lengthOf(26);
    expect(json.totals).to.include({ difference: "0" });
    expect(json).to.include({ isConserved: true });
    expect(json.checks).to.have.lengthOf(1030);
  });
});
