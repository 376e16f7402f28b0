import { expect } from "chai";
import { concat, getAddress, id, toBeHex, ZeroAddress, zeroPadValue } from "ethers";
import hre from "hardhat";
import { withoutImmutables, withoutSources } from "../../ignition/check/code.ts";
import { type Inspected, inspectDeployment } from "../../ignition/check/inspect.ts";
import type { Difference } from "../../ignition/check/subject.ts";
import { WIRING } from "../../ignition/check/wiring.ts";
import { CONTRACT_NAMES, CONTRACTS, type ContractName } from "../../ignition/contracts.ts";
import { NothingToDoError } from "../../ignition/errors.ts";
import { argumentParamsOf, marketParamsOf, RECIPIENTS } from "../../ignition/preflight.ts";
import type { RecordedContract } from "../../ignition/record.ts";
import { COUNCIL_DEFAULTS } from "../../sdk/council/params.ts";
import { Role, TimelockRole } from "../../sdk/roles.ts";
import { AccessManager__factory } from "../../typechain-types/index.ts";
import { DAY } from "../fixtures/amounts.ts";
import { deployRecorded, type Recorded } from "./recorded.ts";

const OUTSIDER_ROLE = 42n;
const SELECTOR = "0x12345678";
const UNKNOWN = getAddress("0x00000000000000000000000000000000000000aa");

/** Views of a market that say nothing of their implementation. */
const OF_A_CLONE = ["author"];

const isNumber = (value: unknown): value is number | bigint => typeof value === "number" || typeof value === "bigint";

/** Settings of the governor, in the order of a parameters file. */
const DECISIONS = [
  { rule: "votingDelay", call: "setVotingDelay", before: 86_400n, value: 2n },
  { rule: "votingPeriod", call: "setVotingPeriod", before: 604_800n, value: 3_600n },
  { rule: "minProposalStake", call: "setProposalThreshold", before: 10_000_000_000_000n, value: 7n },
  { rule: "minVotingStake", call: "setMinVotingStake", before: 1_000_000_000_000n, value: 8n },
  { rule: "quorumPercent", call: "updateQuorumNumerator", before: 10n, value: 11n },
  { rule: "approvalBps", call: "setApproval", before: 6_600n, value: 6_700n },
  { rule: "maxVoteShareBps", call: "setMaxVoteShare", before: 10_000n, value: 2_000n },
] as const;

describe("the inspection of a deployment", () => {
  let scene: Recorded;
  let restore: () => Promise<void>;

  before(async () => {
    scene = await deployRecorded("not handed over");
  });

  beforeEach(async () => {
    const snapshot = await scene.connection.networkHelpers.takeSnapshot();
    restore = () => snapshot.restore();
  });

  afterEach(async () => {
    await restore();
  });

  after(async () => {
    await scene.close();
  });

  /** A difference as a list, to compare with. */
  const listed = ({ what, expected, found }: Difference) => [what, expected, found];

  async function expectDifferences(expected: string[][], changed?: Partial<Inspected>): Promise<void> {
    const { differences } = await scene.inspect(changed);
    expect(differences.map(listed)).to.deep.equal(expected);
  }

  /** What the record has of a contract, changed. */
  function recordWith(name: ContractName, changed: Partial<RecordedContract>): Partial<Inspected> {
    const { record } = scene;
    const contracts = { ...record.contracts, [name]: { ...record.contracts[name], ...changed } };
    return { record: { ...record, contracts } };
  }

  const addressOf = (name: ContractName) => scene.record.contracts[name].address;
  const titleOf = (name: ContractName) => `${name} (${addressOf(name)})`;

  /** Calls as the timelock, which nobody's key signs for. */
  async function asTimelock<T>(act: (timelock: Awaited<ReturnType<typeof impersonate>>) => Promise<T>): Promise<T> {
    return act(await impersonate(addressOf("TimelockController")));
  }

  async function impersonate(address: string) {
    const { ethers, networkHelpers } = scene.connection;
    await networkHelpers.impersonateAccount(address);
    await networkHelpers.setBalance(address, 10n ** 18n);
    return ethers.getSigner(address);
  }

  it("finds nothing where all is as documented", async () => {
    await expectDifferences([]);
  });

  it("reads as of the latest block", async () => {
    const { block } = await scene.inspect();
    expect(block).to.equal(await scene.connection.ethers.provider.getBlockNumber());
  });

  it("finds nothing in what went on since", async () => {
    await scene.deployment.beliefFactory.createMarket(id("a claim"), 0n);
    await expectDifferences([]);
  });

  it("refuses a chain on which nothing is deployed", async () => {
    const { record, parameters } = scene;
    const inspected = { record, parameters, artifacts: hre.artifacts };
    const empty = await hre.network.create();
    const error: unknown = await inspectDeployment(empty, inspected).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(NothingToDoError);
    expect((error as NothingToDoError).facts).to.deep.equal({ network: "localhost", chainId: 31_337n });
  });

  describe("when entries are paused", () => {
    it("tells so, and finds no difference", async () => {
      await scene.deployment.queryEscrow.pauseEntries();
      await scene.deployment.beliefFactory.pauseCreation();
      const { differences, paused } = await scene.inspect();
      expect({ differences, paused }).to.deep.equal({ differences: [], paused: ["BeliefFactory", "QueryEscrow"] });
    });
  });

  describe("of who has a role", () => {
    it("finds a stranger", async () => {
      const { deployment, people } = scene;
      await deployment.authority.grantRole(Role.Guardian, people.outsider, 0n);
      const what = `AccessManager: Guardian (1) of ${people.outsider.address}`;
      await expectDifferences([[what, "not granted", "granted"]]);
    });

    it("finds another admin", async () => {
      const { deployment, people } = scene;
      await deployment.authority.grantRole(Role.Admin, people.outsider, 0n);
      const what = `AccessManager: Admin (0) of ${people.outsider.address}`;
      await expectDifferences([[what, "not granted", "granted"]]);
    });

    it("finds a role that the protocol does not have", async () => {
      const { deployment, people } = scene;
      await deployment.authority.grantRole(OUTSIDER_ROLE, people.outsider, 0n);
      const what = `AccessManager: role 42 of ${people.outsider.address}`;
      await expectDifferences([[what, "not granted", "granted"]]);
    });

    it("finds who gets a role later", async () => {
      const { deployment, people, connection } = scene;
      const { authority } = deployment;
      await authority.setGrantDelay(Role.Slasher, DAY);
      await connection.networkHelpers.time.increase(6n * DAY);
      await authority.grantRole(Role.Slasher, people.outsider, 0n);
      const { since } = await authority.getAccess(Role.Slasher, people.outsider);
      await expectDifferences([
        [
          `AccessManager: Slasher (5) of ${people.outsider.address}`,
          "not granted",
          `granted from the second ${since} on`,
        ],
        ["AccessManager: Slasher (5), delay of grants", "0", "86400"],
        [`AccessManager: Slasher (5), delay of grants, last announced up to block ${await latest()}`, "0", "86400"],
      ]);
    });

    it("finds nothing where a stranger had a role and lost it", async () => {
      const { deployment, people } = scene;
      await deployment.authority.grantRole(Role.Guardian, people.outsider, 0n);
      await deployment.authority.revokeRole(Role.Guardian, people.outsider);
      await expectDifferences([]);
    });

    it("finds nothing where the file names who was given an office", async () => {
      const { deployment, people, parameters } = scene;
      await deployment.authority.grantRole(Role.Registrar, people.outsider, 0n);
      const Offices = { Registrar: [people.outsider.address] };
      await expectDifferences([], { parameters: { ...parameters, Offices } });
    });

    it("finds that an office was not given to who the file names", async () => {
      const { people, parameters } = scene;
      const Offices = { Curator: people.outsider.address };
      const what = `AccessManager: Curator (4) of ${people.outsider.address}`;
      const expected = [[what, "granted", "not granted"]];
      await expectDifferences(expected, { parameters: { ...parameters, Offices } });
    });

    it("finds who lost a role", async () => {
      await scene.deployment.authority.revokeRole(Role.Venue, addressOf("ConvictionMarket"));
      const what = `AccessManager: Venue (2) of ${titleOf("ConvictionMarket")}`;
      await expectDifferences([[what, "granted", "not granted"]]);
    });

    it("finds a delay of who may have the role", async () => {
      const { deployment, people } = scene;
      await deployment.authority.grantRole(Role.Guardian, people.deployer, DAY);
      const what = `AccessManager: Guardian (1) of deployer (${people.deployer.address})`;
      await expectDifferences([[`${what}, delay`, "0", "86400"]]);
    });

    it("finds a delay that is still to come to an end", async () => {
      const { deployment, people, connection } = scene;
      await deployment.authority.grantRole(Role.Guardian, people.deployer, 6n * DAY);
      await connection.networkHelpers.time.increase(DAY);
      await deployment.authority.grantRole(Role.Guardian, people.deployer, 0n);
      const what = `AccessManager: Guardian (1) of deployer (${people.deployer.address})`;
      await expectDifferences([[`${what}, delay`, "0", "518400"]]);
    });
  });

  const latest = () => scene.connection.ethers.provider.getBlockNumber();

  describe("of what a role is", () => {
    it("finds another who grants it", async () => {
      await scene.deployment.authority.setRoleAdmin(Role.Guardian, Role.Registrar);
      await expectDifferences([["AccessManager: Guardian (1), granted by", "Admin (0)", "Registrar (6)"]]);
    });

    it("finds another who guards it", async () => {
      await scene.deployment.authority.setRoleGuardian(Role.Serum, Role.Guardian);
      await expectDifferences([["AccessManager: Serum (3), guarded by", "Admin (0)", "Guardian (1)"]]);
    });

    it("finds another who grants a role that the protocol does not have", async () => {
      await scene.deployment.authority.setRoleAdmin(OUTSIDER_ROLE, Role.Registrar);
      await expectDifferences([["AccessManager: role 42, granted by", "Admin (0)", "Registrar (6)"]]);
    });

    it("finds a delay of grants that is announced", async () => {
      await scene.deployment.authority.setGrantDelay(Role.Curator, DAY);
      const what = `AccessManager: Curator (4), delay of grants, last announced up to block ${await latest()}`;
      await expectDifferences([[what, "0", "86400"]]);
    });

    it("finds another label", async () => {
      await scene.deployment.authority.labelRole(Role.Registrar, "NOTARY");
      await expectDifferences([["AccessManager: Registrar (6), label", "REGISTRAR", "NOTARY"]]);
    });
  });

  describe("of what a role may call", () => {
    it("finds another role at a function", async () => {
      const { selector } = scene.deployment.stakeVault.getFunction("setLock").fragment;
      await scene.deployment.authority.setTargetFunctionRole(addressOf("StakeVault"), [selector], Role.Guardian);
      const what = "AccessManager: role that may call StakeVault.setLock";
      await expectDifferences([[what, "Venue (2)", "Guardian (1)"]]);
    });

    it("finds an admin's function that others may call", async () => {
      const { selector } = scene.deployment.argumentStaking.getFunction("setParams").fragment;
      await scene.deployment.authority.setTargetFunctionRole(addressOf("ArgumentStaking"), [selector], 2n ** 64n - 1n);
      const what = "AccessManager: role that may call ArgumentStaking.setParams";
      await expectDifferences([[what, "Admin (0)", `role ${2n ** 64n - 1n}`]]);
    });

    it("finds a function that no contract has", async () => {
      await scene.deployment.authority.setTargetFunctionRole(addressOf("StakeVault"), [SELECTOR], Role.Guardian);
      const what = `AccessManager: role that may call ${titleOf("StakeVault")}, function ${SELECTOR}`;
      await expectDifferences([[what, "Admin (0)", "Guardian (1)"]]);
    });

    it("finds a contract that is none of the protocol's", async () => {
      await scene.deployment.authority.setTargetFunctionRole(UNKNOWN, [SELECTOR], Role.Guardian);
      const what = `AccessManager: role that may call ${UNKNOWN}, function ${SELECTOR}`;
      await expectDifferences([[what, "Admin (0)", "Guardian (1)"]]);
    });

    it("finds a contract that is closed", async () => {
      await scene.deployment.authority.setTargetClosed(addressOf("StakeVault"), true);
      await expectDifferences([[`AccessManager: ${titleOf("StakeVault")}, closed`, "false", "true"]]);
    });

    it("finds nothing where a contract was closed for a while", async () => {
      await scene.deployment.authority.setTargetClosed(addressOf("StakeVault"), true);
      await scene.deployment.authority.setTargetClosed(addressOf("StakeVault"), false);
      await expectDifferences([]);
    });

    it("finds a delay of a contract's admin", async () => {
      await scene.deployment.authority.setTargetAdminDelay(addressOf("CouncilToken"), DAY);
      await scene.connection.networkHelpers.time.increase(6n * DAY);
      const what = `AccessManager: ${titleOf("CouncilToken")}, delay of its admin`;
      await expectDifferences([
        [what, "0", "86400"],
        [`${what}, last announced up to block ${await latest()}`, "0", "86400"],
      ]);
    });

    it("finds a delay of a contract's admin that is announced", async () => {
      await scene.deployment.authority.setTargetAdminDelay(addressOf("CouncilToken"), DAY);
      const what = `AccessManager: ${titleOf("CouncilToken")}, delay of its admin, last announced up to block`;
      await expectDifferences([[`${what} ${await latest()}`, "0", "86400"]]);
    });
  });

  describe("of the timelock", () => {
    it("finds a stranger who may propose", async () => {
      const { deployment, people } = scene;
      await asTimelock((timelock) =>
        deployment.timelock.connect(timelock).grantRole(TimelockRole.Proposer, people.outsider),
      );
      await expectDifferences([[`TimelockController: Proposer is ${people.outsider.address}`, "false", "true"]]);
    });

    it("finds that not anyone may execute", async () => {
      const { deployment } = scene;
      await asTimelock((timelock) =>
        deployment.timelock.connect(timelock).revokeRole(TimelockRole.Executor, ZeroAddress),
      );
      await expectDifferences([["TimelockController: Executor is anyone", "true", "false"]]);
    });

    it("finds that the governor may not cancel", async () => {
      const { deployment } = scene;
      const governor = addressOf("CouncilGovernor");
      await asTimelock((timelock) =>
        deployment.timelock.connect(timelock).revokeRole(TimelockRole.Canceller, governor),
      );
      await expectDifferences([[`TimelockController: Canceller is ${titleOf("CouncilGovernor")}`, "true", "false"]]);
    });

    it("finds another delay", async () => {
      await asTimelock((timelock) => scene.deployment.timelock.connect(timelock).updateDelay(1n));
      await expectDifferences([["parameter Council.timelockDelay", "259200", "1"]]);
    });
  });

  describe("of parameters", () => {
    it("finds a rule of markets to come that was changed", async () => {
      const { beliefFactory } = scene.deployment;
      const rules = marketParamsOf(scene.parameters);
      await beliefFactory.setDefaultParams({ ...rules, authorPremiumBps: 7n });
      await expectDifferences([["parameter Market.authorPremiumBps", "500", "7"]]);
    });

    it("finds a rule of arguments that was changed", async () => {
      const { argumentStaking } = scene.deployment;
      const rules = argumentParamsOf(scene.parameters);
      await argumentStaking.setParams({ ...rules, unhelpfulThreshold: 6n });
      await expectDifferences([["parameter Argument.unhelpfulThreshold", "5", "6"]]);
    });

    it("finds that sessions of agents count by square roots", async () => {
      await scene.deployment.councilChamber.setSquareRoot(true);
      await expectDifferences([["CouncilChamber: isSquareRoot", "false", "true"]]);
    });

    it("finds what the council decided", async () => {
      const { councilGovernor } = scene.deployment;
      const encode = (call: (typeof DECISIONS)[number]["call"], value: bigint) =>
        councilGovernor.interface.encodeFunctionData(call as "setVotingDelay", [value]);
      await decide(DECISIONS.map(({ call, value }) => encode(call, value)));
      const expected = DECISIONS.map(({ rule, before, value }) => [
        `parameter Council.${rule}`,
        String(before),
        String(value),
      ]);
      await expectDifferences(expected);
    });

    it("finds every number that is another one in the file", async () => {
      const changed = Object.entries(scene.parameters).map(([module, rules]) => {
        const values = Object.entries(rules).map(([rule, value]) => [
          rule,
          isNumber(value) ? BigInt(value) + 1n : value,
        ]);
        return [module, Object.fromEntries(values)] as const;
      });
      const expected = changed.flatMap(([module, rules]) =>
        Object.entries(rules)
          .filter(([, value]) => isNumber(value))
          .map(([rule, value]) => [`parameter ${module}.${rule}`, String(value), String(BigInt(value as bigint) - 1n)]),
      );
      expect(expected).to.have.length.above(60);
      await expectDifferences(expected, { parameters: Object.fromEntries(changed) });
    });

    it("finds every rule that the file does not have", async () => {
      const { parameters } = scene;
      const bare = Object.fromEntries(Object.keys(parameters).map((module) => [module, {}]));
      const { differences } = await scene.inspect({ parameters: bare });
      const missing = differences.filter(({ expected }) => expected === "nothing").map(({ what }) => what);
      const rules = Object.entries(parameters).flatMap(([module, values]) =>
        Object.keys(values).map((rule) => `parameter ${module}.${rule}`),
      );
      // Who is named nowhere is the deployer.
      const people = RECIPIENTS.map((recipient) => `parameter Council.${recipient}`);
      expect(missing).to.have.members(rules.filter((rule) => !people.includes(rule)));
    });

    it("finds a section that the file does not have", async () => {
      const { Query: _, ...parameters } = scene.parameters;
      const timing = { answering: "259200", opening: "86400", judging: "259200", revealing: "86400" };
      const expected = Object.entries(timing).map(([name, value]) => [`parameter Query.${name}`, "nothing", value]);
      await expectDifferences(expected, { parameters });
    });

    it("finds a rule that no contract has", async () => {
      const { parameters } = scene;
      const changed = { ...parameters, Query: { ...parameters.Query, resting: 7 } };
      await expectDifferences([["parameter Query.resting", "7", "nothing"]], { parameters: changed });
    });

    it("finds another recipient in the file", async () => {
      const { parameters, people } = scene;
      const Council = { ...parameters.Council, partners: people.outsider.address };
      const expected = [["parameter Council.partners", people.outsider.address, people.team.address]];
      await expectDifferences(expected, { parameters: { ...parameters, Council } });
    });

    it("finds another asset in the file", async () => {
      const { parameters, record } = scene;
      const Market = { ...parameters.Market, asset: UNKNOWN };
      const expected = [["parameter Market.asset", UNKNOWN, record.asset]];
      await expectDifferences(expected, { parameters: { ...parameters, Market } });
    });

    it("takes the guardian that the file names", async () => {
      const { parameters, people } = scene;
      const Authority = { guardian: people.outsider.address };
      const guardianOf = (name: string) => `AccessManager: Guardian (1) of ${name}`;
      const expected = [
        [guardianOf(people.outsider.address), "granted", "not granted"],
        [guardianOf(`deployer (${people.deployer.address})`), "not granted", "granted"],
      ];
      await expectDifferences(expected, { parameters: { ...parameters, Authority } });
    });
  });

  /** Lets the council vote for calls of its governor, and does what it decided. */
  async function decide(calls: readonly string[]): Promise<void> {
    const { deployment, people, connection } = scene;
    const { councilGovernor, councilStaking, councilToken } = deployment;
    const { time } = connection.networkHelpers;
    await councilToken.connect(people.team).approve(councilStaking, COUNCIL_DEFAULTS.maxStake);
    await councilStaking.connect(people.team).stake(COUNCIL_DEFAULTS.maxStake, 0n);
    const targets = calls.map(() => addressOf("CouncilGovernor"));
    const nothing = calls.map(() => 0n);
    await councilGovernor.connect(people.team).propose(targets, nothing, [...calls], "other rules");
    const hash = id("other rules");
    const proposalId = await councilGovernor.getProposalId(targets, nothing, [...calls], hash);
    await time.increaseTo((await councilGovernor.proposalSnapshot(proposalId)) + 1n);
    await councilGovernor.connect(people.team).castVote(proposalId, 1n);
    await time.increaseTo((await councilGovernor.proposalDeadline(proposalId)) + 1n);
    await councilGovernor.queue(targets, nothing, [...calls], hash);
    await time.increaseTo(await councilGovernor.proposalEta(proposalId));
    await councilGovernor.execute(targets, nothing, [...calls], hash);
  }

  describe("of wiring", () => {
    for (const name of CONTRACT_NAMES) {
      it(`looks at every view of ${name} that names a contract`, () => {
        const named: string[] = [];
        CONTRACTS[name].createInterface().forEachFunction(({ name: view, constant, inputs, outputs }) => {
          if (constant && inputs.length === 0 && outputs.map(({ type }) => type).join() === "address") named.push(view);
        });
        expect(Object.keys(WIRING[name])).to.have.members(named.filter((view) => !OF_A_CLONE.includes(view)));
      });
    }

    for (const [name, key] of [
      ["ArgumentStaking", "argumentStaking"],
      ["QueryEscrow", "queryEscrow"],
    ] as const) {
      it(`finds another recorder of ${name}`, async () => {
        await scene.deployment[key].setRecorder(addressOf("CouncilStaking"));
        const expected = [[`${name}.recorder`, titleOf("RewardsDistributor"), titleOf("CouncilStaking")]];
        await expectDifferences(expected);
      });
    }

    it("finds another authority", async () => {
      const { deployment, people } = scene;
      const another = await new AccessManager__factory(people.deployer).deploy(people.deployer);
      await deployment.authority.updateAuthority(addressOf("StakeVault"), another);
      const expected = [["StakeVault.authority", titleOf("AccessManager"), await another.getAddress()]];
      await expectDifferences(expected);
    });

    it("finds another timelock of the governor", async () => {
      const { councilGovernor } = scene.deployment;
      await decide([councilGovernor.interface.encodeFunctionData("updateTimelock", [UNKNOWN])]);
      await expectDifferences([["CouncilGovernor.timelock", titleOf("TimelockController"), UNKNOWN]]);
    });

    it("finds another address in an immutable", async () => {
      const { connection, record } = scene;
      const code = await connection.ethers.provider.getCode(addressOf("BeliefMarket"));
      const [asset, other] = [record.asset, UNKNOWN].map((address) => zeroPadValue(address, 32).slice(2).toLowerCase());
      expect(code).to.include(asset);
      await connection.networkHelpers.setCode(addressOf("BeliefMarket"), code.replaceAll(asset ?? "", other ?? ""));
      await expectDifferences([["BeliefMarket.asset", record.asset, UNKNOWN]]);
    });
  });

  describe("of code", () => {
    it("finds code that differs in a byte", async () => {
      const { connection } = scene;
      const code = await connection.ethers.provider.getCode(addressOf("RankRegistry"));
      const changed = concat([toBeHex(BigInt(code.slice(0, 4)) ^ 1n, 1), `0x${code.slice(4)}`]);
      await connection.networkHelpers.setCode(addressOf("RankRegistry"), changed);
      const { differences } = await scene.inspect();
      const artifact = await hre.artifacts.readArtifact("RankRegistry");
      const hashes = [artifact.deployedBytecode, changed].map((it) =>
        id(withoutSources(withoutImmutables(it, artifact))),
      );
      expect(differences[0]).to.deep.equal({
        what: "RankRegistry: hash of the code",
        expected: hashes[0],
        found: hashes[1],
      });
    });

    it("finds a contract that is not there", async () => {
      await scene.connection.networkHelpers.setCode(addressOf("RankRegistry"), "0x");
      const { differences } = await scene.inspect();
      expect(differences.map(({ what, found }) => [what, found])).to.deep.equal([
        ["RankRegistry: hash of the code", "none"],
        ["RankRegistry.authority", "no answer"],
      ]);
    });

    it("takes code whose sources differ in comments alone", async () => {
      const { connection } = scene;
      const code = await connection.ethers.provider.getCode(addressOf("RankRegistry"));
      const other = code.replace(/(a264697066735822)1220[0-9a-f]{64}/, `$11220${"5".repeat(64)}`);
      expect(other).to.not.equal(code);
      await connection.networkHelpers.setCode(addressOf("RankRegistry"), other);
      await expectDifferences([]);
    });

    it("finds code of another compiler", async () => {
      const { connection } = scene;
      const code = await connection.ethers.provider.getCode(addressOf("RankRegistry"));
      await connection.networkHelpers.setCode(
        addressOf("RankRegistry"),
        code.replace("64736f6c6343000823", "64736f6c6343000822"),
      );
      const { differences } = await scene.inspect();
      expect(differences.map(({ what }) => what)).to.deep.equal(["RankRegistry: hash of the code"]);
    });
  });

  describe("of the record", () => {
    it("finds a wrong address", async () => {
      const address = addressOf("RankRegistry");
      const { differences } = await scene.inspect(recordWith("CouncilToken", { address }));
      expect(differences.map(({ what }) => what)).to.include.members([
        "CouncilToken: hash of the code",
        "CouncilToken: address that its transaction made",
        "CouncilStaking.token",
        "ArgumentStaking: constructor, token_",
      ]);
    });

    it("finds a wrong block", async () => {
      const { block } = scene.record.contracts.CouncilToken;
      const expected = [["CouncilToken: block in the record", String(block), String(block + 1)]];
      await expectDifferences(expected, recordWith("CouncilToken", { block: block + 1 }));
    });

    it("finds a transaction that the node does not know", async () => {
      const transaction = id("nothing");
      const expected = [["CouncilToken: transaction in the record", "one that the node knows", transaction]];
      await expectDifferences(expected, recordWith("CouncilToken", { transaction }));
    });

    it("finds another contract's transaction", async () => {
      const { CouncilStaking, CouncilToken } = scene.record.contracts;
      const { transaction, block } = CouncilStaking;
      const expected = [
        ["CouncilToken: address that its transaction made", CouncilToken.address, CouncilStaking.address],
        ["CouncilToken: creation code", "the artifact's", "another"],
      ];
      await expectDifferences(expected, recordWith("CouncilToken", { transaction, block }));
    });

    it("finds a wrong hash of an ABI", async () => {
      const { abiHash } = scene.record.contracts.CouncilToken;
      const expected = [["CouncilToken: hash of the ABI in the record", abiHash, id("nothing")]];
      await expectDifferences(expected, recordWith("CouncilToken", { abiHash: id("nothing") }));
    });

    it("finds a wrong transaction of the markets' implementation", async () => {
      const { transaction } = scene.record.contracts.BeliefFactory;
      const expected = [["BeliefMarket: transaction in the record", transaction, id("nothing")]];
      await expectDifferences(expected, recordWith("BeliefMarket", { transaction: id("nothing") }));
    });

    it("finds a wrong parameter, by what the constructor was given", async () => {
      const { record } = scene;
      const Council = { ...record.parameters.Council, teamBps: 1n };
      const expected = [
        ["CouncilToken: constructor, params, teamBps", "1", "2000"],
        ["parameter Council.teamBps", "2000", "1"],
      ];
      await expectDifferences(expected, { record: { ...record, parameters: { ...record.parameters, Council } } });
    });

    it("finds a parameter missing", async () => {
      const { record } = scene;
      const { teamBps: _, ...Council } = record.parameters.Council ?? {};
      const changed = { record: { ...record, parameters: { ...record.parameters, Council } } };
      const { differences } = await scene.inspect(changed);
      expect(differences.map(({ what }) => what)).to.deep.equal([
        "CouncilToken: constructor",
        "parameter Council.teamBps",
      ]);
    });

    it("finds a wrong network", async () => {
      const record = { ...scene.record, network: "sepolia" };
      await expectDifferences([["network in the record", "localhost", "sepolia"]], { record });
    });

    it("finds a wrong chain", async () => {
      const record = { ...scene.record, chainId: 1 };
      await expectDifferences([["chain id in the record", "31337", "1"]], { record });
    });
  });

  describe("of the handover", () => {
    it("finds it missing where the file asks for it", async () => {
      const { parameters, people } = scene;
      const guardian = people.guardian.address;
      const of = (role: string, who: string) => `AccessManager: ${role} of ${who}`;
      const expected = [
        ["handover, to the guardian", guardian, "none"],
        [of("Admin (0)", titleOf("TimelockController")), "granted", "not granted"],
        [of("Guardian (1)", guardian), "granted", "not granted"],
        [of("Admin (0)", `deployer (${people.deployer.address})`), "not granted", "granted"],
        [of("Guardian (1)", `deployer (${people.deployer.address})`), "not granted", "granted"],
      ];
      await expectDifferences(expected, { parameters: { ...parameters, Handover: { guardian } } });
    });
  });
});

describe("the inspection of a deployment that was handed over", () => {
  let scene: Recorded;

  before(async () => {
    scene = await deployRecorded("handed over");
  });

  after(async () => {
    await scene.close();
  });

  const whats = ({ differences }: { differences: readonly Difference[] }) => differences.map(({ what }) => what);

  it("finds nothing where all is as documented", async () => {
    expect(await scene.inspect()).to.deep.include({ differences: [], paused: [] });
  });

  it("finds another guardian in the file", async () => {
    const { parameters, people } = scene;
    const Handover = { guardian: people.outsider.address };
    expect(whats(await scene.inspect({ parameters: { ...parameters, Handover } }))).to.deep.equal([
      "handover, to the guardian",
      `AccessManager: Guardian (1) of ${people.outsider.address}`,
      `AccessManager: Guardian (1) of guardian (${people.guardian.address})`,
    ]);
  });

  it("finds that the file does not ask for it", async () => {
    const { Handover: _, ...parameters } = scene.parameters;
    expect(whats(await scene.inspect({ parameters }))[0]).to.equal("handover, to the guardian");
  });

  it("finds a wrong block of it in the record", async () => {
    const { record } = scene;
    const handover = record.handover && { ...record.handover, block: 1 };
    const found = await scene.inspect({ record: { ...record, handover } });
    expect(whats(found)).to.deep.equal(["handover, block in the record"]);
  });
});
