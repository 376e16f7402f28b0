import { type AddressLike, MaxUint256 } from "ethers";
import { HOUR } from "../chain.ts";
import { createMarket } from "./market-stage.ts";
import { claimOf, openStage, type Stage } from "./stage.ts";

/** Sets up the stage and lets the vault and the venue move everybody's dollars but the signatory's; close it after use. */
export async function openStakeStage(): Promise<Stage> {
  const stage = await openStage();
  const { usdc, stakeVault, convictionMarket, cast } = stage;
  const spenders: readonly AddressLike[] = [stakeVault, convictionMarket];
  for (const actor of Object.values(cast).filter((one) => one !== cast.signatory)) {
    for (const spender of spenders) await usdc.connect(actor).approve(spender, MaxUint256);
  }
  return stage;
}

/** Creates a claim at second `at` and its pool an hour later; returns the gas of creating the pool. */
export async function openPool(stage: Stage, words: string, at: bigint): Promise<bigint> {
  await createMarket(stage, words, at, 0n);
  const { convictionMarket, cast, send } = stage;
  return send(at + HOUR, () => convictionMarket.connect(cast.author).createPool(claimOf(words)));
}
