import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { Role } from "../../sdk/roles.ts";
import { selectorsOf } from "../roles.ts";
import type { CouncilModule } from "./council.ts";
import type { MarketModule } from "./market.ts";

/**
 * The query escrow on the asset of the belief markets, and the ranks of those who answer and judge. Who sets ranks is
 * named later; nobody does at first. Who answers and judges is recorded for the council's rewards.
 *
 * @param marketModule The belief markets, whose asset is staked here too.
 * @param councilModule The council, whose distributor hears of answers and votes.
 */
export function queryOn(marketModule: MarketModule, councilModule: CouncilModule) {
  return buildModule("Query", (m) => {
    const { authority, beliefFactory } = m.useModule(marketModule);
    const { rewardsDistributor } = m.useModule(councilModule);
    const asset = m.staticCall(beliefFactory, "asset");
    const rankRegistry = m.contract("RankRegistry", [authority]);
    const queryEscrow = m.contract("QueryEscrow", [
      asset,
      rankRegistry,
      {
        answering: m.getParameter("answering"),
        opening: m.getParameter("opening"),
        judging: m.getParameter("judging"),
        revealing: m.getParameter("revealing"),
      },
      authority,
    ]);

    m.call(authority, "labelRole", [Role.Registrar, "REGISTRAR"], { id: "LabelRegistrar" });
    m.call(
      authority,
      "setTargetFunctionRole",
      [rankRegistry, selectorsOf("RankRegistry", "Registrar"), Role.Registrar],
      {
        id: "LetRegistrarSetRanks",
      },
    );
    m.call(authority, "setTargetFunctionRole", [queryEscrow, selectorsOf("QueryEscrow", "Guardian"), Role.Guardian], {
      id: "LetGuardianPauseQueries",
    });
    m.call(authority, "grantRole", [Role.Activity, queryEscrow, 0], { id: "LetQueriesRecord" });
    m.call(queryEscrow, "setRecorder", [rewardsDistributor], { id: "RecordQueries" });

    return { rankRegistry, queryEscrow };
  });
}
