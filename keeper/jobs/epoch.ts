import { z } from "zod/v4";
import type { EpochRules } from "../../sdk/stake/schedule.ts";
import type { ITruthSerum } from "../../typechain-types/index.ts";
import type { Search } from "../discovery.ts";
import { HASH, WHOLE } from "../state.ts";
import type { Workshop } from "../workshop.ts";

/** A claim's epoch. */
export interface EpochKey {
  readonly claimId: string;
  readonly epoch: bigint;
}

/** A name of a claim's epoch that no other has. */
export function keyOf({ claimId, epoch }: EpochKey): string {
  return `${claimId}/${epoch}`;
}

/** An epoch in the state file. */
export const EPOCH_KEY: z.ZodType<EpochKey> = z.object({ claimId: HASH, epoch: WHOLE });

/**
 * Finds epochs that have participants, in the logs of commits; nothing is left to do about those that are distributed.
 *
 * @param serum The serum, bound to the chain's provider.
 */
export function epochsOf(serum: ITruthSerum): Search<EpochKey> {
  return {
    name: "commits",
    async find(from, to) {
      const commits = await serum.queryFilter(serum.filters.BeliefCommitted(), from, to);
      return commits.map(({ args: { claimId, epoch } }) => ({ claimId, epoch }));
    },
    keyOf,
    async review(key, { number: blockTag }) {
      return isDistributed(await serum.epochState(key.claimId, key.epoch, { blockTag })) ? undefined : key;
    },
  };
}

/** Whoever works on epochs. */
export interface EpochsContext extends Workshop {
  /** Bound to the chain's provider. */
  readonly serum: ITruthSerum;
  readonly rules: EpochRules;
}

/**
 * Prepares to work on epochs.
 *
 * @param workshop Where other jobs may be done as well.
 * @param serum The serum, bound to the chain's provider.
 */
export async function epochsContext(workshop: Workshop, serum: ITruthSerum): Promise<EpochsContext> {
  const rules = {
    startedAt: await serum.startedAt(),
    epochLength: await serum.epochLength(),
    revealWindow: await serum.revealWindow(),
  };
  return { ...workshop, serum, rules };
}

/** Whether nothing is left to do in an epoch: also where a reorganisation took back the commits that made it known. */
export function isDistributed({ joined, distributed }: { joined: bigint; distributed: bigint }): boolean {
  return distributed === joined;
}
