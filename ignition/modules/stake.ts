import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { Role } from "../../sdk/roles.ts";
import { selectorsOf } from "../roles.ts";
import type { MarketModule } from "./market.ts";

/**
 * The stake system: vault, venue and serum on the asset of the belief markets, the venue and the serum bound to the
 * vault by their roles, for good.
 *
 * @param marketModule The belief markets, whose claims have pools here.
 */
export function stakeOn(marketModule: MarketModule) {
  return buildModule("Stake", (m) => {
    const { authority, beliefFactory } = m.useModule(marketModule);
    const asset = m.staticCall(beliefFactory, "asset");
    const stakeVault = m.contract("StakeVault", [asset, authority]);
    const convictionMarket = m.contract("ConvictionMarket", [asset, beliefFactory, stakeVault, authority]);
    const truthSerum = m.contract("TruthSerum", [
      convictionMarket,
      stakeVault,
      m.getParameter("epochLength"),
      m.getParameter("revealWindow"),
      authority,
    ]);

    const labels = [
      m.call(authority, "labelRole", [Role.Venue, "VENUE"], { id: "LabelVenue" }),
      m.call(authority, "labelRole", [Role.Serum, "SERUM"], { id: "LabelSerum" }),
    ];
    const roles = [
      m.call(authority, "setTargetFunctionRole", [stakeVault, selectorsOf("StakeVault", "Venue"), Role.Venue], {
        id: "LetVenueSetLocks",
      }),
      m.call(authority, "setTargetFunctionRole", [stakeVault, selectorsOf("StakeVault", "Serum"), Role.Serum], {
        id: "LetSerumSettle",
      }),
      m.call(authority, "grantRole", [Role.Venue, convictionMarket, 0], { id: "GrantVenue", after: labels }),
      m.call(authority, "grantRole", [Role.Serum, truthSerum, 0], { id: "GrantSerum", after: labels }),
    ];
    m.call(stakeVault, "bind", [convictionMarket, truthSerum], { id: "BindVault", after: roles });

    m.call(
      authority,
      "setTargetFunctionRole",
      [convictionMarket, selectorsOf("ConvictionMarket", "Guardian"), Role.Guardian],
      {
        id: "LetGuardianPauseEntries",
      },
    );
    m.call(authority, "setTargetFunctionRole", [truthSerum, selectorsOf("TruthSerum", "Guardian"), Role.Guardian], {
      id: "LetGuardianPauseCommits",
    });

    return { stakeVault, convictionMarket, truthSerum };
  });
}
