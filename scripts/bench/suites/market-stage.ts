import { MaxUint256, type Signer } from "ethers";
import { type BeliefMarket, BeliefMarket__factory } from "../../../typechain-types/index.ts";
import { claimOf, type Stage } from "./stage.ts";

/** An entry fee limit above every fee a market can ask for, in bps. */
export const ANY_FEE_BPS = 1_000n;

/** Creates a market at second `at`; `commitment` in asset units, 0 for none. */
export async function createMarket(stage: Stage, words: string, at: bigint, commitment: bigint): Promise<BeliefMarket> {
  const claimId = claimOf(words);
  await stage.send(at, () => stage.beliefFactory.connect(stage.cast.author).createMarket(claimId, commitment));
  return BeliefMarket__factory.connect(await stage.beliefFactory.marketOf(claimId), stage.cast.author);
}

/** Lets a market move the dollars of these people. */
export async function allow(stage: Stage, market: BeliefMarket, owners: readonly Signer[]): Promise<void> {
  for (const owner of owners) await stage.usdc.connect(owner).approve(market, MaxUint256);
}
