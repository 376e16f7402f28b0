import { epochsContext } from "../../../keeper/jobs/epoch.ts";
import { settleDueEpochs } from "../../../keeper/jobs/epochs.ts";
import { employKeeper, gasUsedBy } from "../keeper.ts";
import type { Stage } from "./stage.ts";

/** The most gas that a transaction can have on Ethereum, by EIP-7825. */
const GAS_CAP = 2n ** 24n;

/** Transactions of one kind that the keeper sent. */
export interface Batches {
  /** Participants each of them went through. */
  readonly sizes: readonly bigint[];
  /** Gas that all of them used. */
  readonly gasUsed: bigint;
}

/** What the keeper did, by the events that its transactions left. */
export interface KeeperWork {
  /** Transactions it sent, with or without effect. */
  readonly transactions: number;
  readonly settle: Batches;
  readonly distribute: Batches;
}

/**
 * Lets the project's keeper settle and distribute the epoch of each claim. The time for opening is over.
 *
 * @param onSettled Called after each claim.
 * @throws DemoTransactionError where the keeper leaves something undone, with what it logged.
 */
export async function letKeeperSettle(stage: Stage, onSettled: () => void): Promise<void> {
  const { chain, deployment, plan, keeper, epoch } = stage;
  const { workshop, complain } = employKeeper(chain, keeper, GAS_CAP);
  const serum = deployment.truthSerum.connect(chain.connection.ethers.provider);
  const context = await epochsContext(workshop, serum);
  await chain.releaseBlocks();
  for (const { text, claimId } of plan.claims) {
    const { done } = await settleDueEpochs(context, [{ claimId, epoch }]);
    if (done !== 1) throw complain("the keeper did not settle", { text });
    onSettled();
  }
}

/** Adds up what the keeper's transactions did and used. */
export async function readKeeperWork({ chain, deployment, keeper, epoch }: Stage): Promise<KeeperWork> {
  const { truthSerum: serum } = deployment;
  const settled = new Map<string, bigint>();
  const distributed = new Map<string, bigint>();
  for (const { transactionHash } of await serum.queryFilter(serum.filters.BeliefScored(undefined, epoch))) {
    settled.set(transactionHash, (settled.get(transactionHash) ?? 0n) + 1n);
  }
  for (const { transactionHash, args } of await serum.queryFilter(serum.filters.EpochSettled(undefined, epoch))) {
    // With fewer than two opened beliefs everybody is settled at once, and nobody scored.
    if (!settled.has(transactionHash)) {
      settled.set(transactionHash, (await serum.epochState(args.claimId, epoch)).joined);
    }
  }
  for (const { transactionHash, args } of await serum.queryFilter(serum.filters.PartsDistributed(undefined, epoch))) {
    distributed.set(transactionHash, (distributed.get(transactionHash) ?? 0n) + args.to - args.from);
  }
  const batchesOf = async (sizes: ReadonlyMap<string, bigint>): Promise<Batches> => ({
    sizes: [...sizes.values()],
    gasUsed: await gasUsedBy(chain, sizes.keys()),
  });
  return {
    transactions: await chain.connection.ethers.provider.getTransactionCount(keeper),
    settle: await batchesOf(settled),
    distribute: await batchesOf(distributed),
  };
}
