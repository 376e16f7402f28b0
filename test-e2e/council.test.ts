import { expect } from "chai";
import type { Locator } from "playwright-core";
import { ProposalKind, ProposalState, VoteType } from "../sdk/council/governance.ts";
import { ACT } from "../sdk/council/params.ts";
import { DAY } from "../sdk/time.ts";
import { type Contracts, contractsOf, factIn, passUntil, person } from "./on-chain.ts";
import { openStage, type Stage } from "./stage.ts";
import type { Visitor } from "./visitor.ts";

/** A session that is over: of the enum in `ICouncilChamber.sol`. */
const CLOSED = 3n;

describe("the council", () => {
  let stage: Stage;
  let chain: Contracts;
  before(async function () {
    this.timeout(150_000);
    stage = await openStage();
    chain = contractsOf(stage);
  });

  /** Somebody at a part of the council's page. */
  async function at(tab: "" | "rewards" | "proposals" | "sessions", account: number): Promise<Visitor> {
    const visitor = await stage.visit(`/council/${tab}`);
    await visitor.connect(account);
    return visitor;
  }

  /** Stakes without a page. */
  async function stake(account: number, amount: bigint, lockDays: bigint): Promise<void> {
    const staker = await person(stage, account);
    await (await chain.act.connect(staker).approve(chain.councilStaking, amount)).wait();
    await (await chain.councilStaking.connect(staker).stake(amount, lockDays)).wait();
  }

  const press = ({ page }: Visitor, name: string) => page.getByRole("button", { name, exact: true }).click();

  /** What has a heading of its own among proposals and sessions. */
  const card = ({ page }: Visitor, title: string): Locator =>
    page.getByRole("article").filter({ has: page.getByRole("heading", { name: title }) });

  /** Proposes to pay an account 250 ACT from the treasury, without a page; returns the proposal's id. */
  async function propose(account: number, title: string): Promise<bigint> {
    const { councilGovernor: governor, act } = chain;
    const { data, to } = await act.transfer.populateTransaction(await person(stage, account), 250n * ACT);
    const proposer = governor.connect(await person(stage, 5));
    await (await proposer.proposeOfKind(ProposalKind.TreasurySpending, [to], [0n], [data], title)).wait();
    const created = (await governor.queryFilter(governor.filters.ProposalCreated())).at(-1);
    return created?.args.proposalId ?? 0n;
  }

  /** Lets time pass until there is voting on a proposal. */
  async function beginVoting(proposalId: bigint): Promise<void> {
    await passUntil(stage, (await chain.councilGovernor.proposalSnapshot(proposalId)) + 1n);
  }

  /** A proposal on which there is voting: the seeded one, or a new one if that is over. */
  async function votable(): Promise<{ readonly proposalId: bigint; readonly title: string }> {
    const { councilGovernor: governor } = chain;
    const [seeded] = await governor.queryFilter(governor.filters.ProposalCreated());
    const { proposalId = 0n, description = "" } = seeded?.args ?? {};
    if ((await governor.state(proposalId)) === ProposalState.Active) return { proposalId, title: description };
    const title = "Pay for new maps";
    const renewed = await propose(7, title);
    await beginVoting(renewed);
    return { proposalId: renewed, title };
  }

  it("shows the rewards of a stake before there are any", async () => {
    const visitor = await at("rewards", 2);
    await visitor.page.getByText("Claimable now").waitFor();
    expect(await factIn(visitor.page.getByLabel("Your rewards"), "Boosters that count")).to.match(/%$/);
    expect(visitor.complaints).to.deep.equal([]);
  });

  it("takes a stake with a permit, and counts as many votes as were promised", async () => {
    const staker = await person(stage, 9);
    const before = await chain.act.balanceOf(staker);
    const visitor = await at("", 9);
    await visitor.page.getByLabel("Amount to stake").fill("1,234.5");
    await visitor.role("radio", /^30 days/).check();
    const quote = visitor.page.getByLabel("What staking comes to");
    expect(await factIn(quote, "Voting power")).to.equal("1,851.75 votes");
    expect(await factIn(quote, "Cost of leaving before (10 %)")).to.equal("123.45 ACT");
    await press(visitor, "Stake");
    await visitor.confirmAll(/^Stake 1,234.50 ACT, 30 days/);
    await visitor.role("heading", "1,234.50 ACT, 1.5×").waitFor();

    expect(await visitor.transaction(/^Allow/).count()).to.equal(0);
    expect(await factIn(visitor.page.getByLabel("The council's stake"), "Your voting power")).to.equal(
      "1,851.75 votes",
    );
    const { staked, power } = await chain.councilStaking.account(staker);
    expect([staked, power]).to.deep.equal([(12_345n * ACT) / 10n, (185_175n * ACT) / 100n]);
    expect(await chain.act.balanceOf(staker)).to.equal(before - staked);
    expect(visitor.complaints).to.deep.equal([]);
  });

  it("lets nobody stake more than they have, or too little", async () => {
    const visitor = await at("", 9);
    const amount = visitor.page.getByLabel("Amount to stake");
    await amount.fill("99");
    await visitor.page.getByText("A position is at least 100 ACT.").first().waitFor();
    await amount.fill("200,000");
    await visitor.page
      .getByText(/^You have [\d,.]+ ACT\.$/)
      .first()
      .waitFor();
    expect(await visitor.page.getByRole("button", { name: "Stake", exact: true }).isDisabled()).to.equal(true);
  });

  it("tells what leaving early costs, and takes no more", async () => {
    const staker = await person(stage, 10);
    await stake(10, 1_000n * ACT, 30n);
    const before = await chain.act.balanceOf(staker);
    const visitor = await at("", 10);
    await press(visitor, "Leave early…");
    const dialog = visitor.page.getByRole("dialog", { name: "Leave before the lock is over?" });
    await dialog.getByRole("button", { name: "Stay" }).click();
    await dialog.waitFor({ state: "detached" });
    expect((await chain.councilStaking.account(staker)).staked).to.equal(1_000n * ACT);

    await press(visitor, "Leave early…");
    const quote = visitor.page.getByLabel("What leaving early comes to");
    expect(await factIn(quote, "You get")).to.equal("900 ACT");
    expect(await factIn(quote, "Penalty")).to.equal("100 ACT");
    await press(visitor, "Leave and pay the penalty");
    await visitor.confirmAll(/^Leave early with 900 ACT/);
    await visitor.page.getByText("You have staked nothing yet").waitFor();
    expect(await chain.act.balanceOf(staker)).to.equal(before + 900n * ACT);
    expect((await chain.councilStaking.account(staker)).power).to.equal(0n);
    expect(visitor.complaints).to.deep.equal([]);
  });

  it("counts more votes for a longer lock", async () => {
    const staker = await person(stage, 11);
    await stake(11, 1_000n * ACT, 7n);
    const visitor = await at("", 11);
    await press(visitor, "Lock for longer");
    const panel = visitor.page.getByRole("group", { name: "New lock, from now on" });
    await panel.getByRole("radio", { name: /^90 days/ }).check();
    const quote = visitor.page.getByLabel("What the new lock comes to");
    expect(await factIn(quote, "Voting power now")).to.equal("1,200 votes");
    expect(await factIn(quote, "Voting power then")).to.equal("2,000 votes");
    await press(visitor, "Lock for 90 days");
    await visitor.confirmAll(/^Lock 1,000 ACT for 90 days/);
    await visitor.role("heading", "1,000 ACT, 2.0×").waitFor();
    const position = await chain.councilStaking.position(await chain.councilStaking.positionIdOf(staker, 0n));
    expect([position.power, position.tierDays]).to.deep.equal([2_000n * ACT, 90n]);
  });

  it("gives votes to whom they are delegated", async () => {
    const [delegator, delegate] = [await person(stage, 14), await person(stage, 15)];
    await stake(14, 500n * ACT, 0n);
    const visitor = await at("", 14);
    await visitor.page.getByLabel("Delegate to").fill(delegate.address);
    await press(visitor, "Delegate");
    await visitor.confirmAll(/^Delegate votes to/);
    await visitor.role("button", "Take my votes back").waitFor();
    expect(await chain.councilStaking.getVotes(delegate)).to.equal(500n * ACT);
    await press(visitor, "Take my votes back");
    await visitor.confirmAll("Take delegated votes back");
    await visitor.role("button", "Take my votes back").waitFor({ state: "detached" });
    expect(await chain.councilStaking.getVotes(delegate)).to.equal(0n);
    expect(await chain.councilStaking.getVotes(delegator)).to.equal(500n * ACT);
  });

  it("counts a vote on a proposal, with its reason", async () => {
    const { proposalId, title } = await votable();
    const voter = await person(stage, 2);
    const { forVotes } = await chain.councilGovernor.proposalVotes(proposalId);
    const visitor = await at("proposals", 2);
    const proposal = card(visitor, title);
    await proposal.getByRole("radio", { name: "For", exact: true }).check();
    await proposal.getByLabel("Reason (optional, public)").fill("Maps are of use");
    expect(await factIn(proposal.getByLabel("Your vote"), "It counts")).to.equal("120,000 votes");
    await proposal.getByRole("button", { name: "Vote", exact: true }).click();
    await visitor.confirmAll(/^Vote for: /);
    await proposal.getByText("You have voted.").waitFor();
    await proposal.getByRole("button", { name: /^Who voted/ }).click();
    await proposal.getByRole("row").filter({ hasText: "Maps are of use" }).getByText("120,000 votes").waitFor();
    expect(await chain.councilGovernor.hasVoted(proposalId, voter)).to.equal(true);
    const { forVotes: votesThen } = await chain.councilGovernor.proposalVotes(proposalId);
    expect(votesThen - forVotes).to.equal(120_000n * ACT);
    expect(visitor.complaints).to.deep.equal([]);
  });

  it("is asked to pay from the treasury, until who proposed it takes that back", async () => {
    const [proposer, paid] = [await person(stage, 5), await person(stage, 16)];
    const title = "Pay for a look at the contracts";
    const visitor = await at("proposals", 5);
    await press(visitor, "Propose something");
    await visitor.page.getByLabel("Title").fill(title);
    await visitor.page.getByLabel("Amount to pay").fill("250");
    await visitor.page.getByLabel("Who is paid").fill(paid.address);
    await visitor.role("heading", "What it would do").waitFor();
    await press(visitor, "Propose");
    await visitor.confirmAll(`Propose: ${title}`);
    const proposal = card(visitor, title);
    await proposal.getByText("Voting has not begun").waitFor();
    const { councilGovernor: governor } = chain;
    const { args } = (await governor.queryFilter(governor.filters.ProposalCreated())).at(-1) ?? {};
    const proposalId = args?.proposalId ?? 0n;
    expect(args?.proposer).to.equal(proposer.address);
    const { data } = await chain.act.transfer.populateTransaction(paid, 250n * ACT);
    expect(args?.calldatas).to.deep.equal([data]);
    expect((await governor.proposalKind(proposalId)).kind).to.equal(ProposalKind.TreasurySpending);

    await proposal.getByRole("button", { name: "Cancel the proposal" }).click();
    await visitor.confirmAll(`Cancel: ${title}`);
    await proposal.locator("strong").getByText("Cancelled").waitFor();
    expect(await governor.state(proposalId)).to.equal(ProposalState.Canceled);
    expect(visitor.complaints).to.deep.equal([]);
  });

  it("debates what a session asks: an agent is drawn, votes and is paid", async function () {
    this.timeout(180_000);
    const topic = "Should maps be kept?";
    await stake(12, 2_000n * ACT, 0n);
    const agent = await at("sessions", 12);
    await press(agent, "Become an agent");
    await agent.confirmAll("Register as an agent");
    await agent.page.getByText("You are an agent, and weigh 2,000 votes in a draw.").waitFor();
    expect((await chain.councilChamber.agent(await person(stage, 12))).weight).to.equal(2_000n * ACT);

    const opener = await at("sessions", 13);
    await press(opener, "Open a session");
    await opener.page.getByLabel("Question").fill(topic);
    await opener.page.getByLabel(/^Members/).fill("1");
    await opener.page.getByLabel("Fee for the members (optional)").fill("50");
    await press(opener, "Open the session");
    await opener.confirmAll(/^Open a session/);
    const sessionId = await chain.councilChamber.sessionCount();
    // Members are drawn in a later block.
    await stage.pass(1);
    await card(opener, topic).getByRole("button", { name: "Draw the members" }).click();
    await opener.confirmAll(`Draw the members: ${topic}`);

    const mine = card(agent, topic);
    await mine.getByRole("radio", { name: "Yes" }).check();
    await mine.getByRole("button", { name: "Vote", exact: true }).click();
    await agent.confirmAll(`Vote Yes: ${topic}`);
    await mine.getByRole("button", { name: "Close the session" }).click();
    await agent.confirmAll(`Close the session: ${topic}`);
    await mine.locator("strong").getByText("Closed").waitFor();
    const { phase, decision } = await chain.councilChamber.session(sessionId);
    expect([phase, decision]).to.deep.equal([CLOSED, 0n]);

    const paid = await person(stage, 12);
    const before = await chain.act.balanceOf(paid);
    await press(agent, "Withdraw");
    await agent.confirmAll(/^Withdraw 50 ACT from sessions/);
    expect(await chain.act.balanceOf(paid)).to.equal(before + 50n * ACT);
    for (const visitor of [agent, opener]) expect(visitor.complaints).to.deep.equal([]);
  });

  it("streams what is paid for rewards to those who stake", async () => {
    const { rewardsDistributor: distributor } = chain;
    const staker = await person(stage, 17);
    await stake(17, 50_000n * ACT, 90n);
    const visitor = await at("rewards", 17);
    const held = await chain.act.balanceOf(distributor);
    await visitor.page.getByLabel("Amount to give").fill("5000");
    await press(visitor, "Pay for rewards");
    await visitor.confirmAll(/^Pay 5,000 ACT for rewards/);
    expect((await chain.act.balanceOf(distributor)) - held).to.equal(5_000n * ACT);
    // The keeper begins periods.
    await visitor.role("heading", /^Period \d+$/).waitFor();
    await stage.pass(3n * DAY);
    const before = await chain.act.balanceOf(staker);
    await press(visitor, "Claim");
    await visitor.confirmAll(/^Claim [\d.]+ ACT of rewards/);
    const gained = (await chain.act.balanceOf(staker)) - before;
    expect(gained).to.be.above(ACT);
    expect(visitor.complaints).to.deep.equal([]);
  });

  it("does what was decided, once the keeper has queued and executed it", async () => {
    const { councilGovernor: governor, timelock } = chain;
    const [voter, paid] = [await person(stage, 2), await person(stage, 18)];
    const title = "Pay for old maps";
    const proposalId = await propose(18, title);
    const visitor = await at("proposals", 18);
    const proposal = card(visitor, title);
    const badge = (words: string) => proposal.locator("strong").getByText(words, { exact: true });
    await badge("Voting has not begun").waitFor();
    await beginVoting(proposalId);
    await badge("Voting").waitFor();
    await proposal.getByText("Who votes has at least 1,000 ACT staked.").waitFor();
    await (await governor.connect(voter).castVote(proposalId, VoteType.For)).wait();
    const before = await chain.act.balanceOf(paid);
    await passUntil(stage, (await governor.proposalDeadline(proposalId)) + 1n);
    await badge("Queued").waitFor();
    await stage.pass(await timelock.getMinDelay());
    await badge("Executed").waitFor();
    expect(await chain.act.balanceOf(paid)).to.equal(before + 250n * ACT);
    expect(visitor.complaints).to.deep.equal([]);
  });
});
