import { DAY, HOUR } from "../chain.ts";
import { each } from "./people.ts";
import type { QueryTask } from "./query.ts";
import { measureParts } from "./query-parts.ts";
import { measureSettling } from "./query-settling.ts";
import {
  ask,
  CONTENT_HASH,
  LEAST,
  MOST,
  openQueryStage,
  type QueryStage,
  setRanks,
  URI,
  USUAL,
} from "./query-stage.ts";
import { dismissRecorder } from "./recorder.ts";
import { permitAhead } from "./stage.ts";

/** Measures every row of the query suite on a chain of its own. Each group of rows begins after the same first question. */
export async function measureQueryEntries(): Promise<Record<QueryTask, bigint>> {
  const stage = await openQueryStage();
  const { aside, openedAt } = stage;
  try {
    const first = await ask(stage, openedAt);
    const at = openedAt + DAY;
    return {
      "ask, first of all": first,
      ...(await aside(() => measureRanks(stage, at))),
      ...(await aside(() => measureAsking(stage, at))),
      ...(await measureParts(stage, at)),
      ...(await measureSettling(stage, at)),
      ...(await aside(() => measureGovernance(stage, at))),
    };
  } finally {
    await stage.connection.close();
  }
}

async function measureRanks(stage: QueryStage, at: bigint) {
  const { judges } = stage;
  const rank = async (second: bigint, rank: number) => each(await setRanks(stage, second, judges, () => rank), MOST);
  return {
    "setRanks, each of 32 without a rank": await rank(at, 1),
    "setRanks, each of 32 with another rank": await rank(at + HOUR, 2),
  } satisfies Partial<Record<QueryTask, bigint>>;
}

async function measureAsking(stage: QueryStage, at: bigint) {
  const timing = { answering: 2n * DAY, opening: DAY, judging: 2n * DAY, revealing: DAY };
  return {
    ask: await stage.aside(() => ask(stage, at)),
    "ask, windows of its own": await stage.aside(() => ask(stage, at, { timing })),
    askWithPermit: await stage.aside(() => askWithPermit(stage, at, false)),
    "askWithPermit, permit sent ahead by another": await stage.aside(() => askWithPermit(stage, at, true)),
  } satisfies Partial<Record<QueryTask, bigint>>;
}

/** The signatory asks at second `at`. `isSentAhead`: somebody else uses the permit first, an hour before. */
async function askWithPermit(stage: QueryStage, at: bigint, isSentAhead: boolean): Promise<bigint> {
  const { cast, queryEscrow, send } = stage;
  const { submitStake } = await queryEscrow.stakesFor(0, LEAST);
  const { deadline, v, r, s } = await permitAhead(stage, queryEscrow, submitStake, at, isSentAhead);
  return send(at, () =>
    queryEscrow.connect(cast.signatory).askWithPermit(CONTENT_HASH, URI, 0, LEAST, MOST, USUAL, deadline, v, r, s),
  );
}

/** The contract is the deployer's, who is admin and guardian of a local deployment. */
async function measureGovernance(stage: QueryStage, at: bigint) {
  const { queryEscrow, send } = stage;
  return {
    pauseEntries: await send(at, () => queryEscrow.pauseEntries()),
    unpauseEntries: await send(at + HOUR, () => queryEscrow.unpauseEntries()),
    setRecorder: await dismissRecorder(stage, queryEscrow, at + 2n * HOUR),
  } satisfies Partial<Record<QueryTask, bigint>>;
}
