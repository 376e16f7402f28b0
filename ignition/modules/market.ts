import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type {
  IgnitionModuleBuilder,
  ModuleParameterRuntimeValue,
  NamedArtifactContractDeploymentFuture,
} from "@nomicfoundation/ignition-core";
import { Role } from "../../sdk/roles.ts";
import { selectorsOf } from "../roles.ts";
import authorityModule from "./authority.ts";

/** Where Ignition finds the address of an ERC-20, or the address itself. */
export type Asset = string | ModuleParameterRuntimeValue<string> | NamedArtifactContractDeploymentFuture<string>;

/** Names the ERC-20 that a module runs on. */
export type AssetOf<A extends Asset = Asset> = (m: IgnitionModuleBuilder) => A;

/** The belief markets as a module that others build on. */
export type MarketModule = ReturnType<typeof marketOn>;

/**
 * Belief markets: the factory, which deploys the implementation that every market is a clone of.
 *
 * @param assetOf Where the ERC-20 that markets are staked in comes from.
 */
export function marketOn<A extends Asset>(assetOf: AssetOf<A>) {
  return buildModule("Market", (m) => {
    const { authority } = m.useModule(authorityModule);
    const beliefFactory = m.contract("BeliefFactory", [
      assetOf(m),
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
    m.call(
      authority,
      "setTargetFunctionRole",
      [beliefFactory, selectorsOf("BeliefFactory", "Guardian"), Role.Guardian],
      {
        id: "LetGuardianPauseCreation",
      },
    );

    return { authority, beliefFactory };
  });
}
