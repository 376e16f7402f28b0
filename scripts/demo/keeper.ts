import { pino } from "pino";
import { Chain } from "../../keeper/chain.ts";
import { openWorkshop, type Workshop } from "../../keeper/workshop.ts";
import { type DemoChain, DemoTransactionError } from "./chain.ts";

/** Milliseconds that a transaction may take on a chain that mines it at once. */
const STUCK_AFTER = 10_000;

/** The project's keeper at work on a demo's chain. */
export interface DemoKeeper {
  readonly workshop: Workshop;
  /** A `DemoTransactionError` that says what the keeper logged about it. */
  complain(problem: string, facts?: Readonly<Record<string, string>>): DemoTransactionError;
}

/**
 * Employs the project's keeper.
 *
 * @param account Who sends its transactions.
 * @param gasCap The most gas of each.
 */
export function employKeeper(chain: DemoChain, account: string, gasCap: bigint): DemoKeeper {
  const complaints: string[] = [];
  const workshop = openWorkshop(new Chain(chain.connection.ethers.provider, account, "latest"), {
    limits: { gasCap, stuckAfter: STUCK_AFTER, isDryRun: false },
    log: pino({ level: "error" }, { write: (line) => complaints.push(line.trim()) }),
    signal: new AbortController().signal,
    rest: 0,
  });
  return {
    workshop,
    complain: (problem, facts) => new DemoTransactionError([problem, ...complaints].join("\n"), facts),
  };
}

/** Gas that transactions used together. */
export async function gasUsedBy(chain: DemoChain, hashes: Iterable<string>): Promise<bigint> {
  let gasUsed = 0n;
  for (const hash of hashes) {
    gasUsed += (await chain.connection.ethers.provider.getTransactionReceipt(hash))?.gasUsed ?? 0n;
  }
  return gasUsed;
}
