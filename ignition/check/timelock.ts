import { ZeroAddress } from "ethers";
import { TimelockRole } from "../../sdk/roles.ts";
import { compare, type Difference, eventsOf, nameOf, readView, type Subject } from "./subject.ts";

/** Compares the timelock's roles with those of docs/roles.md. */
export async function checkTimelock(subject: Subject): Promise<Difference[]> {
  const { record } = subject;
  const { TimelockController, CouncilGovernor } = record.contracts;
  const members: Record<string, string> = {
    [TimelockRole.Admin]: TimelockController.address,
    [TimelockRole.Proposer]: CouncilGovernor.address,
    [TimelockRole.Canceller]: CouncilGovernor.address,
    [TimelockRole.Executor]: ZeroAddress,
  };
  const granted = eventsOf(subject, "TimelockController")
    .filter(({ name }) => name === "RoleGranted")
    .map(({ args }) => [String(args.role), String(args.account)] as const);
  const asked = new Map([...Object.entries(members), ...granted].map((pair) => [pair.join(" "), pair]));

  const differences: Difference[] = [];
  for (const [role, account] of asked.values()) {
    const who = account === ZeroAddress ? "anyone" : nameOf(record, account);
    const isMember = await readView(subject, "TimelockController", "hasRole", role, account);
    differences.push(...compare(`TimelockController: ${titleOf(role)} is ${who}`, members[role] === account, isMember));
  }
  for (const role of Object.values(TimelockRole)) {
    const admin = await readView(subject, "TimelockController", "getRoleAdmin", role);
    const what = `TimelockController: ${titleOf(role)} is granted by`;
    differences.push(...compare(what, titleOf(TimelockRole.Admin), titleOf(String(admin))));
  }
  return differences;
}

function titleOf(role: string): string {
  return Object.entries(TimelockRole).find(([, id]) => id === role)?.[0] ?? `role ${role}`;
}
