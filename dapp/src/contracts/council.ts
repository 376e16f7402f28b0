import {
  CouncilChamber__factory,
  CouncilGovernor__factory,
  CouncilStaking__factory,
  CouncilToken__factory,
  RewardsDistributor__factory,
  TimelockController__factory,
} from "../../../typechain-types/index.ts";
import { connected } from "./connected.ts";

/** The contracts of the council. */
export const councilContracts = connected(({ network: { contracts }, provider }) => ({
  councilStaking: CouncilStaking__factory.connect(contracts.CouncilStaking.address, provider),
  rewardsDistributor: RewardsDistributor__factory.connect(contracts.RewardsDistributor.address, provider),
  councilGovernor: CouncilGovernor__factory.connect(contracts.CouncilGovernor.address, provider),
  timelock: TimelockController__factory.connect(contracts.TimelockController.address, provider),
  councilChamber: CouncilChamber__factory.connect(contracts.CouncilChamber.address, provider),
}));

/** The council's token, in which arguments are staked too. */
export const actContract = connected(({ network, provider }) =>
  CouncilToken__factory.connect(network.contracts.CouncilToken.address, provider),
);
