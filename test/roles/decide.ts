import { type BaseContract, id, MaxUint256 } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import { ProposalKind } from "../../sdk/council/governance.ts";
import { COUNCIL_DEFAULTS } from "../../sdk/council/params.ts";
import type { HandedOver } from "./handed-over.ts";

/** What the team proposes, by itself of no kind. */
export interface Decision {
  kind?: bigint;
  description: string;
  /** The calls, each with the contract that it is of. */
  deeds: readonly (readonly [target: BaseContract, data: string])[];
}

/** The team stakes so much that from the next second on it decides alone. */
export async function seatTeam({ councilToken, councilStaking, team }: HandedOver): Promise<void> {
  await councilToken.connect(team).approve(councilStaking, MaxUint256);
  await councilStaking.connect(team).stake(COUNCIL_DEFAULTS.maxStake, 0n);
}

/** The team proposes in the next transaction, and all that follows happens at the first second at which it can. */
export async function decide(
  { networkHelpers: { time } }: NetworkConnection,
  { councilGovernor, team }: HandedOver,
  { kind = ProposalKind.Unspecified, description, deeds }: Decision,
): Promise<void> {
  const governor = councilGovernor.connect(team);
  const targets = deeds.map(([target]) => target);
  const calls = deeds.map(([, data]) => data);
  const nothing = deeds.map(() => 0n);
  await governor.proposeOfKind(kind, targets, nothing, calls, description);
  const proposalId = await governor.getProposalId(targets, nothing, calls, id(description));
  await time.setNextBlockTimestamp((await governor.proposalSnapshot(proposalId)) + 1n);
  await governor.castVote(proposalId, 1n);
  await time.setNextBlockTimestamp((await governor.proposalDeadline(proposalId)) + 1n);
  await governor.queue(targets, nothing, calls, id(description));
  await time.setNextBlockTimestamp(await governor.proposalEta(proposalId));
  await governor.execute(targets, nothing, calls, id(description));
}
