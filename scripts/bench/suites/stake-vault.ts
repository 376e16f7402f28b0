import { DAY, HOUR } from "../chain.ts";
import { permitAhead, type Stage, USDC } from "./stage.ts";
import type { StakeTask } from "./stake.ts";

const STAKE = 1_000n * USDC;

/** Gas of paying stake in and out of a vault that others use. */
export async function measureVault(stage: Stage, start: bigint) {
  const { cast, stakeVault, aside, send } = stage;
  const ofUser = stakeVault.connect(cast.supporter);
  const depositWithPermit = (isSentAhead: boolean) =>
    aside(async () => {
      const { deadline, v, r, s } = await permitAhead(stage, stakeVault, STAKE, start, isSentAhead);
      return send(start, () => stakeVault.connect(cast.signatory).depositWithPermit(STAKE, deadline, v, r, s));
    });
  return {
    "depositWithPermit, first of a user": await depositWithPermit(false),
    "depositWithPermit, permit sent ahead by another": await depositWithPermit(true),
    "deposit, first of a user": await send(start, () => ofUser.deposit(STAKE)),
    "deposit, again": await send(start + HOUR, () => ofUser.deposit(STAKE)),
    "withdraw, part": await send(start + DAY, () => ofUser.withdraw(STAKE)),
    "withdraw, everything": await send(start + DAY + HOUR, () => ofUser.withdraw(STAKE)),
  } satisfies Partial<Record<StakeTask, bigint>>;
}
