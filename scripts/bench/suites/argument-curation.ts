import { CredenceError } from "../../../sdk/errors.ts";
import { HOUR } from "../chain.ts";
import type { ArgumentTask } from "./argument.ts";
import type { Debate } from "./argument-debate.ts";
import { markings } from "./argument-people.ts";
import { REASON } from "./argument-stage.ts";
import type { Cast } from "./stage.ts";

/** Gas of marking arguments. The challenger is a curator by role, the signatory a slasher, the author has stakes. */
export async function measureCuration(debate: Debate) {
  const { aside, discussed, openedAt, period, writtenAt, writers, sendBlock } = debate;
  const at = openedAt + HOUR;
  return {
    "markUnhelpful, by role, first of an argument": await aside(() => mark(debate, at, "challenger", 1n, false)),
    "markUnhelpful, by stake, first of an argument": await aside(() => mark(debate, at, "author", 1n, false)),
    "markUnhelpful, the fifth decides": await aside(async () => {
      await sendBlock(openedAt + 1n, await markings(debate, writers.slice(-4), discussed));
      return mark(debate, at, "challenger", discussed, true);
    }),
    "markUnhelpful, a slasher decides": await aside(() => mark(debate, at, "signatory", discussed, true)),
    "markUnhelpful, a slasher decides, 100 stakes have expired": await aside(() =>
      mark(debate, writtenAt + period, "signatory", discussed, true),
    ),
  } satisfies Partial<Record<ArgumentTask, bigint>>;
}

/** Gas of a mark at second `at`, which has to decide, or not, as told. */
async function mark(
  debate: Debate,
  at: bigint,
  who: keyof Cast,
  argumentId: bigint,
  decides: boolean,
): Promise<bigint> {
  const { argumentStaking, cast, send } = debate;
  const gas = await send(at, () => argumentStaking.connect(cast[who]).markUnhelpful(argumentId, REASON));
  const decisions = await argumentStaking.queryFilter(argumentStaking.filters.ArgumentFoundUnhelpful(argumentId));
  if (decisions.length > 0 !== decides)
    throw new CredenceError("the mark that is measured decided otherwise", { decides });
  return gas;
}
