import type { BaseContract } from "ethers";
import { CONTRACT_NAMES, type ContractName } from "../../ignition/contracts.ts";
import { Role } from "../../sdk/roles.ts";
import { rulesOf } from "./page.ts";
import type { Stage } from "./stage.ts";

/** Roles that the council can take from contracts and people. */
const GIVEN: readonly bigint[] = Object.values(Role).filter((role) => role !== Role.Admin);

/** A contract of a stage, by its name on the page. */
export function contractOn(stage: Stage, name: ContractName): BaseContract {
  if (name === "BeliefMarket") return stage.market;
  if (name === "AccessManager") return stage.authority;
  if (name === "TimelockController") return stage.timelock;
  return stage[`${name.charAt(0).toLowerCase()}${name.slice(1)}` as Uncapitalize<typeof name>];
}

/** The guardian pauses whatever can be paused: by every function that the page lets it call while nothing is. */
export async function pauseEverything(stage: Stage): Promise<void> {
  const { authority, guardian } = stage;
  const calls: string[] = [];
  for (const name of CONTRACT_NAMES) {
    for (const rule of rulesOf(name).filter(({ who, when }) => who === "guardian" && when === "not paused")) {
      const contract = contractOn(stage, name);
      const pause = contract.interface.encodeFunctionData(rule.name);
      calls.push(authority.interface.encodeFunctionData("execute", [await contract.getAddress(), pause]));
    }
  }
  await authority.connect(guardian).multicall(calls);
}

/**
 * The worst that the guardian and the council can do together: the one pauses everything; the other closes every
 * contract to all roles, takes every role from everybody, and makes every contract ask an `AccessManager` that knows
 * nobody.
 */
export async function closeEverything(stage: Stage): Promise<void> {
  await pauseEverything(stage);
  const { authority, timelock, foreign } = stage;
  const { interface: abi } = authority;
  const calls: string[] = [];
  for (const name of CONTRACT_NAMES) {
    const contract = contractOn(stage, name);
    const target = await contract.getAddress();
    if (name !== "AccessManager") calls.push(abi.encodeFunctionData("setTargetClosed", [target, true]));
    if (!contract.interface.hasFunction("setAuthority")) continue;
    calls.push(abi.encodeFunctionData("updateAuthority", [target, await foreign.getAddress()]));
  }
  for (const { args } of await authority.queryFilter(authority.filters.RoleGranted())) {
    if (GIVEN.includes(args.roleId)) calls.push(abi.encodeFunctionData("revokeRole", [args.roleId, args.account]));
  }
  await authority.connect(await stage.as(timelock)).multicall(calls);
}
