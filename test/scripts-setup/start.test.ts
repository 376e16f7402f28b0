import { once } from "node:events";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { id, JsonRpcProvider, type JsonRpcSigner, toQuantity } from "ethers";
import { readRecord, recordFileOf, writeRecord } from "../../ignition/record.ts";
import { inspectNetwork } from "../../scripts/check-deployment.ts";
import { ACT, FIRST_SUPPLY } from "../../sdk/council/params.ts";
import {
  ArgumentStaking__factory,
  BeliefFactory__factory,
  BeliefMarket__factory,
  ConvictionMarket__factory,
  CouncilToken__factory,
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
      running = start("start/main.ts", ["--port", "0"]);
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
      expect(await staking.rewardReserve()).to.deep.equal([100_000n * ACT, 0n]);
    });

    it("has given all accounts but the deployer the same of the council's token", async () => {
      const token = CouncilToken__factory.connect(addressOf("CouncilToken"), provider);
      const [deployer, ...others] = await people();
      const balances = await Promise.all(others.map((account) => token.balanceOf(account)));
      expect(balances).to.deep.equal(others.map(() => 100_000n * ACT));
      expect(await token.balanceOf(deployer as JsonRpcSigner)).to.equal(FIRST_SUPPLY - 20n * 100_000n * ACT);
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
        const isOfPeriods = (line: string) => line.startsWith("start period: done");
        const [settled, distributed, ...others] = work.filter((line) => !isOfPeriods(line));
        expect(keeping).to.match(
          /^keeping \(account 0x\w{4}…\w{4}, jobs epochs arguments queries rewards governance\)$/,
        );
        // The jump in time is longer than a period: another one may have begun.
        expect(work.find(isOfPeriods)).to.equal("start period: done (period 1, 1 of 1)");
        expect(settled).to.match(new RegExp(`^settle: done \\(${claim}\\)$`));
        expect(distributed).to.match(new RegExp(`^distribute: done \\(${claim}\\)$`));
        expect(others).to.deep.equal([]);
      });
    });
  });

  it("goes without the keeper with --no-keeper", async () => {
    const running = start("start/main.ts", ["--port", "0", "--no-keeper"]);
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
      const running = start("start/main.ts", ["--port", "0"]);
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
