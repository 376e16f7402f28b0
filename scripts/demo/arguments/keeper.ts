import { payExpiredStakes } from "../../../keeper/jobs/arguments.ts";
import { employKeeper, gasUsedBy } from "../keeper.ts";
import { type DebateEvent, eventsOf } from "./events.ts";
import type { Stage } from "./stage.ts";

/** An eighth of what a transaction can have on Ethereum, so that a crowd's stakes take more than one. */
const GAS_CAP = 2n ** 21n;

/** What the keeper did, by the events that its transactions left. */
export interface KeeperWork {
  /** Stakes that each of its transactions paid. */
  readonly sizes: readonly bigint[];
  /** Gas that all of them used. */
  readonly gasUsed: bigint;
}

/**
 * Lets the project's keeper pay what has expired.
 *
 * @param time When it comes, in unix seconds, after the latest block.
 * @throws DemoTransactionError where the keeper leaves something undone, with what it logged.
 */
export async function letKeeperPay({ chain, deployment, keeper }: Stage, time: bigint): Promise<void> {
  const { workshop, complain } = employKeeper(chain, keeper, GAS_CAP);
  const staking = deployment.argumentStaking.connect(chain.connection.ethers.provider);
  await chain.mineAt(time);
  await chain.releaseBlocks();
  const { due, done } = await payExpiredStakes({ ...workshop, staking });
  await chain.holdBlocks();
  if (done < due) throw complain("the keeper did not pay what has expired");
}

/** Adds up what the keeper's transactions did and used. */
export async function readKeeperWork({ chain }: Stage, events: readonly DebateEvent[]): Promise<KeeperWork> {
  const sizes = new Map<string, bigint>();
  for (const { transactionHash } of eventsOf(events, "expired")) {
    sizes.set(transactionHash, (sizes.get(transactionHash) ?? 0n) + 1n);
  }
  return { sizes: [...sizes.values()], gasUsed: await gasUsedBy(chain, sizes.keys()) };
}
