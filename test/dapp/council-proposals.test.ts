import { expect } from "chai";
import { type Interface, id, type LogDescription, ZeroAddress } from "ethers";
import type { ChainEvent } from "../../dapp/src/events/useEvents.ts";
import { decodeCall } from "../../dapp/src/pages/council/proposals/decode.ts";
import { draftOf, NO_WISHES } from "../../dapp/src/pages/council/proposals/draft.ts";
import {
  describedBy,
  operationOf,
  type Proposal,
  proposalsIn,
  timelineOf,
  titleAndText,
  votingProblem,
} from "../../dapp/src/pages/council/proposals/proposals.ts";
import { ProposalState } from "../../sdk/council/governance.ts";
import {
  ArgumentStaking__factory,
  CouncilGovernor__factory,
  CouncilToken__factory,
  QueryEscrow__factory,
  RankRegistry__factory,
  TimelockController__factory,
} from "../../typechain-types/index.ts";
import { withBadText } from "./bad-text.ts";

const TIMING = { answering: 0n, opening: 0n, judging: 0n, revealing: 0n };
const ACT = 10n ** 9n;
const ADA = "0x00000000000000000000000000000000000000AA";
const governor = CouncilGovernor__factory.createInterface();
const token = CouncilToken__factory.createInterface();

function event(name: string, args: readonly unknown[], time: bigint): ChainEvent {
  const log = governor.encodeEventLog(name, args);
  const parsed = governor.parseLog(log) as LogDescription;
  return { name, args: parsed.args, time, block: 1, transaction: "0x", index: 0 };
}

const pay = token.encodeFunctionData("transfer", [ADA, 5n * ACT]);
const DESCRIPTION = describedBy("Pay Ada", "She has earned it.", ADA);
const created = event("ProposalCreated", [1n, ADA, [ZeroAddress], [7n], [""], [pay], 100n, 200n, DESCRIPTION], 10n);
const kind = event("ProposalKindRecorded", [1n, 2n, 6_600n], 10n);

function proposalOf(...events: readonly ChainEvent[]): Proposal {
  const [proposal] = proposalsIn([created, kind, ...events]);
  if (proposal === undefined) throw new Error("no proposal");
  return proposal;
}

describe("proposalsIn", () => {
  it("reads what was proposed", () => {
    expect(proposalOf()).to.deep.include({
      proposalId: 1n,
      proposer: ADA,
      calls: [{ target: ZeroAddress, value: 7n, data: pay }],
      description: DESCRIPTION,
      ...{ kind: 2n, approvalBps: 6_600n, createdAt: 10n, votingBeginsAt: 100n, votingEndsAt: 200n },
    });
  });

  it("reads votes, queueing and execution", () => {
    const proposal = proposalOf(
      event("VoteCast", [ADA, 1n, 1n, 40n, "yes"], 150n),
      event("ProposalQueued", [1n, 600n], 300n),
      event("ProposalExecuted", [1n], 700n),
    );
    expect(proposal.votes).to.deep.equal([{ voter: ADA, support: 1n, weight: 40n, reason: "yes", at: 150n }]);
    expect(proposal).to.include({ queuedAt: 300n, executableAt: 600n, executedAt: 700n });
  });

  it("keeps proposals and votes with bytes that are no text", () => {
    const bad = (name: string, args: readonly unknown[]): ChainEvent => {
      const { topics, data } = governor.encodeEventLog(name, args);
      const { args: parsed } = governor.parseLog({ topics, data: withBadText(data) }) as LogDescription;
      return { name, args: parsed, time: 20n, block: 1, transaction: "0x", index: 0 };
    };
    const [second, first] = proposalsIn([
      created,
      bad("VoteCast", [ADA, 1n, 1n, 40n, "~~~~"]),
      bad("ProposalCreated", [2n, ADA, [], [], [], [], 1n, 2n, "~~~~"]),
    ]);
    expect(first?.votes.map(({ reason }) => reason)).to.deep.equal(["no text"]);
    expect(second?.description).to.equal(undefined);
  });

  it("puts the newest first", () => {
    const second = event("ProposalCreated", [2n, ADA, [], [], [], [], 1n, 2n, ""], 11n);
    expect(proposalsIn([created, second]).map(({ proposalId }) => proposalId)).to.deep.equal([2n, 1n]);
  });
});

describe("operationOf", () => {
  it("is what the governor knows the proposal by", () => {
    expect(operationOf(proposalOf())).to.deep.equal([[ZeroAddress], [7n], [pay], id(DESCRIPTION)]);
  });
});

describe("titleAndText", () => {
  it("takes the title from the first line, and hides who alone may propose it", () => {
    expect(titleAndText(DESCRIPTION)).to.deep.equal({ title: "Pay Ada", text: "She has earned it." });
  });

  it("understands headings", () => {
    expect(titleAndText("# Pay\n\nNow").title).to.equal("Pay");
  });

  it("leaves out what nobody sees", () => {
    expect(titleAndText("Pay \u202eAda\u200b\n\nNow\u0000").title).to.equal("Pay Ada");
  });

  it("names what has no words", () => {
    expect(titleAndText("").title).to.equal("A proposal without words");
    expect(titleAndText(undefined).title).to.equal("A proposal whose description is no text");
  });
});

describe("timelineOf", () => {
  const namesOf = (proposal: Proposal, state: bigint) => timelineOf(proposal, state, 120n).map(({ name }) => name);

  it("tells all that can still come", () => {
    const steps = timelineOf(proposalOf(), ProposalState.Active, 120n);
    expect(steps.filter(({ isPast }) => isPast).map(({ name }) => name)).to.deep.equal(["Proposed", "Voting begins"]);
    expect(steps.at(-1)).to.deep.equal({ name: "Executed", at: undefined, isPast: false });
  });

  it("ends with voting where it was defeated", () => {
    expect(namesOf(proposalOf(), ProposalState.Defeated)).to.deep.equal(["Proposed", "Voting begins", "Voting ends"]);
  });

  it("ends with the cancellation where it was cancelled", () => {
    const cancelled = proposalOf(event("ProposalCanceled", [1n], 50n));
    expect(namesOf(cancelled, ProposalState.Canceled)).to.deep.equal(["Proposed", "Cancelled"]);
  });
});

describe("votingProblem", () => {
  const voter = { hasVoted: false, staked: 1_000n * ACT, minVotingStake: 1_000n * ACT, votes: 1n };

  it("lets those vote who have the stake and votes", () => {
    expect(votingProblem({ ...voter, state: ProposalState.Active })).to.equal(undefined);
  });

  it("says why not", () => {
    const at = (changes: Partial<typeof voter>, state: bigint = ProposalState.Active) =>
      votingProblem({ ...voter, ...changes, state });
    expect(at({}, ProposalState.Pending)).to.equal("Voting has not begun.");
    expect(at({}, ProposalState.Defeated)).to.equal("Voting is over.");
    expect(at({ hasVoted: true })).to.equal("You have voted.");
    expect(at({ staked: 1n })).to.equal("Who votes has at least 1,000 ACT staked.");
    expect(at({ votes: 0n })).to.equal("You had no votes when voting began.");
  });
});

describe("draftOf calls of one's own", () => {
  const draft = (target: string) =>
    draftOf({ ...NO_WISHES, template: "raw", calls: [{ target, data: "0x" }] }, {} as never, undefined);

  it("takes addresses however they are typed", () => {
    for (const target of [ADA, ` ${ADA.toLowerCase()} `, ADA.slice(2)]) {
      expect(draft(target)).to.deep.equal({ calls: [{ target: ADA, value: 0n, data: "0x" }] });
    }
  });

  it("says what is none", () => {
    expect(draft("ada.eth")).to.deep.equal({ problem: "Say which contract the call goes to: 0x and 40 digits." });
  });
});

describe("decodeCall", () => {
  const argument = ArgumentStaking__factory.createInterface();
  const known = new Map([
    [ZeroAddress, { name: "CouncilToken", abi: token }],
    [ADA.toLowerCase(), { name: "ArgumentStaking", abi: argument }],
  ]);
  const usdc = { symbol: "USDC", decimals: 6 };

  it("names contract, function and arguments, with amounts in the contract's unit", () => {
    expect(decodeCall({ target: ZeroAddress, data: pay }, known, usdc)).to.deep.equal({
      contract: "CouncilToken",
      method: "transfer",
      inputs: [
        { name: "to", text: ADA },
        { name: "value", text: "5 ACT" },
      ],
    });
  });

  it("takes structs apart", () => {
    const zeros = { upvoteStake: 3n * ACT, period: 86_400n, interestRateBps: 250n };
    const names = argument.getFunction("setParams")?.inputs[0]?.components?.map(({ name }) => name) ?? [];
    const params = Object.fromEntries(names.map((name) => [name, (zeros as Record<string, bigint>)[name] ?? 1n]));
    const data = argument.encodeFunctionData("setParams", [params as never]);
    const { inputs } = decodeCall({ target: ADA, data }, known, usdc);
    expect(inputs.slice(0, 3)).to.deep.equal([
      { name: "upvoteStake", text: "3 ACT" },
      { name: "period", text: "1 day" },
      { name: "interestRateBps", text: "2.5 %" },
    ]);
  });

  it("tells amounts to the last unit, in what the contract counts in", () => {
    const timelock = TimelockController__factory.createInterface();
    const escrow = QueryEscrow__factory.createInterface();
    const ranks = RankRegistry__factory.createInterface();
    const at = (name: string, abi: Interface, data: string) =>
      decodeCall({ target: ADA, data }, new Map([[ADA.toLowerCase(), { name, abi }]]), usdc).inputs;
    const textOf = (inputs: ReturnType<typeof at>, argument: string) =>
      inputs.find(({ name }) => name === argument)?.text;

    const exact = token.encodeFunctionData("transfer", [ADA, 1_234_567_891n]);
    expect(textOf(at("CouncilToken", token, exact), "value")).to.equal("1.234567891 ACT");
    expect(textOf(at("USDC", token, exact), "value")).to.equal("1,234.567891 USDC");
    expect(textOf(at("Elsewhere", token, exact), "value")).to.equal("1,234,567,891");

    const call = [ADA, 1_500_000_000_000_000_001n, "0x", id("before"), id("salt")] as const;
    const scheduled = timelock.encodeFunctionData("schedule", [...call, 3_600n]);
    expect(textOf(at("TimelockController", timelock, scheduled), "value")).to.equal("1.500000000000000001 ETH");
    expect(textOf(at("TimelockController", timelock, scheduled), "delay")).to.equal("1 hour");
    const amounts = [1n, 10n ** 18n];
    const batch = timelock.encodeFunctionData("executeBatch", [
      ...[[ADA, ADA], amounts, ["0x", "0x"]],
      ...[id("before"), id("salt")],
    ] as never);
    const inputs = at("TimelockController", timelock, batch);
    expect(textOf(inputs, "values")).to.equal("[0.000000000000000001 ETH, 1 ETH]");

    const asked = escrow.encodeFunctionData("ask", [id("words"), "~~~~", 0n, 7n, 32n, TIMING]);
    expect(textOf(at("QueryEscrow", escrow, withBadText(asked)), "uri")).to.equal("no text");
    const ranked = ranks.encodeFunctionData("setRanks", [[ADA], [7n]]);
    expect(at("RankRegistry", ranks, ranked).map(({ text }) => text)).to.deep.equal([`[${ADA}]`, "[7]"]);
  });

  it("says what it does not know", () => {
    const nothing = { method: undefined, inputs: [] };
    const stranger = "0x00000000000000000000000000000000000000bB";
    expect(decodeCall({ target: stranger, data: pay }, known, usdc)).to.deep.equal({ contract: undefined, ...nothing });
    expect(decodeCall({ target: ZeroAddress, data: "0x12345678" }, known, usdc)).to.deep.equal({
      contract: "CouncilToken",
      ...nothing,
    });
  });
});
