import { BaseContract } from "ethers";
import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import { ACT } from "../../sdk/council/params.ts";
import { BeliefMarket__factory } from "../../typechain-types/index.ts";
import { CLAIM, DAY } from "../fixtures/amounts.ts";
import { type HandedOver, handedOver } from "./handed-over.ts";

/** The protocol after its handover, with a market, and with the team staking and rewarded. */
export interface Scene extends HandedOver {
  connection: NetworkConnection;
  /** Contracts by their names. */
  contracts: Record<string, BaseContract>;
  /** Addresses of everyone who could have a role, by their names on the page. */
  callers: Record<string, string>;
}

/** What the team stakes in each of its two positions, one of them locked. */
export const STAKED = 1_000n * ACT;

/** Opens the scene on a new chain. */
export async function openScene(): Promise<Scene> {
  const connection = await hre.network.create();
  const protocol = await handedOver(connection);
  await protocol.beliefFactory.connect(protocol.outsider).createMarket(CLAIM, 0n);
  const market = BeliefMarket__factory.connect(await protocol.beliefFactory.marketOf(CLAIM), protocol.outsider);
  const { timelock, ...others } = protocol;
  const contracts = { ...contractsOf(others), BeliefMarket: market };
  const { deployer, guardian, team, outsider } = protocol;
  const callers = Object.entries({ ...contracts, timelock, deployer, guardian, team, outsider });
  await stakeAndEarn(connection, protocol);
  return {
    ...protocol,
    connection,
    contracts: { ...contracts, ...contractsOf({ timelock }) },
    callers: Object.fromEntries(await Promise.all(callers.map(async ([name, it]) => [name, await it.getAddress()]))),
  };
}

/** Names of contracts that a deployment calls by what they do. */
const NAMES: Readonly<Record<string, string>> = { authority: "AccessManager", timelock: "TimelockController" };

/** Every contract of a deployment by its name, listed nowhere by hand: none can be left out of the tests. */
function contractsOf(deployment: object): Record<string, BaseContract> {
  const contracts: Record<string, BaseContract> = {};
  for (const [key, it] of Object.entries(deployment)) {
    if (it instanceof BaseContract) contracts[NAMES[key] ?? `${key.charAt(0).toUpperCase()}${key.slice(1)}`] = it;
  }
  return contracts;
}

async function stakeAndEarn({ networkHelpers }: NetworkConnection, protocol: HandedOver): Promise<void> {
  const { councilStaking, councilToken, rewardsDistributor, team } = protocol;
  await councilToken.connect(team).approve(councilStaking, 2n * STAKED);
  await councilStaking.connect(team).stake(STAKED, 0n);
  await councilStaking.connect(team).stake(STAKED, 180n);
  await councilToken.connect(team).approve(rewardsDistributor, STAKED);
  await rewardsDistributor.connect(team).fund(STAKED);
  await rewardsDistributor.startPeriod();
  await networkHelpers.time.increase(7n * DAY);
}

const RECORDERS = ["ArgumentStaking", "CouncilChamber", "CouncilGovernor", "QueryEscrow"];

/** The names of those whom the page means by a word. */
export function peopleBehind(word: string, callers: Record<string, string>): string[] {
  if (word === "anyone") return Object.keys(callers).sort();
  if (word === "nobody" || word === "registrar") return [];
  if (word === "recorders") return RECORDERS;
  if (!(word in callers)) throw new Error(`docs/roles.md: nobody is called "${word}"`);
  return [word];
}
