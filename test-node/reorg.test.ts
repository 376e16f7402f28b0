import { expect } from "chai";
import { travelToSettling } from "../test/keeper/crowd.ts";
import { areDistributed, chronicleOf, type Live, liveTests, wantedOutcome } from "./live.ts";

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

  /** Each participant is scored and paid once, and nothing more is on its way. */
  async function expectAllDone(): Promise<void> {
    expect((await chronicleOf(live.world)).epochs).to.deep.equal(await wantedOutcome());
    expect((await live.noncesOf(live.accounts[0])).waiting).to.equal(0);
  }

  /** Other blocks take the place of all since the epochs could be settled, and nothing is in them. */
  async function takeBack(): Promise<void> {
    await live.stopMining();
    await live.node.request("anvil_reorg", (await head()) - settleableFrom, []);
    await live.node.request("anvil_dropAllTransactions");
    expect(await scored()).to.equal(0);
  }

  it("deeper than what counts as final: a keeper that runs all the time settles again", async () => {
    await live.mineEvery(BLOCK_TIME);
    const keeper = live.launch("--jobs", "epochs", "--confirmations", String(CONFIRMATIONS));
    await keeper.until("all is settled", isSettled);
    const settledAt = await head();
    await keeper.until("the settlement counts as final", async () => (await head()) > settledAt + 2 * CONFIRMATIONS);
    await keeper.passes("epochs", 2);
    await takeBack();
    await live.mineEvery(BLOCK_TIME);
    await keeper.until("all is settled again", isSettled);
    expect(keeper.lines("the chain was reorganised: looking through it again")).to.have.length(1);
    expect(await keeper.end()).to.equal(0);
    await expectAllDone();
  });

  it("not as deep as that: a keeper that is started again settles again", async () => {
    const first = await live.runOnce("--jobs", "epochs");
    expect([await first.ended, await isSettled()]).to.deep.equal([0, true]);
    await takeBack();
    const second = await live.runOnce("--jobs", "epochs");
    expect(await second.ended).to.equal(0);
    await expectAllDone();
  });

  it("and keeps their transactions, in one block: a keeper that runs all the time does nothing twice", async () => {
    await live.mineEvery(BLOCK_TIME);
    const keeper = live.launch("--jobs", "epochs", "--gas-cap", SMALL_CAP, "--confirmations", String(CONFIRMATIONS));
    await keeper.says("settle: done", 2);
    await live.stopMining();
    const depth = (await head()) - settleableFrom;
    const raw = await Promise.all(
      keeper.hashes.map((hash) => live.node.request<string>("eth_getRawTransactionByHash", hash)),
    );
    await live.node.request(
      "anvil_reorg",
      depth,
      raw.map((transaction) => [transaction, 0]),
    );
    expect(await scored()).to.be.above(0);
    await live.mineEvery(BLOCK_TIME);
    await keeper.until("all is settled", isSettled);
    expect(await keeper.end()).to.equal(0);
    await expectAllDone();
  });

  it("in the middle of one: a keeper settles from the beginning, with nonces that are free again", async () => {
    await live.mineEvery(BLOCK_TIME);
    const settings = ["--jobs", "epochs", "--gas-cap", SMALL_CAP, "--stuck-after", STUCK_AFTER];
    const keeper = live.launch(...settings);
    await keeper.says("settle: done", 2);
    await takeBack();
    await live.mineEvery(BLOCK_TIME);
    await keeper.until("all is settled", isSettled);
    expect(await keeper.end()).to.equal(0);
    await expectAllDone();
  });
});
