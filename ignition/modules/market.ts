import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { Role } from "../../sdk/roles.ts";
import { BeliefFactory__factory } from "../../typechain-types/index.ts";
import authorityModule from "./authority.ts";

const factoryInterface = BeliefFactory__factory.createInterface();
const guardianSelectors = [
  factoryInterface.getFunction("pauseCreation").selector,
  factoryInterface.getFunction("unpauseCreation").selector,
];

/** Belief markets: the factory, which deploys the implementation that every market is a clone of. */
export default buildModule("Market", (m) => {
  const { authority } = m.useModule(authorityModule);
  const asset = m.getParameter<string>("asset");

  const beliefFactory = m.contract("BeliefFactory", [
    asset,
    {
      lockPeriod: m.getParameter("lockPeriod"),
      minRewardDuration: m.getParameter("minRewardDuration"),
      lateEntryFeeBaseBps: m.getParameter("lateEntryFeeBaseBps"),
      lateEntryFeeMaxBps: m.getParameter("lateEntryFeeMaxBps"),
      lateEntryFeeScale: m.getParameter("lateEntryFeeScale"),
      authorPremiumBps: m.getParameter("authorPremiumBps"),
      earlyExitPenaltyBps: m.getParameter("earlyExitPenaltyBps"),
      maxSrpBps: m.getParameter("maxSrpBps"),
      maxUserRewardBps: m.getParameter("maxUserRewardBps"),
      minStake: m.getParameter("minStake"),
      maxStake: m.getParameter("maxStake"),
    },
    authority,
  ]);
  m.call(authority, "setTargetFunctionRole", [beliefFactory, guardianSelectors, Role.Guardian], {
    id: "LetGuardianPauseCreation",
  });

  return { authority, beliefFactory };
});
