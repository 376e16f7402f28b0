import { CredenceError } from "../../../sdk/errors.ts";
import { DAY, HOUR } from "../chain.ts";
import type { CouncilTask } from "./council.ts";
import { type CouncilStage, gatherStakers, sendAll, sendAs, stake } from "./council-stage.ts";
import { ACT } from "./stage.ts";

/** Where agents tell who they are: as long as the content ids of IPFS. */
const METADATA = "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi";
const TOPIC = "Did turnout fall because polling stations were closed?";
const OPTIONS = ["Yes, mostly", "In part", "No"];
const FEE = 100n * ACT;

/** Members of a session, the usual number and the most. */
const FEW = 5;
const MANY = 25;

/** What decides who is drawn. */
const RANDOMNESS = 7n;

/** A session whose members vote. */
interface Sitting {
  readonly sessionId: bigint;
  readonly members: readonly string[];
}

/** Gas of the chamber from second `at` on, each group of rows apart from the others. */
export async function measureChamber(stage: CouncilStage, at: bigint) {
  const { aside } = stage;
  return {
    ...(await aside(() => measureAgents(stage, at))),
    ...(await aside(() => measureOpening(stage, at))),
    "drawSession, 5 of 10 agents": await aside(() => drawOf(stage, at, 10)),
    "drawSession, 5 of 100 agents": await aside(() => drawOf(stage, at, 100)),
    "drawSession, 5 of 1,000 agents": await aside(() => drawOf(stage, at, 1_000)),
    "drawSession, 25 of 100 agents": await aside(() => drawOf(stage, at, 100, MANY)),
    ...(await aside(() => measureSitting(stage, at))),
    "closeSession, 25 of 25 have voted": await aside(async () => {
      const sitting = await sit(stage, at, 100, MANY);
      await voteAll(stage, at + 2n * HOUR, sitting, () => 0);
      return close(stage, at + 3n * HOUR, sitting, 0n);
    }),
  } satisfies Partial<Record<CouncilTask, bigint>>;
}

async function measureAgents(stage: CouncilStage, at: bigint) {
  const { aside, cast, councilChamber, send } = stage;
  const author = councilChamber.connect(cast.author);
  const register = (second: bigint) => send(second, () => author.registerAgent(METADATA));
  const refresh = (second: bigint) => send(second, () => author.refreshAgent(cast.author));
  const first = await aside(() => register(at));
  await gatherAgents(stage, at, 10);
  const eleventh = await register(at + HOUR);
  const idle = await aside(() => refresh(at + 2n * HOUR));
  await stake(stage, "author", at + 2n * HOUR);
  return {
    "registerAgent, first of all": first,
    "registerAgent, 11th": eleventh,
    "registerAgent, says anew what it is": await aside(() => register(at + 3n * HOUR)),
    "refreshAgent, nothing changes": idle,
    "refreshAgent, weighs more": await refresh(at + 3n * HOUR),
    unregisterAgent: await send(at + 4n * HOUR, () => author.unregisterAgent()),
  } satisfies Partial<Record<CouncilTask, bigint>>;
}

/** The contract is the deployer's, who is admin and guardian of a local deployment. */
async function measureOpening(stage: CouncilStage, at: bigint) {
  const { aside, cast, councilChamber, send } = stage;
  const first = await aside(() => open(stage, at, FEW));
  await open(stage, at, FEW);
  const next = await open(stage, at + 1n, FEW);
  const sessionId = await councilChamber.sessionCount();
  const opener = councilChamber.connect(cast.author);
  const cancelled = await aside(() => send(at + 8n * DAY, () => opener.cancelSession(sessionId)));
  return {
    "openSession, first of all": first,
    openSession: next,
    cancelSession: cancelled,
    setSquareRoot: await send(at + 2n * HOUR, () => councilChamber.setSquareRoot(true)),
    "pauseEntries of the chamber": await send(at + 3n * HOUR, () => councilChamber.pauseEntries()),
    "unpauseEntries of the chamber": await send(at + 4n * HOUR, () => councilChamber.unpauseEntries()),
  } satisfies Partial<Record<CouncilTask, bigint>>;
}

/** Among the usual number of members, the last of whom votes for another option than the others. */
async function measureSitting(stage: CouncilStage, at: bigint) {
  const { aside, cast, councilChamber, councilToken, send } = stage;
  const sitting = await sit(stage, at, 10, FEW);
  const [first = "", last = ""] = [sitting.members[0], sitting.members.at(-1)];
  const votingAt = at + 2n * HOUR;
  const donor = councilChamber.connect(cast.author);
  const funded = await aside(() => send(votingAt, () => donor.fundSession(sitting.sessionId, FEE)));
  const firstVote = await aside(() => vote(stage, votingAt, sitting, first, 0));
  const tied = await aside(async () => {
    await voteAll(stage, votingAt, { ...sitting, members: sitting.members.slice(0, FEW - 1) }, (index) => index % 2);
    return close(stage, at + 3n * DAY, sitting, 255n);
  });
  await voteAll(stage, votingAt, { ...sitting, members: sitting.members.slice(0, FEW - 1) }, () => 0);
  const lastVote = await vote(stage, votingAt + HOUR, sitting, last, 1);
  const closed = await close(stage, votingAt + 2n * HOUR, sitting, 0n);
  const to = await councilChamber.getAddress();
  const data = councilChamber.interface.encodeFunctionData("withdraw");
  await councilToken.transfer(first, ACT);
  return {
    fundSession: funded,
    "castVote in a session, first": firstVote,
    "castVote in a session, last of 5": lastVote,
    "closeSession, 5 of 5 have voted": closed,
    "closeSession, 4 of 5 have voted, no decision": tied,
    "withdraw from the chamber": await sendAs(stage, first, votingAt + 3n * HOUR, { to, data }),
  } satisfies Partial<Record<CouncilTask, bigint>>;
}

/** The author opens a session at second `at`. */
function open({ cast, councilChamber, send }: CouncilStage, at: bigint, size: number): Promise<bigint> {
  return send(at, () => councilChamber.connect(cast.author).openSession(TOPIC, size, OPTIONS, DAY, FEE));
}

async function drawOf(stage: CouncilStage, at: bigint, agents: number, size = FEW): Promise<bigint> {
  await gatherAgents(stage, at, agents);
  await open(stage, at + HOUR, size);
  return draw(stage, at + HOUR + 2n);
}

/** The last session's members are drawn at second `at`, once a block has gone by since its opening. */
async function draw({ connection, councilChamber, send, sendBlock }: CouncilStage, at: bigint): Promise<bigint> {
  const sessionId = await councilChamber.sessionCount();
  await sendBlock(at - 1n, []);
  await connection.networkHelpers.setPrevRandao(RANDOMNESS);
  const gas = await send(at, () => councilChamber.drawSession(sessionId));
  const { endsAt } = await councilChamber.session(sessionId);
  if (endsAt === 0n) throw new CredenceError("the session that is measured has no members", { sessionId });
  return gas;
}

/** A session of so many of so many agents, which goes on from an hour after second `at`. */
async function sit(stage: CouncilStage, at: bigint, agents: number, size: number): Promise<Sitting> {
  await drawOf(stage, at, agents, size);
  const sessionId = await stage.councilChamber.sessionCount();
  const members = await stage.councilChamber.members(sessionId);
  return { sessionId, members: members.map(({ agent }) => agent) };
}

function vote(stage: CouncilStage, at: bigint, { sessionId }: Sitting, member: string, option: number) {
  return ballot(stage, sessionId, option).then((call) => sendAs(stage, member, at, call));
}

async function voteAll(
  stage: CouncilStage,
  at: bigint,
  { sessionId, members }: Sitting,
  optionOf: (index: number) => number,
): Promise<void> {
  for (const [index, member] of members.entries()) {
    await sendAll(stage, at + BigInt(index), [member], await ballot(stage, sessionId, optionOf(index)));
  }
}

async function ballot({ councilChamber }: CouncilStage, sessionId: bigint, option: number) {
  const data = councilChamber.interface.encodeFunctionData("castVote", [sessionId, option]);
  return { to: await councilChamber.getAddress(), data };
}

/** Gas of closing a session at second `at`, by somebody with no part in it. Throws unless it ends as told. */
async function close(
  { cast, councilChamber, send }: CouncilStage,
  at: bigint,
  { sessionId }: Sitting,
  decision: bigint,
): Promise<bigint> {
  const gas = await send(at, () => councilChamber.connect(cast.latecomer).closeSession(sessionId));
  const session = await councilChamber.session(sessionId);
  if (session.decision !== decision) {
    throw new CredenceError("the session that is measured ended otherwise", { decision, actual: session.decision });
  }
  return gas;
}

/** People who have staked and registered as agents, from second `at` on. */
async function gatherAgents(stage: CouncilStage, at: bigint, count: number): Promise<void> {
  const { councilChamber } = stage;
  const people = await gatherStakers(stage, "agent", count, at);
  const data = councilChamber.interface.encodeFunctionData("registerAgent", [METADATA]);
  await sendAll(stage, at + HOUR / 2n, people, { to: await councilChamber.getAddress(), data });
  const agents = await councilChamber.agentCount();
  if (agents !== BigInt(count)) throw new CredenceError("not everybody registered as told", { count, agents });
}
