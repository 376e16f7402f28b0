import { ZeroHash } from "ethers";
import type { Stage } from "./stage.ts";
import type { Story } from "./story.ts";

/** The end of the arguments of what takes a permit, where the allowance is there without one. */
export const NO_PERMIT = [0n, 0n, ZeroHash, ZeroHash] as const;

/** The call of every contract that asks the `AccessManager`. */
export function managed({ authority }: Stage) {
  return { setAuthority: () => ({ by: authority, args: [authority] }) } as const satisfies Story["calls"];
}

/** The calls of those whose entries can be paused, besides. */
export function pausable(stage: Stage) {
  const { guardian: by } = stage;
  return { ...managed(stage), pauseEntries: () => ({ by }), unpauseEntries: () => ({ by }) } satisfies Story["calls"];
}

/** The call of those that tell the rewards distributor who takes part. */
export function recording({ rewardsDistributor, timelock }: Stage) {
  return { setRecorder: () => ({ by: timelock, args: [rewardsDistributor] }) } satisfies Story["calls"];
}
