import { BaseContract } from "ethers";
import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import { ACT } from "../../sdk/council/params.ts";
import { BeliefMarket__factory } from "../../typechain-types/index.ts";
import { CLAIM } from "../fixtures/amounts.ts";
import { type HandedOver, handedOver } from "./handed-over.ts";

/** The protocol after its handover, with a market, and with the team staking. */
export interface Scene extends HandedOver {
  connection: NetworkConnection;
  /** Contracts by their names. */
  contracts: Record<string, BaseContract>;
  /** Addresses of everyone who could have a role, by their names on the page. */
  callers: Record<string, string>;
}

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
  await protocol.councilToken.connect(team).approve(protocol.councilStaking, 1_000n * ACT);
  await protocol.councilStaking.connect(team).stake(1_000n * ACT, 0n);
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

const RECORDERS = ["ArgumentStaking", "CouncilChamber", "CouncilGovernor", "QueryEscrow"];

/** The names of those whom the page means by a word. */
export function peopleBehind(word: string, callers: Record<string, string>): string[] {
  if (word === "anyone") return Object.keys(callers).sort();
  if (word === "nobody" || word === "registrar") return [];
  if (word === "recorders") return RECORDERS;
  if (!(word in callers)) throw new Error(`docs/roles.md: nobody is called "${word}"`);
  return [word];
}
