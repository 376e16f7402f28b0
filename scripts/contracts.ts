import type { Deployment } from "../ignition/deploy.ts";

/** What a deployment consists of, by name and address, in the order in which a reader meets it. */
export async function contractRows(deployment: Deployment): Promise<[name: string, address: string][]> {
  const { authority, beliefFactory, stakeVault, convictionMarket, truthSerum, argumentStaking } = deployment;
  const { rankRegistry, queryEscrow } = deployment;
  return [
    ["BeliefFactory", await beliefFactory.getAddress()],
    ["BeliefMarket (implementation)", await beliefFactory.implementation()],
    ["StakeVault", await stakeVault.getAddress()],
    ["ConvictionMarket", await convictionMarket.getAddress()],
    ["TruthSerum", await truthSerum.getAddress()],
    ["ArgumentStaking", await argumentStaking.getAddress()],
    ["RankRegistry", await rankRegistry.getAddress()],
    ["QueryEscrow", await queryEscrow.getAddress()],
    ["AccessManager", await authority.getAddress()],
  ];
}
