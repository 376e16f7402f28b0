import { expect } from "chai";
import { travelToSettling } from "../test/keeper/crowd.ts";
import type { Keeper } from "./keeper.ts";
import { expectNothingDue, type Live, liveTests } from "./live.ts";
import { areDistributed, chronicleOf, STORY_FIGURES, wantedOutcome } from "./story.ts";

/** Milliseconds between two blocks. */
const BLOCK_TIME = 200;

/** Blocks on top of one that the keepers of these tests take for final. */
const CONFIRMATIONS = 3;

/** Gas for about three participants a batch. */
const SMALL_CAP = "160000";

/** Seconds until a transaction counts as stuck: the keeper looks for it four times in between. */
const STUCK_AFTER = "8";

describe("a reorganisation that takes settlements back", () => {
  const openLive = liveTests();
  let live: Live;
  let settleableFrom: number;

  beforeEach(async () => {
    live = await openLive();
    await travelToSettling(live.world);
    settleableFrom = await head();
  });

  const head = () => live.world.connection.ethers.provider.getBlockNumber();
  const scored = async () => (await chronicleOf(live.world)).epochs.scored.length;
  const isSettled = () => areDistributed(live.world);
  const nonces = () => live.noncesOf(live.accounts[0]);

  /** Each participant is scored and paid once, and nothing more is on its way or due. */
  async function expectAllDone(): Promise<void> {
    expect((await chronicleOf(live.world)).epochs).to.deep.equal(await wantedOutcome());
    expect((await nonces()).waiting).to.equal(0);
    await expectNothingDue(live, "--jobs", "epochs");
  }

  /** Other blocks take the place of all since the epochs could be settled, with nothing but these transactions in them. */
  async function reorganise(transactions: readonly string[] = []): Promise<void> {
    await live.stopMining();
    const depth = (await head()) - settleableFrom;
    await live.node.request(
      "anvil_reorg",
      depth,
      transactions.map((transaction) => [transaction, 0]),
    );
  }

  /** All that was settled is not any more, and no transaction is left: a keeper that runs notices it afterwards. */
  async function takeBack(keeper?: Keeper): Promise<void> {
    keeper?.pause();
    await reorganise();
    await live.node.request("anvil_dropAllTransactions");
    expect(await scored()).to.equal(0);
    keeper?.resume();
  }

  /** Starts a keeper, and has two batches of it mined: the third waits in the pool. */
  async function launchUntilAmid(...args: string[]): Promise<Keeper> {
    await live.node.request("evm_setAutomine", false);
    const keeper = live.launch("--jobs", "epochs", "--gas-cap", SMALL_CAP, ...args);
    await live.mineOf(live.accounts[0], 2);
    await keeper.says("sent", 3);
    await keeper.counts("epochs", { mined: 2 });
    return keeper;
  }

  it("deeper than what counts as final: a keeper that runs all the time settles again", async () => {
    await live.mineEvery(BLOCK_TIME);
    const keeper = live.launch("--jobs", "epochs", "--confirmations", String(CONFIRMATIONS));
    await keeper.counts("epochs", STORY_FIGURES.epochs);
    const settledAt = await head();
    await keeper.until("the settlement counts as final", async () => (await head()) > settledAt + 2 * CONFIRMATIONS);
    await keeper.passes(2, ["epochs"]);
    await takeBack(keeper);
    await live.mineEvery(BLOCK_TIME);
    const { due, done, mined } = STORY_FIGURES.epochs;
    await keeper.comesTo({ epochs: { due: 2 * due, done: 2 * done, mined: 2 * mined } });
    expect(keeper.lines("the chain was reorganised: looking through it again")).to.have.length(1);
    expect(await keeper.end()).to.equal(0);
    await expectAllDone();
  });

  it("not as deep as that: a keeper that is started again settles again", async () => {
    const first = await live.runOnce("--jobs", "epochs");
    expect([await first.ended, await isSettled()]).to.deep.equal([0, true]);
    await takeBack();
    await live.mineEvery(BLOCK_TIME);
    const second = live.launch("--jobs", "epochs");
    await second.says("keeping");
    await second.comesTo({ epochs: STORY_FIGURES.epochs });
    expect(await second.end()).to.equal(0);
    await expectAllDone();
  });

  it("and keeps their transactions, in one block: a keeper that runs all the time does nothing twice", async () => {
    const keeper = await launchUntilAmid("--confirmations", String(CONFIRMATIONS));
    const raw = await Promise.all(
      keeper.hashes.map((hash) => live.node.request<string>("eth_getRawTransactionByHash", hash)),
    );
    keeper.pause();
    const scoredBefore = await scored();
    await reorganise(raw);
    expect([await scored(), (await nonces()).mined]).to.deep.equal([scoredBefore, 2]);
    keeper.resume();
    await live.mineEvery(BLOCK_TIME);
    await keeper.passes(1, ["epochs"]);
    await keeper.comesTo({ epochs: { due: 2, done: 2, mined: (await nonces()).mined } });
    expect(await keeper.end()).to.equal(0);
    await expectAllDone();
  });

  it("in the middle of one: a keeper on a WebSocket settles from the beginning, with nonces that are free again", async () => {
    const keeper = await launchUntilAmid("--stuck-after", STUCK_AFTER, "--url", live.node.webSocketUrl);
    await takeBack(keeper);
    await live.mineEvery(BLOCK_TIME);
    await keeper.until("all is settled", isSettled);
    const { mined } = await nonces();
    await keeper.comesTo({ epochs: { due: 3, done: 2, failed: 1, abandoned: 1, mined: 2 + mined } });
    expect(await keeper.end()).to.equal(0);
    await expectAllDone();
  });
});
