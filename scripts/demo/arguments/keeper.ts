import { pino } from "pino";
import { Chain } from "../../../keeper/chain.ts";
import { payExpiredStakes } from "../../../keeper/jobs/arguments.ts";
import { openWorkshop } from "../../../keeper/workshop.ts";
import { DemoTransactionError } from "../chain.ts";
import { type DebateEvent, eventsOf } from "./events.ts";
import type { Stage } from "./stage.ts";

/** An eighth of what a transaction can have on Ethereum, so that a crowd's stakes take more than one. */
const GAS_CAP = 2n ** 21n;

/** Milliseconds that a transaction may take on a chain that mines it at once. */
const STUCK_AFTER = 10_000;

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
  const { provider } = chain.connection.ethers;
  const complaints: string[] = [];
  const workshop = openWorkshop(new Chain(provider, keeper, "latest"), {
    limits: { gasCap: GAS_CAP, stuckAfter: STUCK_AFTER, isDryRun: false },
    log: pino({ level: "error" }, { write: (line) => complaints.push(line.trim()) }),
    signal: new AbortController().signal,
    rest: 0,
  });
  await chain.mineAt(time);
  await chain.releaseBlocks();
  const { due, done } = await payExpiredStakes({ ...workshop, staking: deployment.argumentStaking.connect(provider) });
  await chain.holdBlocks();
  if (done < due) throw new DemoTransactionError(["the keeper did not pay what has expired", ...complaints].join("\n"));
}

/** Adds up what the keeper's transactions did and used. */
export async function readKeeperWork({ chain }: Stage, events: readonly DebateEvent[]): Promise<KeeperWork> {
  const { provider } = chain.connection.ethers;
  const sizes = new Map<string, bigint>();
  for (const { transactionHash } of eventsOf(events, "expired")) {
    sizes.set(transactionHash, (sizes.get(transactionHash) ?? 0n) + 1n);
  }
  let gasUsed = 0n;
  for (const hash of sizes.keys()) gasUsed += (await provider.getTransactionReceipt(hash))?.gasUsed ?? 0n;
  return { sizes: [...sizes.values()], gasUsed };
}
