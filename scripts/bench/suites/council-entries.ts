import { DAY, HOUR } from "../chain.ts";
import type { CouncilTask } from "./council.ts";
import { measureChamber } from "./council-chamber.ts";
import { measureGovernance } from "./council-governance.ts";
import { measureRewards } from "./council-rewards.ts";
import { beginPeriod, type CouncilStage, gatherStakers, openCouncilStage, stake } from "./council-stage.ts";
import { measureStaking } from "./council-staking.ts";
import { ACT } from "./stage.ts";

/** Others who have staked, wherever nothing else is said. */
const COMPANY = 20;

/**
 * Measures every row of the council suite on a chain of its own. Each group of rows begins a day after the same: others
 * have staked, then the author, and a period of rewards streams.
 */
export async function measureCouncilEntries(): Promise<Record<CouncilTask, bigint>> {
  const stage = await openCouncilStage();
  const { aside, openedAt } = stage;
  try {
    const token = await aside(() => measureToken(stage));
    const firstStake = await aside(() => stake(stage, "supporter", openedAt));
    await gatherStakers(stage, "staker", COMPANY, openedAt);
    const { fund, start } = await beginPeriod(stage, openedAt + HOUR);
    await stake(stage, "author", openedAt + 2n * HOUR);
    const at = openedAt + DAY;
    return {
      ...token,
      "stake, first of all": firstStake,
      ...(await aside(() => measureStaking(stage, at))),
      "fund, first": fund,
      "startPeriod, first": start,
      ...(await aside(() => measureRewards(stage, at))),
      ...(await aside(() => measureGovernance(stage, at))),
      ...(await measureChamber(stage, at)),
    };
  } finally {
    await stage.connection.close();
  }
}

async function measureToken({ cast, councilToken, openedAt, send }: CouncilStage) {
  const at = openedAt;
  const token = councilToken.connect(cast.author);
  return {
    "transfer, to an account that has some": await send(at, () => token.transfer(cast.supporter, ACT)),
    burn: await send(at + 1n, () => token.burn(ACT)),
    "mintInflation, later in a year": await send(at + 2n, () => councilToken.mintInflation(cast.author, ACT)),
    "mintInflation, first in a year": await send(at + 366n * DAY, () => councilToken.mintInflation(cast.author, ACT)),
  } satisfies Partial<Record<CouncilTask, bigint>>;
}
