import { AbiCoder, keccak256 } from "ethers";
import { z } from "zod/v4";
import { ProposalState } from "../../sdk/council/governance.ts";
import type { CouncilGovernor } from "../../typechain-types/index.ts";
import type { Search } from "../discovery.ts";
import { revertOf } from "../errors.ts";
import { HASH, WHOLE } from "../state.ts";

/** A proposal, and what the governor knows it by. */
export interface Proposal {
  readonly proposalId: bigint;
  readonly targets: readonly string[];
  /** In wei. */
  readonly values: readonly bigint[];
  readonly calldatas: readonly string[];
  readonly descriptionHash: string;
  /** When to look at it, in unix seconds: before that, there is nothing to do about it. */
  readonly lookAt: bigint;
}

/** A proposal in the state file. */
export const PROPOSAL: z.ZodType<Proposal> = z.object({
  proposalId: WHOLE,
  targets: z.array(z.string().regex(/^0x[0-9a-fA-F]{40}$/)),
  values: z.array(WHOLE),
  calldatas: z.array(z.string().regex(/^0x([0-9a-f]{2})*$/)),
  descriptionHash: HASH,
  lookAt: WHOLE,
});

/** Where nothing more becomes of a proposal. */
const ENDS: readonly bigint[] = [
  ProposalState.Canceled,
  ProposalState.Defeated,
  ProposalState.Expired,
  ProposalState.Executed,
];

/** A name of a proposal that no other has. */
export function proposalKeyOf({ proposalId }: Pick<Proposal, "proposalId">): string {
  return `proposal ${proposalId}`;
}

/**
 * Finds proposals in the logs of proposing; nothing is left to do about those that are executed, cancelled or defeated.
 *
 * @param governor The governor, bound to the chain's provider.
 */
export function proposalsIn(governor: CouncilGovernor): Search<Proposal> {
  const { inputs } = governor.interface.getEvent("ProposalCreated");
  // A description is hashed as it is: nobody promises that its bytes are UTF-8.
  const types = inputs.map(({ type }) => (type === "string" ? "bytes" : type));
  return {
    name: "proposals",
    async find(from, to) {
      const logs = await governor.queryFilter(governor.filters.ProposalCreated(), from, to);
      return logs.map(({ data }) => {
        const [proposalId, , targets, values, , calldatas, , voteEnd, description] = AbiCoder.defaultAbiCoder()
          .decode(types, data)
          .toArray();
        return {
          proposalId,
          targets: [...targets],
          values: [...values],
          calldatas: [...calldatas],
          descriptionHash: keccak256(description),
          lookAt: voteEnd + 1n,
        };
      });
    },
    keyOf: proposalKeyOf,
    async review(proposal, { number: blockTag }) {
      const { proposalId } = proposal;
      const state = await proposalStateAt(governor, proposalId, blockTag);
      if (state === undefined || ENDS.includes(state)) return undefined;
      if (state !== ProposalState.Queued) return proposal;
      return { ...proposal, lookAt: await governor.proposalEta(proposalId, { blockTag }) };
    },
  };
}

/** Where a proposal is, as a block has it; `undefined` where it was not proposed yet. */
export async function proposalStateAt(
  governor: CouncilGovernor,
  proposalId: bigint,
  blockTag: number | "latest" | "pending",
): Promise<bigint | undefined> {
  try {
    return await governor.state(proposalId, { blockTag });
  } catch (error) {
    if (revertOf(error, governor.interface)?.name === "GovernorNonexistentProposal") return undefined;
    throw error;
  }
}
