import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { id, MaxUint256, type Signer } from "ethers";
import { CredenceError } from "../../../sdk/errors.ts";
import { type BeliefMarket, BeliefMarket__factory } from "../../../typechain-types/index.ts";
import { type BenchChain, openBenchChain } from "../chain.ts";

/** One USDC in asset units. */
export const USDC = 1_000_000n;

/** An entry fee limit above every fee a market can ask for, in bps. */
export const ANY_FEE_BPS = 1_000n;

/** People who hold test dollars, by what they do. */
export interface Cast {
  readonly author: HardhatEthersSigner;
  readonly challenger: HardhatEthersSigner;
  readonly supporter: HardhatEthersSigner;
  readonly skeptic: HardhatEthersSigner;
  readonly signatory: HardhatEthersSigner;
  readonly latecomer: HardhatEthersSigner;
}

/** A chain with a cast that has allowed the factory to move its dollars. */
export interface Stage extends BenchChain {
  readonly cast: Cast;
}

const MINTED = 10_000_000n * USDC;

/** Sets up the stage; the caller closes its connection. */
export async function openStage(): Promise<Stage> {
  const chain = await openBenchChain();
  const [, author, challenger, supporter, skeptic, signatory, latecomer] = await chain.connection.ethers.getSigners();
  if (!author || !challenger || !supporter || !skeptic || !signatory || !latecomer) {
    throw new CredenceError("the chain has too few accounts");
  }
  const cast = { author, challenger, supporter, skeptic, signatory, latecomer };
  for (const actor of Object.values(cast)) {
    await chain.usdc.mint(actor.address, MINTED);
    await chain.usdc.connect(actor).approve(chain.beliefFactory, MaxUint256);
  }
  return { ...chain, cast };
}

/** Id of a claim that is the same in every run. */
export function claimOf(words: string): string {
  return id(`credence benchmark: ${words}`);
}

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
