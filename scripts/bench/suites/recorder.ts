import { type AddressLike, type Signer, ZeroAddress } from "ethers";
import { Role } from "../../../sdk/roles.ts";
import type { ArgumentStaking, QueryEscrow } from "../../../typechain-types/index.ts";
import { ACT, type Stage } from "./stage.ts";

/** Enough to have boosters: nothing is recorded of who has no stake. */
const COUNCIL_STAKE = 1_000n * ACT;

/** Lets nothing be recorded by a contract any more, at second `at`. Returns the gas. */
export function dismissRecorder(
  { send }: Stage,
  contract: Pick<ArgumentStaking | QueryEscrow, "setRecorder">,
  at: bigint,
): Promise<bigint> {
  return send(at, () => contract.setRecorder(ZeroAddress));
}

/** Somebody stakes in the council at second `at`: what they do from then on is recorded. */
export async function joinCouncil(
  { councilStaking, councilToken, send }: Stage,
  actor: Signer,
  at: bigint,
): Promise<void> {
  await councilToken.transfer(actor, COUNCIL_STAKE);
  await councilToken.connect(actor).approve(councilStaking, COUNCIL_STAKE);
  await send(at, () => councilStaking.connect(actor).stake(COUNCIL_STAKE, 0n));
}

/** The deployer records at second `at` that somebody voted on a proposal. */
export async function recordVote(
  { authority, deployer, rewardsDistributor, send }: Stage,
  account: AddressLike,
  at: bigint,
): Promise<void> {
  await authority.grantRole(Role.Activity, deployer, 0n);
  await send(at, () => rewardsDistributor.recordVote(account));
}
