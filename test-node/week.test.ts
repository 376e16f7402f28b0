import { appendFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { ProposalState } from "../sdk/council/governance.ts";
import { LOCAL_CHAIN } from "./anvil.ts";
import type { Keeper } from "./keeper.ts";
import { type Live, liveTests } from "./live.ts";
import { chronicleOf } from "./story.ts";
import { beginWeek, chaptersOf, WEEK_FIGURES, type Week, weekToTell } from "./week.ts";

/** Seconds between two blocks. */
const BLOCK_TIME = 1;

/** A chain that is none of development: the keeper looks at its latest block, not at the pending one. */
const PUBLIC_CHAIN = 31_338;

describe("a keeper through more than a week of protocol life, with a block every second", () => {
  const openLive = liveTests();
  let live: Live;
  let week: Week;
  let beliefs: string;
  let chapters: (() => Promise<void>)[];

  async function begin(chainId?: number): Promise<void> {
    live = await openLive(chainId);
    week = await beginWeek(live.world);
    beliefs = join(live.folder, "beliefs.jsonl");
    await writeFile(beliefs, "");
    chapters = chaptersOf(week, (line) => appendFile(beliefs, line));
    await live.node.request("evm_setIntervalMining", BLOCK_TIME);
  }

  /** Everything happened once, with the right result; no transaction was in vain, and nothing is left for anybody. */
  async function expectAllDone(keepers: readonly Keeper[]): Promise<void> {
    const { world, inquiry, proposalId } = week;
    const [keeper] = live.accounts;
    expect(await chronicleOf(world)).to.deep.equal(await weekToTell(week, keeper));
    const [first = 0n, second = 0n, third] = await Promise.all(
      inquiry.answerers.map((answerer) => world.queryEscrow.credited(answerer)),
    );
    expect([first > second, third]).to.deep.equal([true, 0n]);
    expect(await world.councilGovernor.state(proposalId)).to.equal(ProposalState.Executed);
    const { boosterBps, currentBoosterBps } = await world.rewardsDistributor.account(world.deployer);
    expect(boosterBps).to.equal(currentBoosterBps).and.above(0n);
    const hashes = keepers.flatMap((one) => one.hashes);
    expect(new Set(hashes).size).to.equal(hashes.length);
    expect(await live.noncesOf(keeper)).to.deep.equal({ mined: hashes.length, waiting: 0 });
  }

  it("does everything that becomes due, started now and then with --once", async () => {
    await begin();
    const keepers = [await live.runOnce("--beliefs", beliefs)];
    for (const happen of chapters) {
      await happen();
      keepers.push(await live.runOnce("--beliefs", beliefs));
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
      const keeper = live.launch("--url", url(live.node), "--beliefs", beliefs);
      await keeper.says("keeping");
      await keeper.passes(1);
      for (const happen of chapters) {
        await happen();
        // One may have begun before the clock was set forward.
        await keeper.passes(2);
      }
      await keeper.comesTo(WEEK_FIGURES);
      expect([await keeper.status("/healthz"), await keeper.status("/readyz")]).to.deep.equal([200, 200]);
      expect(await keeper.end()).to.equal(0);
      await expectAllDone([keeper]);
    });
  }
});
