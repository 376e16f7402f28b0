import { isDeepStrictEqual } from "node:util";
import { expect } from "chai";
import { JOB_NAMES } from "../keeper/config.ts";
import { DAY } from "../test/fixtures/amounts.ts";
import type { CrowdWorld } from "../test/keeper/crowd.ts";
import type { Keeper } from "./keeper.ts";
import { type Live, liveTests } from "./live.ts";
import { beginStory, chronicleOf, STORY_FIGURES, storyToTell } from "./story.ts";

/** Milliseconds between two blocks. */
const BLOCK_TIME = 400;

/** Days until voting is over, and then until the proposal's time in the timelock is. */
const WAITS = [8n, 3n] as const;

/** Seconds until a transaction counts as stuck: doubts about one that another keeper of the account sent last a tenth. */
const STUCK_AFTER = "10";

describe("two keepers at the same time", () => {
  const openLive = liveTests();
  let live: Live;
  let world: CrowdWorld;
  let proposalId: bigint;

  beforeEach(async () => {
    live = await openLive();
    world = live.world;
    proposalId = await beginStory(world);
    await live.mineEvery(BLOCK_TIME);
  });

  const launchFrom = (accounts: readonly string[], ...args: string[]) =>
    accounts.map((account, index) =>
      live.launch("--from", account, "--state", `${live.folder}/state-${index}.json`, ...args),
    );
  const launchBoth = (...args: string[]) => launchFrom(live.accounts, ...args);

  const wait = (days: bigint) => live.node.request("evm_increaseTime", Number(days * DAY));

  /** Everything is done once, and nobody has something in flight. */
  async function expectAllDone(): Promise<void> {
    expect(await chronicleOf(world)).to.deep.equal(await storyToTell(world, proposalId));
    for (const account of live.accounts) expect((await live.noncesOf(account)).waiting).to.equal(0);
  }

  /** What a keeper counts of all jobs: nothing but success, and each of its transactions. */
  async function expectSuccess(keeper: Keeper, account: string): Promise<void> {
    let transactions = 0;
    for (const job of JOB_NAMES) {
      const { due = 0, done = 0, mined = 0, reverted = 0, ...others } = await keeper.figures(job);
      expect([job, others, done]).to.deep.equal([job, {}, due]);
      expect(done).to.be.at.most(STORY_FIGURES[job].done);
      transactions += mined + reverted;
    }
    // One that a rival has overtaken is mined or reverted without an effect.
    expect(transactions)
      .to.equal((await live.noncesOf(account)).mined)
      .and.at.least(keeper.hashes.length);
  }

  it("of one account do nothing twice, leave nothing, count each transaction once, and both end as a success", async () => {
    const [account] = live.accounts;
    const keepers = launchFrom([account, account], "--stuck-after", STUCK_AFTER);
    const [first] = keepers as [Keeper, Keeper];
    const wanted = await storyToTell(world, proposalId);
    for (const keeper of keepers) await keeper.passes(1);
    for (const [days, done] of [
      [WAITS[0], { ...wanted, executed: [] }],
      [WAITS[1], wanted],
    ] as const) {
      await wait(days);
      await first.until("all is done", async () => isDeepStrictEqual(await chronicleOf(world), done));
    }
    await Promise.all(keepers.map((keeper) => keeper.passes(1)));
    let counted = 0;
    for (const keeper of keepers) {
      for (const job of JOB_NAMES) {
        const { mined = 0, reverted = 0 } = await keeper.figures(job);
        counted += mined + reverted;
      }
    }
    expect(counted).to.equal((await live.noncesOf(account)).mined);
    expect(await Promise.all(keepers.map((keeper) => keeper.end()))).to.deep.equal([0, 0]);
    await expectAllDone();
  });

  it("of different accounts do nothing twice, leave nothing, and both end as a success", async () => {
    for (const days of WAITS) {
      await wait(days);
      const keepers = launchBoth("--once");
      expect(await Promise.all(keepers.map(({ ended }) => ended))).to.deep.equal([0, 0]);
    }
    await expectAllDone();
    for (const account of live.accounts) expect((await live.noncesOf(account)).mined).to.be.above(0);
  });

  it("of different accounts count as done what either of them did, and as theirs what they sent", async () => {
    const keepers = launchBoth();
    for (const keeper of keepers) await keeper.passes(1);
    for (const days of WAITS) {
      await wait(days);
      // The block that knows of it may be the next, and a pass may have begun before.
      await live.node.request("evm_mine");
      await Promise.all(keepers.map((keeper) => keeper.passes(2)));
    }
    await expectAllDone();
    for (const [index, keeper] of keepers.entries()) await expectSuccess(keeper, live.accounts[index] ?? "");
    for (const job of JOB_NAMES) {
      const done = await Promise.all(keepers.map(async (keeper) => (await keeper.figures(job)).done ?? 0));
      expect([job, done.reduce((sum, one) => sum + one)])
        .to.have.property("1")
        .that.is.at.least(STORY_FIGURES[job].done);
    }
    expect(await Promise.all(keepers.map((keeper) => keeper.end()))).to.deep.equal([0, 0]);
  });
});
