import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { explainNetwork } from "../../ignition/errors.ts";
import { findContracts } from "../../keeper/addresses.ts";
import { SETTINGS } from "../../keeper/config.ts";
import { openLog } from "../../keeper/log.ts";
import { ProposalState } from "../../sdk/council/governance.ts";
import { Outcome } from "../../sdk/query/state.ts";
import { Collector } from "../demo/fixtures.ts";
import { CLAIM } from "../fixtures/amounts.ts";
import { BOTH, CROWD, type CrowdWorld, entryOf, OPENED, travelToSettling } from "./crowd.ts";
import {
  ARGUMENTS,
  approveProposal,
  askInVain,
  expireStakes,
  GOVERNOR,
  keep,
  olderJournal,
  payRewards,
  QUERIES,
  type RemoteCrowd,
  STAKING,
  startRemoteCrowd,
} from "./remote.ts";
import { linesOf } from "./workshop.ts";

describe("npm run keeper", () => {
  let remote: RemoteCrowd;
  let world: CrowdWorld;
  let snapshot: Awaited<ReturnType<CrowdWorld["connection"]["networkHelpers"]["takeSnapshot"]>>;

  before(async () => {
    remote = await startRemoteCrowd();
    world = remote.world;
    snapshot = await world.connection.networkHelpers.takeSnapshot();
  });
  afterEach(() => snapshot.restore());
  after(() => remote.close());

  const head = () => world.connection.ethers.provider.getBlockNumber();

  const outcomeOfQuery = async () => (await world.queryEscrow.outcome(1n)).result;

  async function areDistributed(): Promise<boolean> {
    const states = await Promise.all(BOTH.map(({ claimId, epoch }) => world.truthSerum.epochState(claimId, epoch)));
    return states.every(({ joined, distributed }) => joined === distributed);
  }

  describe("with --once", () => {
    it("ends with 0 and sends nothing where nothing is due", async () => {
      const before = await head();
      const { code, stdout } = await keep([...remote.args, "--once"]);
      expect(code).to.equal(0);
      expect(linesOf(stdout, "keeping")[0]).to.include({ network: "localhost", chainId: "31337", dryRun: false });
      expect(await head()).to.equal(before);
    });

    it("does what is due and ends with 0", async () => {
      await travelToSettling(world);
      const { code, stdout } = await keep([...remote.args, "--once"]);
      expect(code).to.equal(0);
      expect(linesOf(stdout, "pass ended")[0]).to.include({ job: "epochs", due: 2, done: 2, failed: 0, left: 0 });
      expect(await areDistributed()).to.equal(true);
    });

    it("does what is due of all jobs with one account, and ends with 0", async () => {
      await askInVain(world);
      await payRewards(world);
      const proposalId = await approveProposal(world);
      await expireStakes(world);
      const account = (await world.connection.ethers.getSigners()).at(-1)?.address ?? "";
      const { code, stdout } = await keep([...remote.args, "--once", "--from", account]);
      expect(code).to.equal(0);
      const passes = linesOf(stdout, "pass ended").map(({ job, due, done }) => [job, due, done]);
      expect(passes).to.deep.equal([
        ["epochs", 2, 2],
        ["arguments", 1, 1],
        ["queries", 1, 1],
        ["rewards", 2, 2],
        ["governance", 1, 1],
      ]);
      expect(await areDistributed()).to.equal(true);
      expect(await world.argumentStaking.activeStakes()).to.deep.equal([0n, 0n]);
      expect(await outcomeOfQuery()).to.equal(Outcome.Cancelled);
      expect((await world.rewardsDistributor.stream()).period).to.equal(1n);
      expect(await world.councilGovernor.state(proposalId)).to.equal(ProposalState.Queued);
    });

    it("does only the job that --jobs names", async () => {
      await askInVain(world);
      await expireStakes(world);
      expect((await keep([...remote.args, "--once", "--jobs", "arguments"])).code).to.equal(0);
      expect(await world.argumentStaking.activeStakes()).to.deep.equal([0n, 0n]);
      expect([await areDistributed(), await outcomeOfQuery()]).to.deep.equal([false, Outcome.Pending]);
    });

    it("only settles queries with --jobs queries", async () => {
      await askInVain(world);
      await expireStakes(world);
      expect((await keep([...remote.args, "--once", "--jobs", "queries"])).code).to.equal(0);
      expect([await areDistributed(), await outcomeOfQuery()]).to.deep.equal([false, Outcome.Cancelled]);
    });

    it("ends with 1 where a query cannot be settled", async () => {
      await askInVain(world);
      await expireStakes(world);
      expect((await keep([...remote.args, "--once", "--jobs", "queries", "--max-fee", "0.1"])).code).to.equal(1);
      expect(await outcomeOfQuery()).to.equal(Outcome.Pending);
    });

    it("only begins periods and pokes with --jobs rewards", async () => {
      await payRewards(world);
      const proposalId = await approveProposal(world);
      await expireStakes(world);
      expect((await keep([...remote.args, "--once", "--jobs", "rewards"])).code).to.equal(0);
      const position = await world.councilStaking.positionIdOf(world.deployer, 0n);
      expect((await world.councilStaking.position(position)).tierDays).to.equal(7n);
      expect(await world.councilGovernor.state(proposalId)).to.equal(ProposalState.Succeeded);
    });

    it("ends with 1 where a proposal cannot be executed", async () => {
      const proposalId = await approveProposal(world);
      await expireStakes(world);
      const governance = [...remote.args, "--once", "--jobs", "governance"];
      expect((await keep(governance)).code).to.equal(0);
      await world.connection.networkHelpers.time.increaseTo(await world.councilGovernor.proposalEta(proposalId));
      expect((await keep(governance)).code).to.equal(1);
      expect(await world.councilGovernor.state(proposalId)).to.equal(ProposalState.Queued);
    });

    it("remembers positions and proposals beside the epochs", async () => {
      const proposalId = await approveProposal(world);
      await keep([...remote.args, "--once", "--confirmations", "0"]);
      const itemsOf = async (job: string) =>
        JSON.parse(await readFile(join(remote.folder, `state.${job}.json`), "utf8")).items;
      expect((await itemsOf("governance"))[0].proposalId).to.equal(String(proposalId));
      const position = await world.councilStaking.positionIdOf(world.deployer, 0n);
      expect((await itemsOf("rewards"))[0].positionId).to.equal(String(position));
    });

    it("pays expired stakes and ends with 1 where the other job cannot be done", async () => {
      await expireStakes(world);
      const beliefs = join(remote.folder, "beliefs.jsonl");
      await writeFile(beliefs, "not an entry");
      expect((await keep([...remote.args, "--once", "--beliefs", beliefs])).code).to.equal(1);
      expect(await world.argumentStaking.activeStakes()).to.deep.equal([0n, 0n]);
    });

    it("warns and does the other job where the deployment is from before arguments, queries and the council", async () => {
      await travelToSettling(world);
      const journal = await olderJournal(remote, ARGUMENTS, QUERIES, STAKING, GOVERNOR);
      const { code, stdout } = await keep([...remote.args, "--once", "--deployment", journal]);
      expect(code).to.equal(0);
      expect(linesOf(stdout, "going without the job `arguments`")[0]?.reason).to.include("lacks ArgumentStaking");
      expect(linesOf(stdout, "going without the job `queries`")[0]?.reason).to.include("lacks QueryEscrow");
      expect(linesOf(stdout, "going without the job `rewards`")[0]?.reason).to.include("lacks CouncilStaking");
      expect(linesOf(stdout, "going without the job `governance`")[0]?.reason).to.include("lacks CouncilGovernor");
      expect(linesOf(stdout, "keeping")[0]?.jobs).to.deep.equal(["epochs"]);
      expect(await areDistributed()).to.equal(true);
    });

    it("warns and does the other jobs where the deployment is from before the council", async () => {
      await expireStakes(world);
      const { code, stdout } = await keep([
        ...remote.args,
        "--once",
        "--deployment",
        await olderJournal(remote, STAKING, GOVERNOR),
      ]);
      expect(code).to.equal(0);
      expect(linesOf(stdout, "keeping")[0]?.jobs).to.deep.equal(["epochs", "arguments", "queries"]);
      expect(await world.argumentStaking.activeStakes()).to.deep.equal([0n, 0n]);
    });

    it("remembers what it found", async () => {
      await keep([...remote.args, "--once", "--confirmations", "0"]);
      const { items, scannedTo } = JSON.parse(await readFile(join(remote.folder, "state.json"), "utf8"));
      expect(scannedTo).to.equal(await head());
      expect(items).to.have.deep.members(BOTH.map(({ claimId }) => ({ claimId, epoch: "0" })));
    });

    it("does what is due and ends with 1 where something else cannot be done", async () => {
      await travelToSettling(world);
      const beliefs = join(remote.folder, "beliefs.jsonl");
      await writeFile(beliefs, "not an entry");
      const { code, stdout } = await keep([...remote.args, "--once", "--beliefs", beliefs]);
      expect(code).to.equal(1);
      expect(linesOf(stdout, "pass ended")[0]).to.include({ due: 3, done: 2, failed: 1 });
      expect(await areDistributed()).to.equal(true);
    });

    it("opens the beliefs entrusted to it", async () => {
      const beliefs = join(remote.folder, "beliefs.jsonl");
      await writeFile(beliefs, world.voices.slice(OPENED, CROWD).map(entryOf).join(""));
      const { code } = await keep([...remote.args, "--once", "--beliefs", beliefs]);
      expect(code).to.equal(0);
      expect((await world.truthSerum.epochState(CLAIM, 0n)).opened).to.equal(CROWD);
    });

    it("ends with 1 where gas costs more than --max-fee", async () => {
      await travelToSettling(world);
      const { code, stdout } = await keep([...remote.args, "--once", "--max-fee", "0.1"]);
      expect(code).to.equal(1);
      expect(linesOf(stdout, "could not be done, the others go on")[0]?.reason).to.include("--max-fee");
    });

    it("ends with 0 and sends nothing in a dry run", async () => {
      await travelToSettling(world);
      const before = await head();
      const { code, stdout } = await keep([...remote.args, "--once", "--dry-run"]);
      expect(code).to.equal(0);
      expect(linesOf(stdout, "settle: would be sent")).to.have.length(2);
      expect(await head()).to.equal(before);
    });

    it("sends from the account that --from names", async () => {
      await travelToSettling(world);
      const [, keeper] = await world.connection.ethers.getSigners();
      await keep([...remote.args, "--once", "--from", keeper?.address ?? ""]);
      const block = await world.connection.ethers.provider.getBlock("latest", true);
      expect(block?.prefetchedTransactions[0]?.from).to.equal(keeper?.address);
    });
  });

  it("goes on until it is to end, and ends with 0", async () => {
    const end = new AbortController();
    const running = keep([...remote.args, "--interval", "1"], end.signal);
    await travelToSettling(world);
    while (!(await areDistributed())) await world.connection.networkHelpers.mine();
    end.abort();
    const { code, stdout } = await running;
    expect(code).to.equal(0);
    expect(linesOf(stdout, "ended")).to.have.length(1);
  });

  describe("ends with 2 and says what to do", () => {
    async function complaint(...args: string[]): Promise<string> {
      const { code, stderr } = await keep([...remote.args, "--once", ...args]);
      expect(code).to.equal(2);
      return stderr;
    }

    it("where a setting is wrong", async () => {
      expect(await complaint("--log-span", "0")).to.include("--log-span <blocks> (KEEPER_LOG_SPAN) must be");
    });

    it("where there is no such setting", async () => {
      expect(await complaint("--quickly")).to.include("unknown option '--quickly'");
    });

    it("where there is no such network", async () => {
      expect(await complaint("--network", "nowhere")).to.include(
        "--network (KEEPER_NETWORK) must be one of localhost, ",
      );
    });

    it("where the chain is one inside the process", async () => {
      expect(await complaint("--network", "default")).to.include(
        "--network (KEEPER_NETWORK) must be one of localhost, ",
      );
    });

    it("where nothing is deployed", async () => {
      expect(await complaint("--deployment", remote.folder)).to.include("`npm run deploy -- --network localhost`");
    });

    it("where the deployment lacks the serum", async () => {
      const part = join(remote.folder, "part");
      await mkdir(part, { recursive: true });
      await writeFile(join(part, "deployed_addresses.json"), JSON.stringify({ "Market#TestUSDC": CLAIM.slice(0, 42) }));
      expect(await complaint("--deployment", part)).to.include("The deployment lacks TruthSerum");
    });

    for (const [job, contract] of [
      ["arguments", ARGUMENTS],
      ["queries", QUERIES],
      ["rewards", STAKING],
      ["rewards", GOVERNOR],
      ["governance", GOVERNOR],
    ] as const) {
      it(`where the deployment lacks ${contract}, which the job ${job} in --jobs needs`, async () => {
        const complaints = await complaint(
          "--jobs",
          `epochs,${job}`,
          "--deployment",
          await olderJournal(remote, contract),
        );
        expect(complaints).to.include(`The deployment lacks ${contract.split("#")[1]}`);
      });
    }

    it("where the deployment is another chain's", async () => {
      const other = join(remote.folder, "other");
      await mkdir(other, { recursive: true });
      await writeFile(
        join(other, "deployed_addresses.json"),
        JSON.stringify({ "Stake#TruthSerum": CLAIM.slice(0, 42) }),
      );
      expect(await complaint("--deployment", other)).to.include("the journal is another chain's");
    });

    for (const contract of [ARGUMENTS, QUERIES, STAKING, GOVERNOR]) {
      it(`where ${contract} is not on this chain`, async () => {
        const mixed = join(remote.folder, "mixed");
        await mkdir(mixed, { recursive: true });
        const addresses = JSON.parse(await readFile(join(remote.deployment, "deployed_addresses.json"), "utf8"));
        const wrong = { ...addresses, [contract]: CLAIM.slice(0, 42) };
        await writeFile(join(mixed, "deployed_addresses.json"), JSON.stringify(wrong));
        expect(await complaint("--deployment", mixed)).to.include("the journal is another chain's");
      });
    }

    it("where the account is not one of the network", async () => {
      expect(await complaint("--from", await world.truthSerum.getAddress())).to.include("--from (KEEPER_FROM)");
    });

    it("where the beliefs cannot be read", async () => {
      expect(await complaint("--beliefs", join(remote.folder, "none"))).to.include("--beliefs (KEEPER_BELIEFS)");
    });

    it("where the node does not answer", async () => {
      expect(await complaint("--once", "--url", "http://127.0.0.1:1")).to.include("Cannot connect");
    });
  });

  describe("findContracts", () => {
    const log = openLog("warn", new Collector());
    const find = (journal: string) => findContracts(world.connection.ethers.provider, "localhost", journal, log);

    it("knows the block of the serum's deployment", async () => {
      const { truthSerum, deployedIn } = await find(remote.deployment);
      const at = async (block: number) => world.connection.ethers.provider.getCode(truthSerum, block);
      const block = await deployedIn(truthSerum);
      expect([await at(block - 1), (await at(block)).length > 2]).to.deep.equal(["0x", true]);
    });

    it("begins at block 0 where the journal does not tell it", async () => {
      const bare = join(remote.folder, "bare");
      await mkdir(bare);
      await copyFile(join(remote.deployment, "deployed_addresses.json"), join(bare, "deployed_addresses.json"));
      const { truthSerum, deployedIn } = await find(bare);
      expect(await deployedIn(truthSerum)).to.equal(0);
    });
  });

  it("explains every setting with --help", async () => {
    const { code, stdout } = await keep(["--help"]);
    expect(code).to.equal(0);
    for (const { flag, variable } of SETTINGS) expect(stdout.text).to.include(flag).and.include(variable);
  });
});

describe("explainNetwork", () => {
  it("says how to store a configuration variable that is missing", () => {
    const error = new Error('HHE7: Configuration Variable "SEPOLIA_RPC_URL" not found.');
    expect(explainNetwork(error)).to.include("`npm run keystore -- set SEPOLIA_RPC_URL`");
  });

  it("leaves what nobody foresaw to its stack", () => {
    expect(explainNetwork(new TypeError("undefined is not a function"))).to.equal(undefined);
  });
});
