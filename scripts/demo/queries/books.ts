import { Outcome } from "../../../sdk/query/state.ts";
import type { Snapshot } from "./accounts.ts";
import type { Stage } from "./stage.ts";

/** Adds up what the escrow owes to whom, by its views, beside what it holds by the token. */
export async function takeSnapshot({ chain, deployment, plan, addresses }: Stage, moment: string): Promise<Snapshot> {
  const { queryEscrow: escrow, usdc } = deployment;
  let [open, credited] = [0n, 0n];
  for (const person of plan.people.keys()) credited += await escrow.credited(chain.accountOf(person));
  for (let queryId = await escrow.queryCount(); queryId > 0n; queryId--) {
    const query = await escrow.query(queryId);
    const staked = query.submitStake + query.answerers * query.answerStake + query.judges * query.judgeStake;
    if (query.outcome === Outcome.Pending) open += staked;
  }
  return { moment, balance: await usdc.balanceOf(addresses.escrow), open, credited };
}
