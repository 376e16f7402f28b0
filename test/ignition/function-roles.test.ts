import { expect } from "chai";
import { CONTRACT_ROLES, FUNCTION_ROLES, type RoleName, selectorsOf } from "../../ignition/roles.ts";
import { StakeVault__factory } from "../../typechain-types/index.ts";
import { CONTRACTS, rulesOf } from "../roles/page.ts";

/** The page's words for those who have a role other than the admin's. */
const ROLE_OF: Readonly<Record<string, RoleName>> = {
  guardian: "Guardian",
  ConvictionMarket: "Venue",
  TruthSerum: "Serum",
  registrar: "Registrar",
  recorders: "Activity",
};

describe("ignition/roles.ts", () => {
  for (const contract of CONTRACTS) {
    it(`has the roles that docs/roles.md tells of ${contract}`, () => {
      const written = rulesOf(contract).flatMap(({ name, who }) => {
        const role = ROLE_OF[who];
        return role === undefined ? [] : [[name, role]];
      });
      const listed = FUNCTION_ROLES[contract as keyof typeof FUNCTION_ROLES] ?? {};
      expect(listed).to.deep.equal(Object.fromEntries(written));
    });
  }

  it("lists no contract that the page does not know", () => {
    expect(CONTRACTS).to.include.members(Object.keys(FUNCTION_ROLES));
  });

  it("gives roles to the contracts that the page names by them, and to the recorders", () => {
    const recorders = ["CouncilGovernor", "CouncilChamber", "ArgumentStaking", "QueryEscrow"];
    expect(CONTRACT_ROLES).to.deep.equal({ Venue: ["ConvictionMarket"], Serum: ["TruthSerum"], Activity: recorders });
  });

  it("tells a contract's selectors by their role", () => {
    const { selector } = StakeVault__factory.createInterface().getFunction("setLock");
    expect(selectorsOf("StakeVault", "Venue")).to.deep.equal([selector]);
  });

  it("tells none where no function asks for the role", () => {
    expect(selectorsOf("StakeVault", "Guardian")).to.deep.equal([]);
  });
});
