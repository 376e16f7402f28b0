import type { ContractName } from "../contracts.ts";
import { compare, type Difference, nameOf, readView, type Subject } from "./subject.ts";

/** What each contract's views name; `asset` is the ERC-20 that the deployment runs on. */
export const WIRING: Readonly<Record<ContractName, Readonly<Record<string, ContractName | "asset">>>> = {
  BeliefFactory: { asset: "asset", implementation: "BeliefMarket", authority: "AccessManager" },
  BeliefMarket: { asset: "asset", factory: "BeliefFactory" },
  StakeVault: { asset: "asset", venue: "ConvictionMarket", serum: "TruthSerum", authority: "AccessManager" },
  ConvictionMarket: { asset: "asset", factory: "BeliefFactory", vault: "StakeVault", authority: "AccessManager" },
  TruthSerum: { market: "ConvictionMarket", vault: "StakeVault", authority: "AccessManager" },
  ArgumentStaking: {
    token: "CouncilToken",
    factory: "BeliefFactory",
    recorder: "RewardsDistributor",
    authority: "AccessManager",
  },
  RankRegistry: { authority: "AccessManager" },
  QueryEscrow: {
    asset: "asset",
    ranks: "RankRegistry",
    recorder: "RewardsDistributor",
    authority: "AccessManager",
  },
  CouncilToken: { authority: "AccessManager" },
  CouncilStaking: { token: "CouncilToken", distributor: "RewardsDistributor", authority: "AccessManager" },
  RewardsDistributor: { token: "CouncilToken", staking: "CouncilStaking", authority: "AccessManager" },
  CouncilGovernor: { token: "CouncilStaking", timelock: "TimelockController" },
  TimelockController: {},
  CouncilChamber: { token: "CouncilToken", authority: "AccessManager" },
  AccessManager: {},
};

/** Compares the addresses that the contracts know one another by with the record's. */
export async function checkWiring(subject: Subject): Promise<Difference[]> {
  const { contracts, asset } = subject.record;
  const differences: Difference[] = [];
  for (const [name, views] of Object.entries(WIRING) as [ContractName, Record<string, ContractName | "asset">][]) {
    for (const [view, named] of Object.entries(views)) {
      const expected = named === "asset" ? asset : contracts[named].address;
      const found = String(await readView(subject, name, view));
      const title = (address: string) => nameOf(subject.record, address);
      differences.push(...compare(`${name}.${view}`, title(expected), title(found)));
    }
  }
  const dollars = contracts.TestUSDC?.address;
  return dollars === undefined ? differences : [...differences, ...compare("asset in the record", dollars, asset)];
}

/** Contracts that are paused. A guardian may do that any time: it is told, and no difference. */
export async function pausedContracts(subject: Subject): Promise<ContractName[]> {
  const paused: ContractName[] = [];
  for (const [name, view] of PAUSES) if ((await readView(subject, name, view)) === true) paused.push(name);
  return paused;
}

const PAUSES: readonly (readonly [ContractName, string])[] = [
  ["BeliefFactory", "isCreationPaused"],
  ["ConvictionMarket", "paused"],
  ["TruthSerum", "paused"],
  ["ArgumentStaking", "paused"],
  ["QueryEscrow", "paused"],
  ["CouncilStaking", "paused"],
  ["CouncilChamber", "paused"],
];
