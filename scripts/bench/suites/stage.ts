import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { type AddressLike, id, MaxUint256 } from "ethers";
import { CredenceError } from "../../../sdk/errors.ts";
import { signPermit } from "../../../sdk/permit.ts";
import type { CouncilToken, TestUSDC } from "../../../typechain-types/index.ts";
import { type BenchChain, DAY, HOUR, openBenchChain } from "../chain.ts";

/** One USDC in asset units. */
export const USDC = 1_000_000n;

/** One ACT in token units. */
export const ACT = 1_000_000_000n;

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

/**
 * The signatory's permit for `value` - of dollars, unless of another token - good for a day from second `at`. `isSentAhead`: somebody else uses it first, an
 * hour before.
 */
export async function permitAhead(
  { usdc, cast, send }: Stage,
  spender: AddressLike,
  value: bigint,
  at: bigint,
  isSentAhead: boolean,
  token: TestUSDC | CouncilToken = usdc,
): Promise<{ deadline: bigint; v: number; r: string; s: string }> {
  const owner = cast.signatory;
  const deadline = at + DAY;
  const { v, r, s } = await signPermit({ token, owner, spender, value, deadline });
  if (isSentAhead) {
    const other = cast.latecomer;
    await send(at - HOUR, () => token.connect(other).permit(owner, spender, value, deadline, v, r, s));
  }
  return { deadline, v, r, s };
}
