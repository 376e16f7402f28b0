import { once } from "node:events";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { id, JsonRpcProvider, type JsonRpcSigner, toQuantity } from "ethers";
import { readRecord, recordFileOf, writeRecord } from "../../ignition/record.ts";
import { inspectNetwork } from "../../scripts/check-deployment.ts";
import { ProposalState } from "../../sdk/council/governance.ts";
import { ACT } from "../../sdk/council/params.ts";
import {
  ArgumentStaking__factory,
  BeliefFactory__factory,
  BeliefMarket__factory,
  ConvictionMarket__factory,
  CouncilGovernor__factory,
  CouncilToken__factory,
  QueryEscrow__factory,
  RankRegistry__factory,
  RewardsDistributor__factory,
  TruthSerum__factory,
} from "../../typechain-types/index.ts";
import { type Run, run, start } from "./command-line.ts";

/** Accounts of people: the deployer, and who is given test dollars and ACT. */
const PEOPLE = 20;

/** What is paid for rewards, in units of ACT. */
const REWARDS = 700n * ACT;

/** Milliseconds in which a chain must have stopped. */
const STOP_TIME = 20_000;

/** Waits until a chain has said `words`, and returns its URL. */
async function urlAfter(running: Run, words: string): Promise<string> {
  await until(() => running.output().includes(words), running);
  return /http:\/\/127\.0\.0\.1:\d+/.exec(running.output())?.[0] as string;
}

/** Looks again and again until something is there; throws what a chain has said where it ends before. */
async function until(look: () => boolean | Promise<boolean>, running: Run): Promise<void> {
  let hasEnded = false;
  void running.ended.then(() => {
    hasEnded = true;
  });
  while (!(await look())) {
    if (hasEnded) throw new Error(running.output());
    await sleep(50);
  }
}

/** Stops a chain, and returns its exit code. */
async function stop(running: Run, signal: NodeJS.Signals): Promise<number | null> {
  running.child.kill(signal);
  const code = await Promise.race([running.ended, sleep(STOP_TIME, undefined)]);
  if (code === undefined) throw new Error(`still running ${STOP_TIME} ms after ${signal}`);
  return code;
}

describe("npm start", () => {
  describe("when the chain is ready", () => {
    let running: Run;
    let provider: JsonRpcProvider;

    before(async () => {
      running = start("start/main.ts", ["--port", "0", "--dapp-port", "0"]);
      provider = new JsonRpcProvider(await urlAfter(running, "Ctrl-C stops it"));
    });

    after(async () => {
      provider.destroy();
      await stop(running, "SIGTERM");
    });

    const addressOf = (contract: string) =>
      new RegExp(`${contract}\\s+│ (0x\\w{40})`).exec(running.output())?.[1] as string;
    const people = async () => (await provider.listAccounts()).slice(0, PEOPLE);
    const venueOf = () => ConvictionMarket__factory.connect(addressOf("ConvictionMarket"), provider);

    it("has five markets with commitments on both sides", async () => {
      const factory = BeliefFactory__factory.connect(addressOf("BeliefFactory"), provider);
      const created = await factory.queryFilter(factory.filters.MarketCreated());
      expect(created).to.have.length(5);
      for (const { args } of created) {
        const { supportPrincipal, opposePrincipal } = await BeliefMarket__factory.connect(
          args.market,
          provider,
        ).state();
        expect(supportPrincipal > 0n && opposePrincipal > 0n, args.market).to.equal(true);
      }
    });

    it("has a pool with tokens of both sides for each of them", async () => {
      const venue = venueOf();
      const created = await venue.queryFilter(venue.filters.PoolCreated());
      expect(created).to.have.length(5);
      for (const { args } of created) {
        const { longSupply, shortSupply } = await venue.pool(args.claimId);
        expect(longSupply > 0n && shortSupply > 0n, args.claimId).to.equal(true);
      }
    });

    it("has a reserve that arguments earn from", async () => {
      const staking = ArgumentStaking__factory.connect(addressOf("ArgumentStaking"), provider);
      const [free, reserved] = await staking.rewardReserve();
      expect(free + reserved).to.equal(100_000n * ACT);
    });

    it("has given all accounts but the deployer the same of the council's token", async () => {
      const token = CouncilToken__factory.connect(addressOf("CouncilToken"), provider);
      const staking = addressOf("CouncilStaking");
      const [deployer, ...others] = await people();
      const sent = await token.queryFilter(token.filters.Transfer(undefined, staking));
      const stakers = new Set(sent.map(({ args }) => args.from));
      const purses = await token.queryFilter(token.filters.Transfer(deployer as JsonRpcSigner));
      const given = new Map(purses.map(({ args }) => [args.to, args.value]));
      expect(stakers.size).to.equal(5);
      for (const { address } of others) expect(given.get(address), address).to.equal(100_000n * ACT);
    });

    it("has arguments on both sides of a claim, with upvotes", async () => {
      const staking = ArgumentStaking__factory.connect(addressOf("ArgumentStaking"), provider);
      const written = await staking.queryFilter(staking.filters.ArgumentCreated());
      expect(new Set(written.map(({ args }) => args.side))).to.deep.equal(new Set([0n, 1n]));
      const upvotes = await staking.queryFilter(staking.filters.ArgumentUpvoted());
      expect(upvotes.length).to.be.at.least(written.length - 1);
    });

    it("has a proposal that is voted on", async () => {
      const governor = CouncilGovernor__factory.connect(addressOf("CouncilGovernor"), provider);
      const [proposal] = await governor.queryFilter(governor.filters.ProposalCreated());
      const { proposalId } = proposal?.args ?? expect.fail("no proposal");
      expect(await governor.state(proposalId)).to.equal(ProposalState.Active);
      const { againstVotes, forVotes } = await governor.proposalVotes(proposalId);
      expect(againstVotes > 0n && forVotes > againstVotes).to.equal(true);
    });

    it("has a query that waits for answers", async () => {
      const escrow = QueryEscrow__factory.connect(addressOf("QueryEscrow"), provider);
      expect(await escrow.phase(1n)).to.equal(0n);
    });

    it("has accounts of all ranks from 0 to 19", async () => {
      const registry = RankRegistry__factory.connect(addressOf("RankRegistry"), provider);
      const set = await registry.queryFilter(registry.filters.RankSet());
      expect(set.map(({ args }) => args.rank)).to.deep.equal(Array.from({ length: 20 }, (_, rank) => BigInt(rank)));
    });

    it("has arrived at the present", async () => {
      const block = await provider.getBlock("latest");
      expect(block?.timestamp).to.be.closeTo(Math.floor(Date.now() / 1_000), 60);
    });

    it("records what is deployed, where it says", async () => {
      const { contracts, asset } = await readRecord("localhost");
      for (const [name, recorded] of Object.entries(contracts)) {
        if (name !== "BeliefMarket") expect(recorded?.address, name).to.equal(addressOf(name));
      }
      expect(asset).to.equal(addressOf("TestUSDC"));
    });

    it("is as documented, but that the deployer sets ranks", async () => {
      const [deployer] = await people();
      const url = provider._getConnection().url;
      const { differences } = await inspectNetwork({ network: "localhost", url });
      const what = `AccessManager: Registrar (6) of deployer (${deployer?.address})`;
      expect(differences).to.deep.equal([{ what, expected: "not granted", found: "granted" }]);
    });

    it("prints keys that belong to its accounts", () => {
      expect(running.output()).not.to.include("not a public one");
    });

    describe("with the keeper beside it", () => {
      const keeperOf = () => /from an account of its own: (0x\w{40})/.exec(running.output())?.[1] as string;

      it("gives the keeper an account that is nobody else's", async () => {
        const accounts = (await provider.listAccounts()).map(({ address }) => address);
        expect(accounts.indexOf(keeperOf())).to.equal(PEOPLE);
      });

      it("begins a period of rewards once somebody pays for some", async () => {
        const [deployer] = await people();
        const distributor = RewardsDistributor__factory.connect(addressOf("RewardsDistributor"), deployer);
        const token = CouncilToken__factory.connect(addressOf("CouncilToken"), deployer);
        await (await token.approve(distributor, REWARDS)).wait();
        await (await distributor.fund(REWARDS)).wait();
        await until(async () => (await distributor.stream()).period === 1n, running);
      });

      it("settles and distributes an epoch once its time is over", async () => {
        const serum = TruthSerum__factory.connect(addressOf("TruthSerum"), provider);
        const venue = venueOf();
        const [pool] = await venue.queryFilter(venue.filters.PoolCreated());
        const { claimId, creator } = pool?.args ?? expect.fail("no pool");
        const epoch = await serum.currentEpoch();
        const speaker = await provider.getSigner(creator);
        await (await serum.connect(speaker).commitBelief(claimId, id("a seal that nobody opens"))).wait();
        const { settleableAt } = await serum.scheduleOf(epoch);
        await provider.send("evm_setNextBlockTimestamp", [toQuantity(settleableAt)]);
        await provider.send("evm_mine", []);

        const areDistributed = () => serum.queryFilter(serum.filters.EpochDistributed(claimId, epoch));
        await until(async () => (await areDistributed()).length > 0, running);
        const [distributed] = await areDistributed();
        expect((await distributed?.getTransaction())?.from).to.equal(keeperOf());
      });

      it("tells in a short line each what the keeper has done", async () => {
        await until(() => running.output().includes("distribute: done"), running);
        const told = running.output().split("\n");
        const lines = told
          .filter((line) => line.startsWith("keeper  "))
          .map((line) => line.slice("keeper  hh:mm:ss  ".length));
        const claim = String.raw`claimId 0x\w{4}…\w{4}, epoch 1, 1 of 1`;
        const [keeping, ...work] = lines;
        expect(keeping).to.match(
          /^keeping \(account 0x\w{4}…\w{4}, jobs epochs arguments queries rewards governance\)$/,
        );
        expect(work).to.include("start period: done (period 1, 1 of 1)");
        for (const step of ["settle", "distribute"]) {
          const line = new RegExp(`^${step}: done \\(${claim}\\)$`);
          expect(
            work.filter((told) => line.test(told)),
            step,
          ).to.have.length(1);
        }
        // The jump in time makes more due: whatever it is gets done.
        for (const line of work) expect(line).to.match(/^[a-z ]+: done \([^()]+\)$/);
      });
    });
  });

  it("goes without the keeper with --no-keeper", async () => {
    const running = start("start/main.ts", ["--port", "0", "--no-keeper", "--no-dapp"]);
    const provider = new JsonRpcProvider(await urlAfter(running, "Ctrl-C stops it"));
    expect(await provider.listAccounts()).to.have.length(PEOPLE);
    provider.destroy();
    expect(await stop(running, "SIGTERM")).to.equal(0);
    expect(running.output()).not.to.match(/keeper/i);
  });

  const moments = [
    ["SIGINT", "Ctrl-C stops it"],
    ["SIGTERM", "A new chain listens"],
  ] as const;
  for (const [signal, words] of moments) {
    it(`ends as a success on ${signal} after "${words}", gives the port back and leaves no record`, async () => {
      const running = start("start/main.ts", ["--port", "0", "--dapp-port", "0"]);
      const url = await urlAfter(running, words);
      expect(await stop(running, signal)).to.equal(0);
      expect(existsSync(recordFileOf("localhost"))).to.equal(false);
      const probe = createServer().listen(Number(new URL(url).port), "127.0.0.1");
      await once(probe, "listening");
      probe.close();
    });
  }

  it("leaves the record of a chain that was started later, also where it says the same", async () => {
    const running = start("start/main.ts", ["--port", "0", "--no-keeper"]);
    await urlAfter(running, "Ctrl-C stops it");
    const file = await writeRecord(await readRecord("localhost"));
    try {
      await stop(running, "SIGTERM");
      expect(existsSync(file)).to.equal(true);
    } finally {
      await rm(file, { force: true });
    }
  });

  it("says so where the port is taken", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as { port: number };
    const { code, output } = await run("start/main.ts", ["--port", String(port)]);
    taken.close();
    expect(code).to.equal(1);
    expect(output).to.include(`Cannot listen on 127.0.0.1:${port}`);
  });

  it("refuses a port that is none", async () => {
    const { code, output } = await run("start/main.ts", ["--port", "65536"]);
    expect(code).to.equal(1);
    expect(output).to.include("A port is a whole number from 0 to 65535.");
  });
});
