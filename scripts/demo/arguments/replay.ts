import { deployLocal } from "../../../ignition/deploy.ts";
import type { ArgumentParams } from "../../../sdk/argument/params.ts";
import { DemoChain } from "../chain.ts";
import { type Answer, peopleIn } from "../csv.ts";
import type { Progress } from "../progress.ts";
import { readPurses } from "../purses.ts";
import { DAY } from "../time.ts";
import { type Audit, audit, type PersonFlows, type Snapshot } from "./accounts.ts";
import { DEBATE_FILE, type Debate, requireLengths } from "./debate.ts";
import { type DebateEvent, readDebateEvents } from "./events.ts";
import { type ArgumentOutcome, argumentOutcomes, flowsOf, userOf } from "./figures.ts";
import { type KeeperWork, readKeeperWork } from "./keeper.ts";
import { modelChecks } from "./model.ts";
import { type Person, type PlannedClaim, planDebate } from "./plan.ts";
import { type Notes, runDebate } from "./run.ts";
import { preparationCalls, type Refused, type Stage, setStage } from "./stage.ts";
import { STORY } from "./story.ts";

/** What happened, all of it read from the chain. */
export interface ReplayResult {
  readonly people: readonly Person[];
  /** Addresses, by person. */
  readonly users: readonly string[];
  readonly claims: readonly PlannedClaim[];
  /** In the order of their ids. */
  readonly arguments: readonly ArgumentOutcome[];
  /** By person. */
  readonly flows: readonly PersonFlows[];
  readonly events: readonly DebateEvent[];
  readonly refused: readonly Refused[];
  /** When the debate begins, in unix seconds. */
  readonly start: bigint;
  readonly rules: ArgumentParams;
  readonly keeper: KeeperWork;
  readonly gas: Notes["gas"];
  readonly audit: Audit;
}

/**
 * Deploys the protocol on a chain of its own and lives through a debate on it. Throws `DebateFileError` where the debate
 * does not fit the rules, and `DemoTransactionError` where the contracts refuse a step, or do not refuse one that they
 * should.
 *
 * @param answers Those who judged a debated claim are the crowd.
 */
export async function replayDebate(
  debate: Debate,
  answers: readonly Answer[],
  progress: Progress,
): Promise<ReplayResult> {
  // Besides debaters and crowd: who deploys, who sponsors, and who pays what has expired.
  const chain = await DemoChain.start(debate.debaters.length + peopleIn(answers).length + 3);
  try {
    const deployment = await deployLocal(chain.connection);
    const rules = await deployment.argumentStaking.params();
    requireLengths(debate, DEBATE_FILE, rules);
    const plan = planDebate(debate, STORY, answers, rules);
    await chain.holdBlocks();
    const stage = await setStage(chain, deployment, plan, (await chain.now()) + DAY);
    await chain.mineNext(await preparationCalls(stage));
    return await conclude(stage, rules, await runDebate(stage, progress));
  } finally {
    await chain.close();
  }
}

/** What happened, from the events, books and balances of the chain. */
async function conclude(stage: Stage, rules: ArgumentParams, notes: Notes): Promise<ReplayResult> {
  const { chain, deployment, plan, start } = stage;
  const { argumentStaking: staking, councilToken } = deployment;
  const { people, claims } = plan;
  const users = people.map((_, person) => userOf(chain.accountOf(person)));
  const events = await readDebateEvents(staking, chain.connection.ethers.provider);
  const outcomes = await argumentOutcomes(staking, events, users);
  const flows = people.map((each, person) => flowsOf(each, users[person] as string, events, outcomes, person));
  const purses = await readPurses(
    chain,
    councilToken,
    people.map(({ purse }) => purse),
  );
  const { refused, snapshots, gas } = notes;
  const lived = { rules, people, users, claims, arguments: outcomes, events, refused, purses };
  const compared = modelChecks({ ...lived, staking: stage.staking, end: snapshots.at(-1) as Snapshot });
  return {
    people,
    users,
    claims,
    arguments: outcomes,
    flows,
    events,
    refused,
    start,
    rules,
    keeper: await readKeeperWork(stage, events),
    gas,
    audit: audit(outcomes, flows, snapshots, purses, compared),
  };
}
