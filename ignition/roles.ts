import type { Role } from "../sdk/roles.ts";
import { CONTRACTS, type ContractName } from "./contracts.ts";

/** A role of the `AccessManager`, by name. */
export type RoleName = keyof typeof Role;

/** Which role each restricted function asks for. Those that are not listed ask for the admin's. */
export const FUNCTION_ROLES: Readonly<Partial<Record<ContractName, Readonly<Record<string, RoleName>>>>> = {
  BeliefFactory: { pauseCreation: "Guardian", unpauseCreation: "Guardian" },
  StakeVault: { setLock: "Venue", setAtRisk: "Serum", debit: "Serum", credit: "Serum" },
  ConvictionMarket: { pauseEntries: "Guardian", unpauseEntries: "Guardian" },
  TruthSerum: { pauseCommits: "Guardian", unpauseCommits: "Guardian" },
  ArgumentStaking: { pauseEntries: "Guardian", unpauseEntries: "Guardian" },
  RankRegistry: { setRanks: "Registrar" },
  QueryEscrow: { pauseEntries: "Guardian", unpauseEntries: "Guardian" },
  CouncilStaking: { pauseEntries: "Guardian", unpauseEntries: "Guardian" },
  RewardsDistributor: { recordParticipation: "Activity", recordVote: "Activity" },
  CouncilChamber: { pauseEntries: "Guardian", unpauseEntries: "Guardian" },
};

/** Roles that the protocol's contracts have, by contract. The other roles are people's, the timelock's or nobody's. */
export const CONTRACT_ROLES = {
  Venue: ["ConvictionMarket"],
  Serum: ["TruthSerum"],
  Activity: ["CouncilGovernor", "CouncilChamber", "ArgumentStaking", "QueryEscrow"],
} as const satisfies Partial<Record<RoleName, readonly ContractName[]>>;

/** Selectors of a contract's functions that ask for a role. */
export function selectorsOf(contract: ContractName, role: RoleName): string[] {
  const abi = CONTRACTS[contract].createInterface();
  return Object.entries(FUNCTION_ROLES[contract] ?? {})
    .filter(([, asked]) => asked === role)
    .map(([name]) => selectorOf(abi, name));
}

function selectorOf(abi: { getFunction(name: string): { selector: string } | null }, name: string): string {
  const fragment = abi.getFunction(name);
  if (fragment === null) throw new RangeError(`no contract of the protocol has the function ${name}`);
  return fragment.selector;
}
