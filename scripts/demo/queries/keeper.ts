import { settleDueQueries } from "../../../keeper/jobs/queries.ts";
import { employKeeper } from "../keeper.ts";
import type { LiveQuery, Stage } from "./stage.ts";

/** The most gas that a transaction can have on Ethereum, by EIP-7825. */
const GAS_CAP = 2n ** 24n;

/**
 * Lets the project's keeper settle a query: it solves for the strengths, the contract checks them.
 *
 * @param time When it comes, in unix seconds, after the latest block.
 * @throws DemoTransactionError where the keeper leaves something undone, with what it logged.
 */
export async function letKeeperSettle(stage: Stage, { queryId }: LiveQuery, time: bigint): Promise<void> {
  const { chain, deployment, keeper } = stage;
  const { workshop, complain } = employKeeper(chain, keeper, GAS_CAP);
  const escrow = deployment.queryEscrow.connect(chain.connection.ethers.provider);
  await chain.mineAt(time);
  await chain.releaseBlocks();
  const { done } = await settleDueQueries({ ...workshop, escrow }, queryId);
  await chain.holdBlocks();
  if (done !== 1) throw complain("the keeper did not settle", { query: String(queryId) });
}
