import { CredenceError } from "../../../sdk/errors.ts";
import { Side } from "../../../sdk/market/side.ts";
import type { Call } from "../chain.ts";
import { ENDOWED, REASON, SUMMARY, textOf } from "./argument-stage.ts";
import { endowPeople } from "./people.ts";
import type { Stage } from "./stage.ts";

const BLOCK_SIZE = 100; // transactions

/** Above what the dearest stake costs. */
const STAKE_GAS = 500_000n;

/** People with tokens that the contract may move, from second `at` on, under accounts that nobody has the key of. */
export async function gatherPeople(stage: Stage, what: string, count: number, at: bigint): Promise<readonly string[]> {
  const { argumentStaking, councilToken: token } = stage;
  return endowPeople(stage, what, count, at, { token, amount: ENDOWED, spender: await argumentStaking.getAddress() });
}

/** Each of these people writes an argument. */
export function writings(stage: Stage, people: readonly string[], claimId: string): Promise<readonly Call[]> {
  const abi = stage.argumentStaking.interface;
  const data = abi.encodeFunctionData("createArgument", [claimId, Side.Oppose, SUMMARY, textOf(300)]);
  return callsOf(stage, people, () => data);
}

/** Each of these people upvotes the argument that is told for their index. */
export function upvotings(
  stage: Stage,
  people: readonly string[],
  argumentOf: (index: number) => bigint,
): Promise<readonly Call[]> {
  const abi = stage.argumentStaking.interface;
  return callsOf(stage, people, (index) => abi.encodeFunctionData("upvote", [argumentOf(index)]));
}

/** Each of these people finds an argument unhelpful. */
export function markings(stage: Stage, people: readonly string[], argumentId: bigint): Promise<readonly Call[]> {
  const abi = stage.argumentStaking.interface;
  return callsOf(stage, people, () => abi.encodeFunctionData("markUnhelpful", [argumentId, REASON]));
}

/** Each of these people takes all that is credited to them. */
export function withdrawals(stage: Stage, people: readonly string[]): Promise<readonly Call[]> {
  return callsOf(stage, people, () => stage.argumentStaking.interface.encodeFunctionData("withdraw"));
}

/** Makes stakes in their order, in blocks from second `at` on, one a second. Throws unless all of them then run. */
export async function stakeAll(stage: Stage, at: bigint, stakes: readonly Call[]): Promise<void> {
  const { argumentStaking } = stage;
  const { count: before } = await argumentStaking.activeStakes();
  for (let i = 0; i < stakes.length; i += BLOCK_SIZE) {
    await stage.sendBlock(at + BigInt(i / BLOCK_SIZE), stakes.slice(i, i + BLOCK_SIZE));
  }
  const { count: after } = await argumentStaking.activeStakes();
  if (after - before !== BigInt(stakes.length)) {
    throw new CredenceError("not everybody staked as told", { expected: stakes.length, actual: after - before });
  }
}

/** Gas of `processExpired` at second `at`, which has to take `count` stakes. */
export async function expire(stage: Stage, at: bigint, count: number): Promise<bigint> {
  const { argumentStaking, send } = stage;
  const { count: before } = await argumentStaking.activeStakes();
  const gas = await send(at, () => argumentStaking.processExpired(count));
  const { count: after } = await argumentStaking.activeStakes();
  if (before - after !== BigInt(count)) {
    throw new CredenceError("the batch that is measured took other stakes than told", { count, taken: before - after });
  }
  return gas;
}

async function callsOf(
  stage: Stage,
  people: readonly string[],
  dataOf: (index: number) => string,
): Promise<readonly Call[]> {
  const to = await stage.argumentStaking.getAddress();
  return people.map((from, index) => ({ from, to, data: dataOf(index), gas: STAKE_GAS }));
}
