import { expect } from "chai";
import { type BaseContract, concat, type FunctionFragment, toBeHex, ZeroAddress } from "ethers";
import { Role, TimelockRole } from "../../sdk/roles.ts";
import { CONTRACTS, ROLES, type Rule, rulesOf, TIMELOCK_ROLES } from "./page.ts";
import { probe, writesOf } from "./probe.ts";
import { openScene, peopleBehind, type Scene } from "./scene.ts";

/** Ids of the roles by which the page's words for those who have them are asked for in `AccessManaged` contracts. */
const ROLE_OF: Readonly<Record<string, bigint>> = {
  timelock: Role.Admin,
  guardian: Role.Guardian,
  ConvictionMarket: Role.Venue,
  TruthSerum: Role.Serum,
  registrar: Role.Registrar,
  recorders: Role.Activity,
};

/** Asks the `AccessManager`: `setAuthority` asks who the caller is, and the governor's and the hooks' are bound to it. */
function isByRole({ contract, name, who }: Rule): boolean {
  const isManaged = !["AccessManager", "TimelockController", "CouncilGovernor", "BeliefMarket"].includes(contract);
  return isManaged && name !== "setAuthority" && who in ROLE_OF;
}

/** Who may call a function, in words for a sentence. */
const onlyWho = ({ who }: Rule): string => (["anyone", "nobody"].includes(who) ? who : `${who}, and no one else,`);

describe("docs/roles.md", () => {
  let scene: Scene;

  before(async () => {
    scene = await openScene();
  });

  const contractOf = (name: string): BaseContract => {
    const contract = scene.contracts[name];
    if (contract === undefined) throw new Error(`docs/roles.md: no contract is called ${name}`);
    return contract;
  };

  const fragmentOf = ({ contract, name }: Rule): FunctionFragment => {
    const fragment = contractOf(contract).interface.getFunction(name);
    if (fragment === null) throw new Error(`${contract} has no ${name}`);
    return fragment;
  };

  /** As somebody calls it: about the team, who has power, without which a participation is nobody's to record. */
  const isRefused = (rule: Rule, from: string) =>
    probe(scene.connection, contractOf(rule.contract), fragmentOf(rule), from, scene.team.address);

  it("tells of every contract of the deployment, and of belief markets", () => {
    expect(CONTRACTS).to.have.members(Object.keys(scene.contracts));
  });

  describe("its roles", () => {
    it("are those of the deployment", () => {
      const written = ROLES.map(({ name, id }) => [name, BigInt(id)]);
      expect(Object.fromEntries(written)).to.deep.equal({ ...Role });
    });

    for (const { name, id, who } of ROLES) {
      it(`say who has the role ${name}`, async () => {
        const { authority, callers } = scene;
        const granted = await authority.queryFilter(authority.filters.RoleGranted(BigInt(id)));
        const holders = new Set<string>();
        for (const { args } of granted)
          if ((await authority.hasRole(BigInt(id), args.account))[0]) holders.add(args.account);
        expect([...holders]).to.have.members(peopleBehind(who, callers).map((person) => callers[person]));
      });

      it(`say by whom the role ${name} is granted: an admin, without a guardian of its own`, async () => {
        const { authority } = scene;
        const [admin, guardian] = [
          await authority.getRoleAdmin(BigInt(id)),
          await authority.getRoleGuardian(BigInt(id)),
        ];
        expect([admin, guardian]).to.deep.equal([Role.Admin, Role.Admin]);
      });
    }
  });

  describe("its roles of the timelock", () => {
    it("are OpenZeppelin's", () => {
      expect(TIMELOCK_ROLES.map(({ name }) => name)).to.have.members(Object.keys(TimelockRole));
    });

    for (const { name, who } of TIMELOCK_ROLES) {
      it(`say who has the role ${name}`, async () => {
        const { timelock, callers } = scene;
        const role = TimelockRole[name as keyof typeof TimelockRole];
        const granted = await timelock.queryFilter(timelock.filters.RoleGranted(role));
        const holders = new Set<string>();
        for (const { args } of granted) if (await timelock.hasRole(role, args.account)) holders.add(args.account);
        const written = who === "anyone" ? [ZeroAddress] : peopleBehind(who, callers).map((person) => callers[person]);
        expect([...holders]).to.have.members(written);
      });
    }
  });

  for (const contract of CONTRACTS) {
    describe(contract, () => {
      const rules = rulesOf(contract);

      it("lists every function that can change something, once", () => {
        const names = writesOf(contractOf(contract)).map(({ name }) => name);
        expect(rules.map(({ name }) => name)).to.have.members(names);
      });

      it("has no owner", () => {
        const { interface: abi } = contractOf(contract);
        const names = ["owner()", "transferOwnership(address)", "upgradeToAndCall(address,bytes)"];
        expect(names.filter((name) => abi.hasFunction(name))).to.deep.equal([]);
      });

      for (const rule of rules) {
        it(`lets ${onlyWho(rule)} call ${rule.name}`, async () => {
          const allowed: string[] = [];
          for (const [name, address] of Object.entries(scene.callers)) {
            if (!(await isRefused(rule, address))) allowed.push(name);
          }
          expect(allowed.sort()).to.deep.equal(peopleBehind(rule.who, scene.callers));
        });

        if (!isByRole(rule)) continue;

        it(`asks for the role of ${rule.who} at ${rule.name}`, async () => {
          const role = await scene.authority.getTargetFunctionRole(contractOf(contract), fragmentOf(rule).selector);
          expect(role).to.equal(ROLE_OF[rule.who]);
        });

        it(`lets ${onlyWho(rule)} through to ${rule.name} at once`, async () => {
          const { authority, callers } = scene;
          const allowed: string[] = [];
          for (const [name, address] of Object.entries(callers)) {
            const answer = await authority.canCall(address, contractOf(contract), fragmentOf(rule).selector);
            if (answer.immediate || answer.delay > 0n) allowed.push(name);
          }
          expect(allowed.sort()).to.deep.equal(peopleBehind(rule.who, callers));
        });

        it(`reverts when an outsider calls ${rule.name} through the AccessManager`, async () => {
          const { authority, outsider } = scene;
          const [target, { selector, inputs }] = [contractOf(contract), fragmentOf(rule)];
          const data = concat([selector, ...inputs.map(() => toBeHex(0n, 32))]);
          await expect(authority.connect(outsider).execute(target, data))
            .to.be.revertedWithCustomError(authority, "AccessManagerUnauthorizedCall")
            .withArgs(outsider, target, selector);
        });
      }
    });
  }

  describe("the deployer", () => {
    it("has none of the council's tokens", async () => {
      expect(await scene.councilToken.balanceOf(scene.deployer)).to.equal(0n);
    });
  });
});
