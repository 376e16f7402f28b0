import { CredenceError } from "../../../sdk/errors.ts";
import { HOUR } from "../chain.ts";
import type { ArgumentTask } from "./argument.ts";
import type { Debate } from "./argument-debate.ts";
import { REASON, upvote } from "./argument-stage.ts";

/** Gas of upvoting. The supporter and the challenger have not staked before; the skeptic goes on upvoting. */
export async function measureUpvotes(debate: Debate) {
  const { aside, discussed, ignored, openedAt } = debate;
  const [first, second] = await aside(async () => [
    await upvote(debate, openedAt, "supporter", ignored),
    await upvote(debate, openedAt + HOUR, "challenger", ignored),
  ]);
  return {
    "upvote, newcomer": await aside(() => upvote(debate, openedAt, "supporter", discussed)),
    "upvote, newcomer, first of an argument": first,
    "upvote, newcomer, second of an argument": second,
    "upvote, newcomer, ends a jail": await aside(() => measureUnjailing(debate)),
    ...(await measureReturning(debate)),
  } satisfies Partial<Record<ArgumentTask, bigint>>;
}

/** A slasher finds the author's other argument unhelpful. */
async function measureUnjailing(debate: Debate): Promise<bigint> {
  const { argumentStaking, cast, discussed, ignored, openedAt, send } = debate;
  const slasher = argumentStaking.connect(cast.signatory);
  await send(openedAt, () => slasher.markUnhelpful(ignored, REASON));
  const gas = await upvote(debate, openedAt + HOUR, "supporter", discussed);
  const { jailedUntil } = await argumentStaking.account(cast.author);
  if (jailedUntil !== 0n) throw new CredenceError("the upvote that is measured ended no jail", { jailedUntil });
  return gas;
}

/** The skeptic upvotes the writers' arguments, one an hour, and after some of them the discussed one. */
async function measureReturning(debate: Debate) {
  const { aside, argumentStaking, cast, discussed, openedAt, period, writers } = debate;
  const { upvoteStake } = await argumentStaking.params();
  let made = 0n;
  const madeAt = () => openedAt + made * HOUR;
  const upvoteUntil = async (count: bigint) => {
    for (; made < count; made++) await upvote(debate, madeAt(), "skeptic", made + 1n);
  };
  const upvoteWith = (running: bigint, at: bigint) =>
    aside(async () => {
      const gas = await upvote(debate, at, "skeptic", discussed);
      const stakes = (await argumentStaking.runningStake(cast.skeptic)) / upvoteStake;
      if (stakes !== running + 1n) throw new CredenceError("other stakes run than told", { running, stakes });
      return gas;
    });
  const upvoteAfter = async (count: bigint) => {
    await upvoteUntil(count);
    return upvoteWith(count, madeAt());
  };
  const all = BigInt(writers.length);
  return {
    "upvote, returning, 1 stake runs": await upvoteAfter(1n),
    "upvote, returning, 10 stakes run": await upvoteAfter(10n),
    "upvote, returning, 63 stakes run": await upvoteAfter(63n),
    "upvote, returning, 100 stakes run": await upvoteAfter(all),
    "upvote, returning, 50 of 100 stakes have ended meanwhile": await upvoteWith(
      all / 2n,
      openedAt + (all / 2n - 1n) * HOUR + period,
    ),
    "upvote, returning, all of 100 stakes have ended meanwhile": await upvoteWith(0n, madeAt() + period),
  } satisfies Partial<Record<ArgumentTask, bigint>>;
}
