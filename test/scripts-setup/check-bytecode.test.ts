import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { dataLength, getAddress, id } from "ethers";
import hre from "hardhat";
import type { Deviation } from "../../ignition/bytecode/compare.ts";
import { DeploymentError, NothingToDoError } from "../../ignition/errors.ts";
import { writeRecord } from "../../ignition/record.ts";
import { MAX_CODE_SIZE } from "../../scripts/bench/check.ts";
import { compareBytecode, describeBytecode, withFreshArtifacts } from "../../scripts/check-bytecode.ts";
import { BeliefFactory__factory } from "../../typechain-types/index.ts";
import { RULES } from "../fixtures/amounts.ts";
import { run } from "./command-line.ts";
import { deployLive, LIVE, type Live } from "./live.ts";

describe("npm run check-bytecode", () => {
  describe("of a live network", () => {
    let live: Live;
    let restore: () => Promise<void>;

    before(async () => {
      live = await deployLive();
      const [deployer] = await live.connection.ethers.getSigners();
      const factory = BeliefFactory__factory.connect(live.record.contracts.BeliefFactory.address, deployer);
      await factory.createMarket(id("one claim"), 0n);
      await factory.createMarketWithParams(id("another"), 0n, { ...RULES, lockPeriod: 2_000_000n });
    });

    beforeEach(async () => {
      const snapshot = await live.connection.networkHelpers.takeSnapshot();
      restore = () => snapshot.restore();
    });

    afterEach(async () => {
      await restore();
    });

    after(async () => {
      await live.close();
    });

    const compare = (folder = live.folder) =>
      compareBytecode({ network: LIVE.network, url: live.url }, hre.artifacts, folder);
    const addressOf = (name: keyof Live["record"]["contracts"]) => live.record.contracts[name]?.address ?? "";
    const codeAt = (address: string) => live.connection.ethers.provider.getCode(address);

    /** What is wrong, by contract. */
    async function deviations(): Promise<Record<string, readonly Deviation[]>> {
      const { contracts, markets } = await compare();
      const checked = [...contracts, ...markets.map((market) => ({ ...market, name: "market" }))];
      return Object.fromEntries(checked.filter((it) => it.deviations.length > 0).map((it) => [it.name, it.deviations]));
    }

    /** Writes other bytes into the code at an address, from a byte on. */
    async function tamper(address: string, at: number, bytes: string): Promise<void> {
      const code = await codeAt(address);
      const [from, to] = [2 + 2 * at, 2 * at + bytes.length];
      await live.connection.networkHelpers.setCode(address, code.slice(0, from) + bytes.slice(2) + code.slice(to));
    }

    it("finds nothing in what was just deployed, without a key of an account", async () => {
      expect(await deviations()).to.deep.equal({});
    });

    it("looks at every contract of the record, and at every market", async () => {
      const { contracts, markets } = await compare();
      const names = Object.entries(live.record.contracts).filter(([, it]) => it !== undefined);
      expect(contracts.map(({ name, address }) => [name, address])).to.have.deep.members(
        names.map(([name, it]) => [name, it?.address]),
      );
      expect(markets).to.have.length(2);
    });

    it("tells how large each is: within EIP-170's limit, OpenZeppelin's own too", async () => {
      for (const { name, size } of (await compare()).contracts) {
        expect(size, name).to.be.within(1, Number(MAX_CODE_SIZE));
      }
    });

    it("finds a single byte that was changed, and says where", async () => {
      const before = (await codeAt(addressOf("RankRegistry"))).slice(22, 24);
      const other = before === "00" ? "0x01" : "0x00";
      await tamper(addressOf("RankRegistry"), 10, other);
      expect(await deviations()).to.deep.equal({
        RankRegistry: [{ what: "code, byte 10", expected: `0x${before}`, found: other }],
      });
    });

    it("finds a wrong immutable, and names it", async () => {
      const { immutableReferences } = await hre.artifacts.readArtifact("StakeVault");
      const places = Object.values(immutableReferences ?? {}).flat();
      const [asset, other] = [live.record.asset, getAddress("0x00000000000000000000000000000000000000aa")];
      for (const { start } of places) await tamper(addressOf("StakeVault"), start + 12, other);
      const padded = (address: string) => `0x${"0".repeat(24)}${address.slice(2).toLowerCase()}`;
      const found = places.map(({ start, length }) => ({
        what: `immutable asset, bytes ${start} to ${start + length - 1}`,
        ...{ expected: padded(asset), found: padded(other) },
      }));
      const { StakeVault = [], ...others } = await deviations();
      expect(others).to.deep.equal({});
      expect(StakeVault).to.have.deep.members(found);
    });

    it("finds an immutable that no argument gives: the second of the deployment", async () => {
      const { immutableReferences } = await hre.artifacts.readArtifact("TruthSerum");
      const { provider } = live.connection.ethers;
      const block = await provider.getBlock(live.record.contracts.TruthSerum.block);
      const second = `0x${BigInt(block?.timestamp ?? 0)
        .toString(16)
        .padStart(64, "0")}`;
      const code = await codeAt(addressOf("TruthSerum"));
      const places = Object.values(immutableReferences ?? {}).flat();
      const place = places.find(({ start }) => code.slice(2 + 2 * start, 66 + 2 * start) === second.slice(2));
      await tamper(addressOf("TruthSerum"), (place?.start ?? 0) + 31, second.endsWith("00") ? "0x01" : "0x00");
      const { TruthSerum = [] } = await deviations();
      expect(TruthSerum.map(({ what, expected }) => [what.split(",")[0], expected])).to.deep.equal([
        ["immutable _startedAt", second],
      ]);
    });

    it("finds other metadata, and says that it is no more than that", async () => {
      const length = dataLength(await codeAt(addressOf("QueryEscrow")));
      await tamper(addressOf("QueryEscrow"), length - 30, "0x0000");
      const { QueryEscrow = [] } = await deviations();
      expect(QueryEscrow.map(({ what }) => what)).to.deep.equal([
        `metadata, by which the sources are named, bytes ${length - 53} to ${length - 1}`,
      ]);
    });

    it("finds code of another length", async () => {
      const address = addressOf("CouncilToken");
      const code = await codeAt(address);
      await live.connection.networkHelpers.setCode(address, `${code}00`);
      const [expected, found] = [dataLength(code), dataLength(code) + 1].map((bytes) => `${bytes} bytes`);
      expect(await deviations()).to.deep.equal({ CouncilToken: [{ what: "length", expected, found }] });
    });

    it("finds a contract missing", async () => {
      const address = addressOf("CouncilChamber");
      const expected = `${dataLength(await codeAt(address))} bytes of code`;
      await live.connection.networkHelpers.setCode(address, "0x");
      expect(await deviations()).to.deep.equal({ CouncilChamber: [{ what: "contract", expected, found: "none" }] });
    });

    describe("with a market that was tampered with", () => {
      const marketOf = (claim: string) =>
        BeliefFactory__factory.connect(addressOf("BeliefFactory"), live.connection.ethers.provider).marketOf(id(claim));

      it("finds another implementation", async () => {
        await tamper(await marketOf("one claim"), 10, "0xaa");
        const { market = [] } = await deviations();
        expect(market.map(({ what }) => what)).to.deep.equal(["proxy, bytes 0 to 44"]);
      });

      it("finds other arguments", async () => {
        const address = await marketOf("another");
        await tamper(address, 80, "0xaaaa");
        const { market = [] } = await deviations();
        const what = `address that belongs to the arguments, bytes 45 to ${dataLength(await codeAt(address)) - 1}`;
        expect(market.map((it) => [it.what, it.expected])).to.deep.equal([[what, address]]);
      });
    });

    it("has nothing to do where none of the contracts is there", async () => {
      for (const contract of Object.values(live.record.contracts)) {
        if (contract !== undefined) await live.connection.networkHelpers.setCode(contract.address, "0x");
      }
      const error: unknown = await compare().catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(NothingToDoError);
      expect((error as NothingToDoError).facts).to.deep.equal({ network: LIVE.network, chainId: BigInt(LIVE.chainId) });
    });

    it("refuses a record whose transaction made another contract", async () => {
      const folder = await mkdtemp(join(tmpdir(), "records-"));
      const { contracts } = live.record;
      const { transaction } = contracts.CouncilToken;
      const wrong = { ...contracts, StakeVault: { ...contracts.StakeVault, transaction } };
      await writeRecord({ ...live.record, contracts: wrong }, folder);
      const error: unknown = await compare(folder).catch((reason: unknown) => reason);
      await rm(folder, { recursive: true });
      expect(error).to.be.instanceOf(DeploymentError);
      expect((error as DeploymentError).facts).to.deep.equal({ contract: "StakeVault", transaction });
    });

    it("finds other parameters in the record than the contract was made with", async () => {
      const folder = await mkdtemp(join(tmpdir(), "records-"));
      const { parameters } = live.record;
      const Stake = { ...parameters.Stake, revealWindow: 4_242n };
      await writeRecord({ ...live.record, parameters: { ...parameters, Stake } }, folder);
      const { contracts } = await compare(folder);
      await rm(folder, { recursive: true });
      const wrong = contracts.filter((it) => it.deviations.length > 0);
      expect(wrong.map(({ name, deviations: [first] }) => [name, first?.what.split(",")[0]])).to.deep.equal([
        ["TruthSerum", "immutable revealWindow"],
      ]);
    });
  });

  it("ends with 2 where there is no record, before it compiles anything", async () => {
    const { code, output } = await run("check-bytecode.ts", ["--network", "sepolia"]);
    expect(code).to.equal(2);
    expect(output).to.match(/Nothing is deployed on sepolia/);
    expect(output).not.to.match(/Compiling/);
  });

  describe("when it compiles", () => {
    let folder: string;

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), "sources-"));
      await mkdir(join(folder, "contracts"));
      await writeFile(join(folder, "package.json"), '{ "name": "sources", "type": "module" }');
    });

    afterEach(async () => {
      await rm(folder, { recursive: true });
    });

    const compile = async (source: string) => {
      await writeFile(join(folder, "contracts", "A.sol"), source);
      const names = async (artifacts: typeof hre.artifacts) => [...(await artifacts.getAllFullyQualifiedNames())];
      const path = createRequire(import.meta.url).resolve("solc/soljson.js");
      return withFreshArtifacts(names, { solidity: { version: "0.8.35", path } }, folder);
    };

    it("takes what the sources say now, and leaves nothing behind", async () => {
      const names = await compile("// SPDX-License-Identifier: MIT\npragma solidity 0.8.35; contract A {}");
      expect(names).to.deep.equal(["contracts/A.sol:A"]);
      expect(await readdir(folder)).to.have.members(["contracts", "package.json"]);
    });

    it("refuses sources that do not compile", async () => {
      const error: unknown = await compile("pragma solidity 0.8.35; contract A {").catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(DeploymentError);
      expect((error as DeploymentError).message).to.equal("The sources here do not compile");
    });
  });

  describe("in words", () => {
    const sound = { name: "StakeVault", address: `0x${"1".repeat(40)}`, size: 12_345, deviations: [] } as const;
    const wrong = (count: number) =>
      Array.from({ length: count }, (_, at) => ({ what: `code, byte ${at}`, expected: "0x00", found: "0x01" }));

    it("says that all is the same", () => {
      const market = { address: sound.address, deviations: [] };
      const [head, row, last] = describeBytecode("sepolia", { contracts: [sound], markets: [market], block: 7 })
        .map((line) =>
          line
            .replaceAll(/[^\w.,: ]/g, "")
            .replaceAll(/ +/g, " ")
            .trim(),
        )
        .filter((line) => /\w/.test(line));
      expect(head).to.equal("contract address bytes code");
      expect(row).to.equal(`StakeVault ${sound.address} 12,345 same`);
      const same = "the code of 1 contracts and 1 belief markets is what the sources here compile to, to the byte.";
      expect(last).to.equal(`sepolia, as of block 7: ${same}`);
    });

    it("lists where the code differs, and how often beyond the first ten places", () => {
      const contracts = [{ ...sound, deviations: wrong(12) }];
      const said = describeBytecode("sepolia", { contracts, markets: [], block: 7 });
      const listed = said.slice(said.indexOf(`- StakeVault (${sound.address})`));
      expect(listed.slice(1, 4)).to.deep.equal(["    code, byte 0", "      expected 0x00", "      found    0x01"]);
      expect(listed.slice(-2)).to.deep.equal([
        "    and at 2 more places",
        "sepolia, as of block 7: of 1 contracts and 0 belief markets 1 has other code than the sources here compile to.",
      ]);
    });

    it("names a market that differs", () => {
      const markets = [{ address: sound.address, deviations: wrong(1) }];
      expect(describeBytecode("sepolia", { contracts: [], markets, block: 7 })).to.include(
        `- BeliefMarket's clone (${sound.address})`,
      );
    });
  });
});
