import type { BaseContract } from "ethers";
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
  const contracts: Record<string, BaseContract> = {
    BeliefFactory: protocol.beliefFactory,
    BeliefMarket: BeliefMarket__factory.connect(await protocol.beliefFactory.marketOf(CLAIM), protocol.outsider),
    StakeVault: protocol.stakeVault,
    ConvictionMarket: protocol.convictionMarket,
    TruthSerum: protocol.truthSerum,
    ArgumentStaking: protocol.argumentStaking,
    QueryEscrow: protocol.queryEscrow,
    RankRegistry: protocol.rankRegistry,
    CouncilToken: protocol.councilToken,
    CouncilStaking: protocol.councilStaking,
    RewardsDistributor: protocol.rewardsDistributor,
    CouncilGovernor: protocol.councilGovernor,
    CouncilChamber: protocol.councilChamber,
    AccessManager: protocol.authority,
  };
  const { deployer, guardian, team, outsider, timelock } = protocol;
  const callers = Object.entries({ ...contracts, timelock, deployer, guardian, team, outsider });
  await stakeAndEarn(connection, protocol);
  return {
    ...protocol,
    connection,
    contracts: { ...contracts, TimelockController: timelock },
    callers: Object.fromEntries(await Promise.all(callers.map(async ([name, it]) => [name, await it.getAddress()]))),
  };
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
