import { expect } from "chai";
import { travelToSettling } from "../test/keeper/crowd.ts";
import type { Keeper } from "./keeper.ts";
import { expectNothingDue, type Live, liveTests } from "./live.ts";
import { areDistributed, chronicleOf, wantedOutcome } from "./story.ts";

/** Gas for about three participants a batch. */
const SMALL_CAP = "160000";

/** Milliseconds between two blocks. */
const BLOCK_TIME = 200;

/** Seconds that a keeper waits for an answer, and for a transaction to be mined. */
const TIMEOUT = "2";
const STUCK_AFTER = "60";

describe("a node that is away in the middle of a settlement", () => {
  const openLive = liveTests();
  let live: Live;

  beforeEach(async () => {
    live = await openLive();
    await travelToSettling(live.world);
    await live.node.request("evm_setAutomine", false);
  });

  /** Starts a keeper, has two batches of it mined, and waits until it waits for the third. */
  async function launchUntilAmid(url: string, ...args: string[]): Promise<Keeper> {
    const settings = ["--jobs", "epochs", "--gas-cap", SMALL_CAP, "--timeout", TIMEOUT, "--stuck-after", STUCK_AFTER];
    const keeper = live.launch(...settings, "--url", url, ...args);
    await live.mineOf(live.accounts[0], 2);
    await keeper.says("sent", 3);
    await keeper.counts("epochs", { mined: 2 });
    return keeper;
  }

  /** A pass has found the node away: the keeper lives, but says that it is not ready. */
  async function expectUnready(keeper: Keeper): Promise<void> {
    await keeper.until("a pass fails", async () => (await keeper.figures("epochs")).failures !== undefined);
    expect([await keeper.status("/healthz"), await keeper.status("/readyz")]).to.deep.equal([200, 503]);
  }

  /**
   * The keeper does the rest, each participant once: both epochs, of which each failed once while the node was away.
   *
   * @param kept Whether the node has kept the transaction that the keeper does not know any more what became of.
   */
  async function expectRestDone(keeper: Keeper, kept: boolean): Promise<void> {
    await live.mineEvery(BLOCK_TIME);
    await keeper.until("all is paid", () => areDistributed(live.world));
    const { mined } = await live.noncesOf(live.accounts[0]);
    const transactions = { mined: kept ? mined - 1 : mined, abandoned: 1 };
    await keeper.comesTo({ epochs: { due: 4, done: 2, failed: 2, ...transactions } });
    expect(await keeper.status("/readyz")).to.equal(200);
    expect(await keeper.end()).to.equal(0);
    expect((await chronicleOf(live.world)).epochs).to.deep.equal(await wantedOutcome());
    expect((await live.noncesOf(live.accounts[0])).waiting).to.equal(0);
    await expectNothingDue(live, "--jobs", "epochs");
  }

  for (const [line, urlOf] of [
    ["HTTP", ({ url }: Live["node"]) => url],
    ["a WebSocket", ({ webSocketUrl }: Live["node"]) => webSocketUrl],
  ] as const) {
    it(`with its lines open and silent: a keeper goes on afterwards, over ${line}`, async () => {
      const keeper = await launchUntilAmid(urlOf(live.node));
      live.node.pause();
      await expectUnready(keeper);
      live.node.resume();
      await expectRestDone(keeper, true);
    });

    it(`ended and begun again: a keeper goes on afterwards, over ${line}`, async () => {
      const keeper = await launchUntilAmid(urlOf(live.node));
      await live.node.stop();
      await expectUnready(keeper);
      await live.node.restart();
      await expectRestDone(keeper, false);
    });

    it(`has a keeper with --once end with 1, and one that begins then with 2, over ${line}`, async () => {
      const keeper = await launchUntilAmid(urlOf(live.node), "--once");
      await live.node.stop();
      expect(await keeper.ended).to.equal(1);
      expect(await (await live.runOnce("--url", urlOf(live.node))).ended).to.equal(2);
    });
  }
});
