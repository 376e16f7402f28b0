import { dataSlice, getAddress, id } from "ethers";
import type { Capacities } from "../suite.ts";
import { largest } from "./capacity.ts";
import { openQueryStage, type QueryStage } from "./query-stage.ts";

/** More accounts than a transaction can set ranks of. */
const ACCOUNTS = 3_000;

/** How many accounts a transaction of so much gas gives their first rank, and how many another one. */
export async function measureCapacities(gas: bigint): Promise<Capacities> {
  const stage = await openQueryStage();
  try {
    const accounts = Array.from({ length: ACCOUNTS }, (_, index) => getAddress(dataSlice(id(`ranked ${index}`), 12)));
    const first = await mostThatFit(stage, accounts, stage.openedAt, 1, gas);
    for (let done = 0, at = stage.openedAt; done < ACCOUNTS; done += Number(first), at++) {
      await giveRanks(stage, accounts.slice(done, done + Number(first)), at, 1, gas);
    }
    const later = stage.openedAt + BigInt(ACCOUNTS);
    return {
      "setRanks, first ranks": first,
      "setRanks, other ranks": await mostThatFit(stage, accounts, later, 2, gas),
    };
  } finally {
    await stage.connection.close();
  }
}

/** The most accounts that a transaction at second `at` can set ranks of: all below it fit, and none above. */
async function mostThatFit(
  stage: QueryStage,
  accounts: readonly string[],
  at: bigint,
  rank: number,
  gas: bigint,
): Promise<bigint> {
  return largest(ACCOUNTS, (count) =>
    stage.aside(async () => {
      const last = accounts[count - 1] ?? "";
      await giveRanks(stage, accounts.slice(0, count), at, rank, gas);
      return (await stage.rankRegistry.rankOf(last)) === BigInt(rank);
    }),
  );
}

async function giveRanks(
  { deployer, rankRegistry, sendBlock }: QueryStage,
  accounts: readonly string[],
  at: bigint,
  rank: number,
  gas: bigint,
): Promise<void> {
  const ranks = accounts.map(() => rank);
  const data = rankRegistry.interface.encodeFunctionData("setRanks", [[...accounts], ranks]);
  await sendBlock(at, [{ from: await deployer.getAddress(), to: await rankRegistry.getAddress(), data, gas }]);
}
