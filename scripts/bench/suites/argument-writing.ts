import { HOUR } from "../chain.ts";
import type { ArgumentTask } from "./argument.ts";
import { type Debate, DISCUSSED_AFTER } from "./argument-debate.ts";
import { expire, stakeAll, upvotings } from "./argument-people.ts";
import { openClaim, write } from "./argument-stage.ts";
import { dismissRecorder, joinCouncil } from "./recorder.ts";
import type { Cast } from "./stage.ts";

/** How many arguments somebody upvotes before deleting their own. */
const UPVOTED = 63;

/** Gas of writing arguments and of taking them back. The author is the one who returns. */
export async function measureWriting(debate: Debate) {
  const { aside, send, claimId, openedAt } = debate;
  const deletion = await aside(() => measureDeletion(debate));
  const first = await aside(async () => {
    const quiet = await openClaim(debate, "a claim that nobody argues about yet", openedAt);
    return send(openedAt + HOUR, () => write(debate, "supporter", quiet));
  });
  // The list's length and its label share their slot with six ids, and each other slot holds eight.
  const opening = await send(openedAt, () => write(debate, "challenger", claimId));
  const writeNext = (who: keyof Cast, bodyLength?: number) =>
    aside(() => send(openedAt + HOUR, () => write(debate, who, claimId, bodyLength)));
  return {
    "createArgument, newcomer": await writeNext("supporter"),
    "createArgument, newcomer, opens a slot of the claim's list": opening,
    "createArgument, newcomer, first of a claim": first,
    "createArgument, returning": await writeNext("author"),
    "createArgument, returning, a body of 1,250 bytes": await writeNext("author", 1_250),
    ...(await measureRecords(debate)),
    ...deletion,
  } satisfies Partial<Record<ArgumentTask, bigint>>;
}

/** The supporter writes: with nothing that records it, and with a stake in the council. */
async function measureRecords(debate: Debate) {
  const { aside, argumentStaking, cast, claimId, openedAt, send } = debate;
  const writeAfter = (prepare: () => Promise<unknown>) =>
    aside(async () => {
      await prepare();
      return send(openedAt + 2n * HOUR, () => write(debate, "supporter", claimId));
    });
  const at = openedAt + HOUR;
  return {
    "createArgument, newcomer, no recorder": await writeAfter(() => dismissRecorder(debate, argumentStaking, at)),
    "createArgument, newcomer who has staked in the council": await writeAfter(() =>
      joinCouncil(debate, cast.supporter, at),
    ),
  } satisfies Partial<Record<ArgumentTask, bigint>>;
}

async function measureDeletion(debate: Debate) {
  const { aside, argumentStaking, cast, ignored, openedAt, writtenAt, period, send, writers } = debate;
  const deleteAt = (at: bigint) => send(at, () => argumentStaking.connect(cast.author).deleteArgument(ignored));
  return {
    "deleteArgument, nothing credited before": await aside(() => deleteAt(openedAt)),
    "deleteArgument, credited before": await aside(async () => {
      const at = writtenAt + period + DISCUSSED_AFTER;
      await expire(debate, at, writers.length + 1);
      return deleteAt(at + 1n);
    }),
    "deleteArgument, 63 stakes made since": await aside(async () => {
      const voters = Array.from({ length: UPVOTED }, () => cast.author.address);
      await stakeAll(debate, openedAt, await upvotings(debate, voters, (index) => BigInt(index) + 1n));
      return deleteAt(openedAt + HOUR);
    }),
  } satisfies Partial<Record<ArgumentTask, bigint>>;
}
