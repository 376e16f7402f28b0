import { expect } from "chai";
import { OTHERS, PEOPLE, STAKERS } from "../../scripts/demo/council/cast.ts";
import {
  INFLATION,
  opinionOf,
  PROPOSAL_KEYS,
  PROPOSALS,
  type ProposalKey,
  SESSION_KEYS,
  SESSIONS,
  type SessionKey,
  WEEKLY,
} from "../../scripts/demo/council/motions.ts";
import { isRefused } from "../../scripts/demo/council/run.ts";
import { END, STORY, type StoryStep, WEEKS } from "../../scripts/demo/council/story.ts";
import { ProposalKind } from "../../sdk/council/governance.ts";
import { COUNCIL_DEFAULTS } from "../../sdk/council/params.ts";
import { DAY } from "../fixtures/amounts.ts";

type StepOf<K extends StoryStep["kind"]> = StoryStep & { readonly kind: K };

describe("the story of the council demo", () => {
  const { activityWindow, votingDelay, votingPeriod, timelockDelay, minStake, maxStake } = COUNCIL_DEFAULTS;
  const stepsOf = <K extends StoryStep["kind"]>(kind: K) =>
    STORY.filter((step): step is StepOf<K> => step.kind === kind && !isRefused(step));
  const proposedAt = (key: ProposalKey) => stepsOf("propose").find(({ proposal }) => proposal === key)?.at ?? -1n;
  const votingEndsAt = (key: ProposalKey) => proposedAt(key) + votingDelay + votingPeriod;

  it("has 24 stakers whose names differ, and others who do not stake", () => {
    expect(STAKERS).to.have.lengthOf(24);
    expect(new Set(PEOPLE).size).to.equal(STAKERS.length + OTHERS.length);
  });

  it("has some of them in each tier", () => {
    expect([...new Set(STAKERS.map(({ lockDays }) => lockDays))].sort((a, b) => Number(a - b))).to.deep.equal([
      0n,
      7n,
      30n,
      90n,
      180n,
    ]);
  });

  it("lets nobody stake more than they have, or than one may", () => {
    for (const { name, purse, stake } of STAKERS) {
      expect(stake <= purse && stake >= minStake && stake <= maxStake, name).to.equal(true);
    }
  });

  it("is told in order of time, and ends within the token's first year", () => {
    const times = STORY.map(({ at }) => at);
    expect(times).to.deep.equal([...times].sort((a, b) => Number(a - b)));
    expect((times.at(-1) as bigint) < END).to.equal(true);
    expect(END < 365n * DAY).to.equal(true);
  });

  it("begins a period each week", () => {
    const weeks = [...Array(Number(WEEKS)).keys()].map((week) => BigInt(week) * 7n * DAY);
    expect(stepsOf("period").map(({ at }) => at)).to.deep.equal(weeks);
  });

  it("pays from the treasury, once the inflation is there, all of it", () => {
    const paid = stepsOf("period").filter(({ payer }) => payer === "treasury");
    expect(BigInt(paid.length) * WEEKLY.amount).to.equal(INFLATION);
    const minted = stepsOf("execute").find(({ proposal }) => proposal === "inflation")?.at ?? END;
    expect(minted < (paid[0] as StoryStep).at).to.equal(true);
  });

  it("has a proposal of each kind, each proposed and counted once", () => {
    expect(new Set(PROPOSAL_KEYS.map((key) => PROPOSALS[key].kind))).to.deep.equal(
      new Set([
        ProposalKind.TreasurySpending,
        ProposalKind.ParameterChange,
        ProposalKind.ProtocolUpgrade,
        ProposalKind.FeatureActivation,
      ]),
    );
    expect(stepsOf("propose").map(({ proposal }) => proposal)).to.deep.equal(PROPOSAL_KEYS);
    expect(stepsOf("count").map(({ proposal }) => proposal)).to.deep.equal(PROPOSAL_KEYS);
  });

  it("votes while voting is open, each voter once", () => {
    const seen = new Set<string>();
    for (const { at, proposal, who } of stepsOf("vote")) {
      expect(at > proposedAt(proposal) + votingDelay && at <= votingEndsAt(proposal), `${who} on ${proposal}`).to.equal(
        true,
      );
      seen.add(`${who} on ${proposal}`);
    }
    expect(seen.size).to.equal(stepsOf("vote").length);
  });

  it("pokes whoever voted, within the time that a vote counts", () => {
    for (const { at, proposal, who } of stepsOf("vote")) {
      const pokes = stepsOf("poke rewards").filter(({ of }) => of === who);
      const isPoked = pokes.some((poke) => poke.at > at && poke.at < at + activityWindow);
      expect(isPoked, `${who} on ${proposal}`).to.equal(true);
    }
  });

  it("counts once voting is over", () => {
    for (const { at, proposal } of stepsOf("count")) expect(at > votingEndsAt(proposal), proposal).to.equal(true);
  });

  it("executes what has waited in the timelock", () => {
    const queued = new Map(stepsOf("queue").map(({ proposal, at }) => [proposal, at]));
    for (const { at, proposal } of stepsOf("execute")) {
      expect(at >= (queued.get(proposal) ?? END) + timelockDelay, proposal).to.equal(true);
    }
    expect([...queued.keys()]).to.deep.equal(["inflation", "smaller-votes", "archive", "square-root-again"]);
  });

  it("opens and closes each session", () => {
    for (const kind of ["open session", "draw", "vote in session", "close session"] as const) {
      expect(stepsOf(kind).map(({ session }) => session)).to.deep.equal(SESSION_KEYS);
    }
  });

  it("adds to a session's reward once its members are drawn, and before it is closed", () => {
    const at = (kind: "draw" | "close session", key: SessionKey) =>
      stepsOf(kind).find(({ session }) => session === key)?.at ?? -1n;
    for (const { session, at: fundedAt } of stepsOf("fund session")) {
      expect(fundedAt > at("draw", session) && fundedAt < at("close session", session), session).to.equal(true);
    }
  });

  it("has more agents than any session has members", () => {
    const agents = stepsOf("register agent").map(({ who }) => who);
    for (const key of SESSION_KEYS) expect(BigInt(new Set(agents).size) > SESSIONS[key].size, key).to.equal(true);
  });

  it("knows what an agent would vote for", () => {
    expect(["chen", "kofi", "vera", "mira"].map((name) => opinionOf("dissent", name))).to.deep.equal([0, 1, 2, -1]);
  });

  it("expects four refusals", () => {
    expect(STORY.filter(isRefused).map(({ refusedWith }) => refusedWith)).to.deep.equal([
      "TimelockUnexpectedOperationState",
      "VoterStakeTooLow",
      "PositionLocked",
      "StakeTooLarge",
    ]);
  });
});
