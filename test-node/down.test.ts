import { expect } from "chai";
import { travelToSettling } from "../test/keeper/crowd.ts";
import type { Keeper } from "./keeper.ts";
import { areDistributed, chronicleOf, type Live, liveTests, wantedOutcome } from "./live.ts";

/** Gas for about three participants a batch. */
const SMALL_CAP = "160000";

/** Milliseconds between two blocks. */
const BLOCK_TIME = 200;

/** Seconds that a keeper waits for an answer, and for a transaction to be mined. */
const TIMEOUT = "1";
const STUCK_AFTER = "5";

describe("a node that is away in the middle of a settlement", () => {
  const openLive = liveTests();
  let live: Live;

  beforeEach(async () => {
    live = await openLive();
    await travelToSettling(live.world);
    await live.mineEvery(BLOCK_TIME);
  });

  for (const [line, urlOf] of [
    ["HTTP", ({ url }: Live["node"]) => url],
    ["a WebSocket", ({ webSocketUrl }: Live["node"]) => webSocketUrl],
  ] as const) {
    /** Starts a keeper and waits until it has settled a part. */
    async function launchUntilAmid(): Promise<Keeper> {
      const settings = ["--jobs", "epochs", "--gas-cap", SMALL_CAP, "--timeout", TIMEOUT, "--stuck-after", STUCK_AFTER];
      const keeper = live.launch(...settings, "--url", urlOf(live.node));
      await keeper.says("settle: done", 2);
      return keeper;
    }

    /** The keeper lives, but says that it is not ready. */
    async function expectUnready(keeper: Keeper): Promise<void> {
      await keeper.until("it is not ready", async () => (await keeper.status("/readyz")) === 503);
      expect(await keeper.status("/healthz")).to.equal(200);
    }

    /** The keeper does the rest, each participant once. */
    async function expectRestDone(keeper: Keeper): Promise<void> {
      await keeper.until("all is paid", () => areDistributed(live.world));
      await keeper.until("it is ready again", async () => (await keeper.status("/readyz")) === 200);
      expect(await keeper.end()).to.equal(0);
      expect((await chronicleOf(live.world)).epochs).to.deep.equal(await wantedOutcome());
      expect((await live.noncesOf(live.accounts[0])).waiting).to.equal(0);
    }

    it(`with its lines open and silent: a keeper goes on afterwards, over ${line}`, async () => {
      const keeper = await launchUntilAmid();
      live.node.pause();
      await expectUnready(keeper);
      live.node.resume();
      await expectRestDone(keeper);
    });

    it(`ended and begun again: a keeper goes on afterwards, over ${line}`, async () => {
      const keeper = await launchUntilAmid();
      await live.stopMining();
      await live.node.stop();
      await expectUnready(keeper);
      await live.node.restart();
      await live.mineEvery(BLOCK_TIME);
      await expectRestDone(keeper);
    });
  }
});
