import type { ContractName } from "../../../ignition/contracts.ts";
import type { Telling } from "../story.ts";
import { argumentStory } from "./argument.ts";
import { chamberStory, rewardsStory, stakingStory, tokenStory } from "./council.ts";
import { authorityStory, governorStory, timelockStory } from "./governance.ts";
import { factoryStory, marketStory } from "./market.ts";
import { queryStory, ranksStory } from "./query.ts";
import { serumStory, vaultStory, venueStory } from "./stake.ts";

/** The story of each contract of the protocol: one that is added needs one, or nothing here compiles. */
export const STORIES: Readonly<Record<ContractName, Telling>> = {
  BeliefFactory: factoryStory,
  BeliefMarket: marketStory,
  StakeVault: vaultStory,
  ConvictionMarket: venueStory,
  TruthSerum: serumStory,
  ArgumentStaking: argumentStory,
  QueryEscrow: queryStory,
  RankRegistry: ranksStory,
  CouncilToken: tokenStory,
  CouncilStaking: stakingStory,
  RewardsDistributor: rewardsStory,
  CouncilGovernor: governorStory,
  TimelockController: timelockStory,
  CouncilChamber: chamberStory,
  AccessManager: authorityStory,
};
