import { dataSlice, getAddress, id, MaxUint256 } from "ethers";
import type { CouncilToken, TestUSDC } from "../../../typechain-types/index.ts";
import type { BenchChain } from "../chain.ts";

/** What people get, and what may move it. */
export interface Endowment {
  /** Dollars are minted; tokens of the council come from the deployer. */
  readonly token: TestUSDC | CouncilToken;
  /** In units of the token. */
  readonly amount: bigint;
  /** Address of the contract. */
  readonly spender: string;
}

/**
 * People with tokens that a contract may move, from second `at` on, under accounts that nobody has the key of: the same
 * ones for the same words in every run.
 */
export async function endowPeople(
  { connection, deployer, sendBlock }: BenchChain,
  what: string,
  count: number,
  at: bigint,
  { token, amount, spender }: Endowment,
): Promise<readonly string[]> {
  const to = await token.getAddress();
  const addressOf = (index: number) => getAddress(dataSlice(id(`credence benchmark: ${what} ${index}`), 12));
  const people = Array.from({ length: count }, (_, index) => addressOf(index));
  for (const person of people) {
    await connection.provider.request({ method: "hardhat_impersonateAccount", params: [person] });
  }
  const giver = await deployer.getAddress();
  const giftTo = (person: string) =>
    "mint" in token
      ? { from: person, to, data: token.interface.encodeFunctionData("mint", [person, amount]) }
      : { from: giver, to, data: token.interface.encodeFunctionData("transfer", [person, amount]) };
  const calls = people.flatMap((from) => [
    giftTo(from),
    { from, to, data: token.interface.encodeFunctionData("approve", [spender, MaxUint256]) },
  ]);
  await sendBlock(at, calls);
  return people;
}

/** Gas for each of `count`, rounded up. */
export function each(gas: bigint, count: number): bigint {
  return (gas + BigInt(count) - 1n) / BigInt(count);
}
