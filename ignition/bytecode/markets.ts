import { concat, dataLength, dataSlice, getAddress, getCreate2Address, keccak256, toBeHex } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import { BeliefFactory__factory } from "../../typechain-types/index.ts";
import { logsOf } from "../check/logs.ts";
import type { DeploymentRecord } from "../record.ts";
import { clonePrefix, type Deviation } from "./compare.ts";

/** A belief market that the factory has made, and what is wrong with its code. */
export interface CheckedMarket {
  readonly address: string;
  readonly deviations: readonly Deviation[];
}

/**
 * Compares the code of every belief market with what the factory makes: a clone of the implementation with arguments
 * behind it, of which the address is the hash.
 *
 * @param block The last block that counts.
 * @param onProgress Hears how many blocks of how many were looked through for markets.
 */
export async function checkMarkets(
  { ethers: { provider } }: NetworkConnection,
  { contracts }: DeploymentRecord,
  block: number,
  onProgress?: (done: number, total: number) => void,
): Promise<CheckedMarket[]> {
  const { BeliefFactory, BeliefMarket } = contracts;
  const abi = BeliefFactory__factory.createInterface();
  const logs = await logsOf(provider, {
    ...{ address: [BeliefFactory.address], from: BeliefFactory.block, to: block, onProgress },
  });
  const markets: CheckedMarket[] = [];
  for (const log of logs) {
    const event = abi.parseLog(log);
    if (event?.name !== "MarketCreated") continue;
    const { claimId, market } = event.args;
    const code = await provider.getCode(market, block);
    const deviations = checkClone(code, { factory: BeliefFactory.address, claimId, market }, BeliefMarket.address);
    markets.push({ address: getAddress(market), deviations });
  }
  return markets;
}

interface Clone {
  readonly factory: string;
  readonly claimId: string;
  readonly market: string;
}

/** What is wrong with a clone's code: its proxy, or the arguments, which its address proves. */
function checkClone(code: string, { factory, claimId, market }: Clone, implementation: string): Deviation[] {
  const prefix = clonePrefix(implementation);
  const length = dataLength(prefix);
  const found = dataLength(code) < length ? code : dataSlice(code, 0, length);
  if (found !== prefix) return [{ what: `proxy, bytes 0 to ${length - 1}`, expected: prefix, found }];
  const creation = concat(["0x61", toBeHex(dataLength(code), 2), "0x3d81600a3d39f3", code]);
  const address = getCreate2Address(factory, claimId, keccak256(creation));
  const what = `address that belongs to the arguments, bytes ${length} to ${dataLength(code) - 1}`;
  return address === market ? [] : [{ what, expected: getAddress(market), found: address }];
}
