import type { Snapshot } from "./accounts.ts";
import type { Stage } from "./stage.ts";

/** Adds up what the contract owes to whom, by its views, beside what it holds by the token. */
export async function takeSnapshot(
  { chain, deployment, plan, staking: address }: Stage,
  moment: string,
): Promise<Snapshot> {
  const { argumentStaking: staking, councilToken } = deployment;
  let [running, credited] = [0n, 0n];
  for (const person of plan.people.keys()) {
    const user = chain.accountOf(person);
    credited += (await staking.account(user)).credited;
    for (const id of await staking.userStakes(user, 0n, ALL)) {
      const { hasEnded, amount } = await staking.stake(id);
      if (!hasEnded) running += amount;
    }
  }
  const { free, reserved } = await staking.rewardReserve();
  const [balance, owed] = [await councilToken.balanceOf(address), await staking.owed()];
  return { moment, balance, owed, running, credited, free, reserved };
}

/** More than anybody has. */
const ALL = 1_000_000n;
