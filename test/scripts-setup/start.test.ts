import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { JsonRpcProvider, type JsonRpcSigner } from "ethers";
import { ACT, FIRST_SUPPLY } from "../../sdk/council/params.ts";
import {
  ArgumentStaking__factory,
  BeliefFactory__factory,
  BeliefMarket__factory,
  ConvictionMarket__factory,
  CouncilToken__factory,
  RankRegistry__factory,
} from "../../typechain-types/index.ts";
import { type Run, run, start } from "./command-line.ts";

/** Waits until a chain has said `words`, and returns its URL. */
async function urlAfter(running: Run, words: string): Promise<string> {
  let hasEnded = false;
  void running.ended.then(() => {
    hasEnded = true;
  });
  while (!running.output().includes(words)) {
    if (hasEnded) throw new Error(running.output());
    await sleep(50);
  }
  return /http:\/\/127\.0\.0\.1:\d+/.exec(running.output())?.[0] as string;
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
      running.child.kill("SIGTERM");
      await running.ended;
    });

    it("has five markets with commitments on both sides", async () => {
      const address = /BeliefFactory\s+│ (0x\w{40})/.exec(running.output())?.[1] as string;
      const factory = BeliefFactory__factory.connect(address, provider);
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
      const address = /ConvictionMarket\s+│ (0x\w{40})/.exec(running.output())?.[1] as string;
      const venue = ConvictionMarket__factory.connect(address, provider);
      const created = await venue.queryFilter(venue.filters.PoolCreated());
      expect(created).to.have.length(5);
      for (const { args } of created) {
        const { longSupply, shortSupply } = await venue.pool(args.claimId);
        expect(longSupply > 0n && shortSupply > 0n, args.claimId).to.equal(true);
      }
    });

    it("has a reserve that arguments earn from", async () => {
      const address = /ArgumentStaking\s+│ (0x\w{40})/.exec(running.output())?.[1] as string;
      const staking = ArgumentStaking__factory.connect(address, provider);
      expect(await staking.rewardReserve()).to.deep.equal([100_000n * ACT, 0n]);
    });

    it("has given all accounts but the deployer the same of the council's token", async () => {
      const address = /CouncilToken\s+│ (0x\w{40})/.exec(running.output())?.[1] as string;
      const token = CouncilToken__factory.connect(address, provider);
      const [deployer, ...others] = await provider.listAccounts();
      const balances = await Promise.all(others.map((account) => token.balanceOf(account)));
      expect(balances).to.deep.equal(others.map(() => 100_000n * ACT));
      expect(await token.balanceOf(deployer as JsonRpcSigner)).to.equal(FIRST_SUPPLY - 20n * 100_000n * ACT);
    });

    it("has accounts of all ranks from 0 to 19", async () => {
      const address = /RankRegistry\s+│ (0x\w{40})/.exec(running.output())?.[1] as string;
      const registry = RankRegistry__factory.connect(address, provider);
      const set = await registry.queryFilter(registry.filters.RankSet());
      expect(set.map(({ args }) => args.rank)).to.deep.equal(Array.from({ length: 20 }, (_, rank) => BigInt(rank)));
    });

    it("has arrived at the present", async () => {
      const block = await provider.getBlock("latest");
      expect(block?.timestamp).to.be.closeTo(Math.floor(Date.now() / 1_000), 60);
    });

    it("prints keys that belong to its accounts", () => {
      expect(running.output()).not.to.include("not a public one");
    });
  });

  const moments = [
    ["SIGINT", "Ctrl-C stops it"],
    ["SIGTERM", "A new chain listens"],
  ] as const;
  for (const [signal, words] of moments) {
    it(`ends as a success on ${signal} after "${words}" and gives the port back`, async () => {
      const running = start("start/main.ts", ["--port", "0"]);
      const url = await urlAfter(running, words);
      running.child.kill(signal);
      expect(await running.ended).to.equal(0);
      const probe = createServer().listen(Number(new URL(url).port), "127.0.0.1");
      await once(probe, "listening");
      probe.close();
    });
  }

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
