import { DAY, HOUR } from "../chain.ts";
import type { Stage } from "./stage.ts";
import type { StakeTask } from "./stake.ts";
import { Crowd } from "./stake-crowd.ts";
import { BATCH, measureSettling } from "./stake-settling.ts";
import { openStakeStage } from "./stake-stage.ts";
import { measureVault } from "./stake-vault.ts";
import { measureVenue } from "./stake-venue.ts";
import { measureVoices } from "./stake-voices.ts";

/** Measures every row of the stake suite on a chain of its own. Each group of rows starts from the same state. */
export async function measureStakeEntries(): Promise<Record<StakeTask, bigint>> {
  const stage = await openStakeStage();
  try {
    const crowd = await Crowd.gather(stage, "a claim that many speak on", Number(BATCH));
    const from = stage.startsAt + DAY;
    return {
      ...(await stage.aside(() => measureVault(stage, from))),
      ...(await stage.aside(() => measureVenue(stage, crowd, from))),
      ...(await stage.aside(() => measureVoices(stage, crowd))),
      ...(await stage.aside(() => measureSettling(stage, crowd))),
      ...(await stage.aside(() => measureGovernance(stage, from))),
    };
  } finally {
    await stage.connection.close();
  }
}

/** The contracts are the deployer's, who is admin and guardian of a local deployment. */
async function measureGovernance({ convictionMarket, truthSerum, send }: Stage, start: bigint) {
  return {
    pauseEntries: await send(start, () => convictionMarket.pauseEntries()),
    unpauseEntries: await send(start + HOUR, () => convictionMarket.unpauseEntries()),
    pauseCommits: await send(start + 2n * HOUR, () => truthSerum.pauseCommits()),
    unpauseCommits: await send(start + 3n * HOUR, () => truthSerum.unpauseCommits()),
  };
}
