import {
  AccessManager__factory,
  ArgumentStaking__factory,
  BeliefFactory__factory,
  BeliefMarket__factory,
  ConvictionMarket__factory,
  CouncilChamber__factory,
  CouncilGovernor__factory,
  CouncilStaking__factory,
  CouncilToken__factory,
  QueryEscrow__factory,
  RankRegistry__factory,
  RewardsDistributor__factory,
  StakeVault__factory,
  TestUSDC__factory,
  TimelockController__factory,
  TruthSerum__factory,
} from "../typechain-types/index.ts";
import type { Deployment } from "./deploy.ts";

/** The protocol's contracts with their ABIs, in the order in which a reader meets them. */
export const CONTRACTS = {
  BeliefFactory: BeliefFactory__factory,
  BeliefMarket: BeliefMarket__factory,
  StakeVault: StakeVault__factory,
  ConvictionMarket: ConvictionMarket__factory,
  TruthSerum: TruthSerum__factory,
  ArgumentStaking: ArgumentStaking__factory,
  RankRegistry: RankRegistry__factory,
  QueryEscrow: QueryEscrow__factory,
  CouncilToken: CouncilToken__factory,
  CouncilStaking: CouncilStaking__factory,
  RewardsDistributor: RewardsDistributor__factory,
  CouncilGovernor: CouncilGovernor__factory,
  TimelockController: TimelockController__factory,
  CouncilChamber: CouncilChamber__factory,
  AccessManager: AccessManager__factory,
} as const;

/** A contract of the protocol. `BeliefMarket` is the implementation that every market is a clone of. */
export type ContractName = keyof typeof CONTRACTS;

/** The contracts' names, in their order. */
export const CONTRACT_NAMES = Object.keys(CONTRACTS) as ContractName[];

/** What a deployment consists of: the protocol, and on local chains the dollars that anyone can mint. */
export const DEPLOYABLE = { ...CONTRACTS, TestUSDC: TestUSDC__factory } as const;

/** A contract of a deployment. */
export type DeployableName = keyof typeof DEPLOYABLE;

/** Where the protocol's contracts are, in the order of their names. */
export async function addressesOf(deployment: Deployment): Promise<Record<ContractName, string>> {
  const { authority, timelock, beliefFactory, stakeVault, convictionMarket, truthSerum, argumentStaking } = deployment;
  const { rankRegistry, queryEscrow, councilToken, councilStaking, rewardsDistributor } = deployment;
  const { councilGovernor, councilChamber } = deployment;
  return {
    BeliefFactory: await beliefFactory.getAddress(),
    BeliefMarket: await beliefFactory.implementation(),
    StakeVault: await stakeVault.getAddress(),
    ConvictionMarket: await convictionMarket.getAddress(),
    TruthSerum: await truthSerum.getAddress(),
    ArgumentStaking: await argumentStaking.getAddress(),
    RankRegistry: await rankRegistry.getAddress(),
    QueryEscrow: await queryEscrow.getAddress(),
    CouncilToken: await councilToken.getAddress(),
    CouncilStaking: await councilStaking.getAddress(),
    RewardsDistributor: await rewardsDistributor.getAddress(),
    CouncilGovernor: await councilGovernor.getAddress(),
    TimelockController: await timelock.getAddress(),
    CouncilChamber: await councilChamber.getAddress(),
    AccessManager: await authority.getAddress(),
  };
}
