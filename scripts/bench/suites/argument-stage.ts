import { MaxUint256 } from "ethers";
import { ARGUMENT_PARAM_BOUNDS, type ArgumentParams } from "../../../sdk/argument/params.ts";
import { Side } from "../../../sdk/market/side.ts";
import { Role } from "../../../sdk/roles.ts";
import type { ArgumentStaking } from "../../../typechain-types/index.ts";
import { createMarket } from "./market-stage.ts";
import { ACT, type Cast, claimOf, openStage, type Stage } from "./stage.ts";

/** What everybody has of the token, in its units: far above what anybody stakes at a time. */
export const ENDOWED = 100_000n * ACT;

/** What an argument says where nothing else is said, in ASCII: a byte a character. */
export const SUMMARY = "Turnout fell in every district that lost its polling station";
const TEXT =
  "In the nine districts whose polling stations were closed, between three and eleven voters in a hundred fewer came " +
  "than four years before; in the others the numbers hardly moved. Weather and candidates were the same on both sides " +
  "of the district lines, so that the longer way to the ballot is what remains. ";

/** Why an argument is found unhelpful: `Unsupported`. */
export const REASON = 1;

/** A stage on which everybody stakes on arguments. */
export interface ArgumentStage extends Stage {
  /** How long a stake runs, in seconds. */
  readonly period: bigint;
}

/**
 * Sets up the stage: the contract may move everybody's tokens, the challenger is a curator and the signatory a slasher,
 * the reserve is empty. Close its connection after use.
 */
export async function openArgumentStage(): Promise<ArgumentStage> {
  const stage = await openStage();
  const { argumentStaking, authority, cast, councilToken, deployer } = stage;
  for (const actor of [deployer, ...Object.values(cast)]) {
    await councilToken.transfer(actor, ENDOWED);
    await councilToken.connect(actor).approve(argumentStaking, MaxUint256);
  }
  await authority.grantRole(Role.Curator, cast.challenger, 0n);
  await authority.grantRole(Role.Slasher, cast.signatory, 0n);
  return { ...stage, period: (await argumentStaking.params()).period };
}

/** Gas of the deployer's payment into the reserve at second `at`: more than all stakes of a run earn. */
export function fundReserve({ argumentStaking, send }: Stage, at: bigint): Promise<bigint> {
  return send(at, () => argumentStaking.fundRewards(ENDOWED / 2n));
}

/** Creates a claim at second `at` and returns its id. */
export async function openClaim(stage: Stage, words: string, at: bigint): Promise<string> {
  await createMarket(stage, words, at, 0n);
  return claimOf(words);
}

/** Text of so many bytes. */
export function textOf(length: number): string {
  return TEXT.repeat(Math.ceil(length / TEXT.length)).slice(0, length);
}

/** One of the cast writes an argument whose body has so many bytes. */
export function write(stage: Stage, who: keyof Cast, claimId: string, bodyLength = 300) {
  const staking = stage.argumentStaking.connect(stage.cast[who]);
  return staking.createArgument(claimId, Side.Support, SUMMARY, textOf(bodyLength));
}

/** One of the cast upvotes an argument at second `at`. */
export function upvote(stage: Stage, at: bigint, who: keyof Cast, argumentId: bigint): Promise<bigint> {
  return stage.send(at, () => stage.argumentStaking.connect(stage.cast[who]).upvote(argumentId));
}

/** The rules in force. */
export async function readParams({ params }: ArgumentStaking): Promise<ArgumentParams> {
  const rules = await params();
  return Object.fromEntries(ARGUMENT_PARAM_BOUNDS.map(({ name }) => [name, rules[name]])) as unknown as ArgumentParams;
}
