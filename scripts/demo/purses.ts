import { TestUSDC__factory } from "../../typechain-types/index.ts";
import type { Call, DemoChain } from "./chain.ts";
import { sumOf } from "./checks.ts";

/** What a person had before and has now, by the token; in its units. */
export interface Purse {
  readonly before: bigint;
  readonly after: bigint;
}

/** Anyone mints. */
const tokenInterface = TestUSDC__factory.createInterface();

/** Transactions that give each person, by index, test dollars of their budget, to the unit. */
export function fundingCalls(chain: DemoChain, token: string, budgets: readonly bigint[]): Call[] {
  return budgets.map((budget, person) => {
    const data = tokenInterface.encodeFunctionData("mint", [chain.accountOf(person), budget]);
    return { from: chain.operator, to: token, data };
  });
}

/** What is in everybody's purse now, beside the budget that was in it. */
export async function readPurses(
  chain: DemoChain,
  token: { balanceOf(account: string): Promise<bigint> },
  budgets: readonly bigint[],
): Promise<Purse[]> {
  const purses: Purse[] = [];
  for (const [person, before] of budgets.entries()) {
    purses.push({ before, after: await token.balanceOf(chain.accountOf(person)) });
  }
  return purses;
}

/** What all purses together gained; negative where people paid. */
export function changeOf(purses: readonly Purse[]): bigint {
  return sumOf(purses, (purse) => purse.after - purse.before);
}
