import { id } from "ethers";
import { DAY, HOUR } from "../chain.ts";
import type { CouncilTask } from "./council.ts";
import { type CouncilStage, stake } from "./council-stage.ts";
import { recordVote } from "./recorder.ts";
import { ACT, type Cast } from "./stage.ts";

const DESCRIPTION =
  "Pay the latecomer 1,000 ACT for the translation of the overview, as agreed in the chamber's session 7";
const PAYMENT = 1_000n * ACT;

/** `GovernorCountingSimple.VoteType.For`. */
const FOR = 1;
/** `ProposalKind.TreasurySpending`. */
const SPENDING = 2;

/** What the governor knows the proposal by. */
type Key = [targets: string[], values: bigint[], calldatas: string[], descriptionHash: string];

/** Gas of a proposal's life from second `at` on: the author proposes, everybody who votes votes for it. */
export async function measureGovernance(stage: CouncilStage, at: bigint) {
  const { aside, cast, councilGovernor, councilToken, send, timelock } = stage;
  await councilToken.transfer(timelock, PAYMENT);
  for (const [index, who] of (["supporter", "challenger", "skeptic"] as const).entries()) {
    await stake(stage, who, at + BigInt(index));
  }
  const [targets, values, calldatas, hash] = await keyOf(stage);
  const proposer = councilGovernor.connect(cast.author);
  const proposedAt = at + HOUR;
  const ofKind = await aside(() =>
    send(proposedAt, () => proposer.proposeOfKind(SPENDING, targets, values, calldatas, DESCRIPTION)),
  );
  const plain = await send(proposedAt, () => proposer.propose(targets, values, calldatas, DESCRIPTION));
  const proposalId = await councilGovernor.hashProposal(targets, values, calldatas, hash);
  const canceled = await aside(() => send(proposedAt + 1n, () => proposer.cancel(targets, values, calldatas, hash)));
  return {
    "propose, 1 call": plain,
    "proposeOfKind, 1 call": ofKind,
    cancel: canceled,
    ...(await measureVotes(stage, proposalId, proposedAt + DAY + 1n)),
    "queue, 1 call": await send(proposedAt + 9n * DAY, () => councilGovernor.queue(targets, values, calldatas, hash)),
    "execute, a payment": await send(proposedAt + 13n * DAY, () =>
      councilGovernor.execute(targets, values, calldatas, hash),
    ),
  } satisfies Partial<Record<CouncilTask, bigint>>;
}

/** Voting is open at second `at`. In the end three have voted for the proposal. */
async function measureVotes(stage: CouncilStage, proposalId: bigint, at: bigint) {
  const { aside, cast, councilGovernor, send } = stage;
  const vote = (who: keyof Cast) => send(at + HOUR, () => councilGovernor.connect(cast[who]).castVote(proposalId, FOR));
  const first = await aside(() => vote("supporter"));
  await send(at, () => councilGovernor.connect(cast.challenger).castVote(proposalId, FOR));
  const recorded = await aside(async () => {
    await recordVote(stage, cast.supporter, at + HOUR / 2n);
    return vote("supporter");
  });
  const reasoned = await aside(() =>
    send(at + HOUR, () => councilGovernor.connect(cast.supporter).castVoteWithReason(proposalId, FOR, "It was agreed")),
  );
  const later = await vote("supporter");
  await send(at + 2n * HOUR, () => councilGovernor.connect(cast.skeptic).castVote(proposalId, FOR));
  return {
    "castVote on a proposal, first": first,
    "castVote on a proposal, later": later,
    "castVote on a proposal, later, recorded before": recorded,
    "castVoteWithReason, later": reasoned,
  } satisfies Partial<Record<CouncilTask, bigint>>;
}

async function keyOf({ cast, councilToken }: CouncilStage): Promise<Key> {
  const data = councilToken.interface.encodeFunctionData("transfer", [cast.latecomer.address, PAYMENT]);
  return [[await councilToken.getAddress()], [0n], [data], id(DESCRIPTION)];
}
