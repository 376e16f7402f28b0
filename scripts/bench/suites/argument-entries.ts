import { MINUTE } from "../../../sdk/time.ts";
import { HOUR } from "../chain.ts";
import type { ArgumentTask } from "./argument.ts";
import { measureCuration } from "./argument-curation.ts";
import { type Debate, DISCUSSED_AFTER, IGNORED_AFTER, openDebate } from "./argument-debate.ts";
import { measureExpiry } from "./argument-expiry.ts";
import { expire } from "./argument-people.ts";
import { type ArgumentStage, fundReserve, openArgumentStage, readParams } from "./argument-stage.ts";
import { measureUpvotes } from "./argument-upvotes.ts";
import { measureWriting } from "./argument-writing.ts";
import { dismissRecorder } from "./recorder.ts";

/** Measures every row of the argument suite on a chain of its own. Each group of rows starts from the same debate. */
export async function measureArgumentEntries(): Promise<Record<ArgumentTask, bigint>> {
  const stage = await openArgumentStage();
  try {
    const reserve = await stage.aside(() => measureReserve(stage));
    const debate = await openDebate(stage);
    return {
      ...reserve,
      ...(await stage.aside(() => measureWriting(debate))),
      ...(await stage.aside(() => measureUpvotes(debate))),
      ...(await stage.aside(() => measureCuration(debate))),
      ...(await stage.aside(() => measureExpiry(debate))),
      ...(await stage.aside(() => measureWithdrawals(debate))),
      ...(await stage.aside(() => measureGovernance(debate))),
    };
  } finally {
    await stage.connection.close();
  }
}

async function measureReserve(stage: ArgumentStage) {
  return {
    "fundRewards, first": await fundReserve(stage, stage.startsAt),
    "fundRewards, again": await fundReserve(stage, stage.startsAt + HOUR),
  } satisfies Partial<Record<ArgumentTask, bigint>>;
}

/** The author takes the first of two stakes that expire one after the other, and then the second. */
async function measureWithdrawals(debate: Debate) {
  const { argumentStaking, cast, writers, writtenAt, period, send } = debate;
  const expiredAt = writtenAt + period + DISCUSSED_AFTER;
  const withdraw = (at: bigint) => send(at, () => argumentStaking.connect(cast.author).withdraw());
  await expire(debate, expiredAt, writers.length + 1);
  const first = await withdraw(expiredAt + 1n);
  await expire(debate, writtenAt + period + IGNORED_AFTER, 1);
  return {
    "withdraw, first of a user": first,
    "withdraw, again": await withdraw(expiredAt + HOUR),
  } satisfies Partial<Record<ArgumentTask, bigint>>;
}

/** The contract is the deployer's, who is admin and guardian of a local deployment. */
async function measureGovernance(debate: Debate) {
  const { argumentStaking, openedAt, send } = debate;
  const params = await readParams(argumentStaking);
  const lower = { ...params, interestRateBps: params.interestRateBps / 2n };
  const longer = { ...lower, period: 2n * params.period };
  return {
    "setParams, same period": await send(openedAt, () => argumentStaking.setParams(lower)),
    "setParams, another period": await send(openedAt + HOUR, () => argumentStaking.setParams(longer)),
    setRecorder: await dismissRecorder(debate, argumentStaking, openedAt + 90n * MINUTE),
    pauseEntries: await send(openedAt + 2n * HOUR, () => argumentStaking.pauseEntries()),
    unpauseEntries: await send(openedAt + 3n * HOUR, () => argumentStaking.unpauseEntries()),
  } satisfies Partial<Record<ArgumentTask, bigint>>;
}
