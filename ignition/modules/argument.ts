import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { Role } from "../../sdk/roles.ts";
import { selectorsOf } from "../roles.ts";
import type { CouncilModule } from "./council.ts";
import type { Asset, AssetOf, MarketModule } from "./market.ts";

/**
 * Argument staking, on claims of the belief markets. Curators and slashers are named later; nobody is at first. Who
 * argues is recorded for the council's rewards.
 *
 * @param marketModule The belief markets, whose claims can be argued about.
 * @param councilModule The council, whose distributor hears of arguments.
 * @param tokenOf Where the ERC-20 that is staked comes from.
 */
export function argumentOn<A extends Asset>(
  marketModule: MarketModule,
  councilModule: CouncilModule,
  tokenOf: AssetOf<A>,
) {
  return buildModule("Argument", (m) => {
    const { authority, beliefFactory } = m.useModule(marketModule);
    const { rewardsDistributor } = m.useModule(councilModule);
    const argumentStaking = m.contract("ArgumentStaking", [
      tokenOf(m),
      beliefFactory,
      {
        upvoteStake: m.getParameter("upvoteStake"),
        period: m.getParameter("period"),
        interestRateBps: m.getParameter("interestRateBps"),
        creatorShareBps: m.getParameter("creatorShareBps"),
        stakeLimitWindow: m.getParameter("stakeLimitWindow"),
        stakeLimitBps: m.getParameter("stakeLimitBps"),
        unjailUpvotes: m.getParameter("unjailUpvotes"),
        creationStake: m.getParameter("creationStake"),
        maxArgumentsPerClaim: m.getParameter("maxArgumentsPerClaim"),
        minSummaryLength: m.getParameter("minSummaryLength"),
        maxSummaryLength: m.getParameter("maxSummaryLength"),
        minBodyLength: m.getParameter("minBodyLength"),
        maxBodyLength: m.getParameter("maxBodyLength"),
        curatorShareBps: m.getParameter("curatorShareBps"),
        minCuratorStake: m.getParameter("minCuratorStake"),
        jailPeriod: m.getParameter("jailPeriod"),
        unhelpfulThreshold: m.getParameter("unhelpfulThreshold"),
      },
      authority,
    ]);

    m.call(authority, "labelRole", [Role.Curator, "CURATOR"], { id: "LabelCurator" });
    m.call(authority, "labelRole", [Role.Slasher, "SLASHER"], { id: "LabelSlasher" });
    m.call(
      authority,
      "setTargetFunctionRole",
      [argumentStaking, selectorsOf("ArgumentStaking", "Guardian"), Role.Guardian],
      {
        id: "LetGuardianPauseArguments",
      },
    );
    m.call(authority, "grantRole", [Role.Activity, argumentStaking, 0], { id: "LetArgumentsRecord" });
    m.call(argumentStaking, "setRecorder", [rewardsDistributor], { id: "RecordArguments" });

    return { argumentStaking };
  });
}
