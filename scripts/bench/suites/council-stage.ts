import { MaxUint256, type TransactionResponse } from "ethers";
import { CredenceError } from "../../../sdk/errors.ts";
import { type Call, HOUR } from "../chain.ts";
import { endowPeople } from "./people.ts";
import { ACT, type Cast, openStage, type Stage } from "./stage.ts";

const BLOCK_SIZE = 100; // transactions

/** Above what the dearest step costs. */
const STEP_GAS = 500_000n;

/** What each of the cast has of the token, in its units: far above what anybody stakes. */
const ENDOWED = 5_000_000n * ACT;

/** What somebody stakes where nothing else is said: enough for everything. */
export const STAKE = 20_000n * ACT;

/** What is paid for a period of rewards. */
export const REWARDS = 1_000_000n * ACT;

/** A stage on which everybody takes part in the council. */
export interface CouncilStage extends Stage {
  /** The second from which on a caller may choose timestamps. */
  readonly openedAt: bigint;
}

/**
 * Sets up the stage: staking, distributor and chamber may move everybody's tokens, but of the signatory's nothing; nobody
 * has staked. Close its connection after use.
 */
export async function openCouncilStage(): Promise<CouncilStage> {
  const stage = await openStage();
  const { cast, councilChamber, councilStaking, councilToken, deployer, rewardsDistributor, startsAt } = stage;
  for (const actor of Object.values(cast)) await councilToken.transfer(actor, ENDOWED);
  for (const actor of [deployer, ...Object.values(cast)]) {
    if (actor === cast.signatory) continue;
    for (const spender of [councilStaking, rewardsDistributor, councilChamber]) {
      await councilToken.connect(actor).approve(spender, MaxUint256);
    }
  }
  return { ...stage, openedAt: startsAt + HOUR };
}

/** Gas of a stake of one of the cast at second `at`. */
export function stake(
  { cast, councilStaking, send }: Stage,
  who: keyof Cast,
  at: bigint,
  lockDays = 0n,
): Promise<bigint> {
  return send(at, () => councilStaking.connect(cast[who]).stake(STAKE, lockDays));
}

/** The id of a position of one of the cast, by how many they opened before it. */
export function positionOf({ cast, councilStaking }: Stage, who: keyof Cast, index = 0n): Promise<bigint> {
  return councilStaking.positionIdOf(cast[who], index);
}

/** People who have all staked, from second `at` on, under accounts that nobody has the key of. */
export async function gatherStakers(stage: Stage, what: string, count: number, at: bigint): Promise<readonly string[]> {
  const { councilStaking, councilToken: token } = stage;
  const spender = await councilStaking.getAddress();
  const people = await endowPeople(stage, what, count, at, { token, amount: STAKE, spender });
  const data = councilStaking.interface.encodeFunctionData("stake", [STAKE, 0n]);
  const before = await councilStaking.totalStaked();
  await sendAll(stage, at + 1n, people, { to: spender, data });
  const staked = (await councilStaking.totalStaked()) - before;
  if (staked !== BigInt(count) * STAKE) throw new CredenceError("not everybody staked as told", { count, staked });
  return people;
}

/** Each of these people sends the same, in blocks from second `at` on, one a second. */
export async function sendAll(
  { sendBlock }: Stage,
  at: bigint,
  people: readonly string[],
  call: Pick<Call, "to" | "data">,
): Promise<void> {
  const calls = people.map((from) => ({ from, ...call, gas: STEP_GAS }));
  for (let i = 0; i < calls.length; i += BLOCK_SIZE) {
    await sendBlock(at + BigInt(i / BLOCK_SIZE), calls.slice(i, i + BLOCK_SIZE));
  }
}

/** Gas of what somebody sends whose key nobody has, at second `at`. */
export async function sendAs(
  { connection, send }: Stage,
  person: string,
  at: bigint,
  { to, data }: Pick<Call, "to" | "data">,
): Promise<bigint> {
  const signer = await connection.ethers.getSigner(person);
  return send(at, (): Promise<TransactionResponse> => signer.sendTransaction({ to, data, gasPrice: 0n }));
}

/** The deployer pays for rewards, and begins a period, at second `at` and the next one. */
export async function beginPeriod({ rewardsDistributor, send }: Stage, at: bigint) {
  return {
    fund: await send(at, () => rewardsDistributor.fund(REWARDS)),
    start: await send(at + 1n, () => rewardsDistributor.startPeriod()),
  };
}
