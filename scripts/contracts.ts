import type { Deployment } from "../ignition/deploy.ts";

/** What a deployment consists of, by name and address, in the order in which a reader meets it. */
export async function contractRows(deployment: Deployment): Promise<[name: string, address: string][]> {
  const { authority, beliefFactory, stakeVault, convictionMarket, truthSerum, argumentStaking } = deployment;
  const { rankRegistry, queryEscrow, councilToken, councilStaking, rewardsDistributor } = deployment;
  const { councilGovernor, timelock, councilChamber } = deployment;
  return [
    ["BeliefFactory", await beliefFactory.getAddress()],
    ["BeliefMarket (implementation)", await beliefFactory.implementation()],
    ["StakeVault", await stakeVault.getAddress()],
    ["ConvictionMarket", await convictionMarket.getAddress()],
    ["TruthSerum", await truthSerum.getAddress()],
    ["ArgumentStaking", await argumentStaking.getAddress()],
    ["RankRegistry", await rankRegistry.getAddress()],
    ["QueryEscrow", await queryEscrow.getAddress()],
    ["CouncilToken", await councilToken.getAddress()],
    ["CouncilStaking", await councilStaking.getAddress()],
    ["RewardsDistributor", await rewardsDistributor.getAddress()],
    ["CouncilGovernor", await councilGovernor.getAddress()],
    ["TimelockController", await timelock.getAddress()],
    ["CouncilChamber", await councilChamber.getAddress()],
    ["AccessManager", await authority.getAddress()],
  ];
}
