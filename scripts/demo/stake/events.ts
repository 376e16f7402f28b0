import type { StakeVault, TruthSerum } from "../../../typechain-types/index.ts";

/** A voice in an epoch, as the serum's events tell it. Beliefs and scores in wad, the rest in USDC units. */
export interface Voice {
  readonly user: string;
  readonly weight: bigint;
  belief: bigint;
  meta: bigint;
  score: bigint;
  taken: bigint;
  paid: bigint;
}

/** An epoch of a claim, as the serum's events tell it. Means and shares in wad, the rest in USDC units. */
export interface Epoch {
  readonly consensus: bigint;
  readonly meanMeta: bigint;
  readonly supportShare: bigint;
  readonly isSurprisinglyPopular: boolean;
  readonly isVoid: boolean;
  readonly pot: bigint;
  /** What rounding left over. */
  carried: bigint;
  /** By user. */
  readonly voices: Map<string, Voice>;
}

/** What went in and out of somebody's stake, as the vault's events tell it; in USDC units. */
export interface StakeFlows {
  deposited: bigint;
  /** Taken out of purchases and added to the stake. */
  skimmed: bigint;
  debited: bigint;
  credited: bigint;
}

/** Reads one epoch of all claims that settled it; by claim id. */
export async function readEpochs(serum: TruthSerum, epoch: bigint): Promise<Map<string, Epoch>> {
  const { filters } = serum;
  const epochs = new Map<string, Epoch>();
  for (const { args } of await serum.queryFilter(filters.EpochSettled(undefined, epoch))) {
    const { claimId, consensus, meanMeta, supportShare, isSurprisinglyPopular, isVoid, pot } = args;
    const settled = { consensus, meanMeta, supportShare, isSurprisinglyPopular, isVoid, pot };
    epochs.set(claimId, { ...settled, carried: 0n, voices: new Map() });
  }
  for (const { args } of await serum.queryFilter(filters.BeliefCommitted(undefined, epoch))) {
    const { claimId, user, weight } = args;
    const silent = { belief: 0n, meta: 0n, score: 0n, taken: 0n, paid: 0n };
    epochs.get(claimId)?.voices.set(user, { user, weight, ...silent });
  }
  const update = ({ claimId, user }: { claimId: string; user: string }, seen: Partial<Voice>) =>
    Object.assign(epochs.get(claimId)?.voices.get(user) ?? {}, seen);
  for (const { args } of await serum.queryFilter(filters.BeliefRevealed(undefined, epoch))) {
    update(args, { belief: args.belief, meta: args.meta });
  }
  for (const { args } of await serum.queryFilter(filters.BeliefScored(undefined, epoch))) {
    update(args, { score: args.score, taken: args.taken });
  }
  for (const { args } of await serum.queryFilter(filters.PartPaid(undefined, epoch))) {
    update(args, { paid: args.amount });
  }
  for (const { args } of await serum.queryFilter(filters.EpochDistributed(undefined, epoch))) {
    Object.assign(epochs.get(args.claimId) ?? {}, { carried: args.carried });
  }
  return epochs;
}

/** Adds up the vault's events by user. */
export async function readStakeFlows(vault: StakeVault): Promise<Map<string, StakeFlows>> {
  const { filters } = vault;
  const flows = new Map<string, StakeFlows>();
  const add = (user: string, flow: keyof StakeFlows, amount: bigint) => {
    const ofUser = flows.get(user) ?? { deposited: 0n, skimmed: 0n, debited: 0n, credited: 0n };
    ofUser[flow] += amount;
    flows.set(user, ofUser);
  };
  for (const { args } of await vault.queryFilter(filters.Deposited())) add(args.user, "deposited", args.amount);
  for (const { args } of await vault.queryFilter(filters.LockSet())) add(args.user, "skimmed", args.skim);
  for (const { args } of await vault.queryFilter(filters.Debited())) add(args.user, "debited", args.amount);
  for (const { args } of await vault.queryFilter(filters.Credited())) add(args.user, "credited", args.amount);
  return flows;
}
