import { rm } from "node:fs/promises";
import { expect } from "chai";
import { AbiCoder, concat, keccak256 } from "ethers";
import { ProposalState, VoteType } from "../../sdk/council/governance.ts";
import { MINUTE } from "../../sdk/time.ts";
import { ACT, TREASURY, viewAt } from "../fixtures/council.ts";
import {
  atDeadline,
  atEta,
  atSnapshot,
  carry,
  execute,
  type Motion,
  type Proposal,
  propose,
  queue,
  vote,
} from "../fixtures/council-acts.ts";
import { load, nextAt, now } from "../fixtures/protocol.ts";
import { type CouncilOnChain, done, failed, handsOnGovernance, left, stateOfTests, votingCouncil } from "./council.ts";
import { behindRival, chainOf, eventfulChain, linesOf } from "./workshop.ts";

/** What the timelock lacks for the payment that is refused. */
const MISSING = ACT(1);

/** Enough to queue, and too little to execute many calls. */
const SMALL_CAP = 250_000n;

describe("the job governance", () => {
  const { file, items: remembered } = stateOfTests();
  let world: CouncilOnChain;

  beforeEach(async () => {
    world = await load(votingCouncil);
  });

  const handsOn = (habits: Omit<Parameters<typeof handsOnGovernance>[1], "file"> = {}) =>
    handsOnGovernance(world, { file, ...habits });
  const pass = async () => (await handsOn()).job.run();
  const head = () => world.ethers.provider.getBlockNumber();
  const stateOf = ({ id }: Proposal) => world.councilGovernor.state(id);
  const voters = () => [world.proposer, ...world.voters.slice(0, 2)];

  /** Proposes, and lets all vote for it. Voting is not over. */
  async function approve(motion: Motion = {}): Promise<Proposal> {
    const proposal = await propose(world, motion);
    await atSnapshot(world, proposal, 1n);
    for (const voter of voters()) await vote(world, proposal, voter);
    return proposal;
  }

  /** `approve` with voting over. */
  async function succeed(motion: Motion = {}): Promise<Proposal> {
    const proposal = await approve(motion);
    await viewAt(atDeadline(world, proposal, 1n));
    return proposal;
  }

  /** A proposal whose time in the timelock is over. */
  async function ripen(motion: Motion = {}): Promise<Proposal> {
    const proposal = await propose(world, motion);
    await carry(world, proposal, voters());
    await viewAt(atEta(world, proposal));
    return proposal;
  }

  /** A call that is refused: the timelock has no such tokens. */
  const refused = (): Motion => ({
    description: "Pay what nobody has",
    deeds: [
      {
        target: world.token,
        data: world.token.interface.encodeFunctionData("transfer", [world.outsider.address, TREASURY + MISSING]),
      },
    ],
  });

  it("has nothing to do where nobody has proposed anything", async () => {
    expect(await pass()).to.deep.equal(done(0));
  });

  describe("about queuing", () => {
    it("waits until voting is over", async () => {
      const proposal = await approve();
      await viewAt(atDeadline(world, proposal, -MINUTE));
      expect(await pass()).to.deep.equal(done(0));
      expect(await stateOf(proposal)).to.equal(ProposalState.Active);
    });

    it("queues a proposal in the second after voting has ended", async () => {
      const proposal = await succeed();
      const { job, output } = await handsOn();
      expect(await job.run()).to.deep.equal(done(1));
      expect(await stateOf(proposal)).to.equal(ProposalState.Queued);
      expect(linesOf(output, "queue proposal: done")[0]).to.include({ proposalId: String(proposal.id), of: 1 });
    });

    it("forgets a proposal that was defeated", async () => {
      const proposal = await propose(world);
      await atSnapshot(world, proposal, 1n);
      for (const voter of voters()) await vote(world, proposal, voter, VoteType.Against);
      await pass();
      await viewAt(atDeadline(world, proposal, 1n));
      expect(await pass()).to.deep.equal(done(0));
      expect(await remembered()).to.deep.equal([]);
    });

    it("forgets a proposal that was cancelled", async () => {
      const proposal = await propose(world);
      await pass();
      await world.councilGovernor.connect(world.proposer).cancel(...proposal.key);
      await viewAt(atDeadline(world, proposal, 1n));
      expect(await pass()).to.deep.equal(done(0));
      expect(await remembered()).to.deep.equal([]);
    });

    it("sends nothing in a dry run", async () => {
      await succeed();
      const before = await head();
      const { job, output } = await handsOn({ limits: { isDryRun: true } });
      expect(await job.run()).to.deep.equal(left(1));
      expect(await head()).to.equal(before);
      expect(linesOf(output, "queue proposal: would be sent")).to.have.length(1);
    });

    it("takes it for a success where a rival queues it between estimate and transaction", async () => {
      const proposal = await succeed();
      const chain = await eventfulChain(world);
      chain.once(() => queue(world, proposal));
      const { job, output } = await handsOn({ chain });
      expect(await job.run()).to.deep.equal(done(1));
      expect(linesOf(output, "queue proposal: somebody was faster")).to.have.length(1);
    });

    it("sends nothing where a rival's transaction is not mined yet", async () => {
      const proposal = await succeed();
      const { job, context } = await handsOn();
      const sent = () => world.ethers.provider.getTransactionCount(context.chain.account);
      const before = await sent();
      const rival = () => queue(world, proposal);
      expect(await behindRival(world, world.outsider.address, rival, () => job.run())).to.deep.equal(done(0));
      expect(await sent()).to.equal(before);
    });

    it("queues a proposal whose description is not UTF-8", async () => {
      const proposal = await proposeInBytes(world, "0xc328ff");
      await atSnapshot(world, proposal, 1n);
      for (const voter of voters()) await vote(world, proposal, voter);
      await viewAt(atDeadline(world, proposal, 1n));
      expect(await pass()).to.deep.equal(done(1));
      expect(await stateOf(proposal)).to.equal(ProposalState.Queued);
    });
  });

  describe("about executing", () => {
    it("waits until its time in the timelock is over", async () => {
      const proposal = await propose(world);
      await carry(world, proposal, voters());
      await viewAt(atEta(world, proposal, -MINUTE));
      expect(await pass()).to.deep.equal(done(0));
      expect(await stateOf(proposal)).to.equal(ProposalState.Queued);
    });

    it("executes a proposal in the second in which its time in the timelock is over", async () => {
      const proposal = await ripen();
      const { job, output } = await handsOn();
      expect(await job.run()).to.deep.equal(done(1));
      expect(await stateOf(proposal)).to.equal(ProposalState.Executed);
      expect(linesOf(output, "execute proposal: done")[0]).to.include({ proposalId: String(proposal.id) });
    });

    it("queues and executes a proposal in its time, with what it remembers, and forgets it", async () => {
      const proposal = await succeed();
      await pass();
      expect(await pass()).to.deep.equal(done(0));
      await viewAt(atEta(world, proposal));
      expect(await pass()).to.deep.equal(done(1));
      expect(await stateOf(proposal)).to.equal(ProposalState.Executed);
      expect(await pass()).to.deep.equal(done(0));
      expect(await remembered()).to.deep.equal([]);
    });

    it("looks at a queued proposal when its time in the timelock is over", async () => {
      const proposal = await succeed();
      const { job } = await handsOn();
      await job.run();
      await job.run();
      const eta = await world.councilGovernor.proposalEta(proposal.id);
      expect((await remembered()).map(({ lookAt }) => BigInt(lookAt ?? 0))).to.deep.equal([eta]);
    });

    it("takes it for a success where a rival executes it between estimate and transaction", async () => {
      const proposal = await ripen();
      const chain = await eventfulChain(world);
      chain.once(() => execute(world, proposal));
      const { job, output } = await handsOn({ chain });
      expect(await job.run()).to.deep.equal(done(1));
      expect(linesOf(output, "execute proposal: somebody was faster")).to.have.length(1);
    });

    it("executes the others where a call of one is refused, and says why", async () => {
      const bad = await propose(world, refused());
      const good = await propose(world);
      await atSnapshot(world, good, 1n);
      for (const one of [bad, good]) for (const voter of voters()) await vote(world, one, voter);
      await atDeadline(world, good, 1n);
      for (const one of [bad, good]) await queue(world, one);
      await viewAt(atEta(world, good));
      const { job, output } = await handsOn();
      expect(await job.run()).to.deep.equal({ due: 2, done: 1, failed: 1, left: 0 });
      const [line] = linesOf(output, "could not be done, the others go on");
      expect(line?.item).to.equal(`proposal ${bad.id}`);
      expect(line?.reason).to.include("execute proposal does not go through").and.include("ERC20InsufficientBalance");
      expect([await stateOf(bad), await stateOf(good)]).to.deep.equal([ProposalState.Queued, ProposalState.Executed]);
    });

    it("executes a proposal that failed once its calls go through", async () => {
      const proposal = await ripen(refused());
      expect(await pass()).to.deep.equal(failed(1));
      await world.token.transfer(world.timelock, MISSING);
      expect(await pass()).to.deep.equal(done(1));
      expect(await stateOf(proposal)).to.equal(ProposalState.Executed);
    });

    it("lets one rest that failed before it tries again", async () => {
      await ripen(refused());
      const { job } = await handsOn();
      await job.run();
      expect(await job.run()).to.deep.equal(left(1));
    });

    it("lets one wait, and says so, that needs more gas than the cap", async () => {
      const data = world.token.interface.encodeFunctionData("transfer", [world.outsider.address, 1n]);
      const deeds = Array.from({ length: 20 }, () => ({ target: world.token, data }));
      const proposal = await ripen({ deeds });
      const { job, output } = await handsOn({ limits: { gasCap: SMALL_CAP } });
      expect(await job.run()).to.deep.equal(failed(1));
      expect(linesOf(output, "could not be done, the others go on")[0]?.reason).to.include("does not go through");
      expect(await pass()).to.deep.equal(done(1));
      expect(await stateOf(proposal)).to.equal(ProposalState.Executed);
    });

    it("shares the work with another keeper, and both succeed", async () => {
      const proposal = await ripen();
      const keepers = [world.guardian, world.deployer].map(async ({ address }, index) => {
        const hands = await handsOnGovernance(world, {
          file: `${file}.${index}`,
          chain: await chainOf(world, address),
        });
        return hands.job.run();
      });
      const reports = await Promise.all(keepers);
      expect(reports.map(({ due, done }) => due - done)).to.deep.equal([0, 0]);
      expect(await stateOf(proposal)).to.equal(ProposalState.Executed);
    });
  });

  describe("about what it remembers", () => {
    it("finds a proposal again where the state file was deleted", async () => {
      const proposal = await succeed();
      await pass();
      await rm(file);
      await viewAt(atEta(world, proposal));
      expect(await pass()).to.deep.equal(done(1));
    });

    it("keeps a proposal while its end is not confirmed", async () => {
      await ripen();
      const { job } = await handsOn({ confirmations: 5 });
      await job.run();
      expect(await remembered()).to.have.length(1);
      await world.connection.networkHelpers.mine(5);
      await job.run();
      expect(await remembered()).to.deep.equal([]);
    });

    it("queues a proposal again whose queuing a reorganisation took back", async () => {
      const proposal = await succeed();
      const fork = await world.connection.networkHelpers.takeSnapshot();
      const { job } = await handsOn();
      await job.run();
      await fork.restore();
      await nextAt((await now()) + 60n);
      await world.connection.networkHelpers.mine(3);
      expect(await job.run()).to.deep.equal(done(1));
      expect(await stateOf(proposal)).to.equal(ProposalState.Queued);
    });
  });
});

/** The proposer proposes, with any bytes for a description, that the governor's timelock pay itself nothing. */
async function proposeInBytes(world: CouncilOnChain, description: string): Promise<Proposal> {
  const { councilGovernor, proposer, token, timelock } = world;
  const target = await token.getAddress();
  const data = token.interface.encodeFunctionData("transfer", [await timelock.getAddress(), 0n]);
  const types = ["address[]", "uint256[]", "bytes[]", "bytes"];
  const encoded = AbiCoder.defaultAbiCoder().encode(types, [[target], [0n], [data], description]);
  const { selector } = councilGovernor.interface.getFunction("propose");
  await proposer.sendTransaction({ to: councilGovernor, data: concat([selector, encoded]) });
  const key: Proposal["key"] = [[target], [0n], [data], keccak256(description)];
  return { id: await councilGovernor.hashProposal(...key), key };
}
