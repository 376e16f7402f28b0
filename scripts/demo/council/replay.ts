import { deployLocal } from "../../../ignition/deploy.ts";
import { DemoChain } from "../chain.ts";
import type { Progress } from "../progress.ts";
import { type Audit, audit, type Books, sourcesOf } from "./accounts.ts";
import type { Snapshot } from "./books.ts";
import { PEOPLE } from "./cast.ts";
import { modelChecks, modelGround } from "./compare.ts";
import { type CouncilEvent, readCouncilEvents } from "./events.ts";
import {
  type ProposalOutcome,
  proposalOutcomes,
  type SessionOutcome,
  type StakerOutcome,
  sessionOutcomes,
  stakerOutcomes,
  type Tokenomics,
  tokenomics,
} from "./figures.ts";
import { GRANT } from "./motions.ts";
import { type Notes, type Refused, runYear } from "./run.ts";
import { preparationCalls, type Stage, setStage, TREASURY } from "./stage.ts";

/** What happened, all of it read from the chain. */
export interface ReplayResult {
  /** When the story begins, in unix seconds. */
  readonly start: bigint;
  /** Addresses, by person. */
  readonly users: readonly string[];
  readonly events: readonly CouncilEvent[];
  readonly refused: readonly Refused[];
  readonly stakers: readonly StakerOutcome[];
  readonly proposals: readonly ProposalOutcome[];
  readonly sessions: readonly SessionOutcome[];
  readonly tokenomics: Tokenomics;
  readonly sources: ReturnType<typeof sourcesOf>;
  readonly gas: Notes["gas"];
  readonly audit: Audit;
}

/**
 * Deploys the protocol on a chain of its own, makes its timelock the admin, and lives through a year of the council on
 * it. Throws `DemoTransactionError` where the contracts refuse a step, or do not refuse one that they should.
 */
export async function replayCouncil(progress: Progress): Promise<ReplayResult> {
  const chain = await DemoChain.start(PEOPLE.length + 2); // the first account deploys, the last does what anyone may
  try {
    const stage = await setStage(chain, await deployLocal(chain.connection));
    await chain.holdBlocks();
    await chain.mineNext(preparationCalls(stage));
    return await conclude(stage, await runYear(stage, progress));
  } finally {
    await chain.close();
  }
}

/** What happened, from the events, books and balances of the chain. */
async function conclude(stage: Stage, { refused, snapshots, counts, gas }: Notes): Promise<ReplayResult> {
  const { chain, deployment, addresses, start } = stage;
  const events = await readCouncilEvents(stage);
  const stakers = await stakerOutcomes(stage, events);
  const proposals = await proposalOutcomes(stage, counts, events);
  const sessions = await sessionOutcomes(stage, events);
  const figures = await tokenomics(stage, snapshots, stakers, proposals, events);
  const books: Books = {
    stakers,
    proposals,
    sessions,
    snapshots,
    events,
    ...addresses,
    treasury: figures.treasury,
    chamberBalance: await deployment.councilToken.balanceOf(addresses.chamber),
    firstTreasury: TREASURY,
    granted: GRANT,
  };
  const observed = { stakers, proposals, sessions, events, end: snapshots.at(-1) as Snapshot };
  return {
    start,
    users: PEOPLE.map((_, person) => chain.accountOf(person)),
    events,
    refused,
    stakers,
    proposals,
    sessions,
    tokenomics: figures,
    sources: sourcesOf(books),
    gas,
    audit: audit(books, modelChecks(observed, await modelGround(stage, sessions))),
  };
}
