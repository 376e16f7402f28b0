import { pino } from "pino";
import { Chain } from "../../../keeper/chain.ts";
import { epochsContext } from "../../../keeper/jobs/epoch.ts";
import { settleDueEpochs } from "../../../keeper/jobs/epochs.ts";
import { DemoTransactionError } from "../chain.ts";
import type { Stage } from "./stage.ts";

/** The most gas that a transaction can have on Ethereum, by EIP-7825. */
const GAS_CAP = 2n ** 24n;

/** Milliseconds that a transaction may take on a chain that mines it at once. */
const STUCK_AFTER = 10_000;

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
  const { provider } = chain.connection.ethers;
  const complaints: string[] = [];
  const context = await epochsContext(new Chain(provider, keeper, "latest"), deployment.truthSerum.connect(provider), {
    limits: { gasCap: GAS_CAP, stuckAfter: STUCK_AFTER, isDryRun: false },
    log: pino({ level: "error" }, { write: (line) => complaints.push(line.trim()) }),
    signal: new AbortController().signal,
    rest: 0,
  });
  await chain.releaseBlocks();
  for (const { text, claimId } of plan.claims) {
    const { done } = await settleDueEpochs(context, [{ claimId, epoch }]);
    if (done !== 1) throw new DemoTransactionError(["the keeper did not settle", ...complaints].join("\n"), { text });
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
  const { provider } = chain.connection.ethers;
  const batchesOf = async (sizes: ReadonlyMap<string, bigint>): Promise<Batches> => {
    let gasUsed = 0n;
    for (const hash of sizes.keys()) gasUsed += (await provider.getTransactionReceipt(hash))?.gasUsed ?? 0n;
    return { sizes: [...sizes.values()], gasUsed };
  };
  return {
    transactions: await provider.getTransactionCount(keeper),
    settle: await batchesOf(settled),
    distribute: await batchesOf(distributed),
  };
}
