import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { Role } from "../../sdk/roles.ts";
import { ConvictionMarket__factory, StakeVault__factory, TruthSerum__factory } from "../../typechain-types/index.ts";
import type { MarketModule } from "./market.ts";

const vaultInterface = StakeVault__factory.createInterface();
const marketInterface = ConvictionMarket__factory.createInterface();
const serumInterface = TruthSerum__factory.createInterface();

const venueSelectors = [vaultInterface.getFunction("setLock").selector];
const serumSelectors = [
  vaultInterface.getFunction("setAtRisk").selector,
  vaultInterface.getFunction("debit").selector,
  vaultInterface.getFunction("credit").selector,
];
const entrySelectors = [
  marketInterface.getFunction("pauseEntries").selector,
  marketInterface.getFunction("unpauseEntries").selector,
];
const commitSelectors = [
  serumInterface.getFunction("pauseCommits").selector,
  serumInterface.getFunction("unpauseCommits").selector,
];

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
      m.call(authority, "setTargetFunctionRole", [stakeVault, venueSelectors, Role.Venue], { id: "LetVenueSetLocks" }),
      m.call(authority, "setTargetFunctionRole", [stakeVault, serumSelectors, Role.Serum], { id: "LetSerumSettle" }),
      m.call(authority, "grantRole", [Role.Venue, convictionMarket, 0], { id: "GrantVenue", after: labels }),
      m.call(authority, "grantRole", [Role.Serum, truthSerum, 0], { id: "GrantSerum", after: labels }),
    ];
    m.call(stakeVault, "bind", [convictionMarket, truthSerum], { id: "BindVault", after: roles });

    m.call(authority, "setTargetFunctionRole", [convictionMarket, entrySelectors, Role.Guardian], {
      id: "LetGuardianPauseEntries",
    });
    m.call(authority, "setTargetFunctionRole", [truthSerum, commitSelectors, Role.Guardian], {
      id: "LetGuardianPauseCommits",
    });

    return { stakeVault, convictionMarket, truthSerum };
  });
}
