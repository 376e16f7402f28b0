import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { getAddress, id } from "ethers";
import hre from "hardhat";
import { CONTRACT_NAMES, DEPLOYABLE, type DeployableName } from "../../ignition/contracts.ts";
import { DeploymentError, NothingToDoError } from "../../ignition/errors.ts";
import {
  abiHashOf,
  type DeploymentRecord,
  parseRecord,
  readRecord,
  recordFileOf,
  serializeRecord,
  writeRecord,
} from "../../ignition/record.ts";
import { recordDeployment } from "../../ignition/recording.ts";
import { deployRecorded, journalIn, type Recorded } from "./recorded.ts";

/** A record of contracts that are nowhere. */
function fictitious(): DeploymentRecord {
  const names = [...CONTRACT_NAMES, "TestUSDC"];
  const contracts = names.map((name, index) => {
    const address = getAddress(`0x${(index + 1).toString(16).padStart(40, "0")}`);
    return [name, { address, block: index, transaction: id(name), abiHash: id(`${name}'s ABI`) }];
  });
  const guardian = getAddress("0x00000000000000000000000000000000000000aa");
  return {
    format: 1,
    network: "nowhere",
    chainId: 7,
    deployer: getAddress("0x00000000000000000000000000000000000000bb"),
    contracts: Object.fromEntries(contracts) as DeploymentRecord["contracts"],
    asset: getAddress("0x00000000000000000000000000000000000000cc"),
    parameters: { Market: { lockPeriod: 5n, maxStake: 2n ** 70n }, Handover: { guardian, deployerIsGuardian: false } },
    handover: { guardian, block: 9, transaction: id("handover") },
  };
}

/** The same with every object's keys the other way round. */
function reversed(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toReversed();
  return Object.fromEntries(entries.map(([key, inner]) => [key, reversed(inner)]));
}

describe("the record of a deployment", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "records-"));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it("reads what it wrote", async () => {
    await writeRecord(fictitious(), folder);
    expect(await readRecord("nowhere", folder)).to.deep.equal(fictitious());
  });

  it("leaves nothing but the file", async () => {
    await writeRecord(fictitious(), folder);
    expect(await readdir(folder)).to.deep.equal(["nowhere.json"]);
  });

  it("makes the folder where there is none", async () => {
    const file = await writeRecord(fictitious(), join(folder, "new"));
    expect(file).to.equal(join(folder, "new", "nowhere.json"));
  });

  it("keeps the earlier one where the new one cannot be written whole", async () => {
    await writeRecord(fictitious(), folder);
    const broken = { ...fictitious(), parameters: { Market: { lockPeriod: circular() } } };
    const error: unknown = await writeRecord(broken as unknown as DeploymentRecord, folder).catch((it: unknown) => it);
    expect(error).to.be.instanceOf(Error);
    expect(await readRecord("nowhere", folder)).to.deep.equal(fictitious());
  });

  function circular(): object {
    const self: { self?: object } = {};
    self.self = self;
    return self;
  }

  it("has one text whatever the order of its parts", () => {
    const other = reversed(fictitious()) as DeploymentRecord;
    expect(serializeRecord(other)).to.equal(serializeRecord(fictitious()));
  });

  it("begins with its form, its network and its contracts in the order of their names", () => {
    const written = JSON.parse(serializeRecord(fictitious()));
    expect(Object.keys(written).slice(0, 5)).to.deep.equal(["format", "network", "chainId", "deployer", "contracts"]);
    expect(Object.keys(written.contracts)).to.deep.equal([...CONTRACT_NAMES, "TestUSDC"]);
  });

  it("writes numbers of parameters as digits, which every reader can hold", () => {
    const { parameters } = JSON.parse(serializeRecord(fictitious()));
    expect(parameters.Market).to.deep.equal({ lockPeriod: "5", maxStake: "1180591620717411303424" });
  });

  it("takes an address in any spelling", () => {
    const { asset } = fictitious();
    const text = serializeRecord(fictitious()).replaceAll(asset, asset.toLowerCase());
    expect(parseRecord(text, "nowhere.json").asset).to.equal(asset);
  });

  describe("when it cannot be used", () => {
    async function errorOf(reading: () => unknown): Promise<DeploymentError> {
      const error: unknown = await Promise.resolve()
        .then(reading)
        .catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(DeploymentError);
      return error as DeploymentError;
    }

    it("says how to deploy where there is none", async () => {
      const error = await errorOf(() => readRecord("nowhere", folder));
      expect(error).to.be.instanceOf(NothingToDoError);
      expect(error.message).to.include("run `npm run deploy -- --network nowhere`");
      expect(error.facts).to.deep.equal({ missing: recordFileOf("nowhere", folder) });
    });

    it("says which file is no JSON", async () => {
      await writeFile(recordFileOf("nowhere", folder), serializeRecord(fictitious()).slice(0, 100));
      const error = await errorOf(() => readRecord("nowhere", folder));
      expect(error.message).to.match(/^The deployment's record is no JSON/);
      expect(error.facts).to.deep.equal({ file: recordFileOf("nowhere", folder) });
    });

    for (const [what, text, format] of [
      ["of a later form", serializeRecord(fictitious()).replace('"format": 1', '"format": 2'), "2"],
      ["without a form", serializeRecord(fictitious()).replace('"format": 1,', ""), "undefined"],
      ["that is a list", "[]", "undefined"],
      ["that is null", "null", "undefined"],
    ] as const) {
      it(`names the form of a record ${what}`, async () => {
        const error = await errorOf(() => parseRecord(text, "nowhere.json"));
        expect(error.message).to.match(/has another form than 1/);
        expect(error.facts).to.deep.equal({ file: "nowhere.json", format });
      });
    }

    for (const [what, change, complaint] of [
      ["an address that is none", { asset: "0x12" }, "asset: an address"],
      ["no contracts", { contracts: {} }, "contracts.BeliefFactory: "],
      ["something unknown", { owner: "me" }, "Unrecognized key"],
      ["a number that is none", { parameters: { Market: { lockPeriod: 5.5 } } }, "parameters.Market.lockPeriod: "],
      ["a block that is none", { handover: { ...fictitious().handover, block: -1 } }, "handover.block: a block number"],
      [
        "a hash that is none",
        { handover: { ...fictitious().handover, transaction: "0x" } },
        "handover.transaction: 32",
      ],
    ] as const) {
      it(`says where a record has ${what}`, async () => {
        const text = JSON.stringify({ ...JSON.parse(serializeRecord(fictitious())), ...change });
        const error = await errorOf(() => parseRecord(text, "nowhere.json"));
        expect(error.message).to.match(/^The deployment's record is broken:\n/);
        expect(error.message).to.include(complaint);
      });
    }
  });

  describe("of an ABI", () => {
    const abi = [
      { type: "function", name: "b", inputs: [{ name: "x", type: "uint256" }] },
      { type: "function", name: "a", inputs: [] },
    ];

    it("is the same in another order", () => {
      const other = [abi[1], { inputs: [{ type: "uint256", name: "x" }], name: "b", type: "function" }];
      expect(abiHashOf(other)).to.equal(abiHashOf(abi));
    });

    it("is of the text that its description tells", () => {
      const text =
        '[{"inputs":[],"name":"a","type":"function"},' +
        '{"inputs":[{"name":"x","type":"uint256"}],"name":"b","type":"function"}]';
      expect(abiHashOf(abi)).to.equal(id(text));
    });

    it("is another one with another argument", () => {
      const other = [{ ...abi[0], inputs: [{ name: "x", type: "uint128" }] }, abi[1]];
      expect(abiHashOf(other)).to.not.equal(abiHashOf(abi));
    });

    for (const name of Object.keys(DEPLOYABLE) as DeployableName[]) {
      it(`is the same by ${name}'s artifact as by its binding`, async () => {
        const artifact = await hre.artifacts.readArtifact(name);
        expect(abiHashOf(artifact.abi)).to.equal(abiHashOf(DEPLOYABLE[name].abi));
      });
    }
  });

  describe("that is written after a deployment", () => {
    let scene: Recorded;

    before(async () => {
      scene = await deployRecorded("handed over");
    });

    after(async () => {
      await scene.close();
    });

    it("names the network, the chain, the deployer and the asset", () => {
      const { record, people, deployment } = scene;
      const { network, chainId, deployer, asset } = record;
      const expected = ["localhost", 31_337, people.deployer.address, deployment.asset];
      expect([network, chainId, deployer, asset]).to.deep.equal(expected);
    });

    it("has the block and the transaction that made each contract", async () => {
      const { record, connection } = scene;
      for (const name of CONTRACT_NAMES.filter((contract) => contract !== "BeliefMarket")) {
        const { address, block, transaction } = record.contracts[name];
        const receipt = await connection.ethers.provider.getTransactionReceipt(transaction);
        expect([receipt?.contractAddress, receipt?.blockNumber], name).to.deep.equal([address, block]);
      }
    });

    it("has the parameters, with every recipient", () => {
      const { parameters } = scene.record;
      expect([parameters.Market?.lockPeriod, parameters.Council?.supply]).to.deep.equal([2_592_000n, 10n ** 18n]);
      expect(parameters.Council?.partners).to.equal(scene.people.team.address);
    });

    it("has the transaction that took the last role from the deployer", async () => {
      const { record, connection, people } = scene;
      const last = await connection.ethers.provider.getTransaction(record.handover?.transaction ?? "");
      expect([last?.from, last?.nonce]).to.deep.equal([
        people.deployer.address,
        (await people.deployer.getNonce()) - 1,
      ]);
      expect(record.handover).to.include({ guardian: people.guardian.address, block: last?.blockNumber });
    });

    it("is the same when it is written again", async () => {
      const first = await recordDeployment(scene.connection, completed(), folder);
      const text = await readFile(first, "utf8");
      const second = await recordDeployment(scene.connection, completed(), folder);
      expect(await readFile(second, "utf8")).to.equal(text);
    });

    function completed() {
      const { deployment, parameters } = scene;
      return { deployment, parameters, journal: journalIn(scene.folder) };
    }
  });
});
