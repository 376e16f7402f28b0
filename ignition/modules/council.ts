import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { ZeroAddress } from "ethers";
import { Role, TimelockRole } from "../../sdk/roles.ts";
import { selectorsOf } from "../roles.ts";
import authorityModule from "./authority.ts";

/** The council as a module that others build on. */
export type CouncilModule = ReturnType<typeof councilOn>;

/** Who gets what of the first supply is for the treasury and for community rewards. */
export type Treasurer = "timelock" | "deployer";

/**
 * The council: token, staking and rewards bound to one another for good, the governor over its timelock, the chamber.
 * The timelock's roles are the governor's and its own from here on, before there is anything in it.
 *
 * @param treasurer Who gets the first supply's shares for community rewards and treasury; the rest goes to `team`, `liquidity` and `partners`.
 */
export function councilOn(treasurer: Treasurer) {
  return buildModule("Council", (m) => {
    const { authority } = m.useModule(authorityModule);
    const deployer = m.getAccount(0);
    const timelock = m.contract("TimelockController", [m.getParameter("timelockDelay"), [], [ZeroAddress], deployer]);
    const treasury = treasurer === "timelock" ? timelock : deployer;
    const councilToken = m.contract("CouncilToken", [
      {
        community: treasury,
        team: m.getParameter("team"),
        treasury,
        liquidity: m.getParameter("liquidity"),
        partners: m.getParameter("partners"),
      },
      {
        supply: m.getParameter("supply"),
        communityBps: m.getParameter("communityBps"),
        teamBps: m.getParameter("teamBps"),
        treasuryBps: m.getParameter("treasuryBps"),
        liquidityBps: m.getParameter("liquidityBps"),
        partnersBps: m.getParameter("partnersBps"),
        maxInflationBps: m.getParameter("maxInflationBps"),
      },
      authority,
    ]);
    const rewardsDistributor = m.contract("RewardsDistributor", [
      councilToken,
      {
        period: m.getParameter("period"),
        activityWindow: m.getParameter("activityWindow"),
        participationBps: m.getParameter("participationBps"),
        longTermBps: m.getParameter("longTermBps"),
        governanceBps: m.getParameter("governanceBps"),
        minClaim: m.getParameter("minClaim"),
      },
      authority,
    ]);
    const councilStaking = m.contract("CouncilStaking", [
      councilToken,
      rewardsDistributor,
      {
        minStake: m.getParameter("minStake"),
        maxStake: m.getParameter("maxStake"),
        earlyExitPenaltyBps: m.getParameter("earlyExitPenaltyBps"),
        tiers: [
          { lockDays: 0, multiplierBps: m.getParameter("multiplier0Bps") },
          { lockDays: m.getParameter("lock1Days"), multiplierBps: m.getParameter("multiplier1Bps") },
          { lockDays: m.getParameter("lock2Days"), multiplierBps: m.getParameter("multiplier2Bps") },
          { lockDays: m.getParameter("lock3Days"), multiplierBps: m.getParameter("multiplier3Bps") },
          { lockDays: m.getParameter("lock4Days"), multiplierBps: m.getParameter("multiplier4Bps") },
        ],
      },
      authority,
    ]);
    const councilGovernor = m.contract("CouncilGovernor", [
      councilStaking,
      rewardsDistributor,
      timelock,
      {
        votingDelay: m.getParameter("votingDelay"),
        votingPeriod: m.getParameter("votingPeriod"),
        minProposalStake: m.getParameter("minProposalStake"),
        minVotingStake: m.getParameter("minVotingStake"),
        quorumPercent: m.getParameter("quorumPercent"),
        approvalBps: m.getParameter("approvalBps"),
        maxVoteShareBps: m.getParameter("maxVoteShareBps"),
      },
    ]);
    const councilChamber = m.contract("CouncilChamber", [councilStaking, m.getParameter("minAgentStake"), authority]);

    m.call(rewardsDistributor, "bind", [councilStaking], { id: "BindRewards" });
    const grants = [
      m.call(timelock, "grantRole", [TimelockRole.Proposer, councilGovernor], { id: "LetGovernorPropose" }),
      m.call(timelock, "grantRole", [TimelockRole.Canceller, councilGovernor], { id: "LetGovernorCancel" }),
    ];
    m.call(timelock, "renounceRole", [TimelockRole.Admin, deployer], { id: "LeaveTimelock", after: grants });

    const label = m.call(authority, "labelRole", [Role.Activity, "ACTIVITY"], { id: "LabelActivity" });
    m.call(
      authority,
      "setTargetFunctionRole",
      [rewardsDistributor, selectorsOf("RewardsDistributor", "Activity"), Role.Activity],
      {
        id: "LetActivityRecord",
      },
    );
    for (const [id, recorder] of [
      ["LetGovernorRecord", councilGovernor],
      ["LetChamberRecord", councilChamber],
    ] as const) {
      m.call(authority, "grantRole", [Role.Activity, recorder, 0], { id, after: [label] });
    }
    m.call(
      authority,
      "setTargetFunctionRole",
      [councilStaking, selectorsOf("CouncilStaking", "Guardian"), Role.Guardian],
      {
        id: "LetGuardianPauseStaking",
      },
    );
    m.call(
      authority,
      "setTargetFunctionRole",
      [councilChamber, selectorsOf("CouncilChamber", "Guardian"), Role.Guardian],
      {
        id: "LetGuardianPauseSessions",
      },
    );

    return { councilToken, councilStaking, rewardsDistributor, councilGovernor, timelock, councilChamber };
  });
}
