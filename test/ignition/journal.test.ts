import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { computeAddress, toBeHex } from "ethers";
import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import { inspectDeployment } from "../../ignition/check/inspect.ts";
import { deployLocal, type LocalDeployment, readParameters } from "../../ignition/deploy.ts";
import { claimLocalJournal } from "../../ignition/local-chain.ts";
import { recordOf } from "../../ignition/recording.ts";
import { withRecovery } from "../../ignition/recovery.ts";
import { contractRows } from "../../scripts/contracts.ts";
import { connectTo, type Loss, type RemoteChain, startChain, startFlakyLine, startRollup } from "./chains.ts";
import { journalIn } from "./recorded.ts";

async function addressesOf(deployment: LocalDeployment): Promise<string[]> {
  return (await contractRows(deployment)).map(([, address]) => address);
}

/**
 * The key of another deployer, whose address begins with a digit. Where it begins with a letter, Ignition sorts what is
 * under way behind what is to be sent, and where every block is mined at once it then loses count of the nonces when it is
 * cut off twice.
 */
const OTHER_DEPLOYER = toBeHex(1n, 32);

describe("the journal of a deployment", () => {
  let folder: string;
  let chain: RemoteChain;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "ignition-"));
    chain = await startChain();
  });

  afterEach(async () => {
    await chain.close();
    await rm(folder, { recursive: true });
  });

  it("keeps a deployment that is complete from being sent again", async () => {
    const first = await deployLocal(await connectTo(chain.url, folder));
    const sent = await first.deployer.getNonce();
    const second = await deployLocal(await connectTo(chain.url, folder));
    expect(await addressesOf(second)).to.deep.equal(await addressesOf(first));
    expect(await second.deployer.getNonce()).to.equal(sent);
  });

  describe("of a deployment that was cut off", () => {
    const sendsBeforeCut = 3;
    /** What a deployment takes that nothing interrupts. */
    let transactions: number;

    before(async () => {
      const { deployer } = await deployLocal(await hre.network.create());
      transactions = await deployer.getNonce();
    });

    async function cutOff(loss: Loss): Promise<NetworkConnection> {
      const line = await startFlakyLine(chain.url, sendsBeforeCut, loss);
      const cut: unknown = await deployLocal(await connectTo(line.url, folder)).catch((reason: unknown) => reason);
      await line.close();
      expect(cut).to.be.instanceOf(Error);
      return connectTo(chain.url, folder);
    }

    async function resume(connection: NetworkConnection): Promise<LocalDeployment> {
      return withRecovery(connection, journalIn(folder), () => deployLocal(connection));
    }

    it("sends again what did not arrive", async () => {
      const connection = await cutOff("request");
      const [deployer] = await connection.ethers.getSigners();
      expect(await deployer?.getNonce()).to.equal(sendsBeforeCut);
      const deployment = await resume(connection);
      expect(await deployment.deployer.getNonce()).to.equal(transactions);
    });

    it("finds what arrived without an answer", async () => {
      const connection = await cutOff("answer");
      const [deployer] = await connection.ethers.getSigners();
      expect(await deployer?.getNonce()).to.equal(sendsBeforeCut + 1);
      const deployment = await resume(connection);
      expect(await deployment.deployer.getNonce()).to.equal(transactions);
    });

    it("finds what arrived among a rollup's own transactions", async () => {
      await cutOff("answer");
      const rollup = await startRollup(chain.url);
      const deployment = await resume(await connectTo(rollup.url, folder));
      const sent = await deployment.deployer.getNonce();
      await rollup.close();
      expect(sent).to.equal(transactions);
    });

    it("is what was asked for where it was cut off at every transaction", async () => {
      const connection = await connectTo(chain.url, folder, OTHER_DEPLOYER);
      const [deployer] = await connection.ethers.getSigners();
      await connection.networkHelpers.setBalance(computeAddress(OTHER_DEPLOYER), 10n ** 20n);
      let cuts = 0;
      for (let sent = 0; sent < transactions; cuts++) {
        // In turns one that arrives and is not answered, and one that arrives with the next lost on its way.
        const line = cuts % 2 === 0 ? startFlakyLine(chain.url, 0, "answer") : startFlakyLine(chain.url, 1, "request");
        const { url, close } = await line;
        const broken = await connectTo(url, folder, OTHER_DEPLOYER);
        await resume(broken).catch((error: unknown) => expect(error).to.be.an("error"));
        await close();
        sent = (await deployer?.getNonce()) ?? 0;
      }
      const deployment = await resume(connection);
      expect([cuts, await deployment.deployer.getNonce()]).to.deep.equal([transactions, transactions]);
      const parameters = await readParameters("local");
      const record = await recordOf(connection, { deployment, parameters, journal: journalIn(folder) });
      const { differences } = await inspectDeployment(connection, { record, parameters, artifacts: hre.artifacts });
      expect(differences).to.deep.equal([]);
    }).timeout(400_000);

    it("finds what arrived many blocks ago", async () => {
      const connection = await cutOff("answer");
      // One by one: of blocks that are mined together Hardhat's chain does not know the nonces.
      for (let block = 0; block < 37; block++) await connection.networkHelpers.mine();
      const deployment = await resume(connection);
      expect(await deployment.deployer.getNonce()).to.equal(transactions);
    });
  });

  describe("of a local chain", () => {
    it("is kept while the chain is the same", async () => {
      const connection = await connectTo(chain.url, folder);
      const journal = await claimLocalJournal(connection, join(folder, "deployments"));
      await deployLocal(connection);
      const before = await readdir(journal);
      await claimLocalJournal(connection, join(folder, "deployments"));
      expect(await readdir(journal)).to.deep.equal(before);
    });

    it("is dropped when another chain has taken its place", async () => {
      const connection = await connectTo(chain.url, folder);
      await claimLocalJournal(connection, join(folder, "deployments"));
      await deployLocal(connection);
      const another = await startChain();
      const journal = await claimLocalJournal(await connectTo(another.url, folder), join(folder, "deployments"));
      await another.close();
      expect(await readdir(journal)).to.deep.equal(["chain-instance"]);
    });
  });
});
