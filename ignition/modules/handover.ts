import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type { ArgumentType, Future } from "@nomicfoundation/ignition-core";
import { Role } from "../../sdk/roles.ts";
import type { ProtocolModule } from "./protocol.ts";

/** What the deployer may have besides the admin role, by name: whatever was granted while it was admin. */
const OFFICES = Object.entries(Role).filter(([, role]) => role !== Role.Admin);

/**
 * The whole protocol, and then its handover: the timelock becomes admin of the `AccessManager`, the guardian is named,
 * and the deployer gives up every role, the admin role last. Each step waits for the one before and for everything that
 * the deployer sets up; one that was sent is in the journal. So the handover can come with the deployment or at any time
 * after it, and can be interrupted anywhere: until the last transaction the deployer is still there to finish it.
 *
 * @param protocolModule The protocol; its contracts are the result.
 */
export function handoverOf(protocolModule: ProtocolModule) {
  return buildModule("Handover", (m) => {
    const deployed = m.useModule(protocolModule);
    const { authority, timelock } = deployed;
    const deployer = m.getAccount(0);

    // A future that waits for one of a module's futures waits for all of that module's.
    const steps: Future[] = [
      m.call(authority, "grantRole", [Role.Admin, timelock, 0], { after: Object.values(deployed) }),
    ];
    const then = (functionName: string, args: ArgumentType[], id: string) =>
      steps.push(m.call(authority, functionName, args, { id, after: steps.slice(-1) }));
    for (const [name, role] of OFFICES) then("renounceRole", [role, deployer], `LeaveAs${name}`);
    then("grantRole", [Role.Guardian, m.getParameter("guardian"), 0], "NameGuardian");
    then("renounceRole", [Role.Admin, deployer], "LeaveAsAdmin");

    return deployed;
  });
}
