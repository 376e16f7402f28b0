import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DeploymentParameters } from "@nomicfoundation/ignition-core";
import { expect } from "chai";
import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import { type Deployment, deployLocal, deployProtocol, readParameters } from "../../ignition/deploy.ts";
import { DeploymentError } from "../../ignition/errors.ts";
import { withRecovery } from "../../ignition/recovery.ts";
import { Role } from "../../sdk/roles.ts";
import { type HandedOver, handedOver, handoverParameters, type People, peopleOf } from "../roles/handed-over.ts";
import { connectTo, type RemoteChain, startChain, startFlakyLine } from "./chains.ts";

/** Who of the timelock and the accounts is admin. */
async function adminsOf(
  { authority, timelock }: Pick<Deployment, "authority" | "timelock">,
  people: People,
): Promise<string[]> {
  const { deployer, guardian, team, outsider } = people;
  const candidates = { timelock, deployer, guardian, team, outsider };
  const names = await Promise.all(
    Object.entries(candidates).map(async ([name, candidate]) => {
      const [isAdmin] = await authority.hasRole(Role.Admin, candidate);
      return isAdmin ? [name] : [];
    }),
  );
  return names.flat();
}

describe("the handover", () => {
  describe("when it comes with the deployment", () => {
    let scene: HandedOver;

    before(async () => {
      scene = await handedOver(await hre.network.create());
    });

    it("leaves the timelock the only admin", async () => {
      expect(await adminsOf(scene, scene)).to.deep.equal(["timelock"]);
    });

    it("makes the one who was named guardian", async () => {
      expect(await scene.authority.hasRole(Role.Guardian, scene.guardian)).to.deep.equal([true, 0n]);
    });

    it("takes from the deployer whatever it could have", async () => {
      for (const [name, role] of Object.entries(Role))
        expect(await scene.authority.hasRole(role, scene.deployer), name).to.deep.equal([false, 0n]);
    });

    it("takes the admin role from the deployer after everything else", async () => {
      const logs = await scene.provider.getLogs({ address: await scene.authority.getAddress(), fromBlock: 0 });
      const last = logs.map((log) => scene.authority.interface.parseLog(log)).at(-1);
      expect(last?.name).to.equal("RoleRevoked");
      expect(last?.args.toObject()).to.deep.equal({ roleId: Role.Admin, account: scene.deployer.address });
    });

    it("reverts when the deployer grants a role", async () => {
      const { authority, deployer } = scene;
      await expect(authority.connect(deployer).grantRole(Role.Guardian, deployer, 0n))
        .to.be.revertedWithCustomError(authority, "AccessManagerUnauthorizedAccount")
        .withArgs(deployer, Role.Admin);
    });
  });

  describe("when it comes later", () => {
    let folder: string;
    let chain: RemoteChain;
    let connection: NetworkConnection;
    let parameters: DeploymentParameters;

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), "ignition-"));
      chain = await startChain();
      connection = await connectTo(chain.url, folder);
      parameters = await handoverParameters(connection);
    });

    afterEach(async () => {
      await chain.close();
      await rm(folder, { recursive: true });
    });

    /** A deployment without it: who gets tokens need not have been named, for the deployer does. */
    async function deployWithout(): Promise<Deployment> {
      const { Handover: _, ...others } = parameters;
      return deployProtocol(connection, { ...others, Council: (await readParameters("local")).Council ?? {} });
    }

    it("leaves the timelock the only admin of the same contracts", async () => {
      const people = await peopleOf(connection);
      const { address } = people.deployer;
      const before = await deployWithout();
      const Council = { ...parameters.Council, team: address, liquidity: address, partners: address };
      const after = await deployProtocol(connection, { ...parameters, Council });
      expect(await after.authority.getAddress()).to.equal(await before.authority.getAddress());
      expect(await adminsOf(after, people)).to.deep.equal(["timelock"]);
    });

    it("sends nothing again that was sent before it", async () => {
      const { deployer } = await peopleOf(connection);
      const { address } = deployer;
      await deployWithout();
      const sent = await deployer.getNonce();
      const Council = { ...parameters.Council, team: address, liquidity: address, partners: address };
      await deployProtocol(connection, { ...parameters, Council });
      const steps = Object.keys(Role).length + 2; // the timelock's role and the guardian's, and one renounced for each
      expect((await deployer.getNonce()) - sent).to.equal(steps);
    });

    it("sends nothing when it is complete", async () => {
      const { deployer } = await peopleOf(connection);
      await deployProtocol(connection, parameters);
      const sent = await deployer.getNonce();
      await deployProtocol(connection, parameters);
      expect(await deployer.getNonce()).to.equal(sent);
    });

    for (const loss of ["request", "answer"] as const) {
      it(`goes on where its last step lost its ${loss}`, async () => {
        const people = await peopleOf(connection);
        const deployed = await people.deployer.getNonce();
        const whole = await totalOf(parameters);
        const line = await startFlakyLine(chain.url, whole - deployed - 1, loss);
        const broken = await connectTo(line.url, folder);
        const cut: unknown = await deployProtocol(broken, parameters).catch((reason: unknown) => reason);
        await line.close();
        expect(cut).to.be.instanceOf(Error);
        const journal = join(folder, "deployments", "chain-31337");
        const resumed = await withRecovery(connection, journal, () => deployProtocol(connection, parameters));
        expect(await adminsOf(resumed, people)).to.deep.equal(["timelock"]);
      });
    }
  });

  /** What the deployer has sent when the handover is complete, the asset included. */
  async function totalOf(parameters: DeploymentParameters): Promise<number> {
    const connection = await hre.network.create();
    const { Market } = await handoverParameters(connection);
    const { deployer } = await deployProtocol(connection, { ...parameters, Market: Market ?? {} });
    return deployer.getNonce();
  }

  describe("when its parameters leave something unsaid", () => {
    let connection: NetworkConnection;
    let parameters: DeploymentParameters;
    let people: People;

    before(async () => {
      connection = await hre.network.create();
      parameters = await handoverParameters(connection);
      people = await peopleOf(connection);
    });

    async function expectRefusal(changed: DeploymentParameters, facts: Record<string, unknown>): Promise<void> {
      const before = await people.deployer.getNonce();
      const given = { ...parameters, ...changed };
      const error: unknown = await deployProtocol(connection, given).catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(DeploymentError);
      expect((error as DeploymentError).facts).to.deep.equal(facts);
      expect(await people.deployer.getNonce()).to.equal(before);
    }

    it("refuses to name no guardian", async () => {
      await expectRefusal({ Handover: {} }, { parameter: "Handover.guardian", value: "missing" });
    });

    it("refuses a word that it does not know", async () => {
      const Handover = { guardian: people.guardian.address, admin: people.deployer.address };
      await expectRefusal({ Handover }, { unknown: "admin" });
    });

    it("refuses the deployer as guardian", async () => {
      const { address } = people.deployer;
      const facts = { guardian: address, deployer: address, deployerIsGuardian: "false" };
      await expectRefusal({ Handover: { guardian: address } }, facts);
    });

    it("refuses to call another guardian the deployer", async () => {
      const guardian = people.guardian.address;
      const facts = { guardian, deployer: people.deployer.address, deployerIsGuardian: "true" };
      await expectRefusal({ Handover: { guardian, deployerIsGuardian: true } }, facts);
    });

    it("refuses another guardian beside the one it names", async () => {
      const before = people.outsider.address;
      await expectRefusal({ Authority: { guardian: before } }, { before, guardian: people.guardian.address });
    });

    it("refuses to leave the deployer tokens that nobody said are its own", async () => {
      const { partners: _, ...Council } = parameters.Council ?? {};
      await expectRefusal({ Council }, { parameter: "Council.partners", value: "missing" });
    });
  });

  it("leaves the deployer guardian where the parameters say so", async () => {
    const connection = await hre.network.create();
    const parameters = await handoverParameters(connection);
    const { deployer } = await peopleOf(connection);
    const Handover = { guardian: deployer.address, deployerIsGuardian: true };
    const { authority } = await deployProtocol(connection, { ...parameters, Handover });
    expect(await authority.hasRole(Role.Guardian, deployer)).to.deep.equal([true, 0n]);
  });

  it("is refused on a local chain that deploys its own asset", async () => {
    const connection = await hre.network.create();
    const parameters = await handoverParameters(connection);
    const error: unknown = await deployLocal(connection, parameters).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(DeploymentError);
    expect((error as DeploymentError).facts).to.deep.equal({ network: "default" });
  });
});
