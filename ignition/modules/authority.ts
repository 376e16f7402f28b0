import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { Role } from "../../sdk/roles.ts";

/** The one `AccessManager` of the protocol, with the roles every mechanism refers to. */
export default buildModule("Authority", (m) => {
  const deployer = m.getAccount(0);
  const guardian = m.getParameter("guardian", deployer);

  const authority = m.contract("AccessManager", [deployer]);
  const labelGuardian = m.call(authority, "labelRole", [Role.Guardian, "GUARDIAN"], { id: "LabelGuardian" });
  m.call(authority, "grantRole", [Role.Guardian, guardian, 0], { id: "GrantGuardian", after: [labelGuardian] });

  return { authority };
});
