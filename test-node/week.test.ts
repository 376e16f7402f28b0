import { expect } from "chai";
import { ProposalState } from "../sdk/council/governance.ts";
import { Outcome } from "../sdk/query/state.ts";
import { DAY } from "../test/fixtures/amounts.ts";
import type { CrowdWorld } from "../test/keeper/crowd.ts";
import { LOCAL_CHAIN } from "./anvil.ts";
import type { Keeper } from "./keeper.ts";
import { beginStory, chronicleOf, type Live, liveTests, storyToTell } from "./live.ts";

/** Days between two jumps of the clock, and jumps: voting ends after a week, and the timelock waits three days. */
const STRIDE = 4n;
const JUMPS = 3;

/** Seconds between two blocks. */
const BLOCK_TIME = 1;

/** A chain that is none of development: the keeper looks at its latest block, not at the pending one. */
const PUBLIC_CHAIN = 31_338;

/** What becomes due of each job in that time. */
const DONE = { epochs: 2, arguments: 1, queries: 1, rewards: 3, governance: 2 };

describe("a keeper through more than a week of protocol life, with a block every second", () => {
  const openLive = liveTests();
  let live: Live;
  let world: CrowdWorld;
  let proposalId: bigint;

  async function begin(chainId?: number): Promise<void> {
    live = await openLive(chainId);
    world = live.world;
    proposalId = await beginStory(world);
    await live.node.request("evm_setIntervalMining", BLOCK_TIME);
  }

  const jump = () => live.node.request("evm_increaseTime", Number(STRIDE * DAY));

  /** Everything happened once, no transaction was in vain, and nothing is left for anybody. */
  async function expectAllDone(keepers: readonly Keeper[]): Promise<void> {
    expect(await chronicleOf(world)).to.deep.equal(await storyToTell(proposalId));
    expect((await world.queryEscrow.outcome(1n)).result).to.equal(Outcome.Cancelled);
    expect(await world.councilGovernor.state(proposalId)).to.equal(ProposalState.Executed);
    const { boosterBps, currentBoosterBps } = await world.rewardsDistributor.account(world.deployer);
    expect(boosterBps).to.equal(currentBoosterBps).and.above(0n);
    const hashes = keepers.flatMap((keeper) => keeper.hashes);
    expect(new Set(hashes).size).to.equal(hashes.length);
    expect(await live.noncesOf(live.accounts[0])).to.deep.equal({ mined: hashes.length, waiting: 0 });
  }

  it("does everything that becomes due, started now and then with --once", async () => {
    await begin();
    const keepers: Keeper[] = [];
    for (let jumps = 0; jumps <= JUMPS; jumps++) {
      if (jumps > 0) await jump();
      keepers.push(await live.runOnce());
    }
    const codes = await Promise.all(keepers.map(({ ended }) => ended));
    expect(codes).to.deep.equal(keepers.map(() => 0));
    await expectAllDone(keepers);
  });

  for (const [line, chainId, url] of [
    ["HTTP", LOCAL_CHAIN, (node: Live["node"]) => node.url],
    ["a WebSocket, on a chain that is none of development", PUBLIC_CHAIN, (node: Live["node"]) => node.webSocketUrl],
  ] as const) {
    it(`does everything that becomes due, running all the time, over ${line}`, async () => {
      await begin(chainId);
      const keeper = live.launch("--url", url(live.node));
      await keeper.says("keeping");
      for (let jumps = 0; jumps <= JUMPS; jumps++) {
        if (jumps > 0) await jump();
        // One may have begun before the jump.
        await keeper.passes("governance", 2);
      }
      for (const [job, done] of Object.entries(DONE)) {
        expect([job, await keeper.metric(`items_total{job="${job}",outcome="done"}`)]).to.deep.equal([job, done]);
        expect([job, await keeper.metric(`items_total{job="${job}",outcome="failed"}`)]).to.deep.equal([job, 0]);
      }
      expect([await keeper.status("/healthz"), await keeper.status("/readyz")]).to.deep.equal([200, 200]);
      expect(await keeper.end()).to.equal(0);
      await expectAllDone([keeper]);
    });
  }
});
